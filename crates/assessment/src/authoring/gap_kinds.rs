//! Texts with gaps of several kinds, and programs.
//!
//! Cloze: `text` has `[[steel | iron (50 %)]]` for words that are typed,
//! `[[*right | wrong | wrong]]` for a choice, and `[[=25,4 ± 0,1 mm]]` for a number.
//! Program: `program` has `[[G01 X25.5 | G1 U0.5]]`, the first one shown as right.

use text::Text;

use super::kept::{self, Typed, one_line, put, shown};
use super::line::{escaped, plain, split};
use super::notes::{Noted, Part, notes_field, read_notes};
use super::text_gaps::{read_gaps, with_gaps, with_ids};
use super::typed::{percent_words, read_share, read_value, tolerance_words, with_tolerance};
use super::{AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field};
use crate::id::{FieldId, OptionId};
use crate::interaction::{
    AcceptedNumber, AcceptedText, ChoiceOption, Cloze, Gap, GapKind, Marker, ProgramGap, ProgramGaps,
};
use crate::number::{format_number, read_quantity};
use crate::text_pattern::TextRule;
use crate::unit::{UnitRule, UnitTyped};

pub(super) fn blank_cloze() -> Cloze {
    Cloze {
        text: Text::default(),
        gaps: Vec::new(),
    }
}

pub(super) fn cloze_fields(kind: &Cloze, language: &str) -> Vec<AuthoringField> {
    let inside = |marker: &Marker<'_>| {
        let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == marker.id)?;
        Some(gap_words(gap, language))
    };
    let lines = with_gaps(&shown(&kind.text, language), inside);
    vec![
        field("text", Control::Lines, lines),
        notes_field(Noted::Both, kind.gaps.iter().map(gap_part), language),
    ]
}

fn gap_part(gap: &Gap) -> Part<'_> {
    (gap.weight, Some(&gap.feedback))
}

pub(super) fn read_cloze(saved: &Cloze, reader: &mut Reader<'_>) -> Cloze {
    let typed = reader.typed("text");
    let Some((stretches, insides)) = read_gaps("text", &typed, reader) else {
        return saved.clone();
    };
    let former: Vec<Text> = saved
        .gaps
        .iter()
        .map(|gap| Text::markdown(reader.how.language, gap_words(gap, reader.how.language)))
        .collect();
    let of_gaps = saved.gaps.iter().map(|gap| gap.id.as_str()).zip(&former);
    let words: Vec<String> = insides.iter().map(|(inside, _)| inside.clone()).collect();
    let ids = kept::ids(of_gaps, &words, reader.how, 'g');
    let notes = read_notes(Noted::Both, saved.gaps.iter().map(gap_part), ids.len(), reader);
    let mut gaps = Vec::new();
    for (number, (id, (inside, line))) in (1..).zip(ids.iter().zip(&insides)) {
        let former = saved.gaps.iter().find(|gap| gap.id.as_str() == id);
        let Some(kind) = read_gap(inside, former, reader.how) else {
            reader.problem("text", Some(*line), Kind::NotANumber);
            continue;
        };
        let (weight, feedback) = notes.of(number, former.map(gap_part), reader.how);
        gaps.push(Gap {
            id: FieldId::from(id.as_str()),
            weight,
            feedback,
            kind,
        });
    }
    Cloze {
        text: put(
            reader.how,
            Some(&saved.text),
            &with_ids(&stretches, &ids, |_| String::new()),
        ),
        gaps,
    }
}

// What stands between a gap's brackets.
fn gap_words(gap: &Gap, language: &str) -> String {
    let share = |weight: f64| match weight {
        1.0 => String::new(),
        weight => format!(" ({})", percent_words(weight, language)),
    };
    let parts: Vec<String> = match &gap.kind {
        GapKind::Choice { options, .. } => options
            .iter()
            .map(|option| {
                let star = if option.correct { "*" } else { "" };
                format!("{star}{}", escaped(&shown(&option.text, language)))
            })
            .collect(),
        GapKind::Text { answers, .. } => answers
            .iter()
            .map(|answer| format!("{}{}", answer.text.replace('|', "\\|"), share(answer.weight)))
            .collect(),
        GapKind::Number { answers, unit } => answers
            .iter()
            .map(|answer| {
                let number = format_number(answer.value, language);
                let tolerance = tolerance_words(answer.tolerance, language);
                let unit = unit
                    .as_ref()
                    .map(|rule| format!(" {}", rule.unit))
                    .unwrap_or_default();
                format!("{number}{tolerance}{unit}{}", share(answer.weight))
            })
            .collect(),
    };
    let sign = if matches!(gap.kind, GapKind::Number { .. }) {
        "="
    } else {
        ""
    };
    format!("{sign}{}", parts.join(" | "))
}

