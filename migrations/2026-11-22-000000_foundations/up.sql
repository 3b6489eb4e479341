-- One set of SQL for SQLite and PostgreSQL: TEXT for ids (UUIDv7), JSON and
-- enums, BIGINT, INTEGER, BOOLEAN, DOUBLE PRECISION, TIMESTAMP in UTC.
-- What each table is for, and how long its personal data stays, is written in
-- docs/personal-data.md.

CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  built_in BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL
);

-- One-time addresses. kind: registration | administrator
CREATE TABLE invitations (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  host TEXT,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP
);
CREATE INDEX invitations_by_organisation ON invitations (organisation_id, kind);

-- status: active | disabled
CREATE TABLE registrations (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  invitation_id TEXT REFERENCES invitations (id) ON DELETE SET NULL,
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  auth_login_url TEXT NOT NULL,
  token_url TEXT NOT NULL,
  token_audience TEXT,
  jwks_url TEXT NOT NULL,
  product_family TEXT NOT NULL,
  platform_name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  UNIQUE (issuer, client_id)
);
CREATE INDEX registrations_by_organisation ON registrations (organisation_id);

-- status: active | disabled
CREATE TABLE deployments (
  id TEXT NOT NULL PRIMARY KEY,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  platform_id TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (registration_id, platform_id)
);

-- Our own key pairs; id is the key id in our key set.
CREATE TABLE tool_keys (
  id TEXT NOT NULL PRIMARY KEY,
  private_key TEXT NOT NULL,
  public_key TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  retired_at TIMESTAMP
);

