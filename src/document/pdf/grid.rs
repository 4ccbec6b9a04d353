//! Straight lines on a page → tables: which lines meet, and which cells they make.

use super::draw::Rule;
use super::lines::Word;

/// The cells that lines make. Cells between which no line is drawn are one.
pub(super) struct Grid {
    /// Where columns begin, and where the last one ends.
    pub(super) xs: Vec<f32>,
    pub(super) ys: Vec<f32>,
    /// For each place in the grid, row by row, which cell it belongs to: the first place of that cell.
    owner: Vec<usize>,
}

/// Lines this near are one, in points.
const SAME: f32 = 4.0;
/// How far lines that meet may stand apart.
const REACH: f32 = 3.0;
/// Beyond these there is a drawing, no table.
const MOST_LINES: usize = 800;
const MOST_COLUMNS: usize = 60;

/// The tables on a page, from the top.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let uprights = merged(rules.iter().filter(|r| r.upright));
    let levels = merged(rules.iter().filter(|r| !r.upright));
    if uprights.len() + levels.len() > MOST_LINES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = groups(&uprights, &levels).into_iter().filter_map(|(u, l)| Grid::of(&u, &l)).collect();
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    grids
}

/// Lines that go on where others end made one.
fn merged<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Rule> = Vec::new();
    for rule in rules {
        let near = merged.iter_mut().rev().take_while(|m| rule.at - m.at <= 1.5).find(|m| rule.from <= m.to + REACH && m.from <= rule.to + REACH);
        match near {
            Some(line) => {
                line.from = line.from.min(rule.from);
                line.to = line.to.max(rule.to);
            }
            None => merged.push(rule),
        }
        if merged.len() > MOST_LINES {
            break;
        }
    }
    merged
}

/// Lines that meet, directly or by way of others.
fn groups(uprights: &[Rule], levels: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut sets = Sets::new(uprights.len() + levels.len());
    for (u, upright) in uprights.iter().enumerate() {
        for (l, level) in levels.iter().enumerate() {
            let meets = within(upright.at, level.from, level.to) && within(level.at, upright.from, upright.to);
            if meets {
                sets.join(u, uprights.len() + l);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = std::collections::BTreeMap::new();
    for (n, rule) in uprights.iter().chain(levels).enumerate() {
        let group = groups.entry(sets.root(n)).or_default();
        if rule.upright { group.0.push(*rule) } else { group.1.push(*rule) }
    }
    groups.into_values().collect()
}

fn within(at: f32, from: f32, to: f32) -> bool {
    from - REACH <= at && at <= to + REACH
}

/// Sets that are joined, each known by its first member.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

impl Grid {
    /// `None` for a frame or a few crossing lines.
    fn of(uprights: &[Rule], levels: &[Rule]) -> Option<Grid> {
        // Where the outer lines are not drawn, the table ends where the inner ones do.
        let xs = edges(uprights.iter().map(|u| u.at).chain(levels.iter().flat_map(|l| [l.from, l.to])));
        let ys = edges(levels.iter().map(|l| l.at).chain(uprights.iter().flat_map(|u| [u.from, u.to])));
        if uprights.is_empty() || levels.is_empty() || xs.len() < 3 || ys.len() < 2 || xs.len() > MOST_COLUMNS || ys.len() > MOST_LINES {
            return None;
        }
        let (n_columns, n_rows) = (xs.len() - 1, ys.len() - 1);
        let mut sets = Sets::new(n_columns * n_rows);
        for row in 0..n_rows {
            for column in 0..n_columns {
                let (x, y) = ((xs[column] + xs[column + 1]) / 2.0, (ys[row] + ys[row + 1]) / 2.0);
                let place = row * n_columns + column;
                if column + 1 < n_columns && !drawn(uprights, xs[column + 1], y) {
                    sets.join(place, place + 1);
                }
                if row + 1 < n_rows && !drawn(levels, ys[row + 1], x) {
                    sets.join(place, place + n_columns);
                }
            }
        }
        let owner = (0..n_columns * n_rows).map(|place| sets.root(place)).collect();
        Some(Grid { xs, ys, owner })
    }

    pub(super) fn top(&self) -> f32 {
        self.ys.first().copied().unwrap_or(0.0)
    }

    pub(super) fn bottom(&self) -> f32 {
        self.ys.last().copied().unwrap_or(0.0)
    }

    /// The cell that a word stands in.
    pub(super) fn cell(&self, word: &Word) -> Option<usize> {
        let x = word.x0 + ((word.x1 - word.x0) / 2.0).min(word.size);
        let y = word.y - 0.3 * word.size;
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge <= y).checked_sub(1)?;
        let n_columns = self.xs.len() - 1;
        if column >= n_columns || row >= self.ys.len() - 1 {
            return None;
        }
        self.owner.get(row * n_columns + column).copied()
    }

    /// The cells: each with the rows and columns it takes.
    pub(super) fn cells(&self) -> Vec<Extent> {
        let n_columns = self.xs.len() - 1;
        let mut cells: std::collections::BTreeMap<usize, Extent> = std::collections::BTreeMap::new();
        for (place, owner) in self.owner.iter().enumerate() {
            let (row, column) = (place / n_columns, place % n_columns);
            let cell = cells.entry(*owner).or_insert(Extent { id: *owner, rows: (row, row), columns: (column, column) });
            cell.rows.1 = cell.rows.1.max(row);
            cell.columns = (cell.columns.0.min(column), cell.columns.1.max(column));
        }
        cells.into_values().collect()
    }
}

/// The first and last rows and columns of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) id: usize,
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
}

fn drawn(rules: &[Rule], at: f32, across: f32) -> bool {
    rules.iter().any(|r| (r.at - at).abs() <= SAME && r.from - 1.0 <= across && across <= r.to + 1.0)
}

fn edges(all: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = all.collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|b, a| *b - *a <= SAME);
    all
}
