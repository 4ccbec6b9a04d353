//! A stream of bytes → the records of a table, one by one, however the stream is cut into pieces. Holds one record at most,
//! and of one that is too large nothing. Knows nothing of files and threads.

use csv_core::ReadRecordResult;

use super::columns::{Columns, ColumnsError, Wanted};

/// A record as the table has it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raw {
    /// From 1, without the header and blank lines.
    pub(super) number: u64,
    /// The line of the input that it begins on, from 1.
    pub(super) line: u64,
    pub(super) content: Content,
}

/// What a record holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// The fields of a CSV record that were asked for.
    Fields(Fields),
    /// A line of JSON.
    Json(Vec<u8>),
    Bad(BadRecord),
}

/// The fields that were asked for, as stored.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) text: Vec<u8>,
    pub(super) id: Option<Vec<u8>>,
    pub(super) title: Option<Vec<u8>>,
}

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadRecord {
    #[error("this record has {found} fields and the header {expected}; a quote or a delimiter is missing")]
    FieldCount { found: usize, expected: usize },
    #[error("this record is larger than {limit} bytes (--max-record-size)")]
    TooLarge { limit: usize },
}

/// Takes a stream apart.
pub(super) enum Splitter {
    Csv(Box<Csv>),
    Lines(Lines),
}

impl Splitter {
    /// Takes the next bytes of the stream, and gives the records that they end.
    ///
    /// # Errors
    /// Where the table's header lacks a column: then no record can be read.
    pub(super) fn feed(&mut self, bytes: &[u8], records: &mut Vec<Raw>) -> Result<(), ColumnsError> {
        match self {
            // To the engine, nothing is the end.
            Splitter::Csv(csv) if !bytes.is_empty() => csv.feed(bytes, records),
            Splitter::Csv(_) => Ok(()),
            Splitter::Lines(lines) => {
                lines.feed(bytes, records);
                Ok(())
            }
        }
    }

    /// The stream has ended: gives its last record, which may lack a line break.
    ///
    /// # Errors
    /// As for [`Splitter::feed`]; and where there was no header at all.
    pub(super) fn finish(&mut self, records: &mut Vec<Raw>) -> Result<(), ColumnsError> {
        match self {
            Splitter::Csv(csv) => csv.finish(records),
            Splitter::Lines(lines) => {
                lines.finish(records);
                Ok(())
            }
        }
    }
}

/// JSON Lines: a record a line.
pub(super) struct Lines {
    limit: usize,
    /// The line so far; empty where it is too large.
    line: Vec<u8>,
    is_cut: bool,
    n_lines: u64,
    n_records: u64,
}

impl Lines {
    pub(super) fn new(limit: usize) -> Lines {
        Lines { limit, line: Vec::new(), is_cut: false, n_lines: 0, n_records: 0 }
    }

    fn feed(&mut self, bytes: &[u8], records: &mut Vec<Raw>) {
        for piece in bytes.split_inclusive(|b| *b == b'\n') {
            let (words, ends) = piece.strip_suffix(b"\n").map_or((piece, false), |words| (words, true));
            self.is_cut |= self.line.len() + words.len() > self.limit;
            if self.is_cut {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(words);
            }
            if ends {
                self.end(records);
            }
        }
    }

    fn finish(&mut self, records: &mut Vec<Raw>) {
        if self.is_cut || !self.line.is_empty() {
            self.end(records);
        }
    }

    fn end(&mut self, records: &mut Vec<Raw>) {
        self.n_lines += 1;
        let line = std::mem::take(&mut self.line);
        let content = if std::mem::take(&mut self.is_cut) { Content::Bad(BadRecord::TooLarge { limit: self.limit }) } else { Content::Json(line) };
        if matches!(&content, Content::Json(line) if line.trim_ascii().is_empty()) {
            return;
        }
        self.n_records += 1;
        records.push(Raw { number: self.n_records, line: self.n_lines, content });
    }
}

/// A table with a header row. The engine of the `csv` crate does the quoting; the buffers are ours, so that they end somewhere.
pub(super) struct Csv {
    engine: csv_core::Reader,
    wanted: Wanted,
    delimiter: u8,
    columns: Option<Columns>,
    limit: usize,
    /// The record's fields one after the other, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
    n_bytes: usize,
    n_fields: usize,
    is_cut: bool,
    /// Whether the record has begun.
    is_within: bool,
    /// Lines that have ended, and the one that the record begins on.
    n_lines: u64,
    line: u64,
    n_records: u64,
}

