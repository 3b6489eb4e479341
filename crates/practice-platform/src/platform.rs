//! The handle that programs and tests hold: set-up, launches, tokens of any kind, gradebook, faults and recordings.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::checker::Problem;
use crate::deep_linking::{SaveError, Selection};
use crate::exchange::{Answer, Incoming};
use crate::faults::{Fault, Faults, Service};
use crate::gradebook::GradeRow;
use crate::keys::{self, SigningKey};
use crate::launch::{Begin, Container, LoginInitiation, Message, PendingLaunch, Site};
use crate::recording::{KEPT_REQUESTS, RecordedRequest};
use crate::state::{
    Activity, ActivityConfig, ActivityLineItem, Course, CourseRole, KeySource, LineItem, Session, State,
    Tool, ToolConfig, User,
};
use crate::texts::Language;

/// Tells the time; tests hand in one that they can move.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How a practice platform is set up.
#[derive(Clone)]
pub struct Options {
    /// Own address without a trailing slash, which is also the issuer: `http://127.0.0.1:8091`.
    pub origin: String,
    /// The clock for tokens, grades and refusals.
    pub clock: Clock,
    /// Registration or tool address that the "Manage tools" page puts into its box.
    pub tool_origin: Option<String>,
    /// Language of pages and launches until a person chooses another one.
    pub language: Language,
}

impl Options {
    /// Options with the system's clock and Vietnamese pages.
    #[expect(
        clippy::disallowed_methods,
        reason = "another program's clock, only for want of one handed in"
    )]
    pub fn new(origin: &str) -> Self {
        Self {
            origin: origin.trim_end_matches('/').to_owned(),
            clock: Arc::new(Utc::now),
            tool_origin: None,
            language: Language::Vi,
        }
    }
}

/// The practice platform. Clones share one state.
#[derive(Clone)]
pub struct PracticePlatform {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    keys: Mutex<Keys>,
    guid: String,
    state: Arc<Mutex<State>>,
    faults: Faults,
    records: Mutex<Records>,
    client: OnceLock<reqwest::Client>,
}

/// The key set: the key that signs, and those that are still published.
struct Keys {
    signing: Arc<SigningKey>,
    former: Vec<Arc<SigningKey>>,
}

#[derive(Default)]
struct Records {
    last: u64,
    kept: VecDeque<RecordedRequest>,
    problems: Vec<Problem>,
}

