//! Sources to safe HTML. Markdown is rendered first, formulas become MathML,
//! and then both formats go through the same sanitiser; nothing that leaves
//! this file has skipped it. No syntax highlighting and no heading ids.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::mathml::push_mathml;

use crate::media::is_sound;
use crate::sanitise::{escape, sanitise};
use crate::source::{Format, Source};

/// A formula over one of these is shown as its source: no lesson needs one, and
/// the typesetter recurses.
const MAX_FORMULA_BYTES: usize = 2_000;
const MAX_FORMULA_COMMANDS: usize = 80;
const MAX_FORMULA_DEPTH: usize = 30;

/// Commands that define others: they could make a short formula huge.
const DEFINING: &[&str] = &["def", "let", "newcommand", "renewcommand", "providecommand"];

/// The source as HTML that can be put into a page as it stands: known elements
/// and attributes only, links with `rel` and `target`, pictures only from our
/// own `media:` addresses. A source over the size cap is cut; one that nests
/// absurdly is shown as it was typed.
pub fn to_safe_html(source: &Source) -> String {
    let unsafe_html = match source.format {
        Format::Markdown => Cow::Owned(markdown_to_html(source.capped(), Formulas::AsMathml)),
        Format::Html => Cow::Borrowed(source.capped()),
    };
    sanitise(&unsafe_html).unwrap_or_else(|| format!("<p>{}</p>", escape(source.capped())))
}

/// As [`to_safe_html`], without the paragraph around a single paragraph: for
/// titles, labels and options.
pub fn to_inline_html(source: &Source) -> String {
    let html = to_safe_html(source);
    let trimmed = html.trim();
    let inner = trimmed
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
        .filter(|inner| !inner.contains("<p>"));
    inner.unwrap_or(trimmed).to_owned()
}

/// Whether the source has a picture that [`to_safe_html`] leaves without its
/// address, so that readers only get its description.
pub fn has_hidden_picture(source: &Source) -> bool {
    let written = source.capped();
    let may_have_one = written.contains("![") || written.to_ascii_lowercase().contains("<img");
    may_have_one
        && to_safe_html(source)
            .split("<img")
            .skip(1)
            .any(|rest| !has_address(rest))
}

// The sanitiser writes attributes in double quotes, and in them only `"` and `&` escaped.
fn has_address(rest: &str) -> bool {
    let attributes = rest.split('"').step_by(2);
    attributes
        .scan(false, |ended, between| {
            let was_ended = *ended;
            *ended = between.contains('>');
            (!was_ended).then_some(between)
        })
        .any(|between| {
            between
                .split('>')
                .next()
                .is_some_and(|names| names.ends_with(" src="))
        })
}

/// How formulas leave [`markdown_to_html`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Formulas {
    /// As a `<math>` element.
    AsMathml,
    /// As the LaTeX that was written, for plain text.
    AsSource,
}

/// Renders Markdown without sanitising.
pub(crate) fn markdown_to_html(markdown: &str, formulas: Formulas) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH;
    let mut sound = None;
    let events = Parser::new_ext(markdown, options).filter_map(|event| {
        Some(match played(event, &mut sound)? {
            Event::InlineMath(latex) => formula(&latex, DisplayMode::Inline, formulas),
            Event::DisplayMath(latex) => formula(&latex, DisplayMode::Block, formulas),
            // a page shows many texts, so their footnotes cannot share anchors
            Event::FootnoteReference(label) => {
                Event::InlineHtml(format!("<sup>{}</sup>", escape(&label)).into())
            }
            other => other,
        })
    });
    let mut rendered = String::with_capacity(markdown.len() + markdown.len() / 2);
    html::push_html(&mut rendered, events);
    rendered
}

/// Sound that is being read: its address, and what it is called so far.
type Sound = Option<(String, String)>;

// `![what is heard](media:….mp3)`: Markdown knows pictures only.
fn played<'a>(event: Event<'a>, sound: &mut Sound) -> Option<Event<'a>> {
    match (&event, sound.as_mut()) {
        (Event::Start(Tag::Image { dest_url, .. }), None) if is_sound(dest_url) => {
            *sound = Some((dest_url.to_string(), String::new()));
            None
        }
        (Event::End(TagEnd::Image), Some(_)) => {
            let (address, name) = sound.take()?;
            let name = escape(&name).replace('"', "&quot;");
            let player = format!(r#"<audio src="{address}" aria-label="{name}"></audio>"#);
            Some(Event::InlineHtml(player.into()))
        }
        (Event::Text(words) | Event::Code(words), Some((_, name))) => {
            name.push_str(words);
            None
        }
        (_, Some(_)) => None,
        (_, None) => Some(event),
    }
}

fn formula<'a>(latex: &str, display_mode: DisplayMode, formulas: Formulas) -> Event<'a> {
    let mathml = if formulas == Formulas::AsMathml && is_modest(latex) {
        mathml(latex, display_mode)
    } else {
        None
    };
    match mathml {
        Some(mathml) => Event::InlineHtml(mathml.into()),
        None if formulas == Formulas::AsSource => Event::Text(latex.to_owned().into()),
        None => Event::Code(latex.to_owned().into()),
    }
}

fn is_modest(latex: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for letter in latex.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let commands = || {
        latex
            .split('\\')
            .skip(1)
            .filter(|command| command.starts_with(|first: char| first.is_ascii_alphabetic()))
    };
    let defines = commands().any(|command| DEFINING.iter().any(|name| command.starts_with(name)));
    latex.len() <= MAX_FORMULA_BYTES
        && commands().count() <= MAX_FORMULA_COMMANDS
        && deepest <= MAX_FORMULA_DEPTH
        && !defines
}

/// The formula as MathML, or nothing when it cannot be read.
fn mathml(latex: &str, display_mode: DisplayMode) -> Option<String> {
    let storage = pulldown_latex::Storage::new();
    let events = pulldown_latex::Parser::new(latex, &storage).collect::<Result<Vec<_>, _>>();
    let events = events.ok()?.into_iter().map(Ok::<_, std::fmt::Error>);
    let config = RenderConfig {
        display_mode,
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events, config).ok()?;
    // only spaces close themselves, which counts as nesting in `sanitise`
    Some(mathml.replace(" />", "></mspace>"))
}
