//! One request as a page's code sees it.

use std::collections::BTreeMap;

use super::app::App;
use super::failure::Failure;
use super::posted::{Fields, Posted};
use crate::access::{Acting, digest};
use crate::page::{Field, Form};
use crate::store::LogEntry;
use crate::words::Words;

/// One request.
#[derive(Clone)]
pub struct Visit {
    pub(super) app: App,
    pub(super) words: &'static Words,
    pub(super) acting: Option<Acting>,
    /// Values of the parts of the path that vary.
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) query: Fields,
    pub(super) posted: Posted,
    /// Method and path of the route, the name of the act in the access log.
    pub(super) route: String,
    /// Path and query as they came.
    pub(super) path: String,
    /// From where it came.
    pub(super) place: String,
    /// Token of forms of those who are not signed in.
    pub(super) visitor_token: String,
    /// Value of the session's cookie.
    pub(super) session: String,
    /// Milliseconds.
    pub(super) now: i64,
}

impl Visit {
    /// The text of `key`.
    pub(super) fn t(&self, key: &str) -> String {
        self.words.t(key).to_owned()
    }

    /// A part of the path that varies.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// A value of the form.
    pub(super) fn field(&self, name: &str) -> &str {
        self.posted.fields.text(name)
    }

    /// Who acts.
    ///
    /// # Errors
    /// `SignIn` on a route that is open to all.
    pub(super) fn acting(&self) -> Result<&Acting, Failure> {
        self.acting.as_ref().ok_or(Failure::SignIn)
    }

    /// What every form of this reader carries.
    pub(super) fn token(&self) -> &str {
        self.acting.as_ref().map_or(&self.visitor_token, |acting| &acting.form_token)
    }

    /// A form that changes something.
    pub(super) fn form(&self, action: impl Into<String>, fields: Vec<Field>, submit: &str) -> Form {
        let submit = self.t(submit);
        Form { action: action.into(), token: self.token().to_owned(), fields, submit, ..Form::default() }
    }

    /// What the access log says of this request.
    pub(super) fn entry(&self, outcome: &str) -> LogEntry {
        let acting = self.acting.as_ref();
        LogEntry {
            at: self.now,
            account: acting.map(|acting| acting.account.clone()).unwrap_or_default(),
            login: acting.map(|acting| acting.login.clone()).unwrap_or_default(),
            role: acting.and_then(Acting::role).map_or("", crate::access::Role::code).to_owned(),
            on_behalf: acting.map(|acting| acting.customer().to_owned()).unwrap_or_default(),
            action: self.route.clone(),
            customer: self.parameter("customer").to_owned(),
            outcome: outcome.to_owned(),
            ..LogEntry::default()
        }
    }

    /// Token of forms that belongs to the cookie of one who is not signed in.
    pub(super) fn token_of(cookie: &str) -> String {
        digest(format!("form {cookie}").as_bytes())
    }
}
