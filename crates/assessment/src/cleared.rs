//! An answer without what is wrong in it: what the next try begins with where a
//! hint says so. Of several parts the wrong ones go: options, gaps, rows, links,
//! marks in a picture, pieces that do not stand at their place. An answer of one
//! piece (a text, a number, a value that was set) goes when it is worth nothing;
//! what is worth a part of the mark stays to be bettered.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{FieldId, OptionId};
use crate::interaction::Interaction;
use crate::interaction::payload::write_json;
use crate::item::Item;
use crate::response::{Point, Response};
use crate::scoring::ItemMark;

/// What stays of a response that was marked so, and the payload that says it;
/// `None` where all stays.
pub fn without_wrong(item: &Item, response: &Response, mark: &ItemMark) -> Option<(Response, String)> {
    let right: BTreeSet<&FieldId> = mark
        .parts
        .iter()
        .filter(|part| part.fraction >= 1.0)
        .map(|part| &part.part)
        .collect();
    let kept = match response {
        Response::Choice(chosen) => chosen_right(item, chosen),
        Response::Pairs(pairs) if !mark.parts.is_empty() => {
            let pairs = of_right(pairs, &right);
            let payload = write_json(&BTreeMap::from([("pairs", &pairs)]));
            (Response::Pairs(pairs), payload)
        }
        Response::Cells(cells) if !mark.parts.is_empty() => {
            let cells = of_right(cells, &right);
            let payload = write_json(&BTreeMap::from([("cells", &cells)]));
            (Response::Cells(cells), payload)
        }
        Response::Fields(fields) if !mark.parts.is_empty() => {
            let fields = of_right(fields, &right);
            let payload = write_json(&BTreeMap::from([("fields", &fields)]));
            (Response::Fields(fields), payload)
        }
        Response::Order(order) => in_place(item, order)?,
        Response::Links(links) => right_links(item, links)?,
        Response::Points(points) => marks_inside(item, points)?,
        Response::Text(_) | Response::Value(_) | Response::Fields(_) if mark.fraction <= 0.0 => {
            (Response::Unanswered, String::new())
        }
        _ => return None,
    };
    let (kept, payload) = kept;
    if kept == *response {
        return None;
    }
    Some(match is_empty(&kept) {
        true => (Response::Unanswered, String::new()),
        false => (kept, payload),
    })
}

fn chosen_right(item: &Item, chosen: &BTreeSet<OptionId>) -> (Response, String) {
    let is_right = |id: &&OptionId| item.option(id).is_some_and(|option| option.correct);
    let kept: BTreeSet<OptionId> = chosen.iter().filter(is_right).cloned().collect();
    let payload = Response::choice_payload(kept.iter().map(OptionId::as_str));
    (Response::Choice(kept), payload)
}

// Pieces at their own places, whatever the order is marked by: only of them a student knows that they can stay.
fn in_place(item: &Item, order: &[Option<OptionId>]) -> Option<(Response, String)> {
    let right: Vec<&OptionId> = match &item.interaction {
        Interaction::Ordering(kind) => kind.pieces.iter().map(|piece| &piece.id).collect(),
        Interaction::GraphicOrder(kind) => kind.spots.iter().map(|spot| &spot.id).collect(),
        _ => return None,
    };
    let is_right =
        |(id, right): (&Option<OptionId>, &&OptionId)| id.as_ref().filter(|id| id == right).cloned();
    let mut kept: Vec<Option<OptionId>> = order.iter().zip(&right).map(is_right).collect();
    while kept.last().is_some_and(Option::is_none) {
        kept.pop();
    }
    let payload = write_json(&BTreeMap::from([("order", &kept)]));
    Some((Response::Order(kept), payload))
}

fn right_links(item: &Item, links: &BTreeSet<(OptionId, OptionId)>) -> Option<(Response, String)> {
    let Interaction::Associate(kind) = &item.interaction else {
        return None;
    };
    let is_right = |(one, other): &&(OptionId, OptionId)| {
        let joins = |(first, second): &(OptionId, OptionId)| {
            (first == one && second == other) || (first == other && second == one)
        };
        kind.right.iter().any(|right| joins(&right.pair))
    };
    let kept: BTreeSet<(OptionId, OptionId)> = links.iter().filter(is_right).cloned().collect();
    let payload = write_json(&BTreeMap::from([("links", &kept)]));
    Some((Response::Links(kept), payload))
}

fn marks_inside(item: &Item, points: &[Point]) -> Option<(Response, String)> {
    let Interaction::MarkSpot(kind) = &item.interaction else {
        return None;
    };
    let is_inside = |point: &&Point| kind.regions.iter().any(|region| region.region.contains(**point));
    let kept: Vec<Point> = points.iter().filter(is_inside).copied().collect();
    let payload = write_json(&BTreeMap::from([("points", &kept)]));
    Some((Response::Points(kept), payload))
}

