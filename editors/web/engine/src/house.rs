//! What a person set in the page, and the TOML files that they gave it → the linter's setup, or all that is wrong, in sentences.

use std::io;
use std::path::Path;

use jdlint::Jurisdiction;
use jdlint::config::{Layers, Overrides, Packs, Place, Setup, SetupError};
use jdlint::lint::Chosen;
use jdlint::rules::Mistake;
use serde::Deserialize;

/// Where the page's files are said to lie.
const FOLDER: &str = "/";

/// The settings of a page.
#[derive(Deserialize)]
pub struct House {
    /// A code, `auto`, or nothing: as the config has it.
    jurisdiction: Option<String>,
    files: Vec<TomlFile>,
}

#[derive(Deserialize)]
struct TomlFile {
    name: String,
    text: String,
}

impl House {
    pub fn setup(&self) -> Result<Setup, Vec<String>> {
        let overrides = Overrides { jurisdiction: self.chosen()?, ..Overrides::default() };
        let setup = match self.layers() {
            Some(layers) => layers.and_then(|layers| self.with(layers, &overrides)),
            None if self.files.is_empty() => Setup::without_config(&overrides),
            None => self.with(Layers::default(), &overrides),
        };
        setup.map_err(|error| self.said(error))
    }

    fn chosen(&self) -> Result<Option<Chosen>, Vec<String>> {
        let Some(code) = self.jurisdiction.as_deref().filter(|c| !c.is_empty()) else { return Ok(None) };
        if code == "auto" {
            return Ok(Some(Chosen::Auto));
        }
        let named = Jurisdiction::ALL.into_iter().find(|j| j.code() == code);
        named.map(|j| Some(Chosen::Named(j))).ok_or_else(|| vec![format!("there is no jurisdiction “{code}”")])
    }

    /// The config and what it extends; none where no file is a config.
    fn layers(&self) -> Option<Result<Layers, SetupError>> {
        let name = self.config()?;
        let path = Path::new(FOLDER).join(name);
        let place = Place { path: &path, name, folder: Path::new(FOLDER), root: Path::new(FOLDER) };
        Some(Layers::read(place, &|path| self.read(path)).map_err(|error| SetupError::Unreadable { name: name.to_owned(), error }))
    }

    /// `jdlint.toml`, else the one file that is no rule.
    fn config(&self) -> Option<&str> {
        let named = self.files.iter().find(|f| f.name == jdlint::config::NAME);
        named.or_else(|| self.files.iter().find(|f| !f.is_rule())).map(|f| f.name.as_str())
    }

    /// A file by the last part of its path: a page knows no folders.
    fn read(&self, path: &Path) -> io::Result<String> {
        let file = self.files.iter().find(|f| path.file_name().is_some_and(|name| name == f.name.as_str()));
        file.map(|f| f.text.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// All rules that were given are house rules, wherever the config says that they lie.
    fn with(&self, layers: Layers, overrides: &Overrides) -> Result<Setup, SetupError> {
        let files: Vec<(String, String)> = self.files.iter().filter(|f| f.is_rule()).map(|f| (f.name.clone(), f.text.clone())).collect();
        let mut mistakes = Vec::new();
        if files.is_empty() {
            let named = layers.all().iter().filter_map(|layer| layer.config.rules.first().map(|rules| (layer, rules)));
            mistakes.extend(named.map(|(layer, rules)| Mistake {
                file: layer.name.clone(),
                at: rules.at.clone(),
                what: format!("this names house rules ({}), which lie in files of their own", rules.path),
                help: Some("choose those files together with this one".to_owned()),
            }));
        }
        Setup::with_packs(layers, Packs { files, mistakes }, Path::new(FOLDER), overrides)
    }

    fn said(&self, error: SetupError) -> Vec<String> {
        match error {
            SetupError::Mistakes { mistakes, .. } => mistakes.iter().map(|m| self.sentence(m)).collect(),
            SetupError::Unreadable { name, error } => vec![format!("{name}: {error}")],
            SetupError::UnknownRule(what) | SetupError::Other(what) => vec![what],
        }
    }

    fn sentence(&self, mistake: &Mistake) -> String {
        let file = self.files.iter().find(|f| Path::new(&mistake.file).file_name().is_some_and(|name| name == f.name.as_str()));
        let line = file.map_or(String::new(), |f| {
            let before = f.text.as_bytes().iter().take(mistake.at.start);
            format!(", line {}", before.filter(|b| **b == b'\n').count() + 1)
        });
        let help = mistake.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        format!("{}{line}: {}{help}", mistake.file.trim_start_matches(FOLDER), mistake.what)
    }
}

impl TomlFile {
    /// Whether it is a rule, or adds to one: only those say by which format they are written.
    fn is_rule(&self) -> bool {
        self.text.lines().any(|line| line.trim_start().strip_prefix("format").is_some_and(|rest| rest.trim_start().starts_with('=')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(jurisdiction: Option<&str>, files: &[(&str, &str)]) -> Result<Setup, Vec<String>> {
        let files = files.iter().map(|(name, text)| TomlFile { name: (*name).to_owned(), text: (*text).to_owned() }).collect();
        House { jurisdiction: jurisdiction.map(str::to_owned), files }.setup()
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let wrong = setup(None, &[("jdlint.toml", "# ours\njuristiction = 'uk'\n")]).err();
        assert_eq!(wrong, Some(vec!["jdlint.toml, line 2: there is no key “juristiction” here; did you mean “jurisdiction”?".to_owned()]));
    }

    #[test]
    fn house_rules_come_with_the_config_or_alone() {
        let rule = include_str!("../../../../tests/cli/house/chairman.toml");
        let n_rules = |setup: Result<Setup, Vec<String>>| setup.map(|s| s.linter.ruleset().rules().len());
        let own = n_rules(setup(None, &[])).expect("nothing is wrong");
        let config = ("jdlint.toml", "rules = 'house/*.toml'\njurisdiction = 'us'\n");
        assert_eq!(n_rules(setup(None, &[config, ("ours.toml", rule)])), Ok(own + 1));
        assert_eq!(n_rules(setup(Some("ie"), &[("ours.toml", rule)])), Ok(own + 1));
        let added = "format = 1\nextends = \"gendered.title\"\noff = true\n";
        let without = setup(None, &[("jdlint.toml", "extends = 'org.toml'\n"), ("org.toml", "jurisdiction = 'us'\n"), ("titles.toml", added)]).expect("nothing is wrong");
        let settings = without.linter.settings();
        assert_eq!(settings.jurisdiction, Jurisdiction::Us, "a config extends another");
        assert!(without.linter.ruleset().rule("gendered.title").is_none_or(|rule| !settings.selects(rule)), "a rule is switched off");
        let missing = setup(None, &[config]).err().expect("the rules are not there");
        assert!(missing[0].starts_with("jdlint.toml, line 1: this names house rules (house/*.toml)"), "{missing:?}");
    }
}
