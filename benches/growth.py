#!/usr/bin/env python3
"""Shows that cost grows with the work and no faster: measures jdlint on more and more of one thing, and draws it.

usage: growth.py ADVERTS --jdlint BIN [--plot docs/growth.svg] [--largest-mb 100] [--most-documents 100000] [--most-entries 10000] [--reps 3] [--check]

ADVERTS  a folder of adverts (.txt, .md, .html), repeated until there is enough.
One document of 1 KB and more · 1 document and more · own rules of 100 entries and more, over a thousand adverts · a table of 1,000 rows
and more, as JSON and as HTML. Prints a table for each and, with --plot, draws them: a straight line at 45 degrees is linear growth.
With --check it fails where the last step costs more than twice what linear growth would. Documents are made in a temporary folder, which takes up to 500 MB.
"""
import argparse, math, os, statistics, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from speed import measure, processor, texts

RULE = """format = 1
id = "growth.words"
name = "Made-up words"
severity = "info"
audiences = []
evidence = "weak"
sources = ["house"]
message = "“{text}” is made up"
why = "It shows what rules cost."

[[source]]
id = "house"
authors = "Us"
title = "Growth"
year = 2026
venue = "here"
link = "https://example.org"
finding = "None."
strength = "weak"
"""
SYLLABLES = ["ban", "cor", "del", "fin", "gam", "hol", "jur", "kel", "lom", "mar"]


