-- What the last check of a registration's connection found. verdict: ok | warn | bad. findings: JSON, without secrets.
CREATE TABLE platform_checks (
  registration_id TEXT NOT NULL PRIMARY KEY REFERENCES registrations (id) ON DELETE CASCADE,
  verdict TEXT NOT NULL,
  findings TEXT NOT NULL,
  checked_at TIMESTAMP NOT NULL
);
