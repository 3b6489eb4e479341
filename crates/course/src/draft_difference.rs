//! What differs between two drafts of a course, part by part, and line by line where
//! it is words. Words for people are `ui`'s.

use serde_json::{Map, Value};
use similar::{ChangeTag, TextDiff};

use crate::content::CourseContent;
use crate::draft_merge::without_members;
use crate::draft_parts::{ORDER, Part, parts_of};

/// A part that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which one.
    pub at: Part,
    /// How.
    pub kind: DifferenceKind,
    /// Its lines, for words; a run of more than a few that are the same is one [`LineKind::Left`].
    pub lines: Vec<Line>,
}

/// How a part differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// The members of a list have another order.
    Moved,
}

/// A line of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What became of it.
    pub kind: LineKind,
    /// The line.
    pub words: String,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// It is as it was.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Lines that are as they were and not shown.
    Left,
}

/// How many lines that are the same stand around a change.
const AROUND: usize = 2;

/// What differs in `after`, in the order of the content.
///
/// # Errors
/// When a draft is no JSON, which none is.
pub fn differences(before: &CourseContent, after: &CourseContent) -> serde_json::Result<Vec<Difference>> {
    let mut found = Vec::new();
    compare(&[], Some(&parts_of(before)?), Some(&parts_of(after)?), &mut found);
    Ok(found)
}

/// The lines of two texts, side by side as one list.
pub fn line_differences(before: &str, after: &str) -> Vec<Line> {
    let (before, after) = (text_of(before), text_of(after));
    let difference = TextDiff::from_lines(&before, &after);
    let lines = difference.iter_all_changes().map(|change| Line {
        kind: match change.tag() {
            ChangeTag::Equal => LineKind::Same,
            ChangeTag::Insert => LineKind::Added,
            ChangeTag::Delete => LineKind::Removed,
        },
        words: change.value().trim_end_matches('\n').to_owned(),
    });
    shortened(lines.collect())
}

// A last line without its end is no other line.
fn text_of(words: &str) -> String {
    match words.replace("\r\n", "\n") {
        words if words.is_empty() || words.ends_with('\n') => words,
        words => words + "\n",
    }
}

fn shortened(lines: Vec<Line>) -> Vec<Line> {
    let is_near = |place: usize| {
        let from = place.saturating_sub(AROUND);
        let near = lines.iter().skip(from).take(place - from + AROUND + 1);
        near.into_iter().any(|line| line.kind != LineKind::Same)
    };
    let near: Vec<bool> = (0..lines.len()).map(is_near).collect();
    let mut shown: Vec<Line> = Vec::new();
    for (line, near) in lines.into_iter().zip(near) {
        if near {
            shown.push(line);
        } else if shown.last().is_none_or(|last| last.kind != LineKind::Left) {
            shown.push(Line {
                kind: LineKind::Left,
                words: String::new(),
            });
        }
    }
    shown
}

fn compare(path: &[&str], before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    if before == after || is_told_elsewhere(path) {
        return;
    }
    if let Some(ORDER) = path.last().copied() {
        return moved(path, before, after, found);
    }
    let (lines_before, lines_after) = (before.and_then(words), after.and_then(words));
    let is_words = lines_before.is_some() || lines_after.is_some();
    let fields = [before, after].map(|value| value.and_then(Value::as_object));
    if !is_words && fields.iter().flatten().next().is_some() && path.last() != Some(&"item") {
        let is_rule = path.last() == Some(&"completion");
        if let [Some(_), Some(_)] = fields
            && !is_rule
        {
            return inner(path, fields, found);
        }
        let whole = difference(path, before, after, Vec::new());
        if is_rule || whole.at.field.is_empty() || path.last() == Some(&whole.at.member.as_str()) {
            found.push(whole);
        }
        if !is_rule {
            inner(path, fields, found);
        }
        return;
    }
    let lines = line_differences(
        &lines_before.unwrap_or_default(),
        &lines_after.unwrap_or_default(),
    );
    found.push(difference(path, before, after, lines));
}

// Names that nobody reads, the course's first language in each of its texts, and what the units tell of their steps.
fn is_told_elsewhere(path: &[&str]) -> bool {
    matches!(
        path,
        [.., "key" | "medium" | "type"] | [_, _, .., "default_language"] | ["steps", ORDER]
    )
}

fn inner(path: &[&str], fields: [Option<&Map<String, Value>>; 2], found: &mut Vec<Difference>) {
    let [before, after] = fields;
    let mut names: Vec<&String> = fields.iter().flatten().flat_map(|fields| fields.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let path = [path, &[name.as_str()]].concat();
        let value = |fields: Option<&Map<String, Value>>| fields.and_then(|fields| fields.get(name)).cloned();
        compare(&path, value(before).as_ref(), value(after).as_ref(), found);
    }
}

fn difference(path: &[&str], before: Option<&Value>, after: Option<&Value>, lines: Vec<Line>) -> Difference {
    Difference {
        at: Part::at(&without_members(path)),
        kind: match (before, after) {
            (None, _) => DifferenceKind::Added,
            (_, None) => DifferenceKind::Removed,
            _ => DifferenceKind::Changed,
        },
        lines,
    }
}

// What was added or taken away is told by itself.
fn moved(path: &[&str], before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let (before, after) = (list(before), list(after));
    let stayed = |list: &[Value], other: &[Value]| -> Vec<Value> {
        list.iter().filter(|key| other.contains(key)).cloned().collect()
    };
    if stayed(&before, &after) != stayed(&after, &before) {
        found.push(Difference {
            at: Part::at(&without_members(path)),
            kind: DifferenceKind::Moved,
            lines: Vec::new(),
        });
    }
}

// Texts, and what one reads as it is. Keys and names of files say nothing to people.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Object(source) => {
            let format = source.get("format");
            source
                .get("source")
                .filter(|_| format.is_some())?
                .as_str()
                .map(str::to_owned)
        }
        Value::Number(number) => Some(number.to_string()),
        Value::String(words) => Some(words.clone()),
        _ => None,
    }
}
