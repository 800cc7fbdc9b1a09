-- Records of co-testing and deployment.

CREATE TABLE system_ (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, system_version TEXT NOT NULL, system_class TEXT NOT NULL, contents TEXT NOT NULL, specification TEXT NOT NULL, certification_until TEXT NOT NULL, production_until TEXT NOT NULL, certificate_until TEXT NOT NULL, requirements_shown TEXT NOT NULL
);
CREATE INDEX system_customer ON system_ (customer);

CREATE TABLE co_test (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    system TEXT NOT NULL, contents TEXT NOT NULL, registered TEXT NOT NULL, system_form TEXT NOT NULL, architecture TEXT NOT NULL, period_start TEXT NOT NULL, period_end TEXT NOT NULL, phase_count TEXT NOT NULL, kick_off TEXT NOT NULL, cross_partner TEXT NOT NULL, statement_draft TEXT NOT NULL, report_draft TEXT NOT NULL, statement_issued TEXT NOT NULL
);
CREATE INDEX co_test_customer ON co_test (customer);

CREATE TABLE preliminary_case (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    co_test TEXT NOT NULL, name TEXT NOT NULL, reported TEXT NOT NULL, approved TEXT NOT NULL, description TEXT NOT NULL
);
CREATE INDEX preliminary_case_customer ON preliminary_case (customer);

CREATE TABLE phase (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    co_test TEXT NOT NULL, phase_form TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, approved TEXT NOT NULL, description TEXT NOT NULL
);
CREATE INDEX phase_customer ON phase (customer);

CREATE TABLE change_notice (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    system TEXT NOT NULL, noticed TEXT NOT NULL, description TEXT NOT NULL, touches_kanta TEXT NOT NULL, urgent TEXT NOT NULL, rerun TEXT NOT NULL, test_start TEXT NOT NULL, replied TEXT NOT NULL
);
CREATE INDEX change_notice_customer ON change_notice (customer);

CREATE TABLE deployment (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, system TEXT NOT NULL, terms_accepted TEXT NOT NULL, code_service_told TEXT NOT NULL, test_reason TEXT NOT NULL, test_passed TEXT NOT NULL, started TEXT NOT NULL, end_noticed TEXT NOT NULL, ended TEXT NOT NULL
);
CREATE INDEX deployment_customer ON deployment (customer);

-- Files of a record: an architecture description, the report of a run.
CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customer (id),
    record TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    content {blob} NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX attachment_record ON attachment (record);
