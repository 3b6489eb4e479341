//! `taynghe platform joins`: registrations that look like one platform, and those that were joined.

use app::{
    App,
    registration_join::{self, Joined, Proposal, Registration},
};
use serde_json::{Value, json};

use crate::{cli::Format, output};

/// Prints both lists.
pub(crate) async fn list(app: &App, organisation: Option<String>, format: Format) -> anyhow::Result<()> {
    let found = registration_join::list(app, organisation).await?;
    match format {
        Format::Text => {
            let proposals = found.proposals.iter().map(proposal_row);
            output::print_table(
                &proposals
                    .chain(found.joins.iter().map(join_row))
                    .collect::<Vec<_>>(),
            );
        }
        Format::Json => output::print_json(&json!({
            "proposals": found.proposals.iter().map(proposal_json).collect::<Vec<_>>(),
            "joins": found.joins.iter().map(join_json).collect::<Vec<_>>(),
        })),
    }
    Ok(())
}

fn proposal_row(proposal: &Proposal) -> Vec<String> {
    let agreement = proposal.agreement;
    vec![
        "proposed".to_owned(),
        String::new(),
        side(&proposal.former),
        side(&proposal.registration),
        format!(
            "same users {}, same names {}, same numbers {}, different {}",
            agreement.same_subjects, agreement.same_names, agreement.same_numbers, agreement.different
        ),
    ]
}

fn join_row(joined: &Joined) -> Vec<String> {
    vec![
        state(joined).to_owned(),
        joined.join.id.clone(),
        side(&joined.former),
        side(&joined.registration),
        joined.join.joined_at.and_utc().to_rfc3339(),
    ]
}

fn side(registration: &Registration) -> String {
    format!("{} {}", registration.id, registration.issuer)
}

fn state(joined: &Joined) -> &'static str {
    match joined.join.undone_at {
        Some(_) => "undone",
        None => "joined",
    }
}

fn proposal_json(proposal: &Proposal) -> Value {
    let agreement = proposal.agreement;
    json!({
        "former": side_json(&proposal.former),
        "registration": side_json(&proposal.registration),
        "guid": proposal.guid,
        "same_users": agreement.same_subjects,
        "same_names": agreement.same_names,
        "same_numbers": agreement.same_numbers,
        "different": agreement.different,
    })
}

fn join_json(joined: &Joined) -> Value {
    json!({
        "id": joined.join.id,
        "state": state(joined),
        "former": side_json(&joined.former),
        "registration": side_json(&joined.registration),
        "joined_at": joined.join.joined_at.and_utc().to_rfc3339(),
        "undone_at": joined.join.undone_at.map(|at| at.and_utc().to_rfc3339()),
    })
}

fn side_json(registration: &Registration) -> Value {
    json!({ "id": registration.id, "issuer": registration.issuer, "client_id": registration.client_id })
}
