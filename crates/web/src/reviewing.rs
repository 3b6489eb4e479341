//! A submitted question: what was answered, what of it is right, and the right
//! answer, as far as the rules show it.

mod inline;
mod parts;

use assessment::{
    FeedbackPlace, FieldId, Interaction, Item, ItemMark, OptionId, PartMark, Response, Visible, score_item,
};
use ui::{
    Html,
    component::{ReviewedBody, ReviewedOption, ReviewedPart, Verdict},
};

use crate::answering::{self, Asked, picture, upload};

/// A question in a submitted attempt.
pub(crate) struct Submitted<'a> {
    /// The question.
    pub(crate) asked: Asked<'a>,
    /// What may be shown.
    pub(crate) visible: Visible,
    /// What the answer is worth by the item alone.
    mark: ItemMark,
    /// A right answer.
    right: Response,
}

impl<'a> Submitted<'a> {
    pub(crate) fn new(asked: Asked<'a>, visible: Visible) -> Self {
        Self {
            mark: score_item(asked.item, asked.response, &asked.context),
            right: asked.item.right_response(&asked.context),
            asked,
            visible,
        }
    }

    /// How good the answer at a place is.
    fn verdict_at(&self, place: &FieldId) -> Option<Verdict> {
        let is_place = |part: &&PartMark| part.part == *place;
        let fraction = self.mark.parts.iter().find(is_place).map(|part| part.fraction);
        self.marked(fraction.unwrap_or_default())
    }

    /// How good the whole answer is.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        match self.mark.needs_marker {
            true => None,
            false => self.marked(self.mark.fraction),
        }
    }

    fn marked(&self, fraction: f64) -> Option<Verdict> {
        let shown = self.visible.marks && self.asked.item.is_marked() && self.asked.response.is_answered();
        shown.then(|| verdict(fraction))
    }

    fn shown_right(&self) -> Option<&Response> {
        (self.visible.right_answers && self.right.is_answered()).then_some(&self.right)
    }

    fn feedback_of(&self, place: &FeedbackPlace, text: &text::Text) -> Html {
        match self.visible.feedback && self.mark.feedback.contains(place) {
            true => self.asked.words.block(&assessment::shown_text(
                &self.asked.item.interaction,
                text,
                &self.asked.context,
            )),
            false => Html::default(),
        }
    }
}

/// Whether an answer has parts that are right or wrong by themselves, and that do not stand ticked in its fields.
pub(crate) fn has_parts(item: &Item) -> bool {
    let single = matches!(
        item.interaction,
        Interaction::ShortText(_)
            | Interaction::Numerical(_)
            | Interaction::Calculated(_)
            | Interaction::Slider(_)
    );
    item.options().is_empty() && !single
}

/// How good a share of the mark is.
pub(crate) fn verdict(fraction: f64) -> Verdict {
    if fraction >= 1.0 {
        Verdict::Right
    } else if fraction > 0.0 {
        Verdict::Partly
    } else {
        Verdict::Wrong
    }
}

/// The answer as it is shown.
pub(crate) fn body(submitted: &Submitted<'_>) -> ReviewedBody {
    let parts = |parts| ReviewedBody::Parts { picture: None, parts };
    match &submitted.asked.item.interaction {
        Interaction::SingleChoice(_) | Interaction::MultipleChoice(_) | Interaction::TrueFalse(_) => {
            ReviewedBody::Options {
                several: submitted.asked.item.allows_several(),
                options: options(submitted),
            }
        }
        Interaction::Matching(kind) => parts(parts::matching(submitted, kind)),
        Interaction::Associate(kind) => parts(parts::associate(submitted, kind)),
        Interaction::Ordering(kind) => parts(parts::ordering(submitted, kind)),
        Interaction::Matrix(kind) => parts(parts::matrix(submitted, kind)),
        Interaction::Likert(kind) => parts(parts::likert(submitted, kind)),
        Interaction::Slider(kind) => parts(parts::slider(submitted, kind)),
        Interaction::ShortText(kind) => parts(vec![parts::short_text(submitted, kind)]),
        Interaction::Numerical(kind) => {
            let answers = kind.answers.iter().map(|answer| &answer.feedback);
            parts(vec![parts::number(submitted, kind.unit.as_ref(), answers)])
        }
        Interaction::Calculated(kind) => {
            let answers = kind.answers.iter().map(|answer| &answer.feedback);
            parts(vec![parts::calculated(submitted, kind, answers)])
        }
        Interaction::Essay(kind) => parts(vec![parts::essay(submitted, kind)]),
        Interaction::SelectMissingWords(kind) => ReviewedBody::Inline(inline::missing_words(submitted, kind)),
        Interaction::Hottext(kind) => ReviewedBody::Inline(inline::hottext(submitted, kind)),
        Interaction::Cloze(kind) => ReviewedBody::Inline(inline::cloze(submitted, kind)),
        Interaction::ProgramGaps(kind) => ReviewedBody::Program(inline::program(submitted, kind)),
        Interaction::DragOntoImage(kind) => ReviewedBody::Parts {
            picture: Some(picture::picture(
                &submitted.asked,
                &kind.picture,
                picture::zone_signs(kind),
            )),
            parts: parts::labels(submitted, kind),
        },
        Interaction::GraphicOrder(kind) => ReviewedBody::Parts {
            picture: Some(picture::picture(
                &submitted.asked,
                &kind.picture,
                picture::spot_signs(&submitted.asked, kind),
            )),
            parts: parts::graphic_order(submitted, kind),
        },
        Interaction::MarkSpot(kind) => ReviewedBody::Parts {
            picture: Some(picture::picture(
                &submitted.asked,
                &kind.picture,
                picture::mark_signs(submitted.asked.response),
            )),
            parts: parts::spots(submitted, kind),
        },
        Interaction::Upload(_) => ReviewedBody::Files(upload::files(&submitted.asked)),
        Interaction::Information(_) => ReviewedBody::Information,
    }
}

