//! The header of a table and the columns that were asked for → where they stand.

use crate::report::shown;

/// The names of the columns that were asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) text: String,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
}

/// Where columns stand, from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) text: usize,
    pub(super) id: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) n_columns: usize,
}

/// Why no record of a table can be read.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum ColumnsError {
    #[error("the table is empty; its first line must name the columns")]
    NoHeader,
    #[error("there is no column “{}”; {hint}", shown(.name))]
    Unknown { name: String, hint: String },
    #[error("the column “{}” stands twice in the header, so which one is meant cannot be told; rename one of them", shown(.0))]
    Twice(String),
}

impl Wanted {
    /// Finds the columns in a header.
    ///
    /// # Errors
    /// Where one of them is missing, or there twice.
    pub(super) fn columns(&self, header: &[String], delimiter: u8) -> Result<Columns, ColumnsError> {
        let optional = |name: &Option<String>| name.as_ref().map(|n| position(n, header, delimiter)).transpose();
        Ok(Columns { text: position(&self.text, header, delimiter)?, id: optional(&self.id)?, title: optional(&self.title)?, n_columns: header.len() })
    }
}

fn position(name: &str, header: &[String], delimiter: u8) -> Result<usize, ColumnsError> {
    let mut found = header.iter().enumerate().filter(|(_, column)| column.trim() == name.trim()).map(|(n, _)| n);
    match (found.next(), found.next()) {
        (Some(n), None) => Ok(n),
        (Some(_), Some(_)) => Err(ColumnsError::Twice(name.to_owned())),
        (None, _) => Err(unknown(name, header, delimiter)),
    }
}

fn unknown(name: &str, header: &[String], delimiter: u8) -> ColumnsError {
    let other = [(b',', ","), (b';', ";"), (b'\t', "tab"), (b'|', "|")].into_iter().find(|(sign, _)| *sign != delimiter && parts(header, *sign) > 1);
    let hint = match other {
        Some((_, sign)) if header.len() == 1 => format!("the header looks divided by another sign, so try --delimiter '{sign}'"),
        _ => near(name, header.iter().map(String::as_str)),
    };
    ColumnsError::Unknown { name: name.to_owned(), hint }
}

fn parts(header: &[String], sign: u8) -> usize {
    header.first().map_or(0, |h| h.split(char::from(sign)).count())
}

/// Which name was most likely meant, or all there are.
pub(super) fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.map(str::trim).collect();
    let folded = |s: &str| s.to_lowercase().replace([' ', '-'], "_");
    let distance = |other: &str| strsim::damerau_levenshtein(&folded(name), &folded(other));
    match names.iter().map(|n| (distance(n), *n)).min().filter(|(distance, _)| *distance <= 2.max(name.len() / 3)) {
        Some((_, near)) => format!("did you mean “{}”?", shown(near)),
        None => format!("there are {}", listed(&names)),
    }
}

/// The first names; a table may have hundreds.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let first: Vec<String> = names.iter().take(SHOWN).map(|n| format!("“{}”", shown(n))).collect();
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    format!("{}{more}", first.join(", "))
}
