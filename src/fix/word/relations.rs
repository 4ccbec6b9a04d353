//! A part's relationships and the package's list of kinds of part, with an entry more.

use super::{Part, PartChange};
use crate::document::package::Package;
use crate::document::xml::{Node, Xml};
use crate::fix::review::ReviewError;
use crate::fix::xml::{Root, escaped};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The relationships of one part.
pub(super) struct Relations {
    name: String,
    old: Option<Part>,
    taken: Vec<String>,
    added: Vec<Added>,
}

struct Added {
    id: String,
    kind: String,
    target: String,
    reaches: Reaches,
}

/// What a relationship leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaches {
    Part,
    /// A page of the web.
    Page,
}

impl Relations {
    /// The relationships of a part, which may have none yet.
    pub(super) fn of(part: &str, package: &mut Package) -> Result<Relations, ReviewError> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let old = Part::read(package, &name)?;
        let id = |node| if let Node::Open(element) = node { element.attribute("Id").map(|id| id.into_owned()) } else { None };
        let taken = old.as_ref().map(|part| Xml::new(&part.text).filter_map(id).collect()).unwrap_or_default();
        Ok(Relations { name, old, taken, added: Vec::new() })
    }

    /// Adds a relationship, or finds one that was added; its id.
    pub(super) fn add(&mut self, kind: String, target: &str, reaches: Reaches) -> String {
        if let Some(known) = self.added.iter().find(|a| a.kind == kind && a.target == target) {
            return known.id.clone();
        }
        let id = (1..).map(|n| format!("jdlint{n}")).find(|id| !self.taken.contains(id)).unwrap_or_default();
        self.taken.push(id.clone());
        self.added.push(Added { id: id.clone(), kind, target: target.to_owned(), reaches });
        id
    }

    /// The changed part, where something was added.
    pub(super) fn finish(self, package: &Package) -> Result<Option<PartChange>, ReviewError> {
        if self.added.is_empty() {
            return Ok(None);
        }
        let Some(old) = &self.old else {
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELATIONSHIPS}\">{}</Relationships>",
                self.entries("")
            );
            return Ok(Some(PartChange::new_part(self.name, text)));
        };
        let root = Root::of(&old.text).ok_or_else(|| broken(&self.name))?;
        Ok(Some(old.change(package, root.append(&self.entries(root.prefix())))))
    }

    fn entries(&self, prefix: &str) -> String {
        let entry = |added: &Added| {
            let mode = if added.reaches == Reaches::Page { " TargetMode=\"External\"" } else { "" };
            format!("<{prefix}Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>", added.id, added.kind, escaped(&added.target))
        };
        self.added.iter().map(entry).collect()
    }
}

/// The package's list of kinds of part, with one part more.
pub(super) fn content_type(part: &str, kind: &str, package: &mut Package) -> Result<PartChange, ReviewError> {
    const LIST: &str = "[Content_Types].xml";
    let list = Part::read(package, LIST)?.ok_or_else(|| broken(LIST))?;
    let root = Root::of(&list.text).ok_or_else(|| broken(LIST))?;
    let entry = format!("<{}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", root.prefix(), escaped(part));
    Ok(list.change(package, root.append(&entry)))
}

fn broken(part: &str) -> ReviewError {
    ReviewError::Package { what: format!("{part} is missing or damaged") }
}
