//! An attempt from `app` to its pages: taking it, the last look, the review.

use actix_web::{HttpRequest, HttpResponse};
use app::{
    Code,
    activity::Mark,
    attempt::{Phase, Question, RefusedAnswer, Review, View},
};
use assessment::{Item, Outcome, SlotOutcome, Visible, WhenTimeIsOver, certainty_figures, payload_from_form};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, Language, Texts,
    component::{self, QuestionBody, Reviewed, ReviewedMarking, Stimulus, Verdict},
    format,
    page::attempt::{Confirm, ConfirmQuestion, Pause, Take},
};

use crate::{
    answering::{self, Asked},
    checking::{self, Checks},
    delivery, dividing, examination, history,
    marking::review::{Unfolded, of_review},
    media,
    pairs::Pairs,
    problem::status_of,
    refused_answer,
    rendered::{Rendered, RenderedCache},
    response,
    reviewing::{self, Submitted},
    visitor::{self, frame},
};

/// The page of an attempt as it stands.
pub(crate) fn show(view: &View, request: &HttpRequest, rendered: &RenderedCache, zone: Tz) -> HttpResponse {
    let origins = &view.session.platform_origins;
    match &view.phase {
        Phase::Running {
            remaining_seconds,
            visible,
        } => {
            let page = take(view, (*remaining_seconds, *visible), request, rendered, zone);
            response::page(&page, origins)
        }
        Phase::Break {
            remaining_seconds,
            ends_at,
        } => response::page(
            &pause(view, *remaining_seconds, *ends_at, request, rendered, zone),
            origins,
        ),
        Phase::Late { .. } => confirm(view, request, rendered, zone),
        Phase::Review(review) => response::page(&reviewed(view, review, request, rendered, zone), origins),
    }
}

