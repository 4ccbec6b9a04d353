//! A config, what it extends, its house rules, and what is stronger than all of them (the command line, an editor's settings) →
//! the linter for any file that the config speaks for, or all that is wrong, each mistake in its place.

use std::io;
use std::path::{Path, PathBuf};

use super::{Allowed, Effective, Given, Globs, Layers, Packs, Set, Wanted, is_rule, nearest_rule};
use crate::document::Format;
use crate::lint::{Allowance, Chosen, Linter, Settings};
use crate::report::shown;
use crate::rules::{Mistake, Ruleset, Severity};

/// What one config comes to.
#[derive(Debug)]
pub struct Setup {
    /// Lints the files of which nothing is said of their own; [`Setup::for_file`] is for any.
    pub linter: Linter,
    /// From which severity on findings fail a run, for those files.
    pub fail_on: Severity,
    /// The house rule files and the extended configs that it was made of.
    pub pack_files: Vec<PathBuf>,
    /// The config and what it extends; none where there is no config.
    pub layers: Layers,
    globs: Globs,
    /// Where the globs' paths begin.
    root: PathBuf,
    outside: Set,
}

/// How a file is linted.
#[derive(Debug)]
pub struct Ruling {
    /// Lints it.
    pub linter: Linter,
    /// From which severity on its findings fail a run.
    pub fail_on: Severity,
    /// What holds, and who said it.
    pub effective: Effective,
}

/// What a config says of a file of its own: overrides and accepted findings, by the numbers of their layers and their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Met {
    overrides: Vec<(usize, usize)>,
    allowed: Vec<(usize, usize)>,
}

/// What is stronger than a config.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// Whose law is meant.
    pub jurisdiction: Option<Chosen>,
    /// Only these rules or groups; empty: as the config has it.
    pub select: Vec<String>,
    /// Not these rules or groups, either.
    pub ignore: Vec<String>,
    /// From which severity on findings fail a run.
    pub fail_on: Option<Severity>,
}

/// A config file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// Where it is read.
    pub path: &'p Path,
    /// Its name in messages.
    pub name: &'p str,
    /// Where the paths of its house rules and of what it extends begin.
    pub folder: &'p Path,
    /// Where the paths of its globs begin.
    pub root: &'p Path,
}

/// Reads a text file: from the disk, or what an editor holds in its place.
pub type ReadText<'r> = &'r dyn Fn(&Path) -> io::Result<String>;

/// Why nothing can be linted under a config.
#[derive(Debug)]
pub enum SetupError {
    /// A config or house rule with mistakes, and the texts they are in, by name.
    Mistakes {
        /// All of them, the configs' first.
        mistakes: Vec<Mistake>,
        /// Name and content.
        texts: Vec<(String, String)>,
    },
    /// The config cannot be read.
    Unreadable {
        /// Its name in messages.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// The overrides name a rule that does not exist; in words.
    UnknownRule(String),
    /// Something else that was asked for cannot be done; in words.
    Other(String),
}

impl Overrides {
    fn set(&self) -> Set {
        let given = |names: &[String]| names.iter().cloned().map(Given::outright).collect();
        Set {
            jurisdiction: self.jurisdiction.map(Given::outright),
            select: given(&self.select),
            ignore: given(&self.ignore),
            fail_on: self.fail_on.map(Given::outright),
            severities: Vec::new(),
        }
    }
}

impl Setup {
    /// The setup where no config speaks.
    ///
    /// # Errors
    /// Where the overrides name no rule.
    pub fn without_config(overrides: &Overrides) -> Result<Setup, SetupError> {
        Setup::finish(Layers::default(), Linter::new(Ruleset::embedded(), Settings::default()), overrides)
    }

    /// The setup of a config.
    ///
    /// # Errors
    /// All that is wrong with it, with what it extends and with its house rules.
    pub fn of(place: Place, overrides: &Overrides, read: ReadText) -> Result<Setup, SetupError> {
        let layers = Layers::read(place, read).map_err(|error| SetupError::Unreadable { name: place.name.to_owned(), error })?;
        let packs = layers.packs(read);
        Setup::with_packs(layers, packs, place.root, overrides)
    }

