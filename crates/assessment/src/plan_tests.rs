//! What an attempt asks: pools, choices, drops, sequence, locked questions.

use crate::testing::*;
use crate::*;

fn slot(id: &str, section: &str) -> DraftSlot {
    DraftSlot {
        id: SlotId::from(id),
        item: single(),
        points: 1.0,
        stimulus: None,
        placing: Placing {
            section: (!section.is_empty()).then(|| SectionId::from(section)),
            ..Placing::default()
        },
    }
}

fn section(id: &str) -> Section {
    Section {
        id: SectionId::from(id),
        title: text::Text::markdown("vi", id),
        introduction: text::Text::default(),
        shuffle: false,
        draws: Vec::new(),
        alternative: None,
        drops: 0,
    }
}

fn draw(count: u32, tags: &[&str], levels: Option<(u8, u8)>) -> Draw {
    Draw {
        count,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        easiest: levels.map(|levels| levels.0),
        hardest: levels.map(|levels| levels.1),
    }
}

/// A log of a quiz with these sections and questions ("id" or "id@section").
fn log(sections: Vec<Section>, slots: &[&str]) -> Log {
    let mut draft = draft();
    draft.sections = sections;
    draft.slots = slots
        .iter()
        .map(|slot_at| {
            let (id, at) = slot_at.split_once('@').unwrap_or((slot_at, ""));
            slot(id, at)
        })
        .collect();
    of_draft(&draft)
}

fn of_draft(draft: &Draft) -> Log {
    assert_eq!(check_draft(draft), []);
    let published = publish(draft, |slot| ItemVersionId::new(format!("{}-v1", slot.id)));
    // as it is stored
    let content = serde_json::to_string(&published.content).unwrap();
    assert_eq!(
        serde_json::from_str::<AssessmentContent>(&content).unwrap(),
        published.content
    );
    assert_eq!(draft_of(&published), *draft);
    Log {
        published,
        ..Log::new()
    }
}

impl Log {
    fn act(&mut self, kind: EntryKind, slot: Option<&str>, payload: &str) -> Result<Appended, Code> {
        let incoming = self.next("tab", kind, slot, payload);
        self.send(&incoming, 10)
    }

    fn right(&mut self, slot: &str) {
        self.answer("tab", slot, r#"{"choice":["a"]}"#, 10).unwrap();
    }

    fn counted(&self) -> String {
        let slots = self.outcome().slots;
        let ids: Vec<&str> = slots.iter().map(|slot| slot.slot.as_str()).collect();
        ids.join(" ")
    }
}

#[test]
fn old_content_reads_as_before() {
    let json = r#"{"title": {"default_language": "vi", "versions": {}},
        "slots": [{"id": "q1", "item_version_id": "v1", "points": 2.0}]}"#;
    let content: AssessmentContent = serde_json::from_str(json).unwrap();
    assert_eq!(content.slots[0].placing, Placing::default());
    assert!(content.sections.is_empty() && content.scheme.is_none() && !content.follows_moves());
    assert_eq!(content.points(), 2.0);
}

#[test]
fn a_draw_takes_what_fits_whatever_the_seed() {
    // a narrow draw behind a broad one: taking a hard question for the broad one may not starve it
    let mut pool = section("s");
    pool.draws = vec![draw(2, &["turning"], None), draw(2, &["turning"], Some((4, 5)))];
    let mut draft = draft();
    draft.sections = vec![pool];
    draft.slots = (0..4).map(|index| slot(&format!("q{index}"), "s")).collect();
    for (index, slot) in draft.slots.iter_mut().enumerate() {
        slot.placing.tags.insert("turning".to_owned());
        slot.placing.difficulty = Some(if index < 2 { 1 } else { 5 });
    }
    draft.slots.push(slot("other", "s"));
    let mut log = of_draft(&draft);
    for seed in 0..50 {
        log.header.seed = seed;
        assert_eq!(log.counted(), "q0 q1 q2 q3", "{seed}");
    }
    let keys = |draft: &Draft| {
        check_draft(draft)
            .iter()
            .map(DraftProblem::key)
            .collect::<Vec<_>>()
    };
    draft.sections[0].draws[1].count = 3;
    assert_eq!(keys(&draft), ["pool-too-small"]);
    draft.sections[0].draws[1].count = 2;
    draft.slots[0].points = 2.0;
    assert_eq!(keys(&draft), ["draw-points-differ"]);
}

