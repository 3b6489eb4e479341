//! Names and roles: who is in a course.

use serde::Serialize;
use serde_json::{Value, json};

use crate::claims::Pairs;
use crate::exchange::{Answer, Incoming, php_json};
use crate::launch::{Site, basicoutcome_claim};
use crate::line_items::{page_from, page_limit};
use crate::listing::Listing;
use crate::services::{Call, document, media, refused};
use crate::state::{Activity, Course, CourseRole, State, Tool, User};

const INSTITUTION_ROLE: &str = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";

/// Answers a request for the members of a course.
pub(crate) fn get(state: &State, site: &Site<'_>, call: &Call<'_>, course_id: i64) -> Answer {
    let Some(course) = state.courses.get(&course_id) else {
        return refused(
            call.request,
            404,
            &format!("Not Found: Course {course_id} doesn't exist"),
        );
    };
    let Some(tool) = state.tools.get(&call.tool) else {
        return refused(call.request, 401, "Unauthorized");
    };
    let listing = state.listing;
    let link = call
        .request
        .query_number("rlid")
        .filter(|_| !listing.ignores_links);
    if let (Some(_), Some(status)) = (link, listing.link_status) {
        return refused(call.request, status, "Links are not supported");
    }
    let activity = link
        .and_then(|id| state.activities.get(&id))
        .filter(|found| found.course == course_id);
    if let (Some(link), None) = (link, activity) {
        return refused(
            call.request,
            404,
            &format!("Not Found: LTI link {link} doesn't exist"),
        );
    }
    let mut members = members(state, course, call.request);
    if let Some(openers) = activity.and_then(|activity| state.openers.get(&activity.id)) {
        // As by Moodle's "restrict access", which does not bind those who teach.
        members.retain(|(user, role, _)| *role == "Instructor" || openers.contains(&user.id));
    }
    let address = format!("{}{}", site.origin, call.request.path);
    let (limit, from) = (page_limit(call).or(listing.page_size), page_from(call));
    let page: Vec<&Listed<'_>> = members
        .iter()
        .skip(from)
        .take(limit.unwrap_or(usize::MAX))
        .collect();
    let answer = if call.request.header("accept") == Some(media::OLD_MEMBERSHIPS) {
        let old: Vec<Pairs> = page
            .iter()
            .map(|(user, role, _)| old_member(user, role, tool))
            .collect();
        document(
            200,
            media::OLD_MEMBERSHIPS,
            php_json(&old_container(&address, course, &old)),
        )
    } else {
        let new: Vec<Pairs> = page
            .iter()
            .map(|listed| member(site, listed, (tool, listing), activity))
            .collect();
        document(
            200,
            media::MEMBERSHIPS,
            php_json(&container(&address, course, &new)),
        )
    };
    match limit.filter(|limit| from + limit < members.len()) {
        // As in Moodle the role filter gets lost on the way.
        Some(limit) => {
            let next = format!("<{address}?limit={limit}&from={}>; rel=\"next\"", from + limit);
            answer.with_header("link", &next)
        }
        None => answer,
    }
}

/// A member with their bare role and their status.
type Listed<'a> = (&'a User, &'static str, &'static str);

/// Members sorted by last name: the active ones, and where the platform was told so the suspended ones.
fn members<'a>(state: &'a State, course: &Course, request: &Incoming) -> Vec<Listed<'a>> {
    let wanted = request.query_value("role");
    let mut members: Vec<Listed<'_>> = course
        .members
        .iter()
        .filter(|(user, _)| state.listing.lists_suspended || !course.suspended.contains(user))
        .filter_map(|(user, role)| {
            let role = match role {
                CourseRole::Instructor => "Instructor",
                CourseRole::Assistant | CourseRole::Student => "Learner",
            };
            let status = match course.suspended.contains(user) {
                true => "Inactive",
                false => "Active",
            };
            Some((state.users.get(user)?, role, status))
        })
        .filter(|(_, role, _)| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.rsplit('#').next() == Some(*role))
        })
        .collect();
    members.sort_by(|(a, ..), (b, ..)| (&a.family_name, &a.given_name).cmp(&(&b.family_name, &b.given_name)));
    members
}

