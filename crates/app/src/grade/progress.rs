//! Where a grade is on its way, as students and instructors read it.

use chrono::{DateTime, Utc};
use storage::{
    Connection,
    grades::{self, GradeDelivery, state},
    placements::GradeColumn,
    registrations::{self, Registration},
};

use super::Problem;
use crate::Result;

/// A grade and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Ours, on the scale of `maximum`.
    pub score: f64,
    /// The scale.
    pub maximum: f64,
    /// What people call the platform.
    pub platform: String,
    /// Where it is.
    pub progress: Progress,
}

/// Where a grade is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    /// About to be sent.
    Waiting,
    /// The platform has no column for it yet.
    NoColumn,
    /// Arrived then.
    Delivered(DateTime<Utc>),
    /// Failed for now; tried again then.
    Retrying(DateTime<Utc>, Problem),
    /// Refused for good.
    Refused(Problem),
    /// Tried for 30 days.
    Parked,
    /// The platform shows this value of a teacher (score and maximum), which stays.
    Kept(f64, f64),
    /// It had arrived, and is not there any more.
    Emptied,
    /// As [`Progress::Kept`], though an instructor wanted ours in its place:
    /// the teacher's has to be taken back in the platform's gradebook first.
    Overridden(f64, f64),
}

impl Progress {
    /// Whether it stands still until somebody does something.
    pub fn has_failed(self) -> bool {
        matches!(self, Self::Refused(_) | Self::Parked)
    }
}

/// Where a person's grade of a column is; `None` before there is one.
pub(crate) fn find(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
) -> Result<Option<Delivery>> {
    let Some(row) = grades::find(connection, &column.id, person_id)? else {
        return Ok(None);
    };
    let registration = registrations::get(connection, &row.registration_id)?;
    let platform = registration.map(|registration| platform_label(&registration));
    Ok(Some(delivery_of(&row, &platform.unwrap_or_default())))
}

/// A row as pages show it.
pub(crate) fn delivery_of(row: &GradeDelivery, platform: &str) -> Delivery {
    let problem = Problem::of(row.problem_code.as_deref());
    let score = row.platform_score.unwrap_or_default();
    let maximum = row.platform_maximum.unwrap_or(row.maximum);
    let progress = match row.state.as_str() {
        _ if is_emptied(row) => Progress::Emptied,
        state::NO_COLUMN => Progress::NoColumn,
        state::DELIVERED => Progress::Delivered(row.delivered_at.unwrap_or(row.due_at).and_utc()),
        state::REFUSED => Progress::Refused(problem),
        state::PARKED => Progress::Parked,
        state::KEPT if problem == Problem::Overridden => Progress::Overridden(score, maximum),
        state::KEPT => Progress::Kept(score, maximum),
        _ if row.tries > 0 => Progress::Retrying(row.due_at.and_utc(), problem),
        _ => Progress::Waiting,
    };
    Delivery {
        score: row.score,
        maximum: row.maximum,
        platform: platform.to_owned(),
        progress,
    }
}

/// Whether the platform shows nothing where our grade, or a teacher's, stood.
pub(crate) fn is_emptied(row: &GradeDelivery) -> bool {
    row.emptied_at.is_some() && matches!(row.state.as_str(), state::DELIVERED | state::KEPT)
}

/// What people call the platform: the product where everybody knows it by that
/// name, else its own name or its host.
pub(crate) fn platform_label(registration: &Registration) -> String {
    let product = lti::quirks::quirks(Some(&registration.product_family));
    if product.menus == lti::quirks::Menus::Moodle {
        return product.product_name.to_owned();
    }
    let name = lti::names::clean_name(&registration.platform_name);
    let host = || {
        let issuer = url::Url::parse(&registration.issuer).ok()?;
        issuer.host_str().map(str::to_owned)
    };
    name.or_else(host).unwrap_or_else(|| registration.issuer.clone())
}
