//! Mark a spot: points are set in a picture, such as the worn edge of a tool in
//! its photograph.
//!
//! Payload: `{"points": [{"x": 120, "y": 80}, …]}` in the picture's own pixels.
//! Form: two number fields per mark, `answer/{slot}/1.x` and `answer/{slot}/1.y`,
//! `2.x`, …, left empty for no mark; and an image button `answer/{slot}/add`,
//! which a browser sends as `add.x` and `add.y` and which adds one more mark.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload;
use super::picture::{ImageRef, Region};
use super::placing;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::FieldId;
use crate::limits;
use crate::response::{Point, Response, ResponseProblem};
use crate::scoring::{ItemMark, PartMark, is_unwritten, is_zero};

/// A picture in which spots are to be found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkSpot {
    /// What is looked at.
    pub picture: ImageRef,
    /// What is to be found.
    pub regions: Vec<SpotRegion>,
    /// The most marks; `None` for as many as there are regions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks_at_most: Option<usize>,
    /// The share of the mark, from 0 to 1, that each mark outside all regions costs.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub penalty: f64,
}

/// A region that wants a mark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpotRegion {
    /// Unique in its item.
    pub id: FieldId,
    /// For the review; never shown before.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub name: Text,
    /// Where it lies in the picture.
    pub region: Region,
    /// How much it weighs among the regions.
    #[serde(default = "placing::whole")]
    pub weight: f64,
}

impl MarkSpot {
    /// The most marks that can be set.
    pub fn most_marks(&self) -> usize {
        self.marks_at_most.unwrap_or(self.regions.len())
    }

    /// For each region whether a mark of its own lies in it. A mark serves one
    /// region; where regions overlap, the heaviest are served first and marks
    /// move on as long as that serves one more. So the order of marks is nothing.
    fn served(&self, marks: &[Point]) -> Vec<bool> {
        let mut served_by: Vec<Option<usize>> = vec![None; marks.len()];
        let mut by_weight: Vec<(usize, &SpotRegion)> = self.regions.iter().enumerate().collect();
        by_weight.sort_by(|(_, a), (_, b)| b.weight.total_cmp(&a.weight));
        let mut served = vec![false; self.regions.len()];
        for (index, _) in by_weight {
            let mut tried = vec![false; marks.len()];
            if let Some(served) = served.get_mut(index) {
                *served = self.serve(index, marks, &mut served_by, &mut tried);
            }
        }
        served
    }

