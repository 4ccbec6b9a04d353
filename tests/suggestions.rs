//! Every rewrite, applied in its place, reads well: those of the rules' examples, and those of adverts written for this
//! (`tests/documents/suggestions`).
//!
//! `.ci/grammar` holds the same rewrites to an independent grammar tool; the test writes them where `JDLINT_REWRITES` says.

use std::fs;
use std::path::{Path, PathBuf};

use jdlint::lint::{Edit, Finding, Fix};
use jdlint::{Advert, Document, Format, Jurisdiction, Linter, Ruleset, Settings};

/// A rewrite, made in the line that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rewrite {
    rule: String,
    title: String,
    before: String,
    after: String,
    /// Byte of `after` at which its first change begins.
    at: usize,
}

#[test]
fn every_rewrite_reads_well_in_its_place() {
    let rewrites = rewrites();
    assert!(rewrites.len() > 100, "{} rewrites", rewrites.len());
    let faults: Vec<String> =
        rewrites.iter().flat_map(|r| faults(r).into_iter().map(move |f| format!("{}: {f}\n  {}\n  {}", r.rule, r.before, r.after))).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// A requirement, once it has been rewritten as its rule says, is none to that rule. What opens one door may leave another
/// rule's open, and then that one speaks.
#[test]
fn no_rewritten_requirement_is_found_again() {
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let again = |rewrite: &Rewrite| {
        let text = format!("# Administrator\n\n## Essential criteria\n\n- {}\n", rewrite.after);
        let advert = Advert::new(vec![Document::read(text.as_bytes(), Format::Markdown).expect("it is text")]);
        let found = linter.check(&advert).remove(0).findings.into_iter();
        found
            .filter(|f| f.rule.as_str() == rewrite.rule && !advert.documents()[0].slice(f.span).is_empty())
            .map(|f| advert.documents()[0].slice(f.span).to_owned())
            .next()
    };
    let asked = rewrites().into_iter().filter(|r| r.rule.starts_with("prerequisite."));
    let found: Vec<String> = asked.filter_map(|r| again(&r).map(|words| format!("{}: “{words}” in {:?}, once {:?}", r.rule, r.after, r.before))).collect();
    assert!(found.is_empty(), "{} are found again:\n{}", found.len(), found.join("\n"));
}

#[test]
fn faults_are_noticed() {
    let made =
        |before: &str, after: &str, at: usize| faults(&Rewrite { rule: String::new(), title: String::new(), before: before.into(), after: after.into(), at });
    assert_eq!(made("We need a salesman.", "We need a adviser.", 10), ["“a” before “adviser”"]);
    assert_eq!(made("We need an ace.", "We need an user.", 11), ["“an” before “user”"]);
    assert_eq!(made("We need an ace.", "We need an honest one, an MSc and a UK one.", 11), Vec::<String>::new());
    assert_eq!(made("The team is young.", "The team is .", 12), ["a space before “.”"]);
    assert_eq!(made("The young team.", "The  team.", 4), ["two spaces"]);
    assert_eq!(made("Team (young)", "Team ()", 6), ["empty brackets"]);
    assert_eq!(made("Young people.", "people.", 0), ["a small letter begins “people”"]);
    assert_eq!(made("We want strong men.", "We want want people.", 8), ["“want” twice"]);
    assert_eq!(made("Calm, young.", "Calm,.", 5), ["“,.”"]);
    assert_eq!(made("Young", "", 0), ["nothing is left"]);
    assert_eq!(made("Calm and young.", "Calm and.", 8), ["“and” leads nowhere"]);
}

/// All of them, each once.
fn rewrites() -> Vec<Rewrite> {
    let mut all = Vec::new();
    let linter = |jurisdiction| Linter::new(Ruleset::embedded(), Settings { jurisdiction, ..Settings::default() });
    let linters: Vec<(Jurisdiction, Linter)> = Jurisdiction::ALL.map(|j| (j, linter(j))).into();
    for rule in Ruleset::embedded().rules() {
        for example in &rule.examples {
            let (_, linter) = linters.iter().find(|(j, _)| *j == example.jurisdiction).expect("there is one for each");
            add(&mut all, linter, &example.unmarked().0);
        }
    }
    for advert in adverts() {
        add(&mut all, &linters[0].1, &fs::read_to_string(advert).expect("it is text"));
    }
    all.sort();
    all.dedup();
    if let Some(file) = std::env::var_os("JDLINT_REWRITES") {
        let lines: Vec<String> = all.iter().map(|r| format!("{}\t{}\t{}\n", r.rule, r.before, r.after)).collect();
        fs::write(file, lines.concat()).expect("it can be written");
    }
    all
}

fn adverts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/suggestions");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("it is there").map(|e| e.expect("it can be read").path()).collect();
    files.sort();
    files
}

