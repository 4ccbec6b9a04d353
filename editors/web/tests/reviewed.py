"""A reviewed Word file → its comments and tracked changes as JSON, read with python-docx."""

import json
import sys

from docx import Document
from docx.oxml.ns import qn

document = Document(sys.argv[1])
body = document.element.body
texts = lambda tag, part: ["".join(t.text or "" for t in change.iter(qn(part))) for change in body.iter(qn(tag))]
print(json.dumps({
    "comments": [comment.text for comment in document.comments],
    "inserted": texts("w:ins", "w:t"),
    "deleted": texts("w:del", "w:delText"),
    "text": "\n".join(p.text for p in document.paragraphs),
}))
