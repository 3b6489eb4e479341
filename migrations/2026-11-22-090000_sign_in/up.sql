-- Sign-in of administrators by a college's OpenID Connect provider.

-- A sign-in that was sent to the provider; used once.
CREATE TABLE sign_in_states (
  id TEXT NOT NULL PRIMARY KEY,
  state_hash TEXT NOT NULL UNIQUE,
  cookie_hash TEXT NOT NULL,
  provider TEXT NOT NULL,
  nonce TEXT NOT NULL,
  code_verifier TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_states_by_expiry ON sign_in_states (expires_at);

-- Who told an identity of kind `provider`: the issuer of its ID tokens.
ALTER TABLE identities ADD COLUMN issuer TEXT;
CREATE UNIQUE INDEX identities_by_issuer ON identities (issuer, subject);
CREATE INDEX audit_records_by_person ON audit_records (person_id);
