DROP TABLE registration_changes;
DROP TABLE platform_offers;
ALTER TABLE registrations DROP COLUMN service_origins;
