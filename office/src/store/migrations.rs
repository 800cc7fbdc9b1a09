//! The schema, step by step forward. A step that was released is never changed.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::dialect::Dialect;

/// Name, what holds for both databases, what for SQLite, what for PostgreSQL.
type Step = (&'static str, &'static str, &'static str, &'static str);

macro_rules! step {
    ($name:literal, both) => {
        ($name, include_str!(concat!("../../migrations/", $name, ".sql")), "", "")
    };
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../migrations/", $name, ".sql")),
            include_str!(concat!("../../migrations/", $name, ".sqlite.sql")),
            include_str!(concat!("../../migrations/", $name, ".postgres.sql")),
        )
    };
}

const STEPS: &[Step] = &[
    step!("0001-foundation"),
    step!("0002-register", both),
    step!("0003-imports-retention", both),
    step!("0004-messages", both),
    step!("0005-co-testing", both),
    step!("0006-provider", both),
];

/// The steps for a database.
pub(super) fn migrator(dialect: Dialect) -> Migrator {
    let steps = STEPS.iter().zip(1..).map(|((name, both, sqlite, postgres), version)| {
        let (own, blob) = match dialect {
            Dialect::Sqlite => (sqlite, "BLOB"),
            Dialect::Postgres => (postgres, "BYTEA"),
        };
        let sql = format!("{both}\n{own}").replace("{blob}", blob);
        let sql = AssertSqlSafe(sql).into_sql_str();
        Migration::new(version, Cow::Borrowed(*name), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

/// How many steps there are.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}
