//! Names to addresses, through the address filter: what the HTTP client connects to is exactly what was judged here.
//!
//! Left out on purpose: a cache. The system's resolver has one.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::AllowPrivate;

/// How names are looked up: the addresses of a host name. The system's resolver by default; tests hand in a table.
pub type Lookup = Arc<dyn Fn(String) -> LookupAnswer + Send + Sync>;

/// What a [`Lookup`] gives.
pub type LookupAnswer = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// The name has no address, or nobody could be asked.
#[derive(Debug, thiserror::Error)]
#[error("the name cannot be resolved")]
pub(crate) struct LookupFailed;

/// The name has addresses, but none that we may call.
#[derive(Debug, thiserror::Error)]
#[error("no address of this name may be called")]
pub(crate) struct NoAddressPermitted;

/// The system's resolver.
pub(crate) fn system() -> Lookup {
    Arc::new(|host| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// The filter in the shape that the HTTP client asks for.
pub(crate) struct Filtered {
    pub(crate) lookup: Lookup,
    pub(crate) allow: Arc<AllowPrivate>,
    /// Whether this client speaks plain http, for which more has to be listed.
    pub(crate) plain: bool,
}

impl Resolve for Filtered {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let (looked_up, allow, plain) = ((self.lookup)(host.clone()), Arc::clone(&self.allow), self.plain);
        Box::pin(async move {
            let found = looked_up.await.map_err(|_| LookupFailed)?;
            if found.is_empty() {
                return Err(LookupFailed.into());
            }
            let named = allow.names(&host);
            let permits = |address: &IpAddr| match plain {
                true => allow.permits_plain(*address, named),
                false => allow.permits(*address, named),
            };
            let permitted: Vec<SocketAddr> = found
                .into_iter()
                .filter(permits)
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            match permitted.is_empty() {
                true => Err(NoAddressPermitted.into()),
                false => Ok(Box::new(permitted.into_iter()) as Addrs),
            }
        })
    }
}
