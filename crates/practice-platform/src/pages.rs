//! Pages for people: routing, who is signed in, the front page, and the small pages that post a form by themselves.
//!
//! Pages of courses, gradebook and tools stand in course_pages.rs, gradebook_page.rs and tool_pages.rs.

use askama::Template;

use crate::exchange::{Answer, Incoming};
use crate::platform::PracticePlatform;
use crate::state::{ADMINISTRATOR, COURSE, CourseRole, INSTRUCTOR, STUDENTS, Session, State};
use crate::texts::Language;
use crate::{course_pages, gradebook_page, tool_pages};

/// The cookie of a signed-in browser: no SameSite, no Secure, as Moodle's.
pub const SESSION_COOKIE: &str = "PracticeSession";
const LANGUAGE_COOKIE: &str = "PracticeLanguage";

/// A form with hidden fields, as the platform's self-posting pages carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenForm {
    /// Where it posts to.
    pub action: String,
    /// Its fields in order.
    pub fields: Vec<(String, String)>,
}

impl HiddenForm {
    /// Reads the first form out of a page of this platform. `None` when the page has none.
    pub fn of(page: &str) -> Option<Self> {
        let form = page.split_once("<form ")?.1.split_once("</form>")?.0;
        let (head, body) = form.split_once('>')?;
        let fields = body
            .split("<input ")
            .skip(1)
            .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)));
        Some(Self {
            action: attribute(head, "action")?,
            fields: fields.collect(),
        })
    }

    /// A field's value.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
    let plain = [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
    ];
    Some(
        plain
            .iter()
            .fold(value.to_owned(), |text, (code, sign)| text.replace(code, sign)),
    )
}

/// What every page knows: language and person.
pub(crate) struct View {
    pub(crate) language: Language,
    pub(crate) person: Option<Person>,
    pub(crate) sesskey: String,
    session: String,
    target: String,
}

pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) role: String,
}

pub(crate) struct LanguageLink {
    pub(crate) address: String,
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) current: bool,
}

impl View {
    pub(crate) fn of(platform: &PracticePlatform, request: &Incoming) -> Self {
        let chosen = request
            .cookie(LANGUAGE_COOKIE)
            .and_then(|code| Language::of(&code));
        let language = chosen.unwrap_or(platform.options().language);
        let cookie = request.cookie(SESSION_COOKIE).unwrap_or_default();
        let (person, sesskey) = platform.with(|state| {
            let session = state.sessions.get(&cookie).filter(|session| session.browser);
            let person = session
                .and_then(|session| state.users.get(&session.user))
                .map(|user| Person {
                    id: user.id,
                    name: user.vietnamese_name(),
                    role: role_name(state, language, user.id, COURSE),
                });
            (
                person,
                session.map(|session| session.sesskey.clone()).unwrap_or_default(),
            )
        });
        let target = if request.method == "GET" {
            request.target()
        } else {
            "/".to_owned()
        };
        Self {
            language,
            person,
            sesskey,
            session: cookie,
            target,
        }
    }

    pub(crate) fn t(&self, key: &str) -> String {
        self.language.text(key)
    }

    pub(crate) fn t_with(&self, key: &str, name: &str, value: &str) -> String {
        self.language.text_with(key, &[(name, value)])
    }

    pub(crate) fn user(&self) -> Option<i64> {
        self.person.as_ref().map(|person| person.id)
    }

    /// Session and its key, for launches that begin in this browser.
    pub(crate) fn launch_session(&self) -> Option<(String, String)> {
        self.person
            .as_ref()
            .map(|_| (self.session.clone(), self.sesskey.clone()))
    }

    pub(crate) fn is_administrator(&self) -> bool {
        self.user() == Some(ADMINISTRATOR)
    }

    pub(crate) fn languages(&self) -> Vec<LanguageLink> {
        let joint = if self.target.contains('?') { '&' } else { '?' };
        let link = |language: Language| LanguageLink {
            address: format!("{}{joint}lang={}", self.target, language.code()),
            code: language.code(),
            name: language.name(),
            current: language == self.language,
        };
        Language::ALL.into_iter().map(link).collect()
    }
}

/// What a person is in a course, in words.
pub(crate) fn role_name(state: &State, language: Language, user: i64, course: i64) -> String {
    if user == ADMINISTRATOR {
        return language.text("role-administrator");
    }
    match state.role(course, user) {
        Some(CourseRole::Instructor) => language.text("role-instructor"),
        Some(CourseRole::Assistant) => language.text("role-assistant"),
        Some(CourseRole::Student) => language.text("role-student"),
        None => language.text("role-guest"),
    }
}

