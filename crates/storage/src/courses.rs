//! Courses: the draft that is edited, the published versions, which never change,
//! and the files that these show.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    media::Medium,
    schema::{course_files, course_version_media, course_versions, courses, media},
    words,
};

/// A course with its draft.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = courses)]
pub struct Course {
    /// UUIDv7.
    pub id: String,
    /// Whose it is.
    pub organisation_id: String,
    /// Its name in addresses, one for the whole service.
    pub key: String,
    /// `private` or `public`.
    pub visibility: String,
    /// JSON of the title's Text.
    pub title: String,
    /// What a search looks through, folded.
    pub search_text: String,
    /// JSON of the draft.
    pub draft: String,
    /// Rises with each change of the draft.
    pub draft_revision: i64,
    /// The version that readers get; empty until it is published.
    pub published_version_id: Option<String>,
    /// Who made it.
    pub created_by: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When draft or version last changed.
    pub updated_at: Timestamp,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
}

/// A published version; rows never change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_versions)]
pub struct CourseVersion {
    /// UUIDv7.
    pub id: String,
    /// Of which course.
    pub course_id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// JSON of the content.
    pub content: String,
    /// What the author says is new.
    pub note: String,
    /// Who published it.
    pub created_by: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// Whether readers who have begun an older version go on with this one.
    pub moves_readers: bool,
}

/// `courses.visibility` of what nobody finds in the catalogue.
pub const PRIVATE: &str = "private";
/// `courses.visibility` of what everybody may read once it is published.
pub const PUBLIC: &str = "public";

/// The organisation's course of that key.
pub fn find(connection: &mut Connection, organisation_id: &str, key: &str) -> Result<Option<Course>> {
    db!(connection, c => Ok(courses::table
        .filter(courses::organisation_id.eq(organisation_id).and(courses::key.eq(key)))
        .select(Course::as_select())
        .first(c)
        .optional()?))
}

/// The published course of that id, when the organisation may place it anew: its own, or one that everybody may read.
pub fn find_placeable(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
) -> Result<Option<Course>> {
    let placed = find_placed(connection, organisation_id, id)?;
    Ok(placed.filter(|course| course.archived_at.is_none()))
}

/// The same for an activity that names it: one that was put away goes on there.
pub fn find_placed(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<Course>> {
    db!(connection, c => Ok(courses::table
        .find(id)
        .filter(
            courses::published_version_id.is_not_null()
                .and(courses::organisation_id.eq(organisation_id).or(courses::visibility.eq(PUBLIC))),
        )
        .select(Course::as_select())
        .first(c)
        .optional()?))
}

/// The published course of that key, when people of the organisation may read it: its own, or one that everybody may
/// read. One that was put away is for those alone who have begun it.
pub fn find_readable(
    connection: &mut Connection,
    organisation_id: &str,
    key: &str,
) -> Result<Option<Course>> {
    db!(connection, c => Ok(courses::table
        .filter(
            courses::key.eq(key)
                .and(courses::published_version_id.is_not_null())
                .and(courses::organisation_id.eq(organisation_id).or(courses::visibility.eq(PUBLIC))),
        )
        .select(Course::as_select())
        .first(c)
        .optional()?))
}

/// Puts a course of the organisation away, or takes it out again with `None`.
pub fn set_archived(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    archived_at: Option<Timestamp>,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(courses::table.find(id).filter(courses::organisation_id.eq(organisation_id)))
            .set(courses::archived_at.eq(archived_at))
            .execute(c)?;
        Ok(())
    })
}

/// The course of that id, also one that was put away, for work on what the caller has proven.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Course>> {
    db!(connection, c => Ok(courses::table.find(id).select(Course::as_select()).first(c).optional()?))
}

/// The id of the version that everybody may read under that key, and nothing of its content.
pub fn open_version_id(connection: &mut Connection, key: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(courses::table
        .filter(
            courses::key.eq(key)
                .and(courses::visibility.eq(PUBLIC))
                .and(courses::archived_at.is_null()),
        )
        .select(courses::published_version_id)
        .first::<Option<String>>(c)
        .optional()?
        .flatten()))
}

