//! A PDF's bytes → whether its compressed streams unpack to a bearable size. The interpreter unpacks without a limit, so a
//! small file could fill the memory.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush};

use crate::document::ReadError;

/// The most that all streams may unpack to, pictures included.
const LIMIT: usize = 512 << 20;

pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut left = LIMIT;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = &rest[at + b"stream".len()..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
        // The word also ends each stream; only the one before a line break and a zlib header begins a compressed one.
        let Some(data) = data.filter(|d| d.first().is_some_and(|b| b & 0x0F == 8)) else { continue };
        let (n_read, n_written) = unpacked(data, left);
        left = left
            .checked_sub(n_written)
            .filter(|left| *left > 0)
            .ok_or_else(|| ReadError::TooLarge { what: format!("its parts unpack to more than {} MiB", LIMIT >> 20) })?;
        rest = data.get(n_read..).unwrap_or(b"");
    }
    Ok(())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

/// How many bytes a stream has, and to how many it unpacks, as far as it does.
fn unpacked(mut data: &[u8], limit: usize) -> (usize, usize) {
    let mut state = InflateState::new_boxed(DataFormat::Zlib);
    let mut window = vec![0; 64 << 10];
    let (mut n_read, mut n_written) = (0, 0);
    while n_written < limit {
        let step = inflate(&mut state, data, &mut window, MZFlush::None);
        data = data.get(step.bytes_consumed..).unwrap_or(b"");
        n_read += step.bytes_consumed;
        n_written += step.bytes_written;
        let goes_on = matches!(step.status, Ok(miniz_oxide::MZStatus::Ok)) && (step.bytes_consumed > 0 || step.bytes_written > 0);
        if !goes_on {
            break;
        }
    }
    (n_read, n_written)
}
