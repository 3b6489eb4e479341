//! The routes that the router really has: its map of patterns, and of each pattern the methods that are not answered
//! with "another method".

use std::collections::BTreeSet;

use actix_web::{App, HttpRequest, HttpResponse, test, web as actix};
use reqwest::{Method, StatusCode};
use tests::TestSite;
use url::Url;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Method and pattern of each route; a parameter's regular expression is left out.
pub(super) async fn registered(site: &TestSite) -> BTreeSet<(String, String)> {
    let browser = site.browser();
    let mut found = BTreeSet::new();
    for pattern in patterns().await {
        let path = example(&pattern);
        for method in METHODS {
            let url = Url::parse(&site.url).unwrap().join(&path).unwrap();
            let headers = [(reqwest::header::ACCEPT, "text/html".to_owned())];
            let sent = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = browser.send(sent, &url, &headers, None).await;
            if answer.status != StatusCode::METHOD_NOT_ALLOWED {
                found.insert((method.to_owned(), without_expressions(&pattern)));
            }
        }
    }
    found
}

// The router keeps its patterns to itself, but for its debug output.
async fn patterns() -> BTreeSet<String> {
    async fn tell(request: HttpRequest) -> HttpResponse {
        HttpResponse::Ok().body(format!("{:?}", request.resource_map()))
    }
    let service =
        test::init_service(App::new().configure(web::routes).default_service(actix::to(tell))).await;
    let request = test::TestRequest::get().uri("/no/such/address").to_request();
    let map = test::call_and_read_body(&service, request).await;
    let map = String::from_utf8(map.to_vec()).unwrap();
    let single = map.split("patterns: Single(\"").skip(1);
    let single = single
        .filter_map(|rest| rest.split_once("\")"))
        .map(|(pattern, _)| pattern);
    let several = map.split("patterns: List([").skip(1);
    let several = several
        .filter_map(|rest| rest.split_once("])"))
        .flat_map(|(list, _)| list.split(", "))
        .map(|pattern| pattern.trim_matches('"'));
    single
        .chain(several)
        .filter(|pattern| !pattern.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_expressions(pattern: &str) -> String {
    parameters(pattern, |name, _| format!("{{{name}}}"))
}

// An address that the pattern matches: the first word of a choice, else the parameter's name.
fn example(pattern: &str) -> String {
    parameters(pattern, |name, expression| {
        let first = expression.split('|').next().unwrap_or_default();
        let is_word = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_word { first } else { name }.to_owned()
    })
}

fn parameters(pattern: &str, fill: impl Fn(&str, &str) -> String) -> String {
    let mut parts = pattern.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (parameter, rest) = part.split_once('}').expect("a whole parameter");
        let (name, expression) = parameter.split_once(':').unwrap_or((parameter, ""));
        filled += &fill(name, expression);
        filled += rest;
    }
    filled
}
