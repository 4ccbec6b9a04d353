//! `jdlint serve`: a port of this machine → answers for programs and for the browser, until Ctrl-C.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, SystemTime};

use super::Outcome;
use super::options::{Configured, Selection, severities};
use super::output::{Output, complain};
use super::review::timestamp;
use super::run::silence_panics;
use super::setup::{SetupError, Setups, absolute, ended};
use crate::rules::Severity;
use crate::serve::{Reach, Server, Serving};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  jdlint serve --open                the page, in your browser
  jdlint serve --port 0              any free port
  jdlint serve --min-severity info   notes, too, in programs that ask as they would ask LanguageTool

Programs that can be pointed at a LanguageTool server (LibreOffice, browser add-ons, Obsidian)
take http://127.0.0.1:8081/v2. Everything but that needs the token that is printed.

It answers this machine alone, keeps no document and writes no log. Ctrl-C stops it.")]
pub(super) struct Args {
    /// Port; 0 for any free one
    #[arg(long, default_value_t = 8081, value_name = "N")]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    host: IpAddr,
    /// Answer other machines, too: whoever reaches the address can have texts checked, unencrypted
    #[arg(long)]
    allow_network: bool,
    /// Name by which other machines may call it
    #[arg(long, value_name = "NAME", requires = "allow_network")]
    server_name: Vec<String>,
    /// Seconds that a request may take to arrive, and that it may be worked on
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    #[command(flatten)]
    selection: Selection,
    /// Severity from which LanguageTool's clients are shown findings; at their level “picky” it is info
    #[arg(long, value_parser = severities(), default_value = "warning", value_name = "SEVERITY")]
    min_severity: Severity,
    #[command(flatten)]
    configured: Configured,
}

pub(super) fn run(args: &Args) -> ExitCode {
    ended(serve(args), anstream::ColorChoice::Auto)
}

fn serve(args: &Args) -> Result<Outcome, SetupError> {
    let reach = reach(args)?;
    let mut setups = Setups::new(&args.configured, args.selection.overrides(None));
    let number = setups.of_folder(&absolute(Path::new("")))?;
    let linter = setups.linter(number);
    let other = |error: crate::serve::ServeError| SetupError::Other(error.to_string());
    let server = Server::bind(args.host, args.port).map_err(other)?;
    // What a panic says may hold words of the text that broke it, and no text is to be logged.
    silence_panics();
    announce(&server, &reach);
    if args.open && !open(&server.page()) {
        complain("no browser could be started; open the address yourself");
    }
    let date = || timestamp(SystemTime::now());
    let patience = Duration::from_secs(args.timeout);
    server.run(Serving { linter, shown_from: args.min_severity, date, patience, reach }).map_err(other)?;
    Ok(Outcome::Clean)
}

fn reach(args: &Args) -> Result<Reach, SetupError> {
    match (args.host.is_loopback(), args.allow_network) {
        (true, _) => Ok(Reach::ThisMachine),
        (false, true) => Ok(Reach::Network(args.server_name.clone())),
        (false, false) => {
            let message = format!("{} is not this machine alone; add --allow-network if others are to be answered, too", args.host);
            Err(SetupError::Other(message))
        }
    }
}

fn announce(server: &Server, reach: &Reach) {
    let said = format!(
        "jdlint serves at {origin}\n\n  page            {}\n  LanguageTool    {origin}/v2\n\nCtrl-C stops it. No document is kept or logged.\n",
        server.page(),
        origin = server.origin()
    );
    // Who cannot read where it is served may know it all the same.
    let _ = Output::for_programs().write(&said);
    if *reach != Reach::ThisMachine {
        complain("other machines are answered, too, and what they send is not encrypted on the way");
    }
}

/// Opens an address as this system opens addresses. Whether the browser shows it, nobody tells.
fn open(address: &str) -> bool {
    let (program, args): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let quiet = |command: &mut Command| command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok();
    quiet(Command::new(program).args(args).arg(address))
}
