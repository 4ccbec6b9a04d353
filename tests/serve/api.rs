//! jdlint's own API and its pages: what they give is what the command line gives.

use std::fs;
use std::path::Path;
use std::process::Command;

use jdlint::{Document, Format};
use serde_json::Value;

use super::client::{Answer, BOUNDARY, JDLINT, Part, Served, multipart};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(ROOT).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What a command writes, run in a folder.
fn command(folder: &str, args: &[&str]) -> String {
    let output = Command::new(JDLINT).args(args).arg("--no-config").current_dir(Path::new(ROOT).join(folder)).output().expect("it starts");
    String::from_utf8(output.stdout).expect("it is text")
}

fn upload(served: &Served, path: &str, parts: &[Part]) -> Answer {
    served.post(path, &[&served.bearer(), BOUNDARY], &multipart(parts))
}

#[test]
fn check_gives_what_the_command_line_gives() {
    let served = Served::start();
    let advert = file("tests/documents/advert.md");
    let by_command = command("tests/documents", &["check", "--format", "json", "advert.md"]);
    let raw = served.post("/api/check?name=advert.md", &[&served.bearer()], &advert);
    assert_eq!(raw.status, 200, "{}", raw.text());
    assert_eq!(raw.text(), by_command);
    assert_eq!(served.post("/api/check", &[&served.bearer(), "X-Filename: advert.md"], &advert).text(), by_command);
    assert_eq!(upload(&served, "/api/check", &[("file", Some("advert.md"), &advert)]).text(), by_command);
    let us =
        command("tests/documents", &["check", "--format", "json", "--jurisdiction", "us", "--min-severity", "warning", "--ignore", "gendered", "advert.md"]);
    assert_eq!(served.post("/api/check?name=advert.md&jurisdiction=us&min-severity=warning&ignore=gendered", &[&served.bearer()], &advert).text(), us);
    let fields: [Part; 3] = [("jurisdiction", None, b"us"), ("min-severity", None, b"warning"), ("ignore", None, b"gendered")];
    assert_eq!(upload(&served, "/api/check", &[&[("file", Some("advert.md"), advert.as_slice())], &fields[..]].concat()).text(), us);
    let auto = command("tests/documents", &["check", "--format", "json", "--jurisdiction", "auto", "advert.md"]);
    assert_eq!(served.post("/api/check?name=advert.md&jurisdiction=auto", &[&served.bearer()], &advert).text(), auto);
}

#[test]
fn a_format_is_told_by_header_name_or_content() {
    let served = Served::start();
    let format = |path: &str, headers: &[&str], body: &[u8]| {
        let bearer = served.bearer();
        let headers: Vec<&str> = headers.iter().copied().chain([bearer.as_str()]).collect();
        served.post(path, &headers, body).json()["files"][0]["format"].as_str().unwrap_or("none").to_owned()
    };
    let word = word();
    assert_eq!(format("/api/check", &[], &word), "docx", "by its content");
    assert_eq!(format("/api/check", &["Content-Type: application/octet-stream"], &word), "docx");
    assert_eq!(format("/api/check", &[], b"# A chairman"), "text");
    assert_eq!(format("/api/check", &["Content-Type: text/markdown; charset=utf-8"], b"# A chairman"), "markdown");
    assert_eq!(format("/api/check?format=markdown", &["Content-Type: text/plain"], b"# A chairman"), "markdown");
    assert_eq!(format("/api/check?name=Z%C3%BCrich.md", &[], b"# A chairman"), "markdown");
    assert_eq!(format("/api/check", &["X-Filename: Z%C3%BCrich%20%2B%20Genf.md"], b"# A chairman"), "markdown");
    assert_eq!(format("/api/check", &["Content-Type: text/html"], b"<p>A chairman"), "html");
}

/// A Word file that this repository has.
fn word() -> Vec<u8> {
    file("tests/cli/word/advert.docx")
}

#[test]
fn several_documents_are_read_apart_or_together() {
    let served = Served::start();
    let specification = b"# Person specification\n\n## Essential\n\n- A full driving licence\n";
    let description = b"# Job description: District Warden\n\n## Main duties\n\n- Drive the van to sites across the county every day\n";
    let parts: [Part; 2] = [("file", Some("spec.md"), specification), ("file", Some("job.md"), description)];
    let rules = |answer: &Value| answer["files"][0]["findings"].as_array().expect("a list").iter().map(|f| f["rule"].to_string()).collect::<Vec<_>>();
    let apart = upload(&served, "/api/check?min-severity=warning", &parts).json();
    let together = upload(&served, "/api/check?min-severity=warning&together=yes", &parts).json();
    assert_eq!((apart["files"].as_array().map(Vec::len), apart["summary"]["files"].as_u64()), (Some(2), Some(2)));
    assert!(rules(&apart).iter().any(|r| r.contains("driving")), "{apart}");
    assert!(!rules(&together).iter().any(|r| r.contains("driving")), "the duty bears it out: {together}");
}

#[test]
fn a_document_that_cannot_be_read_is_told_beside_the_others() {
    let served = Served::start();
    let parts: [Part; 3] =
        [("file", Some("broken.docx"), b"PK\x03\x04 no package"), ("file", Some("good.md"), b"# A chairman"), ("file", Some("photo.pdf"), b"\x89PNG\r\n")];
    let answer = upload(&served, "/api/check", &parts).json();
    let errors: Vec<bool> = answer["files"].as_array().expect("a list").iter().map(|f| !f["error"].is_null()).collect();
    assert_eq!(errors, [true, false, true], "{answer}");
    assert_eq!(answer["summary"]["failed"], 2);
}

