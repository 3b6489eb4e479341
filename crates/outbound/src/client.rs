//! The one HTTP client: time-outs, size caps, no redirects, no proxy, the address filter; and one call with it.
//!
//! Left out on purpose: what the calls say (one module for each service) and bearer tokens (`bearer`).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LINK};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Method};
use tracing::Instrument;
use url::Url;

use crate::address::AllowPrivate;
use crate::bearer::Tokens;
use crate::error::{CallError, Cause, cause_of, status_outcome};
use crate::key_sets::KeySets;
use crate::openid::Providers;
use crate::resolve::{Filtered, Lookup, system};
use crate::retry_after;

/// How the client is built.
#[derive(Clone)]
pub struct Options {
    /// What may be called though it is private, and by plain http. Default nothing.
    pub allow_private: AllowPrivate,
    /// How long a connection may take to stand. Default 5 s.
    pub connect_timeout: Duration,
    /// How long a call may take with all its answer. Default 15 s.
    pub total_timeout: Duration,
    /// How names are looked up. Default: the system's resolver.
    pub lookup: Lookup,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            allow_private: AllowPrivate::default(),
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(15),
            lookup: system(),
        }
    }
}

/// All that leaves the machine goes through one of these. Cheap to clone; the clones share connections, cached key sets
/// and cached access tokens.
#[derive(Clone)]
pub struct Outbound {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    allow: Arc<AllowPrivate>,
    plain: Client,
    // Made on first use: it reads the machine's certificate authorities, and a college that only has a Moodle on its
    // own http network may run on a machine without any.
    secure: OnceLock<Option<Client>>,
    key_sets: KeySets,
    tokens: Tokens,
    providers: Providers,
}

impl Outbound {
    /// A client with these options.
    ///
    /// # Errors
    /// When the HTTP library cannot start; not for want of certificate authorities, which only https calls need.
    pub fn new(options: Options) -> Result<Outbound, reqwest::Error> {
        let allow = Arc::new(options.allow_private.clone());
        let plain = builder(&options, &allow, true).tls_certs_only([]).build()?;
        Ok(Outbound {
            inner: Arc::new(Inner {
                options,
                allow,
                plain,
                secure: OnceLock::new(),
                key_sets: KeySets::default(),
                tokens: Tokens::default(),
                providers: Providers::default(),
            }),
        })
    }

    /// Forgets the cached key sets and access tokens of a registration whose endpoints, keys or approval changed.
    pub fn forget(&self, registration_id: &str) {
        self.inner.key_sets.forget(registration_id);
        self.inner.tokens.forget(registration_id);
    }

    pub(crate) fn key_sets(&self) -> &KeySets {
        &self.inner.key_sets
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.inner.tokens
    }

    pub(crate) fn providers(&self) -> &Providers {
        &self.inner.providers
    }

    /// Whether an administrator listed this address (not a name).
    pub(crate) fn lists(&self, address: std::net::IpAddr) -> bool {
        self.inner.allow.covers(address)
    }

