//! Authoring: the parts of a question as a few plain fields, mostly lines, that
//! an author types on any device: `Dao tiện = Tiện mặt ngoài` for a pair, one
//! line per step of an order, `[[word]]` for a gap. One file below `authoring/`
//! for each family of types; each says its notation.
//!
//! Only the edited language is replaced; ids and the words of other languages
//! stay with the line that they belong to (`kept`).
//!
//! Left out on purpose: stem, points and feedback, which every question has; the
//! options of choice questions, which have fields of their own; files; labels
//! and hints of the fields (`ui`); and whether the question can be published
//! ([`check_draft`](crate::check_draft)).

mod gap_kinds;
mod kept;
mod line;
mod notes;
mod on_picture;
mod open;
mod placing;
mod rating;
mod text_gaps;
mod typed;

use std::collections::BTreeMap;

use crate::interaction::Interaction;
use crate::number::{format_number, read_number};

pub use kept::Typed;

/// One field of a question's form.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthoringField {
    /// Its key, unique in the question: `pairs`.
    pub key: &'static str,
    /// How it is filled in.
    pub control: Control,
    /// What stands in it; "on" or "" for a box.
    pub value: String,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Several lines of words.
    Lines,
    /// A program or another text whose columns matter.
    Program,
    /// One line of words.
    Line,
    /// A number as the language writes it; may be empty.
    Number,
    /// A box to tick.
    Check,
    /// One of these keys.
    Select(&'static [&'static str]),
    /// A picture, chosen by a file: `hash width height`; empty for none.
    Picture,
}

/// What is wrong with what was typed, so that it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthoringProblem {
    /// The field's key.
    pub field: &'static str,
    /// The line in it, counted from 1; `None` for the field as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: AuthoringProblemKind,
}

/// The problems that typed fields can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthoringProblemKind {
    /// A line lacks the `=` between its two sides, or one of the sides.
    NoPair,
    /// A line has more `=` than it can have.
    TooManySides,
    /// A `[[` is never closed.
    UnclosedGap,
    /// Nothing stands between `[[` and `]]`.
    EmptyGap,
    /// A line names a column that is not there.
    UnknownColumn,
    /// A line says no place in a picture, or one of a shape that cannot stand there.
    NoPlace,
    /// A line speaks of a part that is not there.
    UnknownPart,
    /// No number, or none of the kind that is wanted.
    NotANumber,
}

impl AuthoringProblemKind {
    /// Every kind, for a test that each has its words.
    pub const ALL: &[Self] = &[
        Self::NoPair,
        Self::TooManySides,
        Self::UnclosedGap,
        Self::EmptyGap,
        Self::UnknownColumn,
        Self::NoPlace,
        Self::UnknownPart,
        Self::NotANumber,
    ];

    /// The stable key, in kebab case.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoPair => "no-pair",
            Self::TooManySides => "too-many-sides",
            Self::UnclosedGap => "unclosed-gap",
            Self::EmptyGap => "empty-gap",
            Self::UnknownColumn => "unknown-column",
            Self::NoPlace => "no-place",
            Self::UnknownPart => "unknown-part",
            Self::NotANumber => "not-a-number",
        }
    }
}

/// The types that are written in this way, by their names in JSON.
pub const AUTHORED_TYPES: &[&str] = &[
    "short_text",
    "numerical",
    "calculated",
    "matching",
    "ordering",
    "cloze",
    "select_missing_words",
    "hottext",
    "program_gaps",
    "matrix",
    "associate",
    "slider",
    "likert",
    "essay",
    "upload",
    "drag_onto_image",
    "mark_spot",
    "graphic_order",
    "information",
];

/// Whether a field's lines are words that students read, so that a picture or sound
/// (Markdown of a `media:` address) can stand in them.
pub fn takes_media(type_name: &str, key: &str) -> bool {
    matches!(
        (type_name, key),
        ("matching", "pairs" | "distractors")
            | ("ordering", "pieces")
            | ("associate", "links")
            | ("matrix", "columns" | "rows")
            | ("likert", "statements" | "scale")
            | ("drag_onto_image", "zones" | "distractors")
            | ("cloze" | "select_missing_words" | "hottext", "text")
    )
}

