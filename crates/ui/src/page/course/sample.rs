//! Invented courses, for the gallery and its tests.

use super::{
    CatalogueEntry, Front, FrontStep, FrontUnit, Lesson, LessonFile, LessonPart, LessonTerm, LessonWay,
    LicenceLine, StepKind, Written, lesson::FileShape,
};
use crate::component::{Check, Found, Question, Verdict};
use crate::{Frame, Html, Language, Texts};

const TITLE: &str = "An toàn trong xưởng cắt gọt kim loại";
const PATH: &str = "/courses/an-toan-xuong";

pub(super) fn frame(language: Language) -> Frame {
    Frame::open(language, |other| format!("?language={}", other.tag()))
}

pub(super) fn entries() -> Vec<CatalogueEntry> {
    let entry = |key: &str, title: &str, summary: &str, lessons, minutes| CatalogueEntry {
        path: format!("/courses/{key}"),
        title: title.to_owned(),
        summary: summary.to_owned(),
        language: String::new(),
        lessons,
        minutes,
        languages: "Tiếng Việt, English, Deutsch".to_owned(),
        licence: "CC BY 4.0".to_owned(),
    };
    vec![
        entry(
            "an-toan-xuong",
            TITLE,
            "Những điều phải nắm chắc trước khi đứng máy: bảo hộ lao động, máy đang quay, cháy nổ và sơ cứu.",
            4,
            35,
        ),
        entry("thu-dien-tu", "Viết thư điện tử cho công việc", "", 1, 0),
    ]
}

fn licence() -> LicenceLine {
    LicenceLine {
        name: "CC BY 4.0".to_owned(),
        href: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        holder: "Taynghe".to_owned(),
        source: String::new(),
    }
}

fn words(html: &str) -> Written {
    Written {
        html: Html::trusted(html),
        language: String::new(),
    }
}

pub(super) fn front(language: Language) -> Front {
    let step = |key: &str, title: &str, minutes, after: &str| FrontStep {
        key: key.to_owned(),
        title: title.to_owned(),
        path: format!("{PATH}/{key}"),
        kind: StepKind::Lesson,
        minutes,
        after: after.to_owned(),
    };
    let test = FrontStep {
        kind: StepKind::Assessment,
        ..step("kiem-tra", "Kiểm tra cuối khóa", 20, "Nút dừng khẩn cấp")
    };
    Front {
        frame: frame(language),
        key: "an-toan-xuong".to_owned(),
        catalogue_path: "/courses".to_owned(),
        title: TITLE.to_owned(),
        title_language: String::new(),
        summary: words(
            "<p>Bốn bài ngắn cho người mới vào xưởng. Học xong, bạn biết chuẩn bị gì, tránh gì và làm gì khi có sự cố.</p>",
        ),
        lessons: 4,
        minutes: 55,
        languages: "Tiếng Việt, English, Deutsch".to_owned(),
        units: vec![
            FrontUnit {
                title: "Trước khi bật máy".to_owned(),
                summary: words("<p>Trang phục, bảo hộ và chỗ làm việc.</p>"),
                steps: vec![
                    step("bao-ho", "Trang bị bảo hộ và trang phục", 8, ""),
                    step("dung-khan-cap", "Nút dừng khẩn cấp", 10, ""),
                ],
            },
            FrontUnit {
                title: "Khi máy đang chạy".to_owned(),
                summary: Written::default(),
                steps: vec![step("phoi", "Phoi thép và dung dịch trơn nguội", 17, ""), test],
            },
        ],
        licence: licence(),
    }
}

