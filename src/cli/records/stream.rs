//! A file or pipe → batches of records, read ahead on a thread of its own: each read gives what it ended at once, so that a
//! slow pipe is answered as it goes; and few batches wait, so that a fast one fills no memory.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::columns::{ColumnsError, Wanted};
use super::split::{Csv, Lines, Raw, Splitter};
use crate::cli::read::FileError;

/// Bytes of one read.
const READ: usize = 128 << 10;
/// Reads that may wait for the linter.
const WAITING: usize = 2;
/// Reads that are linted at once when they are there.
const MERGED: usize = 8;

/// What the input is.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// `None`: as it begins.
    pub(super) kind: Option<Kind>,
    pub(super) wanted: Wanted,
    pub(super) delimiter: u8,
    /// Bytes that a record may have.
    pub(super) limit: usize,
}

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// Comma-separated values with a header row
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// Why the run cannot go on.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum StreamError {
    #[error(transparent)]
    Read(#[from] FileError),
    #[error(transparent)]
    Columns(#[from] ColumnsError),
    #[error("this table is UTF-16; save it as “CSV UTF-8”")]
    Utf16,
    #[error("this is one JSON array, not a line for each record; `jq -c '.[]'` makes lines of it")]
    Array,
    #[error("the output cannot be written")]
    Output,
    #[error("jdlint broke on reading this; the mistake is ours, please report it")]
    Broke,
}

/// Records that came together.
pub(super) type Batch = Result<Vec<Raw>, StreamError>;

/// The records of an input, as they come.
pub(super) struct Stream {
    batches: Receiver<Batch>,
    reader: Option<std::thread::JoinHandle<()>>,
}

impl Stream {
    pub(super) fn new(input: impl Read + Send + 'static, shape: Shape) -> Stream {
        let (sender, batches) = sync_channel(WAITING);
        let reader = std::thread::spawn(move || {
            if let Err(error) = read(input, &shape, &sender) {
                // Where nobody listens any more, nobody asks why it ended.
                let _ = sender.send(Err(error));
            }
        });
        Stream { batches, reader: Some(reader) }
    }

    /// Waits for records, and takes those that have come meanwhile; none at the end.
    ///
    /// Of an error, what came before it is given first.
    pub(super) fn next(&mut self) -> (Vec<Raw>, Option<StreamError>) {
        let mut records = Vec::new();
        let mut batch = self.batches.recv().ok();
        if batch.is_none() {
            let broke = self.reader.take().is_some_and(|reader| reader.join().is_err());
            return (records, broke.then_some(StreamError::Broke));
        }
        let mut n_merged = 0;
        while let Some(next) = batch {
            match next {
                Ok(own) => records.extend(own),
                Err(error) => return (records, Some(error)),
            }
            n_merged += 1;
            batch = (n_merged < MERGED).then(|| self.batches.try_recv().ok()).flatten();
        }
        (records, None)
    }
}

fn read(mut input: impl Read, shape: &Shape, sender: &SyncSender<Batch>) -> Result<(), StreamError> {
    let mut buffer = vec![0; READ];
    let mut n_bytes = 0;
    // The first bytes tell what it is, and may come one by one.
    while n_bytes < 4 {
        match some(&mut input, &mut buffer[n_bytes..])? {
            0 => break,
            n => n_bytes += n,
        }
    }
    let (mut splitter, begin) = splitter(&buffer[..n_bytes], shape)?;
    let mut bytes = begin..n_bytes;
    while !bytes.is_empty() {
        let mut records = Vec::new();
        let fed = splitter.feed(&buffer[bytes], &mut records);
        if !records.is_empty() && sender.send(Ok(records)).is_err() {
            return Ok(());
        }
        fed?;
        bytes = 0..some(&mut input, &mut buffer)?;
    }
    let mut records = Vec::new();
    let finished = splitter.finish(&mut records);
    if !records.is_empty() && sender.send(Ok(records)).is_err() {
        return Ok(());
    }
    finished?;
    Ok(())
}

fn some(input: &mut impl Read, buffer: &mut [u8]) -> Result<usize, FileError> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            other => return Ok(other?),
        }
    }
}

/// What takes the stream apart, and where it begins, after a byte-order mark.
fn splitter(head: &[u8], shape: &Shape) -> Result<(Splitter, usize), StreamError> {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(StreamError::Utf16);
    }
    let begin = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let first = head[begin..].trim_ascii_start().first();
    let kind = shape.kind.unwrap_or(if matches!(first, Some(b'{' | b'[')) { Kind::Jsonl } else { Kind::Csv });
    Ok(match kind {
        Kind::Jsonl if first == Some(&b'[') => return Err(StreamError::Array),
        Kind::Jsonl => (Splitter::Lines(Lines::new(shape.limit)), begin),
        Kind::Csv => (Splitter::Csv(Box::new(Csv::new(shape.wanted.clone(), shape.delimiter, shape.limit))), begin),
    })
}
