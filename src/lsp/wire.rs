//! The process's input and output ↔ whole messages of the protocol.
//!
//! tower-lsp stops reading at the first message that it cannot parse. So what comes in is looked at here: it gets to see
//! whole, well-formed messages only, and what is malformed is answered with the protocol's error. Reads and writes block,
//! each on a thread of its own.

use std::io::{BufRead, Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc as threads;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::ls_types::notification::Notification;

/// A longer message is none: the texts that jdlint reads have some kilobytes.
const LONGEST: usize = 256 * 1024 * 1024;

/// Messages from the editor, as a stream of bytes.
pub(super) struct Input {
    messages: mpsc::Receiver<Vec<u8>>,
    current: Vec<u8>,
    read: usize,
}

/// Messages to the editor.
pub(super) struct Output {
    messages: threads::Sender<Vec<u8>>,
}

/// A short way for notifications, from any thread: what goes by tower-lsp becomes a tree of values first, an eighth of what an
/// editor waits for where findings are many.
#[derive(Clone, Debug)]
pub(super) struct Direct {
    messages: threads::Sender<Vec<u8>>,
    /// A client that has asked for the end is told nothing more.
    shut_down: Arc<AtomicBool>,
}

impl Direct {
    pub(super) fn notify<N: Notification>(&self, params: &N::Params) {
        let told = Told { jsonrpc: "2.0", method: N::METHOD, params };
        let body = serde_json::to_vec(&told).expect("only strings are keys, and writing to memory does not fail");
        if !self.shut_down.load(Ordering::Acquire) {
            // Where the editor is gone there is nobody to tell.
            let _ = self.messages.send(framed(&body));
        }
    }
}

#[derive(serde::Serialize)]
struct Told<'p, P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'p P,
}

/// What ends the writer.
const LAST: Vec<u8> = Vec::new();

impl Drop for Output {
    fn drop(&mut self) {
        let _ = self.messages.send(LAST);
    }
}

/// Starts reading and writing. The handle ends when the output is dropped and all is written.
pub(super) fn connect(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    shut_down: Arc<AtomicBool>,
) -> (Input, Output, Direct, JoinHandle<()>) {
    let (send, written) = threads::channel::<Vec<u8>>();
    let writer = std::thread::spawn(move || write_all(output, &written));
    // So many messages may wait; then the editor's pipe fills up, and it waits in turn.
    let (pass_on, messages) = mpsc::channel(64);
    let answers = send.clone();
    std::thread::spawn(move || read_all(std::io::BufReader::new(input), &pass_on, &answers));
    let direct = Direct { messages: send.clone(), shut_down };
    (Input { messages, current: Vec::new(), read: 0 }, Output { messages: send }, direct, writer)
}

fn write_all(mut output: impl Write, messages: &threads::Receiver<Vec<u8>>) {
    while let Ok(message) = messages.recv() {
        if message == LAST {
            return;
        }
        // Nobody reads any more; the input will end, too.
        if output.write_all(&message).and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}

fn read_all(mut input: impl BufRead, pass_on: &mpsc::Sender<Vec<u8>>, answers: &threads::Sender<Vec<u8>>) {
    loop {
        match message(&mut input) {
            Incoming::Message(body) => {
                if pass_on.blocking_send(framed(&body)).is_err() {
                    return;
                }
            }
            Incoming::Malformed(error) => {
                let answer = serde_json::to_vec(&Response::from_error(Id::Null, error)).unwrap_or_default();
                if answers.send(framed(&answer)).is_err() {
                    return;
                }
            }
            Incoming::End => return,
        }
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// What came in.
enum Incoming {
    Message(Vec<u8>),
    Malformed(Error),
    End,
}

/// The next message. After one that is malformed, reading goes on where its header said that it ends, or else at the next
/// header.
fn message(input: &mut impl BufRead) -> Incoming {
    let length = match header(input) {
        Ok(Some(length)) => length,
        Ok(None) => return Incoming::Malformed(Error::parse_error()),
        Err(_) => return Incoming::End,
    };
    if length > LONGEST {
        let skipped = std::io::copy(&mut input.take(length as u64), &mut std::io::sink());
        return if skipped.is_ok() { Incoming::Malformed(Error::invalid_request()) } else { Incoming::End };
    }
    let mut body = vec![0; length];
    if input.read_exact(&mut body).is_err() {
        return Incoming::End;
    }
    match well_formed(&body) {
        Ok(()) => Incoming::Message(body),
        Err(error) => Incoming::Malformed(error),
    }
}

/// The length that a header states; `None` where it states none. `Err` at the end of input.
fn header(input: &mut impl BufRead) -> std::io::Result<Option<usize>> {
    let mut length = None;
    let mut said_something = false;
    loop {
        let mut line = Vec::new();
        if input.take(4096).read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            if length.is_some() || said_something {
                return Ok(length);
            }
            continue;
        }
        said_something = true;
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

/// Whether tower-lsp will know what to do with it.
fn well_formed(body: &[u8]) -> Result<(), Error> {
    if serde_json::from_slice::<Request>(body).is_ok() || serde_json::from_slice::<Response>(body).is_ok() {
        return Ok(());
    }
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    Err(if is_json { Error::invalid_request() } else { Error::parse_error() })
}

impl AsyncRead for Input {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        if self.read == self.current.len() {
            match self.messages.poll_recv(context) {
                Poll::Ready(Some(message)) => (self.current, self.read) = (message, 0),
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Pending => return Poll::Pending,
            }
        }
        let n_bytes = into.remaining().min(self.current.len() - self.read);
        into.put_slice(&self.current[self.read..self.read + n_bytes]);
        self.read += n_bytes;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Output {
    /// Takes all there is, so that what goes to the writer is always whole messages.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let sent = self.messages.send(bytes.to_vec());
        Poll::Ready(sent.map(|()| bytes.len()).map_err(|_| std::io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(mut bytes: &[u8]) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match message(&mut bytes) {
                Incoming::Message(body) => said.push(String::from_utf8_lossy(&body).into_owned()),
                Incoming::Malformed(error) => said.push(error.code.code().to_string()),
                Incoming::End => return said,
            }
        }
    }

    #[test]
    fn what_is_malformed_is_told_and_reading_goes_on() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let framed = |body: &str| format!("Content-Length: {}\r\nX-Other: 1\r\ncontent-type: text/plain\r\n\r\n{body}", body.len());
        let all = [&framed("{oops"), "Nonsense: 3\r\n\r\n", &framed("[1,2]"), "Content-Length: many\r\n\r\n", &framed(good)].concat();
        assert_eq!(incoming(all.as_bytes()), ["-32700", "-32700", "-32600", "-32700", good]);
    }

    #[test]
    fn a_message_cut_short_is_the_end() {
        assert_eq!(incoming(b"Content-Length: 50\r\n\r\n{}"), Vec::<String>::new());
    }
}
