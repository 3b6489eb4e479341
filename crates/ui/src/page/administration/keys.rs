//! Our signing keys: where each stands, which platform accepts the new one,
//! and who has to mend what.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page, Texts};

/// The keys of the service and the platforms of one organisation.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/keys.html")]
pub struct Keys {
    /// The surroundings. Below its prefix stands `/administration/keys`, which the buttons post to.
    pub frame: Frame,
    /// What became of a wish for a new key.
    pub outcome: Outcome,
    /// Newest first.
    pub keys: Vec<KeyRow>,
    /// Newest registration first.
    pub platforms: Vec<PlatformCard>,
    /// How many platforms of other organisations have not accepted the new key.
    pub others: usize,
    /// What can be done now.
    pub next: Next,
    /// The address of our key set, for whoever has to type it.
    pub key_set_url: String,
}

/// What became of a wish for a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody wished.
    Nothing,
    /// A key was made, or the platforms were asked again, and all have accepted it.
    Accepted,
    /// Some platform has not accepted it.
    HeldUp,
}

/// What can be done now; times are formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A key can be made; by itself that happens then. Empty for never.
    Rotate(String),
    /// The platforms that have not accepted the new key can be asked again.
    AskAgain,
    /// Nothing, until the old key is gone then.
    Wait(String),
    /// Nothing: another organisation's administrators make new keys.
    NotHere,
}

/// One key.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its id in our key set.
    pub id: String,
    /// Where it stands.
    pub state: KeyState,
    /// When it was made, formatted.
    pub made_at: String,
    /// How many platforms it signs for, formatted.
    pub platforms: String,
}

/// Where a key stands; times are formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Being proven.
    Published,
    /// Signing since then.
    Signing(String),
    /// Still in our key set until then.
    Retiring(String),
}

/// One platform.
#[derive(Debug, Clone)]
pub struct PlatformCard {
    /// Our id of the registration; names the card.
    pub id: String,
    /// The platform's name, or its host.
    pub name: String,
    /// The issuer.
    pub issuer: String,
    /// The id of the key that signs for it.
    pub key_id: String,
    /// Whether it accepts the newest key.
    pub acceptance: Acceptance,
    /// The platform's reason in English; may be empty.
    pub detail: String,
    /// When it was asked last, formatted; empty for never.
    pub tried_at: String,
    /// When its own keys were last read, and until when they serve while it is down, formatted; `None` for never.
    pub own_keys: Option<(String, String)>,
}

/// Whether a platform accepts the newest key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// It is our only key.
    Only,
    /// It does.
    Proven,
    /// It was not asked yet.
    Waiting,
    /// It does not; it still accepts the old one.
    Refused,
    /// It accepts no key of ours.
    RefusedBoth,
    /// It does not answer.
    Unreachable,
    /// Its registration is switched off.
    Off,
}

impl Keys {
    /// Where the buttons post to.
    fn action(&self) -> String {
        format!("{}/administration/keys", self.frame.prefix())
    }

    /// How many of these platforms have to be mended.
    fn refusing(&self) -> usize {
        let refuses =
            |card: &&PlatformCard| matches!(card.acceptance, Acceptance::Refused | Acceptance::RefusedBoth);
        self.platforms.iter().filter(refuses).count()
    }

    /// The beginning of a key's id: enough to tell two apart.
    fn short<'a>(&self, id: &'a str) -> &'a str {
        id.get(..10).unwrap_or(id)
    }
}

impl Page for Keys {
    const NAME: &'static str = "administration/keys";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample_administrator(language);
        let t = frame.t;
        let calm = Self {
            frame,
            outcome: Outcome::Nothing,
            keys: vec![row(
                OLD,
                KeyState::Signing(sample_time(t, "2026-09-01T02:00:00Z")),
                "2",
            )],
            platforms: vec![
                card(t, "r1", "Moodle Thủ Đức", Acceptance::Only),
                card(t, "r2", "lms.college.edu.vn", Acceptance::Off),
            ],
            others: 0,
            next: Next::Rotate(sample_time(t, "2026-11-30T02:00:00Z")),
            key_set_url: "https://taynghe.college.edu.vn/lti/jwks".to_owned(),
        };
        let held_up = Self {
            outcome: Outcome::HeldUp,
            keys: vec![
                row(NEW, KeyState::Published, "1"),
                row(
                    OLD,
                    KeyState::Signing(sample_time(t, "2026-09-01T02:00:00Z")),
                    "4",
                ),
            ],
            platforms: vec![
                card(t, "r1", "Moodle Thủ Đức", Acceptance::Proven),
                card(t, "r2", "lms.college.edu.vn", Acceptance::Refused),
                card(t, "r3", "Moodle cơ sở 2", Acceptance::RefusedBoth),
                card(t, "r4", "moodle.old.edu.vn", Acceptance::Unreachable),
                card(t, "r5", "elearning.college.edu.vn", Acceptance::Waiting),
            ],
            others: 3,
            next: Next::AskAgain,
            ..calm.clone()
        };
        let until = sample_time(t, "2026-11-24T02:00:00Z");
        let done = Self {
            outcome: Outcome::Accepted,
            keys: vec![
                row(
                    NEW,
                    KeyState::Signing(sample_time(t, "2026-11-22T02:00:00Z")),
                    "1",
                ),
                row(OLD, KeyState::Retiring(until.clone()), "0"),
            ],
            platforms: vec![card(t, "r1", "Moodle Thủ Đức", Acceptance::Proven)],
            next: Next::Wait(until),
            ..calm.clone()
        };
        let empty = Self {
            platforms: Vec::new(),
            next: Next::Rotate(String::new()),
            ..calm.clone()
        };
        let elsewhere = Self {
            next: Next::NotHere,
            ..calm.clone()
        };
        vec![
            ("elsewhere", elsewhere),
            ("calm", calm),
            ("held-up", held_up),
            ("done", done),
            ("empty", empty),
        ]
    }
}

const NEW: &str = "nGmr0sampleK3vWc6z8Xo2QyTtUuVvWwXxYyZzAaBb0";
const OLD: &str = "a7Jd2sampleP9rLq4y6Wn1HfTtUuVvWwXxYyZzAaBb0";

fn row(id: &str, state: KeyState, platforms: &str) -> KeyRow {
    KeyRow {
        id: id.to_owned(),
        state,
        made_at: "22/11/2026".to_owned(),
        platforms: platforms.to_owned(),
    }
}

fn card(t: Texts, id: &str, name: &str, acceptance: Acceptance) -> PlatformCard {
    let refuses = matches!(acceptance, Acceptance::Refused | Acceptance::RefusedBoth);
    PlatformCard {
        id: id.to_owned(),
        name: name.to_owned(),
        issuer: format!("https://{id}.college.edu.vn"),
        key_id: if acceptance == Acceptance::Proven {
            NEW
        } else {
            OLD
        }
        .to_owned(),
        acceptance,
        detail: match refuses {
            true => "LTI-SVC-REFUSED: token endpoint: 400 \"kid\" invalid, unable to lookup correct key"
                .to_owned(),
            false => String::new(),
        },
        tried_at: sample_time(t, "2026-11-22T03:42:00Z"),
        own_keys: (acceptance != Acceptance::Off).then(|| {
            let until = sample_time(t, "2026-11-25T03:40:00Z");
            (sample_time(t, "2026-11-22T03:40:00Z"), until)
        }),
    }
}
