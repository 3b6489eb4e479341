//! Filled pages of an instructor's quiz, for tests and the gallery.

use chrono::TimeDelta;

use super::behaviour::{BehaviourRules, Tries};
use super::credit::ResultWordings;
use super::editor::{
    Conflict, Difference, Editor, EditorBack, EditorNotice, EditorState, Question, QuestionKind,
    QuestionOption, Rules, WrittenIn,
};
use super::field::{FieldProblem, Wording};
use super::preview::{Answer, Preview, PreviewQuestion, PreviewSection};
use super::sample_types;
use super::stimulus::TypedStimulus;
use super::structure::{Structure, TypedPlacing};
use crate::page::attempt;
use crate::{Frame, Html, Language, Role, component, format};

const TITLE: &str = "An toàn lao động trong xưởng cơ khí";

pub(super) fn editors(language: Language) -> Vec<(&'static str, Editor)> {
    let full = editor(language);
    let new = Editor {
        name: String::new(),
        state: EditorState::NeverPublished,
        notice: None,
        title: Wording::default(),
        introduction: Wording::default(),
        questions: vec![blank(1)],
        rules: Rules {
            attempts: "1".to_owned(),
            ..closed_rules()
        },
        back: Some(EditorBack::Picker(format!("{}/picker", full.frame.prefix()))),
        ..full.clone()
    };
    let published = Editor {
        state: EditorState::Published,
        notice: Some(EditorNotice::Published),
        back: Some(EditorBack::Picker(format!("{}/picker", full.frame.prefix()))),
        ..full.clone()
    };
    vec![
        ("full", full.clone()),
        ("new", new.clone()),
        ("published", published),
        ("problems", with_problems(new)),
        ("conflict", in_conflict(full.clone())),
        (
            "archived",
            Editor {
                is_archived: true,
                notice: None,
                ..full.clone()
            },
        ),
        (
            "every-type",
            Editor {
                notice: None,
                questions: sample_types::of_each_type(language),
                ..full.clone()
            },
        ),
        ("sections", in_sections(full.clone())),
        ("shared", with_shared(full.clone())),
        ("examination", in_examination(full.clone())),
        ("translation", in_translation(full)),
    ]
}

pub(super) fn previews(language: Language) -> Vec<(&'static str, Preview)> {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let question = move |number| PreviewQuestion {
        notes: Vec::new(),
        question: component::Question {
            saved_at: String::new(),
            flagged: false,
            ..component::Question::sample(t, number)
        },
        answers: vec![
            answer(
                "Tắt máy, khóa nguồn và chờ trục chính dừng hẳn",
                true,
                "Đúng: máy phải dừng hẳn trước khi chạm tay vào.",
            ),
            answer("Hạ tốc độ quay rồi dùng tay giữ mâm cặp", false, ""),
        ],
        feedback: Html::trusted("<p>Xem lại bài 2: <em>Khóa và treo thẻ</em>.</p>"),
    };
    let own = PreviewSection {
        questions: (1..=4).map(question).collect(),
        ..PreviewSection::default()
    };
    let full = Preview {
        title: TITLE.to_owned(),
        introduction: Html::trusted("<p>Bạn hãy đọc kỹ từng câu trước khi chọn.</p>"),
        rules: attempt::Rules {
            questions: "4".to_owned(),
            time_limit: format::duration(frame.t, TimeDelta::minutes(45)),
            attempts: "1".to_owned(),
            ..attempt::Rules::default()
        },
        points: "4".to_owned(),
        scheme: String::new(),
        is_shuffled: true,
        is_pool: false,
        sections: vec![own],
        edit_path: format!("{}/quizzes/1/edit", frame.prefix()),
        frame,
    };
    let empty = Preview {
        title: String::new(),
        introduction: Html::default(),
        sections: Vec::new(),
        points: "0".to_owned(),
        rules: attempt::Rules::default(),
        is_shuffled: false,
        ..full.clone()
    };
    let divided = in_sections_of_preview(full.clone(), question);
    vec![("full", full), ("sections", divided), ("empty", empty)]
}

