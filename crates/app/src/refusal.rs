//! The record of a refused request: all that is stored of it.

use storage::refusals;

use crate::{App, Refusal, Result};

const LONGEST_DETAIL: usize = 500;

/// Keeps code, inner reason and registration of a refusal under its trace id.
///
/// # Errors
/// When the database fails.
pub async fn record(app: &App, trace_id: &str, refusal: &Refusal) -> Result<()> {
    let row = refusals::Refusal {
        id: trace_id.to_owned(),
        code: refusal.code.as_str().to_owned(),
        detail: refusal.detail.chars().take(LONGEST_DETAIL).collect(),
        registration_id: refusal.registration_id.clone(),
        created_at: app.clock().now().naive_utc(),
    };
    app.db().write(move |c| Ok(refusals::insert(c, &row)?)).await
}
