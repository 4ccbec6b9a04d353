//! Pieces of text → statements: what each asks, how binding that is, and what shows it.

use super::reading::{Reading, Words};
use super::sections::{Piece, PieceRole};
use super::sentences::sentences;
use super::wordings::{Binding, Cue, Means, Place, SectionKind, Where};
use super::{Because, Language, Statement, StatementRole};
use crate::document::BlockKind;
use crate::text::{Span, within};

/// A list item is one statement up to this many bytes: what softens a criterion may stand in its second sentence.
const LONG_ITEM: usize = 300;

/// A sentence is not cut more often: no reader could follow, and the cost must not grow.
const MOST_PARTS: usize = 12;

/// The statements of a document.
pub(super) fn statements(reading: &Reading, words: &Words, pieces: &[Piece], languages: &[Language]) -> Vec<Statement> {
    let lists = trait_lists(reading, words, pieces);
    let afters = after_lists(reading, pieces);
    let mut out = Vec::with_capacity(pieces.len() * 2);
    for ((piece, in_trait_list), after_list) in pieces.iter().zip(lists).zip(afters) {
        let language = languages[piece.block as usize];
        let mut maker = Maker { reading, words, piece, in_trait_list, after_list, language, out: &mut out };
        match piece.role {
            PieceRole::Heading => maker.push(piece.span, Judged { role: StatementRole::Heading, ..NEUTRAL }),
            PieceRole::Aside => maker.push(piece.span, NEUTRAL),
            PieceRole::LeadIn => maker.lead_in(),
            PieceRole::Text => maker.text(),
        }
    }
    out
}

/// What a statement was judged to be.
#[derive(Clone, Copy)]
struct Judged {
    role: StatementRole,
    binding: Binding,
    because: Because,
}

const NEUTRAL: Judged = Judged { role: StatementRole::Text, binding: Binding::Neutral, because: Because::Nothing };

/// What words of preference are in a criterion of a section that binds.
enum Aside {
    None,
    /// A statement of their own; what stands before them binds as these implied words would.
    Apart((Span, Cue)),
    /// A remark that changes nothing.
    Within(Span),
}

struct Maker<'a, 'd> {
    reading: &'a Reading<'d>,
    words: &'a Words,
    piece: &'a Piece,
    in_trait_list: bool,
    after_list: bool,
    language: Language,
    out: &'a mut Vec<Statement>,
}

impl Maker<'_, '_> {
    fn push(&mut self, span: Span, judged: Judged) {
        if span.is_empty() {
            return;
        }
        let Judged { role, binding, because } = judged;
        let condition = within(&self.words.conditions, span, |s| *s).next().copied();
        let (block, section, language) = (self.piece.block, Some(self.piece.section), self.language);
        self.out.push(Statement { span, block, section, binding, because, language, role, route: None, condition });
    }

    fn text(&mut self) {
        let span = self.piece.span;
        if self.is_caption(span) {
            return self.push(span, Judged { role: StatementRole::Heading, ..NEUTRAL });
        }
        if self.is_item() && span.len() <= LONG_ITEM {
            return self.sentence(span);
        }
        for sentence in sentences(self.reading.document.text().as_str(), span) {
            self.sentence(sentence);
        }
    }

    /// “Leading and communicating:” over a part of a list.
    fn is_caption(&self, span: Span) -> bool {
        let text = self.reading.document.slice(span);
        text.ends_with(':')
            && text.split_whitespace().count() <= 8
            && self.cues(span).iter().all(|(_, c)| matches!(c.means, Means::Trait | Means::Duty | Means::Offer))
    }

    fn is_item(&self) -> bool {
        matches!(self.reading.document.blocks()[self.piece.block as usize].kind, BlockKind::Item(_))
    }

