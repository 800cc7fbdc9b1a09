//! Opens the database. Without a state folder it is a temporary one of SQLite, which stays in memory
//! while it is small and goes to a nameless file when it grows, so that long runs keep memory flat.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// Why the archive could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The database file could not be opened.
    #[error("the archive {path} cannot be opened: {cause}")]
    Open {
        /// Its path.
        path: PathBuf,
        /// What SQLite said.
        cause: rusqlite::Error,
    },
    /// A statement failed.
    #[error("the archive failed: {0}")]
    Statement(#[from] rusqlite::Error),
    /// A document or message with this identifier is there already.
    #[error("{0} is in the archive already")]
    Taken(String),
    /// The set has this version already, under another identifier.
    #[error("version {version} of {set_id} is in the archive already")]
    Forked {
        /// The set.
        set_id: String,
        /// The version.
        version: u32,
    },
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
CREATE INDEX IF NOT EXISTS documents_by_opening ON documents (opens) WHERE opens IS NOT NULL;
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
CREATE TABLE IF NOT EXISTS requests (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) WITHOUT ROWID;
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
CREATE TABLE IF NOT EXISTS register_access (
    producer TEXT NOT NULL,
    organiser TEXT NOT NULL,
    PRIMARY KEY (producer, organiser)
) WITHOUT ROWID;
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

/// The archive.
#[derive(Debug)]
pub(in crate::kanta) struct Archive {
    connection: Mutex<Connection>,
}

impl Archive {
    /// The archive in the file `path`; a temporary one without.
    ///
    /// # Errors
    /// `Open` when there is no such folder, or the file is none of ours.
    pub(in crate::kanta) fn open(path: Option<&Path>) -> Result<Self, ArchiveError> {
        let file = path.unwrap_or(Path::new(""));
        let connection = connect(file).map_err(|cause| ArchiveError::Open { path: file.to_owned(), cause })?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Does `work` in one transaction: all of it, or none where it fails. Its statements are kept prepared, which
    /// those of the library's own transactions are not.
    pub(super) fn atomically<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let connection = self.lock();
        let run = |sql| connection.prepare_cached(sql)?.execute([]);
        run("BEGIN IMMEDIATE")?;
        let done = work(&connection).and_then(|value| {
            run("COMMIT")?;
            Ok(value)
        });
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

#[cfg(test)]
mod tests {
    use super::{Archive, ArchiveError};

    #[test]
    fn a_missing_folder_is_told_with_its_path() {
        let error = Archive::open(Some(std::path::Path::new("/nowhere/archive.sqlite"))).expect_err("no folder");
        assert!(matches!(&error, ArchiveError::Open { .. }) && error.to_string().contains("/nowhere/"), "{error}");
    }
}