CREATE TABLE login_states (
  id TEXT NOT NULL PRIMARY KEY,
  state_hash TEXT NOT NULL UNIQUE,
  cookie_hash TEXT NOT NULL,
  nonce TEXT NOT NULL,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  target_link_uri TEXT NOT NULL,
  deployment_platform_id TEXT,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX login_states_by_expiry ON login_states (expires_at);

CREATE TABLE browsers (
  id TEXT NOT NULL PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL
);

CREATE TABLE persons (
  id TEXT NOT NULL PRIMARY KEY,
  created_at TIMESTAMP NOT NULL
);

-- kind: platform (registration_id and the platform's sub) | administrator (an administrator's link)
CREATE TABLE identities (
  id TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  registration_id TEXT REFERENCES registrations (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  name TEXT,
  given_name TEXT,
  family_name TEXT,
  email TEXT,
  sourced_id TEXT,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  UNIQUE (registration_id, subject)
);
CREATE INDEX identities_by_person ON identities (person_id);

-- role: administrator | author
CREATE TABLE organisation_roles (
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  granted_at TIMESTAMP NOT NULL,
  PRIMARY KEY (organisation_id, person_id, role)
);
CREATE INDEX organisation_roles_by_person ON organisation_roles (person_id);

-- platform_id is empty for launches outside any context.
CREATE TABLE contexts (
  id TEXT NOT NULL PRIMARY KEY,
  deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
  platform_id TEXT NOT NULL,
  label TEXT NOT NULL,
  title TEXT NOT NULL,
  line_items_url TEXT,
  ags_scopes TEXT NOT NULL,
  memberships_url TEXT,
  roster_read_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  UNIQUE (deployment_id, platform_id)
);

-- Who belongs to a context. launch_role is what the last launch said,
-- roster_role what the platform's member list said: instructor | learner | none
CREATE TABLE enrolments (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  launch_role TEXT,
  roster_role TEXT,
  in_roster BOOLEAN NOT NULL,
  launched_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (context_id, identity_id)
);
CREATE INDEX enrolments_by_identity ON enrolments (identity_id);

CREATE TABLE resource_links (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  platform_id TEXT NOT NULL,
  title TEXT NOT NULL,
  line_item_url TEXT,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  UNIQUE (context_id, platform_id)
);

-- kind: launch | deep-linking | administration; role: instructor | learner | none | administrator
CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  browser_id TEXT NOT NULL REFERENCES browsers (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  registration_id TEXT REFERENCES registrations (id) ON DELETE CASCADE,
  deployment_id TEXT REFERENCES deployments (id) ON DELETE CASCADE,
  context_id TEXT REFERENCES contexts (id) ON DELETE CASCADE,
  resource_link_id TEXT REFERENCES resource_links (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  role TEXT NOT NULL,
  locale TEXT NOT NULL,
  csrf_token TEXT NOT NULL,
  launch TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP
);
CREATE INDEX sessions_by_browser ON sessions (browser_id);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- What is kept of a refused request; id is the trace id that the page shows.
CREATE TABLE refusals (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  registration_id TEXT REFERENCES registrations (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX refusals_by_time ON refusals (created_at);

-- visibility: private | shared | public
CREATE TABLE assessments (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  visibility TEXT NOT NULL,
  title TEXT NOT NULL,
  search_text TEXT NOT NULL,
  draft TEXT NOT NULL,
  draft_revision BIGINT NOT NULL,
  published_version_id TEXT,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  archived_at TIMESTAMP
);
CREATE INDEX assessments_by_organisation ON assessments (organisation_id, updated_at);

CREATE TABLE items (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  created_at TIMESTAMP NOT NULL
);

CREATE TABLE item_versions (
  id TEXT NOT NULL PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (item_id, number)
);

-- content names the item versions by id. Rows are never changed.
CREATE TABLE assessment_versions (
  id TEXT NOT NULL PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (assessment_id, number)
);

CREATE TABLE marking_policies (
  id TEXT NOT NULL PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (assessment_id, number)
);

-- A column of a platform's gradebook. origin: link (the platform made it with
-- the activity) | tool (made when an instructor pressed for it) | none
CREATE TABLE grade_columns (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  resource_id TEXT NOT NULL,
  label TEXT NOT NULL,
  line_item_url TEXT,
  score_maximum DOUBLE PRECISION NOT NULL,
  origin TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE INDEX grade_columns_by_context ON grade_columns (context_id, resource_id);

-- One activity in one place.
CREATE TABLE placements (
  id TEXT NOT NULL PRIMARY KEY,
  context_id TEXT NOT NULL REFERENCES contexts (id) ON DELETE CASCADE,
  resource_link_id TEXT UNIQUE REFERENCES resource_links (id) ON DELETE CASCADE,
  assessment_id TEXT NOT NULL REFERENCES assessments (id),
  grade_column_id TEXT NOT NULL REFERENCES grade_columns (id),
  weight DOUBLE PRECISION NOT NULL,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX placements_by_column ON placements (grade_column_id);
CREATE INDEX placements_by_assessment ON placements (assessment_id);

-- state: open | submitted; ended_by: student | deadline
CREATE TABLE attempts (
  id TEXT NOT NULL PRIMARY KEY,
  placement_id TEXT NOT NULL REFERENCES placements (id),
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  assessment_version_id TEXT NOT NULL REFERENCES assessment_versions (id),
  seed BIGINT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  due_at TIMESTAMP,
  submitted_at TIMESTAMP,
  ended_by TEXT,
  last_position BIGINT NOT NULL,
  UNIQUE (placement_id, person_id, number)
);
CREATE INDEX attempts_by_person ON attempts (person_id);
CREATE INDEX attempts_due ON attempts (state, due_at);

-- The log. Rows are never changed; position is given on commit.
CREATE TABLE attempt_entries (
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  writer TEXT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  slot TEXT,
  payload TEXT NOT NULL,
  device_at TIMESTAMP,
  elapsed_ms BIGINT,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  received_at TIMESTAMP NOT NULL,
  PRIMARY KEY (attempt_id, position),
  UNIQUE (attempt_id, writer, number)
);

-- Who may write to a log: a tab or device under a lease, or a plain form.
CREATE TABLE attempt_writers (
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  writer TEXT NOT NULL,
  session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL,
  last_number BIGINT NOT NULL,
  last_hash TEXT NOT NULL,
  leased_until TIMESTAMP NOT NULL,
  PRIMARY KEY (attempt_id, writer)
);

CREATE TABLE outcomes (
  attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
  marking_policy_id TEXT NOT NULL REFERENCES marking_policies (id),
  score DOUBLE PRECISION NOT NULL,
  maximum DOUBLE PRECISION NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (attempt_id, marking_policy_id)
);

-- The outbox: the grade that a column should show for a person.
-- state: no-column | waiting | delivered | refused | parked | kept
-- sent_fractions: JSON list of the shares (0 to 1) that may stand at the
-- platform because of us; any other value there is a teacher's.
CREATE TABLE grade_deliveries (
  id TEXT NOT NULL PRIMARY KEY,
  grade_column_id TEXT NOT NULL REFERENCES grade_columns (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  identity_id TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
  registration_id TEXT NOT NULL REFERENCES registrations (id) ON DELETE CASCADE,
  score DOUBLE PRECISION NOT NULL,
  maximum DOUBLE PRECISION NOT NULL,
  comment TEXT NOT NULL,
  started_at TIMESTAMP,
  submitted_at TIMESTAMP,
  revision BIGINT NOT NULL,
  state TEXT NOT NULL,
  due_at TIMESTAMP NOT NULL,
  first_due_at TIMESTAMP NOT NULL,
  tries BIGINT NOT NULL,
  lease TEXT,
  leased_until TIMESTAMP,
  stamp TIMESTAMP,
  sent_fractions TEXT NOT NULL,
  sent_revision BIGINT,
  delivered_at TIMESTAMP,
  problem_code TEXT,
  problem_detail TEXT,
  platform_score DOUBLE PRECISION,
  platform_maximum DOUBLE PRECISION,
  overwrite BOOLEAN NOT NULL,
  pressed_at TIMESTAMP,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (grade_column_id, person_id)
);
CREATE INDEX grade_deliveries_due ON grade_deliveries (state, due_at);
CREATE INDEX grade_deliveries_leased ON grade_deliveries (registration_id, leased_until);

-- Work that takes longer than a request, or that must not be done twice at
-- once. kind: roster (of a context) | column (a gradebook column being made)
CREATE TABLE jobs (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  due_at TIMESTAMP NOT NULL,
  tries BIGINT NOT NULL,
  lease TEXT,
  leased_until TIMESTAMP,
  problem_code TEXT,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (kind, subject_id)
);
CREATE INDEX jobs_due ON jobs (due_at);

CREATE TABLE audit_records (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  person_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL
);
CREATE INDEX audit_records_by_organisation ON audit_records (organisation_id, created_at);
