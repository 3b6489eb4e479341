//! The editor: the whole quiz in one plain form. Every button is a submit
//! button, so that it works without JavaScript; the script only warns before
//! typed words are left behind and adapts marks to the kind of question.

use askama::Template;
use assessment::{AuthoringField, Control};

use super::behaviour::{BehaviourRules, Tries};
use super::credit::ResultWordings;
use super::field::{FieldProblem, Wording};
use super::sample;
use super::stimulus::TypedStimulus;
use super::structure::{Structure, TypedPlacing};
use super::timing::TimingRules;
use crate::{Frame, Language, Page, Texts};

/// A quiz being written. The form posts to `{path}/edit`, the publish button to
/// `{path}/publish`. Fields: `revision`, `in` (the edited language), `original`, `title`,
/// `introduction`; for question n from 1 `q{n}_slot`, `q{n}_kind` ("single",
/// "several", "true_false" or another type's name, whose fields are `q{n}_p_{key}`), `q{n}_stem`, `q{n}_points`, `q{n}_shuffle`,
/// `q{n}_scoring`, `q{n}_wrong`, `q{n}_feedback`, `q{n}_right` (numbers of right options, may
/// repeat); for its option m `q{n}_o{m}_id`, `q{n}_o{m}_text`,
/// `q{n}_o{m}_feedback`, `q{n}_o{m}_weight`; the fields of [`ResultWordings`], [`Rules`], [`TypedStimulus`], [`Structure`] and [`TypedPlacing`]; and the pressed button's `do`.
#[derive(Debug, Clone, Template)]
#[template(path = "quiz/editor.html")]
pub struct Editor {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/quizzes/…", without a slash at the end.
    pub path: String,
    /// The saved title as plain text; empty for a quiz without one.
    pub name: String,
    /// The draft's revision that is edited.
    pub revision: i64,
    /// What students get.
    pub state: EditorState,
    /// Whether the quiz was put away.
    pub is_archived: bool,
    /// What has just happened.
    pub notice: Option<EditorNotice>,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
    /// What is wrong; also shown at the fields.
    pub problems: Vec<FieldProblem>,
    /// The edited language first, then the others that can be chosen.
    pub languages: Vec<WrittenIn>,
    /// The tag of the language that the quiz is written in (field `original`).
    pub original: String,
    /// The quiz's name.
    pub title: Wording,
    /// Shown before an attempt begins.
    pub introduction: Wording,
    /// In order.
    pub questions: Vec<Question>,
    /// What several questions refer to.
    pub stimuli: Vec<TypedStimulus>,
    /// When, how long, how often.
    pub rules: Rules,
    /// Sections, draws, order of answering.
    pub structure: Structure,
    /// Where the editor was opened from.
    pub back: Option<EditorBack>,
}

/// What students get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorState {
    /// Nothing yet.
    NeverPublished,
    /// What the saved draft says.
    Published,
    /// An older version than the saved draft.
    Changed,
}

/// What has just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorNotice {
    /// The draft was saved.
    Saved,
    /// The quiz was published.
    Published,
    /// The form changed, nothing was saved yet.
    Unsaved,
    /// Not saved: fields cannot be read.
    Unreadable,
    /// Saved, but not published.
    Incomplete,
    /// The quiz is a new copy.
    Copied,
}

/// Somebody else saved while this form was open.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// When the other one saved: "10:42".
    pub saved_at: String,
    /// Where the two differ.
    pub differences: Vec<Difference>,
}

/// A part of the quiz that is different in the saved draft.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Which question of this form, counted from 1; `None` for title, introduction and rules.
    pub question: Option<usize>,
    /// What the saved draft has there, line by line; empty when it has nothing there.
    pub theirs: Vec<String>,
}

/// A language that the quiz can be written in.
#[derive(Debug, Clone)]
pub struct WrittenIn {
    /// The tag.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// Whether it is being edited.
    pub current: bool,
}

/// Where the editor was opened from.
#[derive(Debug, Clone)]
pub enum EditorBack {
    /// The picker, at this address.
    Picker(String),
    /// The activity, at this address.
    Activity(String),
}

