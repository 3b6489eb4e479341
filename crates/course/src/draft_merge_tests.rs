//! Two authors' drafts become one, or a choice.

use std::collections::BTreeMap;

use text::{Source, Text};

use crate::content::{CompetencyTag, CourseContent, Lesson, LessonCompletion, Licence, Step, Unit};
use crate::draft_merge::{Choice, Merged, Side, merge_drafts};
use crate::key::Key;
use crate::testing::{assessment_step, course, lesson, plain_lesson, true_false, unit};

fn base() -> CourseContent {
    let mut first = plain_lesson("kinh");
    first.checks = vec![true_false("c1")];
    first.body = first.body.with("de", Source::markdown("Brille tragen."));
    course(vec![
        unit("may", vec![Step::Lesson(first), lesson("tay")]),
        unit("chay", vec![assessment_step("thu"), lesson("khoi")]),
    ])
}

fn lesson_of<'a>(content: &'a mut CourseContent, key: &str) -> &'a mut Lesson {
    let steps = content.units.iter_mut().flat_map(|unit| &mut unit.steps);
    let lessons = steps.filter_map(|step| match step {
        Step::Lesson(lesson) => Some(lesson),
        Step::Assessment(_) => None,
    });
    lessons
        .into_iter()
        .find(|lesson| lesson.key.as_str() == key)
        .unwrap()
}

fn say(content: &mut CourseContent, key: &str, language: &str, words: &str) {
    lesson_of(content, key)
        .body
        .rewrite(language, "vi", words.to_owned());
}

fn merged(mine: impl Fn(&mut CourseContent), theirs: impl Fn(&mut CourseContent)) -> Merged {
    let (mut own, mut other) = (base(), base());
    mine(&mut own);
    theirs(&mut other);
    merge_drafts(Some(&base()), &own, &other, &BTreeMap::new()).unwrap()
}

/// Both are kept: the one's change after the other's is the same as both together.
#[track_caller]
fn both(mine: impl Fn(&mut CourseContent), theirs: impl Fn(&mut CourseContent)) {
    let mut expected = base();
    theirs(&mut expected);
    mine(&mut expected);
    let merged = merged(mine, theirs);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.content, expected);
}

#[test]
fn what_only_one_changed_is_kept() {
    both(
        |c| say(c, "kinh", "vi", "Của tôi."),
        |c| say(c, "tay", "vi", "Của họ."),
    );
    both(
        |c| say(c, "kinh", "vi", "Của tôi."),
        |c| say(c, "kinh", "de", "Von ihnen."),
    );
    both(
        |c| say(c, "kinh", "vi", "Của tôi."),
        |c| lesson_of(c, "kinh").minutes = 9,
    );
    both(
        |c| say(c, "kinh", "vi", "Của tôi."),
        |c| lesson_of(c, "kinh").checks.clear(),
    );
    both(
        |c| lesson_of(c, "kinh").checks.push(true_false("c2")),
        |c| lesson_of(c, "tay").checks = vec![true_false("c1"), true_false("c3")],
    );
    both(
        |c| c.is_closed = true,
        |c| c.title = Text::markdown("vi", "Tên khác"),
    );
    both(|c| c.units.reverse(), |c| say(c, "khoi", "vi", "Của họ."));
    both(|_| {}, |c| c.units.reverse());
    both(
        |c| c.units.push(unit("moi", Vec::new())),
        |c| {
            c.units.remove(0);
        },
    );
}

fn tag(code: &str) -> CompetencyTag {
    CompetencyTag {
        framework: "digcomp-2.2".to_owned(),
        code: code.to_owned(),
    }
}

#[test]
fn competencies_are_chosen_one_by_one() {
    let check = |base: &[&str], mine: &[&str], theirs: &[&str], expected: &[&str]| {
        let tagged = |codes: &[&str]| {
            let mut content = self::base();
            lesson_of(&mut content, "kinh").competencies = codes.iter().map(|code| tag(code)).collect();
            content
        };
        let nothing = BTreeMap::new();
        let merged = merge_drafts(Some(&tagged(base)), &tagged(mine), &tagged(theirs), &nothing).unwrap();
        assert_eq!(merged.conflicts, [], "{mine:?} and {theirs:?}");
        assert_eq!(merged.content, tagged(expected), "{mine:?} and {theirs:?}");
    };
    check(&[], &["4.1"], &["4.3"], &["4.1", "4.3"]);
    check(&["4.1"], &["4.1", "1/2"], &[], &["1/2"]);
    check(&["4.1"], &[], &["4.1", "4.3"], &["4.3"]);
    check(&["4.1"], &[], &[], &[]);
}

#[test]
fn words_that_are_chosen_anew_for_a_licence_are_kept() {
    let licensed = |holder: &str| {
        let mut content = base();
        content.licence = Some(Licence {
            identifier: "CC-BY-4.0".to_owned(),
            holder: holder.to_owned(),
            source: None,
        });
        content
    };
    let choices = BTreeMap::from([(
        "licence/holder".to_owned(),
        Choice::Edited("Trường A và Trường B".to_owned()),
    )]);
    let merged = merge_drafts(
        Some(&licensed("Trường")),
        &licensed("Trường A"),
        &licensed("Trường B"),
        &choices,
    );
    assert_eq!(merged.unwrap().content, licensed("Trường A và Trường B"));
}

#[test]
fn a_moved_lesson_is_the_same_lesson() {
    both(
        |c| {
            let step = c.units[0].steps.remove(0);
            c.units[1].steps.push(step);
        },
        |c| say(c, "kinh", "vi", "Của họ."),
    );
    // a lesson that came into a unit which the other took away is not lost
    let found = merged(
        |c| {
            let gone = c.units.remove(1);
            c.units[0].steps.extend(gone.steps);
        },
        |c| say(c, "khoi", "vi", "Của họ."),
    );
    assert_eq!(found.conflicts, []);
    assert_eq!(found.content.steps().count(), 4);
}

