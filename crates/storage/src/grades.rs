//! The outbox: which grade each column of a gradebook should show for each
//! person, and how far it is on its way.
//!
//! A row is claimed by a lease before it is sent and settled under that lease
//! afterwards. What the grade should be may change in between: the row's
//! revision rises then, and settling an older revision leaves the row due.
//! What to do about an answer is `app`'s decision.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{grade_deliveries, persons, registrations},
};

/// The states of a row, as they are stored.
pub mod state {
    /// The column has no address yet.
    pub const NO_COLUMN: &str = "no-column";
    /// To be sent when it is due.
    pub const WAITING: &str = "waiting";
    /// Stored by the platform.
    pub const DELIVERED: &str = "delivered";
    /// Refused for good.
    pub const REFUSED: &str = "refused";
    /// Tried for too long.
    pub const PARKED: &str = "parked";
    /// The platform shows a value of a teacher, which stays.
    pub const KEPT: &str = "kept";
}

/// A grade on its way.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = grade_deliveries)]
pub struct GradeDelivery {
    /// UUIDv7.
    pub id: String,
    /// Where it belongs.
    pub grade_column_id: String,
    /// Whose grade it is.
    pub person_id: String,
    /// Whom the platform knows them as.
    pub identity_id: String,
    /// The platform.
    pub registration_id: String,
    /// The desired grade, on the scale of `maximum`.
    pub score: f64,
    /// The scale.
    pub maximum: f64,
    /// Plain text that goes along.
    pub comment: String,
    /// When the attempt that counts began.
    pub started_at: Option<Timestamp>,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
    /// Rises whenever something has to be sent.
    pub revision: i64,
    /// One of [`state`].
    pub state: String,
    /// When a waiting row is to be sent.
    pub due_at: Timestamp,
    /// When this revision was due first.
    pub first_due_at: Timestamp,
    /// How often it failed since then.
    pub tries: i64,
    /// Who is sending it.
    pub lease: Option<String>,
    /// Until when nobody else may.
    pub leased_until: Option<Timestamp>,
    /// The time stamp of the last score that was sent, in whole seconds.
    pub stamp: Option<Timestamp>,
    /// JSON list of the shares (0 to 1) that may stand at the platform because of us.
    pub sent_fractions: String,
    /// The revision that arrived last.
    pub sent_revision: Option<i64>,
    /// When a score arrived last.
    pub delivered_at: Option<Timestamp>,
    /// Why it failed last.
    pub problem_code: Option<String>,
    /// The same for administrators.
    pub problem_detail: Option<String>,
    /// The teacher's value that was seen at the platform.
    pub platform_score: Option<f64>,
    /// Its scale.
    pub platform_maximum: Option<f64>,
    /// An instructor wants ours in the teacher's place.
    pub overwrite: bool,
    /// When somebody last sent it again by hand.
    pub pressed_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was seen that the platform shows nothing any more, though it had arrived.
    pub emptied_at: Option<Timestamp>,
}

/// A grade as it should be.
#[derive(Debug, Clone, PartialEq, AsChangeset)]
#[diesel(table_name = grade_deliveries, treat_none_as_null = true)]
pub struct Desired {
    /// On the scale of `maximum`.
    pub score: f64,
    /// The scale.
    pub maximum: f64,
    /// Plain text that goes along.
    pub comment: String,
    /// When the attempt that counts began.
    pub started_at: Option<Timestamp>,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, AsChangeset)]
#[diesel(table_name = grade_deliveries, treat_none_as_null = true)]
pub struct Settlement {
    /// One of [`state`].
    pub state: String,
    /// When a waiting row is to be sent.
    pub due_at: Timestamp,
    /// How often it failed.
    pub tries: i64,
    /// The time stamp of the last score that was sent.
    pub stamp: Option<Timestamp>,
    /// See [`GradeDelivery::sent_fractions`].
    pub sent_fractions: String,
    /// The revision that arrived last.
    pub sent_revision: Option<i64>,
    /// When a score arrived last.
    pub delivered_at: Option<Timestamp>,
    /// Why it failed.
    pub problem_code: Option<String>,
    /// The same for administrators.
    pub problem_detail: Option<String>,
    /// The teacher's value that was seen.
    pub platform_score: Option<f64>,
    /// Its scale.
    pub platform_maximum: Option<f64>,
    /// Still to be put in the teacher's place.
    pub overwrite: bool,
}

