//! Layers, the overrides that a file meets, and the command line → what holds for that file, each value with its origin.

use super::{Given, Layers, Set};
use crate::lint::{Allowance, Chosen, Settings};
use crate::rules::{Jurisdiction, Severity};

/// From which severity on a finding fails the run, unless something else is said.
pub const fn default_severity() -> Severity {
    Severity::Warning
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What said it.
    pub source: Source,
    /// Bytes of the config; empty where there is none.
    pub at: std::ops::Range<usize>,
}

/// What says a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody: it is the default.
    Default,
    /// A config, by its number among the layers.
    Config(usize),
    /// An override of a config, by the numbers of both.
    Override(usize, usize),
    /// The command line, or an editor.
    Outside,
}

/// A value and where it comes from.
pub type Known<T> = (T, Origin);

/// What holds for a file.
#[derive(Clone, Debug)]
pub struct Effective {
    /// Whose law is meant.
    pub jurisdiction: Known<Chosen>,
    /// Rules or groups to lint by; empty: all.
    pub select: Vec<Known<String>>,
    /// Rules or groups to leave out.
    pub ignore: Vec<Known<String>>,
    /// From which severity on a finding fails the run.
    pub fail_on: Known<Severity>,
    /// Severities of rules or groups; the last that names a rule counts.
    pub severities: Vec<Known<(String, Severity)>>,
}

impl Default for Effective {
    fn default() -> Effective {
        let default = || Origin { source: Source::Default, at: 0..0 };
        Effective {
            jurisdiction: (Chosen::Named(Jurisdiction::default()), default()),
            select: Vec::new(),
            ignore: Vec::new(),
            fail_on: (default_severity(), default()),
            severities: Vec::new(),
        }
    }
}

impl Effective {
    /// What holds for a file that meets these overrides (each by its layer's number and its own), under what `outside` sets,
    /// the weakest of it first.
    pub fn of(layers: &Layers, met: &[(usize, usize)], outside: &[&Set]) -> Effective {
        let mut effective = Effective::default();
        for (n, layer) in layers.all().iter().enumerate() {
            effective.take(&layer.config.settings, Source::Config(n));
        }
        for (layer, number) in met {
            effective.take(&layers.all()[*layer].config.overrides[*number].settings, Source::Override(*layer, *number));
        }
        outside.iter().for_each(|set| effective.take(set, Source::Outside));
        effective
    }

    /// Lays what one place sets over what weaker places set.
    fn take(&mut self, set: &Set, source: Source) {
        let from = |at: &std::ops::Range<usize>| Origin { source, at: at.clone() };
        let all = |given: &[Given<String>]| given.iter().map(|g| (g.value.clone(), from(&g.at))).collect::<Vec<_>>();
        if let Some(given) = &set.jurisdiction {
            self.jurisdiction = (given.value, from(&given.at));
        }
        if let Some(given) = &set.fail_on {
            self.fail_on = (given.value, from(&given.at));
        }
        if !set.select.is_empty() {
            self.select = all(&set.select);
            // Who selects by name what a weaker place leaves out wants it back.
            self.ignore.retain(|(ignored, _)| !set.select.iter().any(|s| s.value == *ignored || s.value.starts_with(&format!("{ignored}."))));
        }
        self.ignore.extend(all(&set.ignore));
        self.severities.extend(set.severities.iter().map(|g| (g.value.clone(), from(&g.at))));
    }

    /// As settings for a linter, with these accepted findings.
    pub fn settings(&self, allow: Vec<Allowance>) -> Settings {
        let mut settings = Settings {
            select: self.select.iter().map(|(name, _)| name.clone()).collect(),
            ignore: self.ignore.iter().map(|(name, _)| name.clone()).collect(),
            severities: self.severities.iter().map(|(set, _)| set.clone()).collect(),
            allow,
            ..Settings::default()
        };
        settings.choose(self.jurisdiction.0);
        settings
    }
}
