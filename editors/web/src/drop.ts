// Files that are dropped on the page → whoever opens them.
import { dropped } from "./files";

/** Takes files and folders that are dropped anywhere on the page; a veil shows that it may be done. */
export function takeDrops(veil: HTMLElement, take: (files: File[]) => void): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  let depth = 0;
  const over = (by: number) => {
    depth = by === 0 ? 0 : Math.max(0, depth + by);
    veil.hidden = depth === 0;
  };
  addEventListener("dragenter", (event) => holdsFiles(event) && over(1));
  addEventListener("dragleave", (event) => holdsFiles(event) && over(-1));
  addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!event.dataTransfer || !holdsFiles(event)) return;
    event.preventDefault();
    // Else the editor would take it for text.
    event.stopPropagation();
    over(0);
    void dropped(event.dataTransfer).then(take);
  }, { capture: true });
}