/// Key and published version of the courses that everybody may read and whose folded text holds each
/// word of `search` (already folded), the newest first; nothing of their content.
pub fn search_open(connection: &mut Connection, search: &str, limit: i64) -> Result<Vec<(String, String)>> {
    let [first, second, third, fourth, fifth, sixth] = &words::patterns(search);
    let found: Vec<(String, Option<String>)> = db!(connection, c => courses::table
        .filter(
            courses::visibility.eq(PUBLIC)
                .and(courses::published_version_id.is_not_null())
                .and(courses::archived_at.is_null())
                .and(courses::search_text.like(first).escape('\\'))
                .and(courses::search_text.like(second).escape('\\'))
                .and(courses::search_text.like(third).escape('\\'))
                .and(courses::search_text.like(fourth).escape('\\'))
                .and(courses::search_text.like(fifth).escape('\\'))
                .and(courses::search_text.like(sixth).escape('\\')),
        )
        .order((courses::updated_at.desc(), courses::id))
        .limit(limit)
        .select((courses::key, courses::published_version_id))
        .load(c)?);
    Ok(found
        .into_iter()
        .filter_map(|(key, version)| Some((key, version?)))
        .collect())
}

/// The published courses that the organisation may place and whose folded text holds each word of `search` (already
/// folded), its own first, then the newest.
pub fn search_placeable(
    connection: &mut Connection,
    organisation_id: &str,
    search: &str,
    limit: i64,
) -> Result<Vec<Course>> {
    let [first, second, third, fourth, fifth, sixth] = &words::patterns(search);
    let mut found: Vec<Course> = db!(connection, c => courses::table
        .filter(
            courses::organisation_id.eq(organisation_id).or(courses::visibility.eq(PUBLIC)),
        )
        .filter(
            courses::published_version_id.is_not_null()
                .and(courses::archived_at.is_null())
                .and(courses::search_text.like(first).escape('\\'))
                .and(courses::search_text.like(second).escape('\\'))
                .and(courses::search_text.like(third).escape('\\'))
                .and(courses::search_text.like(fourth).escape('\\'))
                .and(courses::search_text.like(fifth).escape('\\'))
                .and(courses::search_text.like(sixth).escape('\\')),
        )
        .order((courses::updated_at.desc(), courses::id))
        .limit(limit)
        .select(Course::as_select())
        .load(c)?);
    found.sort_by_key(|course| course.organisation_id != organisation_id);
    Ok(found)
}

/// The published version of that id.
pub fn get_version(connection: &mut Connection, id: &str) -> Result<Option<CourseVersion>> {
    db!(connection, c => Ok(course_versions::table
        .find(id)
        .select(CourseVersion::as_select())
        .first(c)
        .optional()?))
}

/// The number of a version; 0 when there is no such one.
pub fn version_number(connection: &mut Connection, id: &str) -> Result<i64> {
    db!(connection, c => Ok(course_versions::table
        .find(id)
        .select(course_versions::number)
        .first(c)
        .optional()?
        .unwrap_or_default()))
}

/// The number of the newest version; 0 when there is none.
pub fn latest_version_number(connection: &mut Connection, course_id: &str) -> Result<i64> {
    db!(connection, c => Ok(course_versions::table
        .filter(course_versions::course_id.eq(course_id))
        .select(diesel::dsl::max(course_versions::number))
        .first::<Option<i64>>(c)?
        .unwrap_or(0)))
}

/// Adds a course; false when its key is taken, in whichever organisation.
pub fn insert(connection: &mut Connection, course: &Course) -> Result<bool> {
    db!(connection, c => Ok(diesel::insert_into(courses::table)
        .values((
            course,
            courses::draft_title.eq(&course.title),
            courses::draft_search_text.eq(&course.search_text),
        ))
        .on_conflict_do_nothing()
        .execute(c)? == 1))
}

/// What a saved draft changes.
#[derive(Debug, Clone)]
pub struct DraftChange<'a> {
    /// The revision that the editor began from.
    pub from_revision: i64,
    /// JSON of the title's Text.
    pub title: &'a str,
    /// What a search looks through, folded.
    pub search_text: &'a str,
    /// JSON of the draft.
    pub draft: &'a str,
}

