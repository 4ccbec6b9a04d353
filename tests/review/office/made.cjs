// Makes the Word file that `.ci/office` reviews with docx for JavaScript: `made.cjs FOLDER`.
const fs = require("fs");
const path = require("path");
const docx = require("docx");

const { Document, Packer, Paragraph, TextRun, FootnoteReferenceRun, ExternalHyperlink, InsertedTextRun, DeletedTextRun, HeadingLevel } = docx;
const { CommentRangeStart, CommentRangeEnd, CommentReference } = docx;
const anna = { author: "Anna", date: "2026-01-01T00:00:00Z" };

const document = new Document({
  comments: { children: [{ id: 0, author: "Anna", date: new Date(0), children: [new Paragraph("Really?")] }] },
  footnotes: { 1: { children: [new Paragraph("The Chairman signs it.")] } },
  sections: [
    {
      children: [
        new Paragraph({ text: "Site Manager", heading: HeadingLevel.HEADING_1 }),
        new Paragraph({ children: [new TextRun("You will run the site"), new FootnoteReferenceRun(1), new TextRun(" and lead the workmen.")] }),
        new Paragraph({
          children: [new ExternalHyperlink({ link: "https://example.org", children: [new TextRun("Our foreman")] }), new TextRun(" will tell you more.")],
        }),
        new Paragraph({
          children: [
            new CommentRangeStart(0),
            new TextRun("The sales"),
            new CommentRangeEnd(0),
            new TextRun({ children: [new CommentReference(0)] }),
            new TextRun("man sells."),
          ],
        }),
        new Paragraph({
          children: [
            new TextRun("We want a "),
            new DeletedTextRun({ text: "mature", id: 1, ...anna }),
            new InsertedTextRun({ text: "young and energetic", id: 2, ...anna }),
            new TextRun(" colleague, and a native English speaker."),
          ],
        }),
      ],
    },
  ],
});

Packer.toBuffer(document).then((bytes) => fs.writeFileSync(path.join(process.argv[2], "javascript.docx"), bytes));
