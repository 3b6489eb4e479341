//! An invented course in its editors, for samples.

use super::{
    course::{CourseEditor, EditedStep, EditedTerm, EditedUnit},
    field::{
        CompetencyFields, CompetencyOption, EditorHead, FrameworkOptions, LicenceFields, Multilingual, Need,
    },
    step::{CaptionsOf, EditedCheck, EditedFile, EditedReflection, StepBody, StepEditor, StepRule},
};
use crate::{Frame, Html, Language, Role};

pub(super) fn course(language: Language) -> CourseEditor {
    let frame = Frame::sample(language, Role::Instructor);
    CourseEditor {
        head: EditorHead::sample(&frame, "edit"),
        notice: None,
        revision: 9,
        title: Multilingual::sample(
            "title",
            "An toàn trong xưởng cơ khí",
            "Sicherheit in der Werkstatt",
        ),
        summary: Multilingual::sample(
            "summary",
            "Cho người mới vào xưởng: làm gì trước, trong và sau khi mở máy.",
            "",
        ),
        original: "vi".to_owned(),
        licence: licence("licence", "CC-BY-4.0", "Trường Cao đẳng nghề"),
        order: "in_sequence",
        is_closed: false,
        units: vec![
            unit(
                "may",
                "Bên máy",
                "An der Maschine",
                &["Trước khi mở máy", "Khi máy đang chạy"],
            ),
            unit(
                "su-co",
                "Khi có sự cố",
                "Wenn etwas passiert",
                &["Cháy và sơ cứu"],
            ),
        ],
        terms: vec![term("mam-cap", "mâm cặp", "Spannfutter")],
        new_term: term("", "", ""),
        competencies: competencies("competencies", &["digcomp-2.2 4.1"]),
        frameworks: frameworks(),
        is_archived: false,
        readers_path: "/courses/an-toan-xuong".to_owned(),
        frame,
    }
}

fn option(value: &str) -> CompetencyOption {
    let words = match value {
        "digcomp-2.2 4.1" => "4.1 Bảo vệ thiết bị",
        "digcomp-2.2 4.3" => "4.3 Bảo vệ sức khỏe và an sinh",
        _ => "3 An toàn lao động và bảo vệ sức khỏe",
    };
    CompetencyOption {
        value: value.to_owned(),
        words: words.to_owned(),
    }
}

fn competencies(name: &str, chosen: &[&str]) -> CompetencyFields {
    CompetencyFields {
        name: name.to_owned(),
        chosen: chosen.iter().map(|value| option(value)).collect(),
    }
}

fn frameworks() -> Vec<FrameworkOptions> {
    let framework = |title: &str, options: &[&str]| FrameworkOptions {
        title: title.to_owned(),
        options: options.iter().map(|value| option(value)).collect(),
    };
    vec![
        framework("DigComp 2.2", &["digcomp-2.2 4.1", "digcomp-2.2 4.3"]),
        framework(
            "Ausbildungsrahmenplan Industriemechaniker/-in",
            &["indmet-2018 3"],
        ),
    ]
}

fn licence(name: &str, identifier: &str, holder: &str) -> LicenceFields {
    LicenceFields {
        name: name.to_owned(),
        identifier: identifier.to_owned(),
        holder: holder.to_owned(),
        source: String::new(),
    }
}

fn unit(key: &str, title: &str, german: &str, steps: &[&str]) -> EditedUnit {
    let step = |(number, title): (usize, &&str)| EditedStep {
        key: format!("{key}-{number}"),
        title: (*title).to_owned(),
        is_quiz: false,
        minutes: 8,
    };
    let mut steps: Vec<EditedStep> = steps.iter().enumerate().map(step).collect();
    steps.push(EditedStep {
        key: format!("{key}-quiz"),
        title: "Kiểm tra cuối phần".to_owned(),
        is_quiz: true,
        minutes: 0,
    });
    EditedUnit {
        key: key.to_owned(),
        name: title.to_owned(),
        title: Multilingual::sample(&format!("unit_{key}_title"), title, german),
        summary: Multilingual::sample(&format!("unit_{key}_summary"), "", ""),
        needs: needs(),
        percent: String::new(),
        steps,
    }
}

