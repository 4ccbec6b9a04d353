//! Bytes of a text → UTF-16 units, which is what LanguageTool's clients count in.

/// Units before every [`STRIDE`]th byte, so that a place near the end of a long text costs no more than one at its start.
#[derive(Debug)]
pub(super) struct Units {
    counts: Vec<usize>,
}

const STRIDE: usize = 1024;

impl Units {
    pub(super) fn new(text: &str) -> Units {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                counts.push(count);
            }
            count += units(byte);
        }
        Units { counts }
    }

    /// Units before a byte of the text that this was made of.
    pub(super) fn before(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        let from = (at / STRIDE).min(self.counts.len().saturating_sub(1));
        let known = self.counts.get(from).copied().unwrap_or(0);
        known + text.as_bytes()[(from * STRIDE).min(at)..at].iter().map(|b| units(*b)).sum::<usize>()
    }
}

/// The units of the character that begins with this byte; none, where a character goes on.
fn units(byte: u8) -> usize {
    match byte {
        0x80..=0xbf => 0,
        0xf0..=0xff => 2,
        _ => 1,
    }
}

/// Units in a text.
pub(super) fn count(text: &str) -> usize {
    text.bytes().map(units).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_count_twice_and_accents_once() {
        let text = "é🏗x".repeat(1000);
        let units = Units::new(&text);
        for (at, _) in text.char_indices() {
            assert_eq!(units.before(&text, at), text[..at].encode_utf16().count());
        }
        assert_eq!(units.before(&text, text.len()), 4000);
        assert_eq!(count("é🏗x"), 4);
        assert_eq!(Units::new("").before("", 0), 0);
    }
}
