//! Outline and judgements → [`Criterion`]s: what each thing is that a person must or should have, how binding, what other
//! way in there is, what bears it out, and the verdict. Knows nothing of formats or screens.

mod asked;
mod assessed;
mod change;
mod parts;
mod words;

use serde::{Deserialize, Serialize};

pub use asked::Asked;
pub use change::{Change, Direction, changes};
pub use words::{alike, share, words};

use crate::judge::{Ground, GroundPart, Judgement, Outcome, Reading, binding};
use crate::outline::{Because, Binding, SectionKind, Statement, StatementRole};
use crate::rules::{RuleId, Severity, Shows};
use crate::text::{Span, within};
use assessed::Assessments;
use parts::{Part, parts};

/// One thing asked of the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its words: a statement, or the part of one that asks this thing.
    pub span: Span,
    /// The statement: an index into the outline's.
    pub statement: u32,
    /// What it is about: a type of the `prerequisite` rules, or `skill`, or `behaviour`.
    pub subject: String,
    /// What exactly is asked.
    pub asked: Asked,
    /// How binding it is.
    pub binding: Binding,
    /// What makes it so.
    pub because: Because,
    /// The kind of section it stands in.
    pub section: SectionKind,
    /// Whether the job needs it.
    pub verdict: Verdict,
    /// What needs it: the law, the work, a duty.
    pub needs: Vec<Need>,
    /// Other ways in.
    pub other_ways: Vec<OtherWay>,
    /// Words that ask it of some people, or of some posts, only.
    pub condition: Option<Span>,
    /// How it is assessed, where the specification says.
    pub assessed: Option<Span>,
    /// The rule that judged it.
    pub rule: Option<RuleId>,
    /// What the rule's judgement rested on.
    pub ground: Option<Ground>,
}

/// Whether a criterion is needed, as far as the document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The law, or the nature of the role, requires it.
    Required,
    /// A duty, or the kind of work, bears it out.
    BorneOut,
    /// Another way in is offered.
    Open,
    /// It keeps people out and nothing in the document needs it.
    NotShown,
    /// As it is written nobody can tell who meets it.
    Unassessable,
    /// It is not binding.
    NotBinding,
    /// A skill, knowledge or attitude that no rule questions.
    Unquestioned,
}

/// What needs a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A role, by its number, and what shows the role, if that is in this document.
    Role(u16, Option<Span>),
    /// A duty with this activity, by its number, and its statement, if that is in this document.
    Duty(u16, Option<Span>),
    /// Words beside it: a regulator's name, a law, a place to travel to.
    Words(Span),
}

/// A way in beside the criterion itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherWay {
    /// How it is offered.
    pub by: WayBy,
    /// The words that offer it, if they are in this document.
    pub span: Option<Span>,
}

/// How another way in is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayBy {
    /// Words beside it: “or equivalent experience”.
    Words,
    /// Another item of its list.
    Alternative,
    /// It is asked of some people only.
    Condition,
    /// Another statement takes it back.
    TakenBack,
}

/// The criteria of a document, in order: statements that ask something of the person, part by part, and what came of the
/// rules' words in them.
pub fn criteria(reading: Reading, judgements: &[Judgement]) -> Vec<Criterion> {
    let mut telling: Vec<&Judgement> = judgements.iter().filter(|j| j.rule.asks_of_person() && shows(j) != Some(Shows::SomethingElse)).collect();
    telling.sort_by_key(|j| (j.statement, j.span));
    let assessments = Assessments::find(reading);
    let asks = |s: &Statement| s.role == StatementRole::Criterion && binding(s) != Binding::Neutral;
    let mut out = Vec::new();
    for (n, statement) in (0u32..).zip(&reading.outline.statements).filter(|(_, s)| asks(s)) {
        let from = telling.partition_point(|j| j.statement < Some(n));
        let own = &telling[from..from + telling[from..].partition_point(|j| j.statement == Some(n))];
        if own.is_empty() && leads_in(statement, n, reading) {
            continue;
        }
        out.extend(
            parts(statement.span, own, reading)
                .iter()
                .map(|part| Criterion { assessed: assessments.of(statement, part.span), ..criterion(n, statement, part, reading) }),
        );
    }
    out
}

