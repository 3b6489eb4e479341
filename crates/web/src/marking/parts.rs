//! What marking pages and an attempt's review have in common: the form of a
//! decision and the decisions so far.

use app::marking::{Crossed, HistoryLine};
use assessment::{SlotOverride, Stance};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::{self, DecisionKind, DecisionLine, DecisionList, MarkForm, MarkedOtherwise},
    format,
};

use crate::pairs::Pairs;

/// In which words and moments a decision on a question of so many points is shown.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) t: Texts,
    pub(super) maximum: f64,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
}

/// The decisions so far.
pub(super) fn history(lines: &[HistoryLine], scale: Scale) -> DecisionList {
    DecisionList {
        t: scale.t,
        lines: lines.iter().map(|one| line(one, scale)).collect(),
    }
}

fn line(one: &HistoryLine, scale: Scale) -> DecisionLine {
    let stance = one.decision.stance;
    DecisionLine {
        by: one.by.clone().unwrap_or_default(),
        is_own: one.is_own,
        mark: match stance {
            Stance::Released => String::new(),
            _ => mark(one.decision.fraction, scale),
        },
        comment: one.decision.comment.clone(),
        kind: match stance {
            Stance::Open => DecisionKind::Open,
            Stance::Blind => DecisionKind::Blind,
            Stance::Crossed => DecisionKind::Crossed,
            Stance::Released => DecisionKind::Released,
        },
        stands: one.stands,
        at: format::moment(scale.t, one.at, scale.now, scale.zone),
    }
}

fn mark(fraction: f64, scale: Scale) -> String {
    format::mark(scale.t, fraction * scale.maximum, scale.maximum)
}

/// Two decisions that crossed.
pub(super) fn crossed(crossed: &Crossed, scale: Scale) -> component::Crossed {
    component::Crossed {
        own: mark(crossed.own.fraction, scale),
        own_comment: crossed.own.comment.clone(),
        theirs: crossed.theirs.iter().map(|one| line(one, scale)).collect(),
    }
}

/// How a regrade marks a question instead.
pub(super) fn marked_otherwise(how: SlotOverride) -> MarkedOtherwise {
    match how {
        SlotOverride::Drop => MarkedOtherwise::Dropped,
        SlotOverride::FullMarks => MarkedOtherwise::FullMarks,
        SlotOverride::FullMarksIfAnswered => MarkedOtherwise::FullMarksIfAnswered,
    }
}

/// Puts back what was typed beside what was wrong with it.
pub(super) fn misfit(form: &mut MarkForm, typed: &Pairs) {
    form.points = typed.get("points").to_owned();
    form.comment = typed.get("comment").to_owned();
    form.has_error = true;
}
