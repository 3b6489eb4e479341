//! The editor's part about how a quiz behaves: when answers are judged, what
//! students see when, and each question's hints and what a further try costs.

/// The behaviour as chosen: fields `behaviour`, `certainty` ("on"), and for each
/// thing and moment `show_{thing}_{moment}` ("on"): things "marks", "answers",
/// "feedback", "history", moments "during", "right_after", "while_open",
/// "after_close".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehaviourRules {
    /// A behaviour's stable name, as `assessment::Behaviour` has it.
    pub behaviour: String,
    /// Whether students say how sure they are.
    pub certainty: bool,
    /// Rows as [`BehaviourRules::THINGS`], columns as [`BehaviourRules::MOMENTS`].
    pub shown: [[bool; 4]; 4],
}

/// Which table a button fills in: `review:everything`, `review:after_close` or
/// `review:nothing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewPreset {
    /// Everything from the submission on.
    Everything,
    /// Only once the quiz has closed.
    AfterClose,
    /// Nothing at all.
    Nothing,
}

impl Default for BehaviourRules {
    fn default() -> Self {
        Self {
            behaviour: "deferred".to_owned(),
            certainty: false,
            shown: [[true; 4]; 4],
        }
    }
}

impl ReviewPreset {
    /// All presets, as their buttons stand.
    pub const ALL: [Self; 3] = [Self::Everything, Self::AfterClose, Self::Nothing];

    /// What stands behind `review:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::AfterClose => "after_close",
            Self::Nothing => "nothing",
        }
    }

    /// The preset of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.as_str() == name)
    }

    /// One row of the table.
    pub fn row(self) -> [bool; 4] {
        match self {
            Self::Everything => [true; 4],
            Self::AfterClose => [false, false, false, true],
            Self::Nothing => [false; 4],
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Everything => "behaviour-preset-everything",
            Self::AfterClose => "behaviour-preset-after-close",
            Self::Nothing => "behaviour-preset-nothing",
        }
    }
}

impl BehaviourRules {
    /// What is shown, as it stands in the fields' names.
    pub const THINGS: [&str; 4] = ["marks", "answers", "feedback", "history"];
    /// When, likewise.
    pub const MOMENTS: [&str; 4] = ["during", "right_after", "while_open", "after_close"];

    /// The name of one box of the table.
    pub fn field(thing: &str, moment: &str) -> String {
        format!("show_{thing}_{moment}")
    }

    /// Whether the table has to be seen: it is not the usual one.
    pub(super) fn is_open(&self) -> bool {
        self.shown != Self::default().shown
    }

    pub(super) fn behaviours() -> [(&'static str, &'static str); 6] {
        [
            ("deferred", "behaviour-name-deferred"),
            ("immediate", "behaviour-name-immediate"),
            ("interactive", "behaviour-name-interactive"),
            ("adaptive", "behaviour-name-adaptive"),
            ("adaptive_no_penalty", "behaviour-name-adaptive-no-penalty"),
            ("manual", "behaviour-name-manual"),
        ]
    }

    pub(super) fn presets() -> [(String, &'static str); 3] {
        ReviewPreset::ALL.map(|preset| (format!("review:{}", preset.as_str()), preset.label()))
    }

    pub(super) fn columns() -> [(&'static str, &'static str); 4] {
        let keys = [
            "behaviour-when-during",
            "behaviour-when-right-after",
            "behaviour-when-while-open",
            "behaviour-when-after-close",
        ];
        let mut columns = Self::MOMENTS.into_iter().zip(keys);
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    }

    /// Rows of (name, key of its words, (name of the box, moment, ticked)).
    pub(super) fn rows(&self) -> Vec<TableRow> {
        let keys = [
            "quiz-shown-marks",
            "quiz-shown-answers",
            "quiz-shown-feedback",
            "behaviour-shown-history",
        ];
        let rows = Self::THINGS.into_iter().zip(keys).zip(self.shown);
        rows.map(|((thing, key), ticked)| TableRow {
            thing,
            key,
            boxes: Self::MOMENTS
                .into_iter()
                .zip(ticked)
                .map(|(moment, ticked)| (Self::field(thing, moment), moment, ticked))
                .collect(),
        })
        .collect()
    }
}

/// One row of the table of what is shown when.
pub(super) struct TableRow {
    pub(super) thing: &'static str,
    pub(super) key: &'static str,
    pub(super) boxes: Vec<(String, &'static str, bool)>,
}

/// Hints and penalty of one question, as typed: fields `q{n}_hints` (one hint a
/// line), `q{n}_penalty` (percent; empty for the usual third), `q{n}_clears_wrong`
/// and `q{n}_counts_right` ("on").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tries {
    /// One hint a line.
    pub hints: String,
    /// Percent of the mark; empty for the usual third.
    pub penalty: String,
    /// Whether the next try begins without the wrong parts.
    pub clears_wrong: bool,
    /// Whether it is said how many parts are right.
    pub counts_right: bool,
}

impl Tries {
    pub(super) fn is_written(&self) -> bool {
        !self.hints.trim().is_empty() || !self.penalty.trim().is_empty()
    }

    pub(super) fn rows(&self) -> usize {
        self.hints.lines().count().clamp(2, 9)
    }
}
