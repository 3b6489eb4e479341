//! Invented courses, for the gallery and its tests.

use std::collections::BTreeMap;

use super::{
    CatalogueEntry, Front, FrontCompetencies, FrontStep, FrontStudy, FrontUnit, Lesson, LessonFile,
    LessonPart, LessonRule, LessonStudy, LessonTerm, LessonWay, LicenceLine, OfflineFile, OfflineFrame,
    OfflineLesson, OfflinePart, PackageLink, Standing, StepKind, Written, lesson::FileShape,
};
use crate::component::{
    Answer, Check, Delivery, DeliveryState, Found, Question, ReviewedBody, ReviewedOption, Verdict,
};
use crate::{Frame, Html, Language, Role, Texts};

const TITLE: &str = "An toàn trong xưởng cắt gọt kim loại";
const PATH: &str = "/courses/an-toan-xuong";

pub(super) fn frame(language: Language) -> Frame {
    Frame::open(language, |other| format!("?language={}", other.tag())).offering_sign_in()
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
        standing: Standing::Open,
    };
    let test = FrontStep {
        kind: StepKind::Assessment,
        ..step("kiem-tra", "Kiểm tra cuối khóa", 20, "Nút dừng khẩn cấp")
    };
    Front {
        frame: frame(language),
        key: "an-toan-xuong".to_owned(),
        catalogue_path: "/courses".to_owned(),
        course_title: String::new(),
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
        competencies: vec![FrontCompetencies {
            framework:
                "Quy định đào tạo các nghề kim loại trong công nghiệp của Đức: danh mục nội dung đào tạo"
                    .to_owned(),
            items: vec![(
                "3".to_owned(),
                "An toàn và bảo vệ sức khỏe tại nơi làm việc".to_owned(),
                "/ims/case/v1p0/CFItems/0".to_owned(),
            )],
        }],
        package: Some(PackageLink {
            path: format!("{PATH}/package.zip"),
            size: "412 KB".to_owned(),
        }),
        licence: licence(),
        study: None,
    }
}

fn study() -> FrontStudy {
    FrontStudy {
        is_part: false,
        is_recorded: true,
        done: 2,
        continue_path: format!("{PATH}/phoi"),
        is_begun: true,
        is_complete: false,
        completed_on: String::new(),
        newer: Some("Thêm bài về phoi thép.".to_owned()),
        newer_path: "/s/1/newer_version".to_owned(),
        class_path: String::new(),
        delivery: None,
    }
}

pub(super) fn begun_front(language: Language) -> Front {
    let mut page = Front {
        frame: Frame::sample(language, Role::Learner),
        study: Some(study()),
        ..front(language)
    };
    for step in page.units.iter_mut().flat_map(|unit| &mut unit.steps) {
        step.standing = match (step.key.as_str(), step.kind) {
            ("phoi", _) => Standing::Open,
            (_, StepKind::Assessment) => Standing::Locked,
            _ => Standing::Done,
        };
    }
    page
}

pub(super) fn complete_front(language: Language) -> Front {
    let mut page = begun_front(language);
    for step in page.units.iter_mut().flat_map(|unit| &mut unit.steps) {
        step.standing = Standing::Done;
    }
    page.study = Some(FrontStudy {
        done: 4,
        continue_path: String::new(),
        is_complete: true,
        completed_on: "23/11/2026".to_owned(),
        newer: None,
        delivery: Some(Delivery {
            t: page.frame.t,
            mark: "10".to_owned(),
            platform: "Moodle".to_owned(),
            state: DeliveryState::Delivered("9:05".to_owned()),
            send_again: None,
        }),
        ..study()
    });
    page
}

pub(super) fn instructors_front(language: Language) -> Front {
    Front {
        frame: Frame::sample(language, Role::Instructor),
        study: Some(FrontStudy {
            is_recorded: false,
            is_begun: false,
            newer: None,
            class_path: "/s/1/class_list".to_owned(),
            ..study()
        }),
        ..front(language)
    }
}

pub(super) fn studied_lesson(language: Language) -> Lesson {
    Lesson {
        path: "#".to_owned(),
        frame: Frame::sample(language, Role::Learner),
        study: Some(LessonStudy {
            is_recorded: true,
            is_done: false,
            rule: LessonRule::Read,
            quiz_path: String::new(),
            teaches: false,
            reflections: [(
                "xuong-cua-toi".to_owned(),
                "Tôi sẽ kiểm tra nút dừng trước.".to_owned(),
            )]
            .into(),
            is_saved: true,
        }),
        ..lesson(language)
    }
}

