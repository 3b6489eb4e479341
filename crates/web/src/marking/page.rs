//! The pages of marking, filled from `app`'s answers.

use actix_web::HttpRequest;
use app::marking::{Choices, List, Listed, Overview, Paper, Question, State};
use assessment::{Behaviour, SlotOverride, Visible};
use chrono_tz::Tz;
use ui::{
    Frame, Html, Texts,
    component::{MarkForm, Reviewed, ReviewedMarking, Verdict},
    format,
    page::marking as page,
};

use super::parts::{self, Scale};
use crate::{
    answering::{self, Asked},
    media,
    rendered::{self, RenderedCache},
    reviewing::{self, Submitted},
    visitor,
};

/// The most letters of a question's line.
const LINE_LETTERS: usize = 120;

/// The questions.
pub(super) fn overview(found: &Overview, request: &HttpRequest) -> page::Overview {
    let frame = visitor::frame(&found.session, request);
    let prefix = frame.prefix().to_owned();
    let is_by_hand = |question: &&Question| {
        let has_decisions = question.waiting + question.marked + question.apart > 0;
        has_decisions && !found.session.launch.marking.is_blind
            || question.published.content.rules.behaviour == Behaviour::Manual
            || question.item().is_some_and(assessment::Item::is_marked_by_hand)
    };
    let (by_hand, automatic): (Vec<&Question>, Vec<&Question>) = found.questions.iter().partition(is_by_hand);
    let shown = |questions: Vec<&Question>| {
        questions
            .into_iter()
            .map(|one| question(one, frame.t, &prefix))
            .collect()
    };
    page::Overview {
        title: rendered::plain(&found.title, frame.t.language()),
        gradebook_path: format!("{prefix}/gradebook"),
        choices: choices(found.session.launch.marking, &frame, format!("{prefix}/marking")),
        by_hand: shown(by_hand),
        automatic: shown(automatic),
        frame,
    }
}

fn question(one: &Question, t: Texts, prefix: &str) -> page::Question {
    page::Question {
        number: one.number,
        line: one
            .item()
            .map(|item| line_of(&rendered::plain(&item.stem, t.language())))
            .unwrap_or_default(),
        path: format!("{prefix}/marking/{}", one.slot),
        waiting: one.waiting,
        marked: one.marked,
        apart: one.apart,
        answered: one.answered,
    }
}

fn line_of(plain: &str) -> String {
    let line: String = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LINE_LETTERS).collect()
}

fn choices(chosen: Choices, frame: &Frame, back: String) -> page::Choices {
    page::Choices {
        path: format!("{}/marking/choices", frame.prefix()),
        back,
        hides_names: chosen.hides_names,
        is_blind: chosen.is_blind,
    }
}

/// One question's answers.
pub(super) fn list(
    found: &List,
    request: &HttpRequest,
    rendered: &RenderedCache,
    is_done: bool,
) -> page::List {
    let frame = visitor::frame(&found.session, request);
    let t = frame.t;
    let path = format!("{}/marking/{}", frame.prefix(), found.question.slot);
    let question = &found.question;
    let words = rendered.get(&question.version_id, &question.published, t.language());
    let words = words.item(&question.item_version_id);
    let waits = |one: &&Listed| matches!(one.state, State::Waiting | State::Apart(_));
    let first = found.papers.iter().find(waits);
    let notes = question.item().and_then(assessment::Item::notes_for_markers);
    page::List {
        title: rendered::plain(&found.title, t.language()),
        overview_path: format!("{}/marking", frame.prefix()),
        number: question.number,
        stem: words.stem.clone(),
        notes: notes.map(|notes| words.block(notes)).unwrap_or_default(),
        first_path: first.map(|one| format!("{path}/{}", one.key)).unwrap_or_default(),
        waiting: found.papers.iter().filter(waits).count(),
        is_done,
        choices: choices(found.session.launch.marking, &frame, path.clone()),
        rows: found
            .papers
            .iter()
            .map(|one| page::Row {
                label: label(t, one.student.as_deref(), one.attempt_number, one.place),
                path: format!("{path}/{}", one.key),
                state: state(one, t),
                mark: one
                    .points
                    .map(|(points, maximum)| format::mark(t, points, maximum))
                    .unwrap_or_default(),
            })
            .collect(),
        frame,
    }
}

// Whose name is hidden or not shared is a number.
fn label(t: Texts, student: Option<&str>, attempt: Option<i64>, place: usize) -> String {
    match (student, attempt) {
        (None, _) => t.with("marking-paper", "number", place).to_string(),
        (Some(name), None) => name.to_owned(),
        (Some(name), Some(attempt)) => {
            let attempt = t.with("gradebook-attempt", "number", attempt);
            format!("{name} · {attempt}")
        }
    }
}

fn state(one: &Listed, t: Texts) -> page::State {
    match one.state {
        State::Waiting => page::State::Waiting,
        State::Apart(apart) => {
            let maximum = one.points.map_or(0.0, |(_, maximum)| maximum);
            page::State::Apart(format::number(t, apart * maximum))
        }
        State::Marked => page::State::Marked,
        State::Automatic => page::State::Automatic,
        State::Unanswered => page::State::Unanswered,
        State::Dropped => page::State::Dropped,
    }
}

