//! Grades on their way to the platform: what a column should show for a person.

use chrono::{DateTime, Utc};
use storage::{placements::GradeColumn, Connection};

use crate::Result;

/// Works out what the column should show for the person from all attempts that
/// count, and queues it when it differs from what is on its way. To be called
/// in the transaction that changed an outcome.
pub(crate) fn owe(
    _connection: &mut Connection,
    _column: &GradeColumn,
    _person_id: &str,
    _identity_id: &str,
    _now: DateTime<Utc>,
) -> Result<()> {
    Ok(())
}
