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
/// How long nothing may come of a body, however much came before.
const SILENCE_MAX: Duration = Duration::from_mins(1);
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
    Body::new(Limited::new(Paced::new(body, GRACE), bytes_max))
}

/// Forgets a body that nobody wants. A client that asks whether to send it at all just is not told to.
pub(crate) fn unwanted(body: Body, headers: &HeaderMap) {
    if !headers.contains_key(EXPECT) {
        drop(bounded(body, 0));
    }
}

/// A body that has to keep its rate. What nobody reads of it is read and forgotten after it is
/// dropped, while the answer is on its way: a client that is cut off while it sends never sees one.
struct Paced {
    body: Body,
    is_over: bool,
    bytes: usize,
    /// When it would be too late, had nothing come.
    patience: Instant,
    deadline: Pin<Box<Sleep>>,
}

impl Paced {
    fn new(body: Body, grace: Duration) -> Self {
        let patience = Instant::now() + grace;
        let deadline = Box::pin(tokio::time::sleep_until(patience));
        Self { body, is_over: false, bytes: 0, patience, deadline }
    }

    /// The same, when nobody reads it any more: to be read to its end and forgotten.
    fn unread(&mut self) -> Self {
        let deadline = Box::pin(tokio::time::sleep_until(self.deadline.deadline()));
        let body = std::mem::take(&mut self.body);
        Self { body, is_over: false, bytes: self.bytes, patience: self.patience, deadline }
    }

    /// Takes note of what came. What came early earns time for what is late, up to a point.
    fn came(&mut self, frame: &Frame<Bytes>) {
        self.bytes += frame.data_ref().map_or(0, Bytes::len);
        let earned = self.patience + Duration::from_secs(self.bytes as u64 / RATE_MIN);
        self.deadline.as_mut().reset(earned.min(Instant::now() + SILENCE_MAX));
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        let last = match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.came(&frame);
                return Poll::Ready(Some(Ok(frame)));
            }
            Poll::Ready(Some(Err(error))) => Some(Err(error.into())),
            Poll::Ready(None) => None,
            Poll::Pending if self.deadline.as_mut().poll(context).is_ready() => {
                Some(Err("the body came too slowly".into()))
            }
            Poll::Pending => return Poll::Pending,
        };
        self.is_over = true;
        Poll::Ready(last)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        let is_read = self.is_over || self.is_end_stream();
        if let (false, Ok(runtime)) = (is_read, Handle::try_current()) {
            runtime.spawn(Forgetting(self.unread()));
        }
    }
}

/// Reads a body to its end, or to where it is no use any more.
struct Forgetting(Paced);

impl Future for Forgetting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        while self.0.bytes <= DISCARDED_BYTES_MAX {
            let Some(Ok(_frame)) = ready!(Pin::new(&mut self.0).poll_frame(context)) else { break };
        }
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
    async fn a_body_beyond_its_limit_is_refused_before_the_rest_of_it_came() {
        let read = bounded(body(&[700, 700], true), 1_000).collect().await;
        assert!(read.expect_err("too large").into_inner().is::<LengthLimitError>());
    }

    #[tokio::test]
    async fn what_came_early_earns_a_minute_and_no_more() {
        let mut paced = Paced::new(body(&[], true), GRACE);
        paced.came(&Frame::data(Bytes::from(vec![0; 1 << 20])));
        assert!(paced.deadline.deadline() <= Instant::now() + SILENCE_MAX);
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_late() {
        let paced = Paced::new(body(&[10], true), Duration::ZERO);
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