    /// “You will have:” only opens its list; “You will be a young graduate with:” asks something itself.
    fn lead_in(&mut self) {
        let n_words = self.reading.folded(self.piece.span).split_whitespace().count();
        let cues = self.cues(self.piece.span);
        let asks = cues.iter().any(|(_, c)| matches!(c.means, Means::Asks | Means::Mandatory | Means::Expected | Means::Preferred));
        if n_words > 12 && asks {
            self.sentence(self.piece.span);
        } else {
            self.push(self.piece.span, Judged { role: StatementRole::Heading, ..NEUTRAL });
        }
    }

    /// A sentence, in parts where it speaks of two bindings.
    fn sentence(&mut self, span: Span) {
        let mut cues = self.cues(span);
        let mut from = span.start();
        let mut open = None;
        match self.aside(span, &cues) {
            Aside::None => {}
            Aside::Apart(implied) => open = Some(implied),
            Aside::Within(words) => cues.retain(|(at, _)| *at != words),
        }
        let mut n_parts = 0;
        for cue in cues.iter().filter(|(_, c)| class(c.means).is_some()) {
            if n_parts < MOST_PARTS
                && let Some(before) = open
                && class(before.1.means) != class(cue.1.means)
                && let Some(at) = self.boundary(from, before, *cue)
            {
                self.part(self.bare(from..at), &cues);
                n_parts += 1;
                from = at;
            }
            open = Some(*cue);
        }
        self.part(self.bare(from..span.end()), &cues);
    }

    /// Without white space, a bracket that opens or closes nothing, or a link to the next part.
    fn bare(&self, range: std::ops::Range<usize>) -> Span {
        let text = self.reading.document.text();
        let mut span = text.trim(Span::of(range));
        let words = self.reading.document.slice(span);
        let closes = !words.contains('(') && words.strip_suffix(')').is_some_and(|w| w.ends_with(char::is_alphanumeric));
        if words.ends_with('(') || closes {
            span = text.trim(Span::of(span.start()..span.end() - 1));
        }
        Span::of(span.start()..span.start() + without_join(self.reading.document.slice(span)).len())
    }

    /// A criterion binds as its section says until other words come: “A degree, preferably in law” is two criteria.
    fn aside(&self, span: Span, cues: &[(Span, Cue)]) -> Aside {
        let means = match self.piece.announced.binding {
            Binding::Mandatory => Means::Mandatory,
            Binding::Expected => Means::Expected,
            _ if self.in_trait_list => Means::Mandatory,
            _ => return Aside::None,
        };
        let Some((first, cue)) = cues.iter().find(|(_, c)| class(c.means).is_some()).filter(|(_, c)| c.means == Means::Preferred) else { return Aside::None };
        let before = self.reading.document.slice(Span::of(span.start()..first.start()));
        let implied = (Span::of(span.start()..span.start()), Cue { means, place: Place::Before, reach: Where::Person });
        if cue.place == Place::Before && joins_on(before) {
            return Aside::Apart(implied);
        }
        if before.len() <= 12 {
            return Aside::None;
        }
        if before.contains("; ") || before.contains(". ") {
            return Aside::Apart(implied);
        }
        // “A year in care (two desirable)”: the bracket is an aside; “Excel (ideally advanced) and Word” goes on behind it.
        if before.rfind('(').is_some_and(|open| open > 12 && !before[open..].contains(')')) {
            let behind = self.reading.document.slice(Span::of(first.end()..span.end())).split_once(')').map_or("", |(_, behind)| behind);
            return if behind.contains(char::is_alphanumeric) { Aside::Within(*first) } else { Aside::Apart(implied) };
        }
        // “…, with experience of it in science preferred” is a clause of its own.
        if cue.place == Place::After && before.rfind(", ").is_some_and(|comma| comma > 12 && before[comma..].starts_with(", with ")) {
            return Aside::Apart(implied);
        }
        if cue.place != Place::Before || !before.trim_end().ends_with([',', '(', '-', '\u{2013}', '\u{2014}']) {
            return Aside::None;
        }
        // Another way in may stand behind those words, and is meant for the whole.
        let tail = self.reading.folded(Span::of(first.end()..span.end()));
        if tail.contains(" or ") { Aside::Within(*first) } else { Aside::Apart(implied) }
    }

