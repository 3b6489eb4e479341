//! What one answer says, part by part, for counting: the chosen options, what
//! stands in each gap or beside each stem, or what was typed. Orders, links,
//! spots, essays and files are left out: hardly two of them are alike.

use std::collections::BTreeSet;

use crate::id::{FieldId, OptionId};
use crate::interaction::Interaction;
use crate::item::Item;
use crate::response::Response;
use crate::scoring::ItemMark;

/// The answer to one part of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenPart {
    /// Which part, from 0: an index into the item's parts.
    pub part: usize,
    /// An option's id, several joined by a blank, or what was typed; empty for nothing.
    pub response: String,
    /// What it is worth, from 0 to 1.
    pub fraction: f64,
}

/// Whether answers to the item can be counted.
pub fn counts_responses(item: &Item) -> bool {
    let by_part = matches!(
        item.interaction,
        Interaction::Matching(_)
            | Interaction::SelectMissingWords(_)
            | Interaction::DragOntoImage(_)
            | Interaction::Matrix(_)
            | Interaction::Cloze(_)
            | Interaction::ProgramGaps(_)
    );
    let typed = matches!(
        item.interaction,
        Interaction::ShortText(_)
            | Interaction::Numerical(_)
            | Interaction::Calculated(_)
            | Interaction::Slider(_)
    );
    by_part || typed || !item.options().is_empty()
}

/// What a response says that was marked so; of no answer, that each part is empty.
pub fn given_parts(item: &Item, response: &Response, mark: &ItemMark) -> Vec<GivenPart> {
    if !item.options().is_empty() {
        return chosen(item, response);
    }
    if mark.parts.is_empty() {
        return vec![GivenPart {
            part: 0,
            response: whole(response),
            fraction: mark.fraction,
        }];
    }
    let part = |(part, marked): (usize, &crate::scoring::PartMark)| GivenPart {
        part,
        response: at(response, &marked.part),
        fraction: marked.fraction,
    };
    mark.parts.iter().enumerate().map(part).collect()
}

fn chosen(item: &Item, response: &Response) -> Vec<GivenPart> {
    let given = |response: &str, right: bool| GivenPart {
        part: 0,
        response: response.to_owned(),
        fraction: f64::from(u8::from(right)),
    };
    if !response.is_answered() {
        return vec![given("", false)];
    }
    let options = item.options().iter().filter(|option| response.chose(&option.id));
    options
        .map(|option| given(option.id.as_str(), option.correct))
        .collect()
}

fn at(response: &Response, field: &FieldId) -> String {
    match response {
        Response::Pairs(pairs) => pairs.get(field).map(ToString::to_string).unwrap_or_default(),
        Response::Fields(fields) => fields.get(field).map(|typed| tidy(typed)).unwrap_or_default(),
        Response::Cells(cells) => cells.get(field).map(joined).unwrap_or_default(),
        _ => String::new(),
    }
}

fn joined(ids: &BTreeSet<OptionId>) -> String {
    ids.iter().map(OptionId::as_str).collect::<Vec<_>>().join(" ")
}

fn whole(response: &Response) -> String {
    match response {
        Response::Text(text) => tidy(text),
        Response::Value(value) => value.to_string(),
        Response::Fields(fields) => {
            let typed = |name: &str| fields.get(&FieldId::from(name)).map(|typed| tidy(typed));
            let parts = [typed("number"), typed("unit")];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

fn tidy(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    text::nfc(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score_item;
    use crate::testing::{context, matching, single};

    #[track_caller]
    fn check(item: &Item, payload: &str, expected: &[(usize, &str, f64)]) {
        let response = Response::parse(item, payload, &context()).unwrap();
        let mark = score_item(item, &response, &context());
        let given = given_parts(item, &response, &mark);
        let given: Vec<_> = given
            .iter()
            .map(|given| (given.part, given.response.as_str(), given.fraction))
            .collect();
        assert_eq!(given, expected, "{payload}");
    }

    #[test]
    fn each_part_says_what_stands_there() {
        check(&single(), r#"{"choice":["b"]}"#, &[(0, "b", 0.0)]);
        check(&single(), "", &[(0, "", 0.0)]);
        let expected = [(0, "a", 1.0), (1, "c", 0.0), (2, "", 0.0), (3, "", 0.0)];
        check(&matching(), r#"{"pairs":{"a":"a","b":"c"}}"#, &expected);
        assert!(counts_responses(&matching()) && counts_responses(&single()));
    }
}
