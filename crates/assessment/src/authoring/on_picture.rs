//! Questions about a picture. The picture itself is chosen by a file; its field
//! says `hash width height`. Places are lines `words = numbers`, in its pixels:
//! `x y` a spot, `x y r` a disc, `x y w h` a rectangle, and from three corners on
//! `x y x y x y` a polygon; commas may stand between the numbers.
//!
//! Labels onto a picture: `zones` has a line `label = place` for each zone, behind
//! `|` the zone's name; `distractors` a label per line that belongs nowhere.
//! Mark a spot: `regions` has a line `name = place` for each, the name empty where it
//! has none. Graphic order:
//! `spots` has a line `name = x y` for each, in the right order.

use super::kept::{self, one_line, put, shown};
use super::line::{escaped, lines, plain, split};
use super::notes::{Noted, Part, notes_field, read_notes};
use super::open::{optional_field, read_optional};
use super::placing::{ORDER_KEYS, ORDER_SCORINGS};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, key_of, number_field,
    selected,
};
use crate::id::{FieldId, OptionId};
use crate::interaction::{
    DragOntoImage, GraphicOrder, ImageRef, MarkSpot, Piece, Region, Spot, SpotRegion, Zone,
};
use crate::response::Point;
use text::Text;

fn blank_picture() -> ImageRef {
    ImageRef {
        hash: String::new(),
        width: 0,
        height: 0,
        alternative: Text::default(),
    }
}

fn picture_fields(picture: &ImageRef, language: &str) -> [AuthoringField; 2] {
    let chosen = match picture.hash.as_str() {
        "" => String::new(),
        hash => format!("{hash} {} {}", picture.width, picture.height),
    };
    [
        field("picture", Control::Picture, chosen),
        field(
            "alternative",
            Control::Line,
            shown(&picture.alternative, language),
        ),
    ]
}

fn read_picture(saved: &ImageRef, reader: &Reader<'_>) -> ImageRef {
    let typed = reader.typed("picture");
    let mut parts = typed.split_whitespace();
    let hash = parts.next().unwrap_or_default().to_owned();
    let mut side = || {
        parts
            .next()
            .and_then(|side| side.parse().ok())
            .unwrap_or_default()
    };
    ImageRef {
        width: side(),
        height: side(),
        alternative: put(reader.how, Some(&saved.alternative), &reader.typed("alternative")),
        hash,
    }
}

/// A line of places: its words, its place, and the words behind `|`.
struct Placed {
    words: String,
    numbers: Vec<u32>,
    name: String,
}

fn read_lines(reader: &mut Reader<'_>, key: &'static str) -> Vec<Placed> {
    let typed = reader.typed(key);
    let mut found = Vec::new();
    for line in lines(&typed) {
        match split(line.source, '=').as_slice() {
            [words, place] if !place.is_empty() && (!words.is_empty() || key == "regions") => {
                let (place, name) = place.split_once('|').unwrap_or((place, ""));
                match numbers(place) {
                    Some(numbers) => found.push(Placed {
                        words: one_line(&plain(words)),
                        numbers,
                        name: one_line(&plain(name)),
                    }),
                    None => reader.problem(key, Some(line.number), Kind::NoPlace),
                }
            }
            [_, _] | [_] | [] => reader.problem(key, Some(line.number), Kind::NoPair),
            _ => reader.problem(key, Some(line.number), Kind::TooManySides),
        }
    }
    found
}

fn numbers(place: &str) -> Option<Vec<u32>> {
    let words = place.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().ok()).collect()
}

fn region(numbers: &[u32]) -> Option<Region> {
    match numbers {
        [x, y, radius] => Some(Region::Circle {
            x: *x,
            y: *y,
            radius: *radius,
        }),
        [x, y, width, height] => Some(Region::Rectangle {
            x: *x,
            y: *y,
            width: *width,
            height: *height,
        }),
        corners if corners.len() >= 6 && corners.len() % 2 == 0 => {
            let points = corners.chunks(2).filter_map(point);
            Some(Region::Polygon {
                points: points.collect(),
            })
        }
        _ => None,
    }
}

fn point(numbers: &[u32]) -> Option<Point> {
    match numbers {
        [x, y] => Some(Point { x: *x, y: *y }),
        _ => None,
    }
}

