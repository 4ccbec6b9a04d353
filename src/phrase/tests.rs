use super::*;
use crate::text::Folded;

fn found(lists: &[(&str, &[&str])], phrases: &[&str], text: &str) -> Vec<String> {
    let mut compiler = Compiler::new();
    for (name, members) in lists {
        compiler.list(name, members).expect("the list is right");
    }
    for phrase in phrases {
        compiler.phrase(phrase).unwrap_or_else(|e| panic!("{phrase}: {e}"));
    }
    let folded = Folded::new(text);
    compiler.finish().find(&folded).iter().map(|f| text[f.span.range()].to_owned()).collect()
}

#[test]
fn phrases_are_found_as_people_write_them() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("chairman", "The Chairman’s office; a chairmanship", &["Chairman"]),
        ("licen(c|s)e", "licence or License, not licensed", &["licence", "License"]),
        ("manag*", "He manages managers", &["manages", "managers"]),
        ("rock-star", "a rockstar, rock star, rock-star or rock‑star", &["rockstar", "rock star", "rock-star", "rock‑star"]),
        ("degree level", "to degree\u{a0}level", &["degree\u{a0}level"]),
        ("(good|strong)? degree", "a good degree; strong degree; degree", &["good degree", "strong degree", "degree"]),
        ("a (good|strong)? degree", "a good degree, a degree", &["a good degree", "a degree"]),
        (
            "<number> years",
            "five years, 5+ years, 3-5 years, 2yrs, twenty-five years, five (5) years",
            &["five years", "5+ years", "3-5 years", "twenty-five years", "five (5) years"],
        ),
        ("<number> (years|yrs)", "2yrs", &["2yrs"]),
        ("degree ... essential", "a degree in law is essential", &["degree in law is essential"]),
        ("degree ... essential", "a degree one two three four five six seven essential", &[]),
        ("degree ... essential", "a degree. It is essential", &[]),
        ("meet ... friday", "the meeting every Friday; we meet on Friday", &["meet on Friday"]),
        ("he/she", "he/she and he / she", &["he/she", "he / she"]),
        ("(s)he", "she or s he", &["she"]),
        ("\\(s\\)he", "when (s)he comes", &["(s)he"]),
        (
            "meeting* at <time>",
            "Meetings at 3pm, meeting at 15:00, meeting at three o’clock",
            &["Meetings at 3pm", "meeting at 15:00", "meeting at three o’clock"],
        ),
        ("<day> lunch", "Friday lunch and Fridays lunch", &["Friday lunch", "Fridays lunch"]),
        ("nine-to-five", "nine to five, nine-to-five, ninetofive", &["nine to five", "nine-to-five", "ninetofive"]),
        ("24/7", "on call 24/7", &["24/7"]),
        ("^excel$", "Excel\n excel.\nGood Excel; excel\nExcel skills\nMuch Excel\n- Excel", &["Excel", "excel", "excel", "Excel"]),
        ("able to travel$", "able to travel by train; be able to travel. Or not", &["able to travel"]),
        ("^some? weekends", "We work some weekends. Some weekends", &["Some weekends"]),
        ("2\\$", "2$ or 2", &["2$"]),
        (
            "recent <word> <word>? experience",
            "recent post-qualification experience, recent A&E ward experience, recent, experience",
            &["recent post-qualification experience", "recent A&E ward experience"],
        ),
        ("\\(<number> years\\)", "(5 years) or 5 years", &["(5 years)"]),
        ("bachelor(')?s", "a bachelor’s or bachelors", &["bachelor’s", "bachelors"]),
        ("word word?", "word", &["word"]),
        ("(full|part)-time work", "full time work, part-time work, parttime work", &["full time work", "part-time work", "parttime work"]),
        ("post-doc(s)?", "post doc, postdoc, post-docs", &["post doc", "postdoc", "post-docs"]),
        ("stand-up*", "stand-ups, standup", &["stand-ups", "standup"]),
        ("full-time only", "full time only; fulltime only", &["full time only", "fulltime only"]),
        (
            "<number> days",
            "five (5) or more days, 7.5 days, twenty-five days, 3 to 5 days",
            &["five (5) or more days", "7.5 days", "twenty-five days", "3 to 5 days"],
        ),
        ("gs-<number>", "GS-7, gs 12, gs7", &["GS-7", "gs 12", "gs7"]),
        ("<number>-year-olds", "16-year-olds and sixteen year olds, 16yearolds", &["16-year-olds", "sixteen year olds", "16yearolds"]),
        ("c++ (code|skills)?", "C++ skills or C++", &["C++ skills", "C++"]),
        ("bachelor's(, master's)? degree", "a bachelor’s degree, a bachelor’s, master’s degree", &["bachelor’s degree", "bachelor’s, master’s degree"]),
        ("hands-on(, practical)? work*", "hands-on, practical working; handson works", &["hands-on, practical working", "handson works"]),
    ];
    for (phrase, text, expected) in cases {
        assert_eq!(found(&[], &[phrase], text), *expected, "{phrase} in {text}");
    }
}

