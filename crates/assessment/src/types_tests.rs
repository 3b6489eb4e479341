//! What holds of every selecting and placing type: forms and right answers read,
//! marks are bounded, and no order, of the attempt or of the author, changes one.

use proptest::prelude::*;

use crate::samples;
use crate::testing::{context, context_in};
use crate::*;

fn answerable() -> Vec<Item> {
    let all = samples::all().into_iter();
    all.filter(Item::is_question).collect()
}

#[test]
fn the_right_response_is_worth_everything() {
    for item in answerable().iter().filter(|item| item.is_marked()) {
        let right = item.right_response(&context());
        assert_ne!(right, Response::Unanswered, "{}", item.interaction.type_name());
        let mark = score_item(item, &right, &context());
        assert_eq!((mark.fraction, mark.answered), (1.0, true), "{item:?}");
        assert!(!mark.needs_marker);
    }
}

#[test]
fn no_answer_is_worth_nothing() {
    for item in samples::all() {
        for payload in ["", r#"{"form":[]}"#] {
            let response = Response::parse(&item, payload, &context()).unwrap_or_default();
            assert_eq!(score_item(&item, &response, &context()), ItemMark::default());
        }
    }
}

#[test]
fn another_types_response_is_worth_nothing() {
    let items = answerable();
    for item in &items {
        for other in &items {
            let response = other.right_response(&context());
            let mark = score_item(item, &response, &context());
            assert!((0.0..=1.0).contains(&mark.fraction), "{item:?} {response:?}");
        }
    }
}

#[test]
fn guesses_are_worth_a_share() {
    for item in samples::all() {
        if let Some(chance) = item.chance() {
            assert!(chance > 0.0 && chance < 1.0, "{item:?} {chance}");
        }
    }
}

#[test]
fn items_survive_json() {
    for item in samples::all() {
        let json = serde_json::to_string(&item).unwrap();
        let read: Item = serde_json::from_str(&json).unwrap();
        assert_eq!(read, item);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["type"], item.interaction.type_name());
    }
}

#[test]
fn every_text_moves_with_its_language() {
    for mut item in samples::all() {
        let written = item.texts().filter(|text| !text.is_empty()).count();
        for text in item.texts_mut() {
            if let Some(words) = text.versions.remove("vi") {
                text.versions.insert("km".to_owned(), words);
            }
        }
        let moved = item.texts().filter(|text| text.versions.contains_key("km"));
        assert_eq!(moved.count(), written, "{item:?}");
    }
}

#[test]
fn payloads_of_a_wrong_shape_are_refused() {
    let shapes = [
        "{}",
        "[]",
        "null",
        "3",
        "{",
        "x",
        r#"{"choice":3}"#,
        r#"{"x":[]}"#,
        r#"[["a"]]"#,
    ];
    for item in answerable() {
        for payload in shapes {
            let read = Response::parse(&item, payload, &context());
            assert_eq!(read, Err(ResponseProblem::Malformed), "{payload} {item:?}");
        }
        let long = " ".repeat(limits::PAYLOAD_BYTES + 1);
        let read = Response::parse(&item, &long, &context());
        assert_eq!(read, Err(ResponseProblem::TooLarge(long.len())));
    }
}

/// The author's lists in another order: no list of these types has a meaning in
/// its order, but for the right order of an ordering.
fn turned(item: &Item) -> Item {
    let mut item = item.clone();
    match &mut item.interaction {
        Interaction::SingleChoice(choice) => choice.options.reverse(),
        Interaction::MultipleChoice(choice) => choice.options.reverse(),
        Interaction::Matching(matching) => {
            matching.stems.reverse();
            matching.choices.reverse();
        }
        Interaction::Associate(associate) => {
            associate.pieces.reverse();
            associate.right.reverse();
        }
        Interaction::SelectMissingWords(words) => {
            words.gaps.reverse();
            words.choices.reverse();
        }
        Interaction::Hottext(hottext) => hottext.passages.reverse(),
        Interaction::DragOntoImage(image) => {
            image.zones.reverse();
            image.labels.reverse();
        }
        Interaction::MarkSpot(spots) => spots.regions.reverse(),
        Interaction::Matrix(matrix) => {
            matrix.rows.reverse();
            matrix.columns.reverse();
        }
        _ => {}
    }
    item
}

