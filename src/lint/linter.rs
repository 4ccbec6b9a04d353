//! The linter: one advert in, a report for each of its documents out.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::acronym::acronyms;
use super::contradiction::Lines;
use super::measure::{self, Whole};
use super::repeated::repeated;
use super::shape::{names_a_contact, names_a_place};
use super::{Finding, Fingerprint, JurisdictionFrom, Related, Report, Scores, Settings, fingerprint, rewrite, score, suppress};
use crate::criteria::{Criterion, criteria};
use crate::document::Document;
use crate::judge::{self, GroundPart, Judgement, JurisdictionReader, Outcome, Patterns, Reading, Scan, binding, statement_at};
use crate::outline::{Binding, Outline, SectionKind, Statement, Wordings, outline, outline_in};
use crate::phrase::Matcher;
use crate::rules::{Entry, Fact, Jurisdiction, Pack, Rule, RuleKind, Ruleset, Severity};
use crate::text::{Folded, Span};

/// One document, or several that belong together: advert, description, specification. A duty in one of them bears out a
/// criterion in another.
#[derive(Clone, Debug)]
pub struct Advert {
    documents: Vec<Document>,
}

impl Advert {
    /// An advert of these documents.
    pub fn new(documents: Vec<Document>) -> Advert {
        Advert { documents }
    }

    /// Its documents, in the order in which [`Linter::check`] reports on them.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }
}

/// What is kept of an advert for the next version of it, so that [`Linter::recheck`] looks only through lines that have changed.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The matching view of each document.
    texts: Vec<Folded>,
}

/// Lints adverts by some rules under some settings. One linter serves any number of adverts, from any number of threads.
///
/// ```
/// use jdlint::{Advert, Document, Format, Linter, Ruleset, Settings, Severity};
///
/// let read = |text: &str| Document::read(text.as_bytes(), Format::Markdown);
/// let settings = Settings { select: vec!["prerequisite.driving".to_owned()], ..Settings::default() };
/// let linter = Linter::new(Ruleset::embedded(), settings);
/// let specification = read("# Harbour Officer\n\n## Essential\n\n- Full driving licence\n")?;
/// let alone = linter.check(&Advert::new(vec![specification.clone()]));
/// assert_eq!(alone[0].findings[0].severity, Severity::Warning);
///
/// // The job description of the same post bears it out: then it is only worth a thought.
/// let description = read("# Harbour Officer\n\n## Main duties\n\n- Drive a van between the berths\n")?;
/// let together = linter.check(&Advert::new(vec![specification, description]));
/// assert_eq!(together[0].findings[0].severity, Severity::Info);
/// # Ok::<(), jdlint::ReadError>(())
/// ```
#[derive(Debug)]
pub struct Linter {
    rules: Arc<Compiled>,
    settings: Settings,
}

/// Rules and what goes with them, which linters under different settings share.
#[derive(Debug)]
struct Compiled {
    ruleset: Ruleset,
    wordings: Wordings,
    patterns: Vec<Patterns>,
    /// Reads the jurisdiction from the documents, once that is asked for.
    reader: OnceLock<JurisdictionReader>,
}

/// A document to be linted, the whole advert that it belongs to, and by whose law.
#[derive(Clone, Copy)]
struct Case<'a> {
    reading: Reading<'a>,
    whole: &'a [Reading<'a>],
    jurisdiction: Jurisdiction,
}

impl Linter {
    /// A linter by these rules.
    pub fn new(ruleset: Ruleset, settings: Settings) -> Linter {
        let patterns = ruleset.packs().iter().map(Patterns::new).collect();
        Linter { rules: Arc::new(Compiled { ruleset, wordings: Wordings::embedded(), patterns, reader: OnceLock::new() }), settings }
    }

    /// A linter by the same rules under other settings, which costs next to nothing.
    #[must_use]
    pub fn under(&self, settings: Settings) -> Linter {
        Linter { rules: Arc::clone(&self.rules), settings }
    }

