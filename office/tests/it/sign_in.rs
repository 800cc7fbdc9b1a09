//! First start, one-time links, signing in, lock-out, and the end of sessions.

use axum::body::Body;
use http::{Request, StatusCode, header};
use kantakoe_office::access::{Role, code_at};
use kantakoe_office::store::LogQuery;
use kantakoe_office::web::first_link;

use crate::support::{Office, Reply, Visitor};

const PASSWORD: &str = "kolme sanaa riittää";

/// Opens a page of one who is not signed in; cookie and token of its form.
async fn stranger(office: &Office, path: &str) -> (Visitor, String) {
    let reply = office.send(Request::get(path).body(Body::empty()).expect("request")).await;
    let cookie =
        reply.headers[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("cookie").to_owned();
    let html = reply.text();
    let token = between(&html, "name=\"form-token\" value=\"", "\"");
    (Visitor { cookie, token, login: String::new() }, html)
}

fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).expect("an end").0.to_owned()
}

fn session(reply: &Reply) -> Visitor {
    let cookie =
        reply.headers[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("cookie").to_owned();
    Visitor { cookie, ..Visitor::default() }
}

/// Uses the first link; the secret of the second factor.
async fn enrolled(office: &Office) -> String {
    let link = first_link(&office.app).await.expect("store").expect("a link");
    let path = link.strip_prefix("http://127.0.0.1:8480").expect("the office's address");
    let (visitor, html) = stranger(office, path).await;
    let secret = between(&html, "secret=", "&");
    let code = code_at(&secret, office.app.clock.now()).expect("code");
    let wrong = office.post(&visitor, path, &[("password", "short"), ("again", "other"), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.text().matches("aria-invalid").count(), 3);
    let fields = [("password", PASSWORD), ("again", PASSWORD), ("code", code.as_str())];
    let reply = office.post(&visitor, path, &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    assert!(office.get(&session(&reply), "/accounts").await.was_let_in());
    let again = office.post(&visitor, path, &fields).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(first_link(&office.app).await.expect("store"), None);
    secret
}

async fn sign_in(office: &Office, login: &str, password: &str, code: &str) -> Reply {
    let (visitor, _) = stranger(office, "/sign-in").await;
    office
        .post(&visitor, "/sign-in", &[("login", login), ("password", password), ("code", code), ("next", "/log")])
        .await
}

#[tokio::test]
async fn the_first_link_makes_the_administrator_once() {
    let office = Office::open().await;
    enrolled(&office).await;
}

#[tokio::test]
async fn name_password_and_code_belong_together_and_a_code_works_once() {
    let office = Office::open().await;
    let secret = enrolled(&office).await;
    let used = code_at(&secret, office.app.clock.now()).expect("code");
    assert_eq!(sign_in(&office, "administrator", PASSWORD, &used).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    office.move_clock(60_000);
    let code = code_at(&secret, office.app.clock.now()).expect("code");
    for (login, password, code) in [
        ("administrator", "kolme sanaa riittaa", code.as_str()),
        ("administrator", PASSWORD, "123456"),
        ("nobody", PASSWORD, code.as_str()),
    ] {
        let reply = sign_in(&office, login, password, code).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
    }
    let reply = sign_in(&office, " Administrator ", PASSWORD, &code).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/log"));
    let cookie = reply.headers[header::SET_COOKIE].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn too_many_failures_lock_known_and_unknown_names_alike() {
    let office = Office::open().await;
    let secret = enrolled(&office).await;
    office.move_clock(60_000);
    for login in ["administrator", "nobody"] {
        for _ in 0..5 {
            assert!(
                sign_in(&office, login, "wrong wrong wrong", "000000").await.text().contains("do not belong together")
            );
        }
        let code = code_at(&secret, office.app.clock.now()).expect("code");
        assert!(sign_in(&office, login, PASSWORD, &code).await.text().contains("is locked"), "{login}");
    }
    office.move_clock(16 * 60_000);
    let code = code_at(&secret, office.app.clock.now()).expect("code");
    assert_eq!(sign_in(&office, "administrator", PASSWORD, &code).await.status, StatusCode::SEE_OTHER);
    let wanted = LogQuery { login: "nobody".to_owned(), most: 10, ..LogQuery::default() };
    let lines = office.app.store.search_log(&wanted).await.expect("log");
    let outcomes: Vec<_> = lines.iter().map(|line| line.entry.outcome.as_str()).collect();
    assert_eq!(outcomes, ["locked", "wrong", "wrong", "wrong", "wrong", "wrong"]);
}

#[tokio::test]
async fn sessions_end_by_themselves_by_hand_and_with_the_account() {
    let office = Office::open().await;
    let [idle, out, closed] = [
        office.sign_in(Role::Staff, "").await,
        office.sign_in(Role::Staff, "").await,
        office.sign_in(Role::Staff, "").await,
    ];
    assert_eq!(office.post(&out, "/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(&out, "/customers").await.was_let_in());
    let administrator = office.sign_in(Role::Administrator, "").await;
    let account = office.app.store.account_by_login(&closed.login).await.expect("store").expect("account");
    let path = format!("/accounts/{}/state", account.id);
    assert_eq!(office.post(&administrator, &path, &[("state", "close")]).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(&closed, "/customers").await.was_let_in());
    office.move_clock(29 * 60_000);
    assert!(office.get(&idle, "/customers").await.was_let_in());
    office.move_clock(29 * 60_000);
    assert!(office.get(&idle, "/customers").await.was_let_in());
    office.move_clock(31 * 60_000);
    assert!(!office.get(&idle, "/customers").await.was_let_in());
}

#[tokio::test]
async fn a_right_that_was_taken_away_opens_nothing() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let administrator = office.sign_in(Role::Administrator, "").await;
    let account = office.app.store.account_by_login(&staff.login).await.expect("store").expect("account");
    let right = office.app.store.rights(&account.id).await.expect("store").remove(0);
    let path = format!("/accounts/{}/rights/{}/take", account.id, right.id);
    assert_eq!(office.post(&administrator, &path, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(office.get(&staff, "/customers").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_role_for_a_customer_needs_one_and_another_must_have_none() {
    let office = Office::open().await;
    let customer = office.customer("Kunta", "service-provider").await;
    let administrator = office.sign_in(Role::Administrator, "").await;
    let reply = office.post(&administrator, "/accounts", &[("login", "liisa"), ("name", "Liisa Esimerkki")]).await;
    let path = format!("{}/rights", reply.location());
    for (role, customer, status) in [
        ("customer", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("customer", "nowhere", StatusCode::UNPROCESSABLE_ENTITY),
        ("staff", customer.as_str(), StatusCode::UNPROCESSABLE_ENTITY),
        ("king", "", StatusCode::BAD_REQUEST),
        ("customer", customer.as_str(), StatusCode::SEE_OTHER),
        ("staff", "", StatusCode::SEE_OTHER),
    ] {
        let reply = office.post(&administrator, &path, &[("role", role), ("customer", customer)]).await;
        assert_eq!(reply.status, status, "{role} {customer}");
    }
}
