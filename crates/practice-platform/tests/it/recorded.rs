//! Plays the recorded exchanges of a real Moodle 4.5 against the practice platform and compares what it says, what
//! it keeps, and what the strict checker finds.

use crate::support::{CLIENT, Exchange, Recorded, activity, add_activities, column, exchanges, recorded};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use practice_platform::{Answer, COURSE, Incoming, SigningKey};
use serde_json::Value;

/// Empty, an empty list, JSON, HTML or another text.
fn class(body: &str) -> &'static str {
    match body.trim() {
        "" => "empty",
        "[]" => "empty list",
        text if serde_json::from_str::<Value>(text).is_ok() => "json",
        text if text.starts_with('<') || text.starts_with("[an HTML") => "html",
        _ => "text",
    }
}

fn media_type(value: Option<&str>) -> String {
    value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn same(exchange: &Exchange, answer: &Answer, body: bool) {
    let note = &exchange.note;
    assert_eq!(answer.status, exchange.status, "{note}: {}", answer.text());
    assert_eq!(
        class(&answer.text()),
        class(&exchange.body),
        "{note}: {}",
        answer.text()
    );
    let recorded_type = media_type(exchange.header("content-type"));
    assert_eq!(media_type(answer.header("content-type")), recorded_type, "{note}");
    if body {
        let json = |text: &str| serde_json::from_str::<Value>(text).ok();
        assert_eq!(json(&answer.text()), json(&exchange.body), "{note}");
    }
}

/// What the checker has to find in each recorded exchange, from expected-problems.tsv: file, note, rules.
/// An exchange that does not stand there has to pass.
struct Expected(Vec<[&'static str; 3]>);

impl Expected {
    fn read() -> Self {
        let lines = include_str!("expected-problems.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        let split = |line: &'static str| -> [&'static str; 3] {
            line.split('\t')
                .collect::<Vec<_>>()
                .try_into()
                .unwrap_or_else(|_| panic!("three columns: {line}"))
        };
        Self(lines.map(split).collect())
    }

    fn check(&self, file: &str, note: &str, found: &[&'static str]) {
        let expected = self.0.iter().find(|[of, about, _]| *of == file && *about == note);
        assert_eq!(
            found.join(" "),
            expected.map_or("", |[_, _, rules]| rules),
            "{file}\t{note}"
        );
    }
}

#[test]
fn expected_problems_name_recorded_exchanges() {
    for [file, note, rules] in Expected::read().0 {
        assert!(
            exchanges(file).iter().any(|exchange| exchange.note == note),
            "{file}: {note}"
        );
        assert!(!rules.is_empty(), "{file}: {note}");
    }
}

#[tokio::test]
async fn line_items() {
    let (recorded, expected) = (Recorded::new(), Expected::read());
    add_activities(&recorded.platform);
    recorded.platform.set_next_id("line item", 9);
    for exchange in exchanges("ags-lineitems.http") {
        // Grade items that are not a tool's are left out of the practice platform.
        if exchange.note.starts_with("a grade item that is not the tool's") {
            continue;
        }
        let (answer, rules) = recorded.play(&exchange).await;
        same(&exchange, &answer, !exchange.note.starts_with("the next link"));
        if let Some(link) = exchange.header("link") {
            assert_eq!(answer.header("link"), Some(link), "{}", exchange.note);
        }
        expected.check("ags-lineitems.http", &exchange.note, &rules);
    }
}

#[tokio::test]
async fn scores_and_results() {
    let (recorded, expected) = (Recorded::new(), Expected::read());
    activity(
        &recorded.platform,
        COURSE,
        12,
        14,
        "Kiểm tra chương 4: Dao phay",
        column(10.0, "quiz-4", ""),
    );
    recorded.platform.set_next_id("line item", 9);
    recorded
        .platform
        .add_line_item(COURSE, 1, "Bài thực hành số 1", column(20.0, "lab-1", ""));
    let mut all: Vec<_> = exchanges("ags-scores.http")
        .into_iter()
        .chain(exchanges("ags-results.http"))
        .collect();
    all.sort_by_key(|exchange| exchange.at);
    let mut rows = 0;
    for exchange in all {
        act_as_teacher(&recorded, &exchange);
        let (answer, rules) = recorded.play(&exchange).await;
        let results = exchange.request.path.ends_with("/results") && exchange.status == 200;
        same(&exchange, &answer, !results);
        if results && exchange.header("link").is_none() {
            assert_eq!(
                by_user(&answer.text()),
                by_user(&exchange.body),
                "{}",
                exchange.note
            );
        }
        assert_eq!(
            answer.header("link"),
            exchange.header("link"),
            "{}",
            exchange.note
        );
        if let Some(row) = &exchange.row {
            same_row(&recorded, row, &exchange.note);
            rows += 1;
        }
        expected.check(&exchange.file, &exchange.note, &rules);
    }
    assert!(rows > 40, "{rows} rows compared");
}

/// What was done by hand in Moodle between the recorded requests.
fn act_as_teacher(recorded: &Recorded, exchange: &Exchange) {
    let platform = &recorded.platform;
    let note = exchange.note.as_str();
    if note.starts_with("after the teacher changed the grade by hand") {
        recorded.at(1_795_337_159);
        platform.set_override(9, 14, Some(4.5));
        platform.set_feedback(9, 14, Some("Giáo viên sửa tay"));
    } else if note.starts_with("that user's grade is locked") {
        platform.lock_grade(8, 14, true);
    } else if note == "the whole column is locked" {
        // The lock did not take in the recording; the teacher's grade was given back, though.
        platform.lock_grade(8, 14, false);
        platform.set_override(9, 14, None);
    } else if note.starts_with("standalone: after a change by hand") {
        recorded.at(1_795_337_168);
        platform.set_override(5, 9, Some(3.0));
        platform.set_feedback(5, 9, Some("Giáo viên sửa tay"));
    } else if note == "the whole column is locked in the gradebook" {
        platform.lock_line_item(14, true);
    } else if note == "user whose enrolment is suspended" {
        platform.lock_line_item(14, false);
        platform.suspend(COURSE, 8, true);
    }
}

fn by_user(body: &str) -> Vec<Value> {
    let mut rows: Vec<Value> = serde_json::from_str(body).unwrap();
    rows.sort_by_key(|row| row["userId"].as_str().unwrap().to_owned());
    rows
}

/// Compares a cell with Moodle's own row, such as
/// `user 5, item 14, after this request: rawgrade|7.50000 rawgrademax|… finalgrade|7.50000 feedback|… feedbackformat|2 … timemodified|1795336200 …`.
fn same_row(recorded: &Recorded, row: &str, note: &str) {
    // A second row, if any, was read after a change by hand.
    let row = row.lines().next().unwrap();
    let (who, values) = row.split_once(", after this request: ").unwrap();
    let number = |text: &str| text.split(' ').nth(1).unwrap().parse::<i64>().unwrap();
    let (user, item) = who.split_once(", ").unwrap();
    let cell = recorded.platform.grade(number(user), number(item));
    let value = |name: &str, next: &str| {
        let start = values.split_once(&format!("{name}|")).unwrap().1;
        start
            .split_once(next)
            .map_or(start, |(value, _)| value)
            .trim()
            .to_owned()
    };
    let grade = |value: String| value.parse::<f64>().ok();
    assert_eq!(cell.raw, grade(value("rawgrade", " rawgrademax")), "{note}");
    assert_eq!(cell.grade, grade(value("finalgrade", " feedback|")), "{note}");
    assert_eq!(
        cell.modified,
        value("timemodified", " tm|").parse().ok(),
        "{note}"
    );
    let feedback = value("feedback", " feedbackformat|");
    // The recording shows line breaks as spaces.
    assert_eq!(
        cell.feedback.unwrap_or_default().replace('\n', " "),
        feedback,
        "{note}"
    );
}

#[tokio::test]
async fn memberships() {
    let (recorded, expected) = (Recorded::new(), Expected::read());
    activity(
        &recorded.platform,
        COURSE,
        12,
        14,
        "Kiểm tra chương 4: Dao phay",
        column(10.0, "quiz-4", ""),
    );
    for exchange in exchanges("nrps.http") {
        match exchange.note.as_str() {
            // The front page's course with the guest user is left out of the practice platform.
            "a course where the tool has no activity" => continue,
            "privacy: name never, email never" => {
                recorded.platform.change_tool(CLIENT, |tool| {
                    tool.config.share_name = false;
                    tool.config.share_email = false;
                });
            }
            note if note.starts_with("with student4") => {
                recorded.platform.change_tool(CLIENT, |tool| {
                    tool.config.share_name = true;
                    tool.config.share_email = true;
                });
                recorded.platform.suspend(COURSE, 8, true);
            }
            _ => {}
        }
        let (answer, rules) = recorded.play(&exchange).await;
        // With rlid each member carries random launch ids.
        same(&exchange, &answer, !exchange.note.starts_with("rlid=12"));
        assert_eq!(
            answer.header("link"),
            exchange.header("link"),
            "{}",
            exchange.note
        );
        expected.check("nrps.http", &exchange.note, &rules);
    }
}

#[tokio::test]
async fn tokens() {
    let (recorded, expected) = (Recorded::new(), Expected::read());
    let stranger = SigningKey::generate("tool-key-1").unwrap();
    for mut exchange in exchanges("token.http") {
        resign(&mut exchange, &recorded, &stranger);
        let (answer, rules) = recorded.play(&exchange).await;
        same(&exchange, &answer, false);
        if exchange.status == 400 {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&answer.text()), words(&exchange.body), "{}", exchange.note);
        } else {
            let scope = |text: &str| serde_json::from_str::<Value>(text).unwrap()["scope"].clone();
            assert_eq!(scope(&answer.text()), scope(&exchange.body), "{}", exchange.note);
        }
        expected.check("token.http", &exchange.note, &rules);
    }
}

/// Signs the recorded assertion again: the tool's recorded private key is not at hand.
fn resign(exchange: &mut Exchange, recorded: &Recorded, stranger: &SigningKey) {
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&exchange.request.body)
        .into_owned()
        .collect();
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in form {
        let value = if name == "client_assertion" {
            let part = |index: usize| -> Value {
                let part = value.split('.').nth(index).unwrap();
                serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
            };
            let key = if exchange.note.contains("signature wrong") {
                stranger
            } else {
                &recorded.tool_key
            };
            key.sign_with(&part(0), &part(1))
        } else {
            value
        };
        out.append_pair(&name, &value);
    }
    exchange.request.body = out.finish().into_bytes();
}

fn registration_token(recorded: &Recorded) -> String {
    let address = recorded
        .platform
        .begin_registration("http://localhost:8190/register")
        .unwrap();
    let address = url::Url::parse(&address).unwrap();
    address
        .query_pairs()
        .find(|(name, _)| name == "registration_token")
        .unwrap()
        .1
        .into_owned()
}

#[tokio::test]
async fn registration() {
    let (recorded_site, expected_problems) = (Recorded::new(), Expected::read());
    let text = recorded("registration-first-request.http");
    let (_, body) = text.split_once("\n\n").unwrap();
    let token = registration_token(&recorded_site);
    let request = |body: &str| Incoming {
        method: "POST".into(),
        path: "/mod/lti/openid-registration.php".into(),
        headers: vec![
            ("content-type".into(), "application/json".into()),
            ("authorization".into(), format!("Bearer {token}")),
        ],
        body: body.as_bytes().to_vec(),
        ..Incoming::default()
    };
    let answer = recorded_site.platform.answer(request(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let response = recorded("registration-first-response.http");
    let mut expected: Value = serde_json::from_str(response.split_once("\n\n").unwrap().1).unwrap();
    let mut given: Value = serde_json::from_str(&answer.text()).unwrap();
    let tool = "https://purl.imsglobal.org/spec/lti-tool-configuration";
    assert_eq!(given[tool]["deployment_id"], "2", "tool 1 stands there already");
    let sorted = |value: &Value| {
        let mut scopes: Vec<_> = value["scope"]
            .as_str()
            .unwrap()
            .split(' ')
            .map(str::to_owned)
            .collect();
        scopes.sort();
        scopes
    };
    assert_eq!(sorted(&given), sorted(&expected));
    for document in [&mut given, &mut expected] {
        document["client_id"] = Value::Null;
        document["scope"] = Value::Null;
        document[tool]["deployment_id"] = Value::Null;
    }
    assert_eq!(given, expected);
    assert_eq!(recorded_site.platform.problems(), []);
    let registered = recorded_site.platform.tools().pop().unwrap();
    assert!(!registered.active && !registered.in_chooser);
    assert!(
        registered.config.custom.contains(&("eq".into(), "a=b=c".into())),
        "stored whole"
    );

    for exchange in exchanges("registration-errors.http") {
        recorded_site.at(exchange.at);
        let mut again = exchange.request.clone();
        let fresh = match exchange.note.as_str() {
            "registration token used a second time" => Some(token.clone()),
            "nonsense token" => None,
            _ => Some(registration_token(&recorded_site)),
        };
        if let (Some(fresh), Some((_, value))) = (
            fresh,
            again.headers.iter_mut().find(|(name, _)| name == "authorization"),
        ) {
            *value = format!("Bearer {fresh}");
        }
        recorded_site.platform.clear_requests();
        let answer = recorded_site.platform.answer(again).await;
        same(&exchange, &answer, false);
        if class(&exchange.body) == "text" {
            assert_eq!(answer.text(), exchange.body, "{}", exchange.note);
        }
        let rules = recorded_site.rules();
        expected_problems.check("registration-errors.http", &exchange.note, &rules);
    }
}
