//! How far figures from few attempts can be off: intervals that hold the figure
//! of a much larger class in 95 of 100 cases.

use super::figures::ItemFigures;

/// Half the width of such an interval, in standard errors of a normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// From one end to the other, in per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Where the facility lies: Wilson's interval for a share. Marks between 0 and
/// the maximum vary less than all-or-nothing ones of the same mean, so that it is
/// hardly ever too narrow. `None` without a facility, and where marks below 0
/// make it no share.
pub fn facility_interval(figures: &ItemFigures) -> Option<Interval> {
    let share = figures.facility.map(|facility| facility / 100.0)?;
    let n = figures.count as f64;
    if figures.count == 0 || !(0.0..=1.0).contains(&share) {
        return None;
    }
    let square = Z * Z;
    let middle = share + square / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let end = |end: f64| (100.0 * end / (1.0 + square / n)).clamp(0.0, 100.0);
    Some(Interval {
        low: end(middle - half),
        high: end(middle + half),
    })
}

/// Where the discrimination index lies: Fisher's interval for a correlation.
/// `None` without an index, below 4 attempts, and for a correlation of 100 %.
pub fn discrimination_interval(figures: &ItemFigures) -> Option<Interval> {
    let correlation = figures.discrimination_index.map(|index| index / 100.0)?;
    if figures.count < 4 || correlation.abs() >= 1.0 {
        return None;
    }
    let half = Z / (figures.count as f64 - 3.0).sqrt();
    let end = |shift: f64| 100.0 * (correlation.atanh() + shift).tanh();
    Some(Interval {
        low: end(-half),
        high: end(half),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(count: usize, facility: f64, discrimination: f64) -> ItemFigures {
        ItemFigures {
            count,
            facility: Some(facility),
            discrimination_index: Some(discrimination),
            ..ItemFigures::default()
        }
    }

    #[track_caller]
    fn check(found: Option<Interval>, expected: (f64, f64)) {
        let found = found.unwrap();
        let close = |one: f64, other: f64| (one - other).abs() < 0.01;
        assert!(
            close(found.low, expected.0) && close(found.high, expected.1),
            "{found:?}"
        );
    }

    // Worked out by the textbooks' formulas, apart from this code.
    #[test]
    fn intervals_are_those_of_the_textbooks() {
        check(facility_interval(&figures(12, 50.0, 0.0)), (25.378, 74.622));
        check(facility_interval(&figures(10, 100.0, 0.0)), (72.247, 100.0));
        check(facility_interval(&figures(10, 0.0, 0.0)), (0.0, 27.753));
        check(
            discrimination_interval(&figures(12, 50.0, -20.0)),
            (-69.422, 42.238),
        );
        check(
            discrimination_interval(&figures(103, 50.0, 30.0)),
            (11.304, 46.644),
        );
    }

    #[test]
    fn what_says_nothing_has_none() {
        assert_eq!(facility_interval(&figures(5, -10.0, 0.0)), None);
        assert_eq!(facility_interval(&ItemFigures::default()), None);
        assert_eq!(discrimination_interval(&figures(3, 50.0, 20.0)), None);
        assert_eq!(discrimination_interval(&figures(30, 50.0, 100.0)), None);
    }
}