/// What is said about the whole question.
pub(crate) fn feedback(submitted: &Submitted<'_>) -> Vec<Html> {
    if !submitted.visible.feedback {
        return Vec::new();
    }
    let Asked {
        item,
        words,
        context,
        response,
        ..
    } = &submitted.asked;
    let results = &item.result_feedback;
    let by_result = match (
        submitted.mark.needs_marker,
        response.is_answered(),
        submitted.mark.fraction,
    ) {
        (true, ..) => None,
        (_, true, fraction) if fraction >= 1.0 => Some(&results.right),
        (_, true, fraction) if fraction > 0.0 => Some(&results.partly),
        _ => Some(&results.wrong),
    };
    let by_result = by_result.filter(|_| submitted.visible.marks);
    let texts = by_result.into_iter().chain([&item.feedback]);
    let html = texts.map(|text| words.block(&assessment::shown_text(&item.interaction, text, context)));
    html.filter(|html| !html.is_empty()).collect()
}

/// What is said about this answer alone: of the options that were chosen and the
/// accepted answer that was given.
pub(crate) fn feedback_of_answer(submitted: &Submitted<'_>) -> Vec<Html> {
    let body = match body(submitted) {
        ReviewedBody::Options { options, .. } => {
            let chosen = options.into_iter().filter(|option| option.chosen);
            chosen.map(|option| option.feedback).collect()
        }
        ReviewedBody::Parts { parts, .. } if parts.len() == 1 => {
            parts.into_iter().map(|part| part.feedback).collect()
        }
        _ => Vec::new(),
    };
    let html: Vec<Html> = body;
    html.into_iter().filter(|html| !html.is_empty()).collect()
}

fn options(submitted: &Submitted<'_>) -> Vec<ReviewedOption> {
    let Asked {
        item,
        words,
        context,
        response,
        ..
    } = &submitted.asked;
    let order = assessment::option_order(context.seed, context.slot, item);
    let option = |option: &assessment::ChoiceOption| {
        let rendered = words.option(&option.id);
        let chosen = response.chose(&option.id);
        ReviewedOption {
            text: rendered.text,
            chosen,
            right: submitted.visible.right_answers.then_some(option.correct),
            feedback: match chosen && submitted.visible.feedback {
                true => rendered.feedback,
                false => Html::default(),
            },
        }
    };
    order.into_iter().map(option).collect()
}

/// The words of a piece of several.
fn piece(asked: &Asked<'_>, pieces: &[assessment::Piece], id: Option<&OptionId>) -> Html {
    let found = id.and_then(|id| pieces.iter().find(|piece| piece.id == *id));
    found
        .map(|piece| answering::chosen::shown(asked, piece))
        .unwrap_or_default()
}

/// A part without the right answer where the given one is right.
fn settled(part: ReviewedPart) -> ReviewedPart {
    let is_right = part.verdict == Some(Verdict::Right) || part.given == part.right;
    ReviewedPart {
        right: if is_right { Html::default() } else { part.right },
        ..part
    }
}
