//! Small Word and OpenDocument files made of the XML under test.

use crate::zipped::zipped;

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const STRICT_W: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
pub const STRICT_R: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const P: &str = "http://schemas.openxmlformats.org/package/2006";
pub const SIGNATURE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin";

/// A Word file in the making.
pub struct Word {
    w: &'static str,
    r: &'static str,
    body: String,
    parts: Vec<(String, String)>,
    rels: String,
    roots: String,
}

/// A Word file whose body is this XML.
pub fn word(body: &str) -> Word {
    Word { w: W, r: R, body: body.to_owned(), parts: Vec::new(), rels: String::new(), roots: String::new() }
}

impl Word {
    /// Of the strict kind.
    pub fn strict(self) -> Word {
        Word { w: STRICT_W, r: STRICT_R, ..self }
    }

    /// Adds a part that the body refers to by its role, which is the id, too.
    pub fn part(mut self, role: &str, root: &str, inner: &str) -> Word {
        let kind = role.trim_end_matches(|c: char| c.is_ascii_digit());
        self.rels += &format!(r#"<Relationship Id="{role}" Type="{}/{kind}" Target="{role}.xml"/>"#, self.r);
        self.parts.push((format!("word/{role}.xml"), format!("<w:{root} {}>{inner}</w:{root}>", self.namespaces())));
        self
    }

    /// Adds a relationship of the package.
    pub fn root(mut self, kind: &str) -> Word {
        self.roots += &format!(r#"<Relationship Id="root" Type="{kind}" Target="x"/>"#);
        self
    }

    fn namespaces(&self) -> String {
        let markup = "http://schemas.openxmlformats.org/markup-compatibility/2006";
        let shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
        format!(
            r#"xmlns:w="{}" xmlns:r="{}" xmlns:mc="{markup}" xmlns:wps="{shape}" xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="wps""#,
            self.w, self.r
        )
    }

    pub fn bytes(self) -> Vec<u8> {
        let document = format!("<w:document {}><w:body>{}</w:body></w:document>", self.namespaces(), self.body);
        let types = format!(r#"<Types xmlns="{P}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#);
        let main = format!(r#"<Relationship Id="a" Type="{}/officeDocument" Target="word/document.xml"/>"#, self.r);
        let list = |entries: &str| format!(r#"<Relationships xmlns="{P}/relationships">{entries}</Relationships>"#);
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), types),
            ("_rels/.rels".to_owned(), list(&format!("{main}{}", self.roots))),
            ("word/document.xml".to_owned(), document),
            ("word/vbaProject.bin".to_owned(), "macros".to_owned()),
        ];
        if !self.rels.is_empty() {
            parts.push(("word/_rels/document.xml.rels".to_owned(), list(&self.rels)));
        }
        parts.extend(self.parts);
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        zipped(&parts)
    }
}

/// A run of words.
pub fn r(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

/// A paragraph of runs.
pub fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

/// A paragraph of plain words.
pub fn say(words: &str) -> String {
    p(&r(words))
}

/// A table of one row of these cells.
pub fn row(properties: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
    format!("<w:tbl><w:tr>{properties}{cells}</w:tr></w:tbl>")
}

/// The parts of an OpenDocument text in the making.
pub struct Odt {
    /// Before the paragraphs, in the body.
    prelude: String,
    body: String,
    /// What the part makes its own styles with; `None`: it has no such element.
    automatic: Option<String>,
    master: String,
    more: Vec<(&'static str, String)>,
}

/// An OpenDocument text whose body is this XML.
pub fn odt(body: &str) -> Odt {
    Odt { prelude: String::new(), body: body.to_owned(), automatic: Some(String::new()), master: String::new(), more: Vec::new() }
}

impl Odt {
    pub fn prelude(self, prelude: &str) -> Odt {
        Odt { prelude: prelude.to_owned(), ..self }
    }

    pub fn automatic(self, styles: Option<&str>) -> Odt {
        Odt { automatic: styles.map(str::to_owned), ..self }
    }

    /// The page layout's headers and footers.
    pub fn master(self, furniture: &str) -> Odt {
        Odt {
            master: format!("<office:master-styles><style:master-page style:name=\"Standard\">{furniture}</style:master-page></office:master-styles>"),
            ..self
        }
    }

    pub fn part(mut self, name: &'static str, text: &str) -> Odt {
        self.more.push((name, text.to_owned()));
        self
    }

    fn automatic_styles(&self) -> String {
        self.automatic.as_ref().map(|styles| format!("<office:automatic-styles>{styles}</office:automatic-styles>")).unwrap_or_default()
    }

    fn office_body(&self) -> String {
        format!("<office:body><office:text>{}{}</office:text></office:body>", self.prelude, self.body)
    }

    /// As a zip file.
    pub fn bytes(&self) -> Vec<u8> {
        let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        let content = format!(
            "{head}\n<office:document-content {} office:version=\"1.2\">{}{}</office:document-content>",
            opendocument_names(),
            self.automatic_styles(),
            self.office_body()
        );
        let styles = format!("{head}<office:document-styles {} office:version=\"1.2\">{}</office:document-styles>", opendocument_names(), self.master);
        let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("Pictures/a.png", b"a picture"),
            ("content.xml", content.as_bytes()),
            ("styles.xml", styles.as_bytes()),
            ("META-INF/manifest.xml", manifest.as_bytes()),
        ];
        parts.extend(self.more.iter().map(|(name, text)| (*name, text.as_bytes())));
        zipped(&parts)
    }

    /// As one file of XML.
    pub fn flat(&self) -> Vec<u8> {
        let media_type = "application/vnd.oasis.opendocument.text";
        format!(
            "<office:document {} office:version=\"1.2\" office:mimetype=\"{media_type}\">{}{}{}</office:document>",
            opendocument_names(),
            self.automatic_styles(),
            self.master,
            self.office_body()
        )
        .into_bytes()
    }
}

fn opendocument_names() -> String {
    let name = |prefix: &str, last: &str| format!("xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{last}:1.0\"");
    // Links have a prefix of their own here, and “fo” is for jdlint to bind where it needs it.
    [name("office", "office"), name("text", "text"), name("table", "table"), name("style", "style"), name("draw", "drawing"), name("form", "form")].join(" ")
        + r#" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" xmlns:l="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/""#
}
