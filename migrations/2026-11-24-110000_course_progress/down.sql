DROP TABLE course_placement_steps;
DROP TABLE course_placements;
DROP TABLE course_completions;
DROP TABLE course_reflections;
DROP TABLE course_checks_done;
DROP TABLE course_steps_done;
DROP TABLE course_readers;
ALTER TABLE course_versions DROP COLUMN moves_readers;
