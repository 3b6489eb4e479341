//! What a test sets up of class lists and activities, beyond what the pages of the platform offer.

use crate::platform::PracticePlatform;
use crate::state::LineItem;

/// How the names and roles service behaves; the usual is Moodle's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// So many members on a page though nobody asked for pages. Next pages lose the role and the link, as in Moodle.
    pub page_size: Option<usize>,
    /// Suspended people are listed as `Inactive`; Moodle leaves them out.
    pub lists_suspended: bool,
    /// Answers this status when asked about a link.
    pub link_status: Option<u16>,
    /// Takes no notice of the link and lists the whole course.
    pub ignores_links: bool,
    /// Tells roles in the institution, as Open edX does in launches.
    pub institution_roles: bool,
}

impl PracticePlatform {
    /// Lets only these people open an activity: asked about its link, the memberships service leaves the others out.
    pub fn restrict(&self, activity: i64, openers: &[i64]) {
        self.with(|state| state.openers.insert(activity, openers.iter().copied().collect()));
    }

    /// Changes how the memberships service behaves.
    pub fn set_listing(&self, listing: Listing) {
        self.with(|state| state.listing = listing);
    }

    /// Gives an activity a new column in place of one that was deleted, as saving its settings does. Gives its number.
    pub fn bind_line_item(&self, activity: i64, score_maximum: f64) -> Option<i64> {
        self.with(|state| {
            let found = state.activities.get(&activity)?;
            let (course, tool, label) = (found.course, found.tool, found.title.clone());
            let id = state.next_id("line item");
            let item = LineItem {
                id,
                course,
                tool,
                label,
                score_maximum,
                resource_id: String::new(),
                tag: String::new(),
                resource_link: Some(activity),
                of_activity: true,
                submission_review: None,
                locked: false,
            };
            state.line_items.insert(id, item);
            Some(id)
        })
    }
}