// What stands in a field of a part, such as which reading of a number is meant, goes with it.
fn of_right<V: Clone>(fields: &BTreeMap<FieldId, V>, right: &BTreeSet<&FieldId>) -> BTreeMap<FieldId, V> {
    let is_kept = |field: &FieldId| {
        let name = field.as_str();
        let part = name.split_once('/').map_or(name, |(part, _)| part);
        right.iter().any(|right| right.as_str() == part)
    };
    let kept = fields.iter().filter(|(field, _)| is_kept(field));
    kept.map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}

fn is_empty(response: &Response) -> bool {
    match response {
        Response::Choice(chosen) => chosen.is_empty(),
        Response::Pairs(pairs) => pairs.is_empty(),
        Response::Cells(cells) => cells.is_empty(),
        Response::Fields(fields) => fields.is_empty(),
        Response::Order(order) => order.is_empty(),
        Response::Links(links) => links.is_empty(),
        Response::Points(points) => points.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{context, multiple};
    use crate::{MultipleChoiceScoring, score_item};

    #[track_caller]
    fn check(item: &Item, payload: &str, expected: Option<&str>) {
        let response = Response::parse(item, payload, &context()).unwrap();
        let mark = score_item(item, &response, &context());
        let cleared = without_wrong(item, &response, &mark);
        assert_eq!(cleared.as_ref().map(|(_, payload)| payload.as_str()), expected);
        if let Some((response, payload)) = cleared {
            assert_eq!(Response::parse(item, &payload, &context()), Ok(response));
        }
    }

    #[test]
    fn what_is_right_stays() {
        let item = multiple(MultipleChoiceScoring::Partial);
        check(&item, r#"{"choice":["a","d"]}"#, Some(r#"{"choice":["a"]}"#));
        check(&item, r#"{"choice":["d"]}"#, Some(""));
        check(&item, r#"{"choice":["a","b"]}"#, None);
        let matching = crate::testing::matching();
        let pairs = r#"{"pairs":{"a":"a","b":"c"}}"#;
        check(&matching, pairs, Some(r#"{"pairs":{"a":"a"}}"#));
        check(&matching, r#"{"pairs":{"a":"b"}}"#, Some(""));
    }

    fn item(json: &str) -> Item {
        let text = r#"{"default_language":"vi","versions":{"vi":"–"}}"#;
        serde_json::from_str(&json.replace("@text", text)).unwrap()
    }

    #[test]
    fn pieces_links_and_marks_stay_where_they_are_right() {
        let order = item(
            r#"{"stem":@text,"type":"ordering","pieces":[{"id":"a","text":@text},{"id":"b","text":@text},
            {"id":"c","text":@text}]}"#,
        );
        check(
            &order,
            r#"{"order":["c","b","a"]}"#,
            Some(r#"{"order":[null,"b"]}"#),
        );
        check(&order, r#"{"order":["b","c","a"]}"#, Some(""));
        check(&order, r#"{"order":["a","b","c"]}"#, None);
        let links = item(
            r#"{"stem":@text,"type":"associate","pieces":[{"id":"a","text":@text},{"id":"b","text":@text},
            {"id":"c","text":@text},{"id":"d","text":@text}],"right":[{"pair":["b","a"]},{"pair":["c","d"]}]}"#,
        );
        check(
            &links,
            r#"{"links":[["a","b"],["c","a"]]}"#,
            Some(r#"{"links":[["a","b"]]}"#),
        );
        check(&links, r#"{"links":[["a","c"]]}"#, Some(""));
        let spots = item(
            r#"{"stem":@text,"type":"mark_spot","picture":{"hash":"","width":100,"height":100},"marks_at_most":2,
            "regions":[{"id":"r","region":{"shape":"circle","x":10,"y":10,"radius":5}}]}"#,
        );
        let points = r#"{"points":[{"x":10,"y":12},{"x":50,"y":50}]}"#;
        check(&spots, points, Some(r#"{"points":[{"x":10,"y":12}]}"#));
    }

    #[test]
    fn an_answer_of_one_piece_goes_when_it_is_worth_nothing() {
        let text = item(
            r#"{"stem":@text,"type":"short_text","answers":[{"text":"dao"},{"text":"dao phay","weight":0.5}]}"#,
        );
        check(&text, r#"{"text":"khoan"}"#, Some(""));
        check(&text, r#"{"text":"dao phay"}"#, None);
        check(&text, r#"{"text":"dao"}"#, None);
        let number = item(r#"{"stem":@text,"type":"numerical","answers":[{"value":12.5}]}"#);
        check(&number, r#"{"fields":{"number":"13"}}"#, Some(""));
        check(&number, r#"{"fields":{"number":"12,5"}}"#, None);
    }
}
