//! What the practice platform knows: people, courses, tools, activities, columns and grades, kept in memory.
//!
//! Data and look-ups only. What a request may do with it stands in the file of its service. Numbers of people and
//! courses are those of the recorded Moodle, so that its messages can be played again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::deep_linking::Selection;
use crate::gradebook::Grade;
use crate::launch::PendingLaunch;
use crate::token::AccessToken;

/// Number of the administrator, who is enrolled nowhere.
pub const ADMINISTRATOR: i64 = 2;
/// Number of the instructor.
pub const INSTRUCTOR: i64 = 3;
/// Number of the teaching assistant, Moodle's "non-editing teacher".
pub const ASSISTANT: i64 = 4;
/// Numbers of the five students.
pub const STUDENTS: [i64; 5] = [5, 6, 7, 8, 9];
/// Number of a person who is enrolled in no course.
pub const OUTSIDER: i64 = 10;
/// Number of the course CNC101, the one that the demo shows first.
pub const COURSE: i64 = 2;
/// Number of the second course, HAN102.
pub const SECOND_COURSE: i64 = 3;

/// A person who can be signed in on the practice platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `sub` of the launches, a small whole number as in Moodle.
    pub id: i64,
    /// Sign-in name, sent as `ext.user_username`.
    pub username: String,
    /// Moodle's first name: `given_name`.
    pub given_name: String,
    /// Moodle's last name: `family_name`.
    pub family_name: String,
    /// Student number, may be empty: `lis.person_sourcedid`.
    pub person_sourcedid: String,
    /// E-mail address.
    pub email: String,
}

impl User {
    /// The name as Moodle sends it: given name first, also for Vietnamese names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// The name in Vietnamese order, as the practice platform's own pages show it.
    pub fn vietnamese_name(&self) -> String {
        format!("{} {}", self.family_name, self.given_name)
    }
}

/// What a person is in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseRole {
    /// Teacher with editing rights.
    Instructor,
    /// Moodle's non-editing teacher: Instructor in a launch, Learner in the memberships service.
    Assistant,
    /// Student.
    Student,
}

/// A course: a Context in LTI.
#[derive(Clone, Debug)]
pub struct Course {
    /// `context.id`.
    pub id: i64,
    /// Short name: `context.label`.
    pub label: String,
    /// Full name: `context.title`.
    pub title: String,
    /// `lis.course_section_sourcedid`.
    pub sourcedid: String,
    /// Numbers of the courses that this one was copied from, nearest first.
    pub history: Vec<i64>,
    /// Who is enrolled as what.
    pub members: BTreeMap<i64, CourseRole>,
    /// Enrolled people whose enrolment is suspended.
    pub suspended: BTreeSet<i64>,
}

/// How far a tool may use the assignment and grade services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeService {
    /// Not at all.
    None,
    /// Scores, results and reading of line items.
    Sync,
    /// Besides, make, change and delete line items.
    Full,
}

/// Where the tool's public keys come from.
#[derive(Clone, Debug, PartialEq)]
pub enum KeySource {
    /// Fetched from this address, cached without expiry, fetched again when a signature does not verify.
    Address(String),
    /// Given here as a key set (`{"keys": […]}`), never fetched.
    Inline(Value),
}

/// A tool as an administrator sets it up by hand. `ToolConfig::new` fills what most tests leave alone.
#[derive(Clone, Debug)]
pub struct ToolConfig {
    /// Name of the tool.
    pub name: String,
    /// Description, may be empty.
    pub description: String,
    /// Tool URL: target of activities that carry no URL of their own.
    pub target_link_uri: String,
    /// Where logins begin.
    pub initiate_login_uri: String,
    /// Redirect addresses, compared to the letter.
    pub redirect_uris: Vec<String>,
    /// The tool's keys.
    pub keys: KeySource,
    /// Content selection URL; without it there is no "Select content".
    pub deep_linking_url: Option<String>,
    /// Custom parameters of the tool, in order.
    pub custom: Vec<(String, String)>,
    /// Assignment and grade services.
    pub grade_service: GradeService,
    /// Names and roles service.
    pub memberships: bool,
    /// Share the launching person's name.
    pub share_name: bool,
    /// Share the launching person's e-mail.
    pub share_email: bool,
    /// A fixed client id, for recorded messages; otherwise one is made up.
    pub client_id: Option<String>,
    /// Logo address.
    pub icon: Option<String>,
}

