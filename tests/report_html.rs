//! The page of HTML: golden page, strangers' text that stays text, well-formedness, every finding marked once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use jdlint::document::{Document, Format};
use jdlint::lint::{Advert, Linter, Report, Settings};
use jdlint::outline::Wordings;
use jdlint::report::html::Html;
use jdlint::report::{Checked, Failed, Summary, Writer};
use jdlint::rules::{Ruleset, Severity};
use snapbox::Data;
use snapbox::data::DataFormat;

fn golden(actual: &str, path: &str) {
    let expected = Data::read_from(std::path::Path::new(path), Some(DataFormat::Text));
    snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV).eq(Data::text(actual.to_owned()), expected);
}

/// A page of one document, and what it reports.
fn page(path: &str, text: &str, format: Format) -> (String, Report) {
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let document = Document::read(text.as_bytes(), format).expect("it can be read");
    let advert = Advert::new(vec![document]);
    let report = linter.check(&advert).remove(0);
    let checked =
        Checked { path, bytes: text.as_bytes(), document: &advert.documents()[0], report: &report, ruleset: linter.ruleset(), fails_from: Severity::Warning };
    let wordings = Wordings::embedded();
    let html = Html { ruleset: linter.ruleset(), wordings: &wordings };
    let summary = Summary::of(&report, Severity::Info);
    let page = format!("{}{}{}", html.opening(&[html.line(&checked)], &summary), html.checked(&checked), html.tail(&summary));
    (page, report)
}

fn markdown(text: &str) -> (String, Report) {
    page("advert.md", text, Format::Markdown)
}

const VOID: [&str; 3] = ["meta", "br", "hr"];
const TAGS: [&str; 60] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "main",
    "footer",
    "nav",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "div",
    "span",
    "strong",
    "cite",
    "code",
    "q",
    "bdi",
    "mark",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "blockquote",
    "pre",
    "svg",
    "desc",
    "text",
    "rect",
    "line",
    "!doctype",
    "em",
    "b",
    "i",
    "br",
    "hr",
    "tfoot",
    "col",
    "g",
    "path",
];

/// The page's tags in order, its styles left out.
fn tags(page: &str) -> Vec<&str> {
    let (before, rest) = page.split_once("<style>").expect("a page has one style");
    let (_, after) = rest.split_once("</style>").expect("the style ends");
    [before, after].iter().flat_map(|part| part.split('<').skip(1)).map(|t| t.split_once('>').expect("a tag ends").0).collect()
}

fn name(tag: &str) -> &str {
    tag.split([' ', '/']).next().unwrap_or_default()
}

/// Every element closes in order, ids are unique, links within the page lead somewhere, headings leave out no level.
fn is_well_formed(page: &str) {
    let mut open = Vec::new();
    let (mut ids, mut links) = (BTreeSet::new(), Vec::new());
    let mut level = 0;
    for tag in tags(page) {
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "closes what is open");
            continue;
        }
        let name = name(tag);
        assert!(TAGS.contains(&name), "<{tag}> is a tag of ours");
        for (attribute, value) in attributes(tag) {
            assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "src", "<{tag}> runs and fetches nothing");
            match attribute {
                "id" => assert!(ids.insert(value), "{value} is one id"),
                "href" if value.starts_with('#') => links.push(&value[1..]),
                "href" => assert!(value.starts_with("https://") || value.starts_with("http://"), "{value} is a web address"),
                "aria-labelledby" => links.extend(value.split(' ')),
                _ => {}
            }
        }
        if let Some(n) = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
            assert!(n <= level + 1, "<{tag}> leaves out no level after {level}");
            level = n;
        }
        if !VOID.contains(&name) && name != "!doctype" && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    links.iter().for_each(|link| assert!(ids.contains(link), "#{link} leads somewhere"));
}

fn attributes(tag: &str) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"').expect("a value ends");
        found.insert(before.rsplit(' ').next().unwrap_or_default(), value);
        rest = next;
    }
    found
}

/// Every finding has one card, and one number in the text if it is about words.
fn marks_every_finding_once(page: &str, report: &Report) {
    let ids: Vec<&str> = tags(page).into_iter().filter_map(|t| attributes(t).get("id").copied()).collect();
    for (n, finding) in report.findings.iter().enumerate() {
        let count = |what: &str| ids.iter().filter(|id| id.ends_with(&format!("-{what}{}", n + 1))).count();
        assert_eq!(count("c"), 1, "finding {} has one card", n + 1);
        assert_eq!(count("m"), usize::from(!finding.span.is_empty()), "finding {} has one number: {finding:?}", n + 1);
    }
}

