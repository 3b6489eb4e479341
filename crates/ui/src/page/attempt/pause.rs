//! The page of an attempt whose student has a break: no question is shown, and
//! the button lets the clock run again.

use askama::Template;
use chrono::TimeDelta;

use crate::{Frame, Language, Page, Role, format};

/// A break. The button posts to `{attempt_path}/break`.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/pause.html")]
pub struct Pause {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title.
    pub title: String,
    /// "/s/…/attempts/…": the attempt page.
    pub attempt_path: String,
    /// "41 phút": what is left to answer, once the clock runs again.
    pub remaining: String,
    /// "8 phút": what is left of the breaks.
    pub breaks_left: String,
    /// When the clock runs again by itself: "10:41".
    pub ends_at: String,
}

impl Page for Pause {
    const NAME: &'static str = "attempt/pause";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let mut frame = Frame::sample(language, Role::Learner);
        frame.clear_ways_out();
        frame.font_percent = 125;
        let page = Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            attempt_path: format!("{}/attempts/0192f0c4-8a11-7d20-a1b5-0f2e4c6d8e90", frame.prefix()),
            remaining: format::duration(frame.t, TimeDelta::minutes(41)),
            breaks_left: format::duration(frame.t, TimeDelta::minutes(8)),
            ends_at: "10:41".to_owned(),
            frame,
        };
        vec![("standing", page)]
    }
}
