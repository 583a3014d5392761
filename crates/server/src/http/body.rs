//! Bodies as they come in: not larger than they may be, not slower than they may be.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::EXPECT;
use http_body_util::Limited;
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

/// The least a body has to bring each second, in bytes: what a bad satellite link still carries.
const RATE_MIN: u64 = 512;
/// What a body may be behind that rate.
const GRACE: Duration = Duration::from_secs(10);
/// How much of a body that is too large is read and thrown away, in bytes. A client that is still
/// sending when the connection closes never sees why.
const DISCARDED_BYTES_MAX: usize = 64 << 20;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The body, cut off where it is larger than `bytes_max` or too slow.
pub(crate) fn bounded(body: Body, bytes_max: usize) -> Body {
    let size = body.size_hint();
    if size.exact() == Some(0) {
        return body;
    }
    Body::new(Limited::new(Paced::new(body, bytes_max, GRACE), bytes_max))
}

/// Forgets a body that nobody wants. A client that asks whether to send it at all just is not told to.
pub(crate) fn unwanted(body: Body, headers: &HeaderMap) {
    if !headers.contains_key(EXPECT) {
        drop(bounded(body, 0));
    }
}

/// A body that has to keep its rate. The frame that makes it too large is handed on only when the
/// rest was read and forgotten; what nobody read is read and forgotten after it is dropped. A client
/// that is cut off while it sends would never see its answer.
struct Paced {
    body: Body,
    is_over: bool,
    bytes_max: usize,
    bytes: usize,
    /// When it would be too late, had nothing come.
    patience: Instant,
    deadline: Pin<Box<Sleep>>,
    held: Option<Frame<Bytes>>,
}

impl Paced {
    fn new(body: Body, bytes_max: usize, grace: Duration) -> Self {
        let patience = Instant::now() + grace;
        let deadline = Box::pin(tokio::time::sleep_until(patience));
        Self { body, is_over: false, bytes_max, bytes: 0, patience, deadline, held: None }
    }

    /// The same, when nobody reads it any more: to be read to its end and forgotten.
    fn unread(&mut self) -> Self {
        let deadline = Box::pin(tokio::time::sleep_until(self.deadline.deadline()));
        let (body, patience) = (std::mem::take(&mut self.body), self.patience);
        Self {
            body,
            is_over: false,
            bytes_max: 0,
            bytes: self.bytes,
            patience,
            deadline,
            held: None,
        }
    }

    /// Takes note of what came; the frame where it is to be handed on.
    fn came(&mut self, frame: Frame<Bytes>) -> Option<Frame<Bytes>> {
        self.bytes += frame.data_ref().map_or(0, Bytes::len);
        let earned = Duration::from_secs(self.bytes as u64 / RATE_MIN);
        self.deadline.as_mut().reset(self.patience + earned);
        if self.bytes <= self.bytes_max {
            return Some(frame);
        }
        if self.held.is_none() {
            self.held = Some(frame);
        }
        if self.bytes > DISCARDED_BYTES_MAX { self.held.take() } else { None }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        loop {
            let last = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => match self.came(frame) {
                    Some(frame) => return Poll::Ready(Some(Ok(frame))),
                    None => continue,
                },
                Poll::Ready(Some(Err(error))) => Some(Err(error.into())),
                Poll::Ready(None) => self.held.take().map(Ok),
                Poll::Pending if self.deadline.as_mut().poll(context).is_ready() => {
                    Some(Err("the body came too slowly".into()))
                }
                Poll::Pending => return Poll::Pending,
            };
            self.is_over = true;
            return Poll::Ready(last);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        let is_read = self.is_over || self.bytes > DISCARDED_BYTES_MAX || self.is_end_stream();
        if let (false, Ok(runtime)) = (is_read, Handle::try_current()) {
            runtime.spawn(Forgetting(self.unread()));
        }
    }
}

/// Reads a body to its end.
struct Forgetting(Paced);

impl Future for Forgetting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        while let Some(Ok(_frame)) = ready!(Pin::new(&mut self.0).poll_frame(context)) {}
        Poll::Ready(())
    }
}

impl Drop for Forgetting {
    fn drop(&mut self) {
        // With the server's end this ends as well, whatever is left.
        self.0.is_over = true;
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt, LengthLimitError};

    use super::*;

    /// A body of pieces of these sizes; where it `stalls`, nothing comes after them.
    struct Pieces {
        sizes: Vec<usize>,
        stalls: bool,
        over: Option<tokio::sync::oneshot::Sender<()>>,
    }

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = Failure;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
            match self.sizes.pop() {
                Some(size) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![0; size]))))),
                None if self.stalls => Poll::Pending,
                None => {
                    let over = self.over.take().map(|over| over.send(()));
                    assert!(over.is_none_or(|told| told.is_ok()));
                    Poll::Ready(None)
                }
            }
        }
    }

    fn body(sizes: &[usize], stalls: bool) -> Body {
        Body::new(Pieces { sizes: sizes.to_vec(), stalls, over: None })
    }

    #[tokio::test]
    async fn a_body_within_its_limit_comes_through_whole() {
        let read = bounded(body(&[300, 0, 700], false), 1_000).collect().await.expect("a body");
        assert_eq!(read.to_bytes().len(), 1_000);
    }

    #[tokio::test]
    async fn a_body_beyond_its_limit_is_refused_for_its_length() {
        let read = bounded(body(&[1, 300, 700], false), 1_000).collect().await;
        let error = read.expect_err("too large").into_inner();
        assert!(error.is::<LengthLimitError>(), "{error}");
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_late() {
        let paced = Paced::new(body(&[10], true), 1_000, Duration::ZERO);
        assert!(paced.collect().await.is_err());
    }

    #[tokio::test]
    async fn what_nobody_reads_is_read_to_its_end() {
        let (over, ended) = tokio::sync::oneshot::channel();
        let mut pieces = Pieces { sizes: vec![100_000, 5], stalls: false, over: Some(over) };
        pieces.sizes.extend([7; 10]);
        drop(bounded(Body::new(pieces), 1_000));
        ended.await.expect("read to its end");
    }
}
