"""Reviewed files in a real LibreOffice: comments and tracked changes read back through UNO, changes accepted and rejected.

`read_back.py JDLINT FOLDER FILE…` reviews each file into the folder, with `jdlint review` and `--suggest`, and says what
LibreOffice does not show as jdlint wrote it. FOLDER/FILE.json is what it read, FOLDER/FILE.pdf the page with its margin.
Needs the system's Python, which knows `uno`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

DELETE, INSERT = "Delete", "Insert"


class Office:
    """A LibreOffice of its own, with a fresh profile."""

    def __init__(self, folder):
        pipe = f"jdlint{os.getpid()}"
        self.profile = tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True)
        place = f"-env:UserInstallation={Path(self.profile.name).as_uri()}"
        # A process group of its own, since `soffice` is a script that starts the program.
        command = ["soffice", "--headless", "--norestore", "--nofirststartwizard", "--nodefault", place, f"--accept=pipe,name={pipe};urp;"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(200):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.3)
        manager = self.context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)

    def open(self, path):
        document = self.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, properties(Hidden=True))
        if document is None:
            raise RuntimeError("LibreOffice does not open it")
        return document

    def do(self, document, command):
        self.dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
        self.profile.cleanup()


def properties(**named):
    def one(name, value):
        held = PropertyValue()
        held.Name, held.Value = name, value
        return held

    return tuple(one(name, value) for name, value in named.items())


def each(enumerated):
    enumeration = enumerated.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def flat(words):
    return " ".join(words.split())


def comments(document):
    fields = (f for f in each(document.TextFields) if f.supportsService("com.sun.star.text.textfield.Annotation"))
    read = [{"author": f.Author, "words": flat(f.Anchor.String), "lines": f.Content.splitlines(), "year": f.DateTimeValue.Year} for f in fields]
    return [c for c in read if c["author"] == "jdlint"], [c for c in read if c["author"] != "jdlint"]


def changes(document):
    """jdlint's tracked changes, by kind."""
    ours = [r for r in each(document.Redlines) if r.RedlineAuthor == "jdlint"]
    return {kind: sum(r.RedlineType == kind for r in ours) for kind in (DELETE, INSERT)}


def said(jdlint, path):
    """The text of a document, as jdlint reads it."""
    run = subprocess.run([jdlint, "outline", "--format", "json", path], capture_output=True, text=True)
    return json.loads(run.stdout)["files"][0]["text"]


def settled(office, jdlint, path, command, folder):
    """The text of a document when all its changes are accepted or rejected by LibreOffice."""
    document = office.open(path)
    office.do(document, command)
    left = sum(1 for _ in each(document.Redlines))
    to = folder / f"{path.stem}.{command}{path.suffix}"
    kind = {".docx": "MS Word 2007 XML", ".docm": "MS Word 2007 XML", ".dotx": "MS Word 2007 XML", ".fodt": "OpenDocument Text Flat XML"}.get(path.suffix, "writer8")
    document.storeToURL(to.resolve().as_uri(), properties(FilterName=kind))
    document.close(True)
    assert left == 0 or path.suffix == ".dotx", f"{left} changes are left after {command}"
    return words(said(jdlint, to))


def words(text):
    """Words in any order: LibreOffice may say a header or text box in another place, and counts pages anew."""
    return sorted(word for word in text.split() if not word.isdigit())


def findings(jdlint, path):
    run = subprocess.run([jdlint, "check", "--alone", "--min-severity", "warning", "--format", "json", path], capture_output=True, text=True)
    read = json.loads(run.stdout)["files"][0]
    if read["error"]:
        return None
    return [f for f in read["findings"] if f["severity"] in ("warning", "error")]


def reviewed(jdlint, path, folder, *options):
    name = f"{path.stem}.{'suggested' if options else 'reviewed'}{path.suffix}"
    to = folder / name
    run = subprocess.run([jdlint, "review", "--alone", "--force", path, "-o", to, *options], capture_output=True, text=True)
    if run.returncode == 2:
        raise RuntimeError(run.stderr.strip())
    to.chmod(0o644)
    return to, run.stderr.strip()


