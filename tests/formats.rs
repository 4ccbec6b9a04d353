//! One advert in every format (tests/documents/formats, written by pandoc, LibreOffice and Chromium): the same findings on
//! the same words with the same bindings, the same criteria, sections and duties.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jdlint::{Advert, Document, Format, Linter, Report, Ruleset, Settings};

const FILES: [(&str, Format); 7] = [
    ("advert.html", Format::Html),
    ("advert.docx", Format::Word),
    ("advert-pandoc.docx", Format::Word),
    ("advert.odt", Format::OpenDocument),
    ("advert.fodt", Format::OpenDocument),
    ("advert.pdf", Format::Pdf),
    ("advert-browser.pdf", Format::Pdf),
];

struct Checked {
    advert: Advert,
    report: Report,
}

impl Checked {
    fn new(name: &str, format: Format) -> Checked {
        // `.ci/formats` has them written anew, elsewhere.
        let kept = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/formats");
        let path = std::env::var_os("JDLINT_FORMATS").map_or_else(kept, PathBuf::from).join(name);
        let document = Document::read(&fs::read(path).expect("it is there"), format).expect("it can be read");
        let advert = Advert::new(vec![document]);
        let report = Linter::new(Ruleset::embedded(), Settings::default()).check(&advert).remove(0);
        Checked { advert, report }
    }

    fn document(&self) -> &Document {
        &self.advert.documents()[0]
    }

    fn words(&self, span: jdlint::text::Span) -> String {
        let plain: String = self.document().slice(span).chars().filter(|c| c.is_ascii() || c.is_alphanumeric() || "’–£·“”".contains(*c)).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn findings(&self) -> Vec<String> {
        let mut all: Vec<String> = self.report.findings.iter().map(|f| format!("{} {} {:?}", f.rule, self.words(f.span), f.severity)).collect();
        all.sort();
        all
    }

    fn criteria(&self) -> Vec<String> {
        self.report.criteria.iter().map(|c| format!("{} {:?} {:?}", self.words(c.span), c.binding, c.verdict)).collect()
    }

    fn sections(&self) -> BTreeSet<String> {
        self.report.outline.sections.iter().map(|s| format!("{:?} {}", s.kind, s.heading.map(|h| self.words(h)).unwrap_or_default())).collect()
    }

    fn duties(&self) -> Vec<String> {
        let outline = &self.report.outline;
        outline.duties.iter().map(|d| self.words(outline.statements[d.statement as usize].span)).collect()
    }

    fn title(&self) -> String {
        self.report.outline.title.as_ref().and_then(|t| t.span).map(|span| self.words(span)).unwrap_or_default()
    }

    /// Every word in order, without bullets, which only some formats write as letters.
    fn text(&self) -> Vec<String> {
        let blocks = self.document().blocks().iter().map(|b| self.words(b.span));
        blocks.collect::<Vec<_>>().join(" ").split_whitespace().map(str::to_owned).collect()
    }
}

#[test]
fn one_advert_in_every_format_has_the_same_findings() {
    let markdown = Checked::new("advert.md", Format::Markdown);
    let found = markdown.findings().join("\n");
    for expected in [
        "gendered.title Chairman",
        "prerequisite.degree degree in building surveying",
        "prerequisite.years At least ten years’",
        "exclusionary.age young and energetic",
    ] {
        assert!(found.contains(expected), "{expected} is found in\n{found}");
    }
    assert!(!found.contains("licence") && !found.contains("PRINCE2"), "what is desirable is left:\n{found}");
    for (name, format) in FILES {
        let other = Checked::new(name, format);
        assert_eq!(other.findings(), markdown.findings(), "{name}: findings");
        assert_eq!(other.criteria(), markdown.criteria(), "{name}: criteria");
        assert_eq!(other.sections(), markdown.sections(), "{name}: sections");
        assert_eq!(other.duties(), markdown.duties(), "{name}: duties");
        assert_eq!(other.text(), markdown.text(), "{name}: words");
        assert_eq!(other.title(), markdown.title(), "{name}: title");
    }
}

#[test]
fn emoji_of_several_characters_stay_whole() {
    for (name, format) in FILES.into_iter().filter(|(_, format)| *format != Format::Pdf).chain([("advert.md", Format::Markdown)]) {
        let text = Checked::new(name, format).document().text().as_str().to_owned();
        assert!(text.contains('🌱') && text.contains("👨\u{200d}👩\u{200d}👧"), "{name}: {text}");
    }
}
