//! Groups that instructors make here, per course. Platforms do not tell groups
//! by LTI; where a group matters, an instructor says who is in it.

use serde_json::json;
use storage::{Connection, attempts, groups};

use crate::{
    App, Code, Result,
    audit::note_by,
    overrides::follow,
    people_of_course::{self, Learner},
    random,
    session::{Session, Visitor, instructor, instructor_for_change},
};

/// The most letters of a group's name.
pub const NAME_LETTERS: usize = 100;
/// The most groups of a course.
const MOST: usize = 200;

/// The groups of a course.
#[derive(Debug, Clone)]
pub struct Groups {
    /// Who asks.
    pub session: Session,
    /// By name, with the persons' numbers.
    pub groups: Vec<(groups::Group, Vec<String>)>,
    /// Who may be in one.
    pub learners: Vec<Learner>,
}

/// The groups of the session's course.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors, `WEB-SESSION`.
pub async fn list(app: &App, visitor: Visitor) -> Result<Groups> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let members = groups::list_members(c, session.context()?)?;
            let of = |group: &groups::Group| -> Vec<String> {
                let own = members.iter().filter(|(id, _)| *id == group.id);
                own.map(|(_, person)| person.clone()).collect()
            };
            let groups = groups::list(c, session.context()?)?;
            Ok(Groups {
                groups: groups
                    .into_iter()
                    .map(|group| (group.clone(), of(&group)))
                    .collect(),
                learners: people_of_course::learners(c, &session)?,
                session,
            })
        })
        .await
}

/// Makes a group without members, and answers its number.
///
/// # Errors
/// `WEB-FORM` for an empty or long name or too many groups, `WEB-CONFLICT` for
/// one that is there; as [`list`], and `WEB-CSRF`.
pub async fn add(app: &App, visitor: Visitor, name: String) -> Result<(Session, String)> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let group = groups::Group {
                id: random::id(),
                context_id: session.context()?.to_owned(),
                name: name_of(&session, &name)?,
                platform_id: None,
                created_at: now.naive_utc(),
            };
            let all = groups::list(c, &group.context_id)?;
            if all.len() >= MOST {
                return Err(session.refused(Code::Form, "the course has too many groups"));
            }
            demand_new(&session, &all, &group.id, &group.name)?;
            groups::insert(c, &group)?;
            note_by(c, &session, "group.add", &group.id, &json!({}), now)?;
            Ok((session, group.id))
        })
        .await
}

/// Gives a group its name and just these members. Running attempts of whoever
/// came or went follow at once.
///
/// # Errors
/// `WEB-NOT-FOUND` for a group of another course; who is not of the course is
/// left out; as [`add`].
pub async fn save(
    app: &App,
    visitor: Visitor,
    id: String,
    name: String,
    person_ids: Vec<String>,
) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let former = members_of(c, &session, &id)?;
            let name = name_of(&session, &name)?;
            let all = groups::list(c, session.context()?)?;
            demand_new(&session, &all, &id, &name)?;
            groups::rename(c, session.context()?, &id, &name)?;
            let learners = people_of_course::learners(c, &session)?;
            let wanted = learners
                .into_iter()
                .map(|learner| learner.person_id)
                .filter(|person_id| person_ids.contains(person_id));
            let wanted: Vec<String> = wanted.collect();
            groups::replace_members(c, session.context()?, &id, &wanted)?;
            let moved: Vec<String> = former
                .iter()
                .filter(|person| !wanted.contains(person))
                .chain(wanted.iter().filter(|person| !former.contains(person)))
                .cloned()
                .collect();
            let open = attempts::list_open_of_context(c, session.context()?)?;
            follow(c, &cache, &session, open, &moved, now)?;
            note_by(
                c,
                &session,
                "group.save",
                &id,
                &json!({"members": wanted.len()}),
                now,
            )?;
            Ok(session)
        })
        .await
}

/// Takes a group away, with its overrides.
///
/// # Errors
/// As [`save`].
pub async fn remove(app: &App, visitor: Visitor, id: String) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let former = members_of(c, &session, &id)?;
            groups::delete(c, session.context()?, &id)?;
            let open = attempts::list_open_of_context(c, session.context()?)?;
            follow(c, &cache, &session, open, &former, now)?;
            note_by(c, &session, "group.remove", &id, &json!({}), now)?;
            Ok(session)
        })
        .await
}

/// Who is in a group of the session's course; `WEB-NOT-FOUND` for one of another course.
pub(crate) fn members_of(connection: &mut Connection, session: &Session, id: &str) -> Result<Vec<String>> {
    let context_id = session.context()?;
    if groups::find(connection, context_id, id)?.is_none() {
        return Err(session.refused(Code::NotFound, "no such group in this course"));
    }
    Ok(storage::overrides::list_members(connection, context_id, id)?)
}

fn name_of(session: &Session, typed: &str) -> Result<String> {
    let name = text::nfc(typed.trim());
    let fits = !name.is_empty() && name.chars().count() <= NAME_LETTERS;
    fits.then_some(name)
        .ok_or_else(|| session.refused(Code::Form, "a group's name is empty or too long"))
}

fn demand_new(session: &Session, all: &[groups::Group], id: &str, name: &str) -> Result<()> {
    match all.iter().any(|group| group.id != id && group.name == name) {
        true => Err(session.refused(Code::Conflict, "the course has a group of that name")),
        false => Ok(()),
    }
}
