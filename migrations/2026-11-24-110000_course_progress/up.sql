-- Whom a new version takes along: readers who have begun stay on theirs unless its author says otherwise.
ALTER TABLE course_versions ADD COLUMN moves_readers BOOLEAN NOT NULL DEFAULT FALSE;

-- Who has begun a course, on which of its versions, and where they stopped.
CREATE TABLE course_readers (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  course_version_id TEXT NOT NULL REFERENCES course_versions (id),
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  last_step TEXT NOT NULL,
  began_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, course_id)
);
CREATE INDEX course_readers_by_course ON course_readers (course_id);

-- What of a course somebody has done, by the step's stable key, which outlives versions. what: JSON of course::What.
CREATE TABLE course_steps_done (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  step_key TEXT NOT NULL,
  what TEXT NOT NULL,
  done_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, course_id, step_key)
);
CREATE INDEX course_steps_done_by_course ON course_steps_done (course_id);

-- The best try at each question of a lesson. fraction: 0 to 1.
CREATE TABLE course_checks_done (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  lesson_key TEXT NOT NULL,
  check_key TEXT NOT NULL,
  fraction DOUBLE PRECISION NOT NULL,
  tries BIGINT NOT NULL,
  done_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, course_id, lesson_key, check_key)
);
CREATE INDEX course_checks_done_by_course ON course_checks_done (course_id);

-- What somebody wrote for themselves; nobody else reads it.
CREATE TABLE course_reflections (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  lesson_key TEXT NOT NULL,
  reflection_key TEXT NOT NULL,
  words TEXT NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, course_id, lesson_key, reflection_key)
);

-- That somebody completed a version; rows never change. evidence: JSON of what was done when, with which result.
CREATE TABLE course_completions (
  id TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  course_version_id TEXT NOT NULL REFERENCES course_versions (id),
  completed_at TIMESTAMP NOT NULL,
  evidence TEXT NOT NULL,
  UNIQUE (person_id, course_version_id)
);
CREATE INDEX course_completions_by_course ON course_completions (course_id);

-- An activity of a platform that opens a course or a part of it. part: the key of a unit or step, empty for the whole.
-- score_rule: JSON of course::ScoreRule.
CREATE TABLE course_placements (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  resource_link_id TEXT NOT NULL UNIQUE REFERENCES resource_links (id) ON DELETE CASCADE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  part TEXT NOT NULL,
  score_rule TEXT NOT NULL,
  grade_column_id TEXT NOT NULL UNIQUE REFERENCES grade_columns (id),
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX course_placements_by_context ON course_placements (context_id);
CREATE INDEX course_placements_by_course ON course_placements (course_id);

-- The quizzes of a placed course: each has a placement of its own, found by the step's key.
CREATE TABLE course_placement_steps (
  course_placement_id TEXT NOT NULL REFERENCES course_placements (id) ON DELETE CASCADE,
  step_key TEXT NOT NULL,
  placement_id TEXT NOT NULL UNIQUE REFERENCES placements (id) ON DELETE CASCADE,
  PRIMARY KEY (course_placement_id, step_key)
);
