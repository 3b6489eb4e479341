-- What authors wrote, save by save: who can go back to it, and from what two authors began. how: autosave | save |
-- import | restored. Saves that a script made one soon after the other do not all stay.
CREATE TABLE course_drafts (
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  revision BIGINT NOT NULL,
  content TEXT NOT NULL,
  how TEXT NOT NULL,
  saved_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  saved_at TIMESTAMP NOT NULL,
  PRIMARY KEY (course_id, revision)
);

-- The draft's own title and search text, beside those of the version that readers get; and which draft that version was.
ALTER TABLE courses ADD COLUMN draft_title TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN draft_search_text TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN published_revision BIGINT;
UPDATE courses SET draft_title = title, draft_search_text = search_text;
UPDATE courses SET published_revision = draft_revision WHERE EXISTS (
  SELECT 1 FROM course_versions
    WHERE course_versions.id = courses.published_version_id AND course_versions.content = courses.draft
);
