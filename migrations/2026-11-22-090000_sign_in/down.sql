DROP INDEX audit_records_by_person;
DROP INDEX identities_by_issuer;
ALTER TABLE identities DROP COLUMN issuer;
DROP TABLE sign_in_states;
