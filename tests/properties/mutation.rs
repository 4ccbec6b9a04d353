//! Bytes → bytes like them with something wrong, by a chance that is the same every day. For the tests that run without a fuzzer.

/// A source of chance (xorshift64*), and what it does to bytes.
pub struct Mutation(u64);

/// Bytes that readers stumble over: marks of formats, ends of ranges, halves of characters.
const AWKWARD: [&[u8]; 28] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{ad}".as_bytes(),
    "\u{fb01}".as_bytes(),
    "\u{130}".as_bytes(),
    "\u{2028}".as_bytes(),
    b"\r",
    b"\r\n\r\n",
    b"<",
    b"</",
    b">",
    b"&#x110000;",
    b"&amp;",
    b"\"",
    b"'",
    b"[[",
    b"-->",
    b"<!--",
    b"65536",
    b"-1",
    b"4294967296",
    b"| a |",
    b"\\ud800",
];

impl Mutation {
    pub fn new(seed: u64) -> Mutation {
        Mutation(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() >> 33).map_or(0, |chance| chance % n.max(1))
    }

    /// Bytes like these, up to four things changed; `others` lend pieces of theirs.
    pub fn of(&mut self, bytes: &[u8], others: &[&[u8]]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            self.change(&mut out, others);
        }
        out
    }

    fn change(&mut self, out: &mut Vec<u8>, others: &[&[u8]]) {
        let at = self.below(out.len() + 1);
        let end = at + self.below((out.len() - at).min(64) + 1);
        match self.below(7) {
            0 => out.truncate(at),
            1 => _ = out.drain(at..end),
            2 => {
                let again = out[at..end].repeat(1 + self.below(8));
                out.splice(at..at, again);
            }
            3 => {
                let chance = self.next().to_le_bytes();
                out.iter_mut().skip(at).take(1).for_each(|b| *b = chance[0]);
            }
            4 | 5 => _ = out.splice(at..end.min(at + 2), AWKWARD[self.below(AWKWARD.len())].iter().copied()).count(),
            _ => {
                let other = others[self.below(others.len())];
                let from = self.below(other.len() + 1);
                let to = from + self.below((other.len() - from).min(200) + 1);
                out.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
}
