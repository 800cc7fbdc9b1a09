//! What can be set, with what holds where nothing is said.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::reader::Reader;

/// All settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where pages are served.
    pub bind: SocketAddr,
    /// The address that people use, without a slash at the end.
    pub public_address: String,
    /// Where figures for monitoring are served; nowhere if not set.
    pub metrics_bind: Option<SocketAddr>,
    /// Whether a proxy in front says in `X-Forwarded-For` from where a request comes.
    pub behind_proxy: bool,
    /// `sqlite://FILE` or `postgres://…`.
    pub store_url: String,
    /// Folder for what does not stand in the database: messages not sent, the list of what was destroyed.
    pub folder: PathBuf,
    /// Whether the clock may be moved and only invented persons are registered.
    pub rehearsal: bool,
    /// Minutes after which an unused session ends.
    pub session_idle_minutes: i64,
    /// Hours after which every session ends.
    pub session_longest_hours: i64,
    /// Failed sign-ins after which an account is locked.
    pub sign_in_attempts: i64,
    /// Minutes for which it is locked.
    pub lock_minutes: i64,
    /// Most requests a minute of one session or address.
    pub requests_per_minute: i64,
    /// Largest file that is taken, in bytes.
    pub largest_file: usize,
    /// Server for messages; without one they are written to files.
    pub mail: Option<Mail>,
    /// Provider of identities; without one there are local accounts only.
    pub provider: Option<Provider>,
    /// The archive that archivists look after; without one their desk is closed.
    pub archivist_desk: Option<ArchivistDesk>,
}

/// How messages are sent.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Name or address of the SMTP server.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: MailSecurity,
    /// User name, if the server asks for one.
    pub user: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// Sender of all messages.
    pub from: String,
}

/// How a connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// Not at all; for a server on the same machine.
    None,
    /// STARTTLS, and no message without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// An OpenID Connect provider and what its claims mean.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Issuer.
    pub issuer: String,
    /// The office's identifier at the provider.
    pub client_id: String,
    /// File that holds the office's secret.
    pub client_secret_file: PathBuf,
    /// Claim that names the customer for whom a person acts.
    pub customer_claim: String,
    /// Claim that holds the authorisations.
    pub role_claim: String,
    /// Which authorisation gives which role.
    pub roles: Vec<ProviderRole>,
}

/// An authorisation of the provider and the role that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRole {
    /// Value of the claim.
    pub authorisation: String,
    /// Code of the role.
    pub role: String,
}

/// The endpoint over which archivists work.
#[derive(Debug, Clone)]
pub struct ArchivistDesk {
    /// Its address, without a slash at the end.
    pub endpoint: String,
    /// Certificate authority of the endpoint, PEM; for `https` only.
    pub authority_file: Option<PathBuf>,
    /// Folder of the customers' certificates with their keys, PEM, one file a customer: `<OID>.pem`.
    pub identities_folder: Option<PathBuf>,
}

/// Every mistake of a file of settings.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{} wrong in the settings:\n{}", count(.0.len()), .0.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(pub Vec<String>);

fn count(mistakes: usize) -> String {
    if mistakes == 1 { "one thing is".to_owned() } else { format!("{mistakes} things are") }
}

impl Settings {
    /// What holds without a file: loopback, SQLite, everything in `folder`.
    pub fn without_file(folder: &Path) -> Self {
        let mut reader = Reader::of("");
        Self::take(&mut reader, folder)
    }

    /// Settings of `text`; paths in it are relative to `folder`.
    ///
    /// # Errors
    /// Every mistake.
    pub fn read(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let mut reader = Reader::of(text);
        let settings = Self::take(&mut reader, folder);
        let mistakes = reader.mistakes();
        if mistakes.is_empty() { Ok(settings) } else { Err(SettingsError(mistakes)) }
    }

    fn take(reader: &mut Reader, folder: &Path) -> Self {
        let bind = reader.parsed("server.bind").unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8480)));
        let data = reader.text("store.folder").map_or_else(|| folder.join("office-data"), |path| folder.join(path));
        let file_url = || format!("sqlite://{}", data.join("office.sqlite").display());
        Self {
            bind,
            public_address: address(reader, "server.public-address").unwrap_or_else(|| format!("http://{bind}")),
            metrics_bind: reader.parsed("server.metrics-bind"),
            behind_proxy: reader.flag("server.behind-proxy"),
            store_url: store_url(reader).unwrap_or_else(file_url),
            folder: data,
            rehearsal: reader.flag("office.rehearsal"),
            session_idle_minutes: reader.number("session.idle-minutes", 30, 1..=1440),
            session_longest_hours: reader.number("session.longest-hours", 10, 1..=168),
            sign_in_attempts: reader.number("sign-in.attempts", 5, 1..=100),
            lock_minutes: reader.number("sign-in.lock-minutes", 15, 1..=1440),
            requests_per_minute: reader.number("limits.requests-per-minute", 600, 1..=1_000_000),
            largest_file: bytes(reader.number("limits.file-megabytes", 20, 1..=100)),
            mail: reader.has("mail").then(|| mail(reader, folder)),
            provider: reader.has("provider").then(|| provider(reader, folder)),
            archivist_desk: reader.has("archivist-desk").then(|| archivist_desk(reader, folder)),
        }
    }

    /// Whether cookies are sent over TLS only.
    pub fn is_https(&self) -> bool {
        self.public_address.starts_with("https://")
    }
}

