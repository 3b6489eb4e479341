-- The dry run of a proposed regrade that looks through too many attempts for one request. run: changes when it begins
-- anew, so that a piece of an earlier one is not counted. after_attempt: the last attempt that was looked at.
-- content: JSON of the counts so far.
CREATE TABLE regrade_trials (
  regrade_id TEXT NOT NULL PRIMARY KEY REFERENCES regrades (id) ON DELETE CASCADE,
  run TEXT NOT NULL,
  after_attempt TEXT NOT NULL,
  total BIGINT NOT NULL,
  looked BIGINT NOT NULL,
  content TEXT NOT NULL,
  finished_at TIMESTAMP
);
-- The attempts of the proposal's course whose marks would move, on the scale of its column.
CREATE TABLE regrade_moves (
  regrade_id TEXT NOT NULL REFERENCES regrade_trials (regrade_id) ON DELETE CASCADE,
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  score_before DOUBLE PRECISION NOT NULL,
  score_after DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (regrade_id, attempt_id)
);
CREATE INDEX regrade_moves_by_attempt ON regrade_moves (attempt_id);
