//! Findings that are accepted → `[[allow]]` tables at the end of a `jdlint.toml`, whose comments and order stay.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TomlError, value};

use crate::lint::Fingerprint;

/// A finding to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAllowance {
    /// Which.
    pub fingerprint: Fingerprint,
    /// Its rule.
    pub rule: String,
    /// Its file, from the config's folder on.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// The config with these findings accepted.
///
/// # Errors
/// Where the text is no TOML.
pub fn with_allowances(config: &str, new: &[NewAllowance]) -> Result<String, TomlError> {
    let mut document: DocumentMut = config.parse()?;
    // What stands after the last value, a comment, stays before the new tables.
    let mut before = document.trailing().as_str().unwrap_or("").to_owned();
    let item = document.as_table_mut().entry("allow").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(array) = item.as_array_mut() {
        array.extend(new.iter().map(|one| pairs(one).into_iter().collect::<InlineTable>()));
        return Ok(document.to_string());
    }
    if let Some(tables) = item.as_array_of_tables_mut() {
        for one in new {
            let mut table: Table = pairs(one).into_iter().map(|(key, text)| (key, value(text))).collect();
            let blank = if config.is_empty() && tables.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
            table.decor_mut().set_prefix(format!("{}{blank}", std::mem::take(&mut before)));
            tables.push(table);
        }
        document.set_trailing("");
    }
    Ok(document.to_string())
}

fn pairs(one: &NewAllowance) -> [(&'static str, String); 4] {
    [("fingerprint", one.fingerprint.to_string()), ("rule", one.rule.clone()), ("file", one.file.clone()), ("reason", one.reason.clone())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn one() -> [NewAllowance; 1] {
        [NewAllowance {
            fingerprint: Fingerprint::parse("00000000000000ab").expect("sixteen digits"),
            rule: "gendered.title".to_owned(),
            file: "a \"b\".docx".to_owned(),
            reason: "agreed\nwith all".to_owned(),
        }]
    }

    #[test]
    fn comments_and_order_stay() {
        let old = "# ours\nselect = ['gendered'] # for now\n\n[severity]\n# later: error\ngendered = 'info'\n\n# the end\n";
        let new = with_allowances(old, &one()).expect("it is TOML");
        assert!(new.starts_with(old), "{new}");
        let twice = with_allowances(&new, &one()).expect("it is TOML");
        assert!(twice.starts_with(&new), "{twice}");
        let (config, mistakes) = Config::parse("jdlint.toml", &twice);
        assert_eq!((mistakes, config.allow.len()), (vec![], 2));
        assert_eq!((config.allow[0].reason.as_str(), config.allow[0].file.as_deref()), ("agreed\nwith all", Some("a \"b\".docx")));
    }

    #[test]
    fn whatever_way_they_are_written() {
        for old in [
            "",
            "select = ['gendered']",
            "allow = [{ fingerprint = '0000000000000001', reason = 'x' }]\n",
            "[[allow]]\nfingerprint = '0000000000000001'\nreason = 'x'\n",
        ] {
            let new = with_allowances(old, &one()).expect("it is TOML");
            let (config, mistakes) = Config::parse("jdlint.toml", &new);
            assert_eq!((mistakes, config.allow.len()), (vec![], 1 + usize::from(old.contains("allow"))), "{new}");
        }
    }
}
