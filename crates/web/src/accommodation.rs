//! `/s/{session}/accommodations…`: what single students need in every quiz.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    accommodation::{self, Profile},
};
use assessment::Accommodation;
use chrono::TimeDelta;
use chrono_tz::Tz;
use serde::Deserialize;
use ui::{Texts, format, page::timing as page};

use crate::{
    pairs::Pairs,
    problem::Problem,
    quiz::read_number,
    response,
    server::address,
    visitor::{self, Sent},
};

/// The time factors to choose from, in percent.
const FACTORS: [u32; 4] = [100, 125, 150, 200];

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/accommodations").get(list))
        .service(
            address("/s/{session}/accommodations/{enrolment}")
                .get(open)
                .post(save),
        );
}

#[derive(Debug, Deserialize)]
struct Ids {
    session: String,
    enrolment: String,
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let found = accommodation::list(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&found.session, &request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let students = found.learners.iter().map(|(learner, accommodation)| page::Needs {
        id: learner.enrolment_id.clone(),
        name: learner.name.clone().unwrap_or_default(),
        words: in_words(accommodation, t),
    });
    let page = page::Accommodations {
        path: format!("{prefix}/accommodations"),
        overrides_path: format!("{prefix}/overrides"),
        is_saved: query.get("done") == "saved",
        students: students.collect(),
        frame,
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    ids: Path<Ids>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(&request, &ids.session);
    let found = accommodation::open(&app, visitor, ids.enrolment.clone()).await?;
    let page = form_page(&found, &request, **zone);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn save(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    ids: Path<Ids>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (factor, breaks) = (factor(&sent.form), breaks(&sent.form));
    if let (Some(time_percent), Some(break_seconds)) = (factor, breaks) {
        let accommodation = Accommodation {
            time_percent,
            break_seconds,
            font_percent: sent.form.get("font").parse().unwrap_or(100),
        };
        let session = accommodation::save(&app, sent.visitor, ids.enrolment.clone(), accommodation).await?;
        let list = format!("/s/{}/accommodations?done=saved", session.id);
        return Ok(response::see_other(&list));
    }
    let found = accommodation::open(&app, sent.visitor, ids.enrolment.clone()).await?;
    let mut page = form_page(&found, &request, **zone);
    let t = page.frame.t;
    page.typed = page::NeedsTyped {
        other_factor: sent.form.get("other_factor").to_owned(),
        breaks: sent.form.get("breaks").to_owned(),
        factor_error: match factor {
            Some(_) => String::new(),
            None => t.get("time-factor-wrong").into_owned(),
        },
        breaks_error: match breaks {
            Some(_) => String::new(),
            None => t.get("time-breaks-wrong").into_owned(),
        },
    };
    choose(&mut page.factors, sent.form.get("factor"));
    choose(&mut page.fonts, sent.form.get("font"));
    Ok(response::page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page,
        &found.session.platform_origins,
    ))
}

fn choose(choices: &mut [page::Choice], value: &str) {
    for choice in choices {
        choice.is_chosen = choice.value == value;
    }
}

// In percent; `None` when it cannot be read or given.
fn factor(form: &Pairs) -> Option<u32> {
    let percent = match form.get("factor") {
        "other" => (read_number(form.get("other_factor"))? * 100.0).round() as u32,
        chosen => chosen.parse().ok()?,
    };
    Accommodation::TIME_PERCENT.contains(&percent).then_some(percent)
}

// In seconds; nothing typed is none.
fn breaks(form: &Pairs) -> Option<u32> {
    let minutes = match form.get("breaks").trim() {
        "" => 0.0,
        typed => read_number(typed)?,
    };
    let seconds = (minutes * 60.0).round();
    let possible = 0.0..=f64::from(Accommodation::MOST_BREAK_SECONDS);
    possible.contains(&seconds).then_some(seconds as u32)
}

fn in_words(accommodation: &Accommodation, t: Texts) -> Vec<String> {
    let mut words = Vec::new();
    if accommodation.time_percent != 100 {
        words.push(times(accommodation.time_percent, t));
    }
    if accommodation.break_seconds > 0 {
        let duration = TimeDelta::seconds(i64::from(accommodation.break_seconds));
        let duration = format::duration(t, duration);
        words.push(t.with("time-breaks-words", "duration", duration).to_string());
    }
    if accommodation.font_percent != 100 {
        let percent = accommodation.font_percent;
        words.push(t.with("time-font-words", "percent", percent).to_string());
    }
    words
}

fn times(percent: u32, t: Texts) -> String {
    let factor = format::number(t, f64::from(percent) / 100.0);
    t.with("time-factor-times", "factor", factor).to_string()
}

fn form_page(found: &Profile, request: &HttpRequest, zone: Tz) -> page::AccommodationForm {
    let frame = visitor::frame(&found.session, request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let Accommodation {
        time_percent,
        break_seconds,
        font_percent,
    } = found.accommodation;
    let is_known = FACTORS.contains(&time_percent);
    let mut factors: Vec<page::Choice> = FACTORS
        .iter()
        .map(|percent| page::Choice {
            value: percent.to_string(),
            label: match percent {
                100 => t.get("time-factor-usual").into_owned(),
                percent => times(*percent, t),
            },
            is_chosen: *percent == time_percent,
        })
        .collect();
    factors.push(page::Choice {
        value: "other".to_owned(),
        label: t.get("time-factor-other").into_owned(),
        is_chosen: !is_known,
    });
    let fonts = Accommodation::FONT_PERCENTS.iter().map(|percent| page::Choice {
        value: percent.to_string(),
        label: t.with("time-percent", "percent", *percent).to_string(),
        is_chosen: *percent == font_percent,
    });
    page::AccommodationForm {
        path: format!("{prefix}/accommodations/{}", found.learner.enrolment_id),
        list_path: format!("{prefix}/accommodations"),
        name: found.learner.name.clone().unwrap_or_default(),
        changed_at: found
            .changed_at
            .map(|at| format::moment(t, at, found.now, zone))
            .unwrap_or_default(),
        factors,
        fonts: fonts.collect(),
        typed: page::NeedsTyped {
            other_factor: match is_known {
                true => String::new(),
                false => format::number(t, f64::from(time_percent) / 100.0),
            },
            breaks: match break_seconds {
                0 => String::new(),
                seconds => format::number(t, f64::from(seconds) / 60.0),
            },
            ..page::NeedsTyped::default()
        },
        frame,
    }
}
