//! `taynghe admin audit`: an organisation's audit trail on standard output.

use app::{
    Clock,
    audit::{self, Entry, Filter, Who},
};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Value, json};
use settings::Settings;
use ui::{Language, Texts};

use crate::{
    cli::{Audit, AuditFormat},
    output, start,
};

/// Prints what fits, newest first. Days are those of UTC here, as the command has no reader's zone.
pub(crate) async fn run(settings: &Settings, command: Audit) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1));
    let filter = Filter {
        action: command.action,
        person_id: None,
        from: command.from.map(begin_of),
        until: command.to.and_then(after).map(begin_of),
    };
    let entries = audit::export_of(&app, command.organisation.name, filter).await?;
    let rows = || {
        web::audit_rows(
            Texts::for_language(Language::negotiate(&["en"])),
            &entries,
            settings.time_zone,
        )
    };
    match command.format {
        AuditFormat::Text => output::print_table(&rows()),
        AuditFormat::Json => output::print_json(&Value::Array(entries.iter().map(as_json).collect())),
        AuditFormat::Csv => output::print_bytes(&web::csv_file(&rows())?)?,
    }
    Ok(())
}

fn begin_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

fn as_json(entry: &Entry) -> Value {
    let (who, number) = match &entry.who {
        Who::Service => (None, None),
        Who::Named(name) => (Some(name), None),
        Who::Nameless(number) => (None, Some(number)),
    };
    json!({
        "at": entry.at,
        "name": who,
        "person": number,
        "action": entry.action,
        "subject": entry.subject,
        "subject_name": entry.subject_name,
        "detail": serde_json::from_str::<Value>(&entry.detail).unwrap_or_else(|_text| json!(entry.detail)),
    })
}
