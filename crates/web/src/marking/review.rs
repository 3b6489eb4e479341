//! What an attempt's review says of marking: comments, what a regrade changed,
//! and for an instructor the decisions with the form of another one.

use actix_web::HttpRequest;
use app::{
    attempt::{Question, Review, View},
    session::Role,
};
use assessment::{Item, SlotOutcome};
use chrono_tz::Tz;
use ui::{
    Frame,
    component::{MarkForm, ReviewedMarking},
    format,
};

use super::parts::{self, Scale};
use crate::{
    attempt_page::{attempt_path, slot_outcome},
    pairs::Pairs,
};

/// Which question's form an address unfolds, and whether its points were none.
pub(crate) struct Unfolded {
    slot: String,
    is_misfit: bool,
}

impl Unfolded {
    /// By the query that a decision's answer leads to.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let query = Pairs::of_query(request).unwrap_or_default();
        let named = ["marked", "crossed", "misfit"]
            .into_iter()
            .find(|name| query.optional(name).is_some());
        Self {
            slot: named.map(|name| query.get(name).to_owned()).unwrap_or_default(),
            is_misfit: named == Some("misfit"),
        }
    }
}

/// What markers and regrades did to a question; an instructor decides here, too.
pub(crate) fn of_review(
    view: &View,
    review: &Review,
    question: &Question,
    item: &Item,
    frame: &Frame,
    unfolded: &Unfolded,
    zone: Tz,
) -> ReviewedMarking {
    let t = frame.t;
    let found = &review.marking;
    let outcome = review
        .outcome
        .as_ref()
        .and_then(|outcome| slot_outcome(outcome, question));
    let maximum = outcome.map_or(0.0, |outcome| outcome.maximum);
    let teaches = view.session.role == Role::Instructor;
    let is_decided_here = teaches && review.submitted_at.is_some() && item.is_marked() && maximum > 0.0;
    let scale = Scale {
        t,
        maximum: if maximum > 0.0 { maximum } else { question.points },
        now: view.now,
        zone,
    };
    let of_slot = found.slots.get(&question.slot);
    let is_unfolded = unfolded.slot == question.slot.as_str();
    let form = |outcome: &SlotOutcome| {
        let number = |points: f64| format::number(t, points);
        let comment = found
            .comments
            .get(&question.slot)
            .and_then(|comments| comments.first());
        MarkForm {
            t,
            csrf: frame.csrf().to_owned(),
            path: format!("{}/marking", attempt_path(view)),
            id: format!("marking-{}", question.slot),
            slot: question.slot.to_string(),
            points: match outcome.by_hand {
                true => number(outcome.points),
                false => String::new(),
            },
            maximum: number(maximum),
            half: number(maximum / 2.0),
            comment: comment.cloned().unwrap_or_default(),
            seen: of_slot.map_or(0, |of_slot| of_slot.seen),
            is_blind: false,
            is_open: is_unfolded,
            has_error: is_unfolded && unfolded.is_misfit,
            has_next: false,
            can_release: outcome.by_hand,
            crossed: of_slot
                .and_then(|of_slot| of_slot.crossed.as_ref())
                .map(|crossed| parts::crossed(crossed, scale)),
            apart: outcome
                .apart
                .map(|apart| number(apart * maximum))
                .unwrap_or_default(),
        }
    };
    ReviewedMarking {
        how: found
            .how
            .get(&question.slot)
            .copied()
            .map(parts::marked_otherwise),
        comments: match teaches {
            // They stand in the history.
            true => Vec::new(),
            false => found.comments.get(&question.slot).cloned().unwrap_or_default(),
        },
        history: of_slot.map(|of_slot| parts::history(&of_slot.history, scale)),
        form: outcome.filter(|_| is_decided_here).map(form),
    }
}
