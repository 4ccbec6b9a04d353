// Writes the .vsix: `npm run package`. With JDLINT_BINARY=FILE that jdlint comes with it, and the .vsix is for the one system
// that the program's first bytes tell (JDLINT_TARGET=linux-arm64, alpine-x64 … says otherwise). OUT=FOLDER: where it goes.

import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const out = resolve(process.env.OUT ?? here);
const binary = process.env.JDLINT_BINARY;

/** The system that a program is for, as VS Code calls it. */
function targetOf(file) {
  const head = Buffer.alloc(4096);
  const opened = openSync(file, "r");
  readSync(opened, head);
  closeSync(opened);
  if (head.readUInt32BE(0) === 0x7f454c46) return { 0x3e: "linux-x64", 0xb7: "linux-arm64", 0x28: "linux-armhf" }[head.readUInt16LE(18)];
  if (head.toString("latin1", 0, 2) === "MZ") return { 0x8664: "win32-x64", 0xaa64: "win32-arm64" }[head.readUInt16LE(head.readUInt32LE(60) + 4)];
  if (head.readUInt32LE(0) === 0xfeedfacf) return { 0x01000007: "darwin-x64", 0x0100000c: "darwin-arm64" }[head.readUInt32LE(4)];
  return undefined;
}

function run(program, ...args) {
  execFileSync(process.execPath, [join(here, "node_modules", program), ...args], { cwd: here, stdio: "inherit" });
}

rmSync(join(here, "bin"), { recursive: true, force: true });
const target = process.env.JDLINT_TARGET ?? (binary && targetOf(binary));
if (binary) {
  if (!target) throw new Error(`${binary} is no program for Linux, Windows or macOS; JDLINT_TARGET can say for which system it is`);
  const bundled = join(here, "bin", target.startsWith("win32") ? "jdlint.exe" : "jdlint");
  mkdirSync(dirname(bundled));
  copyFileSync(binary, bundled);
  chmodSync(bundled, 0o755);
}

/** The licences of what is bundled, as esbuild tells what went in. */
function notices(meta) {
  const inputs = Object.keys(JSON.parse(readFileSync(meta, "utf8")).inputs);
  const packages = new Set(inputs.map((input) => input.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[0]).filter(Boolean));
  const texts = [...packages].sort().map((folder) => {
    const file = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${folder} has no licence, so it cannot be bundled`);
    return `${folder.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(here, folder, file), "utf8").trim()}\n`;
  });
  return `The extension holds parts of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

copyFileSync(join(here, "..", "..", "LICENSE-APACHE"), join(here, "LICENSE-APACHE"));
execFileSync("npm", ["run", "--silent", "check"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
execFileSync("npm", ["run", "--silent", "build"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
writeFileSync(join(here, "dist/NOTICES.txt"), notices(join(here, "dist/meta.json")));
mkdirSync(out, { recursive: true });
const vsix = join(out, `${name}-${binary ? `${target}-` : ""}${version}.vsix`);
const pictures = ["--baseContentUrl", "https://github.com/jdlint/jdlint/blob/HEAD/editors/vscode", "--baseImagesUrl", "https://github.com/jdlint/jdlint/raw/HEAD/editors/vscode"];
run("@vscode/vsce/vsce", "package", "--no-dependencies", ...pictures, ...(binary ? ["--target", target] : []), "--out", vsix);
