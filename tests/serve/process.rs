//! The process: its port, its end, what it says and does not say.

use std::io::Read;
use std::process::Command;

use super::client::{JDLINT, Served};

#[test]
fn a_port_that_is_taken_is_a_sentence() {
    let served = Served::start();
    let output = Command::new(JDLINT).args(["serve", "--no-config", "--port", &served.port.to_string()]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("it is text");
    assert_eq!(said, format!("jdlint: port {} is taken, perhaps by another jdlint; choose one with --port, or any free one with --port 0\n", served.port));
    assert!(output.stdout.is_empty());
}

#[test]
fn other_machines_are_answered_only_when_told_twice() {
    for host in ["0.0.0.0", "192.0.2.1", "::"] {
        let output = Command::new(JDLINT).args(["serve", "--no-config", "--port", "0", "--host", host]).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2), "{host}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--allow-network"), "{host}");
    }
    let served = Served::with(&["--host", "0.0.0.0", "--allow-network", "--server-name", "adverts.example"]);
    assert_eq!(served.get("/v2/info", &[&format!("Host: adverts.example:{}", served.port)]).status, 200);
    assert_eq!(served.get("/v2/info", &[]).status, 200);
    assert_eq!(served.get("/v2/info", &[&format!("Host: evil.example:{}", served.port)]).status, 403, "still no other name");
    let second = Command::new(JDLINT).args(["serve", "--server-name", "x"]).output().expect("it starts");
    assert_eq!(second.status.code(), Some(2), "a name is of no use without");
}

#[test]
fn localhost_leads_here_by_either_protocol() {
    let served = Served::start();
    let Ok(mut stream) = std::net::TcpStream::connect(("::1", served.port)) else {
        // A machine without the newer protocol.
        assert!(std::net::TcpListener::bind(("::1", 0)).is_err(), "somebody listens there, where one can");
        return;
    };
    std::io::Write::write_all(&mut stream, served.head("GET", "/v2/info", &[&format!("Host: localhost:{}", served.port)]).as_bytes()).expect("it is read");
    assert_eq!(super::client::read(&mut stream).status, 200);
}

#[cfg(unix)]
#[test]
fn it_stops_when_asked() {
    for signal in ["INT", "TERM"] {
        let mut served = Served::start();
        assert_eq!(served.get("/v2/info", &[]).status, 200);
        let sent = Command::new("kill").args([&format!("-{signal}"), &served.child.id().to_string()]).status().expect("it starts");
        assert!(sent.success());
        let status = served.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "SIG{signal}");
    }
}

#[test]
fn nothing_that_was_sent_is_logged() {
    let mut served = Served::start();
    let secret = "Zanzibar chairman 🏗";
    served.check(&[("text", secret), ("language", "en-GB")]);
    served.post("/api/check", &[&served.bearer(), "X-Filename: Zanzibar.docx"], b"PK\x03\x04Zanzibar");
    served.get("/v2/check?text=Zanzibar&level=Zanzibar", &[]);
    served.get("/Zanzibar", &["Host: zanzibar"]);
    served.child.kill().expect("it runs");
    let mut said = String::new();
    served.child.stdout.take().expect("piped").read_to_string(&mut said).expect("text");
    served.child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    assert_eq!(said.trim(), "", "after its first words it is silent");
}

#[test]
fn house_rules_and_settings_of_the_folder_are_served() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("jdlint.toml"), "select = [\"gendered\"]\njurisdiction = \"ie\"\n").expect("it can be written");
    let config = folder.path().join("jdlint.toml");
    let output = Command::new(JDLINT).args(["serve", "--port", "0", "--config"]).arg(folder.path().join("none.toml")).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2), "a config that is not there");
    // `--no-config` stands before, and the two cannot be meant together: so this server is started by hand.
    let mut child =
        Command::new(JDLINT).args(["serve", "--port", "0", "--config"]).arg(config).stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    let mut said = Vec::new();
    let mut byte = [0; 1];
    let output = child.stdout.as_mut().expect("piped");
    while !said.ends_with(b"Ctrl-C") && output.read_exact(&mut byte).is_ok() {
        said.push(byte[0]);
    }
    let said = String::from_utf8(said).expect("text");
    let port = said.split("127.0.0.1:").nth(1).and_then(|r| r.lines().next()?.parse().ok()).expect("a port");
    let token = said.split("token=").nth(1).map(|t| t.chars().take(32).collect()).expect("a token");
    let served = Served { child, port, token };
    let answer = served.post("/api/check", &[&served.bearer()], b"The chairman is a native English speaker.").json();
    assert_eq!(answer["jurisdiction"], "ie");
    let rules: Vec<&str> = answer["files"][0]["findings"].as_array().expect("a list").iter().filter_map(|f| f["rule"].as_str()).collect();
    assert_eq!(rules, ["gendered.title"]);
}
