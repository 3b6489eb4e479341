//! How a course gets into an activity: by custom parameters, by deep linking, and for an activity
//! that is there but empty.

use practice_platform::{COURSE, INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use storage::courses;
use tests::{Answer, TestSite};

use super::{
    files_with,
    study::{KEY, Story},
    take_in,
};

#[tokio::test]
async fn an_activity_opens_a_part_and_nothing_else() {
    let story = Story::begin().await;
    let unit = story.launch(STUDENTS[0], &[("taynghe_part", "may")]).await;
    let text = unit.page.all_text();
    assert!(
        text.contains("Kính bảo hộ") && !text.contains("Cuối khóa"),
        "{text}"
    );
    assert_eq!(unit.get("/thi").await.code().as_deref(), Some("CRS-GONE"));
    unit.post("/kinh", &[("then", "read")]).await;
    assert_eq!(
        story.grade(STUDENTS[0]).await,
        Some(5.0),
        "one of the unit's two lessons"
    );

    let lesson = story.launch(STUDENTS[1], &[("taynghe_part", "kinh")]).await;
    assert_eq!(lesson.page.text("h1").as_deref(), Some("Kính bảo hộ"));
    assert_eq!(lesson.page.count("ol.steps li"), 1);
}

#[tokio::test]
async fn parameters_that_name_nothing_of_ours_are_refused() {
    let story = Story::begin().await;
    let check = async |custom: &[(&str, &str)], expected: &str| {
        let activity = story.site.add_activity(&story.connected, "?", custom);
        let desk = story.open(STUDENTS[0], activity).await;
        assert_eq!(desk.page.code().as_deref(), Some(expected), "{custom:?}");
        assert_eq!(desk.page.status, StatusCode::NOT_FOUND);
    };
    check(&[("taynghe_course", "khong-co")], "LTI-TEN-RESOURCE").await;
    check(&[("taynghe_course", "a\u{0}b")], "LTI-TEN-RESOURCE").await;
    let id = story.course_id.as_str();
    check(
        &[("taynghe_course", id), ("taynghe_part", "khong-co")],
        "LTI-TEN-RESOURCE",
    )
    .await;
    assert_eq!(story.site.count("course_placements").await, 0);
}

#[tokio::test]
async fn a_changed_parameter_changes_what_the_activity_opens() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let id = story.course_id.as_str();
    story.site.platform.set_custom(
        student.activity,
        &[("taynghe_course", id), ("taynghe_part", "may")],
    );
    let again = story.open(STUDENTS[0], student.activity).await;
    assert!(!again.page.all_text().contains("Cuối khóa"));
    assert_eq!(story.site.count("course_placements").await, 1);
}

#[tokio::test]
async fn a_part_that_left_the_course_is_told() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[("taynghe_part", "kinh")]).await;
    let unit = super::UNIT.replace(", \"kinh\"]", "]");
    let mut newer = files_with("01-may/unit.toml", &unit);
    newer.remove("01-may/kinh.vi.md");
    take_in(&story.site, None, &newer, Some("")).await.unwrap();
    // who has begun stays on the version that has it
    student.get("/kinh").await;
    let new = story.open(STUDENTS[1], student.activity).await;
    assert_eq!(
        new.page.code().as_deref(),
        Some("CRS-GONE"),
        "{}",
        new.page.all_text()
    );
}

/// The picker's page of the course, for a deep-linking request.
async fn open_picker(story: &Story) -> (tests::Browser, Answer) {
    let mut browser = story.site.browser();
    browser.destination = "iframe";
    let platform = &story.site.platform;
    let initiation = platform.deep_linking_initiation(INSTRUCTOR, COURSE, story.connected.tool);
    let page = browser.launch(&initiation.unwrap()).await;
    let prefix = format!("/s/{}/picker/courses", page.session_id());
    let list = browser.get(&prefix).await;
    assert!(list.all_text().contains("An toàn xưởng"), "{}", list.all_text());
    let nothing = browser.get(&format!("{prefix}?q=hoa+hoc")).await;
    assert_eq!(nothing.count("li.entry"), 0);
    let found = browser.get(&format!("{prefix}?q=XUONG")).await;
    assert_eq!(found.count("li.entry"), 1, "blind to accents and case");
    let course = browser.get(&format!("{prefix}/{}", story.course_id)).await;
    assert_eq!(course.status, StatusCode::OK, "{}", course.all_text());
    (browser, course)
}