#[test]
fn criteria_and_rules_give_what_the_command_line_gives() {
    let served = Served::start();
    let advert = file("tests/documents/advert.md");
    let criteria = served.post("/api/criteria?name=advert.md", &[&served.bearer()], &advert);
    assert_eq!(criteria.text(), command("tests/documents", &["criteria", "--format", "json", "advert.md"]));
    assert_eq!(served.get("/api/rules", &[&served.bearer()]).text(), command("tests", &["rules", "--format", "json"]));
    let explained = served.get("/api/rules/prerequisite.degree", &[&served.bearer()]);
    assert_eq!(explained.text(), command("tests", &["explain", "--format", "json", "prerequisite.degree"]));
    let unknown = served.get("/api/rules/prerequisite.degre", &[&served.bearer()]);
    assert!(unknown.message().contains("did you mean “prerequisite.degree”?"), "{}", unknown.message());
}

#[test]
fn review_gives_the_word_file_with_comments() {
    let served = Served::start();
    let answer = served.post("/api/review?suggest=yes", &[&served.bearer(), "X-Filename: ../../etc/R%C3%A9sum%C3%A9%0d%0aX.docx"], &word());
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-disposition").as_deref(), Some("attachment; filename=\"R_sum___X.reviewed.docx\""));
    assert!(answer.header("x-jdlint-comments").expect("a count").parse::<u32>().expect("a number") > 0);
    let reviewed = Document::read(&answer.body, Format::Word).expect("it is a Word file");
    let before = Document::read(&word(), Format::Word).expect("it is a Word file");
    assert!(!reviewed.text().as_str().is_empty() && answer.body.len() > word().len() && !before.text().as_str().is_empty());
    let text = served.post("/api/review?name=advert.md", &[&served.bearer()], b"# A chairman");
    assert_eq!(text.status, 422);
    assert!(text.message().contains("a review comes back in Word and OpenDocument files"), "{}", text.message());
    let broken = served.post("/api/review?name=advert.docx", &[&served.bearer()], b"PK\x03\x04");
    assert_eq!(broken.status, 422);
}

#[test]
fn wishes_that_cannot_be_met_are_told() {
    let served = Served::start();
    for (query, says) in [
        ("jurisdiction=atlantis", "there is no jurisdiction “atlantis”"),
        ("select=prerequisite.degre", "did you mean “prerequisite.degree”?"),
        ("format=rtf", "there is no format “rtf”"),
        ("min-severity=all", "there is no severity “all”"),
        ("together=perhaps", "yes or no"),
        ("severity=info", "there is no parameter “severity”"),
    ] {
        let answer = served.post(&format!("/api/check?{query}"), &[&served.bearer()], b"A chairman");
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.message().contains(says), "{query}: {}", answer.message());
    }
    for (body, what) in [(multipart(&[]), "no file"), (b"--edge".to_vec(), "cut off"), (b"nothing of the kind".to_vec(), "no form")] {
        assert_eq!(served.post("/api/check", &[&served.bearer(), BOUNDARY], &body).status, 400, "{what}");
    }
    assert_eq!(served.post("/api/check", &[&served.bearer(), "Content-Type: multipart/form-data"], b"x").status, 400, "no boundary");
}

#[test]
fn the_page_has_a_form_for_whoever_has_the_token() {
    let served = Served::start();
    for path in ["/", "/?token=", "/?token=wrong"] {
        let page = served.get(path, &[]).text();
        assert!(!page.contains("<form") && !page.contains(&served.token) && page.contains("the address that jdlint printed"), "{path}");
    }
    let answer = served.get(&format!("/?token={}", served.token), &["Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"]);
    let page = answer.text();
    assert!(page.contains("<form method=\"post\" action=\"/report\"") && page.contains(&served.token));
    assert!(!page.contains("<script") && !page.contains(" on") || !page.contains("onclick"), "there is no script");
    assert!(answer.header("content-security-policy").expect("a policy").contains("form-action 'self'"));
    assert_eq!(answer.header("set-cookie"), None, "cookies are shared among the servers of a machine");
}

#[test]
fn the_form_gives_the_report() {
    let served = Served::start();
    let send = |parts: &[Part]| served.post("/report", &[BOUNDARY, &format!("Origin: http://{}", served.host())], &multipart(parts));
    let token: Part = ("token", None, served.token.as_bytes());
    let text: Part = ("text", None, "Wanted: a chairman <script>alert(1)</script> 🏗".as_bytes());
    let nobody: Part = ("file", Some(""), b"");
    let report = send(&[token, nobody, text, ("jurisdiction", None, b"auto")]);
    assert_eq!(report.status, 200, "{}", report.text());
    let page = report.text();
    assert!(page.contains("jdlint report") && page.contains("gendered.title") && !page.contains("<script>"), "it is a report");
    assert!(!page.contains(&served.token), "a report may be passed on, the token not");
    assert!(report.header("content-security-policy").expect("a policy").contains("default-src 'none'"));
    assert_eq!(send(&[text]).status, 401, "no token");
    assert_eq!(send(&[("token", None, b"wrong"), text]).status, 401, "a wrong one");
    let empty = send(&[token, nobody, ("text", None, b"")]);
    assert!(empty.status == 200 && empty.text().contains("Nothing to check"));
    let foreign = served.post("/report", &[BOUNDARY, "Origin: http://evil.example"], &multipart(&[token, text]));
    assert_eq!(foreign.status, 403, "even with the token");
}
