//! The record of a refused request: all that is stored of it.

use chrono::Duration;
use storage::{Connection, organisations, refusals, registrations};
use url::Url;

use crate::{App, Refusal, Result, kept_launch};

const LONGEST_DETAIL: usize = 500;

/// Keeps code, inner reason and registration of a refusal under its trace id; a refused launch beside it.
///
/// # Errors
/// When the database fails.
pub async fn record(app: &App, trace_id: &str, refusal: &Refusal) -> Result<()> {
    let row = refusals::Refusal {
        id: trace_id.to_owned(),
        code: refusal.code.as_str().to_owned(),
        detail: refusal.detail.chars().take(LONGEST_DETAIL).collect(),
        registration_id: refusal.registration_id.clone(),
        organisation_id: refusal.organisation_id.clone(),
        created_at: app.clock().now().naive_utc(),
    };
    let (refusal, now) = (refusal.clone(), app.clock().now());
    app.db()
        .write(move |c| {
            refusals::insert(c, &row)?;
            match &refusal.evidence {
                Some(evidence) => kept_launch::keep_refused(c, &row.id, &refusal, evidence, now),
                None => Ok(()),
            }
        })
        .await
}

/// How many refusals of the last day belong to no organisation, by code. Their details stand in the log only.
///
/// # Errors
/// When the database fails.
pub async fn of_nobody(app: &App) -> Result<Vec<(String, i64)>> {
    let since = (app.clock().now() - Duration::days(1)).naive_utc();
    app.db()
        .read(move |c| Ok(refusals::count_of_nobody(c, since)?))
        .await
}

/// Whose platform an unknown issuer or client is most likely: the organisation that alone has registrations of
/// that issuer, or else of that host. `None` when nobody's or several ones' fit.
pub(crate) fn organisation_of_issuer(connection: &mut Connection, issuer: &str) -> Result<Option<String>> {
    let mut fitting: Vec<String> = registrations::list_by_issuer(connection, issuer)?
        .into_iter()
        .map(|registration| registration.organisation_id)
        .collect();
    if fitting.is_empty()
        && let Some(host) = host_of(issuer)
    {
        for organisation in organisations::list(connection)? {
            let mut of_organisation = registrations::list(connection, &organisation.id)?.into_iter();
            if of_organisation.any(|registration| host_of(&registration.issuer).as_ref() == Some(&host)) {
                fitting.push(organisation.id);
            }
        }
    }
    fitting.sort();
    fitting.dedup();
    Ok(fitting.pop().filter(|_| fitting.is_empty()))
}

fn host_of(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}
