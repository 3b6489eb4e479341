//! Questions of every body, answered and reviewed, for the gallery and its tests.

use super::question::{Gate, Question, Stimulus};
use super::question_body::{
    Essay, InlinePart, LegendEntry, Line, Matrix, MatrixColumn, MatrixRow, MeantChoice, NumberField, Options,
    Passage, Picture, PictureSign, QuestionBody, QuestionOption, Select, SelectChoice, SelectRow, Selects,
    Slider, SpotMark, Spots,
};
use super::reviewed::{
    Reviewed, ReviewedBody, ReviewedInline, ReviewedMarking, ReviewedOption, ReviewedPart, Verdict,
};
use super::upload::{Upload, UploadedFile};
use crate::{Html, Texts, format};

impl Question {
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
        let options = texts.iter().zip(["a", "b", "c", "d"]);
        let options = options.map(|(text, id)| QuestionOption {
            id: id.to_owned(),
            text: Html::trusted(*text),
            chosen: number == 1 && id == "a",
        });
        let body = QuestionBody::Options(Options {
            several: number.is_multiple_of(4),
            options: options.collect(),
        });
        Self {
            flagged: number == 3,
            was: if number == 1 { r#"{"choice":["a"]}"# } else { "" }.to_owned(),
            refused: String::new(),
            saved_at: if number == 1 { "10:42" } else { "" }.to_owned(),
            ..of(t, number, stem, body)
        }
    }

    /// One question of each body, after a block that is only read.
    pub(crate) fn samples(t: Texts) -> Vec<Self> {
        let reading = of(
            t,
            1,
            "Phần B: bản vẽ và chế độ cắt. Được dùng máy tính cầm tay.",
            QuestionBody::Information,
        );
        let mut samples = vec![reading];
        let bodies = [
            ("Dụng cụ nào đo đường kính ngoài chính xác đến 0,01 mm?", line(t)),
            (
                "Tính tốc độ trục chính cho d = 40 mm, vc = 80 m/min.",
                number_line(t),
            ),
            ("Tính đường kính lớn nhất cho phép của trục.", unread_line(t)),
            ("Ghép mỗi dụng cụ với công dụng của nó.", matching()),
            ("Xếp các bước thay đá mài theo thứ tự.", ordering(t)),
            ("", QuestionBody::Inline(cloze(t))),
            (
                "Đánh dấu những chỗ sai trong quy trình.",
                QuestionBody::Inline(passages()),
            ),
            ("Mỗi phát biểu sau đúng hay sai?", matrix(false)),
            ("Vật liệu nào hợp với phương pháp nào?", matrix(true)),
            ("Ước lượng độ nhám Ra của bề mặt sau khi mài tinh.", slider()),
            (
                "Điền vào các chỗ trống của chương trình.",
                QuestionBody::Program(program(t)),
            ),
            ("Đường kính d = 1234 mm viết thế nào?", ambiguous_line(t)),
            ("Đánh dấu lưỡi cắt bị mòn.", spots()),
            ("Mô tả cách bạn kiểm tra máy trước ca làm việc.", essay(t)),
            (
                "Chụp ảnh mối ren bạn vừa tiện.",
                QuestionBody::Upload(Upload::sample(t)),
            ),
        ];
        for ((stem, body), number) in bodies.into_iter().zip(1..) {
            samples.push(of(t, number, stem, body));
        }
        if let Some(first) = samples.get_mut(2) {
            first.stimulus = Some(stimulus());
        }
        samples
    }
}

impl Reviewed {
    /// Filled for samples, in three states by number.
    pub(crate) fn sample(t: Texts, number: usize) -> Self {
        let question = Question::sample(t, number);
        let (verdict, chosen) = match number % 3 {
            1 => (Verdict::Right, Some(0)),
            2 => (Verdict::Wrong, Some(1)),
            _ => (Verdict::Wrong, None),
        };
        let options = match question.body {
            QuestionBody::Options(body) => body.options,
            _ => Vec::new(),
        };
        let options = options.into_iter().enumerate().map(|(index, option)| ReviewedOption {
            text: option.text,
            chosen: chosen == Some(index),
            right: Some(index == 0),
            feedback: if chosen == Some(index) {
                Html::trusted("<p>Xem lại quy trình khóa nguồn ở bài 2: máy phải dừng hẳn trước khi chạm vào dao.</p>")
            } else {
                Html::default()
            },
        });
        let body = ReviewedBody::Options {
            several: false,
            options: options.collect(),
        };
        Self {
            mark: if verdict == Verdict::Right { "1/1" } else { "0/1" }.to_owned(),
            verdict: Some(verdict),
            answered: chosen.is_some(),
            ..reviewed(t, number, "", body)
        }
        .asking(question.stem)
    }

