//! Overrides of an activity's rules for persons and groups, as its instructors
//! see and change them. What is in force follows in `assessment`; attempts that
//! run already follow at once.

use std::sync::Arc;

use ::assessment::{
    Accommodation, InForce, PersonalRules, Published, RuleOverride, Rules, limits, rules_in_force,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use storage::{
    Connection,
    attempts::{self, Attempt},
    groups,
    overrides::{self, RuleOverride as Row},
    placements::Placement,
};
use text::Text;

use crate::{
    App, Code, Result, activity,
    attempt_time::{Cause, move_clocks},
    audit::note_by,
    extension::instructor_of_activity,
    grade::module,
    groups::members_of,
    json,
    people_of_course::{self, Learner},
    published::PublishedCache,
    random,
    session::{Session, Visitor, instructor},
};

/// Whom an override is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// A person, by the person's number.
    Person(String),
    /// A group, by its number.
    Group(String),
}

/// All overrides of an activity.
#[derive(Debug, Clone)]
pub struct Overrides {
    /// Who asks.
    pub session: Session,
    /// The activity's name.
    pub title: Text,
    /// The rules for everybody else.
    pub rules: Rules,
    /// Groups first, then persons, by name.
    pub rows: Vec<Override>,
    /// Whom one may be added for.
    pub learners: Vec<Learner>,
    /// The same.
    pub groups: Vec<groups::Group>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// One override.
#[derive(Debug, Clone)]
pub struct Override {
    /// Its number.
    pub id: String,
    /// Whom it is for.
    pub whom: Whom,
    /// Their name; empty where none is known.
    pub name: Option<String>,
    /// What is different.
    pub change: RuleOverride,
    /// What then holds: for a person with everything else that applies to them,
    /// for a group for somebody who is in this one only.
    pub in_force: InForce,
}

/// The overrides of the session's activity.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors, `WEB-NOT-FOUND` without an activity
/// or a published quiz, `WEB-SESSION`.
pub async fn list(app: &App, visitor: Visitor) -> Result<Overrides> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            gather(c, &cache, session, now)
        })
        .await
}

fn gather(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: Session,
    now: DateTime<Utc>,
) -> Result<Overrides> {
    let missing =
        |session: &Session| session.refused(Code::NotFound, "no published quiz stands behind the activity");
    let (placement, _) = activity::placement_of(connection, &session)?.ok_or_else(|| missing(&session))?;
    let current: Option<(String, Arc<Published>)> = activity::current(connection, cache, &placement)?;
    let (_, published) = current.ok_or_else(|| missing(&session))?;
    let rules = published.content.rules.clone();
    let learners = people_of_course::learners(connection, &session)?;
    let groups = groups::list(connection, &placement.context_id)?;
    let members = groups::list_members(connection, &placement.context_id)?;
    let found = overrides::list(connection, &placement.context_id, &placement.id)?;
    let ids: Vec<String> = learners.iter().map(|learner| learner.person_id.clone()).collect();
    let accommodations = overrides::list_accommodations(connection, &session.organisation_id, &ids)?;
    let mut of_groups = Vec::new();
    let mut rows = Vec::new();
    for row in &found {
        if let Some(group_id) = &row.course_group_id {
            of_groups.push((group_id.clone(), json::read::<RuleOverride>(&row.content)?));
        }
    }
    for row in found {
        let change: RuleOverride = json::read(&row.content)?;
        let mut personal = PersonalRules::default();
        let (whom, name) = match (row.person_id, row.course_group_id) {
            (Some(person_id), _) => {
                let accommodation = accommodations.iter().find(|one| one.person_id == person_id);
                personal.accommodation = accommodation
                    .map_or_else(|| Ok(Accommodation::default()), |one| json::read(&one.content))?;
                let is_in = |group: &str| {
                    members
                        .iter()
                        .any(|(id, person)| id == group && *person == person_id)
                };
                let of_own = of_groups.iter().filter(|(group, _)| is_in(group));
                personal.groups = of_own.map(|(_, change)| change.clone()).collect();
                personal.person = Some(change.clone());
                let learner = learners.iter().find(|learner| learner.person_id == person_id);
                (
                    Whom::Person(person_id),
                    learner.and_then(|learner| learner.name.clone()),
                )
            }
            (None, group_id) => {
                let group_id = group_id.unwrap_or_default();
                personal.groups = vec![change.clone()];
                let group = groups.iter().find(|group| group.id == group_id);
                (Whom::Group(group_id), group.map(|group| group.name.clone()))
            }
        };
        rows.push(Override {
            id: row.id,
            in_force: rules_in_force(&rules, &personal),
            whom,
            name,
            change,
        });
    }
    let place = |row: &Override| {
        let of_learner = |id: &str| learners.iter().position(|learner| learner.person_id == id);
        match &row.whom {
            Whom::Group(_) => (false, None, row.name.clone()),
            Whom::Person(id) => (true, of_learner(id), None),
        }
    };
    rows.sort_by_key(place);
    Ok(Overrides {
        title: published.content.title.clone(),
        session,
        rules,
        rows,
        learners,
        groups,
        now,
    })
}