    /// Where a sentence with two bindings is cut: at a sentence's end, before words that stand before what they bind, behind
    /// words that stand behind it, else at the last comma or “and” between.
    fn boundary(&self, from: usize, (a, first): (Span, Cue), (b, second): (Span, Cue)) -> Option<usize> {
        if b.start() <= a.end() {
            return None;
        }
        let text = self.reading.document.text().as_str();
        let between = text.get(a.end()..b.start())?;
        let stop = [". ", "; ", "! ", "? ", "\n"].iter().filter_map(|m| between.rfind(m).map(|at| at + m.len())).max();
        let at = match (first.place, second.place) {
            _ if stop.is_some() => a.end() + stop?,
            (_, Place::Before | Place::Start) => b.start(),
            (Place::After, Place::After) => {
                let skip = between.len() - between.trim_start_matches([')', ',', '.', ' ']).len();
                a.end() + skip
            }
            _ => a.end() + [", ", " and ", " but ", " - ", " \u{2013} ", "("].iter().filter_map(|m| between.rfind(m).map(|at| at + m.len())).max()?,
        };
        (at > from && at < self.piece.span.end()).then_some(at)
    }

    fn part(&mut self, span: Span, cues: &[(Span, Cue)]) {
        // A gap that a template's author has yet to fill.
        let text = self.reading.document.slice(span);
        if text.starts_with("{{") && text.ends_with("}}") {
            return self.push(span, NEUTRAL);
        }
        let own: Vec<(Span, Cue)> = cues.iter().filter(|(s, _)| span.contains(*s)).copied().collect();
        let judged = self.judge(span, &own);
        self.push(span, judged);
    }

    fn judge(&self, span: Span, cues: &[(Span, Cue)]) -> Judged {
        let first = |means: Means| cues.iter().find(|(_, c)| c.means == means).map(|(s, _)| *s);
        let own = |binding, words| Judged { role: StatementRole::Criterion, binding, because: Because::OwnWords(words) };
        if let Some((binding, mark)) = self.end_mark(span) {
            return own(binding, mark);
        }
        if let Some(words) = first(Means::Preferred) {
            return own(Binding::Preferred, words);
        }
        if let Some(words) = first(Means::Mandatory) {
            return own(Binding::Mandatory, words);
        }
        if let Some(words) = first(Means::Waiver) {
            return Judged { role: StatementRole::Waiver, binding: Binding::Neutral, because: Because::OwnWords(words) };
        }
        if let Some(words) = first(Means::Expected).filter(|_| self.piece.announced.kind != SectionKind::Desirable) {
            return own(Binding::Expected, words);
        }
        self.by_section(span, cues)
    }

    fn by_section(&self, span: Span, cues: &[(Span, Cue)]) -> Judged {
        let announced = self.piece.announced;
        if cues.iter().any(|(_, c)| c.means == Means::Procedure) {
            return NEUTRAL;
        }
        let asks = cues.iter().find(|(_, c)| c.means == Means::Asks);
        let others = || cues.iter().find(|(_, c)| matches!(c.means, Means::Asks | Means::Duty | Means::Offer | Means::Trait));
        // “We are looking for someone who …” begins like a word about the employer.
        let leading = asks
            .filter(|_| announced.kind.asks_of_person() || others().is_some_and(|(_, c)| matches!(c.means, Means::Offer | Means::Trait)))
            .or_else(others)
            .copied();
        let duty = Judged { role: StatementRole::Duty, ..NEUTRAL };
        if announced.kind.asks_of_person() {
            let speaks_of_else = leading.is_some_and(|(_, c)| c.means == Means::Offer || c.means == Means::Duty && c.place == Place::Before)
                || self.after_list && leading.is_none();
            let aside = speaks_of_else && !self.is_fragment(span) || self.is_key(span, cues);
            if aside {
                let is_duty = leading.is_some_and(|(_, c)| c.means == Means::Duty);
                return if is_duty { duty } else { NEUTRAL };
            }
            return Judged { role: StatementRole::Criterion, binding: announced.binding, because: self.piece.because };
        }
        let listens = matches!(announced.kind, SectionKind::Other | SectionKind::About | SectionKind::Responsibilities | SectionKind::Conditions);
        match leading {
            Some((words, cue)) if cue.means == Means::Asks && listens => {
                Judged { role: StatementRole::Criterion, binding: Binding::Mandatory, because: Because::OwnWords(words) }
            }
            _ if self.in_trait_list => Judged { role: StatementRole::Criterion, binding: Binding::Mandatory, because: Because::Nothing },
            Some((_, cue)) if cue.means == Means::Duty && listens && announced.kind != SectionKind::Conditions => duty,
            Some((_, cue)) if cue.means == Means::Offer => NEUTRAL,
            _ if announced.kind == SectionKind::Responsibilities && (!announced.mixed || self.is_item()) => duty,
            _ => NEUTRAL,
        }
    }

