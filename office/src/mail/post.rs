//! Sends one letter by SMTP, or writes it to a file where no server is set.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::settings::{MailSecurity, Settings};

/// Longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(20);
/// Sender of letters that are only written to files.
const NOBODY: &str = "kanta-office@localhost";

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// The server took it.
    Sent,
    /// It stands in a file.
    Written,
    /// The server will never take it for this address.
    Refused(String),
    /// It did not get through this time.
    Failed(String),
}

/// The way out of the house.
pub enum Post {
    /// By a server.
    Server(Box<AsyncSmtpTransport<Tokio1Executor>>, Mailbox),
    /// Into a folder.
    Folder(PathBuf),
}

impl Post {
    /// The way that the settings say.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn of(settings: &Settings) -> Result<Self, String> {
        let Some(mail) = &settings.mail else { return Ok(Self::Folder(settings.folder.join("outbox"))) };
        let parameters = || TlsParameters::new(mail.server.clone()).map_err(|error| error.to_string());
        let tls = match mail.security {
            MailSecurity::None => Tls::None,
            MailSecurity::StartTls => Tls::Required(parameters()?),
            MailSecurity::Tls => Tls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.server)
            .port(mail.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let (Some(user), Some(file)) = (&mail.user, &mail.password_file) {
            let password = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            builder = builder.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        let from = mail.from.parse().map_err(|error| format!("mail.from: {error}"))?;
        Ok(Self::Server(Box::new(builder.build()), from))
    }

    /// Sends a letter; `name` is that of its file where it is written to one.
    pub async fn send(&self, to: &str, subject: &str, body: &str, name: &str) -> Posted {
        let from = match self {
            Self::Server(_, from) => Ok(from.clone()),
            Self::Folder(_) => NOBODY.parse(),
        };
        let (from, to) = match (from, to.parse::<Mailbox>()) {
            (Ok(from), Ok(to)) => (from, to),
            (_, Err(error)) | (Err(error), _) => return Posted::Refused(error.to_string()),
        };
        let letter = Message::builder().from(from).to(to).subject(subject).header(ContentType::TEXT_PLAIN);
        let letter = match letter.body(body.to_owned()) {
            Ok(letter) => letter,
            Err(error) => return Posted::Failed(error.to_string()),
        };
        match self {
            Self::Server(server, _) => match server.send(letter).await {
                Ok(_) => Posted::Sent,
                Err(error) if error.is_permanent() => Posted::Refused(error.to_string()),
                Err(error) => Posted::Failed(error.to_string()),
            },
            Self::Folder(folder) => match write(folder.clone(), name.to_owned(), letter.formatted()).await {
                Ok(()) => Posted::Written,
                Err(error) => Posted::Failed(error.to_string()),
            },
        }
    }
}

async fn write(folder: PathBuf, name: String, bytes: Vec<u8>) -> std::io::Result<()> {
    tokio::fs::create_dir_all(&folder).await?;
    let (new, file) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.eml")));
    tokio::fs::write(&new, bytes).await?;
    tokio::fs::rename(new, file).await
}
