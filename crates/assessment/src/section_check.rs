//! Finds what keeps sections, pools, drops, alternatives and an examination
//! scheme from being published: whatever an attempt draws, drops or chooses, it
//! must be possible and worth the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::AssessmentContent;
use crate::draft::{Draft, DraftSlot, publish};
use crate::draft_check::{Problems, text_problems};
use crate::draft_problem::{DraftProblemKind as Kind, Place};
use crate::draw::lacking;
use crate::id::{ItemVersionId, PartId, SectionId};
use crate::limits;
use crate::scheme::{Condition, PartSource, Scheme};
use crate::section::{DIFFICULTIES, Draw, Placing, Section};

/// Sums of points that differ by less are the same.
const HAIR: f64 = 1e-9;

/// All of it, the sections' own problems first, then slot by slot.
pub(crate) fn check_sections(draft: &Draft, problems: &mut Problems) {
    let too_many = draft.sections.len() > limits::SECTIONS;
    problems.add_if(too_many, Kind::TooManySections);
    let content = publish(draft, |slot| ItemVersionId::new(slot.id.as_str())).content;
    let mut ids = BTreeSet::new();
    for (index, section) in draft.sections.iter().enumerate() {
        let place = Place {
            list: "sections",
            index,
        };
        let mut found = own_problems(draft, section);
        if !ids.insert(&section.id) {
            found.push(Kind::DuplicateId);
        }
        found.extend(alternative_problems(&content, section));
        for kind in found {
            problems.add(kind, None, Some(place));
        }
    }
    for (index, slot) in draft.slots.iter().enumerate() {
        for kind in slot_problems(draft, slot) {
            problems.add(kind, Some(index), None);
        }
    }
    if let Some(scheme) = &draft.scheme {
        for kind in scheme_problems(draft, scheme) {
            problems.add_if(true, kind);
        }
    }
}

fn found(kinds: impl IntoIterator<Item = (bool, Kind)>) -> Vec<Kind> {
    let wrong = kinds.into_iter().filter(|(wrong, _)| *wrong);
    wrong.map(|(_, kind)| kind).collect()
}

fn own_problems(draft: &Draft, section: &Section) -> Vec<Kind> {
    let slots: Vec<&DraftSlot> = of_section(draft, &section.id).collect();
    let mut problems = found([
        (!section.id.is_well_formed(), Kind::BadId),
        (section.title.is_empty(), Kind::SectionWithoutTitle),
        (slots.is_empty(), Kind::SectionWithoutQuestion),
    ]);
    problems.extend(text_problems([&section.title, &section.introduction]));
    problems.extend(draw_problems(section, &slots));
    problems.extend(drop_problems(section, &slots));
    problems
}

fn of_section<'a>(draft: &'a Draft, id: &'a SectionId) -> impl Iterator<Item = &'a DraftSlot> {
    draft
        .slots
        .iter()
        .filter(move |slot| slot.placing.section.as_ref() == Some(id))
}

fn draw_problems(section: &Section, slots: &[&DraftSlot]) -> Vec<Kind> {
    let placings = slots.iter().map(|slot| &slot.placing);
    let invalid = section.draws.len() > limits::DRAWS || section.draws.iter().any(is_invalid);
    let differ = |draw: &Draw| {
        let fitting = slots.iter().filter(|slot| draw.fits(&slot.placing));
        differ(fitting.map(|slot| slot.points))
    };
    found([
        (invalid, Kind::DrawInvalid),
        (
            !invalid && lacking(&section.draws, placings) > 0,
            Kind::PoolTooSmall,
        ),
        (section.draws.iter().any(differ), Kind::DrawPointsDiffer),
    ])
}

fn is_invalid(draw: &Draw) -> bool {
    let easiest = draw.easiest.unwrap_or(*DIFFICULTIES.start());
    let hardest = draw.hardest.unwrap_or(*DIFFICULTIES.end());
    let levels = DIFFICULTIES.contains(&easiest) && DIFFICULTIES.contains(&hardest) && easiest <= hardest;
    draw.count == 0 || !levels || has_bad_tags(&draw.tags)
}

fn has_bad_tags(tags: &BTreeSet<String>) -> bool {
    let is_bad = |tag: &String| tag.trim().is_empty() || tag.chars().count() > limits::TAG_LETTERS;
    tags.len() > limits::TAGS || tags.iter().any(is_bad)
}

fn differ(points: impl Iterator<Item = f64>) -> bool {
    let points: Vec<f64> = points.collect();
    points.windows(2).any(|pair| match pair {
        [one, next] => (one - next).abs() > HAIR,
        _ => false,
    })
}

fn drop_problems(section: &Section, slots: &[&DraftSlot]) -> Vec<Kind> {
    if section.drops == 0 {
        return Vec::new();
    }
    let droppable = slots
        .iter()
        .filter(|slot| !slot.placing.protected && slot.points > 0.0);
    let points: Vec<f64> = droppable.map(|slot| slot.points).collect();
    let drawn: u32 = section.draws.iter().map(|draw| draw.count).sum();
    let left = match section.draws.is_empty() {
        true => points.len(),
        false => points.len().min(drawn as usize),
    };
    let in_pool = !section.draws.is_empty() && slots.iter().any(|slot| slot.placing.protected);
    found([
        (section.drops as usize >= left, Kind::TooManyDrops),
        (differ(points.into_iter()), Kind::DropPointsDiffer),
        (in_pool, Kind::ProtectedInPool),
    ])
}

