//! What readers with a name did in a course: where they stopped, what is done, their best
//! tries, what they wrote for themselves, and what they completed.
//!
//! Left out on purpose: what counts as done (`course`), and guests, of whom nothing is kept.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{
        course_checks_done, course_completions, course_readers, course_reflections, course_steps_done,
        course_versions, courses, enrolments, identities,
    },
};

/// Somebody who has begun a course.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_readers)]
pub struct Reader {
    /// Who.
    pub person_id: String,
    /// Which course.
    pub course_id: String,
    /// On which of its versions.
    pub course_version_id: String,
    /// As whom they came last.
    pub identity_id: String,
    /// The key of the step where they stopped; empty before the first one.
    pub last_step: String,
    /// When they began.
    pub began_at: Timestamp,
    /// When they were here last.
    pub seen_at: Timestamp,
}

/// What somebody has done of a step.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_steps_done)]
pub struct StepDone {
    /// Who.
    pub person_id: String,
    /// Of which course.
    pub course_id: String,
    /// The step's key.
    pub step_key: String,
    /// JSON of what was done.
    pub what: String,
    /// When it was done first as well as this.
    pub done_at: Timestamp,
}

/// The best try at a question of a lesson.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_checks_done)]
pub struct CheckDone {
    /// Who.
    pub person_id: String,
    /// Of which course.
    pub course_id: String,
    /// The lesson's key.
    pub lesson_key: String,
    /// The question's key.
    pub check_key: String,
    /// Of the full points, 0 to 1.
    pub fraction: f64,
    /// How often it was tried.
    pub tries: i64,
    /// When the best try was.
    pub done_at: Timestamp,
}

/// What somebody wrote for themselves.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_reflections)]
pub struct Reflection {
    /// Who.
    pub person_id: String,
    /// In which course.
    pub course_id: String,
    /// The lesson's key.
    pub lesson_key: String,
    /// The reflection's key.
    pub reflection_key: String,
    /// What they wrote.
    pub words: String,
    /// When.
    pub updated_at: Timestamp,
}

/// Leaves out what is nobody else's to read.
impl std::fmt::Debug for Reflection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reflection")
            .field("reflection_key", &self.reflection_key)
            .finish_non_exhaustive()
    }
}

/// That somebody completed a version of a course; rows never change.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_completions)]
pub struct Completion {
    /// UUIDv7.
    pub id: String,
    /// Who.
    pub person_id: String,
    /// Which course.
    pub course_id: String,
    /// Which of its versions.
    pub course_version_id: String,
    /// When.
    pub completed_at: Timestamp,
    /// JSON of what was done when, with which result.
    pub evidence: String,
}

/// The reader of that course, when they have begun it.
pub fn find_reader(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Option<Reader>> {
    db!(connection, c => Ok(course_readers::table
        .find((person_id, course_id))
        .select(Reader::as_select())
        .first(c)
        .optional()?))
}

/// All courses that somebody has begun with their keys, where they were last first; also those that were put away.
pub fn list_begun(connection: &mut Connection, person_id: &str) -> Result<Vec<(Reader, String)>> {
    db!(connection, c => Ok(course_readers::table
        .inner_join(courses::table)
        .filter(course_readers::person_id.eq(person_id))
        .order((course_readers::seen_at.desc(), course_readers::course_id))
        .select((Reader::as_select(), courses::key))
        .load(c)?))
}

/// Lets somebody begin a course, or go on: version, step and time are those of `reader` from then on.
pub fn put_reader(connection: &mut Connection, reader: &Reader) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_readers::table)
            .values(reader)
            .on_conflict((course_readers::person_id, course_readers::course_id))
            .do_update()
            .set((
                course_readers::course_version_id.eq(&reader.course_version_id),
                course_readers::identity_id.eq(&reader.identity_id),
                course_readers::last_step.eq(&reader.last_step),
                course_readers::seen_at.eq(reader.seen_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// The number of the newest version of a course that takes its readers along; 0 when none does.
pub fn moving_version_number(connection: &mut Connection, course_id: &str) -> Result<i64> {
    use diesel::sql_types::Bool;
    db!(connection, c => Ok(course_versions::table
        .filter(
            course_versions::course_id.eq(course_id)
                .and(course_versions::moves_readers.eq(true.into_sql::<Bool>())),
        )
        .select(diesel::dsl::max(course_versions::number))
        .first::<Option<i64>>(c)?
        .unwrap_or(0)))
}

/// What somebody has done of a course.
pub fn list_steps(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<StepDone>> {
    db!(connection, c => Ok(course_steps_done::table
        .filter(course_steps_done::person_id.eq(person_id).and(course_steps_done::course_id.eq(course_id)))
        .order((course_steps_done::done_at, course_steps_done::step_key))
        .select(StepDone::as_select())
        .load(c)?))
}

/// Keeps what is done of a step in the place of what was.
pub fn put_step(connection: &mut Connection, done: &StepDone) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_steps_done::table)
            .values(done)
            .on_conflict((
                course_steps_done::person_id,
                course_steps_done::course_id,
                course_steps_done::step_key,
            ))
            .do_update()
            .set((course_steps_done::what.eq(&done.what), course_steps_done::done_at.eq(done.done_at)))
            .execute(c)?;
        Ok(())
    })
}

