//! Assessments as instructors write them: find, make, copy, save the draft,
//! publish, put away. All within the organisation of the session.
//!
//! Two editors of one draft never overwrite each other unseen: a draft is saved
//! only over the revision that its editor began from.

pub(crate) mod folder;
mod listing;
mod named_files;
mod publishing;

use ::assessment::{
    Choice, ChoiceOption, Draft, DraftProblem, DraftSlot, Interaction, Item, OptionId, Placing, Rules,
    SlotId, TrueFalse, check_draft, limits,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    assessments::{self, Assessment, DraftChange},
    placements,
};
use text::Text;

use crate::{
    App, Code, Error, Result, json, organisation, random,
    session::{Session, Visitor, instructor, instructor_for_change},
};

pub use listing::Entry;
pub(crate) use listing::list;
pub(crate) use publishing::published;

/// How many options a new question has.
const NEW_OPTIONS: usize = 4;
/// The revision of a new draft, which no list shows before it is saved.
const NOTHING_WRITTEN: i64 = 0;
/// The revision of a draft that begins with words in it.
const FIRST_WRITTEN: i64 = 1;

/// An assessment as an editor needs it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its id.
    pub id: String,
    /// What is being written.
    pub draft: Draft,
    /// To be brought back when the draft is saved.
    pub revision: i64,
    /// What students get, compared with the draft.
    pub state: State,
    /// When draft or version last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether it was put away.
    pub is_archived: bool,
}

/// What students get, compared with the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing was published yet.
    NeverPublished,
    /// The draft.
    Published,
    /// An older version: the draft was changed since.
    Changed,
}

/// Where an editor leads back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayBack {
    /// The picker, which still waits for a choice.
    Picker,
    /// The activity of the session's link.
    Activity,
    /// Nothing: the picker's request was answered.
    Nowhere,
}

/// An opened assessment.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Who opened it.
    pub session: Session,
    /// The assessment.
    pub stored: Stored,
    /// Where the editor leads back to.
    pub way_back: WayBack,
}

/// A new assessment.
#[derive(Debug, Clone)]
pub struct Created {
    /// Who made it.
    pub session: Session,
    /// Its id.
    pub id: String,
}

/// What became of a save.
#[derive(Debug, Clone)]
pub enum Saving {
    /// It is saved.
    Saved,
    /// It is saved and is what students get from now on.
    Published,
    /// It is saved, but cannot be published for these reasons (`WEB-DRAFT`).
    Incomplete {
        /// The draft's revision now.
        revision: i64,
        /// At least one.
        problems: Vec<DraftProblem>,
    },
    /// Somebody else saved first; nothing was saved (`WEB-CONFLICT`).
    Conflict(Box<Stored>),
}

/// An answered save.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Who saved.
    pub session: Session,
    /// What became of it.
    pub saving: Saving,
    /// Where the editor leads back to.
    pub way_back: WayBack,
}

/// Makes an assessment with one empty question. It is written in the language of
/// what this person, else the organisation, wrote last; `language` is for the first one.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn create(app: &App, visitor: Visitor, language: String) -> Result<Created> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let last = assessments::last_title(c, &session.organisation_id, &session.person_id)?;
            let last = last.map(|title| json::read::<Text>(&title)).transpose()?;
            let language = last
                .map(|title| title.default_language)
                .filter(|last| !last.is_empty())
                .unwrap_or(language);
            let draft = blank(&language);
            let id = insert(
                c,
                &session.organisation_id,
                Some(&session.person_id),
                &draft,
                NOTHING_WRITTEN,
                now,
            )?;
            Ok(Created { session, id })
        })
        .await
}

/// Makes a copy of an assessment's draft; `suffix` is put behind its title in each language.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn copy(app: &App, visitor: Visitor, id: String, suffix: String) -> Result<Created> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let (id, _) = copy_draft(c, &session, &id, &suffix, now)?;
            Ok(Created { session, id })
        })
        .await
}

