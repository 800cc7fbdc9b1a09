//! The archivist's service (arkistonhoitaja, arkivarie): searches, shows, compares and, as the last
//! resort, nullifies documents of the registers that a controller answers for. Every act is logged, and
//! declarations of intent are not shown.

mod asker;
mod compare;
mod handle;
mod nullify;
mod played;
mod refusal;
mod searching;
mod showing;

pub(super) use handle::handle;
pub(super) use played::play_nullification;
