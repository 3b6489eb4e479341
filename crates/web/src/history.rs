//! What a student did with a question, in words, and how well certainty fitted.

mod pieces;

use std::collections::BTreeMap;

use app::attempt::{Question, What};
use assessment::{Certainty, CertaintyFigures, FieldId, Gap, GapKind, Interaction, Response, Visible};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::{HistoryLine, Verdict},
    format,
    page::attempt::CertaintyTable,
};

use crate::{
    answering::{Asked, typed::typed},
    reviewing,
};

/// How long an answer in one line may be, in letters.
const LONGEST: usize = 200;

/// The steps, one line each.
pub(crate) fn lines(
    question: &Question,
    asked: &Asked<'_>,
    visible: Visible,
    (now, zone): (DateTime<Utc>, Tz),
) -> Vec<HistoryLine> {
    let t = asked.t;
    let what = |what: &What| match what {
        What::Answered(response) => answered(response, asked),
        What::Sure(level) => with_level(t, "behaviour-history-sure", *level),
        What::Checked { number, .. } if !visible.marks => {
            t.with("behaviour-history-checked", "number", *number).to_string()
        }
        What::Checked { number, fraction } => {
            let verdict = match reviewing::verdict(*fraction) {
                Verdict::Right => "attempt-verdict-right",
                Verdict::Partly => "attempt-verdict-partly",
                _ => "attempt-verdict-wrong",
            };
            t.with("behaviour-history-checked-result", "number", *number)
                .and("verdict", t.get(verdict))
                .to_string()
        }
    };
    let steps = question.history.iter();
    let line = steps.map(|step| HistoryLine {
        at: format::moment(t, step.at, now, zone),
        what: what(&step.what),
    });
    line.collect()
}

fn answered(response: &Response, asked: &Asked<'_>) -> String {
    let t = asked.t;
    if !response.is_answered() {
        return t.get("behaviour-history-cleared").into_owned();
    }
    match in_words(response, asked) {
        Some(words) => t
            .with("behaviour-history-answered", "answer", shortened(&words))
            .to_string(),
        None => t.get("behaviour-history-saved").into_owned(),
    }
}

// An answer in one line; of files only that they were saved.
fn in_words(response: &Response, asked: &Asked<'_>) -> Option<String> {
    match response {
        Response::Choice(chosen) if !asked.item.options().is_empty() => {
            let options = asked.item.options().iter().filter(|one| chosen.contains(&one.id));
            let statement = matches!(asked.item.interaction, Interaction::TrueFalse(_));
            let words = options.map(|option| match statement && option.text.is_empty() {
                true => asked.t.get(statement_key(option.id.as_str())).into_owned(),
                false => asked.words.plain(&option.text),
            });
            Some(words.collect::<Vec<_>>().join("; "))
        }
        Response::Text(text) => Some(text.clone()),
        Response::Order(order) => Some(pieces::order(order, asked)),
        Response::Links(links) => Some(pieces::links(links, asked)),
        Response::Pairs(pairs) => Some(pieces::pairs(pairs, asked)),
        Response::Cells(cells) => Some(pieces::cells(cells, asked)),
        Response::Points(points) => Some(pieces::points(points)),
        Response::Choice(chosen) => Some(pieces::passages(chosen, asked)),
        Response::Value(value) => Some(with_unit(*value, asked)),
        Response::Fields(fields) => match asked.item.interaction {
            Interaction::Numerical(_) | Interaction::Calculated(_) => {
                let words = [typed(response, "number"), typed(response, "unit")].join(" ");
                Some(words.trim().to_owned())
            }
            Interaction::Cloze(_) => Some(gaps(fields, asked)),
            _ => Some(fields.values().cloned().collect::<Vec<_>>().join("; ")),
        },
        _ => None,
    }
}

fn with_unit(value: f64, asked: &Asked<'_>) -> String {
    let number = assessment::format_number(value, asked.t.language().tag());
    match &asked.item.interaction {
        Interaction::Slider(kind) => format!("{number} {}", asked.words.plain(&kind.unit))
            .trim()
            .to_owned(),
        _ => number,
    }
}

// What stands in each gap that has something; how an ambiguous number was meant is no words of the student's.
fn gaps(fields: &BTreeMap<FieldId, String>, asked: &Asked<'_>) -> String {
    let Interaction::Cloze(kind) = &asked.item.interaction else {
        return String::new();
    };
    let gap = |gap: &Gap| {
        let typed = fields.get(&gap.id)?;
        let chosen = match &gap.kind {
            GapKind::Choice { options, .. } => options.iter().find(|option| option.id.as_str() == typed),
            _ => None,
        };
        Some(match chosen {
            Some(option) => asked.words.plain(&option.text),
            None => typed.clone(),
        })
    };
    kind.gaps.iter().filter_map(gap).collect::<Vec<_>>().join("; ")
}

fn statement_key(id: &str) -> &'static str {
    match id {
        "true" => "quiz-true",
        _ => "quiz-false",
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

fn with_level(t: Texts, key: &str, level: Certainty) -> String {
    let words = match level {
        Certainty::Low => "behaviour-certainty-low",
        Certainty::Medium => "behaviour-certainty-medium",
        Certainty::High => "behaviour-certainty-high",
    };
    t.with(key, "level", t.get(words)).to_string()
}

/// How sure the student was of the latest answer; empty where that is not asked.
pub(crate) fn certainty(question: &Question, t: Texts) -> String {
    match question.certainty {
        Some(level) if question.response.is_answered() => {
            with_level(t, "behaviour-certainty-was", level.unwrap_or_default())
        }
        _ => String::new(),
    }
}

/// How well certainty fits what was right, as it is shown.
pub(crate) fn certainty_table(figures: &CertaintyFigures, t: Texts) -> CertaintyTable {
    let percent = |share: f64| {
        let number = format::number_with_decimals(t, share * 100.0, 1);
        t.with("behaviour-percent", "value", number).to_string()
    };
    let sign = if figures.bonus > 0.0 { "+" } else { "" };
    CertaintyTable {
        accuracy: percent(figures.accuracy),
        bonus: format!("{sign}{}", percent(figures.bonus)),
        levels: figures.levels.map(|level| (level.chosen, level.right)),
    }
}
