//! What jdlint promises whatever it is given, on seeds that were written for it (`fuzz/seeds`) and on what chance makes of them.
//! `fuzz/` looks for worse with the same promises, guided by what the code does.

// The records' room, which a promise is made of, names rooms from the root on.
use jdlint::report;

mod mutation;
mod promises;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutation::Mutation;
use promises::Promise;

/// How long chance is tried on each promise; `JDLINT_SECONDS` says otherwise.
const SECONDS: u64 = 4;
/// What one small input may take in a debug build on a busy machine.
const BEARABLE: Duration = Duration::from_secs(20);

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("it can be read"))).collect()
}

/// Holds a promise to some bytes; where it is broken, the bytes are kept so that it can be seen again.
fn hold(target: &str, promise: Promise, bytes: &[u8], from: &Path) {
    let begun = Instant::now();
    let kept = catch_unwind(AssertUnwindSafe(|| promise(bytes)));
    if kept.is_err() || begun.elapsed() > BEARABLE {
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{target}"));
        fs::write(&to, bytes).expect("it can be written");
        panic!("{target} breaks its promise, or takes {:?}, on {} (made of {})", begun.elapsed(), to.display(), from.display());
    }
}

fn seconds() -> Duration {
    Duration::from_secs(std::env::var("JDLINT_SECONDS").ok().and_then(|n| n.parse().ok()).unwrap_or(SECONDS))
}

fn kept_by_seeds_and_chance(target: &str) {
    let promise = promises::named(target);
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    for (path, bytes) in &seeds {
        hold(target, promise, bytes, path);
    }
    let all: Vec<&[u8]> = seeds.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    let begun = Instant::now();
    // The same chances every day: what fails once fails again.
    let mut chance = Mutation::new(target.bytes().map(u64::from).sum());
    for n in 0.. {
        if begun.elapsed() > seconds() {
            break;
        }
        let (path, bytes) = &seeds[n % seeds.len()];
        hold(target, promise, &chance.of(bytes, &all), path);
    }
}

#[test]
fn every_promise_has_a_fuzz_target_and_seeds() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (name, _) in promises::ALL {
        let target = fuzz.join("fuzz_targets").join(format!("{name}.rs"));
        let text = fs::read_to_string(&target).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
        assert!(!seeds(name).is_empty(), "{name}");
    }
}

/// A test for each promise, so that they run beside one another and each is named where it breaks.
macro_rules! promised {
    ($($test:ident: $target:literal;)*) => {
        $(#[test]
        fn $test() {
            kept_by_seeds_and_chance($target);
        })*

        #[test]
        fn every_promise_is_tested() {
            let mut tested = vec![$($target),*];
            tested.sort_unstable();
            assert_eq!(tested, promises::ALL.map(|(name, _)| name));
        }
    };
}

promised! {
    checks_hold_together: "check";
    configs_are_read_or_faulted_in_place: "config";
    word_files_are_read_or_refused: "docx";
    fixes_settle: "fix";
    pages_are_read_or_refused: "html";
    postings_are_read_or_refused: "jsonld";
    markdown_is_read_or_refused: "markdown";
    open_documents_are_read_or_refused: "odt";
    pdfs_are_read_or_refused: "pdf";
    phrases_are_compiled_or_faulted_in_place: "phrase";
    texts_are_read_or_refused: "plain";
    records_do_not_depend_on_how_they_arrive: "records";
    reviews_open_again: "review";
    rule_files_are_compiled_or_faulted_in_place: "rules";
    edited_texts_are_as_read_anew: "session";
    files_are_what_they_are_whatever_they_are_called: "sniff";
}
