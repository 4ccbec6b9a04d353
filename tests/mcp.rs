//! `jdlint mcp` as a program meets it that speaks the Model Context Protocol by hand. The official Python client speaks with
//! it in `.ci/serve`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

const JDLINT: &str = env!("CARGO_BIN_EXE_jdlint");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

struct Spoken {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    n_requests: u64,
}

impl Spoken {
    fn begin() -> Spoken {
        let mut command = Command::new(JDLINT);
        let mut child = command.args(["mcp", "--no-config"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("piped")));
        let mut spoken = Spoken { child, input, output, n_requests: 0 };
        let client = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
        let server = spoken.ask("initialize", &client);
        assert_eq!(server["result"]["serverInfo"]["name"], "jdlint", "{server}");
        assert!(server["result"]["capabilities"]["tools"].is_object(), "{server}");
        spoken.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        spoken
    }

    fn say(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("it is open");
        writeln!(input, "{message}").and_then(|()| input.flush()).expect("it is read");
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.n_requests += 1;
        let id = self.n_requests;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("only the protocol is on its output ({e}): {line}"));
        assert_eq!(answer["id"], id);
        answer
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }))["result"].take()
    }

    /// What a tool says is wrong.
    fn refusal(&mut self, tool: &str, arguments: &Value) -> String {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().expect("it says why").to_owned()
    }
}

impl Drop for Spoken {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn advert() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("tests/documents/advert.md")).expect("it is there")
}

fn command(args: &[&str]) -> Value {
    let output = Command::new(JDLINT).args(args).arg("--no-config").current_dir(Path::new(ROOT).join("tests/documents")).output().expect("it starts");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn tools_are_described_with_schemas() {
    let mut spoken = Spoken::begin();
    let tools = spoken.ask("tools/list", &json!({}))["result"]["tools"].take();
    let names: Vec<&str> = tools.as_array().expect("a list").iter().filter_map(|t| t["name"].as_str()).collect();
    assert_eq!(names, ["check", "criteria", "explain"]);
    for tool in tools.as_array().expect("a list") {
        let schema = &tool["inputSchema"];
        assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)), "{tool}");
        for required in schema["required"].as_array().expect("something is required") {
            assert!(schema["properties"][required.as_str().expect("a name")].is_object(), "{tool}");
        }
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert!(tool["description"].as_str().expect("words").len() > 40);
    }
}

#[test]
fn tools_give_what_the_command_line_gives() {
    let mut spoken = Spoken::begin();
    let check = spoken.call("check", &json!({ "text": advert() }));
    assert_eq!(check["isError"], false);
    assert_eq!(check["structuredContent"], command(&["check", "--format", "json", "advert.md"]));
    let text: Value = serde_json::from_str(check["content"][0]["text"].as_str().expect("text")).expect("the text is the same JSON");
    assert_eq!(text, check["structuredContent"]);
    let us = json!({ "text": advert(), "jurisdiction": "us", "min_severity": "warning", "ignore": ["gendered"] });
    let by_command = command(&["check", "--format", "json", "--jurisdiction", "us", "--min-severity", "warning", "--ignore", "gendered", "advert.md"]);
    assert_eq!(spoken.call("check", &us)["structuredContent"], by_command);
    let criteria = spoken.call("criteria", &json!({ "text": advert() }));
    assert_eq!(criteria["structuredContent"], command(&["criteria", "--format", "json", "advert.md"]));
    let explained = spoken.call("explain", &json!({ "rule": "prerequisite.degree" }));
    assert_eq!(explained["structuredContent"], command(&["explain", "--format", "json", "prerequisite.degree"]));
}

#[test]
fn a_duty_in_another_document_bears_out_a_criterion() {
    let mut spoken = Spoken::begin();
    let text = "# Person specification\n\n## Essential\n\n- A full driving licence\n";
    let duties = "# Job description: District Warden\n\n## Main duties\n\n- Drive the van to sites across the county every day\n";
    let warned = |spoken: &mut Spoken, arguments: &Value| {
        let files = spoken.call("check", arguments)["structuredContent"]["files"].take();
        files[0]["findings"].as_array().expect("a list").iter().any(|f| f["rule"] == "prerequisite.driving" && f["severity"] == "warning")
    };
    assert!(warned(&mut spoken, &json!({ "text": text })));
    assert!(!warned(&mut spoken, &json!({ "text": text, "with": [duties] })));
}

#[test]
fn mistakes_are_told_in_words_that_can_be_acted_upon() {
    let mut spoken = Spoken::begin();
    for (tool, arguments, says) in [
        ("check", json!({}), "missing field `text`"),
        ("check", json!({ "text": 3 }), "expected a string"),
        ("check", json!({ "text": "a", "path": "/etc/passwd" }), "unknown field `path`"),
        ("check", json!({ "text": "a", "format": "docx" }), "unknown variant `docx`"),
        ("check", json!({ "text": "a", "jurisdiction": "atlantis" }), "there is no jurisdiction “atlantis”"),
        ("check", json!({ "text": "a", "select": ["prerequisite.degre"] }), "did you mean “prerequisite.degree”?"),
        ("explain", json!({ "rule": "prerequisite.degre" }), "did you mean “prerequisite.degree”?"),
        ("check", json!({ "text": "a".repeat(5 << 20) }), "more than 4 MB"),
        ("check", json!({ "text": "a\u{0}b", "format": "text" }), "not text"),
    ] {
        let said = spoken.refusal(tool, &arguments);
        assert!(said.contains(says), "{said}");
    }
    let unknown = spoken.ask("tools/call", &json!({ "name": "delete", "arguments": {} }));
    assert!(unknown["error"]["code"].is_i64(), "{unknown}");
    assert_eq!(spoken.call("check", &json!({ "text": "The chairman" }))["isError"], false, "it goes on after mistakes");
}

#[test]
fn it_ends_with_its_input() {
    let mut spoken = Spoken::begin();
    drop(spoken.input.take());
    assert_eq!(spoken.child.wait().expect("it ends").code(), Some(0));
    let output = Command::new(JDLINT).args(["mcp", "--no-config"]).stdin(Stdio::null()).output().expect("it starts");
    assert_eq!((output.status.code(), output.stdout.len(), output.stderr.len()), (Some(0), 0, 0));
}

#[test]
fn what_is_no_protocol_is_told() {
    let mut child =
        Command::new(JDLINT).args(["mcp", "--no-config"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let hello = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    writeln!(child.stdin.take().expect("piped"), "hello\n{hello}").expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.code().is_some_and(|c| c == 0 || c == 2), "{:?}", output.status);
}
