//! Reading a TOML file key by key, so that all mistakes are found at once, each with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;
use super::keys::Key;

/// A parsed file and its name.
pub(crate) struct File<'t> {
    name: &'t str,
    text: &'t str,
    root: Spanned<DeTable<'t>>,
}

/// A table of a file.
#[derive(Clone, Copy)]
pub(crate) struct Table<'t> {
    name: &'t str,
    text: &'t str,
    table: &'t DeTable<'t>,
    at: (usize, usize),
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: Range<usize>,
}

impl<'t> File<'t> {
    /// Parses a file; what is not TOML goes to `mistakes`.
    pub(crate) fn parse(name: &'t str, text: &'t str, mistakes: &mut Vec<Mistake>) -> Option<File<'t>> {
        match DeTable::parse(text) {
            Ok(root) => Some(File { name, text, root }),
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                mistakes.push(Mistake { file: name.to_owned(), at, what: error.message().to_owned(), help: None });
                None
            }
        }
    }

    pub(crate) fn root(&self) -> Table<'_> {
        Table { name: self.name, text: self.text, table: self.root.get_ref(), at: (0, 0) }
    }

    pub(crate) fn name(&self) -> &'t str {
        self.name
    }

    pub(crate) fn mistake(&self, at: Range<usize>, what: String, help: Option<String>) -> Mistake {
        Mistake { file: self.name.to_owned(), at, what, help }
    }
}

impl<'t> Table<'t> {
    /// Where the table's header stands.
    pub(crate) fn at(&self) -> Range<usize> {
        self.at.0..self.at.1
    }

    pub(crate) fn mistake(&self, at: Range<usize>, what: impl Into<String>, help: Option<String>) -> Mistake {
        Mistake { file: self.name.to_owned(), at, what: what.into(), help }
    }

