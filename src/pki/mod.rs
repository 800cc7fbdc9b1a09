//! Identities for tests: an authority of the run, TLS identities, signers of documents and tokens, and
//! wrong ones on purpose. Nothing made here is worth any trust outside a test.

mod authority;
pub(crate) mod built_in;
mod folder;
mod identity;
mod impostors;
mod lapsed;
mod request;
mod rsa_key;
mod wrong;

pub use authority::{CertificateSubject, CertificateValidity, TestAuthority};
pub use folder::{AUTHORITY_KEY, FolderError, Identities, make_private_folder, write_new};
pub use identity::{Identity, PkiError, TestKey};
pub use impostors::Impostors;
pub use lapsed::Lapsed;
pub use request::{CertificateRequest, RequestError, Role};
pub use rsa_key::fresh_rsa_key;
pub use wrong::{ImpostorSigner, WrongIdentities};
