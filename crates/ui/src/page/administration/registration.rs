//! One registration: what was agreed, what waits for the administrator, what
//! the platform offers. Other pages link here.

use askama::Template;

use crate::{Frame, Language, Page, Role, Texts, page::sample_time};

/// A registration's own page.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/registration.html")]
pub struct Registration {
    /// The surroundings. Below its prefix stands `/administration/registrations/{id}`.
    pub frame: Frame,
    /// Our id.
    pub id: String,
    /// The platform's name, or its host.
    pub name: String,
    /// True unless it is switched off.
    pub active: bool,
    /// What the button just did.
    pub outcome: Outcome,
    /// The addresses in force and the like, with their labels.
    pub facts: Vec<Fact>,
    /// Changes that wait, oldest first.
    pub waiting: Vec<ChangeCard>,
    /// What the platform stored otherwise than we asked.
    pub stored_otherwise: Vec<DifferenceRow>,
    /// What it offers; `None` before it was read.
    pub offer: Option<Offer>,
    /// When it was read, formatted; empty for never.
    pub read_at: String,
    /// Where its configuration is, or may be; empty when nobody knows.
    pub configuration_url: String,
    /// True when its record of us is read, too.
    pub is_managed: bool,
    /// Changes that are settled, newest first.
    pub settled: Vec<ChangeCard>,
}

/// What the button "read again" just did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody pressed.
    Nothing,
    /// The platform says what we hold.
    Same,
    /// Something was taken over.
    Applied,
    /// Something waits.
    Waiting,
}

/// A label and what stands behind it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// [`field_label`], or the LTI word.
    pub label: String,
    /// One or several values; empty for none.
    pub values: Vec<String>,
}

/// Differences that were found together.
#[derive(Debug, Clone)]
pub struct ChangeCard {
    /// Its id, for the forms.
    pub id: String,
    /// What became of it: `applied`, `waiting`, `approved`, `rejected` or `superseded`.
    pub state: String,
    /// True when a launch named the address.
    pub by_launch: bool,
    /// When it was found, formatted.
    pub found_at: String,
    /// What differs.
    pub rows: Vec<DifferenceRow>,
}

/// One field that differs.
#[derive(Debug, Clone)]
pub struct DifferenceRow {
    /// [`field_label`].
    pub label: String,
    /// What we hold, or asked for; empty for nothing.
    pub held: Vec<String>,
    /// What the platform says; empty for nothing.
    pub said: Vec<String>,
    /// True when it leads to another host.
    pub moves: bool,
}

/// What a platform offers, in words.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Product and version; may be empty.
    pub product: String,
    /// Messages.
    pub messages: Vec<Offered>,
    /// Services.
    pub services: Vec<Offered>,
    /// What it tells of people.
    pub claims: Vec<Offered>,
    /// What it calls by names that mean nothing to us.
    pub others: Vec<String>,
}

/// One thing that a platform may offer.
#[derive(Debug, Clone)]
pub struct Offered {
    /// In words.
    pub label: String,
    /// What follows from it.
    pub text: String,
    /// True when it is offered.
    pub there: bool,
    /// Where, in words; may be empty.
    pub places: Vec<String>,
}

/// What `web` knows of an offer: the names on the wire.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// Product, as people call it, and version.
    pub product: &'a str,
    /// `scopes_supported`; empty when the platform does not say.
    pub scopes: &'a [String],
    /// `claims_supported`.
    pub claims: &'a [String],
    /// `messages_supported`.
    pub messages: &'a [String],
    /// Placements of the messages, in the same order.
    pub placements: &'a [Vec<String>],
    /// True when `$Context.id.history` is offered.
    pub history: bool,
}

const MESSAGES: [(&str, &str, &str); 3] = [
    (
        "LtiResourceLinkRequest",
        "platform-message-link",
        "platform-message-link-text",
    ),
    (
        "LtiDeepLinkingRequest",
        "platform-message-deep",
        "platform-message-deep-text",
    ),
    (
        "LtiSubmissionReviewRequest",
        "platform-message-review",
        "platform-message-review-text",
    ),
];

const SERVICES: [(&str, &str, &str); 5] = [
    (
        "https://purl.imsglobal.org/spec/lti-ags/scope/score",
        "platform-scope-score",
        "platform-scope-score-text",
    ),
    (
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
        "platform-scope-columns",
        "platform-scope-columns-text",
    ),
    (
        "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
        "platform-scope-read-columns",
        "platform-scope-read-columns-text",
    ),
    (
        "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
        "platform-scope-results",
        "platform-scope-results-text",
    ),
    (
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
        "platform-scope-members",
        "platform-scope-members-text",
    ),
];

