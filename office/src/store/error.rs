//! Why the store did not do what was asked.

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is away, overloaded or its disk is full. Nothing was lost; it may work again later.
    #[error("the database cannot be used now: {0}")]
    Unavailable(String),
    /// Somebody else changed the thing in the meantime.
    #[error("changed by somebody else in the meantime")]
    Changed,
    /// There is no such thing.
    #[error("not there")]
    Missing,
    /// What is stored is not as it was written.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A fault of the office.
    #[error("the database refused a query: {0}")]
    Query(sqlx::Error),
}

/// Codes of SQLite: busy, locked, no permission, out of memory, read-only, input or output, full, cannot open.
const SQLITE: [i64; 8] = [5, 6, 3, 7, 8, 10, 13, 14];
/// Classes of PostgreSQL: connection, resources, operator intervention, system; and two that a second try mends.
const POSTGRES: [&str; 6] = ["08", "53", "57", "58", "40001", "40P01"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let is_passing = match &error {
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
            sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_passing(&code)),
            sqlx::Error::RowNotFound => return Self::Missing,
            _ => false,
        };
        if is_passing { Self::Unavailable(error.to_string()) } else { Self::Query(error) }
    }
}

/// SQLite puts the reason into the lower eight bits of a number; PostgreSQL has five characters.
fn is_passing(code: &str) -> bool {
    let of_sqlite = code.len() != 5 && code.parse::<i64>().is_ok_and(|number| SQLITE.contains(&(number & 0xff)));
    of_sqlite || POSTGRES.iter().any(|class| code.len() == 5 && code.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::is_passing;

    #[test]
    fn what_passes_is_told_from_what_is_wrong() {
        for (code, expected) in [
            ("13", true),
            ("5", true),
            ("778", true),
            ("53100", true),
            ("57P01", true),
            ("23505", false),
            ("2067", false),
        ] {
            assert_eq!(is_passing(code), expected, "{code}");
        }
    }
}
