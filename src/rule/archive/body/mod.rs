//! Rules about the two forms of the document: XHTML and JSON.

mod display_form;
mod json_client;
mod json_conditions;
mod json_header;
mod json_present;
mod json_valid;
mod pdf_form;

pub(super) use display_form::DISPLAY_FORM;
pub(super) use json_client::{JSON_CLIENT, clients};
pub(super) use json_conditions::JSON_CONDITIONS;
pub(super) use json_header::JSON_HEADER;
pub(super) use json_present::JSON_PRESENT;
pub(super) use json_valid::JSON_VALID;
pub(super) use pdf_form::PDF_FORM;
