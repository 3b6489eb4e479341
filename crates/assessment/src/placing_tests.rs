//! Selecting and placing, type by type: payloads, marks, forms and what is
//! refused.

use crate::samples::{self, matching, missing_words};
use crate::testing::{context, item};
use crate::*;

#[track_caller]
fn mark(interaction: &Interaction, payload: &str) -> ItemMark {
    let item = item(interaction.clone());
    let response = Response::parse(&item, payload, &context()).unwrap();
    score_item(&item, &response, &context())
}

#[track_caller]
fn check(interaction: &Interaction, payload: &str, expected: f64) {
    let mark = mark(interaction, payload);
    assert!((mark.fraction - expected).abs() < 1e-9, "{payload}: {mark:?}");
}

#[track_caller]
fn check_refused(interaction: &Interaction, payload: &str, expected: ResponseProblem) {
    let item = item(interaction.clone());
    assert_eq!(
        Response::parse(&item, payload, &context()),
        Err(expected),
        "{payload}"
    );
}

#[track_caller]
fn check_form(interaction: &Interaction, fields: &[(&str, &str)], expected: &str) {
    let item = item(interaction.clone());
    let payload = payload_from_form(&item, fields);
    let json = |json: &str| serde_json::from_str::<serde_json::Value>(json).ok();
    assert_eq!(json(&payload), json(expected), "{payload}");
}

#[track_caller]
fn check_chance(interaction: &Interaction, expected: Option<f64>) {
    let chance = item(interaction.clone()).chance();
    let close = match (chance, expected) {
        (Some(chance), Some(expected)) => (chance - expected).abs() < 1e-9,
        (chance, expected) => chance == expected,
    };
    assert!(close, "{} {chance:?}", interaction.type_name());
}

fn unknown(id: &str) -> ResponseProblem {
    ResponseProblem::UnknownOption(id.into())
}

fn repeated(id: &str) -> ResponseProblem {
    ResponseProblem::RepeatedOption(id.into())
}

