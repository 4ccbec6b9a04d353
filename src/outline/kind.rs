//! What kind of document it is: only adverts can lack a closing date, and a README is nobody's advert.

use super::reading::{Reading, Words};
use super::wordings::{SectionKind, Sign};
use super::{Kind, Section, Statement, StatementRole};
use crate::document::BlockKind;

/// A text shorter than this is linted unless it is plainly about something else: somebody tries a sentence.
const FRAGMENT: usize = 600;

/// Tells the kind of a document.
pub(super) fn kind(reading: &Reading, words: &Words, sections: &[Section], statements: &[Statement]) -> Kind {
    let has = |kind: SectionKind| sections.iter().any(|s| s.kind == kind);
    let count = |role: StatementRole| statements.iter().filter(|s| s.role == role).count();
    let (criteria, duties) = (count(StatementRole::Criterion), count(StatementRole::Duty));
    let sign = |of: Sign| words.signs.iter().filter(|(_, s)| *s == of).count();
    let (invites, offers) = (sign(Sign::Invite), sign(Sign::Offer));
    let named = [SectionKind::Apply, SectionKind::Benefits, SectionKind::Equality].into_iter().filter(|k| has(*k)).count();
    if is_other(reading, sign(Sign::Other), invites + offers + sign(Sign::Job), criteria + duties, named) {
        return Kind::Other;
    }
    let is_advert = invites >= 2 || invites >= 1 && (offers >= 1 || named > 0) || named >= 2 || has(SectionKind::Apply) && offers >= 1;
    match () {
        () if is_advert => Kind::Advert,
        () if has(SectionKind::Responsibilities) || duties > criteria || criteria == 0 => Kind::JobDescription,
        () => Kind::PersonSpecification,
    }
}

/// Code, a README, a letter: long, and hardly a word about a job.
fn is_other(reading: &Reading, foreign: usize, signs: usize, asked: usize, named: usize) -> bool {
    let blocks = reading.document.blocks();
    let len = reading.document.text().as_str().len();
    let code: usize = blocks.iter().filter(|b| b.kind == BlockKind::Code).map(|b| b.span.len()).sum();
    let rare = signs * 400 < len;
    let mostly_code = 2 * code > len && signs < 4;
    // Short, and plainly about something else.
    let elsewhere = foreign >= 2 && signs == 0 && asked == 0;
    mostly_code || elsewhere || len > FRAGMENT && rare && named < 2 && (foreign >= 2 || asked < 3) || foreign >= 4 && foreign > signs
}