/// Adds an override for a person or group; what they have already stays where
/// the new one says nothing. With `id` it takes the place of that one, and one
/// that changes nothing takes it away. Running attempts follow at once.
///
/// # Errors
/// `WEB-FORM` when a value is out of its range, see [`wrong_fields`];
/// `WEB-NOT-FOUND` for somebody of another course; as [`list`], and `WEB-CSRF`.
pub async fn add(app: &App, visitor: Visitor, whom: Whom, change: RuleOverride) -> Result<Session> {
    save(app, visitor, Target::New(whom), change).await
}

/// Changes an override; see [`add`].
///
/// # Errors
/// As [`add`]; `WEB-NOT-FOUND` when the activity has none of that number.
pub async fn change(app: &App, visitor: Visitor, id: String, change: RuleOverride) -> Result<Session> {
    save(app, visitor, Target::Known(id), change).await
}

enum Target {
    New(Whom),
    Known(String),
}

async fn save(app: &App, visitor: Visitor, target: Target, change: RuleOverride) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let (session, placement) = instructor_of_activity(c, &visitor, now)?;
            if !wrong_fields(&change).is_empty() {
                return Err(session.refused(Code::Form, "a value is out of its range"));
            }
            let all = overrides::list(c, &placement.context_id, &placement.id)?;
            let (whom, id, change) = match target {
                Target::Known(id) => {
                    let row = all.into_iter().find(|row| row.id == id);
                    let row = row.ok_or_else(|| {
                        session.refused(Code::NotFound, "no such override of this activity")
                    })?;
                    (whom_of(&row), id, change)
                }
                Target::New(whom) => match all.into_iter().find(|row| whom_of(row) == whom) {
                    Some(row) => {
                        let former = json::read::<RuleOverride>(&row.content)?;
                        (whom, row.id, former.with(change))
                    }
                    None => (whom, random::id(), change),
                },
            };
            let affected = affected(c, &session, &whom)?;
            if change.is_empty() {
                overrides::delete(c, &placement.id, &id)?;
            } else {
                overrides::upsert(c, &row_of(id, &placement, &whom, &change, &session, now)?)?;
            }
            let open = attempts::list_open(c, &placement.id)?;
            follow(c, &cache, &session, open, &affected, now)?;
            note_by(
                c,
                &session,
                "override.save",
                &placement.id,
                &fields_of(&change),
                now,
            )?;
            Ok(session)
        })
        .await
}

/// Takes an override away: what holds for everybody holds again, at once.
///
/// # Errors
/// `WEB-NOT-FOUND` when the activity has none of that number; as [`save`].
pub async fn remove(app: &App, visitor: Visitor, id: String) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let (session, placement) = instructor_of_activity(c, &visitor, now)?;
            let all = overrides::list(c, &placement.context_id, &placement.id)?;
            let row = all
                .into_iter()
                .find(|row| row.id == id)
                .ok_or_else(|| session.refused(Code::NotFound, "no such override of this activity"))?;
            let affected = match whom_of(&row) {
                Whom::Person(person_id) => vec![person_id],
                Whom::Group(group_id) => overrides::list_members(c, &placement.context_id, &group_id)?,
            };
            overrides::delete(c, &placement.id, &id)?;
            let open = attempts::list_open(c, &placement.id)?;
            follow(c, &cache, &session, open, &affected, now)?;
            note_by(c, &session, "override.remove", &placement.id, &json!({}), now)?;
            Ok(session)
        })
        .await
}

// Which rules differ, without the password itself.
fn fields_of(change: &RuleOverride) -> serde_json::Value {
    json!({
        "opens_at": !change.opens_at.is_kept(),
        "closes_at": !change.closes_at.is_kept(),
        "time_limit": !change.time_limit_seconds.is_kept(),
        "attempts": !change.attempts_allowed.is_kept(),
        "password": !change.password.is_kept(),
    })
}

