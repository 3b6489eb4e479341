//! Figures with their names, what they tell, and why one does not exist.

use assessment::{Interval, ItemStatistics, TestStatistics, discrimination_interval, facility_interval};

use super::Figure;
use crate::{Texts, format};

/// From this discrimination index on, in per cent, a question tells strong from weak well.
const GOOD_DISCRIMINATION: f64 = 30.0;

/// The figures of the test; `maximum` is what an attempt can reach.
pub fn test_figures(t: Texts, test: &TestStatistics, maximum: f64) -> Vec<Figure> {
    let number = |figure: Option<f64>| figure.map(|figure| format::number(t, figure));
    let spread = "statistics-absent-spread";
    let consistency = if test.skewness.is_none() {
        spread
    } else {
        "statistics-absent-consistency"
    };
    let of_error = if test.internal_consistency.is_some() {
        "statistics-absent-root"
    } else {
        consistency
    };
    let shape = if test.standard_deviation == Some(0.0) {
        spread
    } else {
        "statistics-absent-few"
    };
    let mean = test.mean.map(|mean| format::mark(t, mean, maximum));
    vec![
        figure(t, "statistics-mean", mean, "", ""),
        figure(t, "statistics-median", number(test.median), "", ""),
        figure(
            t,
            "statistics-deviation",
            number(test.standard_deviation),
            "statistics-deviation-note",
            "statistics-absent-few",
        ),
        figure(
            t,
            "statistics-skewness",
            number(test.skewness),
            "statistics-skewness-note",
            shape,
        ),
        figure(
            t,
            "statistics-kurtosis",
            number(test.kurtosis),
            "statistics-kurtosis-note",
            shape,
        ),
        figure(
            t,
            "statistics-consistency",
            per_cent(t, test.internal_consistency),
            "statistics-consistency-note",
            consistency,
        ),
        figure(
            t,
            "statistics-error-ratio",
            per_cent(t, test.error_ratio),
            "statistics-error-ratio-note",
            of_error,
        ),
        figure(
            t,
            "statistics-standard-error",
            number(test.standard_error),
            "statistics-standard-error-note",
            of_error,
        ),
    ]
}

// `note` tells what a figure means, `absent` why there is none.
fn figure(t: Texts, name: &str, value: Option<String>, note: &str, absent: &str) -> Figure {
    let note = if value.is_some() { note } else { absent };
    Figure {
        name: t.get(name).into_owned(),
        value: value.unwrap_or_default(),
        note: if note.is_empty() {
            String::new()
        } else {
            t.get(note).into_owned()
        },
    }
}

/// "46,5 %"; `None` stays.
pub fn per_cent(t: Texts, figure: Option<f64>) -> Option<String> {
    // a hundredth of a per cent would promise what few attempts cannot keep
    figure.map(|figure| {
        let number = format::number_with_decimals(t, figure, 1);
        t.with("statistics-per-cent", "number", number).to_string()
    })
}

/// The figures of a question.
pub fn item_figures(t: Texts, item: &ItemStatistics) -> Vec<Figure> {
    let figures = &item.figures;
    let weights = Some(weights(t, item));
    let goes_against = figures
        .covariance_with_total
        .is_some_and(|covariance| covariance < 0.0);
    let of_weights = if goes_against {
        "statistics-weights-negative"
    } else {
        "statistics-weights-note"
    };
    let spread = "statistics-absent-spread";
    let facility = figure(
        t,
        "statistics-facility",
        per_cent(t, figures.facility),
        "statistics-facility-note",
        "statistics-absent-maximum",
    );
    let discrimination = figure(
        t,
        "statistics-discrimination",
        per_cent(t, figures.discrimination_index),
        "statistics-discrimination-note",
        spread,
    );
    vec![
        with_interval(t, facility, figures.count, facility_interval(figures)),
        figure(
            t,
            "statistics-guess",
            per_cent(t, item.random_guess_score),
            "",
            "statistics-absent-guess",
        ),
        figure(
            t,
            "statistics-item-deviation",
            figures
                .standard_deviation
                .map(|deviation| format::number(t, deviation)),
            "",
            "statistics-absent-few",
        ),
        with_interval(t, discrimination, figures.count, discrimination_interval(figures)),
        figure(
            t,
            "statistics-efficiency",
            per_cent(t, figures.discriminative_efficiency),
            "statistics-efficiency-note",
            spread,
        ),
        figure(t, "statistics-weights", weights, of_weights, ""),
    ]
}

// "Từ 12 lượt: trong khoảng từ 25,4 % đến 74,6 %", behind what the figure tells.
fn with_interval(t: Texts, figure: Figure, attempts: usize, interval: Option<Interval>) -> Figure {
    let Some(interval) = interval else {
        return figure;
    };
    let end = |end| per_cent(t, Some(end)).unwrap_or_default();
    let between = t
        .with("statistics-interval", "count", attempts)
        .and("low", end(interval.low))
        .and("high", end(interval.high))
        .to_string();
    Figure {
        note: format!("{} {between}", figure.note).trim().to_owned(),
        ..figure
    }
}

/// What few attempts cannot tell of a question that seems to tell strong from
/// weak badly: "Mới có 12 lượt: …"; empty where they are enough, or nothing seems bad.
pub fn by_chance(t: Texts, item: &ItemStatistics, findings: &[assessment::Finding]) -> String {
    use assessment::Finding::{Dubious, NegativeDiscrimination};
    let figures = &item.figures;
    let is_good_at = match findings {
        found if found.contains(&NegativeDiscrimination) => 0.0,
        found if found.contains(&Dubious) => GOOD_DISCRIMINATION,
        _ => return String::new(),
    };
    // Without an interval there are hardly any attempts at all.
    match discrimination_interval(figures) {
        Some(interval) if interval.high < is_good_at => String::new(),
        _ => t.with("statistics-by-chance", "count", figures.count).to_string(),
    }
}

/// Intended and effective weight: "33,3 % → 21,7 %".
pub fn weights(t: Texts, item: &ItemStatistics) -> String {
    let weight = |weight| per_cent(t, weight).unwrap_or_else(|| "–".to_owned());
    format!(
        "{} → {}",
        weight(item.intended_weight),
        weight(item.effective_weight)
    )
}
