//! Dry runs over more attempts than one request looks at: a job works them out
//! in pieces, and its page says how far it is.

use app::job::do_due;

use super::{Proposal, class};
use crate::grade::Story;

/// More than one request looks at, and more than one piece of the job has.
const COPIES: usize = 300;

/// A class of three, of which each attempt stands there a hundred times more.
async fn crowd() -> Story {
    let story = class().await;
    let numbers = format!(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {})",
        COPIES / 3
    );
    let copies = [
        format!(
            "{numbers} INSERT INTO attempts (id, placement_id, person_id, identity_id, number, assessment_version_id,
                seed, language, state, started_at, due_at, submitted_at, ended_by, last_position)
             SELECT id || '-' || n, placement_id, person_id, identity_id, number + n, assessment_version_id,
                seed, language, state, started_at, due_at, submitted_at, ended_by, last_position
             FROM attempts CROSS JOIN numbers"
        ),
        format!(
            "{numbers} INSERT INTO attempt_entries (attempt_id, position, writer, number, kind, slot, payload,
                device_at, elapsed_ms, previous_hash, hash, received_at)
             SELECT attempt_id || '-' || n, position, writer, number, kind, slot, payload,
                device_at, elapsed_ms, previous_hash, hash, received_at
             FROM attempt_entries CROSS JOIN numbers"
        ),
        format!(
            "{numbers} INSERT INTO outcomes (attempt_id, marking_policy_id, score, maximum, content, created_at)
             SELECT attempt_id || '-' || n, marking_policy_id, score, maximum, content, created_at
             FROM outcomes CROSS JOIN numbers"
        ),
    ];
    for copy in copies {
        story.site.database.execute(&copy).await;
    }
    story
}

async fn look(proposal: &Proposal, page: &str) -> tests::Answer {
    let path = format!("{}/regrade/{}{page}", proposal.desk.prefix(), proposal.id());
    proposal.desk.browser.get(&path).await
}

#[tokio::test]
async fn many_attempts_are_looked_at_by_a_job() {
    let story = crowd().await;
    let desk = story.sit_down(practice_platform::INSTRUCTOR).await;
    let questions = desk.browser.get(&format!("{}/regrade", desk.prefix())).await;
    let text = questions.all_text();
    assert!(text.contains("lấy từ 200 lượt làm bài"), "{text}");

    let proposal = Proposal::of_key(&story).await;
    let text = proposal.page.all_text();
    assert!(text.contains("Đã tính thử 0/303 lượt làm bài"), "{text}");
    assert_eq!(proposal.page.attributes("progress", "max"), ["303"]);
    let link = format!("a[href$=\"/regrade/{}\"]", proposal.id());
    assert_eq!(proposal.page.count(&link), 1, "the newest state without a script");
    // Nobody has seen yet who moves.
    assert_eq!(proposal.page.count("form[action$=\"/commit\"]"), 0);
    let early = proposal.press("commit", &[]).await;
    assert!(early.all_text().contains("Đã tính thử"), "{}", early.all_text());
    assert_eq!(story.site.count("marking_policies").await, 1);

    do_due(&story.site.app).await.unwrap();
    let done = look(&proposal, "").await;
    let text = done.all_text();
    assert!(
        text.contains("Tăng điểm 202 Giảm điểm 101 Giữ nguyên 0"),
        "{text}"
    );
    assert_eq!(done.count(".regrade-moved tbody tr"), 200);
    assert!(text.contains("Trang 1/2"), "{text}");
    let second = look(&proposal, "?page=2").await;
    assert_eq!(second.count(".regrade-moved tbody tr"), 103);
    assert_eq!(look(&proposal, "?page=99").await.count("a[rel=next]"), 0);

    // Another choice is worked out anew.
    let again = proposal.press("preview", &[("raise_only", "on")]).await;
    assert!(
        again.all_text().contains("Đã tính thử 0/303"),
        "{}",
        again.all_text()
    );
    do_due(&story.site.app).await.unwrap();
    let text = look(&proposal, "").await.all_text();
    assert!(
        text.contains("Tăng điểm 202 Giảm điểm 0 Giữ nguyên 101"),
        "{text}"
    );

    let committed = proposal.commit(&[("raise_only", "on")]).await.all_text();
    assert!(committed.contains("Đã chấm lại 50/303"), "{committed}");
    assert_eq!(story.site.count("regrade_trials").await, 0);
    assert_eq!(story.site.count("regrade_moves").await, 0);
    do_due(&story.site.app).await.unwrap();
    let text = look(&proposal, "").await.all_text();
    assert!(text.contains("202 lượt làm bài đã đổi điểm"), "{text}");
}

