//! A marker's decision: entry, outcome and the grade that is owed are one
//! transaction. A decision that did not know of another marker's is kept as
//! crossed and changes nothing until its marker has seen both.

use ::assessment::{Decision, Decisions, HandMark, Outcome, SlotId, Stance, WriterId, decisions, limits};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    attempts::{self, Attempt},
    placements,
};

use super::papers::Papers;
use crate::{
    App, Code, Error, Result, attempt_end,
    attempt_log::{self, OpenLog},
    grade, json,
    published::PublishedCache,
    regrade, scene,
    session::{Session, Visitor, instructor_for_change},
};

/// Which answer is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// By its address on the marking pages.
    Paper {
        /// The question.
        slot: String,
        /// See [`super::Listed::key`].
        key: String,
    },
    /// From the attempt's review.
    Attempt {
        /// The attempt.
        id: String,
        /// The question.
        slot: String,
    },
}

/// What a marker wants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish {
    /// These points, as typed and read; `None` when that is no number.
    Points(Option<f64>),
    /// This share of the points.
    Share(f64),
    /// After a crossing: what stands.
    Theirs,
    /// After a crossing: the marker's own.
    Own,
    /// No decision any more: the item marks again, or the answer waits.
    Release,
}

/// A form as a marker sent it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// What is wanted.
    pub wish: Wish,
    /// To the student.
    pub comment: String,
    /// Up to which decision the page showed.
    pub seen: i64,
    /// Whether the page hid what the others decided.
    pub is_blind: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It stands.
    Saved,
    /// Another marker's came before it, unseen: both are kept, and this one counts for nothing yet.
    Crossed,
    /// No points of this question: nothing was saved.
    Misfit,
}

/// Takes a marker's decision.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` for an answer
/// that this person does not mark, one of a running attempt, and one whose
/// question was dropped.
pub async fn decide(
    app: &App,
    visitor: Visitor,
    answer: Where,
    entered: Entered,
) -> Result<(Session, Saved)> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let (session, attempt, slot) = find(c, &cache, session, answer)?;
            let saved = decide_in(c, &cache, &session, &attempt, &slot, &entered, now)?;
            Ok((session, saved))
        })
        .await
}

fn find(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: Session,
    answer: Where,
) -> Result<(Session, Attempt, SlotId)> {
    match answer {
        Where::Paper { slot, key } => {
            let scene = scene::demand(connection, session)?;
            let slot = SlotId::from(slot);
            let papers = Papers::read(connection, cache, &scene)?;
            let attempt = papers.find(&slot, &key).map(|sheet| sheet.attempt.clone());
            let missing = || scene.session.refused(Code::NotFound, "no such answer");
            let attempt = attempt.ok_or_else(missing)?;
            Ok((scene.session, attempt, slot))
        }
        Where::Attempt { id, slot } => {
            let found = attempts::find(connection, session.context()?, &id)?;
            let attempt = found.map(|(attempt, _, _)| attempt);
            let attempt = attempt.filter(|attempt| attempt.state == "submitted");
            let missing = || session.refused(Code::NotFound, "no such submitted attempt");
            let attempt = attempt.ok_or_else(missing)?;
            Ok((session, attempt, SlotId::from(slot)))
        }
    }
}

