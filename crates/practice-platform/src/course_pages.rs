//! Pages of a course: its activities, opening one, and adding one by hand or from a content selection.

use askama::Template;

use crate::deep_linking::{self, ContentItem, SaveError, Selection};
use crate::exchange::{Answer, Incoming, number};
use crate::launch::{Begin, Container, LoginInitiation, Message};
use crate::pages::{self, Person, View, role_name, show};
use crate::platform::PracticePlatform;
use crate::state::{ActivityConfig, ActivityLineItem, State, Tool};
use crate::storage::Storage;

#[derive(Template)]
#[template(path = "course.html")]
struct CoursePage {
    view: View,
    id: i64,
    label: String,
    title: String,
    editor: bool,
    activities: Vec<ActivityCard>,
    members: Vec<Person>,
}

struct ActivityCard {
    id: i64,
    cmid: i64,
    title: String,
    description: String,
    tool: String,
    maximum: Option<String>,
}

/// A course with its activities.
pub(crate) fn course(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let id = request.query_number("id").unwrap_or_default();
    let Some(user) = view.user() else {
        return pages::error(platform, request, 200, "sign-in-first");
    };
    let found = platform.with(|state| {
        let course = state.courses.get(&id)?;
        let activities = state.activities.values().filter(|activity| activity.course == id);
        let cards: Vec<ActivityCard> = activities
            .map(|activity| ActivityCard {
                id: activity.id,
                cmid: activity.cmid,
                title: activity.title.clone(),
                description: activity.description.clone(),
                tool: state
                    .tools
                    .get(&activity.tool)
                    .map_or_else(|| view.t("deleted-tool"), |tool| tool.config.name.clone()),
                maximum: maximum_of(state, activity.id),
            })
            .collect();
        let members = course
            .members
            .keys()
            .filter_map(|id| state.users.get(id))
            .map(|user| Person {
                id: user.id,
                name: user.vietnamese_name(),
                role: role_name(state, view.language, user.id, course.id),
            });
        let editor = state.may_edit(id, user);
        Some((
            course.label.clone(),
            course.title.clone(),
            editor,
            cards,
            members.collect(),
        ))
    });
    let Some((label, title, editor, activities, members)) = found else {
        return pages::error(platform, request, 404, "not-found");
    };
    show(
        200,
        &CoursePage {
            view,
            id,
            label,
            title,
            editor,
            activities,
            members,
        },
    )
}

fn maximum_of(state: &State, activity: i64) -> Option<String> {
    let own = |item: &&crate::LineItem| item.of_activity && item.resource_link == Some(activity);
    state
        .line_items
        .values()
        .find(own)
        .map(|item| number(item.score_maximum).to_string())
}

/// Duplicates an activity, or deletes it with its column.
pub(crate) fn change(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let duplicated = request.form_number("duplicate");
    let id = duplicated
        .or_else(|| request.form_number("delete"))
        .unwrap_or_default();
    let course = platform.with(|state| {
        let course = state.activities.get(&id)?.course;
        state.may_edit(course, view.user()?).then_some(course)
    });
    let Some(course) = course else {
        return pages::error(platform, request, 403, "not-allowed");
    };
    // Whoever may edit the course sees the result there.
    let _done = match duplicated {
        Some(id) => platform.duplicate_activity(id).is_some(),
        None => platform.delete_activity(id),
    };
    Answer::redirect(&format!("/course/view.php?id={course}"))
}

/// Copies a course and opens the copy.
pub(crate) fn copy(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let id = request.form_number("course").unwrap_or_default();
    let allowed = view
        .user()
        .is_some_and(|user| platform.with(|state| state.may_edit(id, user)));
    let copied = allowed.then(|| platform.copy_course(id)).flatten();
    match copied {
        Some((copy, _)) => Answer::redirect(&format!("/course/view.php?id={copy}")),
        None => pages::error(platform, request, 403, "not-allowed"),
    }
}

