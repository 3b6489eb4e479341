ALTER TABLE registrations DROP COLUMN paused_until;
