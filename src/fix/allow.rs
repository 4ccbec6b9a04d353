//! Findings and the original bytes → the bytes with comments that accept the findings, where the format has comments.
//!
//! Where a comment may stand without changing what a reader sees is for the format to say, so that each place is tried: a
//! comment stays only if the text is the same, the findings are accepted, and nothing else became of the others.

use std::collections::BTreeSet;

use super::{ByteEdit, source_range, spliced};
use crate::document::{BlockKind, Document, Format};
use crate::lint::{Advert, Finding, Fingerprint, Linter, Report};
use crate::text::one_line;

/// A file in which findings are accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// The findings that comments accept now.
    pub made: Vec<Fingerprint>,
    /// Those that no comment can accept here.
    pub left: Vec<Finding>,
}

/// What is to be accepted.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance<'a> {
    /// Which findings.
    pub findings: &'a [Fingerprint],
    /// Why.
    pub reason: &'a str,
    /// By what they are found.
    pub linter: &'a Linter,
    /// The other documents of the advert.
    pub with: &'a [Document],
}

/// Findings that one comment is to accept: those of a block, or of the document as a whole.
struct Group {
    block: Option<usize>,
    rules: BTreeSet<String>,
    wanted: Vec<Fingerprint>,
}

/// A file, read and linted.
struct Read {
    bytes: Vec<u8>,
    advert: Advert,
    report: Report,
}

/// Writes comments into a file.
pub fn accept(bytes: &[u8], format: Format, acceptance: Acceptance) -> Accepted {
    let Some(mut now) = Read::of(bytes.to_vec(), format, acceptance) else {
        return Accepted { bytes: bytes.to_vec(), made: Vec::new(), left: Vec::new() };
    };
    let (mut made, mut left) = (Vec::new(), Vec::new());
    for group in groups(&now, acceptance.findings) {
        let places = places(&now, &group, acceptance.reason);
        let written = places.into_iter().find_map(|edit| {
            let next = Read::of(spliced(&now.bytes, vec![edit]), format, acceptance)?;
            next.accepts(&group, &now).then_some(next)
        });
        match written {
            Some(next) => {
                now = next;
                made.extend(group.wanted);
            }
            None => left.extend(now.report.findings.iter().filter(|f| group.wanted.contains(&f.fingerprint)).cloned()),
        }
    }
    Accepted { bytes: now.bytes, made, left }
}

impl Read {
    fn of(bytes: Vec<u8>, format: Format, acceptance: Acceptance) -> Option<Read> {
        let document = Document::read(&bytes, format).ok()?;
        let advert = Advert::new([vec![document], acceptance.with.to_vec()].concat());
        let report = acceptance.linter.check(&advert).into_iter().next()?;
        Some(Read { bytes, advert, report })
    }

    fn document(&self) -> &Document {
        &self.advert.documents()[0]
    }

    /// Whether a comment did what it should: a reader sees the same, the group is accepted, and of the others only some of
    /// its rules went.
    fn accepts(&self, group: &Group, before: &Read) -> bool {
        let still = |f: &Finding| self.report.findings.iter().any(|other| other.fingerprint == f.fingerprint);
        let same_text = self.document().text().as_str() == before.document().text().as_str() && self.document().blocks() == before.document().blocks();
        let gone = before.report.findings.iter().filter(|f| !still(f));
        let only_ours = gone.clone().all(|f| group.rules.contains(f.rule.as_str()));
        same_text
            && only_ours
            && group.wanted.iter().all(|wanted| gone.clone().any(|f| f.fingerprint == *wanted))
            && self.report.notices.len() == before.report.notices.len()
    }
}

/// The findings that are wanted, by block.
fn groups(read: &Read, wanted: &[Fingerprint]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in read.report.findings.iter().filter(|f| wanted.contains(&f.fingerprint)) {
        let block = read.document().blocks().iter().position(|b| !finding.span.is_empty() && b.span.end() >= finding.span.start());
        let known = groups.iter().position(|g| g.block == block);
        let group = known.unwrap_or_else(|| {
            groups.push(Group { block, rules: BTreeSet::new(), wanted: Vec::new() });
            groups.len() - 1
        });
        groups[group].rules.insert(finding.rule.to_string());
        groups[group].wanted.push(finding.fingerprint);
    }
    groups
}

/// Where a comment may stand, the best place first.
fn places(read: &Read, group: &Group, reason: &str) -> Vec<ByteEdit> {
    let document = read.document();
    let rules: Vec<&str> = group.rules.iter().map(String::as_str).collect();
    let reach = if group.block.is_some() { "allow" } else { "allow-file" };
    // A comment of HTML ends at two hyphens and an angle bracket.
    let reason = one_line(reason).replace("--", "–");
    let said = format!("jdlint: {reach} {}: {reason}", rules.join(", "));
    let comment = format!("<!-- {said} -->");
    let line_break = if document.decode(&read.bytes).contains("\r\n") { "\r\n" } else { "\n" };
    let edits = match group.block {
        None => at_the_end(read, &comment, &said, line_break),
        Some(block) => at_a_block(read, block, (&comment, &said), line_break),
    };
    let bytes = |(at, text): (usize, String)| Some(ByteEdit { range: at..at, insert: document.encode(&text)? });
    edits.into_iter().filter_map(bytes).collect()
}

