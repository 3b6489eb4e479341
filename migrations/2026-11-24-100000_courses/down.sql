DROP TABLE course_files;
DROP TABLE course_version_media;
DROP TABLE course_versions;
DROP TABLE courses;
