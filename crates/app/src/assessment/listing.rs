//! Finding an organisation's assessments: those that were chosen and those that
//! a search without accents finds, each with what a list shows of it.

use ::assessment::{AssessmentContent, Draft, Item, ItemVersionId, Slot, publish};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    assessments::{self, Assessment},
};
use text::Text;

use super::draft_of;
use crate::Result;
use crate::json;

/// How many assessments a search shows at most.
const LISTED: usize = 50;
/// The most characters of a search that are looked at.
const SEARCH_CHARACTERS: usize = 200;

/// An assessment in a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name: of what students get, else of the draft.
    pub title: Text,
    /// How many questions a student gets, at least and at most.
    pub questions: (usize, usize),
    /// The points that a student can reach, at least and at most.
    pub points: (f64, f64),
    /// How long an attempt lasts, in seconds.
    pub time_limit_seconds: Option<u32>,
    /// Whether it was ever published: only then it can be picked.
    pub is_published: bool,
    /// When draft or version last changed.
    pub updated_at: DateTime<Utc>,
}

/// The organisation's assessments: first the `chosen` ones, then those that a
/// search finds; and whether there are more of them.
pub(crate) fn list(
    connection: &mut Connection,
    organisation_id: &str,
    search: &str,
    chosen: &[String],
) -> Result<(Vec<Entry>, bool)> {
    let mut rows = Vec::new();
    for id in chosen.iter().take(LISTED) {
        let known = rows.iter().any(|row: &Assessment| row.id == *id);
        if !known && let Some(row) = assessments::find(connection, organisation_id, id)? {
            rows.push(row);
        }
    }
    let search: String = search.chars().take(SEARCH_CHARACTERS).collect();
    let limit = i64::try_from(LISTED + rows.len() + 1).unwrap_or(i64::MAX);
    let found = assessments::search(connection, organisation_id, &text::fold(&search), limit)?;
    let mut found: Vec<_> = found
        .into_iter()
        .filter(|row| rows.iter().all(|kept| kept.id != row.id))
        .collect();
    let more = found.len() > LISTED;
    found.truncate(LISTED);
    rows.extend(found);
    Ok((entries(connection, rows)?, more))
}

fn entries(connection: &mut Connection, rows: Vec<Assessment>) -> Result<Vec<Entry>> {
    let ids: Vec<String> = rows
        .iter()
        .filter_map(|row| row.published_version_id.clone())
        .collect();
    let versions = assessments::list_versions(connection, &ids)?;
    let entry = |row: Assessment| {
        let version = versions
            .iter()
            .find(|version| Some(&version.id) == row.published_version_id.as_ref());
        let draft = match version {
            Some(version) => {
                let content: AssessmentContent = json::read(&version.content)?;
                let draft = has_unmarked(&content).then(|| draft_of(&row)).transpose()?;
                outline(&content, draft.as_ref())
            }
            None => {
                let draft = draft_of(&row)?;
                let content = publish(&draft, |slot| ItemVersionId::new(slot.id.as_str())).content;
                outline(&content, Some(&draft))
            }
        };
        let (title, questions, points, time_limit_seconds) = draft;
        Ok(Entry {
            id: row.id,
            title,
            questions,
            points,
            time_limit_seconds,
            is_published: row.published_version_id.is_some(),
            updated_at: row.updated_at.and_utc(),
        })
    };
    rows.into_iter().map(entry).collect()
}

type Outline = (Text, (usize, usize), (f64, f64), Option<u32>);

// What is only read has no points, and neither have some questions: the draft tells them apart.
fn has_unmarked(content: &AssessmentContent) -> bool {
    content.slots.iter().any(|slot| slot.points == 0.0)
}

fn outline(content: &AssessmentContent, draft: Option<&Draft>) -> Outline {
    let item = |slot: &Slot| {
        let mut slots = draft.into_iter().flat_map(|draft| &draft.slots);
        slots.find(|own| own.id == slot.id).map(|own| &own.item)
    };
    let asks = |slot: &Slot| slot.points > 0.0 || item(slot).is_none_or(Item::is_question);
    (
        content.title.clone(),
        content.count_range(asks),
        content.points_range(),
        content.rules.time_limit_seconds,
    )
}
