//! The instructor's statistics of one activity: figures of the test and of
//! each question, who chose what, and what is worth a look.
//!
//! The figures are `assessment::statistics`; here is decided which attempts they
//! are made from. Below a least number of attempts, which the settings say, there
//! are none: they would say something about persons, and nothing about questions.

mod units;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ::assessment::{
    AttemptScore, Checked, Context, Finding, GivenPart, GivenResponse, GradeFrom, Interaction, Item,
    MarkTable, Outcome, Published, Response, ResponseCount, Slot, SlotId, SlotLog, SlotMarks, SlotOutcome,
    Statistics, counts_responses, findings, given_parts, handed_in, response_counts, score_item, statistics,
};
use chrono::DateTime;
use storage::{
    Connection, assessments,
    attempts::{self, Attempt, Marked},
};
use text::Text;

use crate::{
    App, Error, Result, activity, grade,
    gradebook::by_person,
    json,
    published::PublishedCache,
    session::{Session, Visitor, instructor},
};

/// Which of everybody's submitted attempts the figures are made from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that give the grades; all of them where the grade is their average.
    #[default]
    Counting,
    /// Everybody's first one: nobody has seen the questions yet.
    First,
    /// Everybody's last one.
    Last,
    /// All.
    All,
}

/// What an instructor sees.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who asks.
    pub session: Session,
    /// The quiz.
    pub assessment_id: String,
    /// Its name.
    pub title: Text,
    /// Which attempts were chosen.
    pub which: Which,
    /// How many these are.
    pub attempts: usize,
    /// Of how many persons.
    pub people: usize,
    /// With fewer attempts no figure is shown.
    pub minimum: usize,
    /// `None` below the minimum.
    pub figures: Option<Figures>,
}

/// The figures.
#[derive(Debug, Clone)]
pub struct Figures {
    /// All of them, the items in the order of `questions`.
    pub statistics: Statistics,
    /// What an attempt can reach, in points.
    pub maximum: f64,
    /// Each attempt's total, in points.
    pub totals: Vec<f64>,
    /// The questions of the newest version among the attempts, then those that only older ones have.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its slot.
    pub slot: SlotId,
    /// Its place in the quiz, from 1; `None` when the newest version does not have it any more.
    pub number: Option<usize>,
    /// As it was asked last.
    pub item: Item,
    /// What it is worth, in points.
    pub maximum: f64,
    /// Whether attempts were asked different versions of it.
    pub has_changed: bool,
    /// In how many attempts it was asked and counts.
    pub asked: usize,
    /// How many answers wait for a marker: they count in no figure.
    pub waiting: usize,
    /// What was answered; empty where answers cannot be counted.
    pub responses: Vec<ResponseCount>,
    /// What is worth a look.
    pub findings: Vec<Finding>,
}

impl Which {
    /// All of them, the usual one first.
    pub const ALL: [Self; 4] = [Self::Counting, Self::First, Self::Last, Self::All];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counting => "counting",
            Self::First => "first",
            Self::Last => "last",
            Self::All => "all",
        }
    }

    /// The one of that name, else the usual one.
    pub fn find(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|one| one.as_str() == name)
            .unwrap_or_default()
    }
}

/// The statistics of the session's activity; `None` when there is no activity yet.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for all but instructors.
pub async fn open(app: &App, visitor: Visitor, which: Which) -> Result<Option<Report>> {
    let now = app.clock().now();
    let (cache, minimum) = (app.published().clone(), app.statistics_from());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            report(c, &cache, session, which, minimum)
        })
        .await
}

