//! What every answer carries, in three languages.

use axum::body::Body;
use http::{Request, StatusCode, header};
use kantakoe_office::access::Role;

use crate::support::{Office, Visitor};

#[tokio::test]
async fn every_answer_allows_nothing_from_elsewhere_and_no_script() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    for path in ["/sign-in", "/customers", "/static/office.css", "/nowhere", "/accounts"] {
        let reply = office.get(&staff, path).await;
        let policy = reply.headers["content-security-policy"].to_str().expect("text");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src")
        );
        assert_eq!(reply.headers["x-content-type-options"], "nosniff", "{path}");
        let text = reply.text();
        for forbidden in ["<script", "style=\"", "onclick", "http://", "https://"] {
            assert!(!text.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[tokio::test]
async fn the_language_is_that_of_the_cookie_or_the_browser() {
    let office = Office::open().await;
    for (cookie, accepted, title) in
        [("", "sv-FI", "Logga in"), ("language=en", "sv", "Sign in"), ("language=xx", "de", "Kirjaudu sisään")]
    {
        let request = Request::get("/sign-in").header(header::COOKIE, cookie).header(header::ACCEPT_LANGUAGE, accepted);
        let reply = office.send(request.body(Body::empty()).expect("request")).await;
        assert!(reply.text().contains(&format!("<h1>{title}</h1>")), "{cookie} {accepted}");
    }
    let reply = office.get(&Visitor::default(), "/language/sv?back=//evil.example").await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(office.get(&Visitor::default(), "/language/xx").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn requests_are_bounded_and_a_database_that_is_away_is_told() {
    let office = Office::with("[limits]\nrequests-per-minute = 3").await;
    let staff = office.sign_in(Role::Staff, "").await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(office.get(&staff, "/customers").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
    office.move_clock(60_000);
    office.app.store.close().await;
    let reply = office.get(&staff, "/customers").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.text().contains("Nothing was lost"));
    assert_eq!(office.get(&staff, "/health").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_notice_is_there_for_everybody_in_three_languages() {
    let office = Office::open().await;
    for (language, word) in [("fi", "Rekisterinpitäjä"), ("sv", "Personuppgiftsansvarig"), ("en", "Controller")] {
        let visitor = Visitor { cookie: format!("language={language}"), ..Visitor::default() };
        let page = office.get(&visitor, "/notice").await.text();
        for expected in [word, "kanta@kanta.fi", "tietosuoja@kanta.fi", "kirjaamo@kela.fi", "703/2023"] {
            assert!(page.contains(expected), "{language}: {expected}");
        }
    }
}
