//! An instructor corrects marks: who moves is shown before anything changes,
//! and what is applied reaches the platform's gradebook.

mod keys;
mod pictures;
mod trial;

use app::job::do_due;
use chrono::Duration;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::Answer;

use crate::{
    authoring,
    grade::{Desk, Story},
};

/// How many attempts are marked with the commit itself.
const FIRST_PIECE: usize = 50;

/// The instructor at the page of a proposed correction.
struct Proposal {
    desk: Desk,
    page: Answer,
}

impl Proposal {
    async fn make(story: &Story, fields: &[(&str, &str)]) -> Self {
        let desk = story.sit_down(INSTRUCTOR).await;
        let page = desk.press("regrade", fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Self { desk, page }
    }

    /// The only other option of the question is right.
    async fn of_key(story: &Story) -> Self {
        Self::make(story, &[("question", "s2"), ("only", "o2")]).await
    }

    fn id(&self) -> String {
        self.page
            .url
            .path_segments()
            .unwrap()
            .next_back()
            .unwrap()
            .to_owned()
    }

    async fn press(&self, what: &str, fields: &[(&str, &str)]) -> Answer {
        self.desk
            .press(&format!("regrade/{}/{what}", self.id()), fields)
            .await
    }

    async fn commit(&self, fields: &[(&str, &str)]) -> Answer {
        let page = self.press("commit", fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        page
    }
}

/// 10, 5 and 0 of 10, delivered.
async fn class() -> Story {
    let story = Story::begin().await;
    for (student, right) in STUDENTS.into_iter().zip([2, 1, 0]) {
        story.hand_in(student, right).await;
    }
    story.deliver().await;
    story
}

fn grades(story: &Story) -> Vec<Option<f64>> {
    STUDENTS
        .iter()
        .take(3)
        .map(|user| story.grade(*user).grade)
        .collect()
}

#[tokio::test]
async fn a_wrong_key_is_corrected_in_three_page_loads() {
    let story = class().await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let gradebook = desk.gradebook().await;
    let link = format!("{}/regrade", desk.prefix());
    assert_eq!(gradebook.count(&format!("a[href=\"{link}\"]")), 1);

    // From the gradebook: the questions (a click), the question unfolds (a click), …
    let questions = desk.browser.get(&link).await;
    let text = questions.text("#q-s2").unwrap();
    assert!(
        text.contains("Đã chọn: 1 (33 %)") && text.contains("Đã chọn: 2 (67 %)"),
        "{text}"
    );
    // … "only this one" (a click), …
    let before = story.site.database.contents().await;
    let dry_run = desk.press("regrade", &[("question", "s2"), ("only", "o2")]).await;
    let text = dry_run.all_text();
    assert!(text.contains("Câu 2: sửa đáp án đúng"), "{text}");
    assert!(text.contains("Tăng điểm 2 Giảm điểm 1 Giữ nguyên 0"), "{text}");
    assert_eq!(dry_run.count(".regrade-moved tbody tr"), 3);
    let row = dry_run.text(".regrade-moved tbody tr").unwrap();
    assert!(row.contains("10/10") || row.contains("5/10"), "{row}");
    assert_eq!(dry_run.count(".regrade-chart svg[role=img]"), 1);
    let after = story.site.database.contents().await;
    let added: Vec<&String> = after.difference(&before).collect();
    assert!(
        added.len() == 1 && added[0].starts_with("regrades:"),
        "a dry run stores nothing but the proposal: {added:?}"
    );

    // … and apply (a click).
    let proposal = Proposal { desk, page: dry_run };
    let done = proposal.commit(&[("reason", "In nhầm đáp án")]).await.all_text();
    assert!(done.contains("3 lượt làm bài đã đổi điểm"), "{done}");
    assert!(done.contains("3 điểm đang được gửi tới Moodle"), "{done}");
    assert!(done.contains("In nhầm đáp án"), "{done}");
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(5.0), Some(10.0), Some(5.0)]);
    story.assert_well_formed();

