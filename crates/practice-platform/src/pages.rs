//! Pages for people, and the small pages that post a form by themselves.

use crate::exchange::{Answer, Incoming};
use crate::platform::PracticePlatform;

/// The cookie of a signed-in browser: no SameSite, no Secure, as Moodle's.
pub const SESSION_COOKIE: &str = "PracticeSession";

/// A form with hidden fields, as the platform's self-posting pages carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenForm {
    /// Where it posts to.
    pub action: String,
    /// Its fields in order.
    pub fields: Vec<(String, String)>,
}

impl HiddenForm {
    /// Reads the form out of a page of this platform. `None` when the page has none.
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
    Some(
        value
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&"),
    )
}

pub(crate) fn answer(_platform: &PracticePlatform, _request: &Incoming) -> Answer {
    Answer::html(404, String::new())
}
pub(crate) fn invalid_request(_platform: &PracticePlatform, _request: &Incoming) -> Answer {
    Answer::html(404, "Invalid request".to_owned())
}
pub(crate) fn repost(_platform: &PracticePlatform, _request: &Incoming) -> Answer {
    Answer::html(200, String::new())
}
pub(crate) fn autopost(
    _platform: &PracticePlatform,
    _request: &Incoming,
    action: &str,
    fields: Vec<(String, String)>,
) -> Answer {
    let _ = (action, fields);
    Answer::html(200, String::new())
}
pub(crate) fn exception(_platform: &PracticePlatform, _request: &Incoming, message: &str) -> Answer {
    Answer::html(404, message.to_owned())
}
pub(crate) fn outside_frame(_platform: &PracticePlatform, _request: &Incoming) -> Answer {
    Answer::html(400, String::new())
}
pub(crate) fn selection_returned(
    _platform: &PracticePlatform,
    _request: &Incoming,
    _course: i64,
    _tool: i64,
    _id: Option<&str>,
) -> Answer {
    Answer::html(200, String::new())
}
