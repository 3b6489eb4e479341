//! Answers that are shown one below the other.

use assessment::{
    Associate, Calculated, DragOntoImage, Essay, FeedbackPlace, FieldId, GraphicOrder, Likert, MarkSpot,
    Matching, Matrix, OptionId, Ordering, Response, ShortText, Slider, UnitRule, UnitTyped, format_number,
    number_readings,
};
use text::Text;
use ui::{Html, component::ReviewedPart};

use super::{Submitted, piece, settled};
use crate::answering::{
    chosen::{at_place, placed},
    picture,
    typed::{reading, typed},
};

pub(super) fn matching(submitted: &Submitted<'_>, kind: &Matching) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let part = |stem: &assessment::Stem| {
        let at = |response| piece(asked, &kind.choices, placed(response, &stem.id));
        settled(ReviewedPart {
            label: asked.words.inline(&stem.text),
            given: at(asked.response),
            right: submitted.shown_right().map(at).unwrap_or_default(),
            verdict: submitted.verdict_at(&stem.id),
            feedback: submitted.feedback_of(&FeedbackPlace::Field(stem.id.clone()), &stem.feedback),
            ..ReviewedPart::default()
        })
    };
    kind.shown_stems(&asked.context).into_iter().map(part).collect()
}

pub(super) fn labels(submitted: &Submitted<'_>, kind: &DragOntoImage) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let part = |(zone, number): (&assessment::Zone, usize)| {
        let at = |response| piece(asked, &kind.labels, placed(response, &zone.id));
        settled(ReviewedPart {
            label: picture::zone_label(asked, number, zone),
            given: at(asked.response),
            right: submitted.shown_right().map(at).unwrap_or_default(),
            verdict: submitted.verdict_at(&zone.id),
            feedback: submitted.feedback_of(&FeedbackPlace::Field(zone.id.clone()), &zone.feedback),
            ..ReviewedPart::default()
        })
    };
    kind.zones.iter().zip(1..).map(part).collect()
}

pub(super) fn associate(submitted: &Submitted<'_>, kind: &Associate) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let joined = |(one, other): &(OptionId, OptionId)| {
        let words = |id| piece(asked, &kind.pieces, Some(id));
        Html::trusted(format!("{} – {}", words(one), words(other)))
    };
    let is_right = |link: &&(OptionId, OptionId)| {
        let (one, other) = link;
        kind.right
            .iter()
            .any(|right| right.pair == **link || (&right.pair.0, &right.pair.1) == (other, one))
    };
    let links = match asked.response {
        Response::Links(links) => links.iter().collect(),
        _ => Vec::new(),
    };
    let given = links.iter().map(|link| ReviewedPart {
        given: joined(link),
        verdict: submitted.marked(f64::from(u8::from(is_right(link)))),
        ..ReviewedPart::default()
    });
    let mut parts: Vec<ReviewedPart> = given.collect();
    if let Some(Response::Links(right)) = submitted.shown_right() {
        let missing = right.iter().filter(|link| !links.contains(link));
        parts.extend(missing.map(|link| ReviewedPart {
            right: joined(link),
            ..ReviewedPart::default()
        }));
    }
    parts
}

pub(super) fn ordering(submitted: &Submitted<'_>, kind: &Ordering) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let words = |id: &OptionId| piece(asked, &kind.pieces, Some(id));
    places(submitted, kind.pieces.len(), words)
}

pub(super) fn graphic_order(submitted: &Submitted<'_>, kind: &GraphicOrder) -> Vec<ReviewedPart> {
    let words = |id: &OptionId| Html::words(&picture::spot_name(&submitted.asked, kind, id));
    places(submitted, kind.spots.len(), words)
}

