//! Courses as instructors write them: find, make, open, save, look back, publish. All
//! within the organisation of the session.
//!
//! Left out on purpose: what a form looks like (`web`), how two drafts become one
//! (`course::merge_drafts`), and what readers get (`course`, `study`).

mod archive;
mod files;
mod history;
mod publication;
mod questions;
mod saving;

use std::{collections::HashMap, sync::Arc};

use ::course::{CourseContent, Framework, Key, LANGUAGES};
use chrono::{DateTime, Utc};
use storage::{
    Connection, course_drafts,
    courses::{self, Course},
};
use text::Text;

use crate::{
    App, Code, Error, Result,
    audit::{self, Who, nameless},
    competency::FrameworkCache,
    json,
    launch::display_name,
    random,
    session::{Session, Visitor, instructor, instructor_for_change},
};

pub use archive::{archive, copy};
pub use files::{Takes, add_file};
pub(super) use history::keep_draft;
pub use history::{Compared, DraftEntry, History, compare, history, restore};
pub use publication::{Checked, Publishing, VersionEntry, Versions, checked, publish, roll_back, versions};
pub use questions::{QuizQuestions, question, questions, quiz_title, quizzes};
pub use saving::{Answer, Change, Saving, save};

/// How many courses a search shows at most.
const LISTED: i64 = 100;
/// The most letters of a search that are looked at.
const SEARCH_LETTERS: usize = 200;
/// How many keys are tried for a new course before it gets a random one.
const KEYS_TRIED: usize = 20;

/// A course that is being written.
#[derive(Debug, Clone)]
pub struct AtWork {
    /// Its id.
    pub id: String,
    /// Its name in addresses.
    pub key: String,
    /// The draft.
    pub content: CourseContent,
    /// To be brought back when the draft is saved.
    pub revision: i64,
    /// What readers get, compared with the draft.
    pub state: State,
    /// When draft or version last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether it was put away.
    pub is_archived: bool,
}

/// What readers get, compared with the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was published yet.
    NeverPublished,
    /// The draft, as the version of that number.
    Published(i64),
    /// The version of that number; the draft was changed since.
    Changed(i64),
}

/// A course in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name in addresses.
    pub key: String,
    /// Its name, as it is being written.
    pub title: Text,
    /// What readers get.
    pub state: State,
    /// Whether everybody may read it.
    pub is_open: bool,
    /// When draft or version last changed.
    pub updated_at: DateTime<Utc>,
}

/// The organisation's courses.
#[derive(Debug, Clone)]
pub struct Courses {
    /// Who asked.
    pub session: Session,
    /// The newest first.
    pub courses: Vec<Listed>,
}

/// An opened course.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Who opened it.
    pub session: Session,
    /// The course.
    pub course: AtWork,
    /// The draft from which the asked editor began, as long as it is kept.
    pub base: Option<CourseContent>,
    /// What its parts can be tagged with.
    pub frameworks: Vec<Arc<Framework>>,
}

/// A new course.
#[derive(Debug, Clone)]
pub struct Created {
    /// Who made it.
    pub session: Session,
    /// Its name in addresses.
    pub key: String,
}

/// The organisation's courses whose drafts hold each word of `search`, blind to accents: those that were put away, or
/// the others.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn list(app: &App, visitor: Visitor, search: String, is_archived: bool) -> Result<Courses> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let search: String = search.chars().take(SEARCH_LETTERS).collect();
            let words = ::course::search_words(&search).join(" ");
            let found = course_drafts::search(c, &session.organisation_id, &words, is_archived, LISTED)?;
            let versions: Vec<String> = found
                .iter()
                .filter_map(|line| line.published_version_id.clone())
                .collect();
            let numbers: HashMap<String, i64> = course_drafts::version_numbers(c, &versions)?
                .into_iter()
                .collect();
            let listed = found.into_iter().map(|line| {
                let number = line.published_version_id.as_ref().and_then(|id| numbers.get(id));
                Ok(Listed {
                    title: json::read(&line.title)?,
                    state: state(number.copied(), line.published_revision, line.draft_revision),
                    is_open: line.visibility == courses::PUBLIC,
                    updated_at: line.updated_at.and_utc(),
                    key: line.key,
                })
            });
            Ok(Courses {
                courses: listed.collect::<Result<_>>()?,
                session,
            })
        })
        .await
}

/// Makes a course of that title, written in `language` first. Its key is made of the title.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-FORM` without a title or for a language in which no courses are
/// written.
pub async fn create(app: &App, visitor: Visitor, title: String, language: String) -> Result<Created> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            if title.trim().is_empty() || !LANGUAGES.contains(&language.as_str()) {
                return Err(session.refused(Code::Form, "a course needs a title in one of the languages"));
            }
            let content = CourseContent {
                title: Text::markdown(language, title.trim()),
                ..CourseContent::default()
            };
            let row = insert(c, &session, &content, "course.create", now)?;
            Ok(Created {
                session,
                key: row.key,
            })
        })
        .await
}

