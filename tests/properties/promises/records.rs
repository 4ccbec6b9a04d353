//! A table → its records: the same however the stream is cut into pieces.

// The room is private to the command line; these two files of it know nothing of files and threads.
#[path = "../../../src/cli/records/columns.rs"]
#[allow(dead_code, reason = "the command line uses more of it")]
mod columns;
#[path = "../../../src/cli/records/split.rs"]
mod split;

use columns::Wanted;
use split::{Content, Csv, Lines, Raw, Splitter};

/// What a record may come to here: small, so that the limit is met.
const LIMIT: usize = 200;

/// Takes a table apart, as CSV with either sign and as lines of JSON; the first byte says into pieces of which length.
pub fn split(bytes: &[u8]) {
    let Some((first, table)) = bytes.split_first() else { return };
    let piece = usize::from(first % 61) + 1;
    let wanted = || Wanted { text: "description".to_owned(), id: Some("id".to_owned()), title: None };
    let csv = |sign| Splitter::Csv(Box::new(Csv::new(wanted(), sign, LIMIT)));
    same(table, piece, || csv(b','));
    same(table, piece, || csv(b';'));
    same(table, piece, || Splitter::Lines(Lines::new(LIMIT)));
}

fn same(table: &[u8], piece: usize, splitter: impl Fn() -> Splitter) {
    let whole = taken(splitter(), std::iter::once(table));
    let pieces = taken(splitter(), table.chunks(piece));
    match (&whole, &pieces) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!(whole, pieces, "in pieces of {piece}");
            hold_together(whole, table);
        }
        (Err(a), Err(b)) => assert_eq!(a, b),
        _ => panic!("in one piece: {whole:?}; in pieces of {piece}: {pieces:?}"),
    }
}

fn taken<'t>(mut splitter: Splitter, pieces: impl Iterator<Item = &'t [u8]>) -> Result<Vec<Raw>, String> {
    let mut records = Vec::new();
    for piece in pieces {
        splitter.feed(piece, &mut records).map_err(|e| e.to_string())?;
    }
    splitter.finish(&mut records).map_err(|e| e.to_string())?;
    Ok(records)
}

/// Records are counted from 1 without gaps, on lines that go forward; none is larger than it may be.
fn hold_together(records: &[Raw], table: &[u8]) {
    let n_lines = table.iter().filter(|b| **b == b'\n').count() as u64 + 1;
    let mut line = 0;
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record.number, n as u64 + 1);
        assert!(record.line >= line && record.line <= n_lines, "{record:?} in {n_lines} lines");
        line = record.line;
        match &record.content {
            Content::Fields(fields) => assert!(fields.text.len() <= LIMIT),
            Content::Json(json) => assert!(json.len() <= LIMIT),
            Content::Bad(why) => super::is_sentence(&why.to_string()),
        }
    }
}
