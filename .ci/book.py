"""The sources of the book: docs/, and a page for each rule.

    book.py JDLINT FOLDER   copies docs/ into FOLDER, adds rules/ID.md and their lines in SUMMARY.md; links to files that are not in the book lead to the repository
    book.py check FOLDER    tells of links in the built pages that lead nowhere
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

REPOSITORY = "https://github.com/jdlint/jdlint/blob/main/"
GROUPS = ["gendered", "prerequisite", "exclusionary", "omission", "readability", "consistency"]
LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def main(arguments):
    match arguments:
        case ["check", folder]:
            return check(Path(folder))
        case [jdlint, folder]:
            write(jdlint, Path(folder))
        case _:
            sys.exit(__doc__)


def write(jdlint, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree("docs", folder)
    rules = json.loads(run(jdlint, "rules", "--no-config", "--format", "json"))["rules"]
    (folder / "rules").mkdir()
    for rule in rules:
        page = run(jdlint, "explain", "--no-config", "--format", "markdown", rule["id"])
        (folder / "rules" / f"{rule['id']}.md").write_text(page)
    summary = folder / "SUMMARY.md"
    summary.write_text(summary.read_text().replace("<!-- rules -->\n", lines(rules)))
    (folder / "all-rules.md").write_text(overview(rules))
    for page in folder.glob("**/*.md"):
        page.write_text(LINK.sub(lambda link: link[1] + led_out(link[2], page.parent, folder) + link[3], page.read_text()))


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def lines(rules):
    """A line of the summary for each rule, by groups."""
    by_group = sorted(rules, key=lambda r: (GROUPS.index(r["id"].split(".")[0]), r["id"]))
    return "".join(f"  - [{rule['id']}](rules/{rule['id']}.md)\n" for rule in by_group)


def overview(rules):
    rows = [f"| [{r['id']}](rules/{r['id']}.md) | {r['name']} | {r['severity']} | {r['evidence']} |\n" for r in rules]
    head = "# All rules\n\nEach with its reason, its exceptions, examples and sources. `jdlint explain RULE` shows the same in a terminal.\n\n"
    return head + "| rule | what | severity | evidence |\n|---|---|---|---|\n" + "".join(rows)


def led_out(link, page, folder):
    """A link to a file of the repository that the book does not hold, as a link to the repository."""
    path, _, mark = link.partition("#")
    if not path or ":" in link or (page / path).exists():
        return link
    there = os.path.normpath(os.path.join("docs", os.path.relpath(page, folder), path))
    return REPOSITORY + there + ("#" + mark if mark else "") if os.path.exists(there) else link


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.marks = [], set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            if name in ("id", "name"):
                self.marks.add(value)


def check(folder):
    pages = {}
    for file in folder.glob("**/*.html"):
        pages[file.resolve()] = parsed = Links()
        parsed.feed(file.read_text())
    wrong = [f"{file.relative_to(folder.resolve())}: {link}" for file, page in pages.items() if file.name not in ("404.html", "toc.html") for link in page.links if leads_nowhere(file, link, pages)]
    print("\n".join(wrong) if wrong else f"{len(pages)} pages, every link within the book leads somewhere.")
    return 1 if wrong else 0


def leads_nowhere(file, link, pages):
    path, _, mark = link.partition("#")
    if re.match(r"[a-z]+:|//", link):
        return False
    target = (file.parent / urllib.parse.unquote(path)).resolve() if path else file
    if target.is_dir():
        target /= "index.html"
    if not target.exists():
        return True
    return bool(mark) and target in pages and urllib.parse.unquote(mark) not in pages[target].marks


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
