//! Two authors' drafts as one: what only one of them changed is kept as that one left
//! it, part by part; where both changed the same part, one of them chooses. No words
//! are lost without a choice.
//!
//! Left out on purpose: lines of one text are never mixed, since half of each author's
//! sentence is nobody's.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::content::CourseContent;
use crate::draft_parts::{MEMBERS, ORDER, Part, content_of, parts_of};

/// What is kept of a part that both changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What is being saved.
    Mine,
    /// What was saved meanwhile.
    Theirs,
    /// Other words; only for texts, elsewhere as [`Choice::Mine`].
    Edited(String),
}

/// Two drafts put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The draft; where nobody chose yet it says what is being saved.
    pub content: CourseContent,
    /// What the other author changed alone.
    pub from_theirs: Vec<Part>,
    /// What both changed, and nobody chose.
    pub conflicts: Vec<Conflict>,
}

/// A part that both changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which one.
    pub at: Part,
    /// As it is being saved.
    pub mine: Side,
    /// As it was saved meanwhile.
    pub theirs: Side,
}

/// One author's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// It was taken away.
    Gone,
    /// A text.
    Words(String),
    /// Something else, such as a rule of completion or a question.
    Set,
}

/// Puts together what is being saved and what was saved since both were `base`. Without a base a part that only one
/// of both has is kept, and one that differs is a conflict. `choices` are by [`Part::path`].
///
/// # Errors
/// When the parts are no course, which two courses do not become.
pub fn merge_drafts(
    base: Option<&CourseContent>,
    mine: &CourseContent,
    theirs: &CourseContent,
    choices: &BTreeMap<String, Choice>,
) -> serde_json::Result<Merged> {
    let base = base.map(parts_of).transpose()?;
    let mut merging = Merging {
        choices,
        from_theirs: Vec::new(),
        conflicts: Vec::new(),
    };
    let (mine, theirs) = (parts_of(mine)?, parts_of(theirs)?);
    let whole = merging.part(&[], base.as_ref(), Some(&mine), Some(&theirs));
    Ok(Merged {
        content: content_of(whole.unwrap_or_default())?,
        from_theirs: merging.from_theirs,
        conflicts: merging.conflicts,
    })
}

/// Where each field is a line of free words.
const LICENCE: &str = "licence";

struct Merging<'a> {
    choices: &'a BTreeMap<String, Choice>,
    from_theirs: Vec<Part>,
    conflicts: Vec<Conflict>,
}

impl Merging<'_> {
    fn part(
        &mut self,
        path: &[&str],
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if mine == theirs || theirs == base {
            return mine.cloned();
        }
        if let (Some(Value::Object(own)), Some(Value::Object(other))) = (mine, theirs)
            && is_divided(path, own)
        {
            return Some(self.fields(path, base, own, other));
        }
        if let (Some(ORDER), Some(own), Some(other)) = (path.last().copied(), mine, theirs) {
            return Some(order(base, own, other));
        }
        if mine == base {
            self.from_theirs.push(Part::at(&without_members(path)));
            return theirs.cloned();
        }
        self.both(path, mine, theirs)
    }

    fn fields(
        &mut self,
        path: &[&str],
        base: Option<&Value>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Value {
        let mut names: Vec<&str> = mine.keys().chain(theirs.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let mut merged = Map::new();
        let empty = serde_json::json!({ ORDER: [], MEMBERS: {} });
        for name in names {
            let inner = [path, &[name]].concat();
            let sides = [
                base.and_then(|base| base.get(name)),
                mine.get(name),
                theirs.get(name),
            ];
            // an empty list is not written down
            let is_list = sides
                .into_iter()
                .flatten()
                .any(|side| side.get(MEMBERS).is_some());
            let [base, mine, theirs] = sides.map(|side| side.or(is_list.then_some(&empty)));
            if let Some(value) = self.part(&inner, base, mine, theirs) {
                merged.insert(name.to_owned(), value);
            }
        }
        Value::Object(merged)
    }

    fn both(&mut self, path: &[&str], mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
        let at = Part::at(&without_members(path));
        match self.choices.get(&at.path) {
            Some(Choice::Theirs) => return theirs.cloned(),
            Some(Choice::Mine) => return mine.cloned(),
            Some(Choice::Edited(words)) => {
                if path.contains(&LICENCE) {
                    return Some(Value::String(words.trim().to_owned()));
                }
                let source = [mine, theirs]
                    .into_iter()
                    .flatten()
                    .find(|value| is_source(value));
                let Some(mut source) = source.cloned() else {
                    return mine.cloned();
                };
                if words.trim().is_empty() {
                    return None;
                }
                if let Some(own) = source.get_mut("source") {
                    *own = Value::String(words.clone());
                }
                return Some(source);
            }
            None => {}
        }
        self.conflicts.push(Conflict {
            at,
            mine: side(mine),
            theirs: side(theirs),
        });
        // nothing goes away before somebody chose so
        mine.or(theirs).cloned()
    }
}

fn is_source(value: &Value) -> bool {
    value.get("source").is_some() && value.get("format").is_some()
}

fn side(value: Option<&Value>) -> Side {
    match value {
        None => Side::Gone,
        Some(value) => match value.get("source").and_then(Value::as_str) {
            Some(words) if is_source(value) => Side::Words(words.to_owned()),
            _ => value
                .as_str()
                .map_or(Side::Set, |words| Side::Words(words.to_owned())),
        },
    }
}

// A text in one language, a rule and a question are one thing each.
fn is_divided(path: &[&str], fields: &Map<String, Value>) -> bool {
    let is_whole = matches!(path.last(), Some(&"item" | &"completion"));
    let is_source = fields.contains_key("source") && fields.contains_key("format");
    !is_whole && !is_source
}

pub(crate) fn without_members<'a>(path: &[&'a str]) -> Vec<&'a str> {
    path.iter().copied().filter(|name| *name != MEMBERS).collect()
}

// Lists of keys: mine, with what they put in behind what it stood behind, without what either took away. When only they
// moved something, theirs.
fn order(base: Option<&Value>, mine: &Value, theirs: &Value) -> Value {
    let [base, mine, theirs] = [base, Some(mine), Some(theirs)].map(keys);
    let among = |list: &[String], others: [&Vec<String>; 2]| -> Vec<String> {
        let kept = list
            .iter()
            .filter(|key| others.iter().all(|other| other.contains(key)));
        kept.cloned().collect()
    };
    let i_moved = among(&mine, [&base, &theirs]) != among(&base, [&mine, &theirs]);
    let (first, second) = match i_moved {
        true => (&mine, &theirs),
        false => (&theirs, &mine),
    };
    let is_kept = |key: &&String| !base.contains(key) || (mine.contains(key) && theirs.contains(key));
    let mut merged: Vec<String> = first.iter().filter(is_kept).cloned().collect();
    for (place, key) in second.iter().enumerate() {
        if base.contains(key) || merged.contains(key) {
            continue;
        }
        let before = second.iter().take(place).rev();
        let behind = before.filter_map(|other| merged.iter().position(|known| known == other));
        let at = behind.map(|index| index + 1).next().unwrap_or(0);
        merged.insert(at.min(merged.len()), key.clone());
    }
    merged.into()
}

fn keys(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
