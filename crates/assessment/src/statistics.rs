//! Statistics of a test and of its questions from a table of marks. The
//! definitions are Moodle's, trap by trap: variances divide by n - 1, a slot is
//! correlated with the rest of the attempt's total (its own mark left out), a
//! question that a slot drew with the whole total (its own mark included).
//!
//! A figure that does not exist is `None`, never 0. Per cent stands where
//! Moodle's report has per cent; standard deviations, mean and median are in
//! marks.
//!
//! Left out on purpose: which attempts count (`app`), words (`ui`), files.

mod confidence;
mod figures;
mod findings;
mod given;
mod moments;
mod responses;

use std::collections::BTreeMap;

pub use confidence::{Interval, discrimination_interval, facility_interval};
pub use figures::ItemFigures;
pub use findings::{DUBIOUS_EFFICIENCY, Finding, findings};
pub use given::{GivenPart, counts_responses, given_parts};
pub use responses::{GivenResponse, ResponseCount, response_counts};

use figures::{Against, Sample, figures};
use moments::{Centred, magnitude, mean, median, sum};

/// The marks of one slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlotMarks {
    /// What the slot is worth at most; 0 is possible.
    pub maximum: f64,
    /// One per attempt, in marks. `None`: the attempt was not asked (it chose
    /// another section, or dropped the question) and counts in no figure here.
    pub marks: Vec<Option<f64>>,
    /// What a blind guess earns on average, from 0 to 1; `None` where nobody
    /// can say. It is handed through.
    pub random_guess: Option<f64>,
    /// Where the slot draws its question: which one each attempt was asked, by
    /// a number that is the same wherever that question is drawn. Empty
    /// where it does not draw.
    pub drawn: Vec<Option<u32>>,
    /// Which variant of the question each attempt was asked. Empty where there
    /// are no variants.
    pub variants: Vec<Option<u32>>,
}

/// A table of attempts and slots, checked to be a rectangle of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkTable {
    slots: Vec<SlotMarks>,
    totals: Vec<f64>,
    total_maximum: f64,
}

/// Why marks are no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableProblem {
    /// A slot has marks, drawn questions or variants for another number of
    /// attempts.
    #[error("slot {slot} has {found} entries for {expected} attempts")]
    Uneven {
        /// Counted from 0.
        slot: usize,
        /// The number of attempts.
        expected: usize,
        /// What the slot has.
        found: usize,
    },
    /// A mark, a maximum or a total is infinite or no number.
    #[error("a mark, a maximum or a total is not finite")]
    NotFinite,
}

/// All figures of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Of the test.
    pub test: TestStatistics,
    /// One per slot, in the table's order.
    pub items: Vec<ItemStatistics>,
    /// One per question that a slot drew, by the table's number for it, over all
    /// slots that drew it. Correlated with the whole total.
    pub drawn: BTreeMap<u32, ItemFigures>,
}

/// Figures of the attempts' totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestStatistics {
    /// How many attempts.
    pub count: usize,
    /// In marks; absent without attempts.
    pub mean: Option<f64>,
    /// In marks; absent without attempts.
    pub median: Option<f64>,
    /// In marks; absent below 2 attempts.
    pub standard_deviation: Option<f64>,
    /// Absent below 3 attempts, and when all totals are equal.
    pub skewness: Option<f64>,
    /// The excess over a normal distribution's. Absent below 4 attempts, and when
    /// all totals are equal.
    pub kurtosis: Option<f64>,
    /// Cronbach's alpha, in per cent; may be negative. Absent below 2 slots or
    /// 3 attempts, when all totals are equal, and when some attempt was not
    /// asked every slot.
    pub internal_consistency: Option<f64>,
    /// In per cent; over 100 where the internal consistency is negative.
    pub error_ratio: Option<f64>,
    /// In marks.
    pub standard_error: Option<f64>,
}

/// Figures of one slot.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemStatistics {
    /// Correlated with the rest of the total.
    pub figures: ItemFigures,
    /// The slot's maximum as a share of all slots' maxima, in per cent; absent
    /// when they add up to 0.
    pub intended_weight: Option<f64>,
    /// The slot's share in how the totals differ, in per cent. Absent where its
    /// covariance with the total is negative
    /// ([`ItemFigures::covariance_with_total`] tells), and where no slot has one.
    pub effective_weight: Option<f64>,
    /// As the caller gave it, in per cent.
    pub random_guess_score: Option<f64>,
    /// By the table's number of the variant; correlated with the rest of the
    /// total.
    pub variants: BTreeMap<u32, ItemFigures>,
}

