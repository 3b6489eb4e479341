//! A course that was launched from the platform: what its student does is recorded, and the
//! score arrives in the platform's gradebook.

use app::grade::deliver_due;
use interchange::folder::Files;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use super::{UNIT, files, files_with, take_in};
use crate::grade;

pub(super) const KEY: &str = "an-toan-xuong";

/// The course in the platform's course, and one activity that opens it.
pub(super) struct Story {
    pub(super) site: TestSite,
    pub(super) connected: Connected,
    pub(super) course_id: String,
}

/// A person at an activity.
pub(super) struct Desk {
    pub(super) browser: Browser,
    pub(super) page: Answer,
    pub(super) activity: i64,
}

/// The course with a quiz of two questions at its end.
pub(super) fn with_quiz() -> Files {
    let mut files = files();
    let quiz = serde_json::to_vec(&grade::draft()).unwrap();
    files.insert("02-cuoi-khoa/thi.json".to_owned(), quiz);
    files
}

impl Story {
    pub(super) async fn begin() -> Self {
        Self::of(&with_quiz()).await
    }

    pub(super) async fn of(files: &Files) -> Self {
        let (site, connected) = TestSite::connected().await;
        let imported = take_in(&site, None, files, Some("Bản đầu")).await.unwrap();
        assert_eq!(imported.version, 1);
        let course_id = site.database.texts("SELECT id FROM courses").await.remove(0);
        Self {
            site,
            connected,
            course_id,
        }
    }

    /// Puts an activity of those custom parameters beside the course's id, and somebody opens it.
    pub(super) async fn launch(&self, user: i64, custom: &[(&str, &str)]) -> Desk {
        let mut all = vec![("taynghe_course", self.course_id.as_str())];
        all.extend(custom);
        let activity = self.site.add_activity(&self.connected, "An toàn xưởng", &all);
        self.open(user, activity).await
    }

    pub(super) async fn open(&self, user: i64, activity: i64) -> Desk {
        let browser = self.site.browser();
        let initiation = self.site.platform.launch_initiation(user, activity);
        let page = browser.launch(&initiation.expect("the activity")).await;
        Desk {
            browser,
            page,
            activity,
        }
    }

    /// What the platform's gradebook shows when everything was delivered.
    pub(super) async fn grade(&self, user: i64) -> Option<f64> {
        deliver_due(&self.site.app).await.unwrap();
        let problems = self.site.platform.problems();
        assert!(problems.is_empty(), "{problems:?}");
        let columns = self.site.platform.line_items();
        let grade = self.site.platform.grade(user, columns[0].id).grade;
        grade.map(|grade| (grade * 100.0).round() / 100.0)
    }
}

impl Desk {
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/s/{}/courses/{KEY}{rest}", self.page.session_id())
    }

    pub(super) async fn get(&self, rest: &str) -> Answer {
        self.browser.get(&self.path(rest)).await
    }

    pub(super) async fn post(&self, rest: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.page.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        self.browser.post(&self.path(rest), &all).await
    }

    async fn read(&self, step: &str) -> Answer {
        let page = self.post(&format!("/{step}"), &[("then", "read")]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        page
    }

    /// Opens the quiz and hands it in with that many right answers of two.
    async fn take_quiz(&self, right: usize) -> Answer {
        let front = self.post("/thi/quiz", &[]).await;
        assert_eq!(front.status, StatusCode::OK, "{}", front.all_text());
        grade::hand_in(&self.browser, &front, right).await
    }
}

