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
pub use folder::Identities;
pub(crate) use folder::{AUTHORITY_KEY, FolderError, make_private_folder, write_new};
pub(crate) use identity::PkiError;
pub use identity::{Identity, TestKey};
pub(crate) use impostors::Impostors;
pub(crate) use lapsed::Lapsed;
pub(crate) use request::CertificateRequest;
pub use request::Role;
pub(crate) use rsa_key::fresh_rsa_key;
pub(crate) use wrong::{ImpostorSigner, WrongIdentities};
