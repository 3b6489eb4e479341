//! The instructor's page.

use chrono::Duration;
use practice_platform::{ASSISTANT, COURSE, Fault, INSTRUCTOR, STUDENTS, Service};

use super::Story;

#[tokio::test]
async fn it_names_those_who_have_not_started() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    let page = instructor.page.clone();
    assert!(page.url.path().ends_with("/gradebook"), "{}", page.url);
    let names: Vec<String> = story
        .site
        .platform
        .users()
        .into_iter()
        .filter(|user| STUDENTS.contains(&user.id))
        .map(|user| user.vietnamese_name())
        .collect();
    let text = page.all_text();
    for name in &names {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert_eq!(
        page.count(".gradebook-names li"),
        STUDENTS.len(),
        "four, and the assistant, whom Moodle's list calls a student"
    );
    assert_eq!(page.count(".gradebook tbody tr"), 1);

    // A launch knows better than the list.
    story.sit_down(ASSISTANT).await;
    assert_eq!(
        instructor.gradebook().await.count(".gradebook-names li"),
        STUDENTS.len() - 1
    );

    // Who was suspended is left out; who has an attempt stays.
    story.site.platform.suspend(COURSE, STUDENTS[0], true);
    story.site.platform.suspend(COURSE, STUDENTS[1], true);
    story.site.clock.advance(Duration::minutes(11));
    instructor.gradebook().await;
    assert_eq!(app::job::do_due(&story.site.app).await.expect("works"), 1);
    let page = instructor.gradebook().await;
    assert_eq!(page.count(".gradebook-names li"), STUDENTS.len() - 2);
    assert!(
        page.text(".gradebook tbody")
            .unwrap_or_default()
            .contains("Không còn trong khóa học")
    );
    drop(student);
    story.assert_well_formed();
}

#[tokio::test]
async fn it_opens_when_the_platform_does_not_answer() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    story
        .site
        .platform
        .set_fault(Service::Memberships, Fault::Status(500), None);
    story
        .site
        .platform
        .set_fault(Service::Results, Fault::Html200, None);
    let instructor = story.sit_down(INSTRUCTOR).await;
    let text = instructor.page.all_text();
    assert!(text.contains("Chưa đọc được danh sách lớp"), "{text}");
    assert!(text.contains("Chưa đọc được điểm đang có trong Moodle"), "{text}");
    assert!(text.contains("10 đã tới Moodle"), "{text}");
    story.site.platform.clear_faults();
    let text = instructor.gradebook().await.all_text();
    assert!(!text.contains("Chưa đọc được"), "{text}");
}

#[tokio::test]
async fn a_teacher_who_empties_a_grade_is_noticed() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), None);
    assert_eq!(story.grade(STUDENTS[0]).grade, None);
    let page = instructor.gradebook().await;
    assert!(
        page.all_text().contains("Hiện Moodle không có điểm này"),
        "{}",
        page.all_text()
    );
    let person = page.attributes("input[name=person]", "value").remove(0);
    story.site.clock.advance(Duration::minutes(1));
    instructor
        .press("gradebook/send-again", &[("person", &person)])
        .await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_column_that_the_platform_refuses_is_explained_in_its_place() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    let faults = [
        (Fault::Status(400), "LTI-SVC-REFUSED", "“Client ID”"),
        (Fault::Down, "LTI-SVC-UNREACHABLE", "không trả lời"),
    ];
    for (fault, code, advice) in faults {
        story.site.platform.set_fault(Service::Token, fault, None);
        // A token that was got before lives an hour.
        story.site.clock.advance(Duration::hours(2));
        let page = instructor.press("gradebook/column", &[]).await;
        let text = page.all_text();
        assert_eq!(page.code().as_deref(), Some(code), "{text}");
        assert!(text.contains(advice), "{advice}: {text}");
        assert_eq!(
            page.count("form[action$='/gradebook/column']"),
            1,
            "it can be tried again"
        );
        assert_eq!(page.count(".gradebook tbody tr"), 1, "the grades are still there");
    }
    story.site.platform.clear_faults();
    let page = instructor.press("gradebook/column", &[]).await;
    assert_eq!(page.count("form[action$='/gradebook/column']"), 0);
}

#[tokio::test]
async fn a_grade_that_is_tried_again_says_why_and_when() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    story.site.platform.set_fault(Service::Scores, Fault::Down, None);
    story.deliver().await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    for page in [student.front().await, instructor.page] {
        let line = page.text(".delivery p").unwrap_or_default();
        assert!(
            line.contains("hệ thống bên đó không trả lời. Hệ thống tự gửi lại lúc"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn the_csv_file_opens_in_a_spreadsheet() {
    let story = Story::begin().await;
    let mut user = story
        .site
        .platform
        .users()
        .into_iter()
        .find(|user| user.id == STUDENTS[0])
        .expect("a student");
    user.family_name = "=HYPERLINK(1)".to_owned();
    story.site.platform.add_user(user);
    story.hand_in(STUDENTS[0], 1).await;
    story.deliver().await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    let file = instructor
        .browser
        .get(&format!("{}/gradebook.csv", instructor.prefix()))
        .await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").starts_with("attachment"));
    // The byte order mark is gone: the client reads it as such.
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with("Họ và tên;Trạng thái;"), "{}", lines[0]);
    let row = lines
        .iter()
        .find(|line| line.contains("HYPERLINK"))
        .expect("the student");
    assert!(row.starts_with("'=HYPERLINK(1)"), "{row}");
    assert!(
        row.contains(";Đã nộp;1;") && row.contains(";5;10;Đã tới;"),
        "{row}"
    );
}
