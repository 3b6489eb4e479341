//! The files of a folder while it is read: each is taken once, what is wrong is noted
//! with its place, and what nobody took is told at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use course::{Key, LANGUAGES};
use serde::de::DeserializeOwned;
use text::{MAX_SOURCE_BYTES, Source, Text};
use toml::Spanned;

use super::body::plain;
use super::form::TextForm;
use super::line::{line_at, line_of_byte};
use super::media_names::{FOLDER, MediaNames, is_medium_name};
use super::problem::{FolderProblem, FolderProblemKind};
use super::{Files, MOST_FILES};

/// A folder being read.
pub(super) struct Shelf<'a> {
    files: &'a Files,
    taken: BTreeSet<&'a str>,
    /// The names of its media.
    pub names: MediaNames,
    /// The course's own language.
    pub language: String,
    /// What is wrong so far.
    pub problems: Vec<FolderProblem>,
}

/// A text, or a part of one, that problems can point into.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub path: &'a str,
    pub text: &'a str,
    /// The line of the file on which the text begins.
    pub first_line: usize,
}

impl Page<'_> {
    /// The line of a place in the text.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        self.first_line + line_at(self.text, span.start) - 1
    }
}

impl<'a> Shelf<'a> {
    /// A folder of these files, with what is wrong with their paths. Bad ones count as
    /// taken.
    pub(super) fn new(files: &'a Files) -> Self {
        let mut shelf = Self {
            files,
            taken: BTreeSet::new(),
            names: MediaNames::default(),
            language: String::new(),
            problems: Vec::new(),
        };
        if files.len() > MOST_FILES {
            shelf.add("", None, FolderProblemKind::TooManyFiles(files.len()));
        }
        for path in files.keys().filter(|path| !is_plain_path(path)) {
            shelf.taken.insert(path);
            shelf.add(path, None, FolderProblemKind::BadPath);
        }
        shelf
    }

    /// Notes a problem.
    pub(super) fn add(&mut self, path: &str, line: Option<usize>, kind: FolderProblemKind) {
        self.problems.push(FolderProblem {
            path: path.to_owned(),
            line,
            kind,
        });
    }

    /// Notes a problem at a place of a page.
    pub(super) fn add_at(&mut self, page: Page<'_>, span: &Range<usize>, kind: FolderProblemKind) {
        self.add(page.path, Some(page.line(span)), kind);
    }

