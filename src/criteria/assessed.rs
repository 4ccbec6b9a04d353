//! A criterion's place → how it is assessed: the cell of its row under “Assessed by”, or the letters at its end (“A/I”).

use crate::document::Cell;
use crate::judge::Reading;
use crate::outline::Statement;
use crate::text::Span;

/// A header has few words.
const LONGEST_HEADER: usize = 80;

pub(super) fn assessed(statement: &Statement, part: Span, reading: Reading) -> Option<Span> {
    letters(part, reading).or_else(|| letters(statement.span, reading)).or_else(|| cell(statement, reading))
}

/// The cell of the same row whose column says how criteria are assessed.
fn cell(statement: &Statement, reading: Reading) -> Option<Span> {
    let document = reading.document;
    let cells = document.cells();
    let own = cells.get(document.blocks()[statement.block as usize].cell? as usize)?;
    // Cells of one table are not next to one another where another is nested in it; specifications are small.
    let mut beside = cells.iter().filter(|c| c.table == own.table && c.row <= own.row && own.row < c.row + c.rows && c.column != own.column);
    beside.find(|c| !c.span.is_empty() && cells.iter().any(|h| heads(h, c) && says_how(h, reading))).map(|c| c.span)
}

/// Whether one cell stands above another.
fn heads(header: &Cell, cell: &Cell) -> bool {
    header.table == cell.table && header.row < cell.row && header.column <= cell.column && cell.column < header.column + header.columns
}

fn says_how(header: &Cell, reading: Reading) -> bool {
    let words = &reading.outline.words.assessment;
    let from = words.partition_point(|w| w.start() < header.span.start());
    header.span.len() <= LONGEST_HEADER && words[from..].iter().take_while(|w| w.start() < header.span.end()).any(|w| header.span.contains(*w))
}

/// “… (A/I)”, “[A, T]”: application, interview, test, presentation, references, certificate. “(E)” and “(D)” say how binding
/// it is.
fn letters(span: Span, reading: Reading) -> Option<Span> {
    let text = reading.document.slice(span).trim_end_matches(['.', ';', ',', ' ']);
    let open = text.rfind(['(', '['])?;
    let inside = text[open + 1..].strip_suffix([')', ']'])?;
    let mut marks = inside.split(['/', ',', '&', ' ', '+']).filter(|m| !m.is_empty()).peekable();
    marks.peek()?;
    marks
        .all(|m| matches!(m, "A" | "I" | "T" | "P" | "R" | "C" | "AF" | "AC"))
        .then(|| Span::of(span.start() + open + 1..span.start() + open + 1 + inside.len()))
}
