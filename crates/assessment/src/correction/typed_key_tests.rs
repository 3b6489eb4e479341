use super::*;
use crate::content::Slot;
use crate::correction::{Asked, Change, Correction, CorrectionProblem};
use crate::id::ItemVersionId;
use crate::interaction::Context;
use crate::response::Response;
use crate::scoring::score_item;

fn item(json: &str) -> Item {
    let text = |words: &str| format!(r#"{{"default_language":"vi","versions":{{"vi":"{words}"}}}}"#);
    let json = json
        .replace("@stem", &text("Câu hỏi?"))
        .replace("@a", &text("Dao tiện"))
        .replace("@b", &text("Dao phay"))
        .replace("@c", &text("Mũi khoan"));
    serde_json::from_str(&json).unwrap()
}

/// The form of an item with some fields typed anew.
fn typed(item: &Item, changes: &[(&str, &str)]) -> Option<Interaction> {
    let fields = authoring_fields(&item.interaction, "vi").unwrap();
    let mut fields: BTreeMap<String, String> = fields
        .into_iter()
        .map(|field| (field.key.to_owned(), field.value))
        .collect();
    for (key, value) in changes {
        assert!(
            fields.insert((*key).to_owned(), (*value).to_owned()).is_some(),
            "{key}"
        );
    }
    let how = Typed {
        language: "vi",
        default_language: "vi",
    };
    with_typed_key(item, &fields, how)
}

fn worth(item: &Item, key: &Interaction, payload: &str) -> f64 {
    let item = Item {
        interaction: key.clone(),
        ..item.clone()
    };
    let slot = SlotId::from("q");
    let context = Context {
        language: "vi",
        seed: 1,
        slot: &slot,
    };
    let response = Response::parse(&item, payload, &context).unwrap();
    score_item(&item, &response, &context).fraction
}

#[track_caller]
fn check(item: &Item, changes: &[(&str, &str)], payload: &str, before: f64, after: f64) {
    assert_eq!(worth(item, &item.interaction, payload), before, "{payload}");
    let key = typed(item, changes).expect("a key that fits");
    assert_eq!(worth(item, &key, payload), after, "{payload}");
    let slot = Slot {
        id: SlotId::from("q"),
        item_version_id: ItemVersionId::from("v1"),
        points: 1.0,
        stimulus: None,
        placing: Placing::default(),
    };
    let correction = Correction {
        slot: slot.id.clone(),
        change: Change::Key([(ItemVersionId::from("v1"), key)].into()),
    };
    assert_eq!(correction.check(&[Asked { slot: &slot, item }]), Ok(()));
    let other = Correction {
        slot: slot.id.clone(),
        change: Change::Key([(ItemVersionId::from("v2"), item.interaction.clone())].into()),
    };
    let refused = other.check(&[Asked { slot: &slot, item }]);
    assert_eq!(refused, Err(CorrectionProblem::Key));
}

fn short_text() -> Item {
    item(r#"{"stem":@stem,"type":"short_text","answers":[{"text":"thước cặp"}]}"#)
}

fn numerical() -> Item {
    item(r#"{"stem":@stem,"type":"numerical","answers":[{"value":12.5,"tolerance":{"nominal":0.1}}]}"#)
}

fn matching() -> Item {
    item(
        r#"{"stem":@stem,"type":"matching","stems":[{"id":"s1","text":@a,"right":"p1"},{"id":"s2","text":@b,"right":"p2"}],
        "choices":[{"id":"p1","text":@b},{"id":"p2","text":@c}]}"#,
    )
}

fn ordering() -> Item {
    item(
        r#"{"stem":@stem,"type":"ordering","scoring":"all_or_nothing",
        "pieces":[{"id":"a","text":@a},{"id":"b","text":@b},{"id":"c","text":@c}]}"#,
    )
}

#[test]
fn what_is_right_is_put_right() {
    let palmer = r#"{"text":"pan me"}"#;
    check(
        &short_text(),
        &[("answers", "thước cặp\npan me | 50 %")],
        palmer,
        0.0,
        0.5,
    );
    check(
        &numerical(),
        &[("answers", "12,5 ± 0,5")],
        r#"{"fields":{"number":"12,9"}}"#,
        0.0,
        1.0,
    );
    let order = r#"{"order":["b","a","c"]}"#;
    check(
        &ordering(),
        &[("pieces", "Dao phay\nDao tiện\nMũi khoan")],
        order,
        0.0,
        1.0,
    );
    let swapped = r#"{"pairs":{"s1":"p2","s2":"p1"}}"#;
    let lines = "Dao tiện = Mũi khoan\nDao phay = Dao phay";
    check(&matching(), &[("pairs", lines)], swapped, 0.0, 1.0);
}

#[test]
fn what_students_saw_stays() {
    let refused =
        |item: &Item, changes: &[(&str, &str)]| assert_eq!(typed(item, changes), None, "{changes:?}");
    refused(&short_text(), &[("answers", "")]);
    refused(&numerical(), &[("answers", "zwölf")]);
    refused(&numerical(), &[("unit", "mm")]);
    refused(&ordering(), &[("pieces", "Dao phay\nDao tiện")]);
    refused(&ordering(), &[("pieces", "Dao phay\nDao tiện\nMũi khoét")]);
    refused(
        &matching(),
        &[("pairs", "Dao tiện = Mũi khoan\nDao phay = Mũi doa")],
    );
    let unchanged = typed(&matching(), &[]).expect("the same again");
    assert_eq!(question_of(&unchanged), question_of(&matching().interaction));
}

const PICTURE: &str = r#"{"hash":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","width":400,"height":300,
    "alternative":@stem}"#;