    /// The rules.
    pub fn ruleset(&self) -> &Ruleset {
        &self.rules.ruleset
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Names of roles and activities that outlines speak of.
    pub fn wordings(&self) -> &Wordings {
        &self.rules.wordings
    }

    /// How a document is understood.
    pub fn outline(&self, document: &Document) -> Outline {
        outline(document, &self.rules.wordings)
    }

    /// Lints an advert: a report for each of its documents, in order.
    pub fn check(&self, advert: &Advert) -> Vec<Report> {
        let outlines = advert.documents.iter().map(|d| self.outline(d)).collect();
        self.reports(advert, outlines, advert.documents.len())
    }

    /// Lints the first document of an advert, as [`Linter::check`] does, in less time where it has been linted before and little
    /// has changed since; `None` for an advert without documents.
    ///
    /// ```
    /// use jdlint::{Advert, Document, Format, Linter, Memory, Ruleset, Settings};
    ///
    /// let linter = Linter::new(Ruleset::embedded(), Settings::default());
    /// let mut memory = Memory::default();
    /// for (text, expected) in [("We need a chairman.\n\nCall us.\n", 1), ("We need a chair.\n\nCall us.\n", 0)] {
    ///     let advert = Advert::new(vec![Document::read(text.as_bytes(), Format::Text)?]);
    ///     let report = linter.recheck(&advert, &mut memory).expect("there is a document");
    ///     assert_eq!(report.findings.iter().filter(|f| f.rule.as_str() == "gendered.title").count(), expected);
    /// }
    /// # Ok::<(), jdlint::ReadError>(())
    /// ```
    pub fn recheck(&self, advert: &Advert, memory: &mut Memory) -> Option<Report> {
        let before = std::mem::take(&mut memory.texts);
        memory.texts = advert.documents.iter().enumerate().map(|(n, d)| Folded::version(d.text().as_str(), before.get(n))).collect();
        let outlines = advert.documents.iter().zip(&memory.texts).map(|(d, folded)| outline_in(d, folded.clone(), &self.rules.wordings)).collect();
        self.reports(advert, outlines, 1).into_iter().next()
    }

    /// Reports on the first documents of an advert.
    fn reports(&self, advert: &Advert, outlines: Vec<Outline>, n_documents: usize) -> Vec<Report> {
        let readings: Vec<Reading> = advert.documents.iter().zip(&outlines).map(|(document, outline)| Reading { document, outline }).collect();
        let (jurisdiction, notice) = self.jurisdiction(&readings);
        let case = |reading| Case { reading, whole: &readings, jurisdiction };
        let mut reports: Vec<Report> = readings.iter().take(n_documents).map(|r| self.check_one(case(*r))).collect();
        for (report, outline) in reports.iter_mut().zip(outlines) {
            report.outline = outline;
            report.notices.extend(notice.clone());
        }
        reports
    }

    /// Whose law an advert is read by; where that was read from the advert itself, what told it.
    fn jurisdiction(&self, readings: &[Reading]) -> (Jurisdiction, Option<String>) {
        let fallback = self.settings.jurisdiction;
        if self.settings.jurisdiction_from == JurisdictionFrom::Settings {
            return (fallback, None);
        }
        let reader = self.rules.reader.get_or_init(JurisdictionReader::embedded);
        match reader.read(readings) {
            Some(told) => (told.jurisdiction, Some(format!("read by the law of {}, going by {}", told.jurisdiction.name(), told.by.join(", ")))),
            None => (fallback, Some(format!("nothing tells whose law is meant, so this was read by that of {}", fallback.name()))),
        }
    }

    /// What became of the words of a rule in the first document of an advert.
    pub(super) fn outcomes(&self, advert: &Advert, rule: &Rule) -> Vec<(Span, Outcome)> {
        let Some(document) = advert.documents.first() else { return Vec::new() };
        let outline = self.outline(document);
        let reading = Reading { document, outline: &outline };
        let mut outcomes = Vec::new();
        for (pack, patterns) in self.rules.ruleset.packs().iter().zip(&self.rules.patterns) {
            let scan = Scan::new(document, &outline, pack, patterns);
            let judgements = judge::judge(reading, &[reading], pack, &scan, self.settings.jurisdiction);
            outcomes.extend(judgements.into_iter().filter(|j| j.rule.id == rule.id).map(|j| (j.span, j.outcome)));
        }
        outcomes
    }

    fn check_one(&self, case: Case) -> Report {
        let Case { reading, whole, jurisdiction } = case;
        let packs = self.rules.ruleset.packs().iter().zip(&self.rules.patterns);
        let scans: Vec<(&Pack, Scan)> = packs.map(|(pack, patterns)| (pack, Scan::new(reading.document, reading.outline, pack, patterns))).collect();
        let judged: Vec<Vec<Judgement>> = scans.iter().map(|(pack, scan)| judge::judge(reading, whole, pack, scan, jurisdiction)).collect();
        let all = if let [one] = judged.as_slice() { Cow::Borrowed(one.as_slice()) } else { Cow::Owned(judged.concat()) };
        let criteria = criteria(reading, &all);
        let figures = Whole::of(reading);
        let mut findings = Vec::new();
        for ((pack, scan), judgements) in scans.iter().zip(&judged) {
            findings.extend(judgements.iter().filter_map(|j| self.finding(j, case, pack, scan)));
            self.whole_document(&mut findings, (&criteria, &figures), case, (pack, scan));
        }
        let gender = scans.iter().find_map(|(pack, scan)| score::score(reading, pack, scan));
        let findings = longest_of_each_group(findings).into_iter().map(|draft| complete(draft, case)).collect();
        let scores = Scores { gender, words: figures.words, mandatory_criteria: figures.mandatory, reading_grade: figures.reading_grade };
        self.report(findings, criteria, scores, case)
    }

    fn report(&self, mut findings: Vec<Finding>, criteria: Vec<Criterion>, scores: Scores, case: Case) -> Report {
        let reading = case.reading;
        fingerprint::fingerprint(&mut findings, reading.outline, reading.document.text());
        let suppressed = suppress::suppress(&mut findings, reading.document, reading.outline, &self.rules.ruleset, &self.settings);
        let notices = reading.document.notices().iter().map(|n| n.0.clone()).chain(reading.outline.notices.iter().cloned()).chain(suppressed.idle).collect();
        Report {
            kind: reading.outline.kind,
            jurisdiction: case.jurisdiction,
            findings,
            suppressed: suppressed.n,
            allowed: suppressed.allowed,
            scores,
            criteria,
            notices,
            outline: Outline::empty(),
        }
    }

    /// A judged candidate as a finding, if it is one and its rule was asked for.
    fn finding<'r>(&self, judgement: &Judgement<'r>, case: Case, pack: &Pack, scan: &Scan) -> Option<Draft<'r>> {
        let Outcome::Found(severity, softened) = &judgement.outcome else { return None };
        if !self.settings.selects(judgement.rule) {
            return None;
        }
        let mut related = Vec::new();
        if judgement.rule.kind == RuleKind::Conflict {
            let other = judge::elsewhere(&judgement.entry.against, judgement.span, case.reading, pack, scan)?;
            related.push(Related { message: "the other half".to_owned(), span: other });
        }
        let mut draft = self.place(judgement.rule, Some(judgement.entry), judgement.span, *severity, case);
        if let Some(ground) = softened {
            if let Some(because) = &ground.because {
                draft.finding.message = format!("{}; {because}", draft.finding.message);
            }
            if let (GroundPart::Duty(_), Some(span)) = (ground.part, ground.span) {
                related.push(Related { message: "this duty bears it out".to_owned(), span });
            }
        }
        related.extend(self.why_binding(judgement, case.reading));
        draft.finding.related = related;
        Some(draft)
    }

    /// The heading, column or words that make a criterion binding, for rules that ask for it.
    fn why_binding(&self, judgement: &Judgement, reading: Reading) -> Option<Related> {
        let asks = judgement.rule.applies.iter().any(|c| !c.binding.is_empty());
        let statement = &reading.outline.statements[judgement.statement? as usize];
        let span = statement.because.span().filter(|s| asks && !statement.span.contains(*s))?;
        Some(Related { message: "this makes it a requirement".to_owned(), span })
    }

    /// A finding of a rule at a place; the settings' severity wins.
    fn place<'r>(&self, rule: &'r Rule, entry: Option<&'r Entry>, span: Span, severity: Severity, case: Case) -> Draft<'r> {
        let outline = case.reading.outline;
        let statement = statement_of(span, outline);
        let section = statement.and_then(|s| s.section).and_then(|s| outline.sections.get(s as usize)).map_or(SectionKind::Other, |s| s.kind);
        let message = rule.under(case.jurisdiction).and_then(|c| c.message.as_ref()).or(entry.and_then(|e| e.message.as_ref())).unwrap_or(&rule.message);
        let finding = Finding {
            rule: rule.id.clone(),
            severity: self.settings.severity(rule).unwrap_or(severity),
            span,
            message: message.replace("{text}", case.reading.document.slice(span)),
            why: String::new(),
            audiences: Vec::new(),
            fixes: Vec::new(),
            related: Vec::new(),
            sources: Vec::new(),
            binding: statement.map_or(Binding::Neutral, binding),
            section,
            fingerprint: Fingerprint::default(),
        };
        Draft { finding, rule, entry }
    }

    /// What belongs to the whole document: what is missing, figures, acronyms, what is asked again or contradicts itself.
    fn whole_document<'r>(&self, findings: &mut Vec<Draft<'r>>, (criteria, figures): (&[Criterion], &Whole), case: Case, (pack, scan): (&'r Pack, &Scan)) {
        let Case { reading, whole, jurisdiction } = case;
        for (number, rule) in pack.rules.iter().enumerate().filter(|(_, r)| self.settings.selects(r)) {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let applies = |place| judge::applies(rule, place, reading, whole, (pack, scan), jurisdiction);
            let severity = rule.under(jurisdiction).and_then(|change| change.severity).unwrap_or(rule.severity);
            match &rule.kind {
                RuleKind::Absence(fact) if !scan.has(number) && applies(None) && !states(reading, *fact, &pack.known) => {
                    findings.push(self.place(rule, None, Span::of(0..0), severity, case));
                }
                RuleKind::Measure(figure) => {
                    let all = if applies(None) { measure::figures(&figure.figure, reading, figures) } else { Vec::new() };
                    for one in all {
                        let above = |limit: Option<f64>| limit.is_some_and(|l| one.value > l);
                        let severity = if above(figure.warning) { Severity::Warning } else { Severity::Info };
                        if above(figure.warning) || above(figure.info) {
                            let mut draft = self.place(rule, None, one.span, severity, case);
                            draft.finding.message = draft.finding.message.replace("{value}", &one.value.to_string());
                            findings.push(draft);
                        }
                    }
                }
                RuleKind::Acronym => {
                    for span in acronyms(reading, &pack.known).into_iter().filter(|s| applies(Some(*s))) {
                        findings.push(self.place(rule, None, span, severity, case));
                    }
                }
                RuleKind::Repeated if applies(None) => {
                    let again = repeated(criteria, reading);
                    findings.extend(again.into_iter().map(|a| self.with_other(rule, &rule.message, (a.span, a.first), severity, case)));
                }
                RuleKind::Conflict if !rule.figures.is_empty() && applies(None) => {
                    let lines = Lines::of(reading);
                    let pairs = rule.figures.iter().filter_map(|(figure, message)| Some((lines.contradiction(*figure, jurisdiction)?, message)));
                    findings.extend(pairs.map(|(c, message)| self.with_other(rule, message, (c.span, c.other), severity, case)));
                }
                _ => {}
            }
        }
    }

    /// A finding that another place bears on.
    fn with_other<'r>(&self, rule: &'r Rule, message: &str, (span, other): (Span, Span), severity: Severity, case: Case) -> Draft<'r> {
        let mut draft = self.place(rule, None, span, severity, case);
        draft.finding.message = message.replace("{text}", case.reading.document.slice(span));
        draft.finding.related.push(Related { message: "the other half".to_owned(), span: other });
        draft
    }
}

