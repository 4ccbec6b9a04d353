// How a document was understood → the part of the page below it: what it is, its sections, what it asks, how it lands.
import { button, el } from "./dom";
import type { Place, Section, View } from "./view";

const KINDS: Record<string, string> = {
  essential: "what must be met",
  desirable: "what is a plus",
  responsibilities: "the work",
  about: "about the employer",
  benefits: "what is offered",
  apply: "how to apply",
  equality: "equality",
  conditions: "conditions",
};

/** Shows it. HTML parts come from the engine, which escapes all that came from the document. */
export function insight(host: HTMLElement, view: View, goTo: (place: Place) => void): void {
  const facts = el("p", { class: "facts" });
  facts.innerHTML = view.facts;
  const title = el("h2", {}, "How it reads");
  const notices = view.notices.length > 0 && el("ul", { class: "notices" }, ...view.notices.map((notice) => el("li", {}, notice)));
  const roles = view.roles.length > 0 && el("p", {}, `Taken for the post of: ${view.roles.join(", ")}.`);
  const first = el("header", {}, title, facts, roles, notices);
  const parts = [part(view.audiences, "panel-part"), sections(view.sections, goTo), part(view.criteria, "wide"), part(view.coding, "")];
  host.replaceChildren(first, el("div", { class: "parts" }, ...parts));
}

function part(html: string, name: string): HTMLElement | null {
  if (!html) return null;
  const made = el("div", { class: `part ${name}` });
  made.innerHTML = html;
  return made;
}

function sections(all: readonly Section[], goTo: (place: Place) => void): HTMLElement | null {
  const headed = all.filter((section) => section.heading);
  if (headed.length === 0) return null;
  const item = (section: Section) => {
    const words = section.heading!.replace(/\s+/g, " ").trim();
    const { place } = section;
    const n = section.n_criteria;
    const about = [KINDS[section.kind] ?? "", n > 0 ? (n === 1 ? "1 criterion" : `${n} criteria`) : ""].filter(Boolean).join(", ");
    return el("li", {}, place ? button(words, () => goTo(place), { class: "link" }) : words, el("span", { class: "quiet" }, ` ${about}`));
  };
  return el("div", { class: "part" }, el("section", {}, el("h3", {}, "Its sections"), el("ul", { class: "plain sections" }, ...headed.map(item))));
}
