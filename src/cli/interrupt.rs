//! Ctrl-C, and a request to end (SIGTERM, a closed terminal) → the end of the process, between two writes of files.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held while a file is written under another name and takes its own, which takes milliseconds.
static WRITING: Mutex<()> = Mutex::new(());

/// What shells call a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// From here on whoever ends the process waits until no file is being written. Where the system lets nobody say so, it ends
/// as it always did.
pub(super) fn listen() {
    let _ = ctrlc::set_handler(|| {
        let _ended = held_off();
        std::process::exit(INTERRUPTED);
    });
}

/// Nothing ends the process while this lives.
pub(super) fn held_off() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}
