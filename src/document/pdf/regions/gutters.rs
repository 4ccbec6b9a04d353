//! Lines of a page → where a gutter of white runs down between columns, and what the columns are to each other.

use super::super::lines::{Line, Word, lines};
use super::super::paragraphs::is_marked;

/// Lines `start..end`, between whose words a gutter runs down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) start: usize,
    pub(super) end: usize,
    left: f32,
    right: f32,
}

/// The narrowest gap, in ems, that may be part of a gutter.
const GUTTER: f32 = 1.2;
/// … where words of other lines begin at its end.
const NARROW: f32 = 0.4;
/// Left edges this near, in points, are one, and so many lines must share it.
const ALIGNED: f32 = 0.8;
const SHARED: usize = 2;
/// The narrowest gutter, in ems of its lines.
const NARROWEST: f32 = 0.45;
/// Lines that one search goes on for: no page has more, and a long hostile one must not take its square.
const FARTHEST: usize = 200;
const MOST_PIECES: usize = 20_000;
const MOST_GAPS: usize = 12;

/// The first gutter from the top.
pub(super) fn band(lines: &[Line]) -> Option<Band> {
    let pieces = all_pieces(lines);
    if pieces.iter().map(Vec::len).sum::<usize>() > MOST_PIECES {
        return None;
    }
    for seed in 0..lines.len() {
        let gaps = pieces[seed].windows(2).take(MOST_GAPS).map(|p| (p[0].1, p[1].0));
        let bands = gaps.chain(beside(&pieces, lines, seed)).filter_map(|gap| extend(lines, &pieces, seed, gap));
        if let Some(band) = bands.max_by_key(|b| b.end) {
            return Some(with_level(lines, &pieces, band));
        }
    }
    None
}

/// With the lines above of a first row whose cells are centred: no line of its own stands so near to the next, so it is the upper
/// half of a cell.
fn with_level(lines: &[Line], pieces: &[Vec<(f32, f32)>], mut band: Band) -> Band {
    while band.start > 0 && lines[band.start].y() - lines[band.start - 1].y() < 0.9 * lines[band.start].size() {
        let mut gap = (band.left, band.right);
        let free = narrow(&mut gap, &pieces[band.start - 1]).filter(|_| gap.1 - gap.0 >= NARROWEST * lines[band.start].size());
        if free.is_none() {
            break;
        }
        band = Band { start: band.start - 1, left: gap.0, right: gap.1, ..band };
    }
    band
}

/// A gap between a line and the next, where columns' lines do not stand level.
fn beside(pieces: &[Vec<(f32, f32)>], lines: &[Line], seed: usize) -> Option<(f32, f32)> {
    let (a, b) = (pieces.get(seed)?, pieces.get(seed + 1)?);
    let near = lines[seed + 1].y() - lines[seed].y() < 0.9 * lines[seed].size();
    let gap = |l: &[(f32, f32)], r: &[(f32, f32)]| Some((l.last()?.1, r.first()?.0));
    [gap(a, b), gap(b, a)].into_iter().flatten().find(|(l, r)| near && r - l > GUTTER * lines[seed].size())
}

/// The pieces of each line: the full cells of a table without lines leave less white than a gutter takes, so a word begins a
/// piece as well where other lines' pieces begin.
fn all_pieces(lines: &[Line]) -> Vec<Vec<(f32, f32)>> {
    let wide: Vec<Vec<(f32, f32)>> = lines.iter().map(|line| pieces(line, &[])).collect();
    let lefts = shared_lefts(&wide);
    if lefts.is_empty() { wide } else { lines.iter().map(|line| pieces(line, &lefts)).collect() }
}

/// Where pieces of several lines begin, in order.
fn shared_lefts(pieces: &[Vec<(f32, f32)>]) -> Vec<f32> {
    let mut lefts: Vec<f32> = pieces.iter().flatten().map(|p| p.0).collect();
    lefts.sort_by(f32::total_cmp);
    lefts.chunk_by(|a, b| b - a <= ALIGNED).filter(|same| same.len() >= SHARED).map(|same| same[same.len() / 2]).collect()
}

/// The parts of a line between which there are wide gaps, or narrow ones where others' parts begin. A bullet or number belongs
/// to what follows it.
fn pieces(line: &Line, lefts: &[f32]) -> Vec<(f32, f32)> {
    let mut pieces: Vec<(f32, f32)> = Vec::new();
    let marked = is_marked(line);
    let is_left = |x: f32| {
        let at = lefts.partition_point(|left| *left < x - ALIGNED);
        lefts.get(at).is_some_and(|left| *left <= x + ALIGNED)
    };
    for (n, word) in line.words.iter().enumerate() {
        let least = if is_left(word.x0) { NARROW } else { GUTTER };
        match pieces.last_mut() {
            Some(last) if word.x0 - last.1 < least * word.size || (n == 1 && marked) => last.1 = last.1.max(word.x1),
            _ => pieces.push((word.x0, word.x1)),
        }
    }
    pieces
}

