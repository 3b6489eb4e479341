//! The administrator's page "Manage tools": registering, activating, showing and deleting tools.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::exchange::{Answer, Incoming};
use crate::pages::{self, View, local_path, show as render};
use crate::platform::PracticePlatform;
use crate::registration::{domain, registration_address};
use crate::state::INSTRUCTOR;

#[derive(Template)]
#[template(path = "tools.html")]
struct ToolsPage {
    view: View,
    administrator: bool,
    origin: String,
    tool_url: String,
    tools: Vec<ToolCard>,
    known: Option<KnownTool>,
    frame: Option<String>,
}

struct ToolCard {
    id: i64,
    client_id: String,
    name: String,
    description: String,
    active: bool,
    in_chooser: bool,
}

struct KnownTool {
    id: i64,
    name: String,
    url: String,
}

/// Shows the tools; with `register` it opens the tool's registration page in a frame.
pub(crate) fn show(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let administrator = view.is_administrator();
    let url = request.query_value("toolurl");
    let registering = url
        .clone()
        .filter(|_| administrator && request.query_value("register").is_some());
    let update = request.query_number("update");
    // A domain that is known already: the administrator chooses between an update and a new tool.
    let known = registering
        .as_ref()
        .filter(|_| update.is_none())
        .and_then(|url| known_tool(platform, url));
    let frame = registering.filter(|_| known.is_none()).map(|url| {
        let update = update
            .filter(|id| *id > 0)
            .map(|id| format!("&type={id}"))
            .unwrap_or_default();
        format!(
            "/mod/lti/startltiadvregistration.php?url={}{update}",
            encoded(&url)
        )
    });
    let tools = platform.with(|state| {
        let cards = state.tools.values().map(|tool| ToolCard {
            id: tool.id,
            client_id: tool.client_id.clone(),
            name: tool.config.name.clone(),
            description: tool.config.description.clone(),
            active: tool.active,
            in_chooser: tool.in_chooser,
        });
        cards.collect()
    });
    let page = ToolsPage {
        view,
        administrator,
        origin: platform.origin().to_owned(),
        tool_url: url
            .or_else(|| platform.options().tool_origin.clone())
            .unwrap_or_default(),
        tools,
        known,
        frame,
    };
    render(200, &page)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn known_tool(platform: &PracticePlatform, url: &str) -> Option<KnownTool> {
    let wanted = domain(url)?;
    platform.with(|state| {
        let same = |tool: &&crate::Tool| domain(&tool.config.target_link_uri).as_ref() == Some(&wanted);
        let tool = state.tools.values().find(same)?;
        Some(KnownTool {
            id: tool.id,
            name: tool.config.name.clone(),
            url: encoded(url),
        })
    })
}

/// Sends the frame to the tool's registration page.
pub(crate) fn start(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    if !view.is_administrator() {
        return pages::error(platform, request, 403, "administrators-only");
    }
    let url = request.query_value("url").unwrap_or_default();
    match registration_address(platform, &url, request.query_number("type")) {
        Some(address) => Answer::redirect(&address),
        None => pages::error(platform, request, 404, "not-found"),
    }
}

/// Activates, shows or deletes a tool. Teachers may only show one in the activity chooser.
pub(crate) fn change(platform: &PracticePlatform, request: &Incoming, view: View) -> Answer {
    let number = |name: &str| request.form_number(name);
    let administrator = view.is_administrator();
    let teacher = view.user() == Some(INSTRUCTOR);
    let allowed = administrator || (teacher && number("activate").is_none() && number("delete").is_none());
    if !allowed {
        return pages::error(platform, request, 403, "not-allowed");
    }
    platform.with(|state| {
        if let Some(tool) = number("activate").and_then(|id| state.tools.get_mut(&id)) {
            tool.active = true;
        }
        if let Some(tool) = number("chooser").and_then(|id| state.tools.get_mut(&id)) {
            tool.in_chooser = true;
        }
        if let Some(id) = number("delete") {
            state.tools.remove(&id);
        }
    });
    let to = request
        .form_value("to")
        .unwrap_or_else(|| "/mod/lti/toolconfigure.php".to_owned());
    Answer::redirect(&local_path(Some(to)))
}