async fn pick(browser: &tests::Browser, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let csrf = page.csrf();
    let mut all = vec![("csrf".to_owned(), csrf)];
    all.extend(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    let origin = page.url.origin().ascii_serialization();
    browser.post_from(&origin, page.url.as_str(), all).await
}

#[tokio::test]
async fn a_course_and_a_unit_are_picked_and_become_activities() {
    let story = Story::begin().await;
    let (browser, page) = open_picker(&story).await;
    let answer = pick(
        &browser,
        &page,
        &[
            ("pick", "_whole"),
            ("pick", "may"),
            ("score", "both"),
            ("weight", "40"),
            ("maximum", "8"),
            ("column", "on"),
        ],
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.all_text());
    let returned = browser.submit(&answer, "JWT", &[]).await;
    assert_eq!(returned.status, StatusCode::OK, "{}", returned.all_text());
    let selection = story
        .site
        .platform
        .selections()
        .pop()
        .expect("the platform took it");
    let titles: Vec<&str> = selection.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["An toàn xưởng", "Ở máy tiện"]);
    let activities = story.site.platform.save_selection(&selection.id).unwrap();
    let whole = story.open(STUDENTS[0], activities[0]).await;
    assert!(
        whole.page.all_text().contains("Cuối khóa"),
        "{}",
        whole.page.all_text()
    );
    let unit = story.open(STUDENTS[0], activities[1]).await;
    assert!(!unit.page.all_text().contains("Cuối khóa"));
    unit.post("/kinh", &[("then", "read")]).await;
    app::grade::deliver_due(&story.site.app).await.unwrap();
    let columns = story.site.platform.line_items();
    let grades: Vec<Option<f64>> = columns
        .iter()
        .map(|column| story.site.platform.grade(STUDENTS[0], column.id).grade)
        .collect();
    // 8 × 60 % × 1/3, as nothing is marked yet; and of the unit, which has nothing to mark, 8 × 1/2
    assert_eq!(grades, [Some(1.6), Some(4.0)]);
    let rules = story
        .site
        .database
        .texts("SELECT score_rule FROM course_placements")
        .await;
    assert!(rules.iter().all(|rule| rule.contains("weighted")), "{rules:?}");
}

#[tokio::test]
async fn what_is_wrong_with_a_choice_is_told() {
    let story = Story::begin().await;
    let (browser, page) = open_picker(&story).await;
    let check = async |fields: &[(&str, &str)], expected: &str| {
        let answer = pick(&browser, &page, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(answer.all_text().contains(expected), "{}", answer.all_text());
    };
    check(&[("maximum", "10")], "Bạn chưa chọn nội dung nào.").await;
    check(&[("pick", "may"), ("maximum", "0")], "Điểm tối đa").await;
    check(
        &[
            ("pick", "may"),
            ("maximum", "10"),
            ("score", "both"),
            ("weight", "x"),
        ],
        "Trọng số",
    )
    .await;
    let answer = pick(&browser, &page, &[("pick", "khong-co"), ("maximum", "10")]).await;
    assert_eq!(answer.code().as_deref(), Some("LTI-TEN-RESOURCE"));
}

#[tokio::test]
async fn an_empty_activity_gets_a_lesson() {
    let story = Story::begin().await;
    let activity = story.site.add_activity(&story.connected, "Bài học", &[]);
    let instructor = story.open(INSTRUCTOR, activity).await;
    let path = format!(
        "{}/courses/{}",
        instructor.page.url.path().trim_end_matches('/'),
        story.course_id
    );
    let page = instructor.browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.all_text());
    let placed = pick(
        &instructor.browser,
        &page,
        &[("pick", "kinh"), ("score", "completed"), ("maximum", "10")],
    )
    .await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.all_text());
    assert!(placed.url.path().ends_with(KEY), "{}", placed.url);
    let student = story.open(STUDENTS[0], activity).await;
    assert_eq!(student.page.count("ol.steps li"), 1);
    let again = instructor.browser.get(&path).await;
    assert!(
        again.url.path().ends_with(KEY),
        "it has its content: {}",
        again.url
    );
}

#[tokio::test]
async fn nobody_places_anothers_closed_course() {
    let story = Story::begin().await;
    let mut files = files_with(
        "course.toml",
        &super::COURSE
            .replace(KEY, "khoa-kin")
            .replace("units =", "closed = true\nunits ="),
    );
    files.remove("02-cuoi-khoa/thi.json");
    files.remove("02-cuoi-khoa/unit.toml");
    let toml = String::from_utf8(files["course.toml"].clone()).unwrap();
    files.insert(
        "course.toml".to_owned(),
        toml.replace("\"may\", \"cuoi-khoa\"", "\"may\"").into_bytes(),
    );
    let site: &TestSite = &story.site;
    take_in(site, Some("Trường khác"), &files, Some(""))
        .await
        .unwrap();
    let id = site
        .database
        .texts("SELECT id FROM courses WHERE key = 'khoa-kin'")
        .await
        .remove(0);
    let activity = site.add_activity(&story.connected, "?", &[("taynghe_course", &id)]);
    let desk = story.open(STUDENTS[0], activity).await;
    assert_eq!(desk.page.code().as_deref(), Some("LTI-TEN-RESOURCE"));
}

#[tokio::test]
async fn what_is_put_away_goes_on_in_its_activities() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    let (browser, picker) = open_picker(&story).await;
    let id = story.course_id.clone();
    let database = story.site.database.open().await;
    let put_away = database.write(move |c| {
        let course = courses::get(c, &id)?.expect("the course");
        courses::set_archived(c, &course.organisation_id, &id, Some(course.created_at))
    });
    put_away.await.unwrap();
    let other = story.open(STUDENTS[1], student.activity).await;
    assert_eq!(other.page.status, StatusCode::OK, "{}", other.page.all_text());
    // also in one that nobody has opened before, such as a copy
    let copied = story.launch(STUDENTS[1], &[("taynghe_part", "may")]).await;
    assert_eq!(copied.page.status, StatusCode::OK, "{}", copied.page.all_text());
    let picked = browser.get(picker.url.as_str()).await;
    assert_eq!(
        picked.code().as_deref(),
        Some("WEB-NOT-FOUND"),
        "for new ones it is not there"
    );
}
