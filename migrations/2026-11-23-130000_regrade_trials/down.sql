DELETE FROM jobs WHERE kind = 'regrade-trial';
DROP TABLE regrade_moves;
DROP TABLE regrade_trials;