const CLAIMS: [(&str, &str); 5] = [
    ("name", "platform-claim-name"),
    ("given_name", "platform-claim-given"),
    ("family_name", "platform-claim-family"),
    ("email", "platform-claim-email"),
    ("locale", "platform-claim-locale"),
];

impl Offer {
    /// Puts an offer into words.
    pub fn new(t: Texts, names: Names<'_>) -> Self {
        let messages = MESSAGES.iter().map(|(name, label, text)| {
            let found = names.messages.iter().position(|offered| offered == name);
            let places = found.and_then(|at| names.placements.get(at));
            let places = places.into_iter().flatten().map(|name| placement_label(t, name));
            offered(t, label, text, found.is_some(), places.collect())
        });
        let mut services: Vec<Offered> = SERVICES
            .iter()
            .map(|(name, label, text)| {
                offered(
                    t,
                    label,
                    text,
                    names.scopes.iter().any(|scope| scope == name),
                    Vec::new(),
                )
            })
            .collect();
        services.push(offered(
            t,
            "platform-history",
            "platform-history-text",
            names.history,
            Vec::new(),
        ));
        let claims = CLAIMS
            .iter()
            .map(|(name, label)| Offered {
                label: t.get(label).into_owned(),
                text: String::new(),
                there: names.claims.iter().any(|claim| claim == name),
                places: Vec::new(),
            })
            .collect();
        let known = |name: &str| {
            MESSAGES.iter().any(|(known, ..)| *known == name)
                || SERVICES.iter().any(|(known, ..)| *known == name)
                || CLAIMS.iter().any(|(known, _)| *known == name)
                || matches!(name, "iss" | "sub" | "openid")
        };
        let others = names.messages.iter().chain(names.scopes).chain(names.claims);
        Self {
            product: names.product.to_owned(),
            messages: messages.collect(),
            claims,
            others: others.filter(|name| !known(name)).cloned().collect(),
            services,
        }
    }
}

fn offered(t: Texts, label: &str, text: &str, there: bool, places: Vec<String>) -> Offered {
    Offered {
        label: t.get(label).into_owned(),
        text: t.get(text).into_owned(),
        there,
        places,
    }
}

/// Where a platform shows a tool; an unknown name stays as it is.
fn placement_label(t: Texts, name: &str) -> String {
    let key = match name {
        "ContentArea" => "platform-place-content",
        "RichTextEditor" | "editor_button" => "platform-place-editor",
        "assignment_selection" => "platform-place-assignment",
        "link_selection" => "platform-place-module",
        "course_navigation" => "platform-place-navigation",
        other => return other.to_owned(),
    };
    t.get(key).into_owned()
}

/// The words for a field that can differ (`jwks-url`); an unknown one stays as it is.
pub fn field_label(t: Texts, field: &str) -> String {
    let key = match field {
        "auth-login-url" => "platform-field-auth-login-url",
        "token-url" => "platform-field-token-url",
        "token-audience" => "platform-field-token-audience",
        "jwks-url" => "platform-field-jwks-url",
        "service-origin" => "platform-field-service-origin",
        "product-family" => "platform-field-product-family",
        "version" => "platform-field-version",
        "offered-scopes" => "platform-field-offered-scopes",
        "offered-claims" => "platform-field-offered-claims",
        "offered-messages" => "platform-field-offered-messages",
        "redirect-uris" => "platform-field-redirect-uris",
        "initiate-login-uri" => "platform-field-initiate-login-uri",
        "tool-jwks-uri" => "platform-field-tool-jwks-uri",
        "target-link-uri" => "platform-field-target-link-uri",
        "granted-scopes" => "platform-field-granted-scopes",
        "stored-claims" => "platform-field-stored-claims",
        "stored-messages" => "platform-field-stored-messages",
        "custom-parameters" => "platform-field-custom-parameters",
        other => return other.to_owned(),
    };
    t.get(key).into_owned()
}

impl Registration {
    /// Where its forms post to.
    fn base(&self) -> String {
        format!("{}/administration/registrations/{}", self.frame.prefix(), self.id)
    }

