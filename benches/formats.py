#!/usr/bin/env python3
"""How fast documents of each format are read, beside pandoc and pdftotext on the same files, and how PDF text compares.

usage: formats.py FOLDER… --jdlint BIN [--rounds 3] [--words]

Every document below the folders is read by each program, one process a file, in turn, so that a busy machine is busy for all;
the best of some rounds counts. jdlint also reads all of them in one process, as it is meant to. It does more than the
others: `outline` reads, finds sections, bindings and duties, and lints. --words compares the words of each PDF with those of
pdftotext, and lists where they differ.
"""
import argparse, collections, difflib, json, pathlib, re, shutil, subprocess, time, unicodedata

FORMATS = {"docx": "docx", "dotx": "docx", "docm": "docx", "odt": "odt", "html": "html", "pdf": "pdf", "md": "markdown"}
PANDOC = {"docx": "docx", "odt": "odt", "html": "html", "markdown": "markdown"}


def documents(folders):
    found = collections.defaultdict(list)
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            kind = FORMATS.get(path.suffix[1:].lower())
            if kind and path.is_file():
                found[kind].append(path)
    return found


def command(program, kind, path, jdlint):
    if program == "jdlint":
        return [jdlint, "outline", "--alone", "--format", "json", str(path)]
    if program == "pdftotext":
        return ["pdftotext", "-layout", str(path), "-"]
    return ["pandoc", "-f", PANDOC[kind], "-t", "plain", str(path)]


def timed(command):
    begun = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    return time.perf_counter() - begun, code


def readable(program, kind, paths, jdlint):
    return {p for p in paths if timed(command(program, kind, p, jdlint))[1] in (0, 1)}


def speed(found, jdlint, rounds):
    print(f"{'format':9} {'files':>5} {'MB':>6}  {'program':22} {'docs/s':>8} {'MB/s':>7} {'ratio':>6}")
    for kind, paths in sorted(found.items()):
        peer = "pdftotext" if kind == "pdf" else "pandoc"
        programs = ["jdlint"] + [peer] * bool(shutil.which(peer))
        # Only what all of them can read.
        both = set.intersection(*(readable(p, kind, paths, jdlint) for p in programs))
        paths = [p for p in paths if p in both]
        size = sum(p.stat().st_size for p in paths) / 1e6
        best = collections.defaultdict(lambda: float("inf"))
        for _ in range(rounds):
            for program in programs:
                best[program] = min(best[program], sum(timed(command(program, kind, p, jdlint))[0] for p in paths))
            whole = timed([jdlint, "outline", "--alone", "--format", "json", *map(str, paths)])[0]
            best["jdlint, one process"] = min(best["jdlint, one process"], whole)
        for program, seconds in best.items():
            ratio = best[peer] / seconds if peer in best else float("nan")
            print(f"{kind:9} {len(paths):5} {size:6.1f}  {program:22} {len(paths) / seconds:8.1f} {size / seconds:7.2f} {ratio:6.2f}")


def words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\ufffd", " ")
    return re.findall(r"[^\W_]+", text.lower())


def compare(paths, jdlint):
    """Words that only one of the two has, as often as it has them more; what is split or joined is told apart."""
    total, only_ours, only_theirs, causes = 0, 0, 0, collections.Counter()
    for path in paths:
        report = json.loads(subprocess.run([jdlint, "outline", "--alone", "--format", "json", str(path)], capture_output=True).stdout)["files"][0]
        if report["error"]:
            print(f"{path.name}: refused: {report['error']['message']}")
            continue
        theirs = words(subprocess.run(["pdftotext", str(path), "-"], capture_output=True).stdout.decode(errors="replace"))
        ours = words(report["text"])
        more, less = collections.Counter(ours) - collections.Counter(theirs), collections.Counter(theirs) - collections.Counter(ours)
        total += len(theirs)
        only_ours += more.total()
        only_theirs += less.total()
        joined = "".join(sorted(more.elements())), "".join(sorted(less.elements()))
        same_letters = sorted(joined[0]) == sorted(joined[1])
        causes["same letters, parted elsewhere" if same_letters and (more or less) else "no difference" if not (more or less) else "other"] += 1
        if more or less:
            print(f"{path.name}: {len(theirs)} words; only ours {dict(more.most_common(12))}; only theirs {dict(less.most_common(12))}")
    print(f"{total} words, {only_ours} only in ours, {only_theirs} only in pdftotext's; files: {dict(causes)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--jdlint", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", action="store_true")
    options = parser.parse_args()
    found = documents(options.folders)
    if options.words:
        compare(found["pdf"], options.jdlint)
    else:
        speed(found, options.jdlint, options.rounds)


main()
