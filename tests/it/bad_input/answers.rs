//! A driver that hangs, breaks off or answers what the driver API does not know: nothing is judged, nothing
//! passes, and the reason says what came.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::desk::{Desk, Ran, parts};
use super::vendor::{self, Answer, Asked, STORING, Vendor, capabilities, ended, json_answer, raw, status};

/// How the steps end: the client is made known, and the storing has no usable answer.
const UNANSWERED: [&str; 2] = ["succeeded", "unanswered"];

fn is_inconclusive(ran: &Ran, code: &str, detail: &str, what: &str) {
    assert_eq!((ran.code, ran.outcome()), (Some(4), "inconclusive"), "{what}\n{}", ran.shown());
    let scenario = ran.only();
    let (found, told) = parts(&scenario["reason"]);
    assert!(found == code && told.contains(detail), "{what}: {found} {told}");
    let steps: Vec<_> =
        scenario["steps"].as_array().into_iter().flatten().map(|step| step["outcome"].clone()).collect();
    assert_eq!(steps, UNANSWERED, "{what}");
    assert_eq!(ran.findings(), [], "{what}: a driver that broke is no finding about the system");
    assert!(ran.said.contains(told.chars().take(100).collect::<String>().trim()), "{what}\n{}", ran.said);
}

/// A run in which the storing is answered so.
fn with_answer(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static, rest: &str) -> Ran {
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, move |asked| match asked.action() {
        _ if asked.is_capabilities() => capabilities(&STORING),
        "reset" | "know-client" => ended(asked, "succeeded", ""),
        _ => answer(asked),
    });
    desk.run(&vendor::configuration(&format!("http://{}", vendor.address), rest))
}

fn action(members: &Value) -> Answer {
    let mut action = json!({ "id": "1", "action": "a", "state": "finished", "outcome": "succeeded", "result": {} });
    for (name, value) in members.as_object().into_iter().flatten() {
        action[name] = value.clone();
    }
    json_answer(StatusCode::CREATED, &action)
}

#[test]
fn an_answer_that_the_driver_api_does_not_know() {
    type Make = fn(&Asked) -> Answer;
    let table: [(&str, Make, &str); 15] = [
        (
            "HTML",
            |_| raw(200, "text/html", "<!DOCTYPE html><p>Sign in"),
            "no JSON (expected value at line 1 column 1): <!DOCTYPE html><p>Sign in",
        ),
        ("nothing", |_| status(200), "no JSON (EOF"),
        ("random bytes", |_| raw(200, "application/json", vec![0xFF, 0, 0x1B, b'[', b'3']), "no JSON"),
        (
            "404",
            |_| raw(404, "application/json", r#"{"error":"no such\u001b[31m address"}"#),
            "HTTP 404 Not Found no such[31m address",
        ),
        (
            "500",
            |_| raw(500, "text/html", "<h1>Oops</h1>\n\tat line 3"),
            "HTTP 500 Internal Server Error <h1>Oops</h1>",
        ),
        ("422", |_| raw(422, "application/json", r#"{"error":"no such action here"}"#), "no such action here"),
        ("a redirection", |_| status(307), "HTTP 307"),
        ("100 MB", |_| raw(200, "application/json", vec![b' '; 100 * 1024 * 1024]), "more than 16777216 bytes"),
        ("deep JSON", |_| raw(200, "application/json", "[".repeat(1_000_000)), "recursion limit"),
        ("a list", |_| raw(200, "application/json", "[]"), "expected struct"),
        ("a wrong type", |_| action(&json!({ "id": 17 })), "expected a string"),
        ("an unknown state", |_| action(&json!({ "state": "done" })), "`done`"),
        ("an unknown outcome", |_| action(&json!({ "outcome": "ok" })), "`ok`"),
        ("no outcome", |_| action(&json!({ "outcome": null })), "a finished action needs an outcome"),
        ("a result that is no object", |_| action(&json!({ "result": [1] })), "result must be an object"),
    ];
    for (what, make, detail) in table {
        is_inconclusive(&with_answer(make, ""), "driver-broken", detail, what);
    }
}

#[test]
fn an_action_without_end() {
    let running = |_: &Asked| action(&json!({ "state": "running", "outcome": null }));
    let ran = with_answer(running, "action-seconds = 1");
    is_inconclusive(&ran, "action-timed-out", "no end within 1 s", "running for ever");
}

#[test]
fn an_answer_without_end() {
    let never = |_: &Asked| Answer::new(Body::new(Never));
    let ran = with_answer(never, "action-seconds = 1");
    is_inconclusive(&ran, "action-timed-out", "no end within 1 s", "a body that never comes");
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, |_| Answer::new(Body::new(Never)));
    let ran = desk.run(&vendor::configuration(&format!("http://{}", vendor.address), "answer-seconds = 1"));
    assert_eq!((ran.code, ran.reason().0), (Some(4), "action-timed-out"), "{}", ran.shown());
    assert_eq!(ran.reason().1, format!("the driver at http://{} gave no answer within 1 s", vendor.address));
}

/// A body whose sender says nothing and stays.
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

#[test]
fn a_location_elsewhere_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("port");
    elsewhere.set_nonblocking(true).expect("non-blocking");
    let location = format!("http://{}/v1/actions/7?a=b", elsewhere.local_addr().expect("address"));
    let polls = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&polls);
    let ran = with_answer(
        move |asked| {
            if asked.method == "GET" {
                counted.fetch_add(usize::from(asked.path == "/v1/actions/7"), Ordering::SeqCst);
                return action(&json!({ "outcome": "failed" }));
            }
            let mut answer = action(&json!({ "state": "running", "outcome": null }));
            answer.headers_mut().insert("location", location.parse().expect("header"));
            answer
        },
        "",
    );
    assert!(elsewhere.accept().is_err(), "somebody followed the location");
    assert!(polls.load(Ordering::SeqCst) > 0, "{}", ran.shown());
    assert_eq!(ran.code, Some(3), "nothing arrived at Kanta: {}", ran.shown());
}

