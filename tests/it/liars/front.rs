//! What stands before the built-in reference system: it passes on what is asked, or lies about it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::reference::bench::driver;

/// Changes what the system says that it can do.
pub type Declare = Arc<dyn Fn(&mut Value) + Send + Sync>;
/// Ends an action without the system, or leaves it to the system.
pub type Pretend = Arc<dyn Fn(&Asked<'_>) -> Option<Value> + Send + Sync>;
/// Changes how an action ended, as the driver API tells it.
pub type Alter = Arc<dyn Fn(&Asked<'_>, &mut Value) + Send + Sync>;

/// What a liar does with what it is asked. One that does nothing is honest.
#[derive(Clone, Default)]
pub struct Liar {
    pub declare: Option<Declare>,
    pub pretend: Option<Pretend>,
    pub alter: Option<Alter>,
}

/// An action that is asked for.
pub struct Asked<'a> {
    pub action: &'a str,
    pub parameters: &'a Value,
    /// How many actions were asked for before.
    pub number: usize,
    /// What was asked before and how it ended, the newest last.
    pub earlier: &'a [(Value, Value)],
}

/// A running one; dropped, it ends.
pub struct Front {
    pub address: SocketAddr,
    task: AbortHandle,
    before: Arc<Before>,
}

struct Before {
    system: String,
    liar: Liar,
    http: reqwest::Client,
    /// Requests and how they ended.
    told: Mutex<Vec<(Value, Value)>>,
}

impl Front {
    pub async fn start(system: SocketAddr, liar: Liar) -> Self {
        let (system, http) = (format!("http://{system}"), driver());
        let before = Arc::new(Before { system, liar, http, told: Mutex::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        let address = listener.local_addr().expect("address");
        let router = Router::new()
            .route("/v1/capabilities", get(capabilities))
            .route("/v1/actions", post(action))
            .with_state(Arc::clone(&before));
        let task = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Self { address, task, before }
    }

    /// Everything that was asked for, reset and the doctor's questions included.
    pub fn asked(&self) -> Vec<Value> {
        self.before.told.lock().expect("told").iter().map(|(asked, _)| asked.clone()).collect()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn capabilities(State(before): State<Arc<Before>>) -> axum::Json<Value> {
    let answer = before.http.get(format!("{}/v1/capabilities", before.system)).send().await.expect("capabilities");
    let mut told: Value = answer.json().await.expect("capabilities");
    if let Some(declare) = &before.liar.declare {
        declare(&mut told);
    }
    axum::Json(told)
}

async fn action(State(before): State<Arc<Before>>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).expect("request");
    let told = match before.pretended(&asked) {
        Some(told) => Ok(told),
        None => before.done(&asked).await,
    };
    match told {
        Ok(mut told) => {
            before.finish(&asked, &mut told);
            (StatusCode::CREATED, axum::Json(told)).into_response()
        }
        Err((status, text)) => (status, text).into_response(),
    }
}

impl Before {
    fn pretended(&self, asked: &Value) -> Option<Value> {
        let pretend = self.liar.pretend.as_ref()?;
        let told = self.told.lock().expect("told");
        pretend(&Asked::of(asked, &told))
    }

    /// Lets the system do it, and waits for the end.
    async fn done(&self, asked: &Value) -> Result<Value, (StatusCode, String)> {
        let answer = self.http.post(format!("{}/v1/actions", self.system)).json(asked).send().await.expect("action");
        if answer.status() != StatusCode::CREATED {
            return Err((answer.status(), answer.text().await.unwrap_or_default()));
        }
        let location = answer.headers()["location"].to_str().expect("location").to_owned();
        let url = format!("{}{location}?wait=30000", self.system);
        Ok(self.http.get(url).send().await.expect("end").json().await.expect("end"))
    }

    fn finish(&self, asked: &Value, ended: &mut Value) {
        let mut told = self.told.lock().expect("told");
        if let Some(alter) = &self.liar.alter {
            alter(&Asked::of(asked, &told), ended);
        }
        told.push((asked.clone(), ended.clone()));
    }
}

impl<'a> Asked<'a> {
    fn of(asked: &'a Value, earlier: &'a [(Value, Value)]) -> Self {
        let action = asked["action"].as_str().unwrap_or_default();
        Self { action, parameters: &asked["parameters"], number: earlier.len(), earlier }
    }
}

impl Asked<'_> {
    /// Whether the doctor asks, whose client is always the same.
    pub fn is_of_doctor(&self) -> bool {
        let client = &self.parameters["client"];
        [client, &self.parameters["person"]["identity-code"]].iter().any(|code| **code == "010181-900C")
    }
}

/// An action that ended so.
pub fn ended(asked: &Asked<'_>, outcome: &str, errors: &Value, result: &Value) -> Value {
    json!({
        "id": asked.number.to_string(), "action": asked.action, "state": "finished", "outcome": outcome,
        "message": "", "errors": errors, "result": result,
    })
}