/// What a dry run shows is what it would show at once.
#[tokio::test]
async fn a_job_finds_what_a_request_finds() {
    let story = crowd().await;
    let proposal = Proposal::of_key(&story).await;
    do_due(&story.site.app).await.unwrap();
    let by_job = look(&proposal, "").await;
    story.site.database.execute("DELETE FROM regrade_trials").await;
    let few = "DELETE FROM attempts WHERE id LIKE '%-__' OR id LIKE '%-100'";
    story.site.database.execute(few).await;
    let at_once = look(&proposal, "").await;
    let rows = |page: &tests::Answer| page.count(".regrade-moved tbody tr");
    assert_eq!((rows(&by_job), rows(&at_once)), (200, 30));
    let text = at_once.all_text();
    assert!(text.contains("Tăng điểm 20 Giảm điểm 10 Giữ nguyên 0"), "{text}");
}

#[tokio::test]
async fn a_correction_meanwhile_is_told() {
    let story = crowd().await;
    let one = Proposal::of_key(&story).await;
    let other = Proposal::make(&story, &[("question", "s1"), ("what", "drop")]).await;
    do_due(&story.site.app).await.unwrap();
    do_due(&story.site.app).await.unwrap();
    one.commit(&[("reason", "In nhầm")]).await;
    let refused = other.press("commit", &[]).await;
    assert_eq!(
        refused.code().as_deref(),
        Some("WEB-REGRADE"),
        "{}",
        refused.all_text()
    );
    assert!(refused.all_text().contains("In nhầm"), "{}", refused.all_text());
    let again = other.press("preview", &[]).await;
    assert!(
        again.all_text().contains("Đã tính thử 0/303"),
        "{}",
        again.all_text()
    );
    let third = Proposal::make(&story, &[("question", "s1"), ("what", "full")]).await;
    do_due(&story.site.app).await.unwrap();
    do_due(&story.site.app).await.unwrap();
    other.commit(&[]).await;
    let text = look(&third, "").await.all_text();
    assert!(text.contains("Cách chấm của bài này vừa được sửa"), "{text}");
}

/// A quiz that had few attempts when the correction was proposed, and has many now.
#[tokio::test]
async fn a_dry_run_that_grew_is_begun_by_a_button() {
    let story = crowd().await;
    let proposal = Proposal::of_key(&story).await;
    story.site.database.execute("DELETE FROM regrade_trials").await;
    let page = look(&proposal, "").await;
    assert!(
        page.all_text().contains("nay đã có 303 lượt"),
        "{}",
        page.all_text()
    );
    assert_eq!(page.count("form[action$=\"/commit\"]"), 0);
    let begun = proposal.press("preview", &[]).await;
    assert!(
        begun.all_text().contains("Đã tính thử 0/303"),
        "{}",
        begun.all_text()
    );
}

/// A piece that a killed process has kept is not counted again.
#[tokio::test]
async fn a_killed_dry_run_goes_on() {
    let story = crowd().await;
    let proposal = Proposal::of_key(&story).await;
    let now = story.site.clock.now().naive_utc();
    let until = now + chrono::Duration::minutes(5);
    let db = story.site.database.open().await;
    let kind = storage::jobs::REGRADE_TRIAL;
    let taken = db
        .write(move |c| storage::jobs::claim(c, kind, 1, "dead", now, until))
        .await;
    assert_eq!(taken.unwrap().len(), 1);
    do_due(&story.site.app).await.unwrap();
    let text = look(&proposal, "").await.all_text();
    assert!(text.contains("Đã tính thử 0/303"), "the lease holds: {text}");
    story.site.clock.advance(chrono::Duration::minutes(6));
    do_due(&story.site.app).await.unwrap();
    let text = look(&proposal, "").await.all_text();
    assert!(text.contains("Tăng điểm 202"), "{text}");
    assert_eq!(story.site.count("regrade_moves").await, 303);
}
