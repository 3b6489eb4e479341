//! Copies as Moodle makes them: a duplicated activity, and a copied or restored course. New numbers everywhere; targets,
//! custom parameters, `resourceId` and tag stay, grades do not come along.

use std::collections::BTreeMap;

use crate::platform::PracticePlatform;
use crate::state::{Activity, LineItem, State};

impl PracticePlatform {
    /// Duplicates an activity in its course. Gives the copy's resource link id; `None` for an unknown activity.
    pub fn duplicate_activity(&self, activity: i64) -> Option<i64> {
        self.with(|state| {
            let original = state.activities.get(&activity)?.clone();
            let course = original.course;
            let title = format!("{} (copy)", original.title);
            Some(copy_activity(state, &original, course, title))
        })
    }

    /// Copies a course with its activities, columns and members. Gives the copy's number, and of each activity the new
    /// resource link id; `None` for an unknown course.
    pub fn copy_course(&self, course: i64) -> Option<(i64, BTreeMap<i64, i64>)> {
        self.with(|state| {
            let mut copy = state.courses.get(&course)?.clone();
            copy.id = state.courses.keys().max().map_or(1, |last| last + 1);
            copy.label = format!("{}_1", copy.label);
            copy.title = format!("{} copy 1", copy.title);
            copy.sourcedid = String::new();
            copy.history.insert(0, course);
            let id = copy.id;
            state.courses.insert(id, copy);
            let of_course = |one: &&Activity| one.course == course;
            let originals: Vec<Activity> = state.activities.values().filter(of_course).cloned().collect();
            let mut activities = BTreeMap::new();
            for original in originals {
                let made = copy_activity(state, &original, id, original.title.clone());
                activities.insert(original.id, made);
            }
            let alone = |item: &&LineItem| item.course == course && !item.of_activity;
            let columns: Vec<LineItem> = state.line_items.values().filter(alone).cloned().collect();
            for column in columns {
                let resource_link = column
                    .resource_link
                    .and_then(|link| activities.get(&link).copied());
                copy_column(state, &column, id, resource_link, column.label.clone());
            }
            Some((id, activities))
        })
    }

    /// Gives an activity to another tool, as an administrator does who registered us twice. False for an unknown one.
    pub fn set_activity_tool(&self, activity: i64, tool: i64) -> bool {
        self.with(|state| {
            for item in state
                .line_items
                .values_mut()
                .filter(|item| item.resource_link == Some(activity))
            {
                item.tool = tool;
            }
            let found = state.activities.get_mut(&activity);
            found.map(|activity| activity.tool = tool).is_some()
        })
    }

    /// Changes the custom parameters of an activity, as a teacher can. False for an unknown activity.
    pub fn set_custom(&self, activity: i64, custom: &[(&str, &str)]) -> bool {
        let custom = custom
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.with(|state| {
            let found = state.activities.get_mut(&activity);
            found.map(|activity| activity.custom = custom.collect()).is_some()
        })
    }
}

fn copy_activity(state: &mut State, original: &Activity, course: i64, title: String) -> i64 {
    let (id, cmid) = (state.next_id("activity"), state.next_id("cmid"));
    let own = |item: &&LineItem| item.of_activity && item.resource_link == Some(original.id);
    let column = state.line_items.values().find(own).cloned();
    if let Some(column) = column {
        copy_column(state, &column, course, Some(id), title.clone());
    }
    let copy = Activity {
        id,
        cmid,
        course,
        title,
        ..original.clone()
    };
    state.activities.insert(id, copy);
    id
}

fn copy_column(state: &mut State, column: &LineItem, course: i64, resource_link: Option<i64>, label: String) {
    let id = state.next_id("line item");
    let copy = LineItem {
        id,
        course,
        label,
        resource_link,
        locked: false,
        ..column.clone()
    };
    state.line_items.insert(id, copy);
}
