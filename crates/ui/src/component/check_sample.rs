//! Checked questions, for the gallery and its tests.

use super::check::{CertaintyField, CertaintyLevel, Check, Found};
use super::question::Question;
use super::reviewed::{Reviewed, Verdict};
use crate::{Html, Texts, format};

impl Question {
    /// Not checked yet; wrong with a hint; partly right with its parts; finished; with certainty.
    pub(crate) fn checked_samples(t: Texts) -> Vec<Self> {
        let penalty = |tries: usize| {
            t.with("behaviour-tries-left-penalty", "tries", tries)
                .and("percent", "33")
                .to_string()
        };
        let mut samples: Vec<Self> = (1..=3).map(|number| Self::sample(t, number)).collect();
        let rows = Self::samples(t)
            .into_iter()
            .find(|one| matches!(&one.body, super::QuestionBody::Selects(rows) if rows.picture.is_none()));
        samples.extend(rows.map(|rows| Self { number: 4, ..rows }));
        let parts = Reviewed::samples(t).into_iter().find_map(|one| match one.body {
            super::ReviewedBody::Parts { picture: None, parts } if parts.len() > 1 => {
                Some(super::ReviewedBody::Parts { picture: None, parts })
            }
            _ => None,
        });
        for (sample, number) in samples.iter_mut().zip(1..) {
            let found = match number {
                1 => None,
                2 => Some(Found {
                    verdict: Some(Verdict::Wrong),
                    hint: Html::trusted(
                        "<p>Phoi thép sắc và nóng: hãy nghĩ đến việc phải làm trước khi đưa tay vào máy.</p>",
                    ),
                    feedback: vec![Html::trusted("<p>Găng tay có thể bị cuốn vào mũi khoan.</p>")],
                    ..Found::default()
                }),
                3 => Some(Found {
                    verdict: Some(Verdict::Right),
                    mark: format::mark(t, 0.67, 1.0),
                    ..Found::default()
                }),
                _ => Some(Found {
                    verdict: Some(Verdict::Partly),
                    parts_right: t
                        .with("behaviour-parts-right", "right", 2)
                        .and("total", 3)
                        .to_string(),
                    body: parts.clone(),
                    ..Found::default()
                }),
            };
            sample.check = Some(Check {
                t,
                number: sample.number,
                slot: sample.slot.clone(),
                action: String::new(),
                finished: number == 3,
                rule: penalty(2),
                blank: number == 1 && !sample.is_answered(),
                found,
                is_exercise: false,
                keeps_answer_back: false,
            });
        }
        let mut sure = Self::sample(t, 5);
        let level = |(value, right, wrong): (&'static str, f64, f64)| CertaintyLevel {
            value,
            right: format::number(t, right),
            wrong: format::number(t, wrong),
        };
        sure.certainty = Some(CertaintyField {
            t,
            number: 5,
            slot: sure.slot.clone(),
            chosen: "2".to_owned(),
            levels: [
                ("1", 1.0 / 3.0, 0.0),
                ("2", 2.0 / 3.0, -2.0 / 3.0),
                ("3", 1.0, -2.0),
            ]
            .map(level)
            .into(),
            finished: false,
        });
        samples.push(sure);
        samples
    }
}
