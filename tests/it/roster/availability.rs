//! Who may open an activity: Moodle tells it when asked about a link (`rlid`),
//! others do not, and then the course's list stands.

use practice_platform::{COURSE, CourseRole, Fault, INSTRUCTOR, Listing, OUTSIDER, STUDENTS, Service};

use crate::grade::Story;

#[tokio::test]
async fn who_may_not_open_the_activity_is_not_waited_for() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story
        .site
        .platform
        .restrict(story.activity, &[STUDENTS[1], STUDENTS[2]]);
    let page = story.sit_down(INSTRUCTOR).await.page;
    assert_eq!(page.count(".gradebook-names li"), 2);
    assert_eq!(page.count(".gradebook tbody tr"), 1, "who has begun stays");
    // Two students, and the assistant whom the list calls one.
    assert!(
        page.all_text().contains("3 sinh viên không được mở bài này"),
        "{}",
        page.all_text()
    );
    // Whoever is enrolled after that is waited for until it is told again.
    story
        .site
        .platform
        .enrol(COURSE, OUTSIDER, Some(CourseRole::Student));
    story
        .site
        .platform
        .restrict(story.activity, &[STUDENTS[1], STUDENTS[2], OUTSIDER]);
    let page = story.instructor_later().await.gradebook().await;
    assert_eq!(page.count(".gradebook-names li"), 3);
    // And when the restriction is lifted all are.
    let everybody: Vec<i64> = (1..=20).collect();
    story.site.platform.restrict(story.activity, &everybody);
    let page = story.instructor_later().await.gradebook().await;
    assert_eq!(page.count(".gradebook-names li"), STUDENTS.len() + 1);
    assert!(!page.all_text().contains("không được mở bài này"));
}

#[tokio::test]
async fn a_platform_that_does_not_tell_it_leaves_the_courses_list() {
    for listing in [
        Listing {
            link_status: Some(404),
            ..Listing::default()
        },
        Listing {
            link_status: Some(400),
            ..Listing::default()
        },
        Listing {
            ignores_links: true,
            ..Listing::default()
        },
    ] {
        let story = Story::begin().await;
        story.site.platform.set_listing(listing);
        story.site.platform.restrict(story.activity, &[STUDENTS[1]]);
        let page = story.sit_down(INSTRUCTOR).await.page;
        assert_eq!(
            page.count(".gradebook-names li"),
            STUDENTS.len() + 1,
            "{listing:?}"
        );
        assert!(!page.all_text().contains("Chưa đọc"), "{}", page.all_text());
    }
}

#[tokio::test]
async fn what_was_told_is_forgotten_when_the_platform_tells_it_no_more() {
    let story = Story::begin().await;
    story.site.platform.restrict(story.activity, &[STUDENTS[1]]);
    let page = story.sit_down(INSTRUCTOR).await.page;
    assert_eq!(page.count(".gradebook-names li"), 1);
    // A breakdown is no answer.
    story
        .site
        .platform
        .set_fault(Service::Memberships, Fault::Status(500), None);
    let desk = story.instructor_later().await;
    assert_eq!(desk.gradebook().await.count(".gradebook-names li"), 1);
    story.site.platform.clear_faults();
    story.site.platform.set_listing(Listing {
        link_status: Some(404),
        ..Listing::default()
    });
    let page = story.instructor_later().await.gradebook().await;
    assert_eq!(page.count(".gradebook-names li"), STUDENTS.len() + 1);
    assert_eq!(story.site.count("link_members").await, 0);
}
