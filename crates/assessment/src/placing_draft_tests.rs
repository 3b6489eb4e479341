//! What keeps a selecting or placing question from being published, by key and
//! place.

use text::Text;

use crate::samples;
use crate::testing::item;
use crate::*;

type Found = (&'static str, Option<(&'static str, usize)>);

#[track_caller]
fn check_interaction(interaction: Interaction, expected: &[Found]) {
    let mut draft = crate::testing::draft();
    draft.slots.truncate(1);
    draft.slots[0].item = item(interaction);
    if !draft.slots[0].item.is_marked() {
        draft.slots[0].points = 0.0;
    }
    let problems = check_draft(&draft);
    let place = |problem: &DraftProblem| problem.place.map(|place| (place.list, place.index));
    let found: Vec<Found> = problems
        .iter()
        .map(|problem| (problem.key(), place(problem)))
        .collect();
    assert_eq!(found, expected);
}

macro_rules! checks {
    ($name:ident, $variant:ident, $sample:expr) => {
        #[track_caller]
        fn $name(change: impl FnOnce(&mut $variant), expected: &[Found]) {
            let mut sample = $sample;
            change(&mut sample);
            check_interaction(Interaction::$variant(sample), expected);
        }
    };
}

checks!(check_matching, Matching, samples::matching());
checks!(check_words, SelectMissingWords, samples::missing_words());
checks!(check_hottext, Hottext, samples::hottext());
checks!(check_image, DragOntoImage, samples::drag_onto_image());
checks!(check_spots, MarkSpot, samples::mark_spot());
checks!(check_graphic, GraphicOrder, samples::graphic_order());
checks!(check_slider, Slider, samples::slider());
checks!(check_matrix, Matrix, samples::matrix(true, RowScoring::Partial));
checks!(check_likert, Likert, samples::likert());
checks!(check_links, Associate, samples::associate());
checks!(
    check_order,
    Ordering,
    samples::ordering(OrderingScoring::Position)
);

#[test]
fn the_samples_are_right() {
    for sample in samples::all() {
        check_interaction(sample.interaction, &[]);
    }
}

#[test]
fn weights_of_options_are_checked() {
    let change = |change: fn(&mut MultipleChoice)| {
        let Interaction::MultipleChoice(mut choice) = samples::weighted().interaction else {
            panic!();
        };
        change(&mut choice);
        Interaction::MultipleChoice(choice)
    };
    let out = ("weight-out-of-range", Some(("options", 1)));
    check_interaction(change(|choice| choice.options[1].weight = Some(1.5)), &[out]);
    check_interaction(
        change(|choice| choice.options[1].weight = Some(f64::NAN)),
        &[
            out,
            ("weight-out-of-range", Some(("options", 1))),
            ("weights-below-full-mark", None),
        ],
    );
    check_interaction(
        change(|choice| choice.options[0].weight = Some(0.1)),
        &[("weights-below-full-mark", None)],
    );
    check_interaction(
        change(|choice| choice.penalty = 1.1),
        &[("penalty-out-of-range", None)],
    );
}

#[test]
fn places_and_pieces_are_checked() {
    check_matching(
        |matching| matching.stems[1].right = OptionId::from("gone"),
        &[("right-choice-missing", Some(("stems", 1)))],
    );
    check_matching(
        |matching| matching.stems[1].text = Text::markdown("vi", " "),
        &[("place-without-text", Some(("stems", 1)))],
    );
    check_matching(
        |matching| matching.stems[2].id = FieldId::from("tap"),
        &[("duplicate-id", Some(("stems", 2)))],
    );
    check_matching(
        |matching| matching.stems[2].weight = -1.0,
        &[("weight-out-of-range", Some(("stems", 2)))],
    );
    check_matching(|matching| matching.stems.clear(), &[("too-few-places", None)]);
    // the same words in the other way of writing their letters
    check_matching(
        |matching| matching.choices[3].text = Text::markdown("vi", "Lo\u{302}\u{303} tr\u{1a1}n"),
        &[("same-text", Some(("choices", 3)))],
    );
    check_matching(
        |matching| matching.choices[3].text = Text::default(),
        &[("option-without-text", Some(("choices", 3)))],
    );
    check_image(
        |image| image.zones[1].right = OptionId::from("chuck"),
        &[("choice-right-twice", Some(("zones", 1)))],
    );
    check_links(
        |links| links.right[1].pair = (OptionId::from("bolt"), OptionId::from("nut")),
        &[("choice-right-twice", Some(("right", 1)))],
    );
    check_links(
        |links| links.right[0].pair.1 = OptionId::from("nut"),
        &[("right-choice-missing", Some(("right", 0)))],
    );
    check_links(|links| links.links_at_most = Some(1), &[("limit-too-low", None)]);
    check_order(|order| order.pieces.truncate(1), &[("too-few-options", None)]);
    check_matrix(
        |matrix| matrix.rows[0].right.clear(),
        &[("right-choice-missing", Some(("rows", 0)))],
    );
    check_likert(|likert| likert.statements.clear(), &[("too-few-places", None)]);
    check_likert(
        |likert| likert.scale[1].id = OptionId::from("không"),
        &[("bad-id", Some(("scale", 1)))],
    );
}