/// A plain form's field with a value: names and values that the samples know,
/// and some that they do not.
fn field(item: &Item, name: usize, value: usize) -> (String, String) {
    let mut names = vec![String::new()];
    let mut values: Vec<String> = ["", "on", "2.5", "110", "zzz"].map(str::to_owned).into();
    let json = serde_json::to_value(item).unwrap();
    ids(&json, &mut names);
    values.extend(names.iter().cloned());
    for row in names.clone().iter().take(6) {
        names.extend(names.clone().iter().take(6).map(|id| format!("{row}/{id}")));
    }
    for number in 1..6 {
        names.push(number.to_string());
        names.extend(["x", "y", "first", "second"].map(|axis| format!("{number}.{axis}")));
    }
    let name = names[name % names.len()].clone();
    (name, values[value % values.len()].clone())
}

fn ids(json: &serde_json::Value, found: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value.as_str()) {
                    ("id", Some(id)) => found.push(id.to_owned()),
                    _ => ids(value, found),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| ids(value, found)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_form_is_read_or_refused_and_any_mark_is_bounded(
        which in 0_usize..100,
        fields in prop::collection::vec((any::<usize>(), any::<usize>()), 0..8),
        seed in any::<i64>(),
    ) {
        let items = samples::all();
        let item = &items[which % items.len()];
        let typed: Vec<(String, String)> =
            fields.iter().map(|(name, value)| field(item, *name, *value)).collect();
        let typed: Vec<(&str, &str)> =
            typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let payload = payload_from_form(item, &typed);
        let shown = context_in("de", seed);
        let Ok(response) = Response::parse(item, &payload, &shown) else {
            return Ok(());
        };
        let mark = score_item(item, &response, &shown);
        prop_assert!((0.0..=1.0).contains(&mark.fraction));
        prop_assert_eq!(mark.answered, response.is_answered());
        prop_assert!(mark.parts.iter().all(|part| (0.0..=1.0).contains(&part.fraction)));
        // another order, of the attempt or of the author, is the same mark
        let elsewhere = score_item(item, &response, &context_in("de", seed.wrapping_add(1)));
        prop_assert_eq!(&elsewhere, &mark);
        let turned = turned(item);
        let reread = Response::parse(&turned, &payload, &shown).unwrap();
        let turned = score_item(&turned, &reread, &shown);
        prop_assert!((turned.fraction - mark.fraction).abs() < 1e-9, "{:?} {:?}", turned, mark);
    }
}

fn shown(item: &Item, seed: i64) -> Vec<Vec<String>> {
    let context = context_in("vi", seed);
    let pieces = |pieces: Vec<&Piece>| pieces.iter().map(|piece| piece.id.to_string()).collect();
    match &item.interaction {
        Interaction::Matching(matching) => vec![
            matching
                .shown_stems(&context)
                .iter()
                .map(|stem| stem.id.to_string())
                .collect(),
            pieces(matching.shown_choices(&context)),
        ],
        Interaction::Associate(associate) => vec![pieces(associate.shown_pieces(&context))],
        Interaction::Ordering(ordering) => vec![pieces(ordering.shown_pieces(&context))],
        Interaction::DragOntoImage(image) => vec![pieces(image.shown_labels(&context))],
        Interaction::GraphicOrder(order) => {
            let spots = order.shown_spots(&context);
            vec![spots.iter().map(|spot| spot.id.to_string()).collect()]
        }
        Interaction::Matrix(matrix) => {
            let rows = matrix.shown_rows(&context);
            vec![rows.iter().map(|row| row.id.to_string()).collect()]
        }
        _ => Vec::new(),
    }
}

#[test]
fn orders_follow_the_seed_and_lose_nothing() {
    for item in samples::all() {
        let first = shown(&item, 0);
        assert_eq!(shown(&item, 0), first);
        let sorted = |lists: &[Vec<String>]| {
            let mut lists = lists.to_vec();
            lists.iter_mut().for_each(|list| list.sort_unstable());
            lists
        };
        let others: Vec<_> = (1..30).map(|seed| shown(&item, seed)).collect();
        assert!(others.iter().all(|other| sorted(other) == sorted(&first)));
        let moves = others.iter().any(|other| *other != first);
        assert_eq!(moves, !first.is_empty(), "{item:?}");
    }
}

