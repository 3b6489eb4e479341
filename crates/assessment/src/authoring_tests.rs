//! What authors type becomes a question, and shows again as it was typed.

use std::collections::BTreeMap;

use crate::authoring::{AuthoringProblemKind as Kind, Control, Typed, authored, authoring_fields, blank_of};
use crate::interaction::Interaction;

const VI: Typed<'_> = Typed {
    language: "vi",
    default_language: "vi",
};
const DE: Typed<'_> = Typed {
    language: "de",
    default_language: "vi",
};

fn fields(typed: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    typed.iter().map(owned).collect()
}

fn shown(interaction: &Interaction, language: &str) -> BTreeMap<String, String> {
    let fields = authoring_fields(interaction, language).unwrap();
    let kept = fields
        .into_iter()
        .filter(|field| field.control != Control::Check || field.value == "on");
    let written = kept.filter(|field| !field.value.is_empty());
    written.map(|field| (field.key.to_owned(), field.value)).collect()
}

/// What is typed is read without a problem and shown as it was typed.
#[track_caller]
fn check(type_name: &str, typed: &[(&str, &str)]) -> Interaction {
    let typed = fields(typed);
    let (interaction, problems) = authored(&blank_of(type_name).unwrap(), &typed, VI);
    assert_eq!(problems, [], "{type_name}");
    assert_eq!(interaction.type_name(), type_name);
    let mut written = typed.clone();
    written.retain(|_, value| !value.is_empty());
    assert_eq!(shown(&interaction, "vi"), written, "{type_name}");
    let again = authored(&interaction, &typed, VI);
    assert_eq!(again, (interaction.clone(), Vec::new()), "saved again");
    interaction
}

const MATCHING: &[(&str, &str)] = &[
    (
        "pairs",
        "Thước cặp = đo đường kính\nPanme = đo chính xác\nCompa = lấy dấu",
    ),
    ("distractors", "đo góc\na \\= b"),
    ("shuffle", "on"),
];

#[test]
fn questions_are_typed_in_lines() {
    let Interaction::Matching(matching) = check("matching", MATCHING) else {
        panic!("matching");
    };
    assert_eq!((matching.stems.len(), matching.choices.len()), (3, 5));
    check(
        "matching",
        &[("pairs", "Phay = cắt gọt\nTiện = cắt gọt"), ("distractors", "")],
    );
    check(
        "ordering",
        &[
            ("pieces", "Khóa nguồn\nTreo biển\nThay dao"),
            ("order_scoring", "longest_run"),
        ],
    );
    check(
        "associate",
        &[("links", "Bu lông = Đai ốc\nChốt = Lỗ\nLò xo"), ("penalty", "50")],
    );
    check(
        "select_missing_words",
        &[
            (
                "text",
                "Trước khi [[thay dao]] phải [[tắt máy]].\n\nSau đó mới [[thay dao]].",
            ),
            ("distractors", "chạy máy"),
            ("shuffle", "on"),
        ],
    );
    check(
        "hottext",
        &[
            ("text", "[[*Đeo găng]] khi khoan, [[đeo kính]] khi mài."),
            ("penalty", "12,5"),
        ],
    );
    check(
        "matrix",
        &[
            ("columns", "Bắt buộc\nNên\nCấm"),
            ("rows", "Kính bảo hộ = Bắt buộc\nGăng tay khi khoan = Cấm"),
        ],
    );
    check(
        "matrix",
        &[
            ("columns", "Thép\nGang"),
            ("rows", "Chứa cacbon = Thép | Gang"),
            ("several_per_row", "on"),
            ("partial_rows", "on"),
        ],
    );
    check(
        "likert",
        &[
            ("statements", "Tôi tự tin khi vận hành máy"),
            ("scale", "Không\nCó"),
        ],
    );
    check(
        "slider",
        &[
            ("minimum", "0"),
            ("maximum", "60"),
            ("step", "0,5"),
            ("right", "25,5"),
            ("tolerance", "0,5"),
            ("unit", "mm"),
        ],
    );
    check("information", &[]);
}