/// One question being written.
#[derive(Debug, Clone)]
pub struct Question {
    /// Counted from 1.
    pub number: usize,
    /// The slot's id.
    pub slot: String,
    /// The slot that this is an unsaved copy of (field `q{n}_from`); empty for others.
    pub from: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// "all_or_nothing", "partial" or "weighted".
    pub scoring: String,
    /// What a wrong option without a weight costs, in percent; empty for nothing.
    pub wrong: String,
    /// Whether options are shown in an order of their own.
    pub shuffle: bool,
    /// As typed.
    pub points: String,
    /// What is asked.
    pub stem: Wording,
    /// The id of what it refers to; empty for nothing.
    pub stimulus: String,
    /// Shown after marking, whatever was answered.
    pub feedback: Wording,
    /// Shown after marking, by how right the answer was.
    pub result: ResultWordings,
    /// In order.
    pub options: Vec<QuestionOption>,
    /// What a type without options is written in.
    pub authored: Option<Authored>,
    /// Hints, and what a further try costs.
    pub tries: Tries,
    /// Its section, and what it is drawn by.
    pub placing: TypedPlacing,
}

/// The fields of a question of a type without options; see `assessment::authoring`.
#[derive(Debug, Clone)]
pub struct Authored {
    /// The type's name, such as `short_text`.
    pub type_name: String,
    /// In order.
    pub fields: Vec<AuthoringField>,
    /// Whether it can be right or wrong and so has points.
    pub is_marked: bool,
    /// Whether its own text says what is asked.
    pub has_own_text: bool,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// One option.
    Single,
    /// Any number of options.
    Several,
    /// True or false.
    TrueFalse,
    /// Another type, see [`Question::authored`].
    Authored,
}

/// The name of a type in words.
pub fn kind_words(t: Texts, type_name: &str) -> String {
    t.get(&format!("authoring-kind-{}", kebab(type_name)))
        .into_owned()
}

fn kebab(key: &str) -> String {
    key.replace('_', "-")
}

/// A text of a question that a picture or sound can be put into.
struct MediaTarget {
    /// "stem", "o2" (an option), "p_pairs" (lines of a type without options).
    value: String,
    label: String,
}

impl MediaTarget {
    /// Where there is one text only.
    fn none() -> Vec<Self> {
        Vec::new()
    }
}

/// A picture that a question is about.
struct ChosenPicture {
    path: String,
    width: u32,
    height: u32,
}

impl Authored {
    fn rows(&self, field: &AuthoringField) -> usize {
        field.value.lines().count().clamp(3, 20)
    }

    /// The fields whose lines may hold a picture or sound.
    fn media_fields(&self) -> impl Iterator<Item = &AuthoringField> {
        let fields = self.fields.iter();
        fields.filter(|field| assessment::takes_media(&self.type_name, field.key))
    }
}

/// One option being written.
#[derive(Debug, Clone)]
pub struct QuestionOption {
    /// Counted from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// What the student reads.
    pub text: Wording,
    /// Whether it is right.
    pub right: bool,
    /// The share of the mark that it gives, in percent; empty for what `right` says.
    pub weight: String,
    /// Shown after marking to whoever chose it.
    pub feedback: Wording,
}

/// The rules as typed: fields `attempts`, `time_limit` (minutes), `opens_at`,
/// `closes_at` (local times), `grade_from`, `shuffle_questions`, and those of
/// [`BehaviourRules`].
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Empty for any number.
    pub attempts: String,
    /// Empty for no limit.
    pub time_limit: String,
    /// "2026-11-22T08:00"; empty for at once.
    pub opens_at: String,
    /// As above; empty for never.
    pub closes_at: String,
    /// "highest", "last", "first" or "average".
    pub grade_from: String,
    /// Whether each attempt has an order of its own.
    pub shuffle_questions: bool,
    /// The time zone of the local times: "Asia/Ho_Chi_Minh".
    pub zone: String,
    /// When answers are judged, and what is shown when.
    pub behaviour: BehaviourRules,
    /// Time, password, pass mark.
    pub timing: TimingRules,
}

impl Question {
    fn id(&self, field: &str) -> String {
        format!("q{}_{field}", self.number)
    }

