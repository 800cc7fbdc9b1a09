//! A file judged by itself, outside a run: a message, a Bundle of notices, or a use log of any form. This room prints nothing.

mod files;
mod judge;
mod kind;
mod log_file;
mod message;
mod notice;
mod request;
mod use_log;
mod utf16;

pub(crate) use files::{CheckError, Checked};
pub(crate) use judge::judge;
pub(crate) use kind::log_form;
pub use log_file::judge_log;
pub(crate) use log_file::{LogFileError, exported};
pub(crate) use request::CheckRequest;