/// Answers a request for a page.
pub(crate) fn answer(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let post = request.method == "POST";
    if !post && request.method != "GET" && request.method != "HEAD" {
        return error(platform, request, 405, "not-found");
    }
    if let Some(language) = request.query_value("lang").and_then(|code| Language::of(&code)) {
        let cookie = format!("{LANGUAGE_COOKIE}={}; path=/; HttpOnly", language.code());
        return Answer::redirect(&without_language(request)).with_header("set-cookie", &cookie);
    }
    let view = View::of(platform, request);
    if post && request.path == "/login/index.php" {
        return sign_in(platform, request);
    }
    if post && (view.person.is_none() || request.form_value("sesskey") != Some(view.sesskey.clone())) {
        return error(platform, request, 403, "sign-in-first");
    }
    match request.path.as_str() {
        "/" | "/index.php" | "/login/index.php" => front(platform, view),
        "/course/view.php" => course_pages::course(platform, request, view),
        "/course/mod.php" if post => course_pages::change(platform, request, view),
        "/backup/copy.php" if post => course_pages::copy(platform, request, view),
        "/course/modedit.php" if post => course_pages::save(platform, request, view),
        "/course/modedit.php" => course_pages::edit(platform, request, view),
        "/mod/lti/view.php" => course_pages::activity(platform, request, view),
        "/mod/lti/launch.php" => course_pages::launch(platform, request, view),
        "/mod/lti/contentitem.php" => course_pages::select(platform, request, view),
        "/mod/lti/return.php" => course_pages::tool_returned(request, view),
        "/grade/report/grader/index.php" if post => gradebook_page::change(platform, request, view),
        "/grade/report/grader/index.php" => gradebook_page::show(platform, request, view),
        "/mod/lti/toolconfigure.php" if post => tool_pages::change(platform, request, view),
        "/mod/lti/toolconfigure.php" => tool_pages::show(platform, request, view),
        "/mod/lti/startltiadvregistration.php" => tool_pages::start(platform, request, view),
        _ => error(platform, request, 404, "not-found"),
    }
}

fn without_language(request: &Incoming) -> String {
    let kept: Vec<&str> = request
        .query
        .split('&')
        .filter(|pair| !pair.starts_with("lang="))
        .collect();
    if kept.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, kept.join("&"))
    }
}

/// A path of this site; anything else becomes the front page.
pub(crate) fn local_path(path: Option<String>) -> String {
    path.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']))
        .unwrap_or_else(|| "/".to_owned())
}

fn sign_in(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let user = request.form_number("user").unwrap_or_default();
    let id = crate::random_text(26);
    let known = platform.with(|state| {
        let known = state.users.contains_key(&user);
        if known {
            let session = Session {
                user,
                sesskey: crate::random_text(10),
                browser: true,
            };
            state.sessions.insert(id.clone(), session);
        }
        known
    });
    if !known {
        return error(platform, request, 404, "not-found");
    }
    Answer::redirect(&local_path(request.form_value("to")))
        .with_header("set-cookie", &format!("{SESSION_COOKIE}={id}; path=/; HttpOnly"))
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    view: View,
    steps: [Step; 3],
    courses: Vec<CourseCard>,
    people: Vec<PersonButton>,
    to: String,
}

struct Step {
    title: String,
    text: String,
    button: String,
    user: i64,
    to: String,
}

struct CourseCard {
    id: i64,
    label: String,
    title: String,
    activities: String,
}

struct PersonButton {
    id: i64,
    name: String,
    role: String,
    current: bool,
}

