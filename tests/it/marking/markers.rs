//! Several markers on the same answers: none overwrites another, the second one
//! does not see the first, and nobody sees a name who does not want to.

use chrono::Duration;
use practice_platform::{ASSISTANT, INSTRUCTOR};
use reqwest::StatusCode;

use super::{Marker, Room};

/// Both have opened the same answer; the first has saved 4 points.
async fn collide(room: &Room) -> (Marker, Marker, String, tests::Answer) {
    let (one, other) = (room.marker(INSTRUCTOR).await, room.marker(ASSISTANT).await);
    let (first, second) = (
        one.papers("e1").await.remove(0),
        other.papers("e1").await.remove(0),
    );
    let seen_by_other = other.open(&second).await;
    one.mark(&first, "4", "Của người thứ nhất").await;
    let crossed = other
        .press(
            &seen_by_other,
            &[
                ("points", "2"),
                ("comment", "Của người thứ hai"),
                ("then", "next"),
            ],
        )
        .await;
    (one, other, second, crossed)
}

fn points(page: &tests::Answer) -> Option<String> {
    page.text(".verdict .number")
}

#[tokio::test]
async fn two_who_mark_at_once_never_overwrite_each_other() {
    for (wish, expected, comment) in [
        ("theirs", "4/5", "Của người thứ nhất"),
        ("own", "2/5", "Của người thứ hai"),
        ("third", "3/5", "Ở giữa"),
    ] {
        let room = Room::with(1).await;
        let (one, other, second, crossed) = collide(&room).await;
        assert_eq!(crossed.status, StatusCode::OK);
        let notice = crossed.text(".crossed").expect("both are shown");
        for words in [
            "Phạm Văn Mẫu : 4/5",
            "Của người thứ nhất",
            "Bạn: 2/5",
            "Của người thứ hai",
        ] {
            assert!(notice.contains(words), "{words}: {notice}");
        }
        assert!(points(&crossed).unwrap().contains("4/5"), "the first one stands");
        assert_eq!(room.entries().await, 2, "nothing is lost");
        // Whoever comes back later is asked still; sent twice it is kept once.
        assert_eq!(other.open(&second).await.count(".crossed"), 1);
        let page = one.open(&one.papers("e1").await.remove(0)).await;
        assert_eq!(page.count(".crossed"), 0, "who was first is asked nothing");

        let chosen = match wish {
            "third" => {
                let fields = [("points", "3"), ("comment", "Ở giữa"), ("then", "stay")];
                other.press(&crossed, &fields).await
            }
            wish => {
                let (action, _, mut fields) = crossed.form("seen");
                fields.push(("wish".to_owned(), wish.to_owned()));
                let fields: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                other.desk.browser.post(&action, &fields).await
            }
        };
        assert!(
            points(&chosen).unwrap().contains(expected),
            "{}",
            chosen.all_text()
        );
        assert_eq!(chosen.count(".crossed"), 0);
        assert_eq!(chosen.count(".decisions li"), 3);
        assert!(chosen.text(".decisions li:last-child").unwrap().contains(comment));
    }
}

#[tokio::test]
async fn of_two_at_the_same_moment_one_stands_and_one_is_asked() {
    let room = Room::with(1).await;
    let (one, other) = (room.marker(INSTRUCTOR).await, room.marker(ASSISTANT).await);
    let (first, second) = (
        one.papers("e1").await.remove(0),
        other.papers("e1").await.remove(0),
    );
    let (mine, theirs) = (one.open(&first).await, other.open(&second).await);
    let (a, b) = tokio::join!(
        one.press(&mine, &[("points", "1"), ("then", "stay")]),
        other.press(&theirs, &[("points", "2"), ("then", "stay")]),
    );
    assert_eq!(a.count(".crossed") + b.count(".crossed"), 1);
    assert_eq!(room.entries().await, 2);
    assert_eq!(
        points(&one.open(&first).await),
        points(&other.open(&second).await)
    );
}

