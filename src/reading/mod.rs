//! What came over the wire, read with the profile: what a message carries, what a query asks, what its elements are by
//! the table of the profile, what notices, declarations and use logs tell. A reading judges nothing; what is wrong with
//! a message, rules say.

mod archive;
mod calls;
mod continuation;
mod declaration;
mod declaration_document;
mod digest;
mod foreign_code;
mod locate;
mod log_entry;
mod moment;
mod notice;
mod notice_request;
mod outlined;
mod query;
mod query_mistake;
mod unescape;
mod use_log;

pub use archive::{ArchiveReading, read, read_pair};
pub(crate) use archive::{read_request, read_texts};
pub use calls::{Call, Calls};
pub(crate) use continuation::{WantedResults, read_continuation};
pub(crate) use declaration::{DeclarationReading, Statement};
pub(crate) use declaration::{category, statement};
pub use declaration::{concerns_declarations, read_declaration};
pub(crate) use declaration_document::{DocumentDeclaration, document_declaration};
pub use digest::digest;
pub(crate) use foreign_code::{foreign_code, holds_foreign_code};
pub(crate) use locate::locate;
pub use log_entry::{Disclosure, LogEntry, UseLog};
pub(crate) use log_entry::{DisclosureChannel, KantaCall, LogFault, LogObject, LogOutcome};
pub(crate) use moment::first_second;
pub(crate) use notice::is_said;
pub(crate) use notice::{NoticeReading, NoticeToken, TokenReading, content_digest, request_id};
pub use notice::{persons, read_notice};
pub use notice_request::NoticeRequest;
pub(crate) use outlined::Outlined;
pub(crate) use query::{AskedQuery, read_query};
pub(crate) use query_mistake::{QueryMistake, QueryMistakeKind};
pub(crate) use use_log::read_log_entry;
pub use use_log::read_use_log;
