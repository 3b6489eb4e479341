//! The questions of a quiz over all its versions, with what was answered.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use ::assessment::{
    Asked, Decisions, HandMark, Item, ItemVersionId, MarkingPolicy, OptionId, Published, Response, SlotId,
    SlotOverride, decisions, latest_answers, score_item,
};
use storage::{Connection, regrades};

use super::dry_run;
use crate::{Result, published::PublishedCache};

/// A question, how it is marked now, and what was answered.
#[derive(Debug, Clone)]
pub struct Question {
    /// Where it stands.
    pub slot: SlotId,
    /// Its number among the questions of its version, from 1.
    pub number: usize,
    /// The newest version of the quiz that asks it.
    pub version_id: String,
    /// That version.
    pub published: Arc<Published>,
    /// The item version that it asks there.
    pub item_version_id: ItemVersionId,
    /// As it is marked now.
    pub item: Item,
    /// As its author wrote it.
    pub authored: Item,
    /// What it is worth now.
    pub points: f64,
    /// How it is marked instead of by its item.
    pub how: Option<SlotOverride>,
    /// Whether its marking differs from what its author wrote.
    pub is_corrected: bool,
    /// Whether other versions of the quiz asked it in another wording.
    pub has_versions: bool,
    /// How many of the attempts that were counted had it.
    pub attempts: usize,
    /// How many of them answered it.
    pub answered: usize,
    /// The mean share of its mark, from 0 to 1; `None` without attempts.
    pub mean: Option<f64>,
    /// How often each option was chosen.
    pub chosen: BTreeMap<OptionId, usize>,
}

/// The versions of an assessment that matter: those that attempts pin, and the
/// one that new attempts get.
pub(super) struct Versions(Vec<(String, Arc<Published>)>);

impl Versions {
    /// The newest first.
    pub(super) fn read(
        connection: &mut Connection,
        cache: &PublishedCache,
        assessment_id: &str,
    ) -> Result<Self> {
        let mut versions = Vec::new();
        for id in regrades::list_versions(connection, assessment_id)? {
            let published = cache.get(connection, &id)?;
            versions.push((id, published));
        }
        Ok(Self(versions))
    }

    /// The version of that id.
    pub(super) fn get(&self, id: &str) -> Option<&Arc<Published>> {
        self.0
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, published)| published)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Published>> {
        self.0.iter().map(|(_, published)| published)
    }

    /// Every question of every version.
    pub(super) fn asked(&self) -> Vec<Asked<'_>> {
        self.all()
            .flat_map(|published| {
                published.content.slots.iter().filter_map(|slot| {
                    let item = published.items.get(&slot.item_version_id)?;
                    Some(Asked { slot, item })
                })
            })
            .collect()
    }

    /// The newest version that asks the question.
    pub(super) fn newest_with(&self, slot: &SlotId) -> Option<(&str, &Arc<Published>)> {
        self.0
            .iter()
            .find(|(_, published)| published.content.slot(slot).is_some())
            .map(|(id, published)| (id.as_str(), published))
    }

    /// The question's number in the newest version that asks it, from 1.
    pub(super) fn number(&self, slot: &SlotId) -> Option<usize> {
        let (_, published) = self.newest_with(slot)?;
        let questions = published.content.slots.iter().filter(|one| {
            let item = published.items.get(&one.item_version_id);
            item.is_none_or(Item::is_question)
        });
        questions
            .map(|one| &one.id)
            .position(|id| id == slot)
            .map(|place| place + 1)
    }
}

/// One question as it is marked now, without answers.
pub(super) fn bare(versions: &Versions, slot: &SlotId, policy: &MarkingPolicy) -> Option<Question> {
    let (version_id, published) = versions.newest_with(slot)?;
    let place = published.content.slot(slot)?;
    let authored = published.items.get(&place.item_version_id)?;
    let wordings = versions.asked().into_iter().filter(|one| one.slot.id == *slot);
    Some(Question {
        number: versions.number(slot)?,
        version_id: version_id.to_owned(),
        published: Arc::clone(published),
        item_version_id: place.item_version_id.clone(),
        item: policy.item(&place.item_version_id, authored).into_owned(),
        authored: authored.clone(),
        points: policy.points.get(slot).copied().unwrap_or(place.points),
        how: policy.slots.get(slot).copied(),
        is_corrected: policy.touches(place),
        has_versions: wordings
            .map(|one| &one.slot.item_version_id)
            .any(|id| *id != place.item_version_id),
        slot: slot.clone(),
        attempts: 0,
        answered: 0,
        mean: None,
        chosen: BTreeMap::new(),
    })
}

/// All questions that are marked, with what was answered in all courses, and in
/// how many attempts that was counted: the latest ones, so that the page of a
/// large quiz is as fast as that of a small one.
pub(super) fn list(
    connection: &mut Connection,
    assessment_id: &str,
    versions: &Versions,
    policy: &MarkingPolicy,
) -> Result<(Vec<Question>, usize)> {
    let mut questions: Vec<Question> = Vec::new();
    for one in versions.asked().iter().filter(|one| one.item.is_marked()) {
        if questions.iter().all(|known| known.slot != one.slot.id) {
            questions.extend(bare(versions, &one.slot.id, policy));
        }
    }
    let mut sums: HashMap<SlotId, (f64, usize)> = HashMap::new();
    let latest = regrades::list_latest(connection, assessment_id, dry_run::AT_ONCE)?;
    let read = dry_run::read(connection, latest, versions)?;
    for one in &read {
        let (versioned, header) = (one.published, &one.header);
        let answers = latest_answers(&one.entries);
        let by_hand = decisions(&one.entries);
        for question in &mut questions {
            let Some(slot) = versioned.content.slot(&question.slot) else {
                continue;
            };
            let Some(item) = versioned.items.get(&slot.item_version_id) else {
                continue;
            };
            let item = policy.item(&slot.item_version_id, item);
            let context = header.context(&slot.id);
            let response = answers
                .get(&slot.id)
                .and_then(|entry| Response::parse(&item, &entry.payload, &context).ok())
                .unwrap_or_default();
            question.attempts += 1;
            question.answered += usize::from(response.is_answered());
            let mark = score_item(&item, &response, &context);
            let decided = by_hand.get(&slot.id).and_then(Decisions::mark);
            // What nobody has marked yet is no 0.
            if decided.is_some() || !mark.needs_marker {
                let (sum, count) = sums.entry(slot.id.clone()).or_default();
                *sum += decided.map_or(mark.fraction, HandMark::fraction);
                *count += 1;
            }
            if let Response::Choice(chosen) = response {
                for option in chosen {
                    *question.chosen.entry(option).or_default() += 1;
                }
            }
        }
    }
    for question in &mut questions {
        let sum = sums.get(&question.slot).copied();
        question.mean = sum.map(|(sum, count)| sum / count as f64);
    }
    Ok((questions, read.len()))
}
