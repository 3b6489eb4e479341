//! Statistics of tests: Moodle's own figures, and the command that reads a table of marks.

mod command;
mod drawn;
mod marks;
mod minimum;
mod moodle;
mod page;
mod variants;

use reqwest::StatusCode;
use tests::Answer;

use crate::grade::{Desk, Story};

/// Begins an attempt that has this seed; answers its page.
async fn begin_with_seed(story: &Story, desk: &Desk, seed: i64) -> Answer {
    let begun = desk.press("attempts", &[]).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.all_text());
    let statement = format!("UPDATE attempts SET seed = {seed} WHERE submitted_at IS NULL");
    story.site.database.execute(&statement).await;
    desk.browser.get(begun.url.as_str()).await
}

/// A question's part of the statistics page, counted from 1.
fn of_question(page: &Answer, number: usize) -> String {
    page.text(&format!("section[aria-labelledby=detail-{number}]"))
        .expect("a question")
}
