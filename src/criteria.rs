//! Outline and judgements → [`Criterion`]s: what each thing is that a person must or should have, how binding, what other
//! way in there is, what bears it out, and the verdict. Knows nothing of formats or screens.

use serde::{Deserialize, Serialize};

use crate::judge::{GroundPart, Judgement, Outcome, Reading, binding};
use crate::outline::{Because, Binding, SectionKind, Statement, StatementRole};
use crate::rules::Severity;
use crate::text::Span;

/// One thing asked of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its words.
    pub span: Span,
    /// What it is about: a type of the `prerequisite` rules, or `skill`.
    pub subject: String,
    /// How binding it is.
    pub binding: Binding,
    /// What makes it so.
    pub because: Because,
    /// The kind of section it stands in.
    pub section: SectionKind,
    /// Whether the job needs it.
    pub verdict: Verdict,
}

/// Whether a criterion is needed, as far as the document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The law, or the nature of the role, requires it.
    Required,
    /// A duty bears it out.
    BorneOut,
    /// Another way in is offered.
    Open,
    /// It keeps people out and nothing in the document needs it.
    NotShown,
    /// It is not binding.
    NotBinding,
    /// A skill, knowledge or attitude that no rule questions.
    Unquestioned,
}

/// The criteria of a document, in order: statements that ask something of the person, and what came of the rules' words in
/// them.
pub fn criteria(reading: Reading, judgements: &[Judgement]) -> Vec<Criterion> {
    let outline = reading.outline;
    let asks = |s: &Statement| s.role == StatementRole::Criterion && binding(s) != Binding::Neutral;
    let statements = outline.statements.iter().enumerate().filter(|(_, s)| asks(s));
    statements.map(|(n, statement)| criterion(n, statement, reading, judgements)).collect()
}

fn criterion(number: usize, statement: &Statement, reading: Reading, judgements: &[Judgement]) -> Criterion {
    let own = judgements.iter().filter(|j| j.statement.is_some_and(|s| s as usize == number) && j.rule.applies.iter().any(|c| !c.binding.is_empty()));
    let telling = own.max_by_key(|j| (weight(j), j.span.len()));
    let subject = telling.and_then(|j| j.rule.id.as_str().split('.').nth(1)).unwrap_or("skill").to_owned();
    let verdict = match (binding(statement), telling) {
        (Binding::Preferred | Binding::Neutral, _) => Verdict::NotBinding,
        (_, Some(judgement)) => verdict(judgement),
        (_, None) => Verdict::Unquestioned,
    };
    let section = statement.section.and_then(|s| reading.outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
    Criterion { span: statement.span, subject, binding: binding(statement), because: statement.because, section, verdict }
}

/// Of several judgements on one statement the one that keeps most people out tells.
fn weight(judgement: &Judgement) -> u8 {
    match &judgement.outcome {
        Outcome::Found(Severity::Warning | Severity::Error, _) => 3,
        Outcome::Found(Severity::Info, _) => 2,
        Outcome::Left(ground) if matches!(ground.part, GroundPart::Role | GroundPart::Words | GroundPart::Duty) => 1,
        Outcome::Left(_) => 0,
    }
}

fn verdict(judgement: &Judgement) -> Verdict {
    match &judgement.outcome {
        Outcome::Found(_, Some(ground)) if ground.part == GroundPart::Duty => Verdict::BorneOut,
        Outcome::Found(..) => Verdict::NotShown,
        Outcome::Left(ground) => match ground.part {
            GroundPart::Role => Verdict::Required,
            GroundPart::Duty => Verdict::BorneOut,
            GroundPart::Words => Verdict::Open,
            _ => Verdict::Unquestioned,
        },
    }
}
