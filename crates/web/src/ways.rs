//! `GET /s/{session}/administration/ways`: how launches got past browsers that keep no cookies of embedded pages.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    launch_way::{self, DeploymentWays, Memory, Way},
};
use chrono::NaiveDate;
use ui::{Texts, format, page::administration as pages};

use crate::{administration, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(server::address("/s/{session}/administration/ways").get(show));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let report = launch_way::report(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&report.session, &request);
    let deployments = report.deployments.iter();
    let page = pages::Ways {
        deployments: deployments.map(|ways| deployment(frame.t, ways)).collect(),
        frame,
    };
    Ok(response::page(&page, &report.session.platform_origins))
}

// Counted by days of UTC, so that they name no hour.
fn date_of(t: Texts, day: &str) -> String {
    let noon = day
        .parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.and_hms_opt(12, 0, 0));
    noon.map_or_else(
        || day.to_owned(),
        |noon| format::date(t, noon.and_utc(), chrono_tz::UTC),
    )
}

fn deployment(t: Texts, ways: &DeploymentWays) -> pages::DeploymentWays {
    let count = |memory: &Memory, way: Way| format::number(t, memory.count(way) as f64);
    pages::DeploymentWays {
        platform: administration::name_of(&ways.registration.platform_name, &ways.registration.issuer),
        deployment_id: ways.platform_id.clone(),
        totals: Way::ALL
            .map(|way| pages::WayCount {
                label: pages::way_label(t, way.as_str()),
                meaning: pages::way_meaning(t, way.as_str()),
                count: count(&ways.memory, way),
            })
            .to_vec(),
        days: (ways.days.iter())
            .map(|(day, memory)| pages::DayWays {
                day: date_of(t, day),
                counts: Way::ALL
                    .map(|way| pages::DayCount {
                        label: pages::way_label(t, way.as_str()),
                        count: count(memory, way),
                    })
                    .to_vec(),
            })
            .collect(),
        advice: pages::advice(t, ways.memory.loses_cookies(), ways.memory.prefers_window()),
    }
}
