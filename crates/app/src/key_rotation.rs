//! Our keys come and go: a new one is published, proven with each platform by
//! a token request, signs once all have accepted it, and the old one is
//! withdrawn after an overlap. A platform that does not accept the new key is
//! served with the old one until it does. Which key signs for whom stands in
//! `keys.rs`; what is told about it in `key_report.rs`.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use lti::registration::SCOPES;
use outbound::{CallError, check as ask};
use storage::{
    Connection,
    key_drills::{self, KeyDrill},
    organisations, registrations,
    tool_keys::{self, ToolKey},
};

use crate::{App, Error, Result, audit, keys, organisation, service};

/// How long a key that signs no longer stays in our key set: twice as long as platforms are known to keep a key set
/// (a day), and far longer than anything that it signed is good (four minutes).
pub const OVERLAP: Duration = Duration::hours(48);
/// How many platforms are asked at once.
const TOGETHER: i64 = 8;
/// After how many minutes a platform that has not accepted a key is asked again; the last one goes on.
const PAUSES: [i64; 5] = [1, 5, 30, 120, 360];

/// Who wants it.
#[derive(Debug, Clone)]
pub enum By {
    /// The command line.
    Command,
    /// An administrator.
    Person {
        /// Of which organisation.
        organisation_id: String,
        /// Who.
        person_id: String,
    },
    /// The key's age.
    Schedule,
}

/// What became of a wish for a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It was made.
    New,
    /// One is being introduced already.
    UnderWay,
    /// The last one has just been introduced; the one before stays until then.
    Overlap(DateTime<Utc>),
}

/// Makes a new key, unless one is being introduced, and asks the platforms to accept it.
///
/// # Errors
/// When the database or the cryptographic library fails. What a platform says is no error.
pub async fn rotate(app: &App, by: By) -> Result<Begun> {
    let begun = begin(app, by).await?;
    ask_again(app).await?;
    Ok(begun)
}

/// Asks the platforms that have not accepted the newest key, without waiting for their turn.
pub(crate) async fn ask_again(app: &App) -> Result<()> {
    let now = app.clock().now().naive_utc();
    // taken at once: another process would ask as well, and this one would tell the answers of before
    let claimed = app
        .db()
        .write(move |c| {
            if let Some(newest) = tool_keys::list(c)?.first() {
                key_drills::hurry(c, &newest.id, now)?;
            }
            let due = key_drills::list_due(c, TOGETHER, now)?;
            claim(c, due, now)
        })
        .await?;
    ask_each(app, claimed).await?;
    drill_due(app).await?;
    settle(app).await
}

/// Makes a new key sign for everybody at once and destroys all others, whoever still needs them: for a private key that
/// somebody else may know.
///
/// # Errors
/// When the database or the cryptographic library fails.
pub async fn force(app: &App, by: By) -> Result<()> {
    let made = make(app).await?;
    let ring = app.clone();
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let stored = tool_keys::list(c)?;
            let published = stored.iter().find(|key| key.state == tool_keys::PUBLISHED);
            let newest = published.cloned().unwrap_or(made);
            for old in stored.iter().filter(|key| key.id != newest.id) {
                tool_keys::delete(c, &old.id)?;
                note(c, &by, "key.destroy", &old.id, now)?;
            }
            tool_keys::insert(c, &newest)?;
            tool_keys::promote(c, &newest.id, now.naive_utc())?;
            note(c, &by, "key.force", &newest.id, now)?;
            ask_all(c, &newest.id, now)?;
            ring.keys().keep_only(&[newest]);
            Ok::<_, Error>(())
        })
        .await?;
    drill_due(app).await?;
    Ok(())
}

/// The loop: begins a rotation when the key is old, asks the platforms that are due, lets the new key sign when all have
/// accepted it and withdraws the old one. Answers how many platforms were asked.
///
/// # Errors
/// When the database or the cryptographic library fails.
pub async fn go_on(app: &App) -> Result<usize> {
    let now = app.clock().now();
    let lifetime = app.key_lifetime();
    let (is_old, unasked) = app
        .db()
        .read(move |c| {
            let stored = tool_keys::list(c)?;
            let is_old = next_rotation(&stored, lifetime).is_some_and(|at| at <= now);
            let unasked = match stored.as_slice() {
                [newest, _, ..] => !key_drills::list_unasked(c, &newest.id)?.is_empty(),
                _ => false,
            };
            Ok::<_, Error>((is_old, unasked))
        })
        .await?;
    if is_old {
        begin(app, By::Schedule).await?;
    }
    if unasked {
        app.db()
            .write(move |c| match tool_keys::list(c)?.first() {
                Some(newest) => ask_all(c, &newest.id, now),
                None => Ok(()),
            })
            .await?;
    }
    let asked = drill_due(app).await?;
    settle(app).await?;
    Ok(asked)
}

/// When the next key is made by itself: never while one comes or goes.
pub(crate) fn next_rotation(stored: &[ToolKey], lifetime: Option<Duration>) -> Option<DateTime<Utc>> {
    match stored {
        [only] => Some(only.signing_at?.and_utc() + lifetime?),
        _ => None,
    }
}

