//! The providers of the settings, with their secrets, as the service takes them.

use std::fs;

use anyhow::{Context, ensure};
use app::sign_in::{Administrators, Learners, Provider};
use settings::{Settings, SignIn};

/// All providers. Each secret is read from its file.
///
/// # Errors
/// A secret that cannot be read; the message names the setting.
pub(crate) fn providers(settings: &Settings) -> anyhow::Result<Vec<Provider>> {
    settings.sign_in.iter().map(provider).collect()
}

fn provider(section: &SignIn) -> anyhow::Result<Provider> {
    let file = &section.client_secret_file;
    let named = || format!("sign_in.{}.client_secret_file {}", section.id, file.display());
    let secret = fs::read_to_string(file).with_context(named)?;
    let secret = secret.trim();
    ensure!(!secret.is_empty(), "{}: the file is empty", named());
    Ok(Provider {
        id: section.id.clone(),
        name: section.name.clone(),
        organisation: section.organisation.clone(),
        openid: outbound::openid::Provider {
            issuer: section.issuer.clone(),
            tenants: section.tenants.clone(),
            client_id: section.client_id.clone(),
            client_secret: secret.to_owned(),
            scopes: section.scopes.clone(),
        },
        administrators: Administrators {
            claim: section.administrator_claim.clone(),
            claim_values: section.administrator_claim_values.clone(),
            subjects: section.administrator_subjects.clone(),
            emails: section.administrator_emails.clone(),
        },
        learners: section.learners.then(|| Learners {
            email_domains: section.learner_email_domains.clone(),
            scopes: section.learner_scopes.clone(),
        }),
    })
}
