//! One item of each selecting and placing type, for this crate's tests.

use std::collections::BTreeSet;

use text::{Source, Text};

use crate::testing::item;
use crate::*;

pub(crate) fn words(vi: &str, de: &str) -> Text {
    Text::markdown("vi", vi).with("de", Source::markdown(de))
}

pub(crate) fn piece(id: &str, vi: &str, de: &str) -> Piece {
    Piece::new(id, words(vi, de))
}

pub(crate) fn picture() -> ImageRef {
    ImageRef {
        hash: "0123456789abcdef".repeat(4),
        width: 400,
        height: 300,
        alternative: words("Máy tiện", "Drehmaschine"),
    }
}

/// Options a and b are right; c is nearly (0.25) and d costs 0.5; e costs the penalty of 0.2.
pub(crate) fn weighted() -> Item {
    let option = |id: &str, correct, weight| ChoiceOption {
        weight,
        ..crate::testing::option(id, correct)
    };
    item(Interaction::MultipleChoice(MultipleChoice {
        options: vec![
            option("a", true, None),
            option("b", true, Some(0.6)),
            option("c", false, Some(0.25)),
            option("d", false, Some(-0.5)),
            option("e", false, None),
        ],
        shuffle_options: true,
        scoring: MultipleChoiceScoring::Weighted,
        penalty: 0.2,
    }))
}

/// Two tools and a machine: drill and tap make holes, the lathe turns; saw is a distractor.
pub(crate) fn matching() -> Matching {
    let stem = |id: &str, vi: &str, de: &str, right: &str, weight| Stem {
        id: FieldId::from(id),
        text: words(vi, de),
        right: OptionId::from(right),
        weight,
        feedback: Text::default(),
    };
    Matching {
        stems: vec![
            stem("drill", "Mũi khoan", "Bohrer", "hole", 1.0),
            stem("tap", "Mũi ta rô", "Gewindebohrer", "thread", 1.0),
            stem("lathe", "Máy tiện", "Drehmaschine", "round", 2.0),
        ],
        choices: vec![
            piece("hole", "Lỗ trơn", "Glatte Bohrung"),
            piece("thread", "Ren trong", "Innengewinde"),
            piece("round", "Mặt tròn", "Rundung"),
            piece("flat", "Mặt phẳng", "Ebene"),
        ],
        shuffle_stems: true,
        shuffle_choices: true,
    }
}

pub(crate) fn associate() -> Associate {
    let link = |one: &str, other: &str| RightLink {
        pair: (OptionId::from(one), OptionId::from(other)),
        weight: 1.0,
    };
    Associate {
        pieces: vec![
            piece("bolt", "Bu lông", "Schraube"),
            piece("nut", "Đai ốc", "Mutter"),
            piece("shaft", "Trục", "Welle"),
            piece("bearing", "Ổ lăn", "Wälzlager"),
        ],
        right: vec![link("nut", "bolt"), link("shaft", "bearing")],
        links_at_most: Some(3),
        penalty: 0.25,
        shuffle_pieces: true,
    }
}

/// Pieces a, b, c, d, e in this order.
pub(crate) fn ordering(scoring: OrderingScoring) -> Ordering {
    Ordering {
        pieces: vec![
            piece("a", "Tắt nguồn", "Strom abschalten"),
            piece("b", "Khóa nguồn", "Gegen Wiedereinschalten sichern"),
            piece("c", "Kiểm tra không còn điện", "Spannungsfreiheit feststellen"),
            piece("d", "Nối đất", "Erden und kurzschließen"),
            piece("e", "Che phần có điện", "Benachbarte Teile abdecken"),
        ],
        scoring,
    }
}

