-- Records of customers. Dates are texts of the form 2026-11-30. A field with several values holds them between spaces.

CREATE TABLE customer (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, customer_kind TEXT NOT NULL, business_id TEXT NOT NULL, organisation_oid TEXT NOT NULL,
    profession TEXT NOT NULL, language TEXT NOT NULL, target_group TEXT NOT NULL,
    name_folded TEXT NOT NULL DEFAULT ''
);
CREATE INDEX customer_name ON customer (name_folded);
CREATE INDEX customer_business ON customer (business_id);
CREATE INDEX customer_oid ON customer (organisation_oid);

CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    name TEXT NOT NULL, contact_form TEXT NOT NULL, contact_roles TEXT NOT NULL, duties TEXT NOT NULL,
    email TEXT NOT NULL, telephone TEXT NOT NULL, card_number TEXT NOT NULL, email_invalid_since TEXT NOT NULL,
    name_folded TEXT NOT NULL DEFAULT '', email_folded TEXT NOT NULL DEFAULT ''
);
CREATE INDEX contact_customer ON contact (customer);
CREATE INDEX contact_name ON contact (name_folded);
CREATE INDEX contact_email ON contact (email_folded);

CREATE TABLE address (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    address_use TEXT NOT NULL, recipient TEXT NOT NULL, street TEXT NOT NULL, postal_code TEXT NOT NULL,
    town TEXT NOT NULL, country TEXT NOT NULL, invoice_address TEXT NOT NULL, invoice_reference TEXT NOT NULL
);
CREATE INDEX address_customer ON address (customer);

CREATE TABLE service_use (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL
);
CREATE INDEX service_use_customer ON service_use (customer);
CREATE INDEX service_use_service ON service_use (service);

CREATE TABLE connection (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    connection_form TEXT NOT NULL, name TEXT NOT NULL, identifier TEXT NOT NULL, description TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT NOT NULL
);
CREATE INDEX connection_customer ON connection (customer);

CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    service TEXT NOT NULL, application_state TEXT NOT NULL, state_since TEXT NOT NULL, description TEXT NOT NULL
);
CREATE INDEX application_customer ON application (customer);

CREATE TABLE paper (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    paper TEXT NOT NULL, service TEXT NOT NULL, signed TEXT NOT NULL, archive_reference TEXT NOT NULL
);
CREATE INDEX paper_customer ON paper (customer);

CREATE TABLE archivist (
    id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL REFERENCES customer (id), version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    contact TEXT NOT NULL, register_oid TEXT NOT NULL, other_registers TEXT NOT NULL, started TEXT NOT NULL,
    ended TEXT NOT NULL, other_registers_confirmed TEXT NOT NULL
);
CREATE INDEX archivist_customer ON archivist (customer);
CREATE INDEX archivist_contact ON archivist (contact);

CREATE TABLE datum (
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    origin TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (record, field)
);
