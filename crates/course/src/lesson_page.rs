//! A lesson's body as parts of a page. Beside what `text` renders, a body has
//!
//! - blocks, each on a line of its own (in HTML a paragraph of its own):
//!   `{{check KEY}}`, `{{reflection KEY}}`, `{{file media:HASH.ending}}`;
//! - procedures, a list between the lines `:::steps` and `:::` (Markdown only);
//! - terms, `[[KEY]]` or `[[KEY|words shown]]`, which become links to `#term-KEY`.
//!
//! Code stays as it is. The body is rendered as a whole, so that footnotes and link
//! references hold across blocks, and divided afterwards. What is not named in the
//! body stands at its end.
//!
//! Left out on purpose: how a question, a video or a glossary looks (`ui`) and where
//! files are served (`media:` addresses stay in the HTML).

mod divide;
mod html;
mod prepare;

use std::collections::BTreeSet;

use text::Text;

use crate::content::{Check, CourseContent, FileKind, FileNotice, Lesson, Reflection, Term};
use crate::key::Key;
use divide::{Fragment, divide, procedure};
use prepare::{Block, prepare};

/// A lesson's body in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonPage<'a> {
    /// The language that the words are in; empty where there are none.
    pub language: &'a str,
    /// What stands on the page, in order.
    pub parts: Vec<Part<'a>>,
    /// The terms that the words name, in order; their links lead to `#term-KEY`.
    pub terms: Vec<&'a Term>,
}

/// A part of a lesson's page.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<'a> {
    /// Safe HTML, see [`text::to_safe_html`].
    Html(String),
    /// Steps to be taken one after the other, each as safe HTML.
    Procedure(Vec<String>),
    /// A question.
    Check(&'a Check),
    /// Something to think over.
    Reflection(&'a Reflection),
    /// A file, shown by what its notice says that it is.
    File(&'a FileNotice),
}

/// What is odd about a body: its author is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    /// A block that names nothing, as it was written.
    UnknownBlock(String),
    /// A block that stands there for the second time, as it was written.
    RepeatedBlock(String),
    /// A term that the glossary does not have.
    UnknownTerm(String),
    /// A procedure without an end, or without a list of steps.
    BrokenProcedure,
}

/// The lesson for a reader of `language`, in that language or in the one that stands
/// in for it.
pub fn lesson_page<'a>(content: &'a CourseContent, lesson: &'a Lesson, language: &str) -> LessonPage<'a> {
    read_body(content, lesson, &lesson.body, language).0
}

/// The same for any body of the lesson, with what is odd about it.
pub(crate) fn read_body<'a>(
    content: &'a CourseContent,
    lesson: &'a Lesson,
    body: &'a Text,
    language: &str,
) -> (LessonPage<'a>, Vec<Slip>) {
    let mut page = Assembly {
        lesson,
        parts: Vec::new(),
        named: BTreeSet::new(),
        slips: Vec::new(),
    };
    let Some((language, source)) = body.in_language(language) else {
        page.add_rest();
        let page = LessonPage {
            parts: page.parts,
            ..LessonPage::default()
        };
        return (page, Vec::new());
    };
    let prepared = prepare(source);
    let rendered = text::to_safe_html(&prepared.source);
    let divided = divide(&rendered, &prepared, content, language);
    page.slips
        .extend(divided.unknown_terms.into_iter().map(Slip::UnknownTerm));
    page.add_all(divided.fragments);
    page.add_rest();
    let page_read = LessonPage {
        language,
        parts: page.parts,
        terms: divided.terms,
    };
    page.slips.sort();
    page.slips.dedup();
    (page_read, page.slips)
}

/// A page while it is put together.
struct Assembly<'a> {
    lesson: &'a Lesson,
    parts: Vec<Part<'a>>,
    named: BTreeSet<(&'static str, &'a str)>,
    slips: Vec<Slip>,
}

