//! An attempt from `app` to its pages: taking it, the last look, the review.

use actix_web::{HttpRequest, HttpResponse};
use app::{
    activity::Mark,
    attempt::{Phase, Question, Review, View},
};
use assessment::{Item, Outcome, SlotOutcome};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, Html, Language, Texts,
    component::{self, QuestionKind, QuestionOption, Reviewed, ReviewedOption, Verdict},
    format,
    page::attempt::{Confirm, ConfirmQuestion, Take},
};

use crate::{
    delivery,
    rendered::{Rendered, RenderedCache},
    response,
    visitor::{self, frame},
};

/// The page of an attempt as it stands.
pub(crate) fn show(view: &View, request: &HttpRequest, rendered: &RenderedCache, zone: Tz) -> HttpResponse {
    let origins = &view.session.platform_origins;
    match &view.phase {
        Phase::Running { remaining_seconds } => {
            response::page(&take(view, *remaining_seconds, request, rendered, zone), origins)
        }
        Phase::Review(review) => response::page(&reviewed(view, review, request, rendered, zone), origins),
    }
}

/// The last look before submitting; an attempt that is over goes to its page.
pub(crate) fn confirm(
    view: &View,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> HttpResponse {
    if !matches!(view.phase, Phase::Running { .. }) {
        return response::see_other(&attempt_path(view));
    }
    let frame = attempt_frame(view, request);
    let open = |(index, question): (usize, &Question)| ConfirmQuestion {
        number: index + 1,
        unanswered: question.chosen.is_empty(),
        flagged: question.flagged,
    };
    let page = Confirm {
        title: words(view, frame.t.language(), rendered).title.clone(),
        attempt_path: attempt_path(view),
        answered: answered(view),
        total: view.questions.len(),
        open: view
            .questions
            .iter()
            .enumerate()
            .map(open)
            .filter(|question| question.unanswered || question.flagged)
            .collect(),
        ends_at: ends_at(view, frame.t, zone),
        frame,
    };
    response::page(&page, &view.session.platform_origins)
}

fn take(
    view: &View,
    remaining_seconds: Option<i64>,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> Take {
    let frame = attempt_frame(view, request);
    let t = frame.t;
    let words = words(view, t.language(), rendered);
    let question = |(index, question): (usize, &Question)| {
        let item = words.item(&question.item_version_id);
        component::Question {
            t,
            number: index + 1,
            slot: question.slot.to_string(),
            stem: item.stem.clone(),
            points: points(t, format::number(t, question.points)),
            kind: kind(item_of(view, question)),
            options: question
                .options
                .iter()
                .map(|id| QuestionOption {
                    id: id.to_string(),
                    text: item.option(id).text,
                    chosen: question.chosen.contains(id),
                })
                .collect(),
            flagged: question.flagged,
            saved_at: moment(question.saved_at, t, view.now, zone),
        }
    };
    Take {
        title: words.title.clone(),
        attempt_id: view.id.clone(),
        zone: zone.name().to_owned(),
        attempt_path: attempt_path(view),
        remaining_seconds,
        ends_at: ends_at(view, t, zone),
        saved_at: moment(view.saved_at, t, view.now, zone),
        questions: view.questions.iter().enumerate().map(question).collect(),
        frame,
    }
}

fn reviewed(
    view: &View,
    review: &Review,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> ui::page::attempt::Review {
    let frame = frame(&view.session, request);
    let t = frame.t;
    let words = words(view, t.language(), rendered);
    let questions = view.questions.iter().enumerate();
    let taken = review
        .submitted_at
        .map(|at| at.signed_duration_since(view.started_at));
    ui::page::attempt::Review {
        title: words.title.clone(),
        student: review.student.clone().unwrap_or_default(),
        mark: review
            .mark
            .map(|mark| format::mark(t, mark.grade, mark.maximum))
            .unwrap_or_default(),
        points: review.mark.map(|mark| points_of(mark, t)).unwrap_or_default(),
        submitted_at_deadline: review.at_deadline,
        submitted_at: review
            .submitted_at
            .map_or_else(|| "–".to_owned(), |at| format::moment(t, at, view.now, zone)),
        time_taken: taken.map(|taken| format::duration(t, taken)).unwrap_or_default(),
        answered: answered(view),
        more_from: review
            .more_from
            .map(|at| format::date_time(t, at, zone))
            .unwrap_or_default(),
        delivery: review
            .delivery
            .as_ref()
            .map(|delivery| delivery::of_student(delivery, &view.session, t, zone, view.now)),
        questions: questions
            .map(|(index, question)| reviewed_question(view, review, question, index + 1, &words, t))
            .collect(),
        back_path: format!("{}/", frame.prefix()),
        attempts: review
            .attempts
            .iter()
            .map(|sibling| ui::page::attempt::Sibling {
                number: sibling.number,
                path: format!("{}/attempts/{}", frame.prefix(), sibling.id),
                is_this: sibling.id == view.id,
                is_open: sibling.is_open,
                counts: sibling.counts,
            })
            .collect(),
        frame,
    }
}

fn reviewed_question(
    view: &View,
    review: &Review,
    question: &Question,
    number: usize,
    words: &Rendered,
    t: Texts,
) -> Reviewed {
    let visible = review.visible;
    let item = item_of(view, question);
    let rendered = words.item(&question.item_version_id);
    let outcome = review
        .outcome
        .as_ref()
        .and_then(|outcome| slot_outcome(outcome, question));
    let shown = |html: Html, when: bool| if when { html } else { Html::default() };
    let option = |id: &assessment::OptionId| {
        let words = rendered.option(id);
        let chosen = question.chosen.contains(id);
        ReviewedOption {
            text: words.text,
            chosen,
            right: visible.right_answers.then(|| {
                item.and_then(|item| item.option(id))
                    .is_some_and(|option| option.correct)
            }),
            feedback: shown(words.feedback, visible.feedback && chosen),
        }
    };
    Reviewed {
        t,
        number,
        mark: outcome
            .map(|outcome| format::mark(t, outcome.points, outcome.maximum))
            .unwrap_or_default(),
        verdict: outcome.map(|outcome| verdict(outcome.fraction)),
        answered: !question.chosen.is_empty(),
        several: item.is_some_and(Item::allows_several),
        options: question.options.iter().map(option).collect(),
        feedback: shown(rendered.feedback.clone(), visible.feedback),
        stem: rendered.stem,
    }
}

/// The questions' points behind a mark; empty where they are the mark itself.
pub(crate) fn points_of(mark: Mark, t: Texts) -> String {
    if mark.points.maximum == mark.maximum {
        return String::new();
    }
    format::mark(t, mark.points.score, mark.points.maximum)
}

fn slot_outcome<'a>(outcome: &'a Outcome, question: &Question) -> Option<&'a SlotOutcome> {
    outcome.slots.iter().find(|slot| slot.slot == question.slot)
}

fn verdict(fraction: f64) -> Verdict {
    if fraction >= 1.0 {
        Verdict::Right
    } else if fraction > 0.0 {
        Verdict::Partly
    } else {
        Verdict::Wrong
    }
}

// An attempt keeps the language in which it was begun, and nothing leads out of it by mistake.
fn attempt_frame(view: &View, request: &HttpRequest) -> Frame {
    let mut frame = visitor::frame(&view.session, request);
    if let Some(language) = Language::find(&view.language) {
        frame.t = Texts::for_language(language);
    }
    frame.clear_ways_out();
    frame
}

fn words(view: &View, language: Language, rendered: &RenderedCache) -> std::sync::Arc<Rendered> {
    rendered.get(&view.version_id, &view.published, language)
}

fn item_of<'a>(view: &'a View, question: &Question) -> Option<&'a Item> {
    view.published.items.get(&question.item_version_id)
}

fn kind(item: Option<&Item>) -> QuestionKind {
    match item {
        Some(item) if item.allows_several() => QuestionKind::Several,
        _ => QuestionKind::Single,
    }
}

fn points(t: Texts, points: String) -> String {
    t.with("attempt-points", "points", points).to_string()
}

fn answered(view: &View) -> usize {
    view.questions
        .iter()
        .filter(|question| !question.chosen.is_empty())
        .count()
}

fn attempt_path(view: &View) -> String {
    format!("/s/{}/attempts/{}", view.session.id, view.id)
}

fn ends_at(view: &View, t: Texts, zone: Tz) -> String {
    moment(view.due_at, t, view.now, zone)
}

fn moment(at: Option<DateTime<Utc>>, t: Texts, now: DateTime<Utc>, zone: Tz) -> String {
    at.map(|at| format::moment(t, at, now, zone)).unwrap_or_default()
}