/// The person's row of a column.
pub fn find(
    connection: &mut Connection,
    grade_column_id: &str,
    person_id: &str,
) -> Result<Option<GradeDelivery>> {
    db!(connection, c => Ok(grade_deliveries::table
        .filter(
            grade_deliveries::grade_column_id.eq(grade_column_id)
                .and(grade_deliveries::person_id.eq(person_id)),
        )
        .select(GradeDelivery::as_select())
        .first(c)
        .optional()?))
}

/// All rows of a column.
pub fn list(connection: &mut Connection, grade_column_id: &str) -> Result<Vec<GradeDelivery>> {
    db!(connection, c => Ok(grade_deliveries::table
        .filter(grade_deliveries::grade_column_id.eq(grade_column_id))
        .order(grade_deliveries::person_id)
        .select(GradeDelivery::as_select())
        .load(c)?))
}

/// Makes those who work on a person's grades wait for each other until the
/// transaction ends. SQLite has one writer anyway.
pub fn lock_person(connection: &mut Connection, person_id: &str) -> Result<()> {
    if let Connection::Postgres(c) = connection {
        let _locked: Option<String> = persons::table
            .find(person_id)
            .select(persons::id)
            .for_no_key_update()
            .first(&mut **c)
            .optional()?;
    }
    Ok(())
}

/// Adds one; `Conflict` when the column has one of that person.
pub fn insert(connection: &mut Connection, delivery: &GradeDelivery) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(grade_deliveries::table).values(delivery).execute(c)?;
        Ok(())
    })
}

/// Gives a row another desired grade and the state in which it goes on; a waiting one is due from `due_at` on.
pub fn change(
    connection: &mut Connection,
    grade_column_id: &str,
    person_id: &str,
    desired: &Desired,
    state: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(grade_deliveries::table)
            .filter(
                grade_deliveries::grade_column_id.eq(grade_column_id)
                    .and(grade_deliveries::person_id.eq(person_id)),
            )
            .set((
                desired,
                grade_deliveries::revision.eq(grade_deliveries::revision + 1),
                grade_deliveries::state.eq(state),
                grade_deliveries::due_at.eq(due_at),
                grade_deliveries::first_due_at.eq(now),
                grade_deliveries::tries.eq(0),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// What a look at the platform says about a row that arrived, or that stands behind a teacher's value.
#[derive(Debug, Clone, PartialEq, AsChangeset)]
#[diesel(table_name = grade_deliveries, treat_none_as_null = true)]
pub struct Observed {
    /// One of [`state`].
    pub state: String,
    /// When a row that waits now is to be sent.
    pub due_at: Timestamp,
    /// Why it stands as it does.
    pub problem_code: Option<String>,
    /// A teacher's value.
    pub platform_score: Option<f64>,
    /// Its scale.
    pub platform_maximum: Option<f64>,
    /// See [`GradeDelivery::emptied_at`].
    pub emptied_at: Option<Timestamp>,
}

/// Keeps what a look at the platform says; false when the row changed since it was read, or is being sent.
pub fn observe(
    connection: &mut Connection,
    row: &GradeDelivery,
    observed: &Observed,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(grade_deliveries::table.find(&row.id))
        .filter(
            grade_deliveries::revision.eq(row.revision)
                .and(grade_deliveries::state.eq(&row.state))
                .and(grade_deliveries::leased_until.is_null().or(grade_deliveries::leased_until.le(now))),
        )
        .set(observed)
        .execute(c)? == 1))
}

/// Gives a row the same grade on another scale, as the platform did by itself: nothing is sent for it.
pub fn rescale(connection: &mut Connection, id: &str, desired: &Desired) -> Result<()> {
    db!(connection, c => {
        diesel::update(grade_deliveries::table.find(id)).set(desired).execute(c)?;
        Ok(())
    })
}

/// Lets a row be sent once more from `due_at` on; with `overwrite` in a teacher's
/// place. False when there is none, or its column has no address.
pub fn send_again(
    connection: &mut Connection,
    grade_column_id: &str,
    person_id: &str,
    overwrite: bool,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(grade_deliveries::table)
        .filter(
            grade_deliveries::grade_column_id.eq(grade_column_id)
                .and(grade_deliveries::person_id.eq(person_id))
                .and(grade_deliveries::state.ne(state::NO_COLUMN)),
        )
        .set((
            grade_deliveries::revision.eq(grade_deliveries::revision + 1),
            grade_deliveries::state.eq(state::WAITING),
            grade_deliveries::due_at.eq(due_at),
            grade_deliveries::first_due_at.eq(now),
            grade_deliveries::tries.eq(0),
            grade_deliveries::overwrite.eq(overwrite),
            grade_deliveries::pressed_at.eq(now),
        ))
        .execute(c)? == 1))
}

