//! What is peculiar to a product, by `product_family_code`: one table, so that
//! no other file asks which product it talks to. Facts seen on Moodle 4.5.6
//! and in the public trackers and manuals of the others, named at each row.
//!
//! Left out on purpose: what a platform says of itself. Services, scopes,
//! messages, line items and audiences are taken from its configuration, its
//! launches and its answers, whatever the product.

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

/// Whose menus a page may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menus {
    /// Moodle's, word by word.
    Moodle,
    /// Nobody's: the page says in general words what to look for.
    General,
}

/// One product's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirks {
    /// `product_family_code`, in lower case; empty in the row for all others.
    pub product_family: &'static str,
    /// The product's own spelling; empty in the row for all others.
    pub product_name: &'static str,
    /// Whose menus our pages name.
    pub menus: Menus,
    /// Where the platform's configuration is, below the issuer, for a
    /// registration that was made by hand; empty when it is not known.
    pub configuration_path: &'static str,
    /// False when `authorization_server` in the configuration is not the
    /// audience of client assertions, against dynamic registration 1.0.
    pub authorization_server_is_audience: bool,
    /// True when a registration is answered without a deployment id, because
    /// an administrator deploys the tool afterwards.
    pub deployment_after_registration: bool,
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
    /// True when a 422 to a score means that the person cannot be graded.
    pub unprocessable_is_not_gradable: bool,
    /// True when the roster calls people learners whom a launch calls
    /// instructors: Moodle's non-editing teachers.
    pub roster_calls_assistants_learners: bool,
    /// True when people's roles in the course are told as roles in the institution.
    pub institution_roles_are_course_roles: bool,
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
    product_name: "",
    menus: Menus::General,
    configuration_path: "",
    authorization_server_is_audience: true,
    deployment_after_registration: false,
    score_success: ScoreSuccess::AnySuccessNotHtml,
    page_line_items: true,
    whole_second_stamps: false,
    unfinished_score_wipes: false,
    numeric_user_ids: false,
    empty_list_500_is_locked: false,
    forbidden_may_be_throttling: false,
    unprocessable_is_not_gradable: false,
    roster_calls_assistants_learners: false,
    institution_roles_are_course_roles: false,
    column_takes_item_title: false,
    standalone_column_overwrites_teacher: false,
    registration_needs_activation: false,
};

const FAMILIES: [Quirks; 6] = [
    Quirks {
        product_family: "moodle",
        product_name: "Moodle",
        menus: Menus::Moodle,
        configuration_path: "/mod/lti/openid-configuration.php",
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
    // A 403 that names the rate limit: ucfopen/canvasapi issue 704. The tool is
    // deployed after it was registered, and authorization_server is a bare host:
    // canvas-lms doc/api/registration.md. Its token endpoint takes its own
    // address as the audience only: canvas-lms issue 1925.
    Quirks {
        product_family: "canvas",
        product_name: "Canvas",
        configuration_path: "/api/lti/security/openid-configuration",
        authorization_server_is_audience: false,
        deployment_after_registration: true,
        forbidden_may_be_throttling: true,
        registration_needs_activation: true,
        ..OTHERS
    },
    // 422 for a role that cannot be graded: LTI Advantage developer FAQ,
    // community.d2l.com article 23661. Deployments are made after registering:
    // docs.valence.desire2learn.com, "LTI Advantage".
    Quirks {
        product_family: "desire2learn",
        product_name: "Brightspace",
        deployment_after_registration: true,
        unprocessable_is_not_gradable: true,
        registration_needs_activation: true,
        ..OTHERS
    },
    Quirks {
        product_family: "sakai",
        product_name: "Sakai",
        ..OTHERS
    },
    // It does not name itself in launches, so `platform add --product open-edx`
    // does. Roles: lti_consumer/lti_1p3/constants.py of openedx/xblock-lti-consumer.
    Quirks {
        product_family: "open-edx",
        product_name: "Open edX",
        institution_roles_are_course_roles: true,
        ..OTHERS
    },
    Quirks {
        product_family: "BlackboardLearn",
        product_name: "Blackboard",
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

/// What people call the product: its own spelling where the table has it, else
/// the code as it came; empty for an empty one.
pub fn product_name(product_family: &str) -> &str {
    match quirks(Some(product_family)).product_name {
        "" => product_family.trim(),
        name => name,
    }
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
        check(Some("Desire2Learn"), "desire2learn");
        check(Some("sakai"), "sakai");
        check(Some("blackboardlearn"), "BlackboardLearn");
        check(Some("open-edx"), "open-edx");
        check(Some("schoology"), "");
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
    fn names_for_people() {
        let check = |family: &str, expected: &str| assert_eq!(product_name(family), expected);
        check("moodle", "Moodle");
        check("canvas", "Canvas");
        check("desire2learn", "Brightspace");
        check("BlackboardLearn", "Blackboard");
        check("open-edx", "Open edX");
        check("Buzz", "Buzz");
        check("", "");
    }

    #[test]
    fn brightspace_and_canvas_deploy_after_registering() {
        let check = |family: &str, expected: bool| {
            let row = quirks(Some(family));
            assert_eq!(row.deployment_after_registration, expected, "{family}");
        };
        check("canvas", true);
        check("desire2learn", true);
        check("moodle", false);
        check("sakai", false);
        check("", false);
        assert!(!quirks(Some("canvas")).authorization_server_is_audience);
        assert!(quirks(Some("desire2learn")).authorization_server_is_audience);
        assert!(quirks(Some("desire2learn")).unprocessable_is_not_gradable);
        assert!(!quirks(Some("canvas")).unprocessable_is_not_gradable);
    }

    #[test]
    fn only_moodle_has_menus_of_its_own() {
        assert_eq!(quirks(Some("moodle")).menus, Menus::Moodle);
        assert_eq!(quirks(Some("canvas")).menus, Menus::General);
        assert_eq!(quirks(None).menus, Menus::General);
    }

    #[test]
    fn others() {
        assert!(quirks(None).may_send_user_id("abc"));
        assert!(quirks(Some("canvas")).forbidden_may_be_throttling);
        assert!(!quirks(Some("moodle")).forbidden_may_be_throttling);
    }
}