fn bytes(megabytes: i64) -> usize {
    usize::try_from(megabytes).unwrap_or(1) * 1024 * 1024
}

fn address(reader: &mut Reader, key: &str) -> Option<String> {
    let text = reader.text(key)?;
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if host.is_none_or(|host| host.is_empty() || host.starts_with('/')) {
        reader.mistake(key, format_args!("{text:?} is no address that starts with https:// or http://"));
        return None;
    }
    Some(text.trim_end_matches('/').to_owned())
}

fn store_url(reader: &mut Reader) -> Option<String> {
    let url = reader.text("store.url")?;
    if !["sqlite://", "postgres://", "postgresql://"].iter().any(|known| url.starts_with(known)) {
        reader.mistake("store.url", "starts with sqlite:// or postgres://");
    }
    Some(url)
}

fn mail(reader: &mut Reader, folder: &Path) -> Mail {
    let security = reader.text("mail.security");
    let security = match security.as_deref() {
        None | Some("starttls") => MailSecurity::StartTls,
        Some("tls") => MailSecurity::Tls,
        Some("none") => MailSecurity::None,
        Some(other) => {
            reader.mistake("mail.security", format_args!("is starttls, tls or none, not {other:?}"));
            MailSecurity::StartTls
        }
    };
    let port = reader.number("mail.port", if security == MailSecurity::Tls { 465 } else { 587 }, 1..=65_535);
    let from = reader.needed("mail.from");
    if !from.is_empty() && from.parse::<lettre::message::Mailbox>().is_err() {
        reader.mistake("mail.from", format_args!("{from:?} is no mail address"));
    }
    Mail {
        server: reader.needed("mail.server"),
        port: u16::try_from(port).unwrap_or(587),
        security,
        user: reader.text("mail.user"),
        password_file: reader.text("mail.password-file").map(|path| folder.join(path)),
        from,
    }
}

fn provider(reader: &mut Reader, folder: &Path) -> Provider {
    let roles = reader.names("provider.roles");
    let known = crate::access::Role::ALL.map(crate::access::Role::code);
    for (authorisation, role) in &roles {
        if !known.contains(&role.as_str()) {
            let key = format!("provider.roles.{authorisation}");
            reader.mistake(&key, format_args!("{role:?} is none of {}", known.join(", ")));
        }
    }
    Provider {
        issuer: address(reader, "provider.issuer").unwrap_or_else(|| reader.needed("provider.issuer")),
        client_id: reader.needed("provider.client-id"),
        client_secret_file: folder.join(reader.needed("provider.client-secret-file")),
        customer_claim: reader.text("provider.customer-claim").unwrap_or_else(|| "organisation".to_owned()),
        role_claim: reader.text("provider.role-claim").unwrap_or_else(|| "authorisations".to_owned()),
        roles: roles.into_iter().map(|(authorisation, role)| ProviderRole { authorisation, role }).collect(),
    }
}

fn archivist_desk(reader: &mut Reader, folder: &Path) -> ArchivistDesk {
    ArchivistDesk {
        endpoint: address(reader, "archivist-desk.endpoint")
            .unwrap_or_else(|| reader.needed("archivist-desk.endpoint")),
        authority_file: reader.text("archivist-desk.authority-file").map(|path| folder.join(path)),
        identities_folder: reader.text("archivist-desk.identities-folder").map(|path| folder.join(path)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{MailSecurity, Settings};

    #[test]
    fn an_empty_file_is_loopback_and_sqlite() {
        let settings = Settings::read("", Path::new("/x")).expect("settings");
        assert_eq!(settings.public_address, "http://127.0.0.1:8480");
        assert_eq!(settings.store_url, "sqlite:///x/office-data/office.sqlite");
        assert!(!settings.is_https() && settings.mail.is_none());
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let text = "[server]\nbind = \"nowhere\"\npublic-address = \"office\"\ncolour = 1\n[store]\nurl = \"mysql://x\"\n\
                    [session]\nidle-minutes = 0\n[mail]\nsecurity = \"some\"\nport = \"25\"\n[provider]\n\
                    roles = { a = \"king\" }\nissuer = \"https://id.example.org\"\n";
        let mistakes = Settings::read(text, Path::new("/x")).expect_err("mistakes").0;
        for key in [
            "server.bind",
            "server.public-address",
            "server.colour",
            "store.url",
            "session.idle-minutes",
            "mail.security",
            "mail.port",
            "mail.from",
            "mail.server",
            "provider.roles.a",
            "provider.client-id",
            "provider.client-secret-file",
        ] {
            assert_eq!(mistakes.iter().filter(|line| line.starts_with(&format!("{key}: "))).count(), 1, "{key}");
        }
        assert_eq!(mistakes.len(), 12);
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let mistakes = Settings::read("[server]\nbind = \n", Path::new("/x")).expect_err("mistakes").0;
        assert!(mistakes[0].starts_with("line 2: "), "{mistakes:?}");
    }

    #[test]
    fn mail_is_secured_unless_said_otherwise() {
        let text = "[mail]\nserver = \"mail.example.org\"\nfrom = \"Kanta <kanta@example.org>\"\n";
        let mail = Settings::read(text, Path::new("/x")).expect("settings").mail.expect("mail");
        assert_eq!((mail.security, mail.port), (MailSecurity::StartTls, 587));
    }
}
