//! Activities of a platform that open a course, a unit or a lesson: how a launch makes
//! one, and how its quizzes are opened.
//!
//! A quiz of a placed course has a link, a placement and a column of its own, which no
//! platform knows: so that everything that a quiz can do works there as it does anywhere.

use ::course::{AssessmentStep, CourseContent, Key, ScoreRule, Step};
use chrono::{DateTime, Utc};
use lti::launch_message::LaunchMessage;
use storage::{
    Connection, Timestamp, assessments,
    contexts::{self, Context, ResourceLink},
    course_copies,
    course_placements::{self, COURSE, CoursePlacement},
    courses,
    placements::{self, GradeColumn},
    registrations::Registration,
    sessions,
};

use super::{
    desk::{self, Desk},
    record,
};
use crate::{
    App, Code, Error, Result, json, placement, random,
    session::{CoursePage, LaunchFacts, Session, Visitor, resolve_for_change},
};

/// The custom parameter by which a picked item names its course.
pub(crate) const COURSE_PARAMETER: &str = "taynghe_course";
/// The one that names the unit, lesson or quiz of it.
pub(crate) const PART_PARAMETER: &str = "taynghe_part";
/// The one that says what becomes the score: see [`score_rule`].
pub(crate) const SCORE_PARAMETER: &str = "taynghe_score";

/// What an activity opens and what becomes its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Which course.
    pub(crate) course_id: String,
    /// The key of a unit or step; empty for the whole course.
    pub(crate) part: String,
    /// What becomes the score.
    pub(crate) rule: ScoreRule,
}

/// Makes or follows the placed course of a launched link. False when the link opens no course.
///
/// # Errors
/// `LTI-TEN-RESOURCE` when the custom parameters name a course that the organisation may not place, or a part that
/// it does not have.
pub(crate) fn follow_launch(
    connection: &mut Connection,
    registration: &Registration,
    context: &Context,
    link: &ResourceLink,
    message: &LaunchMessage,
    now: Timestamp,
) -> Result<bool> {
    let named = chosen(message)?;
    let found = course_placements::find_by_link(connection, &context.id, &link.id)?;
    let Some((placed, column)) = found else {
        let Some(choice) = named else { return Ok(false) };
        demand(connection, &registration.organisation_id, &choice)?;
        remember(connection, link, &choice)?;
        place(
            connection,
            link,
            &choice,
            placement::maximum_of(message),
            None,
            now,
        )?;
        return Ok(true);
    };
    // What an instructor chose here stays until the parameters say something else than before.
    if let Some(choice) = named
        && course_copies::named(connection, &link.id)?.as_deref() != Some(&words(&choice))
    {
        demand(connection, &registration.organisation_id, &choice)?;
        remember(connection, link, &choice)?;
        let rule = json::write(&choice.rule)?;
        course_placements::change(
            connection,
            &context.id,
            &placed.id,
            &choice.course_id,
            &choice.part,
            &rule,
        )?;
    }
    placement::follow_line_item(connection, link, &column, now)?;
    Ok(true)
}

/// Puts a course, or a part of it, behind a link, with a column of its own.
pub(crate) fn place(
    connection: &mut Connection,
    link: &ResourceLink,
    choice: &Choice,
    score_maximum: f64,
    created_by: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let column = placement::new_column(link, COURSE, &resource_id(choice), score_maximum, now);
    let placed = CoursePlacement {
        id: random::id(),
        context_id: link.context_id.clone(),
        resource_link_id: link.id.clone(),
        course_id: choice.course_id.clone(),
        part: choice.part.clone(),
        score_rule: json::write(&choice.rule)?,
        grade_column_id: column.id.clone(),
        created_by: created_by.map(str::to_owned),
        created_at: now,
    };
    course_placements::insert(connection, &placed, &column)?;
    Ok(())
}

/// The name of what was chosen, in a language.
///
/// # Errors
/// `LTI-TEN-RESOURCE`, as [`demand`].
pub(crate) fn title_of(
    connection: &mut Connection,
    organisation_id: &str,
    choice: &Choice,
    locale: &str,
) -> Result<String> {
    let content = demand(connection, organisation_id, choice)?;
    let key = Key::new(&*choice.part);
    let own = content.unit(&key).map(|unit| unit.title.clone());
    let own = own.or_else(|| content.step(&key).map(|step| step.title().clone()));
    let words = |text: &text::Text| text.in_language(locale).map(|(_, source)| text::to_plain(source));
    let title = own.as_ref().and_then(words).filter(|title| !title.is_empty());
    Ok(title.or_else(|| words(&content.title)).unwrap_or_default())
}

