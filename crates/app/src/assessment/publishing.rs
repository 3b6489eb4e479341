//! Publishing a checked draft: versions of the questions that changed, one
//! version of the assessment, and the first marking policy. Nothing that was
//! published is touched.

use std::collections::{BTreeMap, HashMap};

use ::assessment::{
    AssessmentContent, Draft, DraftSlot, Item, ItemVersionId, MarkingPolicy, Published, SlotId,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    assessments::{self, AssessmentVersion, ItemVersion},
};

use crate::{Error, Result, audit::note_with, json, random};

/// A published version with its questions.
pub(crate) fn published(connection: &mut Connection, version_id: &str) -> Result<Published> {
    let (content, rows) = version(connection, version_id)?;
    let items = rows
        .iter()
        .map(|row| {
            Ok((
                ItemVersionId::new(row.id.as_str()),
                json::read::<Item>(&row.content)?,
            ))
        })
        .collect::<Result<BTreeMap<_, _>>>()?;
    Ok(Published { content, items })
}

/// Publishes a draft that has no problems. Publishing again what is published
/// adds nothing.
pub(super) fn publish(
    connection: &mut Connection,
    organisation_id: &str,
    assessment_id: &str,
    draft: &Draft,
    person_id: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = assessments::find(connection, organisation_id, assessment_id)?
        .ok_or_else(|| Error::not_found("the organisation has no such assessment"))?;
    let former = match row.published_version_id.as_deref() {
        Some(id) => Some(version(connection, id)?),
        None => None,
    };
    let former_items = former.as_ref().map(by_slot).unwrap_or_default();
    let mut versions = HashMap::new();
    for slot in &draft.slots {
        let id = item_version(
            connection,
            organisation_id,
            slot,
            former_items.get(&slot.id).copied(),
            now,
        )?;
        versions.insert(slot.id.clone(), id);
    }
    let version_of = |slot: &DraftSlot| {
        versions
            .get(&slot.id)
            .cloned()
            .unwrap_or_else(|| ItemVersionId::new(""))
    };
    let content = ::assessment::publish(draft, version_of).content;
    if former.is_some_and(|(former, _)| former == content) {
        return Ok(());
    }
    insert_version(
        connection,
        organisation_id,
        assessment_id,
        &content,
        person_id,
        now,
    )?;
    insert_first_policy(connection, assessment_id, now)
}

fn version(connection: &mut Connection, id: &str) -> Result<(AssessmentContent, Vec<ItemVersion>)> {
    let row = assessments::get_version(connection, id)?
        .ok_or_else(|| Error::Internal("a published version is gone".to_owned()))?;
    let content: AssessmentContent = json::read(&row.content)?;
    let ids: Vec<String> = content
        .slots
        .iter()
        .map(|slot| slot.item_version_id.as_str().to_owned())
        .collect();
    let items = assessments::list_item_versions(connection, &ids)?;
    Ok((content, items))
}

fn by_slot((content, rows): &(AssessmentContent, Vec<ItemVersion>)) -> HashMap<SlotId, &ItemVersion> {
    let row_of = |id: &ItemVersionId| rows.iter().find(|row| row.id == id.as_str());
    let slots = content.slots.iter();
    slots
        .filter_map(|slot| Some((slot.id.clone(), row_of(&slot.item_version_id)?)))
        .collect()
}

// An unchanged question keeps its version, a changed one gets the next, a new one its first.
fn item_version(
    connection: &mut Connection,
    organisation_id: &str,
    slot: &DraftSlot,
    former: Option<&ItemVersion>,
    now: DateTime<Utc>,
) -> Result<ItemVersionId> {
    if let Some(former) = former
        && json::read::<Item>(&former.content)? == slot.item
    {
        return Ok(ItemVersionId::new(former.id.as_str()));
    }
    let (item_id, number) = match former {
        Some(former) => {
            let latest = assessments::latest_item_version(connection, organisation_id, &former.item_id)?;
            (
                former.item_id.clone(),
                latest.map_or(former.number, |latest| latest.number) + 1,
            )
        }
        None => {
            let id = random::id();
            assessments::insert_item(connection, organisation_id, &id, now.naive_utc())?;
            (id, 1)
        }
    };
    let row = ItemVersion {
        id: random::id(),
        item_id,
        number,
        content: json::write(&slot.item)?,
        created_at: now.naive_utc(),
    };
    assessments::insert_item_version(connection, &row)?;
    Ok(ItemVersionId::new(row.id))
}

fn insert_version(
    connection: &mut Connection,
    organisation_id: &str,
    assessment_id: &str,
    content: &AssessmentContent,
    person_id: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let version = AssessmentVersion {
        id: random::id(),
        assessment_id: assessment_id.to_owned(),
        number: assessments::latest_version_number(connection, assessment_id)? + 1,
        content: json::write(content)?,
        created_by: person_id.map(str::to_owned),
        created_at: now.naive_utc(),
    };
    assessments::publish(connection, organisation_id, &version)?;
    let detail = format!("{{\"version\":{}}}", version.number);
    let action = "assessment.publish";
    note_with(
        connection,
        organisation_id,
        person_id,
        action,
        assessment_id,
        &detail,
        now,
    )
}

fn insert_first_policy(connection: &mut Connection, assessment_id: &str, now: DateTime<Utc>) -> Result<()> {
    if assessments::latest_policy(connection, assessment_id)?.is_some() {
        return Ok(());
    }
    let policy = MarkingPolicy::default();
    let row = assessments::MarkingPolicy {
        id: random::id(),
        assessment_id: assessment_id.to_owned(),
        number: i64::from(policy.number),
        content: json::write(&policy)?,
        created_at: now.naive_utc(),
    };
    Ok(assessments::insert_policy(connection, &row)?)
}