/// The same with what a plain form could not save: as it was typed, with its problem
/// beside it (`ATT-RESPONSE-INVALID`).
pub(crate) fn with_refused(
    view: &View,
    refused: &[RefusedAnswer],
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> HttpResponse {
    let Phase::Running {
        remaining_seconds,
        visible,
    } = &view.phase
    else {
        return show(view, request, rendered, zone);
    };
    let mut page = take(view, (*remaining_seconds, *visible), request, rendered, zone);
    refused_answer::write(&mut page, view, refused);
    let status = status_of(Code::Attempt(assessment::Code::ResponseInvalid));
    response::page_with(status, &page, &view.session.platform_origins)
}

/// The last look before submitting; an attempt that is over goes to its page.
pub(crate) fn confirm(
    view: &View,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> HttpResponse {
    let late_until = match &view.phase {
        Phase::Running { .. } => None,
        Phase::Late { submit_until } => Some(*submit_until),
        Phase::Break { .. } | Phase::Review(_) => return response::see_other(&attempt_path(view)),
    };
    let frame = attempt_frame(view, request);
    let open = |(question, number): (&Question, usize)| ConfirmQuestion {
        number,
        unanswered: !question.response.is_answered(),
        flagged: question.flagged,
    };
    let words = words(view, frame.t.language(), rendered);
    let page = Confirm {
        title: words.title.clone(),
        notes: dividing::notes(view, &words, frame.t),
        attempt_path: attempt_path(view),
        answered: view.answered(),
        total: view.question_count(),
        open: numbered(view)
            .into_iter()
            .filter(|(question, _)| question.is_question && dividing::is_reachable(question))
            .map(open)
            .filter(|question| question.unanswered || question.flagged)
            .collect(),
        ends_at: ends_at(view, frame.t, zone),
        submits_itself: view.timing.when_over == WhenTimeIsOver::Submit,
        late_until: moment(late_until, frame.t, view.now, zone),
        frame,
    };
    response::page(&page, &view.session.platform_origins)
}

fn pause(
    view: &View,
    remaining_seconds: i64,
    ends_at: DateTime<Utc>,
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> Pause {
    let frame = attempt_frame(view, request);
    let t = frame.t;
    let duration = |seconds| format::duration(t, TimeDelta::seconds(seconds));
    Pause {
        title: words(view, t.language(), rendered).title.clone(),
        attempt_path: attempt_path(view),
        remaining: duration(remaining_seconds),
        breaks_left: duration(view.timing.break_seconds_left),
        ends_at: format::moment(t, ends_at, view.now, zone),
        frame,
    }
}

fn breaks_left(view: &View, t: Texts) -> String {
    match view.timing.break_seconds_left {
        seconds @ 1.. => format::duration(t, TimeDelta::seconds(seconds)),
        _ => String::new(),
    }
}

fn at_end(view: &View) -> &'static str {
    match view.timing.when_over {
        WhenTimeIsOver::Submit => "submit",
        WhenTimeIsOver::Grace { .. } => "late",
        WhenTimeIsOver::Abandon => "abandon",
    }
}

fn take(
    view: &View,
    (remaining_seconds, visible): (Option<i64>, Visible),
    request: &HttpRequest,
    rendered: &RenderedCache,
    zone: Tz,
) -> Take {
    let frame = attempt_frame(view, request);
    let t = frame.t;
    let words = words(view, t.language(), rendered);
    let pictures = pictures(view);
    let checks = Checks {
        view,
        visible,
        blank: blank(request),
    };
    let numbered = numbered(view);
    let question = |(question, number): &(&Question, usize)| {
        let (question, number) = (*question, *number);
        let item = item_of(view, question)?;
        let rendered = words.item(&question.item_version_id);
        let begun = checking::begun(item, question);
        let asked = Asked {
            item,
            words: &rendered,
            response: begun
                .as_ref()
                .map_or(&question.response, |(response, _)| response),
            context: view.context(&question.slot),
            t,
            pictures: &pictures,
        };
        let body = answering::body(&asked);
        let stem = answering::stem(&asked);
        Some(component::Question {
            t,
            number,
            slot: question.slot.to_string(),
            stimulus: stimulus(view, question, &words),
            stem,
            points: match question.points > 0.0 {
                true => points(t, format::number(t, question.points)),
                false => String::new(),
            },
            was: match &begun {
                Some((_, payload)) => payload.clone(),
                None => was(item, question, &body),
            },
            certainty: checks.certainty(question, number, t),
            check: checks.check(question, number, asked),
            body,
            gate: dividing::gate(view, &numbered, question),
            flagged: question.flagged,
            refused: String::new(),
            saved_at: moment(question.saved_at, t, view.now, zone),
            is_exercise: false,
        })
    };
    Take {
        title: words.title.clone(),
        attempt_id: view.id.clone(),
        zone: zone.name().to_owned(),
        attempt_path: attempt_path(view),
        remaining_seconds,
        ends_at: ends_at(view, t, zone),
        at_end: at_end(view),
        breaks_left: breaks_left(view, t),
        saved_at: moment(view.saved_at, t, view.now, zone),
        questions: numbered
            .iter()
            .take(view.shown.end)
            .skip(view.shown.start)
            .filter_map(question)
            .collect(),
        sections: dividing::heads(view, &words, t),
        sequence: dividing::sequence(view, &numbered),
        frame,
    }
}

// The question that a plain form asked to check without an answer.
fn blank(request: &HttpRequest) -> String {
    let query = Pairs::of_query(request);
    query.map_or_else(|_unreadable| String::new(), |query| query.get("blank").to_owned())
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
    let pictures = pictures(view);
    let unfolded = Unfolded::of(request);
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
        // an examination tells its total itself
        points: match view.published.content.scheme {
            Some(_) => String::new(),
            None => review.mark.map(|mark| points_of(mark, t)).unwrap_or_default(),
        },
        submitted_at_deadline: review.at_deadline && !review.is_abandoned,
        is_abandoned: review.is_abandoned,
        submit_for_path: match review.is_abandoned && review.student.is_some() {
            true => format!("{}/submit-for", attempt_path(view)),
            false => String::new(),
        },
        passed: review.passed,
        submitted_at: review
            .submitted_at
            .map_or_else(|| "–".to_owned(), |at| format::moment(t, at, view.now, zone)),
        time_taken: taken.map(|taken| format::duration(t, taken)).unwrap_or_default(),
        answered: view.answered(),
        waiting: review.marking.waiting,
        more_from: review
            .more_from
            .map(|at| format::date_time(t, at, zone))
            .unwrap_or_default(),
        less_from: review
            .less_from
            .map(|at| format::moment(t, at, view.now, zone))
            .unwrap_or_default(),
        certainty: review
            .outcome
            .as_ref()
            .and_then(certainty_figures)
            .map(|figures| history::certainty_table(&figures, t)),
        delivery: review
            .delivery
            .as_ref()
            .map(|delivery| delivery::of_student(delivery, &view.session, t, zone, view.now)),
        sections: dividing::titles(view, &words, t),
        questions: numbered(view)
            .into_iter()
            .filter_map(|(question, number)| {
                let rendered = words.item(&question.item_version_id);
                let asked = Asked {
                    item: item_of(view, question)?,
                    words: &rendered,
                    response: &question.response,
                    context: view.context(&question.slot),
                    t,
                    pictures: &pictures,
                };
                let stimulus = stimulus(view, question, &words);
                let history = history::lines(question, &asked, review.visible, (view.now, zone));
                let marking = of_review(view, review, question, asked.item, &frame, &unfolded, zone);
                Some(Reviewed {
                    history,
                    marking,
                    ..reviewed_question(review, question, asked, number, stimulus)
                })
            })
            .collect(),
        examination: examination::examination(
            view,
            review.outcome.as_ref(),
            view.session.role == app::session::Role::Instructor && review.submitted_at.is_some(),
            t,
        ),
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
    review: &Review,
    question: &Question,
    asked: Asked<'_>,
    number: usize,
    stimulus: Option<Stimulus>,
) -> Reviewed {
    let t = asked.t;
    let stem = answering::stem(&asked);
    let outcome = review
        .outcome
        .as_ref()
        .and_then(|outcome| slot_outcome(outcome, question))
        .filter(|outcome| outcome.maximum > 0.0);
    let waits = outcome.is_some_and(|outcome| outcome.needs_marker);
    // what a marker judges is not judged by the key
    let by_marker = outcome.is_some_and(|outcome| outcome.needs_marker || outcome.by_hand);
    let visible = Visible {
        marks: review.visible.marks && !by_marker,
        ..review.visible
    };
    let submitted = Submitted::new(asked, visible);
    Reviewed {
        t,
        number,
        stimulus,
        mark: outcome
            .filter(|_| !waits)
            .map(|outcome| format::mark(t, outcome.points, outcome.maximum))
            .unwrap_or_default(),
        verdict: outcome.map(|outcome| match waits {
            true => Verdict::Waiting,
            false => reviewing::verdict(outcome.fraction),
        }),
        answered: question.response.is_answered(),
        is_left_out: question.is_dropped,
        body: reviewing::body(&submitted),
        feedback: reviewing::feedback(&submitted),
        certainty: history::certainty(question, t),
        history: Vec::new(),
        marking: ReviewedMarking::default(),
        stem,
    }
}

/// The questions' points behind a mark; empty where they are the mark itself.
pub(crate) fn points_of(mark: Mark, t: Texts) -> String {
    if mark.points.maximum == mark.maximum {
        return String::new();
    }
    format::mark(t, mark.points.score, mark.points.maximum)
}

pub(crate) fn slot_outcome<'a>(outcome: &'a Outcome, question: &Question) -> Option<&'a SlotOutcome> {
    outcome.slots.iter().find(|slot| slot.slot == question.slot)
}