#[test]
fn lists_are_found_by_any_member() {
    let lists: &[(&str, &[&str])] =
        &[("subject", &["computer science", "law", "a related (field|subject)"]), ("degree", &["degree", "phd", "master(')?s degree"])];
    assert_eq!(
        found(lists, &["degree in <subject>"], "a degree in computer science, a degree in a related field"),
        ["degree in computer science", "degree in a related field"]
    );
    assert_eq!(found(lists, &["<degree>"], "a Master’s degree"), ["Master’s degree"]);
    assert_eq!(found(lists, &["<degree> in <subject>"], "A PhD in law"), ["PhD in law"]);
}

#[test]
fn what_is_stored_is_the_same_matcher() {
    let mut compiler = Compiler::new();
    compiler.list("subject", &["computer science", "law", "a related (field|subject)"]).expect("they can be read");
    for phrase in ["degree in <subject>", "<subject>", "manag*", "either/or", "<number> years", "(a|the) chairman", "is ... law"] {
        compiler.phrase(phrase).expect(phrase);
    }
    let matcher = compiler.finish();
    // What is stored in the binary is there for as long as the program runs.
    let stored: &'static [u8] = postcard::to_allocvec(&matcher).expect("it is plain data").leak();
    let read: Matcher = postcard::from_bytes(stored).expect("it was just written");
    assert_eq!(postcard::to_allocvec(&read).as_deref(), Ok(stored));
    let folded = Folded::new("The chairman manages either / or: a degree in law or a related field, five (5) years");
    assert_eq!(read.find(&folded), matcher.find(&folded));
    assert_eq!(read.find(&folded).len(), 7);
}

#[test]
fn a_phrase_does_not_run_from_one_block_into_the_next() {
    assert_eq!(found(&[], &["degree level"], "a degree\nlevel 3"), Vec::<String>::new());
}

#[test]
fn mistakes_point_into_the_phrase() {
    let mut compiler = Compiler::new();
    for (phrase, at, what) in [
        ("degree in <subjekt>", 10..19, "no list named"),
        ("(a|b", 0..1, "never closed"),
        ("ab*", 2..3, "three letters"),
        ("a? b?", 0..5, "could not be looked up"),
        ("...", 0..3, "no word"),
        ("", 0..0, "empty"),
    ] {
        let error = compiler.phrase(phrase).expect_err(phrase);
        assert!(error.what.contains(what), "{phrase}: {error}");
        assert_eq!(error.at, at, "{phrase}");
    }
}

#[test]
fn numbers_are_read_in_digits_and_words() {
    for (text, value) in [("five years", 5.0), ("3-5 years", 3.0), ("twenty-five", 25.0), ("1,000 km", 1000.0), ("2.5 years", 2.5)] {
        assert_eq!(number_in(text), Some(value), "{text}");
    }
}

#[test]
fn times_of_day_are_read_however_they_are_written() {
    let afternoon = ["3pm", "15:00", "three o'clock", "3 p.m.", "15h00", "1500 hours", "1500hrs", "3 in the afternoon", "3.00", "3:00 PM"];
    for text in afternoon {
        assert_eq!(time_in(text), Some(900), "{text}");
    }
    let others = [
        ("12.30–14.00", 750),
        ("noon", 720),
        ("half past three", 930),
        ("half three", 930),
        ("quarter past three", 915),
        ("a quarter to four", 945),
        ("ten past three in the afternoon", 910),
        ("twenty-five to four", 935),
        ("Fridays between 12 and 2", 720),
        ("from 3 to 4", 900),
        ("06:30", 390),
        ("6:30am", 390),
        ("half past seven in the morning", 450),
    ];
    for (text, minutes) in others {
        assert_eq!(time_in(text), Some(minutes), "{text}");
    }
    for text in ["ten to twelve people", "half the team", "a quarter of the year", "five days", "ten past pupils"] {
        assert_eq!(time_in(text), None, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_phrase_and_no_text_panics(phrase in "[a-e*<>()|?.\\\\ -]{0,14}", text in "[a-eé \\n.-]{0,40}") {
        let mut compiler = Compiler::new();
        if compiler.phrase(&phrase).is_ok() {
            let matcher = compiler.finish();
            let folded = Folded::new(&text);
            for found in matcher.find(&folded) {
                proptest::prop_assert!(text.get(found.span.range()).is_some());
            }
        }
    }

    #[test]
    fn a_plain_phrase_is_found_wherever_it_stands(words in proptest::collection::vec("[a-z]{1,6}", 1..4), before in "[ .,]{0,3}", after in "[ .,]{0,3}") {
        let phrase = words.join(" ");
        let text = format!("{before}{}{after}", phrase.to_uppercase());
        proptest::prop_assert_eq!(found(&[], &[&phrase], &text).len(), 1);
    }
}
