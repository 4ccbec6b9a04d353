//! Work that takes a processor → what comes of it, or a refusal: so much at once, so long, and no more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::Refusal;

/// Requests that may be read, waiting or worked on at once. Each may hold its text in memory.
const MOST_REQUESTS: usize = 64;

/// Who works.
#[derive(Debug)]
pub(super) struct Work {
    requests: Arc<Semaphore>,
    processors: Arc<Semaphore>,
    patience: Duration,
}

/// A request's place; whoever holds it is one of [`MOST_REQUESTS`].
pub(super) type Place = OwnedSemaphorePermit;

impl Work {
    pub(super) fn new(patience: Duration) -> Work {
        let n_processors = std::thread::available_parallelism().map_or(2, usize::from);
        Work { requests: Arc::new(Semaphore::new(MOST_REQUESTS)), processors: Arc::new(Semaphore::new(n_processors)), patience }
    }

    /// A place for a request, before its body is read.
    pub(super) fn place(&self) -> Result<Place, Refusal> {
        Arc::clone(&self.requests).try_acquire_owned().map_err(|_| Refusal::Busy)
    }

    /// Does work on a thread of its own. What takes too long is given up, though its processor is free only when it ends.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let free = timeout(self.patience, Arc::clone(&self.processors).acquire_owned()).await;
        let Ok(Ok(processor)) = free else { return Err(Refusal::Busy) };
        let working = spawn_blocking(move || {
            let done = work();
            drop(processor);
            done
        });
        match timeout(self.patience, working).await {
            Ok(done) => done.map_err(|_| Refusal::Broke),
            Err(_) => Err(Refusal::TooLong { seconds: self.patience.as_secs() }),
        }
    }
}