fn alternative_problems(content: &AssessmentContent, section: &Section) -> Vec<Kind> {
    let Some(group) = &section.alternative else {
        return Vec::new();
    };
    let of_group = |other: &&Section| other.alternative.as_ref() == Some(group);
    let points: Vec<f64> = content
        .sections
        .iter()
        .filter(of_group)
        .map(|other| content.sum_of(other, &|slot| slot.points))
        .collect();
    // told once, at the last one of the group
    let is_last = content.sections.iter().rfind(of_group) == Some(section);
    found([
        (!group.is_well_formed(), Kind::BadId),
        (points.len() < 2, Kind::AlternativeAlone),
        (is_last && differ(points.into_iter()), Kind::AlternativesDiffer),
    ])
}

fn slot_problems(draft: &Draft, slot: &DraftSlot) -> Vec<Kind> {
    let Placing {
        section,
        tags,
        difficulty,
        opens_after,
        ..
    } = &slot.placing;
    let section_of = |id: &SectionId| draft.sections.iter().find(|section| section.id == *id);
    let unknown = section.as_ref().is_some_and(|id| section_of(id).is_none());
    let level_wrong = difficulty.is_some_and(|level| !DIFFICULTIES.contains(&level));
    let mut problems = found([
        (unknown, Kind::UnknownSection),
        (level_wrong || has_bad_tags(tags), Kind::TagsOrDifficulty),
    ]);
    let Some(after) = opens_after else {
        return problems;
    };
    let Some(first) = draft.slots.iter().find(|other| other.id == *after) else {
        problems.push(Kind::OpensAfterUnknown);
        return problems;
    };
    if place_of(draft, first) >= place_of(draft, slot) || !first.item.is_question() {
        problems.push(Kind::OpensAfterUnknown);
    }
    let is_certain = |id: &SectionId| {
        section_of(id).is_some_and(|of_first| {
            let own = first.placing.section == *section;
            of_first.draws.is_empty() && (own || of_first.alternative.is_none())
        })
    };
    if first.placing.section.as_ref().is_some_and(|id| !is_certain(id)) {
        problems.push(Kind::OpensAfterUncertain);
    }
    problems
}

// Where a question stands in the order in which an attempt asks it unshuffled.
fn place_of(draft: &Draft, slot: &DraftSlot) -> (usize, usize) {
    let is_own = |section: &Section| slot.placing.section.as_ref() == Some(&section.id);
    let section = draft
        .sections
        .iter()
        .position(is_own)
        .map_or(0, |place| place + 1);
    let own = draft.slots.iter().position(|other| other.id == slot.id);
    (section, own.unwrap_or(usize::MAX))
}

fn scheme_problems(draft: &Draft, scheme: &Scheme) -> Vec<Kind> {
    let mut used: BTreeMap<&SectionId, usize> = BTreeMap::new();
    for (part, _) in scheme.all_parts() {
        if let PartSource::Sections { sections } = &part.source {
            for section in sections {
                *used.entry(section).or_default() += 1;
            }
        }
    }
    let known: BTreeSet<&SectionId> = draft.sections.iter().map(|section| &section.id).collect();
    let unknown = used.iter().any(|(id, times)| !known.contains(id) || *times > 1);
    let is_left_out = |slot: &DraftSlot| {
        let section = slot.placing.section.as_ref();
        slot.points > 0.0 && !section.is_some_and(|id| used.contains_key(id))
    };
    found([
        (is_broken(scheme), Kind::SchemeInvalid),
        (unknown, Kind::SchemeSectionUnknown),
        (draft.slots.iter().any(is_left_out), Kind::SchemeLeavesQuestionOut),
    ])
}

fn is_broken(scheme: &Scheme) -> bool {
    let all = scheme.all_parts();
    let ids: BTreeSet<&PartId> = all.iter().map(|(part, _)| &part.id).collect();
    let part_broken = all.iter().any(|(part, _)| {
        let empty = match &part.source {
            PartSource::Sections { sections } => sections.is_empty(),
            PartSource::Parts { parts } => parts.is_empty(),
            PartSource::Marker => false,
        };
        empty || part.weight == 0 || part.title.is_empty() || !part.id.is_well_formed()
    });
    let in_range = |points: f64| (0.0..=100.0).contains(&points);
    let are_known = |parts: &[PartId]| !parts.is_empty() && parts.iter().all(|id| ids.contains(id));
    let condition_broken = |condition: &Condition| match condition {
        Condition::Total { at_least } => !in_range(*at_least),
        Condition::Together { parts, at_least } => !in_range(*at_least) || !are_known(parts),
        Condition::Several {
            parts,
            count,
            at_least,
        } => !in_range(*at_least) || !are_known(parts) || *count > parts.len(),
    };
    let key_broken = !scheme.key.is_empty()
        && (!scheme.key.is_sorted_by(|one, next| one.from > next.from)
            || scheme.key.last().is_none_or(|band| band.from != 0.0));
    let supplement_broken = scheme.supplement.as_ref().is_some_and(|supplement| {
        !are_known(&supplement.parts) || supplement.before == 0 || supplement.oral == 0
    });
    let too_large = all.len() > limits::PARTS || scheme.pass.len() > limits::PARTS || scheme.decimals > 2;
    let no_parts = scheme.parts.is_empty() || ids.len() != all.len();
    no_parts
        || too_large
        || part_broken
        || scheme.pass.iter().any(condition_broken)
        || key_broken
        || supplement_broken
}
