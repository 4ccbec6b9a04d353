//! Bytes of a text → UTF-16 units of it.

/// Places in a text, by their bytes.
pub struct Units {
    /// Units before each byte; none where every character is one byte, as in most adverts.
    before: Option<Vec<u32>>,
}

impl Units {
    pub fn of(text: &str) -> Units {
        if text.is_ascii() {
            return Units { before: None };
        }
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut units: u32 = 0;
        for c in text.chars() {
            before.resize(before.len() + c.len_utf8(), units);
            units += if c.len_utf16() == 2 { 2 } else { 1 };
        }
        before.push(units);
        Units { before: Some(before) }
    }

    /// The unit that a byte stands for.
    pub fn at(&self, byte: usize) -> usize {
        match &self.before {
            None => byte,
            Some(before) => before.get(byte).or(before.last()).map_or(0, |units| *units as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Units;

    #[test]
    fn emoji_are_two_units_and_accents_one() {
        let text = "é😀x";
        let units = Units::of(text);
        let places: Vec<usize> = text.char_indices().map(|(byte, _)| units.at(byte)).chain([units.at(text.len())]).collect();
        assert_eq!(places, [0, 1, 3, 4]);
    }
}
