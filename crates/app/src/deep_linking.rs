//! The picker: an instructor chooses what an activity opens, either for a
//! deep-linking request, whose signed answer goes back to the platform, or for
//! a launched link that has no activity yet.

mod course;

use ::course::ScoreRule;
use chrono::{DateTime, Utc};
use lti::{
    ags::SubmissionReview,
    deep_linking::{ContentItem, ContentLineItem, DeepLinkingResponse, judge_items, sign_response},
    launch_message::DeepLinkingSettings,
};
use storage::{Connection, contexts, course_placements, placements, registrations, sessions};

use crate::{
    App, Code, Error, Result,
    assessment::{self, Entry},
    course::placed,
    course_copy, keys, placement, random, roster,
    session::{DeepLinking, Role, Session, Visitor, instructor, instructor_for_change},
};

pub use course::{CourseChoice, CourseEntry, CoursePicker, open_course, open_courses};

/// Marks the columns that belong to a picked assessment.
const LINE_ITEM_TAG: &str = "taynghe";
/// Largest maximum of a grade that a platform's form takes.
pub const LARGEST_MAXIMUM: u32 = 100;

/// What the picker shows.
#[derive(Debug, Clone)]
pub struct Picker {
    /// Who picks.
    pub session: Session,
    /// For what.
    pub purpose: Purpose,
    /// The assessments asked for as chosen, then those found.
    pub entries: Vec<Entry>,
    /// Whether the search finds more than these.
    pub more: bool,
}

/// What is picked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A deep-linking request.
    Answer {
        /// Several can be picked.
        several: bool,
        /// Columns can be asked for.
        columns: bool,
    },
    /// The session's link, which has no activity yet.
    Place,
    /// Nothing: the session's link has its activity already.
    Placed,
}

/// What an activity is to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The assessment of that id.
    Assessment(String),
    /// A course, or a part of it.
    Course {
        /// The course's id.
        id: String,
        /// The key of a unit or step; empty for the whole course.
        part: String,
        /// What becomes the score.
        score: ScoreRule,
    },
}

/// What was picked for one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// What it opens.
    pub content: Content,
    /// The activity's name; the content's own when empty.
    pub title: Option<String>,
    /// The maximum of its grade, 1 to [`LARGEST_MAXIMUM`].
    pub maximum: u32,
    /// Whether a column in the gradebook is asked for.
    pub with_line_item: bool,
}

/// The signed answer to a deep-linking request, for the browser to post.
#[derive(Debug, Clone)]
pub struct SignedAnswer {
    /// Who picked.
    pub session: Session,
    /// Where it goes, in the form field [`lti::deep_linking::FORM_FIELD`].
    pub return_url: String,
    /// The signed response.
    pub jwt: String,
}

/// Opens the picker; `chosen` are listed whatever is searched for.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `LTI-DL-SESSION` when the request was
/// answered or the session has nothing to pick for.
pub async fn open(app: &App, visitor: Visitor, search: String, chosen: Vec<String>) -> Result<Picker> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let purpose = purpose(c, &session)?;
            let (entries, more) = assessment::list(c, &session.organisation_id, &search, &chosen)?;
            Ok(Picker {
                session,
                purpose,
                entries,
                more,
            })
        })
        .await
}

/// Signs the answer to the session's deep-linking request, once. Nothing picked
/// is an answer too: the person changed their mind.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `LTI-DL-SESSION`,
/// `LTI-DL-NOT-ACCEPTED`, `LTI-AGS-VALUE`, `WEB-NOT-FOUND`, `WEB-DRAFT` for an
/// assessment that was never published.
pub async fn pick(app: &App, visitor: Visitor, picked: Vec<Picked>) -> Result<SignedAnswer> {
    let now = app.clock().now();
    let signer = app.clone();
    app.db()
        .write(move |c| answer(c, &signer, &visitor, &picked, now))
        .await
}

