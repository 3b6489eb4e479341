//! What the form of a course's editor says, and what its buttons do.

use course::{CourseContent, Key, LANGUAGES, Lesson, Order, Step, Term, Unit, UnitCompletion};
use text::Text;

use super::{
    competencies,
    fields::{
        Move, first_words, new_key, read_licence, read_line, read_needs, read_percent, read_text, reorder,
    },
};
use crate::pairs::Pairs;

/// A pressed button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CourseButton {
    /// Save, and add what was typed into fields of new things.
    Save,
    /// A unit moves or goes.
    Unit(String, Move),
    /// A step moves, also into the next unit, or goes.
    Step(String, Move),
    /// A quiz is to be chosen for a unit.
    Pick(String),
    /// A lesson was typed for a unit.
    LessonAdd(String),
    /// A unit was typed.
    UnitAdd,
    /// A term goes.
    TermRemove(String),
    /// A competency was chosen.
    CompetencyAdd,
}

impl CourseButton {
    /// From the value of the pressed button; an unknown one saves.
    pub(super) fn parse(value: &str) -> Self {
        let mut words = value.split(':');
        let (what, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let verb = words.next().and_then(Move::parse);
        match (what, verb) {
            ("unit", Some(verb)) => Self::Unit(key.to_owned(), verb),
            ("step", Some(verb)) => Self::Step(key.to_owned(), verb),
            ("term", Some(Move::Remove)) => Self::TermRemove(key.to_owned()),
            ("pick", None) => Self::Pick(key.to_owned()),
            ("lesson_add", None) => Self::LessonAdd(key.to_owned()),
            ("unit_add", None) => Self::UnitAdd,
            ("competency_add", None) => Self::CompetencyAdd,
            _ => Self::Save,
        }
    }

    /// Where the page is shown again.
    pub(super) fn anchor(&self) -> String {
        match self {
            Self::Unit(_, Move::Remove) | Self::UnitAdd => "#units-title".to_owned(),
            Self::Unit(key, _) | Self::LessonAdd(key) => format!("#unit-{key}"),
            Self::Step(_, Move::Remove) => "#units-title".to_owned(),
            Self::Step(key, _) => format!("#step-{key}"),
            Self::TermRemove(_) => "#glossary".to_owned(),
            Self::CompetencyAdd => "#competencies".to_owned(),
            Self::Save | Self::Pick(_) => String::new(),
        }
    }
}

/// Writes what the form says over the content. New things come only with a whole save: a script saves half a word.
pub(super) fn apply(pairs: &Pairs, content: &mut CourseContent, is_whole: bool) {
    let asked = pairs.get("original");
    let first = match LANGUAGES.contains(&asked) {
        true => asked.to_owned(),
        false => content.default_language().to_owned(),
    };
    content.title.default_language.clone_from(&first);
    read_line(pairs, "title", &first, &mut content.title);
    read_text(pairs, "summary", &first, &mut content.summary);
    read_licence(pairs, "licence", &mut content.licence);
    competencies::read(pairs, "competencies", &mut content.competencies);
    content.order = match pairs.optional("order") {
        Some("in_sequence") => Order::InSequence,
        Some("after_passing") => Order::AfterPassing,
        Some(_) => Order::Free,
        None => content.order,
    };
    if pairs.optional("closed_asked").is_some() {
        content.is_closed = pairs.get("closed") == "on";
    }
    apply_units(pairs, content, &first);
    for term in &mut content.glossary {
        let name = format!("term_{}", term.key);
        read_line(pairs, &format!("{name}_word"), &first, &mut term.term);
        read_text(
            pairs,
            &format!("{name}_explanation"),
            &first,
            &mut term.explanation,
        );
    }
    if is_whole {
        add_typed(pairs, content, &first);
    }
}

fn apply_units(pairs: &Pairs, content: &mut CourseContent, first: &str) {
    move_steps(pairs, content);
    reorder(pairs, "units", &mut content.units, |unit| unit.key.as_str());
    for unit in &mut content.units {
        let name = format!("unit_{}", unit.key);
        read_line(pairs, &format!("{name}_title"), first, &mut unit.title);
        read_text(pairs, &format!("{name}_summary"), first, &mut unit.summary);
        read_needs(pairs, &format!("{name}_needs"), &mut unit.requires);
        if let Some(typed) = pairs.optional(&format!("{name}_percent")) {
            unit.completion = match read_percent(typed) {
                Some(percent) => UnitCompletion::Share { percent },
                None => UnitCompletion::All,
            };
        }
    }
}

// A step stands in the first unit whose field names it; one that no field names stays where it is.
fn move_steps(pairs: &Pairs, content: &mut CourseContent) {
    let field = |unit: &Unit| {
        let keys = pairs.get(&format!("unit_{}_steps", unit.key)).split_whitespace();
        keys.map(Key::from).collect::<Vec<Key>>()
    };
    let orders: Vec<Vec<Key>> = content.units.iter().map(field).collect();
    let mut moved = Vec::new();
    for (unit, order) in content.units.iter_mut().zip(&orders) {
        let stays = |step: &Step| {
            order.contains(step.key()) || orders.iter().all(|other| !other.contains(step.key()))
        };
        let steps = std::mem::take(&mut unit.steps);
        let (own, others): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(stays);
        unit.steps = own;
        moved.extend(others);
    }
    for (unit, order) in content.units.iter_mut().zip(&orders) {
        let (own, others) = moved
            .into_iter()
            .partition(|step: &Step| order.contains(step.key()));
        unit.steps.extend::<Vec<Step>>(own);
        moved = others;
        unit.steps.sort_by_key(|step| {
            let place = order.iter().position(|key| key == step.key());
            place.unwrap_or(order.len())
        });
    }
}

fn add_typed(pairs: &Pairs, content: &mut CourseContent, first: &str) {
    competencies::add_chosen(pairs, &mut content.competencies);
    let title = pairs.get("new_unit").trim();
    if !title.is_empty() {
        let key = new_key(title, "unit", |key| is_taken(content, key));
        content.units.push(Unit {
            key,
            title: Text::markdown(first, title),
            ..Unit::default()
        });
    }
    for place in 0..content.units.len() {
        let Some(unit) = content.units.get(place) else {
            continue;
        };
        let title = pairs.get(&format!("unit_{}_new_lesson", unit.key)).trim();
        if title.is_empty() {
            continue;
        }
        let key = new_key(title, "lesson", |key| is_taken(content, key));
        let lesson = Lesson {
            key,
            title: Text::markdown(first, title),
            ..Lesson::default()
        };
        if let Some(unit) = content.units.get_mut(place) {
            unit.steps.push(Step::Lesson(lesson));
        }
    }
    if let Some(words) = first_words(pairs, "new_term_word") {
        let mut term = Term {
            key: new_key(&words, "term", |key| content.term(key).is_some()),
            ..Term::default()
        };
        read_line(pairs, "new_term_word", first, &mut term.term);
        read_text(pairs, "new_term_explanation", first, &mut term.explanation);
        content.glossary.push(term);
    }
}

/// Units and steps share their keys.
pub(super) fn is_taken(content: &CourseContent, key: &Key) -> bool {
    content.unit(key).is_some() || content.step(key).is_some()
}

/// Does what a button says.
pub(super) fn press(button: &CourseButton, content: &mut CourseContent) {
    match button {
        CourseButton::Unit(key, verb) => {
            let place = content.units.iter().position(|unit| unit.key.as_str() == key);
            if let Some(place) = place {
                verb.apply(&mut content.units, place);
            }
        }
        CourseButton::Step(key, verb) => move_step(content, &Key::from(key.as_str()), *verb),
        CourseButton::TermRemove(key) => content.glossary.retain(|term| term.key.as_str() != key),
        CourseButton::Save
        | CourseButton::Pick(_)
        | CourseButton::LessonAdd(_)
        | CourseButton::UnitAdd
        | CourseButton::CompetencyAdd => {}
    }
}

// At the end of its unit a step goes on into the next one.
fn move_step(content: &mut CourseContent, key: &Key, verb: Move) {
    let holds = |unit: &Unit| unit.steps.iter().position(|step| step.key() == key);
    let found = content.units.iter().enumerate();
    let Some((unit, place)) = found
        .filter_map(|(index, unit)| Some((index, holds(unit)?)))
        .next()
    else {
        return;
    };
    let Some(own) = content.units.get_mut(unit) else {
        return;
    };
    if verb.apply(&mut own.steps, place) {
        return;
    }
    let other = match verb {
        Move::Up => unit.checked_sub(1),
        _ => Some(unit + 1).filter(|other| *other < content.units.len()),
    };
    let Some(other) = other else { return };
    let Some(step) = content.units.get_mut(unit).map(|own| own.steps.remove(place)) else {
        return;
    };
    if let Some(other) = content.units.get_mut(other) {
        match verb {
            Move::Up => other.steps.push(step),
            _ => other.steps.insert(0, step),
        }
    }
}

#[cfg(test)]
#[path = "course_form_tests.rs"]
mod tests;
