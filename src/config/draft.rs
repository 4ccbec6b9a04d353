//! What a folder holds → the text of a first `jdlint.toml` for it: what is set stands there, what could be is a comment.

use super::config_schema_address;
use crate::report::terminal::counted;
use crate::rules::Jurisdiction;

/// What was seen in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Names of formats, how many files have them, and their endings, the most frequent first: (“Word file”, 12, [“docx”, “doc”]).
    pub formats: Vec<(&'static str, usize, Vec<String>)>,
    /// Folders that hold documents, from here on, by name.
    pub folders: Vec<String>,
    /// How many documents speak of each law, the most frequent first.
    pub jurisdictions: Vec<(Jurisdiction, usize)>,
    /// The config of a folder above, from here on.
    pub above: Option<String>,
    /// Folders of rule files, from here on.
    pub rules: Vec<String>,
}

impl Seen {
    /// The config.
    pub fn draft(&self) -> String {
        let mut out = format!(
            "#:schema {}\n# Which adverts jdlint reads below this folder, and how. `jdlint config FILE` shows what holds for a file, and\n\
             # which line says so. What begins with # is only a proposal.\n",
            config_schema_address()
        );
        for part in [self.extends(), self.jurisdiction(), self.documents(), self.selection(), self.house_rules(), self.severity(), self.paths()] {
            out.push('\n');
            out.push_str(&part);
        }
        out.push_str(
            "\n# Findings that somebody accepted stand at the end, in [[allow]] tables, with a reason each:\n\
             #   jdlint check --add-allow --reason \"why\" FILE\n",
        );
        out
    }

    fn extends(&self) -> String {
        match &self.above {
            Some(above) => {
                format!("# The nearest config alone speaks for a file, so that this one builds on the one above it.\nextends = [{}]\n", quoted(above))
            }
            None => {
                "# What the whole organisation shares: paths of other configs, which this one builds on.\n# extends = [\"../organisation.toml\"]\n".to_owned()
            }
        }
    }

    fn jurisdiction(&self) -> String {
        let about = "# Whose law is meant: uk, us, ie, ca, au, eu; or auto, as each advert tells.\n";
        let told: Vec<String> = self.jurisdictions.iter().map(|(j, n)| format!("{n} of {}", j.name())).collect();
        match self.jurisdictions.as_slice() {
            [] if self.above.is_some() => format!("{about}# jurisdiction = \"uk\"\n"),
            [] => format!("{about}jurisdiction = \"uk\"\n"),
            [(only, n)] => {
                let they = if *n == 1 { "The document here speaks".to_owned() } else { format!("All {n} documents that were looked at here speak") };
                format!("{about}# {they} of {}.\njurisdiction = \"{}\"\n", only.name(), only.code())
            }
            _ => format!("{about}# Of the documents that were looked at here, by what they say: {}.\njurisdiction = \"auto\"\n", told.join(", ")),
        }
    }

    fn documents(&self) -> String {
        let found: Vec<String> = self.formats.iter().map(|(name, n, _)| counted(*n, name)).collect();
        let endings: Vec<String> = self.formats.iter().flat_map(|(.., endings)| endings).map(|ending| quoted(&format!("*.{ending}"))).collect();
        let (found, endings) =
            if found.is_empty() { ("no document yet".to_owned(), "\"*.docx\", \"*.pdf\"".to_owned()) } else { (found.join(", "), endings.join(", ")) };
        format!(
            "# A folder is searched for all formats that jdlint reads: Word, OpenDocument, PDF, HTML, Markdown, text, JSON-LD.\n\
             # Here: {found}. Globs are read as in a .gitignore.\n\
             # include = [{endings}]\n# exclude = [\"drafts/\"]\n"
        )
    }

    fn selection(&self) -> String {
        "# By which rules or groups; `jdlint rules` lists them. From which severity on a run fails: error, warning, info.\n\
         # select = [\"gendered\", \"prerequisite\", \"exclusionary\"]\n# ignore = [\"readability\"]\n# fail-on = \"error\"\n"
            .to_owned()
    }

    fn house_rules(&self) -> String {
        let about = "# Rules of your own; `jdlint rules new` writes one with you.\n";
        let named: Vec<String> = self.rules.iter().map(|r| quoted(r)).collect();
        if named.is_empty() { format!("{about}# rules = [\"house\"]\n") } else { format!("{about}rules = [{}]\n", named.join(", ")) }
    }

    fn severity(&self) -> String {
        "# How much findings of a rule or group weigh.\n# [severity]\n# \"gendered.title\" = \"error\"\n# readability = \"info\"\n".to_owned()
    }

    fn paths(&self) -> String {
        let folder = self.folders.iter().find(|f| *f != ".").map_or("apprentices/".to_owned(), |f| format!("{f}/"));
        format!(
            "# What differs for some of the files: select, ignore, jurisdiction, fail-on, severity.\n\
             # [[override]]\n# files = [{}]\n# ignore = [\"prerequisite.years\"]\n",
            quoted(&folder)
        )
    }
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn seen() -> Seen {
        Seen {
            formats: vec![("Word file", 3, vec!["docx".to_owned(), "doc".to_owned()]), ("PDF", 1, vec!["pdf".to_owned()])],
            folders: vec![".".to_owned(), "it's \"new\"".to_owned()],
            jurisdictions: vec![(Jurisdiction::Ie, 3), (Jurisdiction::Uk, 1)],
            above: Some("../jdlint.toml".to_owned()),
            rules: vec!["house".to_owned()],
        }
    }

    #[test]
    fn a_draft_is_right_whatever_was_seen_and_so_are_its_proposals() {
        for seen in [Seen::default(), seen()] {
            let draft = seen.draft();
            let (_, mistakes) = Config::parse("jdlint.toml", &draft);
            assert_eq!(mistakes, [], "{draft}");
            let is_proposal = |line: &str| line.contains(" = ") || line.starts_with("[");
            let uncommented = draft.lines().map(|l| l.strip_prefix("# ").filter(|l| is_proposal(l)).unwrap_or(l));
            // What is set is not proposed as well; a line may stand once.
            let (config, mistakes) = Config::parse("jdlint.toml", &uncommented.collect::<Vec<_>>().join("\n"));
            assert_eq!(mistakes, [], "{draft}");
            assert!(config.overrides.len() == 1 && !config.settings.ignore.is_empty() && !config.settings.severities.is_empty(), "{draft}");
        }
        assert!(seen().draft().contains("\njurisdiction = \"auto\"\n") && seen().draft().contains("\nextends = [\"../jdlint.toml\"]\n"));
    }
}