fn read_gap(inside: &str, former: Option<&Gap>, how: Typed<'_>) -> Option<GapKind> {
    if let Some(numbers) = inside.strip_prefix('=') {
        return read_numbers(numbers, former, how);
    }
    let parts = split(inside, '|');
    if parts.iter().any(|part| part.starts_with('*')) && parts.len() > 1 {
        return Some(read_options(&parts, former, how));
    }
    let accepted = match former.map(|gap| &gap.kind) {
        Some(GapKind::Text { answers, .. }) => answers.as_slice(),
        _ => &[],
    };
    let mut answers: Vec<AcceptedText> = Vec::new();
    for part in parts {
        let (words, weight) = with_share(part, how.language);
        let text = one_line(&words.replace("\\|", "|"));
        let same = accepted.iter().find(|answer| answer.text == text);
        answers.push(AcceptedText {
            feedback: same.map(|answer| answer.feedback.clone()).unwrap_or_default(),
            weight,
            text,
        });
    }
    let rule = match former.map(|gap| &gap.kind) {
        Some(GapKind::Text {
            answers: before,
            rule,
        }) => {
            // a translation adds its words: answers are the same in every language
            if how.language != how.default_language {
                let is_new = |answer: &&AcceptedText| answers.iter().all(|typed| typed.text != answer.text);
                let others: Vec<AcceptedText> = before.iter().filter(is_new).cloned().collect();
                answers.splice(0..0, others);
            }
            *rule
        }
        _ => TextRule::default(),
    };
    Some(GapKind::Text { answers, rule })
}

fn read_options(parts: &[&str], former: Option<&Gap>, how: Typed<'_>) -> GapKind {
    let (before, shuffle_options) = match former.map(|gap| &gap.kind) {
        Some(GapKind::Choice {
            options,
            shuffle_options,
        }) => (options.as_slice(), *shuffle_options),
        _ => (&[] as &[ChoiceOption], true),
    };
    let saved = before.iter().map(|option| (option.id.as_str(), &option.text));
    let words: Vec<String> = parts
        .iter()
        .map(|part| one_line(&plain(part.trim_start_matches('*'))))
        .collect();
    let option = |((id, text), part): ((String, Text), &&str)| {
        let former = before.iter().find(|option| option.id.as_str() == id);
        ChoiceOption {
            id: OptionId::from(id),
            text,
            correct: part.starts_with('*'),
            weight: former.and_then(|option| option.weight),
            feedback: former.map(|option| option.feedback.clone()).unwrap_or_default(),
        }
    };
    GapKind::Choice {
        options: kept::parts(saved, &words, how, 'o')
            .into_iter()
            .zip(parts)
            .map(option)
            .collect(),
        shuffle_options,
    }
}

fn read_numbers(typed: &str, former: Option<&Gap>, how: Typed<'_>) -> Option<GapKind> {
    let (accepted, before) = match former.map(|gap| &gap.kind) {
        Some(GapKind::Number { answers, unit }) => (answers.as_slice(), unit.clone()),
        _ => (&[] as &[AcceptedNumber], None),
    };
    let mut answers = Vec::new();
    let mut named = String::new();
    for part in split(typed, '|') {
        let (words, weight) = with_share(part, how.language);
        let (words, unit) = with_unit(words, how.language);
        if !unit.is_empty() {
            named = unit;
        }
        let (number, tolerance) = with_tolerance(&words, how.language);
        let value = read_value(number, how.language)?;
        let same = accepted.iter().find(|answer| answer.value == value);
        answers.push(AcceptedNumber {
            tolerance: tolerance?,
            feedback: same.map(|answer| answer.feedback.clone()).unwrap_or_default(),
            weight,
            value,
        });
    }
    let unit = (!named.is_empty()).then(|| UnitRule {
        unit: named.clone(),
        ..before.unwrap_or(UnitRule {
            unit: named,
            typed: UnitTyped::Given,
            penalty: 1.0,
            own: Vec::new(),
        })
    });
    Some(GapKind::Number { answers, unit })
}

