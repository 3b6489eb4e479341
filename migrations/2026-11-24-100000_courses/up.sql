-- Courses: the draft that authors write, and the published versions, which never change. key: the stable name in
-- addresses, one for the whole service. visibility: private | public. title, search_text: of the version that readers
-- get, of the draft while there is none.
CREATE TABLE courses (
  id TEXT NOT NULL PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  key TEXT NOT NULL UNIQUE,
  visibility TEXT NOT NULL,
  title TEXT NOT NULL,
  search_text TEXT NOT NULL,
  draft TEXT NOT NULL,
  draft_revision BIGINT NOT NULL,
  published_version_id TEXT,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  archived_at TIMESTAMP
);
CREATE INDEX courses_by_organisation ON courses (organisation_id, updated_at);

CREATE TABLE course_versions (
  id TEXT NOT NULL PRIMARY KEY,
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  content TEXT NOT NULL,
  note TEXT NOT NULL,
  created_by TEXT REFERENCES persons (id) ON DELETE SET NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (course_id, number)
);

-- Which files a published version shows: who may read the version may read them.
CREATE TABLE course_version_media (
  course_version_id TEXT NOT NULL REFERENCES course_versions (id) ON DELETE CASCADE,
  media_id TEXT NOT NULL REFERENCES media (id),
  PRIMARY KEY (course_version_id, media_id)
);
CREATE INDEX course_version_media_by_file ON course_version_media (media_id);

-- The files that authors put into a course, by the names that they gave them: what its folder holds when it goes out.
CREATE TABLE course_files (
  course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  media_id TEXT NOT NULL REFERENCES media (id),
  PRIMARY KEY (course_id, name)
);
CREATE INDEX course_files_by_file ON course_files (media_id);