fn member(
    site: &Site<'_>,
    (user, role, status): &Listed<'_>,
    (tool, listing): (&Tool, Listing),
    activity: Option<&Activity>,
) -> Pairs {
    let role = match (listing.institution_roles, *role) {
        (false, role) => role.to_owned(),
        (true, "Learner") => format!("{INSTITUTION_ROLE}Student"),
        (true, role) => format!("{INSTITUTION_ROLE}{role}"),
    };
    let mut pairs = vec![
        ("status".to_owned(), json!(status)),
        ("roles".to_owned(), json!([role])),
    ];
    if let Some(activity) = activity {
        let mut message = vec![(
            "https://purl.imsglobal.org/spec/lti/claim/message_type".to_owned(),
            json!("LtiResourceLinkRequest"),
        )];
        if activity.accept_grades {
            let outcome = basicoutcome_claim(site, activity, user, tool);
            message.push((
                "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome".to_owned(),
                serde_json::to_value(outcome).unwrap_or_default(),
            ));
        }
        let message = serde_json::to_value(Pairs(message)).unwrap_or_default();
        pairs.push(("message".to_owned(), json!([message])));
    }
    let mut text = |name: &str, value: &str| pairs.push((name.to_owned(), Value::from(value)));
    text("user_id", &user.id.to_string());
    text("lis_person_sourcedid", &user.person_sourcedid);
    if tool.config.share_name {
        text("name", &user.full_name());
        text("given_name", &user.given_name);
        text("family_name", &user.family_name);
    }
    if tool.config.share_email {
        text("email", &user.email);
    }
    if tool.config.share_name {
        text("ext_user_username", &user.username);
    }
    Pairs(pairs)
}

#[derive(Serialize)]
struct Container<'a> {
    id: &'a str,
    context: Pairs,
    members: &'a [Pairs],
}

fn container<'a>(address: &'a str, course: &Course, members: &'a [Pairs]) -> Container<'a> {
    let context = Pairs::texts([
        ("id", course.id.to_string()),
        ("label", course.label.clone()),
        ("title", course.title.clone()),
    ]);
    Container {
        id: address,
        context,
        members,
    }
}

fn old_member(user: &User, role: &str, tool: &Tool) -> Pairs {
    let mut person = vec![
        ("@type".to_owned(), json!("LISPerson")),
        ("userId".to_owned(), json!(user.id.to_string())),
        ("sourcedId".to_owned(), json!(user.person_sourcedid)),
    ];
    if tool.config.share_name {
        person.push(("name".to_owned(), json!(user.full_name())));
        person.push(("givenName".to_owned(), json!(user.given_name)));
        person.push(("familyName".to_owned(), json!(user.family_name)));
    }
    if tool.config.share_email {
        person.push(("email".to_owned(), json!(user.email)));
    }
    if tool.config.share_name {
        person.push(("ext_user_username".to_owned(), json!(user.username)));
    }
    Pairs(vec![
        ("status".to_owned(), json!("Active")),
        ("role".to_owned(), json!([role])),
        (
            "member".to_owned(),
            serde_json::to_value(Pairs(person)).unwrap_or_default(),
        ),
    ])
}

fn old_container(address: &str, course: &Course, members: &[Pairs]) -> Value {
    json!({
        "@context": "http://purl.imsglobal.org/ctx/lis/v2/MembershipContainer",
        "@type": "Page",
        "@id": address,
        "pageOf": {
            "@type": "LISMembershipContainer",
            "membershipSubject": {
                "@type": "Context", "contextId": course.id.to_string(), "membership": members,
            },
        },
    })
}
