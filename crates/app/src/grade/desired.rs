//! What a column should show for a person: from all submitted attempts at all
//! its placements. Pure.
//!
//! A placement without a submitted attempt takes no part, just as nothing is
//! sent for somebody who has not started. Nor does an attempt of which an answer
//! waits for a marker: its points are not its mark yet. What was sent before
//! stays, because an unfinished score would empty it (research on Moodle and
//! `lti::quirks`).

use ::assessment::{AttemptScore, GradeFrom, column_grade, scaled};
use storage::{attempts::Marked, grades::Desired};

/// How many attempts the comment lists.
const LISTED: usize = 5;

/// A person's attempts at one placement of the column.
#[derive(Debug, Clone)]
pub(crate) struct Contribution {
    /// The placement's share of the column.
    pub(crate) weight: f64,
    /// Which attempt counts there.
    pub(crate) grade_from: GradeFrom,
    /// In the order in which they were begun; open ones are passed over.
    pub(crate) attempts: Vec<Marked>,
}

/// How many answers of an attempt wait for a marker, and how many parts of its
/// examination have no points yet.
pub(crate) fn waiting(marked: &Marked) -> usize {
    #[derive(serde::Deserialize)]
    struct Slots {
        slots: Vec<Slot>,
        verdict: Option<Examination>,
    }
    #[derive(serde::Deserialize)]
    struct Examination {
        parts: Vec<ExaminationPart>,
    }
    #[derive(serde::Deserialize)]
    struct ExaminationPart {
        points: Option<f64>,
    }
    #[derive(serde::Deserialize)]
    struct Slot {
        #[serde(default)]
        needs_marker: bool,
    }
    let outcome = marked.outcome.as_ref();
    let outcome = outcome.and_then(|outcome| serde_json::from_str::<Slots>(&outcome.content).ok());
    outcome.map_or(0, |outcome| {
        let answers = outcome.slots.iter().filter(|slot| slot.needs_marker).count();
        let parts = outcome.verdict.map(|examination| examination.parts);
        let missing = parts.iter().flatten().filter(|part| part.points.is_none());
        answers + missing.count()
    })
}

/// The grade on a scale of `maximum` by all submitted attempts, as if what
/// waits for a marker were worth what it has so far.
pub(crate) fn provisional(contributions: &[Contribution], maximum: f64) -> Option<f64> {
    let parts: Vec<Part<'_>> = contributions
        .iter()
        .filter_map(|contribution| part_of(contribution, |_| true))
        .collect();
    weighted(&parts, maximum)
}

/// The grade on a scale of `maximum`; `None` while nothing was submitted and
/// marked as a whole.
pub(crate) fn desired(contributions: &[Contribution], maximum: f64) -> Option<Desired> {
    let parts: Vec<Part<'_>> = contributions.iter().filter_map(part).collect();
    let score = weighted(&parts, maximum)?;
    let counting = parts
        .iter()
        .map(|part| part.counting)
        .max_by_key(|marked| marked.attempt.submitted_at)?;
    Some(Desired {
        score,
        maximum,
        comment: comment(&parts, score, maximum, &counting.attempt.language),
        started_at: Some(counting.attempt.started_at),
        submitted_at: counting.attempt.submitted_at,
    })
}

/// What an activity gives.
pub(super) struct Part<'a> {
    weight: f64,
    /// Out of what could be reached.
    pub(super) grade: AttemptScore,
    /// The attempt that it comes from.
    pub(super) counting: &'a Marked,
    scores: Vec<(i64, AttemptScore)>,
}

/// `None` while nothing was submitted there and marked as a whole.
pub(super) fn part(contribution: &Contribution) -> Option<Part<'_>> {
    part_of(contribution, |marked| waiting(marked) == 0)
}

