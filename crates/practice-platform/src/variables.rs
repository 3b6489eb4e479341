//! Substitution variables in custom parameters, with Moodle's gaps: what it does not know stays as text.

use serde_json::Value;

use crate::launch::Site;
use crate::state::{Activity, Course, CourseRole, State, Tool, User};

/// What variables are taken from.
pub(crate) struct Variables<'a> {
    pub(crate) site: &'a Site<'a>,
    pub(crate) user: &'a User,
    pub(crate) course: &'a Course,
    pub(crate) tool: &'a Tool,
    pub(crate) activity: Option<&'a Activity>,
    pub(crate) line_item: Option<String>,
    pub(crate) state: &'a State,
}

impl Variables<'_> {
    /// The value of a custom parameter. `null` for resource link variables where there is no resource link.
    pub(crate) fn resolve(&self, value: &str) -> Value {
        let Some(name) = value.strip_prefix('$') else {
            return Value::from(value);
        };
        self.of_link(name)
            .or_else(|| self.of_person(name).map(Value::from))
            .or_else(|| self.of_course(name).map(Value::from))
            .or_else(|| self.of_service(name).map(Value::from))
            .unwrap_or_else(|| Value::from(value))
    }

    fn of_link(&self, name: &str) -> Option<Value> {
        let of = |pick: fn(&Activity) -> String| {
            Some(
                self.activity
                    .map_or(Value::Null, |activity| Value::from(pick(activity))),
            )
        };
        match name {
            "ResourceLink.id" => of(|activity| activity.id.to_string()),
            "ResourceLink.title" => of(|activity| activity.title.clone()),
            "ResourceLink.description" => of(|activity| activity.description.clone()),
            "Result.sourcedId" | "BasicOutcome.sourcedId" => of(|activity| activity.id.to_string()),
            _ => None,
        }
    }

    fn of_person(&self, name: &str) -> Option<String> {
        let user = self.user;
        Some(match name {
            "User.id" => user.id.to_string(),
            "User.username" => user.username.clone(),
            "Person.name.full" => user.full_name(),
            "Person.name.given" => user.given_name.clone(),
            "Person.name.family" => user.family_name.clone(),
            "Person.name.middle" => String::new(),
            "Person.email.primary" => user.email.clone(),
            "Person.sourcedId" => user.person_sourcedid.clone(),
            "Person.address.timezone" => "99".to_owned(),
            "Membership.role" => match self.state.role(self.course.id, user.id) {
                Some(CourseRole::Student) => "Learner".to_owned(),
                _ => "Instructor".to_owned(),
            },
            "Moodle.Person.userGroupIds" => String::new(),
            _ => return None,
        })
    }

    fn of_course(&self, name: &str) -> Option<String> {
        let course = self.course;
        Some(match name {
            "Context.id" => course.id.to_string(),
            "Context.label" | "CourseSection.label" => course.label.clone(),
            "Context.title" | "CourseSection.title" => course.title.clone(),
            "Context.sourcedId" | "CourseSection.sourcedId" => course.sourcedid.clone(),
            "Context.longDescription" | "CourseSection.longDescription" => String::new(),
            "CourseSection.timeFrame.begin" | "CourseSection.timeFrame.end" => String::new(),
            "Context.id.history" => course
                .history
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(","),
            _ => return None,
        })
    }

    fn of_service(&self, name: &str) -> Option<String> {
        let services = format!("{}/mod/lti/services.php", self.site.origin);
        let (course, tool) = (self.course.id, self.tool.id);
        Some(match name {
            "LineItems.url" => format!("{services}/{course}/lineitems?type_id={tool}"),
            "LineItem.url" => self.line_item.clone().unwrap_or_default(),
            // Moodle leaves these two empty, and the placeholder below unfilled.
            "Results.url" | "Scores.url" => String::new(),
            "LtiLink.memberships.url" => format!("{services}/links/{{link_id}}/memberships"),
            "ToolProxyBinding.memberships.url" => {
                format!("{services}/CourseSection/{course}/bindings/{tool}/memberships")
            }
            "BasicOutcome.url" => format!("{}/mod/lti/service.php", self.site.origin),
            _ => return None,
        })
    }
}
