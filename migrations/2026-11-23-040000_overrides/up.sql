-- Until when an attempt may be submitted: its due time and the grace of its rules; the server ends it then.
-- A running attempt of before has no such grace.
ALTER TABLE attempts ADD COLUMN submit_until TIMESTAMP;
-- Until when its clock stands at the latest, while its student has a break.
ALTER TABLE attempts ADD COLUMN break_ends_at TIMESTAMP;
UPDATE attempts SET submit_until = due_at;
CREATE INDEX attempts_ending ON attempts (state, submit_until);

-- Groups of a course's people. platform_id: the platform's own number of the group, where it tells it; empty for one
-- that an instructor made here.
CREATE TABLE course_groups (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  platform_id TEXT,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (context_id, name)
);
CREATE TABLE group_members (
  course_group_id TEXT NOT NULL REFERENCES course_groups (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  PRIMARY KEY (course_group_id, person_id)
);
CREATE INDEX group_members_by_person ON group_members (person_id);

-- Rules of an activity that are different for one person or one group: exactly one of the two is set.
-- content: JSON, only what is different.
CREATE TABLE rule_overrides (
  id TEXT NOT NULL PRIMARY KEY,
  placement_id TEXT NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  course_group_id TEXT REFERENCES course_groups (id) ON DELETE CASCADE,
  content TEXT NOT NULL,
  changed_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  changed_at TIMESTAMP NOT NULL,
  UNIQUE (placement_id, person_id),
  UNIQUE (placement_id, course_group_id)
);
CREATE INDEX rule_overrides_by_person ON rule_overrides (person_id);
CREATE INDEX rule_overrides_by_group ON rule_overrides (course_group_id);
CREATE INDEX rule_overrides_by_changer ON rule_overrides (changed_by);

-- What a person needs in every assessment of an organisation. content: JSON.
CREATE TABLE accommodations (
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  content TEXT NOT NULL,
  changed_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  changed_at TIMESTAMP NOT NULL,
  PRIMARY KEY (organisation_id, person_id)
);
CREATE INDEX accommodations_by_person ON accommodations (person_id);
CREATE INDEX accommodations_by_changer ON accommodations (changed_by);