    fn option_id(&self, option: &QuestionOption, field: &str) -> String {
        format!("q{}_o{}_{field}", self.number, option.number)
    }

    /// The field of an option that is about to be added.
    fn next_option(&self) -> String {
        format!("q{}_o{}_text", self.number, self.options.len() + 1)
    }

    fn field_id(&self, field: &AuthoringField) -> String {
        format!("q{}_p_{}", self.number, field.key)
    }

    fn scorings() -> &'static [(&'static str, &'static str)] {
        &[
            ("all_or_nothing", "quiz-scoring-all"),
            ("partial", "quiz-scoring-partial"),
            ("weighted", "quiz-scoring-weighted"),
        ]
    }

    fn has_points(&self) -> bool {
        self.authored.as_ref().is_none_or(|authored| authored.is_marked)
    }

    fn stem_key(&self) -> &'static str {
        match &self.authored {
            Some(authored) if authored.has_own_text => "authoring-stem",
            _ => "quiz-stem",
        }
    }

    fn is_true_false(&self) -> bool {
        self.kind == QuestionKind::TrueFalse
    }

    fn has_feedback(&self) -> bool {
        let of_options = self
            .options
            .iter()
            .any(|option| !option.feedback.value.is_empty());
        of_options || !self.feedback.value.is_empty() || self.result.is_written()
    }

    // One right option is marked by radio buttons, which cannot show two.
    fn is_checked(&self, option: &QuestionOption) -> bool {
        let several = self.kind != QuestionKind::Several
            && self.options.iter().filter(|option| option.right).count() > 1;
        option.right && !several
    }

    fn option_label(&self, t: Texts, option: &QuestionOption) -> String {
        if !self.is_true_false() {
            return t.with("quiz-option", "number", option.number).to_string();
        }
        let key = if option.id == "true" {
            "quiz-true"
        } else {
            "quiz-false"
        };
        t.get(key).into_owned()
    }
}

impl Editor {
    /// The texts of a question that take a picture or sound. Options of a statement
    /// are the program's words.
    fn media_targets(&self, question: &Question) -> Vec<MediaTarget> {
        let t = self.frame.t;
        let stem = MediaTarget {
            value: "stem".to_owned(),
            label: t.get("quiz-media-to-stem").into_owned(),
        };
        let has_words = matches!(question.kind, QuestionKind::Single | QuestionKind::Several);
        let options = question.options.iter().filter(|_| has_words);
        let option = |option: &QuestionOption| MediaTarget {
            value: format!("o{}", option.number),
            label: question.option_label(t, option),
        };
        let authored = question.authored.iter();
        let lines = authored.flat_map(|authored| authored.media_fields());
        let line = |field: &AuthoringField| MediaTarget {
            value: format!("p_{}", field.key),
            label: self.field_label(field),
        };
        std::iter::once(stem)
            .chain(options.map(option))
            .chain(lines.map(line))
            .collect()
    }

    /// Whether a question refers to what was removed.
    fn refers_to_nothing(&self, question: &Question) -> bool {
        let is_there = |stimulus: &TypedStimulus| stimulus.id == question.stimulus;
        !question.stimulus.is_empty() && !self.stimuli.iter().any(is_there)
    }

