//! The sections `[sign_in.ID]` of the settings file: OpenID Connect providers by which administrators and learners sign
//! in. They stand in the file only; the environment has no place for lists of providers.

use std::net::IpAddr;
use std::path::PathBuf;

use url::{Host, Url};

use crate::problem::{Problem, Source, Wrong};
use crate::values::{PrivateTargets, file};

/// The name of the section.
pub(crate) const SECTION: &str = "sign_in";

/// What stands in a shared issuer in place of the tenant (Microsoft Entra).
const TENANT: &str = "{tenantid}";

/// What is asked for besides `openid` when a section does not say: a name, and the e-mail address only where a rule
/// looks at it.
const SCOPES: [&str; 2] = ["profile", "email"];

/// A provider by which administrators or learners of one organisation sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// What stands after `sign_in.`: lower-case letters, digits and hyphens; part of the address of its button.
    pub id: String,
    /// What its button says.
    pub name: String,
    /// The issuer, exactly as the provider writes it. `{tenantid}` stands for the tenant in Microsoft's shared one.
    pub issuer: String,
    /// Microsoft's tenants whose people may come, in lower case; used with `{tenantid}` only.
    pub tenants: Vec<String>,
    /// Our id at the provider.
    pub client_id: String,
    /// The file with our secret at the provider.
    pub client_secret_file: PathBuf,
    /// The organisation whose people come from there; `None` is the first one.
    pub organisation: Option<String>,
    /// The claim, or the path of claims, that tells roles or groups.
    pub administrator_claim: Option<String>,
    /// Its values that make an administrator.
    pub administrator_claim_values: Vec<String>,
    /// The provider's ids (`sub`) of administrators.
    pub administrator_subjects: Vec<String>,
    /// E-mail addresses of administrators; they count only when the provider says that they are verified.
    pub administrator_emails: Vec<String>,
    /// What is asked for besides `openid` when an administrator signs in. Default `profile`, and `email` where
    /// `administrator_emails` are listed.
    pub scopes: Vec<String>,
    /// Whether learners sign in by it.
    pub learners: bool,
    /// The domains of the e-mail addresses that learners must have, in lower case; empty for everybody.
    pub learner_email_domains: Vec<String>,
    /// What is asked for when a learner signs in. Default `profile`, and `email` where domains are listed.
    pub learner_scopes: Vec<String>,
}

impl SignIn {
    /// Whether somebody may become an administrator by it.
    pub fn has_administrators(&self) -> bool {
        self.administrator_claim.is_some()
            || !self.administrator_subjects.is_empty()
            || !self.administrator_emails.is_empty()
    }
}

/// One setting of a section.
struct Known {
    name: &'static str,
    right: &'static str,
}

const fn known(name: &'static str, right: &'static str) -> Known {
    Known { name, right }
}

/// Addresses below `/sign-in/` that are no provider's.
const TAKEN: [&str; 2] = ["answer", "code"];

const TEXT: &str = "a text of 1 to 200 characters";
const LIST: &str = "a list of texts, such as [\"…\", \"…\"]";

const KNOWN: &[Known] = &[
    known("name", TEXT),
    known(
        "issuer",
        "the provider's issuer, exactly as its configuration writes it, such as https://accounts.google.com; plain \
         http only for a host in outbound_allow_private",
    ),
    known(
        "tenants",
        "a list of Microsoft tenant ids, such as [\"72f988bf-86f1-41af-91ab-2d7cd011db47\"], and {tenantid} in the \
         issuer",
    ),
    known("client_id", TEXT),
    known(
        "client_secret_file",
        "the path of a file, such as /etc/taynghe/sign-in.secret",
    ),
    known("organisation", TEXT),
    known(
        "administrator_claim",
        "the name of a claim, such as roles or realm_access.roles",
    ),
    known("administrator_claim_values", LIST),
    known("administrator_subjects", LIST),
    known("administrator_emails", "a list of e-mail addresses"),
    known("learners", "true or false"),
    known(
        "learner_email_domains",
        "a list of domains, such as [\"truong.edu.vn\"], and learners = true",
    ),
    known(
        "scopes",
        "a list of scopes without openid, such as [\"profile\", \"email\"]",
    ),
];

/// The sections of the file, and what is wrong with them.
pub(crate) fn read(section: &toml::Value, private: &PrivateTargets) -> (Vec<SignIn>, Vec<Problem>) {
    let mut problems = Vec::new();
    let Some(sections) = section.as_table() else {
        return (
            Vec::new(),
            vec![wrong(SECTION, Wrong::Type, "sections of the form [sign_in.NAME]")],
        );
    };
    let mut providers = Vec::new();
    for (id, section) in sections {
        let mut reader = Reader::new(id, section, &mut problems);
        let before = reader.problems.len();
        if let Some(provider) = reader.provider(private)
            && problems.len() == before
        {
            providers.push(provider);
        }
    }
    (providers, problems)
}

