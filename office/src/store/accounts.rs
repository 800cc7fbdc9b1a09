//! Accounts and the rights that they hold.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;
use super::writing::Write;
use crate::access::{AccountRight, Role, new_id};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: String,
    /// Name by which it signs in, in lower case.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's mail address; empty if unknown.
    pub email: String,
    /// Stored form of the password; empty until it is chosen, and for accounts of a provider.
    pub password: String,
    /// Secret of the second factor; empty until it is chosen.
    pub totp_secret: String,
    /// Step of the last code that was used.
    pub totp_step: i64,
    /// Whether it can no longer sign in.
    pub closed: bool,
    /// Who it is at the provider of identities; empty for a local account.
    pub provider_subject: String,
}

/// What an account begins with.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Name by which it signs in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's mail address; may be empty.
    pub email: String,
    /// Who it is at the provider of identities; empty for a local account.
    pub provider_subject: String,
}

const COLUMNS: &str = "id, login, name, email, password, totp_secret, totp_step, closed, provider_subject";

impl Store {
    /// Whether there is any account.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn has_accounts(&self) -> Result<bool, StoreError> {
        Ok(query("SELECT id FROM account LIMIT 1").fetch_optional(&self.pool).await?.is_some())
    }

    /// All accounts, by sign-in name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account ORDER BY login LIMIT 10000");
        query(AssertSqlSafe(sql)).fetch_all(&self.pool).await?.iter().map(account).collect()
    }

    /// The account with this sign-in name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, StoreError> {
        self.account_where("login", &login.trim().to_lowercase()).await
    }

    /// The account with this identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        self.account_where("id", id).await
    }

    /// The account of this person at the provider of identities.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn account_by_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        self.account_where("provider_subject", subject).await
    }

    /// The rights of an account.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn rights(&self, account: &str) -> Result<Vec<AccountRight>, StoreError> {
        let sql = "SELECT id, role, customer FROM account_right WHERE account = $1 ORDER BY id";
        let rows = query(sql).bind(account).fetch_all(&self.pool).await?;
        rows.iter().map(right).collect()
    }

    async fn account_where(&self, column: &str, value: &str) -> Result<Option<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE {column} = $1");
        query(AssertSqlSafe(sql)).bind(value).fetch_optional(&self.pool).await?.as_ref().map(account).transpose()
    }
}

impl Write {
    /// Makes an account that cannot sign in before it is given a password or a provider's identity; its identifier.
    ///
    /// # Errors
    /// `Changed` when the sign-in name is taken.
    pub async fn add_account(&mut self, new: &NewAccount, now: i64) -> Result<String, StoreError> {
        let id = new_id(now);
        let sql = "INSERT INTO account (id, login, name, email, provider_subject, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login) DO NOTHING";
        let insert = query(sql).bind(&id).bind(new.login.trim().to_lowercase()).bind(&new.name).bind(&new.email);
        let done = insert.bind(&new.provider_subject).bind(now).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(id) } else { Err(StoreError::Changed) }
    }

    /// Gives an account a right; its identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn give_right(
        &mut self,
        account: &str,
        role: Role,
        customer: &str,
        giver: &str,
        now: i64,
    ) -> Result<String, StoreError> {
        let id = new_id(now);
        let sql = "INSERT INTO account_right (id, account, role, customer, given_by, given_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let insert = query(sql).bind(&id).bind(account).bind(role.code()).bind(customer).bind(giver).bind(now);
        insert.execute(self.connection()).await?;
        Ok(id)
    }

    /// Takes a right away; sessions that use it have none from then on.
    ///
    /// # Errors
    /// `Missing` when the account has no such right.
    pub async fn take_right(&mut self, account: &str, right: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM account_right WHERE id = $1 AND account = $2";
        let done = query(sql).bind(right).bind(account).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Missing) }
    }

    /// Closes an account or opens it again; closed, its sessions end.
    ///
    /// # Errors
    /// `Missing`.
    pub async fn close_account(&mut self, account: &str, closed: bool) -> Result<(), StoreError> {
        let sql = "UPDATE account SET closed = $1 WHERE id = $2";
        let done = query(sql).bind(i64::from(closed)).bind(account).execute(self.connection()).await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Missing);
        }
        if closed { self.end_sessions(account).await } else { Ok(()) }
    }

    /// Notes a good sign-in with the code of `step`.
    ///
    /// # Errors
    /// `Changed` when a code of this step was used already.
    pub async fn note_sign_in(&mut self, account: &str, step: i64) -> Result<(), StoreError> {
        let sql = "UPDATE account SET totp_step = $1 WHERE id = $2 AND totp_step < $1";
        let done = query(sql).bind(step).bind(account).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
    }

    pub(super) async fn set_credentials(
        &mut self,
        account: &str,
        password: &str,
        totp_secret: &str,
        step: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE account SET password = $1, totp_secret = $2, totp_step = $3 WHERE id = $4";
        let update = query(sql).bind(password).bind(totp_secret).bind(step).bind(account);
        update.execute(self.connection()).await?;
        Ok(())
    }
}

fn account(row: &AnyRow) -> Result<Account, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(Account {
        id: text(0)?,
        login: text(1)?,
        name: text(2)?,
        email: text(3)?,
        password: text(4)?,
        totp_secret: text(5)?,
        totp_step: row.try_get(6)?,
        closed: row.try_get::<i64, _>(7)? != 0,
        provider_subject: text(8)?,
    })
}

fn right(row: &AnyRow) -> Result<AccountRight, StoreError> {
    let code: String = row.try_get(1)?;
    let role = Role::of(&code).ok_or_else(|| StoreError::Damaged(format!("a right has the unknown role {code:?}")))?;
    Ok(AccountRight { id: row.try_get(0)?, role, customer: row.try_get(2)? })
}
