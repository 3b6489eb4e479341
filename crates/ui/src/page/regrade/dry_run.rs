//! What a correction would do, before anything changes: who moves, the marks
//! before and after, and the last choices.

use askama::Template;

use super::{Proposal, Refused, What, line, sample_past};
use crate::{Frame, Html, Language, Page, Role, format};

/// Heights in the chart, in its own units.
const TALLEST: usize = 100;
const GROUND: usize = 118;
/// Where the first bar begins.
const BEGIN: usize = 7;
const BAND: usize = 31;
const BAR: usize = 13;

/// A dry run. Its form posts to the proposal's `{path}/commit` or, to work it out
/// again, to `{path}/preview`.
#[derive(Debug, Clone, Template)]
#[template(path = "regrade/dry_run.html")]
pub struct DryRun {
    /// The surroundings.
    pub frame: Frame,
    /// What was tried.
    pub proposal: Proposal,
    /// What changes.
    pub what: What,
    /// How many marks rise.
    pub up: usize,
    /// How many marks fall.
    pub down: usize,
    /// How many marks stay.
    pub same: usize,
    /// How many attempts are not over yet.
    pub running: usize,
    /// How many other courses have attempts, and how many marks move there.
    pub elsewhere: Option<(usize, usize)>,
    /// Marks before and after.
    pub chart: Chart,
    /// Who moves; of many, those of one page.
    pub moved: Vec<Moved>,
    /// Which page, from 1.
    pub page: usize,
    /// How many pages, at least 1.
    pub pages: usize,
}

/// An attempt whose mark moves.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The name; empty when it is not shared.
    pub name: String,
    /// From 1.
    pub number: i64,
    /// The attempt's page.
    pub path: String,
    /// Formatted.
    pub before: String,
    /// Formatted, with the scale.
    pub after: String,
    /// Whether it rises.
    pub rises: bool,
}

/// How marks spread before and after.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// From the lowest marks to the highest.
    pub bars: Vec<Bar>,
    /// The marks at their ends, one more than there are bars.
    pub ends: Vec<End>,
}

/// Where bars meet.
#[derive(Debug, Clone)]
pub struct End {
    /// From the left.
    pub x: usize,
    /// Which mark it is: "5".
    pub mark: String,
}

/// A part of the scale.
#[derive(Debug, Clone)]
pub struct Bar {
    /// "0–1".
    pub label: String,
    /// How many attempts until now.
    pub before: usize,
    /// How many afterwards.
    pub after: usize,
    index: usize,
    tallest: usize,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Until now.
    Before,
    /// Afterwards.
    After,
}

impl Chart {
    /// Counts of equal parts of the scale, from its lower end on; labels by `mark`.
    pub fn new(before: &[usize], after: &[usize], maximum: f64, mark: impl Fn(f64) -> String) -> Self {
        let tallest = before.iter().chain(after).copied().max().unwrap_or_default();
        let parts = before.len().max(1) as f64;
        let end = |index: usize| mark(maximum * index as f64 / parts);
        let ends = (0..=before.len()).map(|index| End {
            x: BEGIN + index * BAND - 2,
            mark: end(index),
        });
        let bars = before.iter().zip(after).enumerate();
        Self {
            bars: bars
                .map(|(index, (before, after))| Bar {
                    label: format!("{}–{}", end(index), end(index + 1)),
                    before: *before,
                    after: *after,
                    index,
                    tallest: tallest.max(1),
                })
                .collect(),
            ends: ends.collect(),
        }
    }
}

impl Bar {
    fn count(&self, which: Which) -> usize {
        match which {
            Which::Before => self.before,
            Which::After => self.after,
        }
    }

    /// The left side.
    pub fn x(&self, which: Which) -> usize {
        let left = BEGIN + self.index * BAND;
        if which == Which::After {
            left + BAR + 1
        } else {
            left
        }
    }

    /// The middle, where the number stands.
    pub fn middle(&self, which: Which) -> usize {
        self.x(which) + BAR / 2
    }

    /// Something is always seen of what is not nothing.
    pub fn height(&self, which: Which) -> usize {
        let count = self.count(which);
        if count == 0 {
            0
        } else {
            (count * TALLEST / self.tallest).max(2)
        }
    }

    /// The upper side.
    pub fn y(&self, which: Which) -> usize {
        GROUND - self.height(which)
    }

    /// Where the number stands.
    pub fn number_y(&self, which: Which) -> usize {
        self.y(which) - 3
    }
}

impl Page for DryRun {
    const NAME: &'static str = "regrade/dry_run";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let t = full.frame.t;
        let with = |what: What| Self {
            proposal: Proposal {
                line: line(t, Some(3), &what),
                ..full.proposal.clone()
            },
            what,
            ..full.clone()
        };
        let raise_only = Self {
            proposal: Proposal {
                raise_only: true,
                ..full.proposal.clone()
            },
            down: 0,
            same: 18,
            moved: full.moved.iter().filter(|one| one.rises).cloned().collect(),
            elsewhere: Some((2, 17)),
            page: 2,
            pages: 3,
            ..full.clone()
        };
        let nobody = Self {
            up: 0,
            down: 0,
            same: 30,
            running: 0,
            moved: Vec::new(),
            elsewhere: Some((1, 0)),
            ..with(What::FullMarksIfAnswered)
        };
        let mut changed = with(What::AsAuthored);
        changed.proposal.since = sample_past(t);
        changed.proposal.refused = Some(Refused {
            code: "WEB-REGRADE",
            trace_id: "0192f0c48a117d20a1b50f2e4c6d8e90".to_owned(),
        });
        vec![
            ("key", full.clone()),
            ("raise-only", raise_only),
            ("drop", with(What::Drop)),
            ("full", with(What::FullMarks)),
            (
                "points",
                with(What::Points(format::number(t, 1.0), format::number(t, 2.5))),
            ),
            ("nobody", nobody),
            ("changed", changed),
        ]
    }
}

fn sample(language: Language) -> DryRun {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let rows = [
        ("Trần Quốc An", 7.5, 8.5),
        ("Lê Thị Ngọc Ánh", 5.0, 6.0),
        ("Đỗ Văn Bình", 9.0, 8.0),
        ("Nguyễn Hoàng Gia Huy", 4.0, 5.0),
        ("", 6.0, 7.0),
    ];
    let moved = rows
        .into_iter()
        .zip(1..)
        .map(|((name, before, after), number)| Moved {
            name: name.to_owned(),
            number: 1,
            path: format!("{prefix}/attempts/{number}"),
            before: format::number(t, before),
            after: format::mark(t, after, 10.0),
            rises: after > before,
        });
    let option = |text: &str| vec![Html::trusted(text)];
    let what = What::Key(
        option("Hạ tốc độ quay rồi dùng tay giữ mâm cặp"),
        option("Tắt máy, rút phích hoặc khóa nguồn và chờ trục chính dừng hẳn"),
    );
    let mark = |value| format::number(t, value);
    let before = [0, 0, 1, 3, 6, 8, 5, 4, 2, 1];
    let after = [0, 0, 1, 1, 4, 7, 8, 4, 3, 2];
    DryRun {
        proposal: Proposal::sample(&frame, &what),
        what,
        up: 12,
        down: 1,
        same: 17,
        running: 3,
        elsewhere: None,
        chart: Chart::new(&before, &after, 10.0, mark),
        moved: moved.collect(),
        page: 1,
        pages: 1,
        frame,
    }
}