/// Saves a draft and raises its revision; false when somebody else saved first. What the catalogue finds is the version
/// that readers get; while there is none, the draft.
pub fn save_draft(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    change: &DraftChange<'_>,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => {
        let saved = diesel::update(courses::table.find(id))
            .filter(
                courses::organisation_id.eq(organisation_id)
                    .and(courses::draft_revision.eq(change.from_revision)),
            )
            .set((
                courses::draft_title.eq(change.title),
                courses::draft_search_text.eq(change.search_text),
                courses::draft.eq(change.draft),
                courses::draft_revision.eq(change.from_revision + 1),
                courses::updated_at.eq(now),
            ))
            .execute(c)? == 1;
        if saved {
            diesel::update(courses::table.find(id))
                .filter(courses::published_version_id.is_null())
                .set((
                    courses::title.eq(change.title),
                    courses::search_text.eq(change.search_text),
                ))
                .execute(c)?;
        }
        Ok(saved)
    })
}

/// What is told of a version that readers get.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// [`PRIVATE`] or [`PUBLIC`].
    pub visibility: &'a str,
    /// JSON of the title's Text.
    pub title: &'a str,
    /// What a search looks through, folded.
    pub search_text: &'a str,
    /// The files that it shows.
    pub media_ids: &'a [String],
}

/// Adds a published version, which is the draft as it stands, and lets readers get it.
pub fn publish(
    connection: &mut Connection,
    organisation_id: &str,
    version: &CourseVersion,
    shown: &Shown<'_>,
) -> Result<()> {
    let files: Vec<_> = (shown.media_ids.iter())
        .map(|id| {
            (
                course_version_media::course_version_id.eq(&version.id),
                course_version_media::media_id.eq(id),
            )
        })
        .collect();
    db!(connection, c => {
        diesel::insert_into(course_versions::table).values(version).execute(c)?;
        diesel::insert_into(course_version_media::table).values(&files).execute(c)?;
        diesel::update(courses::table.find(&version.course_id))
            .filter(courses::organisation_id.eq(organisation_id))
            .set((
                courses::published_version_id.eq(&version.id),
                courses::visibility.eq(shown.visibility),
                courses::title.eq(shown.title),
                courses::search_text.eq(shown.search_text),
                courses::published_revision.eq(courses::draft_revision.nullable()),
                courses::updated_at.eq(version.created_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// The file of that hash, when the version shows it.
pub fn find_file(connection: &mut Connection, version_id: &str, hash: &str) -> Result<Option<Medium>> {
    db!(connection, c => Ok(course_version_media::table
        .inner_join(media::table)
        .filter(course_version_media::course_version_id.eq(version_id).and(media::hash.eq(hash)))
        .select(Medium::as_select())
        .first(c)
        .optional()?))
}

/// The files that a version shows, by hash.
pub fn list_version_files(connection: &mut Connection, version_id: &str) -> Result<Vec<Medium>> {
    db!(connection, c => Ok(course_version_media::table
        .inner_join(media::table)
        .filter(course_version_media::course_version_id.eq(version_id))
        .order(media::hash)
        .select(Medium::as_select())
        .load(c)?))
}

/// The files of a course from now on: names, each with the id of its file.
pub fn set_files(connection: &mut Connection, course_id: &str, files: &[(String, String)]) -> Result<()> {
    let rows: Vec<_> = (files.iter())
        .map(|(name, media_id)| {
            (
                course_files::course_id.eq(course_id),
                course_files::name.eq(name),
                course_files::media_id.eq(media_id),
            )
        })
        .collect();
    db!(connection, c => {
        diesel::delete(course_files::table).filter(course_files::course_id.eq(course_id)).execute(c)?;
        diesel::insert_into(course_files::table).values(&rows).execute(c)?;
        Ok(())
    })
}

/// The files of a course by name.
pub fn list_files(connection: &mut Connection, course_id: &str) -> Result<Vec<(String, Medium)>> {
    db!(connection, c => Ok(course_files::table
        .inner_join(media::table)
        .filter(course_files::course_id.eq(course_id))
        .order(course_files::name)
        .select((course_files::name, Medium::as_select()))
        .load(c)?))
}