/// The best tries of somebody in a course.
pub fn list_checks(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<CheckDone>> {
    db!(connection, c => Ok(course_checks_done::table
        .filter(course_checks_done::person_id.eq(person_id).and(course_checks_done::course_id.eq(course_id)))
        .order((course_checks_done::lesson_key, course_checks_done::check_key))
        .select(CheckDone::as_select())
        .load(c)?))
}

/// Keeps a try in the place of what was.
pub fn put_check(connection: &mut Connection, done: &CheckDone) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_checks_done::table)
            .values(done)
            .on_conflict((
                course_checks_done::person_id,
                course_checks_done::course_id,
                course_checks_done::lesson_key,
                course_checks_done::check_key,
            ))
            .do_update()
            .set((
                course_checks_done::fraction.eq(done.fraction),
                course_checks_done::tries.eq(done.tries),
                course_checks_done::done_at.eq(done.done_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// What somebody wrote for themselves in a course.
pub fn list_reflections(
    connection: &mut Connection,
    person_id: &str,
    course_id: &str,
) -> Result<Vec<Reflection>> {
    db!(connection, c => Ok(course_reflections::table
        .filter(course_reflections::person_id.eq(person_id).and(course_reflections::course_id.eq(course_id)))
        .order((course_reflections::lesson_key, course_reflections::reflection_key))
        .select(Reflection::as_select())
        .load(c)?))
}

/// Keeps what somebody wrote; empty words take it away.
pub fn put_reflection(connection: &mut Connection, written: &Reflection) -> Result<()> {
    db!(connection, c => {
        if written.words.is_empty() {
            diesel::delete(course_reflections::table.find((
                &written.person_id,
                &written.course_id,
                &written.lesson_key,
                &written.reflection_key,
            )))
            .execute(c)?;
            return Ok(());
        }
        diesel::insert_into(course_reflections::table)
            .values(written)
            .on_conflict((
                course_reflections::person_id,
                course_reflections::course_id,
                course_reflections::lesson_key,
                course_reflections::reflection_key,
            ))
            .do_update()
            .set((
                course_reflections::words.eq(&written.words),
                course_reflections::updated_at.eq(written.updated_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Adds the record of a completion; false when that version was completed before.
pub fn insert_completion(connection: &mut Connection, completion: &Completion) -> Result<bool> {
    db!(connection, c => Ok(diesel::insert_into(course_completions::table)
        .values(completion)
        .on_conflict_do_nothing()
        .execute(c)? == 1))
}

/// What somebody completed, the newest first; of one course, or of all.
pub fn list_completions(
    connection: &mut Connection,
    person_id: &str,
    course_id: Option<&str>,
) -> Result<Vec<Completion>> {
    db!(connection, c => {
        let mut found = course_completions::table
            .filter(course_completions::person_id.eq(person_id))
            .order((course_completions::completed_at.desc(), course_completions::id))
            .select(Completion::as_select())
            .into_boxed();
        if let Some(course_id) = course_id {
            found = found.filter(course_completions::course_id.eq(course_id));
        }
        Ok(found.load(c)?)
    })
}

/// What everybody in a context has done of a course.
pub fn list_steps_in_context(
    connection: &mut Connection,
    context_id: &str,
    course_id: &str,
) -> Result<Vec<StepDone>> {
    db!(connection, c => Ok(course_steps_done::table
        .filter(
            course_steps_done::course_id.eq(course_id).and(course_steps_done::person_id.eq_any(
                enrolments::table
                    .inner_join(identities::table)
                    .filter(enrolments::context_id.eq(context_id))
                    .select(identities::person_id),
            )),
        )
        .order((course_steps_done::person_id, course_steps_done::done_at))
        .select(StepDone::as_select())
        .load(c)?))
}

/// Everybody in a context who has begun a course.
pub fn list_readers_in_context(
    connection: &mut Connection,
    context_id: &str,
    course_id: &str,
) -> Result<Vec<Reader>> {
    db!(connection, c => Ok(course_readers::table
        .filter(
            course_readers::course_id.eq(course_id).and(course_readers::person_id.eq_any(
                enrolments::table
                    .inner_join(identities::table)
                    .filter(enrolments::context_id.eq(context_id))
                    .select(identities::person_id),
            )),
        )
        .order(course_readers::person_id)
        .select(Reader::as_select())
        .load(c)?))
}

/// The best tries of everybody in a context.
pub fn list_checks_in_context(
    connection: &mut Connection,
    context_id: &str,
    course_id: &str,
) -> Result<Vec<CheckDone>> {
    db!(connection, c => Ok(course_checks_done::table
        .filter(
            course_checks_done::course_id.eq(course_id).and(course_checks_done::person_id.eq_any(
                enrolments::table
                    .inner_join(identities::table)
                    .filter(enrolments::context_id.eq(context_id))
                    .select(identities::person_id),
            )),
        )
        .order((course_checks_done::person_id, course_checks_done::lesson_key, course_checks_done::check_key))
        .select(CheckDone::as_select())
        .load(c)?))
}
