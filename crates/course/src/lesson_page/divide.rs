//! After rendering: the HTML is divided where blocks stand, and terms become links.

use text::to_plain;

use super::html::{Token, escape, name, tokens};
use super::prepare::{BLOCK, Block, NamedTerm, Prepared, TERM};
use super::term_anchor;
use crate::content::{CourseContent, Term};

/// Elements in which nothing is replaced.
const VERBATIM: &[&str] = &["code", "pre", "math", "kbd", "samp"];

/// A piece of a body.
#[derive(Debug)]
pub(super) enum Fragment<'p> {
    /// HTML whose elements are all closed.
    Html(String),
    /// A block.
    Block(&'p Block),
}

/// A rendered body, divided.
#[derive(Debug)]
pub(super) struct Divided<'c, 'p> {
    pub fragments: Vec<Fragment<'p>>,
    pub terms: Vec<&'c Term>,
    pub unknown_terms: Vec<String>,
}

/// Divides rendered HTML. A block within other elements stands behind the outermost of
/// them, so that what is divided stays whole.
pub(super) fn divide<'c, 'p>(
    rendered: &str,
    prepared: &'p Prepared,
    content: &'c CourseContent,
    language: &str,
) -> Divided<'c, 'p> {
    let mut division = Division {
        prepared,
        content,
        language,
        open: Vec::new(),
        html: String::with_capacity(rendered.len()),
        element: 0,
        waiting: Vec::new(),
        divided: Divided {
            fragments: Vec::new(),
            terms: Vec::new(),
            unknown_terms: Vec::new(),
        },
    };
    tokens(rendered).for_each(|token| division.add(token));
    division.flush();
    division.divided
}

/// The list items of a procedure, and what stands there besides.
pub(super) fn procedure(html: &str) -> (String, Vec<String>) {
    let (mut besides, mut steps) = (String::new(), Vec::new());
    let mut open: Vec<&str> = Vec::new();
    let mut step = String::new();
    for token in tokens(html) {
        let (Token::Words(raw) | Token::Open(raw) | Token::Close(raw) | Token::Single(raw)) = token;
        if let Token::Close(_) = token {
            open.pop();
        }
        let is_list = |name: &&str| matches!(*name, "ol" | "ul");
        let in_list = open.first().is_some_and(is_list);
        match (in_list, open.len(), token) {
            (true, 1, Token::Close(_)) => steps.push(std::mem::take(&mut step).trim().to_owned()),
            (true, 1, _) => {}
            (true, ..) => step.push_str(raw),
            (false, 0, Token::Open(tag) | Token::Close(tag)) if is_list(&name(tag)) => {}
            (false, ..) => besides.push_str(raw),
        }
        if let Token::Open(tag) = token {
            open.push(name(tag));
        }
    }
    (besides, steps)
}

struct Division<'r, 'c, 'p, 'l> {
    prepared: &'p Prepared,
    content: &'c CourseContent,
    language: &'l str,
    open: Vec<&'r str>,
    html: String,
    /// Where the outermost open element begins.
    element: usize,
    waiting: Vec<&'p Block>,
    divided: Divided<'c, 'p>,
}

impl<'r> Division<'r, '_, '_, '_> {
    fn add(&mut self, token: Token<'r>) {
        match token {
            Token::Words(words) => self.words(words),
            Token::Single(tag) => self.tag(tag),
            Token::Open(tag) => {
                if self.open.is_empty() {
                    self.element = self.html.len();
                }
                self.tag(tag);
                self.open.push(name(tag));
            }
            Token::Close(tag) => {
                self.html.push_str(tag);
                self.open.pop();
                if self.open.is_empty() {
                    self.end_element();
                }
            }
        }
    }

    /// Blocks that were in an element stand behind it; one that held nothing else is
    /// gone.
    fn end_element(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let element = self.html.get(self.element..).unwrap_or_default();
        if is_empty_paragraph(element) {
            self.html.truncate(self.element);
        }
        self.flush();
    }

    fn flush(&mut self) {
        let html = std::mem::take(&mut self.html);
        self.element = 0;
        self.divided.fragments.push(Fragment::Html(html));
        let blocks = self.waiting.drain(..).map(Fragment::Block);
        self.divided.fragments.extend(blocks);
    }

    /// In a tag, terms are their words and blocks are nothing.
    fn tag(&mut self, tag: &str) {
        let mut rest = tag;
        while let Some(sign) = next_sign(rest) {
            self.html.push_str(sign.before);
            if let Some(term) = sign.term(self.prepared) {
                let shown = self.shown(term);
                self.html.push_str(&escape(&shown));
            }
            rest = sign.behind;
        }
        self.html.push_str(rest);
    }

    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(sign) = next_sign(rest) {
            self.html.push_str(sign.before);
            if let Some(term) = sign.term(self.prepared) {
                self.term(term);
            }
            self.waiting.extend(sign.block(self.prepared));
            if self.open.is_empty() {
                self.flush();
            }
            rest = sign.behind;
        }
        self.html.push_str(rest);
    }

    fn term(&mut self, named: &NamedTerm) {
        if self.open.iter().any(|name| VERBATIM.contains(name)) {
            self.html.push_str(&escape(&named.written));
            return;
        }
        let Some(term) = self.content.term(&named.key) else {
            self.html.push_str(&escape(&named.written));
            self.divided.unknown_terms.push(named.key.to_string());
            return;
        };
        let shown = escape(&self.shown(named));
        if self.open.contains(&"a") {
            self.html.push_str(&shown);
            return;
        }
        let link = format!("<a href=\"#{}\">{shown}</a>", term_anchor(&term.key));
        self.html.push_str(&link);
        if !self.divided.terms.iter().any(|known| known.key == term.key) {
            self.divided.terms.push(term);
        }
    }

    fn shown(&self, named: &NamedTerm) -> String {
        let of_glossary = || {
            let term = self.content.term(&named.key)?;
            let (_, source) = term.term.in_language(self.language)?;
            Some(to_plain(source))
        };
        let shown = named.shown.clone().or_else(of_glossary);
        shown.unwrap_or_else(|| named.key.to_string())
    }
}

/// A sign in a text.
struct Sign<'t> {
    before: &'t str,
    opens: char,
    number: Option<usize>,
    behind: &'t str,
}

impl Sign<'_> {
    fn block<'p>(&self, prepared: &'p Prepared) -> Option<&'p Block> {
        (self.opens == BLOCK.0)
            .then(|| prepared.blocks.get(self.number?))
            .flatten()
    }

    fn term<'p>(&self, prepared: &'p Prepared) -> Option<&'p NamedTerm> {
        (self.opens == TERM.0)
            .then(|| prepared.terms.get(self.number?))
            .flatten()
    }
}

/// The next sign, or what a cut at the size limit left of one.
fn next_sign(text: &str) -> Option<Sign<'_>> {
    let at = text.find([BLOCK.0, TERM.0])?;
    let (before, sign) = text.split_at_checked(at)?;
    let opens = sign.chars().next()?;
    let inner = sign.get(opens.len_utf8()..)?;
    let closes = if opens == BLOCK.0 { BLOCK.1 } else { TERM.1 };
    let digits = inner
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(inner.len());
    let (number, behind) = inner.split_at_checked(digits)?;
    let closed = behind.strip_prefix(closes);
    Some(Sign {
        before,
        opens,
        number: closed.and_then(|_| number.parse().ok()),
        behind: closed.unwrap_or(behind),
    })
}

fn is_empty_paragraph(element: &str) -> bool {
    let inner = element
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    inner.is_some_and(|inner| inner.trim().is_empty() || inner.trim() == "&nbsp;")
}
