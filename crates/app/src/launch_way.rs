//! The ways on which a launch gets past a browser that keeps no cookies of
//! embedded pages: counted by deployment and day, shown to the administrator,
//! and used to choose what the next reader is offered first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    launch_ways::{self, LaunchWay},
    registrations::{self, Registration},
};

use crate::{
    App, Result,
    administration::demand_administrator,
    session::{self, Session, Visitor},
};

/// How long counts are kept and looked at.
pub const KEPT: Duration = Duration::days(30);

/// Launches that must have been lost before anything is done differently.
const FEW: i64 = 3;
/// One lost launch in so many is too many.
const ONE_IN: i64 = 10;

/// How a launch proved its browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The state's cookie came: in a window, or in a frame whose cookies are not kept apart.
    Cookie,
    /// It came in a frame that has cookies of its own (CHIPS).
    PartitionedCookie,
    /// The reader allowed the frame its cookies by one tap.
    StorageAccess,
    /// The secret in our own storage, read after the post.
    StorageHandshake,
    /// The same secret, kept by the platform's page.
    PlatformStorage,
    /// The whole launch ran in a window of its own.
    NewWindow,
    /// Nothing proved the browser.
    Refused,
}

impl Way {
    /// Every way, in the order in which they are shown.
    pub const ALL: [Way; 7] = [
        Way::Cookie,
        Way::PartitionedCookie,
        Way::StorageAccess,
        Way::StorageHandshake,
        Way::PlatformStorage,
        Way::NewWindow,
        Way::Refused,
    ];

    /// As it is stored and stands in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::PartitionedCookie => "partitioned-cookie",
            Self::StorageAccess => "storage-access",
            Self::StorageHandshake => "storage-handshake",
            Self::PlatformStorage => "storage-of-platform",
            Self::NewWindow => "new-window",
            Self::Refused => "refused",
        }
    }

    /// From what is stored or was sent.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
}

/// What happened to the launches of a deployment lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory(BTreeMap<Way, i64>);

impl Memory {
    /// From stored rows; names that this program does not know are left out.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a LaunchWay>) -> Self {
        let mut counts = BTreeMap::new();
        for row in rows {
            if let Some(way) = Way::parse(&row.way) {
                *counts.entry(way).or_insert(0) += row.launches;
            }
        }
        Self(counts)
    }

    /// How many launches took that way.
    pub fn count(&self, way: Way) -> i64 {
        self.0.get(&way).copied().unwrap_or(0)
    }

    /// Readers here get further by a window than by allowing the frame its cookies.
    pub fn prefers_window(&self) -> bool {
        self.count(Way::NewWindow) >= FEW + self.count(Way::StorageAccess)
    }

    /// A cookie that comes back at the login is too often gone at the launch:
    /// the storage handshake is prepared although the cookie is there.
    pub fn loses_cookies(&self) -> bool {
        let lost =
            self.count(Way::Refused) + self.count(Way::StorageHandshake) + self.count(Way::PlatformStorage);
        let kept = self.count(Way::Cookie) + self.count(Way::PartitionedCookie);
        lost >= FEW && lost * ONE_IN > kept
    }

    /// The platform says that it stores for us, and launches were refused all the same.
    pub fn distrusts_platform_storage(&self) -> bool {
        self.count(Way::Refused) >= FEW && self.count(Way::PlatformStorage) == 0
    }
}

/// The launches into one deployment.
#[derive(Debug, Clone)]
pub struct DeploymentWays {
    /// The registration, for its name.
    pub registration: Registration,
    /// The platform's deployment id.
    pub platform_id: String,
    /// All of the last 30 days.
    pub memory: Memory,
    /// By day in UTC (`2026-11-22`), newest first.
    pub days: Vec<(String, Memory)>,
}

/// What the administrator sees.
#[derive(Debug, Clone)]
pub struct Report {
    /// The administrator's session.
    pub session: Session,
    /// Those that had launches.
    pub deployments: Vec<DeploymentWays>,
}

