//! Marking by hand: what waits, two markers at once, a second marker who does
//! not see the first, names hidden; and what students, gradebook and platform
//! learn of it.

mod markers;

use assessment::Draft;
use chrono::Duration;
use practice_platform::{ASSISTANT, INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use serde_json::json;
use tests::Answer;

use crate::grade::{Desk, Story};

/// The first two students in the order of their given names.
const BY_NAME: [i64; 2] = [STUDENTS[1], STUDENTS[0]];

/// A single choice of 1 point, then two essays of 5 and 4 points: 10 points are 10.
fn draft() -> Draft {
    let text = |words: &str| json!({"default_language": "vi", "versions": {"vi": words}});
    let option = |id: &str, correct: bool| json!({"id": id, "text": text(id), "correct": correct});
    let essay = |id: &str, points: u32| {
        json!({"id": id, "points": points, "item": {"type": "essay", "stem": text(&format!("Bài luận {id}?")),
            "notes_for_markers": text("Chỉ người chấm đọc")}})
    };
    let draft = json!({
        "title": text("An toàn"),
        "slots": [
            {"id": "s1", "points": 1, "item": {"type": "single_choice", "stem": text("Câu một?"),
                "options": [option("o1", true), option("o2", false)]}},
            essay("e1", 5),
            essay("e2", 4),
        ],
        "rules": {},
    });
    serde_json::from_value(draft).expect("a draft")
}

pub(crate) struct Room {
    story: Story,
}

impl Room {
    /// The first `students` have written both essays.
    async fn with(students: usize) -> Self {
        let story = Story::begin_of(draft()).await;
        for (place, student) in STUDENTS.into_iter().take(students).enumerate() {
            let desk = story.sit_down(student).await;
            hand_in(&desk, &format!("Bài của người {place}")).await;
        }
        story.deliver().await;
        Self { story }
    }

    async fn marker(&self, user: i64) -> Marker {
        Marker {
            desk: self.story.sit_down(user).await,
        }
    }

    /// To two decimals, in the order of names: Dụ, then Thử.
    fn grade(&self, place: usize) -> Option<f64> {
        let grade = self.story.grade(BY_NAME[place]).grade;
        grade.map(|grade| (grade * 100.0).round() / 100.0)
    }

    async fn entries(&self) -> i64 {
        let decisions = "SELECT payload FROM attempt_entries WHERE kind = 'marker_decision'";
        self.story.site.database.texts(decisions).await.len() as i64
    }
}

async fn hand_in(desk: &Desk, words: &str) -> Answer {
    let csrf = desk.page.csrf();
    let attempt = desk.press("attempts", &[]).await;
    assert_eq!(attempt.status, StatusCode::OK, "{}", attempt.all_text());
    let (first, second) = (format!("{words}, một"), format!("{words}, hai"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("was/s1", ""),
        ("answer/s1", "o1"),
        ("was/e1", ""),
        ("answer/e1", first.as_str()),
        ("was/e2", ""),
        ("answer/e2", second.as_str()),
        ("then", "submit"),
    ];
    let address = format!("{}/answers", attempt.url.path());
    let review = desk.browser.post(&address, &fields).await;
    assert_eq!(review.status, StatusCode::OK, "{}", review.all_text());
    review
}

/// Somebody who marks.
struct Marker {
    desk: Desk,
}

impl Marker {
    async fn get(&self, path: &str) -> Answer {
        let page = self
            .desk
            .browser
            .get(&format!("{}/{path}", self.desk.prefix()))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.all_text());
        page
    }

    /// The addresses of a question's answers, in the order shown.
    async fn papers(&self, question: &str) -> Vec<String> {
        self.get(&format!("marking/{question}"))
            .await
            .attributes(".marking-list a", "href")
    }

    async fn open(&self, paper: &str) -> Answer {
        let page = self.desk.browser.get(paper).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        page
    }

    /// Presses a button of the form on a page as it was when it came.
    async fn press(&self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let (action, _, mut sent) = page.form("points");
        for (name, value) in fields {
            sent.retain(|(known, _)| known != name);
            sent.push(((*name).to_owned(), (*value).to_owned()));
        }
        let sent: Vec<(&str, &str)> = sent
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.desk.browser.post(&action, &sent).await
    }

    async fn mark(&self, paper: &str, points: &str, comment: &str) -> Answer {
        let page = self.open(paper).await;
        let done = self
            .press(
                &page,
                &[("points", points), ("comment", comment), ("then", "next")],
            )
            .await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
        done
    }

    async fn choose(&self, fields: &[(&str, &str)]) {
        let page = self.desk.press("marking/choices", fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    }
}

#[tokio::test]
async fn essays_wait_are_marked_one_after_the_other_and_then_the_grade_arrives() {
    let room = Room::with(2).await;
    let story = &room.story;
    assert_eq!(story.scores().len(), 0, "nothing is sent while something waits");
    let student = story.sit_down(BY_NAME[0]).await;
    let front = student.front().await;
    assert!(front.all_text().contains("Chờ chấm: 2"), "{}", front.all_text());
    let path = front.attributes("main a[href*=\"/attempts/\"]", "href").remove(0);
    let review = student.browser.get(&path).await;
    let text = review.all_text();
    assert!(
        text.contains("Còn 2 câu trả lời chờ chấm") && text.contains("1/10 Tạm tính"),
        "{text}"
    );
    assert!(
        !text.contains("Chỉ người chấm đọc") && review.count("[name=points]") == 0,
        "{text}"
    );

    let marker = room.marker(INSTRUCTOR).await;
    let book = marker.get("gradebook").await;
    assert!(
        book.all_text().contains("Còn 4 câu trả lời chờ chấm"),
        "{}",
        book.all_text()
    );
    let prefix = marker.desk.prefix();
    assert_eq!(book.count(&format!("nav a[href=\"{prefix}/marking\"]")), 1);
    let csv = marker.get("gradebook.csv").await.body;
    assert!(csv.contains("Đã nộp; Chờ chấm: 2"), "{csv}");
    let overview = marker.get("marking").await;
    assert_eq!(overview.count(".marking-question"), 2);
    assert_eq!(overview.count(".marking-lines li"), 1);

    let papers = marker.papers("e1").await;
    assert_eq!(papers.len(), 2);
    let first = marker.open(&papers[0]).await;
    let text = first.all_text();
    assert!(
        text.contains("Chỉ người chấm đọc") && text.contains("Trần Văn Ví Dụ"),
        "{text}"
    );
    assert!(
        text.contains("Bài của người 1, một") && text.contains("Số từ: 5"),
        "{text}"
    );
    let second = marker
        .press(
            &first,
            &[("points", "2,5"), ("comment", "Thiếu đơn vị"), ("then", "next")],
        )
        .await;
    assert!(
        second.url.path() == papers[1] && second.text(".saved").is_some(),
        "{}",
        second.url
    );
    let list = marker.press(&second, &[("share", "1")]).await;
    assert!(
        list.all_text().contains("Đã chấm xong câu này"),
        "{}",
        list.all_text()
    );
    for paper in marker.papers("e2").await {
        assert_eq!(room.grade(0), None);
        marker.mark(&paper, "4", "").await;
    }
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!([room.grade(0), room.grade(1)], [Some(7.5), Some(10.0)]);
    story.assert_well_formed();
    let text = student.browser.get(&path).await.all_text();
    assert!(text.contains("7,5/10") && text.contains("Thiếu đơn vị"), "{text}");
    assert!(
        !text.contains("Tạm tính") && !text.contains("Phạm Văn Mẫu"),
        "{text}"
    );
    let overview = marker.get("marking").await.all_text();
    assert!(overview.contains("Đã chấm xong tất cả"), "{overview}");
}

/// The mark of the only student's row in the gradebook, with its badge.
async fn in_gradebook(marker: &Marker) -> String {
    let book = marker.get("gradebook").await;
    assert_eq!(book.count(".gradebook tbody tr"), 1);
    book.text(".gradebook tbody td.number").unwrap_or_default()
}

#[tokio::test]
async fn the_gradebook_has_a_badge_while_an_attempt_waits() {
    let room = Room::with(1).await;
    let marker = room.marker(INSTRUCTOR).await;
    assert_eq!(in_gradebook(&marker).await, "1/10 Tạm tính");
    let mark = async |question: &str, points: &str| {
        // the newest attempt stands last
        let paper = marker.papers(question).await.pop().unwrap();
        marker.mark(&paper, points, "").await;
    };
    mark("e1", "5").await;
    assert_eq!(in_gradebook(&marker).await, "6/10 Tạm tính");
    mark("e2", "2").await;
    assert_eq!(in_gradebook(&marker).await, "8/10");

    // Another attempt waits; the mark of the first one stands, and stays when it is the better one.
    hand_in(&room.story.sit_down(STUDENTS[0]).await, "Bài thứ hai").await;
    assert_eq!(in_gradebook(&marker).await, "8/10 Chờ chấm");
    mark("e1", "1").await;
    mark("e2", "1").await;
    assert_eq!(in_gradebook(&marker).await, "8/10");
}

#[tokio::test]
async fn points_that_are_none_are_told_and_nothing_is_lost() {
    let room = Room::with(1).await;
    let marker = room.marker(INSTRUCTOR).await;
    let paper = marker.papers("e1").await.remove(0);
    for points in ["", "5,5", "-1", "viel", "1e1"] {
        let page = marker.open(&paper).await;
        let refused = marker
            .press(
                &page,
                &[("points", points), ("comment", "Giữ lại"), ("then", "next")],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{points}");
        assert_eq!(refused.count("[name=points][aria-invalid=true]"), 1, "{points}");
        assert_eq!(refused.text("textarea").as_deref(), Some("Giữ lại"), "{points}");
        assert_eq!(refused.attributes("[name=points]", "value"), [points]);
    }
    assert_eq!(room.entries().await, 0);
    let odd = marker
        .desk
        .press(
            paper
                .split_once("/marking")
                .map(|(_, rest)| format!("marking{rest}"))
                .unwrap()
                .as_str(),
            &[("share", "7"), ("seen", "0")],
        )
        .await;
    assert_eq!(odd.code().as_deref(), Some("WEB-FORM"));
}

#[tokio::test]
async fn only_who_teaches_marks_and_only_what_is_submitted() {
    let room = Room::with(1).await;
    let marker = room.marker(INSTRUCTOR).await;
    let paper = marker.papers("e1").await.remove(0);
    let rest = paper.split_once("/marking/").unwrap().1.to_owned();
    let student = room.story.sit_down(STUDENTS[0]).await;
    for path in [
        "marking".to_owned(),
        "marking/e1".to_owned(),
        format!("marking/{rest}"),
    ] {
        let page = student.browser.get(&format!("{}/{path}", student.prefix())).await;
        assert_eq!(page.code().as_deref(), Some("WEB-FORBIDDEN"), "{path}");
    }
    let full = [("share", "1"), ("seen", "0"), ("question", "e1")];
    let page = student.press(&format!("marking/{rest}"), &full).await;
    assert_eq!(page.code().as_deref(), Some("WEB-FORBIDDEN"));
    let review = student
        .front()
        .await
        .attributes("main a[href*=\"/attempts/\"]", "href")
        .remove(0);
    let id = review.rsplit('/').next().unwrap();
    let page = student.press(&format!("attempts/{id}/marking"), &full).await;
    assert_eq!(page.code().as_deref(), Some("WEB-FORBIDDEN"));

    let other = room.story.sit_down(STUDENTS[1]).await;
    let running = other.press("attempts", &[]).await;
    let id = running
        .url
        .path_segments()
        .unwrap()
        .next_back()
        .unwrap()
        .to_owned();
    let page = marker.desk.press(&format!("attempts/{id}/marking"), &full).await;
    assert_eq!(page.code().as_deref(), Some("WEB-NOT-FOUND"));
    let nothing = [("share", "1"), ("seen", "0"), ("question", "zz")];
    let page = marker.desk.press(&format!("marking/{rest}x"), &full).await;
    assert_eq!(page.code().as_deref(), Some("WEB-NOT-FOUND"));
    let id = review.rsplit('/').next().unwrap();
    let page = marker
        .desk
        .press(&format!("attempts/{id}/marking"), &nothing)
        .await;
    assert_eq!(page.code().as_deref(), Some("WEB-NOT-FOUND"));
    assert_eq!(room.entries().await, 0);
}

#[tokio::test]
async fn any_mark_is_changed_from_the_review_and_a_regrade_keeps_it() {
    let room = Room::with(1).await;
    let story = &room.story;
    let marker = room.marker(INSTRUCTOR).await;
    for question in ["e1", "e2"] {
        let paper = marker.papers(question).await.remove(0);
        marker.mark(&paper, "0", "").await;
    }
    let book = marker.get("gradebook").await;
    let path = book.attributes(".gradebook-attempts a", "href").remove(0);
    let review = marker.open(&path).await;
    assert_eq!(review.count(".marking-here"), 3);
    let id = path.rsplit('/').next().unwrap();
    let address = format!("attempts/{id}/marking");
    let fields = [
        ("question", "s1"),
        ("points", "0.5"),
        ("comment", "Nửa điểm"),
        ("seen", "0"),
    ];
    let review = marker.desk.press(&address, &fields).await;
    let text = review.all_text();
    assert!(text.contains("0,5/10") && text.contains("Nửa điểm"), "{text}");
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(room.grade(1), Some(0.5));

    let regrade = async |fields: &[(&str, &str)]| {
        let page = marker.desk.press("regrade", fields).await;
        let id = page.url.path_segments().unwrap().next_back().unwrap().to_owned();
        let done = marker.desk.press(&format!("regrade/{id}/commit"), &[]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
        story.deliver_after(Duration::minutes(1)).await;
    };
    regrade(&[("question", "s1"), ("only", "o2")]).await;
    assert_eq!(
        room.grade(1),
        Some(0.5),
        "what a marker decided outlives another key"
    );
    regrade(&[("question", "e2"), ("what", "drop")]).await;
    assert_eq!(room.grade(1), Some(0.83), "a drop drops");
    regrade(&[("question", "e1"), ("what", "full")]).await;
    assert_eq!(room.grade(1), Some(9.17));
    let student = story.sit_down(STUDENTS[0]).await;
    let own = student
        .front()
        .await
        .attributes("main a[href*=\"/attempts/\"]", "href")
        .remove(0);
    let text = student.browser.get(&own).await.all_text();
    assert!(text.contains("Câu này đã bị loại sau đó"), "{text}");
    assert!(text.contains("mọi người đều được trọn điểm câu này"), "{text}");

    let seen = marker
        .open(&path)
        .await
        .attributes("#marking-s1 [name=seen]", "value")
        .remove(0);
    let fields = [("question", "s1"), ("wish", "release"), ("seen", seen.as_str())];
    marker.desk.press(&address, &fields).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(room.grade(1), Some(8.33), "the new key marks again");
}

#[tokio::test]
async fn the_log_with_its_decisions_is_whole() {
    let room = Room::with(1).await;
    let (one, other) = (room.marker(INSTRUCTOR).await, room.marker(ASSISTANT).await);
    let paper = one.papers("e1").await.remove(0);
    one.mark(&paper, "3", "a").await;
    let theirs = other.papers("e1").await.remove(0);
    other.mark(&theirs, "4", "b").await;
    let writers = "SELECT DISTINCT writer FROM attempt_entries WHERE kind = 'marker_decision'";
    let writers = room.story.site.database.texts(writers).await;
    assert_eq!(writers.len(), 2, "{writers:?}");
    assert!(
        writers.iter().all(|writer| writer.starts_with("marker:")),
        "{writers:?}"
    );
    let history = one.open(&paper).await;
    assert_eq!(history.count(".decisions li"), 2);
    assert!(
        history
            .text(".decisions")
            .unwrap()
            .contains("Hoàng Thị Trợ Giảng")
    );
}