impl MarkTable {
    /// A table of these slots. Without `totals` an attempt's total is the sum of
    /// its marks; with them it is what they say, and the rest of the total is
    /// that total less the slot's mark.
    ///
    /// # Errors
    /// When the slots do not speak of the same number of attempts, or something
    /// is no finite number.
    pub fn new(slots: Vec<SlotMarks>, totals: Option<Vec<f64>>) -> Result<Self, TableProblem> {
        let attempts = totals
            .as_ref()
            .map(Vec::len)
            .or_else(|| slots.first().map(|slot| slot.marks.len()))
            .unwrap_or_default();
        for (number, slot) in slots.iter().enumerate() {
            slot.check(number, attempts)?;
        }
        let totals = totals.unwrap_or_else(|| sums(&slots, attempts));
        if totals.iter().any(|total| !total.is_finite()) {
            return Err(TableProblem::NotFinite);
        }
        let total_maximum = sum(slots.iter().map(|slot| slot.maximum));
        Ok(Self {
            slots,
            totals,
            total_maximum,
        })
    }

    /// The same table where a total can reach something else than the sum of
    /// the slots' maxima, such as a test of which only some slots stand here.
    #[must_use]
    pub fn with_total_maximum(self, total_maximum: f64) -> Self {
        Self {
            total_maximum,
            ..self
        }
    }

    /// What a total can reach, in marks.
    pub fn total_maximum(&self) -> f64 {
        self.total_maximum
    }

    /// Each attempt's total, in marks.
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// The slots.
    pub fn slots(&self) -> &[SlotMarks] {
        &self.slots
    }

    /// How strong each attempt is without this slot: its total less its mark
    /// there. `None` for those that were not asked; empty when there is no such
    /// slot.
    pub fn rests(&self, slot: usize) -> Vec<Option<f64>> {
        let marks = self.slots.get(slot).map(|slot| slot.marks.iter());
        marks
            .into_iter()
            .flatten()
            .zip(&self.totals)
            .map(|(mark, total)| mark.map(|mark| total - mark))
            .collect()
    }
}

/// Computes everything; 5,000 attempts of 40 slots take a fraction of a second.
pub fn statistics(table: &MarkTable) -> Statistics {
    let of_slots: Vec<ItemFigures> = table
        .slots
        .iter()
        .map(|slot| figures(&sample(table, slot, |_| true), Against::Rest))
        .collect();
    let maxima = table.total_maximum;
    let covariances = sum(of_slots.iter().filter_map(root_of_covariance));
    let items = table
        .slots
        .iter()
        .zip(&of_slots)
        .map(|(slot, figures)| ItemStatistics {
            figures: figures.clone(),
            intended_weight: (maxima > 0.0).then(|| 100.0 * slot.maximum / maxima),
            effective_weight: root_of_covariance(figures)
                .filter(|_| covariances > 0.0)
                .map(|root| 100.0 * root / covariances),
            random_guess_score: slot.random_guess.map(|fraction| 100.0 * fraction),
            variants: variants(table, slot),
        })
        .collect();
    Statistics {
        test: test_statistics(table, &of_slots),
        items,
        drawn: drawn(table),
    }
}

impl SlotMarks {
    fn check(&self, slot: usize, attempts: usize) -> Result<(), TableProblem> {
        let uneven = |found| TableProblem::Uneven {
            slot,
            expected: attempts,
            found,
        };
        if self.marks.len() != attempts {
            return Err(uneven(self.marks.len()));
        }
        for numbers in [&self.drawn, &self.variants] {
            if !numbers.is_empty() && numbers.len() != attempts {
                return Err(uneven(numbers.len()));
            }
        }
        let finite = self.maximum.is_finite() && self.marks.iter().flatten().all(|mark| mark.is_finite());
        if finite {
            Ok(())
        } else {
            Err(TableProblem::NotFinite)
        }
    }
}

fn sums(slots: &[SlotMarks], attempts: usize) -> Vec<f64> {
    let mut totals = vec![0.0; attempts];
    for slot in slots {
        for (total, mark) in totals.iter_mut().zip(&slot.marks) {
            *total += mark.unwrap_or_default();
        }
    }
    totals
}

