-- Corrections of a quiz's marking: proposed (a dry run that stores no mark), then committed as a marking policy.
-- base_number: the policy that the dry run started from. correction: JSON. state: draft | committed.
-- total, marked: how many attempts have to be marked again and are. raised, lowered: how many of those moved.
-- queued: how many grades changed because of it.
CREATE TABLE regrades (
  id TEXT NOT NULL PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  base_number BIGINT NOT NULL,
  correction TEXT NOT NULL,
  raise_only BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  marking_policy_id TEXT UNIQUE REFERENCES marking_policies (id) ON DELETE CASCADE,
  committed_at TIMESTAMP,
  total BIGINT NOT NULL,
  marked BIGINT NOT NULL,
  raised BIGINT NOT NULL,
  lowered BIGINT NOT NULL,
  queued BIGINT NOT NULL,
  finished_at TIMESTAMP
);
CREATE INDEX regrades_by_assessment ON regrades (assessment_id, state);
CREATE INDEX regrades_by_person ON regrades (created_by);

-- Marking again goes through all attempts of an assessment, and asks which a policy has marked.
CREATE INDEX attempts_by_version ON attempts (assessment_version_id, state);
CREATE INDEX outcomes_by_policy ON outcomes (marking_policy_id);