fn on_picture(json: &str) -> Item {
    item(&json.replace("@picture", PICTURE))
}

fn mark_spot() -> Item {
    on_picture(
        r#"{"stem":@stem,"type":"mark_spot","picture":@picture,
        "regions":[{"id":"r1","name":@a,"region":{"shape":"circle","x":100,"y":100,"radius":20}}]}"#,
    )
}

#[test]
fn places_in_a_picture_are_put_right() {
    let spot = r#"{"points":[{"x":300,"y":200}]}"#;
    check(
        &mark_spot(),
        &[("regions", "Dao tiện = 300 200 20")],
        spot,
        0.0,
        1.0,
    );
    // One mark could be set: two places cannot both be wanted now.
    let two = "Dao tiện = 300 200 20\nDao phay = 100 100 20";
    assert_eq!(typed(&mark_spot(), &[("regions", two)]), None);
    let graphic = on_picture(
        r#"{"stem":@stem,"type":"graphic_order","scoring":"all_or_nothing","picture":@picture,
        "spots":[{"id":"a","name":@a,"at":{"x":10,"y":10}},{"id":"b","name":@b,"at":{"x":50,"y":50}}]}"#,
    );
    let order = r#"{"order":["b","a"]}"#;
    let swapped = "Dao phay = 50 50\nDao tiện = 10 10";
    check(&graphic, &[("spots", swapped)], order, 0.0, 1.0);
    assert_eq!(
        typed(&graphic, &[("spots", "Dao phay = 51 50\nDao tiện = 10 10")]),
        None
    );
    let drag = on_picture(
        r#"{"stem":@stem,"type":"drag_onto_image","picture":@picture,
        "zones":[{"id":"z1","region":{"shape":"rectangle","x":10,"y":10,"width":50,"height":50},"right":"a"}],
        "labels":[{"id":"a","text":@a},{"id":"b","text":@b}]}"#,
    );
    let label = r#"{"pairs":{"z1":"b"}}"#;
    check(&drag, &[("zones", "Dao phay = 10 10 50 50")], label, 0.0, 1.0);
    assert_eq!(typed(&drag, &[("zones", "Dao phay = 20 10 50 50")]), None);
    assert_eq!(typed(&drag, &[("zones", "Mũi khoan = 10 10 50 50")]), None);
}

/// A choice that belongs nowhere any more is still one that students saw.
#[test]
fn a_choice_that_is_not_right_any_more_stays() {
    let three = item(
        r#"{"stem":@stem,"type":"matching","stems":[{"id":"s1","text":@a,"right":"p1"}],
        "choices":[{"id":"p1","text":@b},{"id":"p2","text":@c}]}"#,
    );
    let other = r#"{"pairs":{"s1":"p2"}}"#;
    check(&three, &[("pairs", "Dao tiện = Mũi khoan")], other, 0.0, 1.0);
}

/// Each type that is marked by the program has a form: options, or these fields.
#[test]
fn every_machine_marked_type_has_a_form() {
    for name in crate::authoring::AUTHORED_TYPES {
        let interaction = crate::authoring::blank_of(name).unwrap();
        let item = Item {
            interaction,
            ..short_text()
        };
        let is_machine_marked = item.is_marked() && !item.is_marked_by_hand();
        assert_eq!(!key_fields(&item, "vi").is_empty(), is_machine_marked, "{name}");
    }
}