    /// Whether there is a file at this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The paths that begin so.
    pub(super) fn below(&self, beginning: &str) -> Vec<&'a str> {
        let from = self.files.range(beginning.to_owned()..);
        let paths = from.map(|(path, _)| path.as_str());
        paths.take_while(|path| path.starts_with(beginning)).collect()
    }

    /// Takes a text. A missing file is for the caller to tell.
    pub(super) fn take_text(&mut self, path: &str, limit: usize) -> Option<String> {
        let (path, bytes) = self.files.get_key_value(path)?;
        self.taken.insert(path);
        if bytes.len() > limit {
            let bytes = bytes.len();
            self.add(path, None, FolderProblemKind::TooLarge { bytes, limit });
            return None;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(plain(text)),
            Err(error) => {
                let line = line_of_byte(bytes, error.valid_up_to());
                self.add(path, Some(line), FolderProblemKind::NotUtf8);
                None
            }
        }
    }

    /// Takes all files in `media/`.
    pub(super) fn take_media(&mut self) -> BTreeMap<String, Vec<u8>> {
        let files = self.files;
        let mut media = BTreeMap::new();
        for path in self.below(FOLDER) {
            let (Some(name), Some(content)) = (path.strip_prefix(FOLDER), files.get(path)) else {
                continue;
            };
            if !self.taken.insert(path) {
                continue;
            }
            if is_medium_name(name) {
                media.insert(name.to_owned(), content.clone());
            } else {
                self.add(path, None, FolderProblemKind::BadMediumName);
            }
        }
        self.names = MediaNames::of(
            media
                .iter()
                .map(|(name, content)| (name.as_str(), content.as_slice())),
        );
        media
    }

    /// Tells every file that nobody took.
    pub(super) fn tell_unknown(&mut self) {
        let files = self.files;
        let unknown = files.keys().filter(|path| !self.taken.contains(path.as_str()));
        for path in unknown.collect::<Vec<_>>() {
            self.add(path, None, FolderProblemKind::UnknownFile);
        }
    }

    /// Reads TOML; `kind` makes a problem of what is wrong with it.
    pub(super) fn toml<T: DeserializeOwned>(
        &mut self,
        page: Page<'_>,
        kind: impl FnOnce(String) -> FolderProblemKind,
    ) -> Option<T> {
        match toml::from_str(page.text) {
            Ok(read) => Some(read),
            Err(error) => {
                let span = error.span().unwrap_or_default();
                self.add_at(page, &span, kind(error.message().to_owned()));
                None
            }
        }
    }

    /// A text with its languages checked and its files by their hashes.
    pub(super) fn text(&mut self, page: Page<'_>, form: TextForm) -> Text {
        let mut text = Text::default();
        for (language, source) in form {
            let line = page.line(&language.span());
            if !self.knows(&language, page) {
                continue;
            }
            let source = self.source(page.path, line, false, source);
            text.versions.insert(language.into_inner(), source);
        }
        if !text.versions.is_empty() {
            text.default_language.clone_from(&self.language);
        }
        text
    }

    /// Whether courses are written in this language; notes it where they are not.
    pub(super) fn knows(&mut self, language: &Spanned<String>, page: Page<'_>) -> bool {
        let is_known = LANGUAGES.contains(&language.get_ref().as_str());
        if !is_known {
            let kind = FolderProblemKind::UnknownLanguage(language.get_ref().clone());
            self.add_at(page, &language.span(), kind);
        }
        is_known
    }

    /// A source with its files by their hashes. It begins on `line`; `is_exact` where
    /// its own lines are the file's.
    pub(super) fn source(&mut self, path: &str, line: usize, is_exact: bool, source: Source) -> Source {
        let bytes = source.source.len();
        if source.is_too_long() {
            let limit = MAX_SOURCE_BYTES;
            self.add(path, Some(line), FolderProblemKind::TooLarge { bytes, limit });
        }
        let (words, missing) = self.names.to_content(&source.source);
        for (offset, name) in missing {
            let within = if is_exact {
                line_at(&source.source, offset) - 1
            } else {
                0
            };
            self.add(path, Some(line + within), FolderProblemKind::MissingFile(name));
        }
        Source {
            source: words,
            format: source.format,
        }
    }

    /// The hash of a medium that a page names as `media/NAME`, or by its hash.
    pub(super) fn medium(&mut self, page: Page<'_>, named: Spanned<String>) -> String {
        let span = named.span();
        let named = named.into_inner();
        let Some(name) = named.strip_prefix(FOLDER) else {
            return named;
        };
        let hash = self.names.hash(name).map(str::to_owned);
        hash.unwrap_or_else(|| {
            self.add_at(page, &span, FolderProblemKind::MissingFile(named.clone()));
            named
        })
    }

    /// A key, checked; `others` are those that it must differ from.
    pub(super) fn key(&mut self, page: Page<'_>, key: &Spanned<Key>, others: &mut BTreeSet<Key>) -> Key {
        let span = key.span();
        let key = key.get_ref();
        if !key.is_well_formed() {
            self.add_at(page, &span, FolderProblemKind::BadKey(key.to_string()));
        } else if !others.insert(key.clone()) {
            self.add_at(page, &span, FolderProblemKind::DuplicateKey(key.clone()));
        }
        key.clone()
    }
}

/// Whether the path leads to a file below the folder on every system.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let is_odd = |letter: char| letter.is_control() || matches!(letter, '\\' | ':');
    path.split('/').all(is_plain) && !path.contains(is_odd)
}
