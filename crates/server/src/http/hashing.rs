//! Turns for what hashes passwords: 64 MiB and a processor for a sixth of a second each.
//!
//! Two at once, some in a queue, and whoever comes then is told to come again: a flood of guesses
//! takes neither the memory of the machine nor the processors from those who are signed in.

use std::sync::Arc;

use app::AppError;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use model::finding::Finding;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::problem::Problem;

/// Passwords that are hashed at once.
const AT_ONCE: usize = 2;
/// Requests that hash or wait for their turn.
const ADMITTED: usize = 32;
/// Seconds after which a full queue is worth trying again: by then all of it has had its turn.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("3");

/// The turns.
#[derive(Debug)]
pub(crate) struct Hashing {
    admitted: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        Self { admitted: semaphore(ADMITTED), turns: semaphore(AT_ONCE) }
    }
}

/// A place in the queue, kept until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    turns: Arc<Semaphore>,
    _admitted: OwnedSemaphorePermit,
}

impl Hashing {
    /// A place in the queue, or the problem that it is full.
    pub(crate) fn place(&self) -> Result<Place, Problem> {
        match Arc::clone(&self.admitted).try_acquire_owned() {
            Ok(admitted) => Ok(Place { turns: Arc::clone(&self.turns), _admitted: admitted }),
            Err(_full) => {
                let finding = Finding::error("sign-in-busy");
                let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, finding);
                Err(problem.with_header(RETRY_AFTER, RETRY_SECONDS))
            }
        }
    }
}

impl Place {
    /// Hashes when it is this one's turn, on a thread that may be slow. A turn ends with its work,
    /// not with whoever waits for it.
    pub(crate) async fn hash<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, AppError> + Send + 'static,
    {
        let turn =
            Arc::clone(&self.turns).acquire_owned().await.map_err(|closed| fault(&closed))?;
        let ran = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        Ok(ran.await.map_err(|panicked| fault(&panicked))??)
    }
}

fn fault(what: &dyn std::fmt::Display) -> Problem {
    tracing::error!("a password was not hashed: {what}");
    let finding = Finding::error("internal").with("what", "hashing");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_queue_turns_away_and_an_emptied_one_does_not() {
        let hashing = Hashing::default();
        let places: Vec<Place> = (0..ADMITTED).map(|_| hashing.place().expect("room")).collect();
        let refused = hashing.place().expect_err("full");
        assert_eq!(refused.code(), "sign-in-busy");
        drop(places);
        let place = hashing.place().expect("room again");
        assert_eq!(place.hash(|| Ok(7)).await.expect("its turn"), 7);
    }

    #[tokio::test]
    async fn a_turn_lasts_as_long_as_its_work() {
        let hashing = Hashing::default();
        let place = hashing.place().expect("room");
        let (go, wait) = std::sync::mpsc::channel::<()>();
        {
            let (begun, beginning) = tokio::sync::oneshot::channel::<()>();
            let work = place.hash(move || {
                drop(begun);
                assert!(wait.recv().is_err(), "nobody says a word, the door is opened");
                Ok(())
            });
            tokio::select! {
                _ = work => unreachable!("it waits for a word"),
                _ = beginning => {}
            }
        }
        assert_eq!(hashing.turns.available_permits(), AT_ONCE - 1, "its client is gone, it is not");
        drop(go);
        let both = Arc::clone(&hashing.turns).acquire_many_owned(2).await;
        assert!(both.is_ok());
    }
}
