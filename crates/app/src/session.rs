//! Who asks: the browser's cookie and the session's id, resolved inside each
//! use case's own closure.

use chrono::{DateTime, Utc};
use lti::roles::ContextRole;
use serde::{Deserialize, Serialize};
use storage::{Connection, contexts, organisations, people, registrations, sessions};

use crate::{App, Code, Error, Result, launch, random, rules, submission_review::Reviewed};

/// What a request brings to prove whose it is.
#[derive(Clone)]
pub struct Visitor {
    /// The value of the browser's cookie.
    pub browser_secret: Option<String>,
    /// The id in the address; worth nothing without the cookie.
    pub session_id: String,
    /// The token that a form or script brought; only requests that change something need it.
    pub csrf_token: Option<String>,
}

/// Leaves out what proves it.
impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor")
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

/// What a session may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Teaches in the context.
    Instructor,
    /// Learns in the context.
    Learner,
    /// Neither: may read that there is an activity, no more.
    Other,
    /// Administers an organisation.
    Administrator,
}

/// A resolved session.
#[derive(Clone)]
pub struct Session {
    /// The id in the address.
    pub id: String,
    /// Who.
    pub person_id: String,
    /// As whom.
    pub identity_id: String,
    /// Whose platform or administration.
    pub organisation_id: String,
    /// From which registration.
    pub registration_id: Option<String>,
    /// From which context.
    pub context_id: Option<String>,
    /// From which activity.
    pub resource_link_id: Option<String>,
    /// May do what.
    pub role: Role,
    /// Language tag, as the platform or the reader chose it.
    pub locale: String,
    /// What forms must bring.
    pub csrf_token: String,
    /// What only this launch told.
    pub launch: LaunchFacts,
    /// The name in the reader's order; empty when the platform tells none.
    pub display_name: Option<String>,
    /// The context's title, or the organisation's name for administrators.
    pub place: String,
    /// The origins that may frame this session's pages.
    pub platform_origins: Vec<String>,
    /// Not valid from then on, unless it is extended.
    pub expires_at: DateTime<Utc>,
    /// The size of text that the person needs, in percent.
    pub font_percent: u32,
}

/// Leaves out the forms' token, the name, and what the platform told.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// What a launch told that is kept with the session only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchFacts {
    /// Where the platform wants people to go back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_url: Option<String>,
    /// The deep-linking request, until it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deep_linking: Option<DeepLinking>,
    /// Whose work an instructor opened from the platform's gradebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
    /// The page of a course that opened this quiz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_page: Option<CoursePage>,
    /// How this person wants to mark; chosen in this session.
    #[serde(default)]
    pub marking: crate::marking::Choices,
}

/// A step of a course in the session that reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoursePage {
    /// The session that reads the course.
    pub session_id: String,
    /// The course's key.
    pub course: String,
    /// The step's key.
    pub step: String,
}

/// A deep-linking request that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepLinking {
    /// Where the signed answer goes.
    pub return_url: String,
    /// Several items are taken.
    pub accept_multiple: bool,
    /// Line items are taken: unless the platform says no.
    pub accept_line_item: bool,
    /// Content types that are taken.
    pub accept_types: Vec<String>,
    /// Goes back as it came.
    pub data: Option<serde_json::Value>,
    /// True when the answer was signed.
    pub answered: bool,
}

impl Role {
    /// As it is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Instructor => "instructor",
            Self::Learner => "learner",
            Self::Other => "none",
            Self::Administrator => "administrator",
        }
    }

    /// From what is stored; anything unknown has the least rights.
    pub(crate) fn parse(stored: &str) -> Self {
        match stored {
            "instructor" => Self::Instructor,
            "learner" => Self::Learner,
            "administrator" => Self::Administrator,
            _ => Self::Other,
        }
    }
}

impl From<ContextRole> for Role {
    fn from(role: ContextRole) -> Self {
        match role {
            ContextRole::Instructor => Self::Instructor,
            ContextRole::Learner => Self::Learner,
            ContextRole::Other => Self::Other,
        }
    }
}

impl Session {
    /// Whether it is a learner's who came from no platform: by an account or a code.
    pub fn is_account(&self) -> bool {
        self.role == Role::Learner && self.registration_id.is_none()
    }

    /// Refuses everybody else.
    pub(crate) fn require(&self, role: Role) -> Result<()> {
        if self.role == role {
            return Ok(());
        }
        Err(self.refused(Code::Forbidden, "the session has another role"))
    }

    /// The context of a launch.
    pub(crate) fn context(&self) -> Result<&str> {
        self.context_id
            .as_deref()
            .ok_or_else(|| self.refused(Code::Forbidden, "the session has no context"))
    }

    /// A refusal that the session's platform may frame.
    pub(crate) fn refused(&self, code: Code, detail: &str) -> Error {
        Error::from(Box::new(crate::Refusal {
            code,
            detail: detail.to_owned(),
            registration_id: self.registration_id.clone(),
            organisation_id: Some(self.organisation_id.clone()),
            platform_origins: self.platform_origins.clone(),
            evidence: None,
        }))
    }
}

