-- Dates and times: milliseconds since 1970-01-01 UTC as whole numbers; 0 where there is none.
-- Texts are never null; an empty text is none. {blob} is the database's type for bytes.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '',
    totp_secret TEXT NOT NULL DEFAULT '',
    totp_step BIGINT NOT NULL DEFAULT 0,
    provider_subject TEXT NOT NULL DEFAULT '',
    closed BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL
);
CREATE INDEX account_subject ON account (provider_subject);

CREATE TABLE account_right (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    customer TEXT NOT NULL DEFAULT '',
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL
);
CREATE INDEX account_right_account ON account_right (account);
CREATE INDEX account_right_customer ON account_right (customer);

CREATE TABLE invitation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    totp_secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    right_id TEXT NOT NULL DEFAULT '',
    form_token TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE attempt (
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    id TEXT NOT NULL PRIMARY KEY
);
CREATE INDEX attempt_source ON attempt (source, at);

CREATE TABLE log_head (
    id BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO log_head (id, number, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE log (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    login TEXT NOT NULL,
    role TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    action TEXT NOT NULL,
    customer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    persons TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX log_login ON log (login, number);
CREATE INDEX log_customer ON log (customer, number);

CREATE TABLE log_person (
    person TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (person, number)
);
