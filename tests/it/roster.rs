//! Member lists: read page by page and in the background, kept when the platform
//! does not answer, and never a reason to lose somebody's work.

mod availability;
mod background;

use chrono::Duration;
use practice_platform::{
    ASSISTANT, COURSE, CourseRole, INSTRUCTOR, Listing, OUTSIDER, STUDENTS, Service, User,
};

use crate::grade::{Desk, Story};

impl Story {
    /// Does the jobs that are due; answers how many.
    pub(crate) async fn do_jobs(&self) -> usize {
        app::job::do_due(&self.site.app)
            .await
            .expect("the database works")
    }

    /// The instructor, after the list became old and was read again.
    pub(crate) async fn instructor_later(&self) -> Desk {
        self.site.clock.advance(Duration::minutes(11));
        let desk = self.sit_down(INSTRUCTOR).await;
        self.do_jobs().await;
        desk
    }

    fn name(&self, user: i64) -> String {
        let users = self.site.platform.users();
        let user = users.into_iter().find(|one| one.id == user);
        user.expect("the person").vietnamese_name()
    }

    /// How often the list was asked for.
    pub(crate) fn readings(&self) -> usize {
        self.site.platform.requests_to(Service::Memberships).len()
    }
}

fn member(id: i64) -> User {
    User {
        id,
        username: format!("hv{id}"),
        given_name: format!("An {id}"),
        family_name: "Nguyễn".to_owned(),
        email: format!("hv{id}@example.vn"),
        person_sourcedid: format!("HV{id}"),
    }
}

#[tokio::test]
async fn two_thousand_members_in_pages_of_fifty() {
    let story = Story::begin().await;
    for id in 1000..3000 {
        story.site.platform.add_user(member(id));
        story.site.platform.enrol(COURSE, id, Some(CourseRole::Student));
    }
    story.site.platform.set_listing(Listing {
        page_size: Some(50),
        ..Listing::default()
    });
    story.sit_down(STUDENTS[0]).await;
    assert_eq!(story.do_jobs().await, 1);
    // 2,007 members are 41 pages, and 41 more for the activity.
    assert_eq!(story.readings(), 82);
    let page = story.sit_down(INSTRUCTOR).await.page;
    assert_eq!(page.count(".gradebook-names li"), 2000 + STUDENTS.len() + 1);
    // The second time nothing is new, and nothing is written twice.
    let identities = story.site.count("identities").await;
    story.instructor_later().await;
    assert_eq!(story.readings(), 164);
    assert_eq!(story.site.count("identities").await, identities);
    assert_eq!(story.site.count("link_members").await, 2000 + 7);
}

#[tokio::test]
async fn next_pages_that_lose_the_role_do_no_harm_since_none_is_asked_for() {
    let story = Story::begin().await;
    story.site.platform.set_listing(Listing {
        page_size: Some(2),
        ..Listing::default()
    });
    story.sit_down(INSTRUCTOR).await;
    let asked = story.site.platform.requests_to(Service::Memberships);
    assert_eq!(asked.len(), 8, "seven members in pages of two, twice");
    for request in &asked {
        assert!(!request.query.contains("role="), "{request:?}");
    }
    for request in &asked[4..] {
        assert!(
            request.query.contains("rlid="),
            "the link is not lost: {request:?}"
        );
    }
    let page = story.sit_down(INSTRUCTOR).await.page;
    assert_eq!(page.count(".gradebook-names li"), STUDENTS.len() + 1);
}

#[tokio::test]
async fn a_first_list_does_not_take_away_what_a_launch_said() {
    let story = Story::begin().await;
    story.sit_down(ASSISTANT).await;
    story.site.clock.advance(Duration::seconds(1));
    story.do_jobs().await;
    let page = story.sit_down(INSTRUCTOR).await.page;
    let said = format!("(trợ giảng): {}", story.name(ASSISTANT));
    assert!(page.all_text().contains(&said), "{}", page.all_text());
}

#[tokio::test]
async fn a_product_that_tells_roles_in_the_institution_has_its_class_list_too() {
    for (family, students) in [("open-edx", STUDENTS.len() + 1), ("sakai", 0)] {
        let story = Story::begin().await;
        let product = format!("UPDATE registrations SET product_family = '{family}'");
        story.site.database.execute(&product).await;
        story.site.platform.set_listing(Listing {
            institution_roles: true,
            ..Listing::default()
        });
        story.sit_down(INSTRUCTOR).await;
        story.do_jobs().await;
        let learners = "SELECT COUNT(*) FROM enrolments WHERE roster_role = 'learner'";
        let found = story.site.database.number(learners).await;
        assert_eq!(usize::try_from(found), Ok(students), "{family}");
    }
}

