"""LibreOffice Writer with its LanguageTool server set to `jdlint serve`, driven through UNO: the proofreading errors that it
gets for a document's paragraphs are ours, at the right words, with emoji and accents before them.

/usr/bin/python3 libreoffice.py http://127.0.0.1:PORT/v2 FOLDER-FOR-ITS-PROFILE [DOCUMENT…]
"""

import os
import pathlib
import subprocess
import sys
import time
import zipfile

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

base, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
documents = sys.argv[3:]
CHECKER = "org.openoffice.lingu.LanguageToolGrammarChecker"
ENGLISH = Locale("en", "GB", "")

SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">
<prop oor:name="IsEnabled" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BaseURL" oor:op="fuse"><value>{base}</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/ServiceManager/GrammarCheckerList">
<prop oor:name="en-GB" oor:op="fuse" oor:type="oor:string-list"><value><it>{CHECKER}</it></value></prop></item>
</oor:items>
"""

PARAGRAPHS = [
    ("We need a chairman.", ["chairman"]),
    ("👩🏽‍🔧 Café Zoë – naïve e\u0301 🏗: the chairman and his handymen", ["chairman", "handymen"]),
    ("A family of 👨‍👩‍👧‍👦 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢: report to the Chairman 🎓", ["Chairman"]),
    ("The post holder must be a native English speaker.", ["native English speaker"]),
    ("We welcome applications from everyone.", []),
    ("", []),
]


def start():
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    pipe = f"jdlint{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return office, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start within a minute")


def errors(context, document):
    """Of each paragraph, as Writer sees it, the text and what is wrong with it."""
    proofreader = context.ServiceManager.createInstanceWithContext("com.sun.star.linguistic2.ProofreadingIterator", context)
    found = []
    paragraphs = document.getFlatParagraphIterator(uno.getConstantByName("com.sun.star.text.TextMarkupType.PROOFREADING"), False)
    paragraph = paragraphs.getFirstPara()
    while paragraph is not None:
        text = paragraph.getText()
        result = proofreader.checkSentenceAtPosition(document, paragraph, text, ENGLISH, 0, len(text), 0)
        units = text.encode("utf-16-le")
        words = [
            (units[2 * e.nErrorStart : 2 * (e.nErrorStart + e.nErrorLength)].decode("utf-16-le"), e.aRuleIdentifier, list(e.aSuggestions), e.aShortComment, e.aFullComment)
            for e in result.aErrors
        ]
        found.append((text, words))
        paragraph = paragraphs.getNextPara()
    return found


def hidden():
    return (PropertyValue(Name="Hidden", Value=True),)


def main():
    office, context = start()
    try:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        services = context.ServiceManager.createInstanceWithContext("com.sun.star.linguistic2.LinguServiceManager", context)
        assert CHECKER in services.getConfiguredServices("com.sun.star.linguistic2.Proofreader", ENGLISH), "LibreOffice knows its LanguageTool client"

        document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, hidden())
        for n, (text, _) in enumerate(PARAGRAPHS):
            if n > 0:
                document.Text.insertControlCharacter(document.Text.End, uno.getConstantByName("com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK"), False)
            document.Text.insertString(document.Text.End, text, False)
        cursor = document.Text.createTextCursor()
        cursor.gotoEnd(True)
        cursor.CharLocale = ENGLISH
        # A footnote puts a sign of its own into the text of a paragraph.
        note = document.createInstance("com.sun.star.text.Footnote")
        start_of_second = document.Text.createTextCursor()
        start_of_second.gotoNextParagraph(False)
        # It moves by UTF-16 units; this is after “Café”.
        start_of_second.goRight(len("👩🏽‍🔧 Café".encode("utf-16-le")) // 2, False)
        document.Text.insertTextContent(start_of_second, note, False)
        got = errors(context, document)
        for wanted, words in PARAGRAPHS:
            matching = [found for text, found in got if text.replace("\u200b", "").replace("\ufffc", "") == wanted]
            assert matching, f"no paragraph {wanted!r} among {[text for text, _ in got]}"
            assert [found[0] for found in matching[0]] == words, (wanted, matching)
        first = next(found for text, found in got if text == PARAGRAPHS[0][0])[0]
        assert "gendered" in first[4] or "pictures one sex" in first[3] + first[4], first
        assert first[2] and first[2][0] == "chair", first
        document.close(True)
        print(f"LibreOffice Writer: {sum(len(words) for _, words in PARAGRAPHS)} proofreading errors in a new document, all ours, at the right words")

        for path in documents:
            document = desktop.loadComponentFromURL(pathlib.Path(path).resolve().as_uri(), "_blank", 0, hidden())
            got = [(text, found) for text, found in errors(context, document) if found]
            document.close(True)
            print(f"{pathlib.Path(path).name}: " + "; ".join(f"{word[0]!r}" for _, found in got for word in found))
            assert got, f"nothing found in {path}"
            for text, found in got:
                assert all(word[0] and word[0] in text for word in found), (text, found)
        try:
            desktop.terminate()
        except Exception:  # it may be gone before it answers
            pass
        office.wait(30)
    finally:
        office.kill()
        office.wait()


main()