    /// The types without options, to be added.
    fn other_types(&self) -> &'static [&'static str] {
        assessment::AUTHORED_TYPES
    }

    fn kind_words(&self, type_name: &str) -> String {
        kind_words(self.frame.t, type_name)
    }

    /// Whether places in pictures are written.
    fn has_pictures(&self) -> bool {
        let fields = self
            .questions
            .iter()
            .filter_map(|question| question.authored.as_ref())
            .flat_map(|authored| &authored.fields);
        fields.into_iter().any(|field| field.control == Control::Picture)
    }

    /// The picture that a field says; `None` before one is chosen.
    fn chosen_picture(&self, field: &AuthoringField) -> Option<ChosenPicture> {
        let mut parts = field.value.split(' ');
        let hash = parts.next().filter(|hash| !hash.is_empty())?;
        Some(ChosenPicture {
            path: format!("{}/media/{hash}", self.frame.prefix()),
            width: parts.next()?.parse().ok()?,
            height: parts.next()?.parse().ok()?,
        })
    }

    fn field_label(&self, field: &AuthoringField) -> String {
        let key = format!("authoring-field-{}", kebab(field.key));
        self.frame.t.get(&key).into_owned()
    }

    // Lines have a notation, which the hint shows by an example.
    fn field_hint(&self, authored: &Authored, field: &AuthoringField) -> String {
        match field.control {
            // the same of every type
            Control::Lines if field.key.starts_with("part") => {
                let key = format!("authoring-hint-{}", kebab(field.key));
                self.frame.t.get(&key).into_owned()
            }
            Control::Lines | Control::Program => {
                let key = format!(
                    "authoring-hint-{}-{}",
                    kebab(&authored.type_name),
                    kebab(field.key)
                );
                self.frame.t.get(&key).into_owned()
            }
            _ => String::new(),
        }
    }

    fn choice_words(&self, field: &AuthoringField, choice: &str) -> String {
        let key = format!("authoring-choice-{}-{}", kebab(field.key), kebab(choice));
        self.frame.t.get(&key).into_owned()
    }

    /// What is wrong at a field, as one line; empty when nothing is.
    fn error(&self, field: &str) -> String {
        let at_field = self.problems.iter().filter(|problem| problem.field == field);
        at_field
            .map(|problem| problem.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether the rules about time are opened.
    fn timing_is_open(&self) -> bool {
        let fields = ["grace", "wait_first", "wait_later", "password", "pass"];
        let is_wrong = |problem: &FieldProblem| fields.contains(&problem.field.as_str());
        !self.rules.timing.is_usual() || self.problems.iter().any(is_wrong)
    }

    fn edit(&self) -> String {
        format!("{}/edit", self.path)
    }

    /// Where a button leads after the form was changed: the same page at this part.
    fn at(&self, part: &str) -> String {
        format!("{}/edit#{part}", self.path)
    }

    fn on(&self, question: &Question) -> String {
        self.at(&format!("q{}", question.number))
    }

    fn before(&self, question: &Question) -> String {
        self.at(&format!("q{}", question.number.saturating_sub(1)))
    }

    fn after(&self, question: &Question) -> String {
        self.at(&format!("q{}", question.number + 1))
    }

    fn behind_all(&self) -> String {
        self.at(&format!("q{}", self.questions.len() + 1))
    }

    fn language(&self) -> &str {
        let current = self.languages.iter().find(|language| language.current);
        current.map_or("", |language| language.tag.as_str())
    }

    fn option_label(&self, question: &Question, option: &QuestionOption) -> String {
        question.option_label(self.frame.t, option)
    }

    fn feedback_label(&self, question: &Question, option: &QuestionOption) -> String {
        let label = question.option_label(self.frame.t, option);
        self.frame.t.with("quiz-feedback-of", "option", label).to_string()
    }

    // Hints are folded away while there are none.
    fn tries_are_open(&self, question: &Question) -> bool {
        let fields = [question.id("hints"), question.id("penalty")];
        let is_wrong = |problem: &FieldProblem| fields.contains(&problem.field);
        question.tries.is_written() || self.problems.iter().any(is_wrong)
    }

    // Weights are folded away while there are none.
    fn weights_are_open(&self, question: &Question) -> bool {
        let weighs = |option: &QuestionOption| {
            let field = question.option_id(option, "weight");
            !option.weight.is_empty() || !self.error(&field).is_empty()
        };
        let wrong = question.id("wrong");
        !question.wrong.is_empty() || !self.error(&wrong).is_empty() || question.options.iter().any(weighs)
    }

    // Feedback is folded away while there is none.
    fn feedback_is_open(&self, question: &Question) -> bool {
        let is_feedback = |problem: &FieldProblem| {
            problem.question == Some(question.number) && problem.field.ends_with("_feedback")
        };
        question.has_feedback() || self.problems.iter().any(is_feedback)
    }
}

impl Page for Editor {
    const NAME: &'static str = "quiz/editor";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        sample::editors(language)
    }
}
