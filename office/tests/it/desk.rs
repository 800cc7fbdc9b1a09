//! The archivist's desk against an endpoint that answers as the simulated Kanta's archivist's service does: who may act
//! in which register, what is sent in whose name, what is shown.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use kantakoe_office::access::Role;

use crate::support::{Office, Visitor};

const OWN: &str = "1.2.246.10.99999991.10.0";
const CEASED: &str = "1.2.246.10.99999992.10.0";

type Calls = Arc<Mutex<Vec<String>>>;

async fn answer(State(calls): State<Calls>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let who = format!("{}|{}|{}", header("x-archivist"), header("x-controller"), header("x-register"));
    let (method, uri) = (parts.method, parts.uri.to_string());
    let body = to_bytes(body, 100_000).await.expect("body");
    calls.lock().expect("calls").push(format!("{method} {uri} {who} {}", String::from_utf8_lossy(&body)));
    let document = r#"{"metadata":{"id":"1.2.3","nullified":false,"clients":["010181-900C"]},"display-form":"<p>näyttö</p>",
        "structured-form":{"a":1}}"#;
    let (status, json): (u16, &str) = match uri.split('?').next().unwrap_or_default() {
        "/archivist/v1/documents" => (200, r#"{"total":1,"documents":[{"id":"1.2.3","version":2,"nullified":true}]}"#),
        "/archivist/v1/documents/1.2.3" => (200, document),
        "/archivist/v1/documents/1.2.3/compare/1.2.4" => {
            (200, r#"{"differences":[{"place":"/a","first":1,"second":2}]}"#)
        }
        "/archivist/v1/documents/1.2.3/nullification" => (200, r#"{"nullified":"1.2.9"}"#),
        "/archivist/v1/log" => (200, r#"{"acts":[{"archivist":"Aino","action":"nullify","outcome":"done"}]}"#),
        _ => (404, r#"{"error":"there is no such document"}"#),
    };
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(Body::from(json))
        .expect("a response")
}

/// An office whose customer has an archivist for its own and a ceased controller's register.
async fn desk(confirmed: &str) -> (Office, String, Visitor, Calls) {
    let calls = Calls::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("listener");
    let address = listener.local_addr().expect("address");
    let router = Router::new().fallback(answer).with_state(calls.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let office = Office::with(&format!("[archivist-desk]\nendpoint = \"http://{address}\"")).await;
    let fields =
        [("name", "Kunta"), ("customer_kind", "service-provider"), ("language", "fi"), ("organisation_oid", OWN)];
    let customer = office.add("customer", "", &fields).await;
    let archivist = office.sign_in(Role::Archivist, &customer).await;
    let email = format!("{}@example.org", archivist.login);
    let contact =
        office.add("contact", &customer, &[("name", "Aino"), ("contact_form", "person"), ("email", &email)]).await;
    let appointment = [
        ("contact", contact.as_str()),
        ("register_oid", OWN),
        ("other_registers", CEASED),
        ("started", "2026-11-01"),
        ("other_registers_confirmed", confirmed),
        ("ended", "2026-11-30"),
    ];
    office.add("archivist", &customer, &appointment).await;
    (office, customer, archivist, calls)
}

#[tokio::test]
async fn an_archivist_acts_in_the_registers_of_the_appointment_and_in_ones_own_name() {
    let (office, customer, archivist, calls) = desk("yes").await;
    let own = format!("/customers/{customer}/desk");
    let page = office.get(&archivist, &format!("{own}?register={CEASED}&client=010181-900C")).await.text();
    assert!(page.contains("1.2.3") && page.contains(">Nullified<"), "{page}");
    let call = calls.lock().expect("calls").pop().expect("a call");
    assert!(call.contains("client=010181-900C") && call.contains(&format!("|{OWN}|{CEASED}")), "{call}");
    assert!(call.contains(&archivist.login), "{call}");
    let page = office.get(&archivist, &format!("{own}/documents/1.2.3?register={OWN}")).await.text();
    assert!(
        page.contains("&#60;p&#62;näyttö") && page.contains("&#34;a&#34;: 1") && page.contains("last resort"),
        "{page}"
    );
    let elsewhere = office.get(&archivist, &format!("{own}/documents/1.2.3?register=1.2.246.10.1")).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let missing = office.get(&archivist, &format!("{own}/documents/9.9?register={OWN}")).await.text();
    assert!(missing.contains("there is no such document"));
    let foreign = office.get(&archivist, &format!("{own}?register={OWN}&client=010181-123L")).await;
    assert!(foreign.status == StatusCode::OK || foreign.status == StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nullifying_needs_a_reason_and_the_word_that_nothing_else_mends_it() {
    let (office, customer, archivist, calls) = desk("").await;
    let path = format!("/customers/{customer}/desk/documents/1.2.3");
    for fields in [vec![("reason", "väärä henkilö")], vec![("last-resort", "yes")], vec![]] {
        let fields: Vec<_> = fields.into_iter().chain([("register", OWN)]).collect();
        let reply = office.post(&archivist, &format!("{path}/nullify"), &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let sent = |calls: &Calls| calls.lock().expect("calls").iter().filter(|call| call.starts_with("POST")).count();
    assert_eq!(sent(&calls), 0);
    let fields = [("register", OWN), ("reason", "väärä henkilö"), ("last-resort", "yes")];
    let reply = office.post(&archivist, &format!("{path}/nullify"), &fields).await;
    assert!(reply.text().contains("all its versions are nullified"));
    assert_eq!(sent(&calls), 1);
    let unconfirmed = office.post(&archivist, &format!("{path}/nullify"), &[("register", CEASED)]).await;
    assert_eq!(unconfirmed.status, StatusCode::FORBIDDEN, "the office has not confirmed the other register");
    let shown = [("register", OWN), ("shown", r#"{"a": 2}"#)];
    let page = office.post(&archivist, &format!("{path}/compare"), &shown).await.text();
    assert!(page.contains(">/a</th>"), "{page}");
    let other =
        office.post(&archivist, &format!("{path}/compare"), &[("register", OWN), ("other", "1.2.4")]).await.text();
    assert!(other.contains(">/a</th>"));
    let log = office.get(&archivist, &format!("/customers/{customer}/desk/log?register={OWN}")).await.text();
    assert!(log.contains("Aino"));
}

#[tokio::test]
async fn who_is_not_appointed_has_no_register_and_an_endpoint_that_is_away_is_told() {
    let (office, customer, archivist, _) = desk("yes").await;
    let other = office.sign_in(Role::Archivist, &customer).await;
    let page = office.get(&other, &format!("/customers/{customer}/desk")).await.text();
    assert!(page.contains("have not been appointed"));
    let path = format!("/customers/{customer}/desk/documents/1.2.3?register={OWN}");
    assert_eq!(office.get(&other, &path).await.status, StatusCode::FORBIDDEN);
    office.move_clock(24 * 3_600_000);
    let later = office.sign_in(Role::Archivist, &customer).await;
    assert_eq!(office.get(&later, &path).await.status, StatusCode::FORBIDDEN);
    assert!(!office.get(&archivist, &path).await.was_let_in(), "the session has ended too");
    let away = Office::with("[archivist-desk]\nendpoint = \"http://127.0.0.1:1\"").await;
    let fields = [("name", "K"), ("customer_kind", "service-provider"), ("language", "fi"), ("organisation_oid", OWN)];
    let customer = away.add("customer", "", &fields).await;
    let archivist = away.sign_in(Role::Archivist, &customer).await;
    let email = format!("{}@example.org", archivist.login);
    let contact = away.add("contact", &customer, &[("name", "A"), ("contact_form", "person"), ("email", &email)]).await;
    away.add("archivist", &customer, &[("contact", &contact), ("register_oid", OWN), ("started", "2026-01-01")]).await;
    let reply = away.get(&archivist, &format!("/customers/{customer}/desk?register={OWN}")).await;
    assert_eq!(reply.status, StatusCode::BAD_GATEWAY);
}
