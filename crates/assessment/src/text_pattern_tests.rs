use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const PLAIN: TextRule = TextRule {
    case_sensitive: false,
    without_marks: None,
    german_digraphs: false,
};
const EXACT_CASE: TextRule = TextRule {
    case_sensitive: true,
    ..PLAIN
};
const HALF: TextRule = TextRule {
    without_marks: Some(0.5),
    ..PLAIN
};
const GERMAN: TextRule = TextRule {
    german_digraphs: true,
    ..PLAIN
};

fn check(rule: TextRule, accepted: &str, typed: &str, expected: f64) {
    let share = TextPattern::new(accepted, rule).share(typed);
    assert_eq!(share, expected, "{accepted:?} {typed:?}");
}

#[test]
fn composed_and_decomposed_letters_are_equal() {
    let decomposed: String = "Tiện ren ngoài, Größe".nfd().collect();
    assert_ne!(decomposed, "Tiện ren ngoài, Größe");
    check(PLAIN, "Tiện ren ngoài, Größe", &decomposed, 1.0);
    check(EXACT_CASE, &decomposed, "Tiện ren ngoài, Größe", 1.0);
    // marks in another order than Unicode's
    check(PLAIN, "tiện", "tie\u{323}\u{302}n", 1.0);
    check(PLAIN, "tiện", "tie\u{302}\u{323}n", 1.0);
    check(PLAIN, "a\u{338}", "a", 0.0);
}

#[test]
fn white_space_case_and_typography_do_not_count() {
    check(PLAIN, "thước cặp", "  Thước\u{a0}\u{a0} cặp\n", 1.0);
    check(PLAIN, "thước cặp", "thướccặp", 0.0);
    check(PLAIN, "thước  cặp", "THƯỚC CẶP", 1.0);
    check(EXACT_CASE, "Messschieber", "messschieber", 0.0);
    check(EXACT_CASE, "Messschieber", " Messschieber ", 1.0);
    check(PLAIN, "CNC-Maschine", "CNC–Maschine", 1.0);
    check(PLAIN, "it's \"on\"", "it’s “on”", 1.0);
    check(PLAIN, "máy\u{200b} tiện", "máy tiện", 1.0);
    check(PLAIN, "", "", 1.0);
    check(PLAIN, "", "x", 0.0);
}

#[test]
fn old_and_new_tone_places_are_equal() {
    for (old, new) in [
        ("hòa", "hoà"),
        ("thúy", "thuý"),
        ("khỏe", "khoẻ"),
        ("HÒA", "HOÀ"),
        ("Thủy lực", "Thuỷ lực"),
        ("vô hiệu hóa", "vô hiệu hoá"),
        ("tự động hóa.", "tự động hoá."),
        ("xòe", "xoè"),
        ("ũy", "uỹ"),
        ("khóa-mở", "khoá-mở"),
        ("qúy", "quý"),
    ] {
        check(PLAIN, old, new, 1.0);
        check(EXACT_CASE, new, old, 1.0);
        let decomposed: String = old.nfd().collect();
        check(PLAIN, new, &decomposed, 1.0);
    }
    check(PLAIN, "hòa", "hoá", 0.0);
    check(PLAIN, "hòa", "hoa", 0.0);
    check(PLAIN, "hoàn", "hòan", 0.0);
    check(PLAIN, "toàn", "toan", 0.0);
    check(PLAIN, "của", "cuả", 0.0);
}

#[test]
fn missing_marks_cost_a_share_and_wrong_ones_all() {
    check(HALF, "thước cặp", "thước cặp", 1.0);
    check(HALF, "thước cặp", "thuoc cap", 0.5);
    check(HALF, "thước cặp", "thươc cặp", 0.5);
    check(HALF, "thước cặp", "thuốc cặp", 0.0);
    check(HALF, "thước cặp", "thứơc cặp", 0.0);
    check(HALF, "đường đột", "duong dot", 0.5);
    check(HALF, "ĐƯỜNG", "duong", 0.5);
    check(HALF, "duong", "đường", 0.0);
    check(HALF, "hoà", "hoa", 0.5);
    check(HALF, "khoẻ", "khóe", 0.0);
    check(HALF, "Fräser", "Fraser", 0.0);
    check(PLAIN, "thước cặp", "thuoc cap", 0.0);
    let exact = TextRule {
        case_sensitive: true,
        ..HALF
    };
    check(exact, "Đà Nẵng", "Da Nang", 0.5);
    check(exact, "Đà Nẵng", "da nang", 0.0);
}

#[test]
fn german_letters_can_be_written_with_two() {
    check(GERMAN, "Größe", "Groesse", 1.0);
    check(GERMAN, "Groesse", "GRÖSSE", 1.0);
    check(GERMAN, "Fräser", "Fraeser", 1.0);
    check(GERMAN, "Maß", "Mass", 1.0);
    check(PLAIN, "Maß", "Mass", 0.0);
    check(PLAIN, "Größe", "Groesse", 0.0);
    let decomposed: String = "Größe".nfd().collect();
    check(GERMAN, "Groesse", &decomposed, 1.0);
}

#[test]
fn stars_stand_for_anything() {
    check(PLAIN, "*", "", 1.0);
    check(PLAIN, "*", "gì cũng được", 1.0);
    check(PLAIN, "máy *", "máy phay", 1.0);
    check(PLAIN, "máy *", "máy", 0.0);
    check(PLAIN, "máy*", "Máy", 1.0);
    check(PLAIN, "*phay*CNC", "máy phay đứng CNC", 1.0);
    check(PLAIN, "*phay*CNC", "máy phay CNC cũ", 0.0);
    check(PLAIN, "a*b*c", "abcabc", 1.0);
    check(PLAIN, "5 \\* 4", "5 * 4", 1.0);
    check(PLAIN, "5 \\* 4", "5 x 4", 0.0);
    check(PLAIN, "C:\\\\*", "c:\\tệp", 1.0);
    check(PLAIN, "x\\", "x\\", 1.0);
    check(HALF, "*cặp", "thuoc cap", 0.5);
    check(PLAIN, "hòa*", "hoà bình", 1.0);
    assert!(TextPattern::new(" ** ", PLAIN).fits_anything());
    assert!(!TextPattern::new("\\*", PLAIN).fits_anything());
    assert!(TextPattern::new("  ", PLAIN).is_empty());
}

#[test]
fn many_stars_do_not_take_for_ever() {
    let accepted = "a*".repeat(100) + "b";
    check(HALF, &accepted, &"a".repeat(20_000), 0.0);
}

proptest! {
    #[test]
    fn every_text_is_itself_in_each_spelling(text in "[a-zA-ZÀ-ỹĐđß ]{1,40}", small in any::<bool>()) {
        let rule = TextRule { case_sensitive: small, without_marks: Some(0.5), german_digraphs: small };
        let pattern = TextPattern::new(&text, rule);
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(pattern.share(&text), 1.0);
        prop_assert_eq!(pattern.share(&decomposed), 1.0);
        prop_assert_eq!(TextPattern::new(&decomposed, rule).share(&text), 1.0);
    }

    #[test]
    fn text_without_its_marks_is_worth_its_share(text in "[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ ]{1,40}") {
        let plain = text::fold(&text);
        let expected = if plain == text { 1.0 } else { 0.5 };
        prop_assert_eq!(TextPattern::new(&text, HALF).share(&plain), expected);
    }
}
