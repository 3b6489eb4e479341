//! Drawing questions from a pool, without replacement, by the attempt's seed.
//!
//! FROZEN, as the order in `order` is: a change here would ask running and
//! reviewed attempts other questions. Method: draw by draw, the pool in an order
//! shuffled for that draw; a question is taken when the draws can still all be
//! filled afterwards, which Hall's theorem decides: each set of draws finds at
//! least as many questions as it needs.

use std::collections::BTreeSet;

use crate::content::Slot;
use crate::id::SlotId;
use crate::order::shuffled_by;
use crate::section::{Draw, Placing, Section};

/// What an attempt with this seed gets of a pool, in the pool's order. Fewer
/// than asked for when the pool is too small, which no published one is.
pub(crate) fn drawn_slots<'a>(
    seed: i64,
    section: &Section,
    pool: impl IntoIterator<Item = &'a Slot>,
) -> Vec<&'a Slot> {
    let pool: Vec<&Slot> = pool.into_iter().collect();
    let mut wanted: Vec<u32> = section.draws.iter().map(|draw| draw.count).collect();
    let mut left: Vec<(u32, &SlotId)> = pool
        .iter()
        .map(|slot| (fitting(&section.draws, &slot.placing), &slot.id))
        .collect();
    let mut taken: BTreeSet<&SlotId> = BTreeSet::new();
    for draw in 0..wanted.len() {
        let bit = 1_u32 << draw;
        for slot in shuffled_by(seed, &format!("draw:{}:{draw}", section.id), &pool) {
            let Some(place) = left
                .iter()
                .position(|(mask, id)| mask & bit != 0 && **id == slot.id)
            else {
                continue;
            };
            let Some(count) = wanted.get_mut(draw).filter(|count| **count > 0) else {
                break;
            };
            *count -= 1;
            let candidate = left.swap_remove(place);
            let masks = left.iter().map(|(mask, _)| *mask);
            if missing(&wanted, masks) == 0 {
                taken.insert(candidate.1);
            } else {
                left.push(candidate);
                if let Some(count) = wanted.get_mut(draw) {
                    *count += 1;
                }
            }
        }
    }
    pool.into_iter().filter(|slot| taken.contains(&slot.id)).collect()
}

/// How many questions a pool lacks for its draws; 0 when all can be filled.
pub(crate) fn lacking<'a>(draws: &[Draw], pool: impl IntoIterator<Item = &'a Placing>) -> u32 {
    let wanted: Vec<u32> = draws.iter().map(|draw| draw.count).collect();
    missing(&wanted, pool.into_iter().map(|placing| fitting(draws, placing)))
}

// One bit per draw that the question fits.
fn fitting(draws: &[Draw], placing: &Placing) -> u32 {
    let bits = draws.iter().zip(0..u32::BITS);
    bits.filter(|(draw, _)| draw.fits(placing))
        .fold(0, |mask, (_, bit)| mask | 1 << bit)
}

// Hall's theorem, over all sets of draws: by how much the worst one fails.
fn missing(wanted: &[u32], masks: impl IntoIterator<Item = u32>) -> u32 {
    let open = wanted.iter().zip(0..u32::BITS).filter(|(count, _)| **count > 0);
    let open: Vec<(u32, u32)> = open.map(|(count, bit)| (*count, 1 << bit)).collect();
    let masks: Vec<u32> = masks.into_iter().filter(|mask| *mask != 0).collect();
    let sets = 1_u32 << open.len().min(crate::limits::DRAWS);
    let lacks = |set: u32| {
        let chosen = open
            .iter()
            .zip(0..u32::BITS)
            .filter(|(_, bit)| set >> bit & 1 == 1);
        let (need, union) = chosen.fold((0_u32, 0_u32), |(need, union), ((count, bit), _)| {
            (need.saturating_add(*count), union | bit)
        });
        let found = masks.iter().filter(|mask| **mask & union != 0).count();
        need.saturating_sub(u32::try_from(found).unwrap_or(u32::MAX))
    };
    (1..sets).map(lacks).max().unwrap_or(0)
}