#[tokio::test]
async fn an_assistant_whom_the_list_calls_a_student_teaches_as_their_launch_says() {
    let story = Story::begin().await;
    let name = story.name(ASSISTANT);
    let desk = story.sit_down(INSTRUCTOR).await;
    let waiting = |page: &tests::Answer| page.text(".gradebook-names").unwrap_or_default();
    assert!(waiting(&desk.page).contains(&name), "until they open it once");
    assert!(!desk.page.all_text().contains("trợ giảng):"));

    story.sit_down(ASSISTANT).await;
    let page = desk.gradebook().await;
    assert!(!waiting(&page).contains(&name));
    let said = format!("(trợ giảng): {name}");
    assert!(page.all_text().contains(&said), "{}", page.all_text());

    // The list says what it always said: the launch stays the newer word.
    let page = story.instructor_later().await.gradebook().await;
    assert!(page.all_text().contains(&said));

    // Now the list changes its mind, and then again.
    story
        .site
        .platform
        .enrol(COURSE, ASSISTANT, Some(CourseRole::Instructor));
    let page = story.instructor_later().await.gradebook().await;
    assert!(!page.all_text().contains(&name), "a teacher by both");
    story
        .site
        .platform
        .enrol(COURSE, ASSISTANT, Some(CourseRole::Student));
    let page = story.instructor_later().await.gradebook().await;
    assert!(waiting(&page).contains(&name), "a student since the list says so");

    // Until a launch is newer.
    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .enrol(COURSE, ASSISTANT, Some(CourseRole::Assistant));
    story.sit_down(ASSISTANT).await;
    let page = desk.gradebook().await;
    assert!(page.all_text().contains(&said), "{}", page.all_text());
}

#[tokio::test]
async fn who_is_suspended_or_gone_keeps_their_marks_and_comes_back_as_themselves() {
    for listing in [
        Listing::default(),
        Listing {
            lists_suspended: true,
            ..Listing::default()
        },
    ] {
        let story = Story::begin().await;
        story.site.platform.set_listing(listing);
        story.hand_in(STUDENTS[0], 2).await;
        story.deliver().await;
        story.do_jobs().await;
        let persons = story.site.count("persons").await;

        story.site.platform.suspend(COURSE, STUDENTS[0], true);
        let page = story.instructor_later().await.gradebook().await;
        let row = page.text(".gradebook tbody").unwrap_or_default();
        assert!(row.contains("Không còn trong khóa học"), "{listing:?} {row}");
        assert!(row.contains("10/10"), "{row}");

        story.site.platform.suspend(COURSE, STUDENTS[0], false);
        let page = story.instructor_later().await.gradebook().await;
        let row = page.text(".gradebook tbody").unwrap_or_default();
        assert!(!row.contains("Không còn trong khóa học"), "{row}");
        assert!(row.contains("10/10"), "{row}");
        assert_eq!(
            story.site.count("persons").await,
            persons,
            "nobody is there twice"
        );
    }
}

#[tokio::test]
async fn a_grade_that_the_platform_does_not_take_of_somebody_who_left_is_no_error_and_waits() {
    let story = Story::begin().await;
    let student = story.sit_down(STUDENTS[0]).await;
    story.do_jobs().await;
    story.site.platform.enrol(COURSE, STUDENTS[0], None);
    story.instructor_later().await;
    student.hand_in(2).await;
    story.deliver().await;
    let desk = story.instructor_later().await;
    let page = desk.gradebook().await;
    let text = page.all_text();
    assert!(text.contains("Không còn trong khóa học"), "{text}");
    assert!(text.contains("tự gửi khi họ trở lại"), "{text}");
    assert!(!text.contains("chưa tới nơi"), "{text}");
    assert_eq!(page.count(".delivery"), 0);

    story
        .site
        .platform
        .enrol(COURSE, STUDENTS[0], Some(CourseRole::Student));
    story.instructor_later().await;
    assert_eq!(story.deliver().await, 1, "it is sent without anybody asking");
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn who_was_enrolled_later_is_listed_after_the_button() {
    let story = Story::begin().await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let name = story.name(OUTSIDER);
    story
        .site
        .platform
        .enrol(COURSE, OUTSIDER, Some(CourseRole::Student));
    // The list was read a moment ago.
    let page = desk.press("gradebook/roster", &[]).await;
    assert!(page.all_text().contains("vừa được đọc"), "{}", page.all_text());
    assert!(!page.all_text().contains(&name));
    story.site.clock.advance(Duration::seconds(61));
    let readings = story.readings();
    let page = desk.press("gradebook/roster", &[]).await;
    assert!(
        page.all_text().contains("Đã đọc lại danh sách lớp"),
        "{}",
        page.all_text()
    );
    assert!(page.all_text().contains(&name));
    assert_eq!(story.readings(), readings + 2, "the course and this activity");
    assert_eq!(
        story.site.count("jobs WHERE kind = 'roster'").await,
        0,
        "nothing is left over"
    );
    // Others do not press it.
    let student = story.sit_down(STUDENTS[0]).await;
    let refused = student.press("gradebook/roster", &[]).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"));
}
