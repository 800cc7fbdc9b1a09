//! Rules about actions: what was asked of the system is what it sent. Only a run knows what was asked, so that the
//! endpoint never refuses a message for these.

mod asked;
mod asked_attachment_not_sent;
mod asked_client_not_sent;
mod asked_disclosure_not_sent;
mod asked_form_not_sent;
mod asked_parent_not_sent;
mod asked_text_not_sent;
mod asked_type_not_sent;
mod correction_changes_more;
mod made_at_other_time;
mod stages;
mod texts;

pub(crate) use asked::ActionContext;
pub use stages::{judge, rules};