fn region_words(region: &Region) -> String {
    let numbers: Vec<u32> = match region {
        Region::Circle { x, y, radius } => vec![*x, *y, *radius],
        Region::Rectangle { x, y, width, height } => vec![*x, *y, *width, *height],
        Region::Polygon { points } => points.iter().flat_map(|point| [point.x, point.y]).collect(),
    };
    joined(&numbers)
}

fn joined(numbers: &[u32]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    words.join(" ")
}

/// The lines with a place of that shape, and a problem for each other.
fn with_places<T>(
    reader: &mut Reader<'_>,
    key: &'static str,
    place: fn(&[u32]) -> Option<T>,
) -> Vec<(Placed, T)> {
    let read = read_lines(reader, key);
    let mut found = Vec::new();
    for line in read {
        match place(&line.numbers) {
            Some(place) => found.push((line, place)),
            None => reader.problem(key, None, Kind::NoPlace),
        }
    }
    found
}

pub(super) fn blank_drag() -> DragOntoImage {
    DragOntoImage {
        picture: blank_picture(),
        zones: Vec::new(),
        labels: Vec::new(),
        shuffle_labels: true,
    }
}

pub(super) fn drag_fields(kind: &DragOntoImage, language: &str) -> Vec<AuthoringField> {
    let label = |id: &OptionId| {
        let found = kind.labels.iter().find(|label| label.id == *id);
        found
            .map(|label| escaped(&kept::piece_words(label, language)))
            .unwrap_or_default()
    };
    let zone = |zone: &Zone| {
        let line = format!("{} = {}", label(&zone.right), region_words(&zone.region));
        match shown(&zone.name, language).as_str() {
            "" => line,
            name => format!("{line} | {}", escaped(name)),
        }
    };
    let zones: Vec<String> = kind.zones.iter().map(zone).collect();
    let is_right = |label: &&Piece| kind.zones.iter().any(|zone| zone.right == label.id);
    let others: Vec<Piece> = kind
        .labels
        .iter()
        .filter(|label| !is_right(label))
        .cloned()
        .collect();
    let mut fields = picture_fields(&kind.picture, language).to_vec();
    fields.extend([
        field("zones", Control::Lines, zones.join("\n")),
        field(
            "distractors",
            Control::Lines,
            kept::piece_lines(&others, language),
        ),
        check_field("shuffle", kind.shuffle_labels),
        notes_field(Noted::Both, kind.zones.iter().map(zone_part), language),
    ]);
    fields
}

fn zone_part(zone: &Zone) -> Part<'_> {
    (zone.weight, Some(&zone.feedback))
}

pub(super) fn read_drag(saved: &DragOntoImage, reader: &mut Reader<'_>) -> DragOntoImage {
    let placed = with_places(reader, "zones", region);
    let right: Vec<String> = placed.iter().map(|(line, _)| line.words.clone()).collect();
    let distractors = reader.lines("distractors");
    let words = kept::distinct(right.iter().chain(&distractors));
    let used = kept::in_order_of_use(&saved.labels, saved.zones.iter().map(|zone| &zone.right));
    let labels = kept::pieces(&used, &words, reader.how);
    let names = saved.zones.iter().map(|zone| (zone.id.as_str(), &zone.name));
    let typed: Vec<String> = placed.iter().map(|(line, _)| line.name.clone()).collect();
    let ids = kept::ids(names, &typed, reader.how, 'z');
    let notes = read_notes(
        Noted::Both,
        saved.zones.iter().map(zone_part),
        placed.len(),
        reader,
    );
    let zone = |(number, ((line, region), id)): (usize, ((Placed, Region), String))| {
        let id = FieldId::from(id);
        let former = saved.zones.iter().find(|zone| zone.id == id);
        let at = words.iter().position(|word| *word == line.words);
        let right = at.and_then(|at| labels.get(at)).map(|label| label.id.clone());
        let (weight, feedback) = notes.of(number, former.map(zone_part), reader.how);
        Zone {
            name: put(reader.how, former.map(|zone| &zone.name), &line.name),
            region,
            right: right.unwrap_or_else(|| OptionId::from("")),
            weight,
            feedback,
            id,
        }
    };
    DragOntoImage {
        picture: read_picture(&saved.picture, reader),
        zones: (1..).zip(placed.into_iter().zip(ids)).map(zone).collect(),
        shuffle_labels: reader.is_on("shuffle"),
        labels: kept::in_saved_order(&saved.labels, labels),
    }
}

