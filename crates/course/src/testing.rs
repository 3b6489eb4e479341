//! Small courses for this crate's tests.

use assessment::{Interaction, Item, TrueFalse};
use text::Text;

use crate::content::{AssessmentStep, Check, CourseContent, Lesson, Licence, Step, Unit};
use crate::key::Key;

pub(crate) fn course(units: Vec<Unit>) -> CourseContent {
    CourseContent {
        title: Text::markdown("vi", "An toàn"),
        licence: Some(Licence {
            identifier: "CC-BY-4.0".to_owned(),
            holder: "Taynghe".to_owned(),
            source: None,
        }),
        units,
        ..CourseContent::default()
    }
}

pub(crate) fn unit(key: &str, steps: Vec<Step>) -> Unit {
    Unit {
        key: Key::from(key),
        title: Text::markdown("vi", key),
        steps,
        ..Unit::default()
    }
}

pub(crate) fn plain_lesson(key: &str) -> Lesson {
    Lesson {
        key: Key::from(key),
        title: Text::markdown("vi", key),
        minutes: 5,
        body: Text::markdown("vi", "Đeo kính bảo hộ."),
        ..Lesson::default()
    }
}

pub(crate) fn lesson(key: &str) -> Step {
    Step::Lesson(plain_lesson(key))
}

pub(crate) fn assessment_step(key: &str) -> Step {
    Step::Assessment(AssessmentStep {
        key: Key::from(key),
        assessment: key.to_owned(),
        ..AssessmentStep::default()
    })
}

pub(crate) fn true_false(key: &str) -> Check {
    Check {
        key: Key::from(key),
        item: Item::new(
            Text::markdown("vi", "Đeo kính khi tiện?"),
            Interaction::TrueFalse(TrueFalse::new(true)),
        ),
        competencies: Vec::new(),
    }
}
