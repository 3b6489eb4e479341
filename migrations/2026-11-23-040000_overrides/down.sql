DROP TABLE accommodations;
DROP TABLE rule_overrides;
DROP TABLE group_members;
DROP TABLE course_groups;
DROP INDEX attempts_ending;
ALTER TABLE attempts DROP COLUMN break_ends_at;
ALTER TABLE attempts DROP COLUMN submit_until;
