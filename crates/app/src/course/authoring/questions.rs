//! What an author can put into a course from the organisation's quizzes: a whole quiz
//! as a step, or one of their questions as a copy.

use ::assessment::{Draft, Item, SlotId};
use storage::{Connection, assessments};
use text::{Text, fold};

use crate::{
    App, Code, Result,
    assessment::{self, Entry},
    json,
    session::{Session, Visitor, instructor},
};

/// How many quizzes are looked through for questions.
const LOOKED_THROUGH: i64 = 200;
/// How many questions are shown.
const SHOWN: usize = 60;

/// A quiz with questions that fit a search.
#[derive(Debug, Clone)]
pub struct QuizQuestions {
    /// The quiz.
    pub assessment_id: String,
    /// Its title.
    pub title: Text,
    /// Where each stands in it, and the question.
    pub questions: Vec<(SlotId, Item)>,
}

/// The organisation's published quizzes that a search finds.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn quizzes(app: &App, visitor: Visitor, search: String) -> Result<Vec<Entry>> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let (found, _) = assessment::list(c, &session.organisation_id, &search, &[])?;
            Ok(found.into_iter().filter(|entry| entry.is_published).collect())
        })
        .await
}

/// The title of a published quiz of the organisation; `None` while it is not published.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn quiz_title(app: &App, visitor: Visitor, id: String) -> Result<Option<Text>> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = assessments::find(c, &session.organisation_id, &id)?;
            let published = row.filter(|row| row.published_version_id.is_some());
            published.map(|row| json::read(&row.title)).transpose()
        })
        .await
}

/// The questions of the organisation's quizzes whose words, or whose quiz's title, hold each word of `search`; and
/// whether there are more.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn questions(app: &App, visitor: Visitor, search: String) -> Result<(Vec<QuizQuestions>, bool)> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            find(c, &session, &::course::search_words(&search))
        })
        .await
}

fn find(
    connection: &mut Connection,
    session: &Session,
    words: &[String],
) -> Result<(Vec<QuizQuestions>, bool)> {
    let (mut found, mut shown) = (Vec::new(), 0);
    let organisation_id = &session.organisation_id;
    let mut rows = assessments::search(connection, organisation_id, "", LOOKED_THROUGH)?;
    // older ones are found by their titles
    for row in assessments::search(connection, organisation_id, &words.join(" "), LOOKED_THROUGH)? {
        if rows.iter().all(|known| known.id != row.id) {
            rows.push(row);
        }
    }
    for row in rows {
        let draft: Draft = ::assessment::draft_from_json(&row.draft)
            .map_err(|error| crate::Error::Internal(error.to_string()))?;
        let title = folded(&draft.title);
        let fits = |item: &Item| {
            let stem = folded(&item.stem);
            let holds = |word: &String| stem.contains(word) || title.contains(word);
            item.is_question() && words.iter().all(holds)
        };
        let slots = draft.slots.into_iter().filter(|slot| fits(&slot.item));
        let mut questions: Vec<(SlotId, Item)> = slots.map(|slot| (slot.id, slot.item)).collect();
        if shown + questions.len() > SHOWN {
            questions.truncate(SHOWN - shown);
            found.push(QuizQuestions {
                assessment_id: row.id,
                title: draft.title,
                questions,
            });
            return Ok((found, true));
        }
        shown += questions.len();
        if !questions.is_empty() {
            found.push(QuizQuestions {
                assessment_id: row.id,
                title: draft.title,
                questions,
            });
        }
    }
    Ok((found, false))
}

fn folded(text: &Text) -> String {
    let words = text.versions.values().map(|source| fold(&text::to_plain(source)));
    words.collect::<Vec<_>>().join("\n")
}

/// A question of one of the organisation's quizzes.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn question(app: &App, visitor: Visitor, assessment_id: String, slot: SlotId) -> Result<Item> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = assessment::find(c, &session, &assessment_id)?;
            let draft: Draft = json::read(&row.draft)?;
            let slot = draft.slots.into_iter().find(|known| known.id == slot);
            slot.map(|slot| slot.item)
                .ok_or_else(|| session.refused(Code::NotFound, "the quiz has no such question"))
        })
        .await
}