def faults_of(office, jdlint, path, folder):
    """What LibreOffice does not show of a review as jdlint wrote it; and how many comments and changes it shows."""
    found = findings(jdlint, path)
    if found is None:
        return [], "refused"
    plain, _ = reviewed(jdlint, path, folder)
    tracked, told = reviewed(jdlint, path, folder, "--suggest")
    faults = []
    original = office.open(path)
    office.do(original, "AcceptAllTrackedChanges")
    theirs = comments(original)[1]
    original.close(True)
    document = office.open(plain)
    office.do(document, "AcceptAllTrackedChanges")
    ours, others = comments(document)
    if sorted(c["words"] for c in others) != sorted(c["words"] for c in theirs):
        faults.append(f"other people's comments: {theirs} → {others}")
    faults += compared(found, ours)
    faults += [f"a comment is of {c['year']}" for c in ours if c["year"] != time.gmtime().tm_year]
    (folder / f"{path.name}.json").write_text(json.dumps(ours, ensure_ascii=False, indent=1))
    document.close(True)
    faults += changed(office, jdlint, path, tracked, folder)
    document = office.open(tracked)
    n_ours, n_changes = len(comments(document)[0]), changes(document)
    notes = uno.Any("[]com.sun.star.beans.PropertyValue", properties(ExportNotes=True))
    document.storeToURL((folder / f"{path.name}.pdf").resolve().as_uri(), properties(FilterName="writer_pdf_Export", FilterData=notes))
    document.close(True)
    if n_ours != len(ours):
        faults.append(f"{len(ours)} comments without tracked changes, {n_ours} with them")
    return faults, f"{len(ours)} comments, {n_changes[DELETE]} deletions, {n_changes[INSERT]} insertions ({told.split('; ')[0].rsplit(' → ')[0].rsplit(': ')[-1]})"


def compared(found, ours):
    """Each finding has its comment, beside its words or saying which they are."""
    faults = []
    placed = [f for f in found if f["span"]["start"] < f["span"]["end"]]
    left = list(ours)
    for finding in placed:
        short = flat(finding["text"])
        own = [c for c in left if c["lines"] and c["lines"][0].startswith(finding["message"]) and same(c["words"], short)]
        own = own or [c for c in left if len(c["lines"]) > 1 and c["lines"][0].startswith(f"About “{short[:90]}") and c["lines"][1].startswith(finding["message"])]
        own = own or [c for c in left if c["lines"] and c["lines"][0].startswith(finding["message"])]
        if not own:
            faults.append(f"no comment for {short!r}: {finding['message']}")
            continue
        left.remove(own[0])
        if own[0]["lines"][0].startswith("About “") or same(own[0]["words"], short):
            continue
        # A comment stands around a whole field, never within it.
        if bare(short) not in bare(own[0]["words"]):
            faults.append(f"{short!r} has its comment on {own[0]['words']!r}")
    if len(left) > (len(found) > len(placed)):
        faults.append(f"comments on nothing: {left}")
    return faults


def same(anchored, words):
    return bare(anchored) == bare(words)


def bare(text):
    """White space may be an element, and a hyphen a character that LibreOffice shows otherwise."""
    return "".join(c for c in text if c.isalnum())


def changed(office, jdlint, path, tracked, folder):
    faults = []
    accepted = settled(office, jdlint, tracked, "AcceptAllTrackedChanges", folder)
    if accepted != words(said(jdlint, tracked)):
        faults.append(f"accepted: {difference(words(said(jdlint, tracked)), accepted)}")
    rejected, before = (settled(office, jdlint, p, "RejectAllTrackedChanges", folder) for p in (tracked, path))
    if rejected != before:
        faults.append(f"rejected: {difference(before, rejected)}")
    return faults


def difference(expected, got):
    from collections import Counter

    gone, new = Counter(expected) - Counter(got), Counter(got) - Counter(expected)
    return f"gone {sorted(gone)}, new {sorted(new)}"


def main(jdlint, folder, *paths):
    folder = Path(folder)
    n_faults = 0
    office = Office(folder)
    for path in map(Path, paths):
        try:
            faults, told = faults_of(office, jdlint, path, folder)
        except Exception as error:
            faults, told = [f"{type(error).__name__}: {str(error)[:300]}"], "broken"
            if "Disposed" in repr(error) or "binary urp bridge" in str(error).lower():
                office.close()
                office = Office(folder)
        print(f"{path.name}: {told}")
        for fault in faults:
            print(f"  {fault}")
        n_faults += len(faults)
    office.close()
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
