#!/usr/bin/env python3
"""How long an editor waits: from `didChange` to the diagnostics of that version, over the same edits for each server.

    cargo build --release
    python3 benches/lsp.py [--edits 1000] [--seconds 90] jdlint='target/release/jdlint lsp' harper-ls='harper-ls --stdio' retext

`retext` is the language server of retext with the plugin retext-equality, the engine of alex, from PyPI and npm
(`--peers FOLDER`, where it is installed if need be). Any other server is named with its command.

Each server gets the same texts of 3, 30 and 300 KB and the same edits (a word typed, a word deleted, a sentence pasted), one
after another, each sent when the diagnostics of the one before have come. A cell that takes longer than `--seconds` ends with
fewer edits, and says so. A server that names no version (harper-ls) has what it says late of an earlier text thrown away before
each edit. For jdlint also: one of 10 and one of 100 documents that are open, and memory after an hour's worth of typing.
"""

import argparse
import json
import os
import pathlib
import queue
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ADVERT = (pathlib.Path(__file__).parent.parent / "tests/documents/advert.md").read_text(encoding="utf-8")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="jdlint-bench-"))
URI = (FOLDER / "advert.md").as_uri()
WORDS = "chairman team a competitive driving degree weekly café 🏗️ must desirable young supportive Excel and of the".split()


PLUGIN = """import retextEquality from 'retext-equality'
export const name = 'retext-equality'
export const plugin = (options) => { const run = retextEquality(options); return async (tree, file, next) => { run(tree, file); next() } }
"""


def retext(folder):
    """The command of the peer, which is installed where it is not there."""
    folder = folder.resolve()
    server = folder / "venv/share/jupyter-retext-language-server/bin/server.cjs"
    if not server.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([folder / "venv/bin/pip", "install", "--quiet", "jupyter-retext-language-server==1.0.1"], check=True)
    (folder / "npm").mkdir(exist_ok=True)
    (folder / "npm/package.json").write_text('{"private":true}\n')
    (folder / "npm/equality.mjs").write_text(PLUGIN)
    (folder / "npm/config.json").write_text('{"plugins":{"retext-equality":{"enabled":true}}}')
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "retext-equality@7.1.0"], cwd=folder / "npm", check=True)
    os.environ.update(RETEXT_CONFIG_PATH=str(folder / "npm/config.json"), RETEXT_PLUGIN_PATHS=str(folder / "npm/equality.mjs"))
    return shlex.join(["node", str(server), "--stdio"])


class Server:
    """A language server at the other end of a pipe."""

    def __init__(self, command):
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.said = queue.Queue()
        self.n_asked = 0
        threading.Thread(target=self.listen, daemon=True).start()
        text = {"publishDiagnostics": {"versionSupport": True}, "synchronization": {}}
        told = self.ask("initialize", {"processId": os.getpid(), "rootUri": FOLDER.as_uri(), "capabilities": {"textDocument": text}})
        sync = told["capabilities"].get("textDocumentSync", 1)
        self.incremental = (sync.get("change", 1) if isinstance(sync, dict) else sync) == 2
        self.tell("initialized", {})

    def listen(self):
        out = self.process.stdout
        while True:
            length = 0
            while (line := out.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            body, when = out.read(length), time.perf_counter()
            message = json.loads(body)
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items") if isinstance(message.get("params"), dict) else None
                self.send({"id": message["id"], "result": [{} for _ in items] if items is not None else None})
            else:
                self.said.put((when, message))

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.n_asked += 1
        self.send({"id": self.n_asked, "method": method, "params": params})
        return self.wait(lambda m: m.get("id") == self.n_asked and "method" not in m)[1]["result"]

    def wait(self, wanted, seconds=120):
        end = time.perf_counter() + seconds
        while True:
            when, message = self.said.get(timeout=max(0.01, end - time.perf_counter()))
            if wanted(message):
                return when, message

    def forget(self, seconds=0.0):
        """Throws away what was said, until nothing more is said for so long."""
        try:
            while True:
                self.said.get(timeout=seconds) if seconds else self.said.get_nowait()
        except queue.Empty:
            pass

    def diagnostics(self, uri, version):
        """When they came, and how many there were."""
        def of_version(message):
            if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != uri:
                return False
            return message["params"].get("version") in (None, version)
        when, message = self.wait(of_version)
        self.versioned = message["params"].get("version") is not None
        return when, len(message["params"]["diagnostics"])

    def open(self, uri, text):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 0, "text": text}})
        self.diagnostics(uri, 0)
        if not self.versioned:
            # Such a server may say it again once it has its settings.
            self.forget(2)

    def memory(self):
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def stop(self):
        self.process.kill()
        self.process.wait()