/// How a gutter takes a line.
#[derive(Default)]
struct Sides {
    left: bool,
    right: bool,
}

/// Narrows a gap so that no piece stands in it; `None` where one runs across.
fn narrow(gap: &mut (f32, f32), pieces: &[(f32, f32)]) -> Option<Sides> {
    let mut sides = Sides::default();
    for (x0, x1) in pieces {
        let is_left = (x0 + x1) < (gap.0 + gap.1);
        if is_left {
            sides.left = true;
            gap.0 = gap.0.max(*x1);
        } else {
            sides.right = true;
            gap.1 = gap.1.min(*x0);
        }
    }
    (gap.1 > gap.0).then_some(sides)
}

/// The lines from `start` on that leave a gap free, if they are enough to be columns.
fn extend(lines: &[Line], pieces: &[Vec<(f32, f32)>], start: usize, mut gap: (f32, f32)) -> Option<Band> {
    let (mut n_left, mut n_right, mut n_both) = (0, 0, 0);
    let (mut end, mut last_both_sided) = (start, start);
    let least = NARROWEST * lines[start].size();
    while end < lines.len().min(start + FARTHEST) {
        let mut next = gap;
        let Some(sides) = narrow(&mut next, &pieces[end]).filter(|_| next.1 - next.0 >= least) else { break };
        if end > start && !(sides.left && sides.right) && heads_what_follows(lines, start, end) {
            break;
        }
        gap = next;
        n_left += usize::from(sides.left);
        n_right += usize::from(sides.right);
        n_both += usize::from(sides.left && sides.right);
        if sides.right {
            last_both_sided = end;
        }
        end += 1;
    }
    // Lines below the right column, after some white, are no part of the left one if the page then goes on across.
    if end < lines.len() {
        let pitch = 1.6 * lines[start].size();
        let white = (last_both_sided + 1..end).find(|n| lines[*n].y() - lines[*n - 1].y() > pitch);
        end = white.unwrap_or(end);
    }
    let enough = (n_both >= 2 && n_left >= 3 && n_right >= 3) || (n_left >= 4 && n_right >= 4);
    enough.then_some(Band { start, end, left: gap.0, right: gap.1 })
}

/// Whether a line in larger letters stands alone between what is above and below: the next heading, short enough to leave the
/// gutter free. Beside a heading within a column of prose there are lines of the other column.
fn heads_what_follows(lines: &[Line], start: usize, at: usize) -> bool {
    let line = &lines[at];
    let white = |a: &Line, b: &Line| b.y() - a.y() > 1.2 * line.size();
    let alone = white(&lines[at - 1], line) && lines.get(at + 1).is_none_or(|next| white(line, next));
    alone && line.size() > 1.12 * lines[start].size()
}

/// The columns of a band, each with its lines.
pub(super) fn columns(within: &[Line], band: &Band) -> Vec<Vec<Line>> {
    let gutters = gutters(within, band);
    let mut columns: Vec<Vec<Word>> = vec![Vec::new(); gutters.len() + 1];
    for word in within.iter().flat_map(|l| &l.words) {
        let column = gutters.partition_point(|x| *x < (word.x0 + word.x1) / 2.0);
        columns[column].push(word.clone());
    }
    columns.into_iter().map(lines).filter(|c| !c.is_empty()).collect()
}

/// The middles of all gutters that run down the whole band.
fn gutters(within: &[Line], band: &Band) -> Vec<f32> {
    let mut all: Vec<(f32, f32)> = all_pieces(within).into_iter().flatten().collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least = within.first().map_or(10.0, Line::size) * NARROWEST;
    let mut gutters = Vec::new();
    let mut reached = f32::INFINITY;
    for (x0, x1) in all {
        if x0 - reached >= least {
            gutters.push((x0 + reached) / 2.0);
        }
        reached = if reached.is_finite() { reached.max(x1) } else { x1 };
    }
    if gutters.is_empty() {
        gutters.push((band.left + band.right) / 2.0);
    }
    gutters
}

/// Where the rows of a table begin, from the top, if the columns are those of a table; `None` for columns of prose.
pub(super) fn row_starts(columns: &[Vec<Line>]) -> Option<Vec<f32>> {
    let is_prose = columns.iter().all(|c| fill(c) >= 0.6);
    let rows = Rows::of(columns, if is_prose { f32::INFINITY } else { CLOSE });
    let strips = rows.after_white();
    let least = columns.iter().map(Vec::len).min().unwrap_or(0);
    let is_table = match columns.len() {
        0 | 1 => false,
        // Two columns of an article may each begin with a heading; in a table, more rows begin level.
        _ if is_prose => strips.len() >= 3 || (strips.len() == 2 && rows.has_header(columns.len())),
        2 => rows.n_shared() * 5 >= least * 4 || strips.len() >= 3,
        _ => true,
    };
    if !is_table {
        return None;
    }
    let mut starts = if strips.len() >= 2 { strips } else { rows.with_first_column() };
    starts.extend(rows.below_header());
    starts.push(f32::NEG_INFINITY);
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|b, a| *b - *a < 1.0);
    Some(starts)
}