fn add(all: &mut Vec<Rewrite>, linter: &Linter, text: &str) {
    let advert = Advert::new(vec![Document::read(text.as_bytes(), Format::Markdown).expect("it is text")]);
    let report = linter.check(&advert).remove(0);
    for finding in &report.findings {
        all.extend(finding.fixes.iter().filter(|f| !f.edits.is_empty()).map(|fix| rewrite(&advert.documents()[0], finding, fix)));
    }
}

/// Makes a fix in the block that it changes.
fn rewrite(document: &Document, finding: &Finding, fix: &Fix) -> Rewrite {
    let text = document.text().as_str();
    let (from, to) = (fix.edits.iter().map(|e| e.span.start()).min(), fix.edits.iter().map(|e| e.span.end()).max());
    let (from, to) = (from.unwrap_or(0), to.unwrap_or(0));
    let block = document.blocks().iter().find(|b| b.span.start() <= from && to <= b.span.end());
    let (start, end) = block.map_or((0, text.len()), |b| (b.span.start(), b.span.end()));
    let mut after = text[start..end].to_owned();
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    for edit in edits {
        after.replace_range(edit.span.start() - start..edit.span.end() - start, &edit.insert);
    }
    Rewrite {
        rule: finding.rule.to_string(),
        title: fix.title.clone(),
        before: text[start..end].replace('\n', " "),
        after: after.replace('\n', " "),
        at: from - start,
    }
}

/// What reads badly after the rewrite and did not before.
fn faults(rewrite: &Rewrite) -> Vec<String> {
    if rewrite.after.trim().is_empty() {
        return vec!["nothing is left".to_owned()];
    }
    let mut known = slips(&rewrite.before);
    let mut new: Vec<String> = Vec::new();
    for slip in slips(&rewrite.after) {
        match known.iter().position(|k| *k == slip) {
            Some(at) => drop(known.remove(at)),
            None => new.push(slip),
        }
    }
    new.extend(lost_capital(rewrite));
    new
}

/// The first letter of a sentence was a capital and is none.
fn lost_capital(rewrite: &Rewrite) -> Option<String> {
    let before = rewrite.after.get(..rewrite.at)?.trim_end_matches([' ', '“', '"', '(', '*']);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?']);
    let was_capital = rewrite.before.get(rewrite.at..)?.trim_start().starts_with(char::is_uppercase);
    let rest = rewrite.after[rewrite.at..].trim_start();
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    (begins && was_capital && rest.starts_with(char::is_lowercase)).then(|| format!("a small letter begins “{word}”"))
}

fn slips(text: &str) -> Vec<String> {
    let mut slips = Vec::new();
    for (pair, what) in
        [("  ", "two spaces"), ("()", "empty brackets"), ("( )", "empty brackets"), ("[]", "empty brackets"), ("“”", "empty quotes"), ("\"\"", "empty quotes")]
    {
        slips.extend(text.matches(pair).map(|_| what.to_owned()));
    }
    for sign in [".", ",", ";", ":", "!", "?", ")"] {
        slips.extend(text.matches(&format!(" {sign}")).map(|_| format!("a space before “{sign}”")));
    }
    for pair in [",,", ",.", ";.", ", .", "..", ";;", ",;", "(,", "( "] {
        slips.extend(text.matches(pair).filter(|_| !text.contains("...")).map(|_| format!("“{pair}”")));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        let (first, next) = (pair[0], pair[1].trim_end_matches(|c: char| !c.is_alphanumeric()));
        if first.eq_ignore_ascii_case(next) && first.chars().all(char::is_alphabetic) && !["that", "had"].contains(&next) {
            slips.push(format!("“{next}” twice"));
        }
        slips.extend(article(first, next));
    }
    let last = text.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ').next().unwrap_or("");
    if ["and", "or", "a", "an", "the", "of", "with", "for"].contains(&last) {
        slips.push(format!("“{last}” leads nowhere"));
    }
    slips
}

/// “a” before a vowel sound, “an” before a consonant.
fn article(first: &str, next: &str) -> Option<String> {
    let article = first.trim_start_matches(|c: char| !c.is_alphabetic());
    let word = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
    let lower = letters.to_lowercase();
    let begins = |all: &[&str]| all.iter().any(|w| lower.starts_with(w));
    let vowel = if letters.len() > 1 && letters.chars().all(char::is_uppercase) && letters.len() < 5 {
        begins(&["a", "e", "f", "h", "i", "l", "m", "n", "o", "r", "s", "x"])
    } else {
        begins(&["a", "e", "i", "o", "u", "hour", "honest", "honour", "honor", "heir", "8", "11", "18", "msc"])
            && !begins(&["uni", "use", "usu", "euro", "one", "once", "ubi", "uk"])
            || begins(&["unin", "unim", "unidentified"])
    };
    match article {
        _ if letters.is_empty() || letters.len() == 1 => None,
        "a" | "A" if vowel => Some(format!("“{article}” before “{letters}”")),
        "an" | "An" | "AN" if !vowel => Some(format!("“{article}” before “{letters}”")),
        _ => None,
    }
}
