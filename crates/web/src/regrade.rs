//! `/s/{session}/regrade…`: correcting how a question is marked. Pages are
//! filled in `page`.

mod page;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error, Refusal,
    regrade::{self, View, Wish},
};
use assessment::{MultipleChoiceScoring, OptionId, OptionsKey};
use chrono_tz::Tz;
use ui::page::regrade::Refused;

use crate::{
    middleware,
    pairs::Pairs,
    points,
    problem::{Problem, status_of},
    rendered::RenderedCache,
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/regrade").get(choose).post(propose))
        .service(address("/s/{session}/regrade/{regrade}").get(open))
        .service(address("/s/{session}/regrade/{regrade}/preview").post(look_again))
        .service(address("/s/{session}/regrade/{regrade}/commit").post(commit));
}

async fn choose(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let visitor = visitor::reader(&request, &session_id);
    let Some(choice) = regrade::choose(&app, visitor).await? else {
        return Ok(response::see_other(&format!("/s/{session_id}/picker")));
    };
    let page = page::choose(&choice, &request, &rendered, **zone, query.get("question"));
    Ok(response::page(&page, &choice.session.platform_origins))
}

async fn propose(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let slot = sent.form.get("question").to_owned();
    let wish = wish(&sent.form)?;
    match regrade::propose(&app, sent.visitor.clone(), slot.clone(), wish).await {
        Ok((session, id)) => Ok(response::see_other(&format!("/s/{}/regrade/{id}", session.id))),
        Err(Error::Refused(refusal)) if refusal.code == Code::Correction => {
            let Some(choice) = regrade::choose(&app, sent.visitor).await? else {
                return Err(Error::Refused(refusal).into());
            };
            let mut page = page::choose(&choice, &request, &rendered, **zone, &slot);
            page.refused = Some(refused(&request, &refusal).await);
            Ok(response::page_with(
                status_of(refusal.code),
                &page,
                &choice.session.platform_origins,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn wish(form: &Pairs) -> Result<Wish, Problem> {
    if let Some(only) = form.optional("only") {
        return Ok(Wish::Options(OptionsKey {
            right: [OptionId::from(only)].into(),
            ..OptionsKey::default()
        }));
    }
    Ok(match form.get("what") {
        "full" => Wish::FullMarks,
        "answered" => Wish::FullMarksIfAnswered,
        "drop" => Wish::Drop,
        "authored" => Wish::AsAuthored,
        "points" => Wish::Points(points::typed(form.get("points"))),
        "key" => Wish::Options(options_key(form)),
        "typed" => {
            let typed = form.0.iter();
            let typed = typed.filter_map(|(name, value)| Some((name.strip_prefix("key/")?, value)));
            Wish::Typed(
                typed
                    .map(|(key, value)| (key.to_owned(), value.clone()))
                    .collect(),
            )
        }
        _ => return Err(Problem::new(Code::Form, "the form names no correction")),
    })
}

// A share that is no number is none that fits.
fn options_key(form: &Pairs) -> OptionsKey {
    let named = form.0.iter().filter_map(|(name, _)| name.strip_prefix("right/"));
    let typed = form.0.iter();
    let typed = typed.filter_map(|(name, value)| Some((name.strip_prefix("share/")?, value.trim())));
    let share = |typed: &str| match typed {
        "" => None,
        typed => Some(points::signed(typed).map_or(f64::NAN, |percent| percent / 100.0)),
    };
    OptionsKey {
        right: named.map(OptionId::from).collect(),
        shares: typed
            .map(|(id, value)| (OptionId::from(id), share(value)))
            .collect(),
        scoring: match form.get("scoring") {
            "all_or_nothing" => Some(MultipleChoiceScoring::AllOrNothing),
            "partial" => Some(MultipleChoiceScoring::Partial),
            "weighted" => Some(MultipleChoiceScoring::Weighted),
            _ => None,
        },
    }
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let visitor = visitor::reader(&request, &session_id);
    let number = Pairs::of_query(&request)?.get("page").parse().unwrap_or(1);
    Ok(match regrade::open(&app, visitor, id, number).await? {
        View::DryRun(found) => {
            let page = page::dry_run(&found, &request, &rendered, **zone);
            response::page(&page, &found.proposal.session.platform_origins)
        }
        View::Trial(found) => {
            let page = page::trial(&found, &request, &rendered, **zone);
            response::page(&page, &found.proposal.session.platform_origins)
        }
        View::Progress(found) => {
            let page = page::progress(&found, &request, **zone);
            response::page(&page, &found.session.platform_origins)
        }
    })
}

async fn look_again(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (_, id) = path.into_inner();
    let (raise_only, reason) = choices(&sent.form);
    let session = regrade::look_again(&app, sent.visitor, id.clone(), raise_only, reason).await?;
    Ok(response::see_other(&format!("/s/{}/regrade/{id}", session.id)))
}

async fn commit(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (_, id) = path.into_inner();
    let (raise_only, reason) = choices(&sent.form);
    match regrade::commit(&app, sent.visitor.clone(), id.clone(), raise_only, reason).await {
        Ok(session) => Ok(response::see_other(&format!("/s/{}/regrade/{id}", session.id))),
        // The page says what was corrected meanwhile.
        Err(Error::Refused(refusal)) if refusal.code == Code::Regrade => {
            let why = Some(refused(&request, &refusal).await);
            let status = status_of(refusal.code);
            Ok(match regrade::open(&app, sent.visitor, id, 1).await? {
                View::DryRun(found) => {
                    let mut page = page::dry_run(&found, &request, &rendered, **zone);
                    page.proposal.refused = why;
                    response::page_with(status, &page, &found.proposal.session.platform_origins)
                }
                View::Trial(found) => {
                    let mut page = page::trial(&found, &request, &rendered, **zone);
                    page.proposal.refused = why;
                    response::page_with(status, &page, &found.proposal.session.platform_origins)
                }
                View::Progress(_) => return Err(Error::Refused(refusal).into()),
            })
        }
        Err(error) => Err(error.into()),
    }
}

async fn refused(request: &HttpRequest, refusal: &Refusal) -> Refused {
    Refused {
        code: refusal.code.as_str(),
        trace_id: middleware::record_refusal(request, refusal).await,
    }
}

fn choices(form: &Pairs) -> (bool, String) {
    (form.get("raise_only") == "on", form.get("reason").to_owned())
}