fn decide_in(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: &Session,
    attempt: &Attempt,
    slot: &SlotId,
    entered: &Entered,
    now: DateTime<Utc>,
) -> Result<Saved> {
    let missing = |what| session.refused(Code::NotFound, what);
    let published = cache.get(connection, &attempt.assessment_version_id)?;
    let version = assessments::get_version(connection, &attempt.assessment_version_id)?
        .ok_or_else(|| Error::Internal("an attempt's version is gone".to_owned()))?;
    let (policy_row, policy) = regrade::policy_in_force(connection, &version.assessment_id)?;
    let place = published.content.slot(slot);
    let maximum = place.map_or(0.0, |place| policy.maximum(place));
    if maximum <= 0.0 {
        return Err(missing("the question is not marked"));
    }
    if !is_asked(connection, attempt, slot)? {
        return Err(missing("the attempt does not ask that question"));
    }
    // The row is locked from here on: whoever decides at once comes after.
    let locked = attempts::reserve(connection, &attempt.person_id, &attempt.id, 1)?
        .ok_or_else(|| missing("the attempt is gone"))?;
    let me = WriterId::marker(&session.person_id);
    let mut log = OpenLog::of(connection, &locked, published.clone(), me.clone(), 1)?;
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let standing = decisions(&entries).remove(slot).unwrap_or_default();
    if entered.wish == Wish::Release && standing.is_overtaken(entered.seen, &me) {
        // Nothing of the marker's own is to be kept: the page shows what stands now.
        log.write(connection, None, now)?;
        return Ok(Saved::Crossed);
    }
    let Some(decision) = decision(entered, &standing, &me, maximum) else {
        log.write(connection, None, now)?;
        return Ok(Saved::Misfit);
    };
    let is_crossed = decision.stance == Stance::Crossed;
    let is_known = standing
        .crossed_by(&me)
        .is_some_and(|own| own.decision == decision);
    if !is_known {
        log.append_decision(slot, &decision, now)?;
    }
    log.write(connection, None, now)?;
    if is_crossed {
        return Ok(Saved::Crossed);
    }
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let by = (policy_row.id.as_str(), &policy);
    attempt_end::mark(connection, &locked, &published, &entries, by, now)?;
    let (_, column) = placements::get(connection, &locked.placement_id)?
        .ok_or_else(|| Error::Internal("an attempt's placement is gone".to_owned()))?;
    let (placement, person, identity) = (&locked.placement_id, &locked.person_id, &locked.identity_id);
    grade::owe_all(connection, placement, &column, person, identity, now)?;
    Ok(Saved::Saved)
}

// A version may have more questions than one attempt asks.
fn is_asked(connection: &mut Connection, attempt: &Attempt, slot: &SlotId) -> Result<bool> {
    let row = attempts::find_outcome(connection, &attempt.id)?;
    let outcome: Option<Outcome> = row.map(|row| json::read(&row.content)).transpose()?;
    Ok(outcome.is_some_and(|outcome| outcome.slots.iter().any(|one| one.slot == *slot)))
}

/// What stands in the log for a form; `None` when its points are none of this question.
fn decision(entered: &Entered, standing: &Decisions, me: &WriterId, maximum: f64) -> Option<Decision> {
    let comment = shortened(&entered.comment);
    let as_typed = |fraction: f64| Decision {
        fraction,
        comment: comment.clone(),
        stance: Stance::Open,
    };
    let mut decision = match entered.wish {
        Wish::Points(points) => {
            let points = points.filter(|points| (0.0..=maximum).contains(points))?;
            as_typed((points / maximum).clamp(0.0, 1.0))
        }
        Wish::Share(share) => as_typed(share.clamp(0.0, 1.0)),
        Wish::Theirs => theirs(standing, me)?,
        Wish::Own => Decision {
            stance: Stance::Open,
            ..standing.crossed_by(me)?.decision.clone()
        },
        Wish::Release => Decision {
            stance: Stance::Released,
            ..as_typed(0.0)
        },
    };
    if entered.is_blind && decision.stance == Stance::Open {
        decision.stance = Stance::Blind;
    } else if standing.is_overtaken(entered.seen, me) {
        decision.stance = Stance::Crossed;
    }
    Some(decision)
}

// To agree with what stands is a decision, too.
fn theirs(standing: &Decisions, me: &WriterId) -> Option<Decision> {
    let mark = standing.mark().map(HandMark::fraction)?;
    let mut others = standing.standing().iter().filter(|one| one.writer != *me);
    Some(Decision {
        fraction: mark,
        comment: others
            .next()
            .map(|one| one.decision.comment.clone())
            .unwrap_or_default(),
        stance: Stance::Open,
    })
}

fn shortened(comment: &str) -> String {
    let lines = comment.replace("\r\n", "\n");
    lines.trim().chars().take(limits::COMMENT_LETTERS).collect()
}