#[tokio::test]
async fn what_a_student_does_arrives_as_a_grade() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    assert_eq!(
        student.page.url.path(),
        student.path(""),
        "the course's front page"
    );
    assert_eq!(student.page.text("h1").as_deref(), Some("An toàn xưởng"));
    assert_eq!(story.grade(STUDENTS[0]).await, None, "looking is no work");

    let lesson = student.get("/chia-van").await;
    assert_eq!(lesson.status, StatusCode::OK, "{}", lesson.all_text());
    let picture = lesson.attributes(".prose img", "src").remove(0);
    assert!(picture.starts_with(&student.path("/media/")), "{picture}");
    assert_eq!(student.browser.get(&picture).await.status, StatusCode::OK);
    assert_eq!(story.grade(STUDENTS[0]).await, None);

    let next = student.read("chia-van").await;
    assert_eq!(
        next.url.path(),
        student.path("/kinh"),
        "goes on with the next lesson"
    );
    assert_eq!(story.grade(STUDENTS[0]).await, Some(3.33));
    let quiz = student.read("kinh").await;
    assert_eq!(quiz.url.path(), student.path("/thi"));
    assert_eq!(story.grade(STUDENTS[0]).await, Some(6.67));
    assert_eq!(story.site.count("course_completions").await, 0);

    student.take_quiz(1).await;
    assert_eq!(
        story.grade(STUDENTS[0]).await,
        Some(10.0),
        "the share that is done, not the mark"
    );
    assert_eq!(story.site.count("course_completions").await, 1);
    let front = student.get("").await.all_text();
    assert!(front.contains("Bạn đã hoàn thành khóa học"), "{front}");
    assert!(front.contains("Đã học xong 3/3"), "{front}");
    assert!(front.contains("đã tới Moodle"), "{front}");

    // another device goes on where this one stopped
    let elsewhere = story.open(STUDENTS[0], student.activity).await;
    assert!(elsewhere.page.all_text().contains("Đã học xong 3/3"));
    let evidence = story
        .site
        .database
        .texts("SELECT evidence FROM course_completions")
        .await;
    for step in ["chia-van", "kinh", "thi"] {
        assert!(evidence[0].contains(step), "{evidence:?}");
    }
}

#[tokio::test]
async fn the_reader_goes_on_where_they_stopped() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let goes_on = |page: &Answer| page.attributes(".going a.button", "href").remove(0);
    assert_eq!(goes_on(&student.page), student.path("/chia-van"));
    student.get("/kinh").await;
    let elsewhere = story.open(STUDENTS[0], student.activity).await;
    assert_eq!(goes_on(&elsewhere.page), elsewhere.path("/kinh"));
    elsewhere.read("kinh").await;
    elsewhere.get("/kinh").await;
    let page = student.get("").await;
    assert_ne!(goes_on(&page), student.path("/kinh"), "that is done");
}

#[tokio::test]
async fn the_grade_is_what_the_instructor_chose() {
    let story = Story::begin().await;
    let check = async |custom: &[(&str, &str)], user: i64, right: usize, expected: Option<f64>| {
        let student = story.launch(user, custom).await;
        student.read("chia-van").await;
        student.take_quiz(right).await;
        deliver_due(&story.site.app).await.unwrap();
        let columns = story.site.platform.line_items();
        let column = columns.last().expect("each activity has one");
        let grade = story.site.platform.grade(user, column.id).grade;
        let grade = grade.map(|grade| (grade * 100.0).round() / 100.0);
        assert_eq!(grade, expected, "{custom:?}");
    };
    check(&[], STUDENTS[0], 1, Some(6.67)).await;
    check(&[("taynghe_score", "best-mark")], STUDENTS[1], 1, Some(5.0)).await;
    check(&[("taynghe_score", "both-50-50")], STUDENTS[2], 1, Some(5.83)).await;
    // a teacher's slip is no reason to refuse a student
    check(&[("taynghe_score", "half")], STUDENTS[3], 2, Some(6.67)).await;
}

#[tokio::test]
async fn a_better_attempt_raises_the_grade() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[("taynghe_score", "best-mark")]).await;
    student.take_quiz(1).await;
    assert_eq!(story.grade(STUDENTS[0]).await, Some(5.0));
    student.take_quiz(2).await;
    assert_eq!(story.grade(STUDENTS[0]).await, Some(10.0));
    student.take_quiz(0).await;
    assert_eq!(story.grade(STUDENTS[0]).await, Some(10.0), "the best one counts");
    let page = student.get("/thi").await.all_text();
    assert!(page.contains("100%"), "{page}");
    assert_eq!(
        story.site.count("course_placement_steps").await,
        1,
        "one placement of the quiz, however often it is opened"
    );
}

