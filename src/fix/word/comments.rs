//! Remarks → the part that holds a Word file's comments: a new one, or the file's own with more at its end.

use std::collections::BTreeSet;

use super::relations::Reaches;
use super::{AUTHOR, File, Part, PartChange, Relations, content_type};
use crate::document::docx::anatomy::Anatomy;
use crate::document::docx::parts::Role;
use crate::document::package::Package;
use crate::fix::remark::{Line, Piece};
use crate::fix::review::ReviewError;
use crate::fix::xml::{Root, Vocabulary, escaped};

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The comments of a file.
pub(super) struct Comments {
    name: String,
    old: Option<(Part, Root)>,
    words: Vocabulary,
    ids: BTreeSet<u64>,
    relations: Relations,
    relationships: &'static str,
    /// The style of Word's own comments, where the file has it.
    style: Option<&'static str>,
    written: String,
}

impl Comments {
    pub(super) fn read(package: &mut Package, file: &File) -> Result<Comments, ReviewError> {
        let known = file.parts.first(Role::Comments).map(str::to_owned);
        let old = match &known {
            Some(name) => Part::read(package, name)?,
            None => None,
        };
        let name = if old.is_some() { known } else { None }.unwrap_or_else(|| free_name(&file.parts.main, package));
        let (old, words, ids) = match old {
            Some(part) => {
                let root = Root::of(&part.text).ok_or_else(|| ReviewError::Package { what: format!("{name} is damaged") })?;
                let anatomy = Anatomy::of(&part.text);
                let words = Vocabulary::new(root.bound(&anatomy.namespace), "w", &anatomy.namespace);
                (Some((part, root)), words, anatomy.ids)
            }
            None => (None, Vocabulary::new(Some("w"), "w", &file.anatomy.namespace), BTreeSet::new()),
        };
        let relations = Relations::of(&name, package)?;
        let style = file.has_style("CommentText").then_some("CommentText");
        Ok(Comments { name, old, words, ids, relations, relationships: file.relationships(), style, written: String::new() })
    }

    /// The ids of the comments that there are.
    pub(super) fn ids(&self) -> &BTreeSet<u64> {
        &self.ids
    }

    /// Adds a comment; `about` is a line to go first.
    pub(super) fn add(&mut self, id: u64, about: Option<Line>, lines: &[Line], date: &str) {
        let w = self.words.clone();
        let mut out = format!(
            "{}{}{}{}{}>",
            w.start("comment"),
            w.attribute("id", &id.to_string()),
            w.attribute("author", AUTHOR),
            w.attribute("date", date),
            w.attribute("initials", "jd")
        );
        for (n, line) in about.iter().chain(lines).enumerate() {
            out.push_str(&w.open("p"));
            if let Some(style) = self.style {
                out.push_str(&format!("{}{}{}/>{}", w.open("pPr"), w.start("pStyle"), w.attribute("val", style), w.close("pPr")));
            }
            if n == 0 {
                out.push_str(&format!("{}{}/>{}", w.open("r"), w.start("annotationRef"), w.close("r")));
            }
            for piece in line {
                out.push_str(&self.piece(piece));
            }
            out.push_str(&w.close("p"));
        }
        out.push_str(&w.close("comment"));
        self.written.push_str(&out);
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let w = self.words.clone();
        let run = |properties: &str, text: &str| {
            format!("{}{properties}{} xml:space=\"preserve\">{}{}{}", w.open("r"), w.start("t"), escaped(text), w.close("t"), w.close("r"))
        };
        match piece {
            Piece::Plain(text) => run("", text),
            Piece::Strong(text) => run(&format!("{}{}/>{}", w.open("rPr"), w.start("b"), w.close("rPr")), text),
            Piece::Link { text, url } => {
                let id = self.relations.add(format!("{}/hyperlink", self.relationships), url, Reaches::Page);
                let look = format!(
                    "{}{}{}/>{}{}/>{}",
                    w.open("rPr"),
                    w.start("color"),
                    w.attribute("val", "0563C1"),
                    w.start("u"),
                    w.attribute("val", "single"),
                    w.close("rPr")
                );
                // A part need not bind the prefix of relationships, so it is bound here.
                format!("{} xmlns:r=\"{}\" r:id=\"{id}\">{}{}", w.start("hyperlink"), self.relationships, run(&look, text), w.close("hyperlink"))
            }
        }
    }

    /// The changed parts.
    pub(super) fn finish(self, package: &mut Package, file: &File) -> Result<Vec<PartChange>, ReviewError> {
        let mut changes = Vec::new();
        match &self.old {
            Some((part, root)) => changes.push(part.change(package, root.append(&self.written))),
            None => {
                let text = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\">{}</w:comments>",
                    file.anatomy.namespace, self.written
                );
                let mut relations = Relations::of(&file.parts.main, package)?;
                relations.add(format!("{}/comments", self.relationships), self.name.rsplit('/').next().unwrap_or_default(), Reaches::Part);
                changes.push(content_type(&self.name, KIND, package)?);
                changes.extend(relations.finish(package)?);
                changes.push(PartChange::new_part(self.name, text));
            }
        }
        changes.extend(self.relations.finish(package)?);
        Ok(changes)
    }
}

/// A name for a new part beside the body.
fn free_name(main: &str, package: &Package) -> String {
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let names = std::iter::once(format!("{folder}comments.xml")).chain((1..).map(|n| format!("{folder}comments{n}.xml")));
    names.into_iter().find(|name| !package.has(name)).unwrap_or_default()
}
