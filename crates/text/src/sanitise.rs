//! The one gate through which authors' HTML passes: what is listed here stays,
//! all else goes. Style and class never stay, because the pages' Content
//! Security Policy forbids inline styles and our classes are ours; ids neither,
//! because a page shows many texts.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::media;
use crate::reopened::is_affordable;

/// Presentation MathML Core, as formulas and imported questions use it.
/// `annotation-xml`, `mglyph` and `maction` stay out: they carry HTML or links.
const MATH_ELEMENTS: &[&str] = &[
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
];

/// Attributes of those elements: layout only, none takes an address.
const MATH_ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnalign",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// No honest text nests deeper.
const MAX_DEPTH: usize = 100;

/// Enough for a long lesson with many formulas.
const MAX_ELEMENTS: usize = 5_000;

/// Elements without content, or that the next of their kind closes.
const NOT_NESTING: &[&str] = &[
    "br", "col", "dd", "dt", "hr", "img", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(policy);

/// The fragment with only what the policy allows; `None` when it nests so
/// deeply, has so many elements or leaves so many open that reading it would
/// take long.
pub(crate) fn sanitise(html: &str) -> Option<String> {
    (is_shallow(html) && is_affordable(html)).then(|| POLICY.clean(html).to_string())
}

/// The text as HTML that says just this.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A count of the tags, good enough to keep the parser, whose time grows with
/// the square of the depth, out of trouble. Closing tags that hide in comments
/// or attributes deceive the depth, so the number of elements is capped as well.
fn is_shallow(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut elements) = (0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || NOT_NESTING.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes {
            *count += 1;
            depth += 1;
            elements += 1;
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
        if depth > MAX_DEPTH || elements > MAX_ELEMENTS {
            return false;
        }
    }
    true
}

fn policy() -> Builder<'static> {
    let mut policy = Builder::default();
    policy
        .add_tags(MATH_ELEMENTS)
        .rm_tags([
            "article", "aside", "footer", "header", "nav", "map", "area", "center",
        ])
        .add_tags(["audio"])
        .add_tag_attributes("audio", ["src", "aria-label"])
        .set_tag_attribute_value("audio", "controls", "")
        .set_tag_attribute_value("audio", "preload", "none")
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "media"]))
        // an author's relative links would lead into a session's private pages
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank")
        .set_tag_attribute_value("img", "loading", "lazy")
        .attribute_filter(own_pictures);
    for element in MATH_ELEMENTS {
        policy.add_tag_attributes(element, MATH_ATTRIBUTES);
    }
    policy
}

/// Another site's picture tells that site who reads, and the pages' Content
/// Security Policy blocks it: without its address its description is shown. Our
/// own files are shown and played, and are no pages to go to.
fn own_pictures<'u>(element: &str, attribute: &str, value: &'u str) -> Option<Cow<'u, str>> {
    let is_shown = matches!(element, "img" | "audio") && attribute == "src";
    let stays = match is_shown {
        true => media::hash_of(value).is_some(),
        false => {
            !is_address(attribute) || !value.trim_start().to_ascii_lowercase().starts_with(media::SCHEME)
        }
    };
    stays.then_some(Cow::Borrowed(value))
}

fn is_address(attribute: &str) -> bool {
    matches!(attribute, "href" | "src" | "cite" | "longdesc")
}