#[test]
fn answers_are_typed_with_share_and_feedback() {
    check(
        "short_text",
        &[
            (
                "answers",
                "thước cặp\nthước * | 50 % | Thước nào?\nlưỡi cưa \\| cưa | Gần đúng",
            ),
            ("without_marks", "80"),
            ("case_sensitive", "on"),
        ],
    );
    let numerical = check(
        "numerical",
        &[
            (
                "answers",
                "25,4 ± 0,1\n25 ± 2 % | 50 % | Hơi lệch\n0,007\n100 × 0,1",
            ),
            ("unit", "mm"),
            ("unit_typed", "required"),
            ("unit_penalty", "7"),
        ],
    );
    let english = authoring_fields(&numerical, "en").unwrap();
    assert!(english[0].value.starts_with("25.4 ± 0.1\n"), "{english:?}");
    check(
        "calculated",
        &[
            (
                "variables",
                "d = 20 .. 60 | 5\nvc = 0,10 .. 0,5 | 0,05\nz = 2; 4; 6\nf = {z}*0.1",
            ),
            ("answers", "1000*{vc}/(pi*{d}) ± 1 %\n{vc} | 20 %"),
            ("shown_digits", "3"),
            ("shown", "digits"),
            ("variants", "50"),
            ("unit", ""),
            ("unit_typed", "given"),
            ("unit_penalty", "100"),
        ],
    );
}

#[test]
fn gaps_are_of_several_kinds() {
    let typed = "Thép C45 chứa [[=0,45 ± 0,02 % | 0,4 (50 %)]] cacbon.\nDao [[*tiện | phay | bào]] lắp ở \
                 [[đài dao | ổ dao (50 %)]]. Dài [[=25,4 ± 0,1 mm]].";
    // a share of itself as tolerance, so without a unit
    let Interaction::Cloze(cloze) = check("cloze", &[("text", typed)]) else {
        panic!("cloze");
    };
    assert_eq!(cloze.gaps.len(), 4);
    let german = "C45 enthält [[=0,45 ± 0,02 % | 0,4 (50 %)]] Kohlenstoff. [[*Drehmeißel | Fräser | Hobel]] \
                  sitzt im [[Werkzeughalter]]. Länge [[=25,4 ± 0,1 mm]].";
    let (both, problems) = authored(&Interaction::Cloze(cloze), &fields(&[("text", german)]), DE);
    assert_eq!(problems, []);
    assert!(
        shown(&both, "de")["text"].contains("[[đài dao | ổ dao (50 %) | Werkzeughalter]]"),
        "{both:?}"
    );
    assert!(shown(&both, "vi")["text"].contains("[[*tiện | phay | bào]]"));
    check(
        "program_gaps",
        &[
            (
                "program",
                "N10 G00 X[[30]] Z2\nN20 [[G01 Z-40 F0.2 | G1 Z-40 F.2]]\n   N30 M30",
            ),
            ("without_block_numbers", "on"),
        ],
    );
}

#[test]
fn a_translation_keeps_places_and_the_words_of_others() {
    let vietnamese = check("matching", MATCHING);
    let german = fields(&[
        (
            "pairs",
            "Messschieber = Durchmesser messen\nMessschraube = genau messen\nZirkel = anreißen",
        ),
        ("distractors", "Winkel messen\na \\= b"),
        ("shuffle", "on"),
    ]);
    let (both, problems) = authored(&vietnamese, &german, DE);
    assert_eq!(problems, []);
    assert_eq!(shown(&both, "de"), german);
    assert_eq!(shown(&both, "vi"), fields(MATCHING));
    let (Interaction::Matching(before), Interaction::Matching(after)) = (&vietnamese, &both) else {
        panic!("matching");
    };
    for (before, after) in before.stems.iter().zip(&after.stems) {
        assert_eq!((&before.id, &before.right), (&after.id, &after.right));
    }
}