    /// One question of each body.
    pub(crate) fn samples(t: Texts) -> Vec<Self> {
        let gap = |given: &str, verdict, right: &str| {
            ReviewedInline::Gap(part("Chỗ trống 1", given, Some(verdict), right))
        };
        let words = |words: &str| ReviewedInline::Text(Html::trusted(words));
        let read = ReviewedPart {
            note: t.with("attempt-read-as", "value", "636,6 1/min").to_string(),
            ..part("", "636,6", Some(Verdict::Right), "")
        };
        let matching = vec![
            part("Thước cặp", "Đo độ sâu rãnh", Some(Verdict::Right), ""),
            part(
                "Panme",
                "Kiểm tra độ phẳng",
                Some(Verdict::Wrong),
                "Đo đường kính ngoài đến 0,01 mm",
            ),
            part("Đồng hồ so", "", Some(Verdict::Wrong), "Đo độ đảo"),
        ];
        let essay = ReviewedPart {
            is_long: true,
            note: t.with("attempt-words", "count", 9).to_string(),
            ..part("", "Kiểm tra dầu.\n\nKiểm tra nút dừng khẩn cấp.", None, "")
        };
        let passage = |text: &str, chosen, right| {
            ReviewedInline::Passage(ReviewedOption {
                text: Html::trusted(text),
                chosen,
                right: Some(right),
                feedback: Html::default(),
            })
        };
        let cloze = vec![
            words("<p>Thép C45 chứa khoảng "),
            gap("0,45", Verdict::Right, ""),
            words(" % cacbon và thuộc loại thép "),
            gap("gió", Verdict::Wrong, "cacbon"),
            words(".</p>"),
        ];
        let hottext = vec![
            words("<p>Bật máy, "),
            passage("đeo găng tay", true, true),
            words(", chọn dao, "),
            passage("kẹp chặt phôi", true, false),
            words(" rồi "),
            passage("để chìa khóa trên mâm cặp", false, true),
            words(".</p>"),
        ];
        let program = vec![
            vec![words("N10 G90 G54")],
            vec![words("N20 "), gap("G1 X25,5", Verdict::Right, ""), words(" F0.2")],
            vec![words("N30 "), gap("", Verdict::Wrong, "M30")],
        ];
        let parts = |parts| ReviewedBody::Parts { picture: None, parts };
        let shown = [
            ("", ReviewedBody::Information, None),
            ("Tính tốc độ trục chính.", parts(vec![read]), Some(Verdict::Right)),
            (
                "Ghép mỗi dụng cụ với công dụng của nó.",
                parts(matching),
                Some(Verdict::Partly),
            ),
            ("", ReviewedBody::Inline(cloze), Some(Verdict::Partly)),
            (
                "Đánh dấu những chỗ sai.",
                ReviewedBody::Inline(hottext),
                Some(Verdict::Partly),
            ),
            (
                "Điền vào chương trình.",
                ReviewedBody::Program(program),
                Some(Verdict::Partly),
            ),
            (
                "Mô tả cách kiểm tra máy.",
                parts(vec![essay]),
                Some(Verdict::Waiting),
            ),
            (
                "Chụp ảnh mối ren bạn vừa tiện.",
                ReviewedBody::Files(UploadedFile::samples()),
                Some(Verdict::Waiting),
            ),
        ];
        let question = |((stem, body, verdict), number): ((&str, ReviewedBody, _), usize)| Self {
            verdict,
            mark: if verdict == Some(Verdict::Waiting) {
                ""
            } else {
                "0,5/1"
            }
            .to_owned(),
            feedback: vec![Html::trusted("<p>Xem lại bài 3.</p>")],
            ..reviewed(t, number.max(1), stem, body)
        };
        shown.into_iter().zip(0..).map(question).collect()
    }

    fn asking(self, stem: Html) -> Self {
        Self { stem, ..self }
    }
}

fn of(t: Texts, number: usize, stem: &str, body: QuestionBody) -> Question {
    let stem = match stem {
        "" => String::new(),
        stem => format!("<p>{stem}</p>"),
    };
    Question {
        t,
        number,
        slot: format!("slot-{number}"),
        stimulus: None,
        stem: Html::trusted(stem),
        points: t.with("attempt-points", "points", "1").to_string(),
        body,
        was: String::new(),
        certainty: None,
        check: None,
        gate: Gate::default(),
        flagged: false,
        refused: String::new(),
        saved_at: String::new(),
        is_exercise: false,
    }
}