class Text:
    """A text and the edits that are made to it, the same for every server."""

    def __init__(self, size, seed):
        self.random = random.Random(seed)
        sections = []
        while sum(map(len, sections)) < size:
            sections.append(ADVERT if not sections else ADVERT.replace("# ", f"# {len(sections)} ", 1))
        self.lines = "\n".join(sections)[:size].split("\n")
        self.version = 0

    def whole(self):
        return "\n".join(self.lines)

    def edit(self):
        self.version += 1
        line = self.random.randrange(len(self.lines))
        words = self.lines[line]
        at = self.random.randrange(len(words) + 1)
        end, new = at, self.random.choice(WORDS) + " "
        kind = self.random.random()
        if kind < 0.4:
            end, new = min(len(words), at + 6), ""
        elif kind > 0.95:
            new = "We want a young chairman with a degree and 5 years' experience. "
        units = lambda text: len(text.encode("utf-16-le")) // 2
        start = {"line": line, "character": units(words[:at])}
        stop = {"line": line, "character": units(words[:end])}
        self.lines[line] = words[:at] + new + words[end:]
        return {"range": {"start": start, "end": stop}, "text": new}


def edits(server, uri, text, n, seconds):
    """Milliseconds of each edit."""
    times, n_found, end = [], 0, time.perf_counter() + seconds
    while len(times) < n and time.perf_counter() < end:
        change = text.edit()
        change = change if server.incremental else {"text": text.whole()}
        server.forget()
        begun = time.perf_counter()
        server.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": text.version}, "contentChanges": [change]})
        when, found = server.diagnostics(uri, text.version)
        times.append((when - begun) * 1000)
        n_found += found
    if not n_found:
        sys.exit("this server found nothing in any version of the text, so its times would tell nothing")
    return times


def row(name, what, times):
    times = sorted(times)
    p50, p99 = statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"| {name} | {what} | {len(times)} | {p50:.1f} | {p99:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--peers", type=pathlib.Path, default=pathlib.Path("target/lsp-bench"))
    parser.add_argument("servers", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    servers = [(name, command or retext(options.peers)) for name, _, command in (s.partition("=") for s in options.servers)]
    print("| server | text | edits | p50 ms | p99 ms |\n|---|---|---|---|---|")
    for name, command in servers:
        for size in (3, 30, 300):
            server, text, uri = Server(command), Text(size * 1024, size), URI
            try:
                server.open(uri, text.whole())
            except queue.Empty:
                print(f"| {name} | {size} KB | 0 | no answer | |", flush=True)
                server.stop()
                break
            row(name, f"{size} KB", edits(server, uri, text, options.edits, options.seconds))
            server.stop()
        if name == "jdlint":
            typing(command, options)


def typing(command, options):
    for n_open in (10, 100):
        server, text, uri = Server(command), Text(30 * 1024, 30), URI
        for n in range(n_open - 1):
            server.open((FOLDER / f"{n}.md").as_uri(), text.whole())
        server.open(uri, text.whole())
        row("jdlint", f"30 KB, one of {n_open} that are open", edits(server, uri, text, options.edits, options.seconds))
        server.stop()
    server, text, uri = Server(command), Text(30 * 1024, 30), URI
    server.open(uri, text.whole())
    edits(server, uri, text, 100, 60)
    before = server.memory()
    # Three keys a second for an hour.
    made = len(edits(server, uri, text, 10800, 600))
    print(f"\njdlint: {before:.0f} MB after 100 edits, {server.memory():.0f} MB after {made} more, of a text that grew to {len(text.whole()) // 1024} KB")
    server.stop()


if __name__ == "__main__":
    main()
