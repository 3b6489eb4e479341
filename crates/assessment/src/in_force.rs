//! The rules in force for one person: those of the assessment, changed by what
//! holds for the person, for the person's groups, and by a standing
//! accommodation. A pure function, so that every place that asks gets one answer.
//!
//! Field by field the person's own override beats those of groups, and among
//! groups the most generous counts: the earliest opening, the latest close, the
//! longest limit, the most attempts, no password. The time factor multiplies the
//! time limit. The closing time stays, but an attempt that was begun in time may
//! run past it by what the factor adds: otherwise an examination that opens for
//! just its time limit would give no extra time at all. Without a time limit
//! there is nothing to multiply; an override moves the dates then.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::attempt::base_due_at;
use crate::content::Rules;

/// What an override does to one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed<T> {
    /// It stays as it is.
    #[default]
    Kept,
    /// It does not hold: no date, no limit, any number of attempts, no password.
    Lifted,
    /// It is another one.
    To(T),
}

impl<T> Changed<T> {
    /// Whether the rule stays as it is.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Kept)
    }

    // The later one, unless it says nothing.
    fn or(self, later: Self) -> Self {
        match later {
            Self::Kept => self,
            later => later,
        }
    }

    fn apply(self, rule: &mut Option<T>) {
        match self {
            Self::Kept => {}
            Self::Lifted => *rule = None,
            Self::To(value) => *rule = Some(value),
        }
    }
}

/// Rules that are different for one person or one group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleOverride {
    /// See [`Rules::opens_at`].
    pub opens_at: Changed<DateTime<Utc>>,
    /// See [`Rules::closes_at`].
    pub closes_at: Changed<DateTime<Utc>>,
    /// See [`Rules::time_limit_seconds`]; before the time factor.
    pub time_limit_seconds: Changed<u32>,
    /// See [`Rules::attempts_allowed`].
    pub attempts_allowed: Changed<u32>,
    /// Attempts on top of those allowed: somebody got another one.
    pub more_attempts: u32,
    /// See [`Rules::password`].
    pub password: Changed<String>,
}

impl RuleOverride {
    /// This one with what `later` says; where that says nothing, it stays.
    #[must_use]
    pub fn with(self, later: Self) -> Self {
        Self {
            opens_at: self.opens_at.or(later.opens_at),
            closes_at: self.closes_at.or(later.closes_at),
            time_limit_seconds: self.time_limit_seconds.or(later.time_limit_seconds),
            attempts_allowed: self.attempts_allowed.or(later.attempts_allowed),
            more_attempts: self.more_attempts.max(later.more_attempts),
            password: self.password.or(later.password),
        }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a person needs in every assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accommodation {
    /// Multiplies time limits, in percent: 125 for a quarter more.
    pub time_percent: u32,
    /// For how long in all the clock of an attempt may be stopped, in seconds.
    pub break_seconds: u32,
    /// The size of text on all pages, in percent.
    pub font_percent: u32,
}

impl Default for Accommodation {
    fn default() -> Self {
        Self {
            time_percent: 100,
            break_seconds: 0,
            font_percent: 100,
        }
    }
}

impl Accommodation {
    /// The time factors that can be chosen, from none to four times, in percent.
    pub const TIME_PERCENT: std::ops::RangeInclusive<u32> = 100..=400;
    /// The longest breaks, in seconds: four hours.
    pub const MOST_BREAK_SECONDS: u32 = 4 * 60 * 60;
    /// The sizes of text that pages have, in percent.
    pub const FONT_PERCENTS: [u32; 4] = [100, 125, 150, 200];

    /// Whether it gives what the service can give.
    pub fn is_valid(&self) -> bool {
        Self::TIME_PERCENT.contains(&self.time_percent)
            && self.break_seconds <= Self::MOST_BREAK_SECONDS
            && Self::FONT_PERCENTS.contains(&self.font_percent)
    }

    /// What it adds to a time limit, in seconds, rounded up.
    pub fn extra_seconds(&self, time_limit_seconds: u32) -> u32 {
        let more = u64::from(self.time_percent.saturating_sub(100));
        let extra = (u64::from(time_limit_seconds) * more).div_ceil(100);
        u32::try_from(extra).unwrap_or(u32::MAX)
    }
}

/// What is different for one person, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalRules {
    /// The person's own override.
    pub person: Option<RuleOverride>,
    /// Those of the person's groups, in any order.
    pub groups: Vec<RuleOverride>,
    /// The standing accommodation.
    pub accommodation: Accommodation,
}

/// The rules in force for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The rules with everything applied; the time limit holds the extra time.
    pub rules: Rules,
    /// What the accommodation added to the time limit, in seconds.
    pub extra_seconds: u32,
    /// Passwords of groups that open it besides the one in `rules`.
    pub other_passwords: Vec<String>,
    /// The accommodation.
    pub accommodation: Accommodation,
}

