-- What platforms say of themselves and of us, and changes that wait for an administrator.

-- Origins beside those of the endpoints where the platform's services are, approved, separated by spaces.
ALTER TABLE registrations ADD COLUMN service_origins TEXT NOT NULL DEFAULT '';

-- What was last read. management_token is encrypted like our private keys.
-- offer, asked and stored are JSON; empty where nothing is known.
CREATE TABLE platform_offers (
  registration_id TEXT NOT NULL PRIMARY KEY REFERENCES registrations (id) ON DELETE CASCADE,
  configuration_url TEXT NOT NULL,
  management_url TEXT,
  management_token TEXT,
  offer TEXT NOT NULL,
  asked TEXT NOT NULL,
  stored TEXT NOT NULL,
  read_at TIMESTAMP NOT NULL
);

-- source: registration | administrator | launch
-- state: applied | waiting | approved | rejected | superseded
-- differences: JSON list of field, held, said
CREATE TABLE registration_changes (
  id TEXT NOT NULL PRIMARY KEY,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  differences TEXT NOT NULL,
  found_at TIMESTAMP NOT NULL,
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES persons (id) ON DELETE SET NULL
);
CREATE INDEX registration_changes_by_registration ON registration_changes (registration_id, state);
