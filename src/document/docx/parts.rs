//! A package's relationships → which part is the body, the styles, a header.

use crate::document::package::Package;
use crate::document::xml::{Node, Xml};
use crate::document::{Foreign, ReadError, docx::EXPECTED, sniff};

/// What a part is to the body, by the last word of the relationship's type, which strict and transitional files share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
    Header,
    Footer,
    Settings,
    Comments,
}

/// The parts of a Word package.
pub(crate) struct Parts {
    /// The name of the body's part.
    pub(crate) main: String,
    /// Its text.
    pub(crate) body: String,
    related: Vec<Relation>,
}

struct Relation {
    id: String,
    role: String,
    target: String,
}

impl Parts {
    /// Finds the body by way of the package's relationships.
    ///
    /// # Errors
    /// No Word document in it, or a damaged one.
    pub(crate) fn find(package: &mut Package) -> Result<Parts, ReadError> {
        let top = package.text("_rels/.rels")?.map(|rels| relations(&rels, "")).unwrap_or_default();
        let named = top.into_iter().find(|r| r.role == "officeDocument").map(|r| r.target);
        let main = named.unwrap_or_else(|| "word/document.xml".to_owned());
        let Some(body) = package.text(&main)? else { return Err(no_word(package)?) };
        if let Some(found) = other_office(&body) {
            return Err(ReadError::Foreign(found));
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let rels = match package.text(&join(folder, &format!("_rels/{file}.rels"))) {
            Err(ReadError::Damaged { .. }) => None,
            other => other?,
        };
        let related = rels.map(|rels| relations(&rels, folder)).unwrap_or_default();
        Ok(Parts { main, body, related })
    }

    /// The first part of a role.
    pub(crate) fn first(&self, role: Role) -> Option<&str> {
        self.related.iter().find(|r| r.role == role.word()).map(|r| r.target.as_str())
    }

    /// The part that a reference in the body names.
    pub(crate) fn by_id(&self, role: Role, id: &str) -> Option<&str> {
        self.related.iter().find(|r| r.role == role.word() && r.id == id).map(|r| r.target.as_str())
    }
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Role::Styles => "styles",
            Role::Numbering => "numbering",
            Role::Footnotes => "footnotes",
            Role::Endnotes => "endnotes",
            Role::Header => "header",
            Role::Footer => "footer",
            Role::Settings => "settings",
            Role::Comments => "comments",
        }
    }
}

/// The relationships to other parts of the package, their targets as names in it.
fn relations(rels: &str, folder: &str) -> Vec<Relation> {
    let relation = |node: Node| {
        let Node::Open(element) = node else { return None };
        if element.local() != "Relationship" || element.attribute("TargetMode").is_some_and(|m| m == "External") {
            return None;
        }
        let kind = element.attribute("Type")?;
        let role = kind.rsplit('/').next()?.to_owned();
        let id = element.attribute("Id").unwrap_or_default().into_owned();
        Some(Relation { id, role, target: join(folder, &element.attribute("Target")?) })
    };
    Xml::new(rels).filter_map(relation).collect()
}

/// A target, absolute or relative to a folder, as a part's name.
fn join(folder: &str, target: &str) -> String {
    let (folder, target) = target.strip_prefix('/').map_or((folder, target), |absolute| ("", absolute));
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What another kind of Office file has as its body.
fn other_office(body: &str) -> Option<Foreign> {
    let root = Xml::new(body).find_map(|node| if let Node::Open(root) = node { Some(root.local().to_owned()) } else { None })?;
    let (name, advice) = match root.as_str() {
        "workbook" => ("an Excel workbook (.xlsx)", sniff::SHEET),
        "presentation" => ("a PowerPoint presentation (.pptx)", sniff::SLIDES),
        "document" | "glossaryDocument" => return None,
        _ => ("an Office file of another kind", "save it as .docx or PDF"),
    };
    Some(Foreign { name, advice })
}

/// A zip file without a Word document: what it is instead.
fn no_word(package: &mut Package) -> Result<ReadError, ReadError> {
    let media_type = package.text("mimetype")?.unwrap_or_default();
    if let Some(refusal) = sniff::open_document(&media_type) {
        return Ok(refusal);
    }
    if media_type.starts_with("application/vnd.oasis.opendocument.text") {
        return Ok(ReadError::WrongKind { found: "an OpenDocument text (.odt)", expected: EXPECTED });
    }
    let (name, advice) = match package {
        p if p.has("Index/Document.iwa") || p.has("index.xml") => ("an Apple Pages document", sniff::PAGES),
        p if p.has("xl/workbook.bin") => ("an Excel workbook (.xlsb)", sniff::SHEET),
        _ => ("a zip archive with no Word document in it", "unpack it and name the documents in it"),
    };
    Ok(ReadError::Foreign(Foreign { name, advice }))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn targets_are_absolute_or_relative() {
        for (folder, target, name) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word", "./../../styles.xml", "styles.xml"),
        ] {
            assert_eq!(join(folder, target), name);
        }
    }
}