#[test]
fn draws_differ_by_seed_and_never_by_time() {
    let mut pool = section("s");
    pool.draws = vec![draw(3, &[], None)];
    let slots: Vec<String> = (0..12).map(|index| format!("q{index:02}@s")).collect();
    let slots: Vec<&str> = slots.iter().map(String::as_str).collect();
    let mut log = log(vec![pool], &slots);
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..40 {
        log.header.seed = seed;
        assert_eq!(log.outcome().maximum, 3.0);
        seen.insert(log.counted());
    }
    assert!(seen.len() > 30, "{seen:?}");
    // FROZEN
    log.header.seed = 42;
    assert_eq!(log.counted(), FROZEN_DRAW);
    assert_eq!(log.published.content.points(), 3.0);
    assert_eq!(log.published.question_range(), (3, 3));
    let left_out = slots
        .iter()
        .find(|slot| !FROZEN_DRAW.contains(&slot[..3]))
        .unwrap();
    let refused = log.answer("tab", &left_out[..3], r#"{"choice":["a"]}"#, 10);
    assert_eq!(refused, Err(Code::SlotUnknown));
}

const FROZEN_DRAW: &str = "q00 q04 q07";

#[test]
fn the_candidate_drops_questions_up_to_a_number() {
    let mut dropping = section("s");
    dropping.drops = 2;
    let mut draft = draft();
    draft.sections = vec![dropping];
    draft.slots = ["a", "b", "c", "d", "e"].map(|id| slot(id, "s")).into();
    draft.slots[4].placing.protected = true;
    let mut log = of_draft(&draft);
    assert_eq!(log.published.content.points(), 3.0);
    // nothing answered: the first ones that may be dropped
    assert_eq!(log.counted(), "c d e");
    for id in ["a", "b", "c", "d"] {
        log.right(id);
    }
    // all of them answered: the last ones
    assert_eq!(log.counted(), "a b e");
    let discard = |log: &mut Log, id| log.act(EntryKind::Discard, Some(id), "").map(|_| ());
    assert_eq!(discard(&mut log, "e"), Err(Code::NotDroppable));
    assert_eq!(discard(&mut log, "a"), Ok(()));
    assert_eq!(log.counted(), "b c e");
    assert_eq!(discard(&mut log, "b"), Ok(()));
    assert_eq!(discard(&mut log, "c"), Err(Code::DropsUsed));
    assert_eq!(discard(&mut log, "b"), Ok(()), "said twice");
    assert_eq!(log.counted(), "c d e");
    log.act(EntryKind::Restore, Some("a"), "").unwrap();
    assert_eq!(discard(&mut log, "c"), Ok(()));
    assert_eq!(log.counted(), "a d e");
    assert_eq!(log.outcome().maximum, 3.0);
    assert_eq!(log.outcome().score, 2.0);
}

#[test]
fn one_of_two_sections_is_chosen() {
    let alternative = |id| Section {
        alternative: Some(AlternativeId::from("project")),
        ..section(id)
    };
    let sections = vec![alternative("turning"), alternative("milling")];
    let mut log = log(
        sections,
        &["x", "t1@turning", "t2@turning", "m1@milling", "m2@milling"],
    );
    assert_eq!(log.published.content.points(), 3.0);
    assert_eq!(log.counted(), "x t1 t2", "nothing answered: the first");
    log.right("m1");
    assert_eq!(log.counted(), "x m1 m2", "most answered");
    log.right("t1");
    assert_eq!(log.counted(), "x t1 t2", "as many: the first");
    log.act(EntryKind::Choose, None, "milling").unwrap();
    assert_eq!(log.counted(), "x m1 m2");
    let refused = log.answer("tab", "t2", r#"{"choice":["a"]}"#, 10);
    assert_eq!(refused, Err(Code::SlotUnknown));
    assert_eq!(
        log.act(EntryKind::Choose, None, "grinding"),
        Err(Code::ChoiceUnknown)
    );
    log.act(EntryKind::Choose, None, "turning").unwrap();
    assert_eq!(log.counted(), "x t1 t2", "the answers were kept");
    assert_eq!(log.outcome().score, 1.0);
}

#[test]
fn a_question_opens_after_another() {
    let mut draft = draft();
    draft.slots = vec![slot("a", ""), slot("b", "")];
    draft.slots[1].placing.opens_after = Some(SlotId::from("a"));
    let mut log = of_draft(&draft);
    let refused = log.answer("tab", "b", r#"{"choice":["a"]}"#, 10);
    assert_eq!(refused, Err(Code::QuestionLocked));
    log.right("a");
    log.right("b");
    log.answer("tab", "a", r#"{"choice":[]}"#, 10).unwrap();
    assert_eq!(log.outcome().score, 1.0, "what was saved stays");
    let refused = log.answer("tab", "b", r#"{"choice":["b"]}"#, 10);
    assert_eq!(refused, Err(Code::QuestionLocked));
    let keys = |draft: &Draft| {
        check_draft(draft)
            .iter()
            .map(DraftProblem::key)
            .collect::<Vec<_>>()
    };
    draft.slots[0].placing.opens_after = Some(SlotId::from("b"));
    assert_eq!(keys(&draft), ["opens-after-unknown"], "a circle");
    draft.slots[0].placing.opens_after = None;
    draft.slots[1].placing.opens_after = Some(SlotId::from("z"));
    assert_eq!(keys(&draft), ["opens-after-unknown"]);
}

#[test]
fn what_opens_later_stands_later_in_any_order() {
    let mut draft = draft();
    draft.rules.shuffle_questions = true;
    draft.slots = ["a", "b", "c", "d"].map(|id| slot(id, "")).into();
    draft.slots[3].placing.opens_after = Some(SlotId::from("a"));
    let log = of_draft(&draft);
    for seed in 0..50 {
        let plan = plan(&log.published.content, seed, &Moves::default());
        let order: String = plan.asked().map(|one| one.slot.id.as_str()).collect();
        assert!(order.find('a') < order.find('d'), "{order}");
    }
}

#[test]
fn a_sequence_has_no_way_back() {
    let alternative = |id| Section {
        alternative: Some(AlternativeId::from("project")),
        ..section(id)
    };
    let mut draft = draft();
    draft.rules.navigation = Navigation::Sequential;
    draft.sections = vec![alternative("turning"), alternative("milling")];
    draft.slots = vec![
        slot("a", ""),
        slot("b", ""),
        slot("t", "turning"),
        slot("m", "milling"),
    ];
    let mut log = of_draft(&draft);
    let answer = |log: &mut Log, id| log.answer("tab", id, r#"{"choice":["a"]}"#, 10).map(|_| ());
    assert_eq!(answer(&mut log, "b"), Err(Code::QuestionLocked));
    assert_eq!(answer(&mut log, "a"), Ok(()));
    let advance = |log: &mut Log, id| log.act(EntryKind::Advance, Some(id), "").map(|_| ());
    assert_eq!(advance(&mut log, "b"), Err(Code::QuestionLocked));
    assert_eq!(advance(&mut log, "a"), Ok(()));
    assert_eq!(advance(&mut log, "a"), Err(Code::QuestionPassed), "pressed twice");
    assert_eq!(answer(&mut log, "a"), Err(Code::QuestionPassed));
    assert_eq!(advance(&mut log, "b"), Ok(()));
    assert_eq!(answer(&mut log, "t"), Err(Code::QuestionLocked), "not chosen yet");
    log.act(EntryKind::Choose, None, "milling").unwrap();
    assert_eq!(answer(&mut log, "m"), Ok(()));
    assert_eq!(advance(&mut log, "m"), Ok(()));
    assert_eq!(
        log.act(EntryKind::Choose, None, "turning"),
        Err(Code::QuestionPassed)
    );
    assert_eq!(log.outcome().score, 2.0);
    let mut free = Log::new();
    assert_eq!(advance(&mut free, "q1"), Err(Code::EntryKind));
}

#[test]
fn sections_are_checked() {
    let mut draft = draft();
    let keys = |draft: &Draft| {
        check_draft(draft)
            .iter()
            .map(DraftProblem::key)
            .collect::<Vec<_>>()
    };
    draft.sections = vec![section("s")];
    assert_eq!(keys(&draft), ["section-without-question"]);
    draft.slots = vec![slot("a", "s"), slot("b", "s"), slot("c", "nowhere")];
    assert_eq!(keys(&draft), ["unknown-section"]);
    draft.slots.truncate(2);
    draft.sections[0].title = text::Text::default();
    draft.sections[0].drops = 2;
    assert_eq!(keys(&draft), ["section-without-title", "too-many-drops"]);
    draft.sections[0] = section("s");
    draft.sections[0].drops = 1;
    draft.slots[0].points = 3.0;
    assert_eq!(keys(&draft), ["drop-points-differ"]);
    draft.sections[0].drops = 0;
    draft.sections[0].alternative = Some(AlternativeId::from("x"));
    assert_eq!(keys(&draft), ["alternative-alone"]);
    draft.sections.push(Section {
        alternative: Some(AlternativeId::from("x")),
        ..section("t")
    });
    draft.slots.push(slot("c", "t"));
    assert_eq!(keys(&draft), ["alternatives-differ"]);
    draft.slots[2].placing.difficulty = Some(6);
    assert_eq!(keys(&draft), ["alternatives-differ", "tags-or-difficulty"]);
}

/// 28 closed questions of which 3 may be dropped and 8 must be answered; turning or milling; a program.
#[test]
fn a_mock_of_the_written_examination_is_worth_the_same_for_all() {
    let mut draft = draft();
    let mut closed = section("closed");
    closed.drops = 3;
    closed.shuffle = true;
    let project = |id| Section {
        alternative: Some(AlternativeId::from("project")),
        ..section(id)
    };
    draft.sections = vec![closed, project("turning"), project("milling")];
    draft.slots = (0..28)
        .map(|index| slot(&format!("c{index:02}"), "closed"))
        .collect();
    for slot in draft.slots.iter_mut().take(8) {
        slot.placing.protected = true;
    }
    for part in ["turning", "milling"] {
        let mut program = slot(&format!("{part}-program"), part);
        program.item = item(Interaction::ProgramGaps(program_of(30)));
        program.points = 30.0;
        draft.slots.push(program);
        draft
            .slots
            .extend((0..4).map(|index| slot(&format!("{part}-{index}"), part)));
    }
    let mut log = of_draft(&draft);
    assert_eq!(log.published.content.points(), 25.0 + 34.0);
    assert_eq!(log.published.question_range(), (25 + 5, 25 + 5));
    for id in ["c10", "c20", "c27"] {
        log.act(EntryKind::Discard, Some(id), "").unwrap();
    }
    log.act(EntryKind::Choose, None, "milling").unwrap();
    for index in 0..28 {
        log.right(&format!("c{index:02}"));
    }
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.maximum), (25.0, 59.0));
    assert_eq!(outcome.slots.len(), 30);
}

fn program_of(gaps: usize) -> ProgramGaps {
    let lines: String = (0..gaps).map(|gap| format!("N{gap} [[g{gap}]]\n")).collect();
    let gap = |gap: usize| ProgramGap {
        id: FieldId::new(format!("g{gap}")),
        accepted: vec!["G1 X25.5".to_owned()],
        weight: 1.0,
        feedback: text::Text::default(),
    };
    ProgramGaps {
        program: text::Text::markdown("vi", &lines),
        gaps: (0..gaps).map(gap).collect(),
        any_order: false,
        without_block_numbers: false,
        share_per_word: false,
    }
}

/// Whatever is drawn, shuffled, dropped and chosen: the mark lies in its bounds, the maximum is the
/// content's, and a replay of the stored log gives what the live one gave.
#[test]
fn all_attempts_are_worth_the_same_and_replay_as_they_were() {
    let mut pool = section("pool");
    pool.draws = vec![draw(3, &["a"], None), draw(2, &[], Some((1, 3)))];
    pool.shuffle = true;
    pool.drops = 2;
    let alternative = |id| Section {
        alternative: Some(AlternativeId::from("x")),
        ..section(id)
    };
    let mut draft = draft();
    draft.sections = vec![pool, alternative("t"), alternative("m")];
    draft.slots = (0..10).map(|index| slot(&format!("p{index}"), "pool")).collect();
    for (index, slot) in draft.slots.iter_mut().enumerate() {
        if index % 2 == 0 {
            slot.placing.tags.insert("a".to_owned());
        }
        slot.placing.difficulty = Some((index % 5) as u8 + 1);
    }
    draft.slots.extend([slot("t1", "t"), slot("m1", "m")]);
    for seed in 0..60_i64 {
        let mut log = of_draft(&draft);
        log.header.seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.cast_signed());
        let ids: Vec<String> = draft.slots.iter().map(|slot| slot.id.to_string()).collect();
        for (step, id) in ids.iter().enumerate() {
            match (seed as usize + step) % 4 {
                0 => drop(log.act(EntryKind::Discard, Some(id), "")),
                1 => drop(log.act(EntryKind::Choose, None, if step % 8 == 1 { "t" } else { "m" })),
                _ => drop(log.answer("tab", id, r#"{"choice":["a"]}"#, 10)),
            }
        }
        let outcome = log.outcome();
        assert_eq!(outcome.maximum, log.published.content.points(), "{seed}");
        assert!((0.0..=outcome.maximum).contains(&outcome.score), "{outcome:?}");
        let mut stored = log.entries.clone();
        stored.reverse();
        let replayed = replay(&log.published, &log.header, &stored, &MarkingPolicy::default());
        assert_eq!(replayed.unwrap(), outcome);
        for slot in &outcome.slots {
            let right = log
                .entries
                .iter()
                .any(|entry| entry.kind == EntryKind::Answer && entry.slot.as_ref() == Some(&slot.slot));
            assert_eq!(
                slot.points,
                if right { slot.maximum } else { 0.0 },
                "{seed} {slot:?}"
            );
        }
    }
}
