//! Assessments: the draft that is edited, and the published versions, which never change.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{assessment_versions, assessments, item_versions, items, marking_policies, placements},
    words,
};

/// An assessment with its draft.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = assessments)]
pub struct Assessment {
    /// UUIDv7.
    pub id: String,
    /// Whose it is.
    pub organisation_id: String,
    /// `private`, `shared` or `public`.
    pub visibility: String,
    /// JSON of the title's Text.
    pub title: String,
    /// The titles folded for search.
    pub search_text: String,
    /// JSON of the draft.
    pub draft: String,
    /// Rises with each change of the draft; 0 while nothing was written in it.
    pub draft_revision: i64,
    /// The version that new attempts get; empty until it is published.
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
#[diesel(table_name = assessment_versions)]
pub struct AssessmentVersion {
    /// UUIDv7.
    pub id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// JSON of the content; names the item versions by id.
    pub content: String,
    /// Who published it.
    pub created_by: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

/// A published version of one question; rows never change.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = item_versions)]
pub struct ItemVersion {
    /// UUIDv7.
    pub id: String,
    /// Of which question.
    pub item_id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// JSON of the item.
    pub content: String,
    /// When.
    pub created_at: Timestamp,
}

/// How the attempts of an assessment are marked; a regrade adds one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = marking_policies)]
pub struct MarkingPolicy {
    /// UUIDv7.
    pub id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// 1, 2, 3, …; the highest is in force.
    pub number: i64,
    /// JSON of the policy.
    pub content: String,
    /// When.
    pub created_at: Timestamp,
}

/// The organisation's assessment of that id.
pub fn find(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<Assessment>> {
    db!(connection, c => Ok(assessments::table
        .find(id)
        .filter(assessments::organisation_id.eq(organisation_id))
        .select(Assessment::as_select())
        .first(c)
        .optional()?))
}

/// The assessment of that id, for work that the service does by itself.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Assessment>> {
    db!(connection, c => Ok(assessments::table.find(id).select(Assessment::as_select()).first(c).optional()?))
}

/// Which version new attempts get, for work that the service does by itself; reads no draft.
pub fn published_version_id(connection: &mut Connection, id: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(assessments::table
        .find(id)
        .select(assessments::published_version_id)
        .first::<Option<String>>(c)
        .optional()?
        .flatten()))
}

/// The organisation's assessments that are not put away, in which something was
/// written, and whose folded text holds each word of `search` (already folded), the last changed first.
pub fn search(
    connection: &mut Connection,
    organisation_id: &str,
    search: &str,
    limit: i64,
) -> Result<Vec<Assessment>> {
    let [first, second, third, fourth, fifth, sixth] = &words::patterns(search);
    db!(connection, c => Ok(assessments::table
        .filter(
            assessments::organisation_id.eq(organisation_id)
                .and(assessments::archived_at.is_null())
                .and(assessments::draft_revision.gt(0))
                .and(assessments::search_text.like(first).escape('\\'))
                .and(assessments::search_text.like(second).escape('\\'))
                .and(assessments::search_text.like(third).escape('\\'))
                .and(assessments::search_text.like(fourth).escape('\\'))
                .and(assessments::search_text.like(fifth).escape('\\'))
                .and(assessments::search_text.like(sixth).escape('\\')),
        )
        .order((assessments::updated_at.desc(), assessments::id))
        .limit(limit)
        .select(Assessment::as_select())
        .load(c)?))
}

/// JSON of the title that was written last in the organisation: by this person, else by anybody.
pub fn last_title(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
) -> Result<Option<String>> {
    let own: Option<String> = db!(connection, c => assessments::table
        .filter(
            assessments::organisation_id.eq(organisation_id)
                .and(assessments::draft_revision.gt(0))
                .and(assessments::created_by.eq(person_id)),
        )
        .order(assessments::updated_at.desc())
        .select(assessments::title)
        .first(c)
        .optional()?);
    if own.is_some() {
        return Ok(own);
    }
    db!(connection, c => Ok(assessments::table
        .filter(assessments::organisation_id.eq(organisation_id).and(assessments::draft_revision.gt(0)))
        .order(assessments::updated_at.desc())
        .select(assessments::title)
        .first(c)
        .optional()?))
}

/// Deletes what never came to anything: drafts in which nothing was written
/// since `blank_before`, and never published ones put away before `archived_before`.
pub fn tidy(
    connection: &mut Connection,
    blank_before: Timestamp,
    archived_before: Timestamp,
) -> Result<usize> {
    db!(connection, c => {
        let blank = diesel::delete(assessments::table)
            .filter(
                assessments::draft_revision.eq(0)
                    .and(assessments::published_version_id.is_null())
                    .and(assessments::updated_at.lt(blank_before))
                    .and(assessments::id.ne_all(placements::table.select(placements::assessment_id))),
            )
            .execute(c)?;
        let put_away = diesel::delete(assessments::table)
            .filter(
                assessments::archived_at.lt(archived_before)
                    .and(assessments::published_version_id.is_null())
                    .and(assessments::id.ne_all(placements::table.select(placements::assessment_id))),
            )
            .execute(c)?;
        Ok(blank + put_away)
    })
}

/// Adds one.
pub fn insert(connection: &mut Connection, assessment: &Assessment) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(assessments::table).values(assessment).execute(c)?;
        Ok(())
    })
}