/// “Candidates must be familiar with:” over a list: what is asked stands in the list.
fn leads_in(statement: &Statement, number: u32, reading: Reading) -> bool {
    let next = reading.outline.statements.get(number as usize + 1);
    reading.document.slice(statement.span).ends_with(':') && next.is_some_and(|n| n.block != statement.block && n.section == statement.section)
}

fn criterion(number: u32, statement: &Statement, part: &Part, reading: Reading) -> Criterion {
    let section = statement.section.and_then(|s| reading.outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
    let told = part.told.filter(|j| !j.rule.unassessable);
    let subject = told.and_then(|j| j.rule.id.as_str().split('.').nth(1)).unwrap_or_else(|| manner(part.span, reading)).to_owned();
    let verdict = match (binding(statement), part.told) {
        (Binding::Preferred | Binding::Neutral, _) => Verdict::NotBinding,
        (_, Some(judgement)) => verdict(judgement),
        (_, None) => Verdict::Unquestioned,
    };
    Criterion {
        span: part.span,
        statement: number,
        subject,
        asked: asked::asked(part, reading),
        binding: binding(statement),
        because: statement.because,
        section,
        verdict,
        needs: needs(part),
        other_ways: other_ways(part),
        condition: statement.condition,
        assessed: None,
        rule: part.told.map(|j| j.rule.id.clone()),
        ground: part.told.and_then(|j| ground(j)).cloned(),
    }
}

/// What is asked where no rule tells: an attitude or manner, or else a skill.
fn manner(span: Span, reading: Reading) -> &'static str {
    let mut behaviour = within(&reading.outline.words.behaviour, span, |w| *w);
    if behaviour.next().is_some() { "behaviour" } else { "skill" }
}

/// What a judgement rested on, where it rested on something.
fn ground<'j>(judgement: &'j Judgement) -> Option<&'j Ground> {
    match &judgement.outcome {
        Outcome::Found(_, ground) => ground.as_ref(),
        Outcome::Left(ground) => Some(ground),
    }
}

fn shows(judgement: &Judgement) -> Option<Shows> {
    ground(judgement).and_then(|g| g.shows)
}

/// Of several judgements on the same words the one that keeps most people out tells.
fn weight(judgement: &Judgement) -> u8 {
    match &judgement.outcome {
        _ if judgement.rule.unassessable => 0,
        Outcome::Found(Severity::Warning | Severity::Error, _) => 4,
        Outcome::Found(Severity::Info, _) => 3,
        Outcome::Left(ground) if ground.shows.is_some() => 2,
        Outcome::Left(_) => 1,
    }
}

fn verdict(judgement: &Judgement) -> Verdict {
    let found = matches!(judgement.outcome, Outcome::Found(..));
    match shows(judgement) {
        // What softens a finding by the role or a duty bears it out, but does not require it.
        Some(Shows::Required | Shows::Duty) if found => Verdict::BorneOut,
        _ if found && judgement.rule.unassessable => Verdict::Unassessable,
        _ if found => Verdict::NotShown,
        Some(Shows::Required) => Verdict::Required,
        Some(Shows::Duty) => Verdict::BorneOut,
        Some(Shows::AnotherWay) => Verdict::Open,
        Some(Shows::SomethingElse) | None => Verdict::Unquestioned,
    }
}

fn needs(part: &Part) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for need in part.judgements.iter().filter_map(|j| need(j)) {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    needs
}

fn need(judgement: &Judgement) -> Option<Need> {
    let ground = ground(judgement)?;
    match ground.part {
        GroundPart::Role(role) => Some(Need::Role(role, ground.span)),
        GroundPart::Duty(activity) => Some(Need::Duty(activity, ground.span)),
        _ if matches!(ground.shows, Some(Shows::Required | Shows::Duty)) => ground.span.map(Need::Words),
        _ => None,
    }
}

fn other_ways(part: &Part) -> Vec<OtherWay> {
    let mut ways: Vec<OtherWay> = Vec::new();
    for judgement in &part.judgements {
        let Outcome::Left(ground) = &judgement.outcome else { continue };
        let by = match ground.part {
            _ if ground.shows != Some(Shows::AnotherWay) => continue,
            GroundPart::Route => WayBy::Alternative,
            GroundPart::Condition => WayBy::Condition,
            GroundPart::TakenBack => WayBy::TakenBack,
            _ => WayBy::Words,
        };
        let way = OtherWay { by, span: ground.span };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}