#[derive(Template)]
#[template(path = "activity.html")]
struct ActivityPage {
    view: View,
    course: i64,
    label: String,
    cmid: i64,
    title: String,
    description: String,
    tool_origin: String,
    storage: Storage,
}

/// An activity in a frame; on a phone the whole window goes to the tool, as in Moodle.
pub(crate) fn activity(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let cmid = request.query_number("id").unwrap_or_default();
    if view.person.is_none() {
        return pages::error(platform, request, 200, "sign-in-first");
    }
    if is_mobile(request) {
        return Answer::redirect(&format!("/mod/lti/launch.php?id={cmid}&container=whole"));
    }
    let found = platform.with(|state| {
        let activity = state.activity_of_module(cmid)?;
        let label = state.courses.get(&activity.course)?.label.clone();
        let origin = state
            .tools
            .get(&activity.tool)
            .map(tool_origin)
            .unwrap_or_default();
        Some((activity.clone(), label, origin))
    });
    let Some((activity, label, tool_origin)) = found else {
        return pages::error(platform, request, 404, "not-found");
    };
    let page = ActivityPage {
        view,
        course: activity.course,
        label,
        cmid,
        title: activity.title,
        description: activity.description,
        tool_origin,
        storage: Storage::of(request),
    };
    show(200, &page)
}

fn is_mobile(request: &Incoming) -> bool {
    let agent = request.header("user-agent").unwrap_or_default();
    ["Mobile", "Android", "iPhone", "iPad"]
        .iter()
        .any(|word| agent.contains(word))
}

fn tool_origin(tool: &Tool) -> String {
    let url = url::Url::parse(&tool.config.target_link_uri);
    url.map(|url| url.origin().ascii_serialization())
        .unwrap_or_default()
}

/// The page that posts the login initiation of an activity.
pub(crate) fn launch(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let cmid = request.query_number("id").unwrap_or_default();
    let container = match request.query_value("container").as_deref() {
        Some("window") => Container::Window,
        Some("whole") => Container::WholeWindow,
        _ => Container::Iframe,
    };
    let review = request
        .query_number("for_user")
        .filter(|_| request.query_value("action").is_some());
    let message = platform.with(|state| {
        state.activity_of_module(cmid).map(|activity| match review {
            // Moodle does not look whether this person may see that one's work. The tool has to.
            Some(for_user) => Message::SubmissionReview {
                activity: activity.id,
                for_user,
            },
            None => Message::ResourceLink {
                activity: activity.id,
            },
        })
    });
    begin(platform, request, &view, message, container)
}

/// The page that posts the login initiation of a content selection.
pub(crate) fn select(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let number = |name: &str| request.query_number(name).unwrap_or_default();
    let (course, tool) = (number("course"), number("id"));
    let allowed = view
        .user()
        .is_some_and(|user| platform.with(|state| state.may_edit(course, user)));
    if !allowed {
        return pages::error(platform, request, 403, "not-allowed");
    }
    begin(
        platform,
        request,
        &view,
        Some(Message::DeepLinking { course, tool }),
        Container::Iframe,
    )
}

fn begin(
    platform: &PracticePlatform,
    request: &Incoming,
    view: &View,
    message: Option<Message>,
    container: Container,
) -> Answer {
    let (Some(user), Some(message)) = (view.user(), message) else {
        return pages::error(platform, request, 404, "sign-in-first");
    };
    let begin = Begin {
        user,
        message,
        container,
        language: view.language,
        session: view.launch_session(),
    };
    let initiation = platform.with(|state| state.begin_launch(platform.origin(), begin));
    match initiation {
        Some(LoginInitiation { action, mut fields }) => {
            let target = Storage::target(request);
            fields.extend(target.map(|target| ("lti_storage_target".to_owned(), target)));
            pages::autopost(platform, request, &action, fields)
        }
        None => pages::error(platform, request, 404, "not-found"),
    }
}