/// The ways of the launches into each deployment of the organisation.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn report(app: &App, visitor: Visitor) -> Result<Report> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let since = day(now - KEPT);
            let rows = launch_ways::list_of_organisation(c, &session.organisation_id, &since)?;
            let mut deployments = Vec::new();
            for registration in registrations::list(c, &session.organisation_id)? {
                for deployment in registrations::list_deployments(c, &registration.id)? {
                    let of_deployment = rows.iter().filter(|row| row.deployment_id == deployment.id);
                    deployments.extend(ways_of(&registration, deployment.platform_id, of_deployment));
                }
            }
            Ok(Report { session, deployments })
        })
        .await
}

fn ways_of<'a>(
    registration: &Registration,
    platform_id: String,
    rows: impl Iterator<Item = &'a LaunchWay> + Clone,
) -> Option<DeploymentWays> {
    let days: BTreeSet<&str> = rows.clone().map(|row| row.day.as_str()).collect();
    let of_day = |day: &str| {
        (
            day.to_owned(),
            Memory::of(rows.clone().filter(|row| row.day == day)),
        )
    };
    let days: Vec<_> = days.into_iter().rev().map(of_day).collect();
    (!days.is_empty()).then(|| DeploymentWays {
        registration: registration.clone(),
        platform_id,
        memory: Memory::of(rows),
        days,
    })
}

/// Counts one launch. Last in its transaction: all launches of a deployment share a row.
pub(crate) fn count(
    connection: &mut Connection,
    deployment_id: &str,
    way: Way,
    now: DateTime<Utc>,
) -> Result<()> {
    Ok(launch_ways::count(
        connection,
        deployment_id,
        &day(now),
        way.as_str(),
    )?)
}

/// What is remembered of a deployment.
pub(crate) fn memory(connection: &mut Connection, deployment_id: &str, now: DateTime<Utc>) -> Result<Memory> {
    let rows = launch_ways::list(connection, deployment_id, &day(now - KEPT))?;
    Ok(Memory::of(&rows))
}

/// The day in UTC, as it is stored: it sorts as text.
pub(crate) fn day(now: DateTime<Utc>) -> String {
    now.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(counts: &[(Way, i64)]) -> Memory {
        Memory(counts.iter().copied().collect())
    }

    #[test]
    fn names_read_back() {
        for way in Way::ALL {
            assert_eq!(Way::parse(way.as_str()), Some(way));
        }
        assert_eq!(Way::parse("by-pigeon"), None);
    }

    #[test]
    fn the_window_comes_first_where_it_works_better() {
        let check = |window, access, expected| {
            let memory = memory(&[(Way::NewWindow, window), (Way::StorageAccess, access)]);
            assert_eq!(memory.prefers_window(), expected, "{window} {access}");
        };
        check(0, 0, false);
        check(2, 0, false);
        check(3, 0, true);
        check(3, 1, false);
        check(40, 37, true);
    }

    #[test]
    fn cookies_are_lost_when_enough_launches_are() {
        let check = |counts: &[(Way, i64)], expected| {
            assert_eq!(memory(counts).loses_cookies(), expected, "{counts:?}");
        };
        check(&[], false);
        check(&[(Way::Refused, 2)], false);
        check(&[(Way::Refused, 3)], true);
        check(&[(Way::Refused, 3), (Way::PartitionedCookie, 29)], true);
        check(&[(Way::Refused, 3), (Way::PartitionedCookie, 30)], false);
        check(&[(Way::Refused, 3), (Way::Cookie, 30)], false);
        // What the handshake mended is still lost to cookies.
        check(&[(Way::StorageHandshake, 3), (Way::Cookie, 20)], true);
    }

    #[test]
    fn a_platform_that_only_says_that_it_stores() {
        let check = |refused, stored, expected| {
            let memory = memory(&[(Way::Refused, refused), (Way::PlatformStorage, stored)]);
            assert_eq!(
                memory.distrusts_platform_storage(),
                expected,
                "{refused} {stored}"
            );
        };
        check(0, 0, false);
        check(2, 0, false);
        check(3, 0, true);
        check(3, 1, false);
    }
}
