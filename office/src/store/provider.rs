//! Sign-ins at the provider of identities, and the rights that it gives.

use sqlx::{Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::Role;

/// Giver of the rights that follow from the provider's claims.
const GIVER: &str = "provider";

/// A sign-in that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderAttempt {
    /// Digest of what comes back with the person.
    pub state_hash: String,
    /// Token of the browser that began it.
    pub visitor: String,
    /// What the identity token must hold.
    pub nonce: String,
    /// What proves who began.
    pub verifier: String,
    /// Where the person wanted to go.
    pub next: String,
}

impl Store {
    /// The customer with this OID or business identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn customer_by_identifier(&self, identifier: &str) -> Result<Option<String>, StoreError> {
        if identifier.is_empty() {
            return Ok(None);
        }
        let sql = "SELECT id FROM customer WHERE organisation_oid = $1 OR business_id = $1 ORDER BY id LIMIT 2";
        let rows = query(sql).bind(identifier).fetch_all(&self.pool).await?;
        match rows.as_slice() {
            [only] => Ok(Some(only.try_get(0)?)),
            _ => Ok(None),
        }
    }
}

impl Write {
    /// Remembers a sign-in that has begun.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn begin_attempt(&mut self, attempt: &ProviderAttempt, expires_at: i64) -> Result<(), StoreError> {
        query("DELETE FROM provider_attempt WHERE expires_at < $1")
            .bind(expires_at - 86_400_000)
            .execute(self.connection())
            .await?;
        let sql = "INSERT INTO provider_attempt (state_hash, visitor, nonce, verifier, next_address, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let insert = query(sql).bind(&attempt.state_hash).bind(&attempt.visitor).bind(&attempt.nonce);
        let insert = insert.bind(&attempt.verifier).bind(&attempt.next).bind(expires_at);
        insert.execute(self.connection()).await?;
        Ok(())
    }

    /// Takes a sign-in that has begun; it can be taken once.
    ///
    /// # Errors
    /// `Missing`, also where it is too old.
    pub async fn take_attempt(&mut self, state_hash: &str, now: i64) -> Result<ProviderAttempt, StoreError> {
        let sql = "DELETE FROM provider_attempt WHERE state_hash = $1 AND expires_at > $2 \
                   RETURNING visitor, nonce, verifier, next_address";
        let row = query(sql).bind(state_hash).bind(now).fetch_optional(self.connection()).await?;
        let row = row.ok_or(StoreError::Missing)?;
        Ok(ProviderAttempt {
            state_hash: state_hash.to_owned(),
            visitor: row.try_get(0)?,
            nonce: row.try_get(1)?,
            verifier: row.try_get(2)?,
            next: row.try_get(3)?,
        })
    }

    /// Gives the account exactly these rights beside those that people gave.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn follow_provider(
        &mut self,
        account: &str,
        rights: &[(Role, String)],
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM account_right WHERE account = $1 AND given_by = $2";
        query(sql).bind(account).bind(GIVER).execute(self.connection()).await?;
        for (role, customer) in rights {
            self.give_right(account, *role, customer, GIVER, now).await?;
        }
        Ok(())
    }

    /// Takes over what the provider says of the person.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn rename_account(&mut self, account: &str, name: &str, email: &str) -> Result<(), StoreError> {
        let sql = "UPDATE account SET name = $1, email = $2 WHERE id = $3";
        query(sql).bind(name).bind(email).bind(account).execute(self.connection()).await?;
        Ok(())
    }
}
