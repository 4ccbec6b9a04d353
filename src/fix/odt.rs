//! An OpenDocument file → why it is not reviewed. Comments are written into Word files only as yet.

use super::review::{ReviewError, Reviewed, Work};

/// # Errors
/// Always: what is missing is a writer of `office:annotation` and `text:tracked-changes`.
pub(super) fn review(_: &Work) -> Result<Reviewed, ReviewError> {
    Err(ReviewError::Format { what: "an OpenDocument text", instead: "; save it as Word (.docx) to have it reviewed" })
}
