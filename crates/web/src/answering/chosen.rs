//! Questions that are answered by choosing pieces: select boxes, tables, and
//! words in a text.

use assessment::{
    Associate, FieldId, Hottext, Likert, Matching, Matrix, OptionId, Ordering, Piece, Response,
    SelectMissingWords,
};
use ui::{
    Html,
    component::{
        self, InlinePart, LegendEntry, MatrixColumn, MatrixRow, Passage, Select, SelectChoice, SelectRow,
        Selects,
    },
};

use super::{Asked, Piece as TextPiece, pieces};

/// What a piece looks like: its picture, its words, or both.
pub(crate) fn shown(asked: &Asked<'_>, piece: &Piece) -> Html {
    let words = asked.words.inline(&piece.text);
    let Some(picture) = &piece.picture else {
        return words;
    };
    let alternative = asked.words.plain(&picture.alternative);
    let picture = super::picture::small(asked, picture, &alternative);
    match words.is_empty() {
        true => picture,
        false => Html::trusted(format!("{picture} {words}")),
    }
}

/// The piece at a place.
pub(crate) fn placed<'a>(response: &'a Response, field: &FieldId) -> Option<&'a OptionId> {
    match response {
        Response::Pairs(pairs) => pairs.get(field),
        _ => None,
    }
}

/// Pieces as choices; those that are more than words get a letter and stand in
/// a legend.
pub(super) struct Offered {
    pub(super) choices: Vec<SelectChoice>,
    pub(super) legend: Vec<LegendEntry>,
}

pub(super) fn offered(asked: &Asked<'_>, pieces: &[&Piece]) -> Offered {
    let words: Vec<(String, Html)> = pieces
        .iter()
        .map(|piece| (plain(asked, piece), shown(asked, piece)))
        .collect();
    let needs_legend = |(plain, html): &(String, Html)| escaped(plain) != html.to_string();
    let lettered = words.iter().any(needs_legend);
    let mut offered = Offered {
        choices: Vec::new(),
        legend: Vec::new(),
    };
    for ((piece, (plain, html)), index) in pieces.iter().zip(words).zip(0..) {
        let letter = letter(index);
        let label = match (lettered, plain.is_empty()) {
            (false, _) => plain,
            (true, true) => letter.clone(),
            (true, false) => format!("{letter}. {plain}"),
        };
        offered.choices.push(SelectChoice {
            value: piece.id.to_string(),
            label,
        });
        if lettered {
            offered.legend.push(LegendEntry { letter, text: html });
        }
    }
    offered
}

pub(crate) fn plain(asked: &Asked<'_>, piece: &Piece) -> String {
    match &piece.picture {
        Some(picture) if piece.text.is_empty() => asked.words.plain(&picture.alternative),
        _ => asked.words.plain(&piece.text),
    }
}

