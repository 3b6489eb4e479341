//! Whose request it is: the browser's cookie, the session's id in the address,
//! the form's token, the address behind trusted proxies.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use app::{Code, session::Visitor};
use futures_util::future::{FutureExt, LocalBoxFuture};
use ipnet::IpNet;
use ui::{Frame, Language, SessionFrame};

use crate::{
    cookies,
    pairs::{Form, Pairs},
    problem::Problem,
    session::{course_page, course_url},
};

/// Proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone)]
pub(crate) struct TrustedProxies(pub(crate) Vec<IpNet>);

/// The visitor of a request that reads.
pub(crate) fn reader(request: &HttpRequest, session_id: &str) -> Visitor {
    Visitor {
        browser_secret: cookies::browser_secret(request),
        session_id: session_id.to_owned(),
        csrf_token: None,
    }
}

/// The visitor of a form of ours: it must come from our own origin and bring the session's token.
pub(crate) fn sender(request: &HttpRequest, session_id: &str, form: &Pairs) -> Result<Visitor, Problem> {
    demand_own_origin(request)?;
    Ok(Visitor {
        csrf_token: form.optional("csrf").map(str::to_owned),
        ..reader(request, session_id)
    })
}

/// A form that a session's page posted to `/s/{session}/…`.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Who sent it; proven by the cookie and the form's token once `app` resolves it.
    pub(crate) visitor: Visitor,
    /// The session in the address.
    pub(crate) session_id: String,
    /// Its fields.
    pub(crate) form: Pairs,
}

impl FromRequest for Sent {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let form = Form::from_request(&request, payload);
        async move {
            let Form(form) = form.await?;
            let session_id = request.match_info().query("session").to_owned();
            Ok(Self {
                visitor: sender(&request, &session_id, &form)?,
                session_id,
                form,
            })
        }
        .boxed_local()
    }
}

/// The visitor of a script of ours: the token comes in a header.
pub(crate) fn script(request: &HttpRequest, session_id: &str) -> Result<Visitor, Problem> {
    demand_own_origin(request)?;
    let token = request
        .headers()
        .get("x-csrf-token")
        .and_then(|value| value.to_str().ok());
    Ok(Visitor {
        csrf_token: token.map(str::to_owned),
        ..reader(request, session_id)
    })
}

/// Refuses a request that another site's page sent. An absent header is not a pass.
pub(crate) fn demand_own_origin(request: &HttpRequest) -> Result<(), Problem> {
    let own = request.app_data::<Data<app::App>>().map(|app| app.address(""));
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok());
    match (own, origin) {
        (Some(own), Some(origin)) if own == origin => Ok(()),
        _ => Err(Problem::new(
            Code::Csrf,
            "the request does not come from a page of ours",
        )),
    }
}

/// Refuses, with this code, what no page of ours sent: origin and `Sec-Fetch-Site` must both say so. Nothing else
/// proves these requests, so a browser that sends only one of the two does not pass.
pub(crate) fn demand_own_page(request: &HttpRequest, code: Code) -> Result<(), Problem> {
    let site = request.headers().get("sec-fetch-site");
    if demand_own_origin(request).is_ok() && site.is_some_and(|site| site == "same-origin") {
        return Ok(());
    }
    Err(Problem::new(code, "not sent by a page of ours"))
}

/// Whether the answer will be shown in a frame.
pub(crate) fn is_in_frame(request: &HttpRequest) -> bool {
    let destination = request.headers().get("sec-fetch-dest");
    destination.is_some_and(|destination| destination == "iframe")
}

/// The address that the request came from.
pub(crate) fn address_of(request: &HttpRequest) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip())
        .to_canonical();
    let Some(proxies) = request.app_data::<Data<TrustedProxies>>() else {
        return peer;
    };
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
    nearest_untrusted(peer, &hops, &proxies.0)
}

// The rightmost address that is not one of the proxies: those to its left are
// hearsay. A hop that is no address ends the search, or the hearsay would begin there.
fn nearest_untrusted(peer: IpAddr, hops: &[&str], proxies: &[IpNet]) -> IpAddr {
    let trusted = |address: &IpAddr| proxies.iter().any(|network| network.contains(address));
    let mut nearest = peer;
    for hop in hops.iter().rev() {
        if !trusted(&nearest) {
            break;
        }
        match hop_address(hop) {
            Some(address) => nearest = address,
            None => break,
        }
    }
    nearest
}

// Some proxies add the port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    address
        .or_else(with_port)
        .map(|address: IpAddr| address.to_canonical())
}

/// The frame of a session's page.
pub(crate) fn frame(session: &app::session::Session, request: &HttpRequest) -> Frame {
    let language = session_language(session, request);
    let mut frame = Frame::of_session(
        language,
        SessionFrame {
            prefix: format!("/s/{}", session.id),
            csrf: session.csrf_token.clone(),
            person: session.display_name.clone().unwrap_or_default(),
            role: match session.role {
                app::session::Role::Instructor => ui::Role::Instructor,
                app::session::Role::Learner => ui::Role::Learner,
                app::session::Role::Administrator => ui::Role::Administrator,
                app::session::Role::Other => ui::Role::Guest,
            },
            is_account: session.is_account(),
            course: session.place.clone(),
            course_url: course_url(session, request),
            course_page: course_page(session),
            path: request.path().to_owned(),
        },
    );
    frame.font_percent = session.font_percent;
    frame
}

/// The language of a session's page: what the session keeps, else what the browser asks for.
pub(crate) fn session_language(session: &app::session::Session, request: &HttpRequest) -> Language {
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Language::negotiate(&[&session.locale, accepted.unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_proxies_of_ours_say_is_believed() {
        #[track_caller]
        fn check(peer: &str, hops: &[&str], expected: &str) {
            let proxies = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
            let found = nearest_untrusted(peer.parse().unwrap(), hops, &proxies);
            assert_eq!(found.to_string(), expected, "{peer} {hops:?}");
        }
        check("192.0.2.1", &["198.51.100.1"], "192.0.2.1");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9", " 198.51.100.1 "], "198.51.100.1");
        check("10.0.0.1", &["198.51.100.1", "10.0.0.2"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9", "198.51.100.1:5678"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9", "[2001:db8::1]:5678"], "2001:db8::1");
        check(
            "10.0.0.1",
            &["203.0.113.9", "::ffff:198.51.100.1"],
            "198.51.100.1",
        );
        check("10.0.0.1", &["203.0.113.9", "unknown"], "10.0.0.1");
        check("10.0.0.1", &["203.0.113.9", ""], "10.0.0.1");
        check("::1", &["10.0.0.3", "10.0.0.2"], "10.0.0.3");
    }
}
