DROP TABLE test_launches;
DROP TABLE kept_launches;