/// The rules in force for somebody; see the head of this file.
pub fn rules_in_force(rules: &Rules, personal: &PersonalRules) -> InForce {
    let mut rules = rules.clone();
    let (groups, other_passwords) = most_generous(&personal.groups);
    let mut passwords = other_passwords;
    apply(&groups, &mut rules);
    if let Some(person) = &personal.person {
        if !person.password.is_kept() {
            passwords.clear();
        }
        apply(person, &mut rules);
    }
    let accommodation = personal.accommodation;
    let extra_seconds = rules
        .time_limit_seconds
        .map_or(0, |limit| accommodation.extra_seconds(limit));
    rules.time_limit_seconds = rules
        .time_limit_seconds
        .map(|limit| limit.saturating_add(extra_seconds));
    InForce {
        rules,
        extra_seconds,
        other_passwords: passwords,
        accommodation,
    }
}

fn apply(changes: &RuleOverride, rules: &mut Rules) {
    changes.opens_at.apply(&mut rules.opens_at);
    changes.closes_at.apply(&mut rules.closes_at);
    changes.time_limit_seconds.apply(&mut rules.time_limit_seconds);
    changes.attempts_allowed.apply(&mut rules.attempts_allowed);
    changes.password.clone().apply(&mut rules.password);
    rules.attempts_allowed = rules
        .attempts_allowed
        .map(|allowed| allowed.saturating_add(changes.more_attempts));
}

// One override out of those of several groups, and the passwords besides the first.
fn most_generous(groups: &[RuleOverride]) -> (RuleOverride, Vec<String>) {
    let of = |field: fn(&RuleOverride) -> &Changed<DateTime<Utc>>| groups.iter().map(field).copied();
    let mut passwords: Vec<String> = groups
        .iter()
        .filter_map(|group| match &group.password {
            Changed::To(password) => Some(password.clone()),
            Changed::Kept | Changed::Lifted => None,
        })
        .collect();
    passwords.sort();
    passwords.dedup();
    let lifted = groups.iter().any(|group| group.password == Changed::Lifted);
    let password = match (lifted, passwords.is_empty()) {
        (true, _) => Changed::Lifted,
        (false, true) => Changed::Kept,
        (false, false) => Changed::To(passwords.remove(0)),
    };
    if lifted {
        passwords.clear();
    }
    let chosen = RuleOverride {
        opens_at: best(of(|group| &group.opens_at), Ord::min),
        closes_at: best(of(|group| &group.closes_at), Ord::max),
        time_limit_seconds: best(groups.iter().map(|group| group.time_limit_seconds), Ord::max),
        attempts_allowed: best(groups.iter().map(|group| group.attempts_allowed), Ord::max),
        more_attempts: groups.iter().map(|group| group.more_attempts).max().unwrap_or(0),
        password,
    };
    (chosen, passwords)
}

// Lifted is the most generous of all.
fn best<T>(changes: impl Iterator<Item = Changed<T>>, better: fn(T, T) -> T) -> Changed<T> {
    changes.fold(Changed::Kept, |best, next| match (best, next) {
        (Changed::Lifted, _) | (_, Changed::Lifted) => Changed::Lifted,
        (Changed::To(one), Changed::To(other)) => Changed::To(better(one, other)),
        (Changed::Kept, other) | (other, Changed::Kept) => other,
    })
}

impl InForce {
    /// The rules as they stand, for somebody to whom nothing else applies.
    pub fn of_all(rules: &Rules) -> Self {
        rules_in_force(rules, &PersonalRules::default())
    }

    /// When an attempt begun at `started_at` must end: at its time limit or at the
    /// closing time with the extra time, whichever comes first. More may be
    /// granted, see [`attempt_clock`](crate::attempt_clock).
    pub fn due_at(&self, started_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let extra = TimeDelta::seconds(i64::from(self.extra_seconds));
        let closes_at = self
            .rules
            .closes_at
            .map(|at| at.checked_add_signed(extra).unwrap_or(at));
        base_due_at(self.rules.time_limit_seconds, closes_at, started_at)
    }

    /// Whether a password has to be typed before an attempt begins.
    pub fn asks_password(&self) -> bool {
        self.rules.password.is_some()
    }

    /// Whether these words open it: none are needed, or they are the password,
    /// letter by letter in Unicode NFC; blanks around them do not count.
    pub fn is_opened_by(&self, typed: &str) -> bool {
        let read = |password: &str| text::nfc(password.trim());
        let typed = read(typed);
        let Some(password) = &self.rules.password else {
            return true;
        };
        std::iter::once(password)
            .chain(&self.other_passwords)
            .any(|password| read(password) == typed)
    }
}
