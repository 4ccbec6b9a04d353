//! The LanguageTool HTTP API: places in UTF-16 units, markup, and which rules are wanted.

use serde_json::Value;

use super::client::{Served, form};

/// Rule and place of each match.
fn places(answer: &Value) -> Vec<(String, usize, usize)> {
    let matches = answer["matches"].as_array().expect("there are matches");
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("a small one");
    matches.iter().map(|m| (m["rule"]["id"].as_str().expect("an id").to_owned(), number(&m["offset"]), number(&m["length"]))).collect()
}

/// The words of a text at a place in UTF-16 units.
fn words(text: &str, offset: usize, length: usize) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[offset..offset + length]).expect("the place is between characters")
}

#[test]
fn places_are_utf16_units_of_the_text() {
    let served = Served::start();
    let text = "👩🏽\u{200d}🔧 Café “Zoë” – naïve\u{301}: the chairman 🏗 and his handymen.\r\n\r\nEssential\r\n\u{a0}• 🎓 a native English speaker";
    let answer = served.check(&[("text", text), ("language", "en-GB")]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let found: Vec<(String, String)> = places(&answer.json()).into_iter().map(|(rule, offset, length)| (rule, words(text, offset, length))).collect();
    for wanted in [("gendered.title", "chairman"), ("gendered.title", "handymen")] {
        assert!(found.contains(&(wanted.0.to_owned(), wanted.1.to_owned())), "{wanted:?} in {found:?}");
    }
    assert!(found.iter().any(|(_, words)| words.contains("native English speaker")), "{found:?}");
}

#[test]
fn a_match_has_what_clients_show() {
    let served = Served::start();
    let answer = served.check(&[("text", "We 🏗 need a chairman."), ("language", "en-GB")]).json();
    let one = &answer["matches"][0];
    assert_eq!(one["rule"]["category"]["id"], "GENDERED");
    assert_eq!(one["replacements"][0]["value"], "chair");
    assert_eq!(one["sentence"], "We 🏗 need a chairman.");
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("a small one");
    let context = &one["context"];
    assert_eq!(words(context["text"].as_str().expect("words"), number(&context["offset"]), number(&context["length"])), "chairman");
    let page = one["rule"]["urls"][0]["value"].as_str().expect("a link");
    let path = page.strip_prefix(&format!("http://{}", served.host())).expect("the rule's page is here");
    let page = served.get(path, &[]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("gendered.title"));
}

#[test]
fn a_rewrite_at_the_end_of_a_criterion_is_a_replacement_of_all_of_it() {
    let served = Served::start();
    let text = "Essential\n\n- A degree in physics\n- Well organised\n";
    let answer = served.check(&[("text", text), ("language", "en-GB")]).json();
    let degree = answer["matches"].as_array().expect("matches").iter().find(|m| m["rule"]["id"] == "prerequisite.degree").expect("it is found");
    assert_eq!(degree["replacements"][0]["value"], "degree in physics or equivalent experience");
    let (_, offset, length) = places(&answer).into_iter().find(|(rule, ..)| rule == "prerequisite.degree").expect("it is found");
    assert_eq!(words(text, offset, length), "degree in physics");
}

#[test]
fn words_that_go_are_replaced_by_their_neighbour() {
    let served = Served::start();
    for (text, place, value) in [
        ("Are you fun and energetic?", "fun and energetic", "fun"),
        ("We have a café 🏗 and a young team.", "a young", "a"),
        ("Young team seeks a cook.", "Young team", "Team"),
    ] {
        let answer = served.check(&[("text", text), ("language", "en-GB")]).json();
        let found: Vec<(String, String)> = answer["matches"]
            .as_array()
            .expect("matches")
            .iter()
            .zip(places(&answer))
            .map(|(m, (_, offset, length))| (words(text, offset, length), m["replacements"][0]["value"].as_str().unwrap_or("").to_owned()))
            .collect();
        assert!(found.contains(&(place.to_owned(), value.to_owned())), "{text}: {found:?}");
    }
}

#[test]
fn every_replacement_of_the_rules_examples_gives_what_the_rewrite_gives() {
    let served = Served::with(&["--min-severity", "info"]);
    let text = "Essential\n\n- A degree in physics\n- A full driving licence\n- At least 10 years' experience in sales\n- Must be a native English speaker\n\nThe chairman and his man hours 🏗: he must be young and dynamic.\n";
    let answer = served.check(&[("text", text), ("language", "en-GB")]).json();
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut n_replaced = 0;
    for (one, (rule, offset, length)) in answer["matches"].as_array().expect("matches").iter().zip(places(&answer)) {
        for replacement in one["replacements"].as_array().expect("a list") {
            let value: Vec<u16> = replacement["value"].as_str().expect("words").encode_utf16().collect();
            let after = String::from_utf16(&[&units[..offset], &value, &units[offset + length..]].concat()).expect("text");
            assert!(!after.contains("  ") && !value.is_empty(), "{rule}: {after}");
            n_replaced += 1;
        }
    }
    assert!(n_replaced >= 4, "{n_replaced} replacements in {answer}");
}

#[test]
fn a_paragraph_alone_is_judged_with_a_reserve() {
    let served = Served::start();
    let message = |text: &str| {
        let answer = served.check(&[("text", text), ("language", "en-GB")]).json();
        let driving = answer["matches"].as_array().expect("matches").iter().find(|m| m["rule"]["id"] == "prerequisite.driving").cloned();
        driving.map(|m| m["message"].as_str().expect("words").to_owned())
    };
    let alone = message("A full driving licence is essential.").expect("it is found");
    assert!(alone.contains("the rest of the advert, which was not sent"), "{alone}");
    let whole = message("Data Analyst\n\nMain duties\n\n- Write reports\n\nEssential\n\n- A full driving licence\n").expect("it is found");
    assert!(!whole.contains("which was not sent"), "{whole}");
    assert_eq!(message("Ambulance Driver\n\nMain duties\n\n- Drive an ambulance\n\nEssential\n\n- A full driving licence\n"), None, "the duty is there");
    let title = served.check(&[("text", "We need a chairman."), ("language", "en-GB")]).json()["matches"][0]["message"].to_string();
    assert!(!title.contains("which was not sent"), "what stands for itself is said without: {title}");
}

#[test]
fn get_and_post_answer_alike() {
    let served = Served::start();
    let fields = [("text", "Wanted: a salesman in Zoë's café, 🏗 & more + better"), ("language", "en-GB")];
    let by_post = served.check(&fields);
    let by_get = served.get(&format!("/v2/check?{}", form(&fields)), &[]);
    assert_eq!((by_post.status, by_get.status), (200, 200));
    assert_eq!(by_post.json(), by_get.json());
    assert_eq!(places(&by_get.json()).len(), 1);
}

#[test]
fn markup_counts_in_places_and_not_in_words() {
    let served = Served::start();
    let markup = "<p>🏗 Wanted: a sales<b>man</b> &amp; a chairman</p><h2>Essential</h2><ul><li>a <i>chair</i>man</li></ul>";
    let data = r#"{"annotation":[{"markup":"<p>","interpretAs":"\n\n"},{"text":"🏗 Wanted: a sales"},{"markup":"<b>"},{"text":"man"},{"markup":"</b>"},{"text":" "},{"markup":"&amp;","interpretAs":"&"},{"text":" a chairman"},{"markup":"</p><h2>","interpretAs":"\n\n"},{"text":"Essential"},{"markup":"</h2><ul><li>","interpretAs":"\n\n- "},{"text":"a "},{"markup":"<i>"},{"text":"chair"},{"markup":"</i>"},{"text":"man"},{"markup":"</li></ul>"}]}"#;
    let answer = served.check(&[("data", data), ("language", "en-GB")]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    let found: Vec<String> = places(&answer).into_iter().map(|(_, offset, length)| words(markup, offset, length)).collect();
    assert_eq!(found, ["sales<b>man", "chairman", "chair</i>man"]);
    let replaced: Vec<usize> = answer["matches"].as_array().expect("matches").iter().map(|m| m["replacements"].as_array().expect("a list").len()).collect();
    assert!(replaced[0] == 0 && replaced[1] > 0 && replaced[2] == 0, "words cannot take the place of half an element: {replaced:?}");
    assert!(answer["matches"][0]["message"].as_str().expect("words").contains("salesperson"), "but they are told: {answer}");
}

#[test]
fn rules_are_chosen_as_with_languagetool() {
    let served = Served::start();
    let text = "Wanted: a chairman, young and dynamic.";
    let rules = |fields: &[(&str, &str)]| -> Vec<String> {
        let all: Vec<(&str, &str)> = [("text", text), ("language", "en-GB")].iter().chain(fields).copied().collect();
        places(&served.check(&all).json()).into_iter().map(|(rule, ..)| rule).collect()
    };
    let all = rules(&[]);
    assert!(all.iter().any(|r| r == "gendered.title") && all.iter().any(|r| r.starts_with("exclusionary.")), "{all:?}");
    assert!(!rules(&[("disabledRules", "WHITESPACE_RULE,gendered.title")]).contains(&"gendered.title".to_owned()));
    assert!(rules(&[("disabledCategories", "TYPOS,EXCLUSIONARY")]).iter().all(|r| !r.starts_with("exclusionary.")));
    assert_eq!(rules(&[("enabledRules", "gendered.title"), ("enabledOnly", "true")]), ["gendered.title"]);
    assert_eq!(rules(&[("enabledCategories", "GENDERED"), ("enabledOnly", "true")]), ["gendered.title"]);
    assert_eq!(rules(&[("enabledRules", "UPPERCASE_SENTENCE_START"), ("enabledOnly", "true")]), Vec::<String>::new(), "a rule of LanguageTool's");
    assert_eq!(rules(&[("motherTongue", "de"), ("username", "x"), ("apiKey", "y")]), all, "what means nothing here is passed by");
}

#[test]
fn notes_are_shown_to_the_picky() {
    let served = Served::start();
    let severities = |fields: &[(&str, &str)]| {
        let text = "Essential\n\nKnowledge of XQZT and a desire to work in a fast-paced environment. You will be ambitious.";
        let all: Vec<(&str, &str)> = [("text", text), ("language", "en-GB")].iter().chain(fields).copied().collect();
        places(&served.check(&all).json()).len()
    };
    let (usual, picky) = (severities(&[]), severities(&[("level", "picky")]));
    assert!(picky > usual, "{picky} and {usual}");
    assert_eq!(served.check(&[("text", "x"), ("language", "en"), ("level", "strict")]).status, 400);
}

#[test]
fn other_languages_are_left_alone() {
    let served = Served::start();
    for language in ["de-DE", "cy", "fr"] {
        let answer = served.check(&[("text", "Wir suchen a chairman."), ("language", language)]);
        assert_eq!((answer.status, places(&answer.json()).len()), (200, 0), "{language}");
    }
    let auto = served.check(&[("text", "We need a chairman."), ("language", "auto"), ("preferredVariants", "de-AT,en-US")]).json();
    assert_eq!(auto["language"]["code"], "en-US");
    assert_eq!(places(&auto).len(), 1);
}

#[test]
fn a_bad_request_is_told_in_words() {
    let served = Served::start();
    let bad = |fields: &[(&str, &str)], says: &str| {
        let answer = served.check(fields);
        assert_eq!(answer.status, 400, "{fields:?}");
        assert!(answer.message().contains(says), "{}", answer.message());
    };
    bad(&[("language", "en")], "no “text” and no “data”");
    bad(&[("text", "a"), ("data", "{}")], "not both");
    bad(&[("data", "{\"annotation\":")], "no annotated text");
    bad(&[("data", "{\"annotation\":[{\"text\":\"a\",\"markup\":\"b\"}]}")], "piece 1");
    bad(&[("text", "a"), ("enabledOnly", "true")], "enabledOnly");
    let json = served.post("/v2/check", &["Content-Type: application/json"], b"{\"text\":\"a\"}");
    assert_eq!(json.status, 400);
    assert!(json.message().contains("x-www-form-urlencoded"));
    assert_eq!(json.header("content-type").as_deref(), Some("text/plain; charset=utf-8"), "clients take what is JSON for a result");
    for empty in ["", " \n\t", "\u{1}\u{2}"] {
        assert_eq!(places(&served.check(&[("text", empty), ("language", "en-GB")]).json()), [], "{empty:?}");
    }
}

#[test]
fn clients_learn_what_answers_and_in_which_languages() {
    let served = Served::start();
    let languages = served.get("/v2/languages", &[]).json();
    assert!(languages.as_array().expect("a list").iter().any(|l| l["longCode"] == "en-GB" && l["code"] == "en"));
    assert_eq!(served.get("/v2/info", &[]).json()["software"]["name"], "jdlint");
    assert_eq!(served.get("/v2/healthcheck", &[]).text(), "OK");
    assert!(served.get("/v2/maxtextlength", &[]).text().parse::<usize>().is_ok());
}

#[test]
fn writers_placeholders_for_notes_and_fields_do_not_move_places() {
    let served = Served::start();
    let text = "Notes\u{1} and fields\u{2}\u{fffc}\u{200b} 🏗: the chairman";
    let answer = served.check(&[("text", text), ("language", "en-GB")]).json();
    let found: Vec<String> = places(&answer).into_iter().map(|(_, offset, length)| words(text, offset, length)).collect();
    assert_eq!(found, ["chairman"]);
}
