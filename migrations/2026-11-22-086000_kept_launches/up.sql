-- What is kept of a refused launch besides its refusal, and of a test launch:
-- JSON of header and claims without what tells who the person is, and of what
-- was found. id: the trace id of a refusal. code is empty when it was accepted.
CREATE TABLE kept_launches (
  id TEXT NOT NULL PRIMARY KEY,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX kept_launches_by_registration ON kept_launches (registration_id, created_at);
CREATE INDEX kept_launches_by_subject ON kept_launches (subject);
CREATE INDEX kept_launches_by_time ON kept_launches (created_at);

-- An administrator wants the registration's next launch kept.
CREATE TABLE test_launches (
  registration_id TEXT NOT NULL PRIMARY KEY REFERENCES registrations (id) ON DELETE CASCADE,
  until TIMESTAMP NOT NULL
);
