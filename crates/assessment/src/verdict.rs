//! Working an examination out: each part's points, the total, whether it is
//! passed, and what is still needed. Exact: all of it is whole hundredths of
//! percent points, and each part is rounded once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, EntryKind};
use crate::id::{PartId, SectionId};
use crate::scheme::{Condition, Part, PartPoints, PartSource, Scheme, Supplement};

/// 100 percent points, in hundredths.
const FULL: i64 = 10_000;

/// What is known of an examination.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Of each section that counts: score and maximum.
    pub sections: BTreeMap<SectionId, (f64, f64)>,
    /// What markers entered, from 0 to 100.
    pub entered: BTreeMap<PartId, f64>,
    /// The part in which the oral supplement was taken, and its points.
    pub supplement: Option<(PartId, f64)>,
}

/// How an examination stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Each part, each before those that it is made of.
    pub parts: Vec<PartResult>,
    /// Percent points; what is missing counts as 0.
    pub total: f64,
    /// The grade by the scheme's key; `None` without one, or while parts are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Whether it is passed; `None` while that is open.
    pub passed: Option<bool>,
    /// The conditions that do not hold as things stand, by their place in the scheme.
    pub unmet: Vec<usize>,
    /// The part in which the oral supplement was taken, and its points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<(PartId, f64)>,
    /// What brings about a pass.
    pub needed: Needed,
}

/// A part's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartResult {
    /// The part.
    pub part: PartId,
    /// Percent points; `None` while something of it is missing.
    pub points: Option<f64>,
    /// The grade by the scheme's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// What it had before the oral supplement; `None` without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_supplement: Option<f64>,
}

/// What brings about a pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    /// Nothing: it is passed.
    Nothing,
    /// At least so many points, the same in each of these parts.
    InParts {
        /// The parts that are missing.
        parts: Vec<PartId>,
        /// Whole percent points.
        points: u32,
    },
    /// An oral supplement in one of these, with at least so many points.
    BySupplement {
        /// The parts, each with whole percent points.
        parts: Vec<(PartId, u32)>,
    },
    /// Nothing can any more.
    Impossible,
}

/// Works an examination out.
pub fn evaluate(scheme: &Scheme, known: &Known) -> Verdict {
    let points = Points::of(scheme, known, None, None);
    let missing = points.missing.clone();
    let unmet: Vec<usize> = (0..)
        .zip(&scheme.pass)
        .filter(|(_, condition)| !points.meets(scheme, condition))
        .map(|(place, _)| place)
        .collect();
    let needed = match (missing.is_empty(), unmet.is_empty()) {
        (true, true) => Needed::Nothing,
        (true, false) => by_supplement(scheme, known),
        (false, _) => in_parts(scheme, known, &missing),
    };
    let passed = match &needed {
        Needed::Nothing => Some(true),
        Needed::Impossible => Some(false),
        Needed::BySupplement { .. } => Some(false),
        Needed::InParts { .. } => None,
    };
    let grade_of = |points: f64| scheme.grade(points).map(|band| band.grade.clone());
    let result = |(part, _): (&Part, usize)| {
        let value = points.of_part(&part.id);
        PartResult {
            part: part.id.clone(),
            points: value,
            grade: value.and_then(grade_of),
            before_supplement: points
                .before
                .as_ref()
                .filter(|(id, _)| *id == part.id)
                .map(|(_, value)| shown(*value)),
        }
    };
    let total = shown(points.total);
    Verdict {
        parts: scheme.all_parts().into_iter().map(result).collect(),
        grade: missing.is_empty().then(|| grade_of(total)).flatten(),
        total,
        passed,
        unmet,
        supplement: known.supplement.clone(),
        needed,
    }
}

