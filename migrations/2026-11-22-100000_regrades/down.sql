DELETE FROM jobs WHERE kind = 'regrade';
DROP INDEX outcomes_by_policy;
DROP INDEX attempts_by_version;
DROP TABLE regrades;
