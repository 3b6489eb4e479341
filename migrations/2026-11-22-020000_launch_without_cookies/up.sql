-- What proves the browser of a launch whose cookie was lost. storage_hash: SHA-256 of a secret that only this
-- browser's storage holds, empty for a login that stored none; storage_target: the platform's frame that stores for
-- us; way: how the login was begun, empty when nothing special was done.
ALTER TABLE login_states ADD COLUMN storage_hash TEXT;
ALTER TABLE login_states ADD COLUMN storage_target TEXT;
ALTER TABLE login_states ADD COLUMN way TEXT NOT NULL DEFAULT '';

-- Launches that were verified and wait for their browser to prove itself. message holds personal data.
CREATE TABLE parked_launches (
  id TEXT NOT NULL PRIMARY KEY,
  deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  cookie_name TEXT NOT NULL,
  cookie_hash TEXT NOT NULL,
  storage_hash TEXT NOT NULL,
  message TEXT NOT NULL,
  proven_by TEXT NOT NULL,
  ticket_hash TEXT UNIQUE,
  ticket_expires_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX parked_launches_by_expiry ON parked_launches (expires_at);

-- How launches arrived, counted by day. way: cookie | partitioned-cookie | storage-access | storage-handshake |
-- storage-of-platform | new-window | refused
CREATE TABLE launch_ways (
  deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  way TEXT NOT NULL,
  launches BIGINT NOT NULL,
  PRIMARY KEY (deployment_id, day, way)
);
