use super::{Document, ReadError};

pub(super) fn read(_bytes: &[u8]) -> Result<Document, ReadError> {
    Err(ReadError::Damaged { what: "not built yet".into() })
}
