#!/usr/bin/env python3
"""Which suites of `.ci/suites.toml` must run, and which are unchanged since they were last green.

    .ci/suites.py choose        a line for each suite: its name, `run`, `unchanged` or `left` out, and why
    .ci/suites.py green NAME    writes down that the suite was green with the files that `choose` saw
    .ci/suites.py check         says which paths of the table name no file, and which suites have no script

A suite is known by a hash of the files that it tests, so what it was green with can be told on any machine and without a
network: `.ci/green` is in the repository, `target/ci/green` is this machine's own. CI_BASE may name a commit that is known to be green
instead. Where none of them speaks for a suite, or git is not there to ask, it runs; one of those that take long is then left out.
CI_ALL=1 runs all of them.
"""

import fnmatch
import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

SHARED, OWN, SEEN = Path(".ci/green"), Path("target/ci/green"), Path("target/ci/seen")


def main(arguments):
    match arguments:
        case ["choose"]:
            choose()
        case ["green", name]:
            green(name)
        case ["check"]:
            return check()
        case _:
            sys.exit(__doc__)


def choose():
    table, files = read_table(), listed_files()
    hashes = {name: hash_of(inputs(name, table, files)) for name in table["suite"]} if files else {}
    write_record(SEEN, hashes)
    changed = changed_since(os.environ.get("CI_BASE", ""))
    for name in table["suite"]:
        if not Path(".ci", name).exists():
            continue
        print(name, *verdict(name, table, hashes.get(name), changed))


def verdict(name, table, seen, changed):
    if os.environ.get("CI_ALL") == "1":
        return "run", "all of them are asked for"
    if seen is None:
        return "run", "its files cannot be listed"
    if seen in (read_record(OWN).get(name), read_record(SHARED).get(name)):
        return "unchanged", "since it was last green"
    if changed is not None and not inputs(name, table, changed):
        return "unchanged", f"since {os.environ['CI_BASE']}"
    known = name in read_record(OWN) or name in read_record(SHARED) or changed is not None
    if not known and name in table.get("long", []):
        return "left", "out: it takes long, and nothing says that it was ever green here; CI_ALL=1 runs it"
    return "run", "what it tests has changed" if known else "nothing says that it was green"


def green(name):
    """Records the hash of what `choose` saw: what was edited while the suite ran was not tested."""
    seen = read_record(SEEN).get(name)
    if seen is None:
        return
    for record in [OWN] + ([SHARED] if os.environ.get("CI_RECORD") == "1" else []):
        write_record(record, read_record(record) | {name: seen})


def check():
    table, files = read_table(), listed_files()
    scripts = [name for name in table["suite"] if Path(".ci", name).exists()]
    missing = [f"{name}: {path}" for name in scripts for path in table["always"] + table["suite"][name] if not matching([path], files)]
    others = [f"{path} is in no line of the table" for path in files if is_script(path) and path.removeprefix(".ci/") not in table["suite"]]
    print("\n".join([f"names no file: {line}" for line in missing] + others) or "Every path of the table names a file, and every suite has its line.")
    return 1 if missing or others else 0


def is_script(path):
    return path.startswith(".ci/") and "." not in path.removeprefix(".ci/") and path not in (".ci/run", ".ci/green")


def read_table():
    return tomllib.loads(Path(".ci/suites.toml").read_text())


def listed_files():
    """What git tracks or would track, and is there; empty where there is no git or no repository."""
    return [f for f in git("ls-files", "--cached", "--others", "--exclude-standard") or [] if Path(f).is_file()]


def changed_since(base):
    """Files that differ from a commit, those not yet committed, too; None where there is no such commit."""
    if not base:
        return None
    differing = git("diff", "--name-only", "--no-renames", base, "--")
    if differing is None:
        print(f"CI_BASE={base} is no commit that git knows here; it is passed by", file=sys.stderr)
        return None
    return differing + (git("ls-files", "--others", "--exclude-standard") or [])


def git(*arguments):
    try:
        said = subprocess.run(["git", "-c", "core.quotePath=false", *arguments], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return said.stdout.splitlines() if said.returncode == 0 else None


def inputs(name, table, files):
    own = [f".ci/{name}", f".ci/{name}.*"]
    return matching(own + table["always"] + table["suite"][name], files)


def matching(patterns, files):
    globs = [p + "*" if p.endswith("/") else p for p in patterns]
    return sorted({f for f in files if any(fnmatch.fnmatchcase(f, g) for g in globs)})


def hash_of(files):
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file}\0{hashlib.sha256(Path(file).read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def read_record(path):
    """A line is a suite and a hash; what is no such line, such as a mark of a merge conflict, speaks for nothing."""
    lines = path.read_text().splitlines() if path.is_file() else []
    return {words[0]: words[1] for words in map(str.split, lines) if len(words) == 2}


def write_record(path, record):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name} {hash}\n" for name, hash in sorted(record.items())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