impl ToolConfig {
    /// A tool with all services and everything shared, whose keys are fetched from `jwks_uri`.
    pub fn new(name: &str, initiate_login_uri: &str, redirect_uri: &str, jwks_uri: &str) -> Self {
        Self {
            name: name.into(),
            description: String::new(),
            target_link_uri: redirect_uri.into(),
            initiate_login_uri: initiate_login_uri.into(),
            redirect_uris: vec![redirect_uri.into()],
            keys: KeySource::Address(jwks_uri.into()),
            deep_linking_url: None,
            custom: Vec::new(),
            grade_service: GradeService::Full,
            memberships: true,
            share_name: true,
            share_email: true,
            client_id: None,
            icon: None,
        }
    }
}

/// A tool type as the platform keeps it.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Row number; as text it is the deployment id, and `type_id` in service addresses.
    pub id: i64,
    /// Client id, 15 letters and digits.
    pub client_id: String,
    /// Its settings.
    pub config: ToolConfig,
    /// Pending until an administrator presses Activate.
    pub active: bool,
    /// Whether teachers find it in the activity chooser.
    pub in_chooser: bool,
    /// The key set as it was last fetched.
    pub cached_keys: Option<Value>,
}

/// An activity to be put into a course by hand.
#[derive(Clone, Debug, Default)]
pub struct ActivityConfig {
    /// Name: `resource_link.title`, and the column's name.
    pub title: String,
    /// Description, may be empty.
    pub description: String,
    /// Target; empty means the tool's own.
    pub url: String,
    /// Custom parameters of this activity, in order.
    pub custom: Vec<(String, String)>,
    /// The column that comes with it.
    pub line_item: Option<ActivityLineItem>,
    /// Number of the tool; 0 takes the first active one.
    pub tool: i64,
}

/// The column of an activity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivityLineItem {
    /// Maximum grade.
    pub score_maximum: f64,
    /// The tool's own id of the thing that is graded.
    pub resource_id: String,
    /// The tool's tag.
    pub tag: String,
    /// Submission review: address and custom parameters.
    pub submission_review: Option<Value>,
}

/// An activity: a ResourceLink in LTI.
#[derive(Clone, Debug)]
pub struct Activity {
    /// `resource_link.id`.
    pub id: i64,
    /// Course module number, another counter than the id, as in Moodle.
    pub cmid: i64,
    /// Its course.
    pub course: i64,
    /// Its tool.
    pub tool: i64,
    /// Name.
    pub title: String,
    /// Description.
    pub description: String,
    /// Target; empty means the tool's own.
    pub url: String,
    /// Custom parameters.
    pub custom: Vec<(String, String)>,
    /// Whether grades are accepted for it.
    pub accept_grades: bool,
}

/// A column of the gradebook.
#[derive(Clone, Debug, PartialEq)]
pub struct LineItem {
    /// Grade item number.
    pub id: i64,
    /// Its course.
    pub course: i64,
    /// The tool it belongs to.
    pub tool: i64,
    /// Label.
    pub label: String,
    /// Maximum.
    pub score_maximum: f64,
    /// `resourceId`.
    pub resource_id: String,
    /// `tag`.
    pub tag: String,
    /// Resource link that it is bound to.
    pub resource_link: Option<i64>,
    /// True for an activity's own column, false for one that the tool made.
    pub of_activity: bool,
    /// `submissionReview` as given.
    pub submission_review: Option<Value>,
    /// Locked by a teacher.
    pub locked: bool,
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) user: i64,
    pub(crate) sesskey: String,
    /// Began in a browser, which has to show its cookie again; false for sessions of the test interface.
    pub(crate) browser: bool,
}

/// Everything in memory.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) users: BTreeMap<i64, User>,
    pub(crate) courses: BTreeMap<i64, Course>,
    pub(crate) tools: BTreeMap<i64, Tool>,
    pub(crate) activities: BTreeMap<i64, Activity>,
    pub(crate) line_items: BTreeMap<i64, LineItem>,
    pub(crate) grades: BTreeMap<(i64, i64), Grade>,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) launches: HashMap<String, PendingLaunch>,
    pub(crate) tokens: HashMap<String, AccessToken>,
    pub(crate) selections: HashMap<String, Selection>,
    /// What the strict checker remembers: nonces, assertion ids and the pairs that were graded in full.
    pub(crate) seen_nonces: HashSet<String>,
    pub(crate) seen_assertions: HashSet<String>,
    pub(crate) fully_graded: HashSet<(i64, i64)>,
    pub(crate) listing: crate::listing::Listing,
    /// The only people who may open an activity, where somebody set it.
    pub(crate) openers: BTreeMap<i64, BTreeSet<i64>>,
    next: BTreeMap<&'static str, i64>,
}

