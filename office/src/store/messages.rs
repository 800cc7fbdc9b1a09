//! Messages to customers, to whom they went, and what was answered.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::database::Store;
use super::error::StoreError;
use super::lists::ListQuery;
use super::writing::Write;
use crate::access::new_id;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Identifier.
    pub id: String,
    /// Code of its kind: `disruption`, `meeting`, `enquiry`.
    pub kind: String,
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
    /// To whom.
    pub list: ListQuery,
    /// `draft` or `sent`.
    pub state: String,
    /// Sign-in name of its writer.
    pub made_by: String,
    /// When it was begun, in milliseconds.
    pub made_at: i64,
    /// When it was sent; 0 for a draft.
    pub sent_at: i64,
    /// Counts its changes.
    pub version: i64,
}

/// One to whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Identifier of the message.
    pub message: String,
    /// Identifier of the contact.
    pub contact: String,
    /// Identifier of the customer.
    pub customer: String,
    /// Mail address as it was; empty when the contact was destroyed.
    pub email: String,
    /// Digest of the secret of the link for the answer; empty where none is asked for.
    pub answer_hash: String,
    /// `waiting`, `taken`, `sent`, `written`, `failed`, `bounced`.
    pub state: String,
    /// What a server said.
    pub detail: String,
    /// The answer; empty for none.
    pub answer: String,
    /// When it was answered, in milliseconds.
    pub answered_at: i64,
}

const COLUMNS: &str = "id, message_kind, subject, body, contact_role, service, customer_kind, target_group, \
                       message_state, made_by, made_at, sent_at, version";
const RECIPIENT: &str = "message, contact, customer, email, answer_hash, recipient_state, detail, answer, answered_at";

impl Store {
    /// Messages, the newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn messages(&self) -> Result<Vec<Message>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM message ORDER BY id DESC LIMIT 200");
        let rows = query(AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(message).collect::<Result<_, _>>()?)
    }

    /// One message.
    ///
    /// # Errors
    /// `Missing`.
    pub async fn message(&self, id: &str) -> Result<Message, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE id = $1");
        let row = query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.pool).await?;
        Ok(message(&row.ok_or(StoreError::Missing)?)?)
    }

    /// Those to whom a message went or goes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn recipients(&self, message: &str) -> Result<Vec<Recipient>, StoreError> {
        self.recipients_where("message = $1", message, 60_000).await
    }

    /// Some who wait for a message.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn waiting_recipients(&self, most: i64) -> Result<Vec<Recipient>, StoreError> {
        self.recipients_where("recipient_state = $1", "waiting", most).await
    }

    /// The one whose link for the answer has this digest.
    ///
    /// # Errors
    /// `Missing`.
    pub async fn recipient_of_answer(&self, hash: &str) -> Result<Recipient, StoreError> {
        self.recipients_where("answer_hash = $1", hash, 1).await?.pop().ok_or(StoreError::Missing)
    }

    async fn recipients_where(&self, condition: &str, value: &str, most: i64) -> Result<Vec<Recipient>, StoreError> {
        let sql = format!("SELECT {RECIPIENT} FROM message_recipient WHERE {condition} ORDER BY contact LIMIT $2");
        let rows = query(AssertSqlSafe(sql)).bind(value).bind(most).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(recipient).collect::<Result<_, _>>()?)
    }

    /// Takes a waiting recipient, so that no other instance sends to it; false where one did.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn take_recipient(&self, recipient: &Recipient, now: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE message_recipient SET recipient_state = 'taken', changed_at = $1 \
                   WHERE message = $2 AND contact = $3 AND recipient_state = 'waiting'";
        let update = query(sql).bind(now).bind(&recipient.message).bind(&recipient.contact);
        Ok(update.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Notes what became of it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note_recipient(
        &self,
        recipient: &Recipient,
        state: &str,
        detail: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE message_recipient SET recipient_state = $1, detail = $2, changed_at = $3 \
                   WHERE message = $4 AND contact = $5";
        let update = query(sql).bind(state).bind(detail).bind(now).bind(&recipient.message).bind(&recipient.contact);
        update.execute(&self.pool).await?;
        Ok(())
    }
}

