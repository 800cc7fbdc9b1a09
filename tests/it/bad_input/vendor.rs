//! A vendor's system that the test plays: a driver API on a port of its own, with any answer to any request.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::desk::Desk;

/// What a started system is given, as its start command keeps it.
const GIVEN: &str = "given";
/// A start command that writes down what it is given and stays.
const KEEPER: &str =
    r#"["sh", "-c", "env | grep ^KANTAKOE_ > given.part && mv given.part given && exec tail -f /dev/null"]"#;

/// Actions of the scenario `storage-client-relationship`.
pub const STORING: [&str; 3] = ["reset", "know-client", "store-client-relationship"];

pub type Answer = Response<Body>;

/// A request to the driver API.
pub struct Asked {
    pub method: String,
    /// Path without the query.
    pub path: String,
    pub body: Value,
    given: PathBuf,
}

impl Asked {
    pub fn is_capabilities(&self) -> bool {
        self.path == "/v1/capabilities"
    }

    pub fn action(&self) -> &str {
        self.body["action"].as_str().unwrap_or_default()
    }

    /// An environment variable of the start command.
    pub fn given(&self, name: &str) -> String {
        let text = std::fs::read_to_string(&self.given).expect("the start command ran");
        let row = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        row.expect("variable").to_owned()
    }
}

/// A running system.
pub struct Vendor {
    pub address: SocketAddr,
    _runtime: Runtime,
}

impl Vendor {
    /// A system that answers as `answer` says; the capabilities only once the start command has written
    /// down what it was given.
    pub fn new(desk: &Desk, answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let runtime = Runtime::new().expect("runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("port");
        let address = listener.local_addr().expect("address");
        let (answer, given) = (Arc::new(answer), desk.path(GIVEN));
        let serve = move |request| respond(request, Arc::clone(&answer), given.clone());
        runtime.spawn(async move { axum::serve(listener, axum::Router::new().fallback(serve)).await });
        Self { address, _runtime: runtime }
    }

    /// A configuration of one scenario without a start command.
    pub fn configuration(&self) -> String {
        configuration(&format!("http://{}", self.address), "action-seconds = 20")
    }

    /// The same with a start command, so that the system is told where Kanta is; `kanta` are members of the
    /// table of that name.
    pub fn started(&self, kanta: &str) -> String {
        let rest = format!("action-seconds = 20\nstart = {KEEPER}\n[kanta]\n{kanta}");
        configuration(&format!("http://{}", self.address), &rest)
    }
}

/// One scenario, and a driver there.
pub fn configuration(address: &str, rest: &str) -> String {
    format!(
        "[run]\nreport = \"reports/latest\"\nonly = [\"storage-client-relationship\"]\n\
         [system]\naddress = \"{address}\"\n{rest}\n"
    )
}

async fn respond(
    request: Request<Body>,
    answer: Arc<impl Fn(&Asked) -> Answer + Send + Sync + 'static>,
    given: PathBuf,
) -> Answer {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        given,
    };
    // The answer may talk to Kanta first, which blocks.
    tokio::task::spawn_blocking(move || answer(&asked)).await.unwrap_or_else(|_| status(599))
}

/// Capabilities with these actions, once a start command has run; before that the system is not there yet.
pub fn once_started(desk: &Desk, actions: &'static [&'static str]) -> impl Fn() -> Answer + Send + Sync + 'static {
    let given = desk.path(GIVEN);
    move || if Path::new(&given).exists() { capabilities(actions) } else { status(503) }
}

pub fn capabilities(actions: &[&str]) -> Answer {
    json_answer(
        StatusCode::OK,
        &json!({
            "driver-api": "1", "actions": actions,
            "system": { "name": "Played system", "version": "1", "vendor": "Test" },
        }),
    )
}

/// An action that is over.
pub fn ended(asked: &Asked, outcome: &str, message: &str) -> Answer {
    let action = json!({
        "id": "1", "action": asked.action(), "state": "finished", "outcome": outcome,
        "message": message, "errors": [], "result": {},
    });
    json_answer(StatusCode::CREATED, &action)
}

pub fn json_answer(status: StatusCode, body: &Value) -> Answer {
    raw(status.as_u16(), "application/json", body.to_string())
}

pub fn raw(status: u16, media_type: &'static str, body: impl Into<Body>) -> Answer {
    let status = StatusCode::from_u16(status).expect("status");
    (status, [(header::CONTENT_TYPE, media_type)], body.into()).into_response()
}

pub fn status(status: u16) -> Answer {
    raw(status, "text/plain", "")
}
