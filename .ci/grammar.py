"""Rewrites (rule, before, after; tab-separated) → what harper finds wrong after and not before.

Spelling and taste are left: adverts are full of names, and what stood before is the author's.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LEFT_KINDS = {"Spelling", "Style", "Readability", "Enhancement", "WordChoice", "Regionalism", "Formatting", "Typo"}


def lints(lines):
    """For each line, what harper says of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "lines.txt"
        # A paragraph each, ended, so that no line is read on into the next.
        file.write_text("".join(line.rstrip() + ("" if line.rstrip()[-1:] in ".!?" else ".") + "\n\n" for line in lines), encoding="utf-8")
        command = [os.environ["HARPER"], "lint", "--dialect", "gb", "--format", "json", str(file)]
        out = subprocess.run(command, capture_output=True, text=True).stdout
    found = [collections.Counter() for _ in lines]
    for one in json.loads(out[out.index("["):])[0]["lints"]:
        # Whether “business person” is one word is taste.
        if one["kind"] not in LEFT_KINDS and one["rule"] != "CompoundNouns":
            found[(one["line"] - 1) // 2][(one["rule"], one["matched_text"].lower())] += 1
    return found


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
    known = {line for line in pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    before, after = lints([r[1] for r in rows]), lints([r[2] for r in rows])
    faults = []
    for (rule, was, is_now), old, new in zip(rows, before, after):
        rules = collections.Counter(r for r, _ in old.elements())
        for (name, words), _ in (new - old).items():
            # The same complaint about the words in their new place is the author's.
            if sum(n for (r, _), n in new.items() if r == name) > rules[name]:
                faults.append(f"{rule}\t{name}: {words}\t{is_now}")
    fresh = [f for f in faults if f not in known]
    print("\n".join(fresh + [f"{len(rows)} rewrites: {len(fresh)} new grammar faults, {len(faults) - len(fresh)} known"]))
    for gone in sorted(known - set(faults)):
        print(f"mended, so take it out of {sys.argv[2]}: {gone}")
    sys.exit(1 if fresh else 0)


main()
