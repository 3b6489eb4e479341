//! The rules about time, password and pass mark between the editor's form and a draft.

use assessment::{Rules, WhenTimeIsOver};
use ui::page::quiz::TimingRules;

/// The grace that stands in where none was typed, in seconds.
const USUAL_GRACE: u32 = 5 * 60;

/// The fields of a draft's rules; `minutes` writes seconds as minutes.
pub(super) fn typed(rules: &Rules, minutes: impl Fn(u32) -> String) -> TimingRules {
    let optional = |seconds: Option<u32>| seconds.map(&minutes).unwrap_or_default();
    let (when_over, grace) = match rules.when_time_is_over {
        WhenTimeIsOver::Submit => ("submit", String::new()),
        WhenTimeIsOver::Grace { seconds } => ("grace", minutes(seconds)),
        WhenTimeIsOver::Abandon => ("abandon", String::new()),
    };
    TimingRules {
        when_over: when_over.to_owned(),
        grace,
        wait_first: optional(rules.wait_after_first_seconds),
        wait_later: optional(rules.wait_after_later_seconds),
        password: rules.password.clone().unwrap_or_default(),
        pass: rules
            .pass_percent
            .map(|percent| percent.to_string())
            .unwrap_or_default(),
    }
}

/// Writes what was typed into the rules; `unreadable` hears of the fields that
/// cannot be read. `number` reads one with decimals.
pub(super) fn write(
    typed: &TimingRules,
    rules: &mut Rules,
    number: impl Fn(&str) -> Option<f64>,
    mut unreadable: impl FnMut(&'static str, &'static str),
) {
    let mut seconds = |field, typed: &str| match (typed.trim(), number(typed)) {
        ("", _) => None,
        // Saturates: what is out of range is the check's to say.
        (_, Some(minutes)) => Some((minutes * 60.0).round() as u32),
        (_, None) => {
            unreadable(field, "not-a-number");
            None
        }
    };
    let grace = seconds("grace", &typed.grace);
    rules.wait_after_first_seconds = seconds("wait_first", &typed.wait_first).filter(|wait| *wait > 0);
    rules.wait_after_later_seconds = seconds("wait_later", &typed.wait_later).filter(|wait| *wait > 0);
    rules.when_time_is_over = match typed.when_over.as_str() {
        "grace" => WhenTimeIsOver::Grace {
            seconds: grace.unwrap_or(USUAL_GRACE),
        },
        "abandon" => WhenTimeIsOver::Abandon,
        _ => WhenTimeIsOver::Submit,
    };
    let password = typed.password.trim();
    rules.password = (!password.is_empty()).then(|| password.to_owned());
    let pass = typed.pass.trim().trim_end_matches('%').trim();
    rules.pass_percent = match (pass, pass.parse()) {
        ("", _) => None,
        (_, Ok(percent)) => Some(percent),
        (_, Err(_)) => {
            unreadable("pass", "not-a-whole-number");
            None
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(seconds: u32) -> String {
        (f64::from(seconds) / 60.0).to_string()
    }

    #[track_caller]
    fn check(typed: &TimingRules, expected: &Rules, expected_unreadable: &[&str]) {
        let (mut rules, mut unreadable) = (Rules::default(), Vec::new());
        let number = |typed: &str| typed.trim().parse().ok();
        write(typed, &mut rules, number, |field, _| unreadable.push(field));
        assert_eq!(&rules, expected, "{typed:?}");
        assert_eq!(unreadable, expected_unreadable, "{typed:?}");
    }

    #[test]
    fn what_was_typed_becomes_rules_and_back() {
        let usual = TimingRules {
            when_over: "submit".to_owned(),
            ..TimingRules::default()
        };
        check(&usual, &Rules::default(), &[]);
        check(&TimingRules::default(), &Rules::default(), &[]);
        let all = TimingRules {
            when_over: "grace".to_owned(),
            grace: "2.5".to_owned(),
            wait_first: "60".to_owned(),
            wait_later: "1440".to_owned(),
            password: "phay 2026".to_owned(),
            pass: "50".to_owned(),
        };
        let rules = Rules {
            when_time_is_over: WhenTimeIsOver::Grace { seconds: 150 },
            wait_after_first_seconds: Some(3_600),
            wait_after_later_seconds: Some(86_400),
            password: Some("phay 2026".to_owned()),
            pass_percent: Some(50),
            ..Rules::default()
        };
        check(&all, &rules, &[]);
        assert_eq!(super::typed(&rules, minutes), all);
        let wrong = TimingRules {
            grace: "?".to_owned(),
            wait_first: "x".to_owned(),
            pass: "half".to_owned(),
            ..TimingRules::default()
        };
        check(&wrong, &Rules::default(), &["grace", "wait_first", "pass"]);
    }
}
