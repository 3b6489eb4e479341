//! What is peculiar to a product, by `product_family_code`: one table, so that
//! no other file asks which product it talks to. Facts seen on Moodle 4.5.6
//! and in the public trackers of the others.

/// When an answer to a score means that it was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreSuccess {
    /// Any 2xx that is not an HTML page (AGS 2.0 section 3.4).
    AnySuccessNotHtml,
    /// Only 200 with an empty body. Moodle puts a refused body into its reason
    /// phrase; with a line break in it PHP drops the header and the refusal
    /// arrives as 200 with body `[]`.
    OkAndEmptyBody,
}

/// One product's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirks {
    /// `product_family_code`, in lower case; empty in the row for all others.
    pub product_family: &'static str,
    /// How success of a score is told.
    pub score_success: ScoreSuccess,
    /// False when line items must be asked for without `limit`: Moodle's next
    /// link leads back to the whole list, and results with `limit` and
    /// `type_id` end in an error page.
    pub page_line_items: bool,
    /// True when score times are compared in whole seconds and an equal one is
    /// a conflict.
    pub whole_second_stamps: bool,
    /// True when a score that is not FullyGraded empties the grade that stands.
    pub unfinished_score_wipes: bool,
    /// True when user ids are numbers and another id makes the server break
    /// (Moodle answers 502), so it must not be sent.
    pub numeric_user_ids: bool,
    /// True when a 500 with body `[]` means that the grade is locked.
    pub empty_list_500_is_locked: bool,
    /// True when a 403 may mean that we call too often (Canvas).
    pub forbidden_may_be_throttling: bool,
    /// True when the roster calls people learners whom a launch calls
    /// instructors: Moodle's non-editing teachers.
    pub roster_calls_assistants_learners: bool,
    /// True when the gradebook takes the activity's name and ignores `lineItem.label`.
    pub column_takes_item_title: bool,
    /// True when a score to a column without an activity overwrites what a
    /// teacher typed there, so the result must be read first.
    pub standalone_column_overwrites_teacher: bool,
    /// True when an administrator must still activate the tool after dynamic registration.
    pub registration_needs_activation: bool,
}

const OTHERS: Quirks = Quirks {
    product_family: "",
    score_success: ScoreSuccess::AnySuccessNotHtml,
    page_line_items: true,
    whole_second_stamps: false,
    unfinished_score_wipes: false,
    numeric_user_ids: false,
    empty_list_500_is_locked: false,
    forbidden_may_be_throttling: false,
    roster_calls_assistants_learners: false,
    column_takes_item_title: false,
    standalone_column_overwrites_teacher: false,
    registration_needs_activation: false,
};

const FAMILIES: [Quirks; 2] = [
    Quirks {
        product_family: "moodle",
        score_success: ScoreSuccess::OkAndEmptyBody,
        page_line_items: false,
        whole_second_stamps: true,
        unfinished_score_wipes: true,
        numeric_user_ids: true,
        empty_list_500_is_locked: true,
        roster_calls_assistants_learners: true,
        column_takes_item_title: true,
        standalone_column_overwrites_teacher: true,
        registration_needs_activation: true,
        ..OTHERS
    },
    Quirks {
        product_family: "canvas",
        forbidden_may_be_throttling: true,
        ..OTHERS
    },
];

/// The row of a product; unknown products and `None` get the specification's.
pub fn quirks(product_family: Option<&str>) -> &'static Quirks {
    product_family
        .and_then(|family| {
            FAMILIES
                .iter()
                .find(|row| row.product_family.eq_ignore_ascii_case(family.trim()))
        })
        .unwrap_or(&OTHERS)
}

impl Quirks {
    /// False when a score for this user id would make the platform break.
    pub fn may_send_user_id(&self, user_id: &str) -> bool {
        let numeric = !user_id.is_empty() && user_id.bytes().all(|byte| byte.is_ascii_digit());
        numeric || !self.numeric_user_ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let check = |family: Option<&str>, expected: &str| {
            assert_eq!(quirks(family).product_family, expected, "{family:?}");
        };
        check(Some("moodle"), "moodle");
        check(Some(" Moodle"), "moodle");
        check(Some("canvas"), "canvas");
        check(Some("sakai"), "");
        check(Some(""), "");
        check(None, "");
    }

    #[test]
    fn moodle() {
        let row = quirks(Some("moodle"));
        assert_eq!(row.score_success, ScoreSuccess::OkAndEmptyBody);
        assert!(!row.page_line_items && row.whole_second_stamps && row.unfinished_score_wipes);
        assert!(row.roster_calls_assistants_learners && row.column_takes_item_title);
        assert!(row.standalone_column_overwrites_teacher && row.registration_needs_activation);
        assert!(row.may_send_user_id("5") && !row.may_send_user_id("abc"));
        assert!(!row.may_send_user_id("") && !row.may_send_user_id("٥"));
    }

    #[test]
    fn others() {
        assert!(quirks(None).may_send_user_id("abc"));
        assert!(quirks(Some("canvas")).forbidden_may_be_throttling);
        assert!(!quirks(Some("moodle")).forbidden_may_be_throttling);
    }
}
