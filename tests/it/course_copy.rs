//! Copies: a duplicated activity, and a copied or restored course. Whoever teaches is asked once; students never wait.

use chrono::Duration;
use practice_platform::{
    ActivityConfig, ActivityLineItem, COURSE, CourseRole, INSTRUCTOR, OUTSIDER, SECOND_COURSE, STUDENTS,
};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use crate::authoring::{press, published};

const HISTORY: (&str, &str) = ("taynghe_context_history", "$Context.id.history");

struct Story {
    site: TestSite,
    connected: Connected,
    safety: String,
    milling: String,
}

struct Desk {
    browser: Browser,
    page: Answer,
}

impl Story {
    async fn begin() -> Self {
        let (site, connected) = TestSite::connected().await;
        let safety = published(&site, None, "An toàn máy CNC").await;
        let milling = published(&site, None, "Dao phay").await;
        Self {
            site,
            connected,
            safety,
            milling,
        }
    }

    fn activity(&self, course: i64, title: &str, custom: &[(&str, &str)]) -> i64 {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.site.platform.add_activity(
            course,
            ActivityConfig {
                title: title.to_owned(),
                url: format!("{}/", self.site.url),
                custom: custom.iter().map(owned).collect(),
                line_item: Some(ActivityLineItem {
                    score_maximum: 10.0,
                    ..ActivityLineItem::default()
                }),
                tool: self.connected.tool,
                ..ActivityConfig::default()
            },
        )
    }

    fn quiz(&self, course: i64, title: &str, assessment: &str) -> i64 {
        self.activity(course, title, &[("taynghe_assessment", assessment), HISTORY])
    }

    async fn open(&self, user: i64, activity: i64) -> Desk {
        let browser = self.site.browser();
        let initiation = self.site.platform.launch_initiation(user, activity).unwrap();
        let page = browser.launch(&initiation).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Desk { browser, page }
    }

    /// The placements of the platform's course: assessment, state, and whether a link is known.
    async fn placements(&self, course: i64) -> Vec<String> {
        let query = format!(
            "SELECT p.assessment_id || ' ' || p.copy_state || CASE WHEN p.resource_link_id IS NULL THEN ' waits' ELSE '' END
             FROM placements p JOIN contexts c ON c.id = p.context_id WHERE c.platform_id = '{course}'"
        );
        let mut found = self.site.database.texts(&query).await;
        for line in &mut found {
            *line = line
                .replace(&self.safety, "safety")
                .replace(&self.milling, "milling");
        }
        found.sort();
        found
    }
}

impl Desk {
    fn path(&self, rest: &str) -> String {
        format!("/s/{}/{rest}", self.page.session_id())
    }

    async fn answer(&self, word: &str) -> Answer {
        let csrf = self.page.csrf();
        self.browser
            .post(&self.path("copy"), &[("csrf", &csrf), ("do", word)])
            .await
    }

    async fn begin_attempt(&self) -> Answer {
        let csrf = self.page.csrf();
        let attempt = self
            .browser
            .post(&self.path("attempts"), &[("csrf", &csrf)])
            .await;
        assert!(
            attempt.url.path().contains("/attempts/"),
            "{}",
            attempt.all_text()
        );
        attempt
    }

    fn is_asked(&self) -> bool {
        self.page.url.path().ends_with("/copy")
    }
}

