//! Text of a part, as it is decoded → the bytes that it is written with.

use std::ops::Range;

/// Character data that stands in one piece.
#[derive(Clone, Debug)]
pub(crate) struct RawPiece {
    /// Bytes into the run's text.
    pub(crate) text: Range<u32>,
    /// As many as the text has: the same bytes. Otherwise they stand for them.
    pub(crate) raw: Range<usize>,
}

/// Which end of a stretch of words is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Start,
    End,
}

/// The bytes at which a character begins, or after which the one before ends; within characters that stand escaped, their
/// edge.
pub(crate) fn nearest(pieces: &[RawPiece], at: u32, end: End) -> Option<usize> {
    let within = |p: &&RawPiece| if end == End::Start { p.text.start <= at && at < p.text.end } else { p.text.start < at && at <= p.text.end };
    let piece = pieces.iter().find(within)?;
    if piece.raw.len() == piece.text.len() {
        return Some(piece.raw.start + (at - piece.text.start) as usize);
    }
    Some(if end == End::Start { piece.raw.start } else { piece.raw.end })
}

/// The bytes at which a character begins or ends; none within characters that stand escaped.
pub(crate) fn exact(pieces: &[RawPiece], at: u32) -> Option<usize> {
    pieces.iter().find_map(|piece| match at {
        at if at == piece.text.start => Some(piece.raw.start),
        at if at == piece.text.end => Some(piece.raw.end),
        at if piece.text.contains(&at) && piece.raw.len() == piece.text.len() => Some(piece.raw.start + (at - piece.text.start) as usize),
        _ => None,
    })
}
