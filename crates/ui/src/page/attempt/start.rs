//! The front page of a quiz for a student: rules, earlier attempts, where the
//! grade is, and the one thing to do next.

use askama::Template;
use assessment::{Behaviour, GradeFrom};
use chrono::TimeDelta;

use crate::component::{Delivery, DeliveryState, SendAgain};
use crate::page::sample_time;
use crate::{Frame, Html, Language, Page, Role, Texts, format};

/// A quiz before, between and after attempts.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/start.html")]
pub struct Start {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title.
    pub title: String,
    /// The author's introduction; empty shows none.
    pub introduction: Html,
    /// What holds for this quiz.
    pub rules: Rules,
    /// What can be done now.
    pub action: Action,
    /// Where the button posts to: it starts an attempt, or goes on with the open one.
    pub start_path: String,
    /// Whether a password has to be typed to begin.
    pub asks_password: bool,
    /// What was wrong with the one typed: code and trace.
    pub password_failed: Option<(&'static str, String)>,
    /// Attempts that are over, the latest first.
    pub attempts: Vec<PastAttempt>,
    /// Where the grade is, once there is one.
    pub delivery: Option<Delivery>,
}

/// The rules as words; an empty one is not shown.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// How many questions: "8", or "8–9" where it depends on a choice; empty shows
    /// no rules at all.
    pub questions: String,
    /// "45 phút".
    pub time_limit: String,
    /// Whether the limit is the student's own, with extra time.
    pub is_own_time: bool,
    /// "10 phút": how long the clock may be stopped in all; empty for not at all.
    pub breaks: String,
    /// "50 %": the share from which on it is passed.
    pub pass: String,
    /// What becomes of an attempt that is not submitted in time.
    pub when_over: WhenOver,
    /// "1/3", used and allowed; just "1" when any number is allowed.
    pub attempts: String,
    /// "08:00, 20/11/2026".
    pub opens_at: String,
    /// As above.
    pub closes_at: String,
    /// Which attempt counts; `None` when only one is allowed.
    pub grade_from: Option<GradeFrom>,
    /// When answers are judged.
    pub behaviour: Behaviour,
    /// Whether there is no way back to an earlier question.
    pub is_sequence: bool,
    /// Whether students say how sure they are.
    pub certainty: bool,
}

/// What a student can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Begin an attempt.
    Start,
    /// Go on with the open one; time left as "31 phút", empty without a limit.
    Continue(String),
    /// Wait until then.
    NotOpenYet(String),
    /// Wait between two attempts, until then.
    Wait(String),
    /// Nothing: closed since then.
    Closed(String),
    /// Nothing: all attempts are used.
    NoAttemptsLeft,
    /// Nothing: not a student of this course.
    NotALearner,
}

/// What becomes of an attempt that is not submitted in time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum WhenOver {
    /// It is submitted.
    #[default]
    Submit,
    /// It can be handed in for that long, "5 phút", and else never counts.
    Grace(String),
    /// It never counts.
    Abandon,
}

/// An attempt that is over.
#[derive(Debug, Clone)]
pub struct PastAttempt {
    /// Counted from 1.
    pub number: usize,
    /// "10:41".
    pub submitted_at: String,
    /// "8,5/10"; empty when marks are hidden.
    pub mark: String,
    /// "10,2/12", the points of the questions where that is another scale; empty otherwise.
    pub points: String,
    /// Where its review stands.
    pub review_path: String,
    /// Whether it is the one that counts.
    pub counts: bool,
    /// Whether it reached the pass mark; `None` without one, and while its mark is hidden.
    pub passed: Option<bool>,
    /// Whether it was not submitted in time and counts for nothing.
    pub is_abandoned: bool,
    /// How many of its answers wait for a marker.
    pub waiting: usize,
}

impl Rules {
    /// How the quiz behaves, in sentences; none for what everybody expects.
    pub(crate) fn sentences(&self) -> Vec<&'static str> {
        let behaviour = match self.behaviour {
            Behaviour::Deferred => None,
            Behaviour::Immediate => Some("behaviour-about-immediate"),
            Behaviour::Interactive => Some("behaviour-about-interactive"),
            Behaviour::Adaptive => Some("behaviour-about-adaptive"),
            Behaviour::AdaptiveNoPenalty => Some("behaviour-about-adaptive-no-penalty"),
            Behaviour::Manual => Some("behaviour-about-manual"),
        };
        let certainty = self.certainty.then_some("behaviour-about-certainty");
        let sequence = self.is_sequence.then_some("structure-sequential");
        behaviour.into_iter().chain(certainty).chain(sequence).collect()
    }
}