/// The custom parameters by which a launch names the choice.
pub(crate) fn parameters(choice: &Choice) -> Vec<(String, String)> {
    let mut parameters = vec![
        (COURSE_PARAMETER.to_owned(), choice.course_id.clone()),
        (SCORE_PARAMETER.to_owned(), score_words(choice.rule)),
    ];
    if !choice.part.is_empty() {
        parameters.push((PART_PARAMETER.to_owned(), choice.part.clone()));
    }
    parameters
}

/// By what a column of the choice is found again at the platform.
pub(crate) fn resource_id(choice: &Choice) -> String {
    match choice.part.as_str() {
        "" => choice.course_id.clone(),
        part => format!("{}/{part}", choice.course_id),
    }
}

/// What becomes the score, as a custom parameter says it: `completed`, `best-mark`, or `both-60-40` for weights of the
/// completed share and of the marks.
pub(crate) fn score_rule(words: &str) -> Option<ScoreRule> {
    match words {
        "completed" => Some(ScoreRule::Completed),
        "best-mark" => Some(ScoreRule::BestMark),
        _ => {
            let (completed, marks) = words.strip_prefix("both-")?.split_once('-')?;
            let (completed, marks) = (completed.parse().ok()?, marks.parse().ok()?);
            let is_share = completed <= 100 && marks <= 100 && completed + marks > 0;
            is_share.then_some(ScoreRule::Weighted { completed, marks })
        }
    }
}

/// The same in words for the custom parameter.
pub(crate) fn score_words(rule: ScoreRule) -> String {
    match rule {
        ScoreRule::Completed => "completed".to_owned(),
        ScoreRule::BestMark => "best-mark".to_owned(),
        ScoreRule::Weighted { completed, marks } => format!("both-{completed}-{marks}"),
    }
}

/// What of the published course was chosen. Refuses what the organisation may not place, and a part that the course
/// does not have.
///
/// # Errors
/// `LTI-TEN-RESOURCE`.
fn demand(connection: &mut Connection, organisation_id: &str, choice: &Choice) -> Result<CourseContent> {
    let found = courses::find_placed(connection, organisation_id, &choice.course_id)?;
    let course = found.ok_or_else(placement::not_owned)?;
    let version = course.published_version_id.as_deref().unwrap_or_default();
    let version = courses::get_version(connection, version)?.ok_or_else(placement::not_owned)?;
    record::part_of(&json::read(&version.content)?, &choice.part).ok_or_else(placement::not_owned)
}

fn chosen(message: &LaunchMessage) -> Result<Option<Choice>> {
    let get = |name: &str| message.custom.get(name).cloned().unwrap_or_default();
    let choice = Choice {
        course_id: get(COURSE_PARAMETER),
        part: get(PART_PARAMETER),
        // Teachers can edit it: what is no rule is the usual one.
        rule: score_rule(&get(SCORE_PARAMETER)).unwrap_or_default(),
    };
    if choice.course_id.is_empty() {
        return Ok(None);
    }
    // PostgreSQL would refuse to keep, or to look for, a NUL.
    match [&choice.course_id, &choice.part]
        .iter()
        .any(|named| named.contains(char::is_control))
    {
        true => Err(placement::not_owned()),
        false => Ok(Some(choice)),
    }
}

fn remember(connection: &mut Connection, link: &ResourceLink, choice: &Choice) -> Result<()> {
    course_copies::set_named(connection, &link.context_id, &link.id, Some(&words(choice)))?;
    Ok(())
}

fn words(choice: &Choice) -> String {
    format!(
        "course:{}/{}/{}",
        choice.course_id,
        choice.part,
        score_words(choice.rule)
    )
}

/// Opens a quiz of the session's placed course: in a session of its own, which goes as far as this one. Answers its id.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND` where the course has no such quiz or stands in no activity, `CRS-LOCKED`.
pub async fn open_quiz(app: &App, visitor: Visitor, key: String, step: Key) -> Result<String> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let desk = Desk::begin(c, &cache, session, &key, now)?;
            let Step::Assessment(quiz) = desk.step(c, &step)? else {
                return Err(desk.session.refused(Code::NotFound, "the step is no quiz"));
            };
            let Some((placed, _)) = &desk.placed else {
                return Err(desk
                    .session
                    .refused(Code::NotFound, "the course stands in no activity"));
            };
            let title = quiz.title.in_language(&desk.session.locale);
            let title = title
                .map(|(_, source)| text::to_plain(source))
                .unwrap_or_default();
            let link = quiz_link(c, &desk.session, placed, (&step, &quiz), &title, now.naive_utc())?;
            desk.reach(c, &step, now)?;
            quiz_session(c, &visitor, &desk, &link, &step, now)
        })
        .await
}

