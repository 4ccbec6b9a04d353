//! A reviewed Word file, taken apart again: what is commented, what was changed, and what comes of it when all changes are
//! accepted or rejected. On the way everything that a review must keep is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::{Mutex, PoisonError};

use jdlint::fix::Reviewed;
use jdlint::{Document, Format};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::Regex;

use crate::xml::{assert_only_more, assert_well_formed};
use crate::zipped::zipped;

/// What was read.
#[derive(Debug)]
pub struct ReadBack {
    /// Comments by jdlint, in their order in the text.
    pub comments: Vec<Comment>,
    /// Words tracked as deleted and as inserted by jdlint.
    pub deleted: Vec<String>,
    pub inserted: Vec<String>,
    /// The document's text when all changes are accepted, and when those of jdlint are rejected.
    pub accepted: String,
    pub rejected: String,
    /// The changed body.
    pub body: String,
}

#[derive(Debug)]
pub struct Comment {
    /// The words that it stands beside, as they were before the review.
    pub words: String,
    /// What it says, a line a paragraph.
    pub lines: Vec<String>,
}

impl ReadBack {
    /// The words that comments stand beside.
    pub fn words(&self) -> Vec<&str> {
        self.comments.iter().map(|c| c.words.as_str()).collect()
    }

    /// The first lines of comments, which say what words are meant where those stand elsewhere.
    pub fn about(&self) -> Vec<&str> {
        self.comments.iter().map(|c| c.lines[0].as_str()).collect()
    }
}

/// Takes a reviewed Word file apart, and checks that it keeps all that the original has.
pub fn read_back(original: &[u8], reviewed: &Reviewed) -> ReadBack {
    let (old, new) = (entries(original), entries(&reviewed.bytes));
    assert_kept(&old, &new, |name| name == "word/document.xml" || name == "[Content_Types].xml" || name.ends_with(".rels") || name.contains("comments"));
    let body = text(&new, "word/document.xml");
    let said = comments_part(&new).map(|part| said(&part)).unwrap_or_default();
    let anchored = anchored(&body);
    assert_eq!(said.len(), reviewed.comments, "as many comments as it says");
    let comments = anchored.iter().filter_map(|(id, words)| Some(Comment { words: words.clone(), lines: said.get(id)?.clone() })).collect::<Vec<_>>();
    assert_eq!(comments.len(), said.len(), "every comment has an anchor: {body}");
    let (accepted_body, rejected_body) = (accepted(&body), rejected(&body));
    ReadBack {
        comments,
        deleted: changes(&body, "del"),
        inserted: changes(&body, "ins"),
        accepted: read_with(&new, &accepted_body),
        rejected: read_with(&new, &rejected_body),
        body,
    }
}

/// An entry of a zip file: its name, its bytes as they are packed, and its bytes.
pub struct Entry {
    pub name: String,
    pub packed: Vec<u8>,
    pub bytes: Vec<u8>,
}

pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip file");
    let n_entries = zip.len();
    let entry = |index: usize| {
        let (mut packed, mut unpacked) = (Vec::new(), Vec::new());
        zip.by_index_raw(index).expect("it is there").read_to_end(&mut packed).expect("it can be read");
        let mut file = zip.by_index(index).expect("it is there");
        let name = file.name().expect("it has a name").into_owned();
        file.read_to_end(&mut unpacked).expect("it unpacks");
        Entry { name, packed, bytes: unpacked }
    };
    (0..n_entries).map(entry).collect()
}

/// Asserts that all entries are there in their order, unchanged but for those that may grow, which are well-formed.
pub fn assert_kept(old: &[Entry], new: &[Entry], grows: impl Fn(&str) -> bool) {
    let names = |entries: &[Entry]| entries.iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(old), names(&new[..old.len()]), "entries keep their order");
    for (old, new) in old.iter().zip(new) {
        if grows(&old.name) && old.bytes != new.bytes {
            let [old_text, new_text] = [old, new].map(|e| String::from_utf8(e.bytes.clone()).expect("it is text"));
            assert_only_more(&old.name, &old_text, &new_text);
            assert_well_formed(&old.name, &new_text);
        } else {
            assert_eq!(old.packed, new.packed, "{} stays byte for byte, as it is packed", old.name);
        }
    }
    for new in &new[old.len()..] {
        assert!(new.name.contains("comments") || new.name.ends_with(".rels"), "{} is new", new.name);
        assert_well_formed(&new.name, std::str::from_utf8(&new.bytes).expect("it is text"));
    }
}

pub fn text(entries: &[Entry], name: &str) -> String {
    let entry = entries.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("{name} is there"));
    String::from_utf8(entry.bytes.clone()).expect("it is text")
}

fn comments_part(entries: &[Entry]) -> Option<String> {
    entries.iter().find(|e| e.name == "word/comments.xml").map(|_| text(entries, "word/comments.xml"))
}

/// What jdlint's comments say, by their ids. No id is there twice, whoever's it is.
fn said(part: &str) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for comment in matches(r"(?s)<w:comment ([^>]*)>(.*?)</w:comment>", part) {
        let id = attribute(&comment[1], "id");
        assert!(ids.insert(id.clone()), "the comment {id} is there twice");
        if attribute(&comment[1], "author") == "jdlint" {
            assert_eq!(attribute(&comment[1], "date"), crate::DATE);
            let lines = matches("(?s)<w:p>(.*?)</w:p>", &comment[2]).map(|p| plain(&p[1])).collect();
            said.insert(id, lines);
        }
    }
    said
}

