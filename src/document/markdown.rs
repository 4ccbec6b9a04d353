//! Markdown (CommonMark, GitHub's tables and strikethrough) → a document. Markdown is shorthand for HTML, so each of its
//! parts is read as the element that it stands for.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::build::{Builder, Source};
use super::decode::{Decoded, decode};
use super::html::{self, Element, Noscript, Page};
use super::{Document, Format, Limits, ReadError, bullets};

/// Stands for each byte of a template tag; nobody types it.
const BLANK: u8 = 0x7f;

/// How long a template tag or comment may be, which keeps the search for its end short.
const LONGEST_TAG: usize = 1000;
const LONGEST_COMMENT: usize = 20_000;

/// How long a label at a line's start may be: “Area of government:”.
const LONGEST_LABEL: usize = 30;

// Stand-ins for the hashes of HTML names, which are seldom so small.
const EMPHASIS: u32 = 1;
const LINK: u32 = 2;
const SCRIPT: u32 = 3;
const IMAGE: u32 = 4;
const DIVISION: u32 = 5;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    read_decoded(decode(bytes, None)?, limits)
}

/// Reads a text that is Markdown, whatever its name says.
pub(super) fn read_decoded(decoded: Decoded, limits: &Limits) -> Result<Document, ReadError> {
    let (body, title) = front_matter(&decoded.text);
    let text = without_template_tags(&decoded.text[body..]);
    let mut builder = Builder::within(limits);
    let page = Page::new(&mut builder, Source::File, Noscript::Read);
    Reader { page, text: &text, base: body, in_table_head: false, html: String::new(), html_start: 0 }.read();
    builder.close();
    // A static site shows it above the text.
    builder.facts.title = title;
    if let Some(encoding) = decoded.guessed {
        builder.notice(format!("the file does not say its encoding; read as {encoding}"));
    }
    builder.finish(Format::Markdown, decoded.stored)
}

/// Where the text begins behind YAML (`---`) or TOML (`+++`) at its start, and the title given there.
pub(super) fn front_matter(text: &str) -> (usize, Option<String>) {
    let lead = text.len() - text.trim_start().len();
    let mut lines = text[lead..].split_inclusive('\n');
    let Some(fence) = lines.next().filter(|l| matches!(l.trim_end(), "---" | "+++")) else { return (0, None) };
    let (mut title, mut has_key) = (None, false);
    let mut at = lead + fence.len();
    for line in lines {
        at += line.len();
        let words = line.trim_end();
        if words == fence.trim_end() || words == "..." {
            // Between two dividing lines stands text, unless something there has a key.
            return if has_key { (at, title) } else { (0, None) };
        }
        let Some((key, value)) = words.split_once([':', '=']).filter(|(key, _)| is_key(key.trim_end())) else { continue };
        has_key = true;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if key.trim_end() == "title" && !value.is_empty() && title.is_none() {
            title = Some(value.to_owned());
        }
    }
    (0, None)
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && !key.contains(['.', ',', '`', '*'])
}

/// Blanks the tags of Jekyll and its like, byte for byte: `{{ page.title }}`, `{% if … %}`, and all of a `{% comment %}`.
/// A tag alone on its line leaves an empty line, as it does when the page is built.
fn without_template_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("{{") && !text.contains("{%") && !text.contains("{:") {
        return Cow::Borrowed(text);
    }
    let mut blanked = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|n| at + n) {
        at = open + 1;
        let Some(end) = template_tag(text, open) else { continue };
        let is_blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r');
        let before = blanked[..open].iter().rev().find(|b| !is_blank(b));
        let after = blanked[end..].iter().find(|b| !is_blank(b));
        let alone = before.is_none_or(|b| *b == b'\n') && after.is_none_or(|b| *b == b'\n');
        let fill = if alone { b' ' } else { BLANK };
        blanked[open..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = fill);
        at = end;
    }
    String::from_utf8(blanked).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The end of a template tag that begins at a brace, or of the comment that it opens.
fn template_tag(text: &str, open: usize) -> Option<usize> {
    let close = match text.as_bytes().get(open + 1)? {
        b'{' => "}}",
        b'%' => "%}",
        // Kramdown's attributes, `{:.lead}`.
        b':' => "}",
        _ => return None,
    };
    let within = |start: usize, most: usize| &text[start..text.floor_char_boundary(start + most)];
    let end = open + within(open, LONGEST_TAG).find(close)? + close.len();
    if close != "%}" || !text[open + 2..end].trim_start_matches(['-', ' ']).starts_with("comment") {
        return Some(end);
    }
    let Some(ends) = within(end, LONGEST_COMMENT).find("endcomment").map(|n| end + n) else { return Some(end) };
    Some(within(ends, LONGEST_TAG).find(close).map_or(end, |n| ends + n + close.len()))
}

struct Reader<'t, 'b> {
    page: Page<'b>,
    text: &'t str,
    /// Where `text` begins in the decoded file.
    base: usize,
    in_table_head: bool,
    /// The HTML block being read, and where it begins in `text`.
    html: String,
    html_start: usize,
}

impl Reader<'_, '_> {
    fn read(mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM;
        let text = self.text;
        for (event, at) in Parser::new_ext(text, options).into_offset_iter() {
            self.event(event, at);
        }
        self.page.finish();
    }

