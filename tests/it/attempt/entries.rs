//! What a page's script sends: acknowledged is what is saved, saved is what stays.

use assessment::{Code, EntryKind, Rules, limits};
use practice_platform::STUDENTS;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::{Quiz, chosen};

#[tokio::test]
async fn answers_survive_a_reload() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let now = quiz.now();
    sheet.saves(&tab.body(&[tab.answer("q1", &["o2"], now)]), 1).await;
    let more = [tab.answer("q1", &["o1"], now), tab.answer("q2", &["a", "c"], now)];
    let flag = tab.next(EntryKind::Flag, Some("q3"), "", now);
    sheet.saves(&tab.body(&more), 3).await;
    let answer = sheet.saves(&tab.body(&[flag]), 4).await;
    assert_eq!(answer["remaining_seconds"], Value::Null);

    let page = sheet.reload().await;
    assert_eq!(chosen(&page, "q1"), ["o1"]);
    assert_eq!(chosen(&page, "q2"), ["a", "c"]);
    assert_eq!(chosen(&page, "q3"), Vec::<String>::new());
    assert_eq!(page.attributes("input[name='flag/q3'][checked]", "value"), ["on"]);
    assert_eq!(page.count("[data-saved]:not(:empty)"), 2);
    // a new launch in another browser goes on with the same attempt
    let elsewhere = quiz.launch(STUDENTS[0]).await;
    assert_eq!(chosen(&elsewhere.start().await.page, "q1"), ["o1"]);
    assert_eq!(quiz.site.count("attempts").await, 1);
}

#[tokio::test]
async fn saved_twice_is_saved_once_and_another_payload_is_a_conflict() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let entries = [
        tab.answer("q1", &["o1"], quiz.now()),
        tab.answer("q3", &["true"], quiz.now()),
    ];
    let body = tab.body(&entries);
    for _ in 0..3 {
        sheet.saves(&body, 2).await;
    }
    sheet.saves(&tab.body(&entries[..1]), 2).await;
    assert_eq!(quiz.site.count("attempt_entries").await, 2);
    let mut other = entries[0].clone();
    other["payload"] = json!({"choice": ["o2"]}).to_string().into();
    sheet.refuses(&tab.body(&[other]), "ATT-ENTRY-CONFLICT").await;
    assert_eq!(chosen(&sheet.reload().await, "q1"), ["o1"]);

    // also after the end, so that a page whose acknowledgement was lost learns that all is well
    sheet.submit().await;
    sheet.saves(&body, 2).await;
    sheet
        .refuses(&tab.body(&[tab.answer("q1", &["o2"], quiz.now())]), "ATT-CLOSED")
        .await;
}

