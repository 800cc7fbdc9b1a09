//! Reads a request's body as far as its bounds allow.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use http_body_util::BodyExt;

/// Largest body that room is made for before its first byte arrives.
const FIRST_ROOM: usize = 256 * 1024;

/// Why a body was not read to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Longer than allowed.
    #[error("more than {limit} bytes")]
    TooLarge { limit: usize },
    /// Not there in time.
    #[error("the body did not arrive in time")]
    TooSlow,
    /// The caller went away or broke the framing.
    #[error("the body broke off")]
    Broken,
}

/// The whole body. One that announces more than `limit` bytes is not read at all.
pub(in crate::kanta) async fn read_body(body: Body, limit: usize, time: Duration) -> Result<Vec<u8>, BodyError> {
    tokio::time::timeout(time, collect(body, limit)).await.unwrap_or(Err(BodyError::TooSlow))
}

async fn collect(mut body: Body, limit: usize) -> Result<Vec<u8>, BodyError> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(BodyError::TooLarge { limit });
    }
    let mut bytes = Vec::with_capacity(announced.min(FIRST_ROOM));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyError::Broken)?;
        let Some(data) = frame.data_ref() else { continue };
        if bytes.len() + data.len() > limit {
            return Err(BodyError::TooLarge { limit });
        }
        bytes.extend_from_slice(data);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::body::Body;

    use super::{BodyError, read_body};

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        assert_eq!(read_body(Body::from("12345"), 5, LONG).await, Ok(b"12345".to_vec()));
        assert_eq!(read_body(Body::from("123456"), 5, LONG).await, Err(BodyError::TooLarge { limit: 5 }));
    }

    #[tokio::test]
    async fn a_body_that_never_comes_is_given_up() {
        assert_eq!(read_body(Body::new(Never), 5, Duration::ZERO).await, Err(BodyError::TooSlow));
    }

    /// A body whose caller says nothing and stays.
    struct Never;

    impl axum::body::HttpBody for Never {
        type Data = axum::body::Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
            std::task::Poll::Pending
        }
    }
}
