//! What every use case needs: the doors, the clock, our address and keys.

use std::sync::Arc;

use chrono::Duration;
use outbound::Outbound;
use storage::Db;
use url::Url;

use crate::{
    Clock, Result,
    competency::FrameworkCache,
    course::CourseCache,
    examination::KnownScheme,
    keys::{KeyRing, SecretKey},
    password_tries::PasswordTries,
    published::PublishedCache,
    sign_in::Provider,
};

/// How long a health check may take.
const CHECK_PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// Below how many attempts statistics show nothing, where nobody said otherwise.
const STATISTICS_FROM: u32 = 5;

/// What an [`App`] is made of.
pub struct Parts {
    /// A migrated database.
    pub db: Db,
    /// The client for everything that leaves the machine.
    pub outbound: Outbound,
    /// The time.
    pub clock: Clock,
    /// Our own origin; path, query and fragment are empty.
    pub public_url: Url,
    /// Encrypts our private keys.
    pub secret_key: SecretKey,
    /// How long a session lasts, but for an open attempt.
    pub session_lifetime: Duration,
}

/// The running service. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    providers: Arc<[Provider]>,
    schemes: Arc<[KnownScheme]>,
    key_lifetime: Option<Duration>,
    check_patience: std::time::Duration,
    statistics_from: usize,
}

struct Inner {
    db: Db,
    outbound: Outbound,
    clock: Clock,
    public_url: Url,
    keys: KeyRing,
    session_lifetime: Duration,
    published: PublishedCache,
    courses: CourseCache,
    frameworks: FrameworkCache,
    password_tries: PasswordTries,
}

impl App {
    /// Makes our first key pair when there is none, and answers the service.
    ///
    /// # Errors
    /// When the database fails, or the stored keys do not open with this secret key.
    pub async fn start(parts: Parts) -> Result<Self> {
        let Parts {
            db,
            outbound,
            clock,
            public_url,
            secret_key,
            session_lifetime,
        } = parts;
        let keys = crate::keys::open_or_make(&db, secret_key, clock.now()).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                outbound,
                clock,
                public_url,
                keys,
                session_lifetime,
                published: PublishedCache::new(),
                courses: CourseCache::new(),
                frameworks: FrameworkCache::new(),
                password_tries: PasswordTries::new(),
            }),
            providers: Arc::default(),
            schemes: Arc::default(),
            key_lifetime: None,
            check_patience: CHECK_PATIENCE,
            statistics_from: STATISTICS_FROM as usize,
        })
    }

    /// The same service with providers by which administrators may sign in; without this call there are none.
    #[must_use]
    pub fn with_providers(self, providers: Vec<Provider>) -> Self {
        Self {
            providers: providers.into(),
            ..self
        }
    }

    /// The same service with examination schemes that authors can pick; without this call there are none.
    #[must_use]
    pub fn with_schemes(self, schemes: Vec<KnownScheme>) -> Self {
        Self {
            schemes: schemes.into(),
            ..self
        }
    }

    /// The same service whose keys are replaced by themselves when they have signed for so long; without this call, or
    /// with `None`, only when somebody asks.
    #[must_use]
    pub fn with_key_lifetime(self, key_lifetime: Option<Duration>) -> Self {
        Self { key_lifetime, ..self }
    }

    /// The same service whose health checks end after so long, whatever has not answered; without this call 15 seconds.
    #[must_use]
    pub fn with_check_patience(self, check_patience: std::time::Duration) -> Self {
        Self {
            check_patience,
            ..self
        }
    }

    /// The same service whose statistics show no figures below so many attempts; without this call below 5.
    #[must_use]
    pub fn with_statistics_from(self, attempts: u32) -> Self {
        Self {
            statistics_from: attempts as usize,
            ..self
        }
    }

    /// With fewer attempts than these statistics show no figures.
    pub(crate) fn statistics_from(&self) -> usize {
        self.statistics_from
    }

    /// The providers by which administrators may sign in.
    pub(crate) fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// The examination schemes that authors can pick.
    pub fn schemes(&self) -> &[KnownScheme] {
        &self.schemes
    }

    /// The database's doors.
    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The client for calls to platforms.
    pub(crate) fn outbound(&self) -> &Outbound {
        &self.inner.outbound
    }

    /// The time.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Our own origin.
    pub fn public_url(&self) -> &Url {
        &self.inner.public_url
    }

    /// Our own keys.
    pub(crate) fn keys(&self) -> &KeyRing {
        &self.inner.keys
    }

    /// The published versions that were read last.
    pub(crate) fn published(&self) -> &PublishedCache {
        &self.inner.published
    }

    /// The competency frameworks that were read last.
    pub(crate) fn frameworks(&self) -> &FrameworkCache {
        &self.inner.frameworks
    }

    /// The published courses that were read last.
    pub(crate) fn courses(&self) -> &CourseCache {
        &self.inner.courses
    }

    /// How often passwords of quizzes were wrong.
    pub(crate) fn password_tries(&self) -> &PasswordTries {
        &self.inner.password_tries
    }

    /// How long a session lasts.
    pub(crate) fn session_lifetime(&self) -> Duration {
        self.inner.session_lifetime
    }

    /// How long one of our keys signs before the next one is made by itself.
    pub(crate) fn key_lifetime(&self) -> Option<Duration> {
        self.key_lifetime
    }

    /// How long a health check may take.
    pub(crate) fn check_patience(&self) -> std::time::Duration {
        self.check_patience
    }

    /// An address of ours; `path` begins with a slash.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.inner.public_url.origin().ascii_serialization())
    }

    /// True when the database answers.
    pub async fn is_ready(&self) -> bool {
        self.inner.db.is_ready().await
    }
}
