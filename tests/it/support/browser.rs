//! A browser at the level of HTTP: cookies by host, redirects, forms, and the
//! `Sec-Fetch-…` headers that a real one sends. It runs no script.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use practice_platform::LoginInitiation;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use scraper::{ElementRef, Html, Selector};
use url::Url;

const MOST_REDIRECTS: usize = 10;

/// A person's browser.
pub struct Browser {
    client: reqwest::Client,
    /// The service's origin, for relative addresses.
    origin: String,
    cookies: Mutex<BTreeMap<(String, String), String>>,
    /// `Sec-Fetch-Dest` of navigations: `document`, or `iframe`.
    pub destination: &'static str,
    /// False in a browser that takes no cookies in frames, partitioned or not.
    pub takes_cookies: bool,
    /// `Accept-Language`.
    pub language: &'static str,
}

/// A page after all redirects.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Where the last redirect led.
    pub url: Url,
    /// Headers of the last answer.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Browser {
    /// An empty browser; relative addresses belong to `origin`.
    pub fn new(origin: &str) -> Self {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // The server closes idle connections after five seconds: a busy machine would meet one that is just closing.
            .pool_idle_timeout(std::time::Duration::from_secs(2))
            .build()
            .expect("an HTTP client");
        Self::with_client(origin, client)
    }

    /// An empty browser with a client of its own, which must not follow redirects.
    pub fn with_client(origin: &str, client: reqwest::Client) -> Self {
        Self {
            client,
            origin: origin.to_owned(),
            cookies: Mutex::default(),
            destination: "document",
            takes_cookies: true,
            language: "vi",
        }
    }

    /// Another browser without cookies that shares this one's connections: making one is cheap.
    pub fn beside(&self) -> Self {
        Self {
            client: self.client.clone(),
            origin: self.origin.clone(),
            cookies: Mutex::default(),
            destination: self.destination,
            takes_cookies: true,
            language: self.language,
        }
    }

    /// Opens an address.
    pub async fn get(&self, address: &str) -> Answer {
        self.navigate(Method::GET, self.resolve(address), None, None)
            .await
    }

    /// Posts fields to an address, as a form on one of our own pages would.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let url = self.resolve(address);
        let origin = url.origin().ascii_serialization();
        self.navigate(Method::POST, url, Some(fields), Some(origin)).await
    }

    /// Posts fields from a page of another origin.
    pub async fn post_from(&self, origin: &str, address: &str, fields: Vec<(String, String)>) -> Answer {
        self.navigate(
            Method::POST,
            self.resolve(address),
            Some(fields),
            Some(origin.to_owned()),
        )
        .await
    }

    /// Sends JSON as a script of our page would.
    pub async fn put_json(&self, address: &str, csrf: &str, body: &serde_json::Value) -> Answer {
        let url = self.resolve(address);
        let origin = url.origin().ascii_serialization();
        let headers = [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::ACCEPT, "application/json".to_owned()),
            (header::ORIGIN, origin),
            (HeaderName::from_static("x-csrf-token"), csrf.to_owned()),
        ];
        self.send(Method::PUT, &url, &headers, Some(body.to_string()))
            .await
    }

    /// Submits the first form of a page that has a field or button of that name, with some fields changed or added.
    pub async fn submit(&self, page: &Answer, having: &str, changes: &[(&str, &str)]) -> Answer {
        let (action, method, mut fields) = page.form(having);
        for (name, value) in changes {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let url = page.url.join(&action).expect("the form's address");
        let origin = page.url.origin().ascii_serialization();
        if method == "post" {
            return self.navigate(Method::POST, url, Some(fields), Some(origin)).await;
        }
        let mut url = url;
        url.query_pairs_mut().clear().extend_pairs(fields);
        self.navigate(Method::GET, url, None, None).await
    }

    /// Launches: posts the initiation, passes the platform, posts its form; answers the page where it ends.
    pub async fn launch(&self, initiation: &LoginInitiation) -> Answer {
        let at_platform = self.begin_launch(initiation).await;
        if at_platform.url.as_str().starts_with(&self.origin) {
            return at_platform;
        }
        self.submit(&at_platform, "id_token", &[]).await
    }

    /// The first half of a launch: answers the platform's page with the token to post, or our refusal.
    pub async fn begin_launch(&self, initiation: &LoginInitiation) -> Answer {
        self.post_from(
            "http://platform.invalid",
            &initiation.action,
            initiation.fields.clone(),
        )
        .await
    }

    /// The value of a cookie.
    pub fn cookie(&self, host: &str, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies.get(&(host.to_owned(), name.to_owned())).cloned()
    }

    /// The names of all cookies of a host.
    pub fn cookie_names(&self, host: &str) -> Vec<String> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies
            .keys()
            .filter(|(of, _)| of == host)
            .map(|(_, name)| name.clone())
            .collect()
    }

    /// Sends one request with this browser's cookies and without following redirects.
    pub async fn send(
        &self,
        method: Method,
        url: &Url,
        headers: &[(HeaderName, String)],
        body: Option<String>,
    ) -> Answer {
        let response = self
            .request(method, url, headers, body.map(String::into_bytes))
            .await;
        Answer {
            status: response.status(),
            url: url.clone(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a body"),
        }
    }

    /// The same for bodies that are no text: status, headers and bytes.
    pub async fn send_bytes(
        &self,
        method: Method,
        url: &Url,
        headers: &[(HeaderName, String)],
        body: Option<Vec<u8>>,
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = self.request(method, url, headers, body).await;
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, response.bytes().await.expect("a body").to_vec())
    }

    async fn request(
        &self,
        method: Method,
        url: &Url,
        headers: &[(HeaderName, String)],
        body: Option<Vec<u8>>,
    ) -> reqwest::Response {
        let mut request = self.client.request(method, url.clone());
        for (name, value) in headers {
            request = request.header(name, HeaderValue::from_str(value).expect("a header value"));
        }
        if let Some(cookies) = self.cookies_for(url) {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.expect("an answer");
        self.keep_cookies(url, response.headers());
        response
    }

    pub(crate) fn resolve(&self, address: &str) -> Url {
        Url::parse(&self.origin)
            .expect("an origin")
            .join(address)
            .expect("an address")
    }

    async fn navigate(
        &self,
        mut method: Method,
        mut url: Url,
        mut fields: Option<Vec<(String, String)>>,
        origin: Option<String>,
    ) -> Answer {
        for _ in 0..MOST_REDIRECTS {
            let mut headers = vec![
                (
                    header::ACCEPT,
                    "text/html,application/xhtml+xml,*/*;q=0.8".to_owned(),
                ),
                (header::ACCEPT_LANGUAGE, self.language.to_owned()),
                (
                    HeaderName::from_static("sec-fetch-dest"),
                    self.destination.to_owned(),
                ),
                (HeaderName::from_static("sec-fetch-mode"), "navigate".to_owned()),
            ];
            let body = fields.as_ref().map(|fields| {
                headers.push((
                    header::CONTENT_TYPE,
                    "application/x-www-form-urlencoded".to_owned(),
                ));
                url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(fields)
                    .finish()
            });
            if let (Some(origin), true) = (&origin, method == Method::POST) {
                headers.push((header::ORIGIN, origin.clone()));
            }
            let answer = self.send(method.clone(), &url, &headers, body).await;
            let Some(location) = answer
                .headers
                .get(header::LOCATION)
                .filter(|_| answer.status.is_redirection())
            else {
                return answer;
            };
            url = url
                .join(location.to_str().expect("an address"))
                .expect("an address");
            if answer.status != StatusCode::TEMPORARY_REDIRECT {
                method = Method::GET;
                fields = None;
            }
        }
        panic!("more than {MOST_REDIRECTS} redirects, the last one to {url}");
    }

    fn cookies_for(&self, url: &Url) -> Option<String> {
        let host = url.host_str().expect("a host");
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let of_host: Vec<String> = cookies
            .iter()
            .filter(|((of, _), _)| of == host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        (!of_host.is_empty()).then(|| of_host.join("; "))
    }

    fn keep_cookies(&self, url: &Url, headers: &HeaderMap) {
        if !self.takes_cookies {
            return;
        }
        let host = url.host_str().expect("a host");
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie in ASCII");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a name and a value");
            let key = (host.to_owned(), name.to_owned());
            if attributes.to_lowercase().contains("max-age=0") {
                cookies.remove(&key);
            } else {
                cookies.insert(key, value.to_owned());
            }
        }
    }
}

