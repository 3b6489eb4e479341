-- Member lists: when one was asked for last, and why it did not come.
ALTER TABLE contexts ADD COLUMN roster_tried_at TIMESTAMP;
-- roster_problem: unreachable | throttled | scope | origin | gone | refused | other; empty when the last try succeeded
ALTER TABLE contexts ADD COLUMN roster_problem TEXT;

-- When the platform's list changed its mind about somebody's role; empty while it says what it always said.
ALTER TABLE enrolments ADD COLUMN roster_role_at TIMESTAMP;

-- Who may open an activity, where the platform tells it for each (rlid); members_read_at is empty where it does not.
ALTER TABLE resource_links ADD COLUMN members_read_at TIMESTAMP;
CREATE TABLE link_members (
  resource_link_id TEXT NOT NULL REFERENCES resource_links (id) ON DELETE CASCADE,
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  PRIMARY KEY (resource_link_id, identity_id)
);
CREATE INDEX link_members_by_identity ON link_members (identity_id);
