//! Bodies as they come in: not larger than they may be, not slower than they may be.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::Limited;
use hyper::body::{Frame, SizeHint};
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

/// Reads what is left of a body and forgets it.
pub(crate) async fn discard(body: Body) {
    let mut body = bounded(body, 0);
    while let Some(Ok(_)) =
        std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {}
}

/// A body that has to keep its rate. The frame that makes it too large is handed on only when the
/// rest was read and forgotten.
struct Paced {
    body: Body,
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
        Self { body, bytes_max, bytes: 0, patience, deadline, held: None }
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
            let polled = Pin::new(&mut self.body).poll_frame(context);
            match polled {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Some(frame) = self.came(frame) {
                        return Poll::Ready(Some(Ok(frame)));
                    }
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
                Poll::Ready(None) => return Poll::Ready(self.held.take().map(Ok)),
                Poll::Pending => {
                    let is_late = self.deadline.as_mut().poll(context).is_ready();
                    let late = || Some(Err("the body came too slowly".into()));
                    return if is_late { Poll::Ready(late()) } else { Poll::Pending };
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
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
                None => Poll::Ready(None),
            }
        }
    }

    fn body(sizes: &[usize], stalls: bool) -> Body {
        Body::new(Pieces { sizes: sizes.to_vec(), stalls })
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
    async fn forgetting_a_body_ends_with_it() {
        discard(body(&[100_000, 5], false)).await;
        discard(Body::empty()).await;
    }
}