/// A finding that may give way to a longer one, and is therefore not yet [`complete`].
struct Draft<'r> {
    finding: Finding,
    rule: &'r Rule,
    entry: Option<&'r Entry>,
}

/// With its reason, who it is about, its sources and its rewrites.
fn complete(draft: Draft, case: Case) -> Finding {
    let Draft { finding, rule, entry } = draft;
    let (span, reading) = (finding.span, case.reading);
    let statement = statement_of(span, reading.outline).map(|s| s.span);
    Finding {
        why: rule.why.clone(),
        audiences: rule.audiences.clone(),
        sources: rule.sources.iter().chain(rule.under(case.jurisdiction).iter().flat_map(|c| &c.sources)).cloned().collect(),
        fixes: entry.map(|e| rewrite::fixes(e, span, statement, reading.document.text())).unwrap_or_default(),
        ..finding
    }
}

/// The statement that holds a finding, where it is one of a place.
fn statement_of(span: Span, outline: &Outline) -> Option<&Statement> {
    statement_at(outline, span).filter(|_| !span.is_empty()).map(|s| &outline.statements[s as usize])
}

/// Whether an absence rule's fact stands in a job board's data beside the text, or is told otherwise than by words of the rule.
fn states(reading: Reading, fact: Option<Fact>, known: &Matcher) -> bool {
    let facts = reading.document.facts();
    match fact {
        Some(Fact::Pay) => facts.pay.is_some(),
        Some(Fact::Hours) => facts.hours.is_some(),
        Some(Fact::Place) => facts.place.is_some() || names_a_place(reading, known),
        Some(Fact::Contact) => names_a_contact(reading),
        Some(Fact::Closes) => facts.closes.is_some(),
        None => false,
    }
}

/// By place; of overlapping findings of one group the longest stays. Findings of the whole document come first.
fn longest_of_each_group(mut drafts: Vec<Draft>) -> Vec<Draft> {
    let place = |draft: &Draft| (draft.finding.span.start(), std::cmp::Reverse(draft.finding.span.end()));
    drafts.sort_by(|a, b| (place(a), &a.rule.id).cmp(&(place(b), &b.rule.id)));
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (span, severity) = (draft.finding.span, draft.finding.severity);
        let rival = kept.iter_mut().rev().take(24).find(|k| k.finding.span.overlaps(span) && k.rule.id.group() == draft.rule.id.group());
        match rival {
            Some(rival) if (rival.finding.span.len(), rival.finding.severity) >= (span.len(), severity) => {}
            Some(rival) => *rival = draft,
            None => kept.push(draft),
        }
    }
    kept.sort_by(|a, b| (a.finding.span.start(), &a.rule.id).cmp(&(b.finding.span.start(), &b.rule.id)));
    kept
}
