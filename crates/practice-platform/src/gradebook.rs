//! The gradebook's rules, as Moodle's: what a score does to a grade, and what a teacher may do.
//!
//! Knows nothing of HTTP; scores.rs and pages.rs call it.

use crate::state::{LineItem, State};

/// What stands in one cell of the gradebook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grade {
    /// What the tool sent, scaled to the column; hidden while a teacher's grade stands over it. Always empty in a
    /// column that belongs to no activity.
    pub raw: Option<f64>,
    /// The grade that counts and is shown.
    pub grade: Option<f64>,
    /// Feedback, plain text.
    pub feedback: Option<String>,
    /// Unix seconds of the last change; scores that are not newer are refused.
    pub modified: Option<i64>,
    /// A teacher typed this grade.
    pub overridden: bool,
    /// A teacher locked this grade.
    pub locked: bool,
}

/// One line of the gradebook, for tests and pages.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeRow {
    /// Number of the column.
    pub line_item: i64,
    /// Label of the column.
    pub label: String,
    /// Maximum of the column.
    pub score_maximum: f64,
    /// Number of the student.
    pub user: i64,
    /// The cell; empty when nothing ever arrived.
    pub grade: Grade,
}

/// A score that has passed the checks of form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Score {
    pub(crate) user: i64,
    /// Unix seconds of its timestamp.
    pub(crate) at: i64,
    /// Given and maximum; `None` wipes.
    pub(crate) given: Option<(f64, f64)>,
    pub(crate) comment: Option<String>,
}

/// Why a score was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotNewer,
    Locked,
}

/// Applies a score to a cell. `now` is Unix seconds.
pub(crate) fn apply(item: &LineItem, cell: &mut Grade, score: &Score, now: i64) -> Result<(), Refusal> {
    if cell.modified.is_some_and(|modified| score.at <= modified) {
        return Err(Refusal::NotNewer);
    }
    if item.locked || cell.locked {
        return Err(Refusal::Locked);
    }
    let raw = score
        .given
        .map(|(given, maximum)| scaled(given, maximum, item.score_maximum));
    // In a column of its own the tool's score overwrites the teacher's grade; in an activity's column it does not.
    let kept = cell.overridden && item.of_activity;
    cell.raw = raw.filter(|_| item.of_activity);
    if kept {
        // Feedback and time stay the teacher's, too.
        return Ok(());
    }
    cell.grade = raw.map(|raw| raw.clamp(0.0, item.score_maximum.max(0.0)));
    cell.feedback = score.comment.clone();
    cell.overridden = false;
    cell.modified = match raw {
        Some(_) => Some(score.at),
        // An activity's column forgets the time when a wipe carries no comment; otherwise the clock counts.
        None if item.of_activity && score.comment.is_none() => None,
        None => Some(now),
    };
    Ok(())
}

fn scaled(given: f64, maximum: f64, column: f64) -> f64 {
    if maximum == 0.0 {
        given
    } else {
        given * column / maximum
    }
}

impl State {
    /// The columns of a course in the order of their numbers.
    pub(crate) fn columns(&self, course: i64) -> Vec<&LineItem> {
        self.line_items
            .values()
            .filter(|item| item.course == course)
            .collect()
    }

    /// A teacher types a grade (or takes it away with `None`); false when there is no such column.
    pub(crate) fn set_override(&mut self, user: i64, item: i64, grade: Option<f64>, now: i64) -> bool {
        if !self.line_items.contains_key(&item) {
            return false;
        }
        let cell = self.grades.entry((item, user)).or_default();
        cell.overridden = grade.is_some();
        cell.grade = grade.or(cell.raw);
        cell.modified = Some(now);
        true
    }

    /// A teacher types feedback.
    pub(crate) fn set_feedback(&mut self, user: i64, item: i64, feedback: Option<String>, now: i64) -> bool {
        if !self.line_items.contains_key(&item) {
            return false;
        }
        let cell = self.grades.entry((item, user)).or_default();
        cell.feedback = feedback;
        cell.modified = Some(now);
        true
    }

    /// Locks or unlocks one grade.
    pub(crate) fn set_locked(&mut self, user: i64, item: i64, locked: bool) -> bool {
        if !self.line_items.contains_key(&item) {
            return false;
        }
        self.grades.entry((item, user)).or_default().locked = locked;
        true
    }

    /// All cells of all columns for the students of their courses.
    pub(crate) fn grade_rows(&self) -> Vec<GradeRow> {
        let mut rows = Vec::new();
        for item in self.line_items.values() {
            let Some(course) = self.courses.get(&item.course) else {
                continue;
            };
            let students = course
                .members
                .iter()
                .filter(|(_, role)| **role == crate::state::CourseRole::Student);
            for (user, _) in students {
                rows.push(GradeRow {
                    line_item: item.id,
                    label: item.label.clone(),
                    score_maximum: item.score_maximum,
                    user: *user,
                    grade: self.grades.get(&(item.id, *user)).cloned().unwrap_or_default(),
                });
            }
        }
        rows
    }
}
