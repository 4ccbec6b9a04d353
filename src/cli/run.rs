//! Many files at once, their results in order: whatever the number of threads, the output is the same.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::output::{Output, State, complain};
use super::progress::Progress;
use super::read::{self, FileError};
use super::setup::Job;
use crate::report::{Begins, Failed, Summary, Writer, shown};

/// What came of a file.
pub(super) enum Done {
    /// It is written, and counts.
    Written { text: String, line: String, summary: Summary, verdict: Verdict },
    /// It could not be linted.
    Failed(FileError),
    /// It is none of ours: a folder held it.
    Passed(Passed),
}

/// Whether a file alone would fail the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Passes,
    Fails,
}

/// Why a file in a folder is passed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// It is a document, but of another kind than we judge.
    OtherKind,
    /// Its format holds many things, and this is not one of ours: JSON without a job.
    OtherContent,
}

/// What a run came to.
#[derive(Default)]
pub(super) struct Total {
    pub(super) summary: Summary,
    pub(super) fails: usize,
}

/// How many files are done before their results are written: memory stays small however many there are.
const CHUNK: usize = 256;
/// Up to here, starting threads takes longer than the work.
const FEW: usize = 3;

/// Does the work for each file and writes the results in the order of the files.
pub(super) fn in_order(jobs: &[Job], writer: &dyn Writer, output: &mut Output, work: impl Fn(&Job) -> Done + Sync) -> Total {
    silence_panics();
    let progress = Progress::new(jobs.len());
    let one = |job: &Job| {
        let done = guarded(|| work(job)).unwrap_or_else(Done::Failed);
        progress.advance();
        done
    };
    let mut results = Results::new(writer, output);
    for chunk in jobs.chunks(CHUNK) {
        let done: Vec<Done> = if jobs.len() <= FEW { chunk.iter().map(one).collect() } else { chunk.par_iter().map(one).collect() };
        let state = progress.aside(|| {
            for (job, done) in chunk.iter().zip(done) {
                results.add(job, done);
            }
            results.flush_unless_held()
        });
        if state != State::Open {
            break;
        }
    }
    drop(progress);
    results.finish()
}

/// Results on their way out.
struct Results<'a> {
    total: Total,
    writer: &'a dyn Writer,
    output: &'a mut Output,
    /// What is not written yet.
    waiting: String,
    n_written: usize,
    /// A line on each file, for a report that begins with them.
    lines: Vec<String>,
}

impl<'a> Results<'a> {
    fn new(writer: &'a dyn Writer, output: &'a mut Output) -> Results<'a> {
        let waiting = if writer.begins() == Begins::AtOnce { writer.head() } else { String::new() };
        Results { total: Total::default(), writer, output, waiting, n_written: 0, lines: Vec::new() }
    }

    fn add(&mut self, job: &Job, done: Done) {
        match done {
            Done::Written { text, line, summary, verdict } => {
                self.append(&text);
                self.lines.push(line);
                self.total.summary.add(&summary);
                self.total.fails += usize::from(verdict == Verdict::Fails);
            }
            Done::Failed(error) => {
                let message = error.to_string();
                let failed = Failed { path: &job.target.name, format: read::named(&job.target), message: &message };
                self.append(&self.writer.failed(&failed));
                self.lines.push(self.writer.failed_line(&failed));
                self.total.summary.add(&Summary::of_failed());
                // Both streams often go to one place, and there the order of the files is to be seen.
                self.flush_unless_held();
                complain(&format!("{}: {message}", shown(&job.target.name)));
            }
            Done::Passed(passed) => self.total.summary.left_alone += usize::from(passed == Passed::OtherKind),
        }
    }

    fn append(&mut self, part: &str) {
        if self.n_written > 0 {
            self.waiting.push_str(self.writer.between());
        }
        self.waiting.push_str(part);
        self.n_written += 1;
    }

    /// Writes what is done, unless what comes before it is not known yet.
    fn flush_unless_held(&mut self) -> State {
        match self.writer.begins() {
            Begins::AtOnce => self.flush(),
            Begins::WithTheSum => State::Open,
        }
    }

    fn finish(mut self) -> Total {
        let summary = &self.total.summary;
        let tail = self.writer.tail(summary);
        if self.writer.begins() == Begins::WithTheSum {
            let opening = self.writer.opening(&self.lines, summary);
            self.output.write(&opening);
        }
        self.flush();
        self.waiting = tail;
        if self.flush() == State::Failed {
            self.total.summary.failed += 1;
        }
        self.total
    }

    fn flush(&mut self) -> State {
        self.output.write(&std::mem::take(&mut self.waiting))
    }
}

thread_local! {
    /// Where the last panic of this thread was.
    static PANICKED_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A panic is reported as its file's error, so the usual message would only be noise.
pub(super) fn silence_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let message = info.payload_as_str().unwrap_or("no message");
        PANICKED_AT.with(|at| *at.borrow_mut() = format!("{message}, {place}"));
    }));
}

/// Does work that may panic, after [`silence_panics`].
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, FileError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| FileError::Broke(PANICKED_AT.with(|at| at.borrow().clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_its_files_error() {
        silence_panics();
        let done = guarded(|| panic!("no such cell"));
        let Err::<(), _>(FileError::Broke(what)) = done else { unreachable!("it broke") };
        assert!(what.starts_with("no such cell, ") && what.contains("run.rs:"), "{what}");
    }
}
