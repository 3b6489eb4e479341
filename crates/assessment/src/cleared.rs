//! An answer without the parts that are wrong: what the next try begins with
//! where a hint says so. An answer without parts that can be taken away stays as
//! it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{FieldId, OptionId};
use crate::interaction::payload::write_json;
use crate::item::Item;
use crate::response::Response;
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
}
