//! Who administers an organisation, and how the role is withdrawn. How somebody gets it stands in `administration.rs`
//! and `sign_in.rs`. Whoever came by a link has no name: it is given to a person, and the service does not ask whom.

use chrono::{DateTime, Utc};
use storage::{Connection, organisations, sessions};

use crate::{App, Code, Error, Result, administration, audit, organisation, session::Visitor};

const ADMINISTRATOR: &str = "administrator";

/// Somebody who administers an organisation.
#[derive(Clone)]
pub struct Administrator {
    /// The person's id, which commands and the audit records name.
    pub id: String,
    /// Name or e-mail address, as far as their sign-in told one.
    pub name: Option<String>,
    /// When they got the role.
    pub granted_at: DateTime<Utc>,
    /// When they last signed in.
    pub signed_in_at: Option<DateTime<Utc>>,
}

/// Leaves out the name.
impl std::fmt::Debug for Administrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Administrator")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The administrators of an organisation, those of longest standing first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, organisation: Option<String>) -> Result<Vec<Administrator>> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            list_of(c, &organisation.id)
        })
        .await
}

/// Withdraws the role by hand, the last one's too: `admin link` gives it again.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has no such administrator.
pub async fn revoke(app: &App, organisation: Option<String>, id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            take(c, &organisation.id, None, &id, now)
        })
        .await
}

/// Withdraws the role from the administration's page: anybody's, one's own too, but not the last one's, or nobody
/// could come in without the command line.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`; `WEB-CONFLICT` for the last one.
pub async fn withdraw(app: &App, visitor: Visitor, id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let holders = list_of(c, &session.organisation_id)?;
            if holders.len() < 2 && holders.iter().any(|holder| holder.id == id) {
                return Err(session.refused(Code::Conflict, "the last administrator stays"));
            }
            take(c, &session.organisation_id, Some(&session.person_id), &id, now)
        })
        .await
}

/// The same for the overview.
pub(crate) fn list_of(connection: &mut Connection, organisation_id: &str) -> Result<Vec<Administrator>> {
    let holders = organisations::list_holders(connection, organisation_id, ADMINISTRATOR)?;
    let administrator = |holder: organisations::Holder| Administrator {
        id: holder.person_id,
        name: holder.name,
        granted_at: holder.granted_at.and_utc(),
        signed_in_at: holder.seen_at.map(|at| at.and_utc()),
    };
    Ok(holders.into_iter().map(administrator).collect())
}

fn take(
    connection: &mut Connection,
    organisation_id: &str,
    by: Option<&str>,
    id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    if !organisations::revoke(connection, organisation_id, id, ADMINISTRATOR)? {
        return Err(Error::not_found("no such administrator"));
    }
    sessions::end_administration(connection, organisation_id, id, now.naive_utc())?;
    audit::note(
        connection,
        organisation_id,
        by,
        "administrator.role-ended",
        id,
        now,
    )
}
