//! `kantakoe pki`: identities of a test, and certificates for a vendor's own keys.

use std::path::Path;

use jiff::Timestamp;

use super::args::{PkiArguments, PkiCommand, PkiNewArguments, PkiSignArguments, RoleArgument};
use super::command_error::CommandError;
use super::console::say;
use super::exit_code::ExitCode;
use crate::domain::Oid;
use crate::files::read_text;
use crate::pki::built_in::subjects_with;
use crate::pki::{
    AUTHORITY_KEY, CertificateRequest, Identities, PkiError, Role, TestAuthority, WrongIdentities, fresh_rsa_key,
    make_private_folder, write_new,
};

const AUTHORITY: &str = "ca.pem";

/// Makes or signs.
///
/// # Errors
/// What is wrong with the arguments or the files.
pub(super) fn pki(arguments: &PkiArguments) -> Result<ExitCode, CommandError> {
    let text = match &arguments.command {
        PkiCommand::New(arguments) => new(arguments)?,
        PkiCommand::Sign(arguments) => sign(arguments)?,
    };
    say(text.trim_end());
    Ok(ExitCode::Pass)
}

/// What `pki new` writes.
struct Made {
    authority: TestAuthority,
    identities: Identities,
    wrong: WrongIdentities,
}

fn new(arguments: &PkiNewArguments) -> Result<String, CommandError> {
    if let Err(error) = arguments.organisation.parse::<Oid>() {
        return Err(CommandError::usage(format!("error: {} is no OID: {error}", arguments.organisation)));
    }
    let folder = &arguments.folder;
    if folder.join(AUTHORITY).exists() {
        let text = format!("error: {} holds an authority already\nhint: name another folder", folder.display());
        return Err(CommandError::usage(text));
    }
    let made = make(arguments).map_err(|error| CommandError::usage(format!("error: {error}")))?;
    write(&made, folder).map_err(CommandError::configuration)?;
    Ok(told(&made, folder))
}

fn make(arguments: &PkiNewArguments) -> Result<Made, PkiError> {
    let now = Timestamp::now();
    let (authority, other) = (TestAuthority::new(now)?, TestAuthority::new(now)?);
    let organisation = (arguments.organisation.as_str(), arguments.organisation_name.as_str());
    let (system, professional) = subjects_with(organisation, &arguments.registration_number);
    let (system_key, professional_key) = (fresh_rsa_key()?, fresh_rsa_key()?);
    let signers =
        [("system", &system, system_key.as_str()), ("professional", &professional, professional_key.as_str())];
    let mut identities = Identities::issue_with(&authority, &other, &arguments.name, signers)?;
    let wrong = WrongIdentities::issue(&authority, &other, &system, &signers, &arguments.name)?;
    identities.revoked.clone_from(&wrong.revoked);
    Ok(Made { authority, identities, wrong })
}

fn write(made: &Made, folder: &Path) -> Result<(), crate::pki::FolderError> {
    make_private_folder(folder)?;
    write_new(&folder.join(AUTHORITY_KEY), &made.authority.key())?;
    made.identities.write_folder(folder)?;
    let wrong = folder.join("wrong");
    write_new(&wrong.join("foreign-ca.pem"), &made.wrong.foreign_authority)?;
    for (name, identity) in &made.wrong.named {
        write_new(&wrong.join(format!("{name}.pem")), &identity.certificate)?;
        write_new(&wrong.join(format!("{name}.key")), &identity.key)?;
    }
    Ok(())
}

fn told(made: &Made, folder: &Path) -> String {
    let mut text = format!("{}\n", folder.display());
    for (files, what) in [
        ("ca.pem, ca.key", "authority; `kantakoe pki sign` signs requests with it"),
        ("crl.pem", "revocation list of the authority"),
        ("server.pem, .key", "TLS server of the simulated Kanta"),
        ("client.pem, .key", "TLS client of the system under test"),
        ("system.pem, .key", "system signatures and tokens"),
        ("professional.pem, .key", "signatures of the professional"),
    ] {
        text.push_str(&format!("  {files:<24}{what}\n"));
    }
    text.push_str("  wrong/                  for tests of refusal, each .pem and .key:\n");
    let servers = ["expired-server", "foreign-server", "wrong-name-server"];
    let names = servers.into_iter().chain(made.wrong.named.iter().map(|(name, _)| name.as_str()));
    for name in names {
        text.push_str(&format!("    {name}\n"));
    }
    text
}

fn sign(arguments: &PkiSignArguments) -> Result<String, CommandError> {
    let text = |path: &Path| read_text(path).map(|file| file.text.to_string());
    let usage = |error: &dyn std::fmt::Display| CommandError::usage(format!("error: {error}"));
    let certificate = text(&arguments.ca.join(AUTHORITY)).map_err(|error| usage(&error))?;
    let key = text(&arguments.ca.join(AUTHORITY_KEY)).map_err(|error| usage(&error))?;
    let request = text(&arguments.request).map_err(|error| usage(&error))?;
    let authority = TestAuthority::read(certificate, &key, Timestamp::now()).map_err(|error| usage(&error))?;
    let request: CertificateRequest = request.parse().map_err(|error| usage(&error))?;
    let role = match arguments.role {
        RoleArgument::Client => Role::Client,
        RoleArgument::System => Role::System,
        RoleArgument::Professional => Role::Professional,
    };
    authority.certify_request(&request, role, arguments.serial.as_deref()).map_err(|error| usage(&error))
}