/// No table has more columns.
const MOST_FIELDS: usize = 1 << 16;

impl Csv {
    pub(super) fn new(wanted: Wanted, delimiter: u8, limit: usize) -> Csv {
        Csv {
            engine: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            wanted,
            delimiter,
            columns: None,
            limit,
            fields: vec![0; limit.min(8 << 10)],
            ends: vec![0; 64],
            n_bytes: 0,
            n_fields: 0,
            is_cut: false,
            is_within: false,
            n_lines: 0,
            line: 1,
            n_records: 0,
        }
    }

    fn feed(&mut self, mut bytes: &[u8], records: &mut Vec<Raw>) -> Result<(), ColumnsError> {
        loop {
            if !self.is_within {
                // The engine would skip these, too, but not count the lines before the record begins.
                let blank = bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len());
                self.n_lines += n_breaks(&bytes[..blank]);
                bytes = &bytes[blank..];
                self.line = self.n_lines + 1;
            }
            if bytes.is_empty() {
                return Ok(());
            }
            self.is_within = true;
            let n_read = self.step(bytes, records)?;
            bytes = &bytes[n_read..];
        }
    }

    fn finish(&mut self, records: &mut Vec<Raw>) -> Result<(), ColumnsError> {
        while self.is_within {
            self.step(&[], records)?;
        }
        if self.columns.is_none() { Err(ColumnsError::NoHeader) } else { Ok(()) }
    }

    /// One step of the engine; says how many bytes it took.
    fn step(&mut self, bytes: &[u8], records: &mut Vec<Raw>) -> Result<usize, ColumnsError> {
        let (result, n_read, n_written, n_ends) = self.engine.read_record(bytes, &mut self.fields[self.n_bytes..], &mut self.ends[self.n_fields..]);
        self.n_lines += n_breaks(&bytes[..n_read]);
        self.n_bytes += n_written;
        self.n_fields += n_ends;
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => self.make_room(),
            ReadRecordResult::OutputEndsFull if self.n_fields >= MOST_FIELDS => {
                self.is_cut = true;
                self.n_fields = 0;
            }
            ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            ReadRecordResult::Record => self.end(records)?,
            ReadRecordResult::End => self.is_within = false,
        }
        Ok(n_read)
    }

    /// More room up to the limit; what a larger record holds is written over.
    fn make_room(&mut self) {
        if self.is_cut || self.fields.len() >= self.limit {
            self.is_cut = true;
            self.n_bytes = 0;
        } else {
            self.fields.resize((self.fields.len() * 2).min(self.limit), 0);
        }
    }

    fn end(&mut self, records: &mut Vec<Raw>) -> Result<(), ColumnsError> {
        let (n_fields, is_cut) = (self.n_fields, self.is_cut);
        (self.n_bytes, self.n_fields, self.is_cut, self.is_within) = (0, 0, false, false);
        let fields = Row { fields: &self.fields, ends: &self.ends[..n_fields] };
        let Some(columns) = &self.columns else {
            let names: Vec<String> = (0..n_fields).map(|n| String::from_utf8_lossy(fields.get(n)).into_owned()).collect();
            self.columns = Some(self.wanted.columns(&names, self.delimiter)?);
            return Ok(());
        };
        let content = if is_cut {
            Content::Bad(BadRecord::TooLarge { limit: self.limit })
        } else if n_fields != columns.n_columns {
            Content::Bad(BadRecord::FieldCount { found: n_fields, expected: columns.n_columns })
        } else {
            let field = |n: usize| fields.get(n).to_vec();
            Content::Fields(Fields { text: field(columns.text), id: columns.id.map(field), title: columns.title.map(field) })
        };
        self.n_records += 1;
        records.push(Raw { number: self.n_records, line: self.line, content });
        Ok(())
    }
}

fn n_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

/// A record in the engine's buffers.
struct Row<'a> {
    fields: &'a [u8],
    ends: &'a [usize],
}

impl Row<'_> {
    fn get(&self, n: usize) -> &[u8] {
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(n).and_then(|end| self.fields.get(start..*end)).unwrap_or_default()
    }
}
