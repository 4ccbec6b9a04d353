"""Makes the Word files that `.ci/office` reviews, with python-docx: `made.py FOLDER`."""

import sys
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

DUTIES = ["Lead a team of surveyors and handymen", "Report to the Chairman", "Keep the asbestos register and the budget"]
CRITERIA = [
    ("Education", "A degree in building surveying", "A post-graduate certificate"),
    ("Experience", "At least seven years' experience in social housing", "Experience of contracts"),
    ("Other", "Full driving licence and own car", "PRINCE2 Practitioner"),
]


def advert():
    document = Document()
    document.add_heading("Estates Manager", 0)
    document.add_paragraph("Northgate Housing looks after four thousand homes.")
    document.add_heading("What you will do", 1)
    for duty in DUTIES:
        document.add_paragraph(duty, style="List Bullet")
    document.add_heading("Person specification", 1)
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ["", "Essential", "Desirable"]):
        cell.text = words
    for row in CRITERIA:
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    split = document.add_paragraph("The ")
    for words, look in [("chair", "bold"), ("man", "italic")]:
        setattr(split.add_run(words), look, True)
    split.add_run(" & the salesman meet the Board <weekly>.")
    return document


def furnished():
    """Headers, footers, and a comment that is there already."""
    document = advert()
    section = document.sections[0]
    section.header.paragraphs[0].text = "From the Chairman"
    section.footer.paragraphs[0].text = "Apply by Friday"
    told = document.add_paragraph("The foreman will show you round.")
    document.add_comment(told.runs, text="Who is this?", author="Anna", initials="A")
    return document


def marked():
    """Somebody's changes, a link, a field, a content control and a text box."""
    document = advert()
    w = nsdecls("w")
    by = 'w:id="901" w:author="Anna" w:date="2026-01-01T00:00:00Z"'
    for inner in [
        f'<w:r><w:t xml:space="preserve">Ask the </w:t></w:r><w:ins {by}><w:r><w:t>salesman</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> first.</w:t></w:r>',
        f'<w:r><w:t>The crafts</w:t></w:r><w:del {by}><w:r><w:delText xml:space="preserve"> old</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">man may call on the foreman.</w:t></w:r>',
        '<w:r><w:t xml:space="preserve">Written by the </w:t></w:r><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>chairman</w:t></w:r></w:fldSimple>',
        '<w:r><w:t xml:space="preserve">Signed by the </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> DOCPROPERTY Role </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>repairman in chief</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>See what our seaman does</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:sdt><w:sdtPr><w:alias w:val="Role"/></w:sdtPr><w:sdtContent><w:r><w:t>A policeman may visit.</w:t></w:r></w:sdtContent></w:sdt>',
    ]:
        document.element.body.insert(-1, parse_xml(f"<w:p {w}>{inner}</w:p>"))
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:40pt" type="#_x0000_t202"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>Ask the fireman.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.element.body.insert(-1, parse_xml(f"<w:p {w}><w:r><w:t>Beside this stands a box.</w:t></w:r>{box}</w:p>"))
    return document


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for make in [advert, furnished, marked]:
        make().save(folder / f"{make.__name__}.docx")