impl Page for Start {
    const NAME: &'static str = "attempt/start";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let fresh = sample(language, Action::Start);
        let t = Texts::for_language(language);
        let left = format::duration(t, TimeDelta::minutes(31));
        let mut continued = sample(language, Action::Continue(left));
        continued.attempts.clear();
        continued.delivery = None;
        let not_a_learner = Self {
            rules: Rules::default(),
            introduction: Html::default(),
            attempts: Vec::new(),
            delivery: None,
            ..sample(language, Action::NotALearner)
        };
        let with_delivery = |state| {
            let mut page = sample(language, Action::NoAttemptsLeft);
            page.delivery
                .iter_mut()
                .for_each(|delivery| delivery.state = DeliveryState::clone(&state));
            page
        };
        vec![
            ("again", fresh),
            ("continue", continued),
            (
                "not-open",
                sample(
                    language,
                    Action::NotOpenYet(sample_time(t, "2026-11-23T01:00:00Z")),
                ),
            ),
            (
                "closed",
                sample(language, Action::Closed(sample_time(t, "2026-11-21T10:00:00Z"))),
            ),
            (
                "wait",
                sample(language, Action::Wait(sample_time(t, "2026-11-23T01:00:00Z"))),
            ),
            ("password", with_password(language)),
            ("not-a-learner", not_a_learner),
            ("waiting", with_delivery(DeliveryState::Waiting)),
            ("no-column", with_delivery(DeliveryState::NoColumn)),
            (
                "retrying",
                with_delivery(DeliveryState::Retrying("10:50".to_owned(), "unreachable")),
            ),
            ("refused", with_delivery(DeliveryState::Refused("not-enrolled"))),
            ("parked", with_delivery(DeliveryState::Parked)),
            (
                "kept",
                with_delivery(DeliveryState::KeptTeachers(format::number(t, 9.0))),
            ),
        ]
    }
}

fn with_password(language: Language) -> Start {
    let mut page = sample(language, Action::Start);
    let t = page.frame.t;
    page.asks_password = true;
    page.password_failed = Some(("ATT-PASSWORD", "0192f0c48a117d20a1b50f2e4c6d8e90".to_owned()));
    page.rules.is_own_time = true;
    page.rules.breaks = format::duration(t, TimeDelta::minutes(10));
    page.rules.when_over = WhenOver::Grace(format::duration(t, TimeDelta::minutes(5)));
    for attempt in page.attempts.iter_mut().take(1) {
        attempt.mark.clear();
        attempt.points.clear();
        attempt.passed = None;
        attempt.counts = false;
        attempt.is_abandoned = true;
    }
    page.frame.font_percent = 150;
    page
}

fn sample(language: Language, action: Action) -> Start {
    let frame = Frame::sample(language, Role::Learner);
    let attempts = [(2, 8.5, true), (1, 6.0, false)].map(|(number, mark, counts)| PastAttempt {
        number,
        submitted_at: "10:41".to_owned(),
        mark: format::mark(frame.t, mark, 10.0),
        points: format::mark(frame.t, mark * 1.2, 12.0),
        review_path: format!("{}/attempts/{number}/review", frame.prefix()),
        counts,
        passed: Some(mark >= 8.0),
        is_abandoned: false,
        waiting: usize::from(number == 2),
    });
    Start {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        introduction: Html::trusted(
            "<p>Bài kiểm tra gồm các câu hỏi về quy tắc an toàn khi đứng máy. Bạn hãy đọc kỹ từng câu trước khi chọn.</p>",
        ),
        rules: Rules {
            questions: "20".to_owned(),
            time_limit: format::duration(frame.t, TimeDelta::minutes(45)),
            is_own_time: false,
            breaks: String::new(),
            pass: "80%".to_owned(),
            when_over: WhenOver::Submit,
            attempts: "2/3".to_owned(),
            opens_at: sample_time(frame.t, "2026-11-20T01:00:00Z"),
            closes_at: sample_time(frame.t, "2026-11-27T10:00:00Z"),
            grade_from: Some(GradeFrom::Highest),
            behaviour: Behaviour::Interactive,
            is_sequence: true,
            certainty: false,
        },
        action,
        start_path: format!("{}/attempts", frame.prefix()),
        asks_password: false,
        password_failed: None,
        attempts: attempts.to_vec(),
        delivery: Some(Delivery {
            t: frame.t,
            mark: format::number(frame.t, 8.5),
            platform: "Moodle".to_owned(),
            state: DeliveryState::Delivered("10:42".to_owned()),
            send_again: Some(SendAgain {
                path: format!("{}/grade/send", frame.prefix()),
                csrf: frame.csrf().to_owned(),
            }),
        }),
        frame,
    }
}
