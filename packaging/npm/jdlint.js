#!/usr/bin/env node
// Starts the jdlint of this machine: the binary is in a package of its own for each platform, of which npm installs the one
// that fits.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
let binary;
try {
  binary = require.resolve(`@jdlint/${platform}/${process.platform === "win32" ? "jdlint.exe" : "jdlint"}`);
} catch {
  console.error(
    `jdlint: there is no package @jdlint/${platform} here. It is an optional dependency: install without --omit=optional, ` +
      "or use pip install jdlint or cargo install jdlint on this platform.",
  );
  process.exit(2);
}
const ended = spawnSync(binary, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (ended.error) {
  console.error(`jdlint: ${ended.error.message}`);
  process.exit(2);
}
// As a shell tells it: 128 and the signal's number.
process.exit(ended.status ?? 128 + (constants.signals[ended.signal] ?? 0));
