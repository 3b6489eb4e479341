//! The audit trail of an organisation.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, Texts};

/// Who did what, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/audit.html")]
pub struct Audit {
    /// The surroundings. Below its prefix stand `/administration/audit` and `/administration/audit.csv`.
    pub frame: Frame,
    /// The deeds that occur.
    pub actions: Vec<Choice>,
    /// The people who occur.
    pub people: Vec<Choice>,
    /// The first day that is shown, `2026-11-22`; empty for all.
    pub from: String,
    /// The last one.
    pub to: String,
    /// The records.
    pub rows: Vec<AuditRow>,
    /// True when not all are asked for.
    pub filtered: bool,
    /// The query of the next page; empty on the last one.
    pub next: String,
    /// The query of the file; empty for everything.
    pub csv: String,
}

/// One entry of a list to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// True for the one that was chosen.
    pub chosen: bool,
}

/// One record.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// When, formatted.
    pub at: String,
    /// Who.
    pub who: String,
    /// What; [`action_label`].
    pub action: String,
    /// What it was done to, when that has a name.
    pub subject_name: String,
    /// Its id.
    pub subject: String,
    /// More about it, as JSON; empty for nothing.
    pub detail: String,
}

/// The words for a deed (`registration.add`); one that has none stays as it is.
pub fn action_label(t: Texts, action: &str) -> String {
    let key = format!("audit-action-{}", action.replace('.', "-"));
    if t.has(&key) {
        t.get(&key).into_owned()
    } else {
        action.to_owned()
    }
}

/// The headings of the trail as a file: time, who, deed, name of what it was done to, the deed's word, id, details.
pub fn audit_columns(t: Texts) -> Vec<String> {
    let keys = [
        "audit-time",
        "audit-who",
        "audit-what",
        "audit-to",
        "audit-word",
        "audit-id",
        "audit-detail",
    ];
    keys.map(|key| t.get(key).into_owned()).to_vec()
}

impl Page for Audit {
    const NAME: &'static str = "administration/audit";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let mut frame = Frame::sample(language, Role::Administrator);
        if let Some(session) = frame.session.as_mut() {
            "Trường Cao đẳng Công nghệ Thủ Đức".clone_into(&mut session.course);
        }
        let t = frame.t;
        let option = |value: &str, label: String| Choice {
            value: value.to_owned(),
            label,
            chosen: false,
        };
        let action = |action: &str| option(action, action_label(t, action));
        let empty = Self {
            actions: Vec::new(),
            people: Vec::new(),
            from: String::new(),
            to: String::new(),
            rows: Vec::new(),
            filtered: false,
            next: String::new(),
            csv: String::new(),
            frame,
        };
        let full = Self {
            actions: vec![action("administrator.sign-in"), action("registration.disable")],
            people: vec![option("p1", "Lê Minh Khuê".to_owned())],
            rows: sample_rows(t),
            next: "?before=0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f".to_owned(),
            ..empty.clone()
        };
        let nothing = Self {
            rows: Vec::new(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-02".to_owned(),
            filtered: true,
            csv: "?from=2026-11-01&to=2026-11-02".to_owned(),
            next: String::new(),
            ..full.clone()
        };
        vec![("empty", empty), ("full", full), ("nothing", nothing)]
    }
}

fn sample_rows(t: Texts) -> Vec<AuditRow> {
    let row = |utc: &str, who: &str, action: &str, name: &str, subject: &str| AuditRow {
        at: sample_time(t, utc),
        who: who.to_owned(),
        action: action_label(t, action),
        subject_name: name.to_owned(),
        subject: subject.to_owned(),
        detail: String::new(),
    };
    let (id, khue) = ("0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f", "Lê Minh Khuê");
    let nameless = t.with("audit-nameless", "number", "9f3a1c").to_string();
    let service = t.get("audit-service");
    vec![
        row(
            "2026-11-22T03:42:00Z",
            khue,
            "registration.disable",
            "Moodle Thủ Đức",
            id,
        ),
        row(
            "2026-11-22T03:40:00Z",
            khue,
            "administrator.sign-in",
            "",
            "thu-duc",
        ),
        row("2026-11-21T09:12:00Z", &nameless, "invitation.add", "", id),
        row("2026-11-21T09:10:00Z", &service, "administrator.link", "", id),
    ]
}
