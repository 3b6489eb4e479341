DROP TABLE platform_key_sets;
DROP TABLE key_drills;
DROP INDEX tool_keys_one_in_each_state;
ALTER TABLE tool_keys DROP COLUMN signing_at;
ALTER TABLE tool_keys DROP COLUMN state;
