ALTER TABLE courses DROP COLUMN published_revision;
ALTER TABLE courses DROP COLUMN draft_search_text;
ALTER TABLE courses DROP COLUMN draft_title;
DROP TABLE course_drafts;
