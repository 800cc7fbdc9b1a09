CREATE TABLE import (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content {blob} NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

-- What the nightly job will destroy the night after it was planned.
CREATE TABLE planned_destruction (
    record TEXT NOT NULL PRIMARY KEY,
    record_kind TEXT NOT NULL,
    customer TEXT NOT NULL,
    rule TEXT NOT NULL,
    due TEXT NOT NULL,
    planned_on TEXT NOT NULL
);

-- One row a night: the instance that could write it did the job.
CREATE TABLE nightly_job (
    day TEXT NOT NULL PRIMARY KEY,
    done_at BIGINT NOT NULL,
    destroyed BIGINT NOT NULL,
    planned BIGINT NOT NULL
);

CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    contact TEXT NOT NULL, article TEXT NOT NULL, received TEXT NOT NULL, description TEXT NOT NULL,
    request_state TEXT NOT NULL, decided TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX request_customer ON request (customer);
