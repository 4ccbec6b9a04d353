// A rule → a dialogue that tells why, for whom, on what evidence, and when it is fine.
import { byId, el } from "./dom";
import { ask } from "./engine";

/** Shows it. The HTML comes from the engine, which escapes all that came from a rule file. */
export async function explain(id: string): Promise<void> {
  const html = await ask("rule", id);
  if (!html) return;
  const body = byId("rule-body");
  body.innerHTML = html;
  const heading = body.querySelector("h1");
  // The page has a first heading already.
  if (heading) heading.replaceWith(el("h2", { id: "rule-title", tabindex: "-1" }, heading.textContent));
  for (const part of body.querySelectorAll("h2:not(#rule-title)")) part.replaceWith(el("h3", {}, part.textContent));
  byId<HTMLDialogElement>("rule").showModal();
}
