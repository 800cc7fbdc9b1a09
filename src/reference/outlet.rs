//! How the system gives its use log away by itself: into a file, or to an address.

use std::path::PathBuf;

use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use super::system::System;

/// Where the log goes after each action.
#[derive(Debug, Clone, Default)]
pub struct LogOutlet {
    /// A file, written anew as JSON Lines.
    pub file: Option<PathBuf>,
    /// An address that gets the new entries as JSON Lines.
    pub url: Option<String>,
}

/// Why the log could not be given.
#[derive(Debug, thiserror::Error)]
pub enum OutletError {
    /// The file cannot be written.
    #[error("the use log cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// The address did not take it.
    #[error("the use log cannot be sent: {0}")]
    Address(#[from] reqwest::Error),
}

impl System {
    /// Gives the log where the settings say.
    pub(super) async fn give_log(&self) -> Result<(), OutletError> {
        let outlet = &self.settings.log_outlet;
        if let Some(file) = &outlet.file {
            let entries = self.log().export(Timestamp::MIN, Timestamp::MAX, None);
            tokio::fs::write(file, lines(&entries)).await?;
        }
        if let Some(url) = &outlet.url {
            let entries = self.log().fresh();
            if !entries.is_empty() {
                let request = self.http.post(url).header(CONTENT_TYPE, "application/jsonl").body(lines(&entries));
                request.send().await?.error_for_status()?;
            }
        }
        Ok(())
    }
}

fn lines(entries: &[Value]) -> String {
    entries.iter().map(|entry| format!("{entry}\n")).collect()
}