impl<'a> Assembly<'a> {
    fn add_all(&mut self, fragments: Vec<Fragment<'_>>) {
        let mut steps: Option<String> = None;
        let mut waiting = Vec::new();
        for fragment in fragments {
            match (fragment, &mut steps) {
                (Fragment::Html(html), Some(steps)) => steps.push_str(&html),
                (Fragment::Html(html), None) => self.add_html(html),
                (Fragment::Block(Block::StepsOpen), None) => steps = Some(String::new()),
                (Fragment::Block(Block::StepsClose), Some(_)) => {
                    self.add_procedure(steps.take().unwrap_or_default());
                    waiting.drain(..).for_each(|block| self.add_block(block));
                }
                (Fragment::Block(Block::StepsOpen | Block::StepsClose), _) => {
                    self.slips.push(Slip::BrokenProcedure);
                }
                (Fragment::Block(block), Some(_)) => waiting.push(block),
                (Fragment::Block(block), None) => self.add_block(block),
            }
        }
        if let Some(steps) = steps {
            self.slips.push(Slip::BrokenProcedure);
            self.add_procedure(steps);
            waiting.into_iter().for_each(|block| self.add_block(block));
        }
    }

    fn add_html(&mut self, html: String) {
        if !html.trim().is_empty() {
            self.parts.push(Part::Html(html));
        }
    }

    fn add_procedure(&mut self, html: String) {
        let (before, steps) = procedure(&html);
        self.add_html(before);
        match steps.is_empty() {
            true => self.slips.push(Slip::BrokenProcedure),
            false => self.parts.push(Part::Procedure(steps)),
        }
    }

    fn add_block(&mut self, block: &Block) {
        let lesson = self.lesson;
        let part = match block {
            Block::Check(key) => lesson
                .check(key)
                .map(|check| (("check", check.key.as_str()), Part::Check(check))),
            Block::Reflection(key) => lesson.reflection(key).map(|reflection| {
                (
                    ("reflection", reflection.key.as_str()),
                    Part::Reflection(reflection),
                )
            }),
            Block::File(hash) => lesson
                .files
                .iter()
                .find(|file| file.medium == *hash)
                .map(|file| (("file", file.medium.as_str()), Part::File(file))),
            Block::StepsOpen | Block::StepsClose => return,
        };
        match part {
            None => self.slips.push(Slip::UnknownBlock(block.to_string())),
            Some((name, part)) if self.named.insert(name) => self.parts.push(part),
            Some(_) => self.slips.push(Slip::RepeatedBlock(block.to_string())),
        }
    }

    /// Adds what the body did not name. A file that it shows or plays is named.
    fn add_rest(&mut self) {
        let lesson = self.lesson;
        let shown: Vec<&FileNotice> = lesson.files.iter().filter(|file| self.shows(file)).collect();
        self.named
            .extend(shown.into_iter().map(|file| ("file", file.medium.as_str())));
        for file in &lesson.files {
            if self.named.insert(("file", &file.medium)) {
                self.parts.push(Part::File(file));
            }
        }
        for check in &lesson.checks {
            if self.named.insert(("check", check.key.as_str())) {
                self.parts.push(Part::Check(check));
            }
        }
        for reflection in &lesson.reflections {
            if self.named.insert(("reflection", reflection.key.as_str())) {
                self.parts.push(Part::Reflection(reflection));
            }
        }
    }

    fn shows(&self, file: &FileNotice) -> bool {
        let address = format!("src=\"{}{}", text::MEDIA_SCHEME, file.medium);
        let is_in = |html: &String| html.contains(&address);
        let can_be_shown = matches!(file.kind, FileKind::Picture | FileKind::Sound);
        can_be_shown
            && self.parts.iter().any(|part| match part {
                Part::Html(html) => is_in(html),
                Part::Procedure(steps) => steps.iter().any(is_in),
                _ => false,
            })
    }
}

/// The id of a term's place on a page, to which its links lead.
pub fn term_anchor(key: &Key) -> String {
    format!("term-{key}")
}