    /// Kind of badge and word of a settled change.
    fn state_badge(&self, state: &str) -> (&'static str, String) {
        let (kind, key) = match state {
            "applied" => ("good", "platform-state-applied"),
            "approved" => ("good", "platform-state-approved"),
            "rejected" => ("bad", "platform-state-rejected"),
            _ => ("neutral", "platform-state-superseded"),
        };
        (kind, self.frame.t.get(key).into_owned())
    }
}

impl Page for Registration {
    const NAME: &'static str = "administration/registration";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Administrator);
        let t = frame.t;
        let fact = |field: &str, value: &str| Fact {
            label: field_label(t, field),
            values: vec![value.to_owned()],
        };
        let by_hand = Self {
            id: "r1".to_owned(),
            name: "moodle.college.edu.vn".to_owned(),
            active: true,
            outcome: Outcome::Nothing,
            facts: vec![
                Fact {
                    label: "Platform ID".to_owned(),
                    values: vec!["https://moodle.college.edu.vn".to_owned()],
                },
                Fact {
                    label: "Client ID".to_owned(),
                    values: vec!["rQhzYvO3kGmUeAy".to_owned()],
                },
                Fact {
                    label: "Deployment ID".to_owned(),
                    values: Vec::new(),
                },
                fact("jwks-url", "https://moodle.college.edu.vn/mod/lti/certs.php"),
            ],
            waiting: Vec::new(),
            stored_otherwise: Vec::new(),
            offer: None,
            read_at: String::new(),
            configuration_url: String::new(),
            is_managed: false,
            settled: Vec::new(),
            frame,
        };
        let same = Self {
            outcome: Outcome::Same,
            offer: Some(sample_offer(t)),
            read_at: sample_time(t, "2026-11-22T07:20:00Z"),
            configuration_url: "https://moodle.college.edu.vn/mod/lti/openid-configuration.php".to_owned(),
            ..by_hand.clone()
        };
        let applied = Self {
            outcome: Outcome::Applied,
            active: false,
            settled: ["applied", "approved", "rejected", "superseded"]
                .map(|state| sample_change(t, state))
                .to_vec(),
            ..same.clone()
        };
        let waiting = Self {
            outcome: Outcome::Waiting,
            waiting: vec![
                sample_change(t, "waiting"),
                ChangeCard {
                    id: "c2".to_owned(),
                    by_launch: true,
                    rows: vec![DifferenceRow {
                        label: field_label(t, "service-origin"),
                        held: Vec::new(),
                        said: vec!["https://college.instructure.com".to_owned()],
                        moves: true,
                    }],
                    ..sample_change(t, "waiting")
                },
            ],
            stored_otherwise: vec![DifferenceRow {
                label: field_label(t, "redirect-uris"),
                held: vec!["https://taynghe.college.edu.vn/lti/launch".to_owned()],
                said: vec!["https://old.college.edu.vn/lti/launch".to_owned()],
                moves: false,
            }],
            is_managed: true,
            ..same.clone()
        };
        vec![
            ("by-hand", by_hand),
            ("same", same),
            ("applied", applied),
            ("waiting", waiting),
        ]
    }
}

fn sample_change(t: Texts, state: &str) -> ChangeCard {
    ChangeCard {
        id: format!("c-{state}"),
        state: state.to_owned(),
        by_launch: false,
        found_at: sample_time(t, "2026-11-22T07:20:00Z"),
        rows: vec![
            DifferenceRow {
                label: field_label(t, "token-url"),
                held: vec!["https://moodle.college.edu.vn/mod/lti/token.php".to_owned()],
                said: vec!["https://hoc.college.edu.vn/mod/lti/token.php".to_owned()],
                moves: true,
            },
            DifferenceRow {
                label: field_label(t, "jwks-url"),
                held: vec!["https://moodle.college.edu.vn/mod/lti/certs.php".to_owned()],
                said: vec!["https://moodle.college.edu.vn/mod/lti/keys.php".to_owned()],
                moves: false,
            },
        ],
    }
}

fn sample_offer(t: Texts) -> Offer {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let names = Names {
        product: "Moodle 4.5.6 (Build: 20250811)",
        scopes: &owned(&[
            "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-bo/scope/basicoutcome",
        ]),
        claims: &owned(&["sub", "iss", "name", "given_name", "family_name", "email"]),
        messages: &owned(&["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]),
        placements: &[Vec::new(), owned(&["ContentArea", "submission_type_selection"])],
        history: true,
    };
    Offer::new(t, names)
}
