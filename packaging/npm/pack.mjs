// Writes the npm packages: `node packaging/npm/pack.mjs OUT PLATFORM=BINARY…`, as in linux-x64=target/release/jdlint. OUT then
// holds a folder for each platform and `jdlint`, whose optional dependencies they are, each ready for `npm pack` and
// `npm publish`. The version is that of Cargo.toml.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const cargo = readFileSync(join(root, "Cargo.toml"), "utf8");
const told = (key) => cargo.match(new RegExp(`^${key} = "(.*)"$`, "m"))?.[1];
const shared = {
  version: told("version"),
  description: told("description"),
  license: told("license"),
  repository: { type: "git", url: `git+${told("repository")}.git` },
};

const [out, ...binaries] = process.argv.slice(2);
const platforms = binaries.map((pair) => pair.split("="));
if (!out || platforms.length === 0 || platforms.some((pair) => pair.length !== 2)) {
  console.error("usage: node packaging/npm/pack.mjs OUT PLATFORM=BINARY…");
  process.exit(2);
}

function write(folder, manifest, files) {
  mkdirSync(folder, { recursive: true });
  for (const [from, name] of [...files, [join(root, "LICENSE-MIT"), "LICENSE-MIT"], [join(root, "LICENSE-APACHE"), "LICENSE-APACHE"]]) {
    copyFileSync(from, join(folder, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, ...shared }, null, 2) + "\n");
}

for (const [platform, binary] of platforms) {
  const [os, cpu] = platform.split("-");
  const name = os === "win32" ? "jdlint.exe" : "jdlint";
  const folder = join(out, platform);
  write(folder, { name: `@jdlint/${platform}`, os: [os], cpu: [cpu], files: [name], preferUnplugged: true }, [[binary, name]]);
  chmodSync(join(folder, name), 0o755);
}
const optionalDependencies = Object.fromEntries(platforms.map(([platform]) => [`@jdlint/${platform}`, shared.version]));
const main = { name: "jdlint", bin: { jdlint: "jdlint.js" }, files: ["jdlint.js"], engines: { node: ">=18" }, optionalDependencies };
write(join(out, "jdlint"), main, [
  [join(here, "jdlint.js"), "jdlint.js"],
  [join(root, "README.md"), "README.md"],
]);