// What stands at each place, and what should.
fn places(submitted: &Submitted<'_>, count: usize, words: impl Fn(&OptionId) -> Html) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let part = |place: usize| {
        let given = at_place(asked.response, place);
        let is_right = given.is_some() && given == at_place(&submitted.right, place);
        settled(ReviewedPart {
            label: Html::words(&asked.t.with("attempt-place", "number", place).to_string()),
            given: given.map(&words).unwrap_or_default(),
            right: submitted
                .shown_right()
                .and_then(|right| at_place(right, place))
                .map(&words)
                .unwrap_or_default(),
            verdict: submitted.marked(f64::from(u8::from(is_right))),
            ..ReviewedPart::default()
        })
    };
    (1..=count).map(part).collect()
}

pub(super) fn matrix(submitted: &Submitted<'_>, kind: &Matrix) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let part = |row: &assessment::MatrixRow| {
        let at = |response: &Response| match response {
            Response::Cells(cells) => {
                let chosen = cells.get(&row.id).into_iter().flatten();
                joined(chosen.map(|column| piece(asked, &kind.columns, Some(column))))
            }
            _ => Html::default(),
        };
        settled(ReviewedPart {
            label: asked.words.inline(&row.text),
            given: at(asked.response),
            right: submitted.shown_right().map(at).unwrap_or_default(),
            verdict: submitted.verdict_at(&row.id),
            feedback: submitted.feedback_of(&FeedbackPlace::Field(row.id.clone()), &row.feedback),
            ..ReviewedPart::default()
        })
    };
    kind.shown_rows(&asked.context).into_iter().map(part).collect()
}

fn joined(parts: impl Iterator<Item = Html>) -> Html {
    let parts: Vec<String> = parts.map(|part| part.to_string()).collect();
    Html::trusted(parts.join("; "))
}

pub(super) fn likert(submitted: &Submitted<'_>, kind: &Likert) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let part = |statement: &assessment::Statement| ReviewedPart {
        label: asked.words.inline(&statement.text),
        given: piece(asked, &kind.scale, placed(asked.response, &statement.id)),
        ..ReviewedPart::default()
    };
    kind.statements.iter().map(part).collect()
}

pub(super) fn slider(submitted: &Submitted<'_>, kind: &Slider) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let unit = asked.words.plain(&kind.unit);
    let shown = |response: &Response| match response {
        Response::Value(value) => {
            let number = format_number(*value, asked.t.language().tag());
            Html::words(format!("{number} {unit}").trim())
        }
        _ => Html::default(),
    };
    vec![settled(ReviewedPart {
        given: shown(asked.response),
        right: submitted.shown_right().map(shown).unwrap_or_default(),
        verdict: submitted.verdict(),
        ..ReviewedPart::default()
    })]
}

/// The feedback of the accepted answer that was given.
fn answer_feedback<'a>(submitted: &Submitted<'_>, answers: impl Iterator<Item = &'a Text>) -> Html {
    let shown = answers
        .enumerate()
        .map(|(index, feedback)| submitted.feedback_of(&FeedbackPlace::Answer(None, index), feedback));
    shown
        .into_iter()
        .find(|html| !html.is_empty())
        .unwrap_or_default()
}

pub(super) fn short_text(submitted: &Submitted<'_>, kind: &ShortText) -> ReviewedPart {
    let answers = kind.answers.iter().map(|answer| &answer.feedback);
    settled(ReviewedPart {
        given: Html::words(typed(submitted.asked.response, "")),
        right: submitted
            .shown_right()
            .map(|right| Html::words(typed(right, "")))
            .unwrap_or_default(),
        verdict: submitted.verdict(),
        feedback: answer_feedback(submitted, answers),
        ..ReviewedPart::default()
    })
}

pub(super) fn number<'a>(
    submitted: &Submitted<'_>,
    unit: Option<&UnitRule>,
    answers: impl Iterator<Item = &'a Text>,
) -> ReviewedPart {
    let asked = &submitted.asked;
    let given = [typed(asked.response, "number"), typed(asked.response, "unit")].join(" ");
    let with_unit = |number: &str| match unit {
        Some(unit) if unit.typed != UnitTyped::Required => format!("{number} {}", unit.unit),
        _ => number.to_owned(),
    };
    settled(ReviewedPart {
        given: Html::words(given.trim()),
        note: read_as(submitted, None, "meant", unit),
        right: submitted
            .shown_right()
            .map(|right| Html::words(&with_unit(typed(right, "number"))))
            .unwrap_or_default(),
        verdict: submitted.verdict(),
        feedback: answer_feedback(submitted, answers),
        ..ReviewedPart::default()
    })
}

