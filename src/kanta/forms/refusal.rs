//! Why a form is not taken, shown or given.

use axum::http::StatusCode;

use crate::domain::{FindingCode, RefusalGround, ServiceGround};
use crate::kanta::archive::ArchiveError;
use crate::kanta::exchange::FOREIGN_CODE;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum FormRefusal {
    /// Nobody says who calls.
    #[error("neither a client certificate nor the header X-Organisation says who calls")]
    Unnamed,
    /// The certificate belongs to somebody else.
    #[error("the certificate is not that of {0}")]
    NotTheirs(String),
    /// An identity code that no test may use.
    #[error("an identity code outside the 900 series stands in the request")]
    Foreign,
    /// No such address.
    #[error("no such address: forms, forms/ID, forms/ID/content, forms/ID/receipt, inbox")]
    NoAddress,
    /// The address is used in another way.
    #[error("only {0} is possible here")]
    Method(&'static str),
    /// The request cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// It is not the caller's to see.
    #[error("no form {0} of yours")]
    NoForm(String),
    /// Another form came under the key.
    #[error("another form was sent with the key {0}")]
    KeyReused(String),
    /// The recipient has said that it has it.
    #[error("the form {0} is receipted: it is delivered once")]
    Over(i64),
    /// Nobody has fetched it.
    #[error("the form {0} is not fetched yet")]
    NotFetched(i64),
    /// The recipient does not empty its inbox.
    #[error("{0} forms wait for the recipient already")]
    Full(i64),
    /// The store failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl FormRefusal {
    /// HTTP status, and the word for it in the evidence.
    pub(super) fn told(&self) -> (StatusCode, RefusalGround) {
        match self {
            Self::Unnamed | Self::Unreadable(_) => (StatusCode::BAD_REQUEST, ServiceGround::RequestUnreadable.into()),
            Self::Foreign => (StatusCode::BAD_REQUEST, FOREIGN_CODE.into()),
            Self::NotTheirs(_) => (StatusCode::FORBIDDEN, ServiceGround::AccessRight.into()),
            Self::NoAddress => (StatusCode::NOT_FOUND, ServiceGround::NoSuchAddress.into()),
            Self::NoForm(_) => (StatusCode::NOT_FOUND, FindingCode::ReferenceNotFound.into()),
            Self::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, ServiceGround::MethodNotAllowed.into()),
            Self::KeyReused(_) => (StatusCode::CONFLICT, FindingCode::MessageIdReused.into()),
            Self::NotFetched(_) => (StatusCode::CONFLICT, ServiceGround::NotFetched.into()),
            Self::Over(_) => (StatusCode::GONE, ServiceGround::DeliveredAlready.into()),
            Self::Full(_) => (StatusCode::TOO_MANY_REQUESTS, ServiceGround::InboxFull.into()),
            Self::Archive(_) => (StatusCode::INTERNAL_SERVER_ERROR, ServiceGround::ArchiveFailed.into()),
        }
    }
}
