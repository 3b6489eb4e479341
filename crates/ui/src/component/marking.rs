//! What a marker sees of one answer's mark: the form that decides on it, two
//! decisions that crossed, and who decided what before.

use askama::Template;

use super::reviewed::{ReviewedBody, ReviewedMarking, ReviewedPart, Verdict};
use crate::{Html, Texts, format};

/// The form of one decision. It posts `csrf`, `seen`, `points`, `comment`, `blind`
/// ("on") and one of `then` ("next", "stay"), `share` ("0", "0.5", "1"), `wish`
/// ("theirs", "own", "release"); `question` where `slot` says it.
#[derive(Debug, Clone, Template)]
#[template(path = "component/mark_form.html")]
pub struct MarkForm {
    /// The texts of the page.
    pub t: Texts,
    /// The session's token.
    pub csrf: String,
    /// Where it posts to.
    pub path: String,
    /// Sets its fields apart from those of other forms on the page.
    pub id: String,
    /// The question; empty where the path says it.
    pub slot: String,
    /// Points as they stand in the field.
    pub points: String,
    /// What can be reached, formatted.
    pub maximum: String,
    /// Half of it, formatted.
    pub half: String,
    /// To the student.
    pub comment: String,
    /// Up to which decision the page shows.
    pub seen: i64,
    /// Whether the others' decisions are hidden.
    pub is_blind: bool,
    /// Whether it is unfolded where it can be folded.
    pub is_open: bool,
    /// Whether the points were none.
    pub has_error: bool,
    /// Whether another answer comes next.
    pub has_next: bool,
    /// Whether a decision can be taken back.
    pub can_release: bool,
    /// What crossed with another marker's decision.
    pub crossed: Option<Crossed>,
    /// How far apart several markers lie: "2 điểm"; empty where nothing is to be settled.
    pub apart: String,
}

/// Two decisions that were made at once.
#[derive(Debug, Clone)]
pub struct Crossed {
    /// The reader's mark: "3/5".
    pub own: String,
    /// The reader's comment.
    pub own_comment: String,
    /// What stands instead.
    pub theirs: Vec<DecisionLine>,
}

/// The decisions on one answer, the first one first.
#[derive(Debug, Clone, Template)]
#[template(path = "component/decisions.html")]
pub struct DecisionList {
    /// The texts of the page.
    pub t: Texts,
    /// In their order.
    pub lines: Vec<DecisionLine>,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct DecisionLine {
    /// Whose; empty when not known here.
    pub by: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// "3/5"; empty for one that takes others back.
    pub mark: String,
    /// To the student; may be empty.
    pub comment: String,
    /// What sort of decision it is.
    pub kind: DecisionKind,
    /// Whether the mark goes by it.
    pub stands: bool,
    /// When, formatted.
    pub at: String,
}

/// What sort of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// Made in sight of those before.
    Open,
    /// Made without seeing them.
    Blind,
    /// It crossed with another one and counts for nothing.
    Crossed,
    /// It takes those before back.
    Released,
}

impl MarkForm {
    fn points_hint(&self) -> String {
        let of = self.t.with("marking-points-of", "maximum", self.maximum.as_str());
        of.to_string()
    }

    /// Filled for samples.
    pub(crate) fn sample(t: Texts) -> Self {
        Self {
            t,
            csrf: "token".to_owned(),
            path: "/s/1/marking/q7/0a1b2c".to_owned(),
            id: "mark".to_owned(),
            slot: String::new(),
            points: String::new(),
            maximum: format::number(t, 5.0),
            half: format::number(t, 2.5),
            comment: String::new(),
            seen: 0,
            is_blind: false,
            is_open: false,
            has_error: false,
            has_next: true,
            can_release: false,
            crossed: None,
            apart: String::new(),
        }
    }
}

impl Crossed {
    /// Filled for samples.
    pub(crate) fn sample(t: Texts) -> Self {
        Self {
            own: format::mark(t, 3.0, 5.0),
            own_comment: "Thiếu bước khóa nguồn điện.".to_owned(),
            theirs: DecisionLine::samples(t).into_iter().take(1).collect(),
        }
    }
}

impl DecisionLine {
    /// Filled for samples: one of each sort.
    pub(crate) fn samples(t: Texts) -> Vec<Self> {
        let line = |by: &str, points: f64, comment: &str, kind: DecisionKind, stands: bool| Self {
            by: by.to_owned(),
            is_own: by.is_empty(),
            mark: match kind {
                DecisionKind::Released => String::new(),
                _ => format::mark(t, points, 5.0),
            },
            comment: comment.to_owned(),
            kind,
            stands,
            at: "10:42".to_owned(),
        };
        let good = "Đúng thứ tự các bước, nhưng chưa nói tới kính bảo hộ.";
        vec![
            line("Trần Văn Hòa", 4.0, good, DecisionKind::Open, true),
            line("", 2.5, "Thiếu bước khóa nguồn.", DecisionKind::Blind, true),
            line("", 3.0, "", DecisionKind::Crossed, false),
            line("Hoàng Thị Mai", 0.0, "", DecisionKind::Released, false),
        ]
    }
}

impl super::Reviewed {
    /// An essay as its marker sees it, for samples.
    pub(crate) fn sample_essay(t: Texts) -> Self {
        let words = "Trước hết tôi tắt máy và khóa nguồn điện, vì trục chính có thể quay lại bất ngờ.\n\n\
            Sau đó tôi chờ trục dừng hẳn, đeo găng, nới dao bằng cờ lê và đặt dao cũ vào khay.";
        Self {
            t,
            number: 7,
            stimulus: None,
            stem: Html::trusted("<p>Mô tả các bước thay dao tiện an toàn và nêu lý do của từng bước.</p>"),
            mark: String::new(),
            verdict: Some(Verdict::Waiting),
            answered: true,
            body: ReviewedBody::Parts {
                picture: None,
                parts: vec![ReviewedPart {
                    given: Html::words(words),
                    is_long: true,
                    note: "38".to_owned(),
                    ..ReviewedPart::default()
                }],
            },
            feedback: Vec::new(),
            certainty: String::new(),
            history: Vec::new(),
            is_left_out: false,
            marking: ReviewedMarking::default(),
        }
    }
}
