//! The list of what was destroyed. It stands in a file beside the database, so that a restored backup, which knows
//! less of it, is brought up to it again. It holds identifiers only.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::new_id;
use crate::register::{Doomed, RetentionRule};

const NAME: &str = "destroyed.jsonl";

/// The list in its folder.
#[derive(Debug, Clone)]
pub struct Ledger {
    path: PathBuf,
}

/// Why the list could not be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file.
    #[error("the list of what was destroyed, {path}, cannot be used: {cause}")]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A line of it.
    #[error("line {0} of the list of what was destroyed is damaged")]
    Line(usize),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Serialize, Deserialize)]
struct Line {
    rule: String,
    kind: String,
    record: String,
    customer: String,
    due: String,
}

impl Ledger {
    /// The list in `folder`.
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join(NAME) }
    }

    /// Writes `doomed` down; on disk when it returns. Call it before the change that destroys them is made to hold:
    /// what stands here and was not destroyed will be at the next start.
    ///
    /// # Errors
    /// `File`.
    pub fn append(&self, doomed: &[Doomed], now: i64) -> Result<(), LedgerError> {
        let error = |cause| LedgerError::File { path: self.path.clone(), cause };
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(error)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path).map_err(error)?;
        let mut text = String::new();
        if file.metadata().map_err(error)?.len() == 0 {
            text = format!("{{\"ledger\":\"{}\"}}\n", new_id(now));
        }
        for doomed in doomed {
            let line = Line {
                rule: doomed.rule.code().to_owned(),
                kind: doomed.kind.clone(),
                record: doomed.record.clone(),
                customer: doomed.customer.clone(),
                due: doomed.due.to_string(),
            };
            text += &serde_json::to_string(&line).expect("texts are always written");
            text.push('\n');
        }
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(error)
    }

    /// Destroys again whatever the list says and the database has not heard of; how much was still there.
    ///
    /// # Errors
    /// Any.
    pub async fn apply(&self, store: &Store) -> Result<usize, LedgerError> {
        let Some((name, lines)) = self.read()? else { return Ok(0) };
        let name = format!("ledger {name}");
        let applied: usize = store.remembered(&name).await?.parse().unwrap_or(0);
        if applied >= lines.len() {
            return Ok(0);
        }
        let mut write = store.write().await?;
        let mut again = 0;
        for doomed in lines.iter().skip(applied) {
            again += usize::from(write.destroy(doomed).await?);
        }
        write.remember(&name, &lines.len().to_string()).await?;
        write.commit().await?;
        Ok(again)
    }

    /// Notes in `write` that the database knows the whole list.
    ///
    /// # Errors
    /// Any.
    pub async fn note_applied(&self, write: &mut Write) -> Result<(), LedgerError> {
        if let Some((name, lines)) = self.read()? {
            write.remember(&format!("ledger {name}"), &lines.len().to_string()).await?;
        }
        Ok(())
    }

    /// The list's own name and its lines. A last line that was cut short is none: nothing was destroyed on its ground.
    fn read(&self) -> Result<Option<(String, Vec<Doomed>)>, LedgerError> {
        let error = |cause| LedgerError::File { path: self.path.clone(), cause };
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(error(cause)),
        };
        let lines = BufReader::new(file).lines().collect::<Result<Vec<_>, _>>().map_err(error)?;
        let count = lines.len();
        let name = lines.first().map_or("", |line| line.trim_start_matches("{\"ledger\":\"").trim_end_matches("\"}"));
        let mut doomed = Vec::new();
        for (number, line) in lines.iter().enumerate().skip(1) {
            match read_line(line) {
                Some(line) => doomed.push(line),
                None if number + 1 == count => {}
                None => return Err(LedgerError::Line(number + 1)),
            }
        }
        Ok(Some((name.to_owned(), doomed)))
    }
}

fn read_line(text: &str) -> Option<Doomed> {
    let line: Line = serde_json::from_str(text).ok()?;
    let (rule, due) = (RetentionRule::of(&line.rule)?, line.due.parse().ok()?);
    Some(Doomed { rule, kind: line.kind, record: line.record, customer: line.customer, due })
}
