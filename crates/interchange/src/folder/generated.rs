//! Generated courses with their folders' files, as awkward as authors can make them.

use std::collections::BTreeMap;

use assessment::{
    Choice, ChoiceOption, Draft, DraftSlot, Interaction, Item, Ordering, OrderingScoring, Piece, Rules,
    TrueFalse,
};
use course::{
    AssessmentCompletion, AssessmentStep, Check, CompetencyTag, CourseContent, FileKind, FileNotice, Key,
    LANGUAGES, Lesson, LessonCompletion, Licence, Order, Reflection, Step, Term, Unit, UnitCompletion,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use text::{Format, Source, Text};

use super::CourseFolder;
use super::media_names::hash;

/// Files of a course by name; two have one content, one is empty.
const MEDIA: &[(&str, &[u8])] = &[
    ("lathe.png", b"lathe"),
    ("lathe-2.png", b"lathe"),
    ("Ton.MP3", b"ton"),
    ("guard.vi.vtt", b""),
];

/// Pieces of which words are made.
const PIECES: &[&str] = &[
    "Đeo kính",
    "+++",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\"",
    "\"\"\"",
    "'''",
    "\\",
    "\t",
    " ",
    "#",
    "=",
    "[x]",
    "]]>",
    "{{check a}}",
    "{{file ",
    "](",
    "./",
    "media/",
    "media/lathe.png",
    "MEDIUM",
    "![a](MEDIUM)",
    "[[term|từ]]",
    ":::steps",
    "<b>",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "\u{2028}",
    "😀",
    "e\u{301}",
];

/// A course with everything that a folder holds.
pub(super) fn folder() -> impl Strategy<Value = CourseFolder> {
    let media = vec(any::<bool>(), MEDIA.len());
    (key(), content(), media, vec(draft(), 12)).prop_map(|(key, content, kept, drafts)| {
        let content = named(content).tidied();
        let steps = content.steps().filter_map(Step::as_assessment);
        let assessments = steps
            .map(|step| step.key.clone())
            .zip(drafts.into_iter().cycle())
            .collect();
        let media = MEDIA.iter().zip(kept).filter(|(_, kept)| *kept);
        let media = media.map(|((name, bytes), _)| ((*name).to_owned(), bytes.to_vec()));
        CourseFolder {
            key,
            content,
            assessments,
            media: media.collect(),
        }
    })
}

fn content() -> impl Strategy<Value = CourseContent> {
    let order = select(vec![Order::Free, Order::InSequence, Order::AfterPassing]);
    let frame = (text(), text(), option::of(licence()), any::<bool>(), order);
    let lists = (vec(unit(), 0..3), vec(term(), 0..3), vec(competency(), 0..2));
    let language = select(LANGUAGES);
    (frame, lists, language).prop_map(|(frame, (units, glossary, competencies), language)| {
        let (mut title, summary, licence, is_closed, order) = frame;
        title.default_language = language.to_owned();
        CourseContent {
            title,
            summary,
            licence,
            is_closed,
            order,
            units,
            glossary,
            competencies,
        }
    })
}

/// Makes keys unique and lets units and steps require what comes before them.
fn named(mut content: CourseContent) -> CourseContent {
    let mut before: Vec<Key> = Vec::new();
    let mut number = 0;
    let mut next = |key: &mut Key| {
        number += 1;
        *key = Key::new(format!("{key}-{number}"));
    };
    content.glossary.iter_mut().for_each(|term| next(&mut term.key));
    for unit in &mut content.units {
        next(&mut unit.key);
        unit.requires.extend(before.first().cloned());
        for step in &mut unit.steps {
            match step {
                Step::Lesson(lesson) => {
                    next(&mut lesson.key);
                    lesson.requires.extend(before.last().cloned());
                    lesson.checks.iter_mut().for_each(|check| next(&mut check.key));
                    let reflections = lesson.reflections.iter_mut();
                    reflections.for_each(|reflection| next(&mut reflection.key));
                }
                Step::Assessment(step) => {
                    next(&mut step.key);
                    step.assessment = step.key.to_string();
                    step.requires.extend(before.last().cloned());
                }
            }
            before.push(step.key().clone());
        }
        before.push(unit.key.clone());
    }
    content
}

fn unit() -> impl Strategy<Value = Unit> {
    let completion = prop_oneof![
        Just(UnitCompletion::All),
        (0..200_u32).prop_map(|percent| UnitCompletion::Share { percent })
    ];
    (key(), text(), text(), requires(), completion, vec(step(), 0..4)).prop_map(
        |(key, title, summary, requires, completion, steps)| Unit {
            key,
            title,
            summary,
            requires,
            completion,
            steps,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![3 => lesson().prop_map(Step::Lesson), 1 => assessment_step().prop_map(Step::Assessment)]
}

fn lesson() -> impl Strategy<Value = Lesson> {
    let completion = prop_oneof![
        Just(LessonCompletion::Read),
        Just(LessonCompletion::Watched),
        (0..101_u32).prop_map(|percent| LessonCompletion::Passed { percent })
    ];
    let frame = (
        key(),
        text(),
        0..40_u32,
        text(),
        option::of(licence()),
        requires(),
        completion,
    );
    let lists = (
        vec(file(), 0..3),
        vec(check(), 0..3),
        vec(reflection(), 0..3),
        vec(competency(), 0..2),
    );
    (frame, lists).prop_map(|(frame, lists)| {
        let (key, title, minutes, body, licence, requires, completion) = frame;
        let (files, checks, reflections, competencies) = lists;
        Lesson {
            key,
            title,
            minutes,
            body,
            licence,
            files,
            checks,
            reflections,
            requires,
            completion,
            competencies,
        }
    })
}

fn assessment_step() -> impl Strategy<Value = AssessmentStep> {
    let completion = prop_oneof![
        Just(AssessmentCompletion::Submitted),
        (0..101_u32).prop_map(|percent| AssessmentCompletion::Passed { percent })
    ];
    (key(), text(), requires(), completion, vec(competency(), 0..2)).prop_map(
        |(key, title, requires, completion, competencies)| AssessmentStep {
            key,
            assessment: String::new(),
            title,
            requires,
            completion,
            competencies,
        },
    )
}

fn file() -> impl Strategy<Value = FileNotice> {
    let kinds = vec![
        FileKind::Picture,
        FileKind::Sound,
        FileKind::Video,
        FileKind::Attachment,
    ];
    let captions = proptest::collection::btree_map(select(LANGUAGES).prop_map(str::to_owned), medium(), 0..3);
    (
        medium(),
        select(kinds),
        text(),
        option::of(licence()),
        captions,
        text(),
    )
        .prop_map(
            |(medium, kind, title, licence, captions, transcript)| FileNotice {
                medium,
                kind,
                title,
                licence,
                captions,
                transcript,
            },
        )
}

fn check() -> impl Strategy<Value = Check> {
    (key(), item(), vec(competency(), 0..2)).prop_map(|(key, item, competencies)| Check {
        key,
        item,
        competencies,
    })
}

fn reflection() -> impl Strategy<Value = Reflection> {
    (key(), text()).prop_map(|(key, prompt)| Reflection { key, prompt })
}

fn term() -> impl Strategy<Value = Term> {
    (key(), text(), text()).prop_map(|(key, term, explanation)| Term {
        key,
        term,
        explanation,
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    (text(), vec((item(), 0..8_u32), 0..3)).prop_map(|(title, items)| {
        let slots = items
            .into_iter()
            .enumerate()
            .map(|(index, (item, halves))| DraftSlot {
                id: format!("q{index}").into(),
                item,
                points: f64::from(halves) / 2.0,
                stimulus: None,
                placing: Default::default(),
            });
        Draft {
            title,
            introduction: Text::default(),
            slots: slots.collect(),
            stimuli: Vec::new(),
            sections: Vec::new(),
            scheme: None,
            rules: Rules::default(),
        }
    })
}

fn item() -> impl Strategy<Value = Item> {
    (text(), text(), any::<bool>(), 0..3_u8).prop_map(|(stem, words, flag, kind)| {
        let option = |id: &str, correct| ChoiceOption {
            id: id.into(),
            text: words.clone(),
            correct,
            weight: flag.then_some(0.25),
            feedback: words.clone(),
        };
        let interaction = match kind {
            0 => Interaction::TrueFalse(TrueFalse::new(flag)),
            1 => Interaction::SingleChoice(Choice {
                options: vec![option("a", true), option("b", false)],
                shuffle_options: flag,
            }),
            _ => Interaction::Ordering(Ordering {
                pieces: vec![Piece::new("a", words.clone()), Piece::new("b", stem.clone())],
                scoring: OrderingScoring::Pairs,
            }),
        };
        Item::new(stem, interaction)
    })
}

fn licence() -> impl Strategy<Value = Licence> {
    (words(), words(), option::of(words())).prop_map(|(identifier, holder, source)| Licence {
        identifier,
        holder,
        source,
    })
}

fn competency() -> impl Strategy<Value = CompetencyTag> {
    (words(), words()).prop_map(|(framework, code)| CompetencyTag { framework, code })
}

fn key() -> impl Strategy<Value = Key> {
    "[a-z0-9-]{1,6}|media|unit|course".prop_map(Key::new)
}

fn requires() -> impl Strategy<Value = Vec<Key>> {
    vec("gone-[a-z]{1,3}".prop_map(Key::new), 0..2)
}

fn medium() -> impl Strategy<Value = String> {
    prop_oneof![
        select(MEDIA).prop_map(|(_, content)| hash(content)),
        Just("0f".repeat(32)),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    let format = prop_oneof![4 => Just(Format::Markdown), 1 => Just(Format::Html)];
    let source = (format, words()).prop_map(|(format, source)| Source { format, source });
    let versions = vec((select(LANGUAGES), source), 0..4);
    (versions, select(LANGUAGES)).prop_map(|(versions, language)| Text {
        default_language: language.to_owned(),
        versions: versions
            .into_iter()
            .map(|(language, source)| (language.to_owned(), source))
            .collect::<BTreeMap<_, _>>(),
    })
}

fn words() -> impl Strategy<Value = String> {
    let medium = format!("media:{}.png", hash(b"lathe"));
    let made = vec(select(PIECES), 0..6);
    let made = made.prop_map(move |pieces| pieces.concat().replace("MEDIUM", &medium));
    prop_oneof![3 => made, 1 => "\\PC{0,12}"]
}
