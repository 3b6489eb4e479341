//! How a quiz behaves, between the editor's fields and the draft: the behaviour,
//! what is shown when, hints and penalty. What was not touched stays byte for
//! byte, also what no field can say.

use assessment::{Behaviour, Hint, Item, Moment, Review, Rules, Shown};
use text::Text;
use ui::{
    Texts,
    page::quiz::{BehaviourRules, ReviewPreset, Tries},
};

use super::{
    draft::{Writer, number},
    form::{Fields, QuizForm, source_in, typed_number},
};

/// The fields of a draft's rules.
pub(crate) fn of_rules(rules: &Rules) -> BehaviourRules {
    let row = |shown: Shown| Moment::ALL.map(|moment| shown.is_at(moment));
    BehaviourRules {
        behaviour: rules.behaviour.as_str().to_owned(),
        certainty: rules.certainty,
        shown: rules.review.rows().map(row),
    }
}

/// The fields as they were sent.
pub(crate) fn of_fields(fields: &Fields) -> BehaviourRules {
    let row =
        |thing| BehaviourRules::MOMENTS.map(|moment| fields.is_on(&BehaviourRules::field(thing, moment)));
    BehaviourRules {
        behaviour: fields.take("behaviour"),
        certainty: fields.is_on("certainty"),
        shown: BehaviourRules::THINGS.map(row),
    }
}

/// What the fields say.
pub(crate) fn behaviour(typed: &BehaviourRules) -> (Behaviour, bool, Review) {
    let shown = |row: [bool; 4]| {
        let ticked = Moment::ALL.into_iter().zip(row).filter(|(_, ticked)| *ticked);
        Shown::at(ticked.map(|(moment, _)| moment))
    };
    let [marks, right_answers, feedback, history] = typed.shown.map(shown);
    let review = Review {
        marks,
        right_answers,
        feedback,
        history,
    };
    let behaviour = Behaviour::from_name(&typed.behaviour).unwrap_or_default();
    (behaviour, typed.certainty, review)
}

impl QuizForm {
    /// Fills the table of what is shown when.
    pub(crate) fn preset(&mut self, preset: ReviewPreset) {
        self.rules.behaviour.shown = [preset.row(); 4];
    }
}

/// The fields of a question.
pub(crate) fn tries_of(item: &Item, language: &str, t: Texts) -> Tries {
    let (clears_wrong, counts_right) = marks_of(&item.hints);
    Tries {
        hints: lines(&item.hints, language),
        penalty: item
            .try_penalty
            .map(|share| typed_number(in_percent(share), t))
            .unwrap_or_default(),
        clears_wrong,
        counts_right,
    }
}

/// The fields as they were sent for the question of that number.
pub(crate) fn tries_of_fields(fields: &Fields, question: usize) -> Tries {
    let name = |field: &str| format!("q{question}_{field}");
    Tries {
        hints: fields.take(&name("hints")).replace("\r\n", "\n"),
        penalty: fields.take(&name("penalty")),
        clears_wrong: fields.is_on(&name("clears_wrong")),
        counts_right: fields.is_on(&name("counts_right")),
    }
}

fn in_percent(share: f64) -> f64 {
    (share * 1e6).round() / 1e4
}

// Ticked where all hints say so.
fn marks_of(hints: &[Hint]) -> (bool, bool) {
    let all = |is: fn(&Hint) -> bool| !hints.is_empty() && hints.iter().all(is);
    (all(|hint| hint.clears_wrong), all(|hint| hint.counts_right))
}

// A hint of several lines is one line of the field.
fn lines(hints: &[Hint], language: &str) -> String {
    let line = |hint: &Hint| source_in(&hint.text, language).replace('\n', " ");
    let lines: Vec<String> = hints.iter().map(line).collect();
    lines.join("\n").trim_end().to_owned()
}

/// The hints that a question's fields say, over the saved ones.
pub(crate) fn hints(typed: &Tries, saved: &[Hint], writer: &Writer<'_>) -> Vec<Hint> {
    let same_words = typed.hints.trim_end() == lines(saved, writer.language);
    if same_words && marks_of(saved) == (typed.clears_wrong, typed.counts_right) {
        return saved.to_vec();
    }
    let is_original = writer.language == writer.default_language;
    let mut words: Vec<&str> = typed.hints.lines().map(str::trim).collect();
    if is_original {
        words.retain(|line| !line.is_empty());
    }
    let count = if is_original {
        words.len()
    } else {
        words.len().max(saved.len())
    };
    let hint = |place: usize| {
        let kept = saved.get(place);
        Hint {
            text: writer.write(
                kept.map(|kept| &kept.text),
                words.get(place).copied().unwrap_or_default(),
            ),
            clears_wrong: typed.clears_wrong,
            counts_right: typed.counts_right,
        }
    };
    let hints = (0..count).map(hint);
    hints.filter(|hint| hint.text != Text::default()).collect()
}

/// What a further try costs; `Err` when it cannot be read.
pub(crate) fn try_penalty(typed: &Tries, saved: Option<f64>) -> Result<Option<f64>, ()> {
    if typed.penalty.trim().is_empty() {
        return Ok(None);
    }
    let written = number(&typed.penalty).ok_or(())?;
    match saved.filter(|saved| (in_percent(*saved) - written).abs() < 1e-9) {
        Some(untouched) => Ok(Some(untouched)),
        None => Ok(Some(written / 100.0)),
    }
}