#[tokio::test]
async fn a_second_tab_asks_before_it_writes() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let (first, second) = (sheet.tab("first"), sheet.tab("second"));
    sheet
        .saves(&first.body(&[first.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
    let answer = second.answer("q1", &["o2"], quiz.now());
    sheet
        .refuses(&second.body(std::slice::from_ref(&answer)), "ATT-WRITER")
        .await;
    sheet.saves(&second.taking_over(&[answer]), 1).await;
    // the first one was overtaken: it has to ask too, however long it waits
    let late = first.answer("q2", &["a"], quiz.now());
    sheet
        .refuses(&first.body(std::slice::from_ref(&late)), "ATT-WRITER")
        .await;
    quiz.site.clock.advance(chrono::Duration::hours(1));
    sheet
        .refuses(&first.body(std::slice::from_ref(&late)), "ATT-WRITER")
        .await;
    // a new page gets the lapsed lease without asking
    let third = sheet.tab("third");
    sheet
        .saves(&third.body(&[third.answer("q3", &["true"], quiz.now())]), 1)
        .await;
    sheet.saves(&first.taking_over(&[late]), 2).await;
    let page = sheet.reload().await;
    assert_eq!(
        (chosen(&page, "q1"), chosen(&page, "q2")),
        (vec!["o2".to_owned()], vec!["a".to_owned()])
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_name() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
    let good = tab.answer("q1", &["o2"], quiz.now());
    let changed = |field: &str, value: Value| {
        let mut entry = good.clone();
        entry[field] = value;
        // the server makes the hashes of a page that has none
        if !field.ends_with("hash") {
            entry["hash"] = Value::Null;
        }
        entry
    };
    let too_large = "x".repeat(limits::PAYLOAD_BYTES + 1);
    let cases = [
        (changed("number", json!(3)), "ATT-ENTRY-GAP"),
        (changed("number", json!(0)), "ATT-ENTRY-GAP"),
        (changed("hash", json!("0".repeat(64))), "ATT-CHAIN"),
        (changed("previous_hash", json!("0".repeat(64))), "ATT-CHAIN"),
        (changed("kind", json!("marker_decision")), "ATT-ENTRY-KIND"),
        (changed("kind", json!("erase")), "ATT-ENTRY-KIND"),
        (changed("slot", json!("q9")), "ATT-SLOT-UNKNOWN"),
        (changed("slot", Value::Null), "ATT-RESPONSE-INVALID"),
        (
            changed("payload", json!(r#"{"choice":["o9"]}"#)),
            "ATT-RESPONSE-INVALID",
        ),
        (
            changed("payload", json!(r#"{"choice":["o1","o2"]}"#)),
            "ATT-RESPONSE-INVALID",
        ),
        (changed("payload", json!(too_large)), "ATT-TOO-LARGE"),
        (changed("payload", json!(7)), "WEB-FORM"),
    ];
    for (entry, code) in cases {
        sheet.refuses(&tab.body(&[entry]), code).await;
    }
    let server = json!({"writer": "server", "take_over": true, "entries": [good]});
    sheet.refuses(&server, "ATT-WRITER").await;
    assert_eq!(quiz.site.count("attempt_entries").await, 1);
    sheet.saves(&tab.body(&[good]), 2).await;
    // an open attempt is continued; the code exists for those who decide without us
    let open = assessment::FormerAttempt {
        state: assessment::AttemptState::Open,
        ended_at: None,
    };
    let again = assessment::can_start(&Rules::default(), &[open], quiz.now()).map_err(|refused| refused.code);
    assert_eq!(again.unwrap_err().as_str(), "ATT-ALREADY-OPEN");
    assert_eq!(again, Err(Code::AlreadyOpen));
}

#[tokio::test]
async fn what_comes_before_a_refused_entry_is_saved() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let entries = [
        tab.answer("q1", &["o1"], quiz.now()),
        tab.answer("q9", &["o1"], quiz.now()),
    ];
    sheet.saves(&tab.body(&entries), 1).await;
    sheet.refuses(&tab.body(&entries[1..]), "ATT-SLOT-UNKNOWN").await;
    assert_eq!(chosen(&sheet.reload().await, "q1"), ["o1"]);
}

#[tokio::test]
async fn a_page_that_cannot_hash_is_chained_by_the_server() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let mut entries = [
        tab.answer("q1", &["o2"], quiz.now()),
        tab.answer("q1", &["o1"], quiz.now()),
    ];
    for entry in &mut entries {
        entry["hash"] = Value::Null;
        entry["previous_hash"] = Value::Null;
    }
    sheet.saves(&tab.body(&entries[..1]), 1).await;
    sheet.saves(&tab.body(&entries), 2).await;
    // the chain is the one that the page would have made
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o2"], quiz.now())]), 3)
        .await;
}

#[tokio::test]
async fn submitting_by_an_entry_ends_the_attempt() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let entries = [
        tab.answer("q1", &["o1"], quiz.now()),
        tab.next(EntryKind::Submit, None, "", quiz.now()),
        tab.answer("q2", &["a", "b"], quiz.now()),
    ];
    sheet.saves(&tab.body(&entries), 2).await;
    let review = sheet.reload().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    assert_eq!(quiz.site.count("grade_deliveries").await, 1);
}

#[tokio::test]
async fn without_entries_only_the_time_is_told() {
    let quiz = Quiz::with(Rules {
        time_limit_seconds: Some(600),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    quiz.site.clock.advance(chrono::Duration::seconds(100));
    let told = sheet.saves(&tab.body(&[]), 0).await;
    let left = told["remaining_seconds"].as_i64().unwrap();
    assert!((490..=500).contains(&left), "{told}");
    assert!(
        told["server_time"]
            .as_str()
            .is_some_and(|time| time.ends_with('Z')),
        "{told}"
    );
    assert_eq!(quiz.site.count("attempt_writers").await, 0);
}

#[tokio::test]
async fn a_request_that_is_no_scripts_of_ours_is_refused() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let body = tab.body(&[tab.answer("q1", &["o1"], quiz.now())]);
    let url = sheet.page.url.join(&sheet.path("/entries")).unwrap();
    let token = header::HeaderName::from_static("x-csrf-token");
    let check =
        async |content_type: &str, origin: &str, csrf: &str, body: String, code: &str, status: StatusCode| {
            let headers = [
                (header::CONTENT_TYPE, content_type.to_owned()),
                (header::ORIGIN, origin.to_owned()),
                (token.clone(), csrf.to_owned()),
            ];
            let answer = desk.browser.send(Method::PUT, &url, &headers, Some(body)).await;
            assert_eq!(answer.code().as_deref(), Some(code), "{}", answer.body);
            assert_eq!(answer.status, status);
        };
    let (json, ours, csrf) = ("application/json", quiz.site.url.as_str(), sheet.page.csrf());
    let text = body.to_string();
    check(
        "text/plain",
        ours,
        &csrf,
        text.clone(),
        "WEB-MEDIA-TYPE",
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
    )
    .await;
    check(
        json,
        "https://else.example",
        &csrf,
        text.clone(),
        "WEB-CSRF",
        StatusCode::FORBIDDEN,
    )
    .await;
    check(
        json,
        ours,
        "guessed",
        text.clone(),
        "WEB-CSRF",
        StatusCode::FORBIDDEN,
    )
    .await;
    check(
        json,
        ours,
        &csrf,
        "{".to_owned(),
        "WEB-FORM",
        StatusCode::BAD_REQUEST,
    )
    .await;
    let too_large = format!("{}{text}", " ".repeat(256 * 1024));
    check(
        json,
        ours,
        &csrf,
        too_large,
        "WEB-TOO-LARGE",
        StatusCode::PAYLOAD_TOO_LARGE,
    )
    .await;
    assert_eq!(quiz.site.count("attempt_entries").await, 0);
    sheet.saves(&body, 1).await;
}
