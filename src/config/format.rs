//! The format of `jdlint.toml`: each table's keys.

use super::{CHOSEN, SEVERITIES};
use crate::rules::keys::Shape::{Named, OneOf, Tables, Text, Texts};
use crate::rules::keys::{Key, key, names, required};

/// What holds for all files of the config.
pub const CONFIG: &[Key] = &[
    key("extends", Texts, "Other configs that this one builds on, by their paths from here; what stands here is stronger."),
    key("include", Texts, "Files that folders are searched for, as in a .gitignore; without it, all formats that jdlint reads."),
    key("exclude", Texts, "Files and folders that are left out of a search, as in a .gitignore."),
    key("rules", Texts, "Rules of your own: files, folders or globs of files."),
    key("override", Tables(&[PATHS, SETTINGS]), "What differs for some of the files."),
    key("allow", Tables(&[ALLOW]), "Findings that were accepted."),
];

/// What may be set for all files, and for some of them.
pub const SETTINGS: &[Key] = &[
    key("jurisdiction", OneOf(&names(&CHOSEN)), "Whose law is meant; auto: as each advert tells."),
    key("select", Texts, "The rules or groups to lint by; without it, all."),
    key("ignore", Texts, "Rules or groups to leave out."),
    key("fail-on", OneOf(&names(&SEVERITIES)), "From which severity on a finding fails the run."),
    key("severity", Named(&names(&SEVERITIES)), "How much findings of a rule or group weigh."),
];

/// Which files an override is for.
pub const PATHS: &[Key] = &[required("files", Texts, "Files and folders that this is for, as in a .gitignore.")];

/// A finding that was accepted.
pub const ALLOW: &[Key] = &[
    required("fingerprint", Text, "Which: `jdlint check --format json` tells it."),
    required("reason", Text, "Why it is accepted."),
    key("rule", Text, "The rule, for whoever reads this."),
    key("file", Text, "The one file in which it is accepted; without it, in all."),
];
