//! Texts with gaps and passages. In the form a gap shows what belongs there,
//! where the stored text has the gap's id.
//!
//! Missing words: `text` has `[[right word]]`; `distractors` has one more choice
//! per line. Hottext: `text` has `[[*to be chosen]]` and `[[to be left]]`.

use std::collections::BTreeMap;

use text::Text;

use super::kept::{self, one_line, put, shown};
use super::line::{Stretch, stretches};
use super::notes::{Noted, Part, notes_field, read_notes};
use super::open::{optional_field, read_optional};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, number_field,
};
use crate::id::{FieldId, OptionId};
use crate::interaction::{Hottext, Marker, Passage, Piece, SelectMissingWords, WordGap, markers};

pub(super) fn blank_missing_words() -> SelectMissingWords {
    SelectMissingWords {
        text: Text::default(),
        gaps: Vec::new(),
        choices: Vec::new(),
        shuffle_choices: true,
    }
}

pub(super) fn missing_words_fields(kind: &SelectMissingWords, language: &str) -> Vec<AuthoringField> {
    let right = |id: &str| {
        let gap = kind.gaps.iter().find(|gap| gap.id.as_str() == id)?;
        kind.choices.iter().find(|choice| choice.id == gap.right)
    };
    let inside = |marker: &Marker<'_>| Some(one_line(&kept::piece_words(right(marker.id)?, language)));
    let is_free = |choice: &&Piece| kind.gaps.iter().all(|gap| gap.right != choice.id);
    let free: Vec<Piece> = kind.choices.iter().filter(is_free).cloned().collect();
    vec![
        field(
            "text",
            Control::Lines,
            with_gaps(&shown(&kind.text, language), inside),
        ),
        field("distractors", Control::Lines, kept::piece_lines(&free, language)),
        check_field("shuffle", kind.shuffle_choices),
        notes_field(Noted::Both, kind.gaps.iter().map(gap_part), language),
    ]
}

fn gap_part(gap: &WordGap) -> Part<'_> {
    (gap.weight, Some(&gap.feedback))
}

pub(super) fn read_missing_words(saved: &SelectMissingWords, reader: &mut Reader<'_>) -> SelectMissingWords {
    let typed = reader.typed("text");
    let Some((stretches, insides)) = read_gaps("text", &typed, reader) else {
        return saved.clone();
    };
    let gaps: Vec<String> = insides.into_iter().map(|(inside, _)| inside).collect();
    let distractors = reader.lines("distractors");
    let words = kept::distinct(gaps.iter().chain(&distractors));
    let used = saved.gaps.iter().map(|gap| &gap.right);
    let choices = kept::pieces(&kept::in_order_of_use(&saved.choices, used), &words, reader.how);
    let silent = Text::default();
    let right_text = |gap: &WordGap| {
        let right = saved.choices.iter().find(|choice| choice.id == gap.right);
        right.map_or(&silent, |choice| &choice.text)
    };
    let of_gaps = saved.gaps.iter().map(|gap| (gap.id.as_str(), right_text(gap)));
    let ids = kept::ids(of_gaps, &gaps, reader.how, 'g');
    let notes = read_notes(Noted::Both, saved.gaps.iter().map(gap_part), gaps.len(), reader);
    let how = reader.how;
    let gap = |(number, (id, word)): (usize, (&String, &String))| {
        let at = words.iter().position(|known| known == word)?;
        let former = saved.gaps.iter().find(|gap| gap.id.as_str() == id);
        let (weight, feedback) = notes.of(number, former.map(gap_part), how);
        Some(WordGap {
            id: FieldId::from(id.as_str()),
            right: choices.get(at)?.id.clone(),
            weight,
            feedback,
        })
    };
    SelectMissingWords {
        gaps: (1..).zip(ids.iter().zip(&gaps)).filter_map(gap).collect(),
        text: put(
            reader.how,
            Some(&saved.text),
            &with_ids(&stretches, &ids, |_| String::new()),
        ),
        shuffle_choices: reader.is_on("shuffle"),
        choices: kept::in_saved_order(&saved.choices, choices),
    }
}

pub(super) fn blank_hottext() -> Hottext {
    Hottext {
        text: Text::default(),
        passages: Vec::new(),
        penalty: None,
        choose_at_most: None,
    }
}

pub(super) fn hottext_fields(kind: &Hottext, language: &str) -> Vec<AuthoringField> {
    let inside = |marker: &Marker<'_>| {
        let passage = kind
            .passages
            .iter()
            .find(|passage| passage.id.as_str() == marker.id)?;
        let star = if passage.correct { "*" } else { "" };
        Some(format!("{star}{}", marker.words?))
    };
    vec![
        field(
            "text",
            Control::Lines,
            with_gaps(&shown(&kind.text, language), inside),
        ),
        match kind.penalty {
            Some(penalty) => number_field("penalty", penalty * 100.0, language),
            None => field("penalty", Control::Number, ""),
        },
        optional_field("choose_at_most", kind.choose_at_most, language),
        notes_field(Noted::Feedback, kind.passages.iter().map(passage_part), language),
    ]
}