#[tokio::test]
async fn tries_count_where_the_lesson_asks_for_them() {
    let mut files = files();
    let lesson = super::LESSON.replace(
        "minutes = 5\n",
        "minutes = 5\ncompletion = { rule = \"passed\", percent = 60 }\n",
    );
    files.insert("01-may/chia-van.vi.md".to_owned(), lesson.into_bytes());
    let story = Story::of(&files).await;
    let student = story.launch(STUDENTS[0], &[("taynghe_part", "chia-van")]).await;
    let page = student
        .post(
            "/chia-van",
            &[
                ("answer/vi-tri", "b"),
                ("asked-in", "vi"),
                ("then", "check/vi-tri"),
            ],
        )
        .await;
    assert!(page.text("#checked-vi-tri").unwrap().contains("Nó sẽ văng ra."));
    assert_eq!(
        page.count("button[value='answer/vi-tri']"),
        0,
        "what is to be passed is not given away"
    );
    let shown = student
        .post(
            "/chia-van",
            &[
                ("answer/vi-tri", "b"),
                ("asked-in", "vi"),
                ("then", "answer/vi-tri"),
            ],
        )
        .await;
    let found = shown.text("#checked-vi-tri").unwrap_or_default();
    assert!(!found.contains("Trên giá"), "{found}");
    student
        .post(
            "/chia-van",
            &[
                ("answer/vi-tri", "a"),
                ("asked-in", "vi"),
                ("then", "check/vi-tri"),
            ],
        )
        .await;
    assert_eq!(story.grade(STUDENTS[0]).await, None, "half is not enough");
    let page = student
        .post(
            "/chia-van",
            &[
                ("answer/toc-do", "12,5"),
                ("asked-in", "vi"),
                ("then", "check/toc-do"),
            ],
        )
        .await;
    assert!(page.all_text().contains("Đã xong"), "{}", page.all_text());
    assert_eq!(story.grade(STUDENTS[0]).await, Some(10.0));
    // a worse try later takes nothing away
    student
        .post(
            "/chia-van",
            &[
                ("answer/toc-do", "99"),
                ("asked-in", "vi"),
                ("then", "check/toc-do"),
            ],
        )
        .await;
    assert_eq!(story.grade(STUDENTS[0]).await, Some(10.0));
}

#[tokio::test]
async fn an_instructor_looks_at_everything_and_leaves_no_trace() {
    let mut files = with_quiz();
    let course = super::COURSE.replace("units =", "order = \"in_sequence\"\nunits =");
    files.insert("course.toml".to_owned(), course.into_bytes());
    let story = Story::of(&files).await;
    let instructor = story.launch(INSTRUCTOR, &[]).await;
    assert!(instructor.page.all_text().contains("với tư cách giáo viên"));
    let page = instructor.get("/kinh").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = instructor
        .post(
            "/chia-van",
            &[("reflection/xuong-toi", "Trên giá."), ("then", "read")],
        )
        .await;
    assert_eq!(page.status, StatusCode::OK);
    for table in [
        "course_readers",
        "course_steps_done",
        "course_checks_done",
        "course_reflections",
    ] {
        assert_eq!(story.site.count(table).await, 0, "{table}");
    }
    let gradebook = instructor.post("/thi/quiz", &[]).await;
    assert!(gradebook.url.path().ends_with("/gradebook"), "{}", gradebook.url);
    let back = gradebook.attributes("header nav a", "href");
    assert!(back.contains(&instructor.path("/thi")), "{back:?}");
}

