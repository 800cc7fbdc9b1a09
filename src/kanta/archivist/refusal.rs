//! Why an archivist does not get what was asked for.

use axum::http::StatusCode;

use crate::domain::{FindingCode, RefusalGround, ServiceGround};
use crate::kanta::archive::ArchiveError;
use crate::kanta::exchange::FOREIGN_CODE;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub(in crate::kanta) enum ArchivistRefusal {
    /// The call does not say who acts, or for whom.
    #[error("the header {0} is missing")]
    Unnamed(&'static str),
    /// The certificate belongs to somebody else.
    #[error("the certificate is not that of {0}")]
    NotTheirs(String),
    /// The controller does not answer for the register.
    #[error("{controller} does not answer for the register of {register}")]
    NotAnswerable {
        controller: String,
        /// Whose register it is.
        register: String,
    },
    /// An identity code that no test may use.
    #[error("an identity code outside the 900 series stands in the request")]
    Foreign,
    /// No such address.
    #[error("no such address: documents, documents/ID, documents/ID/compare/ID, documents/ID/nullification, log")]
    NoAddress,
    /// The address is used in another way.
    #[error("only {0} is possible here")]
    Method(&'static str),
    /// What is asked cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// Not in this register, or not for archivists.
    #[error("no document {0} that an archivist of this register may see")]
    NoDocument(String),
    /// It is nullified already.
    #[error("the document {0} is nullified already")]
    NullifiedAlready(String),
    /// Nobody confirmed that nothing else helps.
    #[error(
        "nullify here only what the client information system can neither correct nor nullify itself; \
         say so with \"last-resort\": true"
    )]
    NotLastResort,
    /// The reason is missing or too long.
    #[error("a reason of 1 to {0} characters is needed")]
    Reason(usize),
    /// The archive failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl ArchivistRefusal {
    /// HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Unnamed(_) | Self::Unreadable(_) | Self::Foreign => StatusCode::BAD_REQUEST,
            Self::NotTheirs(_) | Self::NotAnswerable { .. } => StatusCode::FORBIDDEN,
            Self::NoAddress | Self::NoDocument(_) => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::NullifiedAlready(_) | Self::NotLastResort => StatusCode::CONFLICT,
            Self::Reason(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Archive(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word for it in the evidence and in the log.
    pub(super) fn ground(&self) -> RefusalGround {
        match self {
            Self::Unnamed(_) | Self::Unreadable(_) => ServiceGround::RequestUnreadable.into(),
            Self::Foreign => FOREIGN_CODE.into(),
            Self::NotTheirs(_) | Self::NotAnswerable { .. } => ServiceGround::AccessRight.into(),
            Self::NoAddress => ServiceGround::NoSuchAddress.into(),
            Self::Method(_) => ServiceGround::MethodNotAllowed.into(),
            Self::NoDocument(_) => FindingCode::ReferenceNotFound.into(),
            Self::NullifiedAlready(_) => ServiceGround::NullifiedAlready.into(),
            Self::NotLastResort => ServiceGround::NotLastResort.into(),
            Self::Reason(_) => ServiceGround::ReasonMissing.into(),
            Self::Archive(_) => ServiceGround::ArchiveFailed.into(),
        }
    }
}