#[test]
fn gaps_keep_their_ids_in_a_translation() {
    let typed = [
        ("text", "Đeo [[kính]] và [[giày]]."),
        ("distractors", "găng"),
        ("shuffle", "on"),
    ];
    let vietnamese = check("select_missing_words", &typed);
    let german = fields(&[
        ("text", "[[Brille]] und [[Schuhe]] tragen."),
        ("distractors", "Handschuhe"),
        ("shuffle", "on"),
    ]);
    let (both, problems) = authored(&vietnamese, &german, DE);
    assert_eq!(problems, []);
    assert_eq!((shown(&both, "vi"), shown(&both, "de")), (fields(&typed), german));
    let Interaction::SelectMissingWords(words) = both else {
        panic!("missing words");
    };
    let ids = |language: &str| -> Vec<String> {
        let source = &words.text.versions[language].source;
        crate::markers(source)
            .iter()
            .map(|marker| marker.id.to_owned())
            .collect()
    };
    assert_eq!(ids("vi"), ids("de"));
    assert_eq!((words.gaps.len(), words.choices.len()), (2, 3));
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    #[track_caller]
    fn check(type_name: &str, typed: &[(&str, &str)], expected: &[(&str, Option<usize>, Kind)]) {
        let (_, problems) = authored(&blank_of(type_name).unwrap(), &fields(typed), VI);
        let problems: Vec<_> = problems
            .iter()
            .map(|problem| (problem.field, problem.line, problem.kind))
            .collect();
        assert_eq!(problems, expected, "{type_name} {typed:?}");
    }
    check(
        "matching",
        &[("pairs", "a = b\n\nkhông có vế phải")],
        &[("pairs", Some(3), Kind::NoPair)],
    );
    check(
        "matching",
        &[("pairs", "a = b = c")],
        &[("pairs", Some(1), Kind::TooManySides)],
    );
    check(
        "matching",
        &[("pairs", " = c")],
        &[("pairs", Some(1), Kind::NoPair)],
    );
    check(
        "associate",
        &[("links", "a =")],
        &[("links", Some(1), Kind::NoPair)],
    );
    check(
        "hottext",
        &[("text", "a\n[[b")],
        &[("text", Some(2), Kind::UnclosedGap)],
    );
    check(
        "select_missing_words",
        &[("text", "a [[ ]] b")],
        &[("text", Some(1), Kind::EmptyGap)],
    );
    check(
        "matrix",
        &[("columns", "Có\nKhông"), ("rows", "Thép = có\nGang = chưa rõ")],
        &[("rows", Some(2), Kind::UnknownColumn)],
    );
    check("slider", &[("step", "một")], &[("step", None, Kind::NotANumber)]);
    check(
        "numerical",
        &[("answers", "12 ± ít")],
        &[("answers", Some(1), Kind::NotANumber)],
    );
    check(
        "short_text",
        &[("answers", "a | nửa | b")],
        &[("answers", Some(1), Kind::NotANumber)],
    );
    check(
        "calculated",
        &[("variables", "d: 3")],
        &[("variables", Some(1), Kind::NoPair)],
    );
    check(
        "calculated",
        &[("variables", "d = 3; x")],
        &[("variables", Some(1), Kind::NotANumber)],
    );
    check(
        "cloze",
        &[("text", "a [[=năm]]")],
        &[("text", Some(1), Kind::NotANumber)],
    );
}

#[test]
fn questions_for_markers_are_typed() {
    check(
        "essay",
        &[
            ("fewest_words", "50"),
            ("most_words", ""),
            ("lines", "12"),
            ("template", "Bước 1:\nBước 2:"),
            ("notes_for_markers", ""),
        ],
    );
    let upload = check(
        "upload",
        &[
            ("kind_picture", "on"),
            ("kind_office", "on"),
            ("from_camera", "on"),
            ("fewest_files", "1"),
            ("most_files", "2"),
            ("most_megabytes", "2,5"),
            ("notes_for_markers", "Xem ren."),
        ],
    );
    let Interaction::Upload(upload) = upload else {
        panic!("upload");
    };
    assert_eq!((upload.most_bytes, upload.kinds.len()), (2_621_440, 2));
}

#[test]
fn places_in_a_picture_are_typed_in_lines() {
    let picture = format!("{} 800 600", "0a".repeat(32));
    let of_picture = [("picture", picture.as_str()), ("alternative", "Máy tiện")];
    let with = |fields: &[(&'static str, &'static str)]| [&of_picture[..], fields].concat();
    check(
        "drag_onto_image",
        &with(&[
            (
                "zones",
                "Mâm cặp = 10 20 30\nỤ động = 100 20 50 60 | bên phải\nMâm cặp = 1 1 9 1 9 9",
            ),
            ("distractors", "Bàn máy"),
            ("shuffle", "on"),
        ]),
    );
    check(
        "mark_spot",
        &with(&[
            ("regions", "Nút dừng = 10 20 30\nCông tắc = 1 2 3 4"),
            ("penalty", "25"),
        ]),
    );
    check(
        "graphic_order",
        &with(&[("spots", "A = 10 20\nB = 30 40"), ("order_scoring", "position")]),
    );
    let typed = fields(&with(&[("spots", "A = 10 20 30\nB\nC = x 1")]));
    let (_, problems) = authored(&blank_of("graphic_order").unwrap(), &typed, VI);
    let kinds: Vec<Kind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [Kind::NoPair, Kind::NoPlace, Kind::NoPlace]);
    let typed = fields(&with(&[("regions", "A = 10, 20; 30")]));
    let (read, problems) = authored(&blank_of("mark_spot").unwrap(), &typed, VI);
    assert_eq!(
        (problems.len(), shown(&read, "vi")["regions"].as_str()),
        (0, "A = 10 20 30")
    );
}
