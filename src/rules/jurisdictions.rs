//! `jurisdictions.toml` → [`Signs`]: what in an advert tells whose law is meant.

use serde::{Deserialize, Serialize};

use super::conditions::JURISDICTIONS;
use super::fields::{File, Table};
use super::{Jurisdiction, Mistake};
use crate::phrase::{Compiler, Matcher};

/// Signs of jurisdictions, and the matcher that finds their words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Signs {
    /// The signs, in the order of the file.
    pub signs: Vec<Sign>,
    /// Finds their phrases.
    pub words: Matcher,
    /// Which sign a phrase is of.
    pub of_phrase: Vec<u16>,
    /// Regular expressions over folded text, and which sign each is of.
    pub patterns: Vec<(String, u16)>,
}

/// Something that tells whose law is meant; wherever and however often it stands, it counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// The jurisdictions that it speaks for.
    pub of: Vec<Jurisdiction>,
    /// What it is, for the reader: “pay in pounds”.
    pub what: String,
    /// How much it tells.
    pub weight: u32,
}

impl Signs {
    /// Reads the file (its name and content).
    ///
    /// # Errors
    /// All mistakes in it.
    pub fn read(name: &str, text: &str) -> Result<Signs, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut signs = Signs::default();
        let mut words = Compiler::new();
        if let Some(file) = File::parse(name, text, &mut mistakes) {
            for table in file.root().tables("sign", &mut mistakes) {
                signs.add(&table, &mut words, &mut mistakes);
            }
        }
        signs.words = words.finish();
        if mistakes.is_empty() { Ok(signs) } else { Err(mistakes) }
    }

    fn add(&mut self, table: &Table, words: &mut Compiler, mistakes: &mut Vec<Mistake>) {
        table.only(&["of", "what", "weight", "find", "pattern"], mistakes);
        let number = u16::try_from(self.signs.len()).unwrap_or(u16::MAX);
        for phrase in table.strings("find", mistakes) {
            match words.phrase(&phrase.value) {
                Ok(_) => self.of_phrase.push(number),
                Err(error) => mistakes.push(table.mistake(table.inside(&phrase, error.at.clone()), error.what, None)),
            }
        }
        for pattern in table.strings("pattern", mistakes) {
            if let Err(error) = regex_syntax::parse(&pattern.value) {
                mistakes.push(table.mistake(pattern.at.clone(), error.to_string(), None));
            }
            self.patterns.push((pattern.value, number));
        }
        let of = table.all_of("of", &JURISDICTIONS, mistakes);
        let what = table.string("what", mistakes).map(|w| w.value).unwrap_or_default();
        let weight = table.integer("weight", mistakes).and_then(|w| u32::try_from(w).ok()).unwrap_or(1);
        self.signs.push(Sign { of, what, weight });
    }
}
