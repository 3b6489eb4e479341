ALTER TABLE refusals DROP COLUMN organisation_id;
