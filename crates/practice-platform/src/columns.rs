//! What teachers do to whole columns, and faults that come later.

use crate::{
    faults::{Fault, Service},
    platform::PracticePlatform,
    state::LineItem,
};

impl PracticePlatform {
    /// A teacher changes a column's maximum and has the grades rescaled; false when there is no such column.
    pub fn rescale(&self, line_item: i64, maximum: f64) -> bool {
        self.with(|state| {
            let Some(item) = state.line_items.get_mut(&line_item) else {
                return false;
            };
            let factor = maximum / item.score_maximum;
            item.score_maximum = maximum;
            for (_, cell) in state
                .grades
                .iter_mut()
                .filter(|((item, _), _)| *item == line_item)
            {
                cell.raw = cell.raw.map(|raw| raw * factor);
                cell.grade = cell.grade.map(|grade| grade * factor);
            }
            true
        })
    }

    /// A teacher saves an activity's settings: its column is made again when it is gone. Gives its number.
    pub fn save_activity(&self, activity: i64, maximum: f64) -> Option<i64> {
        self.with(|state| {
            let there = state
                .line_items
                .values()
                .find(|item| item.of_activity && item.resource_link == Some(activity));
            if let Some(item) = there {
                return Some(item.id);
            }
            let activity = state.activities.get(&activity)?.clone();
            let id = state.next_id("line item");
            let item = LineItem {
                id,
                course: activity.course,
                tool: activity.tool,
                label: activity.title,
                score_maximum: maximum,
                resource_id: String::new(),
                tag: String::new(),
                resource_link: Some(activity.id),
                of_activity: true,
                submission_review: None,
                locked: false,
            };
            state.line_items.insert(id, item);
            Some(id)
        })
    }

    /// Lets one request of a service meet a fault after `spared` others passed.
    pub fn fail_after(&self, service: Service, spared: u32, fault: Fault) {
        self.faults().set_after(service, fault, spared);
    }
}
