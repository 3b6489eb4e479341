//! Rules in force: precedence field by field, generosity among groups, the time factor.

use chrono::{DateTime, Utc};

use crate::{Accommodation, Changed, InForce, PersonalRules, RuleOverride, Rules, rules_in_force};

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn rules() -> Rules {
    Rules {
        opens_at: Some(time(1_000)),
        closes_at: Some(time(10_000)),
        time_limit_seconds: Some(3_600),
        attempts_allowed: Some(2),
        password: Some("phay".to_owned()),
        ..Rules::default()
    }
}

fn limit(limit: Changed<u32>) -> RuleOverride {
    RuleOverride {
        time_limit_seconds: limit,
        ..RuleOverride::default()
    }
}

fn in_force(person: Option<RuleOverride>, groups: Vec<RuleOverride>) -> InForce {
    let personal = PersonalRules {
        person,
        groups,
        ..PersonalRules::default()
    };
    rules_in_force(&rules(), &personal)
}

#[test]
fn nothing_of_ones_own_is_what_holds_for_all() {
    let found = in_force(None, Vec::new());
    assert_eq!(found.rules, rules());
    assert_eq!(found, InForce::of_all(&rules()));
    assert_eq!(
        in_force(Some(RuleOverride::default()), vec![RuleOverride::default()]).rules,
        rules()
    );
}

#[test]
fn the_person_beats_groups_and_the_most_generous_group_counts() {
    #[track_caller]
    fn check(person: Changed<u32>, groups: &[Changed<u32>], expected: Option<u32>) {
        let groups = groups.iter().copied().map(limit).collect();
        let found = in_force(Some(limit(person)), groups);
        assert_eq!(found.rules.time_limit_seconds, expected);
    }
    use Changed::{Kept, Lifted, To};
    check(Kept, &[], Some(3_600));
    check(Kept, &[To(60)], Some(60));
    check(Kept, &[To(60), To(7_200), Kept], Some(7_200));
    check(Kept, &[To(7_200), Lifted, To(60)], None);
    check(To(90), &[To(7_200), Lifted], Some(90));
    check(Lifted, &[To(60)], None);
}

#[test]
fn each_field_is_decided_by_itself() {
    let person = RuleOverride {
        closes_at: Changed::To(time(9_000)),
        ..RuleOverride::default()
    };
    let early = RuleOverride {
        opens_at: Changed::To(time(500)),
        closes_at: Changed::To(time(20_000)),
        attempts_allowed: Changed::To(3),
        ..RuleOverride::default()
    };
    let late = RuleOverride {
        opens_at: Changed::To(time(2_000)),
        attempts_allowed: Changed::To(1),
        more_attempts: 1,
        ..RuleOverride::default()
    };
    let found = in_force(Some(person), vec![early, late]).rules;
    assert_eq!(found.opens_at, Some(time(500)));
    assert_eq!(found.closes_at, Some(time(9_000)));
    assert_eq!(found.attempts_allowed, Some(4));
    assert_eq!(found.time_limit_seconds, Some(3_600));
}

#[test]
fn another_attempt_comes_on_top_of_those_allowed() {
    let more = RuleOverride {
        more_attempts: 1,
        ..RuleOverride::default()
    };
    assert_eq!(
        in_force(Some(more.clone()), Vec::new()).rules.attempts_allowed,
        Some(3)
    );
    let unlimited = RuleOverride {
        attempts_allowed: Changed::Lifted,
        ..more
    };
    assert_eq!(in_force(Some(unlimited), Vec::new()).rules.attempts_allowed, None);
}

#[test]
fn a_password_opens_for_those_whose_it_is() {
    #[track_caller]
    fn check(person: Changed<&str>, groups: &[Changed<&str>], typed: &str, expected: bool) {
        let with = |password: &Changed<&str>| RuleOverride {
            password: match password {
                Changed::Kept => Changed::Kept,
                Changed::Lifted => Changed::Lifted,
                Changed::To(password) => Changed::To((*password).to_owned()),
            },
            ..RuleOverride::default()
        };
        let found = in_force(Some(with(&person)), groups.iter().map(with).collect());
        assert_eq!(
            found.is_opened_by(typed),
            expected,
            "{person:?} {groups:?} {typed:?}"
        );
    }
    use Changed::{Kept, Lifted, To};
    check(Kept, &[], "phay", true);
    check(Kept, &[], " phay ", true);
    check(Kept, &[], "Phay", false);
    check(Kept, &[], "", false);
    check(Kept, &[To("tiện")], "phay", false);
    // typed decomposed, kept composed
    check(Kept, &[To("ti\u{1ec7}n")], "tie\u{302}\u{323}n", true);
    check(Kept, &[To("a"), To("b")], "a", true);
    check(Kept, &[To("a"), To("b")], "b", true);
    check(Kept, &[To("a"), Lifted], "", true);
    check(To("c"), &[To("a"), To("b")], "b", false);
    check(To("c"), &[To("a"), To("b")], "c", true);
    check(Lifted, &[To("a")], "", true);
}

#[test]
fn the_time_factor_multiplies_the_limit_and_runs_past_the_close() {
    #[track_caller]
    fn check(percent: u32, limit: Changed<u32>, closes_at: Changed<i64>, started: i64, due: Option<i64>) {
        let person = RuleOverride {
            time_limit_seconds: limit,
            closes_at: match closes_at {
                Changed::Kept => Changed::Kept,
                Changed::Lifted => Changed::Lifted,
                Changed::To(at) => Changed::To(time(at)),
            },
            ..RuleOverride::default()
        };
        let personal = PersonalRules {
            person: Some(person),
            accommodation: Accommodation {
                time_percent: percent,
                ..Accommodation::default()
            },
            ..PersonalRules::default()
        };
        let found = rules_in_force(&rules(), &personal);
        assert_eq!(
            found.due_at(time(started)),
            due.map(time),
            "{percent} {limit:?} {closes_at:?}"
        );
    }
    use Changed::{Kept, Lifted, To};
    check(100, Kept, Kept, 2_000, Some(5_600));
    check(125, Kept, Kept, 2_000, Some(6_500));
    // a third of a second more is a second more
    check(133, To(61), Kept, 2_000, Some(2_082));
    // the close moves by the extra time for who began in time
    check(100, Kept, Kept, 9_000, Some(10_000));
    check(150, Kept, Kept, 9_000, Some(11_800));
    check(150, Kept, To(9_500), 9_000, Some(11_300));
    // nothing to multiply
    check(200, Lifted, Kept, 9_000, Some(10_000));
    check(200, Lifted, Lifted, 9_000, None);
}

#[test]
fn what_a_profile_can_give_is_bounded() {
    #[track_caller]
    fn check(time_percent: u32, break_seconds: u32, font_percent: u32, expected: bool) {
        let accommodation = Accommodation {
            time_percent,
            break_seconds,
            font_percent,
        };
        assert_eq!(accommodation.is_valid(), expected, "{accommodation:?}");
    }
    check(100, 0, 100, true);
    check(400, 14_400, 200, true);
    check(99, 0, 100, false);
    check(401, 0, 100, false);
    check(100, 14_401, 100, false);
    check(100, 0, 110, false);
}

#[test]
fn what_was_stored_before_reads_as_nothing_changed() {
    let stored: RuleOverride = serde_json::from_str("{}").unwrap();
    assert!(stored.is_empty());
    let stored: RuleOverride =
        serde_json::from_str(r#"{"time_limit_seconds":{"to":60},"password":"lifted"}"#).unwrap();
    assert_eq!(
        (stored.time_limit_seconds, stored.password),
        (Changed::To(60), Changed::Lifted)
    );
}