fn passage_part(passage: &Passage) -> Part<'_> {
    (1.0, Some(&passage.feedback))
}

pub(super) fn read_hottext(saved: &Hottext, reader: &mut Reader<'_>) -> Hottext {
    let typed = reader.typed("text");
    let Some((stretches, insides)) = read_gaps("text", &typed, reader) else {
        return saved.clone();
    };
    let stars: Vec<bool> = insides
        .iter()
        .map(|(inside, _)| inside.starts_with('*'))
        .collect();
    let words: Vec<String> = insides
        .iter()
        .map(|(inside, _)| inside.trim_start_matches('*').trim().to_owned())
        .collect();
    let former = shown(&saved.text, reader.how.language);
    let of_language: BTreeMap<&str, Text> = markers(&former)
        .iter()
        .filter_map(|marker| Some((marker.id, Text::markdown(reader.how.language, marker.words?))))
        .collect();
    let silent = Text::default();
    let of_passages = saved.passages.iter().map(|passage| {
        let id = passage.id.as_str();
        (id, of_language.get(id).unwrap_or(&silent))
    });
    let ids = kept::ids(of_passages, &words, reader.how, 'h');
    let choose_at_most = read_optional(reader, "choose_at_most", saved.choose_at_most);
    let notes = read_notes(
        Noted::Feedback,
        saved.passages.iter().map(passage_part),
        ids.len(),
        reader,
    );
    let how = reader.how;
    let passage = |(number, (id, correct)): (usize, (&String, &bool))| {
        let former = saved.passages.iter().find(|passage| passage.id.as_str() == id);
        let (_, feedback) = notes.of(number, former.map(passage_part), how);
        Passage {
            id: OptionId::from(id.as_str()),
            correct: *correct,
            feedback,
        }
    };
    let marked = |at: usize| format!(":{}", words.get(at).map(String::as_str).unwrap_or_default());
    let penalty = match reader.typed("penalty").trim() {
        "" => None,
        _ => Some(reader.number("penalty", 0.0) / 100.0),
    };
    Hottext {
        passages: (1..).zip(ids.iter().zip(&stars)).map(passage).collect(),
        text: put(reader.how, Some(&saved.text), &with_ids(&stretches, &ids, marked)),
        penalty,
        choose_at_most,
    }
}

type GapsRead<'t> = (Vec<Stretch<'t>>, Vec<(String, usize)>);

/// The stretches of a field, and what stands in its gaps and on which lines.
pub(super) fn read_gaps<'t>(
    key: &'static str,
    typed: &'t str,
    reader: &mut Reader<'_>,
) -> Option<GapsRead<'t>> {
    let found = match stretches(typed) {
        Ok(found) => found,
        Err(line) => {
            reader.problem(key, Some(line), Kind::UnclosedGap);
            return None;
        }
    };
    let mut gaps = Vec::new();
    let mut kept = Vec::with_capacity(found.len());
    for stretch in found {
        if let Stretch::Gap { inside, line } = &stretch {
            if inside.trim_start_matches('*').trim().is_empty() {
                reader.problem(key, Some(*line), Kind::EmptyGap);
                continue;
            }
            gaps.push((one_line(inside), *line));
        }
        kept.push(stretch);
    }
    Some((kept, gaps))
}

/// The stored text: each gap by its id, with what `marked` says behind it.
pub(super) fn with_ids(
    stretches: &[Stretch<'_>],
    ids: &[String],
    marked: impl Fn(usize) -> String,
) -> String {
    let mut source = String::new();
    let mut next = 0;
    for stretch in stretches {
        match stretch {
            Stretch::Words(words) => source.push_str(words),
            Stretch::Gap { .. } => {
                let id = ids.get(next).map(String::as_str).unwrap_or_default();
                source.push_str(&format!("[[{id}{}]]", marked(next)));
                next += 1;
            }
        }
    }
    source
}

/// The form's text: each marker by what `inside` says; an unknown one stays as it is.
pub(super) fn with_gaps(source: &str, inside: impl Fn(&Marker<'_>) -> Option<String>) -> String {
    let mut shown = String::with_capacity(source.len());
    let mut from = 0;
    for marker in markers(source) {
        let Some(inside) = inside(&marker) else { continue };
        shown.push_str(source.get(from..marker.start).unwrap_or_default());
        shown.push_str(&format!("[[{inside}]]"));
        from = marker.end;
    }
    shown.push_str(source.get(from..).unwrap_or_default());
    shown
}
