//! The editor of a step: a lesson with its body, questions, reflections and files, or
//! the place of a quiz. A preview at a phone's width stands beside a lesson's body.

use askama::Template;

use super::{
    field::{
        CompetencyFields, EditorHead, EditorNotice, FrameworkOptions, LicenceFields, Multilingual, Need,
    },
    sample,
};
use crate::{Frame, Html, Language, Page};

/// The editor. The form posts to `{path}`; buttons `do`: "save", "preview", "question", "picture", "file",
/// "reflection_add", "competency_add", "check|reflection|file:KEY:up|down|remove". All but "preview" save.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/step.html")]
pub struct StepEditor {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// "…/lessons/{step}".
    pub path: String,
    /// Where the draft is shown as readers see it.
    pub preview_path: String,
    /// Where a script sends a picture.
    pub files_path: String,
    /// What is told above the form.
    pub notice: Option<EditorNotice>,
    /// The draft's revision.
    pub revision: i64,
    /// Its key, which stays.
    pub key: String,
    /// Its title as plain text; empty for one without.
    pub name: String,
    /// Its title.
    pub title: Multilingual,
    /// What has to be done before.
    pub needs: Vec<Need>,
    /// When it is done.
    pub rule: StepRule,
    /// In percent; empty where the rule has none.
    pub percent: String,
    /// What it teaches or proves.
    pub competencies: CompetencyFields,
    /// What else can be chosen.
    pub frameworks: Vec<FrameworkOptions>,
    /// What only a lesson has.
    pub body: Option<StepBody>,
    /// The title of the quiz, for a step that is one.
    pub quiz: String,
}

/// When a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepRule {
    /// When it was read.
    Read,
    /// When its video was watched.
    Watched,
    /// When it was submitted.
    Submitted,
    /// When enough is right.
    Passed,
}

/// What only a lesson has.
#[derive(Debug, Clone)]
pub struct StepBody {
    /// About how long it takes; empty for nothing said.
    pub minutes: String,
    /// Its words.
    pub text: Multilingual,
    /// Its own terms of use, where they differ.
    pub licence: LicenceFields,
    /// Its questions in order.
    pub checks: Vec<EditedCheck>,
    /// Its reflections in order; their fields are named `reflection_{key}_…`.
    pub reflections: Vec<EditedReflection>,
    /// The fields of another reflection.
    pub new_reflection: Multilingual,
    /// Its files in order; their fields are named `file_{hash}_…`.
    pub files: Vec<EditedFile>,
    /// The words of the course's glossary: key and term.
    pub terms: Vec<(String, String)>,
}

/// A question of a lesson.
#[derive(Debug, Clone)]
pub struct EditedCheck {
    /// Its key.
    pub key: String,
    /// What it asks.
    pub stem: Html,
    /// Its type in words.
    pub kind: String,
    /// What it proves where that is not what its lesson teaches.
    pub competencies: CompetencyFields,
}

/// Something to think over.
#[derive(Debug, Clone)]
pub struct EditedReflection {
    /// Its key.
    pub key: String,
    /// What to think over.
    pub prompt: Multilingual,
}

/// A file of a lesson.
#[derive(Debug, Clone)]
pub struct EditedFile {
    /// SHA-256 of its content.
    pub hash: String,
    /// What it is, in words.
    pub kind: String,
    /// Where it can be looked at.
    pub path: String,
    /// What stands in a body to show it there.
    pub block: String,
    /// What it is called.
    pub title: Multilingual,
    /// Whether it is a video, which takes captions.
    pub is_video: bool,
    /// Whether something is said in it.
    pub is_heard: bool,
    /// Its captions.
    pub captions: Vec<CaptionsOf>,
    /// Its words to read.
    pub transcript: Multilingual,
    /// Its own terms of use, where they differ.
    pub licence: LicenceFields,
}

/// The captions of a video in one language.
#[derive(Debug, Clone)]
pub struct CaptionsOf {
    /// The language's tag.
    pub tag: String,
    /// The language's name in itself.
    pub language: String,
    /// Where they can be looked at; empty where there are none.
    pub path: String,
}

impl StepEditor {
    fn rules(&self) -> Vec<(&'static str, String, bool)> {
        let t = self.frame.t;
        let rules: &[(&str, &str, StepRule)] = match self.body {
            Some(_) => &[
                ("read", "editor-rule-read", StepRule::Read),
                ("watched", "editor-rule-watched", StepRule::Watched),
                ("passed", "editor-rule-passed", StepRule::Passed),
            ],
            None => &[
                ("submitted", "editor-rule-submitted", StepRule::Submitted),
                ("passed", "editor-rule-quiz-passed", StepRule::Passed),
            ],
        };
        let shown = |(value, key, rule): &(&'static str, &str, StepRule)| {
            (*value, t.get(key).into_owned(), *rule == self.rule)
        };
        rules.iter().map(shown).collect()
    }
}

impl StepBody {
    fn check_keys(&self) -> String {
        let keys: Vec<&str> = self.checks.iter().map(|check| check.key.as_str()).collect();
        keys.join(" ")
    }

    fn reflection_keys(&self) -> String {
        let keys: Vec<&str> = self.reflections.iter().map(|one| one.key.as_str()).collect();
        keys.join(" ")
    }

    fn file_hashes(&self) -> String {
        let hashes: Vec<&str> = self.files.iter().map(|file| file.hash.as_str()).collect();
        hashes.join(" ")
    }
}

impl Page for StepEditor {
    const NAME: &'static str = "course_editor/step";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let lesson = sample::lesson(language);
        let refused = Self {
            notice: Some(EditorNotice::Refused(
                lesson.frame.t.get("problem-web-file-mismatch").into_owned(),
            )),
            ..lesson.clone()
        };
        let quiz = Self {
            body: None,
            rule: StepRule::Passed,
            percent: "60".to_owned(),
            quiz: "An toàn lao động trong xưởng cơ khí".to_owned(),
            name: "Kiểm tra cuối phần".to_owned(),
            title: Multilingual::sample("title", "Kiểm tra cuối phần", "Abschlusstest"),
            ..lesson.clone()
        };
        vec![("lesson", lesson), ("refused", refused), ("quiz", quiz)]
    }
}
