//! Where results go: standard output, with colours where they are wanted, until whoever reads it has had enough; or a file.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use super::Outcome;
use super::write::{self, WriteError};
use crate::report::{Color, Look, shown};

impl State {
    /// What a run comes to, unless it could not be written.
    pub(super) fn ends_in(self, outcome: Outcome) -> Outcome {
        if self == State::Failed { Outcome::Failed } else { outcome }
    }
}

/// Standard output, or a file.
pub(super) struct Output {
    stream: Stream,
    state: State,
}

enum Stream {
    Stdout(AutoStream<std::io::Stdout>),
    /// What is written waits in a file without a name, which goes with the process, until all of it is there.
    File {
        waiting: File,
        path: PathBuf,
    },
}

/// Whether somebody reads what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a run whose report could not be written has failed"]
pub(super) enum State {
    Open,
    /// The reader went away (`| head`): nothing more is to be done, and nothing is wrong.
    Closed,
    /// It cannot be written: the disk is full. That was said.
    Failed,
}

impl Output {
    pub(super) fn new(when: ColorChoice) -> Output {
        Output { stream: Stream::Stdout(AutoStream::new(std::io::stdout(), when)), state: State::Open }
    }

    /// For programs to read: nothing is coloured, and not a byte is taken out.
    pub(super) fn for_programs() -> Output {
        Output { stream: Stream::Stdout(AutoStream::always_ansi(std::io::stdout())), state: State::Open }
    }

    /// A file, which is written by [`Output::finish`], whole or not at all.
    ///
    /// # Errors
    /// Where it could not be written at the end; nothing has been done by then.
    pub(super) fn to_file(path: &Path) -> Result<Output, WriteError> {
        let stream = Stream::File { waiting: write::spool(path)?, path: path.to_owned() };
        Ok(Output { stream, state: State::Open })
    }

    /// How a report for a terminal looks here.
    pub(super) fn look(&self) -> Look {
        match &self.stream {
            Stream::Stdout(stream) => look(stream.current_choice(), std::io::stdout().is_terminal()),
            Stream::File { .. } => Look::default(),
        }
    }

    /// Writes text.
    pub(super) fn write(&mut self, text: &str) -> State {
        self.write_bytes(text.as_bytes())
    }

    /// Writes a file in whatever encoding it has.
    pub(super) fn write_bytes(&mut self, bytes: &[u8]) -> State {
        if self.state == State::Open && !bytes.is_empty() {
            let written = match &mut self.stream {
                Stream::Stdout(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
                Stream::File { waiting, .. } => waiting.write_all(bytes),
            };
            if let Err(error) = written {
                self.state = if error.kind() == ErrorKind::BrokenPipe { State::Closed } else { State::Failed };
                if self.state == State::Failed {
                    complain(&format!("the output cannot be written: {}", write::plain(&error)));
                }
            }
        }
        self.state
    }

    /// All is written: a file gets its name.
    pub(super) fn finish(&mut self) -> State {
        if let (State::Open, Stream::File { waiting, path }) = (self.state, &mut self.stream) {
            let put = waiting.rewind().map_err(WriteError::from).and_then(|()| write::put(path, waiting));
            if let Err(error) = put {
                self.state = State::Failed;
                complain(&format!("{}: {error}", shown(&path.to_string_lossy())));
            }
        }
        self.state
    }
}

/// How annotated messages on the error stream look.
pub(super) fn error_look(when: ColorChoice) -> Look {
    let choice = if when == ColorChoice::Auto { AutoStream::choice(&std::io::stderr()) } else { when };
    look(choice, std::io::stderr().is_terminal())
}

fn look(choice: ColorChoice, terminal: bool) -> Look {
    let color = if choice == ColorChoice::Never { Color::Plain } else { Color::Colored };
    // Beyond some width, reasons are tiring to read. Where nobody looks, every run has the same width.
    let size = terminal.then(terminal_size::terminal_size).flatten();
    let width = size.map_or(Look::default().width, |(width, _)| usize::from(width.0).clamp(40, 120));
    Look { color, width }
}

/// Writes a drawn message to the error stream. Where that is closed, too, there is nobody to tell.
pub(super) fn draw_error(text: &str, when: ColorChoice) {
    let _ = AutoStream::new(std::io::stderr(), when).write_all(text.as_bytes());
}

/// Says what went wrong.
pub(super) fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "jdlint: {message}");
}