#[tokio::test]
async fn a_duplicated_activity_says_so_and_gets_a_quiz_of_its_own() {
    let story = Story::begin().await;
    let original = story.quiz(COURSE, "Kiểm tra chương 1", &story.safety);
    assert!(
        !story.open(INSTRUCTOR, original).await.is_asked(),
        "the original is no copy"
    );
    story.open(STUDENTS[0], original).await.begin_attempt().await;

    let copy = story.site.platform.duplicate_activity(original).unwrap();
    let student = story.open(STUDENTS[0], copy).await;
    assert!(!student.is_asked());
    assert_eq!(
        student.page.count("a[href*='/attempts/']"),
        0,
        "{}",
        student.page.body
    );
    let teacher = story.open(INSTRUCTOR, copy).await;
    assert!(teacher.is_asked(), "{}", teacher.page.url);
    let text = teacher.page.all_text();
    assert!(
        text.contains("Kiểm tra chương 1") && text.contains("An toàn máy CNC"),
        "{text}"
    );
    assert_eq!(story.placements(COURSE).await, ["safety ", "safety duplicate"]);

    let answered = teacher.answer("independent").await;
    assert!(
        answered.url.path().ends_with("/gradebook"),
        "{} {}",
        answered.url,
        answered.all_text()
    );
    let after = story.placements(COURSE).await;
    assert!(
        after.contains(&"safety ".to_owned()),
        "the original stays: {after:?}"
    );
    assert!(
        after
            .iter()
            .any(|one| one.ends_with(" independent") && !one.starts_with("safety")),
        "{after:?}"
    );
    // The parameter still names the first quiz; it is not followed again.
    assert!(!story.open(INSTRUCTOR, copy).await.is_asked());
    assert_eq!(story.placements(COURSE).await, after);
    // A teacher who changes it means it.
    story
        .site
        .platform
        .set_custom(copy, &[("taynghe_assessment", &story.milling)]);
    story.open(STUDENTS[1], copy).await;
    assert!(
        story
            .placements(COURSE)
            .await
            .iter()
            .any(|one| one.starts_with("milling"))
    );
    assert_eq!(
        teacher.answer("same").await.code().as_deref(),
        Some("WEB-CONFLICT")
    );
}

#[tokio::test]
async fn a_duplicate_keeps_the_quiz_or_waits_for_another() {
    let story = Story::begin().await;
    let original = story.quiz(COURSE, "Kiểm tra chương 1", &story.safety);
    story.open(INSTRUCTOR, original).await;
    let kept = story.site.platform.duplicate_activity(original).unwrap();
    let teacher = story.open(INSTRUCTOR, kept).await;
    assert!(teacher.answer("same").await.url.path().ends_with("/gradebook"));
    assert!(!story.open(INSTRUCTOR, kept).await.is_asked());

    let other = story.site.platform.duplicate_activity(original).unwrap();
    let teacher = story.open(INSTRUCTOR, other).await;
    assert!(teacher.answer("another").await.url.path().ends_with("/picker"));
    assert_eq!(story.placements(COURSE).await, ["safety ", "safety same"]);
    assert!(
        story
            .open(INSTRUCTOR, other)
            .await
            .page
            .url
            .path()
            .ends_with("/picker")
    );

    let begun = story.site.platform.duplicate_activity(original).unwrap();
    story.open(STUDENTS[0], begun).await.begin_attempt().await;
    let teacher = story.open(INSTRUCTOR, begun).await;
    assert!(teacher.is_asked());
    assert_eq!(teacher.page.count("button[value=independent]"), 0);
    for word in ["independent", "another"] {
        assert_eq!(
            teacher.answer(word).await.code().as_deref(),
            Some("WEB-CONFLICT"),
            "{word}"
        );
    }
}