def word(n):
    return "".join(SYLLABLES[n // 10**k % 10] for k in range(4))


class Growth:
    """Figures of one kind of growth: (how much, CPU seconds, peak MiB)."""

    def __init__(self, name, unit):
        self.name, self.unit, self.points = name, unit, []

    def add(self, amount, command, cwd, reps):
        results = [r for r in (measure([command], cwd, 600) for _ in range(reps)) if r]
        if not results:
            print(f"{self.name}: {amount:,} {self.unit} took longer than ten minutes", file=sys.stderr)
            return
        self.points.append((amount, statistics.median(r[0] for r in results), max(r[2] for r in results) / 1024))

    def table(self):
        print(f"### {self.name}\n\n| {self.unit} | CPU, s | peak MiB | CPU beyond the first row, µs for each |\n|--:|--:|--:|--:|")
        for n, (amount, cpu, peak) in enumerate(self.points):
            least, start, _ = self.points[0]
            each = f"{(cpu - start) / (amount - least) * 1e6:.2f}" if n else ""
            print(f"| {amount:,} | {cpu:.3f} | {peak:.1f} | {each} |")
        print(flush=True)


    def grows_too_fast(self):
        """Whether the last step costs more than twice its share; below a tenth of a second only chance speaks."""
        if len(self.points) < 3:
            return False
        (a, cpu_a, _), (b, cpu_b, _), (c, cpu_c, _) = self.points[-3:]
        before, last = (cpu_b - cpu_a) / (b - a), (cpu_c - cpu_b) / (c - b)
        return cpu_c - cpu_b > 0.1 and last > 2 * max(before, 1e-9)


def sizes(most, start):
    return [start * 10**n for n in range(round(math.log10(most / start)) + 1)]


def one_document(a, adverts, work):
    growth = Growth("One document", "bytes")
    for size in sizes(a.largest_mb * 1_000_000, 1000):
        path = os.path.join(work, "one.txt")
        with open(path, "wb") as out:
            whole, n = 0, 0
            while whole < size:
                piece = (adverts[n % len(adverts)] + "\n").encode()[:size - whole]
                whole, n = whole + out.write(piece), n + 1
        growth.add(size, [*a.command, "--max-seconds", "0", "--max-paragraphs", "100000000", path], work, a.reps)
    return growth


def documents(a, adverts, work):
    growth = Growth("Many documents in one call", "documents")
    folder = os.path.join(work, "many")
    os.mkdir(folder)
    have = 0
    for count in sizes(a.most_documents, 1):
        for n in range(have, count):
            # A folder of folders, as a file system likes it.
            part = os.path.join(folder, f"{n // 1000:03}")
            os.makedirs(part, exist_ok=True)
            open(os.path.join(part, f"{n:06}.txt"), "w").write(adverts[n % len(adverts)])
        have = count
        growth.add(count, [*a.command, folder], work, a.reps)
    return growth


def entries(a, adverts, work):
    growth = Growth("Own rules, over 1,000 adverts", "entries")
    folder = os.path.join(work, "thousand")
    os.mkdir(folder)
    for n in range(1000):
        open(os.path.join(folder, f"{n:04}.txt"), "w").write(adverts[n % len(adverts)])
    rules = os.path.join(work, "rules")
    os.mkdir(rules)
    config = os.path.join(work, "jdlint.toml")
    open(config, "w").write('rules = ["rules"]\n')
    for count in sizes(a.most_entries, 100):
        phrases = ", ".join(f'"{word(n)} (team|experience|{word(n * 7 + 3)})"' for n in range(count))
        example = f'[[example]]\ntext = "We need [{word(0)} team] here."\n\n[[example]]\ntext = "We need you here."\n'
        open(os.path.join(rules, "words.toml"), "w").write(f"{RULE}\n[[entry]]\nfind = [{phrases}]\n\n{example}")
        command = [part for part in a.command if part != "--no-config"]
        growth.add(count, [*command, "--config", config, folder], work, a.reps)
    return growth


def rows(a, work, form):
    growth = Growth(f"A table, as {form.upper()}", "rows")
    for count in [1000, 2000, 4000, 8000, 16000]:
        path = os.path.join(work, "table.md")
        row = "| Row {} | A degree in law and a full driving licence | A young and energetic rockstar |\n"
        head = "# Person specification: Nurse\n\n| Criterion | Essential | Desirable |\n|---|---|---|\n"
        open(path, "w").write(head + "".join(row.format(n) for n in range(count)))
        command = [form if part == "json" else part for part in a.command]
        growth.add(count, [*command, path], work, a.reps)
    return growth


WIDTH, HEIGHT, LEFT, TOP, INNER_W, INNER_H = 380, 300, 62, 40, 296, 200


def plot(growths, path):
    """Small plots side by side, both axes logarithmic, each with the line that linear growth from its last point would have."""
    columns = 2
    n_rows = -(-len(growths) // columns)
    style = ("text{font:12px system-ui,sans-serif;fill:#1a1a1a}.h{font-weight:600;font-size:14px}.s{fill:#555}"
             ".axis{stroke:#999;fill:none}.linear{stroke:#999;stroke-dasharray:4 4;fill:none}.line{stroke:#1f5fa8;stroke-width:2;fill:none}.dot{fill:#1f5fa8}"
             "@media(prefers-color-scheme:dark){text{fill:#eee}.s{fill:#bbb}.line{stroke:#7db4f0}.dot{fill:#7db4f0}}")
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * WIDTH} {n_rows * HEIGHT}" role="img" aria-label="CPU time against the amount of work">'
             f"<style>{style}</style>"]
    for n, growth in enumerate(growths):
        parts.append(panel(growth, n % columns * WIDTH, n // columns * HEIGHT))
    open(path, "w").write("\n".join(parts) + "\n</svg>\n")


def panel(growth, x0, y0):
    points = growth.points
    low_x, high_x = math.log10(points[0][0]), math.log10(points[-1][0])
    low_y = math.floor(math.log10(min(p[1] for p in points)))
    high_y = max(math.ceil(math.log10(max(p[1] for p in points))), low_y + 1)
    x = lambda amount: x0 + LEFT + (math.log10(amount) - low_x) / (high_x - low_x) * INNER_W
    y = lambda cpu: y0 + TOP + (high_y - math.log10(cpu)) / (high_y - low_y) * INNER_H
    out = [f'<text class="h" x="{x0 + LEFT}" y="{y0 + 20}">{growth.name}</text>',
           f'<rect class="axis" x="{x0 + LEFT}" y="{y0 + TOP}" width="{INNER_W}" height="{INNER_H}"/>']
    for power in range(low_y, high_y + 1):
        seconds = f"{10**power:g} s" if power >= 0 else f"{10**(power + 3):g} ms"
        out.append(f'<text class="s" x="{x0 + LEFT - 6}" y="{y(10**power) + 4:.1f}" text-anchor="end">{seconds}</text>')
    for amount, _, _ in (points[0], points[len(points) // 2], points[-1]):
        out.append(f'<text class="s" x="{x(amount):.1f}" y="{y0 + TOP + INNER_H + 18}" text-anchor="middle">{amount:,}</text>')
    out.append(f'<text class="s" x="{x0 + LEFT + INNER_W / 2}" y="{y0 + TOP + INNER_H + 38}" text-anchor="middle">{growth.unit}; CPU time</text>')
    last_amount, last_cpu, _ = points[-1]
    first = max(points[0][0], last_amount * 10**low_y / last_cpu)
    out.append(f'<path class="linear" d="M{x(first):.1f} {y(last_cpu * first / last_amount):.1f}L{x(last_amount):.1f} {y(last_cpu):.1f}"/>')
    out.append(f'<path class="line" d="M{"L".join(f"{x(a):.1f} {y(c):.1f}" for a, c, _ in points)}"/>')
    out += [f'<circle class="dot" cx="{x(a):.1f}" cy="{y(c):.1f}" r="3"/>' for a, c, _ in points]
    return "\n".join(out)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("adverts"), p.add_argument("--jdlint", required=True), p.add_argument("--plot"), p.add_argument("--reps", type=int, default=3)
    p.add_argument("--largest-mb", type=int, default=100), p.add_argument("--most-documents", type=int, default=100_000)
    p.add_argument("--most-entries", type=int, default=10_000), p.add_argument("--check", action="store_true")
    a = p.parse_args()
    a.command = [os.path.abspath(a.jdlint), "check", "--no-config", "--format", "json"]
    adverts = texts(a.adverts)
    print(f"{os.cpu_count()} cores, {processor()}; {len(adverts)} adverts; medians of {a.reps}\n", flush=True)
    growths = []
    with tempfile.TemporaryDirectory() as work:
        for grow in (lambda: one_document(a, adverts, work), lambda: documents(a, adverts, work), lambda: entries(a, adverts, work),
                     lambda: rows(a, work, "json"), lambda: rows(a, work, "html")):
            growths.append(grow())
            growths[-1].table()
    if a.plot:
        plot([g for g in growths if len(g.points) > 1], a.plot)
    too_fast = [g.name for g in growths if g.grows_too_fast()]
    if a.check and too_fast:
        sys.exit(f"grows faster than the work: {', '.join(too_fast)}")


if __name__ == "__main__":
    main()
