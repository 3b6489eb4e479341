//! The authentication endpoint: what Moodle's auth.php demands before it signs a launch.
//!
//! Demands in Moodle's order. Until the redirect address is known to be registered, errors are pages; afterwards
//! they go to the tool as OpenID errors.

use crate::exchange::{Answer, Incoming};
use crate::pages;
use crate::platform::PracticePlatform;

/// Answers an authentication request.
pub(crate) fn authenticate(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let field = |name: &str| request.value(name).unwrap_or_default();
    let redirect_uri = field("redirect_uri");
    let state = request.value("state");
    match judge(platform, request) {
        Verdict::Page => pages::invalid_request(platform, request),
        Verdict::Repost => pages::repost(platform, request),
        Verdict::Error(error, description) => {
            let mut fields = vec![
                ("error".to_owned(), error.to_owned()),
                ("error_description".to_owned(), description.to_owned()),
            ];
            fields.extend(state.map(|state| ("state".to_owned(), state)));
            pages::autopost(platform, request, &redirect_uri, fields)
        }
        Verdict::Token(token) => {
            let mut fields = vec![("id_token".to_owned(), token)];
            fields.extend(state.map(|state| ("state".to_owned(), state)));
            pages::autopost(platform, request, &redirect_uri, fields)
        }
    }
}

enum Verdict {
    Token(String),
    Error(&'static str, &'static str),
    Page,
    Repost,
}

fn judge(platform: &PracticePlatform, request: &Incoming) -> Verdict {
    let field = |name: &str| request.value(name).unwrap_or_default();
    let client_id = field("client_id");
    let registered = platform.with(|state| {
        state
            .tool_of_client(&client_id)
            .filter(|tool| tool.active)
            .map(|tool| tool.config.redirect_uris.contains(&field("redirect_uri")))
    });
    match registered {
        None => return Verdict::Page,
        Some(false) => return Verdict::Page,
        Some(true) => {}
    }
    let needed = [
        "scope",
        "response_type",
        "client_id",
        "redirect_uri",
        "login_hint",
        "nonce",
    ];
    if needed.iter().any(|name| field(name).is_empty()) {
        return Verdict::Error("invalid_request", "Missing parameter");
    }
    if field("scope") != "openid" {
        return Verdict::Error("invalid_scope", "Invalid scope");
    }
    if field("response_type") != "id_token" {
        return Verdict::Error("unsupported_response_type", "Invalid response type");
    }
    if field("response_mode") != "form_post" {
        return Verdict::Error("invalid_request", "Invalid response_mode");
    }
    if request.value("prompt").is_some_and(|prompt| prompt != "none") {
        return Verdict::Error("invalid_request", "Invalid prompt");
    }
    spend(
        platform,
        request,
        &client_id,
        &field("login_hint"),
        &field("lti_message_hint"),
        &field("nonce"),
    )
}

/// Spends the one-use hint and signs the launch.
fn spend(
    platform: &PracticePlatform,
    request: &Incoming,
    client_id: &str,
    login_hint: &str,
    hint: &str,
    nonce: &str,
) -> Verdict {
    let site = platform.site();
    let claims = platform.with(|state| {
        let Some(launch) = state.launches.get(hint) else {
            return Err(Verdict::Page);
        };
        let browser = launch
            .session
            .as_ref()
            .filter(|id| state.sessions.get(*id).is_some_and(|session| session.browser));
        match (browser, request.cookie(pages::SESSION_COOKIE)) {
            (Some(session), Some(cookie)) if *session != cookie => return Err(Verdict::Page),
            // As Moodle: the browser is sent round once more, then it brings its cookie.
            (Some(_), None) if request.value("repost").is_none() => return Err(Verdict::Repost),
            (Some(_), None) => return Err(Verdict::Page),
            _ => {}
        }
        if launch.client_id != client_id {
            return Err(Verdict::Error(
                "unauthorized_client",
                "Another client began this launch",
            ));
        }
        if launch.user.to_string() != login_hint {
            return Err(Verdict::Error("access_denied", "Access denied"));
        }
        let Some(launch) = state.launches.remove(hint) else {
            return Err(Verdict::Page);
        };
        state.launch_claims(&site, &launch, nonce).ok_or(Verdict::Page)
    });
    match claims {
        Ok(claims) => Verdict::Token(platform.key().sign(&claims)),
        Err(verdict) => verdict,
    }
}
