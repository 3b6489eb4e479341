//! The TOML files' shapes, as they are read. Keys and languages keep their places, so
//! that a problem can point at its line. Unknown names are errors: a slip must not
//! lose what was meant.

use std::collections::BTreeMap;

use course::{
    AssessmentCompletion, CompetencyTag, FileKind, Key, LessonCompletion, Licence, Order, UnitCompletion,
};
use serde::Deserialize;
use text::Source;
use toml::Spanned;

/// A text by language: `vi = "…"`, or `vi = { format = "html", source = "…" }`.
pub(super) type TextForm = BTreeMap<Spanned<String>, Source>;

/// `course.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourseForm {
    pub key: Spanned<Key>,
    pub language: Spanned<String>,
    #[serde(default)]
    pub closed: bool,
    #[serde(default)]
    pub order: Order,
    #[serde(default)]
    pub units: Vec<Spanned<Key>>,
    #[serde(default)]
    pub title: TextForm,
    #[serde(default)]
    pub summary: TextForm,
    pub licence: Option<LicenceForm>,
    #[serde(default)]
    pub competencies: Vec<CompetencyForm>,
}

/// `glossary.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GlossaryForm {
    #[serde(default)]
    pub terms: Vec<TermForm>,
}

/// A term of `glossary.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermForm {
    pub key: Spanned<Key>,
    #[serde(default)]
    pub term: TextForm,
    #[serde(default)]
    pub explanation: TextForm,
}

/// `unit.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitForm {
    #[serde(default)]
    pub requires: Vec<Spanned<Key>>,
    #[serde(default)]
    pub steps: Vec<Spanned<Key>>,
    #[serde(default)]
    pub completion: UnitCompletion,
    #[serde(default)]
    pub title: TextForm,
    #[serde(default)]
    pub summary: TextForm,
    #[serde(default)]
    pub assessments: BTreeMap<Spanned<Key>, AssessmentForm>,
}

/// What `unit.toml` says of one of its assessments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssessmentForm {
    #[serde(default)]
    pub requires: Vec<Spanned<Key>>,
    #[serde(default)]
    pub completion: AssessmentCompletion,
    #[serde(default)]
    pub title: TextForm,
    #[serde(default)]
    pub competencies: Vec<CompetencyForm>,
}

/// The front matter of a lesson in the course's own language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonForm {
    pub title: Option<Source>,
    #[serde(default)]
    pub minutes: u32,
    #[serde(default)]
    pub requires: Vec<Spanned<Key>>,
    #[serde(default)]
    pub completion: LessonCompletion,
    pub licence: Option<LicenceForm>,
    #[serde(default)]
    pub competencies: Vec<CompetencyForm>,
    #[serde(default)]
    pub files: Vec<FileForm>,
    #[serde(default)]
    pub reflections: Vec<ReflectionForm>,
}

/// The front matter of a lesson in another language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TranslationForm {
    pub title: Option<Source>,
}

/// What a lesson says of one of its files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileForm {
    pub medium: Spanned<String>,
    #[serde(default)]
    pub kind: FileKind,
    #[serde(default)]
    pub title: TextForm,
    pub licence: Option<LicenceForm>,
    #[serde(default)]
    pub captions: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub transcript: TextForm,
}

/// A reflection of a lesson.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReflectionForm {
    pub key: Spanned<Key>,
    #[serde(default)]
    pub prompt: TextForm,
}

/// Terms of use.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LicenceForm {
    identifier: String,
    #[serde(default)]
    holder: String,
    source: Option<String>,
}

/// A competency of a framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompetencyForm {
    framework: String,
    code: String,
}

impl From<LicenceForm> for Licence {
    fn from(form: LicenceForm) -> Self {
        Self {
            identifier: form.identifier,
            holder: form.holder,
            source: form.source,
        }
    }
}

/// The competencies that a file lists.
pub(super) fn competencies(forms: Vec<CompetencyForm>) -> Vec<CompetencyTag> {
    let tag = |form: CompetencyForm| CompetencyTag {
        framework: form.framework,
        code: form.code,
    };
    forms.into_iter().map(tag).collect()
}