#[test]
fn each_language_has_each_gap_once() {
    check_words(
        |words| words.text = Text::markdown("vi", "[[g1]] [[g2]] [[g2]]"),
        &[
            ("gap-not-once-in-text", Some(("gaps", 1))),
            ("gap-not-once-in-text", Some(("gaps", 2))),
        ],
    );
    check_words(
        |words| {
            let german = text::Source::markdown("[[g1]] [[g2]] [[g3]] [[g4]]");
            words.text.versions.insert("de".to_owned(), german);
        },
        &[("unknown-gap-in-text", None)],
    );
    check_hottext(
        |hottext| {
            let bare = text::Source::markdown("[[p1:a]] [[p2]] [[p3:c]] [[p4:d]]");
            hottext.text.versions.insert("de".to_owned(), bare);
        },
        &[("gap-not-once-in-text", Some(("passages", 1)))],
    );
    check_hottext(
        |hottext| hottext.penalty = Some(-0.1),
        &[("penalty-out-of-range", None)],
    );
    check_hottext(
        |hottext| hottext.choose_at_most = Some(1),
        &[("limit-too-low", None)],
    );
}

#[test]
fn a_text_with_gaps_needs_no_stem() {
    let mut draft = crate::testing::draft();
    draft.slots.truncate(1);
    draft.slots[0].item = item(Interaction::SelectMissingWords(samples::missing_words()));
    draft.slots[0].item.stem = Text::default();
    assert_eq!(check_draft(&draft), []);
    draft.slots[0].item.result_feedback.wrong = Text::markdown("vi", "![x](https://example.org/x.png)");
    let keys: Vec<_> = check_draft(&draft).iter().map(DraftProblem::key).collect();
    assert_eq!(keys, ["hidden-picture"]);
}

#[test]
fn pictures_are_checked() {
    for hash in ["", "../../secret", &"g".repeat(64), &"a".repeat(63)] {
        check_graphic(
            |order| order.picture.hash = hash.to_owned(),
            &[("picture-missing", Some(("picture", 0)))],
        );
    }
    check_graphic(
        |order| order.picture.alternative = Text::default(),
        &[("picture-without-alternative", Some(("picture", 0)))],
    );
    check_graphic(
        |order| order.spots[2].at.x = 400,
        &[("outside-picture", Some(("spots", 2)))],
    );
    check_image(
        |image| {
            image.zones[0].region = Region::Rectangle {
                x: 0,
                y: 0,
                width: 0,
                height: 5,
            };
        },
        &[("outside-picture", Some(("zones", 0)))],
    );
    check_spots(|spots| spots.marks_at_most = Some(2), &[("limit-too-low", None)]);
    check_spots(
        |spots| spots.marks_at_most = Some(61),
        &[("too-many-places", None)],
    );
    check_spots(
        |spots| spots.picture.width = 20_000,
        &[("picture-missing", Some(("picture", 0)))],
    );
}

#[test]
fn scales_are_checked() {
    check_slider(|slider| slider.right = 11.0, &[("right-value-off-scale", None)]);
    check_slider(
        |slider| {
            slider.right = 2.55;
            slider.tolerance = 0.0;
        },
        &[("right-value-off-scale", None)],
    );
    check_slider(
        |slider| slider.tolerance = -0.1,
        &[("tolerance-below-zero", None)],
    );
    for step in [0.0, -1.0, f64::NAN, f64::INFINITY, 20.0, 1e-9] {
        check_slider(|slider| slider.step = step, &[("scale-invalid", None)]);
    }
    check_slider(|slider| slider.maximum = -1.0, &[("scale-invalid", None)]);
}
