//! Rules about the transmission wrapper and the control act.

pub(super) mod interaction;
pub(super) mod message_id;
pub(super) mod message_id_root_foreign;
pub(super) mod message_too_large;
pub(super) mod message_unreadable;
pub(super) mod processing_code_not_test;
pub(super) mod query_continuation_wrong;
pub(super) mod query_mistakes;
pub(super) mod query_parameter;
pub(super) mod receiver_unknown;
pub(super) mod search_without_client;
pub(super) mod sender_not_caller;
pub(super) mod service_request;
pub(super) mod use_situation_differs;
pub(super) mod use_situation_missing;