/// Where the tool sends people back to, with a message if it has one.
pub(crate) fn tool_returned(request: &Incoming, view: View) -> Answer {
    let course = request.query_number("course").unwrap_or_default();
    let to = format!("/course/view.php?id={course}");
    let words = request
        .query_value("lti_errormsg")
        .or_else(|| request.query_value("lti_msg"));
    match words {
        Some(words) => {
            let title = view.t("tool-message");
            pages::message(200, view, title, words, to)
        }
        None => {
            let (title, text) = (view.t("back-to-course"), view.t("back-to-course"));
            pages::message(200, view, title, text, to)
        }
    }
}

#[derive(Template)]
#[template(path = "chooser.html")]
struct Chooser {
    view: View,
    course: i64,
    label: String,
    tools: Vec<ToolChoice>,
}

struct ToolChoice {
    id: i64,
    name: String,
    description: String,
    in_chooser: bool,
}

#[derive(Template)]
#[template(path = "modedit.html")]
struct EditPage {
    view: View,
    course: i64,
    label: String,
    tool: i64,
    tool_name: String,
    tool_origin: String,
    selects: bool,
    selecting: bool,
    selection: String,
    form: ContentItem,
    custom: String,
    graded: bool,
    maximum: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "several.html")]
struct SeveralPage {
    view: View,
    course: i64,
    label: String,
    selection: String,
    items: Vec<SeveralItem>,
}

struct SeveralItem {
    title: String,
    maximum: Option<String>,
}

/// The form for a new activity: empty, filled from a selection, or a list when several were selected.
pub(crate) fn edit(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let course = request.query_number("course").unwrap_or_default();
    let Some(label) = editable(platform, &view, course) else {
        return pages::error(platform, request, 403, "not-allowed");
    };
    let selection = request.query_value("selection").and_then(|id| {
        platform
            .with(|state| state.selections.get(&id).cloned())
            .filter(|found| found.course == course)
    });
    let Some(tool) = request.query_number("type") else {
        return chooser(platform, view, course, label);
    };
    match selection {
        Some(selection) if selection.items.len() > 1 => several(view, course, label, &selection),
        selection => {
            let id = selection
                .as_ref()
                .map(|selection| selection.id.clone())
                .unwrap_or_default();
            let item = selection.and_then(|selection| selection.items.into_iter().next());
            let form = Form {
                maximum: maximum_text(item.as_ref()),
                graded: item.as_ref().is_none_or(|item| item.line_item.is_some()),
                item: item.unwrap_or_else(empty_item),
                selection: id,
                error: None,
                selecting: request.query_value("select").is_some(),
            };
            edit_page(platform, request, view, course, label, tool, form)
        }
    }
}

fn editable(platform: &PracticePlatform, view: &View, course: i64) -> Option<String> {
    platform.with(|state| {
        let allowed = state.may_edit(course, view.user()?);
        state
            .courses
            .get(&course)
            .filter(|_| allowed)
            .map(|course| course.label.clone())
    })
}

fn empty_item() -> ContentItem {
    ContentItem {
        title: String::new(),
        text: String::new(),
        url: String::new(),
        custom: Vec::new(),
        line_item: None,
    }
}

fn maximum_text(item: Option<&ContentItem>) -> String {
    let column = item.and_then(|item| item.line_item.as_ref());
    column.map_or_else(
        || "100".to_owned(),
        |column| number(column.score_maximum).to_string(),
    )
}

struct Form {
    item: ContentItem,
    graded: bool,
    maximum: String,
    selection: String,
    selecting: bool,
    error: Option<&'static str>,
}

fn edit_page(
    platform: &PracticePlatform,
    request: &Incoming,
    view: View,
    course: i64,
    label: String,
    tool: i64,
    form: Form,
) -> Answer {
    let Some(found) = platform.with(|state| state.tools.get(&tool).cloned()) else {
        return pages::error(platform, request, 404, "not-found");
    };
    let custom = form
        .item
        .custom
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let page = EditPage {
        course,
        label,
        tool,
        tool_origin: tool_origin(&found),
        selects: found.config.deep_linking_url.is_some(),
        tool_name: found.config.name,
        selecting: form.selecting,
        selection: form.selection,
        custom: custom.collect::<Vec<_>>().join("\n"),
        form: form.item,
        graded: form.graded,
        maximum: form.maximum,
        error: form.error.map(|key| view.t(key)),
        view,
    };
    show(200, &page)
}

