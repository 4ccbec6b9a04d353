// `jdlint serve`, where it is what this page comes from: the same engine outside of the browser, for many and large files.
import { Refused } from "./engine";
import type { Sent } from "./view";

/** The token stays out of the address, and in this tab. */
const token = ((): string | null => {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given === null) return sessionStorage.getItem("token");
  sessionStorage.setItem("token", given);
  history.replaceState(null, "", location.pathname + location.search);
  return given;
})();

/** Whether there is one. */
export function isThere(): boolean {
  return token !== null;
}

export interface Checked {
  findings: { rule: string; severity: "info" | "warning" | "error"; message: string; text: string; fixes: { title: string }[] }[];
  format: string | null;
  kind: string | null;
  notices: string[];
  error: { message: string } | null;
}

/** What `jdlint check --format json` says of a file. */
export async function check({ name, bytes }: Sent, jurisdiction: string | null): Promise<Checked> {
  const address = jurisdiction ? `api/check?jurisdiction=${encodeURIComponent(jurisdiction)}` : "api/check";
  const headers = { Authorization: `Bearer ${token}`, "X-Filename": encodeURIComponent(name), "Content-Type": "application/octet-stream" };
  let response: Response;
  try {
    response = await fetch(address, { method: "POST", headers, body: bytes });
  } catch {
    throw new Refused(["jdlint serve does not answer any more; start it again and open the address that it prints"]);
  }
  const answer = await response.json();
  if (!response.ok) throw new Refused([answer.error?.message ?? `jdlint serve answered ${response.status}`]);
  return answer.files[0] as Checked;
}