/// In which parts an oral supplement could bring about a pass, each with the
/// whole percent points that it takes; see [`Supplement`].
fn by_supplement(scheme: &Scheme, known: &Known) -> Needed {
    let Some(supplement) = scheme.supplement.as_ref().filter(|_| known.supplement.is_none()) else {
        return Needed::Impossible;
    };
    let now = Points::of(scheme, known, None, None);
    let allowed = |id: &&PartId| {
        let points = now.of_part(id);
        points.is_some_and(|points| supplement.only_below.is_none_or(|below| points < below))
    };
    let option = |id: &PartId| {
        let passes = |oral: u32| passes(scheme, known, None, Some((id, i64::from(oral) * 100)));
        Some((id.clone(), least(passes)?))
    };
    let parts: Vec<(PartId, u32)> = supplement
        .parts
        .iter()
        .filter(allowed)
        .filter_map(option)
        .collect();
    match parts.is_empty() {
        true => Needed::Impossible,
        false => Needed::BySupplement { parts },
    }
}

fn in_parts(scheme: &Scheme, known: &Known, missing: &[PartId]) -> Needed {
    let needed = least(|points| passes(scheme, known, Some(i64::from(points) * 100), None));
    match needed {
        Some(points) => Needed::InParts {
            parts: missing.to_vec(),
            points,
        },
        None if could_pass_orally(scheme, known) => Needed::InParts {
            parts: missing.to_vec(),
            points: 100,
        },
        None => Needed::Impossible,
    }
}

fn could_pass_orally(scheme: &Scheme, known: &Known) -> bool {
    let mut parts = scheme.supplement.iter().flat_map(|supplement| &supplement.parts);
    known.supplement.is_none() && parts.any(|id| passes(scheme, known, Some(FULL), Some((id, FULL))))
}

// Conditions only ask for "at least", so whoever passes with fewer passes with more.
fn least(passes: impl Fn(u32) -> bool) -> Option<u32> {
    (0..=100).find(|points| passes(*points))
}

fn passes(scheme: &Scheme, known: &Known, missing: Option<i64>, oral: Option<(&PartId, i64)>) -> bool {
    let points = Points::of(scheme, known, missing, oral);
    scheme
        .pass
        .iter()
        .all(|condition| points.meets(scheme, condition))
}

/// All points in hundredths of percent points.
struct Points {
    parts: BTreeMap<PartId, i64>,
    missing: Vec<PartId>,
    /// The part with a supplement, and what it had before.
    before: Option<(PartId, i64)>,
    total: i64,
}

impl Points {
    /// `missing` is what each missing part is taken to have, `oral` a supplement
    /// that is supposed.
    fn of(scheme: &Scheme, known: &Known, missing: Option<i64>, oral: Option<(&PartId, i64)>) -> Self {
        let mut points = Self {
            parts: BTreeMap::new(),
            missing: Vec::new(),
            before: None,
            total: 0,
        };
        let taken = known
            .supplement
            .as_ref()
            .map(|(id, oral)| (id, hundredths(*oral)));
        let case = Case {
            scheme,
            known,
            missing,
            oral: oral.or(taken),
        };
        points.total = points.add_all(&case, &scheme.parts).1;
        points
    }

    // Whether all of them are known, and their weighted mean.
    fn add_all(&mut self, case: &Case<'_>, parts: &[Part]) -> (bool, i64) {
        let (mut complete, mut sum, mut weights) = (true, 0, 0);
        for part in parts {
            let (known, points) = self.add(case, part);
            complete &= known;
            sum += i64::from(part.weight) * points;
            weights += i64::from(part.weight);
        }
        (complete, mean(sum, weights, case.scheme.decimals))
    }

    fn add(&mut self, case: &Case<'_>, part: &Part) -> (bool, i64) {
        let (complete, points) = match &part.source {
            PartSource::Parts { parts } => self.add_all(case, parts),
            PartSource::Sections { sections } => (true, case.reached(sections)),
            PartSource::Marker => {
                let entered = case.known.entered.get(&part.id).copied().map(hundredths);
                if entered.is_none() {
                    self.missing.push(part.id.clone());
                }
                let points = entered.or(case.missing);
                (points.is_some(), points.unwrap_or(0))
            }
        };
        let points = match (case.oral, &case.scheme.supplement) {
            (Some((id, oral)), Some(supplement)) if *id == part.id && complete => {
                self.before = Some((part.id.clone(), points));
                with_oral(supplement, points, oral, case.scheme.decimals)
            }
            _ => points,
        };
        if complete {
            self.parts.insert(part.id.clone(), points);
        }
        (complete, points)
    }

