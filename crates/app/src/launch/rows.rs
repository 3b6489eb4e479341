//! What a launch tells, as rows to be stored.

use lti::launch_message::{LaunchMessage, ResourceLink};
use storage::{
    Timestamp, contexts,
    people::{self, Identity},
    registrations::{Deployment, Registration},
};

use crate::{random, session::Role};

/// Who launched, as the platform told it.
pub(super) fn identity_of(registration: &Registration, message: &LaunchMessage, now: Timestamp) -> Identity {
    let person = &message.person;
    Identity {
        id: random::id(),
        person_id: random::id(),
        kind: if message.roles.is_test_user() {
            people::TEST_USER
        } else {
            people::PLATFORM
        }
        .to_owned(),
        registration_id: Some(registration.id.clone()),
        subject: person.sub.clone(),
        name: person.name.clone(),
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        email: person.email.clone(),
        sourced_id: person.sourcedid.clone(),
        created_at: now,
        seen_at: now,
    }
}

/// From which course.
pub(super) fn context_of(
    deployment: &Deployment,
    message: &LaunchMessage,
    now: Timestamp,
) -> contexts::Context {
    let context = message.context.as_ref();
    contexts::Context {
        id: random::id(),
        deployment_id: deployment.id.clone(),
        platform_id: context.map(|context| context.id.clone()).unwrap_or_default(),
        label: context
            .and_then(|context| context.label.clone())
            .unwrap_or_default(),
        title: context
            .and_then(|context| context.title.clone())
            .unwrap_or_default(),
        line_items_url: message.ags.as_ref().and_then(|ags| ags.lineitems.clone()),
        ags_scopes: message
            .ags
            .as_ref()
            .map(|ags| ags.scopes.join(" "))
            .unwrap_or_default(),
        memberships_url: message.nrps_url.clone(),
        roster_read_at: None,
        created_at: now,
        seen_at: now,
    }
}

/// As what.
pub(super) fn enrolment_of(
    context_id: &str,
    identity_id: &str,
    role: Role,
    now: Timestamp,
) -> contexts::Enrolment {
    contexts::Enrolment {
        id: random::id(),
        context_id: context_id.to_owned(),
        identity_id: identity_id.to_owned(),
        launch_role: Some(role.as_str().to_owned()),
        roster_role: None,
        roster_role_at: None,
        in_roster: false,
        launched_at: Some(now),
        created_at: now,
    }
}

/// By which activity of the platform.
pub(super) fn link_of(
    context_id: &str,
    link: &ResourceLink,
    message: &LaunchMessage,
    now: Timestamp,
) -> contexts::ResourceLink {
    contexts::ResourceLink {
        id: random::id(),
        context_id: context_id.to_owned(),
        platform_id: link.id.clone(),
        title: link.title.clone().unwrap_or_default(),
        line_item_url: message.ags.as_ref().and_then(|ags| ags.lineitem.clone()),
        created_at: now,
        seen_at: now,
    }
}
