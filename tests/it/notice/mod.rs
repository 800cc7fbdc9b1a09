//! What the rules about disclosure notices find.

mod bench;
mod bundle;
mod file;
mod hostile;
mod removal;
mod request;
