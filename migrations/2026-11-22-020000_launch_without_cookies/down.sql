DROP TABLE launch_ways;
DROP TABLE parked_launches;
ALTER TABLE login_states DROP COLUMN way;
ALTER TABLE login_states DROP COLUMN storage_target;
ALTER TABLE login_states DROP COLUMN storage_hash;