    /// The setup of configs and house rules that were read.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn with_packs(layers: Layers, packs: Packs, root: &Path, overrides: &Overrides) -> Result<Setup, SetupError> {
        let mut mistakes = layers.mistakes().to_vec();
        mistakes.extend(packs.mistakes);
        let globs = Globs::new(&layers).unwrap_or_else(|own| {
            mistakes.extend(own);
            Globs::default()
        });
        // Without house rules the embedded ones need no second look.
        let ruleset = if packs.files.is_empty() { Ok(Ruleset::embedded()) } else { Ruleset::embedded_with(&packs.files) };
        let (ruleset, broken) = ruleset.map_or_else(|own| (Ruleset::embedded(), own), |ruleset| (ruleset, Vec::new()));
        let text = |name: &str| layers.all().iter().find(|l| l.name == name).map_or("", |l| l.text.as_str());
        // The rules of a broken file may be meant.
        let mut unknown = layers.unknown_rules(&ruleset);
        unknown.retain(|m| broken.is_empty() || !packs.files.iter().any(|(_, t)| t.contains(&text(&m.file)[m.at.clone()])));
        mistakes.extend(unknown);
        mistakes.sort_by(|a, b| (&a.file, a.at.start).cmp(&(&b.file, b.at.start)));
        mistakes.extend(broken);
        if !mistakes.is_empty() {
            let texts = packs.files.into_iter().chain(layers.all().iter().map(|l| (l.name.clone(), l.text.clone()))).collect();
            return Err(SetupError::Mistakes { mistakes, texts });
        }
        let pack_files = packs.files.into_iter().map(|(name, _)| PathBuf::from(name)).chain(layers.extended()).collect();
        let setup = Setup::finish(layers, Linter::new(ruleset, Settings::default()), overrides)?;
        Ok(Setup { pack_files, globs, root: root.to_owned(), ..setup })
    }

    /// The overrides are stronger than the config.
    fn finish(layers: Layers, linter: Linter, overrides: &Overrides) -> Result<Setup, SetupError> {
        for name in overrides.select.iter().chain(&overrides.ignore) {
            if !is_rule(name, linter.ruleset()) {
                return Err(SetupError::UnknownRule(unknown_rule(name, linter.ruleset())));
            }
        }
        let (globs, root, pack_files) = (Globs::default(), PathBuf::new(), Vec::new());
        let mut setup = Setup { linter, fail_on: Severity::Warning, pack_files, layers, globs, root, outside: overrides.set() };
        let ruling = setup.under(&Met::default());
        (setup.linter, setup.fail_on) = (ruling.linter, ruling.fail_on);
        Ok(setup)
    }

    /// Whether a file that lies in a folder is to be read.
    pub fn takes(&self, path: &Path) -> bool {
        match self.wanted(path) {
            Wanted::Included => true,
            Wanted::Unsaid => Format::of_path(path).is_some(),
            Wanted::Excluded => false,
        }
    }

    /// What the config's globs say of a file, by its absolute path.
    pub fn wanted(&self, path: &Path) -> Wanted {
        self.globs.wanted(&self.path_below(path))
    }

    /// How a file is linted, by its absolute path. That costs next to nothing: the rules are shared.
    pub fn for_file(&self, path: &Path) -> Ruling {
        self.under(&self.met(path))
    }

    /// What is said of a file of its own, by its absolute path.
    pub fn met(&self, path: &Path) -> Met {
        let below = self.path_below(path);
        let name = slashed(&below);
        let is_its = |one: &Allowed| one.file.as_ref().is_some_and(|file| file.trim_start_matches("./") == name);
        let allowed = self.allowed().filter(|(.., one)| is_its(one)).map(|(layer, number, _)| (layer, number)).collect();
        Met { overrides: self.globs.met(&below), allowed }
    }

    /// How files are linted of which this is said.
    pub fn under(&self, met: &Met) -> Ruling {
        let effective = Effective::of(&self.layers, &met.overrides, &[&self.outside]);
        let allowed = self.allowed().filter(|(layer, number, one)| one.file.is_none() || met.allowed.contains(&(*layer, *number)));
        let allow = allowed.map(|(_, _, one)| Allowance { fingerprint: one.fingerprint, reason: one.reason.clone() }).collect();
        Ruling { linter: self.linter.under(effective.settings(allow)), fail_on: effective.fail_on.0, effective }
    }