struct Reader<'a> {
    id: &'a str,
    table: toml::Table,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(id: &'a str, section: &toml::Value, problems: &'a mut Vec<Problem>) -> Self {
        Self {
            id,
            table: section.as_table().cloned().unwrap_or_default(),
            problems,
        }
    }

    fn provider(&mut self, private: &PrivateTargets) -> Option<SignIn> {
        self.check_id();
        self.check_names();
        let issuer = self.required("issuer");
        let tenants = self.list("tenants", tenant);
        let administrator_emails = self.list("administrator_emails", email);
        let learner_email_domains = self.list("learner_email_domains", domain);
        let own_scopes = match self.table.contains_key("scopes") {
            true => Some(self.list("scopes", scope)),
            false => None,
        };
        let scopes = |needs_email: bool| own_scopes.clone().unwrap_or_else(|| default_scopes(needs_email));
        let provider = SignIn {
            id: self.id.to_owned(),
            name: self.required("name"),
            client_id: self.required("client_id"),
            client_secret_file: self.secret_file(),
            organisation: self.text("organisation"),
            administrator_claim: self.text("administrator_claim"),
            administrator_claim_values: self.list("administrator_claim_values", any),
            administrator_subjects: self.list("administrator_subjects", any),
            scopes: scopes(!administrator_emails.is_empty()),
            learner_scopes: scopes(!learner_email_domains.is_empty()),
            learners: self.flag("learners"),
            administrator_emails,
            learner_email_domains,
            issuer,
            tenants,
        };
        self.check_issuer(&provider, private);
        self.check_administrators(&provider);
        self.check_learners(&provider);
        Some(provider)
    }

    fn check_id(&mut self) {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_right =
            (1..=40).contains(&self.id.len()) && self.id.bytes().all(is_plain) && !TAKEN.contains(&self.id);
        if !is_right {
            let reason = "this name cannot stand in an address".to_owned();
            let right = "[sign_in.NAME] with 1 to 40 lower-case letters, digits and hyphens, not \"answer\" or \"code\"";
            self.problems.push(wrong(
                &format!("{SECTION}.{}", self.id),
                Wrong::Value(reason),
                right,
            ));
        }
    }

    fn check_names(&mut self) {
        let names: Vec<String> = self.table.keys().cloned().collect();
        for name in names {
            if KNOWN.iter().all(|known| known.name != name) {
                let setting = format!("{SECTION}.{}.{name}", self.id);
                let all: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
                let right = format!("one of {}", all.join(", "));
                self.problems
                    .push(wrong(&setting, Wrong::Unknown { nearest: None }, &right));
            }
        }
    }

    fn required(&mut self, name: &'static str) -> String {
        if !self.table.contains_key(name) {
            self.complain(name, Wrong::Value("it is missing".to_owned()));
        }
        self.text(name).unwrap_or_default()
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.table.get(name)?.clone();
        let Some(text) = value.as_str().map(str::trim) else {
            self.complain(name, Wrong::Type);
            return None;
        };
        if text.is_empty() || text.chars().count() > 200 || text.contains(char::is_control) {
            self.complain(
                name,
                Wrong::Value("it is empty, too long, or has control characters".to_owned()),
            );
            return None;
        }
        Some(text.to_owned())
    }

    fn flag(&mut self, name: &'static str) -> bool {
        let value = self.table.get(name).map(toml::Value::as_bool);
        if value == Some(None) {
            self.complain(name, Wrong::Type);
        }
        value.flatten().unwrap_or(false)
    }

    fn list(&mut self, name: &'static str, parse: fn(&str) -> Result<String, String>) -> Vec<String> {
        let Some(value) = self.table.get(name).cloned() else {
            return Vec::new();
        };
        let texts = value
            .as_array()
            .map(|items| items.iter().map(toml::Value::as_str).collect::<Vec<_>>());
        let mut taken = Vec::new();
        for text in texts.unwrap_or_else(|| vec![None]) {
            match text.map(|text| parse(text.trim())) {
                Some(Ok(value)) => taken.push(value),
                Some(Err(reason)) => self.complain(name, Wrong::Value(reason)),
                None => self.complain(name, Wrong::Type),
            }
        }
        taken
    }

    fn secret_file(&mut self) -> PathBuf {
        let path = self.required("client_secret_file");
        if path.is_empty() {
            return PathBuf::new();
        }
        file(&path).unwrap_or_else(|reason| {
            self.complain("client_secret_file", Wrong::Value(reason));
            PathBuf::new()
        })
    }

    fn check_issuer(&mut self, provider: &SignIn, private: &PrivateTargets) {
        if provider.issuer.is_empty() {
            return;
        }
        if let Err(reason) = issuer(&provider.issuer, private) {
            self.complain("issuer", Wrong::Value(reason));
        }
        match (provider.issuer.contains(TENANT), provider.tenants.is_empty()) {
            (true, true) => self.complain(
                "tenants",
                Wrong::Value("without it everybody with any Microsoft account could knock".to_owned()),
            ),
            (false, false) => self.complain(
                "tenants",
                Wrong::Value("it belongs to an issuer with {tenantid} only".to_owned()),
            ),
            _ => {}
        }
    }

    fn check_administrators(&mut self, provider: &SignIn) {
        let has_values = !provider.administrator_claim_values.is_empty();
        if provider.administrator_claim.is_some() != has_values {
            let reason = "administrator_claim and administrator_claim_values belong together".to_owned();
            self.complain("administrator_claim", Wrong::Value(reason));
        }
        if !has_values && !provider.has_administrators() && !provider.learners {
            let reason = "nobody would be an administrator, and learners = true is not there".to_owned();
            self.complain("administrator_claim", Wrong::Value(reason));
        }
    }

    fn check_learners(&mut self, provider: &SignIn) {
        if !provider.learners && !provider.learner_email_domains.is_empty() {
            let reason = "without learners = true no learner signs in here".to_owned();
            self.complain("learner_email_domains", Wrong::Value(reason));
        }
        let is_empty = provider.learner_email_domains.is_empty();
        if is_empty && self.table.contains_key("learner_email_domains") {
            let reason =
                "an empty list would let everybody in; leave the setting out to mean that".to_owned();
            self.complain("learner_email_domains", Wrong::Value(reason));
        }
    }

    fn complain(&mut self, name: &'static str, what: Wrong) {
        let setting = format!("{SECTION}.{}.{name}", self.id);
        let right = KNOWN
            .iter()
            .find(|known| known.name == name)
            .map_or("", |known| known.right);
        let mut problem = wrong(&setting, what, right);
        problem.value = self.table.get(name).map(ToString::to_string);
        self.problems.push(problem);
    }
}

