//! The format of rule files: each table's keys.

use super::catalogue::STRENGTHS;
use super::check::{CODINGS, FACTS, FIGURES, KINDS as RULE_KINDS, SEVERITIES};
use super::conditions::{BINDINGS, BLOCKS, JURISDICTIONS, KINDS, SECTIONS, SENIORITIES, SHOWS, STANDS};
use super::keys::Shape::{AnyOf, Exactly, Flag, Lists, NamedTables, Number, OneOf, Table, Tables, Text, Texts, Whole};
use super::keys::{Key, key, names, required};
use super::model::Measure;

/// A rule.
pub const RULE: &[Key] = &[
    key("format", Exactly(1), "The version of this format."),
    required("id", Text, "The rule's name, “group.type” in small letters: prerequisite.degree."),
    key("aliases", Texts, "Ids that it had before."),
    key("unassessable", Flag, "Whether its words tell a panel nothing, whatever the criterion is about."),
    key("figures", Table(&[FIGURE_MESSAGES]), "For conflicts: figures that the document may state twice, each with the message of a finding."),
    required("name", Text, "What it finds, in a few words."),
    key("kind", OneOf(&names(&RULE_KINDS)), "What it looks for; without it, phrases."),
    required("severity", OneOf(&names(&SEVERITIES)), "How much a finding weighs; an entry may set its own."),
    key("audiences", Texts, "Who may read the words as “not for me”: ids of audiences."),
    required("evidence", OneOf(&names(&STRENGTHS)), "How strong the evidence is."),
    required("sources", Texts, "What it rests on: ids of sources, or of a [[source]] in this file."),
    required("message", Text, "One sentence for whoever wrote the words; {text} stands for them."),
    required("why", Text, "A short paragraph: what happens to whom, and when the wording is fine."),
    key("leave", Texts, "Longer phrases that hold the same words and are fine."),
    key("where", Tables(&[CONDITION, SHOWING]), "Where it applies; without it, everywhere."),
    key("unless", Tables(&[CONDITION, SHOWING]), "What makes the wording fine."),
    key("soften", Tables(&[CONDITION, SHOWING, SOFTENING]), "What makes it worth a quieter word only."),
    key("jurisdiction", NamedTables(&names(&JURISDICTIONS), &[BY_LAW]), "What differs by the law of a country."),
    key("list", Lists, "Lists that phrases name as <list>."),
    key("entry", Tables(&[ENTRY]), "The words."),
    key("example", Tables(&[EXAMPLE]), "Small documents that show what is found: the rule's tests."),
    key("source", Tables(&[SOURCE]), "Sources of your own."),
    key("measure", OneOf(&Measure::FIGURES), "For measures: which figure."),
    key("info-above", Number, "For measures: from where on it is worth a note."),
    key("warning-above", Number, "For measures: from where on it is a warning."),
    key("fact", OneOf(&names(&FACTS)), "For absences: what a job board's data may say beside the text."),
];

/// A file that adds to a rule of jdlint, or silences it.
pub const EXTENSION: &[Key] = &[
    key("format", Exactly(1), "The version of this format."),
    required("extends", Text, "The id of the rule that this adds to."),
    key("off", Flag, "Whether the rule is silenced."),
    key("severity", OneOf(&names(&SEVERITIES)), "How much a finding weighs."),
    key("leave", Texts, "Phrases that are fine here."),
    key("unless", Tables(&[CONDITION, SHOWING]), "One more exception each."),
    key("soften", Tables(&[CONDITION, SHOWING, SOFTENING]), "What makes it worth a quieter word only."),
    key("list", Lists, "Lists that phrases name as <list>."),
    key("entry", Tables(&[ENTRY]), "More words."),
    key("example", Tables(&[EXAMPLE]), "Small documents that show what is found."),
];

