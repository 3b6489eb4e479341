//! Reads the recorded exchanges and sets a platform up as the recorded Moodle was.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeZone, Utc};
use practice_platform::{
    ActivityConfig, ActivityLineItem, Answer, COURSE, Incoming, KeySource, Options, PracticePlatform,
    SECOND_COURSE, SigningKey, ToolConfig, User,
};
use serde_json::{Value, json};

/// Address of the recorded Moodle.
pub const ORIGIN: &str = "http://localhost:8090";
/// Client id of the recorded tool A.
pub const CLIENT: &str = "ZEAykAeI0LEzIiD";

/// One recorded exchange.
pub struct Exchange {
    pub file: String,
    pub note: String,
    pub request: Incoming,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub at: i64,
    /// Moodle's own grade row right after the request.
    pub row: Option<String>,
}

impl Exchange {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Text of a recorded file.
pub fn recorded(file: &str) -> String {
    let path = format!(
        "{}/../../tests/data/moodle-4.5/{file}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All exchanges of a recorded file.
pub fn exchanges(file: &str) -> Vec<Exchange> {
    let separator = "=".repeat(78);
    recorded(file)
        .split(&separator)
        .filter_map(|block| exchange(file, block))
        .collect()
}

fn exchange(file: &str, block: &str) -> Option<Exchange> {
    let (note, rest) = block.trim_start().split_once("\n>>> request\n")?;
    let (request, response) = rest.split_once("<<< response\n")?;
    let (response, row) = match response.split_once("--- gradebook row of ") {
        Some((response, row)) => (response, Some(row.trim_end().to_owned())),
        None => (response, None),
    };
    let (head, body) = response.split_once("\n\n").unwrap_or((response, ""));
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = headers(lines);
    let date = headers
        .iter()
        .find(|(name, _)| name == "date")
        .map(|(_, date)| date.as_str())?;
    let at = DateTime::parse_from_rfc2822(date).ok()?.timestamp();
    let note = note.trim_start_matches("# ").trim().to_owned();
    Some(Exchange {
        file: file.to_owned(),
        note,
        request: incoming(request)?,
        status,
        headers,
        body: body.trim().to_owned(),
        at,
        row,
    })
}

fn incoming(text: &str) -> Option<Incoming> {
    let (head, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let mut line = lines.next()?.split(' ');
    let method = line.next()?.to_owned();
    let target = line.next()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = headers(lines);
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, length)| length.parse().ok());
    let body = match length {
        Some(length) if length <= rest.len() => rest.as_bytes()[..length].to_vec(),
        _ => rest.trim().as_bytes().to_vec(),
    };
    Some(Incoming {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body,
    })
}

fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect()
}

/// The platform as the recorded Moodle stood, with a clock that the exchanges move.
pub struct Recorded {
    pub platform: PracticePlatform,
    pub tool_key: Arc<SigningKey>,
    clock: Arc<AtomicI64>,
}

impl Recorded {
    pub fn new() -> Self {
        let clock = Arc::new(AtomicI64::new(1_795_336_930));
        let hand = clock.clone();
        let mut options = Options::new(ORIGIN);
        options.clock = Arc::new(move || Utc.timestamp_opt(hand.load(Ordering::SeqCst), 0).unwrap());
        let platform = PracticePlatform::new(options);
        let tool_key = tool_key();
        platform.add_tool(ToolConfig {
            client_id: Some(CLIENT.into()),
            keys: KeySource::Inline(json!({ "keys": [tool_key.public_jwk()] })),
            deep_linking_url: Some("http://localhost:8190/dl".into()),
            redirect_uris: ["launch", "dl", "review"]
                .map(|end| format!("http://localhost:8190/{end}"))
                .to_vec(),
            ..ToolConfig::new(
                "Công cụ thử LTI",
                "http://localhost:8190/login",
                "http://localhost:8190/launch",
                "http://localhost:8190/jwks",
            )
        });
        for user in people() {
            platform.add_user(user);
        }
        Self {
            platform,
            tool_key,
            clock,
        }
    }

    pub fn at(&self, seconds: i64) {
        self.clock.store(seconds, Ordering::SeqCst);
    }

    /// A token with these scopes (short names), asked for as a tool does.
    pub async fn token(&self, scopes: &str) -> String {
        let now = self.clock.load(Ordering::SeqCst);
        let assertion = self.tool_key.sign(&json!({
            "iss": CLIENT, "sub": CLIENT, "aud": format!("{ORIGIN}/mod/lti/token.php"),
            "iat": now, "exp": now + 300, "jti": format!("{now}-{scopes}-{:p}", &now),
        }));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            )
            .append_pair("client_assertion", &assertion)
            .append_pair("scope", scopes)
            .finish();
        let request = Incoming {
            method: "POST".into(),
            path: "/mod/lti/token.php".into(),
            headers: vec![("content-type".into(), "application/x-www-form-urlencoded".into())],
            body: body.into_bytes(),
            ..Incoming::default()
        };
        let answer: Value = serde_json::from_slice(&self.platform.answer(request).await.body).unwrap();
        answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no token: {answer}"))
            .to_owned()
    }

