//! How the command line speaks to an endpoint over TLS.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::command_error::CommandError;
use crate::files::read_bytes;

const LARGEST_PEM: u64 = 1024 * 1024;

/// Trusts the authority of a folder as `kantakoe endpoint` makes it, and shows its client certificate.
pub(super) fn of_folder(folder: &Path) -> Result<ClientConfig, CommandError> {
    let read = |name: &str| {
        read_bytes(&folder.join(name), LARGEST_PEM).map_err(|error| CommandError::usage(format!("error: {error}")))
    };
    let certificates = |name: &str| {
        let list = CertificateDer::pem_slice_iter(&read(name)?).collect::<Result<Vec<_>, _>>();
        list.map_err(|error| unusable(folder, name, &error))
    };
    let mut roots = RootCertStore::empty();
    for authority in certificates("ca.pem")? {
        roots.add(authority).map_err(|error| unusable(folder, "ca.pem", &error))?;
    }
    let key = PrivateKeyDer::from_pem_slice(&read("client.key")?);
    let key = key.map_err(|error| unusable(folder, "client.key", &error))?;
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(CommandError::configuration)?;
    let builder = builder.with_root_certificates(roots);
    builder.with_client_auth_cert(certificates("client.pem")?, key).map_err(CommandError::configuration)
}

fn unusable(folder: &Path, name: &str, error: &dyn std::fmt::Display) -> CommandError {
    CommandError::configuration(format!("{} cannot be used: {error}", folder.join(name).display()))
}
