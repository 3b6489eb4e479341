//! Questions that a reader tries on a step's page, and what they amount to: for a lesson
//! whose rule asks for it, and for a quiz that is taken question by question.

use std::collections::BTreeMap;

use ::assessment::{Context, Item, Response, SlotId, payload_from_form, score_item};
use ::course::{CHECK_SEED, Done, Key, LessonCompletion, Step, What, is_enough};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    course_progress::{self, CheckDone},
};

use super::{
    desk::Desk,
    study::{Opened, Tried},
};
use crate::{Result, published::PublishedCache};

impl Desk {
    /// What can be tried on a step's page: key, question and weight.
    pub(super) fn items(
        &self,
        connection: &mut Connection,
        cache: &PublishedCache,
        key: &Key,
    ) -> Result<Vec<(Key, Item, f64)>> {
        Ok(match self.course.content.step(key) {
            None => Vec::new(),
            Some(Step::Lesson(lesson)) => {
                let checks = lesson.checks.iter();
                checks
                    .map(|check| (check.key.clone(), check.item.clone(), 1.0))
                    .collect()
            }
            Some(Step::Assessment(step)) => match self.quiz(connection, cache, step)? {
                Opened::Attempt(_) | Opened::Elsewhere(_) | Opened::Lesson(_) => Vec::new(),
                Opened::Exercise(published) => {
                    let slots = published.content.slots.iter();
                    slots
                        .filter_map(|slot| {
                            let item = published.items.get(&slot.item_version_id)?;
                            Some((Key::new(slot.id.as_str()), item.clone(), slot.points))
                        })
                        .collect()
                }
            },
        })
    }

    /// A try counts when it is an answer; the best one of each question stays.
    pub(super) fn try_out(
        &self,
        connection: &mut Connection,
        step: &Key,
        items: &[(Key, Item, f64)],
        tried: &Tried,
        now: DateTime<Utc>,
    ) -> Result<Option<Done>> {
        let found = items.iter().find(|(key, ..)| *key == tried.key);
        let Some(fraction) = found.and_then(|(_, item, _)| fraction_of(item, tried)) else {
            return Ok(None);
        };
        let held = course_progress::list_checks(connection, &self.session.person_id, &self.course_id)?;
        let of_step = held.into_iter().filter(|done| done.lesson_key == step.as_str());
        let mut best: BTreeMap<String, CheckDone> =
            of_step.map(|done| (done.check_key.clone(), done)).collect();
        let before = best.get(tried.key.as_str());
        let row = CheckDone {
            person_id: self.session.person_id.clone(),
            course_id: self.course_id.clone(),
            lesson_key: step.to_string(),
            check_key: tried.key.to_string(),
            fraction: before.map_or(fraction, |before| before.fraction.max(fraction)),
            tries: before.map_or(0, |before| before.tries) + 1,
            done_at: match before {
                Some(before) if before.fraction >= fraction => before.done_at,
                _ => now.naive_utc(),
            },
        };
        course_progress::put_check(connection, &row)?;
        best.insert(row.check_key.clone(), row);
        Ok(self.result(step, items, &best, now))
    }

    // The mean of the best tries at what can be marked. A quiz counts when each question was tried.
    fn result(
        &self,
        step: &Key,
        items: &[(Key, Item, f64)],
        best: &BTreeMap<String, CheckDone>,
        now: DateTime<Utc>,
    ) -> Option<Done> {
        let marked = || items.iter().filter(|(_, item, _)| item.is_marked());
        let whole: f64 = marked().map(|(.., weight)| weight).sum();
        let reached: f64 = marked()
            .filter_map(|(key, _, weight)| Some(best.get(key.as_str())?.fraction * weight))
            .sum();
        let found = self.course.content.step(step)?;
        let counts = match found {
            Step::Lesson(lesson) => matches!(lesson.completion, LessonCompletion::Passed { .. }),
            Step::Assessment(_) => marked().all(|(key, ..)| best.contains_key(key.as_str())),
        };
        if !counts || whole <= 0.0 {
            return None;
        }
        let percent = (reached / whole * 10_000.0).round() / 100.0;
        let submitted = What::Submitted { percent };
        Some(Done {
            step: step.clone(),
            what: match is_enough(found, submitted) {
                true => What::Passed { percent },
                false => submitted,
            },
            at: now,
        })
    }
}

// How much of the full points an answer reaches; `None` for what is no answer, or cannot be marked.
fn fraction_of(item: &Item, tried: &Tried) -> Option<f64> {
    if !item.is_marked() {
        return None;
    }
    let slot = SlotId::from(tried.key.as_str());
    let context = Context {
        language: &tried.language,
        seed: CHECK_SEED,
        slot: &slot,
    };
    let fields: Vec<(&str, &str)> = tried
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let response = Response::parse(item, &payload_from_form(item, &fields), &context).ok()?;
    if !response.is_answered() {
        return None;
    }
    let mark = score_item(item, &response, &context);
    (!mark.needs_marker).then_some(mark.fraction.clamp(0.0, 1.0))
}