// Questions are counted, and what is only read in a row of its own.
fn numbered(view: &View) -> Vec<(&Question, usize)> {
    let (mut asked, mut read) = (0, 0);
    let number = |question: &Question| {
        let row = if question.is_question {
            &mut asked
        } else {
            &mut read
        };
        *row += 1;
        *row
    };
    let numbers: Vec<usize> = view.questions.iter().map(number).collect();
    view.questions.iter().zip(numbers).collect()
}

// What a question refers to, above the first that does.
fn stimulus(view: &View, question: &Question, words: &Rendered) -> Option<Stimulus> {
    let id = question.stimulus.as_ref()?;
    let refers = |other: &Question| other.stimulus.as_ref() == Some(id);
    let first = view.questions.iter().find(|other| refers(other))?;
    if first.slot != question.slot {
        return None;
    }
    let numbers = numbered(view).into_iter();
    let numbers = numbers.filter(|(other, _)| other.is_question && refers(other));
    let numbers: Vec<usize> = numbers.map(|(_, number)| number).collect();
    let rendered = words.stimulus(id);
    Some(Stimulus {
        title: rendered.title,
        text: rendered.text,
        from: numbers.first().copied()?,
        to: numbers.last().copied()?,
    })
}

// What the page shows as the answer. An essay may begin with words of its author.
fn was(item: &Item, question: &Question, body: &QuestionBody) -> String {
    match body {
        QuestionBody::Essay(essay) if !question.response.is_answered() && !essay.value.is_empty() => {
            payload_from_form(item, &[("", &essay.value)])
        }
        _ => question.payload.clone(),
    }
}

fn pictures(view: &View) -> String {
    media::place(&view.session.id)
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
    rendered
        .get(&view.version_id, &view.published, language)
        .with_media_at(&pictures(view))
}

fn item_of<'a>(view: &'a View, question: &Question) -> Option<&'a Item> {
    view.published.items.get(&question.item_version_id)
}

fn points(t: Texts, points: String) -> String {
    t.with("attempt-points", "points", points).to_string()
}

pub(crate) fn attempt_path(view: &View) -> String {
    format!("/s/{}/attempts/{}", view.session.id, view.id)
}

fn ends_at(view: &View, t: Texts, zone: Tz) -> String {
    moment(view.due_at, t, view.now, zone)
}

fn moment(at: Option<DateTime<Utc>>, t: Texts, now: DateTime<Utc>, zone: Tz) -> String {
    at.map(|at| format::moment(t, at, now, zone)).unwrap_or_default()
}
