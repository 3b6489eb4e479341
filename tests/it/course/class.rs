//! How far the class is: what an instructor sees of everybody, and what nobody else does.

use practice_platform::{Container, INSTRUCTOR, Language, Message, STUDENTS};
use reqwest::StatusCode;

use super::study::{KEY, Story};

#[tokio::test]
async fn an_instructor_sees_how_far_everybody_is() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.post("/chia-van", &[("then", "read")]).await;
    student
        .post(
            "/chia-van",
            &[
                ("reflection/xuong-toi", "Chỉ của tôi"),
                ("then", "reflect/xuong-toi"),
            ],
        )
        .await;
    let looked = story.open(STUDENTS[1], student.activity).await;
    assert_eq!(looked.page.status, StatusCode::OK);
    story.grade(STUDENTS[0]).await;

    let instructor = story.open(INSTRUCTOR, student.activity).await;
    let class = instructor.get("/class_list").await;
    assert_eq!(class.status, StatusCode::OK, "{}", class.all_text());
    let text = class.all_text();
    assert!(
        text.contains("1/2 sinh viên đã bắt đầu"),
        "who only looked has not begun: {text}"
    );
    assert!(text.contains("1/3") && text.contains("đã tới Moodle"), "{text}");
    let path = class
        .attributes("tbody th a", "href")
        .into_iter()
        .collect::<Vec<_>>();
    let mut done = 0;
    for path in &path {
        let page = instructor.browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            !page.all_text().contains("Chỉ của tôi"),
            "reflections are their writer's"
        );
        done += page.count("li[data-read]");
    }
    assert_eq!(done, 1);
    let file = instructor.get("/class_list.csv").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.body.contains(";1;3;"), "{}", file.body);

    for rest in ["/class_list", "/class_list.csv"] {
        let refused = student.get(rest).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"), "{rest}");
    }
    let refused = instructor.get("/class_list/nobody").await;
    assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"));
}

#[tokio::test]
async fn a_cell_of_the_gradebook_leads_to_the_class() {
    let story = Story::begin().await;
    let student = story.launch(STUDENTS[0], &[]).await;
    student.post("/chia-van", &[("then", "read")]).await;
    story.grade(STUDENTS[0]).await;
    let review = async |user| {
        let message = Message::SubmissionReview {
            activity: student.activity,
            for_user: STUDENTS[0],
        };
        let platform = &story.site.platform;
        let initiation = platform.initiation(user, message, Container::Iframe, Language::Vi);
        story
            .site
            .browser()
            .launch(&initiation.expect("the activity"))
            .await
    };
    let own = review(STUDENTS[0]).await;
    assert!(own.url.path().ends_with(KEY), "{}: {}", own.url, own.all_text());
    let page = review(INSTRUCTOR).await;
    assert!(
        page.url.path().ends_with("/class_list"),
        "{}: {}",
        page.url,
        page.all_text()
    );
}
