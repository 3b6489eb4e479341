//! The figures of one question: of a slot, of one variant of it, or of a
//! question that slots drew.

use super::moments::{Centred, magnitude, mean, sum};

/// What marks of one question tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemFigures {
    /// How many attempts were asked.
    pub count: usize,
    /// How easy it is: mean mark by maximum, in per cent. Absent without attempts
    /// and where the maximum is 0.
    pub facility: Option<f64>,
    /// In marks; absent below 2 attempts.
    pub standard_deviation: Option<f64>,
    /// Of the marks; absent below 2 attempts, as are the four that follow.
    pub variance: Option<f64>,
    /// Of what the marks are correlated with: the rest of the total, or the
    /// total.
    pub other_variance: Option<f64>,
    /// Of both.
    pub covariance: Option<f64>,
    /// What the covariance would be if the best attempts had the best marks.
    pub maximum_covariance: Option<f64>,
    /// Of the marks with the totals.
    pub covariance_with_total: Option<f64>,
    /// Whether those who are good elsewhere are good here: the correlation
    /// in per cent, from -100 to 100. Absent when either does not vary.
    /// Not what other services call "discrimination", which leaves the own mark
    /// in.
    pub discrimination_index: Option<f64>,
    /// The covariance as a share of the greatest that these marks allow, in per
    /// cent. Absent when that is 0.
    pub discriminative_efficiency: Option<f64>,
}

/// What marks are correlated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    /// The total less the mark: slots and variants.
    Rest,
    /// The total with the mark: questions drawn by a slot, as Moodle has it.
    Total,
}

/// The marks of a question and the totals of the same attempts.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    marks: Vec<f64>,
    totals: Vec<f64>,
    maxima: f64,
}

impl Sample {
    pub(super) fn add(&mut self, mark: f64, total: f64, maximum: f64) {
        self.marks.push(mark);
        self.totals.push(total);
        self.maxima += maximum;
    }
}

pub(super) fn figures(sample: &Sample, against: Against) -> ItemFigures {
    let Sample {
        marks,
        totals,
        maxima,
    } = sample;
    let size = magnitude(totals).max(magnitude(marks));
    let others: Vec<f64> = match against {
        Against::Rest => marks
            .iter()
            .zip(totals)
            .map(|(mark, total)| total - mark)
            .collect(),
        Against::Total => totals.clone(),
    };
    let own = Centred::new(marks, magnitude(marks));
    let other = Centred::new(&others, size);
    let variance = own.variance();
    let other_variance = other.variance();
    let covariance = own.covariance(&other);
    let covariance_with_total = own.covariance(&Centred::new(totals, size));
    let maximum_covariance = own.clone().sorted().covariance(&other.clone().sorted());
    let share = |whole: f64| covariance.map(|part| (100.0 * part / whole).clamp(-100.0, 100.0));
    let spread = variance
        .zip(other_variance)
        .map(|(variance, other)| variance.sqrt() * other.sqrt())
        .filter(|spread| *spread > 0.0);
    ItemFigures {
        count: marks.len(),
        // slots that draw the same question may weigh it differently
        facility: mean(marks)
            .filter(|_| *maxima > 0.0)
            .map(|_| 100.0 * sum(marks.iter().copied()) / maxima),
        standard_deviation: variance.map(f64::sqrt),
        variance,
        other_variance,
        covariance,
        maximum_covariance,
        covariance_with_total,
        discrimination_index: spread.and_then(share),
        discriminative_efficiency: maximum_covariance
            .filter(|greatest| *greatest > 0.0)
            .and_then(|greatest| covariance.map(|part| (100.0 * part / greatest).min(100.0))),
    }
}