    /// List items, cells and lines without a verb of their own are criteria whatever they begin with.
    fn is_fragment(&self, span: Span) -> bool {
        let block = &self.reading.document.blocks()[self.piece.block as usize];
        let ends = self.reading.document.slice(span).ends_with(['.', '!']);
        matches!(block.kind, BlockKind::Item(_)) || block.cell.is_some() && !ends
    }

    /// “E = essential, D = desirable”, “* denotes an essential criterion”: a key to the marks.
    fn is_key(&self, span: Span, cues: &[(Span, Cue)]) -> bool {
        let text = self.reading.folded(span);
        let explains = text.contains('=') || text.starts_with("key");
        explains && text.len() < 120 && (text.contains("essential") || text.contains("desirable")) && cues.len() < 4
    }

    /// “… (E)”, “… [D]” at a statement's end or start.
    fn end_mark(&self, span: Span) -> Option<(Binding, Span)> {
        let text = self.reading.document.slice(span);
        let bare = text.trim_end_matches(['.', ';', ',', ' ']);
        let marks = [("(E)", Binding::Mandatory), ("[E]", Binding::Mandatory), ("(D)", Binding::Preferred), ("[D]", Binding::Preferred)];
        for (mark, binding) in marks {
            if bare.ends_with(mark) && bare.len() > mark.len() {
                return Some((binding, Span::of(span.start() + bare.len() - mark.len()..span.start() + bare.len())));
            }
            if text.starts_with(mark) && text.len() > mark.len() + 2 {
                return Some((binding, Span::of(span.start()..span.start() + mark.len())));
            }
        }
        None
    }

    /// The cues that count in a statement, in order: where two overlap, the longer.
    fn cues(&self, span: Span) -> Vec<(Span, Cue)> {
        let context = context(self.piece);
        let mut kept: Vec<(Span, Cue)> = Vec::new();
        for (at, cue) in within(&self.words.cues, span, |(s, _)| *s).copied() {
            let placed = cue.place != Place::Start || self.starts(span, at);
            if !placed || cue.reach < context && cue.means != Means::Nothing {
                continue;
            }
            let shorter = |k: &(Span, Cue)| k.0.overlaps(at) && (k.0.len() < at.len() || k.0.len() == at.len() && cue.means == Means::Nothing);
            if kept.iter().rev().take_while(|k| k.0.overlaps(at)).all(shorter) {
                while kept.last().is_some_and(|k| k.0.overlaps(at)) {
                    kept.pop();
                }
                kept.push((at, cue));
            }
        }
        kept.retain(|(_, c)| c.means != Means::Nothing);
        kept
    }

    /// Whether words stand at a statement's start, or behind no more than a mark or “and”.
    fn starts(&self, statement: Span, words: Span) -> bool {
        starts(self.reading, statement, words)
    }
}

/// Whether words end in “… and” or “… and would”: what follows is a criterion of its own.
fn joins_on(before: &str) -> bool {
    let bare = without_join(before);
    bare.len() > 6 && bare.len() < before.trim_end().len()
}

