-- Nothing is sent to the platform before then: it asked for a pause.
ALTER TABLE registrations ADD COLUMN paused_until TIMESTAMP;
