//! A text and its edits → after each of them the same findings as in the text read anew.

use jdlint::document::Format;
use jdlint::lint::Finding;
use jdlint::session::{OpenText, Outcome, Session};
use jdlint::{Advert, Document};

use super::advert::linter;
use super::text;

/// What stands between the text and its edits: `@@ FROM TO WORDS`, each on a line of its own.
const MARK: &str = "\n@@ ";

/// Opens a text in a session and edits it; every state is what the session says it is.
pub fn session(bytes: &[u8]) {
    thread_local! {
        static SESSION: std::cell::RefCell<Session> = std::cell::RefCell::default();
    }
    let all = text(bytes);
    let mut parts = all.split(MARK);
    let mut now = parts.next().unwrap_or_default().to_owned();
    SESSION.with_borrow_mut(|session| {
        session.open("untitled:1", OpenText::new(None, Some(Format::Markdown), 0, now.clone()));
        is_current(session, &now);
        for edit in parts.take(20) {
            let (from, to, words) = edit_of(edit, now.len());
            session.edit("untitled:1", |open| open.replace(from..to, words)).expect("it is open");
            let (from, to) = (floor(&now, from).min(floor(&now, to)), floor(&now, to));
            now.replace_range(from..to, words);
            is_current(session, &now);
        }
        session.close("untitled:1");
        assert!(session.current("untitled:1").is_none(), "what is closed is gone");
    });
}

/// “FROM TO WORDS”, as far as it says so.
fn edit_of(edit: &str, len: usize) -> (usize, usize, &str) {
    let (from, rest) = edit.split_once(' ').unwrap_or((edit, ""));
    let (to, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let number = |word: &str| word.trim().parse::<usize>().unwrap_or(word.len()) % (len + 3);
    (number(from), number(to), words)
}

fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn is_current(session: &mut Session, text: &str) {
    let current = session.current("untitled:1").expect("it is open");
    assert_eq!(current.text, text);
    let Ok(document) = Document::read(text.as_bytes(), Format::Markdown) else {
        assert!(matches!(current.outcome, Outcome::Unreadable(_)), "it cannot be read");
        return;
    };
    let fresh = linter().check(&Advert::new(vec![document])).remove(0);
    match &current.outcome {
        Outcome::Checked(checked) => assert_eq!(told(&checked.report.findings), told(&fresh.findings)),
        Outcome::LeftAlone(_) => assert_eq!(fresh.kind, jdlint::outline::Kind::Other, "only what is no advert is left alone"),
        Outcome::Unreadable(error) => panic!("it can be read: {error}"),
    }
}

fn told(findings: &[Finding]) -> Vec<(String, std::ops::Range<usize>)> {
    findings.iter().map(|f| (f.rule.to_string(), f.span.range())).collect()
}