impl Answer {
    /// The code of a refusal, on a page or as problem+json.
    pub fn code(&self) -> Option<String> {
        if let Ok(problem) = serde_json::from_str::<serde_json::Value>(&self.body) {
            return Some(problem.get("code")?.as_str()?.to_owned());
        }
        self.text(".codes div:first-child code")
    }

    /// The trace id on the page of a refusal.
    pub fn trace_id(&self) -> Option<String> {
        self.text(".codes div:nth-child(2) code")
    }

    /// The value of a header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The text of the first element that a CSS selector finds.
    pub fn text(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).next().map(text_of)
    }

    /// The text of the page.
    pub fn all_text(&self) -> String {
        self.text("body").unwrap_or_default()
    }

    /// How many elements a CSS selector finds.
    pub fn count(&self, selector: &str) -> usize {
        let page = Html::parse_document(&self.body);
        page.select(&Selector::parse(selector).expect("a selector"))
            .count()
    }

    /// An attribute of all elements that a CSS selector finds.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector)
            .filter_map(|element| element.value().attr(attribute))
            .map(str::to_owned)
            .collect()
    }

    /// The session's id, from the address.
    pub fn session_id(&self) -> String {
        let mut segments = self.url.path_segments().expect("a path");
        assert_eq!(
            segments.next(),
            Some("s"),
            "no session page but {}: {}",
            self.url,
            self.all_text()
        );
        segments.next().expect("a session id").to_owned()
    }

    /// The token of the page's forms.
    pub fn csrf(&self) -> String {
        self.attributes("input[name=csrf]", "value")
            .into_iter()
            .next()
            .expect("a form of ours")
    }

    /// Address, method and fields (as they would be sent) of the first form that has a field or button of that name.
    pub fn form(&self, having: &str) -> (String, String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.body);
        let forms = Selector::parse("form").expect("a selector");
        let named = Selector::parse(&format!("[name=\"{having}\"]")).expect("a selector");
        let form = page
            .select(&forms)
            .find(|form| form.select(&named).next().is_some())
            .unwrap_or_else(|| panic!("no form with \"{having}\" at {}: {}", self.url, self.all_text()));
        let action = form.value().attr("action").unwrap_or_default().to_owned();
        let method = form.value().attr("method").unwrap_or("get").to_lowercase();
        (action, method, fields_of(form))
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    element
        .text()
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