#[tokio::test]
async fn a_copied_course_takes_its_activities_over_in_one_click() {
    let story = Story::begin().await;
    let first = story.quiz(COURSE, "Chương 1", &story.safety);
    let second = story.quiz(COURSE, "Chương 4", &story.milling);
    // Placed by hand: no parameter names its quiz.
    let third = story.activity(COURSE, "Ôn tập", &[HISTORY]);
    for activity in [first, second] {
        story.open(INSTRUCTOR, activity).await;
        story.open(STUDENTS[0], activity).await.begin_attempt().await;
    }
    let teacher = story.open(INSTRUCTOR, third).await;
    let maximum = format!("maximum.{}", story.safety);
    let pick = [("pick", story.safety.as_str()), (maximum.as_str(), "10")];
    let chosen = press(&teacher.browser, &teacher.page, "q", "pick", &pick).await;
    assert!(chosen.url.path().ends_with("/gradebook"), "{}", chosen.all_text());

    let (copy, activities) = story.site.platform.copy_course(COURSE).unwrap();
    let student = story.open(STUDENTS[0], activities[&first]).await;
    assert!(!student.is_asked(), "students are not asked");
    assert_eq!(
        story.placements(copy).await,
        ["safety "],
        "and get the activity right away"
    );

    let teacher = story.open(INSTRUCTOR, activities[&second]).await;
    assert!(teacher.is_asked(), "{}", teacher.page.url);
    assert_eq!(teacher.page.count("li.entry"), 3, "{}", teacher.page.body);
    let text = teacher.page.all_text();
    assert!(text.contains("Vận hành máy phay CNC cơ bản"), "{text}");
    assert!(
        !text.contains("Nguyễn"),
        "nobody of the course before is named: {text}"
    );

    let taken = teacher.answer("reuse").await;
    assert!(taken.url.path().ends_with("/copy"), "{}", taken.all_text());
    assert_eq!(taken.count("li.entry"), 3);
    let rebound = ["milling adopted", "safety adopted", "safety rebound waits"];
    assert_eq!(story.placements(copy).await, rebound);
    assert_eq!(
        teacher.answer("reuse").await.code().as_deref(),
        Some("WEB-CONFLICT")
    );

    let gradebook = teacher.browser.get(&teacher.path("gradebook")).await;
    let way_back = format!("a[href='{}']", teacher.path("copy"));
    assert_eq!(gradebook.count(&way_back), 1, "{}", gradebook.body);
    let undone = teacher.answer("undo").await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.all_text());
    assert_eq!(story.placements(copy).await, ["milling ", "safety "]);
    teacher.answer("reuse").await;
    assert_eq!(story.placements(copy).await, rebound);

    // The one without a parameter is known by its name.
    let student = story.open(STUDENTS[1], activities[&third]).await;
    assert_eq!(student.page.count("a[href*='/attempts/']"), 0, "fresh attempts");
    student.begin_attempt().await;
    assert_eq!(
        story.placements(copy).await,
        ["milling adopted", "safety adopted", "safety rebound"]
    );
    assert_eq!(
        teacher.answer("undo").await.code().as_deref(),
        Some("WEB-CONFLICT")
    );
    let gradebook = teacher.browser.get(&teacher.path("gradebook")).await;
    assert_eq!(
        (gradebook.status, gradebook.count(&way_back)),
        (StatusCode::OK, 0)
    );
    let urls = "SELECT count(DISTINCT g.context_id || g.line_item_url) || '' FROM grade_columns g
        WHERE g.line_item_url IS NOT NULL";
    assert_eq!(
        story.site.database.texts(urls).await,
        ["6"],
        "each course has columns of its own"
    );
    let shared = "SELECT g.line_item_url FROM grade_columns g WHERE g.line_item_url IS NOT NULL
        GROUP BY g.line_item_url HAVING count(*) > 1";
    assert!(
        story.site.database.texts(shared).await.is_empty(),
        "never the other course's"
    );
}

#[tokio::test]
async fn what_was_deleted_before_is_not_taken_over() {
    let story = Story::begin().await;
    let kept = story.quiz(COURSE, "Chương 1", &story.safety);
    let deleted = story.quiz(COURSE, "Chương 4", &story.milling);
    story.open(INSTRUCTOR, kept).await;
    let student = story.open(STUDENTS[0], deleted).await;
    let attempt = student.begin_attempt().await;
    let submit = format!("{}/submit", attempt.url.path());
    student
        .browser
        .post(&submit, &[("csrf", &student.page.csrf())])
        .await;
    let app = &story.site.app;
    app::grade::deliver_due(app).await.expect("the database works");
    assert!(story.site.platform.delete_activity(deleted));
    story.site.clock.advance(Duration::hours(36));
    app::job::do_due(app).await.expect("the database works");

    let (_, activities) = story.site.platform.copy_course(COURSE).expect("the course");
    assert!(
        !activities.contains_key(&deleted),
        "the platform does not copy it"
    );
    let teacher = story.open(INSTRUCTOR, activities[&kept]).await;
    assert!(teacher.is_asked(), "{}", teacher.page.url);
    assert_eq!(teacher.page.count("li.entry"), 1, "{}", teacher.page.all_text());
}

#[tokio::test]
async fn an_activity_that_students_have_begun_keeps_what_was_taken_over() {
    let story = Story::begin().await;
    let first = story.quiz(COURSE, "Chương 1", &story.safety);
    story.open(INSTRUCTOR, first).await;
    let (copy, activities) = story.site.platform.copy_course(COURSE).unwrap();
    let student = story.open(STUDENTS[0], activities[&first]).await;
    let teacher = story.open(INSTRUCTOR, activities[&first]).await;
    teacher.answer("reuse").await;
    let own = story.quiz(copy, "Của khóa này", &story.milling);
    for (activity, links) in [(activities[&first], 1), (own, 0)] {
        let desk = story.open(INSTRUCTOR, activity).await;
        let found = desk.page.count("a[href$='/copy']");
        assert_eq!(found, links, "{}", desk.page.all_text());
    }
    student.begin_attempt().await;
    let undone = teacher.answer("undo").await;
    assert_eq!(
        undone.code().as_deref(),
        Some("WEB-CONFLICT"),
        "{}",
        undone.all_text()
    );
    assert_eq!(story.placements(copy).await, ["milling ", "safety adopted"]);
}

