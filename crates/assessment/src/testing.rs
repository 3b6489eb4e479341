//! Small samples for this crate's tests.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use text::Text;

use crate::*;

pub(crate) fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

pub(crate) fn option(id: &str, correct: bool) -> ChoiceOption {
    ChoiceOption {
        id: OptionId::from(id),
        text: Text::markdown("vi", id),
        correct,
        weight: None,
        feedback: Text::default(),
    }
}

pub(crate) fn item(interaction: Interaction) -> Item {
    Item::new(Text::markdown("vi", "Chọn"), interaction)
}

/// Slot q1 of an attempt in a language.
pub(crate) fn context_in(language: &'static str, seed: i64) -> Context<'static> {
    static SLOT: LazyLock<SlotId> = LazyLock::new(|| SlotId::from("q1"));
    Context {
        language,
        seed,
        slot: &SLOT,
    }
}

/// Slot q1 of an attempt in Vietnamese.
pub(crate) fn context() -> Context<'static> {
    context_in("vi", 42)
}

/// Options a, b, c, d; a is right.
pub(crate) fn single() -> Item {
    let options = ["a", "b", "c", "d"].map(|id| option(id, id == "a"));
    item(Interaction::SingleChoice(Choice {
        options: options.into(),
        shuffle_options: true,
    }))
}

/// Options a, b, c, d, e; a, b and c are right.
pub(crate) fn multiple(scoring: MultipleChoiceScoring) -> Item {
    let options = ["a", "b", "c", "d", "e"].map(|id| option(id, id <= "c"));
    item(Interaction::MultipleChoice(MultipleChoice {
        options: options.into(),
        shuffle_options: false,
        scoring,
        penalty: 0.0,
    }))
}

/// Four stems a to d, each with the choice of its own name.
pub(crate) fn matching() -> Item {
    let piece = |id: &str| Piece::new(id, Text::markdown("vi", id));
    let stem = |id: &str| Stem {
        id: FieldId::from(id),
        text: Text::markdown("vi", id),
        right: OptionId::from(id),
        weight: 1.0,
        feedback: Text::default(),
    };
    let ids = ["a", "b", "c", "d"];
    item(Interaction::Matching(Matching {
        stems: ids.map(stem).into(),
        choices: ids.map(piece).into(),
        shuffle_choices: false,
        shuffle_stems: false,
    }))
}

/// q1 single (1 point), q2 multiple with partial marks (3), q3 true/false (1).
pub(crate) fn draft() -> Draft {
    let slot = |id: &str, points, item| DraftSlot {
        id: SlotId::from(id),
        item,
        points,
        stimulus: None,
        placing: Placing::default(),
    };
    Draft {
        title: Text::markdown("vi", "An toàn"),
        introduction: Text::default(),
        slots: vec![
            slot("q1", 1.0, single()),
            slot("q2", 3.0, multiple(MultipleChoiceScoring::Partial)),
            slot("q3", 1.0, item(Interaction::TrueFalse(TrueFalse::new(true)))),
        ],
        stimuli: Vec::new(),
        sections: Vec::new(),
        scheme: None,
        rules: Rules::default(),
    }
}

pub(crate) fn published() -> Published {
    publish(&draft(), |slot| ItemVersionId::new(format!("{}-v1", slot.id)))
}

pub(crate) fn header() -> AttemptHeader {
    AttemptHeader {
        id: AttemptId::from("a1"),
        seed: 42,
        language: "vi".to_owned(),
        started_at: time(0),
        due_at: Some(time(600)),
        state: AttemptState::Open,
    }
}

/// A log as a server would keep it, for feeding entries one by one.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) header: AttemptHeader,
    pub(crate) published: Published,
    pub(crate) entries: Vec<Entry>,
    pub(crate) lease: Option<Lease>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self {
            header: header(),
            published: published(),
            entries: Vec::new(),
            lease: None,
        }
    }

    pub(crate) fn state(&self, writer: &WriterId, number: i64) -> LogState {
        let own = || self.entries.iter().filter(|entry| entry.writer == *writer);
        LogState {
            last_position: self.entries.last().map_or(0, |entry| entry.position),
            writer: own()
                .next_back()
                .map_or(WriterState::default(), |entry| WriterState {
                    last_number: entry.number,
                    last_hash: Some(entry.hash),
                }),
            lease: self.lease.clone(),
            saved: own().find(|entry| entry.number == number).cloned(),
            standing: Standing::default(),
            moves: Moves::of(&self.published, &self.header, &self.entries),
        }
    }

    pub(crate) fn send(&mut self, incoming: &Incoming, now: i64) -> Result<Appended, Code> {
        let mut log = self.state(&incoming.writer, incoming.number);
        log.standing = self.standing(incoming.slot.as_ref());
        let grace = chrono::TimeDelta::zero();
        let appended = append(&self.header, &self.published, &log, incoming, grace, time(now))?;
        self.keep(&appended);
        Ok(appended)
    }

    fn standing(&self, slot: Option<&SlotId>) -> Standing {
        let slots = slot_logs(&self.entries);
        let slot = slot.and_then(|slot| self.published.content.slot(slot));
        slot.map_or_else(Standing::default, |slot| {
            let log = slots.get(&slot.id).cloned().unwrap_or_default();
            standing(&self.published, &self.header, &slot.id, &log)
        })
    }

    pub(crate) fn keep(&mut self, appended: &Appended) {
        if let Appended::Accept { entry, lease, state } = appended {
            self.entries.push((**entry).clone());
            self.lease = lease.clone();
            self.header.state = *state;
        }
    }

    /// The writer's next entry, rightly numbered and chained.
    pub(crate) fn next(&self, writer: &str, kind: EntryKind, slot: Option<&str>, payload: &str) -> Incoming {
        let writer = WriterId::from(writer);
        let state = self.state(&writer, 0);
        let slot = slot.map(SlotId::from);
        let form = entry_from_form(&state, &writer, kind, slot.as_ref(), payload);
        Incoming {
            take_over: false,
            ..form
        }
    }

    pub(crate) fn answer(
        &mut self,
        writer: &str,
        slot: &str,
        payload: &str,
        now: i64,
    ) -> Result<Appended, Code> {
        let incoming = self.next(writer, EntryKind::Answer, Some(slot), payload);
        self.send(&incoming, now)
    }

    pub(crate) fn check(&mut self, slot: &str) -> Result<Appended, Code> {
        let incoming = self.next("tab", EntryKind::Check, Some(slot), "");
        self.send(&incoming, 1)
    }

    pub(crate) fn outcome(&self) -> Outcome {
        replay(
            &self.published,
            &self.header,
            &self.entries,
            &MarkingPolicy::default(),
        )
        .unwrap()
    }
}
