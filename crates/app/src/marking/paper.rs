//! One answer in front of its marker, with what was decided on it.

use std::{collections::HashMap, sync::Arc};

use ::assessment::{
    AttemptHeader, Context, Decided, Decision, Decisions, ItemVersionId, Published, Response, SlotId,
    SlotOutcome, SlotOverride, Stance, WriterId, decisions, latest_answers, replay,
};
use chrono::{DateTime, Utc};
use storage::{Connection, assessments, contexts, people::Identity};
use text::Text;

use super::{
    Question, State,
    papers::{Papers, Sheet},
};
use crate::{
    App, Code, Error, Result, attempt_log, launch,
    published::PublishedCache,
    regrade,
    scene::{self, Scene},
    session::{Session, Visitor, resolve},
};

/// One answer to be marked.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Who asks.
    pub session: Session,
    /// The quiz's name.
    pub title: Text,
    /// The question, with how many answers wait.
    pub question: Question,
    /// The version that the attempt pins.
    pub version_id: String,
    /// The same with the keys that marks go by.
    pub published: Arc<Published>,
    /// What was asked.
    pub item_version_id: ItemVersionId,
    /// Seed, language and moments of the attempt.
    pub header: AttemptHeader,
    /// What was answered.
    pub response: Response,
    /// Its address.
    pub key: String,
    /// 1, 2, 3, … among the answers, in the reader's order.
    pub place: usize,
    /// How many answers there are.
    pub total: usize,
    /// The name; `None` when it is hidden, or the platform shares none.
    pub student: Option<String>,
    /// The whole attempt; `None` while names are hidden.
    pub attempt_id: Option<String>,
    /// Which attempt of the student's it is, where there are several and names are shown.
    pub attempt_number: Option<i64>,
    /// How its marking stands.
    pub state: State,
    /// How it is marked instead, by a regrade.
    pub how: Option<SlotOverride>,
    /// What it is worth now; `None` when a blind marker may not see it.
    pub outcome: Option<SlotOutcome>,
    /// What can be reached.
    pub maximum: f64,
    /// The decisions, the first one first; for a blind marker only the own ones until one stands.
    pub history: Vec<HistoryLine>,
    /// The marker's own last decision, for the fields of the form.
    pub own: Option<Decision>,
    /// Up to which decision the page shows; goes back with the form.
    pub seen: i64,
    /// Whether the next decision is made without seeing the others.
    pub is_blind: bool,
    /// What crossed with another marker's decision, and waits to be decided again.
    pub crossed: Option<Crossed>,
    /// The answer before this one.
    pub previous: Option<String>,
    /// The next one that waits; the next one at all where none does.
    pub next: Option<String>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

impl Paper {
    /// Where and how the question was answered.
    pub fn context(&self) -> Context<'_> {
        self.header.context(&self.question.slot)
    }
}

/// A decision as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// Whose; `None` when they do not belong to this course.
    pub by: Option<String>,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// What.
    pub decision: Decision,
    /// Whether the mark goes by it.
    pub stands: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// Two decisions that were made at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossed {
    /// The reader's.
    pub own: Decision,
    /// What stands instead, the first one first.
    pub theirs: Vec<HistoryLine>,
}

/// One answer by its address.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn open(app: &App, visitor: Visitor, slot: String, key: String) -> Result<Paper> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let scene = scene::demand(c, session)?;
            look(c, &cache, scene, &SlotId::from(slot), &key, now)
        })
        .await
}

