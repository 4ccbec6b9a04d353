//! A package's relationships → which part is the body, the styles, a header.

use crate::document::package::Package;
use crate::document::xml::{Node, Xml};
use crate::document::{ReadError, docx::EXPECTED, sniff};

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
            return Err(ReadError::WrongKind { found, expected: EXPECTED });
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
fn other_office(body: &str) -> Option<&'static str> {
    let root = Xml::new(body).find_map(|node| if let Node::Open(root) = node { Some(root.local().to_owned()) } else { None })?;
    match root.as_str() {
        "workbook" => Some("an Excel workbook"),
        "presentation" => Some("a PowerPoint presentation"),
        "document" | "glossaryDocument" => None,
        _ => Some("an Office file of another kind"),
    }
}

/// A zip file without a Word document: what it is instead.
fn no_word(package: &mut Package) -> Result<ReadError, ReadError> {
    let found = sniff::open_document(&package.text("mimetype")?.unwrap_or_default()).unwrap_or_else(|| match package {
        p if p.has("Index/Document.iwa") || p.has("index.xml") => "an Apple Pages document",
        p if p.has("xl/workbook.bin") => "an Excel workbook",
        _ => "a zip archive with no Word document in it",
    });
    Ok(ReadError::WrongKind { found, expected: EXPECTED })
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