pub(super) fn quiz_elsewhere(language: Language) -> Lesson {
    Lesson {
        is_taken_elsewhere: true,
        study: None,
        frame: frame(language),
        path: format!("{PATH}/kiem-tra"),
        ..quiz_step(language)
    }
}

pub(super) fn quiz_step(language: Language) -> Lesson {
    Lesson {
        path: "#".to_owned(),
        frame: Frame::sample(language, Role::Learner),
        title: "Kiểm tra cuối khóa".to_owned(),
        parts: vec![LessonPart::Prose(Html::trusted(
            "<p>Mười câu hỏi, hai mươi phút.</p>",
        ))],
        terms: Vec::new(),
        study: Some(LessonStudy {
            is_recorded: true,
            is_done: false,
            rule: LessonRule::Passed {
                percent: 60,
                reached: "45".to_owned(),
            },
            quiz_path: "#".to_owned(),
            teaches: false,
            reflections: BTreeMap::new(),
            is_saved: false,
        }),
        ..lesson(language)
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
        is_taken_elsewhere: false,
        study: None,
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
            keeps_answer_back: false,
        }),
        ..question
    }
}

pub(super) fn offline_frame(language: Language) -> OfflineFrame {
    OfflineFrame {
        t: Texts::for_language(language),
        styles: ["taynghe.css", "course.css", "answers.css"]
            .map(crate::asset)
            .to_vec(),
        course: TITLE.to_owned(),
        online: format!("https://hoc.example.vn{PATH}"),
    }
}

pub(super) fn offline_lesson(language: Language) -> OfflineLesson {
    let t = Texts::for_language(language);
    let online = lesson(language);
    let beside = |way: Option<LessonWay>| {
        way.map(|way| LessonWay {
            path: "bai.html".to_owned(),
            ..way
        })
    };
    let file = |title: &str, kind, is_here| {
        OfflinePart::File(OfflineFile {
            path: "media/0.bin".to_owned(),
            is_here,
            kind,
            title: title.to_owned(),
            transcript: Html::default(),
            licence: LicenceLine::default(),
        })
    };
    OfflineLesson {
        frame: offline_frame(language),
        index_path: "index.html".to_owned(),
        unit_title: online.unit_title,
        title: online.title,
        language: String::new(),
        language_name: String::new(),
        minutes: online.minutes,
        number: online.number,
        total: online.total,
        parts: vec![
            OfflinePart::Prose(Html::trusted(
                "<p>Trước mỗi ca, bạn thử nút dừng khẩn cấp của máy mình.</p>",
            )),
            OfflinePart::Procedure(steps(&[
                "Bật nguồn, chưa gá phôi.",
                "Nhấn nút: trục phải dừng hẳn.",
            ])),
            OfflinePart::Check(
                Box::new(Question {
                    check: None,
                    ..exercise(t, None)
                }),
                Some(Box::new(offline_answer(t))),
            ),
            OfflinePart::Reflection(Html::trusted("<p>Nút gần nhất nằm ở đâu?</p>")),
            file("Tiếng còi báo của máy tiện", FileShape::Sound, true),
            file("Phiếu kiểm tra đầu ca", FileShape::Attachment, true),
            file("Thử nút dừng khẩn cấp (video)", FileShape::Film, false),
        ],
        terms: online.terms,
        previous: beside(online.previous),
        next: beside(online.next),
        licence: online.licence,
    }
}

fn offline_answer(t: Texts) -> Answer {
    let option = |text: &str, right: bool, feedback: &str| ReviewedOption {
        text: Html::trusted(text),
        chosen: false,
        right: Some(right),
        feedback: Html::trusted(feedback),
    };
    Answer {
        t,
        number: 1,
        body: ReviewedBody::Options {
            several: false,
            options: vec![
                option("Nhấn nút dừng khẩn cấp", true, "<p>Nhanh nhất và chắc nhất.</p>"),
                option("Giữ mâm cặp bằng tay", false, "<p>Tay không thay được phanh.</p>"),
            ],
        },
        feedback: vec![Html::trusted("<p>Nút dừng luôn trong tầm tay.</p>")],
    }
}
