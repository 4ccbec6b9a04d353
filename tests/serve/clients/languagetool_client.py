"""The `language_tool_python` client is pointed at `jdlint serve`: it finds our findings at the right words, and corrects.

python languagetool_client.py http://127.0.0.1:PORT/
"""

import sys

import language_tool_python

tool = language_tool_python.LanguageTool("en-GB", remote_server=sys.argv[1])

plain = "Wanted: a chairman for our café."
emoji = "👩🏽‍🔧 Café Zoë – naïve 🏗: wanted, a chairman and two handymen."
for text in (plain, emoji):
    matches = tool.check(text)
    found = [(match.rule_id, text[match.offset : match.offset + match.error_length]) for match in matches]
    assert ("gendered.title", "chairman") in found, found
    assert all(match.category == "GENDERED" for match in matches), matches
    assert matches[0].replacements[0] == "chair", matches[0]
assert ("gendered.title", "handymen") in found, found

assert tool.correct(plain) == "Wanted: a chair for our café.", tool.correct(plain)
corrected = tool.correct(emoji)
assert corrected == "👩🏽‍🔧 Café Zoë – naïve 🏗: wanted, a chair and two maintenance workers.", corrected

tool.disabled_rules = {"gendered.title"}
assert tool.check(plain) == [], tool.check(plain)
tool.disabled_rules = set()
tool.disabled_categories = {"GENDERED"}
assert tool.check(plain) == [], tool.check(plain)
tool.disabled_categories = set()
tool.picky = True
criterion = "Essential\n\n- A degree in physics"
fixed = tool.correct(criterion)
assert fixed == "Essential\n\n- A degree in physics or equivalent experience", fixed
tool.picky = False

try:
    tool.check("a" * (5 << 20))
    raise SystemExit("a text of 5 MB was taken")
except language_tool_python.exceptions.LanguageToolError as error:
    assert "larger than the 4 MB" in str(error), error
tool.close()
print("language_tool_python: our findings at the right words, corrected")
