//! The way of every request: from where, who, may they, is the form theirs; then the page; then the log.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::response::Response;
use cookie::Cookie;
use http::{HeaderMap, StatusCode, header};

use super::answer::{Answer, Content};
use super::app::App;
use super::cookies::{secure, session_cookie};
use super::failure::Failure;
use super::multipart;
use super::navigation::navigation;
use super::posted::{Fields, Posted};
use super::resources::{framed, ready};
use super::route::{Outcome, Route};
use super::visit::Visit;
use crate::access::{Access, Secret, digest};
use crate::page::{Frame, Page, render};
use crate::words::{Language, Words};

/// Largest form without a file, in bytes.
const LARGEST_FORM: usize = 512 * 1024;
/// Name of the hidden field that every form carries.
const TOKEN: &str = "form-token";

/// Answers a request on `route`.
pub(super) async fn answer(app: App, route: Route, parameters: RawPathParams, request: Request) -> Response {
    let started = Instant::now();
    let (mut visit, new_cookie) = visit_of(&app, route, &parameters, &request);
    let outcome = outcome(&app, route, &mut visit, request).await;
    let mut response = response(&app, &visit, outcome);
    if let Some(cookie) = new_cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    let taken = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    app.metrics.count(response.status().as_u16(), taken);
    response
}

fn visit_of(app: &App, route: Route, parameters: &RawPathParams, request: &Request) -> (Visit, Option<String>) {
    let headers = request.headers();
    let cookies = cookies(headers);
    let language = cookies.get("language").and_then(|tag| Language::of(tag));
    let language = language.unwrap_or_else(|| Language::accepted(text(headers, "accept-language")));
    let (visitor, new_cookie) = visitor(app, route, &cookies);
    let target = request.uri();
    let session = cookies.get(session_cookie(app)).cloned().unwrap_or_default();
    let visit = Visit {
        app: app.clone(),
        words: Words::of(language),
        acting: None,
        parameters: parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        query: Fields::read(target.query().unwrap_or_default().as_bytes()).unwrap_or_default(),
        posted: Posted::default(),
        route: route.name(),
        path: target.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        place: place(app, request),
        visitor_token: Visit::token_of(&visitor),
        session,
        now: app.clock.now(),
    };
    (visit, new_cookie)
}

/// Those who are not signed in have a cookie that their forms are bound to.
fn visitor(app: &App, route: Route, cookies: &BTreeMap<String, String>) -> (String, Option<String>) {
    if let Some(visitor) = cookies.get("visitor").filter(|visitor| visitor.len() >= 32) {
        return (visitor.clone(), None);
    }
    let visitor = Secret::new().reveal().to_owned();
    let is_public_page = route.access == Access::Public && !route.changes() && !route.path.starts_with("/static");
    let cookie = format!("visitor={visitor}; Path=/; HttpOnly; SameSite=Lax{}", secure(app));
    (visitor, is_public_page.then_some(cookie))
}

fn place(app: &App, request: &Request) -> String {
    let forwarded = text(request.headers(), "x-forwarded-for").rsplit(',').next().unwrap_or_default().trim();
    if app.settings.behind_proxy && !forwarded.is_empty() {
        return forwarded.chars().take(64).collect();
    }
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    connection.map_or_else(String::new, |ConnectInfo(address)| address.ip().to_string())
}

async fn outcome(app: &App, route: Route, visit: &mut Visit, request: Request) -> Outcome {
    if route.access != Access::Public && !visit.session.is_empty() {
        let hash = digest(visit.session.as_bytes());
        visit.acting = app.store.acting(&hash, app.session_limits(), visit.now).await?;
    }
    let place = visit.acting.as_ref().map_or(&visit.place, |acting| &acting.session);
    if !app.limiter.allows(place, visit.now) {
        return Err(Failure::TooMany);
    }
    if let Err(failure) = may(route, visit) {
        if visit.acting.is_some() {
            app.store.note(&visit.entry(failure.code())).await?;
        }
        return Err(failure);
    }
    if route.changes() {
        visit.posted = posted(app, route, request).await?;
        if visit.posted.fields.text(TOKEN) != visit.token() {
            return Err(Failure::NotYourForm);
        }
    }
    act(app, route, visit).await
}

