-- Columns that several activities contribute to, and what a daily look at the platform finds out about columns.

-- kind: activity (a placement's own) | module (weighted from several; at most one in a context)
ALTER TABLE grade_columns ADD COLUMN kind TEXT NOT NULL DEFAULT 'activity';
-- rounding: hundredths | tenths | halves | whole
ALTER TABLE grade_columns ADD COLUMN rounding TEXT NOT NULL DEFAULT 'hundredths';
-- unfinished (an activity that somebody has not done): left-out | zero-after-close
ALTER TABLE grade_columns ADD COLUMN unfinished TEXT NOT NULL DEFAULT 'left-out';
-- missing: link (the activity's own line item is gone) | tool (the one that we made)
ALTER TABLE grade_columns ADD COLUMN missing TEXT;
-- The scale that the platform's column has when it is not ours, and the one that we had before we followed it.
ALTER TABLE grade_columns ADD COLUMN platform_maximum DOUBLE PRECISION;
ALTER TABLE grade_columns ADD COLUMN former_maximum DOUBLE PRECISION;
ALTER TABLE grade_columns ADD COLUMN maximum_changed_at TIMESTAMP;
ALTER TABLE grade_columns ADD COLUMN checked_at TIMESTAMP;
CREATE UNIQUE INDEX grade_columns_one_module ON grade_columns (context_id) WHERE kind = 'module';

-- When it was seen that the platform shows nothing any more where our grade had arrived.
ALTER TABLE grade_deliveries ADD COLUMN emptied_at TIMESTAMP;

-- What a module's column is made from, besides the activities' own columns. Weights are hundredths: 100 is 1.
CREATE TABLE column_contributions (
  grade_column_id TEXT NOT NULL REFERENCES grade_columns (id) ON DELETE CASCADE,
  placement_id TEXT NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
  weight BIGINT NOT NULL,
  PRIMARY KEY (grade_column_id, placement_id)
);
CREATE INDEX column_contributions_by_placement ON column_contributions (placement_id);

-- Columns that are in use already are looked at, too.
INSERT INTO jobs (id, kind, subject_id, due_at, tries, created_at)
  SELECT id, 'column-check', id, created_at, 0, created_at FROM grade_columns WHERE line_item_url IS NOT NULL;
