//! What stands between a system and the simulated Kanta: it passes on requests and answers, changed or not.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::reference::bench::driver;

/// Says which requests go to Kanta for one that came, in order. The system hears the answer to the last one; where none
/// goes, what `told` says.
pub type Pass = Arc<dyn Fn(Passing, &mut Held) -> Vec<Passing> + Send + Sync>;
/// Changes an answer on its way back.
pub type Back = Arc<dyn Fn(&mut Returning) + Send + Sync>;

/// What a gateway does.
#[derive(Clone, Default)]
pub struct Between {
    pub pass: Option<Pass>,
    pub back: Option<Back>,
}

/// A request on its way to Kanta.
#[derive(Clone)]
pub struct Passing {
    pub method: Method,
    /// Path and query.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// An answer on its way back.
#[derive(Clone)]
pub struct Returning {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// What a gateway holds back from one request to the next.
#[derive(Default)]
pub struct Held {
    pub requests: Vec<Passing>,
    /// What the system is told where nothing goes to Kanta.
    pub told: Option<Returning>,
    /// What the system is told whatever Kanta says.
    pub after: Option<Returning>,
}

/// A running one; dropped, it ends.
pub struct Gateway(AbortHandle);

struct Way {
    kanta: SocketAddr,
    between: Between,
    held: Mutex<Held>,
    http: reqwest::Client,
}

impl Gateway {
    /// Listens at the port of `kanta`, at the first loopback address.
    pub async fn start(kanta: SocketAddr, between: &Between) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, kanta.port())).await?;
        let way = Arc::new(Way { kanta, between: between.clone(), held: Mutex::default(), http: driver() });
        let router = axum::Router::new().fallback(pass).with_state(way);
        Ok(Self(tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle()))
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn pass(State(way): State<Arc<Way>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 64 << 20).await.expect("body").to_vec();
    let path = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let came = Passing { method: parts.method, path, headers: parts.headers, body };
    let (wanted, mut told, after) = {
        let mut held = way.held.lock().expect("held");
        let wanted = match &way.between.pass {
            Some(pass) => pass(came, &mut held),
            None => vec![came],
        };
        (wanted, held.told.take(), held.after.take())
    };
    for request in wanted {
        told = way.send(request).await.or(told);
    }
    let mut told = after.or(told).unwrap_or_else(Returning::nothing);
    if let Some(back) = &way.between.back {
        back(&mut told);
    }
    told.into()
}

impl Way {
    async fn send(&self, request: Passing) -> Option<Returning> {
        let Passing { method, path, mut headers, body } = request;
        headers.remove(header::CONTENT_LENGTH);
        headers.remove(header::HOST);
        let sent = self.http.request(method, format!("http://{}{path}", self.kanta)).headers(headers).body(body);
        let answer = sent.send().await.ok()?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.ok()?.to_vec();
        Some(Returning { status, headers, body })
    }
}

impl Returning {
    fn nothing() -> Self {
        Self { status: StatusCode::BAD_GATEWAY, headers: HeaderMap::new(), body: Vec::new() }
    }
}

impl From<Returning> for Response<Body> {
    fn from(told: Returning) -> Self {
        let mut response = Self::new(Body::from(Bytes::from(told.body)));
        *response.status_mut() = told.status;
        for (name, value) in &told.headers {
            if name != header::CONTENT_LENGTH && name != header::TRANSFER_ENCODING {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
        response
    }
}
