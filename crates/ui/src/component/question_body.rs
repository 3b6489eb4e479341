//! How a question is answered on the page: each body is a plain form that is
//! whole without a script. Names of fields are what stands behind
//! `answer/{slot}/`, and empty for `answer/{slot}` itself; `assessment` says
//! which ones a type reads.

use super::upload::Upload;
use crate::Html;

/// The fields of a question.
#[derive(Debug, Clone)]
pub enum QuestionBody {
    /// Radio buttons, or checkboxes.
    Options(Options),
    /// Rows of a label and select boxes: matching, ordering, labels on a picture.
    Selects(Selects),
    /// A text with fields in it.
    Inline(Vec<InlinePart>),
    /// A program in lines, with fields in it.
    Program(Vec<Vec<InlinePart>>),
    /// One field for a word, a sentence or a number.
    Line(Line),
    /// A long text.
    Essay(Essay),
    /// A table of radio buttons or checkboxes; groups on a phone.
    Matrix(Matrix),
    /// Marks in a picture.
    Spots(Spots),
    /// A number on a scale.
    Slider(Slider),
    /// Files.
    Upload(Upload),
    /// Nothing: the stem is only read.
    Information,
}

/// Options to choose from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether any number of them can be chosen: `answer/{slot}/{option}`, "on".
    /// Otherwise one: `answer/{slot}`, the option's id.
    pub several: bool,
    /// In the order shown.
    pub options: Vec<QuestionOption>,
}

/// One option of a question.
#[derive(Debug, Clone)]
pub struct QuestionOption {
    /// Its id, unique in the question.
    pub id: String,
    /// What the student reads.
    pub text: Html,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Rows of select boxes.
#[derive(Debug, Clone, Default)]
pub struct Selects {
    /// How it is done, as a sentence; empty shows none.
    pub hint: String,
    /// What the rows refer to.
    pub picture: Option<Picture>,
    /// What the choices' letters stand for, where a select box cannot show it.
    pub legend: Vec<LegendEntry>,
    /// In the order shown.
    pub rows: Vec<SelectRow>,
    /// Whether a choice stands in one row only.
    pub once: bool,
}

impl Selects {
    /// Whether the script offers to drag the choices as well: onto a picture, or
    /// into an order. Choices that are more than words stay in their legend.
    #[must_use]
    pub fn has_dragging(&self) -> bool {
        (self.once || self.picture.is_some()) && self.legend.is_empty()
    }
}

/// A picture of a question.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its address.
    pub path: String,
    /// What it shows, in words.
    pub alternative: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Numbers on it: what each says and where its middle is.
    pub signs: Vec<PictureSign>,
}

/// A number on a picture.
#[derive(Debug, Clone)]
pub struct PictureSign {
    /// What stands on it.
    pub label: String,
    /// Its middle, in the picture's pixels.
    pub x: u32,
    /// Its middle, in the picture's pixels.
    pub y: u32,
}

/// A choice that is more than plain words.
#[derive(Debug, Clone)]
pub struct LegendEntry {
    /// "A".
    pub letter: String,
    /// What it stands for.
    pub text: Html,
}

/// What select boxes stand beside.
#[derive(Debug, Clone)]
pub struct SelectRow {
    /// What the student reads.
    pub label: Html,
    /// One, or two that belong together.
    pub selects: Vec<Select>,
}

/// A select box. Its empty first choice says "choose".
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// The field.
    pub field: String,
    /// What it is called where no row says so: "Chỗ trống 2".
    pub label: String,
    /// In the order shown.
    pub choices: Vec<SelectChoice>,
    /// The value of the chosen one; empty for none.
    pub chosen: String,
}

/// One choice of a select box.
#[derive(Debug, Clone)]
pub struct SelectChoice {
    /// What is sent.
    pub value: String,
    /// What the student reads, without markup.
    pub label: String,
}

/// A piece of a text with fields in it. Pieces of HTML may begin or end within
/// an element.
#[derive(Debug, Clone)]
pub enum InlinePart {
    /// What is read.
    Text(Html),
    /// A field to type in.
    Input(Line),
    /// A field to choose in.
    Select(Select),
    /// Words that can be ticked.
    Passage(Passage),
}

/// Words in a text that can be ticked: the field's value is "on".
#[derive(Debug, Clone)]
pub struct Passage {
    /// The field.
    pub field: String,
    /// The words.
    pub text: Html,
    /// Whether they are ticked.
    pub chosen: bool,
}

/// A field of one line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The field.
    pub field: String,
    /// What it is called: "Câu trả lời của bạn", "Chỗ trống 2".
    pub label: String,
    /// What was typed.
    pub value: String,
    /// How many letters it shows.
    pub size: usize,
    /// Where a number is typed: how it is read.
    pub number: Option<NumberField>,
}

/// How a typed number is read.
#[derive(Debug, Clone, Default)]
pub struct NumberField {
    /// The language that rules it: "vi".
    pub language: String,
    /// The unit that stands beside the field; empty for none.
    pub unit: String,
    /// What the server reads: "12,5 mm"; empty for nothing or no number.
    pub reading: String,
    /// Whether something was typed that is no number.
    pub is_unreadable: bool,
    /// Two readings to choose from, where what was typed has two.
    pub meant: Vec<MeantChoice>,
    /// The field that says which is meant.
    pub meant_field: String,
}

