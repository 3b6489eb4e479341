//! Jobs: work that takes longer than a request, or that must not be done twice
//! at once. One row per kind and subject, claimed by a lease; a finished job's
//! row is gone.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::jobs};

/// Reading a context's member list.
pub const ROSTER: &str = "roster";
/// Making a column in the platform's gradebook; a lease only, no loop does it.
pub const COLUMN: &str = "column";
/// Reading back what stands in a column at its platform.
pub const COLUMN_CHECK: &str = "column-check";
/// Working out everybody's grade of a module again.
pub const MODULE_SCORE: &str = "module-score";
/// Marking an assessment's attempts again by its newest policy.
pub const REGRADE: &str = "regrade";
/// Looking through an assessment's attempts for a regrade that is proposed.
pub const REGRADE_TRIAL: &str = "regrade-trial";

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// UUIDv7.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// To what.
    pub subject_id: String,
    /// When.
    pub due_at: Timestamp,
    /// How often it failed.
    pub tries: i64,
    /// Who does it.
    pub lease: Option<String>,
    /// Until when nobody else may.
    pub leased_until: Option<Timestamp>,
    /// Why it failed last.
    pub problem_code: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Adds a job, unless there is one of that kind and subject; false then.
pub fn enqueue(
    connection: &mut Connection,
    subject_id: &str,
    kind: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::kind.eq(kind),
            jobs::subject_id.eq(subject_id),
            jobs::due_at.eq(now),
            jobs::tries.eq(0),
            jobs::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(c)? == 1))
}

/// Has a job done at `due_at` at the latest: adds it, or brings forward the one that there is.
/// One that is being done is done once more.
pub fn enqueue_at(
    connection: &mut Connection,
    subject_id: &str,
    kind: &str,
    id: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        let added = diesel::insert_into(jobs::table)
            .values((
                jobs::id.eq(id),
                jobs::kind.eq(kind),
                jobs::subject_id.eq(subject_id),
                jobs::due_at.eq(due_at),
                jobs::tries.eq(0),
                jobs::created_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(c)?;
        if added == 0 {
            diesel::update(jobs::table)
                .filter(
                    jobs::kind.eq(kind)
                        .and(jobs::subject_id.eq(subject_id))
                        .and(jobs::due_at.gt(due_at).or(jobs::leased_until.gt(now))),
                )
                .set(jobs::due_at.eq(due_at))
                .execute(c)?;
        }
        Ok(())
    })
}

/// True when a job of that kind is due now.
pub fn is_due(connection: &mut Connection, kind: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(jobs::table.filter(
        jobs::kind.eq(kind)
            .and(jobs::due_at.le(now))
            .and(jobs::leased_until.is_null().or(jobs::leased_until.le(now))),
    ))).get_result(c)?))
}

/// Leases due jobs of a kind until `until`, the longest due first.
pub fn claim(
    connection: &mut Connection,
    kind: &str,
    most: i64,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Job>> {
    let due = diesel::alias!(jobs as due);
    db!(connection, c => {
        let chosen = due
            .filter(
                due.field(jobs::kind).eq(kind)
                    .and(due.field(jobs::due_at).le(now))
                    .and(due.field(jobs::leased_until).is_null().or(due.field(jobs::leased_until).le(now))),
            )
            .order((due.field(jobs::due_at), due.field(jobs::id)))
            .limit(most)
            .select(due.field(jobs::id));
        // Also outside of the sub-select: see `grades::claim`.
        Ok(diesel::update(jobs::table)
            .filter(jobs::id.eq_any(chosen).and(jobs::leased_until.is_null().or(jobs::leased_until.le(now))))
            .set((jobs::lease.eq(lease), jobs::leased_until.eq(until)))
            .returning(Job::as_select())
            .get_results(c)?)
    })
}

/// Leases that job until `until`; `None` when somebody else has it, or it is not due any more.
pub fn claim_one(
    connection: &mut Connection,
    id: &str,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Job>> {
    db!(connection, c => Ok(diesel::update(jobs::table.find(id))
        .filter(jobs::due_at.le(now).and(jobs::leased_until.is_null().or(jobs::leased_until.le(now))))
        .set((jobs::lease.eq(lease), jobs::leased_until.eq(until)))
        .returning(Job::as_select())
        .get_result(c)
        .optional()?))
}

/// Leases one subject's work, whether it was asked for before or not; false when somebody else has it.
pub fn claim_subject(
    connection: &mut Connection,
    subject_id: &str,
    kind: &str,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    enqueue(connection, subject_id, kind, lease, now)?;
    db!(connection, c => Ok(diesel::update(jobs::table)
        .filter(
            jobs::kind.eq(kind)
                .and(jobs::subject_id.eq(subject_id))
                .and(jobs::leased_until.is_null().or(jobs::leased_until.le(now))),
        )
        .set((jobs::lease.eq(lease), jobs::leased_until.eq(until)))
        .execute(c)? == 1))
}

/// Keeps a lease until `until`; false when somebody else has it by now.
pub fn renew(connection: &mut Connection, id: &str, lease: &str, until: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(lease))
        .set(jobs::leased_until.eq(until))
        .execute(c)? == 1))
}

/// The work under that lease is done.
pub fn finish(connection: &mut Connection, subject_id: &str, kind: &str, lease: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(jobs::table)
        .filter(jobs::kind.eq(kind).and(jobs::subject_id.eq(subject_id)).and(jobs::lease.eq(lease)))
        .execute(c)? == 1))
}

/// The work under that lease is done, and due again at `again`; at once when somebody asked for it meanwhile.
pub fn done(connection: &mut Connection, job: &Job, lease: &str, again: Option<Timestamp>) -> Result<()> {
    let none: Option<&str> = None;
    let never: Option<Timestamp> = None;
    let free = (
        jobs::tries.eq(0),
        jobs::lease.eq(none),
        jobs::leased_until.eq(never),
        jobs::problem_code.eq(none),
    );
    db!(connection, c => {
        match again {
            Some(again) => diesel::update(jobs::table.find(&job.id))
                .filter(jobs::lease.eq(lease).and(jobs::due_at.eq(job.due_at)))
                .set((free, jobs::due_at.eq(again)))
                .execute(c)?,
            None => diesel::delete(jobs::table.find(&job.id))
                .filter(jobs::lease.eq(lease).and(jobs::due_at.eq(job.due_at)))
                .execute(c)?,
        };
        diesel::update(jobs::table.find(&job.id)).filter(jobs::lease.eq(lease)).set(free).execute(c)?;
        Ok(())
    })
}

/// The work under that lease failed and is due again at `due_at`.
pub fn retry(
    connection: &mut Connection,
    subject_id: &str,
    kind: &str,
    lease: &str,
    due_at: Timestamp,
    problem_code: &str,
) -> Result<bool> {
    let none: Option<&str> = None;
    let never: Option<Timestamp> = None;
    db!(connection, c => Ok(diesel::update(jobs::table)
        .filter(jobs::kind.eq(kind).and(jobs::subject_id.eq(subject_id)).and(jobs::lease.eq(lease)))
        .set((
            jobs::due_at.eq(due_at),
            jobs::tries.eq(jobs::tries + 1),
            jobs::lease.eq(none),
            jobs::leased_until.eq(never),
            jobs::problem_code.eq(problem_code),
        ))
        .execute(c)? == 1))
}