impl State {
    /// The college of the demo: two courses and nine made-up people.
    pub(crate) fn college() -> Self {
        let mut state = Self::default();
        for (id, username, family, given) in [
            (ADMINISTRATOR, "admin", "Quản Trị", "Tập Dượt"),
            (INSTRUCTOR, "teacher1", "Phạm", "Văn Mẫu"),
            (ASSISTANT, "teacher2", "Hoàng", "Thị Trợ Giảng"),
            (5, "student1", "Nguyễn", "Thị Thử"),
            (6, "student2", "Trần", "Văn Ví Dụ"),
            (7, "student3", "Lê", "Minh Hoạ"),
            (8, "student4", "Đặng", "Giả Định"),
            (9, "student5", "Huỳnh", "Ngọc Diễn Tập"),
            (OUTSIDER, "outsider1", "Vũ", "Ngoại Lệ"),
        ] {
            state.users.insert(id, user(id, username, family, given));
        }
        let members = BTreeMap::from_iter(
            [
                (INSTRUCTOR, CourseRole::Instructor),
                (ASSISTANT, CourseRole::Assistant),
            ]
            .into_iter()
            .chain(STUDENTS.map(|id| (id, CourseRole::Student))),
        );
        for (id, label, title) in [
            (COURSE, "CNC101", "Vận hành máy phay CNC cơ bản"),
            (SECOND_COURSE, "HAN102", "Hàn hồ quang tay cơ bản"),
        ] {
            let course = Course {
                id,
                label: label.into(),
                title: title.into(),
                sourcedid: format!("{label}-2026"),
                history: Vec::new(),
                members: members.clone(),
                suspended: BTreeSet::new(),
            };
            state.courses.insert(id, course);
        }
        // Moodle counts course modules and grade items (a course total first) apart from activities.
        state.next.insert("cmid", 3);
        state.next.insert("line item", 2);
        state
    }

    /// The next number of this kind, from 1 on.
    pub(crate) fn next_id(&mut self, kind: &'static str) -> i64 {
        let next = self.next.entry(kind).or_insert(1);
        let id = *next;
        *next += 1;
        id
    }

    pub(crate) fn set_next_id(&mut self, kind: &'static str, id: i64) {
        self.next.insert(kind, id);
    }

    pub(crate) fn tool_of_client(&self, client_id: &str) -> Option<&Tool> {
        self.tools.values().find(|tool| tool.client_id == client_id)
    }

    pub(crate) fn activity_of_module(&self, cmid: i64) -> Option<&Activity> {
        self.activities.values().find(|activity| activity.cmid == cmid)
    }

    pub(crate) fn role(&self, course: i64, user: i64) -> Option<CourseRole> {
        self.courses.get(&course)?.members.get(&user).copied()
    }

    /// Whether the person may edit the course: its instructor, or the administrator.
    pub(crate) fn may_edit(&self, course: i64, user: i64) -> bool {
        user == ADMINISTRATOR || self.role(course, user) == Some(CourseRole::Instructor)
    }

    /// Puts an activity, and its column if it has one, into a course.
    pub(crate) fn add_activity(&mut self, course: i64, config: ActivityConfig) -> i64 {
        let tool = match config.tool {
            0 => self
                .tools
                .values()
                .find(|tool| tool.active)
                .map_or(0, |tool| tool.id),
            id => id,
        };
        let (id, cmid) = (self.next_id("activity"), self.next_id("cmid"));
        if let Some(column) = config.line_item.clone() {
            let item = self.next_id("line item");
            let line_item = LineItem {
                id: item,
                course,
                tool,
                label: config.title.clone(),
                score_maximum: column.score_maximum,
                resource_id: column.resource_id,
                tag: column.tag,
                resource_link: Some(id),
                of_activity: true,
                submission_review: column.submission_review,
                locked: false,
            };
            self.line_items.insert(item, line_item);
        }
        let activity = Activity {
            id,
            cmid,
            course,
            tool,
            title: config.title,
            description: config.description,
            url: config.url,
            custom: config.custom,
            accept_grades: config.line_item.is_some(),
        };
        self.activities.insert(id, activity);
        id
    }

    /// Deletes a column with its grades; false when there is none.
    pub(crate) fn delete_line_item(&mut self, id: i64) -> bool {
        self.grades.retain(|(item, _), _| *item != id);
        self.line_items.remove(&id).is_some()
    }
}

fn user(id: i64, username: &str, family: &str, given: &str) -> User {
    let person_sourcedid = if id == ADMINISTRATOR {
        String::new()
    } else {
        format!("{}-MSSV", username.to_uppercase())
    };
    User {
        id,
        username: username.into(),
        given_name: given.into(),
        family_name: family.into(),
        person_sourcedid,
        email: format!("{username}@example.vn"),
    }
}