    fn serve(
        &self,
        region: usize,
        marks: &[Point],
        served_by: &mut [Option<usize>],
        tried: &mut [bool],
    ) -> bool {
        let Some(area) = self.regions.get(region).map(|region| &region.region) else {
            return false;
        };
        for (index, mark) in marks.iter().enumerate() {
            let is_new = tried.get_mut(index).is_some_and(|tried| {
                let is_new = !*tried && area.contains(*mark);
                *tried |= is_new;
                is_new
            });
            if !is_new {
                continue;
            }
            let former = served_by.get(index).copied().flatten();
            if former.is_none_or(|former| self.serve(former, marks, served_by, tried)) {
                if let Some(server) = served_by.get_mut(index) {
                    *server = Some(region);
                }
                return true;
            }
        }
        false
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointsPayload {
    points: Vec<PointPayload>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointPayload {
    x: u32,
    y: u32,
}

impl Kind for MarkSpot {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let typed = payload::read_json::<PointsPayload>(payload)?.points;
        if typed.len() > self.most_marks() {
            return Err(ResponseProblem::TooManyChosen(typed.len()));
        }
        let mut points = BTreeSet::new();
        for PointPayload { x, y } in typed {
            let point = Point { x, y };
            if !self.picture.contains(point) {
                let outside = if x < self.picture.width { y } else { x };
                return Err(ResponseProblem::OutOfRange(f64::from(outside)));
            }
            if !points.insert(point) {
                return Err(ResponseProblem::RepeatedOption(format!("{x},{y}")));
            }
        }
        Ok(match points.is_empty() {
            true => Response::Unanswered,
            false => Response::Points(points.into_iter().collect()),
        })
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let mark = |name: &str| {
            let value = |axis: &str| {
                let field = fields.iter().find(|(field, _)| {
                    let rest = field.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
                    rest == Some(axis)
                });
                field.map_or("", |(_, value)| value.trim())
            };
            let (x, y) = (value("x"), value("y"));
            let typed = !x.is_empty() || !y.is_empty();
            typed.then(|| serde_json::json!({ "x": number(x), "y": number(y) }))
        };
        let numbered = (1..=self.most_marks()).filter_map(|place| mark(&place.to_string()));
        let points: Vec<_> = numbered.chain(mark("add")).collect();
        serde_json::json!({ "points": points }).to_string()
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Points(marks) = response else {
            return ItemMark::wrong();
        };
        let served = self.served(marks);
        let part = |(region, served): (&SpotRegion, bool)| PartMark {
            part: region.id.clone(),
            fraction: f64::from(u8::from(served)),
            weight: region.weight,
        };
        let found = ItemMark::of_parts(self.regions.iter().zip(served).map(part).collect());
        let astray = |mark: &&Point| !self.regions.iter().any(|region| region.region.contains(**mark));
        let cost = self.penalty * marks.iter().filter(astray).count() as f64;
        ItemMark {
            parts: found.parts,
            ..ItemMark::of(found.fraction - cost)
        }
    }

    /// A corner of a polygon may be its only spot with whole pixels.
    fn right_response(&self, _context: &Context<'_>) -> Response {
        let marks: Option<BTreeSet<Point>> = self
            .regions
            .iter()
            .map(|region| self.spot_in(&region.region))
            .collect();
        match marks {
            Some(marks) if !marks.is_empty() => Response::Points(marks.into_iter().collect()),
            _ => Response::Unanswered,
        }
    }

    /// Where somebody guesses is anybody's guess.
    fn chance(&self) -> Option<f64> {
        None
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        self.picture.check(&mut check.at("picture", 0));
        let mut ids = BTreeSet::new();
        for (index, region) in self.regions.iter().enumerate() {
            let mut at = check.at("regions", index);
            at.id(&region.id, ids.insert(&region.id));
            at.texts([&region.name]);
            let fits = region.region.fits(&self.picture);
            at.add_if(!fits, DraftProblemKind::OutsidePicture);
            let weighs = placing::weighs(region.weight);
            at.add_if(!weighs, DraftProblemKind::WeightOutOfRange);
        }
        let weight = self.regions.iter().map(|region| region.weight).sum();
        placing::check_places(self.regions.len(), weight, check);
        let penalty_fits = (0.0..=1.0).contains(&self.penalty);
        check.add_if(!penalty_fits, DraftProblemKind::PenaltyOutOfRange);
        let too_few = self.most_marks() < self.regions.len();
        check.add_if(too_few, DraftProblemKind::LimitTooLow);
        let too_many = self.most_marks() > limits::FIELDS;
        check.add_if(too_many, DraftProblemKind::TooManyPlaces);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_regions = self.regions.iter().map(|region| &region.name);
        std::iter::once(&self.picture.alternative)
            .chain(of_regions)
            .collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let of_regions = self.regions.iter_mut().map(|region| &mut region.name);
        std::iter::once(&mut self.picture.alternative)
            .chain(of_regions)
            .collect()
    }
}

impl MarkSpot {
    /// A spot of a region that lies in the picture: its middle where that is in it.
    fn spot_in(&self, region: &Region) -> Option<Point> {
        let (middle, corners) = match region {
            Region::Circle { x, y, .. } => (Point { x: *x, y: *y }, &[][..]),
            Region::Rectangle { x, y, width, height } => (
                Point {
                    x: x.saturating_add(width / 2),
                    y: y.saturating_add(height / 2),
                },
                &[][..],
            ),
            Region::Polygon { points } => (mean(points)?, points.as_slice()),
        };
        let mut candidates = std::iter::once(middle).chain(corners.iter().copied());
        candidates.find(|spot| region.contains(*spot) && self.picture.contains(*spot))
    }
}

fn mean(points: &[Point]) -> Option<Point> {
    let count = u64::try_from(points.len()).ok().filter(|count| *count > 0)?;
    let sum = |axis: fn(&Point) -> u32| points.iter().map(axis).map(u64::from).sum::<u64>();
    Some(Point {
        x: u32::try_from(sum(|point| point.x) / count).ok()?,
        y: u32::try_from(sum(|point| point.y) / count).ok()?,
    })
}

/// What is no whole number stays what it is, to be refused where it is read.
fn number(typed: &str) -> serde_json::Value {
    match typed.parse::<u32>() {
        Ok(number) => number.into(),
        Err(_) => typed.into(),
    }
}
