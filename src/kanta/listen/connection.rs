//! One HTTP/1 connection: hands requests to a service, and can end without an answer.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tower::ServiceExt;

use super::Bounds;
use crate::evidence::Caller;

/// Most bytes of a request's head.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;

/// The service behind every connection; it finds the [`Caller`] among the request's extensions.
pub(in crate::kanta) type Service = Router;

/// Marks a response, by its extensions, as never to be sent: the connection ends instead.
#[derive(Debug, Clone, Copy)]
pub(in crate::kanta) struct CloseConnection;

/// Stands for "no answer" towards the HTTP library, which then drops the connection.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
struct NoAnswer;

/// Serves `stream` until the caller leaves, a bound is reached or `stop` says so.
pub(super) async fn serve<S>(
    stream: S,
    caller: Caller,
    service: Service,
    bounds: Bounds,
    mut stop: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let caller = Arc::new(caller);
    let handle = hyper::service::service_fn(move |request| answer(request, Arc::clone(&caller), service.clone()));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), handle);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        _ = stop.wait_for(|stopped| *stopped) => None,
    };
    if ended.is_none() {
        connection.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(bounds.farewell, connection).await;
    }
}

async fn answer(request: Request<Incoming>, caller: Arc<Caller>, service: Service) -> Result<Response<Body>, NoAnswer> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(caller);
    let response = service.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    match response.extensions().get::<CloseConnection>() {
        Some(CloseConnection) => Err(NoAnswer),
        None => Ok(response),
    }
}