// The attempts of which `counts` holds, by their place in the table.
fn sample(table: &MarkTable, slot: &SlotMarks, counts: impl Fn(usize) -> bool) -> Sample {
    let mut sample = Sample::default();
    for (attempt, (mark, total)) in slot.marks.iter().zip(&table.totals).enumerate() {
        if let Some(mark) = mark.filter(|_| counts(attempt)) {
            sample.add(mark, *total, slot.maximum);
        }
    }
    sample
}

fn variants(table: &MarkTable, slot: &SlotMarks) -> BTreeMap<u32, ItemFigures> {
    let mut samples: BTreeMap<u32, Sample> = BTreeMap::new();
    add_by_number(&mut samples, table, slot, &slot.variants);
    samples
        .into_iter()
        .map(|(number, sample)| (number, figures(&sample, Against::Rest)))
        .collect()
}

fn drawn(table: &MarkTable) -> BTreeMap<u32, ItemFigures> {
    let mut samples: BTreeMap<u32, Sample> = BTreeMap::new();
    for slot in &table.slots {
        add_by_number(&mut samples, table, slot, &slot.drawn);
    }
    samples
        .into_iter()
        .map(|(number, sample)| (number, figures(&sample, Against::Total)))
        .collect()
}

fn add_by_number(
    samples: &mut BTreeMap<u32, Sample>,
    table: &MarkTable,
    slot: &SlotMarks,
    numbers: &[Option<u32>],
) {
    for ((mark, total), number) in slot.marks.iter().zip(&table.totals).zip(numbers) {
        if let (Some(mark), Some(number)) = (mark, number) {
            samples
                .entry(*number)
                .or_default()
                .add(*mark, *total, slot.maximum);
        }
    }
}

fn root_of_covariance(figures: &ItemFigures) -> Option<f64> {
    let covariance = figures.covariance_with_total?;
    (covariance >= 0.0).then(|| covariance.sqrt())
}

fn test_statistics(table: &MarkTable, of_slots: &[ItemFigures]) -> TestStatistics {
    let totals = &table.totals;
    let count = totals.len();
    let n = count as f64;
    let centred = Centred::new(totals, magnitude(totals));
    let standard_deviation = centred.variance().map(f64::sqrt);
    // plain central moments divide by n
    let moment = |power| centred.sum_of_powers(power) / n;
    // the k-statistics of a sample whose values differ
    let k2 = centred.variance().filter(|k2| *k2 > 0.0);
    let skewness = k2.filter(|_| count > 2).map(|k2| {
        let k3 = n * n * moment(3) / ((n - 1.0) * (n - 2.0));
        k3 / k2.powf(1.5)
    });
    let kurtosis = k2.filter(|_| count > 3).map(|k2| {
        let spread = (n + 1.0) * moment(4) - 3.0 * (n - 1.0) * moment(2).powi(2);
        n * n * spread / ((n - 1.0) * (n - 2.0) * (n - 3.0)) / (k2 * k2)
    });
    let internal_consistency = k2
        .filter(|_| count > 2)
        .and_then(|k2| internal_consistency(k2, count, of_slots));
    let error_ratio = internal_consistency.and_then(error_ratio);
    TestStatistics {
        count,
        mean: mean(totals),
        median: median(totals),
        standard_deviation,
        skewness,
        kurtosis,
        internal_consistency,
        error_ratio,
        standard_error: error_ratio
            .zip(standard_deviation)
            .map(|(ratio, deviation)| ratio / 100.0 * deviation),
    }
}

// Only given totals, which need not be sums, reach a consistency over 100; then there is no root.
fn error_ratio(internal_consistency: f64) -> Option<f64> {
    let error = 1.0 - internal_consistency / 100.0;
    (error > -1e-12).then(|| 100.0 * error.max(0.0).sqrt())
}

fn internal_consistency(k2: f64, attempts: usize, of_slots: &[ItemFigures]) -> Option<f64> {
    let complete = of_slots.iter().all(|slot| slot.count == attempts);
    if of_slots.len() < 2 || !complete {
        return None;
    }
    let slots = of_slots.len() as f64;
    let variances = sum(of_slots.iter().filter_map(|slot| slot.variance));
    Some(100.0 * slots / (slots - 1.0) * (1.0 - variances / k2))
}
