//! A server of our own and what it answers.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

pub const JDLINT: &str = env!("CARGO_BIN_EXE_jdlint");

/// A server that ends with the test.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Served {
    pub fn start() -> Served {
        Served::with(&[])
    }

    pub fn with(args: &[&str]) -> Served {
        let mut command = Command::new(JDLINT);
        command.args(["serve", "--port", "0", "--no-config"]).args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        while !said.contains("Ctrl-C") {
            let n = output.read_line(&mut said).expect("it says where it is");
            assert!(n > 0, "it says where it is, not: {said}");
        }
        child.stdout = Some(output.into_inner());
        let after = |sign: &str, n: usize| said.split(sign).nth(1).map(|rest| rest.chars().take(n).collect::<String>()).unwrap_or_default();
        let token = after("token=", 32);
        let port = said.split("serves at http://").nth(1).and_then(|rest| rest.lines().next()?.rsplit(':').next()?.parse().ok());
        Served { child, port: port.expect("it names its port"), token }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit can be set");
        stream
    }

    /// Sends these bytes, and what comes back until the connection ends.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A refusal may come before all is sent.
        let _ = stream.write_all(request);
        read(&mut stream)
    }

    pub fn get(&self, path: &str, headers: &[&str]) -> Answer {
        self.raw(self.head("GET", path, headers).as_bytes())
    }

    pub fn post(&self, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let length = format!("Content-Length: {}", body.len());
        let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
        self.raw(&[self.head("POST", path, &headers).as_bytes(), body].concat())
    }

    /// A request's head, to our own name, unless a header names another.
    pub fn head(&self, method: &str, path: &str, headers: &[&str]) -> String {
        let named = headers.iter().any(|h| h.to_ascii_lowercase().starts_with("host:"));
        let host = if named { String::new() } else { format!("Host: {}\r\n", self.host()) };
        let headers: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n")
    }

    /// A form as LanguageTool's clients send it.
    pub fn check(&self, fields: &[(&str, &str)]) -> Answer {
        self.post("/v2/check", &["Content-Type: application/x-www-form-urlencoded"], form(fields).as_bytes())
    }

    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.head, String::from_utf8_lossy(&self.body)))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("it is text")
    }

    /// The message of a refusal: in JSON, or in plain words as LanguageTool has it.
    pub fn message(&self) -> String {
        if self.header("content-type").is_some_and(|t| t.starts_with("text/plain")) {
            return self.text().strip_prefix("Error: ").expect("it begins as LanguageTool's errors do").to_owned();
        }
        self.json()["error"]["message"].as_str().expect("a refusal says why").to_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let lines = self.head.lines().filter_map(|l| l.split_once(':'));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    }
}

/// Reads an answer until the connection ends. Status 0: it ended without one.
pub fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
    }
    let _ = stream.shutdown(Shutdown::Both);
    let at = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes.get(at + 4..).unwrap_or(&[]).to_vec() }
}

/// Fields as a form.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encoded =
        |text: &str| text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// A part of a form with files: name, file name, content.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

pub const BOUNDARY: &str = "Content-Type: multipart/form-data; boundary=edge";

/// Parts as a form with files.
pub fn multipart(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or(String::new(), |f| format!("; filename=\"{f}\""));
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    body
}
