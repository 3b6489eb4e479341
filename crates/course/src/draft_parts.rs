//! A draft as parts that can be compared and put together one by one: the content as
//! JSON in which what has a key is found by it, and lists are the order of their keys.
//! A field that is added to the content later is a part without a word of code here.
//!
//! Left out on purpose: what is done with parts (`draft_merge`, `draft_difference`).

use serde_json::{Map, Value};

use crate::content::CourseContent;

/// The keys of a list in order, beside its [`MEMBERS`].
pub(crate) const ORDER: &str = "#order";
/// What a list holds, by key.
pub(crate) const MEMBERS: &str = "#members";
/// Lists whose members have names of their own, and which fields name them.
const LISTS: &[(&str, &[&str])] = &[
    ("units", &["key"]),
    ("checks", &["key"]),
    ("reflections", &["key"]),
    ("glossary", &["key"]),
    ("files", &["medium"]),
    ("steps", &["key"]),
    ("competencies", &["framework", "code"]),
];

/// Where a part of a draft stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// What it belongs to.
    pub of: PartOf,
    /// The key of the check, reflection or file in it; empty elsewhere.
    pub member: String,
    /// The field, by its name in the content, such as `title`; empty for the whole.
    pub field: String,
    /// The language of a text; empty elsewhere.
    pub language: String,
    /// Names this part and no other.
    pub path: String,
}

/// What a part belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOf {
    /// The course itself.
    #[default]
    Course,
    /// The unit of that key.
    Unit(String),
    /// The lesson or assessment of that key.
    Step(String),
    /// The term of that key.
    Term(String),
}

impl Part {
    /// The part that a path names.
    pub fn of_path(path: &str) -> Self {
        let names: Vec<&str> = path.split('/').collect();
        Self::at(&names)
    }

    /// The part at the end of a path.
    pub(crate) fn at(path: &[&str]) -> Self {
        let mut part = Self {
            path: path.join("/"),
            ..Self::default()
        };
        let rest = match path {
            ["units", key, rest @ ..] => {
                part.of = PartOf::Unit((*key).to_owned());
                rest
            }
            ["steps", key, rest @ ..] => {
                part.of = PartOf::Step((*key).to_owned());
                rest
            }
            ["glossary", key, rest @ ..] => {
                part.of = PartOf::Term((*key).to_owned());
                rest
            }
            other => other,
        };
        let rest = match rest {
            [list @ ("checks" | "reflections" | "files"), key, rest @ ..] => {
                part.member = (*key).to_owned();
                if rest.is_empty() {
                    part.field = (*list).to_owned();
                }
                rest
            }
            other => other,
        };
        if let Some(field) = rest.iter().find(|name| **name != ORDER) {
            part.field = (*field).to_owned();
        }
        if let [.., "versions" | "captions", language] = rest {
            part.language = (*language).to_owned();
        }
        part
    }
}

/// The content as parts.
pub(crate) fn parts_of(content: &CourseContent) -> serde_json::Result<Value> {
    let mut whole = serde_json::to_value(content)?;
    if let Value::Object(fields) = &mut whole {
        lift_steps(fields);
    }
    keyed(&mut whole);
    Ok(whole)
}

/// The content of parts; a step that stands in no unit comes to the last one.
pub(crate) fn content_of(mut parts: Value) -> serde_json::Result<CourseContent> {
    listed(&mut parts);
    if let Value::Object(fields) = &mut parts {
        lower_steps(fields);
    }
    serde_json::from_value(parts)
}

// A step that moves to another unit is still the same step.
fn lift_steps(fields: &mut Map<String, Value>) {
    let Some(Value::Array(units)) = fields.get_mut("units") else {
        return;
    };
    let steps = units.iter().filter_map(|unit| unit.get("steps")?.as_array());
    let steps: Vec<Value> = steps.flatten().cloned().collect();
    if names(&steps, &["key"]).is_none() {
        return;
    }
    for unit in units.iter_mut() {
        let Some(own) = unit.get_mut("steps") else {
            continue;
        };
        let keys = own.as_array().into_iter().flatten();
        let keys: Vec<&Value> = keys.filter_map(|step| step.get("key")).collect();
        *own = serde_json::json!({ ORDER: keys });
    }
    fields.insert("steps".to_owned(), Value::Array(steps));
}

fn lower_steps(fields: &mut Map<String, Value>) {
    let Some(Value::Array(mut steps)) = fields.remove("steps") else {
        return;
    };
    let Some(Value::Array(units)) = fields.get_mut("units") else {
        return;
    };
    for unit in units.iter_mut() {
        let Some(own) = unit.get_mut("steps") else {
            continue;
        };
        let keys = own.get(ORDER).and_then(Value::as_array).into_iter().flatten();
        let found = keys.filter_map(|key| {
            let place = steps.iter().position(|step| step.get("key") == Some(key))?;
            Some(steps.remove(place))
        });
        *own = found.collect();
    }
    if let Some(Value::Array(own)) = units.last_mut().and_then(|unit| unit.get_mut("steps")) {
        own.append(&mut steps);
    }
}

// The members' names, if each has one of its own.
fn names(members: &[Value], fields: &[&str]) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for member in members {
        let words = fields.iter().map(|field| member.get(*field)?.as_str());
        // a name is one piece of a path
        let own = words
            .collect::<Option<Vec<&str>>>()?
            .join(" ")
            .replace('/', "\u{2215}");
        if found.contains(&own) {
            return None;
        }
        found.push(own);
    }
    Some(found)
}

fn keyed(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    for (field, inner) in fields.iter_mut() {
        let Some((_, named_by)) = LISTS.iter().find(|(list, _)| list == field) else {
            continue;
        };
        let Value::Array(members) = inner else { continue };
        let Some(order) = names(members, named_by) else {
            continue;
        };
        members.iter_mut().for_each(keyed);
        let by_name: Map<String, Value> = order.iter().cloned().zip(std::mem::take(members)).collect();
        *inner = serde_json::json!({ORDER: order, MEMBERS: by_name});
    }
}

fn listed(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    for inner in fields.values_mut() {
        listed(inner);
        let Some(Value::Object(members)) = inner.get_mut(MEMBERS).map(Value::take) else {
            continue;
        };
        let mut members = members;
        members.values_mut().for_each(listed);
        let order = inner.get(ORDER).and_then(Value::as_array);
        let keys = order.into_iter().flatten().filter_map(Value::as_str);
        let mut list: Vec<Value> = keys.filter_map(|key| members.remove(key)).collect();
        // what no order names is not lost
        list.extend(members.into_iter().map(|(_, member)| member));
        *inner = Value::Array(list);
    }
}