/// The session, for a request that reads.
///
/// # Errors
/// `WEB-SESSION` when there is none, it has ended, or the browser is another one.
pub(crate) fn resolve(connection: &mut Connection, visitor: &Visitor, now: DateTime<Utc>) -> Result<Session> {
    let missing = |detail| Error::refused(Code::Session, detail);
    let secret = visitor
        .browser_secret
        .as_deref()
        .ok_or_else(|| missing("no browser cookie"))?;
    let row = sessions::find(connection, &random::hash(secret), &visitor.session_id)?
        .ok_or_else(|| missing("no such session in this browser"))?;
    let registration = match row.registration_id.as_deref() {
        Some(id) => registrations::get(connection, id)?,
        None => None,
    };
    let framed = |error: Error| match &registration {
        Some(registration) => error.of_registration(registration),
        None => error,
    };
    if row.ended_at.is_some() {
        return Err(framed(missing("the session was ended")));
    }
    if row.expires_at <= now.naive_utc() {
        return Err(framed(missing("the session has expired")));
    }
    if registration
        .as_ref()
        .is_some_and(|registration| registration.status != "active")
    {
        return Err(framed(Error::refused(
            Code::Lti(lti::Code::LogDisabled),
            "the registration is disabled",
        )));
    }
    let identity =
        people::get(connection, &row.identity_id)?.ok_or_else(|| missing("the identity is gone"))?;
    let context = match row.context_id.as_deref() {
        Some(id) => contexts::get(connection, id)?,
        None => None,
    };
    let place = match &context {
        Some(context) if !context.title.is_empty() => context.title.clone(),
        Some(context) => context.label.clone(),
        None => organisations::find(connection, &row.organisation_id)?
            .map(|o| o.name)
            .unwrap_or_default(),
    };
    let role = Role::parse(&row.role);
    let font_percent = match role {
        Role::Learner => {
            rules::accommodation_of(connection, &row.organisation_id, &row.person_id)?.font_percent
        }
        _ => 100,
    };
    Ok(Session {
        display_name: launch::display_name(&identity, &row.locale),
        platform_origins: registration
            .as_ref()
            .map(launch::platform_origins)
            .unwrap_or_default(),
        launch: serde_json::from_str(&row.launch).unwrap_or_default(),
        role,
        place,
        id: row.id,
        person_id: row.person_id,
        identity_id: row.identity_id,
        organisation_id: row.organisation_id,
        registration_id: row.registration_id,
        context_id: row.context_id,
        resource_link_id: row.resource_link_id,
        locale: row.locale,
        csrf_token: row.csrf_token,
        expires_at: row.expires_at.and_utc(),
        font_percent,
    })
}

/// The session, for a request that changes something.
///
/// # Errors
/// As [`resolve`], and `WEB-CSRF` when the form is not this session's.
pub(crate) fn resolve_for_change(
    connection: &mut Connection,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<Session> {
    let session = resolve(connection, visitor, now)?;
    if visitor.csrf_token.as_deref() != Some(session.csrf_token.as_str()) {
        return Err(session.refused(Code::Csrf, "the form's token is not the session's"));
    }
    Ok(session)
}

/// An instructor's session, for a request that reads.
///
/// # Errors
/// As [`resolve`], and `WEB-FORBIDDEN` for everybody else.
pub(crate) fn instructor(
    connection: &mut Connection,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<Session> {
    let session = resolve(connection, visitor, now)?;
    session.require(Role::Instructor)?;
    Ok(session)
}

/// An instructor's session, for a request that changes something.
///
/// # Errors
/// As [`instructor`] and [`resolve_for_change`].
pub(crate) fn instructor_for_change(
    connection: &mut Connection,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<Session> {
    let session = resolve_for_change(connection, visitor, now)?;
    session.require(Role::Instructor)?;
    Ok(session)
}

/// The session as it stands, for a page that needs nothing else.
///
/// # Errors
/// As every page: `WEB-SESSION`.
pub async fn open(app: &App, visitor: Visitor) -> Result<Session> {
    let now = app.clock().now();
    app.db().read(move |c| resolve(c, &visitor, now)).await
}

/// "Not me": ends the session.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`.
pub async fn end(app: &App, visitor: Visitor) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let secret = visitor.browser_secret.as_deref().unwrap_or_default();
            if let Some(row) = sessions::find(c, &random::hash(secret), &session.id)? {
                sessions::end_opened_from(c, &row.browser_id, &row.id, now.naive_utc())?;
            }
            sessions::end(c, &session.id, now.naive_utc())?;
            Ok(session)
        })
        .await
}

/// Keeps the language that the reader chose.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`.
pub async fn choose_language(app: &App, visitor: Visitor, language: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            sessions::set_locale(c, &session.id, &language)?;
            Ok(session)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_gets_into_a_log() {
        let session = Session {
            id: "the id".to_owned(),
            person_id: String::new(),
            identity_id: String::new(),
            organisation_id: String::new(),
            registration_id: None,
            context_id: None,
            resource_link_id: None,
            role: Role::Learner,
            locale: String::new(),
            csrf_token: "secret".to_owned(),
            launch: LaunchFacts {
                return_url: Some("secret".to_owned()),
                deep_linking: None,
                reviewed: None,
                course_page: None,
                marking: crate::marking::Choices::default(),
            },
            display_name: Some("secret".to_owned()),
            place: String::new(),
            platform_origins: Vec::new(),
            expires_at: DateTime::UNIX_EPOCH,
            font_percent: 100,
        };
        let text = format!("{session:?}");
        assert!(text.contains("the id") && !text.contains("secret"), "{text}");
    }
}
