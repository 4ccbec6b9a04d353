// Elements of the page, by their ids; elements made of text.

/** An element that index.html has. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element as E;
}

type Child = Node | string | null | undefined | false;

/** An element with properties and children; text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function button(words: string, pressed: () => void, properties: Record<string, string> = {}): HTMLButtonElement {
  const made = el("button", { type: "button", ...properties }, words);
  made.addEventListener("click", pressed);
  return made;
}

/** “1 warning”, “3 warnings”. */
export function counted(n: number, name: string): string {
  return `${n} ${name}${n === 1 ? "" : "s"}`;
}
