//! Questions in which something is typed: lines, numbers, gaps and long texts.

use assessment::{
    Cloze, Essay, FieldId, Gap, GapKind, NumberReading, ProgramGaps, Quantity, Response, UnitRule, UnitTyped,
    number_readings,
};
use ui::{
    Html,
    component::{self, InlinePart, Line, MeantChoice, NumberField, Select, SelectChoice},
};

use super::{Asked, Piece, pieces};

/// How many letters a field shows for a word, and for a number.
const WORD_LETTERS: usize = 24;
const NUMBER_LETTERS: usize = 12;
const GAP_LETTERS: usize = 12;
const NUMBER_GAP_LETTERS: usize = 8;

/// What was typed in a field.
pub(crate) fn typed<'a>(response: &'a Response, field: &str) -> &'a str {
    match response {
        Response::Text(text) => text,
        Response::Fields(fields) => fields
            .get(&FieldId::from(field))
            .map(String::as_str)
            .unwrap_or_default(),
        _ => "",
    }
}

pub(super) fn short_text(asked: &Asked<'_>) -> Line {
    Line {
        label: asked.t.get("attempt-your-text").to_string(),
        value: typed(asked.response, "").to_owned(),
        size: WORD_LETTERS,
        ..Line::default()
    }
}

pub(super) fn number(asked: &Asked<'_>, unit: Option<&UnitRule>) -> Line {
    Line {
        label: asked.t.get("attempt-your-text").to_string(),
        value: [typed(asked.response, "number"), typed(asked.response, "unit")]
            .join(" ")
            .trim()
            .to_owned(),
        size: NUMBER_LETTERS,
        number: Some(number_field(asked, unit, None, "meant")),
        ..Line::default()
    }
}

fn number_field(
    asked: &Asked<'_>,
    unit: Option<&UnitRule>,
    gap: Option<&FieldId>,
    meant: &str,
) -> NumberField {
    let given = unit.filter(|unit| unit.typed == UnitTyped::Given);
    let unit = given.map(|unit| unit.unit.clone()).unwrap_or_default();
    let readings = number_readings(&asked.item.interaction, asked.response, &asked.context);
    let quantity = readings.into_iter().find(|(field, _)| field.as_ref() == gap);
    let quantity = quantity.map(|(_, quantity)| quantity);
    let chosen = typed(asked.response, meant);
    NumberField {
        language: asked.context.language.to_owned(),
        reading: quantity
            .as_ref()
            .map(|quantity| reading(quantity, chosen, &unit))
            .unwrap_or_default(),
        is_unreadable: quantity
            .as_ref()
            .is_some_and(|quantity| quantity.number == NumberReading::NotANumber),
        meant: quantity
            .map(|quantity| meanings(&quantity, chosen, &unit))
            .unwrap_or_default(),
        meant_field: meant.to_owned(),
        unit,
    }
}

/// "12,5 mm"; empty for what is no number, or before one of two readings is chosen.
pub(crate) fn reading(quantity: &Quantity, meant: &str, unit: &str) -> String {
    let number = match (&quantity.number, meant) {
        (NumberReading::Read(number), _)
        | (NumberReading::Ambiguous { decimal: number, .. }, "decimal")
        | (NumberReading::Ambiguous { grouped: number, .. }, "grouped") => number,
        _ => return String::new(),
    };
    with_unit(&number.text, quantity, unit)
}

fn with_unit(number: &str, quantity: &Quantity, unit: &str) -> String {
    let unit = match quantity.unit.as_str() {
        "" => unit,
        typed => assessment::shown_unit(typed).unwrap_or(typed),
    };
    format!("{number} {unit}").trim().to_owned()
}

// The two readings of an ambiguous number.
fn meanings(quantity: &Quantity, chosen: &str, unit: &str) -> Vec<MeantChoice> {
    let NumberReading::Ambiguous { decimal, grouped } = &quantity.number else {
        return Vec::new();
    };
    let choice = |(value, number): (&str, &assessment::ReadNumber)| MeantChoice {
        value: value.to_owned(),
        label: with_unit(&number.text, quantity, unit),
        chosen: chosen == value,
    };
    [("decimal", decimal), ("grouped", grouped)].map(choice).into()
}