/// “Experience of payroll, and would” → “Experience of payroll”.
fn without_join(words: &str) -> &str {
    let mut rest = words.trim_end();
    while let Some((shorter, word)) = rest.rsplit_once(' ') {
        match word {
            "you" | "would" | "will" | "should" | "could" | "you'd" | "you’d" | "you'll" | "you’ll" => rest = shorter.trim_end(),
            "and" | "&" => return shorter.trim_end().trim_end_matches(',').trim_end(),
            _ => break,
        }
    }
    words.trim_end()
}

fn starts(reading: &Reading, statement: Span, words: Span) -> bool {
    if words.start() > statement.start() + 12 {
        return false;
    }
    let before = reading.document.slice(Span::of(statement.start()..words.start()));
    let before = before.trim_matches(|c: char| !c.is_alphanumeric());
    before.is_empty() || matches!(before, "And" | "and" | "As" | "So" | "Also" | "But" | "Do" | "That")
}

/// The narrowest reach that a cue needs to count in a piece.
fn context(piece: &Piece) -> Where {
    match piece.announced.kind {
        SectionKind::Essential | SectionKind::Desirable => Where::Person,
        SectionKind::Responsibilities if !piece.announced.mixed => Where::Anywhere,
        SectionKind::Benefits | SectionKind::Apply | SectionKind::Equality => Where::Anywhere,
        _ => Where::Prose,
    }
}

/// The classes of cues that cut a sentence where they meet.
fn class(means: Means) -> Option<Means> {
    matches!(means, Means::Mandatory | Means::Expected | Means::Preferred | Means::Waiver).then_some(means)
}

/// For each piece, whether it stands in a list most of whose items read like criteria, though no heading says so.
fn trait_lists(reading: &Reading, words: &Words, pieces: &[Piece]) -> Vec<bool> {
    let blocks = reading.document.blocks();
    let may_list = |p: &Piece| is_open(p) || p.announced.kind == SectionKind::Responsibilities;
    let open = |p: &Piece| p.role == PieceRole::Text && matches!(blocks[p.block as usize].kind, BlockKind::Item(_)) && may_list(p);
    let mut out = Vec::with_capacity(pieces.len());
    for run in pieces.chunk_by(|a, b| open(a) == open(b) && a.section == b.section) {
        let is_list = run.first().is_some_and(open);
        let traits = if is_list { run.iter().filter(|p| reads_like_trait(reading, words, p.span)).count() } else { 0 };
        // Under a heading that speaks of duties alone nearly all of them must.
        let among_duties = run.first().is_some_and(|p| !is_open(p));
        let enough = if among_duties { traits >= 4 && 5 * traits >= 4 * run.len() } else { traits >= 1 && 2 * traits >= run.len() };
        out.resize(out.len() + run.len(), is_list && enough);
    }
    out
}

/// For each piece, whether it is a paragraph behind the list or table of its section: what is still asked there says so.
fn after_lists(reading: &Reading, pieces: &[Piece]) -> Vec<bool> {
    let blocks = reading.document.blocks();
    let mut listed = None;
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let block = &blocks[piece.block as usize];
        let in_list = matches!(block.kind, BlockKind::Item(_)) || block.cell.is_some();
        if piece.role == PieceRole::Heading && !in_list {
            listed = None;
        }
        out.push(!in_list && listed == Some(piece.announced.kind));
        if in_list {
            listed = Some(piece.announced.kind);
        }
    }
    out
}

fn is_open(piece: &Piece) -> bool {
    let announced = piece.announced;
    announced.kind == SectionKind::Other || announced.kind == SectionKind::Responsibilities && announced.mixed
}

fn reads_like_trait(reading: &Reading, words: &Words, span: Span) -> bool {
    within(&words.cues, span, |(s, _)| *s).any(|(at, cue)| matches!(cue.means, Means::Trait) && starts(reading, span, *at))
}
