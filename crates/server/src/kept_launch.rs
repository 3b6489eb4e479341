//! `taynghe doctor launch TRACE`: a kept launch, judged again.

use app::{
    Clock,
    kept_launch::{self, Judged, Verdict},
};
use serde_json::{Value, json};
use settings::Settings;

use crate::{cli::Format, output, start};

/// Prints each check, and whether the launch would be accepted now.
pub(crate) async fn run(settings: &Settings, trace: String, format: Format) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    let judged = kept_launch::judge_by_id(&app, trace).await?;
    match format {
        Format::Json => output::print_json(&as_json(&judged)),
        Format::Text => output::print_table(&rows(&judged)),
    }
    match judged.refused_now() {
        None => Ok(()),
        Some((_, code)) => anyhow::bail!("it would be refused now: {code}"),
    }
}

fn rows(judged: &Judged) -> Vec<Vec<String>> {
    let then = match judged.code.as_str() {
        "" => "accepted".to_owned(),
        code => format!("{code}: {}", judged.detail),
    };
    let facts = [
        ("platform", judged.platform.clone()),
        ("our clock", judged.at.to_rfc3339()),
        (
            "platform's clock",
            judged.platform_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        ),
        (
            "key thumbprint",
            judged.key_thumbprint.clone().unwrap_or_default(),
        ),
        ("then", then),
    ];
    let facts = facts.map(|(name, value)| vec!["".to_owned(), name.to_owned(), value]);
    let checks = judged.checks.iter().map(|(step, verdict)| {
        let (word, detail) = told(verdict);
        vec![word.to_owned(), step.as_str().to_owned(), detail]
    });
    facts.into_iter().chain(checks).collect()
}

fn told(verdict: &Verdict) -> (&'static str, String) {
    match verdict {
        Verdict::Passed => ("ok", String::new()),
        Verdict::Unknown => ("unknown", String::new()),
        Verdict::Failed { code, detail } => ("bad", format!("{code}: {detail}")),
    }
}

fn as_json(judged: &Judged) -> Value {
    let checks: Vec<Value> = judged
        .checks
        .iter()
        .map(|(step, verdict)| {
            let (word, detail) = told(verdict);
            json!({ "check": step.as_str(), "verdict": word, "detail": detail })
        })
        .collect();
    json!({
        "trace": judged.id,
        "platform": judged.platform,
        "at": judged.at,
        "platform_at": judged.platform_at,
        "key_thumbprint": judged.key_thumbprint,
        "signature": judged.signature,
        "code": judged.code,
        "detail": judged.detail,
        "refused_now": judged.refused_now().map(|(_, code)| code.as_str()),
        "checks": checks,
        "header": judged.token.header,
        "claims": judged.token.claims,
    })
}