/// A question of a type without any words; `None` for a type that is not
/// written in this way.
pub fn blank_of(type_name: &str) -> Option<Interaction> {
    Some(match type_name {
        "short_text" => Interaction::ShortText(typed::blank_short_text()),
        "numerical" => Interaction::Numerical(typed::blank_numerical()),
        "calculated" => Interaction::Calculated(typed::blank_calculated()),
        "cloze" => Interaction::Cloze(gap_kinds::blank_cloze()),
        "program_gaps" => Interaction::ProgramGaps(gap_kinds::blank_program()),
        "matching" => Interaction::Matching(placing::blank_matching()),
        "ordering" => Interaction::Ordering(placing::blank_ordering()),
        "associate" => Interaction::Associate(placing::blank_associate()),
        "select_missing_words" => Interaction::SelectMissingWords(text_gaps::blank_missing_words()),
        "hottext" => Interaction::Hottext(text_gaps::blank_hottext()),
        "matrix" => Interaction::Matrix(rating::blank_matrix()),
        "slider" => Interaction::Slider(rating::blank_slider()),
        "likert" => Interaction::Likert(rating::blank_likert()),
        "essay" => Interaction::Essay(open::blank_essay()),
        "upload" => Interaction::Upload(open::blank_upload()),
        "drag_onto_image" => Interaction::DragOntoImage(on_picture::blank_drag()),
        "mark_spot" => Interaction::MarkSpot(on_picture::blank_mark_spot()),
        "graphic_order" => Interaction::GraphicOrder(on_picture::blank_graphic_order()),
        "information" => Interaction::Information(crate::interaction::Information {}),
        _ => return None,
    })
}

/// The fields of a question as an author of this language finds them; `None` for
/// a type that is not written in this way.
pub fn authoring_fields(interaction: &Interaction, language: &str) -> Option<Vec<AuthoringField>> {
    Some(match interaction {
        Interaction::ShortText(kind) => typed::short_text_fields(kind, language),
        Interaction::Numerical(kind) => typed::numerical_fields(kind, language),
        Interaction::Calculated(kind) => typed::calculated_fields(kind, language),
        Interaction::Cloze(kind) => gap_kinds::cloze_fields(kind, language),
        Interaction::ProgramGaps(kind) => gap_kinds::program_fields(kind, language),
        Interaction::Matching(kind) => placing::matching_fields(kind, language),
        Interaction::Ordering(kind) => placing::ordering_fields(kind, language),
        Interaction::Associate(kind) => placing::associate_fields(kind, language),
        Interaction::SelectMissingWords(kind) => text_gaps::missing_words_fields(kind, language),
        Interaction::Hottext(kind) => text_gaps::hottext_fields(kind, language),
        Interaction::Matrix(kind) => rating::matrix_fields(kind, language),
        Interaction::Slider(kind) => rating::slider_fields(kind, language),
        Interaction::Likert(kind) => rating::likert_fields(kind, language),
        Interaction::Essay(kind) => open::essay_fields(kind, language),
        Interaction::Upload(kind) => open::upload_fields(kind, language),
        Interaction::DragOntoImage(kind) => on_picture::drag_fields(kind, language),
        Interaction::MarkSpot(kind) => on_picture::mark_spot_fields(kind, language),
        Interaction::GraphicOrder(kind) => on_picture::graphic_order_fields(kind, language),
        Interaction::Information(_) => Vec::new(),
        _ => return None,
    })
}

