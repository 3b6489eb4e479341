//! The order in which an attempt shows questions and options: a pure function of
//! the attempt's seed, so that it is the same after a reload, on another device
//! and in a review years later.
//!
//! FROZEN: a change here would reorder running and reviewed attempts. Method:
//! Fisher–Yates from the last place down, driven by SplitMix64 (Steele, Lea and
//! Flood, 2014), whose state starts as the seed XOR the FNV-1a hash of what is
//! shuffled. A place below n is the high half of the 128-bit product of the
//! random number and n; the bias, under 2⁻⁵⁰ here, does not matter.

use std::collections::BTreeSet;

use crate::content::Slot;
use crate::id::SlotId;
use crate::interaction::{ChoiceOption, Context};
use crate::item::Item;

/// The slots of a section in the order in which the attempt with this seed shows
/// them. Those of one stimulus stay together, in the author's order, and what
/// opens after another question stands behind it.
pub(crate) fn section_order<'a>(
    seed: i64,
    purpose: &str,
    is_shuffled: bool,
    slots: Vec<&'a Slot>,
) -> Vec<&'a Slot> {
    if !is_shuffled {
        return slots;
    }
    let mut groups = slots_by_stimulus(&slots);
    shuffle(seed, purpose, &mut groups);
    in_sequence(groups)
}

fn slots_by_stimulus<'a>(slots: &[&'a Slot]) -> Vec<Vec<&'a Slot>> {
    let mut groups: Vec<Vec<&Slot>> = Vec::with_capacity(slots.len());
    let same = |group: &&mut Vec<&Slot>, slot: &Slot| {
        slot.stimulus.is_some() && group.first().is_some_and(|first| first.stimulus == slot.stimulus)
    };
    for slot in slots {
        match groups.iter_mut().find(|group| same(group, slot)) {
            Some(group) => group.push(slot),
            None => groups.push(vec![slot]),
        }
    }
    groups
}

// Each group as early as it may stand; groups that wait for each other stay as they came.
fn in_sequence(mut groups: Vec<Vec<&Slot>>) -> Vec<&Slot> {
    let mut order: Vec<&Slot> = Vec::new();
    while !groups.is_empty() {
        let waiting: BTreeSet<&SlotId> = groups.iter().flatten().map(|slot| &slot.id).collect();
        let is_ready = |group: &Vec<&Slot>| {
            let own = |id: &SlotId| group.iter().any(|slot| slot.id == *id);
            let mut before = group.iter().filter_map(|slot| slot.placing.opens_after.as_ref());
            before.all(|id| own(id) || !waiting.contains(id))
        };
        let next = groups.iter().position(is_ready).unwrap_or(0);
        order.extend(groups.remove(next));
    }
    order
}

/// The things in an order by seed and purpose, which is as frozen as the method.
pub(crate) fn shuffled_by<'a, T>(seed: i64, purpose: &str, things: &[&'a T]) -> Vec<&'a T> {
    let mut things = things.to_vec();
    shuffle(seed, purpose, &mut things);
    things
}

/// The things in the order in which this attempt shows them. `purpose` tells the
/// lists of one item apart and is as frozen as the method.
pub(crate) fn shuffled<'a, T>(
    context: &Context<'_>,
    purpose: &str,
    things: impl IntoIterator<Item = &'a T>,
) -> Vec<&'a T> {
    let mut things: Vec<&T> = things.into_iter().collect();
    shuffle(context.seed, &format!("{purpose}:{}", context.slot), &mut things);
    things
}

/// The options of the item in `slot` in the order in which the attempt with this
/// seed shows them.
pub fn option_order<'a>(seed: i64, slot: &SlotId, item: &'a Item) -> Vec<&'a ChoiceOption> {
    let mut options: Vec<&ChoiceOption> = item.options().iter().collect();
    if item.shuffles_options() {
        shuffle(seed, &format!("options:{slot}"), &mut options);
    }
    options
}

/// A number below `count`, which is over 0, by seed and purpose; as frozen as the order.
pub(crate) fn drawn(seed: i64, purpose: &str, count: u64) -> u64 {
    let mut state = seed.cast_unsigned() ^ fnv1a(purpose.as_bytes());
    ((u128::from(split_mix(&mut state)) * u128::from(count)) >> 64) as u64
}

fn shuffle<T>(seed: i64, purpose: &str, things: &mut [T]) {
    let mut state = seed.cast_unsigned() ^ fnv1a(purpose.as_bytes());
    for last in (1..things.len()).rev() {
        let places = last as u128 + 1;
        let place = (u128::from(split_mix(&mut state)) * places) >> 64;
        things.swap(last, place as usize);
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