fn in_sections_of_preview(full: Preview, question: impl Fn(usize) -> PreviewQuestion) -> Preview {
    let t = full.frame.t;
    let draw = t.with("structure-preview-draw-of", "count", 2).and("pool", 3);
    let what = t.with("structure-preview-tags", "tags", "tiện, dung sai");
    let counts = t
        .with("structure-preview-counts", "questions", 2)
        .and("points", "2");
    let choice = |other| t.with("structure-preview-choice", "titles", other).to_string();
    let section = |title: &str, numbers: std::ops::RangeInclusive<usize>| PreviewSection {
        title: title.to_owned(),
        introduction: Html::trusted("<p>Mỗi câu một điểm. Được dùng sổ tay cơ khí.</p>"),
        questions: numbers.map(&question).collect(),
        ..PreviewSection::default()
    };
    let mut pool = PreviewSection {
        notes: vec![draw.and("what", what.to_string()).to_string(), counts.to_string()],
        ..section("Phần A: Trắc nghiệm", 1..=3)
    };
    if let Some(last) = pool.questions.last_mut() {
        last.notes = vec![t.with("structure-locked", "number", 2).to_string()];
    }
    Preview {
        rules: attempt::Rules {
            questions: "3–4".to_owned(),
            is_sequence: true,
            ..full.rules.clone()
        },
        points: "3–4".to_owned(),
        scheme: "Kỳ thi tốt nghiệp nghề kim loại theo luật Đức".to_owned(),
        is_shuffled: false,
        is_pool: true,
        sections: vec![
            pool,
            PreviewSection {
                choice: choice("Phần B: Phay"),
                ..section("Phần B: Tiện", 4..=4)
            },
            PreviewSection {
                choice: choice("Phần B: Tiện"),
                ..section("Phần B: Phay", 5..=6)
            },
        ],
        ..full
    }
}

fn answer(text: &str, right: bool, feedback: &str) -> Answer {
    Answer {
        text: Html::trusted(text),
        right,
        feedback: Html::trusted(feedback),
    }
}

fn editor(language: Language) -> Editor {
    let frame = Frame::sample(language, Role::Instructor);
    let stem = "Trước khi thay dao tiện, việc nào phải làm **đầu tiên**?";
    let single = question(1, QuestionKind::Single, stem);
    let mut several = question(
        2,
        QuestionKind::Several,
        "Những trang bị nào là bắt buộc khi mài hai đá?",
    );
    several
        .options
        .iter_mut()
        .for_each(|option| option.right = option.number > 1);
    several.feedback = Wording::default();
    several
        .options
        .iter_mut()
        .for_each(|option| option.feedback = Wording::default());
    let statement = Question {
        options: ["true", "false"]
            .into_iter()
            .zip(1..)
            .map(|(id, number)| option(number, id, ""))
            .collect(),
        ..question(
            3,
            QuestionKind::TrueFalse,
            "Đeo găng tay khi vận hành máy khoan là an toàn.",
        )
    };
    Editor {
        path: format!("{}/quizzes/0192f0c4-9d10-7a31-8c55-1d2e3f405162", frame.prefix()),
        name: TITLE.to_owned(),
        revision: 7,
        state: EditorState::Changed,
        is_archived: false,
        notice: Some(EditorNotice::Saved),
        conflict: None,
        problems: Vec::new(),
        languages: written_in("vi"),
        original: "vi".to_owned(),
        title: Wording {
            also: "de".to_owned(),
            ..Wording::new(TITLE)
        },
        introduction: Wording::new("Bạn hãy đọc kỹ từng câu trước khi chọn."),
        questions: vec![single, several, statement],
        rules: Rules {
            attempts: "2".to_owned(),
            time_limit: "45".to_owned(),
            opens_at: "2026-11-20T08:00".to_owned(),
            closes_at: "2026-11-27T17:00".to_owned(),
            shuffle_questions: true,
            behaviour: BehaviourRules {
                behaviour: "interactive".to_owned(),
                shown: [
                    [true; 4],
                    [false, false, false, true],
                    [true; 4],
                    [false, true, true, true],
                ],
                ..BehaviourRules::default()
            },
            ..closed_rules()
        },
        stimuli: Vec::new(),
        structure: Structure::default(),
        back: Some(EditorBack::Activity(format!("{}/", frame.prefix()))),
        frame,
    }
}

fn with_shared(mut editor: Editor) -> Editor {
    let t = editor.frame.t;
    editor.stimuli = vec![
        TypedStimulus::sample(),
        TypedStimulus {
            number: 2,
            id: "table".to_owned(),
            ..TypedStimulus::default()
        },
    ];
    for question in editor.questions.iter_mut().take(2) {
        "drawing".clone_into(&mut question.stimulus);
    }
    editor.notice = None;
    editor.problems = vec![FieldProblem {
        field: "t1".to_owned(),
        question: None,
        text: t
            .with("stimulus-in-use", "number", "1")
            .and("questions", "1, 2")
            .to_string(),
    }];
    editor
}