impl PracticePlatform {
    /// A platform with its college and people, without tools and activities.
    ///
    /// # Panics
    /// When the cryptographic library cannot make a key.
    #[expect(
        clippy::expect_used,
        reason = "without a key there is no platform, and no caller could go on"
    )]
    pub fn new(options: Options) -> Self {
        let key = SigningKey::shared().expect("an RSA key can be made");
        let state = Arc::new(Mutex::new(State::college()));
        Self::made_of(options, key, crate::random_hex(32), state)
    }

    fn made_of(options: Options, signing: Arc<SigningKey>, guid: String, state: Arc<Mutex<State>>) -> Self {
        let inner = Inner {
            options,
            keys: Mutex::new(Keys {
                signing,
                former: Vec::new(),
            }),
            guid,
            state,
            faults: Faults::new(),
            records: Mutex::new(Records::default()),
            client: OnceLock::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The same Moodle at another address: people, courses, tools and grades are shared, and each address answers.
    /// Faults and recordings are its own.
    #[must_use]
    pub fn at_address(&self, origin: &str) -> Self {
        let options = Options {
            origin: origin.trim_end_matches('/').to_owned(),
            ..self.inner.options.clone()
        };
        let (guid, state) = (self.inner.guid.clone(), Arc::clone(&self.inner.state));
        Self::made_of(options, self.key(), guid, state)
    }

    /// Own address, which is also the issuer.
    pub fn origin(&self) -> &str {
        &self.inner.options.origin
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// The time by the platform's clock, Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        (self.inner.options.clock)().timestamp()
    }

    /// Runs `f` on the state. Never called while it runs.
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut State) -> R) -> R {
        f(&mut self.inner.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn site(&self) -> Site<'_> {
        Site {
            origin: self.origin(),
            guid: &self.inner.guid,
            college: "Trường Cao đẳng nghề Thực hành",
            now: self.now(),
        }
    }

    // --- set-up ---

    /// Sets a tool up by hand, active and shown to teachers. Gives client id and deployment id.
    pub fn add_tool(&self, config: ToolConfig) -> (String, String) {
        self.with(|state| {
            let id = state.next_id("tool");
            let client_id = config.client_id.clone().unwrap_or_else(|| crate::random_text(15));
            let tool = Tool {
                id,
                client_id: client_id.clone(),
                config,
                active: true,
                in_chooser: true,
                cached_keys: None,
            };
            state.tools.insert(id, tool);
            (client_id, id.to_string())
        })
    }

    /// Changes a tool in place, found by client id; false when there is none.
    pub fn change_tool(&self, client_id: &str, change: impl FnOnce(&mut Tool)) -> bool {
        self.with(|state| {
            let tool = state.tools.values_mut().find(|tool| tool.client_id == client_id);
            tool.map(change).is_some()
        })
    }

    /// Presses Activate for a tool that registered itself.
    pub fn activate_tool(&self, client_id: &str) -> bool {
        self.change_tool(client_id, |tool| tool.active = true)
    }

    /// Adds a person, or replaces the one with this number.
    pub fn add_user(&self, user: User) {
        self.with(|state| state.users.insert(user.id, user));
    }

    /// Adds a course, or replaces the one with this number.
    pub fn add_course(&self, course: Course) {
        self.with(|state| state.courses.insert(course.id, course));
    }

    /// Enrols a person, or with `None` takes the enrolment away.
    pub fn enrol(&self, course: i64, user: i64, role: Option<CourseRole>) {
        self.with(|state| {
            if let Some(course) = state.courses.get_mut(&course) {
                match role {
                    Some(role) => course.members.insert(user, role),
                    None => course.members.remove(&user),
                };
            }
        });
    }

    /// Suspends an enrolment or lifts the suspension: the memberships service then leaves the person out.
    pub fn suspend(&self, course: i64, user: i64, suspended: bool) {
        self.with(|state| {
            if let Some(course) = state.courses.get_mut(&course) {
                match suspended {
                    true => course.suspended.insert(user),
                    false => course.suspended.remove(&user),
                };
            }
        });
    }

    /// Puts an activity into a course. Gives its resource link id.
    pub fn add_activity(&self, course: i64, config: ActivityConfig) -> i64 {
        self.with(|state| state.add_activity(course, config))
    }

    /// Makes a column that belongs to no activity, as a tool does through the line items service. Gives its number.
    pub fn add_line_item(&self, course: i64, tool: i64, label: &str, column: ActivityLineItem) -> i64 {
        self.with(|state| {
            let id = state.next_id("line item");
            let item = LineItem {
                id,
                course,
                tool,
                label: label.to_owned(),
                score_maximum: column.score_maximum,
                resource_id: column.resource_id,
                tag: column.tag,
                resource_link: None,
                of_activity: false,
                submission_review: column.submission_review,
                locked: false,
            };
            state.line_items.insert(id, item);
            id
        })
    }

    /// Sets the number that the next thing of a kind gets: "tool", "activity", "cmid" or "line item".
    pub fn set_next_id(&self, kind: &'static str, id: i64) {
        self.with(|state| state.set_next_id(kind, id));
    }

    /// All people.
    pub fn users(&self) -> Vec<User> {
        self.with(|state| state.users.values().cloned().collect())
    }

    /// All courses.
    pub fn courses(&self) -> Vec<Course> {
        self.with(|state| state.courses.values().cloned().collect())
    }

    /// All tools.
    pub fn tools(&self) -> Vec<Tool> {
        self.with(|state| state.tools.values().cloned().collect())
    }

    /// All activities.
    pub fn activities(&self) -> Vec<Activity> {
        self.with(|state| state.activities.values().cloned().collect())
    }

    /// All columns.
    pub fn line_items(&self) -> Vec<LineItem> {
        self.with(|state| state.line_items.values().cloned().collect())
    }

    // --- launches and tokens ---

    /// The login initiation of an activity in a frame. Its hint works once. `None` for an unknown activity.
    pub fn launch_initiation(&self, user: i64, activity: i64) -> Option<LoginInitiation> {
        self.initiation(
            user,
            Message::ResourceLink { activity },
            Container::Iframe,
            self.options().language,
        )
    }

    /// The login initiation of a content selection.
    pub fn deep_linking_initiation(&self, user: i64, course: i64, tool: i64) -> Option<LoginInitiation> {
        let language = self.options().language;
        self.initiation(
            user,
            Message::DeepLinking { course, tool },
            Container::Iframe,
            language,
        )
    }

    /// The login initiation of any message, in any container and language. It needs no session on the platform.
    pub fn initiation(
        &self,
        user: i64,
        message: Message,
        container: Container,
        language: Language,
    ) -> Option<LoginInitiation> {
        self.with(|state| {
            let sesskey = crate::random_text(10);
            let id = crate::random_text(26);
            let session = Session {
                user,
                sesskey: sesskey.clone(),
                browser: false,
            };
            state.sessions.insert(id.clone(), session);
            let begin = Begin {
                user,
                message,
                container,
                language,
                session: Some((id, sesskey)),
            };
            state.begin_launch(&self.inner.options.origin, begin)
        })
    }

    /// The claims that a launch would carry, for tests that change or sign them themselves.
    pub fn launch_claims(&self, user: i64, message: Message, nonce: &str) -> Option<Value> {
        self.with(|state| {
            let launch = PendingLaunch {
                user,
                message,
                container: Container::Iframe,
                language: self.inner.options.language,
                session: None,
                sesskey: crate::random_text(10),
                client_id: String::new(),
            };
            let claims = state.launch_claims(&self.site(), &launch, nonce)?;
            serde_json::to_value(claims).ok()
        })
    }

    /// Signs any claims with the platform's key under the usual header.
    pub fn sign(&self, claims: &Value) -> String {
        self.key().sign(claims)
    }

    /// Signs any claims with the platform's key under any header (still RS256 in truth).
    pub fn sign_with(&self, header: &Value, claims: &Value) -> String {
        self.key().sign_with(header, claims)
    }

    /// The key that signs launches now.
    pub(crate) fn key(&self) -> Arc<SigningKey> {
        Arc::clone(&self.keys().signing)
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.inner.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs with another key from now on. The former ones leave the key set unless they are kept.
    pub fn swap_key(&self, key: SigningKey, keep_former: bool) {
        let mut keys = self.keys();
        let former = std::mem::replace(&mut keys.signing, Arc::new(key));
        keys.former.push(former);
        if !keep_former {
            keys.former.clear();
        }
    }

    /// The platform's key set, as `certs.php` gives it.
    pub fn key_set(&self) -> Value {
        let keys = self.keys();
        let published = std::iter::once(&keys.signing).chain(&keys.former);
        let published: Vec<Value> = published.map(|key| key.public_jwk()).collect();
        serde_json::json!({ "keys": published })
    }

    /// A registration token for a new client and the address that the administrator's frame would open.
    pub fn begin_registration(&self, tool_url: &str) -> Option<String> {
        crate::registration::registration_address(self, tool_url, None)
    }

    /// The same for a tool that is registered already, as Moodle's "Update" gives it.
    pub fn begin_update(&self, tool_url: &str, tool: i64) -> Option<String> {
        crate::registration::registration_address(self, tool_url, Some(tool))
    }

    // --- gradebook ---

    /// The gradebook: one row for each column and student.
    pub fn gradebook(&self) -> Vec<GradeRow> {
        self.with(|state| state.grade_rows())
    }

    /// One cell of the gradebook.
    pub fn grade(&self, user: i64, line_item: i64) -> crate::Grade {
        self.with(|state| state.grades.get(&(line_item, user)).cloned().unwrap_or_default())
    }

    /// A teacher types a grade by hand; `None` gives the cell back to the tool.
    pub fn set_override(&self, user: i64, line_item: i64, grade: Option<f64>) -> bool {
        let now = self.now();
        self.with(|state| state.set_override(user, line_item, grade, now))
    }

    /// A teacher types feedback by hand.
    pub fn set_feedback(&self, user: i64, line_item: i64, feedback: Option<&str>) -> bool {
        let now = self.now();
        self.with(|state| state.set_feedback(user, line_item, feedback.map(str::to_owned), now))
    }

    /// Locks one grade or unlocks it.
    pub fn lock_grade(&self, user: i64, line_item: i64, locked: bool) -> bool {
        self.with(|state| state.set_locked(user, line_item, locked))
    }

    /// Locks a whole column or unlocks it.
    pub fn lock_line_item(&self, line_item: i64, locked: bool) -> bool {
        self.with(|state| {
            state
                .line_items
                .get_mut(&line_item)
                .map(|item| item.locked = locked)
                .is_some()
        })
    }

    /// Deletes a column with its grades.
    pub fn delete_line_item(&self, line_item: i64) -> bool {
        self.with(|state| state.delete_line_item(line_item))
    }

    /// Deletes an activity and its column.
    pub fn delete_activity(&self, activity: i64) -> bool {
        self.with(|state| {
            let items: Vec<i64> = (state.line_items.values())
                .filter(|item| item.of_activity && item.resource_link == Some(activity))
                .map(|item| item.id)
                .collect();
            for item in items {
                state.delete_line_item(item);
            }
            state.activities.remove(&activity).is_some()
        })
    }

    /// The content selections that came back and were not saved yet.
    pub fn selections(&self) -> Vec<Selection> {
        self.with(|state| state.selections.values().cloned().collect())
    }

    /// Saves a content selection as the teacher's "Save" does. Gives the new resource link ids.
    pub fn save_selection(&self, id: &str) -> Result<Vec<i64>, SaveError> {
        self.with(|state| crate::deep_linking::save(state, id))
    }

    // --- faults and recordings ---

    /// Lets the next request of a service meet a fault.
    pub fn fail_next(&self, service: Service, fault: Fault) {
        self.inner.faults.set(service, fault, Some(1));
    }

    /// Lets the next `times` requests of a service meet a fault, or all until `clear_faults` when `None`.
    pub fn set_fault(&self, service: Service, fault: Fault, times: Option<u32>) {
        self.inner.faults.set(service, fault, times);
    }

    /// Takes all faults away. Requests that hang stay so until they are released.
    pub fn clear_faults(&self) {
        self.inner.faults.clear();
    }

    /// How many requests hang at the moment.
    pub fn hanging(&self) -> usize {
        self.inner.faults.hanging()
    }

    /// Lets all hanging requests go on.
    pub fn release_hung(&self) {
        self.inner.faults.release();
    }

    /// The recorded requests to services, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.records().kept.iter().cloned().collect()
    }

    /// The recorded requests to one service, oldest first.
    pub fn requests_to(&self, service: Service) -> Vec<RecordedRequest> {
        self.records()
            .kept
            .iter()
            .filter(|request| request.service == service)
            .cloned()
            .collect()
    }

    /// Everything that the strict checker found since the last `clear_requests`.
    pub fn problems(&self) -> Vec<Problem> {
        self.records().problems.clone()
    }

    /// Forgets recorded requests and problems.
    pub fn clear_requests(&self) {
        let mut records = self.records();
        records.kept.clear();
        records.problems.clear();
    }

    pub(crate) fn record(&self, mut request: RecordedRequest) {
        let mut records = self.records();
        records.last += 1;
        request.number = records.last;
        for problem in &mut request.problems {
            problem.request = request.number;
        }
        records.problems.extend(request.problems.iter().cloned());
        records.kept.push_back(request);
        if records.kept.len() > KEPT_REQUESTS {
            records.kept.pop_front();
        }
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.inner.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the platform says to a request, checked and recorded, without a network and without faults.
    pub async fn answer(&self, request: Incoming) -> Answer {
        crate::server::handle(self, request, None).await
    }

    // --- the tool's keys ---

    /// Checks a token of a tool: cached keys first, fetched again on any failure and kept only when they help.
    pub(crate) async fn check_tool_token(&self, tool: i64, token: &keys::Unchecked) -> Result<(), String> {
        let now = self.now();
        let (source, cached) = self
            .with(|state| {
                state
                    .tools
                    .get(&tool)
                    .map(|tool| (tool.config.keys.clone(), tool.cached_keys.clone()))
            })
            .ok_or("invalid_client")?;
        let address = match source {
            KeySource::Inline(keys) => return keys::check(token, &keys, now).map_err(str::to_owned),
            KeySource::Address(address) => address,
        };
        if cached.is_some_and(|keys| keys::check(token, &keys, now).is_ok()) {
            return Ok(());
        }
        let keys = self.fetch_keys(&address).await.ok_or("Invalid JWK Set")?;
        keys::check(token, &keys, now)?;
        self.with(|state| {
            if let Some(tool) = state.tools.get_mut(&tool) {
                tool.cached_keys = Some(keys);
            }
        });
        Ok(())
    }

    async fn fetch_keys(&self, address: &str) -> Option<Value> {
        let text = self.client()?.get(address).send().await.ok()?.text().await.ok()?;
        serde_json::from_str(&text).ok()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the other side of the network calls with a client of its own"
    )]
    fn client(&self) -> Option<&reqwest::Client> {
        if self.inner.client.get().is_none() {
            // No idle connections: worker threads come and go with their runtimes.
            let built = reqwest::Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .timeout(std::time::Duration::from_secs(10))
                .build()
                .ok()?;
            let _ = self.inner.client.set(built);
        }
        self.inner.client.get()
    }
}
