//! Why a request gets no page of its own.

use http::StatusCode;

use crate::page::{Block, Link, NoticeKind, Page};
use crate::store::StoreError;
use crate::words::Words;

/// Why a request gets no page of its own.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such page, or none that this one may know of.
    NotFound,
    /// The role does not allow it.
    Denied,
    /// Nobody is signed in.
    SignIn,
    /// The form is not one of this session, or too old.
    NotYourForm,
    /// The form cannot be read.
    UnreadableForm,
    /// The file or form is too large.
    TooLarge,
    /// Too many requests.
    TooMany,
    /// Somebody else changed the thing in the meantime.
    Changed,
    /// Not possible as things are; the key of a text says why.
    NotPossible(&'static str),
    /// The database is away or full.
    Unavailable(String),
    /// Another machine that the office asks did not answer as it should.
    Elsewhere(String),
    /// A fault of the office.
    Broken(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(cause) => Self::Unavailable(cause),
            StoreError::Changed => Self::Changed,
            StoreError::Missing => Self::NotFound,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl Failure {
    /// Status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Denied | Self::NotYourForm => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::UnreadableForm => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Changed | Self::NotPossible(_) => StatusCode::CONFLICT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Elsewhere(_) => StatusCode::BAD_GATEWAY,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its name in the log and in keys of texts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Denied => "denied",
            Self::SignIn => "not-signed-in",
            Self::NotYourForm => "not-your-form",
            Self::UnreadableForm => "unreadable-form",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Changed => "changed",
            Self::NotPossible(_) => "not-possible",
            Self::Unavailable(_) => "unavailable",
            Self::Elsewhere(_) => "elsewhere",
            Self::Broken(_) => "broken",
        }
    }

    /// The page that says so.
    pub fn page(&self, words: &Words) -> Page {
        let code = self.code();
        let mut lines = vec![words.t(&format!("failure.{code}.then")).to_owned()];
        if let Self::NotPossible(why) = self {
            lines.insert(0, words.t(why).to_owned());
        }
        let title = words.t(&format!("failure.{code}.title")).to_owned();
        let back = vec![Link::new("/", words.t("failure.home"))];
        Page::new(&title).notice(NoticeKind::Refused, title, lines).with(Block::Links(back))
    }

    /// What only the machine's log is told.
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Unavailable(cause) | Self::Elsewhere(cause) | Self::Broken(cause) => Some(cause),
            _ => None,
        }
    }
}