// The unit stands behind the last number: `25,4 mm`, `25,4 ± 0,1 mm`.
fn with_unit(typed: &str, language: &str) -> (String, String) {
    let last = typed.rfind(['±', '×']).map_or(0, |at| at + '±'.len_utf8());
    let (before, number) = typed.split_at(last);
    match number.trim() {
        number if number.ends_with('%') => (typed.to_owned(), String::new()),
        number => {
            let quantity = read_quantity(number, language);
            let bare = number.strip_suffix(quantity.unit.as_str()).unwrap_or(number);
            (format!("{before}{bare}"), quantity.unit)
        }
    }
}

// `words (50 %)`
fn with_share<'t>(typed: &'t str, language: &str) -> (&'t str, f64) {
    let share = typed.strip_suffix(')').and_then(|rest| {
        let (words, share) = rest.rsplit_once('(')?;
        Some((words.trim(), read_share(share, language)?))
    });
    share.unwrap_or((typed, 1.0))
}

pub(super) fn blank_program() -> ProgramGaps {
    ProgramGaps {
        program: Text::default(),
        gaps: Vec::new(),
        any_order: false,
        without_block_numbers: true,
        share_per_word: true,
    }
}

pub(super) fn program_fields(kind: &ProgramGaps, language: &str) -> Vec<AuthoringField> {
    let inside = |marker: &Marker<'_>| {
        let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == marker.id)?;
        Some(gap.accepted.join(" | "))
    };
    vec![
        field(
            "program",
            Control::Program,
            with_gaps(&shown(&kind.program, language), inside),
        ),
        check_field("any_order", kind.any_order),
        check_field("without_block_numbers", kind.without_block_numbers),
        check_field("share_per_word", kind.share_per_word),
        notes_field(Noted::Both, kind.gaps.iter().map(program_part), language),
    ]
}

fn program_part(gap: &ProgramGap) -> Part<'_> {
    (gap.weight, Some(&gap.feedback))
}

pub(super) fn read_program(saved: &ProgramGaps, reader: &mut Reader<'_>) -> ProgramGaps {
    let flags = [
        reader.is_on("any_order"),
        reader.is_on("without_block_numbers"),
        reader.is_on("share_per_word"),
    ];
    let [any_order, without_block_numbers, share_per_word] = flags;
    let typed = reader.typed("program");
    let Some((stretches, insides)) = read_gaps("program", &typed, reader) else {
        return saved.clone();
    };
    let former: Vec<Text> = saved
        .gaps
        .iter()
        .map(|gap| Text::markdown(reader.how.language, gap.accepted.join(" | ")))
        .collect();
    let of_gaps = saved.gaps.iter().map(|gap| gap.id.as_str()).zip(&former);
    let words: Vec<String> = insides.iter().map(|(inside, _)| inside.clone()).collect();
    let ids = kept::ids(of_gaps, &words, reader.how, 'g');
    let notes = read_notes(
        Noted::Both,
        saved.gaps.iter().map(program_part),
        ids.len(),
        reader,
    );
    let how = reader.how;
    let gap = |(number, (id, inside)): (usize, (&String, &String))| {
        let former = saved.gaps.iter().find(|gap| gap.id.as_str() == id);
        let (weight, feedback) = notes.of(number, former.map(program_part), how);
        ProgramGap {
            id: FieldId::from(id.as_str()),
            accepted: split(inside, '|').into_iter().map(str::to_owned).collect(),
            weight,
            feedback,
        }
    };
    ProgramGaps {
        gaps: (1..).zip(ids.iter().zip(&words)).map(gap).collect(),
        program: put(
            reader.how,
            Some(&saved.program),
            &with_ids(&stretches, &ids, |_| String::new()),
        ),
        any_order,
        without_block_numbers,
        share_per_word,
    }
}
