//! A bar on the error stream for runs that take a while, on a terminal only, and not where a build's log is (`CI`): some give
//! their builds a terminal.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing is shown: most runs are over by then.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts files that are done.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    wanted: bool,
    shown: OnceLock<()>,
}

impl Progress {
    pub(super) fn new(n_files: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(n_files as u64), ProgressDrawTarget::hidden());
        // Some services set it to nothing, or to “false”, for what is no build.
        let wanted = std::env::var_os("CI").is_none_or(|ci| ci.is_empty() || ci == "false");
        Progress { bar, since: Instant::now(), wanted, shown: OnceLock::new() }
    }

    /// One more file is done.
    pub(super) fn advance(&self) {
        self.bar.inc(1);
        if self.wanted && self.since.elapsed() > PATIENCE {
            self.shown.get_or_init(|| {
                let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files").unwrap_or_else(|_| ProgressStyle::default_bar());
                self.bar.set_style(style);
                // Draws nothing where the error stream is no terminal.
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            });
        }
    }

    /// Writes something else meanwhile, with the bar out of its way.
    pub(super) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
