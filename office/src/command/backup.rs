//! `backup` and `restore`: the database of a running office into a file and back.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::console::say;
use super::error::CommandError;
use crate::access::digest;
use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{Ledger, LogEntry, Store};

/// Pages that are copied between two looks at other users of the database.
const PAGES: i32 = 500;
const PAUSE: Duration = Duration::from_millis(5);

/// Copies the database into a new file, while the office runs.
pub(super) fn backup(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    if file.exists() {
        return Err(CommandError::Settings(format!("{} is there already", file.display())));
    }
    let from = open(&database(settings)?, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let part = file.with_extension("part");
    copy(&from, &part)?;
    std::fs::rename(&part, file).map_err(|error| CommandError::System(file.display().to_string(), error))?;
    say(&format!("the database stands in {}", file.display()));
    Ok(())
}

/// Puts a backup in the place of the database, while the office may run; what was destroyed since is destroyed again,
/// and entries of the access log that the backup does not have are kept in a file.
pub(super) async fn restore(settings: &Settings, file: &Path) -> Result<(), CommandError> {
    let path = database(settings)?;
    let from = open(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let whole: String = from.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap_or_default();
    let last = from.query_row("SELECT number FROM log_head", [], |row| row.get::<_, i64>(0));
    let (true, Ok(last)) = (whole == "ok", last) else {
        return Err(CommandError::Settings(format!("{} is no whole backup of an office", file.display())));
    };
    let store = Store::open(&settings.store_url).await?;
    let kept = keep_log(settings, &store, last).await?;
    store.close().await;
    copy(&from, &path)?;
    let store = Store::open(&settings.store_url).await?;
    let again = Ledger::of(&settings.folder).apply(&store).await;
    let again = again.map_err(|error| CommandError::Ledger(error.to_string()))?;
    let bytes = std::fs::read(file).map_err(|error| CommandError::System(file.display().to_string(), error))?;
    let detail = format!(
        "backup {}; {kept} later entries of the log kept in a file; {again} records destroyed again",
        digest(&bytes)
    );
    let (action, outcome) = ("restore".to_owned(), "done".to_owned());
    store
        .note(&LogEntry { at: Clock::default().now(), action, outcome, detail: detail.clone(), ..LogEntry::default() })
        .await?;
    store.close().await;
    say(&format!("restored: {detail}"));
    Ok(())
}

/// Writes the entries of the access log after `last` to a file; how many there were.
async fn keep_log(settings: &Settings, store: &Store, last: i64) -> Result<usize, CommandError> {
    let lines = store.log_lines_after(last).await?;
    if lines.is_empty() {
        return Ok(0);
    }
    let path = settings.folder.join(format!("log-after-{last}.jsonl"));
    let error = |error| CommandError::System(path.display().to_string(), error);
    std::fs::create_dir_all(&settings.folder).map_err(error)?;
    let mut file = std::fs::File::create(&path).map_err(error)?;
    for line in &lines {
        let json = serde_json::json!({ "number": line.number, "entry": line.entry, "hash": line.hash });
        writeln!(file, "{json}").map_err(error)?;
    }
    file.sync_all().map_err(error)?;
    Ok(lines.len())
}

fn database(settings: &Settings) -> Result<PathBuf, CommandError> {
    let file = settings.store_url.strip_prefix("sqlite://").map(PathBuf::from);
    file.ok_or_else(|| CommandError::Settings("the office runs on PostgreSQL: use pg_dump and pg_restore".to_owned()))
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, CommandError> {
    Connection::open_with_flags(path, flags)
        .map_err(|error| CommandError::Settings(format!("{}: {error}", path.display())))
}

fn copy(from: &Connection, to: &Path) -> Result<(), CommandError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut to = open(to, flags)?;
    to.busy_timeout(Duration::from_secs(10)).map_err(broken)?;
    let backup = Backup::new(from, &mut to).map_err(broken)?;
    backup.run_to_completion(PAGES, PAUSE, None).map_err(broken)
}

fn broken(error: rusqlite::Error) -> CommandError {
    CommandError::Copy(error)
}
