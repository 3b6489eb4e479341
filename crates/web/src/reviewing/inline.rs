//! Answers that are shown in the text that they belong to.

use assessment::{
    Cloze, FeedbackPlace, FieldId, Gap, GapKind, Hottext, OptionId, ProgramGaps, Response, SelectMissingWords,
};
use text::Text;
use ui::{
    Html,
    component::{ReviewedInline, ReviewedOption, ReviewedPart},
};

use super::{Submitted, parts::read_as, piece, settled};
use crate::answering::{
    Piece,
    chosen::placed,
    pieces,
    typed::{escaped, typed},
};

// A text with its gaps in order, each counted.
fn gaps<'a>(
    pieces: Vec<Piece<'a>>,
    number: &mut usize,
    mut gap: impl FnMut(&'a str, usize) -> Option<ReviewedPart>,
) -> Vec<ReviewedInline> {
    let part = |piece| match piece {
        Piece::Text(html) => ReviewedInline::Text(html),
        Piece::Marker(id, _) => {
            *number += 1;
            ReviewedInline::Gap(gap(id, *number).unwrap_or_default())
        }
    };
    pieces.into_iter().map(part).collect()
}

fn label(submitted: &Submitted<'_>, number: usize) -> Html {
    Html::words(
        &submitted
            .asked
            .t
            .with("attempt-gap", "number", number)
            .to_string(),
    )
}

pub(super) fn missing_words(submitted: &Submitted<'_>, kind: &SelectMissingWords) -> Vec<ReviewedInline> {
    let asked = &submitted.asked;
    let html = asked.words.block(&kind.text).to_string();
    gaps(pieces(&html), &mut 0, |id, number| {
        let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == id)?;
        let at = |response| piece(asked, &kind.choices, placed(response, &gap.id));
        Some(settled(ReviewedPart {
            label: label(submitted, number),
            given: at(asked.response),
            right: submitted.shown_right().map(at).unwrap_or_default(),
            verdict: submitted.verdict_at(&gap.id),
            feedback: submitted.feedback_of(&FeedbackPlace::Field(gap.id.clone()), &gap.feedback),
            ..ReviewedPart::default()
        }))
    })
}

pub(super) fn hottext(submitted: &Submitted<'_>, kind: &Hottext) -> Vec<ReviewedInline> {
    let asked = &submitted.asked;
    let html = asked.words.block(&kind.text).to_string();
    let part = |piece| match piece {
        Piece::Text(html) => ReviewedInline::Text(html),
        Piece::Marker(id, words) => {
            let id = OptionId::from(id);
            let passage = kind.passages.iter().find(|passage| passage.id == id);
            let is_right = passage.is_some_and(|passage| passage.correct);
            let feedback = passage
                .map(|passage| submitted.feedback_of(&FeedbackPlace::Option(id.clone()), &passage.feedback));
            ReviewedInline::Passage(ReviewedOption {
                text: Html::trusted(words.unwrap_or_default()),
                chosen: asked.response.chose(&id),
                right: submitted.visible.right_answers.then_some(is_right),
                feedback: feedback.unwrap_or_default(),
            })
        }
    };
    pieces(&html).into_iter().map(part).collect()
}

pub(super) fn cloze(submitted: &Submitted<'_>, kind: &Cloze) -> Vec<ReviewedInline> {
    let html = submitted.asked.words.block(&kind.text).to_string();
    gaps(pieces(&html), &mut 0, |id, number| {
        let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == id)?;
        Some(settled(ReviewedPart {
            label: label(submitted, number),
            given: given(submitted, gap, submitted.asked.response),
            right: submitted
                .shown_right()
                .map(|right| given(submitted, gap, right))
                .unwrap_or_default(),
            verdict: submitted.verdict_at(&gap.id),
            note: match &gap.kind {
                GapKind::Number { unit, .. } => {
                    read_as(submitted, Some(&gap.id), &format!("{id}:meant"), unit.as_ref())
                }
                _ => String::new(),
            },
            feedback: cloze_feedback(submitted, gap),
            ..ReviewedPart::default()
        }))
    })
}

fn given(submitted: &Submitted<'_>, gap: &Gap, response: &Response) -> Html {
    let value = typed(response, gap.id.as_str());
    match &gap.kind {
        GapKind::Choice { options, .. } => {
            let chosen = options.iter().find(|option| option.id.as_str() == value);
            chosen
                .map(|option| submitted.asked.words.inline(&option.text))
                .unwrap_or_default()
        }
        GapKind::Text { .. } => Html::words(value),
        GapKind::Number { .. } => {
            let unit = typed(response, &format!("{}:unit", gap.id));
            Html::words(format!("{value} {unit}").trim())
        }
    }
}

fn cloze_feedback(submitted: &Submitted<'_>, gap: &Gap) -> Html {
    let of_answers: Vec<&Text> = match &gap.kind {
        GapKind::Choice { options, .. } => options.iter().map(|option| &option.feedback).collect(),
        GapKind::Text { answers, .. } => answers.iter().map(|answer| &answer.feedback).collect(),
        GapKind::Number { answers, .. } => answers.iter().map(|answer| &answer.feedback).collect(),
    };
    let answer = of_answers.into_iter().enumerate().map(|(index, feedback)| {
        submitted.feedback_of(&FeedbackPlace::Answer(Some(gap.id.clone()), index), feedback)
    });
    let own = submitted.feedback_of(&FeedbackPlace::Field(gap.id.clone()), &gap.feedback);
    let said: Vec<String> = answer.chain([own]).map(|html| html.to_string()).collect();
    Html::trusted(said.concat())
}

pub(super) fn program(submitted: &Submitted<'_>, kind: &ProgramGaps) -> Vec<Vec<ReviewedInline>> {
    let asked = &submitted.asked;
    let source = escaped(asked.words.source(&kind.program));
    let mut number = 0;
    let line = |line| {
        gaps(pieces(line), &mut number, |id, number| {
            let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == id)?;
            Some(settled(ReviewedPart {
                label: label(submitted, number),
                given: Html::words(typed(asked.response, id)),
                right: submitted
                    .shown_right()
                    .map(|right| Html::words(typed(right, id)))
                    .unwrap_or_default(),
                verdict: submitted.verdict_at(&FieldId::from(id)),
                feedback: submitted.feedback_of(&FeedbackPlace::Field(gap.id.clone()), &gap.feedback),
                ..ReviewedPart::default()
            }))
        })
    };
    source.trim_end().lines().map(line).collect()
}