/// A new course of the organisation; its key is made of its title.
fn insert(
    connection: &mut Connection,
    session: &Session,
    content: &CourseContent,
    deed: &str,
    now: DateTime<Utc>,
) -> Result<Course> {
    let mut row = Course {
        id: random::id(),
        organisation_id: session.organisation_id.clone(),
        key: String::new(),
        visibility: courses::PRIVATE.to_owned(),
        title: json::write(&content.title)?,
        search_text: ::course::search_text(content),
        draft: json::write(content)?,
        draft_revision: 1,
        published_version_id: None,
        created_by: Some(session.person_id.clone()),
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        archived_at: None,
    };
    let title = content.title.in_language(content.default_language());
    let title = title
        .map(|(_, source)| text::to_plain(source))
        .unwrap_or_default();
    insert_with_key(connection, &mut row, &title)?;
    let person = Some(session.person_id.as_str());
    keep_draft(connection, &row, course_drafts::SAVE, person, now)?;
    audit::note(connection, &session.organisation_id, person, deed, &row.id, now)?;
    Ok(row)
}

// Keys are of the whole service: another organisation's course may have this one's.
fn insert_with_key(connection: &mut Connection, row: &mut Course, title: &str) -> Result<()> {
    let wished = Key::of_words(title).unwrap_or_else(|| Key::from("course"));
    let numbered = (1..=KEYS_TRIED).map(|number| numbered_key(&wished, number));
    let random = std::iter::once_with(|| format!("course-{}", random::id()));
    for key in numbered.chain(random) {
        row.key = key;
        if courses::insert(connection, row)? {
            return Ok(());
        }
    }
    Err(Error::Internal("no key was free".to_owned()))
}

fn numbered_key(wished: &Key, number: usize) -> String {
    if number < 2 {
        return wished.to_string();
    }
    let ending = format!("-{number}");
    let mut key = wished.to_string();
    key.truncate(::course::KEY_LETTERS - ending.len());
    key + &ending
}

/// Opens a course; `from` is the revision that an editor's form began from.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn open(app: &App, visitor: Visitor, key: String, from: Option<i64>) -> Result<Opened> {
    let (frameworks, now) = (app.frameworks().clone(), app.clock().now());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            opened(c, &frameworks, session, &key, from)
        })
        .await
}

/// The same for a form of ours that changes nothing: what it says is shown.
///
/// # Errors
/// As [`open`], `WEB-CSRF`.
pub async fn open_for_form(app: &App, visitor: Visitor, key: String, from: Option<i64>) -> Result<Opened> {
    let (frameworks, now) = (app.frameworks().clone(), app.clock().now());
    app.db()
        .read(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            opened(c, &frameworks, session, &key, from)
        })
        .await
}

fn opened(
    connection: &mut Connection,
    frameworks: &FrameworkCache,
    session: Session,
    key: &str,
    from: Option<i64>,
) -> Result<Opened> {
    let row = find(connection, &session, key)?;
    let base = match from {
        Some(revision) => base(connection, &row, revision)?,
        None => None,
    };
    Ok(Opened {
        course: at_work(connection, &row)?,
        frameworks: frameworks.newest(connection, Some(&session.organisation_id))?,
        base,
        session,
    })
}

/// The organisation's course of that key, or "not found".
fn find(connection: &mut Connection, session: &Session, key: &str) -> Result<Course> {
    courses::find(connection, &session.organisation_id, key)?
        .ok_or_else(|| session.refused(Code::NotFound, "the organisation has no such course"))
}

fn at_work(connection: &mut Connection, row: &Course) -> Result<AtWork> {
    let number = match &row.published_version_id {
        Some(id) => courses::get_version(connection, id)?.map(|version| version.number),
        None => None,
    };
    let published = course_drafts::published_revision(connection, &row.id)?;
    Ok(AtWork {
        id: row.id.clone(),
        key: row.key.clone(),
        content: json::read(&row.draft)?,
        revision: row.draft_revision,
        state: state(number, published, row.draft_revision),
        updated_at: row.updated_at.and_utc(),
        is_archived: row.archived_at.is_some(),
    })
}

fn state(number: Option<i64>, published: Option<i64>, draft: i64) -> State {
    match number {
        None => State::NeverPublished,
        Some(number) if published == Some(draft) => State::Published(number),
        Some(number) => State::Changed(number),
    }
}

/// The draft of that revision, as long as it is kept.
fn base(connection: &mut Connection, row: &Course, revision: i64) -> Result<Option<CourseContent>> {
    if revision == row.draft_revision {
        return Ok(Some(json::read(&row.draft)?));
    }
    let kept = course_drafts::find(connection, &row.id, revision)?;
    kept.map(|draft| json::read(&draft.content)).transpose()
}

/// What these people are called, with the parts of their names as the session's language orders them.
fn names(
    connection: &mut Connection,
    session: &Session,
    ids: impl Iterator<Item = String>,
) -> Result<HashMap<String, Who>> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for identity in course_drafts::authors(connection, &ids)? {
        let name = display_name(&identity, &session.locale).or(identity.email);
        let name = name.map_or_else(|| nameless(&identity.person_id), Who::Named);
        let known = names.entry(identity.person_id).or_insert_with(|| name.clone());
        if matches!((&*known, &name), (Who::Nameless(_), Who::Named(_))) {
            *known = name;
        }
    }
    Ok(names)
}

fn named(names: &HashMap<String, Who>, id: Option<&String>) -> Who {
    id.and_then(|id| names.get(id)).cloned().unwrap_or(Who::Service)
}