#[tokio::test]
async fn steps_open_in_their_order() {
    let mut files = with_quiz();
    let course = super::COURSE.replace("units =", "order = \"in_sequence\"\nunits =");
    files.insert("course.toml".to_owned(), course.into_bytes());
    let story = Story::of(&files).await;
    let student = story.launch(STUDENTS[0], &[]).await;
    for refused in [
        student.get("/kinh").await,
        student.post("/kinh", &[("then", "read")]).await,
        student.post("/thi/quiz", &[]).await,
    ] {
        assert_eq!(
            refused.code().as_deref(),
            Some("CRS-LOCKED"),
            "{}",
            refused.all_text()
        );
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    assert_eq!(student.page.count("li[data-locked]"), 2);
    student.read("chia-van").await;
    assert_eq!(student.get("/kinh").await.status, StatusCode::OK);
    assert_eq!(story.site.count("attempts").await, 0);
}

#[tokio::test]
async fn what_somebody_wrote_is_theirs_alone() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let page = student
        .post(
            "/chia-van",
            &[
                ("reflection/xuong-toi", "Trên giá bên trái."),
                ("then", "reflect/xuong-toi"),
            ],
        )
        .await;
    assert!(page.all_text().contains("Đã lưu."), "{}", page.all_text());
    let elsewhere = story.open(STUDENTS[0], student.activity).await;
    let lesson = elsewhere.get("/chia-van").await;
    assert_eq!(lesson.text("textarea").as_deref(), Some("Trên giá bên trái."));
    let other = story.open(STUDENTS[1], student.activity).await;
    assert_eq!(
        other.get("/chia-van").await.text("textarea").unwrap_or_default(),
        ""
    );
    // emptied, it is gone
    student
        .post(
            "/chia-van",
            &[("reflection/xuong-toi", ""), ("then", "reflect/xuong-toi")],
        )
        .await;
    assert_eq!(story.site.count("course_reflections").await, 0);
    // a field that the lesson does not have is nothing
    student
        .post("/chia-van", &[("reflection/khac", "…"), ("then", "reflect/khac")])
        .await;
    assert_eq!(story.site.count("course_reflections").await, 0);
}

#[tokio::test]
async fn an_old_page_takes_nothing_away_that_was_written_since() {
    let story = Story::begin().await;
    let laptop = story.launch(STUDENTS[0], &[]).await;
    let phone = story.open(STUDENTS[0], laptop.activity).await;
    let old = laptop.get("/chia-van").await;
    let was = old.attributes("input[name='was/xuong-toi']", "value");
    assert_eq!(was, [""]);
    let words = [("was/xuong-toi", ""), ("reflection/xuong-toi", "Trên giá.")];
    phone.post("/chia-van", &words).await;
    let untouched = [
        ("was/xuong-toi", ""),
        ("reflection/xuong-toi", ""),
        ("then", "read"),
    ];
    laptop.post("/chia-van", &untouched).await;
    let page = phone.get("/chia-van").await;
    assert_eq!(page.text("textarea").as_deref(), Some("Trên giá."));
}

#[tokio::test]
async fn a_quiz_that_counts_is_tried_nowhere_else() {
    let story = Story::begin().await;
    let guest = story.site.browser();
    let open = format!("/courses/{KEY}/thi?language=vi");
    assert!(
        guest.get(&open).await.count("fieldset.question") > 0,
        "it counts nowhere yet"
    );
    let student = story.launch(STUDENTS[0], &[]).await;
    student.take_quiz(1).await;
    let asks = [("answer/s1", "o2"), ("checked", "s1"), ("then", "answer/s1")];
    for page in [guest.get(&open).await, guest.post(&open, &asks).await] {
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.count("fieldset.question"), 0, "{}", page.all_text());
        assert!(page.all_text().contains("Bài kiểm tra này được tính điểm"));
    }
}

#[tokio::test]
async fn whoever_leaves_the_course_leaves_its_quizzes() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let quiz = student.post("/thi/quiz", &[]).await;
    assert_eq!(quiz.status, StatusCode::OK);
    let csrf = student.page.csrf();
    let leave = format!("/s/{}/not-me", student.page.session_id());
    student.browser.post(&leave, &[("csrf", csrf.as_str())]).await;
    let again = student.browser.get(quiz.url.path()).await;
    assert_eq!(again.code().as_deref(), Some("WEB-SESSION"));
}