fn report(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: Session,
    which: Which,
    minimum: usize,
) -> Result<Option<Report>> {
    let Some((placement, _column)) = activity::placement_of(connection, &session)? else {
        return Ok(None);
    };
    let assessment = assessments::get(connection, &placement.assessment_id)?
        .ok_or_else(|| Error::not_found("the assessment is gone"))?;
    let grade_from = grade::grade_from(connection, &placement)?;
    let all = attempts::list_marked_of_all(connection, &placement.context_id, &placement.id)?;
    let chosen = chosen(all, which, grade_from);
    let mut people: Vec<&str> = chosen.iter().map(|one| one.attempt.person_id.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let people = people.len();
    let attempts = chosen.len();
    let figures = if attempts < minimum {
        None
    } else {
        let answers = attempts::list_answers(connection, &placement.context_id, &placement.id)?;
        Some(figures(connection, cache, &chosen, &answers)?)
    };
    Ok(Some(Report {
        title: json::read(&assessment.title)?,
        assessment_id: assessment.id,
        session,
        which,
        attempts,
        people,
        minimum,
        figures,
    }))
}

/// A submitted attempt with what it is worth.
struct Chosen {
    attempt: Attempt,
    outcome: storage::attempts::Outcome,
}

fn chosen(all: Vec<Marked>, which: Which, grade_from: GradeFrom) -> Vec<Chosen> {
    let submitted = |marked: Marked| {
        let outcome = marked.outcome.filter(|_| marked.attempt.submitted_at.is_some())?;
        Some(Chosen {
            attempt: marked.attempt,
            outcome,
        })
    };
    let mut people: Vec<Vec<Chosen>> = by_person(all)
        .into_values()
        .map(|attempts| attempts.into_iter().filter_map(submitted).collect())
        .collect();
    // a map has no order of its own; figures shall not change in their last digit from call to call
    people.sort_by(|one, other| first_id(one).cmp(&first_id(other)));
    people
        .into_iter()
        .flat_map(|attempts| of_person(attempts, which, grade_from))
        .collect()
}

fn first_id(attempts: &[Chosen]) -> Option<&str> {
    attempts.first().map(|one| one.attempt.id.as_str())
}

fn of_person(mut attempts: Vec<Chosen>, which: Which, grade_from: GradeFrom) -> Vec<Chosen> {
    let grade_from = match which {
        Which::All => return attempts,
        Which::First => GradeFrom::First,
        Which::Last => GradeFrom::Last,
        Which::Counting => grade_from,
    };
    let score = |one: &Chosen| AttemptScore {
        score: one.outcome.score,
        maximum: one.outcome.maximum,
    };
    let scores: Vec<AttemptScore> = attempts.iter().map(score).collect();
    match activity::counting(&scores, grade_from) {
        Some(place) => vec![attempts.swap_remove(place)],
        None => attempts,
    }
}

/// An attempt, read.
struct Read<'a> {
    attempt: &'a Attempt,
    published: Arc<Published>,
    slots: HashMap<SlotId, SlotOutcome>,
}

fn figures(
    connection: &mut Connection,
    cache: &PublishedCache,
    chosen: &[Chosen],
    answers: &[attempts::Answer],
) -> Result<Figures> {
    let mut read = Vec::with_capacity(chosen.len());
    for one in chosen {
        let outcome: Outcome = json::read(&one.outcome.content)?;
        read.push(Read {
            attempt: &one.attempt,
            published: cache.get(connection, &one.attempt.assessment_version_id)?,
            slots: outcome
                .slots
                .into_iter()
                .map(|slot| (slot.slot.clone(), slot))
                .collect(),
        });
    }
    let asked = asked(&read);
    let columns = asked.iter().map(|asked| marks(asked, &read)).collect();
    let table = MarkTable::new(columns, None).map_err(|problem| Error::Internal(problem.to_string()))?;
    let table = match reachable(&asked, &read) {
        Some(reachable) => table.with_total_maximum(reachable),
        None => table,
    };
    let mut statistics = statistics(&table);
    if read.iter().any(|read| units::is_divided(&read.published.content)) {
        settle(&mut statistics, &asked, &read, &table);
    }
    let answers = answers_by_slot(answers);
    let questions = asked
        .iter()
        .zip(&statistics.items)
        .enumerate()
        .map(|(column, (asked, item))| {
            let rests = table.rests(column);
            let responses = responses(asked, &read, &rests, &answers);
            let options: Vec<&str> = asked
                .item
                .options()
                .iter()
                .map(|option| option.id.as_str())
                .collect();
            Question {
                slot: asked.slot.id.clone(),
                number: asked.number,
                item: asked.item.clone(),
                maximum: asked.slot.points,
                has_changed: asked.has_changed,
                asked: read
                    .iter()
                    .filter(|read| read.slots.contains_key(&asked.slot.id))
                    .count(),
                waiting: waiting(asked, &read),
                findings: match options.is_empty() {
                    true => findings(item, &[], &[]),
                    false => findings(item, &responses, &options),
                },
                responses,
            }
        })
        .collect();
    Ok(Figures {
        maximum: table.total_maximum(),
        totals: table.totals().to_vec(),
        statistics,
        questions,
    })
}