/// What a reader sees between the tags of a part.
fn seen(part: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in part.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn the_page_of_the_repositorys_advert() {
    let output = Command::new(env!("CARGO_BIN_EXE_jdlint")).args(["check", "--format", "html", "tests/documents/advert.md"]).output().expect("it runs");
    let page = String::from_utf8(output.stdout).expect("UTF-8");
    is_well_formed(&page);
    golden(&page, "tests/documents/advert.html");
}

#[test]
fn the_styles_hash_is_its_own() {
    let hash = Command::new("sh").args(["-c", "openssl dgst -sha256 -binary src/report/html/style.css | base64"]).output();
    let Some(hash) = hash.ok().filter(|h| h.status.success() && h.stdout.len() > 40) else {
        eprintln!("skipped: openssl is not installed");
        return;
    };
    golden(&String::from_utf8(hash.stdout).expect("base64"), "src/report/html/style.css.sha256");
}

#[test]
fn markup_in_a_document_or_its_name_stays_text() {
    let bad = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let text = format!("{bad}\n\nWe need a salesman \u{7}\u{1b}[31m\u{202e}{bad} `{bad}`.\n\nRequirements:\n\n* {bad} must be a native English speaker\n");
    let (page, report) = page(&format!("{bad}\0\u{202e}\n.txt"), &text, Format::Text);
    is_well_formed(&page);
    marks_every_finding_once(&page, &report);
    assert!(report.findings.len() >= 2, "there is something to mark: {:?}", report.findings);
    let lower = page.to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<img"), "nothing became markup");
    assert_eq!(page.matches("</style>").count(), 1, "the style ends once");
    let odd = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(page.chars().find(|c| odd(*c)), None, "what nobody sees is shown by its number");
    assert!(seen(&page).contains("U+202E"), "and it is shown");
}

#[test]
fn a_failed_files_name_and_message_stay_text() {
    let ruleset = Ruleset::embedded();
    let wordings = Wordings::embedded();
    let html = Html { ruleset: &ruleset, wordings: &wordings };
    let failed = html.failed_line(&Failed { path: "<b onclick=\"x\">\u{202e}.pdf", format: None, message: "<script>" });
    let page = format!("{}{}", html.opening(&[failed], &Summary::of_failed()), html.tail(&Summary::of_failed()));
    is_well_formed(&page);
    assert!(page.contains("&lt;script&gt;") && page.contains("could not be read"), "{page}");
    assert!(!page.contains("<b "), "its name is text");
}

#[test]
fn whole_text_stands_on_the_page() {
    let (page, report) = markdown(
        "# Sales & Service Lead\n\nWe want a *sales*man who is <young>.\n\n## Essential\n\n- A degree\n  - in physics\n- Own car\n\n| A | B |\n|---|---|\n| one | two |\n",
    );
    is_well_formed(&page);
    marks_every_finding_once(&page, &report);
    assert!(page.contains("<mark"), "findings are marked");
    for words in ["Sales & Service Lead", "in physics", "Own car", "one", "two"] {
        assert!(seen(&page).contains(words), "{words} is shown");
    }
    assert!(page.contains("<table class=\"grid"), "a table stays a table");
}

#[test]
fn overlapping_findings_are_each_marked_once() {
    let (page, report) = markdown(
        "# Analyst\n\n## Essential\n\n- A first class degree in computer science from a top university and 10+ years' experience in a fast-paced environment\n- A young native English speaker\n",
    );
    is_well_formed(&page);
    marks_every_finding_once(&page, &report);
    assert!(report.findings.len() >= 3, "{:?}", report.findings);
}

#[test]
fn a_mark_across_blocks_goes_on_in_each_and_has_one_number() {
    let (_, report) = markdown("# Analyst\n\nThe salesman has\n\na degree.\n");
    let linter = Linter::new(Ruleset::embedded(), Settings::default());
    let text = "# Analyst\n\nThe salesman has\n\na degree.\n";
    let document = Document::read(text.as_bytes(), Format::Markdown).expect("it can be read");
    let mut report = report;
    let found = report.findings.iter().position(|f| document.slice(f.span) == "salesman").expect("salesman is found");
    let start = report.findings[found].span.start();
    let end = document.text().as_str().find("degree").expect("it is there") + "degree".len();
    report.findings[found].span = document.text().span(start, end).expect("both ends stand between characters");
    let checked =
        Checked { path: "a.md", bytes: text.as_bytes(), document: &document, report: &report, ruleset: linter.ruleset(), fails_from: Severity::Warning };
    let wordings = Wordings::embedded();
    let article = Html { ruleset: linter.ruleset(), wordings: &wordings }.checked(&checked);
    assert!(article.contains(">salesman has</mark>") && article.contains(">a degree</mark>"), "{article}");
    let number = format!("-m{}\"", found + 1);
    assert_eq!(article.matches(&format!("{number} href")).count(), 1, "one number");
}

#[test]
fn the_page_asks_for_nothing() {
    let (page, _) = markdown("# Chairman\n");
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "its policy forbids all but its own style");
    for word in ["<script", "<link", "<img", "@import", "url(", "<iframe", "<form"] {
        assert!(!page.contains(word), "there is no {word}");
    }
}

#[test]
fn the_same_input_gives_the_same_page() {
    let text = "# Salesman\n\n## Essential\n\n- A degree\n";
    assert_eq!(markdown(text).0, markdown(text).0);
}