/// How a number was read: of two readings the one that counted.
pub(super) fn read_as(
    submitted: &Submitted<'_>,
    gap: Option<&FieldId>,
    meant: &str,
    unit: Option<&UnitRule>,
) -> String {
    let asked = &submitted.asked;
    let readings = number_readings(&asked.item.interaction, asked.response, &asked.context);
    let Some((_, quantity)) = readings.into_iter().find(|(field, _)| field.as_ref() == gap) else {
        return String::new();
    };
    let meant = match typed(asked.response, meant) {
        "" => "grouped",
        meant => meant,
    };
    let unit = unit.filter(|unit| unit.typed == UnitTyped::Given);
    let unit = unit.map(|unit| unit.unit.as_str()).unwrap_or_default();
    match reading(&quantity, meant, unit).as_str() {
        "" => asked.t.get("attempt-read-not").to_string(),
        value => asked.t.with("attempt-read-as", "value", value).to_string(),
    }
}

pub(super) fn calculated<'a>(
    submitted: &Submitted<'_>,
    kind: &Calculated,
    answers: impl Iterator<Item = &'a Text>,
) -> ReviewedPart {
    let asked = &submitted.asked;
    let part = number(submitted, kind.unit.as_ref(), answers);
    let values = kind.values(&asked.context);
    let shown = values
        .iter()
        .map(|(name, value)| format!("{name} = {}", format_number(*value, asked.context.language)));
    let values = shown.collect::<Vec<_>>().join("; ");
    let values = asked.t.with("attempt-with-values", "values", values).to_string();
    ReviewedPart {
        note: match part.note.is_empty() {
            true => values,
            false => format!("{}. {values}", part.note),
        },
        ..part
    }
}

pub(super) fn essay(submitted: &Submitted<'_>, kind: &Essay) -> ReviewedPart {
    let written = typed(submitted.asked.response, "");
    let words = kind.length(written).words;
    ReviewedPart {
        given: Html::words(written),
        is_long: true,
        note: match written.is_empty() {
            true => String::new(),
            false => submitted
                .asked
                .t
                .with("attempt-words", "count", words)
                .to_string(),
        },
        ..ReviewedPart::default()
    }
}

pub(super) fn spots(submitted: &Submitted<'_>, kind: &MarkSpot) -> Vec<ReviewedPart> {
    let asked = &submitted.asked;
    let region = |region: &assessment::SpotRegion| ReviewedPart {
        label: asked.words.inline(&region.name),
        given: Html::default(),
        verdict: submitted.verdict_at(&region.id),
        ..ReviewedPart::default()
    };
    let marks = match asked.response {
        Response::Points(points) => points.as_slice(),
        _ => &[],
    };
    let mark = |(point, number): (&assessment::Point, usize)| ReviewedPart {
        label: Html::words(&asked.t.with("attempt-spot", "number", number).to_string()),
        given: Html::words(&format!("{}, {}", point.x, point.y)),
        verdict: submitted.marked(f64::from(u8::from(
            kind.regions.iter().any(|region| region.region.contains(*point)),
        ))),
        ..ReviewedPart::default()
    };
    let mut parts: Vec<ReviewedPart> = marks.iter().zip(1..).map(mark).collect();
    if submitted.shown_right().is_some() {
        let missed = kind.regions.iter().map(region);
        let wrong = Some(ui::component::Verdict::Wrong);
        parts.extend(missed.filter(|part| part.verdict == wrong && !part.label.is_empty()));
    }
    parts
}