/// The same, published at once: students are waiting for it.
///
/// # Errors
/// `WEB-NOT-FOUND`; `WEB-DRAFT` when something is missing in the draft.
pub(crate) fn copy_and_publish(
    connection: &mut Connection,
    session: &Session,
    id: &str,
    suffix: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let (id, draft) = copy_draft(connection, session, id, suffix, now)?;
    if let Some(problem) = check_draft(&draft).first() {
        return Err(session.refused(Code::Draft, problem.key()));
    }
    let organisation_id = &session.organisation_id;
    let person_id = Some(session.person_id.as_str());
    publishing::publish(connection, organisation_id, &id, &draft, person_id, now)?;
    Ok(id)
}

fn copy_draft(
    connection: &mut Connection,
    session: &Session,
    id: &str,
    suffix: &str,
    now: DateTime<Utc>,
) -> Result<(String, Draft)> {
    let original = find(connection, session, id)?;
    let mut draft = draft_of(&original)?;
    for version in draft.title.versions.values_mut() {
        version.source.push_str(suffix);
    }
    let revision = original.draft_revision.min(FIRST_WRITTEN);
    let id = insert(
        connection,
        &session.organisation_id,
        Some(&session.person_id),
        &draft,
        revision,
        now,
    )?;
    Ok((id, draft))
}

/// Opens an assessment for editing or preview.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn open(app: &App, visitor: Visitor, id: String) -> Result<Opened> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = find(c, &session, &id)?;
            Ok(Opened {
                stored: stored(c, row)?,
                way_back: way_back(c, &session)?,
                session,
            })
        })
        .await
}

/// Saves a draft over the revision that its editor began from.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`, `WEB-TOO-LARGE`.
pub async fn save(
    app: &App,
    visitor: Visitor,
    id: String,
    from_revision: i64,
    draft: Draft,
) -> Result<Answer> {
    save_and(app, visitor, id, from_revision, draft, |_, _, _, _, _| {
        Ok(Saving::Saved)
    })
    .await
}

/// Saves a draft as [`save`] does and publishes it, if nothing is missing.
/// Questions that did not change keep their published version.
///
/// # Errors
/// As [`save`].
pub async fn publish(
    app: &App,
    visitor: Visitor,
    id: String,
    from_revision: i64,
    draft: Draft,
) -> Result<Answer> {
    save_and(app, visitor, id, from_revision, draft, publish_saved).await
}

/// What is done with a saved draft, in the same transaction.
type AfterSaving = fn(&mut Connection, &Session, &str, &Draft, DateTime<Utc>) -> Result<Saving>;

async fn save_and(
    app: &App,
    visitor: Visitor,
    id: String,
    from_revision: i64,
    draft: Draft,
    then: AfterSaving,
) -> Result<Answer> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let saving = match save_over(c, &session, &id, from_revision, &draft, now)? {
                Some(conflict) => conflict,
                None => then(c, &session, &id, &draft, now)?,
            };
            Ok(Answer {
                saving,
                way_back: way_back(c, &session)?,
                session,
            })
        })
        .await
}

/// Puts an assessment away, so that it is found no more, or takes it out again.
/// Where it is placed it goes on.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn archive(app: &App, visitor: Visitor, id: String, away: bool) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            find(c, &session, &id)?;
            let archived_at = away.then_some(now.naive_utc());
            assessments::set_archived(c, &session.organisation_id, &id, archived_at)?;
            Ok(session)
        })
        .await
}

