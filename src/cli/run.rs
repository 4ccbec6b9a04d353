//! Many files at once, their results in order: whatever the number of threads, each report is the same.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::files::Origin;
use super::output::{Output, State, complain};
use super::progress::Progress;
use super::read::{self, FileError};
use super::reports::{Extent, Route};
use super::setup::Job;
use crate::report::{Begins, Checked, Failed, Held, Part, Summary, Writer, shown};

/// What came of a file.
pub(super) enum Done {
    /// It is written, in each of the formats asked for, and counts.
    Written { parts: Vec<Part>, summary: Box<Summary>, verdict: Verdict },
    /// It could not be linted.
    Failed(FileError),
    /// It is none of ours: a folder held it.
    Passed(Passed),
}

impl Done {
    /// Of a file that could not be linted. A folder may hold any JSON, and reports of earlier runs.
    pub(super) fn unread(job: &Job, error: FileError) -> Done {
        match error {
            FileError::Document(error) if job.target.origin == Origin::Walked && error.holds_no_job() => Done::Passed(Passed::OtherContent),
            error => Done::Failed(error),
        }
    }
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

/// What writers make of a file.
pub(super) fn parts(writers: &[&dyn Writer], checked: &Checked) -> Vec<Part> {
    writers.iter().map(|writer| writer.part(checked)).collect()
}

/// Does the work for each file, given the writers of the routes, and writes the results in the order of the files.
pub(super) fn in_order(jobs: &[Job], routes: &mut [Route], work: impl Fn(&Job, &[&dyn Writer]) -> Done + Sync) -> Total {
    silence_panics();
    let progress = Progress::new(jobs.len());
    let (writers, outputs): (Vec<&dyn Writer>, Vec<_>) = routes.iter_mut().map(|r| (&*r.writer, (&mut r.output, r.extent))).unzip();
    let one = |job: &Job| {
        let done = guarded(|| work(job, &writers)).unwrap_or_else(Done::Failed);
        progress.advance();
        done
    };
    let mut results = Results::new(writers.iter().copied().zip(outputs).map(|(writer, (output, extent))| Going::new(writer, output, extent)).collect());
    for chunk in jobs.chunks(CHUNK) {
        let done: Vec<Done> = if jobs.len() <= FEW { chunk.iter().map(one).collect() } else { chunk.par_iter().map(one).collect() };
        let state = progress.aside(|| {
            for (job, done) in chunk.iter().zip(done) {
                results.add(job, done);
            }
            results.flush()
        });
        if state == Reading::Nobody {
            break;
        }
    }
    drop(progress);
    results.finish()
}

/// Whether anybody still takes what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Somebody,
    Nobody,
}

/// Results on their way out.
struct Results<'a> {
    total: Total,
    going: Vec<Going<'a>>,
}

impl<'a> Results<'a> {
    fn new(going: Vec<Going<'a>>) -> Results<'a> {
        Results { total: Total::default(), going }
    }

    fn add(&mut self, job: &Job, done: Done) {
        match done {
            Done::Written { parts, summary, verdict } => {
                self.going.iter_mut().zip(parts).for_each(|(going, part)| going.add(part));
                self.total.summary.add(&summary);
                self.total.fails += usize::from(verdict == Verdict::Fails);
            }
            Done::Failed(error) => {
                let message = error.to_string();
                let failed = Failed { path: &job.target.name, format: read::named(&job.target), message: &message };
                self.going.iter_mut().for_each(|going| going.add(going.writer.failed_part(&failed)));
                self.total.summary.add(&Summary::of_failed());
                // Both streams often go to one place, and there the order of the files is to be seen.
                self.flush();
                complain(&format!("{}: {message}", shown(&job.target.name)));
            }
            Done::Passed(passed) => self.total.summary.left_alone += usize::from(passed == Passed::OtherKind),
        }
    }

    fn flush(&mut self) -> Reading {
        let open = self.going.iter_mut().map(Going::flush).filter(|state| *state == State::Open).count();
        // Without any report the exit code is what is asked for.
        if open == 0 && !self.going.is_empty() { Reading::Nobody } else { Reading::Somebody }
    }

    fn finish(mut self) -> Total {
        let n_failed = self.going.into_iter().map(|going| going.finish(&self.total.summary)).filter(|state| *state == State::Failed).count();
        self.total.summary.failed += n_failed;
        self.total
    }
}

/// One report on its way out.
struct Going<'a> {
    writer: &'a dyn Writer,
    output: &'a mut Output,
    extent: Extent,
    /// What is not written yet.
    waiting: String,
    n_written: usize,
    /// All parts, for a report that begins with the sum of them.
    held: Held,
}

impl<'a> Going<'a> {
    fn new(writer: &'a dyn Writer, output: &'a mut Output, extent: Extent) -> Going<'a> {
        let waiting = if writer.begins() == Begins::AtOnce { writer.head() } else { String::new() };
        Going { writer, output, extent, waiting, n_written: 0, held: Held::new(writer.room()) }
    }

    fn add(&mut self, part: Part) {
        if self.writer.begins() == Begins::WithTheSum {
            self.held.add(part);
        } else if !part.text.is_empty() {
            if self.n_written > 0 {
                self.waiting.push_str(self.writer.between());
            }
            self.waiting.push_str(&part.text);
            self.n_written += 1;
        }
    }

    fn flush(&mut self) -> State {
        self.output.write(&std::mem::take(&mut self.waiting))
    }

    fn finish(mut self, summary: &Summary) -> State {
        let findings = Summary { statistics: None, ..summary.clone() };
        let summary = if self.extent == Extent::Findings { &findings } else { summary };
        // What became of it, the output remembers.
        let _ = self.flush();
        let rest = match self.writer.begins() {
            Begins::AtOnce => self.writer.tail(summary),
            Begins::WithTheSum => self.writer.whole(&self.held.parts(), summary),
        };
        let _ = self.output.write(&rest);
        self.output.finish()
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
