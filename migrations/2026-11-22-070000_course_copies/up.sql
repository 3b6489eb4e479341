-- Copied activities and courses, and registrations that are joined because they are one platform
-- (docs/decisions/0006-copies-and-joins.md).

-- history: the platform's ids of the courses that this one was copied from, as launches tell, nearest first, separated
-- by commas. copied_from: the nearest of them that we know. copy_answer: reuse | anew, empty while nobody was asked.
ALTER TABLE contexts ADD COLUMN history TEXT NOT NULL DEFAULT '';
ALTER TABLE contexts ADD COLUMN copied_from TEXT REFERENCES contexts (id) ON DELETE SET NULL;
ALTER TABLE contexts ADD COLUMN copy_answer TEXT NOT NULL DEFAULT '';

-- What the custom parameter named when it was last followed: only a changed one is followed again.
ALTER TABLE resource_links ADD COLUMN named_assessment TEXT;

-- copy_state: duplicate (opens the same as copied_from, of the same course) | offered (came along into a copied course
-- whose instructor chooses anew) | same (an instructor wants it so) | independent (has a quiz of its own now) |
-- rebound (made when the copied course's activities were taken over; without a link until somebody opens it) |
-- adopted (was there before, with former_weight)
ALTER TABLE placements ADD COLUMN copied_from TEXT REFERENCES placements (id) ON DELETE SET NULL;
ALTER TABLE placements ADD COLUMN copy_state TEXT NOT NULL DEFAULT '';
ALTER TABLE placements ADD COLUMN former_weight DOUBLE PRECISION;
ALTER TABLE grade_columns ADD COLUMN copied_from TEXT REFERENCES grade_columns (id) ON DELETE SET NULL;

-- The platform's own name for its installation, empty while no launch told it.
ALTER TABLE registrations ADD COLUMN platform_guid TEXT NOT NULL DEFAULT '';

-- registration_id goes on with what former_registration_id had: one platform. Kept when it is undone.
CREATE TABLE registration_joins (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  former_registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  joined_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  joined_at TIMESTAMP NOT NULL,
  undone_at TIMESTAMP
);
CREATE UNIQUE INDEX registration_joins_one ON registration_joins (registration_id) WHERE undone_at IS NULL;
CREATE INDEX registration_joins_by_former ON registration_joins (former_registration_id);

-- What a join changed, in order, so that undoing it restores exactly that. kind: identity (former: the person's number,
-- empty for an identity that is younger than the join) | attempt | placement (former: JSON)
CREATE TABLE join_moves (
  id TEXT NOT NULL PRIMARY KEY,
  registration_join_id TEXT NOT NULL REFERENCES registration_joins (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  former TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX join_moves_by_join ON join_moves (registration_join_id);
