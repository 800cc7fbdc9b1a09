CREATE TABLE message (
    id TEXT NOT NULL PRIMARY KEY,
    message_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    contact_role TEXT NOT NULL,
    service TEXT NOT NULL,
    customer_kind TEXT NOT NULL,
    target_group TEXT NOT NULL,
    message_state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);

-- To whom a message goes, as it was when it was sent. The address is emptied when the contact is destroyed.
CREATE TABLE message_recipient (
    message TEXT NOT NULL REFERENCES message (id),
    contact TEXT NOT NULL,
    customer TEXT NOT NULL,
    email TEXT NOT NULL,
    answer_hash TEXT NOT NULL,
    recipient_state TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    changed_at BIGINT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (message, contact)
);
CREATE INDEX message_recipient_answer ON message_recipient (answer_hash);
CREATE INDEX message_recipient_contact ON message_recipient (contact);
CREATE INDEX message_recipient_state ON message_recipient (recipient_state);

-- Contact data that were given to another authority, and why.
CREATE TABLE disclosure (
    id TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    reason TEXT NOT NULL,
    selection TEXT NOT NULL,
    contacts BIGINT NOT NULL,
    file_digest TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
