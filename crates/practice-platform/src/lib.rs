//! The practice platform: a small LTI 1.3 Advantage platform with the quirks of Moodle 4.5.
//!
//! `taynghe demo` shows it to people, and all tests launch from it and let it answer, also wrongly, late or not at
//! all. It imitates what was seen on a real Moodle; it leaves out what Taynghe never calls (Basic Outcomes, tool
//! settings, course totals), keeps everything in memory and is no place for real data.

mod auth;
mod checker;
mod claims;
mod columns;
mod copies;
mod course_pages;
mod deep_linking;
mod exchange;
mod faults;
mod gradebook;
mod gradebook_page;
mod keys;
mod launch;
mod line_items;
mod listing;
mod memberships;
mod pages;
mod platform;
mod recording;
mod registration;
mod results;
mod scores;
mod server;
mod services;
mod state;
mod storage;
mod texts;
mod token;
mod tool_pages;
mod variables;

pub use checker::Problem;
pub use deep_linking::{ContentItem, SaveError, Selection};
pub use exchange::{Answer, Incoming};
pub use faults::{Fault, Service};
pub use gradebook::{Grade, GradeRow};
pub use keys::SigningKey;
pub use launch::{Container, ID_TOKEN_SECONDS, LoginInitiation, Message};
pub use listing::Listing;
pub use pages::{HiddenForm, SESSION_COOKIE};
pub use platform::{Clock, Options, PracticePlatform};
pub use recording::{KEPT_REQUESTS, RecordedRequest};
pub use state::{
    ADMINISTRATOR, ASSISTANT, Activity, ActivityConfig, ActivityLineItem, COURSE, Course, CourseRole,
    GradeService, INSTRUCTOR, KeySource, LineItem, OUTSIDER, SECOND_COURSE, STUDENTS, Tool, ToolConfig, User,
};
pub use texts::Language;

/// Random text of letters and digits.
pub(crate) fn random_text(length: usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::iter::repeat_with(|| uuid::Uuid::new_v4().into_bytes())
        .flatten()
        .filter_map(|byte| LETTERS.get(usize::from(byte)).map(|letter| char::from(*letter)))
        .take(length)
        .collect()
}

/// Random text of hexadecimal digits.
pub(crate) fn random_hex(length: usize) -> String {
    std::iter::repeat_with(|| uuid::Uuid::new_v4().simple().to_string())
        .flat_map(|text| text.chars().collect::<Vec<_>>())
        .take(length)
        .collect()
}

/// A random number below 2 thousand million, as in Moodle's launch ids.
pub(crate) fn random_number() -> u32 {
    let (high, ..) = uuid::Uuid::new_v4().as_fields();
    high % 2_000_000_000
}
