//! A small editor: it starts the server, talks to it, and holds its own copy of a text, with columns counted by code of its
//! own.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::Random;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    Utf8,
    Utf16,
    Utf32,
}

/// A running server and what it said.
pub struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    said: Receiver<Value>,
    /// What was said and nobody asked for yet.
    unread: VecDeque<Value>,
    n_asked: i64,
}

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Editor {
    /// Starts a server and agrees with it on units; `capabilities` and `initialize` are merged into what is sent.
    pub fn start(units: Units, capabilities: Value, initialize: Value) -> Editor {
        let mut editor = Editor::spawn();
        let agreed = match units {
            Units::Utf8 => "utf-8",
            Units::Utf16 => "utf-16",
            Units::Utf32 => "utf-32",
        };
        let encodings = json!([agreed, "utf-16"]);
        let mut all = json!({
            "general": { "positionEncodings": encodings },
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
            "textDocument": {
                "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": false },
                "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } },
                "hover": { "contentFormat": ["markdown"] },
            },
        });
        merge(&mut all, capabilities);
        let mut params = json!({ "processId": null, "rootUri": null, "capabilities": all });
        merge(&mut params, initialize);
        let told = editor.ask("initialize", &params);
        assert_eq!(told["result"]["capabilities"]["positionEncoding"], agreed, "{told:#}");
        editor.tell("initialized", &json!({}));
        editor
    }

    fn spawn() -> Editor {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jdlint"));
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        let mut server = command.spawn().expect("the server starts");
        let input = server.stdin.take();
        let mut output = BufReader::new(server.stdout.take().expect("it is piped"));
        let (send, said) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        Editor { server, input, said, unread: VecDeque::new(), n_asked: 0 }
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("it is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// A notification.
    pub fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// A request, and its answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        let id = self.begin(method, params);
        self.answer(&id)
    }

    /// A request that is not waited for.
    pub fn begin(&mut self, method: &str, params: &Value) -> Value {
        self.n_asked += 1;
        let id = json!(self.n_asked);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to a request.
    pub fn answer(&mut self, id: &Value) -> Value {
        self.wait(|m| m.get("method").is_none() && m["id"] == *id)
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, request: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    /// The first message that is like that, of those not read yet or to come.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&wanted) {
            return self.unread.remove(at).expect("it was just found");
        }
        loop {
            let message = self.said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the server said no such thing; it said {:#?}", self.unread));
            if wanted(&message) {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// Opens a text as version 1 and gives what is found in it.
    pub fn open(&mut self, uri: &str, language: &str, text: &str) -> Value {
        self.tell("textDocument/didOpen", &json!({ "textDocument": { "uri": uri, "languageId": language, "version": 1, "text": text } }));
        self.diagnostics(uri, 1)
    }

    /// Changes a text.
    pub fn change(&mut self, uri: &str, version: i32, changes: &Value) {
        self.tell("textDocument/didChange", &json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }));
    }

    /// What is published for a version of a text. No older version may be published after a newer one.
    pub fn diagnostics(&mut self, uri: &str, version: i32) -> Value {
        let of_text = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri;
        let mut newest = 0;
        loop {
            let message = self.wait(of_text);
            let told = message["params"]["version"].as_i64().expect("each has a version");
            assert!(told >= newest, "version {told} came after {newest}");
            newest = told;
            if told >= i64::from(version) {
                return message;
            }
        }
    }

    /// What can be done at a place.
    pub fn actions(&mut self, uri: &str, range: &Value) -> Vec<Value> {
        let answer = self.ask("textDocument/codeAction", &json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } }));
        answer["result"].as_array().cloned().unwrap_or_default()
    }

    /// An action with its edit.
    pub fn resolve(&mut self, action: &Value) -> Value {
        let answer = self.ask("codeAction/resolve", action);
        assert!(answer.get("error").is_none(), "{answer:#}");
        answer["result"].clone()
    }

    /// Ends the server as the protocol wants.
    pub fn stop(mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null)["result"], Value::Null);
        self.tell("exit", &Value::Null);
        drop(self.input.take());
        assert!(self.server.wait().expect("it ends").success());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => more.into_iter().for_each(|(key, value)| merge(into.entry(key).or_insert(Value::Null), value)),
        (into, more) => *into = more,
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some(n) = line.strip_prefix("Content-Length: ") {
            length = n.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

/// The diagnostics in a message or report.
pub fn diagnostics_of(report: &Value) -> &[Value] {
    report["params"]["diagnostics"].as_array().map_or(&[], Vec::as_slice)
}

/// The editor's own copy of a text.
pub struct Mirror {
    text: String,
    units: Units,
}

const WORDS: [&str; 22] = [
    "chairman ",
    "é",
    "🏗️",
    "\r\n",
    "\n",
    "- ",
    "A degree",
    "## Essential\n\n",
    "## Desirable\r\n\r\n",
    " rockstar",
    "young ",
    "<!-- jdlint: allow gendered.title: because -->",
    "jdlint: allow prerequisite: yes\n",
    "**",
    "he will ",
    "&amp;",
    "</li>",
    "<p>",
    "“",
    "\t",
    "👩‍💼",
    "Must have a full driving licence. ",
];

impl Mirror {
    pub fn new(text: &str, units: Units) -> Mirror {
        Mirror { text: text.to_owned(), units }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Each line's bytes without its end.
    fn lines(&self) -> Vec<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut lines = Vec::new();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            if bytes[at] == b'\n' || bytes[at] == b'\r' {
                lines.push((start, at));
                at += usize::from(bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n'));
                start = at + 1;
            }
            at += 1;
        }
        lines.push((start, bytes.len()));
        lines
    }

    fn count(&self, text: &str) -> usize {
        match self.units {
            Units::Utf8 => text.len(),
            Units::Utf16 => text.chars().map(char::len_utf16).sum(),
            Units::Utf32 => text.chars().count(),
        }
    }

    fn byte(&self, position: &Value) -> usize {
        let line = position["line"].as_u64().expect("a line") as usize;
        let column = position["character"].as_u64().expect("a column") as usize;
        let (start, end) = self.lines()[line];
        let words = &self.text[start..end];
        let at = words.char_indices().map(|(at, _)| at).chain([words.len()]).find(|at| self.count(&words[..*at]) == column);
        start + at.unwrap_or_else(|| panic!("column {column} is no place in {words:?}"))
    }

    fn position(&self, byte: usize) -> Value {
        let lines = self.lines();
        let line = lines.iter().rposition(|(start, _)| *start <= byte).expect("the first begins at 0");
        json!({ "line": line, "character": self.count(&self.text[lines[line].0..byte]) })
    }

    /// The words at a range.
    pub fn words(&self, range: &Value) -> &str {
        &self.text[self.byte(&range["start"])..self.byte(&range["end"])]
    }

    /// Makes some edit, and gives it as the protocol does.
    pub fn edit(&mut self, random: &mut Random) -> Value {
        // Places between characters, not within a CRLF, which no editor can point into.
        let all: Vec<usize> = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let places: Vec<usize> = all.into_iter().filter(|at| !(self.text[..*at].ends_with('\r') && self.text[*at..].starts_with('\n'))).collect();
        let from = random.below(places.len());
        let longest = if self.text.len() > 3000 { 60 } else { 12 };
        let to = if random.below(3) == 0 { (from + random.below(longest)).min(places.len() - 1) } else { from };
        let (start, end) = (places[from], places[to]);
        let words = if random.below(4) == 0 { "" } else { WORDS[random.below(WORDS.len())] };
        let change = json!({ "range": { "start": self.position(start), "end": self.position(end) }, "text": words });
        self.text.replace_range(start..end, words);
        change
    }

    /// Makes a workspace edit's changes of the one text.
    pub fn apply(&mut self, edit: &Value) {
        let edits = edit["documentChanges"][0]["edits"].as_array().unwrap_or_else(|| panic!("there are edits: {edit:#}")).clone();
        let mut changes: Vec<(usize, usize, String)> =
            edits.iter().map(|e| (self.byte(&e["range"]["start"]), self.byte(&e["range"]["end"]), e["newText"].as_str().expect("words").to_owned())).collect();
        changes.sort_by_key(|(start, end, _)| std::cmp::Reverse((*start, *end)));
        changes.into_iter().for_each(|(start, end, words)| self.text.replace_range(start..end, &words));
    }
}