/// How much of its width a column's lines take, in the middle of all of them.
fn fill(column: &[Line]) -> f32 {
    let left = column.iter().map(Line::x0).fold(f32::INFINITY, f32::min);
    let width = column.iter().map(Line::x1).fold(f32::NEG_INFINITY, f32::max) - left;
    let size = column.first().map_or(10.0, Line::size);
    let mut fills: Vec<f32> = column.iter().map(|l| (l.x1() - l.x0()) / width.max(1.0)).collect();
    fills.sort_by(f32::total_cmp);
    // A narrow column holds labels.
    if width < 10.0 * size { 0.0 } else { fills.get(fills.len() / 2).copied().unwrap_or(0.0) }
}

/// Baseline, the columns that have a line there, and whether all of it is bold.
type Level = (f32, Vec<usize>, bool);

/// Few cells of a table wrap, so their lines' distances tell little; in single spacing they are under this, in ems.
const CLOSE: f32 = 1.3;
/// White between rows, in line distances.
const WHITE: f32 = 1.25;

/// Levels at which some column has a line.
struct Rows {
    rows: Vec<Level>,
    pitch: f32,
}

impl Rows {
    /// `closest` is the most that lines of a cell stand apart, in ems.
    fn of(columns: &[Vec<Line>], closest: f32) -> Rows {
        let mut all: Vec<(f32, f32, usize, bool)> =
            columns.iter().enumerate().flat_map(|(n, c)| c.iter().map(move |l| (l.y(), l.size(), n, l.strong()))).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut rows: Vec<Level> = Vec::new();
        for (y, size, column, strong) in all {
            match rows.last_mut() {
                Some(row) if y - row.0 < 0.3 * size => {
                    row.1.push(column);
                    row.2 &= strong;
                }
                _ => rows.push((y, vec![column], strong)),
            }
        }
        let size = columns.first().and_then(|c| c.first()).map_or(12.0, Line::size);
        Rows { rows, pitch: pitch(columns).min(closest * size) }
    }

    /// Where parts begin that white across all columns divides, and that stand in two columns or more. In a row, the cells may
    /// be centred, so that the first line of one stands level with the second of another.
    fn after_white(&self) -> Vec<f32> {
        let strips = self.rows.chunk_by(|above, below| below.0 - above.0 <= WHITE * self.pitch);
        let several = |strip: &&[Level]| strip.iter().flat_map(|r| &r.1).collect::<std::collections::BTreeSet<_>>().len() >= 2;
        strips.skip(1).filter(several).map(|strip| strip[0].0 - 1.0).collect()
    }

    fn n_shared(&self) -> usize {
        self.rows.iter().filter(|r| r.1.len() >= 2).count()
    }

    fn with_first_column(&self) -> Vec<f32> {
        self.rows.iter().filter(|r| r.1.contains(&0) && r.1.len() >= 2).map(|r| r.0 - 1.0).collect()
    }

    /// Whether each column begins with bold words, level with the others'.
    fn has_header(&self, n_columns: usize) -> bool {
        self.rows.first().is_some_and(|r| r.2 && r.1.len() == n_columns)
    }

    /// The level below a first row in bold.
    fn below_header(&self) -> Option<f32> {
        let n_head = self.rows.iter().take_while(|r| r.2).count();
        (1..=3).contains(&n_head).then(|| self.rows.get(n_head).map(|r| r.0 - 1.0)).flatten()
    }
}

/// How far apart the lines of columns stand, in points; the closest tell, and a few are chance.
fn pitch(columns: &[Vec<Line>]) -> f32 {
    let between = |lines: &[Line]| Some(lines[1].y() - lines[0].y()).filter(|p| *p > 0.8 * lines[0].size());
    let mut pitches: Vec<f32> = columns.iter().flat_map(|c| c.windows(2).filter_map(between)).collect();
    pitches.sort_by(f32::total_cmp);
    pitches.get(pitches.len() / 10).copied().unwrap_or(14.0)
}

/// A column's lines, row by row.
pub(super) fn by_row(column: Vec<Line>, starts: &[f32]) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = starts.iter().map(|_| Vec::new()).collect();
    for line in column {
        let row = starts.partition_point(|y| *y <= line.y()).saturating_sub(1);
        rows[row].push(line);
    }
    rows
}
