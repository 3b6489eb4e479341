//! Statistics of large tables: the function alone, on one thread.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use assessment::{MarkTable, SlotMarks, statistics};

const SIZES: [(usize, usize); 2] = [(5_000, 40), (500, 20)];
const CALLS: usize = 50;

/// Prints a line for each size: the fastest call, which no other work interrupted, and the middle one.
pub fn measure() {
    for (attempts, slots) in SIZES {
        let table = table(attempts, slots);
        let mut times: Vec<Duration> = (0..CALLS).map(|_| one_call(&table)).collect();
        times.sort_unstable();
        println!(
            "statistics over {attempts} × {slots}: {:.2} ms (median {:.2} ms)",
            times[0].as_secs_f64() * 1000.0,
            times[CALLS / 2].as_secs_f64() * 1000.0
        );
    }
}

fn one_call(table: &MarkTable) -> Duration {
    let began = Instant::now();
    black_box(statistics(black_box(table)));
    began.elapsed()
}

/// Marks in quarters; a strong attempt does better everywhere.
fn table(attempts: usize, slots: usize) -> MarkTable {
    let mark = |attempt: usize, slot: usize| {
        let noise = (attempt * 7_919 + slot * 104_729) % 97;
        let quarters = (noise + attempt % 53) / 30;
        Some(quarters.min(4) as f64 / 4.0)
    };
    let slot = |slot| SlotMarks {
        maximum: 1.0,
        marks: (0..attempts).map(|attempt| mark(attempt, slot)).collect(),
        ..SlotMarks::default()
    };
    MarkTable::new((0..slots).map(slot).collect(), None).expect("a rectangle")
}
