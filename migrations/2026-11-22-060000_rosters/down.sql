DROP TABLE link_members;
ALTER TABLE resource_links DROP COLUMN members_read_at;
ALTER TABLE enrolments DROP COLUMN roster_role_at;
ALTER TABLE contexts DROP COLUMN roster_problem;
ALTER TABLE contexts DROP COLUMN roster_tried_at;