/// One of two readings of a number.
#[derive(Debug, Clone)]
pub struct MeantChoice {
    /// What is sent.
    pub value: String,
    /// The number: "1,234 mm".
    pub label: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// A picture in which spots are marked by their coordinates: `{number}.x` and
/// `{number}.y`, in its pixels. The script adds marking by a tap.
#[derive(Debug, Clone)]
pub struct Spots {
    /// The picture with the marks that are set.
    pub picture: Picture,
    /// As many as can be set.
    pub marks: Vec<SpotMark>,
}

/// One mark.
#[derive(Debug, Clone)]
pub struct SpotMark {
    /// Counted from 1.
    pub number: usize,
    /// To the right; empty for none.
    pub x: String,
    /// Down; empty for none.
    pub y: String,
}

/// A long text.
#[derive(Debug, Clone, Default)]
pub struct Essay {
    /// The field.
    pub field: String,
    /// What was typed.
    pub value: String,
    /// How many lines it shows.
    pub lines: usize,
    /// "Từ 100 đến 200 từ"; empty without limits.
    pub limits: String,
    /// How many words were saved.
    pub words: usize,
}

/// A table whose cells can be ticked.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// Whether a row takes several ticks: `answer/{slot}/{row}/{column}`, "on".
    /// Otherwise one: `answer/{slot}/{row}`, the column's id.
    pub several: bool,
    /// What the columns mean.
    pub columns: Vec<MatrixColumn>,
    /// In the order shown.
    pub rows: Vec<MatrixRow>,
}

/// One column.
#[derive(Debug, Clone)]
pub struct MatrixColumn {
    /// Its id.
    pub id: String,
    /// What the student reads.
    pub text: Html,
}

/// One row.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    /// Its id.
    pub id: String,
    /// What the student reads.
    pub text: Html,
    /// The ids of the ticked columns.
    pub chosen: Vec<String>,
}

/// A number on a scale. The number's field is the form; the script adds the slider.
#[derive(Debug, Clone, Default)]
pub struct Slider {
    /// The field.
    pub field: String,
    /// The smallest value, as HTML writes numbers: "0.5".
    pub min: String,
    /// The largest value.
    pub max: String,
    /// From one value to the next.
    pub step: String,
    /// What was set; empty before.
    pub value: String,
    /// Where it ends, as the page's language writes it: "0,5".
    pub min_label: String,
    /// Where it ends.
    pub max_label: String,
    /// The unit behind the value; empty for none.
    pub unit: String,
}

impl QuestionBody {
    /// Whether any field is filled.
    pub fn is_answered(&self) -> bool {
        match self {
            Self::Options(body) => body.options.iter().any(|option| option.chosen),
            Self::Selects(body) => body
                .rows
                .iter()
                .flat_map(|row| &row.selects)
                .any(Select::is_chosen),
            Self::Inline(parts) => parts.iter().any(InlinePart::is_filled),
            Self::Program(lines) => lines.iter().flatten().any(InlinePart::is_filled),
            Self::Line(line) => !line.value.is_empty(),
            Self::Essay(essay) => !essay.value.is_empty(),
            Self::Matrix(body) => body.rows.iter().any(|row| !row.chosen.is_empty()),
            Self::Spots(spots) => spots.marks.iter().any(|mark| !mark.x.is_empty()),
            Self::Slider(slider) => !slider.value.is_empty(),
            Self::Upload(upload) => !upload.files.is_empty(),
            Self::Information => false,
        }
    }
}

impl Picture {
    /// The radius of a sign: large enough on a phone, where the picture is small.
    pub(crate) fn sign_radius(&self) -> u32 {
        (self.width / 24).max(8)
    }

    pub(crate) fn grid_across(&self) -> Vec<u32> {
        self.grid(self.width)
    }

    pub(crate) fn grid_down(&self) -> Vec<u32> {
        self.grid(self.height)
    }

    // Where lines of a grid stand, some ten from side to side.
    fn grid(&self, side: u32) -> Vec<u32> {
        let tenth = self.width.max(self.height) / 10;
        let step = [10, 20, 50, 100, 200, 500, 1_000]
            .into_iter()
            .find(|step| *step >= tenth);
        let step = step.unwrap_or(1_000);
        (1..=side / step)
            .map(|line| line * step)
            .filter(|line| *line < side)
            .collect()
    }
}

impl InlinePart {
    fn is_filled(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Input(line) => !line.value.is_empty(),
            Self::Select(select) => select.is_chosen(),
            Self::Passage(passage) => passage.chosen,
        }
    }
}

impl Select {
    fn is_chosen(&self) -> bool {
        !self.chosen.is_empty()
    }
}

impl MatrixRow {
    pub(crate) fn is_chosen(&self, column: &MatrixColumn) -> bool {
        self.chosen.contains(&column.id)
    }
}