/// What a saved draft changes.
#[derive(Debug, Clone)]
pub struct DraftChange<'a> {
    /// The revision that the editor began from.
    pub from_revision: i64,
    /// JSON of the title's Text.
    pub title: &'a str,
    /// The titles folded for search.
    pub search_text: &'a str,
    /// JSON of the draft.
    pub draft: &'a str,
}

/// Saves a draft and raises its revision; false when somebody else saved first.
pub fn save_draft(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    change: &DraftChange<'_>,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(assessments::table.find(id))
        .filter(
            assessments::organisation_id.eq(organisation_id)
                .and(assessments::draft_revision.eq(change.from_revision)),
        )
        .set((
            assessments::title.eq(change.title),
            assessments::search_text.eq(change.search_text),
            assessments::draft.eq(change.draft),
            assessments::draft_revision.eq(change.from_revision + 1),
            assessments::updated_at.eq(now),
        ))
        .execute(c)? == 1))
}

/// Puts an assessment away, or (without a time) takes it out again; false when
/// the organisation has none of that id.
pub fn set_archived(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    archived_at: Option<Timestamp>,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(assessments::table.find(id))
        .filter(assessments::organisation_id.eq(organisation_id))
        .set(assessments::archived_at.eq(archived_at))
        .execute(c)? == 1))
}

/// Adds a question.
pub fn insert_item(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(items::table)
            .values((
                items::id.eq(id),
                items::organisation_id.eq(organisation_id),
                items::created_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(c)?;
        Ok(())
    })
}

/// A question's newest version.
pub fn latest_item_version(
    connection: &mut Connection,
    organisation_id: &str,
    item_id: &str,
) -> Result<Option<ItemVersion>> {
    db!(connection, c => Ok(item_versions::table
        .inner_join(items::table)
        .filter(item_versions::item_id.eq(item_id).and(items::organisation_id.eq(organisation_id)))
        .order(item_versions::number.desc())
        .select(ItemVersion::as_select())
        .first(c)
        .optional()?))
}

/// Adds a version of a question.
pub fn insert_item_version(connection: &mut Connection, version: &ItemVersion) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(item_versions::table).values(version).execute(c)?;
        Ok(())
    })
}

/// The item versions of those ids, in no order.
pub fn list_item_versions(connection: &mut Connection, ids: &[String]) -> Result<Vec<ItemVersion>> {
    db!(connection, c => Ok(item_versions::table
        .filter(item_versions::id.eq_any(ids))
        .select(ItemVersion::as_select())
        .load(c)?))
}

/// The published version of that id.
pub fn get_version(connection: &mut Connection, id: &str) -> Result<Option<AssessmentVersion>> {
    db!(connection, c => Ok(assessment_versions::table
        .find(id)
        .select(AssessmentVersion::as_select())
        .first(c)
        .optional()?))
}

/// The published versions of those ids, in no order.
pub fn list_versions(connection: &mut Connection, ids: &[String]) -> Result<Vec<AssessmentVersion>> {
    db!(connection, c => Ok(assessment_versions::table
        .filter(assessment_versions::id.eq_any(ids))
        .select(AssessmentVersion::as_select())
        .load(c)?))
}

/// The number of the newest version; 0 when there is none.
pub fn latest_version_number(connection: &mut Connection, assessment_id: &str) -> Result<i64> {
    db!(connection, c => Ok(assessment_versions::table
        .filter(assessment_versions::assessment_id.eq(assessment_id))
        .select(diesel::dsl::max(assessment_versions::number))
        .first::<Option<i64>>(c)?
        .unwrap_or(0)))
}

/// Adds a published version and lets new attempts get it.
pub fn publish(
    connection: &mut Connection,
    organisation_id: &str,
    version: &AssessmentVersion,
) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(assessment_versions::table).values(version).execute(c)?;
        diesel::update(assessments::table.find(&version.assessment_id))
            .filter(assessments::organisation_id.eq(organisation_id))
            .set((
                assessments::published_version_id.eq(&version.id),
                assessments::updated_at.eq(version.created_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// The marking policy in force.
pub fn latest_policy(connection: &mut Connection, assessment_id: &str) -> Result<Option<MarkingPolicy>> {
    db!(connection, c => Ok(marking_policies::table
        .filter(marking_policies::assessment_id.eq(assessment_id))
        .order(marking_policies::number.desc())
        .select(MarkingPolicy::as_select())
        .first(c)
        .optional()?))
}

/// Adds a marking policy.
pub fn insert_policy(connection: &mut Connection, policy: &MarkingPolicy) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(marking_policies::table).values(policy).execute(c)?;
        Ok(())
    })
}
