//! A request and its answer, free of any web framework, so that recorded messages can be played without a network.

use serde_json::Value;
use url::form_urlencoded;

/// A request as it came in.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// HTTP method, upper case.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Query as sent, without `?`.
    pub query: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Incoming {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        field(self.query.as_bytes(), name)
    }

    /// A number from the query.
    pub(crate) fn query_number(&self, name: &str) -> Option<i64> {
        self.query_value(name)?.parse().ok()
    }

    pub(crate) fn form_value(&self, name: &str) -> Option<String> {
        field(&self.body, name)
    }

    /// A number from the form.
    pub(crate) fn form_number(&self, name: &str) -> Option<i64> {
        self.form_value(name)?.trim().parse().ok()
    }

    /// From the query of a GET, from the form of a POST.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.form_value(name)
            .filter(|_| self.method == "POST")
            .or_else(|| self.query_value(name))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Path and query as in the request line.
    pub(crate) fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .iter()
            .filter(|(known, _)| known == "cookie")
            .find_map(|(_, value)| {
                value.split(';').find_map(|pair| {
                    let (known, value) = pair.trim().split_once('=')?;
                    (known == name).then(|| value.to_owned())
                })
            })
    }

    /// The media type of the body, without parameters.
    pub(crate) fn content_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_owned()
    }
}

fn field(encoded: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(encoded)
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// What the platform answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Reason phrase when it is not the usual one. Moodle puts words, once even the whole body, there.
    pub reason: Option<String>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self {
            status,
            reason: None,
            headers,
            body: body.into(),
        }
    }

    pub(crate) fn html(status: u16, body: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::html(303, String::new()).with_header("location", to)
    }

    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn with_reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// JSON as PHP prints it: slashes and everything beyond ASCII escaped.
pub(crate) fn php_json(value: &impl serde::Serialize) -> String {
    escape_unicode(&serde_json::to_string(value).unwrap_or_default()).replace('/', "\\/")
}

/// JSON as PHP prints it with unescaped slashes.
pub(crate) fn escape_unicode(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// JSON with indents of four, as Moodle prints its documents and errors.
pub(crate) fn pretty_json(value: &impl serde::Serialize) -> String {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
    // A value of our own cannot fail to print.
    let _ = value.serialize(&mut serializer);
    String::from_utf8(out).unwrap_or_default()
}

/// A number without a needless fraction: 7.5, 10.
pub(crate) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Value::from(value as i64)
    } else {
        Value::from(value)
    }
}