    /// Plays a recorded request at its time, with a token of our own in place of the recorded one.
    pub async fn play(&self, exchange: &Exchange) -> (Answer, Vec<&'static str>) {
        self.at(exchange.at);
        let mut request = exchange.request.clone();
        let scopes = match exchange.note.as_str() {
            "bad token" => None,
            "token with only the score scope" => Some(SCORE.to_owned()),
            "token without the score scope" => Some(LINE_ITEM.to_owned()),
            _ => Some([LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE, MEMBERSHIPS].join(" ")),
        };
        let bearer = request
            .headers
            .iter_mut()
            .find(|(name, _)| name == "authorization");
        if let (Some((_, value)), Some(scopes)) = (bearer, scopes) {
            *value = format!("Bearer {}", self.token(&scopes).await);
        }
        self.platform.clear_requests();
        let answer = self.platform.answer(request).await;
        (answer, self.rules())
    }

    /// The rules that the checker named, each once.
    pub fn rules(&self) -> Vec<&'static str> {
        let mut rules: Vec<_> = self
            .platform
            .problems()
            .into_iter()
            .map(|problem| problem.rule)
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

pub const LINE_ITEM: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";
pub const LINE_ITEM_READ: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
pub const RESULT_READ: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";
pub const SCORE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";
pub const MEMBERSHIPS: &str = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";

/// The tool's key, one for the whole test program.
pub fn tool_key() -> Arc<SigningKey> {
    static KEY: std::sync::OnceLock<Arc<SigningKey>> = std::sync::OnceLock::new();
    KEY.get_or_init(|| Arc::new(SigningKey::generate("tool-key-1").unwrap()))
        .clone()
}

/// The people of the recorded Moodle.
fn people() -> Vec<User> {
    let row = |id: i64, username: &str, given: &str, family: &str| User {
        id,
        username: username.into(),
        given_name: given.into(),
        family_name: family.into(),
        person_sourcedid: if id == 2 {
            String::new()
        } else {
            format!("{}-MSSV", username.to_uppercase())
        },
        email: format!("{username}@example.vn"),
    };
    vec![
        row(2, "admin", "Admin", "User"),
        row(3, "teacher1", "Văn Dũng", "Phạm"),
        row(4, "teacher2", "Thị Mai", "Hoàng"),
        row(5, "student1", "Thị Ánh", "Nguyễn"),
        row(6, "student2", "Văn Đức", "Trần"),
        row(7, "student3", "Hoàng Phương Uyên", "Lê"),
        row(8, "student4", "Quốc Khánh", "Đặng"),
        row(9, "student5", "Ngọc Bảo Trâm", "Huỳnh"),
        row(10, "outsider1", "Ngoại Lệ", "Vũ"),
    ]
}

/// An activity with its recorded numbers.
pub fn activity(
    platform: &PracticePlatform,
    course: i64,
    id: i64,
    item: i64,
    title: &str,
    column: ActivityLineItem,
) {
    platform.set_next_id("activity", id);
    platform.set_next_id("cmid", id + 2);
    platform.set_next_id("line item", item);
    let made = platform.add_activity(
        course,
        ActivityConfig {
            title: title.into(),
            description: "Làm trong 20 phút. Được làm lại 2 lần.".into(),
            url: "http://localhost:8190/launch?res=quiz-1".into(),
            line_item: Some(column),
            ..ActivityConfig::default()
        },
    );
    assert_eq!(made, id);
}

/// A column of an activity.
pub fn column(score_maximum: f64, resource_id: &str, tag: &str) -> ActivityLineItem {
    ActivityLineItem {
        score_maximum,
        resource_id: resource_id.into(),
        tag: tag.into(),
        submission_review: None,
    }
}

/// The activities of the recorded courses before ags-lineitems.http.
pub fn add_activities(platform: &PracticePlatform) {
    let review = json!({ "url": "http://localhost:8190/review", "custom": { "review": "1" } });
    let first = ActivityLineItem {
        submission_review: Some(review),
        ..column(10.0, "quiz-1", "chapter-test")
    };
    activity(
        platform,
        COURSE,
        1,
        2,
        "Kiểm tra chương 1: An toàn máy CNC",
        first,
    );
    activity(
        platform,
        COURSE,
        3,
        3,
        "Kiểm tra chương 2",
        column(100.0, "quiz-2", "chapter-test"),
    );
    activity(
        platform,
        COURSE,
        4,
        4,
        "Kiểm tra chương 3 (không url)",
        column(100.0, "", ""),
    );
    activity(platform, SECOND_COURSE, 9, 6, "M 200", column(100.0, "m200", ""));
    activity(platform, SECOND_COURSE, 10, 7, "M 1000", column(100.0, "", ""));
    activity(platform, SECOND_COURSE, 11, 8, "M 1", column(1.0, "", ""));
}
