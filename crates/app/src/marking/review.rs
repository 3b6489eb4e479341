//! What an attempt's review says of marking: to its student that a marker is
//! awaited, what markers wrote and what a regrade changed; to an instructor
//! every decision with the form to make one.

use std::collections::BTreeMap;

use ::assessment::{Entry, MarkingPolicy, Outcome, SlotId, SlotOverride, decisions};
use storage::Connection;

use super::paper::{Crossed, HistoryLine, Reader, crossed};
use crate::{
    Result,
    session::{Role, Session},
};

/// What is said of marking in one attempt.
#[derive(Debug, Clone, Default)]
pub struct ReviewMarking {
    /// How many answers wait for a marker. Told also where marks are hidden.
    pub waiting: usize,
    /// How questions are marked instead, by a regrade. Left out where marks are hidden.
    pub how: BTreeMap<SlotId, SlotOverride>,
    /// What markers wrote; left out where feedback is hidden, and while the markers lie apart.
    pub comments: BTreeMap<SlotId, Vec<String>>,
    /// What instructors see of each question on which somebody decided.
    pub slots: BTreeMap<SlotId, SlotMarking>,
}

/// The decisions on one answer, for an instructor.
#[derive(Debug, Clone, Default)]
pub struct SlotMarking {
    /// The first one first.
    pub history: Vec<HistoryLine>,
    /// Up to which decision the page shows; goes back with the form.
    pub seen: i64,
    /// What crossed with another marker's decision.
    pub crossed: Option<Crossed>,
}

/// What the session may see of the marking of an attempt.
pub(crate) fn of_attempt(
    connection: &mut Connection,
    session: &Session,
    visible: ::assessment::Visible,
    outcome: Option<&Outcome>,
    policy: &MarkingPolicy,
    entries: &[Entry],
) -> Result<ReviewMarking> {
    let teaches = session.role == Role::Instructor;
    let decided = decisions(entries);
    let waiting = |outcome: &Outcome| outcome.slots.iter().filter(|slot| slot.needs_marker).count();
    let mut marking = ReviewMarking {
        waiting: outcome.map_or(0, waiting),
        how: match visible.marks {
            true => policy.slots.clone(),
            false => BTreeMap::new(),
        },
        ..ReviewMarking::default()
    };
    if visible.feedback {
        for (slot, decisions) in &decided {
            if decisions.mark().and_then(|mark| mark.unsettled()).is_some() && !teaches {
                continue;
            }
            let written = decisions
                .standing()
                .iter()
                .map(|one| one.decision.comment.clone());
            let written: Vec<String> = written.filter(|comment| !comment.is_empty()).collect();
            if !written.is_empty() {
                marking.comments.insert(slot.clone(), written);
            }
        }
    }
    if teaches {
        let reader = Reader::of(connection, session)?;
        for (slot, decisions) in decided {
            let lines = decisions.all.iter().map(|one| reader.line(one, &decisions));
            let of_slot = SlotMarking {
                history: lines.collect(),
                seen: decisions.last_position(),
                crossed: crossed(&decisions, reader.me(), &reader),
            };
            marking.slots.insert(slot, of_slot);
        }
    }
    Ok(marking)
}
