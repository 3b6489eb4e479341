//! Competency frameworks: everybody's, and an organisation's own. A row never changes; a new edition of a key is
//! another row.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::competency_frameworks};

/// An edition of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = competency_frameworks)]
pub struct CompetencyFramework {
    /// UUIDv7.
    pub id: String,
    /// Whose it is; empty for everybody's.
    pub organisation_id: Option<String>,
    /// The stable id that tags name.
    pub key: String,
    /// The identifier of its document.
    pub identifier: String,
    /// 1, 2, 3, … by key and organisation.
    pub number: i64,
    /// JSON of the package.
    pub document: String,
    /// When it came in.
    pub created_at: Timestamp,
}

/// The newest edition of each framework that an organisation may use, by key: its own before everybody's. Without an
/// organisation everybody's alone. Id and key.
pub fn list_newest(
    connection: &mut Connection,
    organisation_id: Option<&str>,
) -> Result<Vec<(String, String)>> {
    let mut found: Vec<(String, String, Option<String>, i64)> = db!(connection, c => competency_frameworks::table
        .filter(
            competency_frameworks::organisation_id.is_null()
                .or(competency_frameworks::organisation_id.eq(organisation_id)),
        )
        .select((
            competency_frameworks::id,
            competency_frameworks::key,
            competency_frameworks::organisation_id,
            competency_frameworks::number,
        ))
        .load(c)?);
    // false before true: an organisation's own come first
    found.sort_by(|one, other| {
        let order = |row: &(String, String, Option<String>, i64)| (row.1.clone(), row.2.is_none(), -row.3);
        order(one).cmp(&order(other))
    });
    found.dedup_by(|later, first| later.1 == first.1);
    Ok(found.into_iter().map(|(id, key, ..)| (id, key)).collect())
}

/// The newest edition of a key, of that organisation or of everybody's alone.
pub fn find_newest(
    connection: &mut Connection,
    organisation_id: Option<&str>,
    key: &str,
) -> Result<Option<CompetencyFramework>> {
    db!(connection, c => {
        let mut found = competency_frameworks::table
            .filter(competency_frameworks::key.eq(key))
            .order(competency_frameworks::number.desc())
            .select(CompetencyFramework::as_select())
            .into_boxed();
        found = match organisation_id {
            Some(organisation_id) => found.filter(competency_frameworks::organisation_id.eq(organisation_id)),
            None => found.filter(competency_frameworks::organisation_id.is_null()),
        };
        Ok(found.first(c).optional()?)
    })
}

/// The edition of that id.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<CompetencyFramework>> {
    db!(connection, c => Ok(competency_frameworks::table
        .find(id)
        .select(CompetencyFramework::as_select())
        .first(c)
        .optional()?))
}

/// Adds an edition.
pub fn insert(connection: &mut Connection, framework: &CompetencyFramework) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(competency_frameworks::table).values(framework).execute(c)?;
        Ok(())
    })
}