/// A column got another address: everything goes there, whatever the former
/// one has. A teacher's value that was seen is looked for first.
pub fn column_moved(connection: &mut Connection, grade_column_id: &str, now: Timestamp) -> Result<usize> {
    let none: Option<&str> = None;
    db!(connection, c => Ok(diesel::update(grade_deliveries::table)
        .filter(grade_deliveries::grade_column_id.eq(grade_column_id))
        .set((
            grade_deliveries::revision.eq(grade_deliveries::revision + 1),
            grade_deliveries::state.eq(state::WAITING),
            grade_deliveries::due_at.eq(now),
            grade_deliveries::first_due_at.eq(now),
            grade_deliveries::tries.eq(0),
            grade_deliveries::sent_fractions.eq("[]"),
            grade_deliveries::problem_code.eq(none),
            grade_deliveries::problem_detail.eq(none),
        ))
        .execute(c)?))
}

/// A column lost its address: what was to be sent waits for another one.
pub fn column_lost(connection: &mut Connection, grade_column_id: &str) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(grade_deliveries::table)
        .filter(
            grade_deliveries::grade_column_id.eq(grade_column_id)
                .and(grade_deliveries::state.eq(state::WAITING)),
        )
        .set(grade_deliveries::state.eq(state::NO_COLUMN))
        .execute(c)?))
}

/// The active registrations that have something to be sent now and whose platform did not ask for a pause.
pub fn due_registrations(connection: &mut Connection, now: Timestamp) -> Result<Vec<String>> {
    db!(connection, c => Ok(grade_deliveries::table
        .inner_join(registrations::table)
        .filter(
            grade_deliveries::state.eq(state::WAITING)
                .and(grade_deliveries::due_at.le(now))
                .and(grade_deliveries::leased_until.is_null().or(grade_deliveries::leased_until.le(now)))
                .and(registrations::status.eq("active"))
                .and(registrations::paused_until.is_null().or(registrations::paused_until.le(now))),
        )
        .select(grade_deliveries::registration_id)
        .distinct()
        .order(grade_deliveries::registration_id)
        .load(c)?))
}

/// Leases due rows of a registration until `until`, the longest due first, so
/// that at most `share` of its rows are leased at once.
pub fn claim(
    connection: &mut Connection,
    registration_id: &str,
    share: i64,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<GradeDelivery>> {
    if !lock_share(connection, registration_id)? || is_paused(connection, registration_id, now)? {
        return Ok(Vec::new());
    }
    let due = diesel::alias!(grade_deliveries as due);
    db!(connection, c => {
        let leased: i64 = grade_deliveries::table
            .filter(
                grade_deliveries::registration_id.eq(registration_id)
                    .and(grade_deliveries::leased_until.gt(now)),
            )
            .count()
            .get_result(c)?;
        if leased >= share {
            return Ok(Vec::new());
        }
        let chosen = due
            .filter(
                due.field(grade_deliveries::registration_id).eq(registration_id)
                    .and(due.field(grade_deliveries::state).eq(state::WAITING))
                    .and(due.field(grade_deliveries::due_at).le(now))
                    .and(
                        due.field(grade_deliveries::leased_until).is_null()
                            .or(due.field(grade_deliveries::leased_until).le(now)),
                    ),
            )
            .order((due.field(grade_deliveries::due_at), due.field(grade_deliveries::id)))
            .limit(share - leased)
            .select(due.field(grade_deliveries::id));
        // The condition stands outside as well: PostgreSQL looks at it again
        // after it waited for another claim, and not at the sub-select.
        Ok(diesel::update(grade_deliveries::table)
            .filter(
                grade_deliveries::id.eq_any(chosen)
                    .and(grade_deliveries::state.eq(state::WAITING))
                    .and(grade_deliveries::leased_until.is_null().or(grade_deliveries::leased_until.le(now))),
            )
            .set((grade_deliveries::lease.eq(lease), grade_deliveries::leased_until.eq(until)))
            .returning(GradeDelivery::as_select())
            .get_results(c)?)
    })
}

/// Locks a registration's share until the transaction ends; true when one more
/// of its deliveries or checks may be under way. A pause that its platform asked for says no.
pub fn has_room(
    connection: &mut Connection,
    registration_id: &str,
    share: i64,
    now: Timestamp,
) -> Result<bool> {
    if !lock_share(connection, registration_id)? || is_paused(connection, registration_id, now)? {
        return Ok(false);
    }
    let leased: i64 = db!(connection, c => grade_deliveries::table
        .filter(
            grade_deliveries::registration_id.eq(registration_id)
                .and(grade_deliveries::leased_until.gt(now)),
        )
        .count()
        .get_result(c)?);
    Ok(leased < share)
}

// Counting and leasing are two statements: on PostgreSQL two processes could
// count before either leases. Who comes second leaves the share to the first.
fn lock_share(connection: &mut Connection, registration_id: &str) -> Result<bool> {
    let Connection::Postgres(c) = connection else {
        return Ok(true);
    };
    let locked: Option<String> = registrations::table
        .find(registration_id)
        .select(registrations::id)
        .for_no_key_update()
        .skip_locked()
        .first(&mut **c)
        .optional()?;
    Ok(locked.is_some())
}

// The registrations were chosen before, by a read of its own.
fn is_paused(connection: &mut Connection, registration_id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(
        registrations::table.find(registration_id).filter(registrations::paused_until.gt(now)),
    )).get_result(c)?))
}