fn fields_of(form: ElementRef<'_>) -> Vec<(String, String)> {
    let fields = Selector::parse("input, textarea, select").expect("a selector");
    let chosen = Selector::parse("option[selected]").expect("a selector");
    let first = Selector::parse("option").expect("a selector");
    let mut sent = Vec::new();
    for field in form.select(&fields) {
        let Some(name) = field.value().attr("name") else {
            continue;
        };
        let value = match field.value().name() {
            "textarea" => field.text().collect::<String>(),
            "select" => {
                let option = field
                    .select(&chosen)
                    .next()
                    .or_else(|| field.select(&first).next());
                option
                    .and_then(|option| option.value().attr("value"))
                    .unwrap_or_default()
                    .to_owned()
            }
            _ => match field.value().attr("type").unwrap_or("text") {
                "checkbox" | "radio" if field.value().attr("checked").is_none() => continue,
                "checkbox" | "radio" => field.value().attr("value").unwrap_or("on").to_owned(),
                "submit" | "button" | "image" | "reset" | "file" => continue,
                _ => field.value().attr("value").unwrap_or_default().to_owned(),
            },
        };
        sent.push((name.to_owned(), value));
    }
    sent
}

/// Posts fields as a script of our page does that follows no redirect: the status, and the code of a refusal.
pub async fn post_by_script(
    browser: &Browser,
    address: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, Option<String>) {
    let url = browser.resolve(address);
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".to_owned(),
        ),
        (header::ACCEPT, "*/*".to_owned()),
        (header::ORIGIN, url.origin().ascii_serialization()),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let answer = browser.send(Method::POST, &url, &headers, Some(body)).await;
    (answer.status, answer.code())
}