fn chooser(platform: &PracticePlatform, view: View, course: i64, label: String) -> Answer {
    let tools = platform.with(|state| {
        let active = state.tools.values().filter(|tool| tool.active);
        let choices = active.map(|tool| ToolChoice {
            id: tool.id,
            name: tool.config.name.clone(),
            description: tool.config.description.clone(),
            in_chooser: tool.in_chooser,
        });
        choices.collect()
    });
    show(
        200,
        &Chooser {
            view,
            course,
            label,
            tools,
        },
    )
}

fn several(view: View, course: i64, label: String, selection: &Selection) -> Answer {
    let items = selection.items.iter().map(|item| SeveralItem {
        title: item.title.clone(),
        maximum: item.line_item.as_ref().map(|column| {
            let right = deep_linking::maximum_is_right(column.score_maximum);
            number(if right { column.score_maximum } else { 100.0 }).to_string()
        }),
    });
    let items = items.collect();
    show(
        200,
        &SeveralPage {
            view,
            course,
            label,
            selection: selection.id.clone(),
            items,
        },
    )
}

/// Saves the form, or the list of several.
pub(crate) fn save(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let course = request.form_number("course").unwrap_or_default();
    let Some(label) = editable(platform, &view, course) else {
        return pages::error(platform, request, 403, "not-allowed");
    };
    let selection = request.form_value("selection").unwrap_or_default();
    let back = format!("/course/view.php?id={course}");
    if request.form_value("several").is_some() {
        return match platform.save_selection(&selection) {
            Ok(_) => Answer::redirect(&back),
            Err(SaveError::Unknown | SaveError::Maximum) => pages::error(platform, request, 404, "not-found"),
        };
    }
    let tool = request.form_number("type").unwrap_or_default();
    let form = submitted(platform, request, selection);
    if form.error.is_some() {
        return edit_page(platform, request, view, course, label, tool, form);
    }
    platform.with(|state| {
        state.selections.remove(&form.selection);
        let item = form.item;
        let config = ActivityConfig {
            title: item.title,
            description: item.text,
            url: item.url,
            custom: item.custom,
            line_item: item.line_item,
            tool,
        };
        state.add_activity(course, config);
    });
    Answer::redirect(&back)
}

fn submitted(platform: &PracticePlatform, request: &Incoming, selection: String) -> Form {
    let field = |name: &str| request.form_value(name).unwrap_or_default();
    let graded = request.form_value("accept_grades").is_some();
    let maximum = field("maximum");
    let parsed = maximum
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|value| deep_linking::maximum_is_right(*value));
    // resourceId, tag and submission review come along unseen from the selection.
    let chosen = platform.with(|state| {
        let item = state
            .selections
            .get(&selection)
            .and_then(|selection| selection.items.first());
        item.and_then(|item| item.line_item.clone())
    });
    let line_item = ActivityLineItem {
        score_maximum: parsed.unwrap_or(100.0),
        ..chosen.unwrap_or_default()
    };
    let title = field("name").trim().to_owned();
    let error = if title.is_empty() {
        Some("name-missing")
    } else if graded && parsed.is_none() {
        Some("maximum-wrong")
    } else {
        None
    };
    let custom = field("custom");
    let pairs = custom.lines().filter_map(|line| line.split_once('='));
    Form {
        item: ContentItem {
            title,
            text: field("description"),
            url: field("toolurl").trim().to_owned(),
            custom: pairs
                .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
                .collect(),
            line_item: graded.then_some(line_item),
        },
        graded,
        maximum,
        selection,
        selecting: false,
        error,
    }
}
