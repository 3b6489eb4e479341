//! The loop that throws away what has served its time. How long each kind of
//! personal data stays is written in docs/personal-data.md.

use chrono::Duration;
use storage::{
    assessments, invitations, kept_launches, launch_ways, learner_codes, logins, media, parked_launches,
    refusals, regrades, sessions, sign_ins,
};

use crate::{App, Result, launch_way};

const REFUSALS_KEPT: Duration = Duration::days(30);
const SESSIONS_KEPT: Duration = Duration::days(30);
const BROWSERS_KEPT: Duration = Duration::days(400);
const INVITATIONS_KEPT: Duration = Duration::days(90);
// so that whoever comes late is told why, and the administrator sees how many never came
const LEARNER_CODES_KEPT: Duration = Duration::days(30);
// longer than a session lasts in which somebody may still have it open
const BLANK_DRAFTS_KEPT: Duration = Duration::days(1);
const UNNAMED_FILES_KEPT: Duration = Duration::days(7);
const PROPOSALS_KEPT: Duration = Duration::days(30);
const DELETED_DRAFTS_KEPT: Duration = Duration::days(30);

/// Deletes expired logins, old sessions, browsers, refusals, unspent
/// invitations and learners' codes, quizzes that were begun or deleted and never published, regrades that were only proposed, and uploads
/// that no answer names. Answers 0: there is never a reason to go round again at once.
///
/// # Errors
/// When the database fails.
pub async fn tidy(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    app.db()
        .write(move |c| {
            logins::tidy(c, now)?;
            parked_launches::tidy(c, now)?;
            launch_ways::tidy(c, &launch_way::day((now - launch_way::KEPT).and_utc()))?;
            sign_ins::tidy(c, now)?;
            refusals::tidy(c, now - REFUSALS_KEPT)?;
            kept_launches::tidy(c, now - REFUSALS_KEPT, now)?;
            sessions::tidy(c, now - SESSIONS_KEPT, now - BROWSERS_KEPT)?;
            invitations::tidy(c, now - INVITATIONS_KEPT)?;
            learner_codes::tidy(c, now - LEARNER_CODES_KEPT)?;
            regrades::tidy(c, now - PROPOSALS_KEPT)?;
            media::tidy(c, now - UNNAMED_FILES_KEPT)?;
            assessments::tidy(c, now - BLANK_DRAFTS_KEPT, now - DELETED_DRAFTS_KEPT)?;
            Ok(0)
        })
        .await
}
