//! HTML source → tags, words and comments, each with its bytes, written into a [`Page`]. Knows nothing of what they mean.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer};

use super::element::{Element, Tag};
use super::page::Page;

/// Reads HTML that begins at byte `base` of the decoded file.
pub(in crate::document) fn read(page: &mut Page, html: &str, base: usize) {
    let markup = Markup {
        page,
        html,
        base,
        position: 0,
        words: 0..0,
        tag_start: 0,
        tag: None,
        is_end: false,
        name: Vec::new(),
        last_start: Vec::new(),
        attribute: Vec::new(),
        value: Vec::new(),
        comment: Vec::new(),
    };
    let Ok(()) = Tokenizer::new_with_emitter(html, markup).finish();
}

struct Markup<'h, 'p, 'b> {
    page: &'p mut Page<'b>,
    html: &'h str,
    base: usize,
    /// The byte after what the tokenizer has read.
    position: usize,
    /// Words as they stand in the source, not yet handed on: the tokenizer may cut them within a character. Its end is the
    /// byte after the last words or tag, too.
    words: Range<usize>,
    tag_start: usize,
    /// The start tag, once its name is complete.
    tag: Option<Tag>,
    is_end: bool,
    name: Vec<u8>,
    /// The name of the last start tag: only its end tag ends a script or title.
    last_start: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    comment: Vec<u8>,
}

impl Markup<'_, '_, '_> {
    fn end_attribute(&mut self) {
        if !self.attribute.is_empty() && !self.is_end {
            self.tag.get_or_insert_with(|| Tag::of(Element::of(&self.name))).attribute(&self.attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
    }

    /// Hands on the words that stand in the source as they are.
    fn hand_on(&mut self) {
        let end = self.words.end;
        if let Some(words) = self.html.get(self.words.clone()).filter(|w| !w.is_empty()) {
            self.page.words(words, self.base + self.words.start..self.base + end);
        }
        self.words.start = end;
    }

    fn at(&self, start: usize) -> Range<usize> {
        self.base + start..self.base + self.position
    }
}

impl Emitter for Markup<'_, '_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    /// Words as they stand in the source, or what one character reference stands for.
    fn emit_string(&mut self, words: &[u8]) {
        let end = self.position;
        let start = end.saturating_sub(words.len());
        let passed = self.html.as_bytes().get(self.words.end..start);
        // What was passed over may be the LF of a CRLF; else this is a reference, if to the sign that ends it (`&semi;`).
        if self.html.as_bytes().get(start..end) == Some(words) && matches!(passed, Some(b"" | b"\n")) {
            if start != self.words.end {
                self.hand_on();
                self.words.start = start;
            }
            self.words.end = end;
            return;
        }
        self.hand_on();
        let between = self.words.end;
        if let Ok(words) = std::str::from_utf8(words) {
            let reference = self.html.get(between..end).and_then(|raw| raw.rfind('&')).unwrap_or(0);
            self.page.words(words, self.base + between + reference..self.base + end);
        }
        self.words = end..end;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.hand_on();
        self.words = self.position..self.position;
        let tag = self.tag.take().unwrap_or_else(|| Tag::of(Element::of(&self.name)));
        // Browsers take `</br>` for a line break, too.
        if self.is_end && tag.element != Element::LineBreak {
            self.page.end(tag.element);
            return None;
        }
        self.page.start(&tag, self.at(self.tag_start));
        std::mem::swap(&mut self.last_start, &mut self.name);
        if tag.closed { None } else { content(&self.last_start) }
    }

    fn emit_current_comment(&mut self) {
        self.hand_on();
        self.words = self.position..self.position;
        // `<?xml …?>` and `<![CDATA[…]]>` come as comments, too.
        if self.html.get(self.tag_start..).is_some_and(|raw| raw.starts_with("<!--")) {
            self.page.comment(&String::from_utf8_lossy(&self.comment), self.at(self.tag_start));
        }
    }

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.is_end = false;
        self.tag = None;
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.is_end = true;
        self.tag = None;
    }

    fn push_tag_name(&mut self, s: &[u8]) {
        self.name.extend_from_slice(s);
    }

    fn set_self_closing(&mut self) {
        self.tag.get_or_insert_with(|| Tag::of(Element::of(&self.name))).closed = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        self.attribute.extend_from_slice(s);
    }

    fn push_attribute_value(&mut self, s: &[u8]) {
        self.value.extend_from_slice(s);
    }

    fn init_comment(&mut self) {
        self.comment.clear();
    }

    fn push_comment(&mut self, s: &[u8]) {
        self.comment.extend_from_slice(s);
    }

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_eof(&mut self) {
        self.hand_on();
    }

    fn emit_error(&mut self, _: Error) {}
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

/// How the content of an element is to be split, where it is not HTML. What stands in `noscript` is, for whoever reads it.
fn content(name: &[u8]) -> Option<State> {
    Some(match name {
        b"title" | b"textarea" => State::RcData,
        b"script" => State::ScriptData,
        b"style" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => State::RawText,
        b"plaintext" => State::PlainText,
        _ => return None,
    })
}
