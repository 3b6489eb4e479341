//! The groups of a course: the list, and one with its members.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// The groups. The form posts `name` to `path`.
#[derive(Debug, Clone, Template)]
#[template(path = "timing/groups.html")]
pub struct Groups {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/groups": `{path}/{id}` is one.
    pub path: String,
    /// The overrides of the activity.
    pub overrides_path: String,
    /// What was just done.
    pub is_saved: bool,
    /// By name.
    pub groups: Vec<Group>,
    /// The name that was typed and does not do.
    pub wrong_name: String,
    /// What is wrong with it; empty for nothing.
    pub error: String,
}

/// A group in the list.
#[derive(Debug, Clone)]
pub struct Group {
    /// Goes into its address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many are in it.
    pub members: usize,
}

/// One group. The form posts to `path`: `name`, `member.{person}` ("on") for each member, and
/// `do`: "save" or "remove".
#[derive(Debug, Clone, Template)]
#[template(path = "timing/group.html")]
pub struct GroupForm {
    /// The surroundings.
    pub frame: Frame,
    /// Where it posts to.
    pub path: String,
    /// Back to the list.
    pub list_path: String,
    /// Its name.
    pub name: String,
    /// The name in the form, as typed.
    pub typed_name: String,
    /// What is wrong with the name; empty for nothing.
    pub error: String,
    /// Everybody of the course.
    pub members: Vec<Member>,
}

/// Somebody of the course.
#[derive(Debug, Clone)]
pub struct Member {
    /// Posts as a part of `member.{person}`.
    pub person_id: String,
    /// The name in the reader's order; empty when it is not shared.
    pub name: String,
    /// Whether they are in the group.
    pub is_in: bool,
}

impl Page for Groups {
    const NAME: &'static str = "timing/groups";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let prefix = frame.prefix().to_owned();
        let group = |id: &str, name: &str, members| Group {
            id: id.to_owned(),
            name: name.to_owned(),
            members,
        };
        let some = Self {
            path: format!("{prefix}/groups"),
            overrides_path: format!("{prefix}/overrides"),
            is_saved: true,
            groups: vec![group("1", "Ca sáng", 14), group("2", "Lớp buổi tối", 9)],
            wrong_name: "Ca sáng".to_owned(),
            error: frame.t.get("time-group-known").into_owned(),
            frame,
        };
        let none = Self {
            is_saved: false,
            groups: Vec::new(),
            wrong_name: String::new(),
            error: String::new(),
            ..some.clone()
        };
        vec![("some", some), ("none", none)]
    }
}

impl Page for GroupForm {
    const NAME: &'static str = "timing/group";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let prefix = frame.prefix().to_owned();
        let names = ["Trần Quốc An", "Lê Thị Ngọc Ánh", "Đỗ Văn Bình", ""];
        let members = names.iter().enumerate().map(|(place, name)| Member {
            person_id: place.to_string(),
            name: (*name).to_owned(),
            is_in: place == 1,
        });
        let page = Self {
            path: format!("{prefix}/groups/1"),
            list_path: format!("{prefix}/groups"),
            name: "Lớp buổi tối".to_owned(),
            typed_name: "Lớp buổi tối".to_owned(),
            error: String::new(),
            members: members.collect(),
            frame,
        };
        let wrong = Self {
            typed_name: "Ca sáng".to_owned(),
            error: page.frame.t.get("time-group-known").into_owned(),
            ..page.clone()
        };
        vec![("filled", page), ("wrong", wrong)]
    }
}
