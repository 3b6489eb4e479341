//! Courses as their authors work on them: the list, and each draft that was saved.
//! Left out: versions and what readers get (`courses`).

use diesel::{prelude::*, sql_types::Bool};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    courses::CourseVersion,
    people::Identity,
    schema::{course_drafts, course_versions, courses, identities},
    words,
};

/// A draft as it was saved.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_drafts)]
pub struct CourseDraft {
    /// Of which course.
    pub course_id: String,
    /// The draft's revision.
    pub revision: i64,
    /// JSON of the content.
    pub content: String,
    /// [`AUTOSAVE`], [`SAVE`], [`IMPORT`] or [`RESTORED`].
    pub how: String,
    /// Who saved it; empty for the command line.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Timestamp,
}

/// `course_drafts.how` of what a script saved while its author typed.
pub const AUTOSAVE: &str = "autosave";
/// `course_drafts.how` of what an author saved.
pub const SAVE: &str = "save";
/// `course_drafts.how` of what came from a folder.
pub const IMPORT: &str = "import";
/// `course_drafts.how` of what an author went back to.
pub const RESTORED: &str = "restored";

/// A saved draft without its content.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DraftLine {
    /// The draft's revision.
    pub revision: i64,
    /// How it came.
    pub how: String,
    /// Who saved it.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Timestamp,
}

/// A course in its authors' list.
#[derive(Debug, Clone, Queryable)]
pub struct CourseLine {
    /// Its id.
    pub id: String,
    /// Its name in addresses.
    pub key: String,
    /// JSON of the draft's title.
    pub title: String,
    /// The draft's revision.
    pub draft_revision: i64,
    /// The draft that readers get, where it is known.
    pub published_revision: Option<i64>,
    /// The version that readers get.
    pub published_version_id: Option<String>,
    /// `private` or `public`.
    pub visibility: String,
    /// When draft or version last changed.
    pub updated_at: Timestamp,
}

/// The organisation's courses whose folded draft holds each word of `search` (already folded), the newest first: those
/// that were put away, or the others.
pub fn search(
    connection: &mut Connection,
    organisation_id: &str,
    search: &str,
    is_archived: bool,
    limit: i64,
) -> Result<Vec<CourseLine>> {
    let [first, second, third, fourth, fifth, sixth] = &words::patterns(search);
    db!(connection, c => Ok(courses::table
        .filter(
            courses::organisation_id.eq(organisation_id)
                .and(courses::archived_at.is_null().or(is_archived.into_sql::<Bool>()))
                .and(courses::archived_at.is_not_null().or((!is_archived).into_sql::<Bool>()))
                .and(courses::draft_search_text.like(first).escape('\\'))
                .and(courses::draft_search_text.like(second).escape('\\'))
                .and(courses::draft_search_text.like(third).escape('\\'))
                .and(courses::draft_search_text.like(fourth).escape('\\'))
                .and(courses::draft_search_text.like(fifth).escape('\\'))
                .and(courses::draft_search_text.like(sixth).escape('\\')),
        )
        .order((courses::updated_at.desc(), courses::id))
        .limit(limit)
        .select((
            courses::id,
            courses::key,
            courses::draft_title,
            courses::draft_revision,
            courses::published_revision,
            courses::published_version_id,
            courses::visibility,
            courses::updated_at,
        ))
        .load(c)?))
}

/// The draft that the version which readers get was made of.
pub fn published_revision(connection: &mut Connection, course_id: &str) -> Result<Option<i64>> {
    db!(connection, c => Ok(courses::table
        .find(course_id)
        .select(courses::published_revision)
        .first::<Option<i64>>(c)
        .optional()?
        .flatten()))
}

/// The numbers of these versions, by their ids.
pub fn version_numbers(connection: &mut Connection, ids: &[String]) -> Result<Vec<(String, i64)>> {
    db!(connection, c => Ok(course_versions::table
        .filter(course_versions::id.eq_any(ids))
        .select((course_versions::id, course_versions::number))
        .load(c)?))
}

/// The versions of a course, the newest first.
pub fn versions(connection: &mut Connection, course_id: &str) -> Result<Vec<CourseVersion>> {
    db!(connection, c => Ok(course_versions::table
        .filter(course_versions::course_id.eq(course_id))
        .order(course_versions::number.desc())
        .select(CourseVersion::as_select())
        .load(c)?))
}

/// The version of that number.
pub fn find_version(
    connection: &mut Connection,
    course_id: &str,
    number: i64,
) -> Result<Option<CourseVersion>> {
    db!(connection, c => Ok(course_versions::table
        .filter(course_versions::course_id.eq(course_id).and(course_versions::number.eq(number)))
        .select(CourseVersion::as_select())
        .first(c)
        .optional()?))
}

/// Keeps a saved draft; one that is kept already stays.
pub fn insert(connection: &mut Connection, draft: &CourseDraft) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_drafts::table)
            .values(draft)
            .on_conflict_do_nothing()
            .execute(c)?;
        Ok(())
    })
}

/// The saved drafts of a course, the newest first.
pub fn list(connection: &mut Connection, course_id: &str) -> Result<Vec<DraftLine>> {
    db!(connection, c => Ok(course_drafts::table
        .filter(course_drafts::course_id.eq(course_id))
        .order(course_drafts::revision.desc())
        .select((
            course_drafts::revision,
            course_drafts::how,
            course_drafts::saved_by,
            course_drafts::saved_at,
        ))
        .load(c)?))
}

/// The saved draft of that revision.
pub fn find(connection: &mut Connection, course_id: &str, revision: i64) -> Result<Option<CourseDraft>> {
    db!(connection, c => Ok(course_drafts::table
        .find((course_id, revision))
        .select(CourseDraft::as_select())
        .first(c)
        .optional()?))
}

/// Takes saved drafts away.
pub fn delete(connection: &mut Connection, course_id: &str, revisions: &[i64]) -> Result<()> {
    db!(connection, c => {
        diesel::delete(course_drafts::table)
            .filter(course_drafts::course_id.eq(course_id).and(course_drafts::revision.eq_any(revisions)))
            .execute(c)?;
        Ok(())
    })
}

/// Names a file of a course, unless it has one.
pub fn name_file(connection: &mut Connection, course_id: &str, name: &str, media_id: &str) -> Result<()> {
    use crate::schema::course_files;
    db!(connection, c => {
        diesel::insert_into(course_files::table)
            .values((
                course_files::course_id.eq(course_id),
                course_files::name.eq(name),
                course_files::media_id.eq(media_id),
            ))
            .on_conflict_do_nothing()
            .execute(c)?;
        Ok(())
    })
}

/// JSON of the titles (Text) of those of the organisation's courses, as they are being written, by id.
pub fn titles(
    connection: &mut Connection,
    organisation_id: &str,
    ids: &[&str],
) -> Result<Vec<(String, String)>> {
    db!(connection, c => Ok(courses::table
        .filter(courses::organisation_id.eq(organisation_id).and(courses::id.eq_any(ids)))
        .select((courses::id, courses::draft_title))
        .load(c)?))
}

/// These people's identities: as the sources of them tell their names.
pub fn authors(connection: &mut Connection, person_ids: &[String]) -> Result<Vec<Identity>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::person_id.eq_any(person_ids))
        .order((identities::person_id, identities::id))
        .select(Identity::as_select())
        .load(c)?))
}
