DROP TABLE competency_frameworks;
