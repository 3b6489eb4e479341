//! How a row of the matrix is sent: as our own page would, or as a page of another site makes a browser do.

use reqwest::{Method, StatusCode, header};
use tests::Answer;
use url::Url;

use super::{Row, colleges::Desk};

/// The route with these ids in it, as our own page would send it; a redirect to a page of ours is followed.
pub(super) async fn send(row: &Row, desk: &Desk, things: &[(String, String)], session: &str) -> Answer {
    send_from(row, desk, things, session, Some(&desk.origin), &desk.csrf).await
}

pub(super) async fn send_from(
    row: &Row,
    desk: &Desk,
    things: &[(String, String)],
    session: &str,
    origin: Option<&str>,
    csrf: &str,
) -> Answer {
    let fill = |text: &str| {
        let mut text = text.replace("{session}", session);
        for (name, id) in things {
            text = text.replace(&format!("{{{name}}}"), id);
        }
        assert!(
            !text.contains('{'),
            "which id of college A stands for {text}? See tests/it/tenancy/colleges.rs"
        );
        text
    };
    let mut url = Url::parse(&desk.origin)
        .unwrap()
        .join(&fill(row.pattern))
        .unwrap();
    let mut headers = vec![(header::ACCEPT, "text/html".to_owned())];
    headers.extend(origin.map(|origin| (header::ORIGIN, origin.to_owned())));
    let fields = row.fields.iter().map(|(name, value)| (fill(name), fill(value)));
    let body = match row.method {
        "GET" => {
            url.query_pairs_mut().extend_pairs(fields);
            None
        }
        "PUT" => {
            headers.push((header::CONTENT_TYPE, "application/json".to_owned()));
            headers.push((header::HeaderName::from_static("x-csrf-token"), csrf.to_owned()));
            let members: Vec<String> = fields.map(|(name, json)| format!("\"{name}\":{json}")).collect();
            Some(format!("{{{}}}", members.join(",")))
        }
        _ => {
            headers.push((
                header::CONTENT_TYPE,
                "application/x-www-form-urlencoded".to_owned(),
            ));
            // where a script posts a file, its token comes in a header
            headers.push((header::HeaderName::from_static("x-csrf-token"), csrf.to_owned()));
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.append_pair("csrf", csrf).extend_pairs(fields);
            Some(form.finish())
        }
    };
    let method = Method::from_bytes(row.method.as_bytes()).unwrap();
    let answer = desk.browser.send(method, &url, &headers, body).await;
    match answer.status {
        StatusCode::SEE_OTHER => desk.browser.get(answer.header("location")).await,
        _ => answer,
    }
}