#[tokio::test]
async fn a_second_marker_does_not_see_the_first() {
    let room = Room::with(2).await;
    let story = &room.story;
    let (one, other) = (room.marker(INSTRUCTOR).await, room.marker(ASSISTANT).await);
    let papers = one.papers("e1").await;
    one.mark(&papers[0], "4", "Nhận xét kín").await;
    one.mark(&papers[1], "5", "Nhận xét kín").await;
    for paper in one.papers("e2").await {
        one.mark(&paper, "4", "").await;
    }
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!([room.grade(0), room.grade(1)], [Some(9.0), Some(10.0)]);

    other.choose(&[("second", "on")]).await;
    let list = other.get("marking/e1").await;
    assert!(
        !list.all_text().contains("4/5") && !list.all_text().contains("5/5"),
        "{}",
        list.all_text()
    );
    let papers = other.papers("e1").await;
    let blind = other.open(&papers[0]).await;
    let text = blind.all_text();
    assert!(
        !text.contains("Nhận xét kín") && !text.contains("4/5") && !text.contains("Phạm"),
        "{text}"
    );
    assert_eq!(blind.attributes("[name=points]", "value"), [""]);
    // 0.4 of 5 points apart: the mean.
    let next = other.press(&blind, &[("points", "4,4"), ("then", "next")]).await;
    assert_eq!(
        next.url.path(),
        papers[1],
        "the next one that this marker has not marked"
    );
    let agreed = other.open(&papers[0]).await;
    assert!(
        agreed.all_text().contains("Nhận xét kín"),
        "now they see it: {}",
        agreed.all_text()
    );
    assert!(
        points(&agreed).unwrap().contains("4,2/5"),
        "{}",
        agreed.all_text()
    );
    // 2 of 5 points apart: it waits, and Moodle keeps what it has.
    let apart = other.press(&next, &[("points", "3"), ("then", "next")]).await;
    assert_eq!(apart.url.path(), papers[1], "what lies apart stays in sight");
    assert!(
        apart.all_text().contains("lệch nhau 2 điểm"),
        "{}",
        apart.all_text()
    );
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!([room.grade(0), room.grade(1)], [Some(9.2), Some(10.0)]);
    let overview = one.get("marking").await;
    assert!(
        overview.all_text().contains("Chấm lệch nhau 1"),
        "{}",
        overview.all_text()
    );
    let book = one.get("gradebook").await.all_text();
    assert!(book.contains("Còn 1 câu trả lời chờ chấm"), "{book}");

    // Somebody who sees both settles it.
    let papers = one.papers("e1").await;
    one.mark(&papers[1], "3,5", "Chốt").await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(room.grade(1), Some(8.5));
    story.assert_well_formed();
}

#[tokio::test]
async fn hidden_names_are_nowhere_on_the_pages() {
    let room = Room::with(3).await;
    let marker = room.marker(INSTRUCTOR).await;
    let named = marker.papers("e1").await;
    marker.choose(&[("names", "hidden")]).await;
    let hidden = marker.papers("e1").await;
    let (mut one, mut other) = (named.clone(), hidden.clone());
    one.sort();
    other.sort();
    assert_eq!(one, other, "the same answers");
    assert_eq!(hidden, other, "in the order of their addresses, which are hashes");
    let database = &room.story.site.database;
    let mut secret = Vec::new();
    for query in [
        "SELECT person_id FROM attempts",
        "SELECT identity_id FROM attempts",
        "SELECT id FROM attempts",
        "SELECT COALESCE(name, '') FROM identities",
        "SELECT COALESCE(given_name, '') FROM identities",
        "SELECT COALESCE(family_name, '') FROM identities",
        "SELECT COALESCE(email, '') FROM identities",
    ] {
        secret.extend(database.texts(query).await);
    }
    let own = ["Phạm Văn Mẫu", "Phạm", "Văn Mẫu"];
    secret.retain(|words| words.chars().count() > 2 && !own.contains(&words.as_str()));
    assert!(secret.len() >= 9, "{secret:?}");
    let mut pages = vec![marker.get("marking").await, marker.get("marking/e1").await];
    for paper in &hidden {
        pages.push(marker.open(paper).await);
    }
    pages.push(marker.mark(&hidden[0], "1", "").await);
    for page in pages {
        for words in &secret {
            assert!(!page.body.contains(words.as_str()), "{words} in {}", page.url);
        }
    }
    let list = marker.get("marking/e1").await;
    assert!(list.text(".marking-list tbody th").unwrap().contains("Bài 1"));
    let other_question = marker.papers("e2").await;
    let key = |paper: &String| paper.rsplit('/').next().unwrap().to_owned();
    let keys: Vec<String> = hidden.iter().map(key).collect();
    assert!(
        other_question.iter().all(|paper| !keys.contains(&key(paper))),
        "nobody is known again"
    );
}
