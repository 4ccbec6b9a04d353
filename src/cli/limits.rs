//! Options → how much of a file is read, and how long that may take; work → its result, or a word that it took too long.
//!
//! Rust ends no thread from outside, and a reader that somebody else wrote asks no clock. So the work is done by a helper:
//! a thread that is kept from file to file. When its time is up, it is left to itself until the process ends, and the next
//! file has a new one.

use std::cell::RefCell;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use super::read::FileError;
use super::run::guarded;
use crate::document::{Limit, Limits, ReadError};

/// What a file may come to before it is refused.
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Limits against files made to do harm")]
pub(super) struct Limited {
    /// Largest file
    #[arg(long, value_parser = size, default_value = "512MiB", value_name = "SIZE", hide_short_help = true)]
    max_size: u64,
    /// Most that a file may unpack to
    #[arg(long, value_parser = size, default_value = "128MiB", value_name = "SIZE", hide_short_help = true)]
    max_unpacked: u64,
    /// Deepest nesting of a Word or OpenDocument file’s elements
    #[arg(long, default_value_t = Limits::default().depth, value_name = "N", hide_short_help = true)]
    max_depth: usize,
    /// Most paragraphs and table cells
    #[arg(long, default_value_t = Limits::default().paragraphs, value_name = "N", hide_short_help = true)]
    max_paragraphs: usize,
    /// Pages of a PDF that are read
    #[arg(long, default_value_t = Limits::default().pages, value_name = "N", hide_short_help = true)]
    max_pages: usize,
    /// Characters and lines that a PDF may draw
    #[arg(long, default_value_t = Limits::default().drawings, value_name = "N", hide_short_help = true)]
    max_drawings: usize,
    #[command(flatten)]
    pub(super) timed: Timed,
}

/// How long a document may take.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Timed {
    /// Seconds that a document may take to be read and checked; 0: as long as it takes
    #[arg(long, default_value_t = 60, value_name = "SECONDS", hide_short_help = true)]
    max_seconds: u64,
}

impl Limited {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            file: self.max_size,
            unpacked: self.max_unpacked,
            depth: self.max_depth,
            paragraphs: self.max_paragraphs,
            pages: self.max_pages,
            drawings: self.max_drawings,
        }
    }
}

impl Timed {
    /// Does work on a file of so many bytes, unless it takes too long.
    ///
    /// # Errors
    /// Too long, or a mistake in jdlint.
    pub(super) fn in_time<T: Send + 'static>(&self, n_bytes: usize, work: impl FnOnce() -> T + Send + 'static) -> Result<T, FileError> {
        if self.max_seconds == 0 || n_bytes < SMALL {
            return guarded(work);
        }
        let (done, result) = channel();
        let helper = HELPER.take().map_or_else(Helper::new, Ok)?;
        // Nobody listens any more where the time is up.
        helper.work.send(Box::new(move || _ = done.send(guarded(work)))).map_err(|_| FileError::Broke("it ended without a word".to_owned()))?;
        match result.recv_timeout(Duration::from_secs(self.max_seconds)) {
            Ok(result) => {
                HELPER.set(Some(helper));
                result
            }
            Err(RecvTimeoutError::Timeout) => Err(FileError::TooSlow(self.max_seconds)),
            Err(RecvTimeoutError::Disconnected) => Err(FileError::Broke("it ended without a word".to_owned())),
        }
    }
}

thread_local! {
    /// Who does this thread's work, if somebody has begun to.
    static HELPER: RefCell<Option<Helper>> = const { RefCell::new(None) };
}

/// A thread that does one piece of work after another.
struct Helper {
    work: Sender<Box<dyn FnOnce() + Send>>,
}

impl Helper {
    fn new() -> std::io::Result<Helper> {
        let (work, waiting) = channel::<Box<dyn FnOnce() + Send>>();
        Builder::new().stack_size(STACK).spawn(move || waiting.into_iter().for_each(|work| work()))?;
        Ok(Helper { work })
    }
}

/// Bytes that, however packed, take no time: a thread for them would take longer.
const SMALL: usize = 512;
/// As much as the first thread has.
const STACK: usize = 8 << 20;

/// The flag that sets a limit.
const fn flag(limit: Limit) -> &'static str {
    match limit {
        Limit::File(_) => "--max-size",
        Limit::Unpacked(_) => "--max-unpacked",
        Limit::Depth(_) => "--max-depth",
        Limit::Paragraphs(_) => "--max-paragraphs",
        Limit::Drawings(_) => "--max-drawings",
    }
}

/// A reader's reason in a sentence, with the flag where there is one for it.
pub(super) fn sentence(error: &ReadError) -> String {
    match error {
        ReadError::Beyond(limit) => format!("{limit} ({} raises the limit)", flag(*limit)),
        other => other.to_string(),
    }
}

/// Seconds as a person says them.
pub(super) fn in_words(n_seconds: u64) -> String {
    if n_seconds == 1 { "a second".to_owned() } else { format!("{n_seconds} seconds") }
}

/// “512MiB”, “64k”, “1000000” → bytes.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("a size is a number of bytes, or of KiB, MiB or GiB: 200MiB".to_owned()),
    };
    let n_units: u64 = number.parse().map_err(|_| "a size begins with a whole number: 200MiB".to_owned())?;
    n_units.checked_mul(1 << shift).ok_or_else(|| "no file is so large".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, n_bytes) in [("0", 0), ("17", 17), ("64k", 65_536), ("2MiB", 2 << 20), ("2 mb", 2 << 20), ("1GiB", 1 << 30)] {
            assert_eq!(size(text), Ok(n_bytes), "{text}");
        }
        for text in ["", "MiB", "-1", "1.5MiB", "3 bananas", "99999999999GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn work_without_end_is_given_up() {
        let slow = Timed { max_seconds: 1 }.in_time(SMALL, || std::thread::sleep(Duration::from_secs(600)));
        let message = slow.expect_err("it sleeps").to_string();
        assert!(message.contains("a second") && message.contains("--max-seconds"), "{message}");
        assert_eq!(Timed { max_seconds: 60 }.in_time(SMALL, || 7).expect("it is quick"), 7);
        assert_eq!(Timed { max_seconds: 0 }.in_time(SMALL, || 7).expect("it may take as long as it likes"), 7);
    }

    #[test]
    fn every_limit_names_its_flag() {
        for limit in [Limit::File(1), Limit::Unpacked(1 << 20), Limit::Depth(7), Limit::Paragraphs(9), Limit::Drawings(8)] {
            let said = sentence(&limit.into());
            assert!(said.contains("--max-") && said.contains("too"), "{said}");
        }
        assert_eq!(sentence(&ReadError::ScannedPdf), ReadError::ScannedPdf.to_string());
    }
}