// The quiz's own link, with its placement made when there is none. The same key may name another quiz than before.
fn quiz_link(
    connection: &mut Connection,
    session: &Session,
    placed: &CoursePlacement,
    (step, quiz): (&Key, &AssessmentStep),
    title: &str,
    now: Timestamp,
) -> Result<ResourceLink> {
    let known = course_placements::find_step(connection, &placed.id, step.as_str())?
        .filter(|known| known.assessment_id == quiz.assessment);
    if let Some(link_id) = known.and_then(|known| known.resource_link_id)
        && let Some(link) = contexts::find_link(connection, &placed.context_id, &link_id)?
    {
        return Ok(link);
    }
    if assessments::find(connection, &session.organisation_id, &quiz.assessment)?.is_none() {
        return Err(session.refused(Code::NotFound, "the quiz is another organisation's"));
    }
    let context = contexts::get(connection, &placed.context_id)?;
    let context = context.ok_or_else(|| session.refused(Code::NotFound, "the context is gone"))?;
    let link = link_of(connection, placed, (step, quiz), title, now)?;
    let made = match placements::find_by_link(connection, &context.id, &link.id)? {
        Some((made, _)) => made,
        None => placement::place(
            connection,
            &context,
            &link,
            &quiz.assessment,
            placement::USUAL_MAXIMUM,
            None,
            now,
        )?,
    };
    course_placements::put_step(connection, &placed.id, step.as_str(), &made.id)?;
    Ok(link)
}

// A link that no platform knows: its id cannot be one of a platform's, since it names our own activity.
fn link_of(
    connection: &mut Connection,
    placed: &CoursePlacement,
    (step, quiz): (&Key, &AssessmentStep),
    title: &str,
    now: Timestamp,
) -> Result<ResourceLink> {
    let link = ResourceLink {
        id: random::id(),
        context_id: placed.context_id.clone(),
        platform_id: format!("taynghe:{}/{step}/{}", placed.id, quiz.assessment),
        title: title.to_owned(),
        line_item_url: None,
        created_at: now,
        seen_at: now,
    };
    Ok(contexts::upsert_link(connection, &link)?)
}

fn quiz_session(
    connection: &mut Connection,
    visitor: &Visitor,
    desk: &Desk,
    link: &ResourceLink,
    step: &Key,
    now: DateTime<Utc>,
) -> Result<String> {
    let session: &Session = &desk.session;
    let secret = visitor.browser_secret.as_deref().unwrap_or_default();
    let row = sessions::find(connection, &random::hash(secret), &session.id)?;
    let row = row.ok_or_else(|| Error::refused(Code::Session, "the session is gone"))?;
    let found = sessions::find_at_link(
        connection,
        &row.browser_id,
        &row.person_id,
        &link.id,
        now.naive_utc(),
    )?;
    // An older one could end in the middle of an attempt.
    let lasts = |found: &sessions::Session| found.role == row.role && found.expires_at >= row.expires_at;
    if let Some(found) = found.filter(lasts) {
        return Ok(found.id);
    }
    let launch = LaunchFacts {
        return_url: session.launch.return_url.clone(),
        course_page: Some(CoursePage {
            session_id: session.id.clone(),
            course: desk.course.key.clone(),
            step: step.to_string(),
        }),
        ..LaunchFacts::default()
    };
    let new = sessions::Session {
        id: random::id(),
        resource_link_id: Some(link.id.clone()),
        csrf_token: random::secret(),
        launch: json::write(&launch)?,
        created_at: now.naive_utc(),
        ..row
    };
    sessions::insert(connection, &new)?;
    Ok(new.id)
}

/// The column of the session's placed course, when it opens one.
pub(crate) fn column_of(connection: &mut Connection, session: &Session) -> Result<Option<GradeColumn>> {
    Ok(desk::placed_of(connection, session)?.map(|(_, column)| column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn score_rules_stand_in_parameters_and_come_back() {
        let check = |words: &str, expected: Option<ScoreRule>| {
            assert_eq!(score_rule(words), expected, "{words}");
            if let Some(rule) = expected {
                assert_eq!(score_words(rule), words);
            }
        };
        check("completed", Some(ScoreRule::Completed));
        check("best-mark", Some(ScoreRule::BestMark));
        check(
            "both-60-40",
            Some(ScoreRule::Weighted {
                completed: 60,
                marks: 40,
            }),
        );
        check("both-0-0", None);
        check("both-101-0", None);
        check("both-4294967295-4294967295", None);
        check("", None);
        check("best", None);
    }
}
