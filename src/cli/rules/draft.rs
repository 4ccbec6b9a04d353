//! What somebody answered → the text of a rule file, and whether it does what they want.

use crate::document::{Document, Format};
use crate::lint::{Advert, Linter, Settings, check_examples_of};
use crate::rules::{Mistake, RuleId, Ruleset};

/// A rule in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) words: Vec<String>,
    pub(super) instead: Vec<String>,
    pub(super) why: String,
    pub(super) source: String,
    /// With brackets round what is found.
    pub(super) found: String,
    pub(super) left: String,
}

/// The name of the file in mistakes; it is never shown.
const FILE: &str = "new.toml";

impl Draft {
    pub(super) fn check_id(answer: &str) -> Result<String, String> {
        if RuleId::parse(answer).is_none() {
            return Err("that is no rule id; write two words in small letters with a dot between, as in house.badge".to_owned());
        }
        let ruleset = Ruleset::embedded();
        match ruleset.rule(answer) {
            Some(_) => Err(format!("jdlint has a rule of that id; to add to it, write a file with extends = \"{answer}\" (docs/rules.md)")),
            None => Ok(answer.to_owned()),
        }
    }

    pub(super) fn check_words(&self, answer: &str) -> Result<Vec<String>, String> {
        let words = Draft::list(answer);
        if words.is_empty() {
            return Err("the rule needs words to find".to_owned());
        }
        // What is not answered yet is no mistake.
        let draft = Draft { words: words.clone(), why: "…".to_owned(), source: "…".to_owned(), ..self.clone() };
        draft.compile().map_err(|mistakes| Draft::told(&mistakes))?;
        Ok(words)
    }

    /// Puts the brackets in, if the author did not.
    pub(super) fn check_found(&self, answer: &str) -> Result<String, String> {
        if answer.contains('[') {
            return Ok(answer.to_owned());
        }
        let found = self.finds(answer)?;
        if found.is_empty() {
            return Err(format!("none of your words ({}) is found in that", self.words.join(", ")));
        }
        let mut marked = answer.to_owned();
        for range in found.into_iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        Ok(marked)
    }

    pub(super) fn check_left(&self, answer: &str) -> Result<String, String> {
        if answer.is_empty() {
            return Err("the rule needs a sentence that it leaves alone, so that it cannot grow too eager".to_owned());
        }
        match self.finds(answer)?.first() {
            Some(range) => Err(format!("“{}” is found in that", &answer[range.clone()])),
            None => Ok(answer.to_owned()),
        }
    }

    /// Runs the examples.
    pub(super) fn check(&self) -> Result<(), String> {
        self.compile().map_err(|mistakes| Draft::told(&mistakes))?;
        let faults = check_examples_of(|| self.compile().unwrap_or_else(|_| Ruleset::embedded()), |file| file == FILE);
        match faults.first() {
            Some(fault) => Err(format!("{}; nothing was written", fault.what)),
            None => Ok(()),
        }
    }

    /// Answers with commas between.
    pub(super) fn list(answer: &str) -> Vec<String> {
        answer.split(',').map(|w| w.trim().trim_matches(['“', '”', '"']).to_owned()).filter(|w| !w.is_empty()).collect()
    }

    pub(super) fn sentence(answer: &str) -> String {
        if answer.ends_with(['.', '!', '?']) { answer.to_owned() } else { format!("{answer}.") }
    }

    fn compile(&self) -> Result<Ruleset, Vec<Mistake>> {
        Ruleset::embedded_with(&[(FILE.to_owned(), self.toml())])
    }

    /// Where the rule finds something in a sentence.
    fn finds(&self, sentence: &str) -> Result<Vec<std::ops::Range<usize>>, String> {
        let ruleset = self.compile().map_err(|mistakes| Draft::told(&mistakes))?;
        let settings = Settings { select: vec![self.id.clone()], ..Settings::default() };
        let document = Document::read(sentence.as_bytes(), Format::Text).map_err(|e| e.to_string())?;
        let reports = Linter::new(ruleset, settings).check(&Advert::new(vec![document]));
        Ok(reports.iter().flat_map(|r| &r.findings).map(|f| f.span.range()).collect())
    }

    fn told(mistakes: &[Mistake]) -> String {
        let told = |m: &Mistake| m.help.as_ref().map_or(m.what.clone(), |help| format!("{} ({help})", m.what));
        mistakes.first().map(told).unwrap_or_default()
    }

    /// The rule file.
    pub(super) fn toml(&self) -> String {
        let source = self.id.replace('.', "-");
        let (title, link) = self.source_parts();
        let mut out = format!("format = 1\nid = {}\nname = {}\nseverity = \"warning\" # info | warning | error\n", quoted(&self.id), quoted(&self.name));
        out.push_str("audiences = []       # who may read it as “not for me”, as in [\"women\", \"carers\"]\n");
        out.push_str("evidence = \"weak\"    # strong | moderate | weak | contested\n");
        out.push_str(&format!("sources = [{}]\nmessage = {}\nwhy = {}\n", quoted(&source), quoted(&self.message()), quoted(&self.why)));
        out.push_str(&format!("\n[[source]]\nid = {}\ntitle = {}\n", quoted(&source), quoted(&title)));
        if let Some(link) = link {
            out.push_str(&format!("link = {}\n", quoted(&link)));
        }
        out.push_str(&format!("strength = \"weak\"\n\n[[entry]]\nfind = {}\n", list(&self.words)));
        if !self.instead.is_empty() {
            out.push_str(&format!("suggest = {}\n", list(&self.instead)));
        }
        let examples = [("brackets: this is found, and nothing else", &self.found), ("no brackets: nothing is found", &self.left)];
        for (note, text) in examples.into_iter().filter(|(_, text)| !text.is_empty()) {
            out.push_str(&format!("\n[[example]] # {note}\ntext = {}\n", quoted(text)));
        }
        out
    }

    fn message(&self) -> String {
        match self.instead.first() {
            Some(instead) => format!("“{{text}}” is better said as “{instead}”"),
            None => "“{text}” is not how we say it".to_owned(),
        }
    }

    /// What the source is called, and its address.
    fn source_parts(&self) -> (String, Option<String>) {
        let is_link = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
        let link = self.source.split_whitespace().find(is_link).map(|l| l.trim_end_matches([',', '.', ';', ')']).to_owned());
        let words: Vec<&str> = self.source.split_whitespace().filter(|w| !is_link(w)).collect();
        let title = words.join(" ").trim_end_matches([',', ';', ':', '(']).trim().to_owned();
        (if title.is_empty() { self.source.clone() } else { title }, link)
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(all: &[String]) -> String {
    format!("[{}]", all.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", "))
}