fn part_of(contribution: &Contribution, counts: impl Fn(&Marked) -> bool) -> Option<Part<'_>> {
    let submitted: Vec<(&Marked, AttemptScore)> = contribution
        .attempts
        .iter()
        .filter(|marked| marked.attempt.submitted_at.is_some() && counts(marked))
        .filter_map(|marked| {
            let outcome = marked.outcome.as_ref()?;
            let score = AttemptScore {
                score: outcome.score,
                maximum: outcome.maximum,
            };
            Some((marked, score))
        })
        .collect();
    let scores: Vec<AttemptScore> = submitted.iter().map(|(_, score)| *score).collect();
    let grade = column_grade(&scores, contribution.grade_from)?;
    // An average is no attempt's own mark: the last one stands for it.
    let (counting, _) = match contribution.grade_from {
        GradeFrom::First | GradeFrom::Highest => submitted.iter().find(|(_, score)| *score == grade)?,
        GradeFrom::Last | GradeFrom::Average => submitted.last()?,
    };
    Some(Part {
        weight: contribution.weight,
        grade,
        counting,
        scores: submitted
            .iter()
            .map(|(marked, score)| (marked.attempt.number, *score))
            .collect(),
    })
}

fn weighted(parts: &[Part<'_>], maximum: f64) -> Option<f64> {
    if let [only] = parts {
        return Some(scaled(only.grade.score, only.grade.maximum, maximum));
    }
    let weights: f64 = parts.iter().map(|part| part.weight).sum();
    let sum: f64 = parts.iter().map(|part| part.weight * part.grade.fraction()).sum();
    (weights > 0.0).then(|| scaled(sum, weights, maximum))
}

// Signs instead of words, since the platform shows it to readers of any
// language: "#1: 12/20 · #2: 17/20 → 8,5/10".
fn comment(parts: &[Part<'_>], score: f64, maximum: f64, language: &str) -> String {
    let mark = |score: AttemptScore| {
        format!(
            "{}/{}",
            number(score.score, language),
            number(score.maximum, language)
        )
    };
    let total = mark(AttemptScore { score, maximum });
    let details: Vec<String> = parts
        .iter()
        .map(|part| match part.scores.as_slice() {
            [(_, only)] => mark(*only),
            several => {
                let skipped = several.len().saturating_sub(LISTED);
                let listed: Vec<String> = several
                    .iter()
                    .skip(skipped)
                    .map(|(number, score)| format!("#{number}: {}", mark(*score)))
                    .collect();
                format!("{}{}", if skipped > 0 { "… · " } else { "" }, listed.join(" · "))
            }
        })
        .collect();
    match details.join("; ") {
        details if details == total => total,
        details => format!("{details} → {total}"),
    }
}

// At most two decimals; the sign of most languages, and the point in English.
fn number(value: f64, language: &str) -> String {
    decimal(value, 2, language)
}

/// A number of at most so many decimals, with the decimal sign of the language.
pub(super) fn decimal(value: f64, decimals: usize, language: &str) -> String {
    let fixed = format!("{value:.decimals$}");
    let plain = fixed.trim_end_matches('0').trim_end_matches('.');
    if language.split(['-', '_']).next() == Some("en") {
        plain.to_owned()
    } else {
        plain.replace('.', ",")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{DateTime, TimeDelta};
    use storage::attempts::{Attempt, Outcome};

    use super::*;

    pub(in crate::grade) fn marked(number: i64, score: Option<(f64, f64)>) -> Marked {
        let began = DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::minutes(10 * number);
        Marked {
            attempt: Attempt {
                id: format!("a{number}"),
                placement_id: "p".to_owned(),
                person_id: "an".to_owned(),
                identity_id: "i".to_owned(),
                number,
                assessment_version_id: "v".to_owned(),
                seed: 0,
                language: "vi".to_owned(),
                state: if score.is_some() { "submitted" } else { "open" }.to_owned(),
                started_at: began,
                due_at: None,
                submitted_at: score.map(|_| began + TimeDelta::minutes(5)),
                ended_by: None,
                last_position: 0,
                submit_until: None,
                break_ends_at: None,
            },
            outcome: score.map(|(score, maximum)| Outcome {
                attempt_id: format!("a{number}"),
                marking_policy_id: "m".to_owned(),
                score,
                maximum,
                content: String::new(),
                created_at: began,
            }),
        }
    }

    fn contribution(weight: f64, grade_from: GradeFrom, scores: &[(f64, f64)]) -> Contribution {
        let attempts = (1..)
            .zip(scores)
            .map(|(number, score)| marked(number, Some(*score)));
        Contribution {
            weight,
            grade_from,
            attempts: attempts.collect(),
        }
    }

    #[test]
    fn one_placement() {
        #[track_caller]
        fn check(grade_from: GradeFrom, scores: &[(f64, f64)], expected: f64, comment: &str, submitted: i64) {
            let desired = desired(&[contribution(1.0, grade_from, scores)], 10.0).unwrap();
            assert_eq!(
                (desired.score, desired.maximum, desired.comment.as_str()),
                (expected, 10.0, comment)
            );
            let minutes = desired.submitted_at.unwrap().and_utc().timestamp() / 60;
            assert_eq!(minutes, submitted);
        }
        check(GradeFrom::Highest, &[(17.0, 20.0)], 8.5, "17/20 → 8,5/10", 15);
        check(GradeFrom::Highest, &[(8.25, 10.0)], 8.25, "8,25/10", 15);
        check(GradeFrom::Highest, &[(0.0, 20.0)], 0.0, "0/20 → 0/10", 15);
        let two = [(17.0, 20.0), (12.0, 20.0)];
        check(
            GradeFrom::Highest,
            &two,
            8.5,
            "#1: 17/20 · #2: 12/20 → 8,5/10",
            15,
        );
        check(GradeFrom::Last, &two, 6.0, "#1: 17/20 · #2: 12/20 → 6/10", 25);
        check(
            GradeFrom::Average,
            &two,
            7.25,
            "#1: 17/20 · #2: 12/20 → 7,25/10",
            25,
        );
        let six = [(1.0, 10.0); 6];
        check(
            GradeFrom::First,
            &six,
            1.0,
            "… · #2: 1/10 · #3: 1/10 · #4: 1/10 · #5: 1/10 · #6: 1/10 → 1/10",
            15,
        );
    }

    #[test]
    fn several_placements_by_weight() {
        #[track_caller]
        fn check(contributions: &[Contribution], expected: Option<f64>) {
            assert_eq!(
                desired(contributions, 10.0).map(|desired| desired.score),
                expected
            );
        }
        let full = contribution(3.0, GradeFrom::Highest, &[(5.0, 5.0)]);
        let nothing = contribution(1.0, GradeFrom::Highest, &[(0.0, 5.0)]);
        let not_started = contribution(1.0, GradeFrom::Highest, &[]);
        check(&[full.clone(), nothing], Some(7.5));
        check(&[full, not_started.clone()], Some(10.0));
        check(&[not_started], None);
        check(&[], None);
    }

    #[test]
    fn an_open_attempt_takes_no_part() {
        let open = Contribution {
            weight: 1.0,
            grade_from: GradeFrom::Last,
            attempts: vec![marked(1, Some((5.0, 10.0))), marked(2, None)],
        };
        assert_eq!(desired(&[open], 10.0).unwrap().score, 5.0);
    }

    #[test]
    fn what_waits_for_a_marker_takes_no_part() {
        let mut waits = marked(2, Some((9.0, 10.0)));
        if let Some(outcome) = &mut waits.outcome {
            outcome.content = r#"{"slots":[{"slot":"q1","needs_marker":true},{"slot":"q2"}]}"#.to_owned();
        }
        assert_eq!(waiting(&waits), 1);
        let mut oral_is_missing = marked(3, Some((9.0, 10.0)));
        if let Some(outcome) = &mut oral_is_missing.outcome {
            outcome.content =
                r#"{"slots":[],"verdict":{"parts":[{"part":"a","points":9.0},{"part":"b","points":null}]}}"#
                    .to_owned();
        }
        assert_eq!(waiting(&oral_is_missing), 1);
        let with = |attempts: Vec<Marked>| {
            [Contribution {
                weight: 1.0,
                grade_from: GradeFrom::Highest,
                attempts,
            }]
        };
        assert_eq!(desired(&with(vec![waits.clone()]), 10.0), None);
        assert_eq!(provisional(&with(vec![waits.clone()]), 10.0), Some(9.0));
        let both = with(vec![marked(1, Some((5.0, 10.0))), waits]);
        assert_eq!(desired(&both, 10.0).unwrap().score, 5.0);
    }

    #[test]
    fn numbers_by_language() {
        assert_eq!(number(8.5, "en-US"), "8.5");
        assert_eq!(number(8.5, "de"), "8,5");
        assert_eq!(number(100.0, "vi"), "100");
        assert_eq!(number(8.504, "vi"), "8,5");
    }
}