/// The comments' ids in the order of their anchors, each with the words between its marks, as they were before the review.
fn anchored(body: &str) -> Vec<(String, String)> {
    let mut open: Vec<(String, String, bool)> = Vec::new();
    // What stands in a run within a run, in a text box, is no word beside the comment.
    let (mut references, mut in_text, mut own, mut depth) = (BTreeSet::new(), false, 0, 0);
    let mut reader = Reader::from_str(body);
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(e) if e.name().0 == "w:ins" && by_jdlint(&e) => own += 1,
            Event::End(e) if e.name().0 == "w:ins" && own > 0 => own -= 1,
            Event::Start(e) if e.name().0 == "w:r" => depth += 1,
            Event::End(e) if e.name().0 == "w:r" => depth -= 1,
            Event::Start(e) if ["w:t", "w:delText"].contains(&e.name().0) => in_text = true,
            Event::End(e) if ["w:t", "w:delText"].contains(&e.name().0) => in_text = false,
            Event::Empty(e) if e.name().0 == "w:commentRangeStart" => open.push((id_of(&e), String::new(), true)),
            Event::Empty(e) if e.name().0 == "w:commentRangeEnd" => {
                let id = id_of(&e);
                let mut found = open.iter_mut().filter(|(started, ..)| *started == id);
                let (Some(one), None) = (found.next(), found.next()) else { panic!("the comment {id} ends without one start: {body}") };
                assert!(std::mem::take(&mut one.2), "the comment {id} ends twice");
            }
            Event::Empty(e) if e.name().0 == "w:commentReference" => assert!(references.insert(id_of(&e)), "a comment is referred to twice"),
            Event::Text(t) if in_text && own == 0 && depth == 1 => open.iter_mut().filter(|o| o.2).for_each(|o| o.1.push_str(&t)),
            Event::CData(t) if in_text && own == 0 && depth == 1 => open.iter_mut().filter(|o| o.2).for_each(|o| o.1.push_str(&quick_xml::escape::escape(&*t))),
            Event::GeneralRef(name) if in_text && own == 0 => open.iter_mut().filter(|o| o.2).for_each(|o| o.1.push_str(&format!("&{};", &*name))),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.iter().all(|(id, _, is_open)| !is_open && references.contains(id)), "every comment ends, and is referred to: {body}");
    open.into_iter().map(|(id, words, _)| (id, unescaped(&words))).collect()
}

fn by_jdlint(element: &BytesStart) -> bool {
    element.attributes().filter_map(Result::ok).any(|a| a.key.0 == "w:author" && a.value == "jdlint")
}

fn id_of(element: &BytesStart) -> String {
    element.attributes().filter_map(Result::ok).find(|a| a.key.0 == "w:id").expect("it has an id").value.into_owned()
}

const OURS: &str = r#"w:author="jdlint"[^>]*"#;

/// The words of jdlint's changes of a kind.
fn changes(body: &str, kind: &str) -> Vec<String> {
    matches(&format!(r#"(?s)<w:{kind} [^>]*{OURS}>(.*?)</w:{kind}>"#), body).map(|change| plain(&change[1])).collect()
}

/// The body with jdlint's changes rejected: what it inserted is gone, what it deleted is plain text again.
fn rejected(body: &str) -> String {
    let without = regex(&format!("(?s)<w:ins [^>]*{OURS}>.*?</w:ins>")).replace_all(body, "").into_owned();
    let restored = |change: &regex::Captures| change[1].replace("delText", "t");
    regex(&format!("(?s)<w:del [^>]*{OURS}>(.*?)</w:del>")).replace_all(&without, restored).into_owned()
}

/// The body with jdlint's changes accepted.
fn accepted(body: &str) -> String {
    let without = regex(&format!("(?s)<w:del [^>]*{OURS}>.*?</w:del>")).replace_all(body, "").into_owned();
    regex(&format!("(?s)<w:ins [^>]*{OURS}>(.*?)</w:ins>")).replace_all(&without, "$1").into_owned()
}

/// The text of the file with another body, read as any Word file is.
fn read_with(parts: &[Entry], body: &str) -> String {
    let part = |e: &Entry| if e.name == "word/document.xml" { body.as_bytes().to_vec() } else { e.bytes.clone() };
    let bytes: Vec<Vec<u8>> = parts.iter().map(part).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().zip(&bytes).map(|(e, bytes)| (e.name.as_str(), bytes.as_slice())).collect();
    Document::read(&zipped(&parts), Format::Word).expect("it is a Word file").text().as_str().to_owned()
}

fn attribute(tag: &str, name: &str) -> String {
    matches(&format!(r#"w:{name}="([^"]*)""#), tag).next().map(|a| a[1].to_owned()).unwrap_or_default()
}

fn plain(xml: &str) -> String {
    unescaped(&regex("<[^>]*>").replace_all(xml, ""))
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("known entities").into_owned()
}

/// A pattern, made once: that takes longer than finding with it.
pub fn regex(pattern: &str) -> Regex {
    static MADE: Mutex<BTreeMap<String, Regex>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).expect("it is a pattern")).clone()
}

fn matches<'t>(pattern: &str, text: &'t str) -> std::vec::IntoIter<regex::Captures<'t>> {
    regex(pattern).captures_iter(text).collect::<Vec<_>>().into_iter()
}