/// Keeps what is about to be sent, before it is: a crash must not let our own
/// value look like a teacher's, nor a time stamp come twice.
pub fn begin(
    connection: &mut Connection,
    id: &str,
    lease: &str,
    stamp: Timestamp,
    sent_fractions: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(grade_deliveries::table.find(id))
        .filter(grade_deliveries::lease.eq(lease))
        .set((grade_deliveries::stamp.eq(stamp), grade_deliveries::sent_fractions.eq(sent_fractions)))
        .execute(c)? == 1))
}

/// Ends a lease with what came of it. When the row's revision rose meanwhile,
/// only what is known of the platform is kept and the row is due at once.
/// False when the lease was no longer ours: nothing is changed then.
pub fn settle(
    connection: &mut Connection,
    id: &str,
    lease: &str,
    revision: i64,
    settlement: &Settlement,
) -> Result<bool> {
    let none: Option<&str> = None;
    let never: Option<Timestamp> = None;
    let free = (
        grade_deliveries::lease.eq(none),
        grade_deliveries::leased_until.eq(never),
        grade_deliveries::emptied_at.eq(never),
    );
    db!(connection, c => {
        let settled = diesel::update(grade_deliveries::table.find(id))
            .filter(grade_deliveries::lease.eq(lease).and(grade_deliveries::revision.eq(revision)))
            .set((settlement, free))
            .execute(c)?;
        if settled == 1 {
            return Ok(true);
        }
        Ok(diesel::update(grade_deliveries::table.find(id))
            .filter(grade_deliveries::lease.eq(lease))
            .set((
                free,
                grade_deliveries::stamp.eq(settlement.stamp),
                grade_deliveries::sent_fractions.eq(&settlement.sent_fractions),
                grade_deliveries::sent_revision.eq(settlement.sent_revision),
                grade_deliveries::delivered_at.eq(settlement.delivered_at),
            ))
            .execute(c)? == 1)
    })
}

/// A platform asked for a pause: nothing of its registration is sent before
/// `until`, whatever is due or becomes due. A longer pause stays.
pub fn pause(connection: &mut Connection, registration_id: &str, until: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::update(registrations::table.find(registration_id))
            .filter(registrations::paused_until.is_null().or(registrations::paused_until.lt(until)))
            .set(registrations::paused_until.eq(until))
            .execute(c)?;
        Ok(())
    })
}

/// Deletes a leased row: the person is not graded any more.
pub fn withdraw(connection: &mut Connection, id: &str, lease: &str) -> Result<()> {
    db!(connection, c => {
        diesel::delete(grade_deliveries::table.find(id)).filter(grade_deliveries::lease.eq(lease)).execute(c)?;
        Ok(())
    })
}

/// A platform answers again: what failed with this problem is due at once.
pub fn hasten(
    connection: &mut Connection,
    registration_id: &str,
    problem_code: &str,
    now: Timestamp,
) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(grade_deliveries::table)
        .filter(
            grade_deliveries::registration_id.eq(registration_id)
                .and(grade_deliveries::state.eq(state::WAITING))
                .and(grade_deliveries::problem_code.eq(problem_code))
                .and(grade_deliveries::due_at.gt(now)),
        )
        .set(grade_deliveries::due_at.eq(now))
        .execute(c)?))
}

#[cfg(test)]
#[path = "grades_tests.rs"]
mod tests;
