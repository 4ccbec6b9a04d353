//! What each room costs, over an advert of 30 KB. `cargo bench`; figures are medians on the machine that runs it.
//!
//! `scan` shows that the search hardly grows with the number of phrases: the same text, 100 and 10,000 of them. Judging is what
//! `check` costs beyond `outline` and `scan_rules`. `relint` is what an editor waits for after each key.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jdlint::phrase::{Compiler, Matcher};
use jdlint::text::Folded;
use jdlint::{Advert, Document, Format, Linter, Memory, Ruleset, Settings};

fn main() {
    divan::main();
}

const ADVERT: &str = include_str!("../tests/documents/advert.md");

/// An advert of about 30 KB: the same one again and again.
fn long() -> String {
    ADVERT.repeat(30_000 / ADVERT.len() + 1)
}

/// Words that look like words: no two alike, some of them in the advert.
fn phrases(n: usize) -> Matcher {
    let syllables = ["ban", "cor", "del", "fin", "gam", "hol", "jur", "kel", "lom", "mar"];
    let mut compiler = Compiler::new();
    for i in 0..n {
        let word = |mut k: usize| {
            let mut out = String::new();
            for _ in 0..4 {
                out.push_str(syllables[k % 10]);
                k /= 10;
            }
            out
        };
        compiler.phrase(&format!("{} (team|experience|{})", word(i), word(i * 7 + 3))).expect("it is a phrase");
    }
    compiler.finish()
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn scan(bencher: Bencher, n: usize) {
    let matcher = phrases(n);
    let text = long();
    let folded = Folded::new(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| matcher.find(black_box(&folded)));
}

#[divan::bench]
fn fold(bencher: Bencher) {
    let text = long();
    bencher.counter(BytesCount::of_str(&text)).bench(|| Folded::new(black_box(&text)));
}

#[divan::bench]
fn read_markdown(bencher: Bencher) {
    let text = long();
    bencher.counter(BytesCount::of_str(&text)).bench(|| Document::read(black_box(text.as_bytes()), Format::Markdown));
}

#[divan::bench]
fn outline(bencher: Bencher) {
    let text = long();
    let document = Document::read(text.as_bytes(), Format::Markdown).expect("it is text");
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| linter.outline(black_box(&document)));
}

/// The words of all rules.
#[divan::bench]
fn scan_rules(bencher: Bencher) {
    let text = long();
    let ruleset = Ruleset::embedded();
    let folded = Folded::new(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| ruleset.packs()[0].scan.find(black_box(&folded)));
}

/// The words of all conditions.
#[divan::bench]
fn scan_conditions(bencher: Bencher) {
    let text = long();
    let ruleset = Ruleset::embedded();
    let folded = Folded::new(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| ruleset.packs()[0].context.find(black_box(&folded)));
}

/// Another word each time, read from its bytes on and checked as an editor's text is: only lines that changed are looked through.
#[divan::bench]
fn relint(bencher: Bencher) {
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let texts = ["young", "keen"].map(|word| long().replacen("experience", word, 1));
    let mut memory = Memory::default();
    let mut n = 0;
    bencher.counter(BytesCount::of_str(&texts[0])).bench_local(|| {
        n += 1;
        let document = Document::read(black_box(texts[n % 2].as_bytes()), Format::Markdown).expect("it is text");
        linter.recheck(&Advert::new(vec![document]), &mut memory)
    });
}

#[divan::bench]
fn check(bencher: Bencher) {
    let text = long();
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let advert = Advert::new(vec![Document::read(text.as_bytes(), Format::Markdown).expect("it is text")]);
    bencher.counter(BytesCount::of_str(&text)).bench(|| linter.check(black_box(&advert)));
}

#[divan::bench]
fn load_rules() -> Linter {
    Linter::new(Ruleset::embedded(), Settings::default())
}
