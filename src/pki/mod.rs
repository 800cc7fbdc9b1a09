//! Identities for tests: an authority of the run, TLS identities, signers of documents and tokens, and
//! wrong ones on purpose. Nothing made here is worth any trust outside a test.

mod authority;
mod folder;
mod identity;

pub use authority::{Subject, TestAuthority, Validity};
pub use folder::{FolderError, Identities, make_private_folder};
pub use identity::{Identity, PkiError, TestKey};