#[test]
fn weights_and_penalties_of_options_add_up() {
    let weighted = samples::weighted().interaction;
    check(&weighted, r#"{"choice":["a","b"]}"#, 1.0);
    check(&weighted, r#"{"choice":["a"]}"#, 0.4);
    check(&weighted, r#"{"choice":["b"]}"#, 0.6);
    check(&weighted, r#"{"choice":["b","c"]}"#, 0.85);
    check(&weighted, r#"{"choice":["a","b","c"]}"#, 1.0);
    check(&weighted, r#"{"choice":["b","d"]}"#, 0.1);
    check(&weighted, r#"{"choice":["b","e"]}"#, 0.4);
    check(&weighted, r#"{"choice":["d","e"]}"#, 0.0);
    check_chance(&weighted, None);
    check_form(
        &weighted,
        &[("a", "on"), ("e", "on"), ("x", "")],
        r#"{"choice":["a","e"]}"#,
    );
    let mut single = crate::testing::single();
    let Interaction::SingleChoice(choice) = &mut single.interaction else {
        panic!();
    };
    choice.options[1].weight = Some(0.5);
    choice.options[2].weight = Some(-1.0);
    check(&single.interaction, r#"{"choice":["b"]}"#, 0.5);
    check(&single.interaction, r#"{"choice":["c"]}"#, 0.0);
    check_chance(&single.interaction, Some(1.5 / 4.0));
    check_form(&single.interaction, &[("", "b")], r#"{"choice":["b"]}"#);
    check_chance(&Interaction::TrueFalse(TrueFalse::new(true)), Some(0.5));
}

#[test]
fn feedback_of_chosen_options_applies() {
    let mut item = crate::testing::multiple(MultipleChoiceScoring::Partial);
    let Interaction::MultipleChoice(choice) = &mut item.interaction else {
        panic!();
    };
    choice.options[0].feedback = text::Text::markdown("vi", "Đúng.");
    choice.options[4].feedback = text::Text::markdown("vi", "Sai.");
    let feedback = |payload| mark(&item.interaction, payload).feedback;
    let option = |id: &str| FeedbackPlace::Option(OptionId::from(id));
    assert_eq!(
        feedback(r#"{"choice":["e","a","b"]}"#),
        [option("a"), option("e")]
    );
    assert_eq!(feedback(r#"{"choice":["b"]}"#), []);
}

#[test]
fn matching_weighs_its_stems() {
    let all = Interaction::Matching(matching());
    check(
        &all,
        r#"{"pairs":{"drill":"hole","tap":"thread","lathe":"round"}}"#,
        1.0,
    );
    check(&all, r#"{"pairs":{"lathe":"round"}}"#, 0.5);
    check(&all, r#"{"pairs":{"lathe":"hole","drill":"hole"}}"#, 0.25);
    check(&all, r#"{"pairs":{"lathe":"flat"}}"#, 0.0);
    check(&all, r#"{"pairs":{}}"#, 0.0);
    assert!(!mark(&all, r#"{"pairs":{}}"#).answered);
    let parts = mark(&all, r#"{"pairs":{"lathe":"round"}}"#).parts;
    let of = |part: &PartMark| (part.part.to_string(), part.fraction, part.weight);
    let parts: Vec<_> = parts.iter().map(of).collect();
    let expected = [("drill", 0.0, 1.0), ("tap", 0.0, 1.0), ("lathe", 1.0, 2.0)];
    assert_eq!(
        parts,
        expected.map(|(id, fraction, weight)| (id.to_owned(), fraction, weight))
    );
    check_chance(&all, Some(0.25));
    check_refused(&all, r#"{"pairs":{"lathe":"turn"}}"#, unknown("turn"));
    check_refused(
        &all,
        r#"{"pairs":{"mill":"hole"}}"#,
        ResponseProblem::UnknownField("mill".into()),
    );
    check_refused(
        &all,
        r#"{"pairs":{"tap":"hole","tap":"thread"}}"#,
        ResponseProblem::RepeatedField("tap".into()),
    );
    for malformed in [
        r#"{"pairs":[]}"#,
        r#"{"choice":["hole"]}"#,
        r#"{"pairs":{"tap":null}}"#,
    ] {
        check_refused(&all, malformed, ResponseProblem::Malformed);
    }
    check_form(
        &all,
        &[("drill", "hole"), ("tap", ""), ("lathe", "flat")],
        r#"{"pairs":{"drill":"hole","lathe":"flat"}}"#,
    );
    let doubled = payload_from_form(&item(all.clone()), &[("tap", "hole"), ("tap", "thread")]);
    check_refused(&all, &doubled, ResponseProblem::RepeatedField("tap".into()));
}

#[test]
fn weights_of_nothing_are_worth_nothing() {
    let mut matching = matching();
    matching.stems.iter_mut().for_each(|stem| stem.weight = 0.0);
    check(
        &Interaction::Matching(matching),
        r#"{"pairs":{"drill":"hole"}}"#,
        0.0,
    );
}

#[test]
fn gaps_take_the_words_of_their_group() {
    let gaps = Interaction::SelectMissingWords(missing_words());
    check(&gaps, r#"{"pairs":{"g1":"less","g2":"more","g3":"clean"}}"#, 1.0);
    check(&gaps, r#"{"pairs":{"g1":"less","g2":"less"}}"#, 1.0 / 3.0);
    check_refused(
        &gaps,
        r#"{"pairs":{"g1":"clean"}}"#,
        ResponseProblem::OptionElsewhere("clean".into()),
    );
    check_chance(&gaps, Some((0.5 + 0.5 + 1.0 / 3.0) / 3.0));
    let wrong = mark(&gaps, r#"{"pairs":{"g1":"less","g3":"wet"}}"#);
    let field = |id: &str| FeedbackPlace::Field(FieldId::from(id));
    assert_eq!(wrong.feedback, [field("g2"), field("g3")]);
    let words = missing_words();
    let shown = |gap: usize| {
        let shown = words.shown_choices(&words.gaps[gap], &context());
        let mut ids: Vec<&str> = shown.iter().map(|choice| choice.id.as_str()).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    assert_eq!(
        (shown(0), shown(2)),
        ("less more".into(), "clean oily wet".into())
    );
}

#[test]
fn labels_serve_once() {
    let labels = Interaction::DragOntoImage(samples::drag_onto_image());
    check(&labels, r#"{"pairs":{"z1":"chuck","z2":"tailstock"}}"#, 1.0);
    check(&labels, r#"{"pairs":{"z1":"tailstock","z2":"carriage"}}"#, 0.0);
    check(&labels, r#"{"pairs":{"z2":"tailstock"}}"#, 0.5);
    check_refused(
        &labels,
        r#"{"pairs":{"z1":"chuck","z2":"chuck"}}"#,
        repeated("chuck"),
    );
    check_form(&labels, &[("z1", "chuck")], r#"{"pairs":{"z1":"chuck"}}"#);
    check_chance(&labels, Some(1.0 / 3.0));
}

#[test]
fn links_have_no_direction() {
    let links = Interaction::Associate(samples::associate());
    check(&links, r#"{"links":[["bolt","nut"],["bearing","shaft"]]}"#, 1.0);
    check(&links, r#"{"links":[["nut","bolt"]]}"#, 0.5);
    check(&links, r#"{"links":[["nut","bolt"],["nut","shaft"]]}"#, 0.25);
    check(&links, r#"{"links":[["nut","shaft"],["bolt","shaft"]]}"#, 0.0);
    check(&links, r#"{"links":[]}"#, 0.0);
    check_refused(
        &links,
        r#"{"links":[["nut","bolt"],["bolt","nut"]]}"#,
        repeated("bolt nut"),
    );
    check_refused(
        &links,
        r#"{"links":[["nut","nut"]]}"#,
        ResponseProblem::OptionElsewhere("nut".into()),
    );
    check_refused(&links, r#"{"links":[["nut","x"]]}"#, unknown("x"));
    check_refused(&links, r#"{"links":[["nut"]]}"#, ResponseProblem::Malformed);
    let four = r#"{"links":[["nut","bolt"],["nut","shaft"],["nut","bearing"],["bolt","shaft"]]}"#;
    check_refused(&links, four, ResponseProblem::TooManyChosen(4));
    check_form(
        &links,
        &[
            ("1.first", "nut"),
            ("1.second", "bolt"),
            ("2.first", "shaft"),
            ("2.second", ""),
        ],
        r#"{"links":[["nut","bolt"]]}"#,
    );
    check_chance(&links, None);
    let free = Associate {
        penalty: 0.0,
        links_at_most: None,
        ..samples::associate()
    };
    check_chance(&Interaction::Associate(free), Some(2.0 / 6.0));
}

#[track_caller]
fn check_order(order: &str, expected: [f64; 6]) {
    use OrderingScoring::{AllOrNothing, LongestRun, LongestUnbrokenRun, Neighbours, Pairs, Position};
    let places: Vec<Option<String>> = order
        .chars()
        .map(|letter| (letter != '-').then(|| letter.to_string()))
        .collect();
    let payload = serde_json::json!({ "order": places }).to_string();
    let scorings = [
        AllOrNothing,
        Position,
        Neighbours,
        Pairs,
        LongestRun,
        LongestUnbrokenRun,
    ];
    for (scoring, expected) in scorings.into_iter().zip(expected) {
        let fraction = mark(&Interaction::Ordering(samples::ordering(scoring)), &payload).fraction;
        assert!(
            (fraction - expected).abs() < 1e-9,
            "{order} {scoring:?} {fraction}"
        );
    }
}

#[test]
fn orders_are_marked_by_their_rule() {
    // all, own place, neighbours, pairs, longest run, longest unbroken run
    check_order("abcde", [1.0; 6]);
    check_order("edcba", [0.0, 0.2, 0.0, 0.0, 0.0, 0.0]);
    check_order("eabcd", [0.0, 0.0, 0.75, 0.6, 0.8, 0.8]);
    check_order("bacde", [0.0, 0.6, 0.5, 0.9, 0.8, 0.6]);
    check_order("acbed", [0.0, 0.2, 0.0, 0.8, 0.6, 0.0]);
    check_order("adbec", [0.0, 0.2, 0.0, 0.7, 0.6, 0.0]);
    check_order("ab", [0.0, 0.4, 0.25, 0.1, 0.4, 0.4]);
    check_order("a-c-e", [0.0, 0.6, 0.0, 0.3, 0.6, 0.0]);
}

#[test]
fn orders_are_read_strictly() {
    let order = Interaction::Ordering(samples::ordering(OrderingScoring::Position));
    check_refused(&order, r#"{"order":["a","a"]}"#, repeated("a"));
    check_refused(&order, r#"{"order":["z"]}"#, unknown("z"));
    check_refused(&order, r#"{"order":"abc"}"#, ResponseProblem::Malformed);
    check_refused(
        &order,
        r#"{"order":[null,"a","b","c","d","e"]}"#,
        ResponseProblem::TooManyChosen(6),
    );
    assert!(!mark(&order, r#"{"order":[null,null]}"#).answered);
    check_form(
        &order,
        &[("2", "a"), ("1", ""), ("3", "c"), ("9", "b")],
        r#"{"order":[null,"a","c",null,null]}"#,
    );
    check_chance(&order, Some(0.2));
    let all = Interaction::Ordering(samples::ordering(OrderingScoring::AllOrNothing));
    check_chance(&all, Some(1.0 / 120.0));
    let graphic = Interaction::GraphicOrder(samples::graphic_order());
    check(&graphic, r#"{"order":["s1","s2","s3"]}"#, 1.0);
    check(&graphic, r#"{"order":["s2","s1","s3"]}"#, 0.0);
}

#[test]
fn passages_cost_what_they_give() {
    let mut hottext = samples::hottext();
    let all = Interaction::Hottext(hottext.clone());
    check(&all, r#"{"choice":["p1","p3"]}"#, 1.0);
    check(&all, r#"{"choice":["p1"]}"#, 0.5);
    check(&all, r#"{"choice":["p1","p2"]}"#, 0.0);
    check(&all, r#"{"choice":["p1","p3","p4"]}"#, 0.5);
    hottext.penalty = Some(0.1);
    hottext.choose_at_most = Some(3);
    let mild = Interaction::Hottext(hottext);
    check(&mild, r#"{"choice":["p1","p2"]}"#, 0.4);
    let four = r#"{"choice":["p1","p2","p3","p4"]}"#;
    check_refused(&mild, four, ResponseProblem::TooManyChosen(4));
    check_refused(&mild, r#"{"choice":["p9"]}"#, unknown("p9"));
    check_form(&mild, &[("p1", "on"), ("p4", "on")], r#"{"choice":["p1","p4"]}"#);
}

fn points(marks: &[(u32, u32)]) -> String {
    let points: Vec<_> = marks
        .iter()
        .map(|(x, y)| serde_json::json!({ "x": x, "y": y }))
        .collect();
    serde_json::json!({ "points": points }).to_string()
}

#[test]
fn marks_hit_regions() {
    let spots = Interaction::MarkSpot(samples::mark_spot());
    check(&spots, &points(&[(50, 50), (110, 110), (210, 210)]), 1.0);
    check(&spots, &points(&[(60, 50), (120, 120)]), 0.5);
    check(&spots, &points(&[(200, 240)]), 0.5);
    check(&spots, &points(&[(210, 210), (0, 0)]), 0.4);
    check(&spots, &points(&[(61, 50), (0, 0)]), 0.0);
    // a second mark in the same region neither helps nor costs
    check(&spots, &points(&[(50, 50), (51, 51)]), 0.25);
    check_refused(&spots, &points(&[(400, 0)]), ResponseProblem::OutOfRange(400.0));
    check_refused(&spots, &points(&[(1, 1), (1, 1)]), repeated("1,1"));
    let six: Vec<(u32, u32)> = (0..6).map(|x| (x, 0)).collect();
    check_refused(&spots, &points(&six), ResponseProblem::TooManyChosen(6));
    for malformed in [
        r#"{"points":[{"x":-1,"y":0}]}"#,
        r#"[[{"x":1,"y":2}]]"#,
        r#"{"points":[{"x":1.5,"y":0}]}"#,
    ] {
        check_refused(&spots, malformed, ResponseProblem::Malformed);
    }
    check_form(
        &spots,
        &[
            ("1.x", "5"),
            ("1.y", " 6"),
            ("2.x", ""),
            ("2.y", ""),
            ("add.x", "7"),
            ("add.y", "8"),
        ],
        &points(&[(5, 6), (7, 8)]),
    );
    let half = payload_from_form(&item(spots.clone()), &[("1.x", "5"), ("1.y", "")]);
    check_refused(&spots, &half, ResponseProblem::Malformed);
}

#[test]
fn marks_in_overlapping_regions_serve_as_many_as_they_can() {
    let mut spots = samples::mark_spot();
    spots.regions.truncate(2);
    let circle = |x, radius| Region::Circle { x, y: 50, radius };
    spots.regions[0].region = circle(50, 40);
    spots.regions[1].region = circle(60, 10);
    spots.regions[1].weight = 3.0;
    let spots = Interaction::MarkSpot(spots);
    // both marks lie in the large one, one of them in the small one too
    check(&spots, &points(&[(60, 50), (30, 50)]), 1.0);
    check(&spots, &points(&[(30, 50), (60, 50)]), 1.0);
    check(&spots, &points(&[(60, 50)]), 0.75);
    check(&spots, &points(&[(30, 50)]), 0.25);
}

#[test]
fn sliders_take_their_steps() {
    let slider = Interaction::Slider(samples::slider());
    for (value, expected) in [
        ("2.5", 1.0),
        ("2.4", 1.0),
        ("2.6", 1.0),
        ("2.3", 0.0),
        ("2.7", 0.0),
        ("0", 0.0),
        ("10", 0.0),
    ] {
        check(&slider, &format!(r#"{{"value":{value}}}"#), expected);
    }
    for value in [-0.1, 10.1, 2.55, 1e300] {
        let payload = format!(r#"{{"value":{value}}}"#);
        check_refused(&slider, &payload, ResponseProblem::OutOfRange(value));
    }
    for malformed in [r#"{"value":"2.5"}"#, r#"{"value":null}"#, r#"{"value":1e999}"#] {
        check_refused(&slider, malformed, ResponseProblem::Malformed);
    }
    check_form(&slider, &[("", "2,5")], r#"{"value":2.5}"#);
    let typed = payload_from_form(&item(slider.clone()), &[("", "hai")]);
    check_refused(&slider, &typed, ResponseProblem::Malformed);
    assert_eq!(payload_from_form(&item(slider.clone()), &[("", " ")]), "");
    check_chance(&slider, Some(3.0 / 101.0));
    let uneven = Interaction::Slider(Slider {
        step: 4.0,
        right: 10.0,
        tolerance: 0.0,
        ..samples::slider()
    });
    check(&uneven, r#"{"value":10}"#, 1.0);
    check_chance(&uneven, Some(0.25));
}

#[test]
fn matrices_are_marked_by_row() {
    let one = Interaction::Matrix(samples::matrix(false, RowScoring::AllOrNothing));
    check(
        &one,
        r#"{"cells":{"steel":["magnetic"],"copper":["conducting"]}}"#,
        1.0,
    );
    check(&one, r#"{"cells":{"copper":["conducting"]}}"#, 0.75);
    check(&one, r#"{"cells":{"copper":["wooden"],"steel":[]}}"#, 0.0);
    let two = r#"{"cells":{"steel":["magnetic","wooden"]}}"#;
    check_refused(&one, two, ResponseProblem::TooManyChosen(2));
    check_chance(&one, Some(1.0 / 3.0));
    check_form(
        &one,
        &[("steel", "magnetic"), ("copper", "")],
        r#"{"cells":{"steel":["magnetic"]}}"#,
    );
    let exact = Interaction::Matrix(samples::matrix(true, RowScoring::AllOrNothing));
    check(
        &exact,
        r#"{"cells":{"steel":["magnetic"],"copper":["conducting"]}}"#,
        0.75,
    );
    let partial = Interaction::Matrix(samples::matrix(true, RowScoring::Partial));
    check(&partial, r#"{"cells":{"steel":["magnetic"]}}"#, 0.125);
    check(&partial, r#"{"cells":{"steel":["magnetic","wooden"]}}"#, 0.0);
    check(&partial, r#"{"cells":{"steel":["conducting","magnetic"]}}"#, 0.25);
    check_refused(
        &partial,
        r#"{"cells":{"steel":["wooden","wooden"]}}"#,
        repeated("wooden"),
    );
    check_refused(&partial, r#"{"cells":{"steel":["x"]}}"#, unknown("x"));
    check_refused(
        &partial,
        r#"{"cells":{"steel":[],"steel":[]}}"#,
        ResponseProblem::RepeatedField("steel".into()),
    );
    check_chance(&partial, None);
    check_form(
        &partial,
        &[("steel/magnetic", "on"), ("steel/wooden", "on")],
        r#"{"cells":{"steel":["magnetic","wooden"]}}"#,
    );
}

#[test]
fn opinions_are_worth_nothing() {
    let likert = Interaction::Likert(samples::likert());
    let answered = mark(&likert, r#"{"pairs":{"s1":"yes"}}"#);
    assert!(answered.answered && answered.fraction == 0.0);
    check_refused(&likert, r#"{"pairs":{"s1":"maybe"}}"#, unknown("maybe"));
    check_form(&likert, &[("s2", "no")], r#"{"pairs":{"s2":"no"}}"#);
    let asked = item(likert);
    assert!(asked.is_question() && !asked.is_marked());
}

#[test]
fn information_takes_no_answer() {
    let information = Interaction::Information(Information::default());
    check_refused(&information, "{}", ResponseProblem::NotAnswerable);
    assert_eq!(payload_from_form(&item(information.clone()), &[("", "x")]), "");
    let block = item(information);
    assert!(!block.is_question() && !block.is_marked());
}

/// On its way through a closed list the keyboard chooses what is chosen elsewhere:
/// nothing is refused then, and what was chosen first stays.
#[test]
fn a_form_halfway_is_read_without_what_it_says_twice() {
    let order = Interaction::Ordering(samples::ordering(OrderingScoring::Position));
    let ids: Vec<String> = match &order {
        Interaction::Ordering(ordering) => ordering.pieces.iter().map(|piece| piece.id.to_string()).collect(),
        _ => Vec::new(),
    };
    let (first, second) = (ids[0].as_str(), ids[1].as_str());
    let expected = serde_json::json!({ "order": [first, null, second] });
    let payload = payload_from_form(&item(order), &[("1", first), ("2", first), ("3", second)]);
    let mut read: serde_json::Value = serde_json::from_str(&payload).unwrap();
    read["order"].as_array_mut().unwrap().truncate(3);
    assert_eq!(read, expected);

    let links = Interaction::Associate(samples::associate());
    let form = [
        ("1.first", "nut"),
        ("1.second", "nut"),
        ("2.first", "bolt"),
        ("2.second", "nut"),
        ("3.first", "nut"),
        ("3.second", "bolt"),
    ];
    check_form(&links, &form, r#"{"links":[["bolt","nut"]]}"#);
}
