//! Rules about the two forms of the document: XHTML and JSON.

pub(super) mod body_unreadable;
pub(super) mod display_form_wrong;
pub(super) mod json_client_differs;
pub(super) mod json_clients;
pub(super) mod json_condition;
pub(super) mod json_missing;
pub(super) mod json_schema;
pub(super) mod pdf;
pub(super) mod structured_form_differs;
