//! What an administrator does with codes: make, list, withdraw, and let a learner in again who lost theirs. A code is
//! shown when it is made and never again.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use storage::{
    Connection,
    learner_codes::{self, LearnerCode},
};

use super::{draw, spelling};
use crate::{
    App, Code, Error, Result,
    administration::{administrator, demand_administrator},
    audit, random,
    session::{self, Session, Visitor},
};

/// The most codes that are made at once.
pub const MOST_AT_ONCE: usize = 200;
/// The most codes of an organisation that can be used: the more there are, the easier one is guessed.
const MOST_OPEN: i64 = 2_000;
const LONGEST_LABEL: usize = 80;
const LONGEST_DAYS: i64 = 180;
/// How long a code for somebody who lost theirs can be used.
const AGAIN_LASTS: Duration = Duration::days(7);

/// What an administrator asks for.
#[derive(Debug, Clone)]
pub struct NewCodes {
    /// For whom, such as the name of a class.
    pub label: String,
    /// How many.
    pub count: usize,
    /// How many days they can be used.
    pub days: i64,
}

/// Codes that were made just now.
pub struct Made {
    /// The administrator's session.
    pub session: Session,
    /// For whom.
    pub label: String,
    /// As they are written.
    pub codes: Vec<String>,
    /// Until when they can be used.
    pub expires_at: DateTime<Utc>,
    /// When they were made.
    pub now: DateTime<Utc>,
}

/// Leaves out the codes.
impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made")
            .field("count", &self.codes.len())
            .finish_non_exhaustive()
    }
}

/// The codes of an organisation.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The administrator's session.
    pub session: Session,
    /// By label, the newest first.
    pub groups: Vec<Group>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// The codes of one label.
#[derive(Debug, Clone)]
pub struct Group {
    /// The label.
    pub label: String,
    /// The newest first.
    pub codes: Vec<Listed>,
}

/// A code in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id; the code itself is not known any more.
    pub id: String,
    /// Whether it is for somebody who lost theirs.
    pub is_again: bool,
    /// The name of whose account it opens or made; empty for nobody yet.
    pub learner: String,
    /// Whether it still opens anything.
    pub state: State,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Whether a code still opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Until then.
    Open(DateTime<Utc>),
    /// It was used then.
    Used(DateTime<Utc>),
    /// Since then it does not.
    Expired(DateTime<Utc>),
}

/// The organisation's codes.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn overview(app: &App, visitor: Visitor) -> Result<Overview> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let mut groups: Vec<Group> = Vec::new();
            for (code, name) in learner_codes::list(c, &session.organisation_id)? {
                let listed = listed(&code, name, now);
                match groups.iter_mut().find(|group| group.label == code.label) {
                    Some(group) => group.codes.push(listed),
                    None => groups.push(Group {
                        label: code.label,
                        codes: vec![listed],
                    }),
                }
            }
            Ok(Overview { session, groups, now })
        })
        .await
}

/// Makes invitations.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-FORM` for a label or numbers that are none, `WEB-CONFLICT` when too
/// many are open.
pub async fn make(app: &App, visitor: Visitor, new: NewCodes) -> Result<Made> {
    let now = app.clock().now();
    let ring = app.clone();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let label = text::nfc(new.label.trim());
            let is_label = (1..=LONGEST_LABEL).contains(&label.chars().count());
            let are_numbers =
                (1..=MOST_AT_ONCE).contains(&new.count) && (1..=LONGEST_DAYS).contains(&new.days);
            if !is_label || label.contains(char::is_control) || !are_numbers {
                return Err(session.refused(Code::Form, "a label, a count or a number of days is none"));
            }
            let open = learner_codes::count_open(c, &session.organisation_id, now.naive_utc())?;
            if open + i64::try_from(new.count).unwrap_or(i64::MAX) > MOST_OPEN {
                return Err(session.refused(Code::Conflict, "too many codes are open"));
            }
            let mut codes = BTreeSet::new();
            while codes.len() < new.count {
                codes.insert(draw(spelling::ONE_TIME));
            }
            let expires_at = now + Duration::days(new.days);
            let draft = Draft {
                session: &session,
                kind: learner_codes::INVITATION,
                label: &label,
                identity_id: None,
                expires_at,
                now,
            };
            let rows: Vec<LearnerCode> = codes.iter().map(|code| draft.row(&ring, code)).collect();
            learner_codes::insert(c, &rows)?;
            let first = rows.first().map(|row| row.id.clone()).unwrap_or_default();
            let detail = json!({ "count": rows.len() });
            audit::note_by(c, &session, "learner-codes.make", &first, &detail, now)?;
            Ok(Made {
                session,
                label,
                codes: codes.iter().map(|code| spelling::grouped(code)).collect(),
                expires_at,
                now,
            })
        })
        .await
}

