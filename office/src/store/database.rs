//! Opening the database.

use std::path::Path;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Connection, Executor};

use super::dialect::Dialect;
use super::error::StoreError;
use super::migrations::{migrator, newest};
use super::writing::Write;

/// Longest wait for a connection, and of SQLite for another writer.
const PATIENCE: Duration = Duration::from_secs(5);
/// WAL lets readers and a writer work at once; FULL has every acknowledged change on disk.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                      PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA cache_size = -8000;";

/// The office's database. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) pool: AnyPool,
    dialect: Dialect,
}

impl Store {
    /// Opens the database at `url` and brings its schema up to date. A file of SQLite is made if it is not there,
    /// its folder too.
    ///
    /// # Errors
    /// `Unavailable`; `Damaged` when the schema is another one's or newer than this program.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let (url, dialect) = whole_url(url)?;
        let is_sqlite = dialect == Dialect::Sqlite;
        let options = AnyPoolOptions::new().max_connections(if is_sqlite { 6 } else { 12 }).acquire_timeout(PATIENCE);
        let options = options.after_connect(move |connection, _| {
            Box::pin(async move {
                if is_sqlite {
                    connection.execute(SQLITE).await?;
                }
                Ok(())
            })
        });
        // A commit that the disk refused leaves a connection that can begin no other change: it is not used again.
        let options = options.after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        });
        let pool = options.connect(&url).await?;
        migrator(dialect).run(&pool).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => StoreError::Damaged(other.to_string()),
        })?;
        Ok(Self { pool, dialect })
    }

    /// Begins a change. Changes of SQLite wait for each other from the start, so that none fails in the middle.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        };
        Ok(Write::new(self.pool.begin_with(begin).await?))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn is_there(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT id FROM log_head").execute(&self.pool).await?;
        Ok(())
    }

    /// The version of the schema.
    pub fn schema_version(&self) -> i64 {
        newest()
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn whole_url(url: &str) -> Result<(String, Dialect), StoreError> {
    let Some(file) = url.strip_prefix("sqlite://") else { return Ok((url.to_owned(), Dialect::Postgres)) };
    let file = file.split('?').next().unwrap_or_default();
    if let Some(folder) = Path::new(file).parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::Unavailable(format!("{}: {error}", folder.display())))?;
    }
    Ok((format!("sqlite://{file}?mode=rwc"), Dialect::Sqlite))
}
