//! The addresses of the endpoint, and the way of a request through it: body, number, work, evidence,
//! answer.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{Method, Response, StatusCode};
use axum::routing::any;

use super::core::Core;
use super::json_trouble::json_trouble;
use super::listen::{BodyError, Service, read_body};
use super::recorder::{Account, Answer, Arrival, Reply};
use super::{archivist, disclosure_log, fhir, forms, log_desk, soap, validation};
use crate::evidence::{Caller, ServiceTag};

/// Where Kela's document validation service was seen to stand.
const VALIDATION: &str = "/shark-validointi/validoi/asiakirja/tulos";

/// The service behind every connection.
pub(super) fn service(core: Arc<Core>) -> Service {
    Router::new()
        .route("/archive", any(archive))
        .route(VALIDATION, any(validation))
        .route("/validation", any(whole_validation))
        .route("/archivist/v1/{*path}", any(archivist))
        .route("/forms/v1/{*path}", any(forms))
        .route("/fhir", any(fhir))
        .route("/fhir/", any(fhir))
        .route("/fhir/{*path}", any(fhir))
        .route("/use-log", any(use_log))
        .route("/disclosure-log", any(disclosure_log))
        .fallback(other)
        .with_state(core)
}

type Caught = (State<Arc<Core>>, Extension<Arc<Caller>>);

async fn archive((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    if asks_for_description(&request) {
        return description(&core, caller, request).await;
    }
    let (arrival, trouble) = take(&core, ServiceTag::of_id("archive"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => soap::trouble(&arrival, &trouble),
        None => soap::handle(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

fn asks_for_description(request: &Request) -> bool {
    request.method() == Method::GET && request.uri().query().is_some_and(|query| query.eq_ignore_ascii_case("wsdl"))
}

async fn description(core: &Core, caller: Arc<Caller>, request: Request) -> Response<Body> {
    let (arrival, trouble) = take(core, ServiceTag::of_id("description"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => soap::trouble(&arrival, &trouble),
        None => soap::describe(core),
    };
    core.recorder.close(arrival, account, reply)
}

async fn forms(caught: Caught, request: Request) -> Response<Body> {
    let (State(core), Extension(caller)) = caught;
    let (arrival, trouble) = take(&core, ServiceTag::of_id("forms"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => json_trouble(&trouble, "error"),
        None => forms::handle(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

async fn validation(caught: Caught, request: Request) -> Response<Body> {
    validated(caught, request, validation::short).await
}

async fn whole_validation(caught: Caught, request: Request) -> Response<Body> {
    validated(caught, request, validation::whole).await
}

async fn validated(
    (State(core), Extension(caller)): Caught,
    request: Request,
    work: fn(&Core, &Arrival) -> (Account, Reply),
) -> Response<Body> {
    let (arrival, trouble) = take(&core, ServiceTag::of_id("validation"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => json_trouble(&trouble, "description"),
        None => work(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

async fn archivist((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    if core.answerable.is_none() {
        return other((State(core), Extension(caller)), request).await;
    }
    let (arrival, trouble) = take(&core, ServiceTag::of_id("archivist"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => json_trouble(&trouble, "error"),
        None => archivist::handle(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

async fn fhir((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    let (arrival, trouble) = take(&core, ServiceTag::of_id("fhir"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => fhir::trouble(&core, &arrival, &trouble),
        None => fhir::handle(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

async fn use_log((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    let (arrival, trouble) = take(&core, ServiceTag::of_id("use-log"), caller, request).await;
    let (account, reply) = match trouble {
        Some(trouble) => json_trouble(&trouble, "error"),
        None => log_desk::handle(&core, &arrival),
    };
    core.recorder.close(arrival, account, reply)
}

async fn disclosure_log((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    let asked = disclosure_log::asked(request.uri());
    let (arrival, _) = take(&core, ServiceTag::of_id("disclosure-log"), caller, request).await;
    let (account, reply) = disclosure_log::handle(&core, &arrival, asked);
    core.recorder.close(arrival, account, reply)
}

async fn other((State(core), Extension(caller)): Caught, request: Request) -> Response<Body> {
    let (arrival, _) = take(&core, ServiceTag::of_id("other"), caller, request).await;
    let answer = Answer::new(
        StatusCode::NOT_FOUND,
        "text/plain; charset=utf-8",
        "no such address: /archive, /fhir, /use-log, /validation, /disclosure-log\n",
    );
    core.recorder.close(arrival, Account::refused("no-such-address"), Reply::Answer(answer))
}

/// Why a request cannot even be looked at.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Not a method of this address.
    Method,
    /// Its body was not read to the end.
    Body(BodyError),
}

async fn take(core: &Core, tag: ServiceTag, caller: Arc<Caller>, request: Request) -> (Arrival, Option<Trouble>) {
    let (parts, body) = request.into_parts();
    let read = read_body(body, core.limits.bytes, core.bounds.body).await;
    let (body, error) = match read {
        Ok(body) => (body, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let arrival = core.recorder.arrival(tag.clone(), caller, &parts, body);
    if let Some(error) = error {
        return (arrival.unread(error.to_string()), Some(Trouble::Body(error)));
    }
    let is_posted = ["archive", "validation", "use-log"].contains(&tag.id());
    let is_wrong = is_posted && parts.method != Method::POST;
    (arrival, is_wrong.then_some(Trouble::Method))
}

impl Trouble {
    /// HTTP status; `None` when there is nobody left to answer.
    pub(super) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Method => Some(StatusCode::METHOD_NOT_ALLOWED),
            Self::Body(BodyError::TooLarge { .. }) => Some(StatusCode::PAYLOAD_TOO_LARGE),
            Self::Body(BodyError::TooSlow) => Some(StatusCode::REQUEST_TIMEOUT),
            Self::Body(BodyError::Broken) => None,
        }
    }

    /// What the evidence says for it.
    pub(super) fn ground(&self) -> &'static str {
        match self {
            Self::Method => "method-not-allowed",
            Self::Body(BodyError::TooLarge { .. }) => "message-too-large",
            Self::Body(BodyError::TooSlow) => "body-too-slow",
            Self::Body(BodyError::Broken) => "body-broken-off",
        }
    }

    /// A sentence for people.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Method => "only POST is possible here".to_owned(),
            Self::Body(error) => error.to_string(),
        }
    }
}
