//! Units of measurement and their conversion, as workshops write them in
//! Vietnamese, German and English, and what an author asks of a unit.
//!
//! Factors are exact by definition (SI, inch 1959, pound 1959, standard gravity)
//! except where `f64` cannot hold them. Left out on purpose: prefixes in
//! general; a unit that is not in the table can be defined by the author.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::unit_table::{KnownUnit, UNITS};

/// What an author asks of the unit of a numerical answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitRule {
    /// The unit of the author's numbers, as pages show it: one of the table's or
    /// any other word, which then only equals itself.
    pub unit: String,
    /// Whether a unit is typed.
    #[serde(default)]
    pub typed: UnitTyped,
    /// What a wrong or missing unit costs, as a share of the mark from 0 to 1.
    #[serde(default = "all")]
    pub penalty: f64,
    /// The author's own units.
    #[serde(default)]
    pub own: Vec<OwnUnit>,
}

fn all() -> f64 {
    1.0
}

/// Whether a student types the unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitTyped {
    /// It stands beside the field. One that is typed all the same is converted.
    #[default]
    Given,
    /// It may be typed; without one the number is in the author's unit.
    Optional,
    /// It has to be typed.
    Required,
}

/// A unit that an author defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnUnit {
    /// How it is written.
    pub name: String,
    /// How many of the rule's unit one of it is; finite and not 0.
    pub factor: f64,
}

/// A typed number with its unit, seen from the author's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InUnit {
    /// Its value in the author's unit.
    Converted(f64),
    /// No unit, where one has to be typed; the number as typed.
    Missing(f64),
    /// A unit of another quantity, or none that is known; the number as typed.
    Wrong(f64),
}

/// Reads the typed unit and converts `value` to the rule's unit. `written` is
/// what stands behind the number, such as [`Quantity::unit`](crate::Quantity::unit).
pub fn in_unit(rule: &UnitRule, value: f64, written: &str) -> InUnit {
    let wanted = key(&rule.unit);
    let typed = key(written);
    if typed.is_empty() {
        return match rule.typed {
            UnitTyped::Required => InUnit::Missing(value),
            UnitTyped::Given | UnitTyped::Optional => InUnit::Converted(value),
        };
    }
    if typed == wanted {
        return InUnit::Converted(value);
    }
    if let Some(own) = rule.own.iter().find(|own| key(&own.name) == typed) {
        return InUnit::Converted(value * own.factor);
    }
    match (find(&typed), find(&wanted)) {
        (Some(typed), Some(wanted)) if typed.quantity == wanted.quantity => {
            InUnit::Converted(converted(value, typed, wanted))
        }
        _ => InUnit::Wrong(value),
    }
}

/// Whether the table knows the unit, in any of its spellings.
pub fn is_known_unit(written: &str) -> bool {
    find(&key(written)).is_some()
}

/// The unit as pages show it (`µm` for `um`); `None` for one that the table does not know.
pub fn shown_unit(written: &str) -> Option<&'static str> {
    find(&key(written)).and_then(|unit| unit.names.first().copied())
}

/// Converts between two units of the table; `None` when one is not known or they
/// measure different quantities.
pub fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    let (from, to) = (find(&key(from))?, find(&key(to))?);
    (from.quantity == to.quantity).then(|| converted(value, from, to))
}

fn converted(value: f64, from: &KnownUnit, to: &KnownUnit) -> f64 {
    if std::ptr::eq(from, to) {
        return value;
    }
    (value * from.factor + from.offset - to.offset) / to.factor
}

/// The exact spelling first, since mΩ is not MΩ; then any capitals when only one
/// unit is left.
fn find(key: &str) -> Option<&'static KnownUnit> {
    static EXACT: LazyLock<BTreeMap<String, Option<&'static KnownUnit>>> =
        LazyLock::new(|| units_by(str::to_owned));
    static ANY_CASE: LazyLock<BTreeMap<String, Option<&'static KnownUnit>>> =
        LazyLock::new(|| units_by(str::to_lowercase));
    let exact = EXACT.get(key).copied().flatten();
    exact.or_else(|| ANY_CASE.get(&key.to_lowercase()).copied().flatten())
}

/// The units by their spellings; none where a spelling means several.
fn units_by(spelling: impl Fn(&str) -> String) -> BTreeMap<String, Option<&'static KnownUnit>> {
    let mut found: BTreeMap<String, Option<&'static KnownUnit>> = BTreeMap::new();
    let named = UNITS
        .iter()
        .flat_map(|unit| unit.names.iter().map(move |name| (name, unit)));
    for (name, unit) in named {
        let same = |other: &Option<&KnownUnit>| other.is_some_and(|other| std::ptr::eq(other, unit));
        let entry = found.entry(spelling(&key(name))).or_insert(Some(unit));
        if !same(entry) {
            *entry = None;
        }
    }
    found
}

/// One spelling for `mm²`, `mm^2` and `mm2`, `N·m`, `N*m` and `N m`, µ and μ.
fn key(written: &str) -> String {
    let mut key = String::with_capacity(written.len());
    for letter in text::nfc(written).chars() {
        match letter {
            '^' | '*' | '·' | '⋅' | '∙' | '×' | '.' => {}
            _ if letter.is_whitespace() => {}
            '²' => key.push('2'),
            '³' => key.push('3'),
            '¹' => key.push('1'),
            '⁻' | '\u{2212}' | '\u{2011}' | '\u{2013}' => key.push('-'),
            'µ' => key.push('μ'),
            'º' | '˚' => key.push('°'),
            '″' | '”' | '“' => key.push('"'),
            other => key.push(other),
        }
    }
    key
}

#[cfg(test)]
#[path = "unit_tests.rs"]
mod tests;
