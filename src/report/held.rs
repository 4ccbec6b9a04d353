//! The parts of a run that a format needs all at once, kept until the end; where a format has no room for all pieces, the
//! gravest of them, so that memory stays bounded however many files there are.

use crate::rules::Severity;

/// What a format makes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What is written as it stands.
    pub text: String,
    /// A line on the file, for a report that begins with one on each.
    pub line: String,
    /// What a format chooses from when it knows all of the run.
    pub pieces: Vec<Piece>,
}

/// Something that a report says where it has room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How much it weighs.
    pub severity: Severity,
    /// What is written.
    pub text: String,
    /// What is written instead where there is no room for it.
    pub otherwise: String,
}

/// Parts that wait for the end of the run.
#[derive(Debug)]
pub struct Held {
    parts: Vec<Part>,
    room: usize,
    n_pieces: usize,
}

impl Held {
    /// Keeps so many pieces, and a few more for a while.
    pub fn new(room: usize) -> Held {
        Held { parts: Vec::new(), room, n_pieces: 0 }
    }

    /// Takes the next file's part.
    pub fn add(&mut self, part: Part) {
        self.n_pieces += part.pieces.len();
        self.parts.push(part);
        if self.n_pieces > self.room.saturating_mul(2) {
            self.shrink();
        }
    }

    /// The parts in order, with no more pieces than there is room for.
    pub fn parts(mut self) -> Vec<Part> {
        if self.n_pieces > self.room {
            self.shrink();
        }
        self.parts
    }

    fn shrink(&mut self) {
        let mut places = Places::for_gravest(&self.parts, self.room);
        for part in &mut self.parts {
            part.pieces.retain(|p| places.take(p.severity));
        }
        self.n_pieces = self.room.min(self.n_pieces);
    }
}

/// How many places are left for pieces of each severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
}

impl Places {
    /// Places for all errors, for warnings as far as there is room, and what is then left for notes.
    fn for_gravest(parts: &[Part], room: usize) -> Places {
        let count = |severity| parts.iter().flat_map(|p| &p.pieces).filter(|p| p.severity == severity).count();
        let errors = count(Severity::Error).min(room);
        let warnings = count(Severity::Warning).min(room - errors);
        Places { errors, warnings, infos: room - errors - warnings }
    }

    /// Takes a place, if one is left.
    pub(super) fn take(&mut self, severity: Severity) -> bool {
        let left = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        };
        let taken = *left > 0;
        *left = left.saturating_sub(1);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_pieces_stay_in_their_order() {
        let piece = |severity, text: &str| Piece { severity, text: text.to_owned(), otherwise: String::new() };
        let mut held = Held::new(3);
        for n in 0..10 {
            let severity = if n == 4 {
                Severity::Error
            } else if n % 2 == 1 {
                Severity::Warning
            } else {
                Severity::Info
            };
            held.add(Part { pieces: vec![piece(severity, &n.to_string())], ..Part::default() });
        }
        let kept: Vec<String> = held.parts().into_iter().flat_map(|p| p.pieces).map(|p| p.text).collect();
        assert_eq!(kept, ["1", "3", "4"]);
    }
}