/// Publishes a ready draft without an instructor, for `demo`; answers its id.
/// The organisation is made when it is new; a draft of the same title that it
/// has already is left as it is.
///
/// # Errors
/// `WEB-DRAFT` when the draft is not ready.
pub async fn install_sample(app: &App, organisation: Option<String>, draft: Draft) -> Result<String> {
    let now = app.clock().now();
    if let Some(problem) = check_draft(&draft).first() {
        return Err(Error::refused(Code::Draft, problem.key()));
    }
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let title = json::write(&draft.title)?;
            let known = assessments::search(c, &organisation.id, &first_title(&draft), 500)?;
            if let Some(known) = known.into_iter().find(|known| known.title == title) {
                return Ok(known.id);
            }
            let id = insert(c, &organisation.id, None, &draft, FIRST_WRITTEN, now)?;
            publishing::publish(c, &organisation.id, &id, &draft, None, now)?;
            Ok(id)
        })
        .await
}

/// A new question as an editor adds it, with options to be filled in.
pub fn blank_slot(kind: BlankQuestion) -> DraftSlot {
    let options = (1..=NEW_OPTIONS).map(|number| ChoiceOption {
        id: OptionId::new(format!("o{number}")),
        text: Text::default(),
        correct: false,
        weight: None,
        feedback: Text::default(),
    });
    let interaction = match kind {
        BlankQuestion::SingleChoice => Interaction::SingleChoice(Choice {
            options: options.collect(),
            shuffle_options: true,
        }),
        BlankQuestion::MultipleChoice => Interaction::MultipleChoice(::assessment::MultipleChoice {
            options: options.collect(),
            shuffle_options: true,
            scoring: ::assessment::MultipleChoiceScoring::default(),
            penalty: 0.0,
        }),
        BlankQuestion::TrueFalse => Interaction::TrueFalse(TrueFalse::new(true)),
        BlankQuestion::Authored(type_name) => ::assessment::blank_of(type_name)
            .unwrap_or(Interaction::Information(::assessment::Information {})),
    };
    let item = Item::new(Text::default(), interaction);
    DraftSlot {
        id: SlotId::new(random::id()),
        points: if item.is_marked() { 1.0 } else { 0.0 },
        item,
        stimulus: None,
        placing: Placing::default(),
    }
}

/// The kinds of questions that an editor can add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankQuestion {
    /// One right option.
    SingleChoice,
    /// Any number of right options.
    MultipleChoice,
    /// A statement.
    TrueFalse,
    /// A type without options, one of [`::assessment::AUTHORED_TYPES`].
    Authored(&'static str),
}

/// The organisation's assessment, or "not found".
pub(crate) fn find(connection: &mut Connection, session: &Session, id: &str) -> Result<Assessment> {
    assessments::find(connection, &session.organisation_id, id)?
        .ok_or_else(|| session.refused(Code::NotFound, "the organisation has no such assessment"))
}

fn insert(
    connection: &mut Connection,
    organisation_id: &str,
    created_by: Option<&str>,
    draft: &Draft,
    draft_revision: i64,
    now: DateTime<Utc>,
) -> Result<String> {
    let row = Assessment {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        visibility: "private".to_owned(),
        title: json::write(&draft.title)?,
        search_text: search_text(draft),
        draft: json::write(draft)?,
        draft_revision,
        published_version_id: None,
        created_by: created_by.map(str::to_owned),
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        archived_at: None,
    };
    assessments::insert(connection, &row)?;
    Ok(row.id)
}

