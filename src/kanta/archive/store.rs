//! Opens the database. Without a state folder it is a temporary one of SQLite, which stays in memory
//! while it is small and goes to a nameless file when it grows, so that long runs keep memory flat.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::facts;
use crate::state::{ArchiveState, Fact};

/// Why the archive could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The database file could not be opened.
    #[error("the archive {path} cannot be opened: {cause}")]
    Open { path: PathBuf, cause: rusqlite::Error },
    /// The database was written by a version that kept no facts.
    #[error("the archive {0} was written by an earlier version: start with an empty folder of state")]
    Outdated(PathBuf),
    /// A statement failed.
    #[error("the archive failed: {0}")]
    Statement(#[from] rusqlite::Error),
    /// A document or message with this identifier is there already.
    #[error("{0} is in the archive already")]
    Taken(String),
    /// The set has this version already, under another identifier.
    #[error("version {version} of {set_id} is in the archive already")]
    Forked { set_id: String, version: u32 },
}

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    set_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    controller TEXT NOT NULL,
    document_group TEXT NOT NULL,
    register TEXT NOT NULL,
    general_type TEXT,
    specific_type TEXT,
    service_task TEXT,
    matter TEXT,
    relationship TEXT,
    opens TEXT,
    effective_text TEXT NOT NULL,
    effective INTEGER,
    nullified INTEGER NOT NULL,
    planted INTEGER NOT NULL,
    content BLOB NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS attachments (
    document INTEGER NOT NULL REFERENCES documents (number),
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS versions ON documents (set_id, version);
CREATE TABLE IF NOT EXISTS clients (
    person TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (number),
    PRIMARY KEY (person, document)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS clients_by_document ON clients (document);
CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    refused_for TEXT NOT NULL,
    answer TEXT
);
CREATE TABLE IF NOT EXISTS resources (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    request TEXT NOT NULL,
    stored TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS resource_persons (
    person TEXT NOT NULL,
    resource INTEGER NOT NULL REFERENCES resources (number),
    PRIMARY KEY (person, resource)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (
    number INTEGER PRIMARY KEY,
    fact TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS handed_out (
    exchange INTEGER NOT NULL,
    document TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS handed_out_by_document ON handed_out (document);
CREATE TABLE IF NOT EXISTS forms (
    number INTEGER PRIMARY KEY,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    sent TEXT NOT NULL,
    fetched TEXT,
    receipted TEXT,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (sender, key)
);
CREATE INDEX IF NOT EXISTS forms_by_recipient ON forms (recipient) WHERE receipted IS NULL;
CREATE TABLE IF NOT EXISTS archivist_log (
    exchange INTEGER NOT NULL,
    at TEXT NOT NULL,
    archivist TEXT NOT NULL,
    controller TEXT NOT NULL,
    register TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    reason TEXT,
    outcome TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS archivist_log_by_controller ON archivist_log (controller);
CREATE TABLE IF NOT EXISTS declarations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    declared TEXT NOT NULL,
    stored TEXT NOT NULL,
    ended TEXT
);
CREATE INDEX IF NOT EXISTS declarations_by_id ON declarations (id);
CREATE INDEX IF NOT EXISTS declarations_by_person ON declarations (person);
CREATE TABLE IF NOT EXISTS disclosures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    controller TEXT NOT NULL,
    recipient TEXT NOT NULL,
    unit TEXT,
    user TEXT,
    clients TEXT NOT NULL,
    situation TEXT NOT NULL,
    ground TEXT NOT NULL,
    with_content INTEGER NOT NULL,
    documents TEXT NOT NULL,
    request TEXT NOT NULL,
    exchange INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS disclosures_by_time ON disclosures (at);
CREATE TABLE IF NOT EXISTS disclosure_clients (
    person TEXT NOT NULL,
    disclosure INTEGER NOT NULL,
    PRIMARY KEY (person, disclosure)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS disclosure_clients_by_disclosure ON disclosure_clients (disclosure);
CREATE TABLE IF NOT EXISTS disclosure_removals (
    at INTEGER NOT NULL,
    made_until INTEGER NOT NULL,
    entries INTEGER NOT NULL
);
";

/// The archive: the database for what has to survive and for searches, and the state that rules ask.
#[derive(Debug)]
pub(in crate::kanta) struct Archive {
    connection: Mutex<Connection>,
    /// Changed only by who holds the connection, after its transaction, so that both follow the same order.
    state: RwLock<ArchiveState>,
}

impl Archive {
    /// The archive in the file `path`; a temporary one without.
    ///
    /// # Errors
    /// `Open` when there is no such folder, or the file is none of ours; `Outdated` where it holds no facts.
    pub(in crate::kanta) fn open(path: Option<&Path>) -> Result<Self, ArchiveError> {
        let file = path.unwrap_or(Path::new(""));
        let unopened = |cause| ArchiveError::Open { path: file.to_owned(), cause };
        let connection = connect(file).map_err(unopened)?;
        if facts::are_missing(&connection)? {
            return Err(ArchiveError::Outdated(file.to_owned()));
        }
        let state = facts::state(&connection).map_err(unopened)?;
        Ok(Self { connection: Mutex::new(connection), state: RwLock::new(state) })
    }

    /// What the archive knows now. It is read for one question at a time: whoever holds it holds up every change.
    pub(in crate::kanta) fn state(&self) -> RwLockReadGuard<'_, ArchiveState> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in facts that change nothing else.
    pub(in crate::kanta) fn learn(&self, happened: &[Fact]) -> Result<(), ArchiveError> {
        let is_new = { happened.iter().any(|fact| !self.state().holds(fact)) };
        if is_new { self.atomically(happened, |_| Ok(())) } else { Ok(()) }
    }

    /// Does `work` and takes in what `happened` in one transaction: all of it, or none where it fails. Its statements are kept
    /// prepared, which those of the library's own transactions are not.
    pub(super) fn atomically<T>(
        &self,
        happened: &[Fact],
        work: impl FnOnce(&Connection) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let connection = self.lock();
        let run = |sql| connection.prepare_cached(sql)?.execute([]);
        run("BEGIN IMMEDIATE")?;
        let new: Vec<&Fact> = { happened.iter().filter(|fact| !self.state().holds(fact)).collect() };
        let done = work(&connection).and_then(|value| {
            facts::insert(&connection, new.iter().copied())?;
            run("COMMIT")?;
            Ok(value)
        });
        if done.is_ok() {
            self.state.write().unwrap_or_else(PoisonError::into_inner).learn_all(new);
        }
        if done.is_err() && !connection.is_autocommit() {
            run("ROLLBACK")?;
        }
        done
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    // What SQLite handed to the system survives the end of this process, however sudden; only a power
    // cut could take the last messages, and that would be a repetition of the test anyway. A temporary
    // database survives nothing and needs no file to roll back from.
    let temporary = file.as_os_str().is_empty();
    connection.pragma_update(None, "journal_mode", if temporary { "MEMORY" } else { "WAL" })?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Else SQLite looks at every bound value for a better plan, and compiles the statement anew for it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(TABLES)?;
    Ok(connection)
}

/// A broken uniqueness is told as such, any other error as it is.
pub(super) fn taken(error: rusqlite::Error, id: &str) -> ArchiveError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => ArchiveError::Taken(id.to_owned()),
        _ => ArchiveError::Statement(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{Archive, ArchiveError};

    #[test]
    fn a_missing_folder_is_told_with_its_path() {
        let error = Archive::open(Some(std::path::Path::new("/nowhere/archive.sqlite"))).expect_err("no folder");
        assert!(matches!(&error, ArchiveError::Open { .. }) && error.to_string().contains("/nowhere/"), "{error}");
    }
}
