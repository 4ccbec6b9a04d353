//! JSON, a line for each file: what the `files` of the JSON report hold, for programs that take a run as it goes. `jdlint
//! records` writes the same for the records of a table.

use super::json::{bad_file, file};
use super::{Checked, Failed, Summary, Writer};

/// Writes JSON Lines.
#[derive(Clone, Copy, Debug)]
pub struct JsonLines;

impl Writer for JsonLines {
    fn head(&self) -> String {
        String::new()
    }

    fn checked(&self, checked: &Checked) -> String {
        format!("{}\n", file(checked))
    }

    fn failed(&self, failed: &Failed) -> String {
        format!("{}\n", bad_file(failed))
    }

    fn between(&self) -> &'static str {
        ""
    }

    fn tail(&self, _: &Summary) -> String {
        String::new()
    }
}