    /// Complains of every key that is not among `known`.
    pub(crate) fn only(&self, known: &[&str], mistakes: &mut Vec<Mistake>) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let help = nearest(name, known).map_or_else(|| format!("known here: {}", known.join(", ")), |k| format!("did you mean “{k}”?"));
                mistakes.push(self.mistake(key.span(), format!("there is no key “{name}” here"), Some(help)));
            }
        }
    }

    /// Complains of every key that is in none of these groups.
    pub(crate) fn known(&self, keys: &[&[Key]], mistakes: &mut Vec<Mistake>) {
        self.only(&keys.iter().copied().flatten().map(|k| k.name).collect::<Vec<_>>(), mistakes);
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// The file's own text there.
    pub(crate) fn written(&self, at: Range<usize>) -> &'t str {
        self.text.get(at).unwrap_or("")
    }

    /// A string that must be there.
    pub(crate) fn string(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<At<String>> {
        let found = self.optional_string(key, mistakes);
        if self.get(key).is_none() {
            mistakes.push(self.mistake(self.at(), format!("“{key}” is missing"), None));
        }
        found
    }

    pub(crate) fn optional_string(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(At { value: text.to_owned(), at: value.span() }),
            None => {
                mistakes.push(self.mistake(value.span(), format!("“{key}” is a text in quotes"), None));
                None
            }
        }
    }

    /// A list of strings, or one string; empty where the key is not there.
    pub(crate) fn strings(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let all: Vec<&Spanned<DeValue>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut out = Vec::new();
        for one in all {
            match one.get_ref().as_str() {
                Some(text) => out.push(At { value: text.to_owned(), at: one.span() }),
                None => mistakes.push(self.mistake(one.span(), format!("“{key}” is a list of texts in quotes"), None)),
            }
        }
        out
    }

    pub(crate) fn integer(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<i64> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().and_then(|i| i64::from_str_radix(i.as_str(), i.radix()).ok());
        if number.is_none() {
            mistakes.push(self.mistake(value.span(), format!("“{key}” is a whole number"), None));
        }
        number
    }

    pub(crate) fn number(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(i) => i.as_str().parse().ok(),
            DeValue::Float(f) => f.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            mistakes.push(self.mistake(value.span(), format!("“{key}” is a number"), None));
        }
        number
    }

    pub(crate) fn flag(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            mistakes.push(self.mistake(value.span(), format!("“{key}” is true or false"), None));
        }
        flag
    }

    /// The value that the string at `key` names.
    pub(crate) fn one_of<T: Copy>(&self, key: &str, names: &[(&str, T)], mistakes: &mut Vec<Mistake>) -> Option<T> {
        let named = self.optional_string(key, mistakes)?;
        self.pick(&named, names, mistakes)
    }

    /// The values that the strings at `key` name.
    pub(crate) fn all_of<T: Copy>(&self, key: &str, names: &[(&str, T)], mistakes: &mut Vec<Mistake>) -> Vec<T> {
        let named = self.strings(key, mistakes);
        named.iter().filter_map(|n| self.pick(n, names, mistakes)).collect()
    }

    pub(crate) fn pick<T: Copy>(&self, named: &At<String>, names: &[(&str, T)], mistakes: &mut Vec<Mistake>) -> Option<T> {
        let found = names.iter().find(|(name, _)| *name == named.value).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let help = nearest(&named.value, &known).map_or_else(|| format!("one of: {}", known.join(", ")), |k| format!("did you mean “{k}”?"));
            mistakes.push(self.mistake(named.at.clone(), format!("“{}” is not known here", named.value), Some(help)));
        }
        found
    }

    /// The tables of `[[key]]`, or of an array of inline tables; one table counts as a list of one.
    pub(crate) fn tables(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<Table<'t>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let all: Vec<&'t Spanned<DeValue<'t>>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut out = Vec::new();
        for one in all {
            match one.get_ref().as_table() {
                Some(table) => out.push(Table { table, at: (one.span().start, one.span().end), ..*self }),
                None => mistakes.push(self.mistake(one.span(), format!("“{key}” is a table"), None)),
            }
        }
        out
    }

    /// The tables of `[key.name]`, with their names.
    pub(crate) fn named_tables(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<(At<String>, Table<'t>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(tables) = value.get_ref().as_table() else {
            mistakes.push(self.mistake(value.span(), format!("“{key}” holds tables, as in [{key}.name]"), None));
            return Vec::new();
        };
        let mut out = Vec::new();
        for (name, value) in tables {
            let name = At { value: name.get_ref().to_string(), at: name.span() };
            match value.get_ref().as_table() {
                Some(table) => out.push((name, Table { table, at: (value.span().start, value.span().end), ..*self })),
                None => mistakes.push(self.mistake(value.span(), "a table is wanted here", None)),
            }
        }
        out
    }

    /// A table whose keys are names and whose values are lists of strings.
    pub(crate) fn lists(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<(At<String>, Vec<At<String>>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            mistakes.push(self.mistake(value.span(), format!("“{key}” is a table of lists"), None));
            return Vec::new();
        };
        let inner = Table { table, ..*self };
        let names: Vec<At<String>> = table.keys().map(|k| At { value: k.get_ref().to_string(), at: k.span() }).collect();
        let mut out: Vec<_> = names.into_iter().map(|n| (n.clone(), inner.strings(&n.value, mistakes))).collect();
        // Lists may name one another, so they keep the order of the file, not of the alphabet.
        out.sort_by_key(|(name, _)| name.at.start);
        out
    }

    /// A table whose keys are names and whose values are strings; `a.b = "c"`, which TOML reads as a table in a table, has
    /// the name “a.b”.
    #[cfg(feature = "config")]
    pub(crate) fn named_strings(&self, key: &str, mistakes: &mut Vec<Mistake>) -> Vec<(At<String>, At<String>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            mistakes.push(self.mistake(value.span(), format!("“{key}” is a table of names and values"), None));
            return Vec::new();
        };
        let mut out = Vec::new();
        Table { table, ..*self }.flatten("", &mut out, mistakes);
        out.sort_by_key(|(name, _)| name.at.start);
        out
    }

    #[cfg(feature = "config")]
    fn flatten(&self, before: &str, out: &mut Vec<(At<String>, At<String>)>, mistakes: &mut Vec<Mistake>) {
        for (key, value) in self.table {
            let name = At { value: format!("{before}{}", key.get_ref()), at: key.span() };
            match value.get_ref() {
                DeValue::String(text) => out.push((name, At { value: text.to_string(), at: value.span() })),
                DeValue::Table(table) => Table { table, ..*self }.flatten(&format!("{}.", name.value), out, mistakes),
                _ => mistakes.push(self.mistake(value.span(), format!("“{}” is a text in quotes", name.value), None)),
            }
        }
    }

    /// Where byte `within` of a string stands in the file: exactly, unless the string is written with escapes.
    pub(crate) fn inside(&self, string: &At<String>, within: Range<usize>) -> Range<usize> {
        let written = self.text.get(string.at.clone()).unwrap_or("");
        match written.find(string.value.as_str()) {
            Some(quote) if !string.value.is_empty() => string.at.start + quote + within.start..string.at.start + quote + within.end,
            _ => string.at.clone(),
        }
    }
}

/// A name that is not known, with the nearest that is.
pub(crate) fn unknown(file: &File, named: &At<String>, what: &str, known: &[&str]) -> Mistake {
    let help = nearest(&named.value, known).map(|k| format!("did you mean “{k}”?"));
    file.mistake(named.at.clone(), format!("there is no {what} “{}”", named.value), help)
}

/// The known name that was most likely meant.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = known.iter().map(|k| (strsim::damerau_levenshtein(name, k), *k)).min()?;
    (near.0 <= 2.max(name.len() / 3)).then_some(near.1)
}