fn at_the_end(read: &Read, comment: &str, said: &str, line_break: &str) -> Vec<(usize, String)> {
    let text = read.document().decode(&read.bytes);
    let open = if text.ends_with(['\n', '\r']) { "" } else { line_break };
    let end = read.bytes.len();
    let last = |words: &str| (end, format!("{open}{line_break}{words}{line_break}"));
    match read.document().format() {
        Format::Text => vec![last(said), last(comment)],
        Format::Markdown | Format::Html => vec![last(comment)],
        _ => Vec::new(),
    }
}

fn at_a_block(read: &Read, block: usize, (comment, said): (&str, &str), line_break: &str) -> Vec<(usize, String)> {
    let document = read.document();
    let block = &document.blocks()[block];
    let Some(words) = source_range(document, block.span).filter(|r| !r.is_empty()) else { return Vec::new() };
    let (line, indent) = line_start(read, words.start);
    let above = |words: &str| (line, format!("{indent}{words}{line_break}"));
    let (first, last) = ((words.start, format!("{comment} ")), (words.end, format!(" {comment}")));
    match (document.format(), block.kind) {
        (Format::Text, _) => vec![above(said), (words.start, comment.to_owned())],
        // A line of its own would end the list.
        (Format::Markdown, BlockKind::Item(_)) => vec![last, first],
        (Format::Markdown, _) if block.cell.is_some() => vec![(words.end, last.1.replace('|', "/")), first],
        (Format::Markdown, _) => vec![above(comment), last, first],
        (Format::Html, _) => vec![(words.start, comment.to_owned()), last],
        _ => Vec::new(),
    }
}

/// Where the line of a byte begins, and its indent.
fn line_start(read: &Read, at: usize) -> (usize, String) {
    let document = read.document();
    let before = document.decode(&read.bytes[..at]);
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |n| n + 1)..];
    // A byte-order mark is no part of the line.
    let line = line.trim_start_matches('\u{feff}');
    let indent = line[..line.len() - line.trim_start().len()].to_owned();
    (at - document.encode(line).map_or(0, |bytes| bytes.len()), indent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Settings;
    use crate::rules::Ruleset;

    /// The file after all its findings were accepted, and how many could not be.
    fn accepted(text: &str, format: Format) -> (String, usize) {
        let settings = Settings { select: vec!["gendered.title".to_owned(), "omission.salary".to_owned()], ..Settings::default() };
        let linter = Linter::new(Ruleset::embedded(), settings);
        let all = |bytes: &[u8]| linter.check(&Advert::new(vec![Document::read(bytes, format).expect("it is text")])).remove(0).findings;
        let findings: Vec<Fingerprint> = all(text.as_bytes()).iter().map(|f| f.fingerprint).collect();
        assert!(!findings.is_empty());
        let done = accept(text.as_bytes(), format, Acceptance { findings: &findings, reason: "agreed -- by\nthe board", linter: &linter, with: &[] });
        assert_eq!(done.made.len() + done.left.len(), findings.len());
        assert_eq!(all(&done.bytes).len(), done.left.len());
        (String::from_utf8(done.bytes).expect("it is text"), done.left.len())
    }

    const SAID: &str = "jdlint: allow gendered.title: agreed – by the board";

    #[test]
    fn comments_stand_where_they_change_nothing() {
        let (text, left) = accepted("# Clerk\n\nThe chairman and a foreman sign.\n\n1. A salesman\n2. A clerk\n", Format::Markdown);
        assert_eq!((text, left), (format!("# Clerk\n\n<!-- {SAID} -->\nThe chairman and a foreman sign.\n\n1. A salesman <!-- {SAID} -->\n2. A clerk\n"), 0));
        let (text, left) = accepted("| Essential | Desirable |\n|---|---|\n| A salesman | A clerk |\n", Format::Markdown);
        assert_eq!((text, left), (format!("| Essential | Desirable |\n|---|---|\n| A salesman <!-- {SAID} --> | A clerk |\n"), 0));
        let (text, left) = accepted("Clerk\r\n\r\n  - A salesman\r\n  - A clerk\r\n", Format::Text);
        assert_eq!((text, left), (format!("Clerk\r\n\r\n  {SAID}\r\n  - A salesman\r\n  - A clerk\r\n"), 0));
        let (text, left) = accepted("<ul><li>A <b>sales</b>man</li><li>A clerk</li></ul>", Format::Html);
        assert_eq!((text, left), (format!("<ul><li><!-- {SAID} -->A <b>sales</b>man</li><li>A clerk</li></ul>"), 0));
    }
}
