//! What a device kept of a guest becomes the account's, when the learner says that it is theirs. What a device claims
//! proves nothing: only that lessons were read or watched is believed, of steps that the course has, never marks, and no
//! moment that has not been. What the account holds is never made less.

use std::collections::BTreeMap;

use ::course::{CourseContent, Done, Key, What};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use storage::{
    Connection,
    course_progress::{self, Reflection},
};

use crate::{
    App, Code, Error, Result,
    course::{CourseCode, desk::Desk, record, study::REFLECTION_LETTERS},
    session::{self, Role, Session, Visitor},
};

/// The longest that a device's report of a course may be, in bytes.
const LONGEST: usize = 100_000;
const MOST_ENTRIES: usize = 500;

/// What was taken over.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The session.
    pub session: Session,
    /// The course's key.
    pub course: String,
    /// Steps of which the account holds more than before.
    pub steps: usize,
}

/// What `course-progress.js` keeps. Members that it does not have, and entries that say something else, are passed over.
#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    steps: BTreeMap<String, Value>,
    #[serde(default)]
    last: Option<String>,
    #[serde(default)]
    notes: BTreeMap<String, Value>,
}

/// Takes a device's report over into the account, in one write.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN` for anybody but a learner, `WEB-NOT-FOUND` for a course that they may not
/// read; `CRS-DEVICE` for a report that is none.
pub async fn take_over(app: &App, visitor: Visitor, key: String, report: String) -> Result<Taken> {
    let now = app.clock().now();
    let cache = app.courses().clone();
    app.db()
        .write(move |c| {
            let session = session::resolve_for_change(c, &visitor, now)?;
            session.require(Role::Learner)?;
            let desk = Desk::begin(c, &cache, session, &key, now)?;
            let report = read(&report).map_err(|detail| refused(&desk.session, detail))?;
            let held = record::dones(c, &desk.session.person_id, &desk.course_id)?;
            let mut claimed = reachable(
                &desk.course.content,
                &held,
                claimed(&desk.course.content, &report, now),
            );
            if !desk.session.is_account() {
                // A platform may have a deadline, and a device's clock is no witness.
                for done in &mut claimed {
                    done.at = now;
                }
            }
            let steps = ::course::gained(&claimed, &held).len();
            let dones = record::add(c, desk.whose(), &claimed)?;
            desk.settle(c, &dones, now)?;
            merge_words(c, &desk, &report, now)?;
            go_where_the_guest_was(c, &desk, report.last, now)?;
            Ok(Taken {
                session: desk.session,
                course: key,
                steps,
            })
        })
        .await
}

fn refused(session: &Session, detail: &'static str) -> Error {
    session.refused(Code::Course(CourseCode::Device), detail)
}

fn read(report: &str) -> std::result::Result<Report, &'static str> {
    if report.len() > LONGEST {
        return Err("the report is too long");
    }
    let unreadable = "the report cannot be read";
    let object: serde_json::Map<String, Value> =
        serde_json::from_str(report).map_err(|_invalid| unreadable)?;
    let report: Report = serde_json::from_value(Value::Object(object)).map_err(|_invalid| unreadable)?;
    if report.steps.len() > MOST_ENTRIES || report.notes.len() > MOST_ENTRIES {
        return Err("the report has too many entries");
    }
    Ok(report)
}

/// Where the guest stopped, unless the account is under way itself.
fn go_where_the_guest_was(
    connection: &mut Connection,
    desk: &Desk,
    last: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let is_under_way = desk
        .reader
        .as_ref()
        .is_none_or(|reader| !reader.last_step.is_empty());
    match last.map(Key::new) {
        Some(last) if !is_under_way && desk.course.content.step(&last).is_some() => {
            desk.reach(connection, &last, now)
        }
        _ => Ok(()),
    }
}

/// Those that the course's order opens to this learner, one after the other: guests read in any order.
fn reachable(content: &CourseContent, held: &[Done], mut claimed: Vec<Done>) -> Vec<Done> {
    let mut reached = held.to_vec();
    loop {
        let progress = ::course::progress(content, &reached);
        let (open, locked): (Vec<Done>, Vec<Done>) = claimed
            .into_iter()
            .partition(|done| progress.can_open(&done.step));
        if open.is_empty() {
            return reached.split_off(held.len());
        }
        reached.extend(open);
        claimed = locked;
    }
}

/// What of a device's claims is believed.
fn claimed(content: &CourseContent, report: &Report, now: DateTime<Utc>) -> Vec<Done> {
    let believed = |(key, claim): (&String, &Value)| {
        let key = Key::new(key.as_str());
        content.step(&key)?.as_lesson()?;
        let what = match claim.get("what").and_then(Value::as_str)? {
            "read" => What::Read,
            "watched" => What::Watched,
            _ => return None,
        };
        let said = claim.get("at").and_then(Value::as_str).unwrap_or_default();
        let said = DateTime::parse_from_rfc3339(said).map(|at| at.to_utc());
        Some(Done {
            step: key,
            what,
            at: said.ok().filter(|at| *at <= now).unwrap_or(now),
        })
    };
    report.steps.iter().filter_map(believed).collect()
}

/// What a guest wrote for themselves. Where the account has other words, both stay.
fn merge_words(connection: &mut Connection, desk: &Desk, report: &Report, now: DateTime<Utc>) -> Result<()> {
    let whose = desk.whose();
    let held = course_progress::list_reflections(connection, whose.person_id, whose.course_id)?;
    for (place, words) in &report.notes {
        let Some((lesson, reflection)) = place_of(&desk.course.content, place) else {
            continue;
        };
        let of_account = held
            .iter()
            .find(|held| held.lesson_key == lesson.as_str() && held.reflection_key == reflection.as_str());
        let of_account = of_account.map_or("", |held| held.words.as_str());
        let Some(words) = words.as_str().and_then(|words| both(of_account, words)) else {
            continue;
        };
        if words.chars().count() > REFLECTION_LETTERS {
            return Err(refused(&desk.session, "both notes together are too long"));
        }
        let row = Reflection {
            person_id: whose.person_id.to_owned(),
            course_id: whose.course_id.to_owned(),
            lesson_key: lesson.to_string(),
            reflection_key: reflection.to_string(),
            words,
            updated_at: now.naive_utc(),
        };
        course_progress::put_reflection(connection, &row)?;
    }
    Ok(())
}

/// `LESSON/REFLECTION`, when the course has it.
fn place_of(content: &CourseContent, place: &str) -> Option<(Key, Key)> {
    let (lesson, reflection) = place.split_once('/')?;
    let (lesson, reflection) = (Key::new(lesson), Key::new(reflection));
    content.step(&lesson)?.as_lesson()?.reflection(&reflection)?;
    Some((lesson, reflection))
}

/// The account's words and the device's; `None` when there is nothing to add.
fn both(of_account: &str, of_device: &str) -> Option<String> {
    let of_device: String = of_device
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take(REFLECTION_LETTERS)
        .collect();
    let of_device = of_device.trim();
    match (of_account.trim().is_empty(), of_account.contains(of_device)) {
        (_, true) => None,
        (true, _) => Some(of_device.to_owned()),
        (false, _) => Some(format!("{of_account}\n\n{of_device}")),
    }
}

#[cfg(test)]
#[path = "device_tests.rs"]
mod tests;
