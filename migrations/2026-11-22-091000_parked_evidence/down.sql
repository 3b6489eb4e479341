ALTER TABLE parked_launches DROP COLUMN evidence;