pub(super) fn lesson(language: Language) -> Lesson {
    let t = Texts::for_language(language);
    let way = |key: &str, title: &str| {
        Some(LessonWay {
            path: format!("{PATH}/{key}"),
            title: title.to_owned(),
        })
    };
    Lesson {
        frame: frame(language),
        course_key: "an-toan-xuong".to_owned(),
        key: "dung-khan-cap".to_owned(),
        path: format!("{PATH}/dung-khan-cap"),
        course_path: PATH.to_owned(),
        course_title: TITLE.to_owned(),
        unit_title: "Trước khi bật máy".to_owned(),
        title: "Nút dừng khẩn cấp".to_owned(),
        language: String::new(),
        language_name: String::new(),
        minutes: 10,
        number: 2,
        total: 4,
        parts: vec![
            LessonPart::Prose(Html::trusted(
                "<p>Trước mỗi ca, bạn thử <a class=\"term\" href=\"#term-dung-khan-cap\">nút dừng khẩn cấp</a> của máy mình.</p><h2>Thử nút thế nào</h2>",
            )),
            LessonPart::Procedure(steps(&[
                "Bật nguồn, chưa gá phôi.",
                "Cho trục chính quay chậm.",
                "Nhấn nút: trục phải dừng hẳn.",
            ])),
            LessonPart::Check(Box::new(exercise(t, None))),
            LessonPart::Reflection {
                key: "xuong-cua-toi".to_owned(),
                prompt: Html::trusted("<p>Ở xưởng của bạn, nút dừng khẩn cấp gần nhất nằm ở đâu?</p>"),
            },
            LessonPart::File(LessonFile {
                path: "/courses/an-toan-xuong/media/0.mp3".to_owned(),
                kind: FileShape::Sound,
                title: "Tiếng còi báo của máy tiện".to_owned(),
                captions: Vec::new(),
                transcript: Html::trusted("<p>Ba tiếng còi ngắn.</p>"),
                licence: LicenceLine::default(),
            }),
            LessonPart::File(LessonFile {
                path: "/courses/an-toan-xuong/media/1.pdf".to_owned(),
                kind: FileShape::Attachment,
                title: "Phiếu kiểm tra đầu ca".to_owned(),
                captions: Vec::new(),
                transcript: Html::default(),
                licence: licence(),
            }),
        ],
        terms: vec![LessonTerm {
            key: "dung-khan-cap".to_owned(),
            term: "nút dừng khẩn cấp".to_owned(),
            others: vec![
                ("de".to_owned(), "Not-Halt-Taster".to_owned()),
                ("en".to_owned(), "emergency stop button".to_owned()),
            ],
            explanation: Html::trusted(
                "<p>Nút đỏ trên nền vàng, nhấn vào thì máy dừng và giữ nguyên trạng thái dừng.</p>",
            ),
        }],
        previous: way("bao-ho", "Trang bị bảo hộ và trang phục"),
        next: way("phoi", "Phoi thép và dung dịch trơn nguội"),
        licence: licence(),
    }
}

pub(super) fn checked_lesson(language: Language) -> Lesson {
    let t = Texts::for_language(language);
    let found = Found {
        verdict: Some(Verdict::Wrong),
        feedback: vec![Html::trusted(
            "<p>Tay không bao giờ thay được phanh: hãy nhấn nút dừng.</p>",
        )],
        ..Found::default()
    };
    Lesson {
        parts: vec![LessonPart::Check(Box::new(exercise(t, Some(found))))],
        terms: Vec::new(),
        next: None,
        ..lesson(language)
    }
}

pub(super) fn fallback_lesson(language: Language) -> Lesson {
    Lesson {
        language: "en".to_owned(),
        language_name: "English".to_owned(),
        title: "The emergency stop".to_owned(),
        parts: vec![LessonPart::Prose(Html::trusted(
            "<p>Test the emergency stop of your machine before each shift.</p>",
        ))],
        previous: None,
        ..lesson(language)
    }
}

fn steps(words: &[&str]) -> Vec<Html> {
    let step = |words: &&str| Html::trusted(format!("<p>{words}</p>"));
    words.iter().map(step).collect()
}

fn exercise(t: Texts, found: Option<Found>) -> Question {
    let question = Question::sample(t, 1);
    Question {
        is_exercise: true,
        points: String::new(),
        was: String::new(),
        saved_at: String::new(),
        check: Some(Check {
            t,
            number: 1,
            slot: question.slot.clone(),
            action: format!("{PATH}/dung-khan-cap#checked-{}", question.slot),
            finished: false,
            rule: String::new(),
            blank: false,
            found,
            is_exercise: true,
        }),
        ..question
    }
}