    let audit = "SELECT detail FROM audit_records WHERE action = 'assessment.regrade'";
    let audit = story.site.database.texts(audit).await;
    assert!(
        audit.len() == 1 && audit[0].contains("In nhầm đáp án"),
        "{audit:?}"
    );
    // Applying it twice changes nothing.
    proposal.commit(&[]).await;
    assert_eq!(story.site.count("marking_policies").await, 2);
}

#[tokio::test]
async fn a_student_sees_the_corrected_key() {
    let story = class().await;
    Proposal::of_key(&story).await.commit(&[]).await;
    let student = story.sit_down(STUDENTS[1]).await;
    let front = student.front().await;
    let path = front.attributes("main a[href*=\"/attempts/\"]", "href").remove(0);
    let review = student.browser.get(&path).await.all_text();
    assert!(review.contains("10/10"), "{review}");
    let forbidden = student
        .browser
        .get(&format!("{}/regrade", student.prefix()))
        .await;
    assert_eq!(forbidden.code().as_deref(), Some("WEB-FORBIDDEN"));
}

#[tokio::test]
async fn raise_only_takes_nothing_away() {
    let story = class().await;
    let proposal = Proposal::of_key(&story).await;
    let looked = proposal
        .press("preview", &[("raise_only", "on"), ("reason", "r")])
        .await;
    let text = looked.all_text();
    assert!(text.contains("Tăng điểm 2 Giảm điểm 0 Giữ nguyên 1"), "{text}");
    proposal.commit(&[("raise_only", "on")]).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(10.0), Some(10.0), Some(5.0)]);

    // The next correction is what it says, and what was protected stays.
    let dropped = Proposal::make(&story, &[("question", "s1"), ("what", "drop")]).await;
    dropped.commit(&[]).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(10.0), Some(10.0), Some(10.0)]);
}

#[tokio::test]
async fn each_way_of_correcting() {
    let story = class().await;
    for (fields, expected) in [
        (vec![("what", "full")], [Some(10.0), Some(10.0), Some(5.0)]),
        (vec![("what", "drop")], [Some(10.0), Some(10.0), Some(0.0)]),
        (
            vec![("what", "points"), ("points", "3")],
            [Some(10.0), Some(2.5), Some(0.0)],
        ),
        (vec![("what", "answered")], [Some(10.0), Some(10.0), Some(7.5)]),
        (
            vec![("what", "key"), ("right/o1", "on"), ("right/o2", "on")],
            [Some(10.0), Some(10.0), Some(7.5)],
        ),
        (vec![("what", "authored")], [Some(10.0), Some(5.0), Some(0.0)]),
    ] {
        let fields: Vec<_> = [("question", "s2")].into_iter().chain(fields).collect();
        Proposal::make(&story, &fields).await.commit(&[]).await;
        story.deliver_after(Duration::minutes(1)).await;
        assert_eq!(grades(&story), expected, "{fields:?}");
    }
}

#[tokio::test]
async fn a_teachers_own_grade_stays() {
    let story = class().await;
    story
        .site
        .platform
        .set_override(STUDENTS[1], story.column(), Some(9.0));
    Proposal::of_key(&story).await.commit(&[]).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(5.0), Some(9.0), Some(5.0)]);
}

#[tokio::test]
async fn an_attempt_under_way_is_marked_when_it_ends() {
    let story = class().await;
    let student = story.sit_down(STUDENTS[3]).await;
    let csrf = student.page.csrf();
    let begun = format!("{}/attempts", student.prefix());
    let attempt = student.browser.post(&begun, &[("csrf", csrf.as_str())]).await;
    let proposal = Proposal::of_key(&story).await;
    assert!(
        proposal.page.all_text().contains("Đang làm bài 1"),
        "{}",
        proposal.page.all_text()
    );
    proposal.commit(&[]).await;
    let answers = format!("{}/answers", attempt.url.path());
    let fields = [
        ("csrf", csrf.as_str()),
        ("was/s2", ""),
        ("answer/s2", "o2"),
        ("was-flag/s2", ""),
        ("then", "submit"),
    ];
    student.browser.post(&answers, &fields).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(story.grade(STUDENTS[3]).grade, Some(5.0));
}