    /// All accepted findings, with the number of their layer and their own.
    pub fn allowed(&self) -> impl Iterator<Item = (usize, usize, &Allowed)> {
        let layers = self.layers.all().iter().enumerate();
        layers.flat_map(|(layer, l)| l.config.allow.iter().enumerate().map(move |(number, one)| (layer, number, one)))
    }

    /// The path from the config's folder on; of a file elsewhere its name.
    pub fn path_below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).map_or_else(|_| path.file_name().map_or(path.to_owned(), PathBuf::from), Path::to_owned)
    }

    /// Where the paths of its globs begin.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// “there is no rule …”, with the one that was most likely meant.
pub fn unknown_rule(name: &str, ruleset: &Ruleset) -> String {
    let near = nearest_rule(name, ruleset).map_or("`jdlint rules` lists them".to_owned(), |near| format!("did you mean “{near}”?"));
    format!("there is no rule or group “{}”; {near}", shown(name))
}

/// A path as it is written in configs and baselines, on every system.
pub fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The setup of `/post/jdlint.toml`, where an editor holds all files.
    fn setup(files: &[(&str, &str)], overrides: &Overrides) -> Result<Setup, SetupError> {
        let read = |path: &Path| {
            let held = files.iter().find(|(name, _)| Path::new(name) == path);
            held.map(|(_, text)| (*text).to_owned()).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        };
        let folder = Path::new("/post");
        Setup::of(Place { path: Path::new("/post/jdlint.toml"), name: "/post/jdlint.toml", folder, root: folder }, overrides, &read)
    }

    const OWN: &str = "extends = 'org.toml'\n[[override]]\nfiles = 'legal/'\nfail-on = 'error'\n\
        [[allow]]\nfingerprint = '00000000000000ab'\nreason = 'agreed'\nfile = 'legal/a.docx'\n";

    #[test]
    fn what_an_editor_holds_is_read_and_each_file_has_its_own() {
        let files = [("/post/jdlint.toml", OWN), ("/post/org.toml", "fail-on = 'info'\n")];
        let setup = setup(&files, &Overrides::default()).expect("nothing is wrong");
        assert_eq!(setup.pack_files, [PathBuf::from("/post/org.toml")]);
        let ruling = |path: &str| setup.for_file(Path::new(path));
        assert_eq!((setup.fail_on, ruling("/post/a.docx").fail_on, ruling("/post/legal/b.docx").fail_on), (Severity::Info, Severity::Info, Severity::Error));
        let n_allowed = |path: &str| ruling(path).linter.settings().allow.len();
        assert_eq!((n_allowed("/post/legal/a.docx"), n_allowed("/post/legal/b.docx")), (1, 0));
    }

    #[test]
    fn house_rules_may_come_from_elsewhere_than_the_paths_that_are_named() {
        let rule = include_str!("../../tests/cli/house/chairman.toml").to_owned();
        let place = Place { path: Path::new("/jdlint.toml"), name: "jdlint.toml", folder: Path::new("/"), root: Path::new("/") };
        let layers = Layers::read(place, &|_| Ok("rules = 'nowhere/*.toml'\njurisdiction = 'ie'\n".to_owned())).expect("it is held");
        let packs = Packs { files: vec![("chairman.toml".to_owned(), rule)], mistakes: Vec::new() };
        let setup = Setup::with_packs(layers, packs, place.root, &Overrides::default()).expect("nothing is wrong");
        assert!(setup.linter.ruleset().rule("house.chairman").is_some());
        assert_eq!(setup.linter.settings().jurisdiction, crate::rules::Jurisdiction::Ie);
    }

    #[test]
    fn mistakes_name_the_file_that_they_are_in() {
        let files = [("/post/jdlint.toml", OWN), ("/post/org.toml", "fail-on = 'never'\n")];
        let Err(SetupError::Mistakes { mistakes, texts }) = setup(&files, &Overrides::default()) else { unreachable!("one is made") };
        assert_eq!((mistakes.len(), mistakes[0].file.as_str(), texts.len()), (1, "/post/org.toml", 2));
        let wrong = Overrides { select: vec!["gendered.titel".to_owned()], ..Overrides::default() };
        assert!(matches!(Setup::without_config(&wrong), Err(SetupError::UnknownRule(what)) if what.contains("did you mean “gendered.title”?")));
    }
}
