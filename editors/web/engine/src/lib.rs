//! jdlint for a web page: a document's bytes → what the page shows of it, as JSON; the reviewed file; the report.
//!
//! Only passes things on: what is found is decided in jdlint's own rooms. Positions that the page is told count UTF-16 units,
//! as strings of JavaScript do.

mod house;
mod opened;
mod units;
mod view;

use std::cell::RefCell;

use jdlint::config::Setup;
use jdlint::fix::{self, Choice, Review, Rewrites};
use jdlint::lint::JurisdictionFrom;
use jdlint::report::html::{Html, rule};
use jdlint::report::json::Json;
use jdlint::report::whole;
use jdlint::{Jurisdiction, Memory, Severity};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use house::House;
use opened::Opened;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The rules as they were compiled, for [`recall`].
#[wasm_bindgen]
pub fn compiled() -> Vec<u8> {
    jdlint::phrase::compiled()
}

/// Spares an engine that is made hereafter the work of compiling its rules: takes what [`compiled`] of this same program gave.
/// Says whether it could.
#[wasm_bindgen]
pub fn recall(bytes: Vec<u8>) -> bool {
    jdlint::phrase::recall(bytes).is_some()
}

/// Lints documents by one set of settings.
#[wasm_bindgen]
pub struct Engine {
    setup: Setup,
    /// What is kept of the text that somebody writes, from key to key.
    memory: RefCell<Memory>,
}

/// A file that was written, and what a person should know of it.
#[wasm_bindgen(getter_with_clone)]
pub struct Written {
    pub bytes: Vec<u8>,
    pub comments: usize,
    pub changes: usize,
    /// One a line.
    pub notices: String,
}

/// A rewrite that was chosen.
#[derive(Clone, Copy, Deserialize)]
struct Chosen {
    finding: usize,
    fix: usize,
}

#[wasm_bindgen]
impl Engine {
    /// An engine under settings: `{"jurisdiction":"uk","files":[{"name":"jdlint.toml","text":"…"}]}`.
    ///
    /// # Errors
    /// All that is wrong in the files, as a JSON list of sentences.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<Engine, String> {
        let house: House = serde_json::from_str(settings).map_err(|e| json(&[e.to_string()]))?;
        house.setup().map(|setup| Engine { setup, memory: RefCell::default() }).map_err(|wrong| json(&wrong))
    }

    /// What the page shows of a document.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn open(&self, name: &str, bytes: &[u8]) -> Result<String, String> {
        Ok(json(&view::view(&self.opened(name, bytes)?)))
    }

    /// What `jdlint check --format json` writes of a document.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn check(&self, name: &str, bytes: &[u8]) -> Result<String, String> {
        let opened = self.opened(name, bytes)?;
        let settings = opened.linter().settings();
        let jurisdiction = (settings.jurisdiction_from == JurisdictionFrom::Settings).then_some(settings.jurisdiction);
        Ok(whole(&Json { jurisdiction }, &[opened.done()], Severity::Info))
    }

    /// The report that `jdlint check --format html` writes.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn report(&self, name: &str, bytes: &[u8], shown_from: &str) -> Result<String, String> {
        let opened = self.opened(name, bytes)?;
        let html = Html { ruleset: opened.linter().ruleset(), wordings: opened.linter().wordings() };
        Ok(whole(&html, &[opened.done()], severity(shown_from)))
    }

    /// A word processor's file with comments on what was found from a severity on, and the chosen rewrites as tracked changes:
    /// `[{"finding":0,"fix":0}]`, or nothing for the first of each finding.
    ///
    /// # Errors
    /// Why it cannot be reviewed, in a sentence.
    pub fn review(&self, name: &str, bytes: &[u8], chosen: Option<String>, shown_from: &str, date: &str) -> Result<Written, String> {
        let opened = self.opened(name, bytes)?;
        let mut report = opened.report().clone();
        let kept = |n: &usize| report.findings[*n].severity >= severity(shown_from);
        let shown: Vec<usize> = (0..report.findings.len()).filter(kept).collect();
        let choices: Option<Vec<Choice>> = chosen.map(|c| choices(&c)).transpose()?.map(|all| {
            let among_shown = |c: &Choice| shown.iter().position(|n| *n == c.finding).map(|finding| Choice { finding, fix: c.fix });
            all.iter().filter_map(among_shown).collect()
        });
        report.findings.retain(|f| f.severity >= severity(shown_from));
        let rewrites = choices.as_ref().map_or(Rewrites::Tracked, |c| Rewrites::Chosen(c));
        let how = Review { catalogue: opened.linter().ruleset().catalogue(), date, rewrites };
        let reviewed = fix::review(bytes, opened.document(), &report, &how).map_err(|e| e.to_string())?;
        let notices = reviewed.notices.join("\n");
        Ok(Written { bytes: reviewed.bytes, comments: reviewed.comments, changes: reviewed.changes, notices })
    }

    /// A file of a text format with the chosen rewrites made.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn fixed(&self, name: &str, bytes: &[u8], chosen: &str) -> Result<Written, String> {
        let opened = self.opened(name, bytes)?;
        let choices = choices(chosen)?;
        let fixes: Vec<_> = choices.iter().filter_map(|c| c.of(opened.report())).collect();
        let fixed = fix::apply(bytes, opened.document(), &fixes);
        let left = fixed.left.iter().map(|(n, why)| format!("{}: {why}", fixes[*n].title)).collect::<Vec<_>>();
        Ok(Written { bytes: fixed.bytes, comments: 0, changes: fixed.made.len(), notices: left.join("\n") })
    }

    /// The text of a file of a text format, whatever its encoding.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn text(&self, name: &str, bytes: &[u8]) -> Result<String, String> {
        let opened = self.opened(name, bytes)?;
        Ok(opened.document().decode(bytes).trim_start_matches('\u{feff}').to_owned())
    }

    /// A rule's page, as HTML; nothing where there is no such rule.
    pub fn rule(&self, id: &str) -> Option<String> {
        let linter = &self.setup.linter;
        linter.ruleset().rule(id).map(|r| rule(r, linter.ruleset(), linter.wordings()))
    }

    /// What this engine is, and what the page lets people choose.
    pub fn about(&self) -> String {
        let jurisdictions = Jurisdiction::ALL.iter().map(|j| Named { code: j.code(), name: j.name() }).collect();
        let linter = &self.setup.linter;
        let settings = linter.settings();
        let jurisdiction = if settings.jurisdiction_from == JurisdictionFrom::Document { "auto" } else { settings.jurisdiction.code() };
        let rules = linter.ruleset().rules();
        json(&About {
            version: env!("CARGO_PKG_VERSION"),
            pdf: cfg!(feature = "pdf"),
            jurisdiction,
            jurisdictions,
            rules: rules.iter().filter(|r| settings.selects(r)).count(),
        })
    }
}

