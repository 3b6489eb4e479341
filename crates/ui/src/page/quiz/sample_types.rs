//! A filled question of each type without options, for tests and the gallery.

use std::collections::BTreeMap;

use assessment::{AUTHORED_TYPES, Typed, authored, authoring_fields, blank_of};

use super::behaviour::Tries;
use super::credit::ResultWordings;
use super::editor::{Authored, Question, QuestionKind};
use super::field::Wording;
use super::structure::TypedPlacing;
use crate::Language;

/// What is typed in each type: stem, and fields by their keys.
type Sample = (&'static str, &'static [(&'static str, &'static str)]);

pub(super) fn of_each_type(language: Language) -> Vec<Question> {
    let question = |(type_name, number): (&&str, usize)| {
        let (stem, typed) = typed(type_name);
        let fields: BTreeMap<String, String> = typed
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        let how = Typed {
            language: "vi",
            default_language: "vi",
        };
        let (interaction, _none) = authored(&blank_of(type_name)?, &fields, how);
        let fields = authoring_fields(&interaction, language.tag())?;
        Some(Question {
            number,
            slot: format!("slot-{number}"),
            from: String::new(),
            kind: QuestionKind::Authored,
            scoring: String::new(),
            wrong: String::new(),
            shuffle: false,
            points: "1".to_owned(),
            stem: Wording::new(stem),
            stimulus: String::new(),
            feedback: Wording::default(),
            result: ResultWordings::default(),
            options: Vec::new(),
            authored: Some(Authored {
                type_name: (*type_name).to_owned(),
                fields,
                is_marked: interaction.is_marked(),
                has_own_text: interaction.has_own_text(),
            }),
            tries: Tries::default(),
            placing: TypedPlacing::default(),
        })
    };
    AUTHORED_TYPES.iter().zip(1..).filter_map(question).collect()
}

fn typed(type_name: &str) -> Sample {
    match type_name {
        "short_text" => (
            "Dụng cụ nào đo đường kính ngoài chính xác đến 0,02 mm?",
            &[
                ("answers", "thước cặp\nthước * | 50 % | Thước nào?"),
                ("without_marks", "80"),
            ],
        ),
        "numerical" => (
            "Đường kính trên bản vẽ là bao nhiêu?",
            &[
                ("answers", "25,4 ± 0,1"),
                ("unit", "mm"),
                ("unit_typed", "required"),
            ],
        ),
        "calculated" => (
            "Tính tốc độ trục chính khi tiện phôi Ø{d} mm với vận tốc cắt {vc} m/min.",
            &[
                ("variables", "d = 20 .. 60 | 5\nvc = 80 .. 120 | 10"),
                ("answers", "1000*{vc}/(pi*{d}) ± 1 %"),
                ("shown_digits", "0"),
                ("variants", "100"),
                ("unit", "1/min"),
            ],
        ),
        "matching" => (
            "Ghép dụng cụ với công dụng.",
            &[
                (
                    "pairs",
                    "Thước cặp = đo đường kính\nPanme = đo chính xác\nCompa = lấy dấu",
                ),
                ("distractors", "đo góc"),
                ("shuffle", "on"),
            ],
        ),
        "ordering" => (
            "Sắp xếp các bước thay dao tiện.",
            &[
                ("pieces", "Tắt máy\nKhóa nguồn\nTreo biển báo\nThay dao"),
                ("order_scoring", "longest_run"),
            ],
        ),
        "cloze" => (
            "",
            &[(
                "text",
                "Dao [[*tiện | phay | bào]] lắp ở [[đài dao | ổ dao (50 %)]], dài [[=25,4 ± 0,1 mm]].",
            )],
        ),
        "select_missing_words" => (
            "",
            &[
                ("text", "Trước khi [[thay dao]] phải [[tắt máy]]."),
                ("distractors", "tăng tốc"),
            ],
        ),
        "hottext" => (
            "Việc nào bị cấm?",
            &[(
                "text",
                "[[*Đeo găng khi khoan]], [[đeo kính khi mài]], [[*đùa nghịch trong xưởng]].",
            )],
        ),
        "program_gaps" => (
            "Điền vào chương trình tiện.",
            &[(
                "program",
                "N10 G96 S180 M4\nN20 G00 X[[30]] Z2\nN30 [[G01 Z-40 F0.2]]\nN40 M30",
            )],
        ),
        "matrix" => (
            "Trang bị nào bắt buộc?",
            &[
                ("columns", "Bắt buộc\nNên có\nCấm"),
                ("rows", "Kính bảo hộ = Bắt buộc\nGăng tay khi khoan = Cấm"),
            ],
        ),
        "associate" => (
            "Nối từng đôi.",
            &[("links", "Bu lông = Đai ốc\nChốt = Lỗ\nLò xo")],
        ),
        "slider" => (
            "Kéo đến góc sau của dao tiện thép.",
            &[
                ("minimum", "0"),
                ("maximum", "20"),
                ("step", "1"),
                ("right", "8"),
                ("tolerance", "2"),
                ("unit", "°"),
            ],
        ),
        "likert" => (
            "Bạn thấy thế nào?",
            &[
                ("statements", "Tôi tự tin khi vận hành máy tiện."),
                ("scale", "Không đồng ý\nPhân vân\nĐồng ý"),
            ],
        ),
        _ => ("Đọc kỹ bản vẽ trước khi trả lời các câu sau.", &[]),
    }
}