impl Write {
    /// Begins a message; its identifier.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_message(&mut self, message: &Message) -> Result<String, StoreError> {
        let id = new_id(message.made_at);
        let sql =
            format!("INSERT INTO message ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, 0, 1)");
        let insert = query(AssertSqlSafe(sql)).bind(&id).bind(&message.kind).bind(&message.subject).bind(&message.body);
        let insert = insert.bind(&message.list.role).bind(&message.list.service).bind(&message.list.customer_kind);
        let insert = insert.bind(&message.list.target_group).bind(&message.made_by).bind(message.made_at);
        insert.execute(self.connection()).await?;
        Ok(id)
    }

    /// Changes the words of a draft.
    ///
    /// # Errors
    /// `Changed` when somebody else did, or sent it.
    pub async fn change_message(
        &mut self,
        id: &str,
        version: i64,
        subject: &str,
        body: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE message SET subject = $1, body = $2, version = version + 1 \
                   WHERE id = $3 AND version = $4 AND message_state = 'draft'";
        let done = query(sql).bind(subject).bind(body).bind(id).bind(version).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
    }

    /// Sends a draft: it can be changed no more.
    ///
    /// # Errors
    /// `Changed` when somebody changed or sent it.
    pub async fn send_message(&mut self, id: &str, version: i64, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE message SET message_state = 'sent', sent_at = $1, version = version + 1 \
                   WHERE id = $2 AND version = $3 AND message_state = 'draft'";
        let done = query(sql).bind(now).bind(id).bind(version).execute(self.connection()).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
    }

    /// Puts one on a message's list of recipients.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn add_recipient(&mut self, recipient: &Recipient, now: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO message_recipient (message, contact, customer, email, answer_hash, recipient_state, \
                   changed_at) VALUES ($1, $2, $3, $4, $5, 'waiting', $6)";
        let insert = query(sql).bind(&recipient.message).bind(&recipient.contact).bind(&recipient.customer);
        let insert = insert.bind(&recipient.email).bind(&recipient.answer_hash).bind(now);
        insert.execute(self.connection()).await?;
        Ok(())
    }

    /// Lets those wait again to whom a message did not get through.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn retry_failed(&mut self, message: &str, now: i64) -> Result<u64, StoreError> {
        let sql = "UPDATE message_recipient SET recipient_state = 'waiting', detail = '', changed_at = $1 \
                   WHERE message = $2 AND recipient_state IN ('failed', 'taken')";
        Ok(query(sql).bind(now).bind(message).execute(self.connection()).await?.rows_affected())
    }

    /// Keeps an answer; a later one replaces it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn keep_answer(&mut self, recipient: &Recipient, answer: &str, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE message_recipient SET answer = $1, answered_at = $2 WHERE message = $3 AND contact = $4";
        let update = query(sql).bind(answer).bind(now).bind(&recipient.message).bind(&recipient.contact);
        update.execute(self.connection()).await?;
        Ok(())
    }
}

fn message(row: &AnyRow) -> Result<Message, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(Message {
        id: text(0)?,
        kind: text(1)?,
        subject: text(2)?,
        body: text(3)?,
        list: ListQuery { role: text(4)?, service: text(5)?, customer_kind: text(6)?, target_group: text(7)? },
        state: text(8)?,
        made_by: text(9)?,
        made_at: row.try_get(10)?,
        sent_at: row.try_get(11)?,
        version: row.try_get(12)?,
    })
}

fn recipient(row: &AnyRow) -> Result<Recipient, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(Recipient {
        message: text(0)?,
        contact: text(1)?,
        customer: text(2)?,
        email: text(3)?,
        answer_hash: text(4)?,
        state: text(5)?,
        detail: text(6)?,
        answer: text(7)?,
        answered_at: row.try_get(8)?,
    })
}