fn look(
    connection: &mut Connection,
    cache: &PublishedCache,
    scene: Scene,
    slot: &SlotId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Paper> {
    let papers = Papers::read(connection, cache, &scene)?;
    let missing = || scene.session.refused(Code::NotFound, "no such answer");
    let sheet = papers.find(slot, key).ok_or_else(missing)?;
    let question = papers.questions().into_iter().find(|one| one.slot == *slot);
    let listed = papers.listed(slot);
    let at = listed.iter().position(|one| one.key == key).ok_or_else(missing)?;
    let marked = Marked::read(connection, sheet, slot)?;
    let me = WriterId::marker(&scene.session.person_id);
    let own_stands = marked.decisions.standing().iter().any(|one| one.writer == me);
    let is_blind = papers.choices.is_blind && !own_stands;
    let reader = Reader::of(connection, &scene.session)?;
    let shown = |decided: &&Decided| !is_blind || decided.writer == me;
    let is_waiting = |one: &&super::Listed| matches!(one.state, State::Waiting | State::Apart(_));
    let after = || {
        listed
            .iter()
            .cycle()
            .skip(at + 1)
            .take(listed.len().saturating_sub(1))
    };
    let next = after().find(is_waiting).or_else(|| listed.get(at + 1));
    let state = listed.get(at).map_or(State::Unanswered, |one| one.state);
    Ok(Paper {
        question: question.ok_or_else(missing)?,
        version_id: sheet.attempt.assessment_version_id.clone(),
        item_version_id: marked.item_version_id,
        response: match papers.choices.hides_names {
            true => nameless(marked.response),
            false => marked.response,
        },
        key: key.to_owned(),
        place: at + 1,
        total: listed.len(),
        student: papers.student(sheet),
        attempt_id: (!papers.choices.hides_names).then(|| sheet.attempt.id.clone()),
        attempt_number: papers.attempt_number(sheet),
        state,
        how: marked.how,
        outcome: (!is_blind).then_some(marked.outcome),
        maximum: marked.maximum,
        history: marked
            .decisions
            .all
            .iter()
            .filter(shown)
            .map(|one| reader.line(one, &marked.decisions))
            .collect(),
        own: own_of(&marked.decisions, &me, is_blind),
        seen: marked.decisions.last_position(),
        crossed: match is_blind {
            true => None,
            false => crossed(&marked.decisions, &me, &reader),
        },
        previous: at
            .checked_sub(1)
            .and_then(|at| listed.get(at))
            .map(|one| one.key.clone()),
        next: next.map(|one| one.key.clone()),
        published: marked.published,
        header: marked.header,
        is_blind,
        title: scene.title,
        session: scene.session,
        now,
    })
}

// Devices and people put names into those of files: only what kind it is stays.
fn nameless(response: Response) -> Response {
    let Response::Files(mut files) = response else {
        return response;
    };
    for (file, number) in files.iter_mut().zip(1..) {
        let kind = file.name.rsplit_once('.').map(|(_, kind)| kind.to_lowercase());
        let kind =
            kind.filter(|kind| kind.len() <= 5 && kind.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        file.name = match kind {
            Some(kind) => format!("{number}.{kind}"),
            None => number.to_string(),
        };
    }
    Response::Files(files)
}

// What the fields begin with: the mark in force, or what a blind marker gave before.
fn own_of(decisions: &Decisions, me: &WriterId, is_blind: bool) -> Option<Decision> {
    let mut standing = decisions.standing().iter();
    let found = standing.clone().find(|one| one.writer == *me);
    let found = match is_blind {
        true => found,
        false => found.or_else(|| standing.next()),
    };
    found.map(|one| one.decision.clone())
}

/// What crossed, when it has not been decided again.
pub(super) fn crossed(decisions: &Decisions, me: &WriterId, reader: &Reader) -> Option<Crossed> {
    let own = decisions.crossed_by(me)?;
    let standing = decisions.standing().iter();
    Some(Crossed {
        own: own.decision.clone(),
        theirs: standing.map(|one| reader.line(one, decisions)).collect(),
    })
}

/// An answer with everything that its mark comes from.
struct Marked {
    published: Arc<Published>,
    item_version_id: ItemVersionId,
    header: AttemptHeader,
    response: Response,
    how: Option<SlotOverride>,
    outcome: SlotOutcome,
    maximum: f64,
    decisions: Decisions,
}

impl Marked {
    fn read(connection: &mut Connection, sheet: &Sheet, slot: &SlotId) -> Result<Self> {
        let gone = || Error::not_found("the question is gone");
        let header = attempt_log::header_of(&sheet.attempt);
        let entries = attempt_log::read_log(connection, &sheet.attempt.id)?;
        let version = assessments::get_version(connection, &sheet.attempt.assessment_version_id)?;
        let (_, policy) = regrade::policy_in_force(connection, &version.ok_or_else(gone)?.assessment_id)?;
        let published = policy
            .keyed(&sheet.published)
            .map_or_else(|| Arc::clone(&sheet.published), Arc::new);
        let outcome = replay(&sheet.published, &header, &entries, &policy)
            .map_err(|error| Error::Internal(error.to_string()))?;
        let place = published.content.slot(slot).ok_or_else(gone)?;
        let item = published.items.get(&place.item_version_id).ok_or_else(gone)?;
        let answers = latest_answers(&entries);
        let payload = answers.get(slot).map_or("", |entry| entry.payload.as_str());
        let response = Response::parse(item, payload, &header.context(slot)).unwrap_or_default();
        Ok(Self {
            maximum: policy.maximum(place),
            how: policy.slots.get(slot).copied(),
            outcome: outcome
                .slots
                .into_iter()
                .find(|one| one.slot == *slot)
                .ok_or_else(gone)?,
            decisions: decisions(&entries).remove(slot).unwrap_or_default(),
            item_version_id: place.item_version_id.clone(),
            response,
            published,
            header,
        })
    }
}

/// Who reads, and whom they may know by name.
pub(super) struct Reader {
    me: WriterId,
    locale: String,
    names: HashMap<String, Identity>,
}

impl Reader {
    pub(super) fn of(connection: &mut Connection, session: &Session) -> Result<Self> {
        let enrolled = contexts::list_enrolments(connection, session.context()?)?;
        let named = |(_, identity): (_, Identity)| (identity.person_id.clone(), identity);
        Ok(Self {
            me: WriterId::marker(&session.person_id),
            locale: session.locale.clone(),
            names: enrolled.into_iter().map(named).collect(),
        })
    }

    pub(super) fn me(&self) -> &WriterId {
        &self.me
    }

    pub(super) fn line(&self, decided: &Decided, decisions: &Decisions) -> HistoryLine {
        let identity = decided
            .writer
            .as_marker()
            .and_then(|person| self.names.get(person));
        let is_crossed = decided.decision.stance == Stance::Crossed;
        let mut standing = decisions.standing().iter();
        HistoryLine {
            by: identity.and_then(|identity| launch::display_name(identity, &self.locale)),
            is_own: decided.writer == self.me,
            stands: !is_crossed && standing.any(|one| one.position == decided.position),
            decision: decided.decision.clone(),
            at: decided.at,
        }
    }
}
