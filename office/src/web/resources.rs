//! Answers as bytes, with the headers that all of them carry.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

use super::answer::{Answer, Content};
use super::failure::Failure;
use super::visit::Visit;

/// Nothing but the office's own style sheet, and forms that go to the office: no script, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";
const STYLE: &str = include_str!("../../static/office.css");

/// A page.
pub(super) fn framed(status: StatusCode, html: String) -> Response {
    bytes(status, "text/html; charset=utf-8", html.into_bytes())
}

/// What is no page.
pub(super) fn ready(content: Content) -> Response {
    match content {
        Content::Page(status, _) => bytes(status, "text/plain", Vec::new()),
        Content::Redirect(address) => {
            let mut response = bytes(StatusCode::SEE_OTHER, "text/plain", Vec::new());
            let address = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/"));
            response.headers_mut().insert(header::LOCATION, address);
            response
        }
        Content::File(name, media, content) => {
            let mut response = bytes(StatusCode::OK, media, content);
            let name: String =
                name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
            let value = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
            response
                .headers_mut()
                .insert(header::CONTENT_DISPOSITION, value.unwrap_or(HeaderValue::from_static("attachment")));
            response
        }
        Content::Plain(media, content) => bytes(StatusCode::OK, media, content),
    }
}

fn bytes(status: StatusCode, media: &'static str, content: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

/// Puts the headers on that every answer carries.
pub(super) async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The style sheet.
pub(super) async fn style(_: Visit) -> Result<Answer, Failure> {
    Ok(Answer::plain("text/css; charset=utf-8", STYLE))
}

/// Whether the office works, for a machine that watches it.
pub(super) async fn health(visit: Visit) -> Result<Answer, Failure> {
    visit.app.store.is_there().await?;
    Ok(Answer::plain("text/plain; charset=utf-8", "ok\n"))
}
