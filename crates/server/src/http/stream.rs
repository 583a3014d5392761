//! A body that is made while it is sent: a thread writes, the connection takes what is there.
//!
//! Between the two there are a few pieces and no more, so memory is bounded whatever the size. Where
//! the connection ends, the next write fails and the thread stops.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use app::{AppError, Kind};
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use model::finding::Finding;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::http::problem::Problem;

/// Bytes that are sent together.
const PIECE_BYTES: usize = 64 << 10;
/// Pieces that wait for the connection.
const PIECES_MAX: usize = 4;

/// What comes through: bytes, none at the end, or why there are no more. Where nothing comes any more
/// and there was no end, whoever made the body failed: it breaks off.
pub(crate) type Piece = Result<Bytes, AppError>;

/// Where a thread writes the body.
pub(crate) struct Source {
    pieces: Sender<Piece>,
    buffer: Vec<u8>,
}

/// What becomes the body.
pub(crate) struct Sink(Receiver<Piece>);

/// Both ends.
pub(crate) fn pipe() -> (Source, Sink) {
    let (pieces, receiver) = channel(PIECES_MAX);
    (Source { pieces, buffer: Vec::with_capacity(PIECE_BYTES) }, Sink(receiver))
}

/// Where a task hands on pieces of the body one by one.
pub(crate) struct Feed(Sender<Piece>);

/// A feed and what becomes the body.
pub(crate) fn feed() -> (Feed, Sink) {
    let (pieces, receiver) = channel(PIECES_MAX);
    (Feed(pieces), Sink(receiver))
}

impl Feed {
    /// Hands on a piece; whether there is more to come and anybody waits for it.
    pub(crate) async fn give(&self, piece: Piece) -> bool {
        let goes_on = piece.as_ref().is_ok_and(|bytes| !bytes.is_empty());
        self.0.send(piece).await.is_ok() && goes_on
    }
}

impl Source {
    /// Ends the body as its making ended. A body that did not end well breaks the connection, so
    /// that nobody takes a part of it for the whole.
    pub(crate) fn end(mut self, made: Result<(), AppError>) {
        let last = made.and_then(|()| self.flush().map_err(AppError::from));
        if let Err(gone) = self.pieces.blocking_send(last.map(|()| Bytes::new())) {
            tracing::debug!(%gone, "nobody waits for the rest of a body");
        }
    }
}

impl Write for Source {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE_BYTES));
        self.pieces
            .blocking_send(Ok(piece.into()))
            .map_err(|_gone| io::ErrorKind::BrokenPipe.into())
    }
}

impl Sink {
    /// The body once it has begun; the problem where it could not begin.
    pub(crate) async fn begun(mut self) -> Result<Body, Problem> {
        match self.0.recv().await {
            Some(Ok(first)) if first.is_empty() => Ok(Body::empty()),
            Some(Ok(first)) => Ok(Body::new(Begun { first: Some(first), rest: Some(self.0) })),
            Some(Err(error)) => Err(error.into()),
            None => Err(unfinished().into()),
        }
    }
}

/// Nobody said how it ends.
fn unfinished() -> AppError {
    AppError::new(Kind::Internal, Finding::error("internal").with("what", "panic"))
}

struct Begun {
    first: Option<Bytes>,
    /// Nothing after the end.
    rest: Option<Receiver<Piece>>,
}

impl HttpBody for Begun {
    type Data = Bytes;
    type Error = AppError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, AppError>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        match ready!(rest.poll_recv(context)).unwrap_or_else(|| Err(unfinished())) {
            Ok(bytes) if !bytes.is_empty() => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            last => {
                self.rest = None;
                Poll::Ready(last.err().map(Err))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    fn broken() -> AppError {
        AppError::new(Kind::Unavailable, Finding::error("store-busy"))
    }

    #[tokio::test]
    async fn what_is_written_arrives_whole() {
        let (mut source, sink) = pipe();
        let writing = tokio::task::spawn_blocking(move || {
            let written = (0..200_000_u32).try_for_each(|n| source.write_all(&n.to_be_bytes()));
            source.end(written.map_err(AppError::from));
        });
        let body = sink.begun().await.expect("begun").collect().await.expect("ended well");
        writing.await.expect("written");
        let expected: Vec<u8> = (0..200_000_u32).flat_map(u32::to_be_bytes).collect();
        assert_eq!(body.to_bytes(), expected);
    }

    #[tokio::test]
    async fn what_fails_before_it_begins_is_a_problem_and_later_a_broken_body() {
        let (source, sink) = pipe();
        tokio::task::spawn_blocking(move || source.end(Err(broken()))).await.expect("ended");
        assert_eq!(sink.begun().await.expect_err("a problem").code(), "store-busy");
        let (mut source, sink) = pipe();
        let writing = tokio::task::spawn_blocking(move || {
            let written = source.write_all(&vec![7; PIECE_BYTES]);
            source.end(written.map_err(AppError::from).and(Err(broken())));
        });
        let body = sink.begun().await.expect("begun").collect().await;
        assert!(body.is_err(), "it broke off");
        writing.await.expect("written");
    }

    #[tokio::test]
    async fn a_writer_that_fails_in_the_middle_leaves_no_body_that_looks_whole() {
        for bytes in [0, 2 * PIECE_BYTES] {
            let (mut source, sink) = pipe();
            let writing = tokio::task::spawn_blocking(move || {
                source.write_all(&vec![7; bytes]).expect("somebody waits");
                panic!("a fault of an export");
            });
            let whole = match sink.begun().await {
                Ok(body) => body.collect().await.is_ok(),
                Err(problem) => problem.code() != "internal",
            };
            assert!(!whole, "after {bytes} bytes");
            assert!(writing.await.is_err());
        }
    }

    #[tokio::test]
    async fn a_writer_stops_when_nobody_takes_anything() {
        let (mut source, sink) = pipe();
        drop(sink);
        let outcome = tokio::task::spawn_blocking(move || source.write_all(&vec![7; PIECE_BYTES]));
        let outcome = outcome.await.expect("no panic");
        assert_eq!(outcome.expect_err("gone").kind(), io::ErrorKind::BrokenPipe);
    }
}