fn reviewed(t: Texts, number: usize, stem: &str, body: ReviewedBody) -> Reviewed {
    Reviewed {
        t,
        number,
        stimulus: None,
        stem: Html::trusted(match (stem, &body) {
            ("", ReviewedBody::Information) => "<p>Phần B: bản vẽ và chế độ cắt.</p>".to_owned(),
            ("", _) => String::new(),
            (stem, _) => format!("<p>{stem}</p>"),
        }),
        mark: String::new(),
        verdict: None,
        is_left_out: false,
        answered: true,
        body,
        feedback: Vec::new(),
        certainty: String::new(),
        history: Vec::new(),
        marking: ReviewedMarking::default(),
    }
}

fn part(label: &str, given: &str, verdict: Option<Verdict>, right: &str) -> ReviewedPart {
    ReviewedPart {
        label: Html::trusted(label),
        given: Html::trusted(given),
        verdict,
        right: Html::trusted(right),
        ..ReviewedPart::default()
    }
}

fn stimulus() -> Stimulus {
    Stimulus {
        title: "Trục bậc, bản vẽ TR-07".to_owned(),
        text: Html::trusted("<p>Vật liệu C45, đường kính 40 h7, dài 180 mm.</p>"),
        from: 2,
        to: 3,
    }
}

fn choices(labels: &[&str]) -> Vec<SelectChoice> {
    let choice = |(label, value): (&&str, usize)| SelectChoice {
        value: value.to_string(),
        label: (*label).to_owned(),
    };
    labels.iter().zip(1..).map(choice).collect()
}

fn select(field: &str, label: &str, labels: &[&str], chosen: &str) -> Select {
    Select {
        field: field.to_owned(),
        label: label.to_owned(),
        choices: choices(labels),
        chosen: chosen.to_owned(),
    }
}

fn line(t: Texts) -> QuestionBody {
    QuestionBody::Line(Line {
        label: t.get("attempt-your-text").to_string(),
        value: "panme".to_owned(),
        size: 30,
        ..Line::default()
    })
}

fn number_line(t: Texts) -> QuestionBody {
    QuestionBody::Line(Line {
        label: t.get("attempt-your-text").to_string(),
        value: "636,6".to_owned(),
        size: 12,
        number: Some(NumberField {
            language: t.language().tag().to_owned(),
            unit: "1/min".to_owned(),
            reading: format!("{} 1/min", format::number(t, 636.6)),
            ..NumberField::default()
        }),
        ..Line::default()
    })
}

fn unread_line(t: Texts) -> QuestionBody {
    QuestionBody::Line(Line {
        label: t.get("attempt-your-text").to_string(),
        value: "bốn mươi".to_owned(),
        size: 12,
        number: Some(NumberField {
            language: t.language().tag().to_owned(),
            is_unreadable: true,
            ..NumberField::default()
        }),
        ..Line::default()
    })
}

fn ambiguous_line(t: Texts) -> QuestionBody {
    let meant = |(value, label): (&str, &str)| MeantChoice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: false,
    };
    QuestionBody::Line(Line {
        label: t.get("attempt-your-text").to_string(),
        value: "1.234".to_owned(),
        size: 12,
        number: Some(NumberField {
            language: t.language().tag().to_owned(),
            unit: "mm".to_owned(),
            meant: [("decimal", "1,234 mm"), ("grouped", "1234 mm")]
                .map(meant)
                .into(),
            meant_field: "meant".to_owned(),
            ..NumberField::default()
        }),
        ..Line::default()
    })
}

fn spots() -> QuestionBody {
    let mark = |number: usize| SpotMark {
        number,
        x: if number == 1 {
            "120".to_owned()
        } else {
            String::new()
        },
        y: if number == 1 {
            "80".to_owned()
        } else {
            String::new()
        },
    };
    QuestionBody::Spots(Spots {
        picture: Picture {
            path: crate::asset("mark.svg"),
            alternative: "Mũi khoan nhìn từ phía trước".to_owned(),
            width: 480,
            height: 300,
            signs: vec![PictureSign {
                label: "1".to_owned(),
                x: 120,
                y: 80,
            }],
        },
        marks: (1..=2).map(mark).collect(),
    })
}

fn matching() -> QuestionBody {
    let uses = [
        "Đo độ sâu rãnh",
        "Đo đường kính ngoài chính xác đến 0,01 mm",
        "Đo độ đảo của trục",
    ];
    let row = |(label, field): (&str, &str)| SelectRow {
        label: Html::trusted(label),
        selects: vec![select(field, "", &uses, if field == "a" { "1" } else { "" })],
    };
    let legend = LegendEntry {
        letter: "A".to_owned(),
        text: Html::trusted("<math><mi>R</mi></math>"),
    };
    QuestionBody::Selects(Selects {
        legend: vec![legend],
        rows: [("Thước cặp", "a"), ("Panme", "b"), ("Đồng hồ so", "c")]
            .map(row)
            .into(),
        ..Selects::default()
    })
}

