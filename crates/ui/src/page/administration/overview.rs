//! An organisation at a glance, for its administrator.

use askama::Template;

use super::check::Good;
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, Texts};

/// Registrations, invitations, grades on their way, last launches and refusals.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/overview.html")]
pub struct Overview {
    /// The surroundings. Below its prefix stand `/administration/invitations`, `/administration/registrations/…`.
    pub frame: Frame,
    /// What is administered.
    pub organisation: String,
    /// The address of an invitation that was just made; shown this once. Empty shows none.
    pub new_invitation: String,
    /// Whether one of the platforms refuses our new key.
    pub key_refused: bool,
    /// What stands in the field for a new invitation's host.
    pub host: String,
    /// Why the host was not taken; empty when it was.
    pub host_error: String,
    /// The registrations, newest first.
    pub registrations: Vec<RegistrationCard>,
    /// Who administers it.
    pub administrators: Vec<AdministratorRow>,
    /// The invitations, newest first.
    pub invitations: Vec<InvitationRow>,
    /// Grades by state of delivery.
    pub deliveries: Vec<DeliveryCount>,
    /// The last launches, newest first.
    pub launches: Vec<LaunchRow>,
    /// The last refusals, newest first.
    pub refusals: Vec<RefusalRow>,
}

/// Somebody who administers.
#[derive(Debug, Clone)]
pub struct AdministratorRow {
    /// The person's id.
    pub id: String,
    /// Name, or what stands for it.
    pub name: String,
    /// True for whoever reads the page.
    pub is_own: bool,
    /// Since when, formatted.
    pub granted_at: String,
    /// Last signed in, formatted; empty for never.
    pub signed_in_at: String,
}

/// One registration.
#[derive(Debug, Clone)]
pub struct RegistrationCard {
    /// Our id; names the card.
    pub id: String,
    /// The platform's name, or its host.
    pub name: String,
    /// The issuer.
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// The deployment ids, joined by commas; empty for none.
    pub deployments: String,
    /// True unless it is switched off.
    pub active: bool,
    /// True when changes of the platform wait for the reader.
    pub waiting: bool,
    /// When somebody last opened an activity, formatted; empty for never.
    pub last_launch: String,
    /// How the last health check ended, and when, formatted; `None` before the first.
    pub checked: Option<(Good, String)>,
}

/// One invitation.
#[derive(Debug, Clone)]
pub struct InvitationRow {
    /// Its id, for withdrawing.
    pub id: String,
    /// The host it is bound to; empty for any.
    pub host: String,
    /// When it was made, formatted.
    pub created_at: String,
    /// Whether it still opens anything.
    pub state: InvitationState,
}

/// Whether an invitation still opens anything; times are formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationState {
    /// Until then.
    Open(String),
    /// Since then a platform is registered with it.
    Used(String),
    /// Its time was over then.
    Expired(String),
}

/// How many grades are in a state.
#[derive(Debug, Clone)]
pub struct DeliveryCount {
    /// The state in words; [`delivery_label`].
    pub label: String,
    /// How many, formatted.
    pub count: String,
}

/// One launch, without the person.
#[derive(Debug, Clone)]
pub struct LaunchRow {
    /// When, formatted.
    pub at: String,
    /// The course; empty outside any.
    pub course: String,
    /// As what the person came.
    pub role: Role,
    /// True when content was picked.
    pub picking: bool,
    /// The platform's name.
    pub platform: String,
}

/// One refusal.
#[derive(Debug, Clone)]
pub struct RefusalRow {
    /// When, formatted.
    pub at: String,
    /// The stable code.
    pub code: String,
    /// What the person read as the title.
    pub title: String,
    /// The inner reason in English.
    pub detail: String,
    /// The trace id.
    pub trace_id: String,
    /// True when the launch is kept and can be looked at.
    pub kept: bool,
}

impl Overview {
    /// Where the forms post to.
    fn base(&self) -> String {
        format!("{}/administration", self.frame.prefix())
    }
}

/// The words for what the daily look at columns finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Grades that arrived and are not there any more.
    Emptied,
    /// Grades that are locked.
    Locked,
    /// Columns that are gone.
    Missing,
    /// Columns with another scale.
    Changed,
}

/// The words for a finding.
pub fn found_label(t: Texts, found: Found) -> String {
    let key = match found {
        Found::Emptied => "administration-found-emptied",
        Found::Locked => "administration-found-locked",
        Found::Missing => "administration-found-missing",
        Found::Changed => "administration-found-changed",
    };
    t.get(key).into_owned()
}

/// The words for a state of delivery; an unknown one stays as it is.
pub fn delivery_label(t: Texts, state: &str) -> String {
    let key = match state {
        "no-column" => "delivery-no-column-badge",
        "waiting" => "delivery-waiting-badge",
        "delivered" => "delivery-delivered-badge",
        "refused" => "delivery-refused-badge",
        "parked" => "delivery-parked-badge",
        "kept" => "delivery-kept-badge",
        other => return other.to_owned(),
    };
    t.get(key).into_owned()
}

