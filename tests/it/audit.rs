//! The audit trail: what administrators read of it, by page, by filter, as a file and on the command line.

use std::process::{Command, Stdio};

use app::administration;
use chrono::Duration;
use reqwest::StatusCode;
use storage::DatabaseUrl;
use tests::{Answer, Browser, TestSite};

use tests::program;

async fn signed_in(site: &TestSite, organisation: Option<&str>) -> (Browser, Answer) {
    let link = administration::link(&site.app, organisation.map(str::to_owned)).await;
    let browser = site.browser();
    let page = browser.post(&link.expect("a link"), &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    (browser, page)
}

async fn trail(browser: &Browser, page: &Answer, query: &str) -> Answer {
    let trail = browser.get(&format!("{}/audit{query}", page.url.path())).await;
    assert_eq!(trail.status, StatusCode::OK, "{}", trail.all_text());
    trail
}

fn rows(trail: &Answer) -> usize {
    trail.count("table.trail tbody tr")
}

#[tokio::test]
async fn who_did_what_newest_first() {
    let (site, connected) = TestSite::connected().await;
    let (browser, page) = signed_in(&site, None).await;
    assert!(
        page.attributes("a", "href")
            .contains(&format!("{}/audit", page.url.path()))
    );
    let path = format!(
        "{}/registrations/{}/disable",
        page.url.path(),
        connected.registration_id
    );
    browser.post(&path, &[("csrf", &page.csrf())]).await;
    let trail = trail(&browser, &page, "").await;
    assert_eq!(rows(&trail), 4, "{}", trail.all_text());
    let first = trail.text("table.trail tbody tr").expect("a row");
    assert!(
        first.contains("Tắt hệ thống học tập") && first.contains("Người dùng liên kết một lần"),
        "{first}"
    );
    assert!(
        first.contains(site.platform.origin()) || first.contains("Moodle"),
        "the platform has a name: {first}"
    );
    let last = trail.text("table.trail tbody tr:last-child").expect("a row");
    assert!(last.contains("Máy chủ (dòng lệnh)"), "{last}");
}

#[tokio::test]
async fn filters_and_pages() {
    let site = TestSite::start().await;
    let (browser, page) = signed_in(&site, None).await;
    for _ in 0..60 {
        browser
            .post(
                &format!("{}/invitations", page.url.path()),
                &[("csrf", &page.csrf())],
            )
            .await;
    }
    let first = trail(&browser, &page, "").await;
    assert_eq!(rows(&first), app::audit::PAGE);
    let next = first.attributes("p a.button", "href").pop().expect("a next page");
    let second = browser.get(&next).await;
    assert_eq!(rows(&second), 62 - app::audit::PAGE, "{}", second.all_text());
    assert_eq!(second.count("p a.button"), 0, "the last one");

    let check = async |query: &str, expected: usize| {
        let found = trail(&browser, &page, query).await;
        assert_eq!(rows(&found), expected, "{query}: {}", found.all_text());
    };
    check("?action=administrator.sign-in", 1).await;
    check("?action=unknown", 0).await;
    let person = site
        .database
        .texts("SELECT person_id FROM audit_records WHERE person_id IS NOT NULL")
        .await;
    check(&format!("?person={}", person[0]), app::audit::PAGE).await;
    check(
        &format!("?person={}&action=administrator.sign-in&from=&to=", person[0]),
        1,
    )
    .await;
    check("?person=nobody", 0).await;
    let today = site
        .clock
        .now()
        .with_timezone(&chrono_tz::Asia::Ho_Chi_Minh)
        .date_naive();
    let day = |days: i64| (today + Duration::days(days)).to_string();
    check(
        &format!("?action=administrator.link&from={}&to={}", day(0), day(0)),
        1,
    )
    .await;
    check(&format!("?from={}", day(1)), 0).await;
    check(&format!("?to={}", day(-1)), 0).await;
    check("?action=administrator.link&from=gestern", 1).await;
    let filtered = trail(&browser, &page, "?action=invitation.add").await;
    assert_eq!(
        filtered.attributes("#action option[selected]", "value"),
        ["invitation.add"]
    );
    let next = filtered
        .attributes("p a.button", "href")
        .pop()
        .expect("a next page");
    assert_eq!(rows(&browser.get(&next).await), 10, "the filter goes along");
}

#[tokio::test]
async fn the_file_follows_the_rules_of_our_files() {
    let site = TestSite::start().await;
    let (browser, page) = signed_in(&site, None).await;
    site.database
        .execute("UPDATE audit_records SET subject = '=HYPERLINK(\"x\")' WHERE action = 'administrator.link'")
        .await;
    let file = browser.get(&format!("{}/audit.csv", page.url.path())).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").starts_with("attachment"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert!(file.body.starts_with('\u{feff}'));
    assert_eq!(lines.len(), 3, "{}", file.body);
    assert!(
        lines[0].starts_with("Lúc;Người thực hiện;Việc đã làm;"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].contains("+07:00;") && lines[1].contains("administrator.sign-in"),
        "{}",
        lines[1]
    );
    assert!(lines[2].contains("'=HYPERLINK"), "{}", lines[2]);
    let filtered = browser
        .get(&format!(
            "{}/audit.csv?action=administrator.sign-in",
            page.url.path()
        ))
        .await;
    assert_eq!(filtered.body.lines().count(), 2);
}

#[tokio::test]
async fn nobody_reads_another_organisations_trail() {
    let site = TestSite::start().await;
    let (browser, page) = signed_in(&site, Some("Trường A")).await;
    let (_, other) = signed_in(&site, Some("Trường B")).await;
    assert_eq!(rows(&trail(&browser, &page, "").await), 2);
    for path in ["audit", "audit.csv"] {
        let stranger = browser.get(&format!("{}/{path}", other.url.path())).await;
        assert_eq!(stranger.code().as_deref(), Some("WEB-SESSION"), "{path}");
    }
    site.database.execute("DELETE FROM organisation_roles").await;
    for path in ["audit", "audit.csv"] {
        let former = browser.get(&format!("{}/{path}", page.url.path())).await;
        assert_eq!(former.code().as_deref(), Some("WEB-FORBIDDEN"), "{path}");
    }
}

#[tokio::test]
async fn the_command_line_prints_it() {
    let site = TestSite::start().await;
    signed_in(&site, Some("Trường A")).await;
    signed_in(&site, Some("Trường B")).await;
    let run = |arguments: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let key = folder.path().join("secret.key");
        std::fs::write(&key, [7; 32]).expect("a key file");
        let database = match &site.database.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let output = Command::new(program())
            .args(["admin", "audit"])
            .args(arguments)
            .env_clear()
            .env("TAYNGHE_DATABASE_URL", database)
            .env("TAYNGHE_SECRET_KEY_FILE", &key)
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.success(), told)
    };
    let (good, csv) = run(&["--organisation", "Trường A", "--format", "csv"]);
    assert!(good && csv.starts_with("\u{feff}When,Who,What,"), "{csv}");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let (good, json) = run(&[
        "--organisation",
        "Trường B",
        "--format",
        "json",
        "--action",
        "administrator.sign-in",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(good);
    assert_eq!(
        (json.as_array().map(Vec::len), json[0]["action"].as_str()),
        (Some(1), Some("administrator.sign-in"))
    );
    assert!(run(&["--to", "2020-01-01"]).0);
    assert!(!run(&["--organisation", "Trường C"]).0);
    assert!(!run(&["--from", "gestern"]).0);
}

/// Every word that the program writes into the trail has words for people, in every language.
#[test]
fn every_deed_has_words() {
    let mut deeds: Vec<String> = ["key.proven", "key.refused", "key.unreachable"]
        .map(str::to_owned)
        .to_vec();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/app/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.to_string_lossy().ends_with("_tests.rs") {
                continue;
            }
            let source = std::fs::read_to_string(path).expect("a source");
            let program = source.split("#[cfg(test)]").next().unwrap_or_default();
            deeds.extend(
                program
                    .split('"')
                    .filter(|literal| is_deed(literal))
                    .map(str::to_owned),
            );
        }
    }
    assert!(deeds.len() > 10, "{deeds:?}");
    for language in ui::Language::all() {
        let texts = ui::Texts::for_language(*language);
        for deed in &deeds {
            let label = ui::page::administration::action_label(texts, deed);
            assert_ne!(
                &label,
                deed,
                "audit-action-{} in {}",
                deed.replace('.', "-"),
                language.tag()
            );
        }
    }
}

fn is_deed(literal: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    literal
        .split_once('.')
        .is_some_and(|(noun, verb)| plain(noun) && plain(verb))
}