fn escaped(plain: &str) -> String {
    plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// "A" … "Z", then numbers.
pub(super) fn letter(index: u8) -> String {
    match index {
        0..26 => char::from(b'A' + index).to_string(),
        _ => (u16::from(index) + 1).to_string(),
    }
}

fn select(field: &str, label: String, choices: Vec<SelectChoice>, chosen: Option<&OptionId>) -> Select {
    Select {
        field: field.to_owned(),
        label,
        choices,
        chosen: chosen.map(ToString::to_string).unwrap_or_default(),
    }
}

pub(super) fn matching(asked: &Asked<'_>, kind: &Matching) -> Selects {
    let Offered { choices, legend } = offered(asked, &kind.shown_choices(&asked.context));
    let row = |stem: &assessment::Stem| SelectRow {
        label: asked.words.inline(&stem.text),
        selects: vec![select(
            stem.id.as_str(),
            String::new(),
            choices.clone(),
            placed(asked.response, &stem.id),
        )],
    };
    Selects {
        rows: kind.shown_stems(&asked.context).into_iter().map(row).collect(),
        legend,
        ..Selects::default()
    }
}

pub(super) fn associate(asked: &Asked<'_>, kind: &Associate) -> Selects {
    let Offered { choices, legend } = offered(asked, &kind.shown_pieces(&asked.context));
    let links: Vec<&(OptionId, OptionId)> = match asked.response {
        Response::Links(links) => links.iter().collect(),
        _ => Vec::new(),
    };
    let row = |number: usize| {
        let link = links.get(number - 1);
        let words = |key: &str| asked.t.with(key, "number", number).to_string();
        let half = |half: &str, label: String, chosen| {
            select(&format!("{number}.{half}"), label, choices.clone(), chosen)
        };
        SelectRow {
            label: Html::trusted(words("attempt-pair")),
            selects: vec![
                half("first", words("attempt-pair-first"), link.map(|link| &link.0)),
                half("second", words("attempt-pair-second"), link.map(|link| &link.1)),
            ],
        }
    };
    Selects {
        rows: (1..=kind.most_links()).map(row).collect(),
        legend,
        ..Selects::default()
    }
}

pub(super) fn ordering(asked: &Asked<'_>, kind: &Ordering) -> Selects {
    let Offered { choices, legend } = offered(asked, &kind.shown_pieces(&asked.context));
    Selects {
        rows: places(asked, &choices),
        legend,
        once: true,
        ..Selects::default()
    }
}

/// A row for each place of an order.
pub(super) fn places(asked: &Asked<'_>, choices: &[SelectChoice]) -> Vec<SelectRow> {
    let row = |place: usize| SelectRow {
        label: Html::trusted(asked.t.with("attempt-place", "number", place).to_string()),
        selects: vec![select(
            &place.to_string(),
            String::new(),
            choices.to_vec(),
            at_place(asked.response, place),
        )],
    };
    (1..=choices.len()).map(row).collect()
}

/// The piece at a place of an order, counted from 1.
pub(crate) fn at_place(response: &Response, place: usize) -> Option<&OptionId> {
    match response {
        Response::Order(order) => order.get(place - 1).and_then(Option::as_ref),
        _ => None,
    }
}

pub(super) fn missing_words(asked: &Asked<'_>, kind: &SelectMissingWords) -> Vec<InlinePart> {
    let html = asked.words.block(&kind.text).to_string();
    let mut number = 0;
    let part = |piece| match piece {
        TextPiece::Text(html) => InlinePart::Text(html),
        TextPiece::Marker(id, _) => {
            number += 1;
            let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == id);
            let choices = gap
                .map(|gap| kind.shown_choices(gap, &asked.context))
                .unwrap_or_default();
            let choice = |piece: &&Piece| SelectChoice {
                value: piece.id.to_string(),
                label: plain(asked, piece),
            };
            let label = asked.t.with("attempt-gap", "number", number).to_string();
            let chosen = gap.and_then(|gap| placed(asked.response, &gap.id));
            InlinePart::Select(select(id, label, choices.iter().map(choice).collect(), chosen))
        }
    };
    pieces(&html).into_iter().map(part).collect()
}

pub(super) fn hottext(asked: &Asked<'_>, kind: &Hottext) -> Vec<InlinePart> {
    let html = asked.words.block(&kind.text).to_string();
    let part = |piece| match piece {
        TextPiece::Text(html) => InlinePart::Text(html),
        TextPiece::Marker(id, words) => InlinePart::Passage(Passage {
            field: id.to_owned(),
            text: Html::trusted(words.unwrap_or_default()),
            chosen: asked.response.chose(&OptionId::from(id)),
        }),
    };
    pieces(&html).into_iter().map(part).collect()
}

pub(super) fn matrix(asked: &Asked<'_>, kind: &Matrix) -> component::Matrix {
    let row = |row: &assessment::MatrixRow| MatrixRow {
        id: row.id.to_string(),
        text: asked.words.inline(&row.text),
        chosen: match asked.response {
            Response::Cells(cells) => {
                let chosen = cells.get(&row.id).into_iter().flatten();
                chosen.map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        },
    };
    component::Matrix {
        several: kind.several_per_row,
        columns: columns(asked, &kind.columns),
        rows: kind.shown_rows(&asked.context).into_iter().map(row).collect(),
    }
}

pub(super) fn likert(asked: &Asked<'_>, kind: &Likert) -> component::Matrix {
    let row = |statement: &assessment::Statement| MatrixRow {
        id: statement.id.to_string(),
        text: asked.words.inline(&statement.text),
        chosen: placed(asked.response, &statement.id)
            .map(ToString::to_string)
            .into_iter()
            .collect(),
    };
    component::Matrix {
        several: false,
        columns: columns(asked, &kind.scale),
        rows: kind.statements.iter().map(row).collect(),
    }
}

fn columns(asked: &Asked<'_>, pieces: &[Piece]) -> Vec<MatrixColumn> {
    let column = |piece: &Piece| MatrixColumn {
        id: piece.id.to_string(),
        text: shown(asked, piece),
    };
    pieces.iter().map(column).collect()
}