    fn event(&mut self, event: Event, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag.to_end(), at),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, at),
            Event::Code(words) => self.code(&words, at),
            Event::Html(_) => self.html_line(at),
            Event::InlineHtml(_) => html::read_markup(&mut self.page, &self.text[at.clone()], self.base + at.start),
            Event::SoftBreak if begins_line(&self.text[at.end..]) => self.page.break_line(self.in_file(at)),
            Event::SoftBreak => self.page.words(" ", self.in_file(at)),
            Event::HardBreak => self.page.break_line(self.in_file(at)),
            Event::Rule => self.page.start(&html::Tag::of(Element::Rule), self.in_file(at)),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: TagEnd, at: Range<usize>) {
        self.in_table_head |= tag == TagEnd::TableHead;
        match tag {
            TagEnd::HtmlBlock => {
                self.html.clear();
                self.html_start = at.start;
            }
            tag => self.page.start(&html::Tag::of(self.element(tag)), self.in_file(at)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => html::read_markup(&mut self.page, &self.html, self.base + self.html_start),
            tag => self.page.end(self.element(tag)),
        }
        self.in_table_head &= tag != TagEnd::TableHead;
    }

    /// The element that a part of Markdown stands for.
    fn element(&self, tag: TagEnd) -> Element {
        match tag {
            TagEnd::Paragraph => Element::Paragraph,
            TagEnd::Heading(level) => Element::Heading(level as u8),
            TagEnd::BlockQuote(_) => Element::Quotation,
            TagEnd::CodeBlock => Element::Preformatted,
            TagEnd::List(_) => Element::List,
            TagEnd::Item => Element::Item,
            TagEnd::Table => Element::Table,
            TagEnd::TableHead | TagEnd::TableRow => Element::Row,
            TagEnd::TableCell => Element::Cell { header: self.in_table_head },
            TagEnd::Strong => Element::Strong,
            TagEnd::Strikethrough => Element::Struck,
            // What it shows is no text.
            TagEnd::Image => Element::Unseen(IMAGE),
            TagEnd::Emphasis => Element::Inline(EMPHASIS),
            TagEnd::Link => Element::Inline(LINK),
            TagEnd::Superscript | TagEnd::Subscript => Element::Inline(SCRIPT),
            TagEnd::FootnoteDefinition | TagEnd::DefinitionList | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => Element::Block(DIVISION),
            TagEnd::DefinitionListTitle => Element::Label,
            TagEnd::DefinitionListDefinition => Element::Description,
        }
    }

    /// Words as they stand in the source, or what an entity stands for.
    fn words(&mut self, words: &str, at: Range<usize>) {
        if words != &self.text[at.clone()] {
            return self.page.words(words, self.in_file(at));
        }
        let mut start = at.start;
        for piece in words.split(char::from(BLANK)) {
            let end = start + piece.len();
            if !piece.is_empty() {
                self.page.words(piece, self.in_file(start..end));
            }
            start = end + 1;
        }
    }

    /// Code in running text is words like any other.
    fn code(&mut self, words: &str, at: Range<usize>) {
        let raw = &self.text[at.clone()];
        let fence = raw.len() - raw.trim_start_matches('`').len();
        match raw[fence..].find(words) {
            Some(n) => self.words(words, at.start + fence + n..at.start + fence + n + words.len()),
            None => self.page.words(words, self.in_file(at)),
        }
    }

    /// A line of an HTML block. What stands between two lines (a quotation's `>`) becomes spaces, which keeps places right.
    fn html_line(&mut self, at: Range<usize>) {
        let gap = at.start.saturating_sub(self.html_start + self.html.len());
        self.html.extend(std::iter::repeat_n(' ', gap));
        // A line that was handed out in part, for its indent, is not taken twice.
        let start = self.html_start + self.html.len();
        let line = self.text.get(start.max(at.start)..at.end).unwrap_or("");
        self.html.extend(line.chars().map(|c| if c == char::from(BLANK) { ' ' } else { c }));
    }

    fn in_file(&self, at: Range<usize>) -> Range<usize> {
        self.base + at.start..self.base + at.end
    }
}

/// Whether a line that Markdown takes for the last one's continuation was meant as one of its own: it begins with a bullet
/// that Markdown does not know, or with a label (“Salary: …”), or is all bold, as a heading is that follows a list.
fn begins_line(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    if is_bold(line.lines().next().unwrap_or("")) {
        return true;
    }
    let bulleted = !line.starts_with(['\u{2013}', '\u{2014}']) && bullets::marker(line).is_some();
    let label = line.trim_start_matches(['*', '_']);
    let length = label.bytes().take(LONGEST_LABEL).take_while(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'/' | b'-' | b'*')).count();
    bulleted || label.starts_with(|c: char| c.is_ascii_uppercase()) && label[length..].starts_with(':') && !label[length..].starts_with("://")
}

/// Whether a line is one run of bold words and no sentence.
fn is_bold(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(':');
    let inside = ["**", "__"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark).filter(|inside| !inside.contains(mark)));
    inside.is_some_and(|words| words.starts_with(char::is_uppercase) && words.len() <= LONGEST_LABEL && !words.ends_with('.'))
}
