//! `/s/{session}/attempts/{attempt}/parts`: what a marker enters for the parts of
//! an examination; and the examination on the page of an attempt.

use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{App, Code, attempt::View, examination};
use assessment::{Needed, Outcome, Part, PartId, PartPoints, PartSource, Scheme};
use ui::{
    Language, Texts, format,
    page::attempt::{Examination, ExaminationPart},
};

use crate::{problem::Problem, rendered::plain, response, server::address, visitor::Sent};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(address("/s/{session}/attempts/{attempt}/parts").post(enter));
}

async fn enter(app: Data<App>, path: Path<(String, String)>, sent: Sent) -> Result<HttpResponse, Problem> {
    let mut entered = Vec::new();
    for (name, value) in &sent.form.0 {
        if let Some(part) = name.strip_prefix("part/") {
            entered.push(typed(part, value, false)?);
        }
    }
    let (orally, formerly) = (sent.form.get("oral_part"), sent.form.get("was_oral"));
    match (orally, formerly) {
        ("", "") => {}
        ("", formerly) => entered.push(typed(formerly, "", true)?),
        (orally, _) => entered.push(typed(orally, sent.form.get("oral"), true)?),
    }
    let attempt = path.1.clone();
    let page = format!("/s/{}/attempts/{attempt}#examination", sent.session_id);
    examination::enter(&app, sent.visitor, attempt, entered).await?;
    Ok(response::see_other(&page))
}

fn typed(part: &str, value: &str, supplement: bool) -> Result<PartPoints, Problem> {
    let points = match value.trim() {
        "" => None,
        value => {
            let read = value
                .replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|points| points.is_finite());
            Some(read.ok_or_else(|| Problem::new(Code::Form, "points that are no number"))?)
        }
    };
    Ok(PartPoints {
        part: PartId::from(part),
        points,
        supplement,
    })
}

/// The examination behind an attempt; `None` without a scheme, or while marks are hidden.
pub(crate) fn examination(
    view: &View,
    outcome: Option<&Outcome>,
    is_marker: bool,
    t: Texts,
) -> Option<Examination> {
    let scheme = view.published.content.scheme.as_ref()?;
    let verdict = outcome?.verdict.as_ref()?;
    let language = t.language();
    let number = |points: f64| format::number(t, points);
    let part = |(part, depth): (&Part, usize)| {
        let result = verdict.parts.iter().find(|result| result.part == part.id);
        let points = result.and_then(|result| result.points);
        let own = result.and_then(|result| result.before_supplement).or(points);
        ExaminationPart {
            id: part.id.to_string(),
            title: plain(&part.title, language),
            depth,
            points: points.map(number).unwrap_or_default(),
            grade: result.and_then(|result| result.grade.clone()).unwrap_or_default(),
            by_hand: part.source == PartSource::Marker,
            entered: own.map(number).unwrap_or_default(),
        }
    };
    let (oral_part, oral) = match &verdict.supplement {
        Some((part, points)) => (part.to_string(), number(*points)),
        None => Default::default(),
    };
    let supplement = scheme.supplement.as_ref();
    let oral_parts = supplement.map(|one| {
        one.parts
            .iter()
            .map(|id| (id.to_string(), title(scheme, id, language)))
    });
    Some(Examination {
        title: plain(&scheme.title, language),
        total: number(verdict.total),
        grade: verdict.grade.clone().unwrap_or_default(),
        passed: verdict.passed,
        needed: needed(scheme, &verdict.needed, t),
        parts: scheme.all_parts().into_iter().map(part).collect(),
        enter_path: match is_marker {
            true => format!("/s/{}/attempts/{}/parts", view.session.id, view.id),
            false => String::new(),
        },
        oral_parts: oral_parts.map(Iterator::collect).unwrap_or_default(),
        oral_part,
        oral,
    })
}

fn title(scheme: &Scheme, id: &PartId, language: Language) -> String {
    scheme
        .part(id)
        .map_or_else(|| id.to_string(), |part| plain(&part.title, language))
}

fn needed(scheme: &Scheme, needed: &Needed, t: Texts) -> Vec<String> {
    let names = |parts: &[PartId]| {
        let names = parts.iter().map(|id| title(scheme, id, t.language()));
        names.collect::<Vec<_>>().join(", ")
    };
    match needed {
        Needed::Nothing => Vec::new(),
        Needed::Impossible => vec![t.get("structure-exam-impossible").into_owned()],
        Needed::InParts { parts, points } => {
            let words = t.with("structure-exam-needed", "points", *points);
            vec![words.and("parts", names(parts)).to_string()]
        }
        Needed::BySupplement { parts } => {
            let words = |(id, points): &(PartId, u32)| {
                let words = t.with("structure-exam-oral-needed", "points", *points);
                words.and("part", title(scheme, id, t.language())).to_string()
            };
            parts.iter().map(words).collect()
        }
    }
}
