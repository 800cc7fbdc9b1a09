-- Sign-ins that have begun at the provider of identities.
CREATE TABLE provider_attempt (
    state_hash TEXT NOT NULL PRIMARY KEY,
    visitor TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    next_address TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
