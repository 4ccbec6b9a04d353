//! A document → the others of its advert: a specification's duties may stand in a job description of its own. They are named
//! with `--with`, or found by their names.

use std::path::PathBuf;

use super::files::Source;
use super::setup::Job;
use crate::config::Families;

/// Which documents belong together.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Together {
    /// Read these with each document: a duty there bears out a criterion here
    #[arg(long, value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
    /// Don't look for the job description that goes with a person specification by its name
    #[arg(long, conflicts_with = "with")]
    alone: bool,
}

impl Together {
    /// Gives each job the other documents of its advert.
    pub(super) fn join(&self, jobs: &mut [Job]) {
        let mut families = Families::default();
        for job in jobs {
            job.with.extend(self.with.iter().cloned());
            if let (Source::File(path), false, true) = (&job.target.source, self.alone, self.with.is_empty()) {
                job.with.extend(families.others(path));
            }
        }
    }
}