fn wrong(setting: &str, wrong: Wrong, right: &str) -> Problem {
    Problem {
        setting: setting.to_owned(),
        source: Source::File,
        value: None,
        wrong,
        right: right.to_owned(),
    }
}

fn issuer(text: &str, private: &PrivateTargets) -> Result<(), String> {
    // The place of the tenant is no character of an address.
    let url = Url::parse(&text.replace(TENANT, "tenant"))
        .map_err(|error| format!("this is no address ({error})"))?;
    let reason = match url.scheme() {
        _ if url.query().is_some() || url.fragment().is_some() => "an issuer has neither ? nor #",
        _ if !url.username().is_empty() || url.password().is_some() => "a user name does not belong here",
        _ if text.ends_with("/.well-known/openid-configuration") => {
            "this is the configuration's address, not the issuer"
        }
        "https" => return Ok(()),
        "http" if is_listed(&url, private) => return Ok(()),
        "http" => "plain http, and its host is not in outbound_allow_private",
        _ => "it does not begin with https://",
    };
    Err(reason.to_owned())
}

fn is_listed(url: &Url, private: &PrivateTargets) -> bool {
    let covers = |address: IpAddr| private.networks.iter().any(|network| network.contains(&address));
    match url.host() {
        Some(Host::Domain(name)) => private.hosts.iter().any(|host| host == name),
        Some(Host::Ipv4(address)) => covers(address.into()),
        Some(Host::Ipv6(address)) => covers(address.into()),
        None => false,
    }
}

fn tenant(text: &str) -> Result<String, String> {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    match is_hex && groups == [8, 4, 4, 4, 12] {
        true => Ok(text.to_lowercase()),
        false => Err(format!("{text:?} is no tenant id")),
    }
}

fn email(text: &str) -> Result<String, String> {
    let is_address = text
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    match is_address && !text.contains(char::is_whitespace) {
        true => Ok(text.to_lowercase()),
        false => Err(format!("{text:?} is no e-mail address")),
    }
}

/// A domain as it stands behind the @, whole: its subdomains are others.
fn domain(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let has_parts = text.contains('.') && text.split('.').all(|part| !part.is_empty());
    match has_parts && text.chars().all(is_plain) {
        true => Ok(text.to_ascii_lowercase()),
        false => Err(format!("{text:?} is no domain")),
    }
}

fn default_scopes(needs_email: bool) -> Vec<String> {
    let count = if needs_email { SCOPES.len() } else { 1 };
    SCOPES
        .iter()
        .take(count)
        .map(|scope| (*scope).to_owned())
        .collect()
}

fn scope(text: &str) -> Result<String, String> {
    match text {
        "" | "openid" => Err(format!("{text:?} is asked for anyway, or is none")),
        text if text.contains(|c: char| c.is_whitespace() || c == '"' || c == '\\') => {
            Err(format!("{text:?} is no scope"))
        }
        text => Ok(text.to_owned()),
    }
}

fn any(text: &str) -> Result<String, String> {
    match text {
        "" => Err("a text in it is empty".to_owned()),
        text => Ok(text.to_owned()),
    }
}
