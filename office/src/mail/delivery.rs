//! Delivers what waits, and notes what became of it.

use super::post::{Post, Posted};
use crate::access::digest;
use crate::clock::finnish_date;
use crate::register::{Record, kind_of};
use crate::store::{Change, LogEntry, Recipient, Store, StoreError};

/// Recipients that are looked for at once.
const BATCH: i64 = 50;
/// Way by which the data came that a delivery tells.
const ORIGIN: &str = "delivery";
/// Name under which the key of the links for answers is remembered.
pub const ANSWER_KEY: &str = "answer key";

/// Sends to everyone who waits; how many were tried. A recipient is taken before it is sent to, so that nobody gets a
/// message twice; one that was taken when the office died shows as such and is sent to again by a person's word.
///
/// # Errors
/// `Unavailable`.
pub async fn deliver_waiting(store: &Store, post: &Post, address: &str, now: i64) -> Result<usize, StoreError> {
    let mut tried = 0;
    loop {
        let waiting = store.waiting_recipients(BATCH).await?;
        if waiting.is_empty() {
            return Ok(tried);
        }
        for recipient in waiting {
            if store.take_recipient(&recipient, now).await? {
                deliver(store, post, address, &recipient, now).await?;
                tried += 1;
            }
        }
    }
}

async fn deliver(store: &Store, post: &Post, address: &str, recipient: &Recipient, now: i64) -> Result<(), StoreError> {
    let message = store.message(&recipient.message).await?;
    let body = if recipient.answer_hash.is_empty() {
        message.body.clone()
    } else {
        let secret = answer_secret(&store.remembered(ANSWER_KEY).await?, &recipient.message, &recipient.contact);
        format!("{}\n\n{address}/answers/{secret}\n", message.body)
    };
    let name = format!("{}-{}", recipient.message, recipient.contact);
    let (state, detail) = match post.send(&recipient.email, &message.subject, &body, &name).await {
        Posted::Sent => ("sent", String::new()),
        Posted::Written => ("written", String::new()),
        Posted::Failed(detail) => ("failed", detail),
        Posted::Refused(detail) => {
            mark_bounced(store, &recipient.email, &detail, now).await?;
            ("bounced", detail)
        }
    };
    let detail: String = detail.chars().filter(|c| !c.is_control()).take(300).collect();
    store.note_recipient(recipient, state, &detail, now).await
}

/// The secret of the link by which a contact answers. It is made from one key and never stored.
pub fn answer_secret(key: &str, message: &str, contact: &str) -> String {
    digest(format!("answer {key} {message} {contact}").as_bytes())
}

/// Marks every contact with this mail address as not reachable by it; how many there were.
///
/// # Errors
/// `Unavailable`.
pub async fn mark_bounced(store: &Store, email: &str, detail: &str, now: i64) -> Result<usize, StoreError> {
    let kind = kind_of("contact").ok_or(StoreError::Missing)?;
    let mut marked = 0;
    if !email.contains('@') {
        return Ok(marked);
    }
    for (customer, id) in store.contacts_of_person(email).await? {
        let contact = store.record(kind, &customer, &id).await?;
        if contact.text("email_invalid_since").is_empty() {
            mark(store, &contact, detail, now).await?;
            marked += 1;
        }
    }
    Ok(marked)
}

async fn mark(store: &Store, contact: &Record, detail: &str, now: i64) -> Result<(), StoreError> {
    let mut values = contact.values.clone();
    values.insert("email_invalid_since".to_owned(), finnish_date(now).to_string());
    let mut write = store.write().await?;
    let change = Change { by: ORIGIN, origin: ORIGIN, at: now };
    write.change_record(contact, &values, change).await?;
    let entry = LogEntry {
        at: now,
        action: "mail that could not be delivered".to_owned(),
        customer: contact.customer.clone(),
        outcome: "done".to_owned(),
        detail: detail.chars().filter(|c| !c.is_control()).take(200).collect(),
        persons: vec![contact.id.clone()],
        ..LogEntry::default()
    };
    write.note(&entry).await?;
    write.commit().await
}