/// Puts an assessment or a course behind the session's link.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`, `WEB-DRAFT`,
/// `LTI-TEN-RESOURCE`, `LTI-AGS-VALUE`, `LTI-DL-SESSION` when the session has no such link,
/// `WEB-CONFLICT` when the link has its activity already.
pub async fn place(app: &App, visitor: Visitor, content: Content, maximum: u32) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            match purpose(c, &session)? {
                Purpose::Place => {}
                Purpose::Placed => return Err(session.refused(Code::Conflict, "the link has its activity")),
                Purpose::Answer { .. } => {
                    return Err(no_request(&session, "the session is for deep linking"));
                }
            }
            named(c, &session, &content)?;
            if !(1..=LARGEST_MAXIMUM).contains(&maximum) {
                return Err(session.refused(Code::Lti(lti::Code::AgsValue), "the maximum is not 1 to 100"));
            }
            let gone = || session.refused(Code::NotFound, "the activity is gone");
            let context = contexts::get(c, session.context()?)?.ok_or_else(gone)?;
            let link_id = session.resource_link_id.as_deref().unwrap_or_default();
            let link = contexts::find_link(c, &context.id, link_id)?.ok_or_else(gone)?;
            let maximum = f64::from(maximum);
            let person = Some(session.person_id.as_str());
            let now = now.naive_utc();
            match &content {
                Content::Assessment(id) => {
                    placement::place(c, &context, &link, id, maximum, person, now)?;
                }
                Content::Course { id, part, score } => {
                    placed::place(c, &link, &choice(id, part, *score), maximum, person, now)?;
                }
            }
            Ok(session)
        })
        .await
}

/// What the session picks for.
///
/// # Errors
/// `LTI-DL-SESSION` when it has nothing to pick for.
fn purpose(connection: &mut Connection, session: &Session) -> Result<Purpose> {
    if session.launch.deep_linking.is_some() {
        let request = open_request(session)?;
        return Ok(Purpose::Answer {
            several: request.accept_multiple,
            columns: request.accept_line_item,
        });
    }
    let link = session.resource_link_id.as_deref();
    let link = link.ok_or_else(|| no_request(session, "the session has no link to pick for"))?;
    let context_id = session.context()?;
    let is_placed = placements::find_by_link(connection, context_id, link)?.is_some()
        || course_placements::find_by_link(connection, context_id, link)?.is_some();
    Ok(match is_placed {
        true => Purpose::Placed,
        false => Purpose::Place,
    })
}

fn open_request(session: &Session) -> Result<&DeepLinking> {
    match &session.launch.deep_linking {
        Some(request) if !request.answered => Ok(request),
        Some(_) => Err(no_request(session, "the request was answered")),
        None => Err(no_request(session, "the session has no deep-linking request")),
    }
}

fn no_request(session: &Session, detail: &str) -> Error {
    session.refused(Code::Lti(lti::Code::DlSession), detail)
}

fn answer(
    connection: &mut Connection,
    app: &App,
    visitor: &Visitor,
    picked: &[Picked],
    now: DateTime<Utc>,
) -> Result<SignedAnswer> {
    let mut session = instructor_for_change(connection, visitor, now)?;
    let request = open_request(&session)?.clone();
    let items = picked
        .iter()
        .map(|picked| content_item(connection, app, &session, picked))
        .collect::<Result<Vec<_>>>()?;
    let refused = |refusal: lti::Refusal| session.refused(Code::Lti(refusal.code), &refusal.detail);
    judge_items(&settings(&request), &items).map_err(refused)?;
    let jwt = sign(connection, app, &session, &request, &items, now)?;
    let before = stored(&session)?;
    if let Some(request) = &mut session.launch.deep_linking {
        request.answered = true;
    }
    // The button may be pressed twice at once.
    if !sessions::replace_launch(connection, &session.id, &before, &stored(&session)?)? {
        return Err(no_request(&session, "the request was answered meanwhile"));
    }
    if let Some(context) = contexts::get(connection, session.context()?)? {
        roster::want(connection, &context, Role::Instructor, now.naive_utc())?;
    }
    Ok(SignedAnswer {
        session,
        return_url: request.return_url,
        jwt,
    })
}

fn stored(session: &Session) -> Result<String> {
    serde_json::to_string(&session.launch).map_err(|error| Error::Internal(error.to_string()))
}