    fn of_part(&self, id: &PartId) -> Option<f64> {
        self.parts.get(id).copied().map(shown)
    }

    fn meets(&self, scheme: &Scheme, condition: &Condition) -> bool {
        let of = |id: &PartId| self.parts.get(id).copied().unwrap_or(0);
        match condition {
            Condition::Total { at_least } => self.total >= hundredths(*at_least),
            Condition::Together { parts, at_least } => {
                let weights: Vec<(i64, i64)> = parts.iter().map(|id| (weight(scheme, id), of(id))).collect();
                let sum = weights.iter().map(|(weight, points)| weight * points).sum();
                let weights = weights.iter().map(|(weight, _)| weight).sum();
                mean(sum, weights, scheme.decimals) >= hundredths(*at_least)
            }
            Condition::Several {
                parts,
                count,
                at_least,
            } => {
                let reached = parts.iter().filter(|id| of(id) >= hundredths(*at_least));
                reached.count() >= *count
            }
        }
    }
}

/// What the points of one reckoning come from.
struct Case<'a> {
    scheme: &'a Scheme,
    known: &'a Known,
    missing: Option<i64>,
    oral: Option<(&'a PartId, i64)>,
}

impl Case<'_> {
    fn reached(&self, sections: &[SectionId]) -> i64 {
        let known = sections.iter().filter_map(|id| self.known.sections.get(id));
        let (score, maximum) = known.fold((0.0, 0.0), |(score, maximum), (more, of)| {
            (score + more, maximum + of)
        });
        if maximum <= 0.0 {
            return 0;
        }
        let share = (score / maximum).clamp(0.0, 1.0);
        let points = crate::policy::round(share * 100.0, self.scheme.decimals);
        hundredths(points)
    }
}

// Among the parts beside it; parts of one scheme are compared by their share in the whole.
fn weight(scheme: &Scheme, id: &PartId) -> i64 {
    fn find(parts: &[Part], id: &PartId) -> Option<i64> {
        parts.iter().find_map(|part| match &part.source {
            _ if part.id == *id => Some(i64::from(part.weight)),
            PartSource::Parts { parts } => find(parts, id),
            _ => None,
        })
    }
    find(&scheme.parts, id).unwrap_or(0)
}

fn with_oral(supplement: &Supplement, before: i64, oral: i64, decimals: u8) -> i64 {
    let (old, new) = (i64::from(supplement.before), i64::from(supplement.oral));
    mean(old * before + new * oral, old + new, decimals)
}

// Halves go up.
fn mean(sum: i64, weights: i64, decimals: u8) -> i64 {
    if weights == 0 {
        return 0;
    }
    let unit = match decimals {
        0 => 100,
        1 => 10,
        _ => 1,
    };
    (2 * sum + weights * unit).div_euclid(2 * weights * unit) * unit
}

fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

fn shown(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

impl Known {
    /// What a log has been told by markers.
    pub fn entered_in(entries: &[Entry]) -> Self {
        let mut ordered: Vec<&Entry> = entries.iter().collect();
        ordered.sort_by_key(|entry| entry.position);
        let mut known = Self::default();
        let entered = ordered
            .into_iter()
            .filter(|entry| entry.kind == EntryKind::PartPoints);
        for one in entered.filter_map(|entry| PartPoints::read(&entry.payload)) {
            known.enter(one);
        }
        known
    }

    /// Whether entering this would change nothing.
    pub fn has(&self, entered: &PartPoints) -> bool {
        match (entered.supplement, entered.points) {
            (false, points) => self.entered.get(&entered.part).copied() == points,
            (true, None) => self.supplement.is_none(),
            (true, Some(points)) => self.supplement == Some((entered.part.clone(), points)),
        }
    }

    /// Takes in what a marker entered later.
    pub fn enter(&mut self, entered: PartPoints) {
        match (entered.supplement, entered.points) {
            (true, points) => self.supplement = points.map(|points| (entered.part, points)),
            (false, Some(points)) => {
                self.entered.insert(entered.part, points);
            }
            (false, None) => {
                self.entered.remove(&entered.part);
            }
        }
    }
}
