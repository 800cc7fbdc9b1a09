//! How fast an answer is sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use tokio::time::{Interval, MissedTickBehavior};

/// How long a delayed answer waits: longer than an answer takes on a busy machine, and short enough for a run of two seconds.
pub(in crate::kanta) const DELAY: Duration = Duration::from_millis(1100);
const TICK: Duration = Duration::from_millis(1);
/// Most pieces of an answer that dribbles: with it a long answer takes no longer than a short one.
const MOST_PIECES: usize = 300;

/// How fast an answer is sent. Stands among the extensions of a response that is not sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendRate {
    /// As fast as the caller reads.
    AtOnce,
    /// As fast, after a pause of 1.1 seconds.
    Delayed,
    /// In small pieces, a millisecond or more apart; long answers in larger ones.
    Dribbled,
}

impl SendRate {
    /// Waits as long as the answer is to wait, and gives it the body that it is to have.
    pub(super) async fn hold(self, body: Body) -> Body {
        match self {
            Self::AtOnce => body,
            Self::Delayed => {
                tokio::time::sleep(DELAY).await;
                body
            }
            Self::Dribbled => match body.collect().await {
                Ok(whole) => Body::new(Dribble::new(whole.to_bytes())),
                Err(_) => Body::empty(),
            },
        }
    }
}

/// A body that comes in small pieces.
struct Dribble {
    rest: Bytes,
    piece: usize,
    ticks: Interval,
}

impl Dribble {
    fn new(whole: Bytes) -> Self {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { piece: whole.len().div_ceil(MOST_PIECES), rest: whole, ticks }
    }
}

impl HttpBody for Dribble {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if self.ticks.poll_tick(context).is_pending() {
            return Poll::Pending;
        }
        let piece = self.piece.min(self.rest.len());
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, HttpBody};
    use http_body_util::BodyExt;

    use super::{MOST_PIECES, SendRate};

    #[tokio::test]
    async fn a_dribbled_body_is_whole_and_of_many_pieces() {
        for length in [0, 3, MOST_PIECES + 1] {
            let text = vec![b'a'; length];
            let mut body = SendRate::Dribbled.hold(Body::from(text.clone())).await;
            assert_eq!(body.size_hint().exact(), Some(length as u64));
            let (mut read, mut pieces) = (Vec::new(), 0);
            while let Some(frame) = body.frame().await {
                read.extend_from_slice(frame.expect("frame").data_ref().expect("data"));
                pieces += 1;
            }
            assert_eq!(read, text);
            assert!(pieces >= length.min(150) && pieces <= MOST_PIECES, "{length}: {pieces}");
        }
    }
}