// A draft that says the same as the stored one is not written, and no conflict.
fn save_over(
    connection: &mut Connection,
    session: &Session,
    id: &str,
    from_revision: i64,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Option<Saving>> {
    let row = find(connection, session, id)?;
    if draft.slots.iter().any(|slot| !slot.points.is_finite()) {
        return Err(session.refused(Code::Form, "points are not a number"));
    }
    let draft_json = json::write(draft)?;
    if draft_json.len() > limits::DRAFT_BYTES {
        return Err(session.refused(Code::TooLarge, "the draft is too large"));
    }
    if row.draft == draft_json {
        return Ok(None);
    }
    let change = DraftChange {
        from_revision,
        title: &json::write(&draft.title)?,
        search_text: &search_text(draft),
        draft: &draft_json,
    };
    if assessments::save_draft(connection, &session.organisation_id, id, &change, now.naive_utc())? {
        return Ok(None);
    }
    Ok(Some(Saving::Conflict(Box::new(stored(connection, row)?))))
}

fn publish_saved(
    connection: &mut Connection,
    session: &Session,
    id: &str,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Saving> {
    let mut problems = check_draft(draft);
    problems.extend(named_files::problems(connection, session, draft)?);
    if !problems.is_empty() {
        let revision = find(connection, session, id)?.draft_revision;
        return Ok(Saving::Incomplete { revision, problems });
    }
    let person = Some(session.person_id.as_str());
    publishing::publish(connection, &session.organisation_id, id, draft, person, now)?;
    Ok(Saving::Published)
}

fn stored(connection: &mut Connection, row: Assessment) -> Result<Stored> {
    let draft = draft_of(&row)?;
    let state = match row.published_version_id.as_deref() {
        None => State::NeverPublished,
        Some(version) if ::assessment::draft_of(&published(connection, version)?) == draft => {
            State::Published
        }
        Some(_) => State::Changed,
    };
    Ok(Stored {
        id: row.id,
        draft,
        revision: row.draft_revision,
        state,
        updated_at: row.updated_at.and_utc(),
        is_archived: row.archived_at.is_some(),
    })
}

fn way_back(connection: &mut Connection, session: &Session) -> Result<WayBack> {
    if let Some(request) = &session.launch.deep_linking {
        return Ok(if request.answered {
            WayBack::Nowhere
        } else {
            WayBack::Picker
        });
    }
    let (Some(context), Some(link)) = (&session.context_id, &session.resource_link_id) else {
        return Ok(WayBack::Nowhere);
    };
    Ok(match placements::find_by_link(connection, context, link)? {
        Some(_) => WayBack::Activity,
        None => WayBack::Picker,
    })
}

fn blank(language: &str) -> Draft {
    let empty = Text {
        default_language: language.to_owned(),
        ..Text::default()
    };
    Draft {
        title: empty.clone(),
        introduction: empty,
        slots: vec![blank_slot(BlankQuestion::SingleChoice)],
        stimuli: Vec::new(),
        sections: Vec::new(),
        scheme: None,
        // right answers are shown after submitting, so a second attempt is a choice to make
        rules: Rules {
            attempts_allowed: Some(1),
            ..Rules::default()
        },
    }
}

fn draft_of(row: &Assessment) -> Result<Draft> {
    ::assessment::draft_from_json(&row.draft).map_err(|error| Error::Internal(error.to_string()))
}

// Titles and introductions in all languages.
fn search_text(draft: &Draft) -> String {
    let sources = draft
        .title
        .versions
        .values()
        .chain(draft.introduction.versions.values());
    let words: Vec<String> = sources
        .map(|source| text::fold(&text::to_plain(source)))
        .collect();
    words.join("\n")
}

fn first_title(draft: &Draft) -> String {
    let title = draft.title.in_language(&draft.title.default_language);
    title
        .map(|(_, source)| text::fold(&text::to_plain(source)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_texts_have_no_accents_and_all_languages() {
        let mut draft = blank("vi");
        draft.title = Text::markdown("vi", "An toàn **xưởng** cơ khí")
            .with("de", text::Source::markdown("Sicherheit in der Werkstatt"));
        draft.introduction = Text::markdown("vi", "Mâm cặp");
        assert_eq!(
            search_text(&draft),
            "sicherheit in der werkstatt\nan toan xuong co khi\nmam cap"
        );
    }

    #[test]
    fn a_new_draft_lacks_only_words() {
        let keys: Vec<_> = check_draft(&blank("vi")).iter().map(DraftProblem::key).collect();
        let expected = [
            "no-title",
            "question-without-text",
            "too-few-options",
            "no-right-option",
        ];
        assert_eq!(keys, expected);
    }
}
