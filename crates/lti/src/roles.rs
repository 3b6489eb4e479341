//! Role lists (LTI 1.3 core appendix A.2, LIS v2 vocabulary): what somebody is
//! in the context of a launch. Institution and system roles give nothing here:
//! an administrator of the platform who teaches has a context role as well.

use crate::quirks::Quirks;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const CONTEXT_ROLE: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
const CONTEXT_SUB_ROLE: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership/";
const INSTITUTION_ROLE: &str = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";
const TEST_USER: &str = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";

/// What somebody may do in a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContextRole {
    /// Teaches, assists, develops content or administers the context.
    Instructor,
    /// Learns.
    Learner,
    /// Anything else, mentors included: the least rights.
    Other,
}

/// A role list as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    names: Vec<String>,
}

impl Roles {
    /// Reads role names in full or short form; unknown ones are kept and give nothing.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
        }
    }

    /// Reads a JSON list; members that are not text are left out. `None` when
    /// the value is no list.
    pub fn from_json(value: &Value) -> Option<Self> {
        let list = value.as_array()?;
        Some(Self::new(list.iter().filter_map(Value::as_str)))
    }

    /// The names as sent.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The role in the context, from context roles only. With several, the
    /// one with more rights: Moodle lists all that somebody holds.
    pub fn context_role(&self) -> ContextRole {
        let mut found = ContextRole::Other;
        for name in self.names.iter().filter_map(|name| principal(name)) {
            match name {
                "Instructor" | "ContentDeveloper" | "Administrator" => {
                    return ContextRole::Instructor;
                }
                "Learner" => found = ContextRole::Learner,
                _ => {}
            }
        }
        found
    }

    /// The same as this product means it: the table of quirks may let
    /// institution roles speak where there is no context role.
    pub fn role_as(&self, quirks: &Quirks) -> ContextRole {
        match self.context_role() {
            ContextRole::Other if quirks.institution_roles_are_course_roles => self.institution_role(),
            role => role,
        }
    }

    fn institution_role(&self) -> ContextRole {
        let holds = |role: &str| {
            let mut names = self
                .names
                .iter()
                .filter_map(|name| name.strip_prefix(INSTITUTION_ROLE));
            names.any(|name| name == role)
        };
        if holds("Instructor") {
            ContextRole::Instructor
        } else if holds("Student") || holds("Learner") {
            ContextRole::Learner
        } else {
            ContextRole::Other
        }
    }

    /// A platform's test user ("student view"): may learn, is never graded.
    pub fn is_test_user(&self) -> bool {
        self.names.iter().any(|name| name == TEST_USER)
    }
}

/// The principal context role that a name stands for.
fn principal(name: &str) -> Option<&str> {
    if let Some(role) = name.strip_prefix(CONTEXT_ROLE) {
        // some platforms send this sub-role of Instructor on its own
        return Some(if role == "TeachingAssistant" {
            "Instructor"
        } else {
            role
        });
    }
    if let Some(rest) = name.strip_prefix(CONTEXT_SUB_ROLE) {
        return rest.split_once('#').map(|(role, _)| role);
    }
    // the short form is allowed for context roles only
    let short = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
    short.then_some(if name == "TeachingAssistant" {
        "Instructor"
    } else {
        name
    })
}

#[cfg(test)]
mod tests {
    use super::ContextRole::{Instructor, Learner, Other};
    use super::*;

    #[test]
    fn institution_roles_speak_for_a_course_on_open_edx_only() {
        let i = |role: &str| format!("http://purl.imsglobal.org/vocab/lis/v2/institution/person#{role}");
        let member = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner".to_owned();
        let check = |family: &str, names: &[String], expected: ContextRole| {
            let role = Roles::new(names.iter().cloned()).role_as(crate::quirks::quirks(Some(family)));
            assert_eq!(role, expected, "{family} {names:?}");
        };
        check("open-edx", &[i("Student")], Learner);
        check("open-edx", &[i("Instructor"), i("Student")], Instructor);
        check("open-edx", &[i("Instructor"), member.clone()], Learner);
        check("open-edx", &[i("Guest")], Other);
        check("open-edx", &[], Other);
        check("moodle", &[i("Instructor"), i("Student")], Other);
        check("", &[i("Instructor")], Other);
        check("moodle", &[i("Instructor"), member], Learner);
    }

    #[test]
    fn context_roles() {
        let m = |role: &str| format!("http://purl.imsglobal.org/vocab/lis/v2/membership{role}");
        let check = |names: &[&str], expected: ContextRole| {
            assert_eq!(
                Roles::new(names.iter().copied()).context_role(),
                expected,
                "{names:?}"
            );
        };
        check(&[&m("#Instructor")], Instructor);
        check(&[&m("#Learner")], Learner);
        check(&[&m("#Learner"), &m("#Instructor")], Instructor);
        check(&[&m("#ContentDeveloper")], Instructor);
        check(&[&m("#Administrator")], Instructor);
        check(&[&m("#Mentor")], Other);
        check(&[&m("#Member")], Other);
        check(&[&m("/Instructor#TeachingAssistant")], Instructor);
        check(&[&m("/Instructor#Grader")], Instructor);
        check(&[&m("/Learner#GuestLearner")], Learner);
        check(&[&m("/Mentor#Instructor")], Other);
        check(&[&m("/Instructor")], Other);
        check(&["Instructor"], Instructor);
        check(&["Learner"], Learner);
        check(&["Learner", "Mentor", "Unheard"], Learner);
        check(&["instructor"], Other);
        check(&[], Other);
        check(&[""], Other);
        check(
            &["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"],
            Other,
        );
        check(
            &["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"],
            Other,
        );
        check(
            &["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"],
            Other,
        );
        check(
            &[
                "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor",
                &m("#Learner"),
            ],
            Learner,
        );
        check(&["https://evil.example/membership#Instructor"], Other);
    }

    #[test]
    fn test_users() {
        assert!(Roles::new([TEST_USER]).is_test_user());
        assert!(!Roles::new(["Learner"]).is_test_user());
        assert_eq!(Roles::new([TEST_USER]).context_role(), Other);
    }

    #[test]
    fn json_lists() {
        let read = |text: &str| Roles::from_json(&serde_json::from_str(text).unwrap());
        assert_eq!(read("[]"), Some(Roles::default()));
        assert_eq!(read(r#"["Learner", 5, null]"#), Some(Roles::new(["Learner"])));
        assert_eq!(read("null"), None);
        assert_eq!(read(r#""Learner""#), None);
    }
}