fn ordering(t: Texts) -> QuestionBody {
    let steps = [
        "Ngắt điện và khóa nguồn",
        "Tháo nắp che",
        "Gõ thử đá mới",
        "Chạy thử một phút",
    ];
    let row = |place: usize| SelectRow {
        label: Html::trusted(t.with("attempt-place", "number", place).to_string()),
        selects: vec![select(&place.to_string(), "", &steps, "")],
    };
    QuestionBody::Selects(Selects {
        rows: (1..=4).map(row).collect(),
        ..Selects::default()
    })
}

fn gap(t: Texts, number: usize) -> String {
    t.with("attempt-gap", "number", number).to_string()
}

fn cloze(t: Texts) -> Vec<InlinePart> {
    let words = |words: &str| InlinePart::Text(Html::trusted(words));
    vec![
        words("<p>Thép C45 chứa khoảng "),
        InlinePart::Input(Line {
            field: "1".to_owned(),
            label: gap(t, 1),
            size: 6,
            number: Some(NumberField {
                language: t.language().tag().to_owned(),
                ..NumberField::default()
            }),
            ..Line::default()
        }),
        words(" % cacbon, thuộc loại thép "),
        InlinePart::Select(select("2", &gap(t, 2), &["cacbon", "hợp kim", "gió"], "1")),
        words(" và được tôi trong "),
        InlinePart::Input(Line {
            field: "3".to_owned(),
            label: gap(t, 3),
            value: "nước".to_owned(),
            size: 12,
            ..Line::default()
        }),
        words(".</p>"),
    ]
}

fn passages() -> Vec<InlinePart> {
    let words = |words: &str| InlinePart::Text(Html::trusted(words));
    let passage = |field: &str, words: &str| {
        InlinePart::Passage(Passage {
            field: field.to_owned(),
            text: Html::trusted(words),
            chosen: field == "1",
        })
    };
    vec![
        words("<p>Bật máy, "),
        passage("1", "đeo găng tay"),
        words(", chọn dao phù hợp, "),
        passage("2", "kẹp chặt phôi"),
        words(" rồi "),
        passage("3", "để chìa khóa trên mâm cặp trong khi máy chạy"),
        words(".</p>"),
    ]
}

fn matrix(several: bool) -> QuestionBody {
    let column = |(id, text): (&str, &str)| MatrixColumn {
        id: id.to_owned(),
        text: Html::trusted(text),
    };
    let row = |(id, text): (&str, &str)| MatrixRow {
        id: id.to_owned(),
        text: Html::trusted(text),
        chosen: if id == "x" {
            vec!["a".to_owned()]
        } else {
            Vec::new()
        },
    };
    QuestionBody::Matrix(Matrix {
        several,
        columns: [("a", "Đúng"), ("b", "Sai"), ("c", "Tùy vật liệu")]
            .map(column)
            .into(),
        rows: [
            ("x", "Dao thép gió chịu nhiệt đến khoảng 600 °C."),
            ("y", "Gang xám được cắt khô."),
        ]
        .map(row)
        .into(),
    })
}

fn slider() -> QuestionBody {
    QuestionBody::Slider(Slider {
        min: "0".to_owned(),
        max: "3.2".to_owned(),
        step: "0.1".to_owned(),
        min_label: "0".to_owned(),
        max_label: "3,2".to_owned(),
        unit: "µm".to_owned(),
        ..Slider::default()
    })
}

fn program(t: Texts) -> Vec<Vec<InlinePart>> {
    let words = |words: &str| InlinePart::Text(Html::trusted(words));
    let input = |number: usize, size, value: &str| {
        InlinePart::Input(Line {
            field: number.to_string(),
            label: gap(t, number),
            value: value.to_owned(),
            size,
            ..Line::default()
        })
    };
    vec![
        vec![words(
            "N10 G90 G54 G96 S180 M4 ; tốc độ cắt không đổi, dao số 1 ở vị trí thay dao",
        )],
        vec![words("N20 "), input(1, 14, "G1 X25,5 Z-40"), words(" F0.2")],
        vec![words("N30 "), input(2, 4, "")],
    ]
}

fn essay(t: Texts) -> QuestionBody {
    QuestionBody::Essay(Essay {
        lines: 8,
        limits: t
            .with("attempt-words-between", "minimum", 50)
            .and("maximum", 200)
            .to_string(),
        ..Essay::default()
    })
}