/// One answer.
pub(super) fn paper(
    found: &Paper,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
    done: Option<page::Done>,
) -> page::Paper {
    let frame = visitor::frame(&found.session, request);
    let t = frame.t;
    let list_path = format!("{}/marking/{}", frame.prefix(), found.question.slot);
    let path = format!("{list_path}/{}", found.key);
    let to = |key: &Option<String>| {
        key.as_ref()
            .map(|key| format!("{list_path}/{key}"))
            .unwrap_or_default()
    };
    let scale = Scale {
        t,
        maximum: found.maximum,
        now: found.now,
        zone,
    };
    let number = found.question.number;
    let pictures = media::place(&found.session.id);
    page::Paper {
        title: rendered::plain(&found.title, t.language()),
        question: number.map_or_else(
            || t.get("marking-old-question").into_owned(),
            |number| t.with("attempt-question", "number", number).to_string(),
        ),
        label: label(t, found.student.as_deref(), found.attempt_number, found.place),
        place: found.place,
        total: found.total,
        waiting: found.question.waiting + found.question.apart,
        done,
        notes: notes(found, t, rendered),
        answer: answer(found, t, rendered, &pictures),
        how: found.how.map(|how| match how {
            SlotOverride::Drop => page::How::Drop,
            SlotOverride::FullMarks => page::How::FullMarks,
            SlotOverride::FullMarksIfAnswered => page::How::FullMarksIfAnswered,
        }),
        form: (found.maximum > 0.0).then(|| form(found, frame.csrf(), path.clone(), scale)),
        history: parts::history(&found.history, scale),
        previous_path: to(&found.previous),
        next_path: to(&found.next),
        attempt_path: found
            .attempt_id
            .as_ref()
            .map(|id| format!("{}/attempts/{id}", frame.prefix()))
            .unwrap_or_default(),
        choices: choices(found.session.launch.marking, &frame, path),
        list_path,
        frame,
    }
}

fn notes(found: &Paper, t: Texts, rendered: &RenderedCache) -> Html {
    let item = found.published.items.get(&found.item_version_id);
    let notes = item.and_then(assessment::Item::notes_for_markers);
    let words = rendered.get(&found.version_id, &found.published, t.language());
    let words = words.item(&found.item_version_id);
    notes.map(|notes| words.block(notes)).unwrap_or_default()
}

fn form(found: &Paper, csrf: &str, path: String, scale: Scale) -> MarkForm {
    let t = scale.t;
    let own = found.own.as_ref();
    let number = |points: f64| format::number(t, points);
    let is_apart = match found.state {
        State::Apart(apart) => number(apart * found.maximum),
        _ => String::new(),
    };
    let by_hand = found.outcome.as_ref().is_some_and(|outcome| outcome.by_hand);
    MarkForm {
        t,
        csrf: csrf.to_owned(),
        path,
        id: "mark".to_owned(),
        slot: String::new(),
        points: own
            .map(|own| number(own.fraction * found.maximum))
            .unwrap_or_default(),
        maximum: number(found.maximum),
        half: number(found.maximum / 2.0),
        comment: own.map(|own| own.comment.clone()).unwrap_or_default(),
        seen: found.seen,
        is_blind: found.is_blind,
        is_open: true,
        has_error: false,
        has_next: found.next.is_some(),
        can_release: by_hand && !found.is_blind,
        crossed: found
            .crossed
            .as_ref()
            .map(|crossed| parts::crossed(crossed, scale)),
        apart: is_apart,
    }
}

fn answer(found: &Paper, t: Texts, rendered: &RenderedCache, pictures: &str) -> Reviewed {
    let words = rendered.get(&found.version_id, &found.published, t.language());
    let item_words = words.item(&found.item_version_id);
    let blank = || Reviewed {
        t,
        number: found.question.number.unwrap_or_default(),
        stimulus: None,
        stem: Html::default(),
        mark: String::new(),
        verdict: None,
        answered: found.response.is_answered(),
        body: ui::component::ReviewedBody::Information,
        feedback: Vec::new(),
        certainty: String::new(),
        history: Vec::new(),
        is_left_out: false,
        marking: ReviewedMarking::default(),
    };
    let Some(item) = found.published.items.get(&found.item_version_id) else {
        return blank();
    };
    let asked = Asked {
        item,
        words: &item_words,
        response: &found.response,
        context: found.context(),
        t,
        pictures,
    };
    let stem = answering::stem(&asked);
    // A marker sees all but what other markers gave, when they mark blind.
    let submitted = Submitted::new(asked, Visible::ALL);
    let outcome = found.outcome.as_ref().filter(|outcome| outcome.maximum > 0.0);
    Reviewed {
        stem,
        mark: outcome
            .filter(|outcome| !outcome.needs_marker)
            .map(|outcome| format::mark(t, outcome.points, outcome.maximum))
            .unwrap_or_default(),
        verdict: outcome.map(|outcome| match outcome.needs_marker {
            true => Verdict::Waiting,
            false => reviewing::verdict(outcome.fraction),
        }),
        body: reviewing::body(&submitted),
        ..blank()
    }
}
