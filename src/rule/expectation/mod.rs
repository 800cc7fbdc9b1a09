//! What a scenario expects: one kind of expectation, one file, which says its name, members, findings and sentence,
//! reads it and judges it. Each sees the evidence of one scenario and nothing else.

mod attachments;
mod attachments_shown;
mod attempt_logged;
mod client_log;
mod codes_logged;
mod contract;
mod convert;
mod criterion;
mod declared;
mod disclosure_logged;
mod ends_in;
mod errors;
mod evidence;
mod exchanges;
mod form_calls;
mod form_received;
mod form_sent;
mod ground_logged;
mod issues;
mod log;
mod log_integrity;
mod log_times;
mod member;
mod member_reader;
mod notices;
mod notices_in_order;
mod pages;
mod pdf_a;
mod prohibited;
mod read;
mod refusal;
mod register;
mod retention;
mod retry_after;
mod retry_pauses;
#[cfg(test)]
mod samples;
mod sending;
mod sent;
mod sent_again;
mod shown;
mod state_words;
mod status;
mod stored_once;
mod summary;
mod text;
mod token_parties;
mod told;
mod versions;

pub(crate) use contract::Expected;
pub use contract::{Expectation, ExpectationKind};
pub use convert::ScenarioNames;
pub(crate) use ends_in::EndsIn;
pub(crate) use evidence::DocumentName;
pub use evidence::{ExchangeReading, ReadExchange, ScenarioEvidence};
pub(crate) use member::Member;
pub use member::{MemberDescription, MemberKind};
pub(crate) use member_reader::MemberReader;
pub use prohibited::Prohibited;
pub use read::read_expectation;
pub use sent::Sent;
pub(crate) use sent_again::NotSentAgain;
pub(crate) use told::ToldTruly;

/// Every kind of expectation, in the order of the documentation.
pub const EXPECTATION_KINDS: &[&ExpectationKind] = &[
    &exchanges::KIND,
    &shown::KIND,
    &text::KIND,
    &status::KIND,
    &errors::KIND,
    &stored_once::KIND,
    &versions::KIND,
    &notices::KIND,
    &notices_in_order::KIND,
    &declared::KIND,
    &disclosure_logged::KIND,
    &register::KIND,
    &ground_logged::KIND,
    &issues::KIND,
    &codes_logged::KIND,
    &attachments::KIND,
    &attachments_shown::KIND,
    &pdf_a::KIND,
    &retry_after::KIND,
    &retry_pauses::KIND,
    &pages::KIND,
    &summary::KIND,
    &criterion::KIND,
    &log::KIND,
    &log_integrity::KIND,
    &attempt_logged::KIND,
    &retention::KIND,
    &client_log::KIND,
    &log_times::KIND,
    &token_parties::KIND,
    &form_sent::KIND,
    &form_received::KIND,
];
