//! Questions that are written in lines: added, typed, named where they cannot be
//! read, published, and shown again as they were typed.

use assessment::AUTHORED_TYPES;
use reqwest::StatusCode;

use super::desk;

#[tokio::test]
async fn a_question_is_written_in_lines_and_published() {
    let desk = desk().await;
    let page = desk.new_quiz().await;
    let page = desk
        .press(&page, "add:matching", &[("title", "Dụng cụ đo")])
        .await;
    let page = desk.press(&page, "q1_remove", &[]).await;
    let typed = [
        ("q1_stem", "Ghép dụng cụ với công dụng."),
        ("q1_p_pairs", "Thước cặp = đo đường kính\nPanme"),
    ];
    for button in ["save", "preview", "publish"] {
        let answer = desk.press(&page, button, &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{button}");
        assert_eq!(answer.attributes(".problems a", "href"), ["#q1_p_pairs"]);
        let said = answer.text("#q1_p_pairs_error").unwrap_or_default();
        assert!(said.contains("Dòng 2"), "{said}");
        let kept = answer.text("#q1_p_pairs").unwrap_or_default();
        assert_eq!(kept, one_line(typed[1].1), "nothing typed is lost");
    }
    let repaired = [
        typed[0],
        ("q1_p_pairs", "Thước cặp = đo đường kính\nPanme = đo chính xác"),
    ];
    let page = desk.press(&page, "publish", &repaired).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(desk.site.count("assessment_versions").await, 1);
    let again = page.text("#q1_p_pairs").unwrap_or_default();
    assert_eq!(again, one_line(repaired[1].1));
}

// Texts of a page are compared without its line ends.
fn one_line(typed: &str) -> String {
    typed.replace('\n', " ")
}

#[tokio::test]
async fn every_type_can_be_added_and_says_what_is_missing() {
    let desk = desk().await;
    let mut page = desk.new_quiz().await;
    for type_name in AUTHORED_TYPES {
        page = desk
            .press(&page, &format!("add:{type_name}"), &[("title", "Mọi dạng")])
            .await;
        assert_eq!(page.status, StatusCode::OK, "{type_name}: {}", page.all_text());
    }
    assert_eq!(page.count(".authored"), AUTHORED_TYPES.len());
    let page = desk.press(&page, "publish", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for link in page.attributes(".problems a", "href") {
        assert_eq!(page.count(&link), 1, "{link}");
    }
    assert_eq!(desk.site.count("assessment_versions").await, 0);
}
