// The report → what is printed: the editor holds only the lines on the screen.
import { el } from "./dom";

/** The report, as a page of HTML; nothing: the page itself is printed. */
let paper = "";

export function lay(html: string): void {
  paper = html;
}

/** Browsers print at once what the page is when they begin. */
function turnToPaper(): void {
  if (!paper) return;
  const sheet = el("div", { id: "paper" });
  // Without its head: the page has the report's style, and its policy lets no other in.
  sheet.innerHTML = paper.slice(paper.indexOf("<h1"), paper.lastIndexOf("</main>"));
  document.body.append(sheet);
  document.body.classList.add("printing");
}

function turnBack(): void {
  document.getElementById("paper")?.remove();
  document.body.classList.remove("printing");
}

addEventListener("beforeprint", turnToPaper);
addEventListener("afterprint", turnBack);