/// A question of the report.
struct Asked {
    number: Option<usize>,
    slot: Slot,
    item: Item,
    has_changed: bool,
}

// In the order of the version that was begun last; what only older ones ask comes after.
fn asked(read: &[Read<'_>]) -> Vec<Asked> {
    let mut newest: Vec<&Read<'_>> = read.iter().collect();
    newest.sort_by_key(|read| std::cmp::Reverse(read.attempt.started_at));
    newest.dedup_by_key(|read| &read.attempt.assessment_version_id);
    let mut found: Vec<Asked> = Vec::new();
    for (version, read) in newest.into_iter().enumerate() {
        let mut number = 0;
        for slot in &read.published.content.slots {
            let Some(item) = read
                .published
                .items
                .get(&slot.item_version_id)
                .filter(|item| item.is_marked())
            else {
                continue;
            };
            number += 1;
            match found.iter_mut().find(|asked| asked.slot.id == slot.id) {
                Some(known) => known.has_changed |= known.slot.item_version_id != slot.item_version_id,
                None => found.push(Asked {
                    number: (version == 0).then_some(number),
                    slot: slot.clone(),
                    item: item.clone(),
                    has_changed: false,
                }),
            }
        }
    }
    found
}

// What an attempt can reach where it is not asked all questions: what only older versions ask comes on top.
fn reachable(asked: &[Asked], read: &[Read<'_>]) -> Option<f64> {
    let newest = read.iter().max_by_key(|read| read.attempt.started_at)?;
    let content = &newest.published.content;
    let older = asked.iter().filter(|asked| asked.number.is_none());
    let older: f64 = older.map(|asked| asked.slot.points).sum();
    units::is_divided(content).then(|| content.points() + older)
}

fn settle(statistics: &mut Statistics, asked: &[Asked], read: &[Read<'_>], table: &MarkTable) {
    let slots: Vec<&SlotId> = asked.iter().map(|asked| &asked.slot.id).collect();
    let attempts: Vec<_> = read
        .iter()
        .map(|read| (&read.published.content, marks_of(asked, read)))
        .collect();
    units::settle(statistics, &slots, table.totals(), &attempts);
}

// Shares of the points that the question has now: a version that weighed it otherwise is made comparable.
fn marks(asked: &Asked, read: &[Read<'_>]) -> SlotMarks {
    SlotMarks {
        maximum: asked.slot.points,
        marks: read.iter().map(|read| mark(asked, read).flatten()).collect(),
        random_guess: asked.item.chance(),
        variants: variants(asked, read),
        ..SlotMarks::default()
    }
}

// Which set of values each attempt saw; nothing for a question without variables. Another wording of the question may
// have other values under the same number.
fn variants(asked: &Asked, read: &[Read<'_>]) -> Vec<Option<u32>> {
    let Interaction::Calculated(kind) = &asked.item.interaction else {
        return Vec::new();
    };
    let variant = |read: &Read<'_>| {
        let slot = read.published.content.slot(&asked.slot.id)?;
        let context = Context {
            language: &read.attempt.language,
            seed: read.attempt.seed,
            slot: &slot.id,
        };
        (slot.item_version_id == asked.slot.item_version_id).then(|| kind.variant(&context))
    };
    read.iter().map(variant).collect()
}

fn marks_of<'a>(asked: &'a [Asked], read: &Read<'_>) -> units::Marks<'a> {
    let marks = asked
        .iter()
        .map(|asked| Some((&asked.slot.id, mark(asked, read)?)));
    marks.flatten().collect()
}

// `None` where it was not asked; a mark that nobody has given yet is absent, never 0.
fn mark(asked: &Asked, read: &Read<'_>) -> Option<Option<f64>> {
    let slot = read.slots.get(&asked.slot.id)?;
    Some((!slot.needs_marker).then_some(slot.fraction * asked.slot.points))
}

fn waiting(asked: &Asked, read: &[Read<'_>]) -> usize {
    let slots = read.iter().filter_map(|read| read.slots.get(&asked.slot.id));
    slots.filter(|slot| slot.needs_marker).count()
}

type Answers<'a> = BTreeMap<(&'a str, &'a str), SlotLog<'a>>;

// By attempt and slot; they come by position, so that the last answer stays.
fn answers_by_slot(answers: &[attempts::Answer]) -> Answers<'_> {
    let mut logs: Answers<'_> = BTreeMap::new();
    for answer in answers {
        let log = logs.entry((&answer.attempt_id, &answer.slot)).or_default();
        if answer.is_check {
            log.checked.push(Checked {
                answer: log.answer,
                certainty: None,
                at: DateTime::UNIX_EPOCH,
            });
        } else {
            log.answer = &answer.payload;
        }
    }
    logs
}

/// What was answered, at which try, where answers can be counted.
fn responses(
    asked: &Asked,
    read: &[Read<'_>],
    rests: &[Option<f64>],
    answers: &Answers<'_>,
) -> Vec<ResponseCount> {
    if !counts_responses(&asked.item) {
        return Vec::new();
    }
    let (mut kept, mut given) = (Vec::new(), Vec::new());
    for (read, rest) in read.iter().zip(rests) {
        let Some(rest) = rest else {
            continue;
        };
        let attempt = kept.len();
        kept.push(*rest);
        let log = answers.get(&(read.attempt.id.as_str(), asked.slot.id.as_str()));
        let parts = tried(asked, read, log);
        given.extend(parts.into_iter().map(|(tried, part)| (attempt, tried, part)));
    }
    let given: Vec<GivenResponse<'_>> = given
        .iter()
        .map(|(attempt, tried, part)| GivenResponse {
            attempt: *attempt,
            part: part.part,
            response: &part.response,
            fraction: part.fraction,
            tried: *tried,
        })
        .collect();
    response_counts(&kept, &given)
}

// By the key that the question has now; nothing answered is a first try without a response.
fn tried(asked: &Asked, read: &Read<'_>, log: Option<&SlotLog<'_>>) -> Vec<(usize, GivenPart)> {
    let context = Context {
        language: &read.attempt.language,
        seed: read.attempt.seed,
        slot: &asked.slot.id,
    };
    let rules = &read.published.content.rules;
    let progress = log.map(|log| handed_in(&asked.item, rules, log, &context));
    let tries = progress.map(|progress| progress.tries).unwrap_or_default();
    if tries.is_empty() {
        let mark = score_item(&asked.item, &Response::Unanswered, &context);
        let parts = given_parts(&asked.item, &Response::Unanswered, &mark);
        return parts.into_iter().map(|part| (0, part)).collect();
    }
    let parts = tries.iter().enumerate().map(|(tried, one)| {
        let parts = given_parts(&asked.item, &one.response, &one.mark);
        parts.into_iter().map(move |part| (tried, part))
    });
    parts.flatten().collect()
}