#[tokio::test]
async fn the_second_of_two_sees_what_changed() {
    let story = class().await;
    let one = Proposal::of_key(&story).await;
    let other = Proposal::make(&story, &[("question", "s1"), ("what", "drop")]).await;
    one.commit(&[("reason", "In nhầm")]).await;
    let refused = other.press("commit", &[("reason", "Câu sai")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        refused.code().as_deref(),
        Some("WEB-REGRADE"),
        "{}",
        refused.all_text()
    );
    let text = refused.all_text();
    assert!(
        text.contains("Câu 2: sửa đáp án đúng") && text.contains("In nhầm"),
        "{text}"
    );
    assert_eq!(
        refused.count("form[action$=\"/commit\"]"),
        0,
        "it has to be looked at again"
    );
    assert_eq!(story.site.count("marking_policies").await, 2);

    let again = other.press("preview", &[("reason", "Câu sai")]).await;
    assert_eq!(
        again.count("form[action$=\"/commit\"]"),
        1,
        "{}",
        again.all_text()
    );
    other.commit(&[("reason", "Câu sai")]).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(0.0), Some(10.0), Some(10.0)]);
    let first = one
        .desk
        .browser
        .get(&format!("{}/regrade/{}", one.desk.prefix(), one.id()))
        .await;
    assert!(
        first.all_text().contains("Sau đó cách chấm lại được sửa tiếp"),
        "{}",
        first.all_text()
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let story = class().await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let wrong: [&[(&str, &str)]; 6] = [
        &[("question", "s9"), ("what", "drop")],
        &[("question", "s1"), ("what", "key")],
        &[("question", "s1"), ("what", "key"), ("right/o9", "on")],
        &[("question", "s1"), ("what", "points"), ("points", "0")],
        &[("question", "s1"), ("what", "points"), ("points", "-1")],
        &[("question", "s1"), ("what", "points"), ("points", "1e9")],
    ];
    for fields in wrong {
        let page = desk.press("regrade", fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert_eq!(page.code().as_deref(), Some("WEB-CORRECTION"), "{fields:?}");
    }
    let nothing = desk
        .press("regrade", &[("question", "s1"), ("what", "burn")])
        .await;
    assert_eq!(nothing.code().as_deref(), Some("WEB-FORM"));
    assert_eq!(story.site.count("regrades").await, 0);
    // One question has to be left.
    let dropped = Proposal::make(&story, &[("question", "s1"), ("what", "drop")]).await;
    dropped.commit(&[]).await;
    let last = desk
        .press("regrade", &[("question", "s2"), ("what", "drop")])
        .await;
    assert_eq!(last.code().as_deref(), Some("WEB-CORRECTION"));
}

#[tokio::test]
async fn a_killed_job_goes_on() {
    let story = Story::begin().await;
    let attempts = FIRST_PIECE + 5;
    let student = story.sit_down(STUDENTS[0]).await;
    for number in 0..attempts {
        student.hand_in(number % 2).await;
    }
    let proposal = Proposal::of_key(&story).await;
    let page = proposal.commit(&[]).await;
    let text = page.all_text();
    assert!(text.contains("Đã chấm lại 50/55 lượt làm bài"), "{text}");
    assert_eq!(page.attributes("progress", "value"), ["50"]);

    // A process takes the job and dies.
    let now = story.site.clock.now().naive_utc();
    let until = now + Duration::minutes(5);
    let db = story.site.database.open().await;
    let taken = db
        .write(move |c| storage::jobs::claim(c, storage::jobs::REGRADE, 1, "dead", now, until))
        .await;
    assert_eq!(taken.unwrap().len(), 1);
    let second = story.site.second_process().await;
    let path = format!("{}/regrade/{}", proposal.desk.prefix(), proposal.id());
    do_due(&second).await.unwrap();
    let text = proposal.desk.browser.get(&path).await.all_text();
    assert!(text.contains("50/55"), "the lease holds: {text}");
    story.site.clock.advance(Duration::minutes(6));
    do_due(&second).await.unwrap();
    let text = proposal.desk.browser.get(&path).await.all_text();
    assert!(text.contains("55 lượt làm bài đã đổi điểm"), "{text}");

    // It is looked through once more, finds nothing, and is gone.
    story.site.clock.advance(Duration::minutes(2));
    do_due(&second).await.unwrap();
    let jobs = "SELECT kind FROM jobs WHERE kind = 'regrade'";
    assert!(story.site.database.texts(jobs).await.is_empty());
    let replayed =
        "SELECT DISTINCT m.content FROM outcomes o JOIN marking_policies m ON m.id = o.marking_policy_id
        WHERE m.number = 2";
    assert_eq!(story.site.database.texts(replayed).await.len(), 1);
}

/// A mark that was written by a policy of before while another was committed.
#[tokio::test]
async fn a_mark_that_both_missed_is_found_later() {
    let story = class().await;
    Proposal::of_key(&story).await.commit(&[]).await;
    let outcomes = "DELETE FROM outcomes WHERE marking_policy_id IN
        (SELECT id FROM marking_policies WHERE number = 2)";
    story.site.database.execute(outcomes).await;
    story.site.clock.advance(Duration::minutes(2));
    do_due(&story.site.app).await.unwrap();
    assert_eq!(story.site.count("outcomes").await, 6);
}

/// An attempt pins the version that it was begun with; a question may have been reworded since.
#[tokio::test]
async fn all_versions_of_a_question_are_corrected() {
    let story = class().await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let gradebook = desk.gradebook().await;
    let edit = gradebook.attributes("a[href$=\"/edit\"]", "href").remove(0);
    let editor = desk.browser.get(&edit).await;
    let reworded = [("q2_stem", "Khi thấy khói thì làm gì?")];
    let page = authoring::press(&desk.browser, &editor, "title", "publish", &reworded).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(story.site.count("assessment_versions").await, 2);
    story.hand_in(STUDENTS[3], 0).await;
    story.deliver_after(Duration::minutes(1)).await;
    let done = Proposal::of_key(&story).await.commit(&[]).await.all_text();
    assert!(done.contains("4 lượt làm bài đã đổi điểm"), "{done}");
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(story.grade(STUDENTS[3]).grade, Some(5.0));
    assert_eq!(grades(&story), [Some(5.0), Some(10.0), Some(5.0)]);
}

/// A short text of which the author forgot a right word.
#[tokio::test]
async fn a_key_that_is_typed_is_corrected_in_its_lines() {
    let text = |words: &str| serde_json::json!({"default_language": "vi", "versions": {"vi": words}});
    let draft = serde_json::json!({"title": text("Đo lường"), "slots": [{"id": "s1", "points": 1,
        "item": {"type": "short_text", "stem": text("Đo bằng gì?"), "answers": [{"text": "thước cặp"}]}}]});
    let story = Story::begin_of(serde_json::from_value(draft).expect("a draft")).await;
    for (student, words) in STUDENTS.into_iter().zip(["thước cặp", "pan me", "mắt"]) {
        let desk = story.sit_down(student).await;
        let attempt = desk.press("attempts", &[]).await;
        let csrf = desk.page.csrf();
        let fields = [
            ("csrf", csrf.as_str()),
            ("was/s1", ""),
            ("answer/s1", words),
            ("then", "submit"),
        ];
        let address = format!("{}/answers", attempt.url.path());
        desk.browser.post(&address, &fields).await;
    }
    story.deliver().await;
    assert_eq!(grades(&story), [Some(10.0), Some(0.0), Some(0.0)]);
    let desk = story.sit_down(INSTRUCTOR).await;
    let questions = desk.browser.get(&format!("{}/regrade", desk.prefix())).await;
    assert_eq!(
        questions.text("textarea[name='key/answers']").as_deref(),
        Some("thước cặp")
    );
    let wrong = [("question", "s1"), ("what", "typed"), ("key/answers", "")];
    let refused = desk.press("regrade", &wrong).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-CORRECTION"));
    let right = [
        ("question", "s1"),
        ("what", "typed"),
        ("key/answers", "thước cặp\r\npan me | 50 %"),
    ];
    let proposal = Proposal::make(&story, &right).await;
    let text = proposal.page.all_text();
    assert!(
        text.contains("pan me | 50 %") && text.contains("Tăng điểm 1 Giảm điểm 0"),
        "{text}"
    );
    proposal.commit(&[]).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(grades(&story), [Some(10.0), Some(5.0), Some(0.0)]);
}
