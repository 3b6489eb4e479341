//! The catalogue: all open courses, or those that a search finds.

use askama::Template;

use super::sample;
use crate::{Frame, Language, Page};

/// The open courses. The search is a GET to `/courses` with `q`.
#[derive(Debug, Clone, Template)]
#[template(path = "course/catalogue.html")]
pub struct Catalogue {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
    /// What was searched for; empty for all.
    pub search: String,
    /// In the order shown.
    pub entries: Vec<CatalogueEntry>,
}

/// A course in the catalogue.
#[derive(Debug, Clone)]
pub struct CatalogueEntry {
    /// "/courses/…".
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// What it is about, as plain text; may be empty.
    pub summary: String,
    /// The language of title and summary, where it is not the page's; empty where it is.
    pub language: String,
    /// "3 bài học".
    pub lessons: usize,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// The names of the languages in which it can be read: "Tiếng Việt, English".
    pub languages: String,
    /// "CC BY 4.0"; empty when nobody said.
    pub licence: String,
}

impl Page for Catalogue {
    const NAME: &'static str = "course/catalogue";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = |search: &str, entries| Self {
            frame: sample::frame(language),
            search: search.to_owned(),
            entries,
        };
        vec![
            ("full", page("", sample::entries())),
            ("nothing", page("hàn điện", Vec::new())),
            ("empty", page("", Vec::new())),
        ]
    }
}
