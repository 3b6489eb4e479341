//! Questions about a picture: its zones and spots are numbered in it.

use assessment::{DragOntoImage, GraphicOrder, ImageRef, MarkSpot, Point, Region, Response};
use ui::{
    Html,
    component::{Picture, PictureSign, Select, SelectChoice, SelectRow, Selects, SpotMark, Spots},
};

use super::{
    Asked,
    chosen::{self, placed},
};

pub(crate) fn picture(asked: &Asked<'_>, image: &ImageRef, signs: Vec<PictureSign>) -> Picture {
    Picture {
        path: path(asked, image),
        alternative: asked.words.plain(&image.alternative),
        width: image.width,
        height: image.height,
        signs,
    }
}

fn path(asked: &Asked<'_>, image: &ImageRef) -> String {
    format!("{}/{}", asked.pictures, image.hash)
}

/// A picture among words.
pub(super) fn small(asked: &Asked<'_>, image: &ImageRef, alternative: &str) -> Html {
    Html::picture(&path(asked, image), alternative, image.width, image.height)
}

/// What a zone is called: its number and its name.
pub(crate) fn zone_label(asked: &Asked<'_>, number: usize, zone: &assessment::Zone) -> Html {
    let words = asked.t.with("attempt-zone", "number", number).to_string();
    match zone.name.is_empty() {
        true => Html::trusted(words),
        false => Html::trusted(format!("{words}: {}", asked.words.inline(&zone.name))),
    }
}

/// The zones' numbers on the picture.
pub(crate) fn zone_signs(kind: &DragOntoImage) -> Vec<PictureSign> {
    let sign = |(zone, number): (&assessment::Zone, usize)| sign(number.to_string(), middle(&zone.region));
    kind.zones.iter().zip(1..).map(sign).collect()
}

pub(super) fn labels(asked: &Asked<'_>, kind: &DragOntoImage) -> Selects {
    let shown = kind.shown_labels(&asked.context);
    let group = |zone: &assessment::Zone| {
        let right = kind.labels.iter().find(|label| label.id == zone.right);
        right.map(|right| right.group.clone()).unwrap_or_default()
    };
    let offered = chosen::offered(asked, &shown);
    let row = |(zone, number): (&assessment::Zone, usize)| {
        let choices = shown.iter().zip(&offered.choices);
        let of_group = choices.filter(|(label, _)| label.group == group(zone));
        SelectRow {
            label: zone_label(asked, number, zone),
            selects: vec![Select {
                field: zone.id.to_string(),
                label: String::new(),
                choices: of_group.map(|(_, choice)| choice.clone()).collect(),
                chosen: placed(asked.response, &zone.id)
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            }],
        }
    };
    Selects {
        picture: Some(picture(asked, &kind.picture, zone_signs(kind))),
        rows: kind.zones.iter().zip(1..).map(row).collect(),
        legend: offered.legend.clone(),
        ..Selects::default()
    }
}

/// The spots' letters on the picture, as this attempt lists them.
pub(crate) fn spot_signs(asked: &Asked<'_>, kind: &GraphicOrder) -> Vec<PictureSign> {
    let spots = kind.shown_spots(&asked.context);
    let sign = |(spot, index): (&assessment::Spot, u8)| sign(chosen::letter(index), spot.at);
    spots.into_iter().zip(0..).map(sign).collect()
}

/// A spot's letter and name.
pub(crate) fn spot_name(asked: &Asked<'_>, kind: &GraphicOrder, id: &assessment::OptionId) -> String {
    let spots = kind.shown_spots(&asked.context);
    let found = spots.into_iter().zip(0..).find(|(spot, _)| spot.id == *id);
    found.map_or_else(String::new, |(spot, index)| {
        format!("{}. {}", chosen::letter(index), asked.words.plain(&spot.name))
    })
}

pub(super) fn order(asked: &Asked<'_>, kind: &GraphicOrder) -> Selects {
    let choice = |spot: &assessment::Spot| SelectChoice {
        value: spot.id.to_string(),
        label: spot_name(asked, kind, &spot.id),
    };
    let spots = kind.shown_spots(&asked.context);
    let choices: Vec<SelectChoice> = spots.into_iter().map(choice).collect();
    Selects {
        picture: Some(picture(asked, &kind.picture, spot_signs(asked, kind))),
        rows: chosen::places(asked, &choices),
        once: true,
        ..Selects::default()
    }
}

/// The marks that were set, numbered.
pub(crate) fn mark_signs(response: &Response) -> Vec<PictureSign> {
    marks(response)
        .iter()
        .zip(1..)
        .map(|(mark, number)| sign(number.to_string(), *mark))
        .collect()
}

fn marks(response: &Response) -> &[Point] {
    match response {
        Response::Points(points) => points,
        _ => &[],
    }
}

pub(super) fn spots(asked: &Asked<'_>, kind: &MarkSpot) -> Spots {
    let set = marks(asked.response);
    let mark = |number: usize| {
        let set = set.get(number - 1);
        SpotMark {
            number,
            x: set.map(|point| point.x.to_string()).unwrap_or_default(),
            y: set.map(|point| point.y.to_string()).unwrap_or_default(),
        }
    };
    Spots {
        picture: picture(asked, &kind.picture, mark_signs(asked.response)),
        marks: (1..=kind.most_marks()).map(mark).collect(),
    }
}

fn sign(label: String, at: Point) -> PictureSign {
    PictureSign {
        label,
        x: at.x,
        y: at.y,
    }
}

/// The middle of a region: of a polygon the mean of its corners.
fn middle(region: &Region) -> Point {
    match region {
        Region::Circle { x, y, .. } => Point { x: *x, y: *y },
        Region::Rectangle { x, y, width, height } => Point {
            x: x + width / 2,
            y: y + height / 2,
        },
        Region::Polygon { points } => {
            let count = u32::try_from(points.len()).unwrap_or(1).max(1);
            Point {
                x: points.iter().map(|point| point.x / count).sum(),
                y: points.iter().map(|point| point.y / count).sum(),
            }
        }
    }
}
