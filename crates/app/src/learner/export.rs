//! All that is kept about a learner, as one JSON document for themselves.

use serde_json::{Value, json};
use storage::{Connection, Timestamp, course_progress, learner_codes, people};

use super::resolve;
use crate::{App, Result, json as documents, session::Visitor};

/// All that is kept about the learner: account, codes without what is secret, and everything in courses.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for a session from a platform.
pub async fn export(app: &App, visitor: Visitor) -> Result<Value> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            Ok(json!({
                "exported_at": now.to_rfc3339(),
                "accounts": accounts(c, &session.person_id)?,
                "courses": courses(c, &session.person_id)?,
                "completions": completions(c, &session.person_id)?,
            }))
        })
        .await
}

fn accounts(connection: &mut Connection, person_id: &str) -> Result<Vec<Value>> {
    let mut told = Vec::new();
    for (identity, issuer) in people::list_identities(connection, person_id)? {
        let codes = learner_codes::list_of_identity(connection, &identity.id)?;
        let codes: Vec<Value> = codes
            .iter()
            .map(|code| {
                json!({
                    "kind": code.kind, "label": code.label, "made_at": at(code.created_at),
                    "used_at": code.used_at.map(at),
                })
            })
            .collect();
        told.push(json!({
            "kind": identity.kind, "issuer": issuer, "subject": identity.subject, "name": identity.name,
            "given_name": identity.given_name, "family_name": identity.family_name, "email": identity.email,
            "since": at(identity.created_at), "seen_at": at(identity.seen_at), "codes": codes,
        }));
    }
    Ok(told)
}

fn courses(connection: &mut Connection, person_id: &str) -> Result<Vec<Value>> {
    let mut told = Vec::new();
    for (reader, key) in course_progress::list_begun(connection, person_id)? {
        told.push(json!({
            "course": key, "began_at": at(reader.began_at), "seen_at": at(reader.seen_at),
            "stopped_at": reader.last_step,
            "steps": steps(connection, person_id, &reader.course_id)?,
            "questions": questions(connection, person_id, &reader.course_id)?,
            "reflections": reflections(connection, person_id, &reader.course_id)?,
        }));
    }
    Ok(told)
}

fn steps(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<Value>> {
    let rows = course_progress::list_steps(connection, person_id, course_id)?;
    let told = |row: course_progress::StepDone| {
        let what: Value = documents::read(&row.what)?;
        Ok(json!({ "step": row.step_key, "what": what, "at": at(row.done_at) }))
    };
    rows.into_iter().map(told).collect()
}

fn questions(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<Value>> {
    let rows = course_progress::list_checks(connection, person_id, course_id)?;
    let told = |row: &course_progress::CheckDone| {
        json!({
            "lesson": row.lesson_key, "question": row.check_key, "best": row.fraction, "tries": row.tries,
            "at": at(row.done_at),
        })
    };
    Ok(rows.iter().map(told).collect())
}

fn reflections(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<Value>> {
    let rows = course_progress::list_reflections(connection, person_id, course_id)?;
    let told = |row: &course_progress::Reflection| {
        json!({
            "lesson": row.lesson_key, "reflection": row.reflection_key, "words": row.words,
            "at": at(row.updated_at),
        })
    };
    Ok(rows.iter().map(told).collect())
}

fn completions(connection: &mut Connection, person_id: &str) -> Result<Vec<Value>> {
    let rows = course_progress::list_completions(connection, person_id, None)?;
    let told = |row: course_progress::Completion| {
        let evidence: Value = documents::read(&row.evidence)?;
        Ok(json!({
            "course": row.course_id, "version": row.course_version_id, "at": at(row.completed_at),
            "evidence": evidence,
        }))
    };
    rows.into_iter().map(told).collect()
}

/// RFC 3339, in UTC.
fn at(moment: Timestamp) -> String {
    moment.and_utc().to_rfc3339()
}
