DROP TABLE platform_checks;