impl Engine {
    fn opened<'a>(&self, name: &'a str, bytes: &'a [u8]) -> Result<Opened<'a>, String> {
        Opened::of(&self.setup, &mut self.memory.borrow_mut(), name, bytes)
    }
}

#[derive(Serialize)]
struct About {
    version: &'static str,
    pdf: bool,
    jurisdiction: &'static str,
    jurisdictions: Vec<Named>,
    rules: usize,
}

#[derive(Serialize)]
struct Named {
    code: &'static str,
    name: &'static str,
}

fn choices(chosen: &str) -> Result<Vec<Choice>, String> {
    let chosen: Vec<Chosen> = serde_json::from_str(chosen).map_err(|e| e.to_string())?;
    Ok(chosen.iter().map(|c| Choice { finding: c.finding, fix: c.fix }).collect())
}

fn severity(name: &str) -> Severity {
    match name {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("only strings are keys, and writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = r#"{"jurisdiction":null,"files":[]}"#;

    #[test]
    fn recalled_rules_find_what_compiled_ones_find() {
        let advert = include_bytes!("../../../../tests/documents/advert.md");
        let found = || Engine::new(DEFAULT).ok().and_then(|engine| engine.check("advert.md", advert).ok());
        let (first, kept) = (found(), compiled());
        assert!(kept.len() > 1_000_000 && first.as_ref().is_some_and(|report| report.contains("prerequisite.")));
        let after = |kept: Vec<u8>| {
            let later = std::thread::spawn(move || {
                let recalled = recall(kept);
                let engine = Engine::new(DEFAULT).ok().and_then(|engine| engine.check("advert.md", advert).ok());
                (recalled, engine, compiled())
            });
            later.join().expect("it comes to an end")
        };
        assert!(after(kept.clone()) == (true, first.clone(), kept.clone()), "nothing is compiled anew");
        let mut spoilt = kept.clone();
        spoilt[kept.len() / 2] ^= 1;
        assert!(after(spoilt) == (false, first.clone(), kept.clone()));
        assert!(after(vec![7; 4]) == (false, first, kept));
    }
}
