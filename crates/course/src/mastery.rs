//! Which competencies a course teaches, and how far somebody has come with each, with
//! the evidence behind it.
//!
//! The rule: what proves a competency are the questions and quizzes tagged with it. A
//! question without tags of its own counts for those of its lesson. It is **mastered**
//! when their best results are 80 % on average, what was not tried counting nothing;
//! reading alone never masters. It is **in work** when anything tagged with it was read
//! or tried. Crosswalks to other frameworks change no level
//! ([`Frameworks::related`](crate::Frameworks::related)).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    competency::Frameworks,
    content::{AssessmentStep, Check, CompetencyTag, CourseContent, Lesson, Step},
    key::Key,
    progress::{Done, What},
};

/// The share of points, on average, from which a competency is mastered.
pub const MASTERED_FROM: f64 = 0.8;

/// Something of a course that is tagged with a competency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tagged {
    /// The whole course.
    Course,
    /// A lesson: reading it begins the competency.
    Lesson(Key),
    /// A question of a lesson: its result proves the competency.
    Check {
        /// The lesson's key.
        lesson: Key,
        /// The question's key.
        check: Key,
    },
    /// A quiz: its result proves the competency.
    Assessment(Key),
}

/// The best try at a question of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct BestTry {
    /// The lesson's key.
    pub lesson: Key,
    /// The question's key.
    pub check: Key,
    /// Of the full points, 0 to 1.
    pub fraction: f64,
    /// When it was.
    pub at: DateTime<Utc>,
}

/// Something that somebody has done for a competency.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Of what.
    pub of: Tagged,
    /// With which share of the points, 0 to 1; `None` for what was read or watched.
    pub result: Option<f64>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How far somebody has come with a competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing was done for it.
    #[default]
    NotBegun,
    /// Something was done for it.
    InWork,
    /// Its questions and quizzes were answered well enough.
    Mastered,
}

/// How far somebody has come with one competency of a course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mastery {
    /// How far.
    pub level: Level,
    /// How many questions and quizzes prove it.
    pub proofs: usize,
    /// How many of them were tried.
    pub tried: usize,
    /// The average of all their best results, 0 to 1; 0 where there is none.
    pub share: f64,
    /// What was done, in the order of the course.
    pub evidence: Vec<Evidence>,
}

/// What stands for each competency in a course, in its order.
pub fn coverage(content: &CourseContent) -> BTreeMap<CompetencyTag, Vec<Tagged>> {
    let mut covered = BTreeMap::new();
    put(&mut covered, &content.competencies, &Tagged::Course);
    for step in content.steps() {
        match step {
            Step::Lesson(lesson) => cover_lesson(&mut covered, lesson),
            Step::Assessment(AssessmentStep {
                key, competencies, ..
            }) => {
                put(&mut covered, competencies, &Tagged::Assessment(key.clone()));
            }
        }
    }
    covered
}

/// How far somebody has come with each competency of a course.
pub fn mastery(
    content: &CourseContent,
    dones: &[Done],
    tries: &[BestTry],
) -> BTreeMap<CompetencyTag, Mastery> {
    let judge = |(tag, places): (CompetencyTag, Vec<Tagged>)| (tag, judged(&places, dones, tries));
    coverage(content).into_iter().map(judge).collect()
}

/// The tags of a course that name nothing in the frameworks at hand.
pub fn unknown_tags(content: &CourseContent, frameworks: Frameworks<'_>) -> Vec<CompetencyTag> {
    let tags = coverage(content).into_keys();
    tags.filter(|tag| frameworks.find(tag).is_none()).collect()
}

fn cover_lesson(covered: &mut BTreeMap<CompetencyTag, Vec<Tagged>>, lesson: &Lesson) {
    put(covered, &lesson.competencies, &Tagged::Lesson(lesson.key.clone()));
    for check in lesson.checks.iter().filter(|check| is_proof(check)) {
        let tags = match check.competencies.is_empty() {
            true => &lesson.competencies,
            false => &check.competencies,
        };
        let place = Tagged::Check {
            lesson: lesson.key.clone(),
            check: check.key.clone(),
        };
        put(covered, tags, &place);
    }
}

// What nobody marks proves nothing.
fn is_proof(check: &Check) -> bool {
    check.item.is_marked() && !check.item.is_marked_by_hand()
}

fn put(covered: &mut BTreeMap<CompetencyTag, Vec<Tagged>>, tags: &[CompetencyTag], place: &Tagged) {
    for tag in tags {
        let places = covered.entry(tag.clone()).or_default();
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
}

fn judged(places: &[Tagged], dones: &[Done], tries: &[BestTry]) -> Mastery {
    let mut mastery = Mastery::default();
    let mut sum = 0.0;
    for place in places {
        if matches!(place, Tagged::Check { .. } | Tagged::Assessment(_)) {
            mastery.proofs += 1;
        }
        let Some(evidence) = evidence(place, dones, tries) else {
            continue;
        };
        if let Some(result) = evidence.result {
            mastery.tried += 1;
            sum += result.clamp(0.0, 1.0);
        }
        mastery.evidence.push(evidence);
    }
    if mastery.proofs > 0 {
        mastery.share = sum / mastery.proofs as f64;
    }
    mastery.level = match (mastery.proofs, mastery.evidence.is_empty()) {
        // sums of thirds and the like miss it by less than this
        (1.., false) if mastery.share >= MASTERED_FROM - 1e-9 => Level::Mastered,
        (_, false) => Level::InWork,
        (_, true) => Level::NotBegun,
    };
    mastery
}

fn evidence(place: &Tagged, dones: &[Done], tries: &[BestTry]) -> Option<Evidence> {
    let (result, at) = match place {
        Tagged::Course => return None,
        Tagged::Lesson(key) => {
            let done = dones.iter().find(|done| done.step == *key)?;
            (None, done.at)
        }
        Tagged::Check { lesson, check } => {
            let is_it = |tried: &&BestTry| tried.lesson == *lesson && tried.check == *check;
            let tried = tries.iter().find(is_it)?;
            (Some(tried.fraction), tried.at)
        }
        Tagged::Assessment(key) => {
            let results = dones.iter().filter(|done| done.step == *key);
            let results = results.filter_map(|done| Some((percent(done.what)?, done.at)));
            let best = results.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
            (Some(best.0 / 100.0), best.1)
        }
    };
    Some(Evidence {
        of: place.clone(),
        result,
        at,
    })
}

fn percent(what: What) -> Option<f64> {
    match what {
        What::Submitted { percent } | What::Passed { percent } => Some(percent),
        What::Read | What::Watched => None,
    }
}
