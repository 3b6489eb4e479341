-- Whose administrators are told; of a refusal without one, those of the only organisation.
ALTER TABLE refusals ADD COLUMN organisation_id TEXT REFERENCES organisations (id) ON DELETE CASCADE;