/// The question that typed fields say, over the saved one (or a [`blank_of`] one of
/// its type), and what could not be read, for which it has what was saved or
/// leaves the line out. A type that is not written in this way stays as it is.
pub fn authored(
    saved: &Interaction,
    fields: &BTreeMap<String, String>,
    how: Typed<'_>,
) -> (Interaction, Vec<AuthoringProblem>) {
    let mut reader = Reader {
        fields,
        how,
        problems: Vec::new(),
    };
    let interaction = match saved {
        Interaction::ShortText(kind) => Interaction::ShortText(typed::read_short_text(kind, &mut reader)),
        Interaction::Numerical(kind) => Interaction::Numerical(typed::read_numerical(kind, &mut reader)),
        Interaction::Calculated(kind) => Interaction::Calculated(typed::read_calculated(kind, &mut reader)),
        Interaction::Cloze(kind) => Interaction::Cloze(gap_kinds::read_cloze(kind, &mut reader)),
        Interaction::ProgramGaps(kind) => {
            Interaction::ProgramGaps(gap_kinds::read_program(kind, &mut reader))
        }
        Interaction::Matching(kind) => Interaction::Matching(placing::read_matching(kind, &mut reader)),
        Interaction::Ordering(kind) => Interaction::Ordering(placing::read_ordering(kind, &reader)),
        Interaction::Associate(kind) => Interaction::Associate(placing::read_associate(kind, &mut reader)),
        Interaction::SelectMissingWords(kind) => {
            Interaction::SelectMissingWords(text_gaps::read_missing_words(kind, &mut reader))
        }
        Interaction::Hottext(kind) => Interaction::Hottext(text_gaps::read_hottext(kind, &mut reader)),
        Interaction::Matrix(kind) => Interaction::Matrix(rating::read_matrix(kind, &mut reader)),
        Interaction::Slider(kind) => Interaction::Slider(rating::read_slider(kind, &mut reader)),
        Interaction::Likert(kind) => Interaction::Likert(rating::read_likert(kind, &reader)),
        Interaction::Essay(kind) => Interaction::Essay(open::read_essay(kind, &mut reader)),
        Interaction::Upload(kind) => Interaction::Upload(open::read_upload(kind, &mut reader)),
        Interaction::DragOntoImage(kind) => {
            Interaction::DragOntoImage(on_picture::read_drag(kind, &mut reader))
        }
        Interaction::MarkSpot(kind) => Interaction::MarkSpot(on_picture::read_mark_spot(kind, &mut reader)),
        Interaction::GraphicOrder(kind) => {
            Interaction::GraphicOrder(on_picture::read_graphic_order(kind, &mut reader))
        }
        other => other.clone(),
    };
    (interaction, reader.problems)
}

/// The typed fields, and what was wrong with them so far.
struct Reader<'a> {
    fields: &'a BTreeMap<String, String>,
    how: Typed<'a>,
    problems: Vec<AuthoringProblem>,
}

impl<'a> Reader<'a> {
    /// What was typed, with line ends as they should be; empty for a field that did not come.
    fn typed(&self, key: &str) -> String {
        let typed = self.fields.get(key).map(String::as_str).unwrap_or_default();
        text::nfc(&typed.replace("\r\n", "\n"))
    }

    fn is_on(&self, key: &str) -> bool {
        self.fields.get(key).is_some_and(|value| value == "on")
    }

    /// The words of each line that says something.
    fn lines(&self, key: &str) -> Vec<String> {
        let typed = self.typed(key);
        let words = |line: &line::Line<'_>| kept::one_line(&line::plain(line.source));
        line::lines(&typed).iter().map(words).collect()
    }

    /// A number, or `otherwise` when the field is empty or says none.
    fn number(&mut self, key: &'static str, otherwise: f64) -> f64 {
        let typed = self.typed(key);
        if typed.trim().is_empty() {
            return otherwise;
        }
        let read = read_number(&typed, self.how.language);
        read.settled(None).map(|number| number.value).unwrap_or_else(|| {
            self.problem(key, None, AuthoringProblemKind::NotANumber);
            otherwise
        })
    }

    fn problem(&mut self, field: &'static str, line: Option<usize>, kind: AuthoringProblemKind) {
        self.problems.push(AuthoringProblem { field, line, kind });
    }
}

fn field(key: &'static str, control: Control, value: impl Into<String>) -> AuthoringField {
    let value = value.into();
    AuthoringField { key, control, value }
}

fn check_field(key: &'static str, on: bool) -> AuthoringField {
    field(key, Control::Check, if on { "on" } else { "" })
}

fn number_field(key: &'static str, value: f64, language: &str) -> AuthoringField {
    field(key, Control::Number, format_number(value, language))
}

/// The one of these values that a key names, by the keys' order.
fn selected<T: Copy>(key: &str, keys: &[&str], values: &[T], otherwise: T) -> T {
    let at = keys.iter().position(|known| *known == key);
    at.and_then(|at| values.get(at).copied()).unwrap_or(otherwise)
}

fn key_of<T: PartialEq>(value: &T, keys: &[&'static str], values: &[T]) -> &'static str {
    let at = values.iter().position(|known| known == value);
    at.and_then(|at| keys.get(at).copied()).unwrap_or_default()
}