fn front(platform: &PracticePlatform, view: View) -> Answer {
    let [student, ..] = STUDENTS;
    let course = format!("/course/view.php?id={COURSE}");
    let gradebook = format!("/grade/report/grader/index.php?id={COURSE}&live=1");
    let steps = [
        Step {
            title: view.t("step-instructor"),
            text: view.t("step-instructor-text"),
            button: view.t("step-instructor-button"),
            user: INSTRUCTOR,
            to: course.clone(),
        },
        Step {
            title: view.t("step-student"),
            text: view.t("step-student-text"),
            button: view.t("step-student-button"),
            user: student,
            to: course.clone(),
        },
        Step {
            title: view.t("step-gradebook"),
            text: view.t("step-gradebook-text"),
            button: view.t("step-gradebook-button"),
            user: INSTRUCTOR,
            to: gradebook,
        },
    ];
    let (courses, people) = platform.with(|state| {
        let courses = state.courses.values().map(|course| {
            let count = state
                .activities
                .values()
                .filter(|activity| activity.course == course.id)
                .count();
            CourseCard {
                id: course.id,
                label: course.label.clone(),
                title: course.title.clone(),
                activities: view.t_with("activity-count", "count", &count.to_string()),
            }
        });
        let members = state.users.values().filter(|user| {
            user.id == ADMINISTRATOR
                || state
                    .courses
                    .values()
                    .any(|course| course.members.contains_key(&user.id))
        });
        let people = members.map(|user| PersonButton {
            id: user.id,
            name: user.vietnamese_name(),
            role: role_name(state, view.language, user.id, COURSE),
            current: view.user() == Some(user.id),
        });
        (courses.collect(), people.collect())
    });
    show(
        200,
        &Front {
            view,
            steps,
            courses,
            people,
            to: course,
        },
    )
}

/// Renders a page.
pub(crate) fn show(status: u16, page: &impl Template) -> Answer {
    match page.render() {
        Ok(html) => Answer::html(status, html),
        Err(error) => Answer::html(500, error.to_string()),
    }
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    view: View,
    title: String,
    text: String,
    to: String,
}

/// A page that says one thing.
pub(crate) fn message(status: u16, view: View, title: String, text: String, to: String) -> Answer {
    show(
        status,
        &MessagePage {
            view,
            title,
            text,
            to,
        },
    )
}

/// An error page with a text of ours.
pub(crate) fn error(platform: &PracticePlatform, request: &Incoming, status: u16, key: &str) -> Answer {
    let view = View::of(platform, request);
    let (title, text) = (view.t("error-title"), view.t(key));
    message(status, view, title, text, "/".to_owned())
}

/// Moodle's "Invalid request" page, a 404.
pub(crate) fn invalid_request(platform: &PracticePlatform, request: &Incoming) -> Answer {
    error(platform, request, 404, "invalid-request")
}

/// An error page with Moodle's own words, a 404.
pub(crate) fn exception(platform: &PracticePlatform, request: &Incoming, words: &str) -> Answer {
    let view = View::of(platform, request);
    let title = view.t("error-title");
    message(404, view, title, words.to_owned(), "/".to_owned())
}

/// A content selection came back elsewhere than in the platform's frame.
pub(crate) fn outside_frame(platform: &PracticePlatform, request: &Incoming) -> Answer {
    error(platform, request, 400, "outside-frame")
}

#[derive(Template)]
#[template(path = "autopost.html")]
struct AutoPost {
    view: View,
    id: &'static str,
    action: String,
    fields: Vec<(String, String)>,
}

/// A page that posts hidden fields by itself, or by a button without scripts.
pub(crate) fn autopost(
    platform: &PracticePlatform,
    request: &Incoming,
    action: &str,
    fields: Vec<(String, String)>,
) -> Answer {
    let view = View::of(platform, request);
    show(
        200,
        &AutoPost {
            view,
            id: "ltiAuthForm",
            action: action.to_owned(),
            fields,
        },
    )
}

/// Moodle's way to get its cookie back: the browser posts the same fields once more, now from this site.
pub(crate) fn repost(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let encoded = if request.method == "POST" {
        request.body.as_slice()
    } else {
        request.query.as_bytes()
    };
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(encoded).into_owned().collect();
    fields.push(("repost".to_owned(), "1".to_owned()));
    let action = if request.method == "POST" {
        request.target()
    } else {
        request.path.clone()
    };
    let view = View::of(platform, request);
    show(
        200,
        &AutoPost {
            view,
            id: "mod_lti_repost_form",
            action,
            fields,
        },
    )
}

#[derive(Template)]
#[template(path = "returned.html")]
struct Returned {
    view: View,
    address: String,
}

/// Tells the page around the frame that a selection came back; `None` when it was empty.
pub(crate) fn selection_returned(
    platform: &PracticePlatform,
    request: &Incoming,
    course: i64,
    tool: i64,
    id: Option<&str>,
) -> Answer {
    let view = View::of(platform, request);
    let selection = id.map(|id| format!("&selection={id}")).unwrap_or_default();
    let address = format!("/course/modedit.php?course={course}&type={tool}{selection}");
    show(200, &Returned { view, address })
}
