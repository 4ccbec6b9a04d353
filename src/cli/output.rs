//! Where results go: standard output, with colours where they are wanted, until whoever reads it has had enough.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::report::{Color, Look};

/// Standard output.
pub(super) struct Output {
    stream: AutoStream<std::io::Stdout>,
    state: State,
}

/// Whether somebody reads what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    /// The reader went away (`| head`): nothing more is to be done, and nothing is wrong.
    Closed,
    /// It cannot be written: the disk is full. That was said.
    Failed,
}

impl Output {
    pub(super) fn new(when: ColorChoice) -> Output {
        Output { stream: AutoStream::new(std::io::stdout(), when), state: State::Open }
    }

    /// For programs to read: nothing is coloured, and not a byte is taken out.
    pub(super) fn for_programs() -> Output {
        Output { stream: AutoStream::always_ansi(std::io::stdout()), state: State::Open }
    }

    /// How a report for a terminal looks here.
    pub(super) fn look(&self) -> Look {
        look(self.stream.current_choice(), std::io::stdout().is_terminal())
    }

    /// Writes text.
    pub(super) fn write(&mut self, text: &str) -> State {
        self.write_bytes(text.as_bytes())
    }

    /// Writes a file in whatever encoding it has.
    pub(super) fn write_bytes(&mut self, bytes: &[u8]) -> State {
        if self.state == State::Open && !bytes.is_empty() {
            let written = self.stream.write_all(bytes).and_then(|()| self.stream.flush());
            if let Err(error) = written {
                self.state = if error.kind() == ErrorKind::BrokenPipe { State::Closed } else { State::Failed };
                if self.state == State::Failed {
                    complain(&format!("the output cannot be written: {error}"));
                }
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
