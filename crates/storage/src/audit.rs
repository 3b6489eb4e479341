//! Who did what, for the organisation's administrators. Records are added and read, never changed.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{assessments, audit_records, identities},
};

/// One deed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_records)]
pub struct AuditRecord {
    /// UUIDv7.
    pub id: String,
    /// Where.
    pub organisation_id: String,
    /// Who; empty for the command line and for the service itself.
    pub person_id: Option<String>,
    /// What, as a fixed word such as `registration.add`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// JSON, without personal data.
    pub detail: String,
    /// When.
    pub created_at: Timestamp,
}

/// Which records are wanted; `None` takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The fixed word.
    pub action: Option<String>,
    /// Who did it.
    pub person_id: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// A person as the log names them.
#[derive(Clone, PartialEq, Eq, Queryable)]
pub struct Doer {
    /// The person.
    pub person_id: String,
    /// As the source of their identity told it.
    pub name: Option<String>,
    /// As the source of their identity told it.
    pub email: Option<String>,
}

lti::debug_only!(Doer: person_id);

/// Keeps one.
pub fn insert(connection: &mut Connection, record: &AuditRecord) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(audit_records::table).values(record).execute(c)?;
        Ok(())
    })
}

/// The organisation's newest records that fit, older than the record `before` when it is named.
pub fn list(
    connection: &mut Connection,
    organisation_id: &str,
    filter: &Filter,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<AuditRecord>> {
    db!(connection, c => {
        let mut query = audit_records::table
            .filter(audit_records::organisation_id.eq(organisation_id))
            .select(AuditRecord::as_select())
            .order(audit_records::id.desc())
            .limit(limit)
            .into_boxed();
        if let Some(action) = &filter.action {
            query = query.filter(audit_records::action.eq(action));
        }
        if let Some(person_id) = &filter.person_id {
            query = query.filter(audit_records::person_id.eq(person_id));
        }
        if let Some(from) = filter.from {
            query = query.filter(audit_records::created_at.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(audit_records::created_at.lt(until));
        }
        if let Some(before) = before {
            query = query.filter(audit_records::id.lt(before));
        }
        Ok(query.load(c)?)
    })
}

/// The words that occur in the organisation's records, sorted.
pub fn actions(connection: &mut Connection, organisation_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(audit_records::table
        .filter(audit_records::organisation_id.eq(organisation_id))
        .select(audit_records::action)
        .distinct()
        .order(audit_records::action)
        .load(c)?))
}

/// Who occurs in the organisation's records: one row for each identity of a person.
pub fn doers(connection: &mut Connection, organisation_id: &str) -> Result<Vec<Doer>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::person_id.eq_any(
            audit_records::table
                .filter(audit_records::organisation_id.eq(organisation_id))
                .filter(audit_records::person_id.is_not_null())
                .select(audit_records::person_id.assume_not_null()),
        ))
        .order((identities::person_id, identities::id))
        .select((identities::person_id, identities::name, identities::email))
        .load(c)?))
}

/// JSON of the titles (Text) of those of the organisation's assessments, by id.
pub fn assessment_titles(
    connection: &mut Connection,
    organisation_id: &str,
    ids: &[&str],
) -> Result<Vec<(String, String)>> {
    db!(connection, c => Ok(assessments::table
        .filter(assessments::organisation_id.eq(organisation_id).and(assessments::id.eq_any(ids)))
        .select((assessments::id, assessments::title))
        .load(c)?))
}
