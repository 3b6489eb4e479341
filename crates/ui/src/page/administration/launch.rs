//! A kept launch, judged again; and the page that waits for a test launch.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, Texts};

/// What came, what was found, and what becomes of it now.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/launch.html")]
pub struct KeptLaunch {
    /// The surroundings.
    pub frame: Frame,
    /// The trace id, or that of a test launch.
    pub id: String,
    /// The platform's name.
    pub platform: String,
    /// Why it was refused; `None` for one that was accepted.
    pub refused: Option<Refused>,
    /// What becomes of it now: the code and its texts; `None` when it would be accepted.
    pub refused_now: Option<Refused>,
    /// Our clock when it came, formatted.
    pub at: String,
    /// The platform's when it signed; empty when it does not say.
    pub platform_at: String,
    /// How far the two are apart, "2 s"; empty when it is not known.
    pub apart: String,
    /// RFC 7638 thumbprint of the platform's key; empty when it is not known.
    pub key_thumbprint: String,
    /// Each check.
    pub checks: Vec<CheckRow>,
    /// The header as JSON, indented.
    pub header: String,
    /// The claims as JSON, indented.
    pub claims: String,
}

/// A code with what it means.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// The title that the person read.
    pub title: String,
    /// What happened.
    pub sentence: String,
    /// Who can put it right, and how.
    pub fix: String,
    /// The inner reason in English; empty for none.
    pub detail: String,
}

/// One check.
#[derive(Debug, Clone)]
pub struct CheckRow {
    /// What is checked, in words; see [`step_label`].
    pub label: String,
    /// How it comes out.
    pub outcome: CheckOutcome,
    /// The code and the inner reason of one that fails; empty else.
    pub detail: String,
}

/// How a check comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOutcome {
    /// Well.
    Passed,
    /// It refuses the launch.
    Failed,
    /// What it needs is not known any more.
    Unknown,
}

/// Waits for the next launch of a registration.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/test_launch.html")]
pub struct TestLaunch {
    /// The surroundings.
    pub frame: Frame,
    /// The registration's id.
    pub registration_id: String,
    /// The platform's name.
    pub platform: String,
    /// Until when the next launch is waited for, formatted; empty when it is not.
    pub waits_until: String,
    /// The newest one's id and time; `None` when none came yet.
    pub newest: Option<(String, String)>,
}

impl Refused {
    /// The texts of a code.
    pub fn of(t: Texts, code: &str, detail: &str) -> Self {
        let texts = crate::page::problem::texts_of(t, code);
        Self {
            code: code.to_owned(),
            title: texts.title,
            sentence: texts.sentence,
            fix: texts.fix,
            detail: detail.to_owned(),
        }
    }
}

/// The words for a check, by its stable name.
pub fn step_label(t: Texts, step: &str) -> String {
    t.get(&format!("launch-step-{step}")).into_owned()
}

impl Page for KeptLaunch {
    const NAME: &'static str = "administration/launch";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = frame(language);
        let t = frame.t;
        let row = |step: &str, outcome: CheckOutcome, detail: &str| CheckRow {
            label: step_label(t, step),
            outcome,
            detail: detail.to_owned(),
        };
        let passed = |step: &str| row(step, CheckOutcome::Passed, "");
        let pending = "LTI-DEP-PENDING: the registration does not know the deployment 7";
        let checks = vec![
            passed("state"),
            passed("signature"),
            passed("header"),
            passed("issuer"),
            passed("audience"),
            passed("times"),
            row("nonce", CheckOutcome::Unknown, ""),
            passed("claims"),
            passed("registration"),
            row("record", CheckOutcome::Failed, pending),
        ];
        let refusal = Refused::of(
            t,
            "LTI-DEP-PENDING",
            "the registration does not know the deployment 7",
        );
        let refused = Self {
            id: "7f3a9c1e5b2d4a607f3a9c1e5b2d4a60".to_owned(),
            platform: "Moodle Thủ Đức".to_owned(),
            refused: Some(refusal.clone()),
            refused_now: Some(refusal),
            at: sample_time(t, "2026-11-22T03:41:02Z"),
            platform_at: sample_time(t, "2026-11-22T03:41:00Z"),
            apart: "2 s".to_owned(),
            key_thumbprint: "5gqkYkB3mq1m0l6m3Wc2mVbqk1Qx7n8sKqN0n5y8D3E".to_owned(),
            checks,
            header: "{\n  \"alg\": \"RS256\",\n  \"kid\": \"294a812fa1242e5c9f45\",\n  \"typ\": \"JWT\"\n}".to_owned(),
            claims: "{\n  \"iss\": \"https://moodle.example.edu.vn\",\n  \"name\": \"(left out)\",\n  \"sub\": \"5\"\n}"
                .to_owned(),
            frame,
        };
        let mended = Self {
            refused_now: None,
            checks: refused.checks.iter().take(6).cloned().collect(),
            ..refused.clone()
        };
        let accepted = Self {
            refused: None,
            ..mended.clone()
        };
        vec![("refused", refused), ("mended", mended), ("accepted", accepted)]
    }
}

impl Page for TestLaunch {
    const NAME: &'static str = "administration/test-launch";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = frame(language);
        let t = frame.t;
        let quiet = Self {
            registration_id: "0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f".to_owned(),
            platform: "Moodle Thủ Đức".to_owned(),
            waits_until: String::new(),
            newest: None,
            frame,
        };
        let waiting = Self {
            waits_until: sample_time(t, "2026-11-22T03:56:00Z"),
            newest: Some((
                "7f3a9c1e5b2d4a607f3a9c1e5b2d4a60".to_owned(),
                sample_time(t, "2026-11-21T03:41:00Z"),
            )),
            ..quiet.clone()
        };
        vec![("quiet", quiet), ("waiting", waiting)]
    }
}

fn frame(language: Language) -> Frame {
    let mut frame = Frame::sample(language, Role::Administrator);
    if let Some(session) = frame.session.as_mut() {
        "Trường Cao đẳng Công nghệ Thủ Đức".clone_into(&mut session.course);
    }
    frame
}
