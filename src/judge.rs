//! Outlines and rules → [`Judgement`]s: every place where a rule's words stand, and whether, here, they are worth a
//! finding. What a judgement rested on is kept, the silent ones' too, so that each can be explained.
//!
//! The words are found once, fast (`scan`); judging is cheap, since candidates are few. Knows nothing of formats,
//! screens or settings other than the jurisdiction.

mod conditions;
mod elsewhere;
mod jurisdiction;
mod scan;
mod stands;

pub(crate) use jurisdiction::JurisdictionReader;
pub(crate) use scan::Patterns;
pub use scan::{Candidate, Scan};

use crate::document::{BlockKind, Document};
use crate::outline::{Binding, Language, Outline, Statement, StatementRole};
use crate::rules::{Entry, Jurisdiction, Pack, Rule, RuleKind, Severity, Shows};
use crate::text::Span;
use conditions::Scene;

/// A document of an advert with its outline.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// How it was understood.
    pub outline: &'a Outline,
}

/// A rule's words in their place, judged.
#[derive(Clone, Debug)]
pub struct Judgement<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// Which of its entries.
    pub entry: &'r Entry,
    /// The words.
    pub span: Span,
    /// The statement that holds them: an index into the outline's statements.
    pub statement: Option<u32>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What comes of a candidate.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is a finding, of this severity, softened for this reason.
    Found(Severity, Option<Ground>),
    /// It is left.
    Left(Ground),
}

/// What a judgement rested on.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Which part of the rule decided.
    pub part: GroundPart,
    /// The place in the document that made it so, where there is one.
    pub span: Option<Span>,
    /// The rule's own words for it.
    pub because: Option<String>,
    /// What it says of a criterion that is left.
    pub shows: Option<Shows>,
}

impl Ground {
    /// A ground of this part at a place, without more to say.
    fn of(part: GroundPart, span: Option<Span>) -> Ground {
        let shows = match part {
            GroundPart::Role(_) => Some(Shows::Required),
            GroundPart::Duty(_) => Some(Shows::Duty),
            GroundPart::Words | GroundPart::Route | GroundPart::TakenBack | GroundPart::Condition => Some(Shows::AnotherWay),
            GroundPart::Leave | GroundPart::Passage => Some(Shows::SomethingElse),
            GroundPart::Where | GroundPart::Other => None,
        };
        Ground { part, span, because: None, shows }
    }
}

/// Which part of a rule decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroundPart {
    /// The words are part of others that the rule leaves (`leave`).
    Leave,
    /// None of the rule's `where` tables holds.
    Where,
    /// A role of the post, by its number, allows it.
    Role(u16),
    /// A duty of the post with this activity bears it out.
    Duty(u16),
    /// Words in the same statement, or beside what was found, allow it: another way in.
    Words,
    /// Another item of the same list is another way in: “one or more of:”.
    Route,
    /// It is asked of some people, or of some posts, only.
    Condition,
    /// Another statement says that it is not asked of everybody.
    TakenBack,
    /// Another key of an `unless` or `soften`.
    Other,
    /// The passage is in another language, or somebody else's words, or no words at all.
    Passage,
}

/// Judges one document of an advert. `whole` are all documents of the advert, since a duty may stand in another of them.
pub fn judge<'r>(reading: Reading, whole: &[Reading], pack: &'r Pack, scan: &Scan, jurisdiction: Jurisdiction) -> Vec<Judgement<'r>> {
    let mut scene = Scene::new(reading, whole, pack, scan, jurisdiction);
    let phrases = scan.candidates.iter().filter(|c| matches!(pack.rules[c.rule as usize].kind, RuleKind::Phrase | RuleKind::Conflict));
    phrases.map(|candidate| judge_one(candidate, &mut scene, scan)).collect()
}