/// What a condition asks. All keys must hold; of a list, one value.
pub const CONDITION: &[Key] = &[
    key("binding", AnyOf(&names(&BINDINGS)), "How binding the statement is."),
    key("section", AnyOf(&names(&SECTIONS)), "The section that it stands in."),
    key("block", AnyOf(&names(&BLOCKS)), "The kind of block that it stands in."),
    key("statement", Texts, "Phrases in the same statement."),
    key("nearby", Texts, "Phrases in the same statement or the one before it."),
    key("document", Texts, "Phrases anywhere in the document."),
    key("before", Texts, "Phrases right before what was found."),
    key("after", Texts, "Phrases right after what was found."),
    key("stands", AnyOf(&names(&STANDS)), "How the words stand there: taken back, quoted, or part of a name."),
    key("role", Texts, "Roles, or a <group> of them, that the post is."),
    key("requires", Texts, "Subjects that the law, a rule or the work requires of the post: registration, degree, driving …"),
    key("duty", Texts, "Activities that some duty of the job has."),
    key("number", Texts, "The number that was found: “5 or more”, “4 or less”, “1 to 4”."),
    key("time", Texts, "The time that was found: “14:30 to 16:00”."),
    key("kind", AnyOf(&names(&KINDS)), "The kind of document."),
    key("seniority", AnyOf(&names(&SENIORITIES)), "How senior the post is."),
    key("jurisdiction", AnyOf(&names(&JURISDICTIONS)), "Whose law is meant."),
];

/// What a condition tells `jdlint criteria`.
pub const SHOWING: &[Key] = &[key("shows", OneOf(&names(&SHOWS)), "What the condition shows of the criterion.")];

/// What a `[[soften]]` has beside its condition.
pub const SOFTENING: &[Key] =
    &[required("to", OneOf(&names(&SEVERITIES)), "How much a finding still weighs."), key("because", Text, "Why, for whoever wrote the words.")];

/// The words.
pub const ENTRY: &[Key] = &[
    key("find", Texts, "Phrases to find."),
    key("pattern", Texts, "Regular expressions over small letters, where no phrase will do."),
    key("suggest", Texts, "What to write in the place of the words, the best first; empty takes them out."),
    key("append", Texts, "What to put at the end of the criterion."),
    key("severity", OneOf(&names(&SEVERITIES)), "How much a finding of these words weighs."),
    key("message", Text, "A message of their own."),
    key("safe", Flag, "Whether the first rewrite keeps the meaning exactly."),
    key("leave", Texts, "Longer phrases that hold the same words and are fine."),
    key("where", Tables(&[CONDITION, SHOWING]), "Where these words count; without it, everywhere."),
    key("unless", Tables(&[CONDITION, SHOWING]), "What makes these words fine."),
    key("against", Texts, "For conflicts: phrases that cannot be meant beside these."),
    key("coded", OneOf(&names(&CODINGS)), "For scores: how the words are coded."),
];

/// A small document, with `[brackets]` round what is found.
pub const EXAMPLE: &[Key] = &[
    key("title", Texts, "The title of the post."),
    key("essential", Texts, "What is asked under “Essential”."),
    key("desirable", Texts, "What is asked under “Desirable”."),
    key("duties", Texts, "Duties, one a line."),
    key("text", Texts, "A paragraph under no heading."),
    key("markdown", Texts, "A whole document."),
    key("jurisdiction", OneOf(&names(&JURISDICTIONS)), "Whose law is meant."),
    key("severity", OneOf(&names(&SEVERITIES)), "How much what is found weighs."),
    key("after", Text, "What the first rewrite makes of the line."),
    key("found", Flag, "For absences and measures: whether the document as a whole is found."),
];

/// What differs by the law of a country.
pub const BY_LAW: &[Key] = &[
    key("severity", OneOf(&names(&SEVERITIES)), "How much a finding weighs there."),
    key("message", Text, "The message there."),
    key("sources", Texts, "What it rests on there."),
];

/// Figures that a conflict holds against one another.
pub const FIGURE_MESSAGES: &[Key] = &[
    key("pay", Text, "The message where two figures of pay differ."),
    key("hours", Text, "The message where two figures of hours differ."),
    key("closing-date", Text, "The message where two closing dates differ."),
];

/// A study, law, decision or guidance.
pub const SOURCE: &[Key] = &[
    required("id", Text, "The name that rules cite it by."),
    key("authors", Text, "Who wrote it."),
    key("title", Text, "Its title."),
    key("year", Whole, "The year."),
    key("venue", Text, "Where it appeared."),
    key("link", Text, "Its page."),
    key("kind", Text, "What it is."),
    key("finding", Text, "What it found, in a sentence."),
    key("strength", OneOf(&names(&STRENGTHS)), "How strong it is."),
    key("verified", Flag, "Whether a text was read that confirms it."),
    key("jurisdiction", Texts, "Whose law it is."),
];

// The messages stand under the figures' names.
const _: () = assert!(FIGURE_MESSAGES.len() == FIGURES.len());
