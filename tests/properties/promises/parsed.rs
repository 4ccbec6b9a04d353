//! What people write for jdlint itself (rule files, phrases, configs) → compiled, or mistakes that each have a place in the file.

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jdlint::config::{Baseline, Config, Globs, Layers, NewAllowance, Place, with_allowances};
use jdlint::document::Format;
use jdlint::phrase::Compiler;
use jdlint::rules::{Base, Mistake, Names, Pack, PackSource, Ruleset};
use jdlint::text::Folded;
use jdlint::{Advert, Document, Linter, Settings};

use super::{is_sentence, text};

/// What rule files stand on: our own rules, which they may extend, and the names that conditions may say.
struct Ground {
    ours: Ruleset,
    files: Vec<(&'static str, &'static str)>,
    names: Names,
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    let roles = ("rules/roles.toml", include_str!("../../../rules/roles.toml"));
    let activities = ("rules/activities.toml", include_str!("../../../rules/activities.toml"));
    GROUND.get_or_init(|| Ground {
        ours: Ruleset::embedded(),
        files: Ruleset::embedded_files(),
        names: Names::read(roles, activities).expect("our own names are right"),
    })
}

/// A house rule: it loads, and then lints in bearable time; or all that is wrong has its place. It has lists of its own only:
/// ours would take longer to read than all else.
pub fn rules(bytes: &[u8]) {
    let Ground { ours, files, names } = ground();
    let rule = text(bytes).into_owned();
    let own = [("house.toml".to_owned(), rule.clone())];
    let base = Some(Base { pack: &ours.packs()[0], files });
    let mut catalogue = ours.catalogue().clone();
    match Pack::compile(&PackSource { lists: ("lists.toml", ""), files: &own, names, base }, &mut catalogue) {
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            are_placed(&mistakes, &rule);
        }
        Ok(pack) => {
            let begun = Instant::now();
            let advert = "# Clerk\n\n## Essential\n\n- A degree in law, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n- The chairman will drive\n";
            let document = Document::read(advert.as_bytes(), Format::Markdown).expect("it is text");
            Linter::new(Ruleset::new(catalogue, vec![pack]), Settings::default()).check(&Advert::new(vec![document]));
            assert!(begun.elapsed() < Duration::from_secs(10), "a rule lints in {:?}", begun.elapsed());
        }
    }
}

/// Phrases, one a line up to an empty one (`NAME = a, b` is a list), found in the rest.
pub fn phrase(bytes: &[u8]) {
    let all = text(bytes);
    let (phrases, searched) = all.split_once("\n\n").unwrap_or((&all, "A degree in law or history, five years' experience"));
    let mut compiler = Compiler::new();
    for line in phrases.lines() {
        let wrong = match line.split_once(" = ") {
            Some((name, members)) => {
                let members: Vec<&str> = members.split(", ").collect();
                compiler.list(name, &members).err().map(|(n, error)| (members[n], error))
            }
            None => compiler.phrase(line).err().map(|error| (line, error)),
        };
        if let Some((phrase, error)) = wrong {
            is_sentence(&error.what);
            assert!(phrase.get(error.at.clone()).is_some(), "{:?} is a place in {phrase:?}", error.at);
        }
    }
    let matcher = compiler.finish();
    let folded = Folded::new(searched);
    let found = matcher.find(&folded);
    for place in &found {
        assert!(!place.span.is_empty() && searched.get(place.span.range()).is_some(), "{place:?}");
        assert!((place.phrase as usize) < matcher.len());
    }
    assert!(found.windows(2).all(|w| w[0].span.start() <= w[1].span.start()), "by place");
}

/// A config, and what is written into it; a baseline.
pub fn config(bytes: &[u8]) {
    let written = text(bytes).into_owned();
    let (config, mistakes) = Config::parse("jdlint.toml", &written);
    are_placed(&mistakes, &written);
    are_placed(&config.unknown_rules("jdlint.toml", super::advert::linter().ruleset()), &written);
    // Whatever it extends is itself: a circle.
    let path = Path::new("/house/jdlint.toml");
    let place = Place { path, name: "jdlint.toml", folder: Path::new("/house"), root: Path::new("/house") };
    let layers = Layers::read(place, &|_| Ok(written.clone())).expect("it can be read");
    layers.mistakes().iter().for_each(|m| is_sentence(&m.what));
    if let Ok(globs) = Globs::new(&layers) {
        let _ = (globs.wanted(Path::new("adverts/clerk.docx")), globs.met(Path::new("clerk.md")));
    }
    accepting(&written, mistakes.is_empty());
    match Baseline::parse(&written) {
        Ok(baseline) => assert_eq!(Baseline::parse(&baseline.text()).ok().as_ref(), Some(&baseline)),
        Err(error) => is_sentence(&error.to_string()),
    }
}

/// An allowance that is added stands there afterwards, and the rest still says what it said.
fn accepting(written: &str, is_whole: bool) {
    let fingerprint = jdlint::lint::Fingerprint::parse("0123456789abcdef").expect("it is one");
    let new = NewAllowance { fingerprint, reason: "agreed".to_owned(), file: "a.docx".to_owned(), rule: "gendered.title".to_owned() };
    if let Ok(with) = with_allowances(written, &[new]) {
        let (config, mistakes) = Config::parse("jdlint.toml", &with);
        assert!(!is_whole || mistakes.is_empty(), "{mistakes:?} in {with}");
        assert!(!is_whole || config.allow.iter().any(|a| a.fingerprint == fingerprint), "it was written down: {with}");
    }
}

#[track_caller]
fn are_placed(mistakes: &[Mistake], text: &str) {
    for mistake in mistakes {
        is_sentence(&mistake.what);
        assert!(mistake.file != "house.toml" && mistake.file != "jdlint.toml" || text.get(mistake.at.clone()).is_some(), "{mistake:?}");
    }
}
