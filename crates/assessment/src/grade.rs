//! From outcomes to the figure in a gradebook column: which attempt counts, and
//! scaling to the column's maximum. Sending is `outbound`'s.

use crate::content::GradeFrom;
use crate::policy::round;

/// Score and maximum of one submitted attempt, or of a grade made from several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttemptScore {
    /// From 0 to `maximum`.
    pub score: f64,
    /// Over 0, unless every question was dropped.
    pub maximum: f64,
}

impl AttemptScore {
    /// The share reached, from 0 to 1; 0 when there was nothing to reach.
    pub fn fraction(self) -> f64 {
        if self.maximum > 0.0 {
            (self.score / self.maximum).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

impl AttemptScore {
    /// Whether it reaches a pass mark in percent. Counted in whole hundredths of
    /// a percent, so that 5 of 10 passes at 50 whatever fractions made the 5.
    pub fn passes(self, pass_percent: u32) -> bool {
        (self.fraction() * 10_000.0).round() >= f64::from(pass_percent) * 100.0
    }
}

/// The grade from the submitted attempts, given in the order in which they were
/// begun; `None` without any. Attempts are compared by share, because they may
/// pin versions with different maxima; the average is one of shares, out of 1.
pub fn column_grade(attempts: &[AttemptScore], grade_from: GradeFrom) -> Option<AttemptScore> {
    match grade_from {
        GradeFrom::First => attempts.first().copied(),
        GradeFrom::Last => attempts.last().copied(),
        // the first of equals, so that a later equal attempt changes nothing
        GradeFrom::Highest => attempts.iter().copied().reduce(|best, next| {
            if next.fraction() > best.fraction() {
                next
            } else {
                best
            }
        }),
        GradeFrom::Average => {
            let sum: f64 = attempts.iter().map(|attempt| attempt.fraction()).sum();
            (!attempts.is_empty()).then(|| AttemptScore {
                score: sum / attempts.len() as f64,
                maximum: 1.0,
            })
        }
    }
}

/// The score on a column's scale, rounded to two decimals half away from zero;
/// from 0 to `line_item_maximum`, and exactly that for full marks.
pub fn scaled(score: f64, maximum: f64, line_item_maximum: f64) -> f64 {
    let fraction = AttemptScore { score, maximum }.fraction();
    if fraction >= 1.0 {
        return line_item_maximum;
    }
    // multiplied first: 1 of 3 on a scale of 3 is 1, not 0.99…
    let on_scale = score.max(0.0) * line_item_maximum / maximum;
    let grade = if maximum > 0.0 { round(on_scale, 2) } else { 0.0 };
    grade.clamp(0.0, line_item_maximum)
}
