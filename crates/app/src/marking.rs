//! Marking by hand, question by question across students: what waits, one
//! answer at a time, names hidden if wished, and a second marker who does not
//! see the first one's marks. Every decision is an entry of the attempt's log;
//! how several become one mark is `assessment::decisions`.
//!
//! Left out on purpose: who has to mark what. Every instructor of the course may
//! mark every answer.

mod decide;
mod paper;
mod papers;
mod review;

use ::assessment::{Item, ItemVersionId, Published, SlotId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use storage::sessions;
use text::Text;

pub use decide::{Entered, Saved, Where, Wish, decide};
pub use paper::{Crossed, HistoryLine, Paper, open};
pub use papers::{State, paper_key};
pub(crate) use review::of_attempt;
pub use review::{ReviewMarking, SlotMarking};

use crate::{
    App, Code, Result, json, scene,
    session::{Session, Visitor, instructor_for_change, resolve},
};
use papers::Papers;

/// How somebody wants to mark, kept with their session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Names are hidden, and the order tells nothing of them.
    pub hides_names: bool,
    /// Marks without seeing what other markers decided.
    pub is_blind: bool,
}

/// The questions of an activity as their marking stands.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Who asks.
    pub session: Session,
    /// The quiz's name.
    pub title: Text,
    /// In the author's order, those of older versions last.
    pub questions: Vec<Question>,
}

/// One question as its marking stands.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its place.
    pub slot: SlotId,
    /// Its number, from 1; `None` when the newest version does not have it any more.
    pub number: Option<usize>,
    /// The newest version of the quiz that asks it.
    pub version_id: String,
    /// That version.
    pub published: Arc<Published>,
    /// What it asks there.
    pub item_version_id: ItemVersionId,
    /// How many submitted attempts were asked it.
    pub asked: usize,
    /// How many answered it.
    pub answered: usize,
    /// How many answers wait for a marker; with a blind marker: for this one.
    pub waiting: usize,
    /// How many a marker decided on; with a blind marker: this one.
    pub marked: usize,
    /// On how many answers the markers lie apart; unknown to a blind marker: 0.
    pub apart: usize,
}

impl Question {
    /// The question as it was asked last.
    pub fn item(&self) -> Option<&Item> {
        self.published.items.get(&self.item_version_id)
    }
}

/// One question's answers.
#[derive(Debug, Clone)]
pub struct List {
    /// Who asks.
    pub session: Session,
    /// The quiz's name.
    pub title: Text,
    /// The question.
    pub question: Question,
    /// In the order of names, or in one that tells nothing of them.
    pub papers: Vec<Listed>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// One answer in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its address: says nothing of the student.
    pub key: String,
    /// 1, 2, 3, … in this order.
    pub place: usize,
    /// The name; `None` when it is hidden, or the platform shares none.
    pub student: Option<String>,
    /// Which attempt of the student's it is, where there are several and names are shown.
    pub attempt_number: Option<i64>,
    /// How its marking stands.
    pub state: State,
    /// Points and maximum; `None` while it has none, or a blind marker may not see them.
    pub points: Option<(f64, f64)>,
}

/// The questions of the session's activity; `None` when it has none yet.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for all but instructors.
pub async fn overview(app: &App, visitor: Visitor) -> Result<Option<Overview>> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let Some(scene) = scene::find(c, session)? else {
                return Ok(None);
            };
            let papers = Papers::read(c, &cache, &scene)?;
            Ok(Some(Overview {
                questions: papers.questions(),
                title: scene.title,
                session: scene.session,
            }))
        })
        .await
}

/// One question's answers.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` for a question that no submitted attempt was asked.
pub async fn list(app: &App, visitor: Visitor, slot: String) -> Result<List> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let scene = scene::demand(c, session)?;
            let papers = Papers::read(c, &cache, &scene)?;
            let slot = SlotId::from(slot);
            let question = papers
                .questions()
                .into_iter()
                .find(|question| question.slot == slot)
                .ok_or_else(|| scene.session.refused(Code::NotFound, "no such question"))?;
            Ok(List {
                papers: papers.listed(&slot),
                question,
                title: scene.title,
                session: scene.session,
                now,
            })
        })
        .await
}

/// Keeps how somebody wants to mark from now on, in this session.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn choose(app: &App, visitor: Visitor, choices: Choices) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let mut session = instructor_for_change(c, &visitor, now)?;
            let before = json::write(&session.launch)?;
            session.launch.marking = choices;
            let after = json::write(&session.launch)?;
            // Another page of this session may just have changed it: who presses again finds that.
            sessions::replace_launch(c, &session.id, &before, &after)?;
            Ok(session)
        })
        .await
}
