//! The driver API: capabilities, and actions as resources with a state.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::action::{ACTIONS, Action, ActionError};
use super::ending::Ending;
use super::faults::Fault;
use super::system::System;

/// Longest time that an answer is held back, in milliseconds.
const LONGEST_WAIT: u64 = 30_000;

/// The API with its actions.
#[derive(Debug)]
pub struct Desk {
    system: Arc<System>,
    actions: Mutex<Actions>,
}

#[derive(Debug, Default)]
struct Actions {
    by_id: Vec<Started>,
    by_key: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Started {
    asked: Asked,
    ending: watch::Receiver<Option<Ending>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Asked {
    key: String,
    action: String,
    #[serde(default = "empty")]
    parameters: Value,
}

fn empty() -> Value {
    json!({})
}

#[derive(Debug, Deserialize)]
struct Waiting {
    wait: Option<u64>,
}

/// An error of the API itself.
struct Wrong(StatusCode, String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({"error": self.1}))).into_response()
    }
}

/// The routes of the driver API.
pub fn routes(system: Arc<System>) -> Router {
    Router::new()
        .route("/v1/capabilities", get(capabilities))
        .route("/v1/actions", post(start))
        .route("/v1/actions/{id}", get(look))
        .fallback(async || Wrong(StatusCode::NOT_FOUND, "there is nothing here".to_owned()))
        .method_not_allowed_fallback(async || {
            Wrong(StatusCode::METHOD_NOT_ALLOWED, "that cannot be done here".to_owned())
        })
        .with_state(Arc::new(Desk { system, actions: Mutex::default() }))
}

async fn capabilities() -> axum::Json<Value> {
    axum::Json(json!({
        "driver-api": "1",
        "system": {
            "name": "kantakoe reference system",
            "version": env!("CARGO_PKG_VERSION"),
            "vendor": "kantakoe",
        },
        "actions": ACTIONS,
        "features": ["pdf-a", "attachments", "declaration-documents", "narrowed-searches"],
        "unsupported": [],
    }))
}

async fn start(State(desk): State<Arc<Desk>>, body: Bytes) -> Result<Response, Wrong> {
    let bad = |error: &dyn std::fmt::Display| Wrong(StatusCode::BAD_REQUEST, error.to_string());
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| bad(&error))?;
    let action = Action::read(&asked.action, &asked.parameters).map_err(|error| match error {
        ActionError::Unsupported(_) => Wrong(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        ActionError::Parameters(_) => bad(&error),
    })?;
    let (id, started) = desk.begin(asked, action)?;
    let location = format!("/v1/actions/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], axum::Json(started.resource(id))).into_response())
}

async fn look(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<axum::Json<Value>, Wrong> {
    let unknown = || Wrong(StatusCode::NOT_FOUND, "there is no such action".to_owned());
    let id: usize = id.parse().map_err(|_| unknown())?;
    let mut started = desk.action(id).ok_or_else(unknown)?;
    let wait = Duration::from_millis(waiting.wait.unwrap_or(0).min(LONGEST_WAIT));
    // Whether it ends in time or not, its state is told.
    let _ = tokio::time::timeout(wait, started.ending.wait_for(Option::is_some)).await;
    Ok(axum::Json(started.resource(id)))
}

impl Desk {
    /// Starts an action, or finds the one that was started with the same key.
    fn begin(&self, asked: Asked, action: Action) -> Result<(usize, Started), Wrong> {
        let mut actions = self.actions.lock().unwrap_or_else(PoisonError::into_inner);
        let known = actions.by_key.get(&asked.key).copied();
        if let Some(id) = known.filter(|_| !self.system.deviates(Fault::ActionDoneForEachRequest)) {
            let started = actions.by_id[id].clone();
            let other = || Wrong(StatusCode::BAD_REQUEST, "the key is that of another action".to_owned());
            return if started.asked == asked { Ok((id, started)) } else { Err(other()) };
        }
        let (tell, ending) = watch::channel(None);
        let system = Arc::clone(&self.system);
        tokio::spawn(async move {
            let ending = action.run(&system).await;
            tell.send_replace(Some(ending));
        });
        let id = actions.by_id.len();
        actions.by_key.insert(asked.key.clone(), id);
        actions.by_id.push(Started { asked, ending });
        Ok((id, actions.by_id[id].clone()))
    }

    fn action(&self, id: usize) -> Option<Started> {
        self.actions.lock().unwrap_or_else(PoisonError::into_inner).by_id.get(id).cloned()
    }
}

impl Started {
    fn resource(&self, id: usize) -> Value {
        let ending = self.ending.borrow();
        let name = &self.asked.action;
        match ending.as_ref() {
            None => json!({
                "id": id.to_string(), "action": name, "state": "running",
                "outcome": null, "message": "", "errors": [], "result": {},
            }),
            Some(Ending { outcome, message, errors, result, .. }) => json!({
                "id": id.to_string(), "action": name, "state": "finished",
                "outcome": outcome, "message": message, "errors": errors, "result": result,
            }),
        }
    }
}
