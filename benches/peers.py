#!/usr/bin/env python3
"""Holds jdlint's findings, and its peers', to adverts that experts have labelled: who is right how often, and who finds how much.

usage: peers.py PEERS LABELS ROOT --jdlint BIN [--install] [--min-severity warning]

PEERS   a folder for the peers; --install fills it from the npm registry and PyPI.
LABELS  JSON Lines: file, quote, nth, group (gendered, prerequisite, exclusionary; ok: fine as it is), type, grade (clear, arguable, maybe).
ROOT    the folder that the labels' files are relative to.

A finding is right when it overlaps a label of any of the three groups: a peer has no groups of ours, and is given the benefit of
the doubt. Recall counts the clear labels of each group that some finding overlaps. A finding of more than 400 bytes points at nothing.
Not here: joblint (gone from npm), Vale and woke (their packages fetch a binary from elsewhere); tests/peers.rs holds jdlint to the
word lists of all three.
"""
import argparse, collections, json, os, re, subprocess, sys

GROUPS = ("gendered", "exclusionary", "prerequisite")
NPM = ["alex@11.0.1", "write-good@1.0.8", "textlint@15.8.0", "textlint-rule-alex@5.0.0"]
PYPI = ["genderdecoder3==0.5", "proselint==0.16.0", "blocklint==0.3.0"]
CODED = """import sys, json
from genderdecoder3 import assess
for f in sys.argv[1:]:
    r = assess(open(f, encoding='utf-8', errors='replace').read())
    print(json.dumps([f, r.get('masculine_coded_words', []) + r.get('feminine_coded_words', [])]))"""


def install(folder):
    os.makedirs(os.path.join(folder, "npm"), exist_ok=True)
    package = os.path.join(folder, "npm", "package.json")
    if not os.path.exists(package):
        open(package, "w").write('{"private":true}\n')
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", *NPM], cwd=os.path.join(folder, "npm"), check=True)
    open(os.path.join(folder, "npm", "textlintrc.json"), "w").write('{"rules":{"alex":true}}\n')
    subprocess.run([sys.executable, "-m", "venv", os.path.join(folder, "py")], check=True)
    subprocess.run([os.path.join(folder, "py/bin/pip"), "install", "-q", *PYPI], check=True)


class Text:
    """A file's places: characters by line and column → bytes."""

    def __init__(self, path):
        self.text = open(path, encoding="utf-8", errors="replace", newline="").read()
        self.lines = [0] + [m.end() for m in re.finditer(r"\r\n|\n|\r", self.text)]

    def byte(self, character):
        return len(self.text[:character].encode())

    def span(self, line, column, length):
        start = self.lines[min(line, len(self.lines)) - 1] + column - 1
        return self.byte(start), self.byte(start + length)


def run(command, cwd=None):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=cwd)


def alex(bin, files, texts):
    found, current = collections.defaultdict(list), None
    output = run([f"{bin}/alex", "--text", *files])
    for line in (output.stdout + output.stderr).splitlines():
        place = re.match(r"\s+(\d+):(\d+)-(\d+):(\d+)\s+warning\s", line)
        if place:
            line1, column1, line2, column2 = map(int, place.groups())
            start, _ = texts[current].span(line1, column1, 0)
            end, _ = texts[current].span(line2, column2, 0)
            found[current].append((start, end))
        elif line and not line.startswith(" "):
            current = next((f for f in map(os.path.abspath, (line.strip(), line.split(":")[0].strip())) if f in texts), current)
    return found


def textlint(bin, files, texts):
    found = collections.defaultdict(list)
    config = os.path.join(bin, "../../textlintrc.json")
    # It knows a file's format by its name, and reads .txt and .md.
    read = [f for f in files if f.endswith((".txt", ".md"))]
    for entry in json.loads(run([f"{bin}/textlint", "--config", config, "--format", "json", *read]).stdout or "[]"):
        for message in entry["messages"]:
            word = re.search(r"`([^`]+)`", message["message"])
            length = len(word.group(1)) if word else 1
            found[entry["filePath"]].append(texts[entry["filePath"]].span(message["line"], message["column"], length))
    return found