#[tokio::test]
async fn whoever_chooses_anew_is_asked_for_each_activity() {
    let story = Story::begin().await;
    let first = story.quiz(COURSE, "Chương 1", &story.safety);
    let second = story.quiz(COURSE, "Chương 4", &story.milling);
    for activity in [first, second] {
        story.open(INSTRUCTOR, activity).await;
    }
    let (copy, activities) = story.site.platform.copy_course(COURSE).unwrap();
    let teacher = story.open(INSTRUCTOR, activities[&first]).await;
    let asked = teacher.answer("anew").await;
    assert!(asked.url.path().ends_with("/copy"), "{}", asked.url);
    assert_eq!(asked.count("button[value=another]"), 1, "{}", asked.body);
    assert!(teacher.answer("another").await.url.path().ends_with("/picker"));
    let student = story.open(STUDENTS[0], activities[&second]).await;
    student.begin_attempt().await;
    assert_eq!(story.placements(copy).await, ["milling offered"]);
    let teacher = story.open(INSTRUCTOR, activities[&second]).await;
    assert!(teacher.is_asked());
    assert!(teacher.answer("same").await.url.path().ends_with("/gradebook"));
}

#[tokio::test]
async fn a_history_that_a_teacher_edited_opens_nothing() {
    let story = Story::begin().await;
    let first = story.quiz(COURSE, "Chương 1", &story.safety);
    story.open(INSTRUCTOR, first).await;
    story.open(STUDENTS[0], first).await.begin_attempt().await;
    story
        .site
        .platform
        .enrol(SECOND_COURSE, OUTSIDER, Some(CourseRole::Instructor));

    let edited = [("taynghe_context_history", "999,\u{1},2,$Context.id.history")];
    let thief = story.activity(SECOND_COURSE, "Bài của tôi", &edited);
    let desk = story.open(OUTSIDER, thief).await;
    assert!(desk.is_asked());
    let text = desk.page.all_text();
    assert!(
        !text.contains("phay CNC cơ bản"),
        "no title of a course of others: {text}"
    );
    let taken = desk.answer("reuse").await;
    assert!(!taken.all_text().contains("phay CNC cơ bản"));
    assert_eq!(story.placements(SECOND_COURSE).await, ["safety rebound waits"]);
    let books = story.open(OUTSIDER, thief).await;
    let text = books.browser.get(&books.path("gradebook")).await.all_text();
    assert!(!text.contains("Nguyễn"), "nobody's attempts: {text}");
    assert_eq!(
        story.placements(COURSE).await,
        ["safety "],
        "the other course is as it was"
    );
}

#[tokio::test]
async fn a_history_never_leads_into_another_organisation() {
    let story = Story::begin().await;
    let first = story.quiz(COURSE, "Chương 1", &story.safety);
    story.open(INSTRUCTOR, first).await;
    let other = story.site.connect(Some("Trường khác")).await;
    // Another organisation, and another registration of the same one.
    let third = story.site.connect(None).await;
    for tool in [other.tool, third.tool] {
        let custom = [("taynghe_context_history".to_owned(), "2".to_owned())];
        let activity = story.site.platform.add_activity(
            SECOND_COURSE,
            ActivityConfig {
                title: "Chương 1".to_owned(),
                url: format!("{}/", story.site.url),
                custom: custom.to_vec(),
                tool,
                ..ActivityConfig::default()
            },
        );
        let desk = story.open(INSTRUCTOR, activity).await;
        assert!(desk.page.url.path().ends_with("/picker"), "{}", desk.page.url);
        assert_eq!(desk.answer("reuse").await.code().as_deref(), Some("WEB-CONFLICT"));
    }
    assert!(story.placements(SECOND_COURSE).await.is_empty());
    // Neither does a quiz.
    let custom = [("taynghe_assessment", story.safety.as_str())];
    let activity = story.activity(SECOND_COURSE, "Chương 1", &custom);
    story.site.platform.set_activity_tool(activity, other.tool);
    let initiation = story
        .site
        .platform
        .launch_initiation(INSTRUCTOR, activity)
        .unwrap();
    let refused = story.site.browser().launch(&initiation).await;
    assert_eq!(refused.code().as_deref(), Some("LTI-TEN-RESOURCE"));
}
