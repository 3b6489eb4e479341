//! Pictures in questions: referred to by their content's hash, never inlined,
//! and regions in them. Storing and serving pictures is not this crate's.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::draft_check::{DraftProblemKind, PartCheck};
use crate::response::Point;

/// A stored picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRef {
    /// SHA-256 of its bytes, in 64 small hexadecimal digits.
    pub hash: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What it shows, in words, for whoever does not see it.
    #[serde(default)]
    pub alternative: Text,
}

/// The most pixels of a side of a picture.
const LONGEST_SIDE: u32 = 10_000;

impl ImageRef {
    /// Whether a spot lies in the picture.
    pub fn contains(&self, spot: Point) -> bool {
        spot.x < self.width && spot.y < self.height
    }

    pub(super) fn check(&self, check: &mut PartCheck<'_>) {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let hash_fits = self.hash.len() == 64 && self.hash.bytes().all(hex);
        let sides = 1..=LONGEST_SIDE;
        let fits = hash_fits && sides.contains(&self.width) && sides.contains(&self.height);
        check.add_if(!fits, DraftProblemKind::PictureMissing);
        let undescribed = self.alternative.is_empty();
        check.add_if(undescribed, DraftProblemKind::PictureWithoutAlternative);
        check.texts([&self.alternative]);
    }
}

/// A region of a picture, in its pixels. Borders belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Region {
    /// A disc.
    Circle {
        /// Its middle, to the right.
        x: u32,
        /// Its middle, down.
        y: u32,
        /// In pixels, over 0.
        radius: u32,
    },
    /// A rectangle with upright sides.
    Rectangle {
        /// Its left side.
        x: u32,
        /// Its upper side.
        y: u32,
        /// Over 0.
        width: u32,
        /// Over 0.
        height: u32,
    },
    /// A closed polygon; where it crosses itself, the even-odd rule holds.
    Polygon {
        /// Its corners, at least three.
        points: Vec<Point>,
    },
}

/// The most corners of a polygon.
const MOST_CORNERS: usize = 200;

impl Region {
    /// Whether a spot lies in the region or on its border.
    pub fn contains(&self, spot: Point) -> bool {
        let (x, y) = (i64::from(spot.x), i64::from(spot.y));
        match self {
            Self::Circle {
                x: middle_x,
                y: middle_y,
                radius,
            } => {
                let square = |distance: i64| i128::from(distance) * i128::from(distance);
                let (dx, dy) = (x - i64::from(*middle_x), y - i64::from(*middle_y));
                square(dx) + square(dy) <= square(i64::from(*radius))
            }
            Self::Rectangle {
                x: left,
                y: top,
                width,
                height,
            } => {
                let (left, top) = (i64::from(*left), i64::from(*top));
                (left..=left + i64::from(*width)).contains(&x)
                    && (top..=top + i64::from(*height)).contains(&y)
            }
            Self::Polygon { points } => in_polygon(points, spot),
        }
    }

    /// Whether it has an area and lies in the picture.
    pub(super) fn fits(&self, picture: &ImageRef) -> bool {
        let (right, bottom) = (u64::from(picture.width), u64::from(picture.height));
        let within = |x: u64, y: u64| x <= right && y <= bottom;
        match self {
            Self::Circle { x, y, radius } => {
                let (x, y, radius) = (u64::from(*x), u64::from(*y), u64::from(*radius));
                radius > 0 && within(x, y) && radius <= right.max(bottom)
            }
            Self::Rectangle { x, y, width, height } => {
                let corner = within(
                    u64::from(*x) + u64::from(*width),
                    u64::from(*y) + u64::from(*height),
                );
                *width > 0 && *height > 0 && corner
            }
            Self::Polygon { points } => {
                let inside = |point: &Point| within(u64::from(point.x), u64::from(point.y));
                (3..=MOST_CORNERS).contains(&points.len()) && points.iter().all(inside) && has_area(points)
            }
        }
    }
}

fn sides(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    let next = points.iter().cycle().skip(1);
    points.iter().copied().zip(next.copied())
}

fn cross(origin: Point, a: Point, b: Point) -> i128 {
    let difference = |point: Point| {
        (
            i128::from(point.x) - i128::from(origin.x),
            i128::from(point.y) - i128::from(origin.y),
        )
    };
    let ((ax, ay), (bx, by)) = (difference(a), difference(b));
    ax * by - ay * bx
}