fn content_item(
    connection: &mut Connection,
    app: &App,
    session: &Session,
    picked: &Picked,
) -> Result<ContentItem> {
    let named = named(connection, session, &picked.content)?;
    let title = picked
        .title
        .clone()
        .filter(|title| !title.trim().is_empty())
        .unwrap_or(named.title);
    let mut item = ContentItem::new(title.clone());
    item.url = Some(app.address("/"));
    item.custom = named.custom.into_iter().collect();
    item.custom.insert(
        placement::MAXIMUM_PARAMETER.to_owned(),
        picked.maximum.to_string(),
    );
    item.custom.insert(
        course_copy::HISTORY_PARAMETER.to_owned(),
        course_copy::HISTORY_VARIABLE.to_owned(),
    );
    let tag = Some(LINE_ITEM_TAG.to_owned());
    let mut line_item = ContentLineItem::new(title, picked.maximum, named.resource_id.as_str(), tag)
        .map_err(|refusal| session.refused(Code::Lti(refusal.code), &refusal.detail))?;
    line_item.submission_review = Some(SubmissionReview::at(app.address("/")));
    item.line_item = picked.with_line_item.then_some(line_item);
    Ok(item)
}

/// What a platform is told of a picked content.
struct Named {
    title: String,
    /// By what its column is found again.
    resource_id: String,
    custom: Vec<(String, String)>,
}

fn named(connection: &mut Connection, session: &Session, content: &Content) -> Result<Named> {
    match content {
        Content::Assessment(id) => Ok(Named {
            title: title_of_published(connection, session, id)?,
            resource_id: id.clone(),
            custom: vec![(placement::ASSESSMENT_PARAMETER.to_owned(), id.clone())],
        }),
        Content::Course { id, part, score } => {
            let choice = choice(id, part, *score);
            let organisation_id = &session.organisation_id;
            let title = placed::title_of(connection, organisation_id, &choice, &session.locale)
                .map_err(|error| session.refused(error.code(), "no such course, or part of it, to place"))?;
            Ok(Named {
                title,
                resource_id: placed::resource_id(&choice),
                custom: placed::parameters(&choice),
            })
        }
    }
}

fn choice(id: &str, part: &str, rule: ScoreRule) -> placed::Choice {
    placed::Choice {
        course_id: id.to_owned(),
        part: part.to_owned(),
        rule,
    }
}

// The platform takes one title: the one in the language of whoever picks.
fn title_of_published(connection: &mut Connection, session: &Session, assessment_id: &str) -> Result<String> {
    let row = assessment::find(connection, session, assessment_id)?;
    let Some(version) = row.published_version_id.as_deref() else {
        return Err(session.refused(Code::Draft, "the assessment was never published"));
    };
    let title = assessment::published(connection, version)?.content.title;
    let title = title
        .in_language(&session.locale)
        .map(|(_, source)| text::to_plain(source));
    Ok(title.unwrap_or_default())
}

fn settings(request: &DeepLinking) -> DeepLinkingSettings {
    DeepLinkingSettings {
        accept_types: request.accept_types.clone(),
        accept_multiple: request.accept_multiple,
        accept_lineitem: Some(request.accept_line_item),
        deep_link_return_url: request.return_url.clone(),
        data: request.data.clone(),
        title: None,
        text: None,
    }
}

fn sign(
    connection: &mut Connection,
    app: &App,
    session: &Session,
    request: &DeepLinking,
    items: &[ContentItem],
    now: DateTime<Utc>,
) -> Result<String> {
    let gone = || no_request(session, "the registration or deployment is gone");
    let registration_id = session.registration_id.as_deref().unwrap_or_default();
    let registration = registrations::get(connection, registration_id)?.ok_or_else(gone)?;
    let context = contexts::get(connection, session.context()?)?.ok_or_else(gone)?;
    let deployments = registrations::list_deployments(connection, &registration.id)?;
    let deployment = deployments
        .iter()
        .find(|deployment| deployment.id == context.deployment_id)
        .ok_or_else(gone)?;
    let response = DeepLinkingResponse {
        client_id: &registration.client_id,
        issuer: &registration.issuer,
        deployment_id: &deployment.platform_id,
        nonce: &random::secret(),
        data: request.data.as_ref(),
    };
    let key = keys::signing(connection, app.keys(), &registration.id)?;
    sign_response(&key, &response, items, now).map_err(|error| Error::Internal(error.to_string()))
}
