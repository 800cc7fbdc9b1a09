//! Rules about documents that are declarations of intent.

mod author;
mod information;
mod representative;
mod said;

pub(super) use author::DECLARATION_AUTHOR;
pub(super) use information::DECLARATION_AFTER_INFORMATION;
pub(super) use representative::DECLARATION_REPRESENTATIVE;
pub(super) use said::DECLARATION_SAID;
