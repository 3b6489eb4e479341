//! The reviews that a real Moodle 4.5.6 sent (tests/data/moodle-4.5), signed
//! again for this story's platform: only addresses, times and ids are ours.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lti::claim;
use practice_platform::{Container, Language, Message, STUDENTS};
use serde_json::Value;
use tests::Answer;

use super::is_attempt;
use crate::grade::Story;

/// What cannot be the recording's: the sites are others, and time has passed.
const OURS: [&str; 11] = [
    "nonce",
    "iat",
    "exp",
    "iss",
    "aud",
    claim::DEPLOYMENT_ID,
    claim::TARGET_LINK_URI,
    claim::RESOURCE_LINK,
    claim::AGS_ENDPOINT,
    claim::NRPS,
    claim::LAUNCH_PRESENTATION,
];

impl Story {
    async fn replay(&self, name: &str) -> Answer {
        let path = format!("{}/data/moodle-4.5/{name}", env!("CARGO_MANIFEST_DIR"));
        let recorded = std::fs::read_to_string(path).expect("the recording");
        let recorded: Value = serde_json::from_str(&recorded).expect("JSON");
        let recorded = &recorded["claims"];
        let number = |value: &Value| value.as_str().and_then(|id| id.parse().ok()).expect("a number");
        let message = Message::SubmissionReview {
            activity: self.activity,
            for_user: number(&recorded[claim::FOR_USER]["user_id"]),
        };
        let platform = &self.site.platform;
        let user = number(&recorded["sub"]);
        let initiation = platform.initiation(user, message, Container::Iframe, Language::Vi);
        let browser = self.site.browser();
        let form = browser.begin_launch(&initiation.expect("the activity")).await;
        let honest = form.attributes("input[name=id_token]", "value").remove(0);
        let payload = honest.split('.').nth(1).expect("a payload");
        let payload = URL_SAFE_NO_PAD.decode(payload).expect("base64");
        let mut claims: Value = serde_json::from_slice(&payload).expect("JSON");
        for (name, value) in recorded.as_object().expect("claims") {
            if name == claim::CUSTOM {
                let custom = value.as_object().expect("custom parameters").clone();
                claims[name].as_object_mut().expect("ours").extend(custom);
            } else if !OURS.contains(&name.as_str()) {
                claims[name] = value.clone();
            }
        }
        let token = platform.sign(&claims);
        browser.submit(&form, "id_token", &[("id_token", &token)]).await
    }
}

#[tokio::test]
async fn what_moodle_sends_leads_where_it_may() {
    let story = Story::begin().await;
    // Nobody has begun: the teacher reads so, the student may begin.
    let page = story.replay("submission-review-teacher.json").await;
    assert!(
        page.url.path().ends_with("/gradebook"),
        "{} {}",
        page.url,
        page.all_text()
    );
    assert!(page.all_text().contains("chưa bắt đầu"), "{}", page.all_text());
    let page = story.replay("submission-review-student-self.json").await;
    assert!(page.url.path().ends_with('/'), "{} {}", page.url, page.all_text());

    story.hand_in(STUDENTS[0], 2).await;
    story.hand_in(STUDENTS[1], 2).await;
    story.hand_in(STUDENTS[2], 2).await;
    for name in [
        "submission-review-teacher.json",
        "submission-review-student-self.json",
    ] {
        let page = story.replay(name).await;
        assert!(is_attempt(&page), "{name}: {} {}", page.url, page.all_text());
    }
    let refused = story
        .replay("submission-review-student-for-another-student.json")
        .await;
    assert_eq!(refused.code().as_deref(), Some("LTI-REV-FORBIDDEN"));
}
