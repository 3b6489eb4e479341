-- Accounts of learners who come from no platform.

-- For whom a sign-in was begun: administrator | learner.
ALTER TABLE sign_in_states ADD COLUMN audience TEXT NOT NULL DEFAULT 'administrator';

-- Codes by which learners sign in. kind: invitation (once; makes an account) | again (once; for an account whose own
-- code was lost) | return (the account's own, as often as they like). code_hash: keyed, since the codes are short.
CREATE TABLE learner_codes (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  code_hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  identity_id TEXT REFERENCES identities (id) ON DELETE CASCADE,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP,
  used_at TIMESTAMP
);
CREATE INDEX learner_codes_by_organisation ON learner_codes (organisation_id, kind);
CREATE INDEX learner_codes_by_identity ON learner_codes (identity_id);
