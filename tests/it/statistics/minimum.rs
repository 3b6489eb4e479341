//! `statistics_minimum_attempts`: whoever runs the program says how many attempts a figure needs. Below the number no
//! figure is shown, neither of the whole quiz nor of a set of values that only some saw; at it both are.

use practice_platform::INSTRUCTOR;
use tests::{Answer, free_port};

use super::{
    page::statistics,
    variants::{attempts, draft},
};
use crate::grade::Story;

/// A right attempt at this set of values.
const fn at(variant: u32) -> (u32, [bool; 2]) {
    (variant, [true, true])
}

/// How many bars the chart has, and how many sets of values the calculated question.
fn figures(page: &Answer) -> (usize, usize) {
    (
        page.count(".statistics-chart rect"),
        page.count("section[aria-labelledby=detail-2] table[aria-label^='Các bộ'] tbody tr"),
    )
}

#[tokio::test]
async fn figures_are_shown_from_the_number_that_the_settings_say() {
    let story = Story::begin_of(draft()).await;
    let port = free_port();
    let settings = [("TAYNGHE_STATISTICS_MINIMUM_ATTEMPTS", "3")];
    let _program = story.site.start_program(port, &settings).await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let at_program = async || {
        let path = format!("{}/gradebook/statistics?attempts=all", desk.prefix());
        desk.browser.get(&format!("http://localhost:{port}{path}")).await
    };

    attempts(&story, &[at(1), at(1)]).await;
    let few = at_program().await;
    let text = few.all_text();
    assert!(
        text.contains("Mới có 2 lượt làm bài đã nộp") && text.contains("khi có từ 3 lượt trở lên"),
        "{text}"
    );
    assert_eq!(figures(&few), (0, 0));

    attempts(&story, &[at(1)]).await;
    let enough = at_program().await;
    let text = enough.all_text();
    assert!(text.contains("Dựa trên 3 lượt làm bài"), "{text}");
    assert_eq!(figures(&enough), (10, 1), "{text}");
    let without_setting = statistics(&desk, "all").await;
    let text = without_setting.all_text();
    assert!(text.contains("khi có từ 5 lượt trở lên"), "{text}");
    assert_eq!(figures(&without_setting), (0, 0));

    // a set of values that two saw, then three
    attempts(&story, &[at(2), at(2)]).await;
    let rare = at_program().await;
    let text = rare.all_text();
    assert!(text.contains("vì mỗi bộ có chưa đến 3 lượt"), "{text}");
    assert_eq!(figures(&rare), (10, 1), "{text}");
    attempts(&story, &[at(2)]).await;
    assert_eq!(figures(&at_program().await), (10, 2));
    assert_eq!(figures(&statistics(&desk, "all").await), (10, 0));
}
