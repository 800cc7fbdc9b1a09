//! Rules about the transmission wrapper and the control act.

mod continuation;
mod interaction;
mod message_id;
mod message_id_root;
mod processing_code;
mod query_parameters;
mod readable;
mod receiver;
mod search_client;
mod sender;
mod service_request;
mod use_situation;
mod use_situation_fits;

pub(super) use continuation::CONTINUATION;
pub(super) use interaction::INTERACTION;
pub(super) use message_id::MESSAGE_ID;
pub(super) use message_id_root::MESSAGE_ID_ROOT;
pub(super) use processing_code::PROCESSING_CODE;
pub(super) use query_parameters::QUERY_PARAMETERS;
pub(super) use readable::READABLE;
pub(super) use receiver::RECEIVER;
pub(super) use search_client::SEARCH_CLIENT;
pub(super) use sender::SENDER;
pub(super) use service_request::SERVICE_REQUEST;
pub(super) use use_situation::USE_SITUATION;
pub(super) use use_situation_fits::USE_SITUATION_FITS;
