//! One question to be answered: a fieldset of radio buttons or checkboxes.

use askama::Template;

use crate::{Html, Texts};

/// A question on the attempt page. Its form fields, where `/` cannot stand in
/// an id: `answer/{slot}` (radio; the chosen option's id), `answer/{slot}/{option}`
/// (checkbox, "on"), `flag/{slot}` ("on"), and what the page showed when it was
/// made: `was/{slot}` (chosen ids with spaces between) and `was-flag/{slot}`
/// ("on" or ""). An entry is due only where a field differs from its `was`: so a
/// stale tab never undoes what another one saved.
#[derive(Debug, Clone, Template)]
#[template(path = "component/question.html")]
pub struct Question {
    /// The texts of the page.
    pub t: Texts,
    /// Counted from 1 in the order shown.
    pub number: usize,
    /// The slot's id.
    pub slot: String,
    /// What is asked.
    pub stem: Html,
    /// The points as words: "1 điểm"; empty shows none.
    pub points: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// In the order shown.
    pub options: Vec<QuestionOption>,
    /// Marked by the student to come back to.
    pub flagged: bool,
    /// When the answer was saved: "10:42"; empty before.
    pub saved_at: String,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// One option.
    Single,
    /// Any number of options.
    Several,
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

/// The words of an option of a true/false question whose author wrote none.
pub fn statement_option(t: Texts, is_true: bool) -> Html {
    let words = if is_true {
        t.get("quiz-true")
    } else {
        t.get("quiz-false")
    };
    Html::trusted(words)
}

impl Question {
    /// Whether any option is chosen.
    pub fn is_answered(&self) -> bool {
        self.options.iter().any(|option| option.chosen)
    }

    /// The chosen options' ids with spaces between.
    fn chosen(&self) -> String {
        let ids = self
            .options
            .iter()
            .filter(|option| option.chosen)
            .map(|option| option.id.as_str());
        ids.collect::<Vec<_>>().join(" ")
    }

    /// Filled for samples: number 1 is answered, 3 is flagged, each fourth takes several.
    pub(crate) fn sample(t: Texts, number: usize) -> Self {
        let stems = [
            "Trước khi thay dao tiện, việc nào phải làm <strong>đầu tiên</strong>?",
            "Đeo găng tay khi vận hành máy khoan là an toàn.",
            "Khi thấy phoi thép quấn vào mâm cặp, người thợ cần làm gì?",
            "Những trang bị nào là bắt buộc khi mài hai đá? (Chọn tất cả phương án đúng.)",
        ];
        let stem = stems.iter().cycle().nth(number - 1).unwrap_or(&"");
        let texts = [
            "Tắt máy, rút phích hoặc khóa nguồn và chờ trục chính dừng hẳn",
            "Hạ tốc độ quay rồi dùng tay giữ mâm cặp",
            "Kính bảo hộ và giày mũi thép",
            "Nhờ bạn bên cạnh bấm nút dừng khẩn cấp khi cần",
        ];
        let options = texts
            .iter()
            .zip(["a", "b", "c", "d"])
            .map(|(text, id)| QuestionOption {
                id: id.to_owned(),
                text: Html::trusted(*text),
                chosen: number == 1 && id == "a",
            });
        Self {
            t,
            number,
            slot: format!("slot-{number}"),
            stem: Html::trusted(format!("<p>{stem}</p>")),
            points: t.with("attempt-points", "points", "1").to_string(),
            kind: if number.is_multiple_of(4) {
                QuestionKind::Several
            } else {
                QuestionKind::Single
            },
            options: options.collect(),
            flagged: number == 3,
            saved_at: if number == 1 {
                "10:42".to_owned()
            } else {
                String::new()
            },
        }
    }
}