    /// Makes one call, counts it and gives the answer whatever its status.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Answer, CallError> {
        self.send_with(call, None).await
    }

    /// The same with a value of `Authorization` that is no bearer token.
    pub(crate) async fn send_with(
        &self,
        call: Call<'_>,
        authorization: Option<&str>,
    ) -> Result<Answer, CallError> {
        let service = call.service.as_str();
        let url = called(call.url);
        let host = url
            .as_ref()
            .ok()
            .and_then(Url::host_str)
            .unwrap_or_default()
            .to_owned();
        let span = tracing::debug_span!("outbound", service, host, status = tracing::field::Empty);
        let result: Result<Answer, CallError> = async {
            let answer = self.answer(&url?, call, authorization).await?;
            tracing::Span::current().record("status", answer.status);
            Ok(answer)
        }
        .instrument(span)
        .await;
        let outcome = match &result {
            Ok(answer) => status_outcome(answer.status),
            Err(error) => error.outcome(),
        };
        metrics::counter!("taynghe_outbound_calls_total", "service" => service, "outcome" => outcome)
            .increment(1);
        result
    }

    async fn answer(
        &self,
        url: &Url,
        call: Call<'_>,
        authorization: Option<&str>,
    ) -> Result<Answer, CallError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let unreachable = |cause| CallError::Unreachable {
            host: host.clone(),
            cause,
        };
        let client = self.client_for(url).map_err(unreachable)?;
        let mut request = client
            .request(call.method, url.clone())
            .header(ACCEPT, call.accept);
        if let Some((media_type, body)) = call.content {
            request = request.header(CONTENT_TYPE, media_type).body(body);
        }
        if let Some(token) = call.bearer {
            request = request.bearer_auth(token);
        }
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let response = request
            .send()
            .await
            .map_err(|error| unreachable(cause_of(&error)))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read_body(response, call.cap).await.map_err(unreachable)?;
        Ok(Answer {
            host,
            status,
            headers,
            body,
            now: call.now,
        })
    }

    /// The client for the URL's scheme, when its host may be called at all.
    fn client_for(&self, url: &Url) -> Result<&Client, Cause> {
        let plain = url.scheme() == "http";
        let permitted = url
            .host()
            .is_some_and(|host| self.inner.allow.permits_host(&host, plain));
        match (permitted, plain) {
            (false, _) => Err(Cause::AddressFilter),
            (true, true) => Ok(&self.inner.plain),
            (true, false) => {
                let build = || {
                    builder(&self.inner.options, &self.inner.allow, false)
                        .build()
                        .ok()
                };
                self.inner
                    .secure
                    .get_or_init(build)
                    .as_ref()
                    .ok_or(Cause::NoAuthorities)
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where clients are made")]
fn builder(options: &Options, allow: &Arc<AllowPrivate>, plain: bool) -> ClientBuilder {
    let filtered = Filtered {
        lookup: Arc::clone(&options.lookup),
        allow: Arc::clone(allow),
        plain,
    };
    Client::builder()
        .user_agent(concat!("Taynghe/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(options.connect_timeout)
        .timeout(options.total_timeout)
        .redirect(Policy::none())
        .no_proxy()
        .https_only(!plain)
        .dns_resolver(Arc::new(filtered))
}

/// A URL that can be called: http or https, with a host, without a user.
fn called(url: &str) -> Result<Url, CallError> {
    let url = Url::parse(url).map_err(|_| CallError::BadAddress)?;
    let web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    match web && url.username().is_empty() && url.password().is_none() {
        true => Ok(url),
        false => Err(CallError::BadAddress),
    }
}

async fn read_body(mut response: reqwest::Response, cap: usize) -> Result<Bytes, Cause> {
    if response
        .content_length()
        .is_some_and(|length| length > cap as u64)
    {
        return Err(Cause::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
        if body.len() + chunk.len() > cap {
            return Err(Cause::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// What is called: the metrics' `service`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    KeySet,
    AccessToken,
    LineItems,
    Scores,
    Results,
    Memberships,
    Registration,
    OpenId,
}

impl Service {
    fn as_str(self) -> &'static str {
        match self {
            Service::KeySet => "key-set",
            Service::AccessToken => "access-token",
            Service::LineItems => "line-items",
            Service::Scores => "scores",
            Service::Results => "results",
            Service::Memberships => "memberships",
            Service::Registration => "registration",
            Service::OpenId => "openid",
        }
    }
}

/// Largest answer of configurations, tokens, single line items and scores, in bytes.
pub(crate) const CAP_SMALL: usize = 256 * 1024;
/// Largest key set, in bytes.
pub(crate) const CAP_KEY_SET: usize = 1024 * 1024;
/// Largest page of a roster, of results or of line items, in bytes.
pub(crate) const CAP_LIST: usize = 8 * 1024 * 1024;

/// One request.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    pub(crate) service: Service,
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    /// Moodle dispatches on this: exactly the service's media type, never a list or `*/*`.
    pub(crate) accept: &'static str,
    /// Media type and body.
    pub(crate) content: Option<(&'static str, Bytes)>,
    pub(crate) bearer: Option<&'a str>,
    /// Largest body taken, in bytes, after decompression.
    pub(crate) cap: usize,
    pub(crate) now: DateTime<Utc>,
}

/// One answer, of any status.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) host: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    now: DateTime<Utc>,
}

impl Answer {
    /// The header's first value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(header_text)
    }

    /// The address of the list's next page.
    pub(crate) fn next_link(&self) -> Option<String> {
        let links = self.links();
        lti::link_header::next_link(links.iter().map(String::as_str))
    }

    /// The values of all `Link` headers.
    pub(crate) fn links(&self) -> Vec<String> {
        self.headers.get_all(LINK).iter().map(header_text).collect()
    }

    pub(crate) fn retry_at(&self) -> Option<DateTime<Utc>> {
        retry_after::parse(&self.header("retry-after")?, self.now)
    }

    /// Whether a web page came. Not judged by the media type: Moodle's tokens are JSON under `text/html`.
    pub(crate) fn is_html(&self) -> bool {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        body.trim_ascii_start().starts_with(b"<")
    }

    /// The answer itself when it is a success with data.
    pub(crate) fn success(self) -> Result<Answer, CallError> {
        match self.status {
            200..=299 if self.is_html() => Err(self.html()),
            200..=299 => Ok(self),
            _ => Err(self.failure()),
        }
    }

    /// The error for a web page.
    pub(crate) fn html(&self) -> CallError {
        CallError::Html {
            host: self.host.clone(),
            status: self.status,
        }
    }

    /// The error for a status that is no success.
    pub(crate) fn failure(&self) -> CallError {
        CallError::Status {
            host: self.host.clone(),
            status: self.status,
            retry_at: self.retry_at(),
        }
    }
}

/// Moodle puts typographic quotes into `Link`, so bytes beyond ASCII are kept.
fn header_text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}
