//! What is the same thing in every attempt, where attempts are asked different
//! questions: a question that everybody gets, a place of a draw, a choice of
//! sections, a section from which questions may be dropped. Figures of the whole
//! test are made from these, since a question that was not asked is neither right
//! nor wrong. Figures of single questions are not: they go by whoever got it.

use std::collections::{BTreeMap, HashMap};

use ::assessment::{
    AlternativeId, AssessmentContent, ItemStatistics, MarkTable, Section, SectionId, Slot, SlotId, SlotMarks,
    Statistics, statistics,
};

/// What counts as one thing in every attempt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    /// A question that everybody gets.
    Slot(SlotId),
    /// What a draw of a section puts at a place, both counted from 0.
    Drawn(SectionId, usize, usize),
    /// All of a section from which questions are dropped.
    Section(SectionId),
    /// All of the section that was chosen.
    Choice(AlternativeId),
}

/// An attempt's marks by slot; `None` for one that nobody has given yet. A slot
/// that was not asked, or does not count, is not there.
pub(super) type Marks<'a> = HashMap<&'a SlotId, Option<f64>>;

/// Whether attempts at this content are asked different questions.
pub(super) fn is_divided(content: &AssessmentContent) -> bool {
    content
        .sections
        .iter()
        .any(|section| !section.draws.is_empty() || section.drops > 0 || section.alternative.is_some())
}

/// Replaces the figures that go by all slots of a table by those of the units:
/// the consistency of the test, and what each question adds to the differences
/// between attempts. Both are absent where they do not exist: the one with drops
/// or choices, the other for a question that not everybody gets.
pub(super) fn settle(
    statistics: &mut Statistics,
    slots: &[&SlotId],
    totals: &[f64],
    attempts: &[(&AssessmentContent, Marks<'_>)],
) {
    let units = units(attempts);
    let is_sum = |unit: &Unit| matches!(unit, Unit::Section(_) | Unit::Choice(_));
    let has_sums = units.keys().any(is_sum);
    let columns = units.values().map(|marks| SlotMarks {
        marks: marks.clone(),
        ..SlotMarks::default()
    });
    let Ok(table) = MarkTable::new(columns.collect(), Some(totals.to_vec())) else {
        return;
    };
    let of_units = self::statistics(&table);
    let test = &mut statistics.test;
    (test.internal_consistency, test.error_ratio, test.standard_error) = match has_sums {
        true => (None, None, None),
        false => {
            let test = of_units.test;
            (test.internal_consistency, test.error_ratio, test.standard_error)
        }
    };
    let weights: BTreeMap<&Unit, &ItemStatistics> = units.keys().zip(&of_units.items).collect();
    for (slot, item) in slots.iter().zip(&mut statistics.items) {
        let unit = weights.get(&Unit::Slot((*slot).clone()));
        item.effective_weight = unit.and_then(|unit| unit.effective_weight);
    }
}

fn units(attempts: &[(&AssessmentContent, Marks<'_>)]) -> BTreeMap<Unit, Vec<Option<f64>>> {
    let mut units: BTreeMap<Unit, Vec<Option<f64>>> = BTreeMap::new();
    for (place, (content, marks)) in attempts.iter().enumerate() {
        for (unit, mark) in of_attempt(content, marks) {
            let column = units.entry(unit).or_insert_with(|| vec![None; attempts.len()]);
            if let Some(cell) = column.get_mut(place) {
                *cell = mark;
            }
        }
    }
    units
}

// What waits for a marker makes the whole unit wait.
fn of_attempt(content: &AssessmentContent, marks: &Marks<'_>) -> BTreeMap<Unit, Option<f64>> {
    let mut units: BTreeMap<Unit, Option<f64>> = BTreeMap::new();
    let mut drawn: BTreeMap<(SectionId, usize), usize> = BTreeMap::new();
    for slot in &content.slots {
        let Some(mark) = marks.get(&slot.id) else {
            continue;
        };
        let section = slot.placing.section.as_ref().and_then(|id| content.section(id));
        let unit = unit_of(slot, section, &mut drawn);
        let sum = units.entry(unit).or_insert(Some(0.0));
        *sum = sum.zip(*mark).map(|(sum, mark)| sum + mark);
    }
    units
}

// A question that several draws could have drawn is given to the first one that has a place left.
fn unit_of(slot: &Slot, section: Option<&Section>, drawn: &mut BTreeMap<(SectionId, usize), usize>) -> Unit {
    let Some(section) = section else {
        return Unit::Slot(slot.id.clone());
    };
    if let Some(group) = &section.alternative {
        return Unit::Choice(group.clone());
    }
    if section.drops > 0 {
        return Unit::Section(section.id.clone());
    }
    let fitting = section.draws.iter().enumerate();
    for (number, draw) in fitting.filter(|(_, draw)| draw.fits(&slot.placing)) {
        let taken = drawn.entry((section.id.clone(), number)).or_default();
        if *taken < draw.count as usize {
            *taken += 1;
            return Unit::Drawn(section.id.clone(), number, *taken - 1);
        }
    }
    match section.draws.is_empty() {
        true => Unit::Slot(slot.id.clone()),
        false => Unit::Section(section.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(json: serde_json::Value) -> AssessmentContent {
        serde_json::from_value(json).unwrap()
    }

    fn slot(id: &str, section: &str) -> serde_json::Value {
        serde_json::json!({"id": id, "item_version_id": id, "points": 1, "section": section})
    }

    #[track_caller]
    fn check(section: serde_json::Value, marks: &[(&str, Option<f64>)], expected: &[(&str, Option<f64>)]) {
        let slots = [slot("a", "s"), slot("b", "s"), slot("c", "s")];
        let content = content(serde_json::json!({
            "title": {"default_language": "vi", "versions": {}}, "slots": slots, "sections": [section]}));
        let ids: Vec<(SlotId, Option<f64>)> = marks
            .iter()
            .map(|(id, mark)| (SlotId::from(*id), *mark))
            .collect();
        let marks: Marks<'_> = ids.iter().map(|(id, mark)| (id, *mark)).collect();
        let found: Vec<(String, Option<f64>)> = of_attempt(&content, &marks)
            .into_iter()
            .map(|(unit, mark)| (format!("{unit:?}").chars().take(6).collect(), mark))
            .collect();
        let expected: Vec<(String, Option<f64>)> = expected
            .iter()
            .map(|(name, mark)| ((*name).to_owned(), *mark))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn attempts_are_compared_by_what_all_of_them_have() {
        let plain = serde_json::json!({"id": "s"});
        check(
            plain,
            &[("a", Some(1.0)), ("c", None)],
            &[("Slot(S", Some(1.0)), ("Slot(S", None)],
        );
        let draw = serde_json::json!({"id": "s", "draws": [{"count": 2}]});
        check(
            draw,
            &[("a", Some(1.0)), ("c", Some(0.5))],
            &[("Drawn(", Some(1.0)), ("Drawn(", Some(0.5))],
        );
        let drops = serde_json::json!({"id": "s", "drops": 1});
        check(
            drops,
            &[("a", Some(1.0)), ("b", Some(0.5))],
            &[("Sectio", Some(1.5))],
        );
        let choice = serde_json::json!({"id": "s", "alternative": "g"});
        check(choice, &[("a", Some(1.0)), ("b", None)], &[("Choice", None)]);
    }
}