pub(super) fn cloze(asked: &Asked<'_>, kind: &Cloze) -> Vec<InlinePart> {
    let html = asked.words.block(&kind.text).to_string();
    let mut number = 0;
    let part = |piece| match piece {
        Piece::Text(html) => InlinePart::Text(html),
        Piece::Marker(id, _) => {
            number += 1;
            let label = asked.t.with("attempt-gap", "number", number).to_string();
            match kind.gaps.iter().find(|gap| gap.id.as_str() == id) {
                Some(gap) => self::gap(asked, gap, label),
                None => InlinePart::Text(Html::default()),
            }
        }
    };
    pieces(&html).into_iter().map(part).collect()
}

fn gap(asked: &Asked<'_>, gap: &Gap, label: String) -> InlinePart {
    let field = gap.id.to_string();
    let value = typed(asked.response, &field).to_owned();
    match &gap.kind {
        GapKind::Choice { .. } => {
            let choice = |option: &assessment::ChoiceOption| SelectChoice {
                value: option.id.to_string(),
                label: asked.words.plain(&option.text),
            };
            let options = gap.shown_options(&asked.context);
            InlinePart::Select(Select {
                field,
                label,
                choices: options.into_iter().map(choice).collect(),
                chosen: value,
            })
        }
        GapKind::Text { .. } => InlinePart::Input(Line {
            field,
            label,
            value,
            size: GAP_LETTERS,
            ..Line::default()
        }),
        GapKind::Number { unit, .. } => {
            let meant = format!("{field}:meant");
            let typed_unit = typed(asked.response, &format!("{field}:unit"));
            InlinePart::Input(Line {
                number: Some(number_field(asked, unit.as_ref(), Some(&gap.id), &meant)),
                value: format!("{value} {typed_unit}").trim().to_owned(),
                field,
                label,
                size: NUMBER_GAP_LETTERS,
            })
        }
    }
}

pub(super) fn program(asked: &Asked<'_>, kind: &ProgramGaps) -> Vec<Vec<InlinePart>> {
    let (mut number, width) = (0, gap_letters(kind));
    let mut part = |piece| match piece {
        Piece::Text(text) => InlinePart::Text(text),
        Piece::Marker(id, _) => {
            number += 1;
            InlinePart::Input(Line {
                field: id.to_owned(),
                label: asked.t.with("attempt-gap", "number", number).to_string(),
                value: typed(asked.response, id).to_owned(),
                size: width,
                ..Line::default()
            })
        }
    };
    let source = escaped(asked.words.source(&kind.program));
    let lines = source.trim_end().lines();
    lines
        .map(|line| pieces(line).into_iter().map(&mut part).collect())
        .collect()
}

/// A program's source as HTML that shows it as it was written.
pub(crate) fn escaped(source: &str) -> String {
    source
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

// Every gap of a program is as wide as the widest: the width tells nothing.
fn gap_letters(kind: &ProgramGaps) -> usize {
    let accepted = kind.gaps.iter().flat_map(|gap| &gap.accepted);
    let widest = accepted.map(|accepted| accepted.chars().count()).max();
    (widest.unwrap_or_default() + 2).clamp(6, 40)
}

pub(super) fn essay(asked: &Asked<'_>, kind: &Essay) -> component::Essay {
    let value = match asked.response {
        Response::Text(text) => text.clone(),
        _ => asked.words.source(&kind.template).to_owned(),
    };
    let limit = |key: &str, name, words: u32| asked.t.with(key, name, words).to_string();
    component::Essay {
        field: String::new(),
        words: kind.length(&value).words,
        lines: usize::from(kind.lines).clamp(3, 30),
        limits: match (kind.fewest_words, kind.most_words) {
            (Some(fewest), Some(most)) => asked
                .t
                .with("attempt-words-between", "minimum", fewest)
                .and("maximum", most)
                .to_string(),
            (Some(fewest), None) => limit("attempt-words-least", "minimum", fewest),
            (None, Some(most)) => limit("attempt-words-most", "maximum", most),
            (None, None) => String::new(),
        },
        value,
    }
}
