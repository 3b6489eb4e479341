//! Reading payloads strictly: the shapes that several types share, ids that the
//! item knows, nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{FieldId, OptionId};
use crate::response::{Response, ResponseProblem};

/// Reads a payload's JSON, an object. Shapes are structs with
/// `deny_unknown_fields`.
pub(crate) fn read_json<T: DeserializeOwned>(payload: &str) -> Result<T, ResponseProblem> {
    // a struct would be read from a list of its fields as well
    if !payload.trim_start().starts_with('{') {
        return Err(ResponseProblem::Malformed);
    }
    serde_json::from_str(payload).map_err(|_| ResponseProblem::Malformed)
}

/// Writes a payload's JSON.
pub(crate) fn write_json(payload: &impl Serialize) -> String {
    serde_json::to_string(payload).unwrap_or_default()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicePayload<S> {
    choice: Vec<S>,
}

/// The ids in `{"choice": ["a", …]}`.
pub(crate) fn read_choice(payload: &str) -> Result<Vec<String>, ResponseProblem> {
    read_json::<ChoicePayload<String>>(payload).map(|payload| payload.choice)
}

/// `{"choice": ["a", …]}`.
pub(crate) fn write_choice<'a>(options: impl IntoIterator<Item = &'a str>) -> String {
    let choice: Vec<&str> = options.into_iter().collect();
    write_json(&ChoicePayload { choice })
}

/// A choice of at most `most` of these options, none twice.
pub(crate) fn chosen<'a>(
    named: Vec<String>,
    options: impl Iterator<Item = &'a OptionId> + Clone,
    most: usize,
) -> Result<Response, ResponseProblem> {
    let chosen = distinct(named, options, most)?;
    Ok(match chosen.is_empty() {
        true => Response::Unanswered,
        false => Response::Choice(chosen),
    })
}

/// At most `most` of these options, none twice.
pub(crate) fn distinct<'a>(
    named: Vec<String>,
    options: impl Iterator<Item = &'a OptionId> + Clone,
    most: usize,
) -> Result<BTreeSet<OptionId>, ResponseProblem> {
    let mut chosen = BTreeSet::new();
    let count = named.len();
    for id in named {
        let option = known(options.clone(), &id)?;
        if !chosen.insert(option.clone()) {
            return Err(ResponseProblem::RepeatedOption(id));
        }
    }
    if count > most {
        return Err(ResponseProblem::TooManyChosen(count));
    }
    Ok(chosen)
}

/// The item's own option with this id.
pub(crate) fn known<'a>(
    mut options: impl Iterator<Item = &'a OptionId>,
    id: &str,
) -> Result<&'a OptionId, ResponseProblem> {
    options
        .find(|option| option.as_str() == id)
        .ok_or_else(|| ResponseProblem::UnknownOption(id.to_owned()))
}

/// The item's own place with this id.
pub(crate) fn known_field<'a>(
    mut fields: impl Iterator<Item = &'a FieldId>,
    id: &str,
) -> Result<&'a FieldId, ResponseProblem> {
    fields
        .find(|field| field.as_str() == id)
        .ok_or_else(|| ResponseProblem::UnknownField(id.to_owned()))
}

/// A JSON object in its own order with its repetitions, which a map would hide.
pub(crate) struct Members<V>(pub(crate) Vec<(String, V)>);

impl<V> Members<V> {
    /// The members by the item's own ids; refuses others, and one named twice.
    pub(crate) fn by_field<'a>(
        self,
        fields: impl Iterator<Item = &'a FieldId> + Clone,
    ) -> Result<BTreeMap<FieldId, V>, ResponseProblem> {
        let mut found = BTreeMap::new();
        for (name, value) in self.0 {
            let field = known_field(fields.clone(), &name)?;
            if found.insert(field.clone(), value).is_some() {
                return Err(ResponseProblem::RepeatedField(name));
            }
        }
        Ok(found)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Members<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for MembersVisitor<V> {
    type Value = Members<V>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// Writes a JSON object with members in this order, repetitions included, so
/// that a form's fields are judged as they came.
pub(crate) fn as_members<S: Serializer, V: Serialize>(
    members: &[(&str, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
}