async fn begin(app: &App, by: By) -> Result<Begun> {
    let stored = app.db().read(tool_keys::list).await?;
    if let Some(busy) = busy(&stored) {
        return Ok(busy);
    }
    let made = make(app).await?;
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            // Another process may have been faster; the database lets only one be published.
            let stored = tool_keys::list(c)?;
            if let Some(busy) = busy(&stored) {
                return Ok(busy);
            }
            if !tool_keys::insert(c, &made)? {
                return Ok(Begun::UnderWay);
            }
            note(c, &by, "key.publish", &made.id, now)?;
            ask_all(c, &made.id, now)?;
            Ok(Begun::New)
        })
        .await
}

fn busy(stored: &[ToolKey]) -> Option<Begun> {
    if stored.iter().any(|key| key.state == tool_keys::PUBLISHED) {
        return Some(Begun::UnderWay);
    }
    let retired_at = stored.iter().filter_map(|key| key.retired_at).max()?;
    Some(Begun::Overlap(retired_at.and_utc() + OVERLAP))
}

// Making one takes a while: neither a transaction nor the event loop waits for it.
async fn make(app: &App) -> Result<ToolKey> {
    let (app, now) = (app.clone(), app.clock().now());
    tokio::task::spawn_blocking(move || app.keys().make(tool_keys::PUBLISHED, now))
        .await
        .unwrap_or_else(|error| Err(Error::Internal(error.to_string())))
}

fn ask_all(connection: &mut Connection, key_id: &str, now: DateTime<Utc>) -> Result<()> {
    for registration_id in key_drills::list_unasked(connection, key_id)? {
        key_drills::enqueue(connection, &registration_id, key_id, now.naive_utc())?;
    }
    Ok(())
}

/// Lets the new key sign once nobody needs the old one, and withdraws what has been out of use for long enough.
async fn settle(app: &App) -> Result<()> {
    let now = app.clock().now();
    let wanted = app
        .db()
        .read(move |c| Ok::<_, Error>(!changes(c, now)?.is_empty()))
        .await?;
    if !wanted {
        return Ok(());
    }
    let ring = app.clone();
    app.db()
        .write(move |c| {
            for change in changes(c, now)? {
                apply(c, change, now)?;
            }
            ring.keys().keep_only(&tool_keys::list(c)?);
            Ok(())
        })
        .await
}

enum Change {
    Promote { new: String, old: String },
    Withdraw(String),
}