/// Withdraws an unused code.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has no such unused code.
pub async fn withdraw(app: &App, visitor: Visitor, id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            if !learner_codes::withdraw(c, &session.organisation_id, &id)? {
                return Err(session.refused(Code::NotFound, "no such unused code"));
            }
            audit::note_by(
                c,
                &session,
                "learner-codes.withdraw",
                &id,
                &json!({ "count": 1 }),
                now,
            )
        })
        .await
}

/// Withdraws all unused codes of a label.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when there is none.
pub async fn withdraw_labelled(app: &App, visitor: Visitor, label: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let count = learner_codes::withdraw_labelled(c, &session.organisation_id, &label)?;
            if count == 0 {
                return Err(session.refused(Code::NotFound, "no such unused codes"));
            }
            audit::note_by(
                c,
                &session,
                "learner-codes.withdraw",
                "",
                &json!({ "count": count }),
                now,
            )
        })
        .await
}

/// Makes a one-time code for the learner who used the code of that id and lost their own. Theirs stays good until the new
/// one is used.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has no such used code.
pub async fn again(app: &App, visitor: Visitor, id: String) -> Result<Made> {
    let now = app.clock().now();
    let ring = app.clone();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let (identity_id, label) = used(c, &session, &id)?;
            let code = draw(spelling::ONE_TIME);
            let expires_at = now + AGAIN_LASTS;
            let draft = Draft {
                session: &session,
                kind: learner_codes::AGAIN,
                label: &label,
                identity_id: Some(&identity_id),
                expires_at,
                now,
            };
            let row = draft.row(&ring, &code);
            learner_codes::delete_unused_again(c, &identity_id)?;
            learner_codes::insert(c, std::slice::from_ref(&row))?;
            audit::note_by(c, &session, "learner-codes.again", &row.id, &json!({}), now)?;
            Ok(Made {
                session,
                label,
                codes: vec![spelling::grouped(&code)],
                expires_at,
                now,
            })
        })
        .await
}

/// Whose account the code of that id made or opened, and its label.
fn used(connection: &mut Connection, session: &Session, id: &str) -> Result<(String, String)> {
    let found = learner_codes::find(connection, &session.organisation_id, id)?
        .filter(|code| code.kind != learner_codes::RETURN && code.used_at.is_some());
    match found {
        Some(LearnerCode {
            identity_id: Some(identity_id),
            label,
            ..
        }) => Ok((identity_id, label)),
        _ => Err(Error::not_found("no such used code")),
    }
}

/// What codes that are made together have in common.
struct Draft<'a> {
    session: &'a Session,
    kind: &'static str,
    label: &'a str,
    identity_id: Option<&'a str>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Draft<'_> {
    fn row(&self, app: &App, code: &str) -> LearnerCode {
        LearnerCode {
            id: random::id(),
            organisation_id: self.session.organisation_id.clone(),
            kind: self.kind.to_owned(),
            code_hash: app.keys().fingerprint(code),
            label: self.label.to_owned(),
            identity_id: self.identity_id.map(str::to_owned),
            created_by: Some(self.session.person_id.clone()),
            created_at: self.now.naive_utc(),
            expires_at: Some(self.expires_at.naive_utc()),
            used_at: None,
        }
    }
}

fn listed(code: &LearnerCode, name: Option<String>, now: DateTime<Utc>) -> Listed {
    let expires_at = code.expires_at.unwrap_or(code.created_at).and_utc();
    Listed {
        id: code.id.clone(),
        is_again: code.kind == learner_codes::AGAIN,
        learner: name.unwrap_or_default(),
        state: match code.used_at {
            Some(at) => State::Used(at.and_utc()),
            None if expires_at <= now => State::Expired(expires_at),
            None => State::Open(expires_at),
        },
        created_at: code.created_at.and_utc(),
    }
}
