//! One HTTP/1 connection: hands requests to a service, and can end without an answer.

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;
use tower::ServiceExt;

use super::connection_end::ClientStream;
use super::{Bounds, ConnectionEnd, SendRate, ShownCertificate};
use crate::evidence::Caller;

/// Most bytes of a request's head.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;

/// Stands for "no answer" towards the HTTP library, which then leaves the connection alone.
#[derive(Debug, thiserror::Error)]
#[error("the connection ends without an answer")]
struct NoAnswer(ConnectionEnd);

/// What ends a connection from our side, once the request in progress is answered.
pub(super) struct Ends {
    /// True when the endpoint is stopped.
    pub(super) stop: watch::Receiver<bool>,
    /// Changes when connections have to be made anew.
    pub(super) renewals: watch::Receiver<u64>,
}

/// Serves `line` by `service`, which finds the [`Caller`] among a request's extensions, until the caller leaves, a bound
/// is reached or one of `ends` says so. The caller was shown the [`ShownCertificate`].
pub(super) async fn serve(
    line: impl ClientStream,
    (caller, certificate): (Caller, ShownCertificate),
    service: Router,
    bounds: Bounds,
    mut ends: Ends,
) {
    let caller = Arc::new(caller);
    let renewals = ends.renewals.clone();
    let handle = hyper::service::service_fn(move |request| {
        // What comes over a connection that is to be made anew is never read.
        let is_over = renewals.has_changed().unwrap_or(true);
        Box::pin(answer(request, (Arc::clone(&caller), certificate), (!is_over).then(|| service.clone())))
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(line), handle);
    let stopped = tokio::select! {
        ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Ok(ended),
        _ = ends.stop.wait_for(|stopped| *stopped) => Err(()),
        Ok(()) = ends.renewals.changed() => Err(()),
    };
    let served = match stopped {
        Ok(ended) => ended,
        Err(()) => {
            Pin::new(&mut connection).graceful_shutdown();
            let rest = poll_fn(|context| connection.poll_without_shutdown(context));
            tokio::time::timeout(bounds.farewell, rest).await.unwrap_or(Ok(()))
        }
    };
    let mut line = connection.into_parts().io.into_inner();
    match served.as_ref().err().and_then(intended_end) {
        None => {
            let _ = tokio::time::timeout(bounds.farewell, line.shutdown()).await;
        }
        Some(end) => tokio::select! {
            () = end.apply(line) => {}
            _ = ends.stop.wait_for(|stopped| *stopped) => {}
        },
    }
}

/// How the connection is to end, where the service gave no answer.
fn intended_end(error: &hyper::Error) -> Option<ConnectionEnd> {
    let cause = error.source()?.downcast_ref::<NoAnswer>()?;
    Some(cause.0)
}

async fn answer(
    request: Request<Incoming>,
    (caller, certificate): (Arc<Caller>, ShownCertificate),
    service: Option<Router>,
) -> Result<Response<Body>, NoAnswer> {
    let service = service.ok_or(NoAnswer(ConnectionEnd::Closed))?;
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(caller);
    if certificate != ShownCertificate::Own {
        request.extensions_mut().insert(certificate);
    }
    let mut response = service.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    if let Some(end) = response.extensions().get::<ConnectionEnd>() {
        return Err(NoAnswer(*end));
    }
    if let Some(rate) = response.extensions().get::<SendRate>().copied() {
        let body = std::mem::take(response.body_mut());
        *response.body_mut() = rate.hold(body).await;
    }
    Ok(response)
}
