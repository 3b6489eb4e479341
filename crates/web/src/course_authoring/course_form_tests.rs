//! A course's form says what becomes of it; what it does not say stays.

use super::*;

fn content() -> CourseContent {
    let lesson = |key: &str| {
        Step::Lesson(Lesson {
            key: Key::from(key),
            title: Text::markdown("vi", key),
            ..Lesson::default()
        })
    };
    let unit = |key: &str, steps: &[&str]| Unit {
        key: Key::from(key),
        title: Text::markdown("vi", key),
        steps: steps.iter().map(|key| lesson(key)).collect(),
        ..Unit::default()
    };
    CourseContent {
        title: Text::markdown("vi", "An toàn"),
        units: vec![unit("a", &["a1", "a2"]), unit("b", &["b1"])],
        ..CourseContent::default()
    }
}

fn outline(content: &CourseContent) -> String {
    let unit = |unit: &Unit| {
        let steps: Vec<&str> = unit.steps.iter().map(|step| step.key().as_str()).collect();
        format!("{}: {}", unit.key, steps.join(" "))
    };
    content.units.iter().map(unit).collect::<Vec<_>>().join("; ")
}

fn pairs(fields: &[(&str, &str)]) -> Pairs {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Pairs(fields.iter().map(own).collect())
}

#[test]
fn nothing_sent_changes_nothing() {
    let mut changed = content();
    apply(&pairs(&[]), &mut changed, true);
    assert_eq!(changed, content());
}

#[test]
fn buttons_move_and_remove() {
    #[track_caller]
    fn check(button: &str, expected: &str) {
        let mut content = content();
        press(&CourseButton::parse(button), &mut content);
        assert_eq!(outline(&content), expected, "{button}");
    }
    let same = "a: a1 a2; b: b1";
    check("unit:b:up", "b: b1; a: a1 a2");
    check("unit:b:down", same);
    check("unit:a:remove", "b: b1");
    check("step:a2:up", "a: a2 a1; b: b1");
    check("step:a2:down", "a: a1; b: a2 b1");
    check("step:b1:up", "a: a1 a2 b1; b: ");
    check("step:b1:down", same);
    check("step:a1:remove", "a: a2; b: b1");
    check("step:x:up", same);
    check("step:a1:fly", same);
    check("", same);
}

#[test]
fn dragged_steps_and_units_stand_as_the_fields_say() {
    #[track_caller]
    fn check(fields: &[(&str, &str)], expected: &str) {
        let mut content = content();
        apply(&pairs(fields), &mut content, false);
        assert_eq!(outline(&content), expected, "{fields:?}");
    }
    check(&[("units", "b a")], "b: b1; a: a1 a2");
    check(
        &[("unit_a_steps", "a2 a1"), ("unit_b_steps", "b1")],
        "a: a2 a1; b: b1",
    );
    check(
        &[("unit_a_steps", "a1"), ("unit_b_steps", "a2 b1")],
        "a: a1; b: a2 b1",
    );
    // what the form does not know stays where it is
    check(
        &[("unit_a_steps", ""), ("unit_b_steps", "b1 a1")],
        "a: a2; b: b1 a1",
    );
    check(&[("unit_a_steps", "x x a2")], "a: a2 a1; b: b1");
}

#[test]
fn new_things_come_with_a_whole_save_only() {
    let typed = pairs(&[
        ("new_unit", "Phần mới"),
        ("unit_a_new_lesson", "b1"),
        ("new_term_word_de", "Futter"),
    ]);
    let mut half = content();
    apply(&typed, &mut half, false);
    assert_eq!(half, content());
    let mut whole = content();
    apply(&typed, &mut whole, true);
    assert_eq!(outline(&whole), "a: a1 a2 b1-2; b: b1; phan-moi: ");
    assert_eq!(whole.glossary[0].key.as_str(), "futter");
}

#[test]
fn an_unknown_language_is_not_taken() {
    let mut changed = content();
    apply(
        &pairs(&[("original", "fr"), ("title_fr", "Sécurité")]),
        &mut changed,
        true,
    );
    assert_eq!(changed, content());
}