/// Whether a rule applies at a place that it found by other means than phrases, or, with no place, to the whole document.
pub fn applies(rule: &Rule, place: Option<Span>, reading: Reading, whole: &[Reading], (pack, scan): (&Pack, &Scan), jurisdiction: Jurisdiction) -> bool {
    let mut scene = Scene::new(reading, whole, pack, scan, jurisdiction);
    if let Some(span) = place {
        scene.enter(span, statement_at(reading.outline, span));
    }
    (rule.applies.is_empty() || rule.applies.iter().any(|c| scene.holds(c).is_some())) && !rule.unless.iter().any(|c| scene.holds(c).is_some())
}

/// Where one of some context phrases stands in this document, outside the statement that holds `span`.
pub fn elsewhere(phrases: &[u32], span: Span, reading: Reading, pack: &Pack, scan: &Scan) -> Option<Span> {
    let own = statement_at(reading.outline, span);
    scan.first_of(phrases, reading.outline, pack, |span| statement_at(reading.outline, span) != own)
}

fn judge_one<'r>(candidate: &Candidate, scene: &mut Scene<'_, 'r>, scan: &Scan) -> Judgement<'r> {
    let rule = &scene.pack.rules[candidate.rule as usize];
    let entry = &scene.pack.entries[candidate.entry as usize];
    let statement = statement_at(scene.reading.outline, candidate.span);
    scene.enter(candidate.span, statement);
    let outcome = outcome(candidate, rule, entry, scene, scan);
    Judgement { rule, entry, span: candidate.span, statement, outcome }
}

fn outcome(candidate: &Candidate, rule: &Rule, entry: &Entry, scene: &mut Scene, scan: &Scan) -> Outcome {
    if !is_readable(scene) {
        return Outcome::Left(Ground::of(GroundPart::Passage, None));
    }
    if let Some(span) = scan.left(candidate) {
        return Outcome::Left(Ground::of(GroundPart::Leave, Some(span)));
    }
    for applies in [&rule.applies, &entry.applies] {
        if !applies.is_empty() && !applies.iter().any(|c| scene.holds(c).is_some()) {
            let shows = applies.iter().find_map(|c| c.shows);
            return Outcome::Left(Ground { shows, ..Ground::of(GroundPart::Where, None) });
        }
    }
    if let Some(ground) = rule.unless.iter().chain(&entry.unless).find_map(|c| scene.holds(c)) {
        return Outcome::Left(ground);
    }
    if rule.asks_of_person()
        && let Some(ground) = elsewhere::way_in(candidate, scene, scan)
    {
        return Outcome::Left(ground);
    }
    let severity = severity(rule, entry, scene.jurisdiction);
    let softened = rule
        .soften
        .iter()
        .filter(|s| s.to < severity)
        .filter_map(|s| Some((s, scene.holds(&s.when)?)))
        .min_by_key(|(s, ground)| (s.to, ground.shows.is_none()));
    match softened {
        Some((soften, ground)) => Outcome::Found(soften.to, Some(Ground { because: soften.because.clone(), ..ground })),
        None => Outcome::Found(severity, None),
    }
}

/// English, the author's own words, and meant for readers.
fn is_readable(scene: &Scene) -> bool {
    let english = scene.statement().is_none_or(|s| s.language == Language::English);
    let block = scene.block().map(|b| b.kind);
    english && !matches!(block, Some(BlockKind::Code | BlockKind::Quotation))
}

/// An entry's own severity, else the jurisdiction's, else the rule's.
pub fn severity(rule: &Rule, entry: &Entry, jurisdiction: Jurisdiction) -> Severity {
    let by_law = rule.under(jurisdiction).and_then(|change| change.severity);
    entry.severity.or(by_law).unwrap_or(rule.severity)
}

/// How binding a statement is; one that says what is *not* asked binds nobody.
pub fn binding(statement: &Statement) -> Binding {
    if statement.role == StatementRole::Waiver { Binding::Neutral } else { statement.binding }
}

/// The statement that holds the start of a span.
pub fn statement_at(outline: &Outline, span: Span) -> Option<u32> {
    let next = outline.statements.partition_point(|s| s.span.start() <= span.start());
    let at = next.checked_sub(1)?;
    outline.statements[at].span.overlaps(span).then(|| u32::try_from(at).unwrap_or(u32::MAX))
}
