-- Competency frameworks in CASE form; rows never change. organisation_id: empty for everybody's. identifier: that of the
-- document, the same for each version of an edition. document: JSON of the package.
CREATE TABLE competency_frameworks (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT REFERENCES organisations (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  identifier TEXT NOT NULL,
  number BIGINT NOT NULL,
  document TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX competency_frameworks_by_organisation ON competency_frameworks (organisation_id, key);
CREATE INDEX competency_frameworks_by_identifier ON competency_frameworks (identifier);
