"""Reviewed Word files in python-docx: `word.py FOLDER` holds its comments to what LibreOffice read (`FILE.json`)."""

import json
import sys
from pathlib import Path

from docx import Document


def flat(lines):
    return " ".join(" ".join(lines).split())


def main(folder):
    files = sorted(Path(folder).glob("*.reviewed.docx"))
    n_comments = n_faults = 0
    for path in files:
        ours = [c for c in Document(path).comments if c.author == "jdlint"]
        read = sorted(flat(p.text for p in c.paragraphs) for c in ours)
        shown = sorted(flat(c["lines"]) for c in json.loads(path.with_name(path.name.replace(".reviewed.docx", ".docx.json")).read_text()))
        dated = all(c.timestamp and c.initials == "jd" for c in ours)
        n_comments += len(read)
        if read != shown or not dated:
            n_faults += 1
            print(f"{path.name}: python-docx reads {read}, LibreOffice {shown}")
    print(f"python-docx: {n_comments} comments in {len(files)} files")
    return 1 if n_faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