def lined(command, files, texts, zero=0):
    """Tools that write file:line:column: message, with the words in quotation marks."""
    found = collections.defaultdict(list)
    output = run([*command, *files])
    for line in (output.stdout + output.stderr).splitlines():
        place = re.match(r"(.+?):(\d+):(\d+): ?(.*)", line)
        if place and place.group(1) in texts:
            word = re.search(r'"([^"]+)"', place.group(4))
            length = len(word.group(1)) if word else 1
            found[place.group(1)].append(texts[place.group(1)].span(int(place.group(2)), int(place.group(3)) + zero, length))
    return found


def proselint(bin, files, texts):
    found = collections.defaultdict(list)
    output = json.loads(run([f"{bin}/proselint", "check", "-o", "json", *files]).stdout or "{}")
    for url, result in output.get("result", {}).items():
        path = url.removeprefix("file://")
        for d in result.get("diagnostics", []):
            length = d["span"][1] - d["span"][0]
            found[path].append(texts[path].span(d["pos"][0], d["pos"][1], length))
    return found


def coded(bin, files, texts):
    found = collections.defaultdict(list)
    for line in run([f"{bin}/python", "-c", CODED, *files]).stdout.splitlines():
        path, words = json.loads(line)
        for word in set(words):
            for m in re.finditer(r"\b" + re.escape(word) + r"\b", texts[path].text, re.I):
                found[path].append((texts[path].byte(m.start()), texts[path].byte(m.end())))
    return found


def jdlint(binary, files, least):
    found = collections.defaultdict(list)
    report = json.loads(run([binary, "check", "--no-config", "--format", "json", "--min-severity", least, *files]).stdout)
    for file in report["files"]:
        for d in file["findings"]:
            if d["rule"].split(".")[0] in GROUPS and d["start"]:
                found[file["path"]].append((d["start"]["offset"], d["end"]["offset"]))
    return found


def labels(path, root):
    gold = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        if not line.strip():
            continue
        label = json.loads(line)
        file = os.path.abspath(os.path.join(root, label["file"]))
        data, needle, at = open(file, "rb").read(), label["quote"].encode(), -1
        for _ in range(int(label.get("nth") or 1)):
            at = data.find(needle, at + 1)
        if at >= 0:
            gold[file].append((at, at + len(needle), label["group"], label["grade"]))
    return gold


def row(name, found, gold):
    n = right = 0
    clear, hit, decoys = collections.Counter(), collections.Counter(), 0
    for file, marks in gold.items():
        places = set(found.get(file, []))
        for start, end in places:
            n += 1
            right += end - start <= 400 and any(s < end and start < e and g != "ok" for s, e, g, _ in marks)
        for s, e, group, grade in marks:
            over = any(s < end and start < e and end - start <= 400 for start, end in places)
            if group == "ok":
                decoys += over
            elif grade == "clear":
                clear[group] += 1
                hit[group] += over
    share = lambda a, b: f"{a / b:.2f}" if b else "–"
    recall = " | ".join(f"{share(hit[g], clear[g])} ({hit[g]}/{clear[g]})" for g in GROUPS)
    print(f"| {name} | {n} | {right} | {share(right, n)} | {recall} | {decoys} |")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("peers"), p.add_argument("labels"), p.add_argument("root")
    p.add_argument("--jdlint", required=True), p.add_argument("--install", action="store_true")
    a = p.parse_args()
    if a.install:
        install(a.peers)
    gold = labels(a.labels, a.root)
    files = sorted(gold)
    texts = {f: Text(f) for f in files}
    node, python = os.path.abspath(f"{a.peers}/npm/node_modules/.bin"), os.path.abspath(f"{a.peers}/py/bin")
    print(f"{len(files)} adverts\n")
    print("| tool | findings | right | precision | recall, gendered | exclusionary | prerequisite | fine text hit |")
    print("|---|---:|---:|---:|---|---|---|---:|")
    row("jdlint, warnings", jdlint(a.jdlint, files, "warning"), gold)
    row("jdlint, notes too", jdlint(a.jdlint, files, "info"), gold)
    row("alex (retext-equality)", alex(node, files, texts), gold)
    row("textlint with alex (.md, .txt)", textlint(node, files, texts), gold)
    row("write-good", lined([f"{node}/write-good", "--parse"], files, texts), gold)
    row("genderdecoder3", coded(python, files, texts), gold)
    row("proselint", proselint(python, files, texts), gold)
    row("blocklint", lined([f"{python}/blocklint"], files, texts), gold)


if __name__ == "__main__":
    main()