fn needs() -> Vec<Need> {
    let need = |key: &str, title: &str, is_chosen| Need {
        key: key.to_owned(),
        title: title.to_owned(),
        is_chosen,
    };
    vec![
        need("may", "Bên máy", true),
        need("may-0", "Trước khi mở máy", false),
    ]
}

fn term(key: &str, word: &str, german: &str) -> EditedTerm {
    let prefix = match key {
        "" => "new_term".to_owned(),
        key => format!("term_{key}"),
    };
    EditedTerm {
        key: key.to_owned(),
        name: word.to_owned(),
        term: Multilingual::sample(&format!("{prefix}_word"), word, german),
        explanation: Multilingual::sample(&format!("{prefix}_explanation"), "", ""),
    }
}

pub(super) fn lesson(language: Language) -> StepEditor {
    let frame = Frame::sample(language, Role::Instructor);
    let head = EditorHead::sample(&frame, "");
    let t = frame.t;
    let body = "Trước khi mở máy tiện, kiểm tra **ba việc**.\n\n:::steps\n1. Đeo kính bảo hộ.\n2. Buộc gọn tóc.\n3. Khóa [[mam-cap|mâm cặp]].\n:::\n";
    let caption = |tag: &str, name: &str, path: &str| CaptionsOf {
        tag: tag.to_owned(),
        language: name.to_owned(),
        path: path.to_owned(),
    };
    let body = StepBody {
        minutes: "8".to_owned(),
        text: Multilingual::sample("body", body, "Vor dem Einschalten drei Dinge prüfen."),
        licence: licence("licence", "", ""),
        checks: vec![EditedCheck {
            key: "c1".to_owned(),
            stem: Html::words("Khi tiện phải đeo kính bảo hộ."),
            kind: t.get("quiz-kind-true-false").into_owned(),
            competencies: competencies("check_c1_competencies", &["indmet-2018 3"]),
        }],
        reflections: vec![EditedReflection {
            key: "r1".to_owned(),
            prompt: Multilingual::sample("reflection_r1", "Ở xưởng của bạn, ai kiểm tra mâm cặp?", ""),
        }],
        new_reflection: Multilingual::sample("new_reflection", "", ""),
        files: vec![EditedFile {
            hash: "ab12".to_owned(),
            kind: t.get("editor-file-video").into_owned(),
            path: format!("{}/media/ab12", frame.prefix()),
            block: "{{file media:ab12.mp4}}".to_owned(),
            title: Multilingual::sample("file_ab12_title", "Mở máy tiện", ""),
            is_video: true,
            is_heard: true,
            captions: vec![
                caption("vi", "Tiếng Việt", "/s/x/media/cd34"),
                caption("en", "English", ""),
                caption("de", "Deutsch", ""),
            ],
            transcript: Multilingual::sample("file_ab12_transcript", "", ""),
            licence: licence("file_ab12_licence", "CC-BY-SA-4.0", "Xưởng thực hành"),
        }],
        terms: vec![("mam-cap".to_owned(), "mâm cặp".to_owned())],
    };
    StepEditor {
        path: format!("{}/lessons/mo-may", head.path),
        preview_path: format!("{}/authoring/preview/an-toan-xuong/mo-may", frame.prefix()),
        files_path: format!("{}/files", head.path),
        notice: None,
        revision: 9,
        key: "mo-may".to_owned(),
        name: "Trước khi mở máy".to_owned(),
        title: Multilingual::sample("title", "Trước khi mở máy", "Vor dem Einschalten"),
        needs: needs(),
        rule: StepRule::Read,
        percent: String::new(),
        competencies: competencies("competencies", &["digcomp-2.2 4.3", "indmet-2018 3"]),
        frameworks: frameworks(),
        body: Some(body),
        quiz: String::new(),
        head,
        frame,
    }
}
