//! Sessions. They stand in the database, so that every instance knows them.

use sqlx::any::AnyRow;
use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::{AccountRight, Acting, Role, Secret};

/// A use is written down at most this often, in milliseconds.
const SEEN_STEP: i64 = 60_000;

/// How long sessions last, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Without use.
    pub idle: i64,
    /// In all.
    pub longest: i64,
}

impl Store {
    /// Who acts in the session with this secret, if it is still open.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn acting(
        &self,
        token_hash: &str,
        limits: SessionLimits,
        now: i64,
    ) -> Result<Option<Acting>, StoreError> {
        let sql = "SELECT a.id, a.login, a.name, a.email, s.form_token, s.seen_at, r.id, r.role, r.customer \
                   FROM session s JOIN account a ON a.id = s.account AND a.closed = 0 \
                   LEFT JOIN account_right r ON r.id = s.right_id AND r.account = s.account \
                   WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3";
        let search = query(sql).bind(token_hash).bind(now - limits.idle).bind(now - limits.longest);
        let Some(row) = search.fetch_optional(&self.pool).await? else { return Ok(None) };
        if row.try_get::<i64, _>(5)? + SEEN_STEP < now {
            let sql = "UPDATE session SET seen_at = $1 WHERE token_hash = $2";
            query(sql).bind(now).bind(token_hash).execute(&self.pool).await?;
        }
        acting(&row, token_hash).map(Some)
    }
}

impl Write {
    /// Opens a session in which the right `right` is used, or none if empty; its secret.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn open_session(&mut self, account: &str, right: &str, now: i64) -> Result<Secret, StoreError> {
        let (secret, form_token) = (Secret::new(), Secret::new());
        let sql = "INSERT INTO session (token_hash, account, right_id, form_token, created_at, seen_at) \
                   VALUES ($1, $2, $3, $4, $5, $5)";
        let insert = query(sql).bind(secret.digest()).bind(account).bind(right).bind(form_token.reveal()).bind(now);
        insert.execute(self.connection()).await?;
        Ok(secret)
    }

    /// Uses another right of the account in a session.
    ///
    /// # Errors
    /// `Missing` when the account has no such right.
    pub async fn use_right(&mut self, token_hash: &str, right: &str) -> Result<(), StoreError> {
        let sql = "UPDATE session SET right_id = $1 WHERE token_hash = $2 \
                   AND account IN (SELECT account FROM account_right WHERE id = $1)";
        let done = query(sql).bind(right).bind(token_hash).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Missing) }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_session(&mut self, token_hash: &str) -> Result<(), StoreError> {
        query("DELETE FROM session WHERE token_hash = $1").bind(token_hash).execute(self.connection()).await?;
        Ok(())
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_sessions(&mut self, account: &str) -> Result<(), StoreError> {
        query("DELETE FROM session WHERE account = $1").bind(account).execute(self.connection()).await?;
        Ok(())
    }

    /// Removes what has run out: sessions, invitations, counted attempts.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn remove_expired(&mut self, limits: SessionLimits, now: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE seen_at <= $1 OR created_at <= $2";
        query(sql).bind(now - limits.idle).bind(now - limits.longest).execute(self.connection()).await?;
        query("DELETE FROM invitation WHERE expires_at <= $1").bind(now).execute(self.connection()).await?;
        query("DELETE FROM attempt WHERE at <= $1").bind(now - limits.longest).execute(self.connection()).await?;
        Ok(())
    }
}

fn acting(row: &AnyRow, token_hash: &str) -> Result<Acting, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let code: Option<String> = row.try_get(7)?;
    let right = match code.as_deref().and_then(Role::of) {
        Some(role) => Some(AccountRight { id: text(6)?, role, customer: text(8)? }),
        None => None,
    };
    Ok(Acting {
        account: text(0)?,
        login: text(1)?,
        name: text(2)?,
        email: text(3)?,
        right,
        session: token_hash.to_owned(),
        form_token: text(4)?,
    })
}
