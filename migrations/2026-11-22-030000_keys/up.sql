-- Rotation of our own keys, and the platforms' key sets that outlive a restart.

-- state: published (in our key set, signs only where it is proven) | signing | retiring (still in our key set)
ALTER TABLE tool_keys ADD COLUMN state TEXT NOT NULL DEFAULT 'retiring';
ALTER TABLE tool_keys ADD COLUMN signing_at TIMESTAMP;
UPDATE tool_keys SET state = 'signing', signing_at = created_at WHERE id =
  (SELECT id FROM tool_keys WHERE retired_at IS NULL ORDER BY created_at DESC, id LIMIT 1);
UPDATE tool_keys SET retired_at = created_at WHERE state = 'retiring' AND retired_at IS NULL;
-- Two processes that rotate at once must not make two keys.
CREATE UNIQUE INDEX tool_keys_one_in_each_state ON tool_keys (state) WHERE state <> 'retiring';

-- Whether a platform accepts one of our keys.
-- result: waiting | proven | refused (it still accepts the old one) | refused-both | unreachable
CREATE TABLE key_drills (
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  tool_key_id TEXT NOT NULL REFERENCES tool_keys (id) ON DELETE CASCADE,
  result TEXT NOT NULL,
  detail TEXT NOT NULL,
  tries BIGINT NOT NULL,
  due_at TIMESTAMP NOT NULL,
  tried_at TIMESTAMP,
  proven_at TIMESTAMP,
  PRIMARY KEY (registration_id, tool_key_id)
);
CREATE INDEX key_drills_by_key ON key_drills (tool_key_id, due_at);

-- A platform's key set as it was when a launch was last verified with a fresh one.
CREATE TABLE platform_key_sets (
  registration_id TEXT NOT NULL PRIMARY KEY REFERENCES registrations (id) ON DELETE CASCADE,
  jwks_url TEXT NOT NULL,
  key_set TEXT NOT NULL,
  fetched_at TIMESTAMP NOT NULL
);
