//! One grade from several activities: weighted, then rounded once. Exact: all
//! of it is whole numbers of hundredths, so that 8.15 is 8.15 and a half is a half.
//!
//! Left out on purpose: which attempt gives an activity's grade (`grade.rs`).

/// To what a module's grade is rounded; halves go up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// 8.17
    Hundredths,
    /// 8.2, as the regulations of vocational training in Viet Nam have it.
    #[default]
    Tenths,
    /// 8, 8.5, 9
    Halves,
    /// 8
    Whole,
}

/// What an activity counts that somebody has not done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unfinished {
    /// Nothing: the others are weighted without it.
    #[default]
    LeftOut,
    /// 0 once its time to begin is over; nothing before.
    ZeroAfterClose,
}

/// An activity's share of somebody's grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightedPart {
    /// In hundredths, over 0: 100 is a weight of 1.
    pub weight: i64,
    /// In hundredths of a point on the module's scale.
    pub grade: i64,
}

/// A weighted mean that was not rounded yet: `sum / weights` hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightedMean {
    /// The sum of weight times grade.
    pub sum: i64,
    /// The sum of the weights; over 0.
    pub weights: i64,
}

/// The weighted mean of the parts; `None` when nothing has a weight.
pub fn weighted_mean(parts: &[WeightedPart]) -> Option<WeightedMean> {
    let weights: i64 = parts.iter().map(|part| part.weight).sum();
    let sum = parts.iter().map(|part| part.weight * part.grade).sum();
    (weights > 0).then_some(WeightedMean { sum, weights })
}

impl WeightedMean {
    /// In points, for showing it: cut after four decimals, so that what is shown rounds as the mean itself does.
    pub fn points(self) -> f64 {
        (self.sum * 100).div_euclid(self.weights) as f64 / 10_000.0
    }

    /// Rounded, in hundredths of a point; never over `maximum`.
    pub fn rounded(self, rounding: Rounding, maximum: i64) -> i64 {
        let unit = rounding.unit();
        let steps = (2 * self.sum + self.weights * unit).div_euclid(2 * self.weights * unit);
        (steps * unit).min(maximum)
    }
}

impl Rounding {
    /// All of them, the finest first.
    pub const ALL: [Self; 4] = [Self::Hundredths, Self::Tenths, Self::Halves, Self::Whole];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hundredths => "hundredths",
            Self::Tenths => "tenths",
            Self::Halves => "halves",
            Self::Whole => "whole",
        }
    }

    /// The one of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    fn unit(self) -> i64 {
        match self {
            Self::Hundredths => 1,
            Self::Tenths => 10,
            Self::Halves => 50,
            Self::Whole => 100,
        }
    }
}

impl Unfinished {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LeftOut, Self::ZeroAfterClose];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftOut => "left-out",
            Self::ZeroAfterClose => "zero-after-close",
        }
    }

    /// The one of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(parts: &[(i64, i64)]) -> Option<WeightedMean> {
        let parts: Vec<_> = parts
            .iter()
            .map(|&(weight, grade)| WeightedPart { weight, grade })
            .collect();
        weighted_mean(&parts)
    }

    #[test]
    fn halves_go_up_whatever_binary_makes_of_them() {
        #[track_caller]
        fn check(hundredths: i64, expected: [i64; 4]) {
            let mean = mean(&[(100, hundredths)]).unwrap();
            assert_eq!(
                Rounding::ALL.map(|to| mean.rounded(to, 1000)),
                expected,
                "{hundredths}"
            );
        }
        check(825, [825, 830, 850, 800]);
        check(815, [815, 820, 800, 800]);
        check(105, [105, 110, 100, 100]);
        check(824, [824, 820, 800, 800]);
        check(875, [875, 880, 900, 900]);
        check(850, [850, 850, 850, 900]);
        check(0, [0, 0, 0, 0]);
        check(995, [995, 1000, 1000, 1000]);
        check(1000, [1000, 1000, 1000, 1000]);
    }

    #[test]
    fn every_tenth_and_a_half_is_rounded_up() {
        for tenths in 0..100 {
            let mean = mean(&[(100, tenths * 10 + 5)]).unwrap();
            assert_eq!(mean.rounded(Rounding::Tenths, 1000), tenths * 10 + 10);
        }
    }

    #[test]
    fn parts_are_weighted_and_rounded_once() {
        #[track_caller]
        fn check(parts: &[(i64, i64)], points: f64, tenths: i64) {
            let mean = mean(parts).unwrap();
            assert!(
                (mean.points() - points).abs() < 1e-9,
                "{parts:?}: {}",
                mean.points()
            );
            assert_eq!(mean.rounded(Rounding::Tenths, 1000), tenths, "{parts:?}");
        }
        // 8.5 once and 7.25 twice: 23 of 3.
        check(&[(100, 850), (200, 725)], 7.666_6, 770);
        check(&[(100, 800), (100, 850)], 8.25, 830);
        check(&[(50, 1000), (150, 0)], 2.5, 250);
        // 8.249… is not first made 8.25 and then 8.3.
        check(&[(100, 824), (100, 825)], 8.245, 820);
        check(&[(1, 824), (9_999, 825)], 8.249_9, 820);
        check(&[(100, 0)], 0.0, 0);
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[(0, 500)]), None);
    }

    #[test]
    fn a_grade_never_passes_its_scale() {
        // 7.75 of 7.75 in halves would be 8.
        assert_eq!(mean(&[(100, 775)]).unwrap().rounded(Rounding::Halves, 775), 775);
    }

    #[test]
    fn names_are_read_back() {
        assert!(
            Rounding::ALL
                .iter()
                .all(|one| Rounding::find(one.as_str()) == Some(*one))
        );
        assert!(
            Unfinished::ALL
                .iter()
                .all(|one| Unfinished::find(one.as_str()) == Some(*one))
        );
        assert_eq!(Rounding::find("thirds"), None);
    }
}