type RawAnswer = fn(&str) -> Option<String>;

/// A driver down to its bytes: what it writes to each request before it ends the connection. It goes away
/// where that is nothing.
fn raw_driver(answer: RawAnswer) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let address = format!("http://{}", listener.local_addr().expect("address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = Vec::new();
            let mut space = [0; 4096];
            while !is_whole(&request) {
                match stream.read(&mut space) {
                    Ok(length) if length > 0 => request.extend_from_slice(&space[..length]),
                    _ => break,
                }
            }
            let Some(answer) = answer(&String::from_utf8_lossy(&request)) else { return };
            // The caller may be gone, which is its own affair.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn whole(body: &Value) -> String {
    let body = body.to_string();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn polite(request: &str) -> Option<String> {
    if request.starts_with("GET /v1/capabilities") {
        let system = json!({ "name": "a", "version": "1" });
        return Some(whole(&json!({ "driver-api": "1", "system": system, "actions": STORING })));
    }
    let is_first = request.contains("\"reset\"") || request.contains("\"know-client\"");
    is_first.then(|| whole(&json!({ "id": "1", "state": "finished", "outcome": "succeeded" })))
}

#[test]
fn a_connection_that_breaks_off() {
    let table: [(&str, RawAnswer); 4] = [
        ("at once", |request| polite(request).or_else(|| Some(String::new()))),
        ("in the head", |request| polite(request).or_else(|| Some("HTTP/1.1 200 OK\r\nContent-Le".to_owned()))),
        ("in the body", |request| {
            polite(request).or_else(|| Some("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id".to_owned()))
        }),
        ("after no HTTP", |request| polite(request).or_else(|| Some("SSH-2.0-OpenSSH_9.6\r\n".to_owned()))),
    ];
    for (what, answer) in table {
        let ran = Desk::new().run(&vendor::configuration(&raw_driver(answer), ""));
        is_inconclusive(&ran, "driver-broken", "", what);
    }
}

#[test]
fn a_driver_that_goes_away() {
    let ran = Desk::new().run(&vendor::configuration(&raw_driver(polite), ""));
    assert_eq!((ran.code, ran.outcome()), (Some(3), "configuration"), "{}", ran.shown());
    assert_eq!(parts(&ran.only()["reason"]).0, "driver-unreachable");
    assert_eq!(ran.findings(), []);
}

#[test]
fn an_address_where_something_else_answers() {
    let desk = Desk::new();
    let vendor = Vendor::new(&desk, |_| raw(404, "text/html", "<html>not here</html>"));
    let ran = desk.run(&vendor.configuration());
    assert_eq!((ran.code, ran.reason().0), (Some(4), "driver-broken"), "{}", ran.shown());
    assert!(ran.reason().1.contains(&format!("http://{}/v1/capabilities", vendor.address)), "{:?}", ran.reason());
    assert!(ran.reason().1.contains("HTTP 404 Not Found"), "{:?}", ran.reason());
}

#[test]
fn a_driver_that_says_no_for_no_reason() {
    let ran = with_answer(|asked| ended(asked, "refused", ""), "");
    assert_eq!((ran.code, ran.reason().0), (Some(3), "nothing-arrived"), "{}", ran.shown());
    assert!(ran.reason().1.ends_with("store-client-relationship: refused: —"), "{:?}", ran.reason());
}
