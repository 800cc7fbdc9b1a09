//! What a scenario expects: one kind of expectation, one file, one sentence. Each reads the evidence of
//! one scenario and nothing else.

mod case;
mod codes_logged;
mod declared;
mod disclosure_logged;
mod errors_shown;
mod exchanges;
mod ground_logged;
mod issues_shown;
mod kind;
mod log_agrees;
mod notice_order;
mod notices;
mod outcome;
mod register;
mod shown;
mod status;
mod stored_once;
mod text_held;
mod versions;

pub use case::{Case, DocumentName, ReadExchange, Reading};
pub use codes_logged::CodesLogged;
pub use declared::{DeclarationHeld, WantedDeclaration};
pub use disclosure_logged::DisclosureLogged;
pub use errors_shown::ErrorsShown;
pub use exchanges::{Answered, Exchanges};
pub use ground_logged::GroundLogged;
pub use issues_shown::IssuesShown;
pub use kind::Expectation;
pub use log_agrees::LogAgrees;
pub use notice_order::NoticeOrder;
pub use notices::Notices;
pub use outcome::EndsIn;
pub use register::InRegister;
pub use shown::Shown;
pub use status::Status;
pub use stored_once::StoredOnce;
pub use text_held::TextHeld;
pub use versions::Versions;
