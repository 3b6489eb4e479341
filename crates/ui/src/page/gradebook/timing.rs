//! The part of the gradebook about time: running attempts, what was granted,
//! and the pass mark.

/// What the gradebook says about time.
#[derive(Debug, Clone, Default)]
pub struct Timing {
    /// What was just done.
    pub done: Option<TimingDone>,
    /// How many attempts run.
    pub running: usize,
    /// How many of them end by the clock.
    pub with_clock: usize,
    /// "50 %"; empty without a pass mark.
    pub pass: String,
    /// Who is shown: "" for everybody, "yes" for who passed, "no" for who did not.
    pub filter: &'static str,
    /// The overrides of the activity.
    pub overrides_path: String,
}

/// What a form of this part did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimingDone {
    /// Attempts got more time.
    Granted(Granted),
    /// It was taken back.
    Undone,
    /// Somebody got another attempt.
    AttemptGiven,
}

/// Time that was granted in one tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// What takes it back; posts to `{path}/time/undo` as `grant`.
    pub grant: String,
    /// How many attempts it moved.
    pub count: usize,
}

/// An attempt that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Posts to `{path}/time` as `attempt`.
    pub attempt_id: String,
    /// Where it can be read.
    pub path: String,
    /// When it ends: "10:41"; empty when nothing ends it.
    pub ends_at: String,
    /// Whether its student has a break.
    pub is_on_break: bool,
}

impl Running {
    pub(super) fn sample(prefix: &str) -> Self {
        Self {
            attempt_id: "0192f0c4-8a11-7d20-a1b5-0f2e4c6d8e92".to_owned(),
            path: format!("{prefix}/attempts/7"),
            ends_at: "11:27".to_owned(),
            is_on_break: true,
        }
    }
}

impl Timing {
    pub(super) fn sample(overrides_path: String) -> Self {
        Self {
            done: Some(TimingDone::Granted(Granted {
                grant: "0192f0c4-8a11-7d20-a1b5-0f2e4c6d8e91".to_owned(),
                count: 2,
            })),
            running: 2,
            with_clock: 2,
            pass: "50%".to_owned(),
            filter: "",
            overrides_path,
        }
    }
}