pub(super) fn blank_mark_spot() -> MarkSpot {
    MarkSpot {
        picture: blank_picture(),
        regions: Vec::new(),
        marks_at_most: None,
        penalty: 0.0,
    }
}

pub(super) fn mark_spot_fields(kind: &MarkSpot, language: &str) -> Vec<AuthoringField> {
    let line = |region: &SpotRegion| {
        format!(
            "{} = {}",
            escaped(&shown(&region.name, language)),
            region_words(&region.region)
        )
    };
    let regions: Vec<String> = kind.regions.iter().map(line).collect();
    let mut fields = picture_fields(&kind.picture, language).to_vec();
    fields.extend([
        field("regions", Control::Lines, regions.join("\n")),
        number_field("penalty", kind.penalty * 100.0, language),
        optional_field("marks_at_most", kind.marks_at_most, language),
        notes_field(Noted::Weights, kind.regions.iter().map(region_part), language),
    ]);
    fields
}

fn region_part(region: &SpotRegion) -> Part<'_> {
    (region.weight, None)
}

pub(super) fn read_mark_spot(saved: &MarkSpot, reader: &mut Reader<'_>) -> MarkSpot {
    let placed = with_places(reader, "regions", region);
    let penalty = reader.number("penalty", saved.penalty * 100.0) / 100.0;
    let of_regions = saved
        .regions
        .iter()
        .map(|region| (region.id.as_str(), &region.name));
    let words: Vec<String> = placed.iter().map(|(line, _)| line.words.clone()).collect();
    let parts = kept::parts(of_regions, &words, reader.how, 'r');
    let marks_at_most = read_optional(reader, "marks_at_most", saved.marks_at_most);
    let notes = read_notes(
        Noted::Weights,
        saved.regions.iter().map(region_part),
        placed.len(),
        reader,
    );
    let regions = (1..).zip(parts.into_iter().zip(placed));
    let regions = regions.map(|(number, ((id, name), (_, region)))| {
        let id = FieldId::from(id);
        let former = saved.regions.iter().find(|former| former.id == id);
        let (weight, _) = notes.of(number, former.map(region_part), reader.how);
        SpotRegion {
            weight,
            name,
            region,
            id,
        }
    });
    MarkSpot {
        picture: read_picture(&saved.picture, reader),
        regions: regions.collect(),
        marks_at_most,
        penalty,
    }
}

pub(super) fn blank_graphic_order() -> GraphicOrder {
    GraphicOrder {
        picture: blank_picture(),
        spots: Vec::new(),
        scoring: crate::interaction::OrderingScoring::default(),
    }
}

pub(super) fn graphic_order_fields(kind: &GraphicOrder, language: &str) -> Vec<AuthoringField> {
    let line = |spot: &Spot| {
        format!(
            "{} = {}",
            escaped(&shown(&spot.name, language)),
            joined(&[spot.at.x, spot.at.y])
        )
    };
    let spots: Vec<String> = kind.spots.iter().map(line).collect();
    let scoring = key_of(&kind.scoring, ORDER_KEYS, ORDER_SCORINGS);
    let mut fields = picture_fields(&kind.picture, language).to_vec();
    fields.extend([
        field("spots", Control::Lines, spots.join("\n")),
        field("order_scoring", Control::Select(ORDER_KEYS), scoring),
    ]);
    fields
}

pub(super) fn read_graphic_order(saved: &GraphicOrder, reader: &mut Reader<'_>) -> GraphicOrder {
    let placed = with_places(reader, "spots", point);
    let of_spots = saved.spots.iter().map(|spot| (spot.id.as_str(), &spot.name));
    let words: Vec<String> = placed.iter().map(|(line, _)| line.words.clone()).collect();
    let parts = kept::parts(of_spots, &words, reader.how, 's');
    let spot = |((id, name), (_, at)): ((String, Text), (Placed, Point))| Spot {
        id: OptionId::from(id),
        name,
        at,
    };
    GraphicOrder {
        picture: read_picture(&saved.picture, reader),
        spots: parts.into_iter().zip(placed).map(spot).collect(),
        scoring: selected(
            &reader.typed("order_scoring"),
            ORDER_KEYS,
            ORDER_SCORINGS,
            saved.scoring,
        ),
    }
}