fn changes(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<Change>> {
    let stored = tool_keys::list(connection)?;
    let [newest, olds @ ..] = stored.as_slice() else {
        return Ok(Vec::new());
    };
    if olds.is_empty() || key_drills::count_unproven(connection, &newest.id)? > 0 {
        return Ok(Vec::new());
    }
    let over = |key: &&ToolKey| {
        key.retired_at
            .is_some_and(|at| now - at.and_utc() >= OVERLAP && key.state == tool_keys::RETIRING)
    };
    let mut changes: Vec<Change> = olds
        .iter()
        .filter(over)
        .map(|key| Change::Withdraw(key.id.clone()))
        .collect();
    let signing = olds.iter().find(|key| key.state == tool_keys::SIGNING);
    if let (tool_keys::PUBLISHED, Some(signing)) = (newest.state.as_str(), signing) {
        changes.push(Change::Promote {
            new: newest.id.clone(),
            old: signing.id.clone(),
        });
    }
    Ok(changes)
}

// Another process may do the same: whoever finds the key in its former state does it.
fn apply(connection: &mut Connection, change: Change, now: DateTime<Utc>) -> Result<()> {
    let at = now.naive_utc();
    match change {
        Change::Promote { new, old } => {
            if tool_keys::retire(connection, &old, at)? && tool_keys::promote(connection, &new, at)? {
                tracing::info!(key = new, "a new key signs; all platforms have accepted it");
                note(connection, &By::Schedule, "key.sign", &new, now)?;
            }
        }
        Change::Withdraw(old) => {
            if tool_keys::delete(connection, &old)? {
                tracing::info!(key = old, "an old key was withdrawn");
                note(connection, &By::Schedule, "key.withdraw", &old, now)?;
            }
        }
    }
    Ok(())
}

/// Asks all platforms that are due.
async fn drill_due(app: &App) -> Result<usize> {
    let mut asked = 0;
    loop {
        let now = app.clock().now().naive_utc();
        let due = app
            .db()
            .read(move |c| key_drills::list_due(c, TOGETHER, now))
            .await?;
        if due.is_empty() {
            return Ok(asked);
        }
        let claimed = app.db().write(move |c| claim(c, due, now)).await?;
        asked += claimed.len();
        ask_each(app, claimed).await?;
    }
}

fn claim(connection: &mut Connection, due: Vec<KeyDrill>, now: NaiveDateTime) -> Result<Vec<KeyDrill>> {
    let mut claimed = Vec::new();
    for drill in due {
        if key_drills::claim(connection, &drill, now, now + pause(drill.tries))? {
            claimed.push(drill);
        }
    }
    Ok(claimed)
}

async fn ask_each(app: &App, claimed: Vec<KeyDrill>) -> Result<()> {
    let mut under_way = tokio::task::JoinSet::new();
    for drill in claimed {
        let app = app.clone();
        under_way.spawn(async move { run(&app, drill).await });
    }
    while let Some(done) = under_way.join_next().await {
        match done {
            Ok(result) => result?,
            Err(error) => tracing::error!(%error, "a platform could not be asked about a key"),
        }
    }
    Ok(())
}

fn pause(tries: i64) -> Duration {
    let step = usize::try_from(tries).unwrap_or(0).min(PAUSES.len() - 1);
    Duration::minutes(PAUSES.get(step).copied().unwrap_or_default())
}

/// What a platform says to a key.
enum Verdict {
    Accepted,
    Refused(String),
    Unreachable(String),
}

/// One platform, one key.
async fn run(app: &App, drill: KeyDrill) -> Result<()> {
    let (ring, asked) = (app.clone(), drill.clone());
    let found = app
        .db()
        .read(move |c| {
            let stored = tool_keys::list(c)?;
            let Some(key) = stored.iter().find(|key| key.id == asked.tool_key_id) else {
                return Ok(None);
            };
            let Some(registration) = registrations::get(c, &asked.registration_id)? else {
                return Ok(None);
            };
            let others: Vec<ToolKey> = stored
                .iter()
                .filter(|other| other.id != key.id)
                .cloned()
                .collect();
            let proven = key_drills::list_proven(c, &asked.registration_id)?;
            let old = keys::choose(&others, &proven).map(|old| ring.keys().open(old));
            Ok::<_, Error>(Some((registration, ring.keys().open(key)?, old.transpose()?)))
        })
        .await?;
    let Some((registration, key, old)) = found else {
        return Ok(());
    };
    let target = service::target(&registration);
    let (result, detail) = match ask_platform(app, &target, key).await {
        Verdict::Accepted => ("proven", String::new()),
        Verdict::Unreachable(detail) => ("unreachable", detail),
        Verdict::Refused(detail) => match old {
            // Who is to mend what depends on whether the old key still works.
            Some(old) => match ask_platform(app, &target, old).await {
                Verdict::Accepted => ("refused", detail),
                Verdict::Unreachable(detail) => ("unreachable", detail),
                Verdict::Refused(detail) => ("refused-both", detail),
            },
            None => ("refused-both", detail),
        },
    };
    metrics::counter!("taynghe_key_drills_total", "result" => result).increment(1);
    if result != "proven" {
        tracing::warn!(
            registration = registration.id,
            key = drill.tool_key_id,
            result,
            detail,
            "a platform has not accepted a new key yet"
        );
    }
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let (id, key_id) = (&drill.registration_id, &drill.tool_key_id);
            let kept = key_drills::settle(c, id, key_id, result, &detail, now.naive_utc())?;
            if kept && (result == "proven" || result != drill.result) {
                let action = format!("key.{result}");
                audit::note(c, &registration.organisation_id, None, &action, id, now)?;
            }
            Ok(())
        })
        .await
}

async fn ask_platform(app: &App, target: &outbound::ServiceTarget, key: lti::keys::ToolKey) -> Verdict {
    let caller = service::caller(target, key, app.clock().now());
    match ask::granted_scopes(app.outbound(), &caller, &SCOPES).await {
        Ok(_granted) => Verdict::Accepted,
        // It knows us and grants us nothing: scopes are judged after the signature (RFC 6749 section 5.2).
        Err(CallError::Refused(refusal)) if refusal.code == lti::Code::SvcScope => Verdict::Accepted,
        // It was not reached, or must not be: it said nothing of the key.
        Err(error) if matches!(error.code(), lti::Code::SvcUnreachable | lti::Code::SvcOrigin) => {
            Verdict::Unreachable(error.to_string())
        }
        Err(error) => Verdict::Refused(error.to_string()),
    }
}

// The keys are everybody's: each organisation with a platform finds the deed among its own.
fn note(connection: &mut Connection, by: &By, action: &str, key_id: &str, now: DateTime<Utc>) -> Result<()> {
    let mut concerned: Vec<String> = key_drills::list_registrations(connection)?
        .into_iter()
        .map(|registration| registration.organisation_id)
        .collect();
    let mut person = None;
    if let By::Person {
        organisation_id,
        person_id,
    } = by
    {
        concerned.push(organisation_id.clone());
        person = Some((organisation_id, person_id));
    }
    if concerned.is_empty() {
        let first = organisations::first(connection)?;
        let first = first.map_or_else(|| organisation::find_or_make(connection, None, now), Ok)?;
        concerned.push(first.id);
    }
    concerned.sort();
    concerned.dedup();
    for organisation_id in &concerned {
        let person_id = person
            .filter(|(of, _)| *of == organisation_id)
            .map(|(_, id)| id.as_str());
        audit::note(connection, organisation_id, person_id, action, key_id, now)?;
    }
    Ok(())
}