/// Gaps g1 and g2 from group x, g3 from group y, whose choices serve once.
pub(crate) fn missing_words() -> SelectMissingWords {
    let gap = |id: &str, right: &str| WordGap {
        id: FieldId::from(id),
        right: OptionId::from(right),
        weight: 1.0,
        feedback: words("Xem lại bài 3.", "Siehe Lektion 3."),
    };
    let choice = |id: &str, vi: &str, de: &str, group: &str| Piece {
        group: group.to_owned(),
        once: group == "y",
        ..piece(id, vi, de)
    };
    SelectMissingWords {
        text: words(
            "Thép có [[g1]] cacbon, gang có [[g2]]; bề mặt phải [[g3]].",
            "Stahl hat [[g1]] Kohlenstoff, Gusseisen [[g2]]; die Oberfläche ist [[g3]].",
        ),
        gaps: vec![gap("g1", "less"), gap("g2", "more"), gap("g3", "clean")],
        choices: vec![
            choice("less", "ít", "weniger", "x"),
            choice("more", "nhiều", "mehr", "x"),
            choice("clean", "sạch", "sauber", "y"),
            choice("oily", "dính dầu", "ölig", "y"),
            choice("wet", "ướt", "nass", "y"),
        ],
        shuffle_choices: true,
    }
}

/// Passages p1 and p3 are wrong steps and to be chosen.
pub(crate) fn hottext() -> Hottext {
    let passage = |id: &str, correct| Passage {
        id: OptionId::from(id),
        correct,
        feedback: Text::default(),
    };
    Hottext {
        text: words(
            "[[p1:Đeo găng tay]] khi khoan, [[p2:đeo kính]], [[p3:giữ phôi bằng tay]], [[p4:buộc tóc]].",
            "[[p1:Handschuhe tragen]] beim Bohren, [[p2:Brille]], [[p3:Werkstück festhalten]], [[p4:Haarnetz]].",
        ),
        passages: vec![
            passage("p1", true),
            passage("p2", false),
            passage("p3", true),
            passage("p4", false),
        ],
        penalty: None,
        choose_at_most: None,
    }
}

pub(crate) fn drag_onto_image() -> DragOntoImage {
    let zone = |id: &str, x, right: &str| Zone {
        id: FieldId::from(id),
        name: Text::default(),
        region: Region::Rectangle {
            x,
            y: 10,
            width: 50,
            height: 30,
        },
        right: OptionId::from(right),
        weight: 1.0,
        feedback: Text::default(),
    };
    let label = |id: &str, vi: &str, de: &str| Piece {
        once: true,
        ..piece(id, vi, de)
    };
    DragOntoImage {
        picture: picture(),
        zones: vec![zone("z1", 10, "chuck"), zone("z2", 200, "tailstock")],
        labels: vec![
            label("chuck", "Mâm cặp", "Spannfutter"),
            label("tailstock", "Ụ động", "Reitstock"),
            label("carriage", "Bàn xe dao", "Schlitten"),
        ],
        shuffle_labels: true,
    }
}

/// A disc around 50,50, and a square and a triangle that overlap it not.
pub(crate) fn mark_spot() -> MarkSpot {
    let region = |id: &str, region, weight| SpotRegion {
        id: FieldId::from(id),
        name: words("Chỗ mòn", "Verschleiß"),
        region,
        weight,
    };
    let corner = |x, y| Point { x, y };
    MarkSpot {
        picture: picture(),
        regions: vec![
            region(
                "r1",
                Region::Circle {
                    x: 50,
                    y: 50,
                    radius: 10,
                },
                1.0,
            ),
            region(
                "r2",
                Region::Rectangle {
                    x: 100,
                    y: 100,
                    width: 20,
                    height: 20,
                },
                1.0,
            ),
            region(
                "r3",
                Region::Polygon {
                    points: vec![corner(200, 200), corner(240, 200), corner(200, 240)],
                },
                2.0,
            ),
        ],
        marks_at_most: Some(5),
        penalty: 0.1,
    }
}

