//! JSON, a line for each file: what the `files` of the JSON report hold, for programs that take a run as it goes. `jdlint
//! records` writes the same for the records of a table.

use super::json::{bad_file, file};
use super::{Checked, Failed, Writer};

/// Writes JSON Lines.
#[derive(Clone, Copy, Debug)]
pub struct JsonLines;

impl Writer for JsonLines {
    fn checked(&self, checked: &Checked) -> String {
        format!("{}\n", file(checked))
    }

    fn failed(&self, failed: &Failed) -> String {
        format!("{}\n", bad_file(failed))
    }
}