fn may(route: Route, visit: &Visit) -> Result<(), Failure> {
    if route.access == Access::Public {
        return Ok(());
    }
    let acting = visit.acting.as_ref().ok_or(Failure::SignIn)?;
    let customer = visit.parameters.get("customer").map(String::as_str);
    if acting.may(route.access, customer) { Ok(()) } else { Err(Failure::Denied) }
}

async fn posted(app: &App, route: Route, request: Request) -> Result<Posted, Failure> {
    let headers = request.headers();
    let origin = text(headers, "origin");
    let foreign = !origin.is_empty() && origin != app.settings.public_address && !is_same_host(origin, headers);
    if foreign || text(headers, "sec-fetch-site") == "cross-site" {
        return Err(Failure::NotYourForm);
    }
    if text(headers, "content-type").starts_with("multipart/form-data") {
        return if route.takes_file { multipart::read(request).await } else { Err(Failure::UnreadableForm) };
    }
    let most = if route.takes_file { app.settings.largest_file } else { LARGEST_FORM };
    let body = to_bytes(request.into_body(), most).await.map_err(|_| Failure::TooLarge)?;
    Ok(Posted { fields: Fields::read(&body).ok_or(Failure::UnreadableForm)?, files: Vec::new() })
}

/// The host that the browser asked is the one that the page came from.
fn is_same_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some_and(|host| !host.is_empty() && host == text(headers, "host"))
}

/// Runs the page's code; what it showed is in the access log before it is answered.
async fn act(app: &App, route: Route, visit: &mut Visit) -> Outcome {
    let posted = std::mem::take(&mut visit.posted);
    let outcome = (route.handler)(Visit { posted, ..visit.clone() }).await;
    let (code, persons, detail, logged) = match &outcome {
        Ok(answer) => (done(answer), answer.persons.clone(), answer.detail.clone(), answer.logged),
        Err(failure) => (failure.code(), Vec::new(), String::new(), matches!(failure, Failure::Unavailable(_))),
    };
    if route.access != Access::Public && !logged {
        let entry = visit.entry(code);
        app.store.note(&crate::store::LogEntry { persons, detail, ..entry }).await?;
    }
    outcome
}

fn done(answer: &Answer) -> &'static str {
    match &answer.content {
        Content::Page(status, _) if *status != StatusCode::OK => "form-again",
        _ => "done",
    }
}

fn response(app: &App, visit: &Visit, outcome: Outcome) -> Response {
    match outcome {
        Ok(answer) => {
            let cookies = answer.cookies.clone();
            let mut response = match answer.content {
                Content::Page(status, page) => whole(app, visit, status, &page),
                content => ready(content),
            };
            for cookie in cookies.iter().filter_map(|cookie| cookie.parse().ok()) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(Failure::SignIn) if !visit.route.starts_with("POST") => {
            let next = url::form_urlencoded::byte_serialize(visit.path.as_bytes()).collect::<String>();
            ready(Content::Redirect(format!("/sign-in?next={next}")))
        }
        Err(failure) => {
            if let Some(cause) = failure.cause() {
                tracing::error!(route = visit.route, cause, "a request failed");
            }
            whole(app, visit, failure.status(), &failure.page(visit.words))
        }
    }
}

fn whole(app: &App, visit: &Visit, status: StatusCode, page: &Page) -> Response {
    let signed_in = visit.acting.as_ref().map(|acting| {
        let role = acting.role().map(|role| visit.t(&format!("role.{}", role.code())));
        (acting.name.as_str(), role.unwrap_or_default())
    });
    let frame = Frame {
        words: visit.words,
        navigation: navigation(visit),
        signed_in,
        token: visit.token(),
        path: &visit.path,
        rehearsal: app.settings.rehearsal,
    };
    framed(status, render(&frame, page))
}

/// The page of an address that is none.
pub(super) fn nowhere(app: &App, request: &Request) -> Response {
    let words = Words::of(Language::accepted(text(request.headers(), "accept-language")));
    let frame = Frame {
        words,
        navigation: Vec::new(),
        signed_in: None,
        token: "",
        path: "/",
        rehearsal: app.settings.rehearsal,
    };
    framed(StatusCode::NOT_FOUND, render(&frame, &Failure::NotFound.page(words)))
}

fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies = all.flat_map(|value| Cookie::split_parse(value.to_owned())).filter_map(Result::ok).take(50);
    cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// An answer without a body, for what has no page.
pub(super) fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