fn in_sections(mut editor: Editor) -> Editor {
    editor.structure = Structure::sample();
    for question in &mut editor.questions {
        question.placing = TypedPlacing {
            section: "a".to_owned(),
            tags: "dung sai, tiện".to_owned(),
            difficulty: "3".to_owned(),
            protected: question.number == 1,
            after: if question.number == 3 { "slot-2" } else { "" }.to_owned(),
        };
    }
    let problem = FieldProblem::new(editor.frame.t, "pool-too-small", None, "s1_draws");
    editor.problems = vec![problem];
    editor
}

fn in_examination(mut editor: Editor) -> Editor {
    editor.structure = Structure::sample_examination(editor.frame.t);
    editor
}

fn closed_rules() -> Rules {
    Rules {
        grade_from: "highest".to_owned(),
        zone: format::DEFAULT_ZONE.name().to_owned(),
        ..Rules::default()
    }
}

fn written_in(current: &str) -> Vec<WrittenIn> {
    let names = [("vi", "Tiếng Việt"), ("en", "English"), ("de", "Deutsch")];
    let language = |(tag, name): (&str, &str)| WrittenIn {
        tag: tag.to_owned(),
        name: name.to_owned(),
        current: tag == current,
    };
    names.map(language).to_vec()
}

fn question(number: usize, kind: QuestionKind, stem: &str) -> Question {
    let texts = [
        "Tắt máy, khóa nguồn và chờ trục chính dừng hẳn",
        "Kính bảo hộ",
        "Giày mũi thép",
    ];
    let options = texts
        .iter()
        .zip(1..)
        .map(|(text, number)| option(number, &format!("o{number}"), text));
    Question {
        number,
        slot: format!("slot-{number}"),
        from: String::new(),
        kind,
        scoring: String::new(),
        wrong: String::new(),
        shuffle: true,
        points: "1".to_owned(),
        stem: Wording::new(stem),
        stimulus: String::new(),
        feedback: Wording::new("Xem lại bài 2: *Khóa và treo thẻ*."),
        result: ResultWordings::default(),
        options: options.collect(),
        authored: None,
        tries: Tries {
            hints: match number {
                2 => "Hãy nghĩ đến mắt và chân.\nXem lại bảng trang bị bảo hộ ở bài 2.".to_owned(),
                _ => String::new(),
            },
            ..Tries::default()
        },
        placing: TypedPlacing::default(),
    }
}

fn option(number: usize, id: &str, text: &str) -> QuestionOption {
    QuestionOption {
        number,
        id: id.to_owned(),
        text: Wording::new(text),
        right: number == 1,
        weight: String::new(),
        feedback: Wording::default(),
    }
}

fn blank(number: usize) -> Question {
    let mut question = question(number, QuestionKind::Single, "");
    question.feedback = Wording::default();
    for option in &mut question.options {
        option.right = false;
        option.text = Wording::default();
    }
    question
}

fn with_problems(new: Editor) -> Editor {
    let t = new.frame.t;
    let problem = |key, question, field: &str| FieldProblem::new(t, key, question, field);
    Editor {
        notice: Some(EditorNotice::Incomplete),
        problems: vec![
            problem("no-title", None, "title"),
            problem("review-after-close-without-close", None, "closes_at"),
            problem("question-without-text", Some(1), "q1_stem"),
            problem("points-out-of-range", Some(1), "q1_points"),
            problem("no-right-option", Some(1), "q1_options"),
            problem("option-without-text", Some(1), "q1_o2_text"),
        ],
        ..new
    }
}

fn in_conflict(full: Editor) -> Editor {
    Editor {
        notice: None,
        conflict: Some(Conflict {
            saved_at: "10:42".to_owned(),
            differences: vec![
                Difference {
                    question: None,
                    theirs: vec![TITLE.to_owned()],
                },
                Difference {
                    question: Some(2),
                    theirs: vec![
                        "Những trang bị nào là bắt buộc khi mài?".to_owned(),
                        "✓ Kính bảo hộ".to_owned(),
                        "Găng tay vải".to_owned(),
                    ],
                },
                Difference {
                    question: Some(3),
                    theirs: Vec::new(),
                },
            ],
        }),
        ..full
    }
}

fn in_translation(full: Editor) -> Editor {
    let mut page = Editor {
        languages: written_in("de"),
        notice: None,
        ..full
    };
    let turn = |wording: &mut Wording| {
        wording.reference = std::mem::take(&mut wording.value);
        wording.also.clear();
    };
    turn(&mut page.title);
    turn(&mut page.introduction);
    for question in &mut page.questions {
        turn(&mut question.stem);
        question
            .options
            .iter_mut()
            .for_each(|option| turn(&mut option.text));
    }
    page
}
