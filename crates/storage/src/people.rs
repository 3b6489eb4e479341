//! Persons and the identities that point to them.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    registration_joins::{self, Move},
    schema::{identities, persons},
};

/// The kind of an identity that a platform tells.
pub const PLATFORM: &str = "platform";
/// The kind of an identity with which a platform tries things out; it is never graded.
pub const TEST_USER: &str = "test-user";
/// The kind of an identity that a learner's one-time code made; its subject is the code's id.
pub const INVITATION: &str = "invitation";

/// A person as one source knows them; the name stands as the source told it.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = identities)]
pub struct Identity {
    /// UUIDv7.
    pub id: String,
    /// Whose identity it is.
    pub person_id: String,
    /// [`PLATFORM`], [`TEST_USER`] (as the last launch told), [`INVITATION`], `provider`, or `administrator`.
    pub kind: String,
    /// The registration that tells it; empty for administrators.
    pub registration_id: Option<String>,
    /// The platform's `sub`.
    pub subject: String,
    /// Full name.
    pub name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The college's own number of the person.
    pub sourced_id: Option<String>,
    /// When it was first seen.
    pub created_at: Timestamp,
    /// When it was last seen.
    pub seen_at: Timestamp,
}

/// Leaves out names and addresses.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The registration's identity of that subject.
pub fn find(connection: &mut Connection, registration_id: &str, subject: &str) -> Result<Option<Identity>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::registration_id.eq(registration_id).and(identities::subject.eq(subject)))
        .select(Identity::as_select())
        .first(c)
        .optional()?))
}

/// The identity of that id, for work that the service does by itself.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Identity>> {
    db!(connection, c => Ok(identities::table.find(id).select(Identity::as_select()).first(c).optional()?))
}

/// Keeps what the source tells of an identity, and makes it and its person
/// when the subject is new (`new.id` and `new.person_id` are used then).
/// Answers the identity as it stands. A name that the source no longer tells is forgotten.
pub fn upsert(connection: &mut Connection, new: &Identity) -> Result<Identity> {
    let registration_id = new.registration_id.as_deref().unwrap_or_default();
    let known = match find(connection, registration_id, &new.subject)? {
        Some(known) => known,
        None => match insert(connection, new)? {
            Some(made) => return Ok(made),
            // Another first launch of the same subject was faster.
            None => find(connection, registration_id, &new.subject)?
                .ok_or_else(|| crate::Error::Conflict("the identity vanished".to_owned()))?,
        },
    };
    db!(connection, c => Ok(diesel::update(identities::table.find(&known.id))
        .set((
            identities::name.eq(&new.name),
            identities::given_name.eq(&new.given_name),
            identities::family_name.eq(&new.family_name),
            identities::email.eq(&new.email),
            identities::sourced_id.eq(&new.sourced_id),
            identities::seen_at.eq(new.seen_at),
        ))
        .returning(Identity::as_select())
        .get_result(c)?))
}

/// Keeps what a launch told of the identity's kind; a class list does not tell it.
pub fn set_kind(connection: &mut Connection, registration_id: &str, id: &str, kind: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(identities::table.find(id))
            .filter(identities::registration_id.eq(registration_id))
            .set(identities::kind.eq(kind))
            .execute(c)?;
        Ok(())
    })
}

/// Makes a person with one identity; `None`, and nothing is made, when the subject is known already. Whom a joined
/// registration knows by the same subject is that person.
pub fn insert(connection: &mut Connection, new: &Identity) -> Result<Option<Identity>> {
    if let Some(registration_id) = &new.registration_id
        && let Some((join_id, person_id)) =
            registration_joins::known_person(connection, registration_id, &new.subject)?
    {
        let new = Identity {
            person_id,
            ..new.clone()
        };
        return insert_joined(connection, &new, join_id);
    }
    db!(connection, c => {
        diesel::insert_into(persons::table)
            .values((persons::id.eq(&new.person_id), persons::created_at.eq(new.created_at)))
            .execute(c)?;
        let made = diesel::insert_into(identities::table)
            .values(new)
            .on_conflict_do_nothing()
            .returning(Identity::as_select())
            .get_result(c)
            .optional()?;
        if made.is_none() {
            diesel::delete(persons::table.find(&new.person_id)).execute(c)?;
        }
        Ok(made)
    })
}

fn insert_joined(connection: &mut Connection, new: &Identity, join_id: String) -> Result<Option<Identity>> {
    let made = db!(connection, c => diesel::insert_into(identities::table)
        .values(new)
        .on_conflict_do_nothing()
        .returning(Identity::as_select())
        .get_result(c)
        .optional()?);
    if made.is_some() {
        let noted = Move {
            id: new.id.clone(),
            registration_join_id: join_id,
            kind: registration_joins::IDENTITY.to_owned(),
            subject_id: new.id.clone(),
            former: String::new(),
            created_at: new.created_at,
        };
        registration_joins::note(connection, &noted)?;
    }
    Ok(made)
}

/// All identities of a person, the oldest first.
pub fn list_identities(
    connection: &mut Connection,
    person_id: &str,
) -> Result<Vec<(Identity, Option<String>)>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::person_id.eq(person_id))
        .order(identities::id)
        .select((Identity::as_select(), identities::issuer))
        .load(c)?))
}

/// Deletes a person with all that hangs below.
pub fn delete_person(connection: &mut Connection, person_id: &str) -> Result<()> {
    db!(connection, c => {
        diesel::delete(persons::table.find(person_id)).execute(c)?;
        Ok(())
    })
}

/// Makes a person without identities yet.
pub fn insert_person(connection: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(persons::table)
            .values((persons::id.eq(id), persons::created_at.eq(now)))
            .execute(c)?;
        Ok(())
    })
}
