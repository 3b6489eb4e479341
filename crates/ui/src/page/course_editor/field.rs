//! What the editors' pages share: fields in several languages, the head of a course's
//! pages, and lines that differ.

use crate::{Frame, Language, Texts};

/// A text side by side in all languages. Its fields are named `{name}_{tag}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Multilingual {
    /// What the fields' names begin with.
    pub name: String,
    /// In the order of the languages.
    pub versions: Vec<InLanguage>,
}

/// A text in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InLanguage {
    /// The language's tag.
    pub tag: String,
    /// The language's name in itself.
    pub language: String,
    /// The words as they are written; empty for none.
    pub value: String,
    /// Whether they are HTML and not Markdown.
    pub is_html: bool,
}

/// What has to be done before: a checkbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The key of the unit or step.
    pub key: String,
    /// Its title as plain text.
    pub title: String,
    /// Whether it is asked for.
    pub is_chosen: bool,
}

/// Terms of use. Its fields are named `{name}`, `{name}_holder` and `{name}_source`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LicenceFields {
    /// What the fields' names begin with.
    pub name: String,
    /// The SPDX identifier.
    pub identifier: String,
    /// Whom to name.
    pub holder: String,
    /// An address; may be empty.
    pub source: String,
}

/// What is taught or proven: checkboxes of what was chosen. Their field is `{name}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompetencyFields {
    /// The name of the field.
    pub name: String,
    /// What was chosen.
    pub chosen: Vec<CompetencyOption>,
}

/// A competency to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompetencyOption {
    /// The framework's key and the competency's code, with a blank between them.
    pub value: String,
    /// Code and name.
    pub words: String,
}

/// A framework with what can be chosen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkOptions {
    /// Its title.
    pub title: String,
    /// In the framework's order.
    pub options: Vec<CompetencyOption>,
}

/// What readers get, compared with the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CourseState {
    /// Nothing was published yet.
    Never,
    /// The draft, as the version of that number.
    Published(i64),
    /// The version of that number; the draft was changed since.
    Changed(i64),
}

/// What stands above an editor's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorNotice {
    /// The draft is saved.
    Saved,
    /// It is saved, with these parts that somebody else changed meanwhile.
    Merged(Vec<String>),
    /// A file was not taken: the sentence.
    Refused(String),
}

/// The head of a course's pages.
#[derive(Debug, Clone)]
pub struct EditorHead {
    /// The page's texts.
    pub t: Texts,
    /// "/s/…/authoring/courses".
    pub list_path: String,
    /// "/s/…/authoring/courses/{course}".
    pub path: String,
    /// The course's title as plain text; empty for one without.
    pub course: String,
    /// What readers get.
    pub state: CourseState,
    /// Which of its pages this is: `edit`, `history`, `versions` or `publish`; another one for none of them.
    pub page: &'static str,
}

/// A line of words beside another version of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferentLine {
    /// What became of it.
    pub mark: LineMark,
    /// The line.
    pub words: String,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineMark {
    /// It is as it was.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// The other version does not have it.
    Differs,
    /// Lines that are as they were and not shown.
    Left,
}

impl InLanguage {
    /// The name of its field.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("{name}_{}", self.tag)
    }
}

impl Multilingual {
    /// The words in a language.
    pub(crate) fn sample(name: &str, vietnamese: &str, german: &str) -> Self {
        let version = |language: &Language| InLanguage {
            tag: language.tag().to_owned(),
            language: language.name().into_owned(),
            value: match language.tag() {
                "vi" => vietnamese.to_owned(),
                "de" => german.to_owned(),
                _ => String::new(),
            },
            is_html: false,
        };
        let mut languages: Vec<&Language> = Language::all().iter().collect();
        languages.sort_by_key(|language| ["vi", "en", "de"].iter().position(|tag| *tag == language.tag()));
        Self {
            name: name.to_owned(),
            versions: languages.into_iter().map(version).collect(),
        }
    }
}

impl EditorHead {
    pub(crate) fn sample(frame: &Frame, page: &'static str) -> Self {
        let list_path = format!("{}/authoring/courses", frame.prefix());
        Self {
            t: frame.t,
            path: format!("{list_path}/an-toan-xuong"),
            list_path,
            course: "An toàn trong xưởng cơ khí".to_owned(),
            state: CourseState::Changed(2),
            page,
        }
    }

    /// The state in words.
    pub(crate) fn state_words(&self) -> String {
        state_words(self.t, self.state)
    }

    /// The kind of its badge.
    pub(crate) fn state_badge(&self) -> &'static str {
        state_badge(self.state)
    }
}

/// The state in words.
pub(crate) fn state_words(t: Texts, state: CourseState) -> String {
    match state {
        CourseState::Never => t.get("editor-state-never").into_owned(),
        CourseState::Published(number) => t.with("editor-state-published", "number", number).to_string(),
        CourseState::Changed(number) => t.with("editor-state-changed", "number", number).to_string(),
    }
}

/// The kind of badge for a state.
pub(crate) fn state_badge(state: CourseState) -> &'static str {
    match state {
        CourseState::Never => "neutral",
        CourseState::Published(_) => "good",
        CourseState::Changed(_) => "warn",
    }
}

impl DifferentLine {
    /// The class of its row.
    pub(crate) fn class(&self) -> &'static str {
        match self.mark {
            LineMark::Same => "same",
            LineMark::Added => "added",
            LineMark::Removed => "removed",
            LineMark::Differs => "differs",
            LineMark::Left => "left",
        }
    }
}

/// Whether something has to be done before.
pub(crate) fn any_chosen(needs: &[Need]) -> bool {
    needs.iter().any(|need| need.is_chosen)
}
