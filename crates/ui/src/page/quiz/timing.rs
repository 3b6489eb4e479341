//! The editor's fields about time, password and pass mark.

/// As typed. Fields: `when_over` ("submit", "grace", "abandon"), `grace`,
/// `wait_first`, `wait_later` (minutes), `pass` (percent), `password`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimingRules {
    /// What becomes of an attempt that is not submitted in time.
    pub when_over: String,
    /// For how long it can still be handed in, in minutes.
    pub grace: String,
    /// Minutes between the first attempt and the second; empty for none.
    pub wait_first: String,
    /// The same between later ones.
    pub wait_later: String,
    /// What students type to begin; empty for nothing.
    pub password: String,
    /// The share from which on it is passed, in percent; empty for none.
    pub pass: String,
}

impl TimingRules {
    /// Whether all is as usual.
    pub(super) fn is_usual(&self) -> bool {
        let typed = [&self.wait_first, &self.wait_later, &self.password, &self.pass];
        matches!(self.when_over.as_str(), "" | "submit") && typed.iter().all(|field| field.is_empty())
    }
}
