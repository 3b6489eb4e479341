//! The form of an override: filled from what is stored, read from what was
//! typed, and shown again with what has to be mended.

use actix_web::HttpRequest;
use app::overrides::{Override, Overrides, wrong_fields};
use assessment::{Changed, RuleOverride, Rules};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{Texts, format, page::timing as page};

use crate::{
    pairs::Pairs,
    quiz::{read_local_time, read_number, typed_time},
    rendered, visitor,
};

/// What a form says, and which of its fields cannot be read or are out of range.
pub(crate) struct Read {
    pub(crate) change: RuleOverride,
    pub(crate) wrong: Vec<&'static str>,
}

/// Reads the fields that the page names.
pub(crate) fn read(form: &Pairs, zone: Tz) -> Read {
    let mut wrong = Vec::new();
    let more = form.get("more_attempts").trim();
    let more_attempts = match (more, more.parse()) {
        ("", _) => 0,
        (_, Ok(more)) => more,
        (_, Err(_)) => {
            wrong.push("more_attempts");
            0
        }
    };
    let minutes = |typed: &str| read_number(typed).map(|minutes| (minutes * 60.0).round() as u32);
    let change = RuleOverride {
        opens_at: changed(form, "opens_at", |typed| read_local_time(typed, zone), &mut wrong),
        closes_at: changed(
            form,
            "closes_at",
            |typed| read_local_time(typed, zone),
            &mut wrong,
        ),
        time_limit_seconds: changed(form, "time_limit", minutes, &mut wrong),
        attempts_allowed: changed(form, "attempts", |typed| typed.parse().ok(), &mut wrong),
        password: changed(form, "password", |typed| Some(typed.to_owned()), &mut wrong),
        more_attempts,
    };
    wrong.extend(wrong_fields(&change));
    Read { change, wrong }
}

// A value says more than a forgotten tick.
fn changed<T>(
    form: &Pairs,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
    wrong: &mut Vec<&'static str>,
) -> Changed<T> {
    let typed = form.get(name).trim();
    if typed.is_empty() {
        return match form.get(&format!("no_{name}")) {
            "on" => Changed::Lifted,
            _ => Changed::Kept,
        };
    }
    match read(typed) {
        Some(value) => Changed::To(value),
        None => {
            wrong.push(name);
            Changed::Kept
        }
    }
}

/// The form of a new override.
pub(crate) fn blank(found: &Overrides, request: &HttpRequest, zone: Tz) -> page::OverrideForm {
    let frame = visitor::frame(&found.session, request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let groups = found.groups.iter().map(|group| page::Whom {
        value: format!("group:{}", group.id),
        name: group.name.clone(),
        is_group: true,
        is_chosen: false,
    });
    let learners = found.learners.iter().map(|learner| page::Whom {
        value: format!("person:{}", learner.person_id),
        name: learner.name.clone().unwrap_or_default(),
        is_group: false,
        is_chosen: false,
    });
    page::OverrideForm {
        title: rendered::plain(&found.title, t.language()),
        path: format!("{prefix}/overrides"),
        list_path: format!("{prefix}/overrides"),
        whom: groups.chain(learners).collect(),
        whom_error: String::new(),
        name: String::new(),
        is_there: false,
        fields: fields(&RuleOverride::default(), &found.rules, t, zone),
        more_attempts: String::new(),
        more_attempts_error: String::new(),
        is_wrong: false,
        frame,
    }
}

/// The form of one that is there.
pub(crate) fn of_row(
    found: &Overrides,
    row: &Override,
    request: &HttpRequest,
    zone: Tz,
) -> page::OverrideForm {
    let form = blank(found, request, zone);
    page::OverrideForm {
        path: format!("{}/{}", form.path, row.id),
        whom: Vec::new(),
        name: row.name.clone().unwrap_or_default(),
        is_there: true,
        fields: fields(&row.change, &found.rules, form.frame.t, zone),
        more_attempts: match row.change.more_attempts {
            0 => String::new(),
            more => more.to_string(),
        },
        ..form
    }
}

/// Puts back what was typed, with what is wrong.
pub(crate) fn annotate(page: &mut page::OverrideForm, form: &Pairs, wrong: &[&'static str]) {
    let t = page.frame.t;
    for field in &mut page.fields {
        form.get(field.name).clone_into(&mut field.value);
        field.is_lifted = form.get(&format!("no_{}", field.name)) == "on";
        if wrong.contains(&field.name) {
            field.error = t.get(error_key(field.name)).into_owned();
        }
    }
    for whom in &mut page.whom {
        whom.is_chosen = whom.value == form.get("whom");
    }
    form.get("more_attempts").clone_into(&mut page.more_attempts);
    if wrong.contains(&"more_attempts") {
        page.more_attempts_error = t.get("time-more-attempts-wrong").into_owned();
    }
    if !page.is_there && !page.whom.iter().any(|whom| whom.is_chosen) {
        page.whom_error = t.get("time-whom-wrong").into_owned();
    }
    page.is_wrong = true;
}

fn error_key(field: &str) -> &'static str {
    match field {
        "opens_at" => "quiz-problem-not-a-time",
        "closes_at" => "quiz-problem-closes-before-opens",
        "time_limit" => "quiz-problem-time-limit-out-of-range",
        "password" => "quiz-problem-password-out-of-range",
        _ => "quiz-problem-attempts-out-of-range",
    }
}

fn fields(change: &RuleOverride, rules: &Rules, t: Texts, zone: Tz) -> Vec<page::RuleField> {
    let date = |at: Option<DateTime<Utc>>| at.map(|at| format::date_time(t, at, zone)).unwrap_or_default();
    let minutes = |seconds: u32| {
        (f64::from(seconds) / 60.0)
            .to_string()
            .replace('.', &t.get("format-decimal"))
    };
    let usual_limit = rules.time_limit_seconds.map(minutes).unwrap_or_default();
    let usual_attempts = rules.attempts_allowed.map(|attempts| attempts.to_string());
    let local = |at: DateTime<Utc>| typed_time(at, zone);
    [
        (
            ("opens_at", "datetime-local", ""),
            ("attempt-opens-at", "time-lift-opens"),
            date(rules.opens_at),
            typed(&change.opens_at, |at| local(*at)),
        ),
        (
            ("closes_at", "datetime-local", ""),
            ("attempt-closes-at", "time-lift-closes"),
            date(rules.closes_at),
            typed(&change.closes_at, |at| local(*at)),
        ),
        (
            ("time_limit", "text", "decimal"),
            ("quiz-time-limit", "time-lift-limit"),
            usual_limit,
            typed(&change.time_limit_seconds, |seconds| minutes(*seconds)),
        ),
        (
            ("attempts", "text", "numeric"),
            ("quiz-attempts", "time-lift-attempts"),
            usual_attempts.unwrap_or_default(),
            typed(&change.attempts_allowed, ToString::to_string),
        ),
        (
            ("password", "text", ""),
            ("time-password", "time-lift-password"),
            String::new(),
            typed(&change.password, Clone::clone),
        ),
    ]
    .into_iter()
    .map(
        |((name, kind, mode), (label, lift), usual, (value, is_lifted))| page::RuleField {
            name,
            kind,
            mode,
            label: t.get(label).into_owned(),
            usual,
            value,
            lift: t.get(lift).into_owned(),
            is_lifted,
            error: String::new(),
        },
    )
    .collect()
}

fn typed<T>(change: &Changed<T>, write: impl Fn(&T) -> String) -> (String, bool) {
    match change {
        Changed::Kept => (String::new(), false),
        Changed::Lifted => (String::new(), true),
        Changed::To(value) => (write(value), false),
    }
}