pub(crate) fn graphic_order() -> GraphicOrder {
    let spot = |id: &str, x, vi: &str, de: &str| Spot {
        id: OptionId::from(id),
        name: words(vi, de),
        at: Point { x, y: 20 },
    };
    GraphicOrder {
        picture: picture(),
        spots: vec![
            spot("s1", 10, "Nút A", "Knopf A"),
            spot("s2", 50, "Nút B", "Knopf B"),
            spot("s3", 90, "Nút C", "Knopf C"),
        ],
        scoring: OrderingScoring::AllOrNothing,
    }
}

/// 0 to 10 in tenths; 2.5 ± 0.1 is right.
pub(crate) fn slider() -> Slider {
    Slider {
        minimum: 0.0,
        maximum: 10.0,
        step: 0.1,
        right: 2.5,
        tolerance: 0.1,
        unit: Text::markdown("vi", "mm"),
    }
}

/// Steel and copper; magnetic, conducting, wooden.
pub(crate) fn matrix(several_per_row: bool, row_scoring: RowScoring) -> Matrix {
    let row = |id: &str, vi: &str, de: &str, right: &[&str], weight| MatrixRow {
        id: FieldId::from(id),
        text: words(vi, de),
        right: right
            .iter()
            .take(if several_per_row { 9 } else { 1 })
            .map(|id| OptionId::from(*id))
            .collect::<BTreeSet<_>>(),
        weight,
        feedback: words("Hãy thử bằng nam châm.", "Nehmen Sie einen Magneten."),
    };
    Matrix {
        rows: vec![
            row("steel", "Thép", "Stahl", &["magnetic", "conducting"], 1.0),
            row("copper", "Đồng", "Kupfer", &["conducting"], 3.0),
        ],
        columns: vec![
            piece("magnetic", "Có từ tính", "magnetisch"),
            piece("conducting", "Dẫn điện", "leitend"),
            piece("wooden", "Bằng gỗ", "aus Holz"),
        ],
        several_per_row,
        row_scoring,
        shuffle_rows: true,
    }
}

pub(crate) fn likert() -> Likert {
    let statement = |id: &str, vi: &str, de: &str| Statement {
        id: FieldId::from(id),
        text: words(vi, de),
    };
    Likert {
        statements: vec![
            statement("s1", "Bài học dễ hiểu.", "Die Lektion ist verständlich."),
            statement("s2", "Xưởng an toàn.", "Die Werkstatt ist sicher."),
        ],
        scale: vec![
            piece("no", "Không đồng ý", "Stimme nicht zu"),
            piece("yes", "Đồng ý", "Stimme zu"),
        ],
    }
}

/// All of them, one of each way of marking.
pub(crate) fn all() -> Vec<Item> {
    use OrderingScoring::{AllOrNothing, LongestRun, LongestUnbrokenRun, Neighbours, Pairs, Position};
    let orders = [
        AllOrNothing,
        Position,
        Neighbours,
        Pairs,
        LongestRun,
        LongestUnbrokenRun,
    ];
    let mut interactions: Vec<Interaction> = orders
        .map(|scoring| Interaction::Ordering(ordering(scoring)))
        .into();
    interactions.extend([
        Interaction::TrueFalse(TrueFalse::new(false)),
        Interaction::Matching(matching()),
        Interaction::Associate(associate()),
        Interaction::SelectMissingWords(missing_words()),
        Interaction::Hottext(hottext()),
        Interaction::DragOntoImage(drag_onto_image()),
        Interaction::MarkSpot(mark_spot()),
        Interaction::GraphicOrder(graphic_order()),
        Interaction::Slider(slider()),
        Interaction::Matrix(matrix(false, RowScoring::AllOrNothing)),
        Interaction::Matrix(matrix(true, RowScoring::Partial)),
        Interaction::Likert(likert()),
        Interaction::Information(Information::default()),
    ]);
    let choices = [
        crate::testing::single(),
        crate::testing::multiple(MultipleChoiceScoring::AllOrNothing),
        crate::testing::multiple(MultipleChoiceScoring::Partial),
        weighted(),
    ];
    interactions.into_iter().map(item).chain(choices).collect()
}