#[test]
fn questions_of_one_stimulus_stay_together() {
    let mut draft = crate::testing::draft();
    draft.stimuli = vec![Stimulus {
        id: StimulusId::from("drawing"),
        title: text::Text::default(),
        text: samples::words("Xem bản vẽ.", "Siehe Zeichnung."),
    }];
    draft.rules.shuffle_questions = true;
    let first = draft.slots[0].clone();
    draft.slots = (0..8)
        .map(|index| DraftSlot {
            id: SlotId::new(format!("q{index}")),
            stimulus: [2, 4, 7].contains(&index).then(|| StimulusId::from("drawing")),
            ..first.clone()
        })
        .collect();
    assert_eq!(check_draft(&draft), []);
    let published = publish(&draft, |slot| ItemVersionId::new(slot.id.as_str()));
    assert_eq!(draft_of(&published), draft);
    for seed in 0..50 {
        let moves = Moves::default();
        let plan = plan(&published.content, seed, &moves);
        let order: Vec<_> = plan.counted().collect();
        let ids: String = order
            .iter()
            .map(|slot| slot.id.as_str().trim_start_matches('q'))
            .collect();
        assert!(ids.len() == 8 && ids.contains("247"), "{ids}");
    }
    draft.slots[1].stimulus = Some(StimulusId::from("table"));
    draft.stimuli[0].text = text::Text::default();
    let keys: Vec<_> = check_draft(&draft).iter().map(DraftProblem::key).collect();
    assert_eq!(keys, ["stimulus-without-text", "unknown-stimulus"]);
}

#[test]
fn what_is_not_marked_is_worth_no_points_and_changes_no_score() {
    let mut draft = crate::testing::draft();
    for (id, interaction) in [
        ("i1", Interaction::Information(Information::default())),
        ("i2", Interaction::Likert(samples::likert())),
    ] {
        draft.slots.push(DraftSlot {
            id: SlotId::from(id),
            item: crate::testing::item(interaction),
            points: 0.0,
            stimulus: None,
            placing: Placing::default(),
        });
    }
    assert_eq!(check_draft(&draft), []);
    let mut log = crate::testing::Log::new();
    log.published = publish(&draft, |slot| ItemVersionId::new(slot.id.as_str()));
    assert_eq!(log.published.question_range(), (4, 4));
    log.answer("tab-1", "q1", r#"{"choice":["a"]}"#, 1).unwrap();
    log.answer("tab-1", "i2", r#"{"pairs":{"s1":"no"}}"#, 2).unwrap();
    let refused = log.answer("tab-1", "i1", r#"{"choice":["a"]}"#, 3);
    assert_eq!(refused, Err(Code::ResponseInvalid));
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.maximum, outcome.answered), (1.0, 5.0, 2));
    draft.slots[3].points = 1.0;
    draft.slots[4].points = 1.0;
    draft.slots.drain(..3);
    let keys: Vec<_> = check_draft(&draft).iter().map(DraftProblem::key).collect();
    assert_eq!(keys, ["points-without-marks"; 2]);
    // an attempt at nothing but opinions is worth 0 of 0
    draft.slots.iter_mut().for_each(|slot| slot.points = 0.0);
    let published = publish(&draft, |slot| ItemVersionId::new(slot.id.as_str()));
    let outcome = replay(&published, &log.header, &log.entries, &MarkingPolicy::default()).unwrap();
    assert_eq!((outcome.score, outcome.maximum), (0.0, 0.0));
}

#[test]
fn an_essay_waits_for_its_marker_only() {
    let essay = r#"{"type": "essay", "stem": {"default_language": "vi", "versions": {"vi": "Vì sao?"}}}"#;
    let mut draft = crate::testing::draft();
    draft.slots[0].item = serde_json::from_str(essay).unwrap();
    let mut log = crate::testing::Log::new();
    log.published = publish(&draft, |slot| ItemVersionId::new(slot.id.as_str()));
    let waits = |log: &crate::testing::Log| log.outcome().slots[0].needs_marker;
    assert!(!waits(&log));
    log.answer("tab-1", "q1", r#"{"text":"Vì an toàn."}"#, 1).unwrap();
    assert!(waits(&log) && log.outcome().score == 0.0);
    let state = log.state(&WriterId::server(), 0);
    let slot = SlotId::from("q1");
    let decision = append_by_server(
        &log.header,
        &state,
        EntryKind::MarkerDecision,
        Some(&slot),
        r#"{"fraction":0}"#,
        crate::testing::time(5),
    );
    log.keep(&decision.unwrap());
    assert!(!waits(&log));
}
