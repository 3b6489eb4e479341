DROP TABLE learner_codes;
ALTER TABLE sign_in_states DROP COLUMN audience;
