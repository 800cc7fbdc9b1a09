//! One-time links by which a person chooses password and second factor.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Digest of the link's secret.
    pub token_hash: String,
    /// Identifier of the account.
    pub account: String,
    /// The second factor's secret that is offered.
    pub totp_secret: String,
}

impl Store {
    /// The invitation of a link, if it is still open.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn invitation(&self, token_hash: &str, now: i64) -> Result<Option<Invitation>, StoreError> {
        let sql = "SELECT token_hash, account, totp_secret FROM invitation WHERE token_hash = $1 AND expires_at > $2";
        let row = query(sql).bind(token_hash).bind(now).fetch_optional(&self.pool).await?;
        row.map(|row| {
            Ok(Invitation { token_hash: row.try_get(0)?, account: row.try_get(1)?, totp_secret: row.try_get(2)? })
        })
        .transpose()
    }
}

impl Write {
    /// Opens an invitation; earlier ones of the account are void from then on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn invite(&mut self, invitation: &Invitation, expires_at: i64) -> Result<(), StoreError> {
        query("DELETE FROM invitation WHERE account = $1").bind(&invitation.account).execute(self.connection()).await?;
        query("INSERT INTO invitation (token_hash, account, totp_secret, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(&invitation.token_hash)
            .bind(&invitation.account)
            .bind(&invitation.totp_secret)
            .bind(expires_at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Uses an invitation up: the account has this password (in its stored form) and the offered second factor, and
    /// its sessions end.
    ///
    /// # Errors
    /// `Changed` when somebody else used the link first.
    pub async fn enrol(&mut self, invitation: &Invitation, password: &str, step: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM invitation WHERE token_hash = $1";
        let done = query(sql).bind(&invitation.token_hash).execute(self.connection()).await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Changed);
        }
        self.end_sessions(&invitation.account).await?;
        self.set_credentials(&invitation.account, password, &invitation.totp_secret, step).await
    }
}
