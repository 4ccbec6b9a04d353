"""How many requests a second `jdlint serve` answers, how soon, and what memory it takes after 100,000 checks.

python3 benches/serve.py JDLINT [CHECKS]      (needs wrk, from Debian; prints a table and JSON)

Two kinds of text: single paragraphs, as LibreOffice and most editors send them, and whole adverts. Each is sent by 1, 2, 8
and 32 connections that are kept alive; every request has another text.
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

jdlint = sys.argv[1]
wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
ROOT = pathlib.Path(__file__).resolve().parent.parent

SCRIPT = """
local bodies = {}
for line in io.lines(os.getenv("BODIES")) do bodies[#bodies + 1] = line end
local n = 0
request = function()
  n = n + 1
  return wrk.format("POST", "/v2/check", {["Content-Type"] = "application/x-www-form-urlencoded"}, bodies[n % #bodies + 1])
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p90":%d,"p99":%d,"max":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def adverts(n):
    """Whole adverts of about two kilobytes, made by the example's generator, so that no two are the same."""
    source = (ROOT / "examples/spark.py").read_text(encoding="utf-8")
    # Only the generator is wanted, not Spark.
    pieces = source[source.index("POSTS = [") : source.index("def session")]
    scope = {"random": random}
    exec(pieces, scope)  # noqa: S102: our own file
    return [scope["advert"](number) for number in range(n)]


def memory(pid):
    """Kilobytes that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))


def run(port, bodies, connections, seconds, folder):
    path = folder / "bodies.txt"
    path.write_text("".join(f"language=en-GB&text={urllib.parse.quote(text)}\n" for text in bodies))
    script = folder / "script.lua"
    script.write_text(SCRIPT)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), f"http://127.0.0.1:{port}"]
    output = subprocess.run(command, capture_output=True, text=True, env={"BODIES": str(path), "PATH": "/usr/bin:/bin"}, check=True).stdout
    return json.loads(re.search(r"RESULT (.*)", output).group(1))


def main():
    server = subprocess.Popen([jdlint, "serve", "--port", "0", "--no-config"], stdout=subprocess.PIPE, text=True)
    try:
        port = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline()).group(1)
        whole = adverts(2000)
        paragraphs = [p for advert in whole for p in advert.split("\n") if len(p) > 20][:20_000]
        size = lambda texts: round(sum(len(t.encode()) for t in texts) / len(texts))
        print(f"paragraphs of {size(paragraphs)} bytes, adverts of {size(whole)} bytes")
        total, results, begun = 0, [], memory(server.pid)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for kind, texts in (("paragraph", paragraphs), ("advert", whole)):
                for connections in (1, 2, 8, 32):
                    one = run(port, texts, connections, 10, folder)
                    total += one["requests"]
                    rate = one["requests"] / (one["microseconds"] / 1e6)
                    results.append({"text": kind, "connections": connections, "a_second": round(rate), **one, "rss_kb": memory(server.pid)})
                    print(f"{kind:10} {connections:3} connections  {rate:8.0f}/s  p50 {one['p50'] / 1000:7.2f} ms  p99 {one['p99'] / 1000:7.2f} ms  errors {one['errors']}  memory {memory(server.pid) // 1024} MB")
            while total < wanted:
                total += run(port, whole, 8, 10, folder)["requests"]
        time.sleep(1)
        ended = memory(server.pid)
        print(f"memory: {begun // 1024} MB at the start, {ended // 1024} MB after {total} checks")
        print(json.dumps({"results": results, "checks": total, "rss_kb_before": begun, "rss_kb_after": ended}))
    finally:
        server.terminate()
        server.wait()


main()
