//! Does the connection to a platform work? What `taynghe platform check` and
//! the health check's page ask, without any student. Each finding has a stable
//! key; the pages say in words what it means and where to mend it. Only the
//! result is kept, nothing else that the platform answers.

mod answers;
mod configuration;
mod courses;
mod finding;
mod records;

use chrono::{DateTime, Utc};
use storage::{
    Connection,
    platform_checks::{self, PlatformCheck},
    registrations::{self, Registration},
};
use tokio::time::Instant;

use crate::{
    App, Error, Result,
    administration::{self, demand_administrator},
    organisation,
    registration::{self, Listed},
    session::{self, Session, Visitor},
};

pub use finding::{Finding, KEYS, Value, Verdict};

/// A check that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The worst of the findings.
    pub verdict: Verdict,
    /// What was found, in the order in which it was looked at.
    pub findings: Vec<Finding>,
    /// When.
    pub checked_at: DateTime<Utc>,
}

/// The page of a registration's health check.
#[derive(Debug, Clone)]
pub struct Page {
    /// The administrator's session.
    pub session: Session,
    /// Whose connection.
    pub registration: Registration,
    /// The last check; `None` before the first.
    pub last: Option<Check>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// Looks at a registration of the organisation, asks its platform, and keeps what was found.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has none of that id. What is wrong with the platform is a finding.
pub async fn check(app: &App, organisation: Option<String>, id: String) -> Result<Vec<Finding>> {
    let now = app.clock().now();
    let listed = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let registration = registrations::find(c, &organisation.id, &id)?
                .ok_or_else(|| Error::not_found("no such registration"))?;
            registration::listed(c, registration)
        })
        .await?;
    run(app, listed).await
}

/// The same by an administrator's button.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn check_by(app: &App, visitor: Visitor, id: String) -> Result<()> {
    let now = app.clock().now();
    let listed = app
        .db()
        .read(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let registration = registration::owned(c, &session, &id)?;
            registration::listed(c, registration)
        })
        .await?;
    run(app, listed).await?;
    Ok(())
}

/// What the last check found.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has no registration of that id.
pub async fn page(app: &App, visitor: Visitor, id: String) -> Result<Page> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let registration = registration::owned(c, &session, &id)?;
            let last = platform_checks::get(c, &registration.id)?.map(Check::of);
            Ok(Page {
                session,
                registration,
                last,
                now,
            })
        })
        .await
}

/// The last check of each of an organisation's registrations: its id, the verdict and the time.
pub(crate) fn verdicts(
    connection: &mut Connection,
    organisation_id: &str,
) -> Result<Vec<(String, Verdict, DateTime<Utc>)>> {
    let rows = platform_checks::list_verdicts(connection, organisation_id)?;
    Ok(rows
        .into_iter()
        .map(|(id, verdict, at)| (id, Verdict::parse(&verdict), at.and_utc()))
        .collect())
}

/// True when nothing has to be mended.
pub fn is_good(findings: &[Finding]) -> bool {
    worst(findings) != Verdict::Bad
}

fn worst(findings: &[Finding]) -> Verdict {
    let verdicts = findings.iter().map(|finding| finding.verdict);
    verdicts.max().unwrap_or(Verdict::Ok)
}

impl Check {
    fn of(row: PlatformCheck) -> Self {
        Self {
            verdict: Verdict::parse(&row.verdict),
            findings: finding::read(&row.findings),
            checked_at: row.checked_at.and_utc(),
        }
    }
}

/// The check itself; no transaction may be open.
async fn run(app: &App, listed: Listed) -> Result<Vec<Finding>> {
    let (registration, id) = (listed.registration.clone(), listed.registration.id.clone());
    let mut findings = answers::of_what_we_hold(&listed);
    let deadline = Deadline(Instant::now() + app.check_patience());
    let (keys, drift, token, courses, records) = tokio::join!(
        answers::key_set(app, &registration, deadline),
        configuration::drift(app, &registration, deadline),
        answers::token(app, &registration, deadline),
        courses::ask(app, &listed, deadline),
        records::look(app, &listed),
    );
    for part in [keys?, drift?, token?, courses?, records?] {
        findings.extend(part);
    }
    let now = app.clock().now();
    let row = PlatformCheck {
        registration_id: id.clone(),
        verdict: worst(&findings).as_str().to_owned(),
        findings: finding::write(&findings)?,
        checked_at: now.naive_utc(),
    };
    app.db()
        .write::<_, Error>(move |c| {
            // It may be gone by now.
            if registrations::get(c, &id)?.is_some() {
                platform_checks::put(c, &row)?;
            }
            Ok(())
        })
        .await?;
    Ok(findings)
}

/// When the whole check ends, whatever has not answered: a person waits for it.
#[derive(Clone, Copy)]
struct Deadline(Instant);

impl Deadline {
    /// What a call gives until then; `None` when it takes longer.
    async fn wait<T>(self, call: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout_at(self.0, call).await.ok()
    }
}

/// The inner reason of whatever did not end in time.
const SLOW: &str = "no answer in time";
