// Files that are opened or dropped, folders too → their names and bytes; bytes → a download.
import type { Sent } from "./view";

/** Names of what jdlint reads, when a folder is searched. */
const READABLE = /\.(txt|text|rst|md|markdown|mdown|html?|xhtml|json|jsonld|docx|dotx|docm|dotm|doc|odt|ott|fodt|pdf)$/i;

export async function sent(file: File): Promise<Sent> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.webkitRelativePath || file.name, bytes };
}

/** The documents of a folder, by name. */
export function readable(files: Iterable<File>): File[] {
  const documents = [...files].filter((file) => READABLE.test(file.name) && !file.name.startsWith("."));
  const path = (file: File) => file.webkitRelativePath || file.name;
  return documents.sort((a, b) => path(a).localeCompare(path(b)));
}

/** What was dropped: files, and the documents of folders. */
export async function dropped(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files];
  const found = await Promise.all(entries.map((entry) => (entry.isFile ? files(entry) : files(entry).then(readable))));
  return found.flat();
}

async function files(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const inside = await entries((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(inside.map(files))).flat();
}

/** A folder is read in parts, until one is empty. */
async function entries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  return part.length === 0 ? [] : [...part, ...(await entries(reader))];
}

export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** `adverts/nurse.docx` → `nurse.reviewed.docx`. */
export function named(path: string, middle: string, extension?: string): string {
  const name = path.split("/").at(-1) ?? path;
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return `${stem}${middle}.${extension ?? (dot > 0 ? name.slice(dot + 1) : "txt")}`;
}