#[tokio::test]
async fn another_course_of_the_same_keys_has_its_own_quiz() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.take_quiz(2).await;
    let mut files = with_quiz();
    let course = super::COURSE.replace(KEY, "khoa-khac");
    files.insert("course.toml".to_owned(), course.into_bytes());
    take_in(&story.site, None, &files, Some("")).await.unwrap();
    let other = "SELECT id FROM courses WHERE key = 'khoa-khac'";
    let other = story.site.database.texts(other).await.remove(0);
    let custom = [("taynghe_course", other.as_str())];
    story.site.platform.set_custom(student.activity, &custom);
    let again = story.open(STUDENTS[0], student.activity).await;
    let path = again.page.url.path().to_owned();
    assert!(path.ends_with("khoa-khac"), "{path}");
    let csrf = again.page.csrf();
    let quiz = again
        .browser
        .post(&format!("{path}/thi/quiz"), &[("csrf", csrf.as_str())])
        .await;
    assert_eq!(quiz.status, StatusCode::OK, "{}", quiz.all_text());
    assert_eq!(
        quiz.count("a[href*='/attempts/']"),
        0,
        "nobody has taken this one"
    );
    let quizzes = "SELECT DISTINCT assessment_id FROM placements";
    assert_eq!(story.site.database.texts(quizzes).await.len(), 2);
}

#[tokio::test]
async fn readers_stay_on_their_version_until_they_move() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.read("chia-van").await;
    let unit = UNIT.replace("\"kinh\"]", "\"gang\"]");
    let mut newer = files_with("01-may/unit.toml", &unit);
    newer.remove("01-may/kinh.vi.md");
    newer.insert(
        "01-may/gang.vi.md".to_owned(),
        "+++\ntitle = \"Găng tay\"\n+++\n\nKhông đeo găng khi máy quay.\n"
            .as_bytes()
            .to_vec(),
    );
    take_in(&story.site, None, &newer, Some("Bài mới về găng tay"))
        .await
        .unwrap();

    let front = student.get("").await;
    assert!(front.all_text().contains("Kính bảo hộ"), "{}", front.all_text());
    assert!(
        front.all_text().contains("Bài mới về găng tay"),
        "{}",
        front.all_text()
    );
    let beginner = story.open(STUDENTS[1], student.activity).await;
    assert!(beginner.page.all_text().contains("Găng tay"));

    student.read("kinh").await;
    let moved = student.post("/newer_version", &[]).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.all_text());
    assert!(moved.all_text().contains("Găng tay"), "{}", moved.all_text());
    assert!(
        moved.all_text().contains("Đã học xong 1/3"),
        "what is still there counts"
    );
    let gone = student.get("/kinh").await;
    assert_eq!(gone.code().as_deref(), Some("CRS-GONE"));
    assert_eq!(gone.status, StatusCode::GONE);
    assert_eq!(
        story.site.count("course_steps_done").await,
        2,
        "what was done of a lesson that is gone stays recorded"
    );
}

#[tokio::test]
async fn a_version_takes_its_readers_along_when_its_author_says_so() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.read("chia-van").await;
    let newer = files_with(
        "01-may/kinh.vi.md",
        "+++\ntitle = \"Kính mới\"\n+++\n\nĐeo kính.\n",
    );
    take_in(&story.site, None, &newer, Some("Kính mới"))
        .await
        .unwrap();
    assert!(!student.get("/kinh").await.all_text().contains("Kính mới"));
    let moves = "UPDATE course_versions SET moves_readers = TRUE WHERE number = 2";
    story.site.database.execute(moves).await;
    let front = student.get("").await.all_text();
    assert!(
        front.contains("Kính mới") && front.contains("Đã học xong 1/3"),
        "{front}"
    );
    assert!(
        !front.contains("phiên bản mới"),
        "there is nothing to be asked: {front}"
    );
}

#[tokio::test]
async fn only_the_activitys_own_course_is_there() {
    let story = Story::begin().await;
    let other = files_with("course.toml", &super::COURSE.replace(KEY, "khoa-khac"));
    take_in(&story.site, None, &other, Some("")).await.unwrap();
    let student = story.launch(STUDENTS[0], &[]).await;
    let elsewhere = format!("/s/{}/courses/khoa-khac", student.page.session_id());
    let refused = student.browser.get(&elsewhere).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"));
    let refused = student
        .browser
        .post(&student.path("/chia-van"), &[("then", "read")])
        .await;
    assert_eq!(refused.code().as_deref(), Some("WEB-CSRF"));
    let stranger = story.site.browser().get(&student.path("")).await;
    assert_eq!(stranger.code().as_deref(), Some("WEB-SESSION"));
}
