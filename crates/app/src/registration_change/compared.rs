//! How a reading of a platform's configuration differs from what we hold: for
//! taking it over, and for the health check, which changes nothing.

use lti::registration_difference::{self as difference, Difference, Endpoints, Field};
use storage::{platform_offers::PlatformOffer, registrations::Registration};

use super::{Reading, endpoints_of, stored_otherwise};
use crate::Result;
use crate::json;

/// How a reading differs from what we hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compared {
    /// The addresses that decide whom we believe and where our tokens go.
    pub(crate) addresses: Vec<Difference>,
    /// What the platform offers.
    pub(crate) offered: Vec<Difference>,
    /// What it stored otherwise than we asked.
    pub(crate) stored_otherwise: Vec<Difference>,
}

impl Compared {
    /// True when an address moves to another host: an administrator has to agree.
    pub(crate) fn waits(&self) -> bool {
        self.addresses.iter().any(Difference::moves)
    }

    /// What the platform says of itself otherwise than before.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &Difference> {
        self.addresses.iter().chain(&self.offered)
    }
}

/// Compares a reading with what we hold; changes nothing.
pub(crate) fn compare(
    registration: &Registration,
    before: Option<&PlatformOffer>,
    reading: &Reading,
) -> Result<Compared> {
    Ok(Compared {
        addresses: difference::endpoints(&endpoints_of(registration), &Endpoints::of(&reading.offer)),
        offered: offered_otherwise(registration, before, reading)?,
        stored_otherwise: stored_otherwise(before, reading)?,
    })
}

fn offered_otherwise(
    registration: &Registration,
    before: Option<&PlatformOffer>,
    reading: &Reading,
) -> Result<Vec<Difference>> {
    if let Some(before) = before {
        return Ok(difference::offers(&json::read(&before.offer)?, &reading.offer));
    }
    let family = reading.offer.product_family_code.clone().unwrap_or_default();
    let is_new = !family.is_empty() && family != registration.product_family;
    Ok(is_new
        .then(|| Difference {
            field: Field::ProductFamily,
            held: Some(registration.product_family.clone())
                .filter(|held| !held.is_empty())
                .into_iter()
                .collect(),
            said: vec![family],
        })
        .into_iter()
        .collect())
}
