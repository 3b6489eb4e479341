//! Parts of a draft in words: what something is called that differs, and what it says
//! where it is no text.

use app::audit::Who;
use course::{
    AssessmentCompletion, CourseContent, DraftPart, Key, LessonCompletion, Order, PartOf, Step,
    UnitCompletion,
};
use text::Text;
use ui::Texts;

use super::fields::language_name;
use crate::rendered::plain;

/// The part of that path, in words.
pub(super) fn part_at(t: Texts, content: &CourseContent, path: &str) -> String {
    part(t, &[content], &DraftPart::of_path(path))
}

/// A part in words; what it belongs to is called as the first content calls it that has it.
pub(super) fn part(t: Texts, contents: &[&CourseContent], part: &DraftPart) -> String {
    let title = |find: &dyn Fn(&CourseContent) -> Option<Text>, key: &str| {
        let found = contents.iter().find_map(|content| find(content));
        let title = found.map(|title| plain(&title, t.language())).unwrap_or_default();
        if title.is_empty() { key.to_owned() } else { title }
    };
    let mut words = Vec::new();
    match &part.of {
        PartOf::Course => {}
        PartOf::Unit(key) => {
            let own = Key::from(key.as_str());
            let title = title(&|content| content.unit(&own).map(|unit| unit.title.clone()), key);
            words.push(t.with("editor-part-unit", "title", title).to_string());
        }
        PartOf::Step(key) => {
            let own = Key::from(key.as_str());
            let title = title(
                &|content| content.step(&own).map(|step| step.title().clone()),
                key,
            );
            words.push(t.with("editor-part-step", "title", title).to_string());
        }
        PartOf::Term(key) => {
            let own = Key::from(key.as_str());
            let title = title(&|content| content.term(&own).map(|term| term.term.clone()), key);
            words.push(t.with("editor-part-term", "title", title).to_string());
        }
    }
    if !part.field.is_empty() {
        let key = format!("editor-field-{}", part.field.replace('_', "-"));
        let key = if t.has(&key) {
            key.as_str()
        } else {
            "editor-field-other"
        };
        words.push(t.get(key).into_owned());
    }
    if !part.language.is_empty() {
        words.push(language_name(&part.language));
    }
    words.join(" · ")
}

/// What a part says that is no text, in lines; empty for what is not told.
pub(super) fn value(t: Texts, content: &CourseContent, part: &DraftPart) -> String {
    if part.field == "competencies" {
        // the framework's key and the code, as the list names its members
        let named = part
            .path
            .rsplit('/')
            .next()
            .filter(|name| *name != "competencies");
        return named.unwrap_or_default().to_owned();
    }
    let titles = |keys: &[Key]| {
        let title = |key: &Key| {
            let unit = content.unit(key).map(|unit| &unit.title);
            let title = unit.or_else(|| content.step(key).map(Step::title));
            title.map_or_else(|| key.to_string(), |title| plain(title, t.language()))
        };
        keys.iter().map(title).collect::<Vec<_>>().join("\n")
    };
    match &part.of {
        PartOf::Course => match part.field.as_str() {
            "order" => t
                .get(match content.order {
                    Order::Free => "editor-order-free",
                    Order::InSequence => "editor-order-sequence",
                    Order::AfterPassing => "editor-order-passing",
                })
                .into_owned(),
            "is_closed" => t
                .get(if content.is_closed {
                    "editor-closed"
                } else {
                    "editor-open"
                })
                .into_owned(),
            "licence" => {
                let licence = content.licence.clone().unwrap_or_default();
                let source = licence.source.unwrap_or_default();
                [licence.identifier, licence.holder, source]
                    .join("\n")
                    .trim()
                    .to_owned()
            }
            _ => String::new(),
        },
        PartOf::Unit(key) => {
            let Some(unit) = content.unit(&Key::from(key.as_str())) else {
                return String::new();
            };
            match part.field.as_str() {
                "requires" => titles(&unit.requires),
                "completion" => match unit.completion {
                    UnitCompletion::All => t.get("editor-unit-percent-hint").into_owned(),
                    UnitCompletion::Share { percent } => format!("{percent} %"),
                },
                "" => plain(&unit.title, t.language()),
                _ => String::new(),
            }
        }
        PartOf::Step(key) => {
            let Some(step) = content.step(&Key::from(key.as_str())) else {
                return String::new();
            };
            match part.field.as_str() {
                "requires" => titles(step.requires()),
                "completion" => completion(t, step),
                "minutes" => step
                    .as_lesson()
                    .map_or_else(String::new, |lesson| lesson.minutes.to_string()),
                "" if part.member.is_empty() => whole(t, step),
                _ => member(t, step, &part.member),
            }
        }
        PartOf::Term(key) => {
            let term = content.term(&Key::from(key.as_str()));
            term.map(|term| plain(&term.term, t.language()))
                .unwrap_or_default()
        }
    }
}

fn completion(t: Texts, step: &Step) -> String {
    let (key, percent) = match step {
        Step::Lesson(lesson) => match lesson.completion {
            LessonCompletion::Read => ("editor-rule-read", None),
            LessonCompletion::Watched => ("editor-rule-watched", None),
            LessonCompletion::Passed { percent } => ("editor-rule-passed", Some(percent)),
        },
        Step::Assessment(step) => match step.completion {
            AssessmentCompletion::Submitted => ("editor-rule-submitted", None),
            AssessmentCompletion::Passed { percent } => ("editor-rule-quiz-passed", Some(percent)),
        },
    };
    match percent {
        Some(percent) => format!("{}: {percent} %", t.get(key)),
        None => t.get(key).into_owned(),
    }
}

fn whole(t: Texts, step: &Step) -> String {
    let body = step
        .as_lesson()
        .map(|lesson| plain(&lesson.body, t.language()))
        .unwrap_or_default();
    format!("{}\n{body}", plain(step.title(), t.language()))
        .trim_end()
        .to_owned()
}

fn member(t: Texts, step: &Step, key: &str) -> String {
    let Some(lesson) = step.as_lesson() else {
        return String::new();
    };
    let own = Key::from(key);
    let check = lesson.check(&own).map(|check| &check.item.stem);
    let text = check.or_else(|| lesson.reflection(&own).map(|reflection| &reflection.prompt));
    let file = || {
        lesson
            .files
            .iter()
            .find(|file| file.medium == key)
            .map(|file| &file.title)
    };
    text.or_else(file)
        .map(|text| plain(text, t.language()))
        .unwrap_or_default()
}

/// Somebody's name; empty for a command.
pub(super) fn who(who: &Who) -> String {
    match who {
        Who::Service => String::new(),
        Who::Named(name) => name.clone(),
        Who::Nameless(start) => format!("…{start}"),
    }
}
