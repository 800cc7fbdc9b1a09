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

pub use archive::{ArchiveReading, read, read_pair, read_request, read_texts};
pub use calls::{Call, Calls};
pub use continuation::{AskedContinuation, WantedResults, read_continuation};
pub use declaration::{DeclarationReading, Statement, concerns_declarations, read_declaration};
pub(crate) use declaration::{category, statement};
pub use declaration_document::{DocumentDeclaration, Unclear, document_declaration};
pub use digest::digest;
pub(crate) use foreign_code::{foreign_code, holds_foreign_code};
pub use locate::locate;
pub use log_entry::{Disclosure, DisclosureChannel, KantaCall, LogEntry, LogFault, LogObject, LogOutcome, UseLog};
pub use moment::{first_second, last_second};
pub(crate) use notice::is_said;
pub use notice::{
    NoticeReading, NoticeToken, TokenReading, content_digest, notice_ids, persons, read_notice, request_id,
};
pub use notice_request::NoticeRequest;
pub use outlined::Outlined;
pub use query::{AskedQuery, read_query};
pub use query_mistake::{QueryMistake, QueryMistakeKind};
pub(crate) use use_log::read_log_entry;
pub use use_log::read_use_log;
