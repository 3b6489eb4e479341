//! What stands in the platform's column, and whose it is: ours, whatever became
//! of it, or a teacher's. Pure.

use storage::{Timestamp, grades::GradeDelivery};

/// Shares that differ by less are the same grade: half of the last of two
/// decimals on the largest usual scale, and more than platforms round by.
const SAME: f64 = 0.000_05;
/// How many of our own values are remembered while none is known to have arrived.
const REMEMBERED: usize = 20;

/// A person's result as it was read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Seen {
    /// Empty when there is no grade, which is not 0.
    pub(super) score: Option<f64>,
    /// The column's scale, where the platform tells it.
    pub(super) maximum: Option<f64>,
    /// When it was last changed.
    pub(super) at: Option<Timestamp>,
}

impl Seen {
    /// Whether it is what should stand there.
    pub(super) fn is_desired(&self, row: &GradeDelivery) -> bool {
        self.fraction(row)
            .is_some_and(|seen| same(seen, desired_fraction(row)))
    }

    /// Any value but the desired one.
    pub(super) fn other(&self, row: &GradeDelivery) -> Option<f64> {
        self.score.filter(|_| !self.is_desired(row))
    }

    /// A value that we never sent.
    pub(super) fn teachers(&self, row: &GradeDelivery) -> Option<f64> {
        self.other(row)
            .filter(|score| !is_ours(row, *score, self.maximum))
    }

    fn fraction(&self, row: &GradeDelivery) -> Option<f64> {
        Some(fraction(self.score?, self.maximum.unwrap_or(row.maximum)))
    }
}

/// True when the value is one that we sent to that row's column.
pub(crate) fn is_ours(row: &GradeDelivery, score: f64, maximum: Option<f64>) -> bool {
    let seen = fraction(score, maximum.unwrap_or(row.maximum));
    sent(row).into_iter().any(|sent| same(sent, seen))
}

/// What was sent before and is about to be, as it is stored.
pub(super) fn remembered(row: &GradeDelivery) -> String {
    let desired = desired_fraction(row);
    let mut sent = sent(row);
    sent.retain(|earlier| !same(*earlier, desired));
    sent.push(desired);
    let oldest = sent.len().saturating_sub(REMEMBERED);
    serde_json::json!(sent.split_off(oldest)).to_string()
}

/// Once ours arrived, no earlier one can stand there any more.
pub(super) fn arrived(row: &GradeDelivery) -> String {
    serde_json::json!([desired_fraction(row)]).to_string()
}

fn desired_fraction(row: &GradeDelivery) -> f64 {
    fraction(row.score, row.maximum)
}

fn sent(row: &GradeDelivery) -> Vec<f64> {
    serde_json::from_str(&row.sent_fractions).unwrap_or_default()
}

fn fraction(score: f64, maximum: f64) -> f64 {
    if maximum > 0.0 { score / maximum } else { 0.0 }
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < SAME
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::DateTime;
    use storage::grades::state;

    use super::*;

    pub(in crate::grade) fn row(score: f64, sent_fractions: &str) -> GradeDelivery {
        let now = DateTime::UNIX_EPOCH.naive_utc();
        GradeDelivery {
            id: "x".to_owned(),
            grade_column_id: "g".to_owned(),
            person_id: "an".to_owned(),
            identity_id: "i".to_owned(),
            registration_id: "r".to_owned(),
            score,
            maximum: 10.0,
            comment: String::new(),
            started_at: None,
            submitted_at: None,
            revision: 1,
            state: state::WAITING.to_owned(),
            due_at: now,
            first_due_at: now,
            tries: 0,
            lease: None,
            leased_until: None,
            stamp: None,
            sent_fractions: sent_fractions.to_owned(),
            sent_revision: None,
            delivered_at: None,
            problem_code: None,
            problem_detail: None,
            platform_score: None,
            platform_maximum: None,
            overwrite: false,
            pressed_at: None,
            created_at: now,
            emptied_at: None,
        }
    }

    #[test]
    fn whose_value_it_is() {
        #[track_caller]
        fn check(score: Option<f64>, maximum: Option<f64>, sent: &str, desired: bool, teachers: Option<f64>) {
            let seen = Seen {
                score,
                maximum,
                at: None,
            };
            let row = row(8.5, sent);
            assert_eq!((seen.is_desired(&row), seen.teachers(&row)), (desired, teachers));
        }
        check(None, Some(10.0), "[]", false, None);
        check(Some(8.5), Some(10.0), "[]", true, None);
        check(Some(8.5), None, "[]", true, None);
        check(Some(85.0), Some(100.0), "[]", true, None);
        check(Some(9.0), Some(10.0), "[]", false, Some(9.0));
        check(Some(0.0), Some(10.0), "[]", false, Some(0.0));
        // Ours from before, acknowledged or not, also on a scale that was changed since.
        check(Some(5.0), Some(10.0), "[0.5,0.85]", false, None);
        check(Some(50.0), Some(100.0), "[0.5,0.85]", false, None);
        check(Some(5.1), Some(10.0), "[0.5,0.85]", false, Some(5.1));
        // Five decimals are kept by Moodle.
        check(Some(3.33333), Some(10.0), "[0.333333333]", false, None);
        check(Some(8.49), Some(10.0), "[0.85]", false, Some(8.49));
    }

    #[test]
    fn what_is_remembered() {
        assert_eq!(remembered(&row(8.5, "[]")), "[0.85]");
        assert_eq!(remembered(&row(8.5, "[0.5,0.85,0.6]")), "[0.5,0.6,0.85]");
        assert_eq!(arrived(&row(8.5, "[0.5,0.6]")), "[0.85]");
        let many: Vec<f64> = (0..40).map(|n| f64::from(n) / 100.0).collect();
        let kept: Vec<f64> =
            serde_json::from_str(&remembered(&row(8.5, &serde_json::json!(many).to_string()))).unwrap();
        assert_eq!((kept.len(), kept.last()), (REMEMBERED, Some(&0.85)));
    }
}
