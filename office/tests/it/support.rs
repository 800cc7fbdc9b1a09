//! An office of one test: in a folder of its own, with SQLite or, where `KANTAKOE_OFFICE_POSTGRES` names a server, in
//! a database of its own on that server. Its clock stands until it is moved.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use kantakoe_office::access::{Role, digest, new_id};
use kantakoe_office::clock::Clock;
use kantakoe_office::register::{Values, kind_of};
use kantakoe_office::settings::Settings;
use kantakoe_office::store::{Change, NewAccount, Store};
use kantakoe_office::web::{App, router};
use sqlx::Executor;
use tempfile::TempDir;
use tower::ServiceExt;

/// When tests happen.
pub const NOW: &str = "2026-11-30T10:00:00Z";

pub struct Office {
    pub app: App,
    router: Router,
    _folder: TempDir,
}

/// One who is signed in.
#[derive(Clone, Default)]
pub struct Visitor {
    pub cookie: String,
    pub token: String,
    pub login: String,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether the one who asked was let in.
    pub fn was_let_in(&self) -> bool {
        let to_sign_in = self.status == StatusCode::SEE_OTHER && self.location().starts_with("/sign-in?next=");
        self.status != StatusCode::FORBIDDEN && self.status != StatusCode::UNAUTHORIZED && !to_sign_in
    }
}

/// The server of PostgreSQL that the tests use, if they use one.
pub fn postgres_server() -> Option<String> {
    std::env::var("KANTAKOE_OFFICE_POSTGRES").ok().filter(|url| !url.is_empty())
}

async fn database(folder: &TempDir) -> String {
    let Some(server) = postgres_server() else {
        return format!("sqlite://{}", folder.path().join("office.sqlite").display());
    };
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("office_{}_{count}", new_id(i64::from(std::process::id())));
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("{server}/postgres")).await.expect("the server of PostgreSQL");
    pool.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database");
    pool.close().await;
    format!("{server}/{name}")
}

impl Office {
    pub async fn open() -> Self {
        Self::with("").await
    }

    /// An office with these settings beside its database.
    pub async fn with(settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let url = database(&folder).await;
        let settings = format!("{settings}\n[store]\nurl = \"{url}\"\n");
        let settings = Settings::read(&settings, folder.path()).expect("settings");
        let store = Store::open(&settings.store_url).await.expect("store");
        let clock = Clock::standing(NOW.parse().expect("time"));
        let app = App::new(settings, store, clock);
        Self { router: router(&app), app, _folder: folder }
    }

    pub fn move_clock(&self, milliseconds: i64) {
        let ahead = self.app.clock.now() - NOW.parse::<jiff::Timestamp>().expect("time").as_millisecond();
        self.app.clock.set_ahead(ahead + milliseconds);
    }

    /// Signs somebody in with this role.
    pub async fn sign_in(&self, role: Role, customer: &str) -> Visitor {
        let now = self.app.clock.now();
        let login = format!("{}-{}", role.code(), new_id(now));
        let store = &self.app.store;
        let mut write = store.write().await.expect("write");
        let email = format!("{login}@example.org");
        let new = NewAccount { login: login.clone(), name: login.clone(), email, ..NewAccount::default() };
        let account = write.add_account(&new, now).await.expect("account");
        let right = write.give_right(&account, role, customer, "test", now).await.expect("right");
        let secret = write.open_session(&account, &right, now).await.expect("session");
        write.commit().await.expect("commit");
        let acting = store.acting(&secret.digest(), self.app.session_limits(), now).await.expect("acting");
        let token = acting.expect("a session").form_token;
        assert_eq!(digest(secret.reveal().as_bytes()), secret.digest());
        Visitor { cookie: format!("office={}", secret.reveal()), token, login }
    }

    pub async fn get(&self, visitor: &Visitor, path: &str) -> Reply {
        let request = Request::get(path).header(header::COOKIE, &visitor.cookie).header("accept-language", "en");
        self.send(request.body(Body::empty()).expect("request")).await
    }

    pub async fn post(&self, visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("form-token", &visitor.token).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::COOKIE, &visitor.cookie)
            .header("accept-language", "en")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.finish())).expect("request")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 * 1024 * 1024).await.expect("body").to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Adds a record, past the pages; its identifier.
    pub async fn add(&self, kind: &str, customer: &str, values: &[(&str, &str)]) -> String {
        let kind = kind_of(kind).expect("kind");
        let given: Values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let values = kantakoe_office::register::validate(kind, &given).expect("values");
        let mut write = self.app.store.write().await.expect("write");
        let change = Change { by: "test", origin: "post", at: self.app.clock.now() };
        let id = write.add_record(kind, customer, &values, change).await.expect("record");
        write.commit().await.expect("commit");
        id
    }

    /// Adds a customer of a kind.
    pub async fn customer(&self, name: &str, kind: &str) -> String {
        self.add("customer", "", &[("name", name), ("customer_kind", kind), ("language", "fi")]).await
    }
}

/// All files under a folder.
pub fn all_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() { found.extend(all_files(&path)) } else { found.push(path) }
    }
    found
}