fn whom_of(row: &Row) -> Whom {
    match (&row.person_id, &row.course_group_id) {
        (Some(id), _) => Whom::Person(id.clone()),
        (None, id) => Whom::Group(id.clone().unwrap_or_default()),
    }
}

/// The row of an override that the session's person makes or changes.
pub(crate) fn row_of(
    id: String,
    placement: &Placement,
    whom: &Whom,
    change: &RuleOverride,
    session: &Session,
    now: DateTime<Utc>,
) -> Result<Row> {
    let (person_id, course_group_id) = match whom {
        Whom::Person(id) => (Some(id.clone()), None),
        Whom::Group(id) => (None, Some(id.clone())),
    };
    Ok(Row {
        id,
        placement_id: placement.id.clone(),
        person_id,
        course_group_id,
        content: json::write(change)?,
        changed_by: Some(session.person_id.clone()),
        changed_at: now.naive_utc(),
    })
}

// Whose rules it changes; refuses who does not belong to the course.
fn affected(connection: &mut Connection, session: &Session, whom: &Whom) -> Result<Vec<String>> {
    match whom {
        Whom::Person(id) => {
            people_of_course::demand(connection, session, id)?;
            Ok(vec![id.clone()])
        }
        Whom::Group(id) => members_of(connection, session, id),
    }
}

/// What follows at once when the rules of these people changed: the clocks of theirs
/// among the open attempts, and the course's module score.
pub(crate) fn follow(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: &Session,
    open: Vec<Attempt>,
    person_ids: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    let own = open
        .into_iter()
        .filter(|attempt| person_ids.contains(&attempt.person_id));
    let ids: Vec<String> = own.map(|attempt| attempt.id).collect();
    // A module may count 0 once an activity has closed for somebody.
    module::recompute_of_context(connection, session.context()?, now.naive_utc())?;
    move_clocks(connection, cache, session, &ids, Cause::Rules, now)?;
    Ok(())
}

/// The fields of an override whose values are out of their range: `opens_at`,
/// `closes_at`, `time_limit`, `attempts`, `more_attempts`, `password`.
pub fn wrong_fields(change: &RuleOverride) -> Vec<&'static str> {
    use ::assessment::Changed::To;
    let limit = limits::TIME_LIMIT_MIN_SECONDS..=limits::TIME_LIMIT_MAX_SECONDS;
    let limit_wrong = matches!(change.time_limit_seconds, To(seconds) if !limit.contains(&seconds));
    let attempts_wrong =
        matches!(change.attempts_allowed, To(attempts) if !(1..=limits::ATTEMPTS).contains(&attempts));
    let more_wrong = change.more_attempts > limits::ATTEMPTS;
    let password_wrong = matches!(&change.password, To(password)
        if password.trim().is_empty() || password.chars().count() > limits::PASSWORD_LETTERS);
    let order_wrong = matches!(
        (change.opens_at, change.closes_at),
        (To(opens_at), To(closes_at)) if closes_at <= opens_at
    );
    [
        (order_wrong, "closes_at"),
        (limit_wrong, "time_limit"),
        (attempts_wrong, "attempts"),
        (more_wrong, "more_attempts"),
        (password_wrong, "password"),
    ]
    .into_iter()
    .filter_map(|(is_wrong, field)| is_wrong.then_some(field))
    .collect()
}

#[cfg(test)]
mod tests {
    use ::assessment::Changed;

    use super::*;

    #[test]
    fn values_out_of_range_are_refused() {
        #[track_caller]
        fn check(change: RuleOverride, expected: bool) {
            assert_eq!(wrong_fields(&change).is_empty(), expected, "{change:?}");
        }
        let usual = RuleOverride::default;
        let time = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        check(usual(), true);
        check(
            RuleOverride {
                time_limit_seconds: Changed::To(59),
                ..usual()
            },
            false,
        );
        check(
            RuleOverride {
                time_limit_seconds: Changed::To(60),
                ..usual()
            },
            true,
        );
        check(
            RuleOverride {
                attempts_allowed: Changed::To(0),
                ..usual()
            },
            false,
        );
        check(
            RuleOverride {
                password: Changed::To(" ".to_owned()),
                ..usual()
            },
            false,
        );
        let dates = |opens_at, closes_at| RuleOverride {
            opens_at,
            closes_at,
            ..usual()
        };
        check(dates(Changed::To(time(2)), Changed::To(time(2))), false);
        check(dates(Changed::To(time(2)), Changed::Lifted), true);
    }
}