impl Page for Overview {
    const NAME: &'static str = "administration/overview";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let mut frame = Frame::sample(language, Role::Administrator);
        let organisation = "Trường Cao đẳng Công nghệ Thủ Đức";
        if let Some(session) = frame.session.as_mut() {
            session.person.clear();
            organisation.clone_into(&mut session.course);
        }
        let empty = Self {
            organisation: organisation.to_owned(),
            new_invitation: String::new(),
            key_refused: false,
            host: String::new(),
            host_error: String::new(),
            registrations: Vec::new(),
            administrators: vec![sample_administrator(frame.t, "p1", true)],
            invitations: Vec::new(),
            deliveries: Vec::new(),
            launches: Vec::new(),
            refusals: Vec::new(),
            frame,
        };
        let full = sample_full(&empty);
        let invited = Self {
            key_refused: true,
            new_invitation:
                "https://taynghe.college.edu.vn/lti/register/Zq0sampleZq0sampleZq0sampleZq0sampleZq0"
                    .to_owned(),
            ..full.clone()
        };
        let wrong = Self {
            host: "moodle college".to_owned(),
            host_error: empty.frame.t.get("administration-host-error").into_owned(),
            ..empty.clone()
        };
        vec![
            ("empty", empty),
            ("full", full),
            ("invited", invited),
            ("wrong", wrong),
        ]
    }
}

fn sample_administrator(t: Texts, id: &str, is_own: bool) -> AdministratorRow {
    AdministratorRow {
        id: id.to_owned(),
        name: t.with("audit-nameless", "number", "9d8e90").to_string(),
        is_own,
        granted_at: sample_time(t, "2026-11-20T02:00:00Z"),
        signed_in_at: sample_time(t, "2026-11-22T03:40:00Z"),
    }
}

fn sample_full(empty: &Overview) -> Overview {
    let t = empty.frame.t;
    let at = |utc: &str| sample_time(t, utc);
    let launch = |utc: &str, role, picking| LaunchRow {
        at: at(utc),
        course: "Cắt gọt kim loại K18: An toàn lao động".to_owned(),
        role,
        picking,
        platform: "Moodle Thủ Đức".to_owned(),
    };
    let invitation = |id: &str, host: &str, state| InvitationRow {
        id: id.to_owned(),
        host: host.to_owned(),
        created_at: at("2026-11-20T02:00:00Z"),
        state,
    };
    let count = |state: &str, count: &str| DeliveryCount {
        label: delivery_label(t, state),
        count: count.to_owned(),
    };
    Overview {
        registrations: sample_registrations(t),
        administrators: vec![
            sample_administrator(t, "p1", true),
            sample_administrator(t, "p2", false),
        ],
        invitations: vec![
            invitation("i1", "", InvitationState::Open(at("2026-11-29T02:00:00Z"))),
            invitation(
                "i2",
                "moodle.college.edu.vn",
                InvitationState::Used(at("2026-11-21T02:00:00Z")),
            ),
            invitation(
                "i3",
                "lms.old.edu.vn",
                InvitationState::Expired(at("2026-11-19T02:00:00Z")),
            ),
        ],
        deliveries: vec![
            count("delivered", "1.204"),
            count("waiting", "3"),
            count("refused", "1"),
        ],
        launches: vec![
            launch("2026-11-22T03:42:00Z", Role::Learner, false),
            launch("2026-11-22T03:40:00Z", Role::Instructor, true),
        ],
        refusals: vec![RefusalRow {
            at: at("2026-11-22T03:41:00Z"),
            code: "LTI-STA-INVALID".to_owned(),
            title: crate::page::problem::texts_of(t, "LTI-STA-INVALID").title,
            detail: "the state is unknown, used or expired".to_owned(),
            trace_id: "7f3a9c1e5b2d4a607f3a9c1e5b2d4a60".to_owned(),
            kept: true,
        }],
        ..empty.clone()
    }
}

fn sample_registrations(t: Texts) -> Vec<RegistrationCard> {
    let checked = RegistrationCard {
        id: "r1".to_owned(),
        name: "Moodle Thủ Đức".to_owned(),
        issuer: "https://moodle.college.edu.vn".to_owned(),
        client_id: "rQhzYvO3kGmUeAy".to_owned(),
        deployments: "3".to_owned(),
        active: true,
        waiting: false,
        last_launch: sample_time(t, "2026-11-22T03:42:00Z"),
        checked: Some((Good::No, sample_time(t, "2026-11-22T03:42:00Z"))),
    };
    let off = RegistrationCard {
        id: "r2".to_owned(),
        name: "lms.old.edu.vn".to_owned(),
        issuer: "http://lms.old.edu.vn/moodle".to_owned(),
        client_id: "8vTq".to_owned(),
        deployments: String::new(),
        active: false,
        waiting: false,
        last_launch: String::new(),
        checked: None,
    };
    vec![checked, off]
}
