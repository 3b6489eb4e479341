//! Examination schemes: how weighted parts make up a result, and what else it
//! takes to pass. Data, so that the rules of an examination are a file and not a
//! program; working it out is `verdict`'s.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::id::{PartId, SectionId};

/// How parts make up an examination. All points are percent points, from 0 to
/// 100, of which two decimals count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scheme {
    /// Its name, such as the ordinance's.
    #[serde(default)]
    pub title: Text,
    /// What the total is made of; weighted against each other.
    pub parts: Vec<Part>,
    /// To how many decimals each part and the total are rounded, 0 to 2; halves go up.
    #[serde(default)]
    pub decimals: u8,
    /// All of these must hold to pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pass: Vec<Condition>,
    /// From how many points on there is which grade, the best first. The last one
    /// begins at 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<Band>,
    /// An oral examination that can be taken on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<Supplement>,
}

/// A part of an examination.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Unique in the scheme.
    pub id: PartId,
    /// Its name.
    pub title: Text,
    /// Its share among the parts beside it.
    pub weight: u32,
    /// Where its points come from.
    #[serde(flatten)]
    pub source: PartSource,
}

/// Where a part's points come from. In JSON `from` names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum PartSource {
    /// What share of the points of these sections was reached.
    Sections {
        /// The sections.
        sections: Vec<SectionId>,
    },
    /// A marker enters them.
    Marker,
    /// Other parts, weighted.
    Parts {
        /// The parts.
        parts: Vec<Part>,
    },
}

/// Something that it takes to pass. In JSON `holds` names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "holds", rename_all = "snake_case")]
pub enum Condition {
    /// The total has at least so many points.
    Total {
        /// Points.
        at_least: f64,
    },
    /// These parts together, by their weights in the whole examination, have at
    /// least so many points. One part: that part.
    Together {
        /// The parts.
        parts: Vec<PartId>,
        /// Points.
        at_least: f64,
    },
    /// So many of these parts have at least so many points. As many as there are
    /// parts: none is below.
    Several {
        /// The parts.
        parts: Vec<PartId>,
        /// How many of them.
        count: usize,
        /// Points.
        at_least: f64,
    },
}

/// A grade of the key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// The fewest points that give it.
    pub from: f64,
    /// The grade as it is written: `1`, `A`.
    pub grade: String,
    /// Its name: very good.
    #[serde(default)]
    pub name: Text,
}

/// An oral examination in one of the parts, on the candidate's request, where it
/// can bring about a pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Supplement {
    /// The parts in which it can be taken; in one of them at most.
    pub parts: Vec<PartId>,
    /// The weight of the points that the part had before.
    pub before: u32,
    /// The weight of the oral examination.
    pub oral: u32,
    /// It is taken only in a part with fewer points than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_below: Option<f64>,
}

/// What a marker enters for a part: the payload of
/// [`EntryKind::PartPoints`](crate::EntryKind::PartPoints).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartPoints {
    /// The part.
    pub part: PartId,
    /// From 0 to 100; `None` takes back what was entered before.
    pub points: Option<f64>,
    /// Whether they are those of the oral supplement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supplement: bool,
}

impl PartPoints {
    /// What a payload says; `None` when it says no points.
    pub fn read(payload: &str) -> Option<Self> {
        let read: Self = serde_json::from_str(payload).ok()?;
        let fits = read.points.is_none_or(|points| (0.0..=100.0).contains(&points));
        fits.then_some(read)
    }

    /// The payload that says it.
    pub fn payload(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

impl Scheme {
    /// All parts, each before those that it is made of, with how deep they stand.
    pub fn all_parts(&self) -> Vec<(&Part, usize)> {
        fn add<'a>(parts: &'a [Part], depth: usize, all: &mut Vec<(&'a Part, usize)>) {
            for part in parts {
                all.push((part, depth));
                if let PartSource::Parts { parts } = &part.source {
                    add(parts, depth + 1, all);
                }
            }
        }
        let mut all = Vec::new();
        add(&self.parts, 0, &mut all);
        all
    }

    /// The part with this id.
    pub fn part(&self, id: &PartId) -> Option<&Part> {
        let found = self.all_parts().into_iter().find(|(part, _)| part.id == *id);
        found.map(|(part, _)| part)
    }

    /// The grade for so many points; `None` without a key.
    pub fn grade(&self, points: f64) -> Option<&Band> {
        let reached = self.key.iter().filter(|band| points >= band.from);
        reached.max_by(|one, other| one.from.total_cmp(&other.from))
    }
}
