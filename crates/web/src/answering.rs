//! A question from its item to the fields that answer it: `ui`'s bodies, filled
//! with what was answered. What a type's fields are called stands in its file
//! below `assessment/src/interaction`. Types in which something is typed: `typed`.

pub(crate) mod chosen;
mod inline;
pub(crate) mod picture;
pub(crate) mod typed;
pub(crate) mod upload;

use assessment::{Context, Interaction, Item, Response, format_number};
use ui::{
    Html, Texts,
    component::{Options, QuestionBody, QuestionOption, Slider},
};

use crate::rendered::RenderedItem;

pub(crate) use inline::{Piece, pieces};

/// A question in an attempt.
pub(crate) struct Asked<'a> {
    /// Its item.
    pub(crate) item: &'a Item,
    /// The item's texts in the page's language.
    pub(crate) words: &'a RenderedItem,
    /// What was answered.
    pub(crate) response: &'a Response,
    /// Where and in which language it is answered.
    pub(crate) context: Context<'a>,
    /// The texts of the page.
    pub(crate) t: Texts,
    /// Where pictures stand: their hash follows.
    pub(crate) pictures: &'a str,
}

/// What is asked; a calculated question shows the attempt's values.
pub(crate) fn stem(asked: &Asked<'_>) -> Html {
    match &asked.item.interaction {
        Interaction::Calculated(kind) => asked.words.block(&kind.filled(&asked.item.stem, &asked.context)),
        _ => asked.words.stem.clone(),
    }
}

/// The fields that answer it.
pub(crate) fn body(asked: &Asked<'_>) -> QuestionBody {
    match &asked.item.interaction {
        Interaction::SingleChoice(_) | Interaction::MultipleChoice(_) | Interaction::TrueFalse(_) => {
            QuestionBody::Options(options(asked))
        }
        Interaction::Matching(kind) => QuestionBody::Selects(chosen::matching(asked, kind)),
        Interaction::Associate(kind) => QuestionBody::Selects(chosen::associate(asked, kind)),
        Interaction::Ordering(kind) => QuestionBody::Selects(chosen::ordering(asked, kind)),
        Interaction::SelectMissingWords(kind) => QuestionBody::Inline(chosen::missing_words(asked, kind)),
        Interaction::Hottext(kind) => QuestionBody::Inline(chosen::hottext(asked, kind)),
        Interaction::Matrix(kind) => QuestionBody::Matrix(chosen::matrix(asked, kind)),
        Interaction::Likert(kind) => QuestionBody::Matrix(chosen::likert(asked, kind)),
        Interaction::DragOntoImage(kind) => QuestionBody::Selects(picture::labels(asked, kind)),
        Interaction::GraphicOrder(kind) => QuestionBody::Selects(picture::order(asked, kind)),
        Interaction::MarkSpot(kind) => QuestionBody::Spots(picture::spots(asked, kind)),
        Interaction::Slider(kind) => QuestionBody::Slider(slider(asked, kind)),
        Interaction::ShortText(_) => QuestionBody::Line(typed::short_text(asked)),
        Interaction::Numerical(kind) => QuestionBody::Line(typed::number(asked, kind.unit.as_ref())),
        Interaction::Calculated(kind) => QuestionBody::Line(typed::number(asked, kind.unit.as_ref())),
        Interaction::Cloze(kind) => QuestionBody::Inline(typed::cloze(asked, kind)),
        Interaction::ProgramGaps(kind) => QuestionBody::Program(typed::program(asked, kind)),
        Interaction::Essay(kind) => QuestionBody::Essay(typed::essay(asked, kind)),
        Interaction::Upload(kind) => QuestionBody::Upload(upload::body(asked, kind)),
        Interaction::Information(_) => QuestionBody::Information,
    }
}

fn options(asked: &Asked<'_>) -> Options {
    let order = assessment::option_order(asked.context.seed, asked.context.slot, asked.item);
    let option = |option: &assessment::ChoiceOption| QuestionOption {
        id: option.id.to_string(),
        text: asked.words.option(&option.id).text,
        chosen: asked.response.chose(&option.id),
    };
    Options {
        several: asked.item.allows_several(),
        options: order.into_iter().map(option).collect(),
    }
}

fn slider(asked: &Asked<'_>, kind: &assessment::Slider) -> Slider {
    let shown = |value| format_number(value, asked.t.language().tag());
    Slider {
        field: String::new(),
        min: kind.minimum.to_string(),
        max: kind.maximum.to_string(),
        step: kind.step.to_string(),
        value: match asked.response {
            Response::Value(value) => value.to_string(),
            _ => String::new(),
        },
        min_label: shown(kind.minimum),
        max_label: shown(kind.maximum),
        unit: asked.words.plain(&kind.unit),
    }
}