#[test]
fn both_add_to_one_list() {
    let found = merged(
        |c| c.units[0].steps.insert(1, lesson("moi-1")),
        |c| c.units[0].steps.push(lesson("moi-2")),
    );
    let keys: Vec<&str> = found.content.units[0]
        .steps
        .iter()
        .map(|step| step.key().as_str())
        .collect();
    assert_eq!(keys, ["kinh", "moi-1", "tay", "moi-2"]);
    assert_eq!(found.conflicts, []);
}

/// One conflict at that path, and what the lesson's words are for each choice.
#[track_caller]
fn conflict(
    mine: impl Fn(&mut CourseContent) + Copy,
    theirs: impl Fn(&mut CourseContent) + Copy,
    path: &str,
    sides: (Side, Side),
) {
    let found = merged(mine, theirs);
    let [conflict] = found.conflicts.as_slice() else {
        panic!("{:?}", found.conflicts);
    };
    assert_eq!(conflict.at.path, path);
    assert_eq!((conflict.mine.clone(), conflict.theirs.clone()), sides);
    let (mut own, mut other) = (base(), base());
    mine(&mut own);
    theirs(&mut other);
    for (choice, expected) in [(Choice::Mine, &own), (Choice::Theirs, &other)] {
        let choices = BTreeMap::from([(path.to_owned(), choice)]);
        let chosen = merge_drafts(Some(&base()), &own, &other, &choices).unwrap();
        assert_eq!(chosen.conflicts, []);
        assert_eq!(&chosen.content, expected);
    }
}

fn words(words: &str) -> Side {
    Side::Words(words.to_owned())
}

#[test]
fn what_both_changed_is_a_choice() {
    conflict(
        |c| say(c, "kinh", "vi", "Của tôi."),
        |c| say(c, "kinh", "vi", "Của họ."),
        "steps/kinh/body/versions/vi",
        (words("Của tôi."), words("Của họ.")),
    );
    conflict(
        |c| say(c, "kinh", "vi", ""),
        |c| say(c, "kinh", "vi", "Của họ."),
        "steps/kinh/body/versions/vi",
        (Side::Gone, words("Của họ.")),
    );
    conflict(
        |c| lesson_of(c, "kinh").completion = LessonCompletion::Passed { percent: 60 },
        |c| lesson_of(c, "kinh").completion = LessonCompletion::Watched,
        "steps/kinh/completion",
        (Side::Set, Side::Set),
    );
    conflict(
        |c| lesson_of(c, "kinh").minutes = 1,
        |c| lesson_of(c, "kinh").minutes = 2,
        "steps/kinh/minutes",
        (Side::Set, Side::Set),
    );
}

#[test]
fn a_lesson_that_one_removed_and_the_other_wrote_is_a_choice() {
    let remove = |c: &mut CourseContent| {
        c.units[0].steps.remove(1);
    };
    let write = |c: &mut CourseContent| say(c, "tay", "vi", "Của họ.");
    let found = merged(remove, write);
    assert_eq!(found.conflicts[0].at.path, "steps/tay");
    assert_eq!(
        (&found.conflicts[0].mine, &found.conflicts[0].theirs),
        (&Side::Gone, &Side::Set)
    );
    assert!(
        found.content.step(&Key::from("tay")).is_some(),
        "not lost before somebody chose"
    );
    let (mut own, mut other) = (base(), base());
    remove(&mut own);
    write(&mut other);
    let chosen = |choice| {
        let choices = BTreeMap::from([("steps/tay".to_owned(), choice)]);
        merge_drafts(Some(&base()), &own, &other, &choices)
            .unwrap()
            .content
    };
    assert!(chosen(Choice::Mine).step(&Key::from("tay")).is_none());
    let mut kept = chosen(Choice::Theirs);
    assert_eq!(lesson_of(&mut kept, "tay").body, Text::markdown("vi", "Của họ."));
}

#[test]
fn a_choice_can_be_other_words() {
    let (mut own, mut other) = (base(), base());
    say(&mut own, "kinh", "vi", "Của tôi.");
    say(&mut other, "kinh", "vi", "Của họ.");
    let edited = Choice::Edited("Của cả hai.".to_owned());
    let choices = BTreeMap::from([("steps/kinh/body/versions/vi".to_owned(), edited)]);
    let mut chosen = merge_drafts(Some(&base()), &own, &other, &choices)
        .unwrap()
        .content;
    assert_eq!(
        lesson_of(&mut chosen, "kinh")
            .body
            .in_language("vi")
            .unwrap()
            .1
            .source,
        "Của cả hai."
    );
}

#[test]
fn without_a_base_nothing_is_lost() {
    let (mut own, mut other) = (base(), base());
    say(&mut own, "kinh", "vi", "Của tôi.");
    own.units.push(unit("moi", vec![lesson("cua-toi")]));
    other.units[0].steps.push(lesson("cua-ho"));
    let found = merge_drafts(None, &own, &other, &BTreeMap::new()).unwrap();
    assert_eq!(found.conflicts.len(), 1, "{:?}", found.conflicts);
    for key in ["cua-toi", "cua-ho"] {
        assert!(found.content.step(&Key::from(key)).is_some(), "{key}");
    }
}

#[test]
fn what_has_no_keys_of_its_own_is_one_part() {
    let mut twice = base();
    twice.units.push(Unit {
        key: Key::from("may"),
        ..Unit::default()
    });
    let found = merge_drafts(Some(&base()), &twice, &base(), &BTreeMap::new()).unwrap();
    assert_eq!(found.content, twice);
}
