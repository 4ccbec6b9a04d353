//! stub
use super::review::{ReviewError, Reviewed, Work};
pub(super) fn review(work: &Work) -> Result<Reviewed, ReviewError> { Ok(work.unchanged()) }