fn has_area(points: &[Point]) -> bool {
    let mut corners = points.iter();
    let Some(first) = corners.next() else {
        return false;
    };
    let Some(second) = corners.find(|point| *point != first) else {
        return false;
    };
    corners.any(|point| cross(*first, *second, *point) != 0)
}

/// By whole numbers, so that a border is a border on every machine.
fn in_polygon(points: &[Point], spot: Point) -> bool {
    let mut inside = false;
    for (from, to) in sides(points) {
        let turn = cross(from, to, spot);
        let spans = |a: u32, b: u32, at: u32| (a.min(b)..=a.max(b)).contains(&at);
        if turn == 0 && spans(from.x, to.x, spot.x) && spans(from.y, to.y, spot.y) {
            return true;
        }
        let crosses = (from.y > spot.y) != (to.y > spot.y);
        if crosses && (turn > 0) == (to.y > from.y) {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: u32, y: u32) -> Point {
        Point { x, y }
    }

    fn polygon(corners: &[(u32, u32)]) -> Region {
        Region::Polygon {
            points: corners.iter().map(|(x, y)| at(*x, *y)).collect(),
        }
    }

    fn check(region: &Region, inside: &[(u32, u32)], outside: &[(u32, u32)]) {
        for (x, y) in inside {
            assert!(region.contains(at(*x, *y)), "{region:?} {x},{y}");
        }
        for (x, y) in outside {
            assert!(!region.contains(at(*x, *y)), "{region:?} {x},{y}");
        }
    }

    #[test]
    fn borders_belong_to_regions() {
        let circle = Region::Circle {
            x: 10,
            y: 10,
            radius: 5,
        };
        check(
            &circle,
            &[(10, 10), (15, 10), (13, 14)],
            &[(14, 14), (16, 10), (0, 0)],
        );
        let rectangle = Region::Rectangle {
            x: 2,
            y: 3,
            width: 4,
            height: 2,
        };
        check(
            &rectangle,
            &[(2, 3), (6, 5), (4, 4)],
            &[(1, 3), (7, 5), (4, 6), (4, 2)],
        );
        // an L: the notch is outside
        let corner = polygon(&[(0, 0), (10, 0), (10, 4), (4, 4), (4, 10), (0, 10)]);
        check(
            &corner,
            &[(0, 0), (10, 0), (5, 2), (2, 9), (4, 7), (4, 4), (0, 5)],
            &[(5, 5), (10, 5), (11, 0), (5, 10)],
        );
        let turned = polygon(&[(0, 10), (4, 10), (4, 4), (10, 4), (10, 0), (0, 0)]);
        check(&turned, &[(5, 2), (2, 9), (4, 7)], &[(5, 5), (11, 0)]);
        let far = u32::MAX;
        check(&rectangle, &[], &[(far, far)]);
        check(&circle, &[], &[(far, far)]);
    }

    #[test]
    fn regions_without_an_area_or_outside_do_not_fit() {
        let picture = ImageRef {
            hash: "a".repeat(64),
            width: 100,
            height: 50,
            alternative: Text::markdown("vi", "Bản vẽ"),
        };
        let fits = |region: Region| region.fits(&picture);
        assert!(fits(polygon(&[(0, 0), (100, 0), (100, 50)])));
        assert!(!fits(polygon(&[(0, 0), (10, 10), (20, 20)])));
        assert!(!fits(polygon(&[(0, 0), (10, 10)])));
        assert!(!fits(polygon(&[(0, 0), (101, 0), (100, 50)])));
        assert!(!fits(polygon(&[(5, 5), (5, 5), (5, 5)])));
        let rectangle = |x, width| Region::Rectangle {
            x,
            y: 0,
            width,
            height: 10,
        };
        assert!(fits(rectangle(90, 10)) && !fits(rectangle(91, 10)) && !fits(rectangle(0, 0)));
        assert!(!fits(rectangle(u32::MAX, u32::MAX)));
        let circle = |radius| Region::Circle { x: 5, y: 5, radius };
        assert!(fits(circle(5)) && !fits(circle(0)) && !fits(circle(u32::MAX)));
    }
}
