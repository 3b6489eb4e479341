-- Files that authors put into questions and that students upload: one row per content and organisation.
-- hash: SHA-256 of the stored content. kind: assessment's FileKind. piece_bytes: the size of each piece but the last.
-- authored_at: when an author put it there; NULL for what only students uploaded.
CREATE TABLE media (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  piece_bytes BIGINT NOT NULL,
  width BIGINT,
  height BIGINT,
  authored_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (organisation_id, hash)
);
CREATE INDEX media_by_age ON media (authored_at, created_at);

-- Their content, in pieces, so that nobody has to hold a whole file. number: 0, 1, 2, …
CREATE TABLE media_pieces (
  media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (media_id, number)
);

-- What a student uploaded for a question of an attempt. named_at: when an entry first named it as an answer.
CREATE TABLE media_uploads (
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  slot TEXT NOT NULL,
  media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
  named_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (attempt_id, slot, media_id)
);
CREATE INDEX media_uploads_by_media ON media_uploads (media_id);
CREATE INDEX media_uploads_by_age ON media_uploads (named_at, created_at);
