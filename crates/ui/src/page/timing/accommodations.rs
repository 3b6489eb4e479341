//! What single students need in every quiz: the list, and one student's form.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// The students of a course with what they need.
#[derive(Debug, Clone, Template)]
#[template(path = "timing/accommodations.html")]
pub struct Accommodations {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/accommodations": `{path}/{id}` is one student's.
    pub path: String,
    /// The overrides of the activity.
    pub overrides_path: String,
    /// Whether something was just saved.
    pub is_saved: bool,
    /// In the reader's order of names.
    pub students: Vec<Needs>,
}

/// One student's needs in words.
#[derive(Debug, Clone)]
pub struct Needs {
    /// Goes into the address.
    pub id: String,
    /// The name in the reader's order; empty when it is not shared.
    pub name: String,
    /// "Thời gian × 1,5", "nghỉ 10 phút"; empty for the usual.
    pub words: Vec<String>,
}

/// One student's form. Posts to `path`: `factor` (a value of the choices, or
/// "other" with `other_factor`), `breaks` (minutes), `font`.
#[derive(Debug, Clone, Template)]
#[template(path = "timing/accommodation.html")]
pub struct AccommodationForm {
    /// The surroundings.
    pub frame: Frame,
    /// Where it posts to.
    pub path: String,
    /// Back to the list.
    pub list_path: String,
    /// Whose it is; empty when no name is shared.
    pub name: String,
    /// When it was changed last; empty for never.
    pub changed_at: String,
    /// Time factors, the last one "other".
    pub factors: Vec<Choice>,
    /// Sizes of text.
    pub fonts: Vec<Choice>,
    /// What was typed.
    pub typed: NeedsTyped,
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct NeedsTyped {
    /// Another time factor.
    pub other_factor: String,
    /// Minutes of breaks.
    pub breaks: String,
    /// What is wrong with the factor; empty for nothing.
    pub factor_error: String,
    /// What is wrong with the breaks; empty for nothing.
    pub breaks_error: String,
}

/// One of several to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Goes back.
    pub value: String,
    /// In words.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

impl Page for Accommodations {
    const NAME: &'static str = "timing/accommodations";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let prefix = frame.prefix().to_owned();
        let one = |id: &str, name: &str, words: &[&str]| Needs {
            id: id.to_owned(),
            name: name.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        let some = Self {
            path: format!("{prefix}/accommodations"),
            overrides_path: format!("{prefix}/overrides"),
            is_saved: true,
            students: vec![
                one("1", "Trần Quốc An", &["× 1,5", "10 phút", "150%"]),
                one("2", "Lê Thị Ngọc Ánh", &[]),
                one("3", "", &[]),
            ],
            frame,
        };
        let none = Self {
            is_saved: false,
            students: Vec::new(),
            ..some.clone()
        };
        vec![("some", some), ("none", none)]
    }
}

impl Page for AccommodationForm {
    const NAME: &'static str = "timing/accommodation";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let prefix = frame.prefix().to_owned();
        let choices = |values: &[&str], chosen: &str| -> Vec<Choice> {
            let choice = |value: &&str| Choice {
                value: (*value).to_owned(),
                label: (*value).to_owned(),
                is_chosen: *value == chosen,
            };
            values.iter().map(choice).collect()
        };
        let page = Self {
            path: format!("{prefix}/accommodations/1"),
            list_path: format!("{prefix}/accommodations"),
            name: "Trần Quốc An".to_owned(),
            changed_at: "10:41".to_owned(),
            factors: choices(&["1", "1,25", "1,5", "2", "other"], "other"),
            fonts: choices(&["100", "125", "150", "200"], "150"),
            typed: NeedsTyped {
                other_factor: "9".to_owned(),
                breaks: "10".to_owned(),
                factor_error: frame.t.get("time-factor-wrong").into_owned(),
                breaks_error: String::new(),
            },
            frame,
        };
        vec![("filled", page)]
    }
}
