//! Sums, means and central moments that stay exact where values hardly differ:
//! compensated sums, two passes, and rounding noise taken for what it is.

/// Differences below this share of the values' size come from binary fractions
/// (0.1 + 0.2 - 0.3), never from marks.
const NOISE: f64 = 1e-12;

/// Values as differences from their mean.
#[derive(Clone, Debug)]
pub(super) struct Centred {
    deviations: Vec<f64>,
    magnitude: f64,
}

impl Centred {
    /// `magnitude` is the size of the numbers that the values were computed from.
    pub(super) fn new(values: &[f64], magnitude: f64) -> Self {
        let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let deviations = match mean(values) {
            Some(mean) if highest - lowest > NOISE * magnitude => {
                values.iter().map(|value| value - mean).collect()
            }
            _ => vec![0.0; values.len()],
        };
        Self {
            deviations,
            magnitude,
        }
    }

    /// Divided by n - 1; `None` below 2 values, exactly 0 when all are equal.
    pub(super) fn variance(&self) -> Option<f64> {
        let freedom = self.freedom()?;
        let error = sum(self.deviations.iter().copied());
        let squares = self.sum_of_powers(2) - error * error / self.deviations.len() as f64;
        Some(squares.max(0.0) / freedom)
    }

    /// Divided by n - 1; `None` below 2 values. Noise is 0, so that its sign
    /// means something.
    pub(super) fn covariance(&self, other: &Self) -> Option<f64> {
        let freedom = self.freedom()?;
        let products = self.deviations.iter().zip(&other.deviations).map(|(a, b)| a * b);
        let covariance = sum(products) / freedom;
        let noise = self.standard_deviation() * other.magnitude + other.standard_deviation() * self.magnitude;
        Some(if covariance.abs() <= NOISE * noise {
            0.0
        } else {
            covariance
        })
    }

    /// The sum of the deviations' powers.
    pub(super) fn sum_of_powers(&self, power: i32) -> f64 {
        sum(self.deviations.iter().map(|deviation| deviation.powi(power)))
    }

    /// The same values in rising order.
    pub(super) fn sorted(mut self) -> Self {
        self.deviations.sort_unstable_by(f64::total_cmp);
        self
    }

    fn standard_deviation(&self) -> f64 {
        self.variance().unwrap_or_default().sqrt()
    }

    fn freedom(&self) -> Option<f64> {
        (self.deviations.len() > 1).then_some(self.deviations.len() as f64 - 1.0)
    }
}

/// The largest absolute value.
pub(super) fn magnitude(values: &[f64]) -> f64 {
    values.iter().map(|value| value.abs()).fold(0.0, f64::max)
}

/// `None` of nothing.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let first = values.first()?;
    // equal values have exactly themselves as their mean
    Some(first + sum(values.iter().map(|value| value - first)) / values.len() as f64)
}

/// The middle value, or the mean of the two middle ones; `None` of nothing.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    Some(lower + (upper - lower) / 2.0)
}

/// A sum that keeps what plain addition would round away (Neumaier).
pub(super) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() {
            (sum - next) + value
        } else {
            (value - next) + sum
        };
        sum = next;
    }
    sum + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_keep_small_parts() {
        assert_eq!(sum([1e16, 1.0, -1e16]), 1.0);
        assert_eq!(sum([]), 0.0);
    }

    #[test]
    fn the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn equal_values_do_not_vary() {
        let tenth = [0.1; 7];
        assert_eq!(mean(&tenth), Some(0.1));
        assert_eq!(Centred::new(&tenth, 0.1).variance(), Some(0.0));
        let noisy = [0.1 + 0.2, 0.3, 0.3];
        assert_eq!(Centred::new(&noisy, magnitude(&noisy)).variance(), Some(0.0));
    }

    #[test]
    fn a_large_offset_does_not_swallow_the_spread() {
        let values = [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0];
        assert_eq!(Centred::new(&values, magnitude(&values)).variance(), Some(30.0));
    }

    #[test]
    fn what_does_not_go_together_has_no_sign() {
        let (a, b) = ([0.1, 0.2, 0.1, 0.2], [0.7, 0.7, 1.1, 1.1]);
        let covariance = Centred::new(&a, 0.2).covariance(&Centred::new(&b, 1.1));
        assert_eq!(covariance, Some(0.0));
        assert_eq!(Centred::new(&[1.0], 1.0).variance(), None);
    }
}
