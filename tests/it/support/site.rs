//! A whole service beside the practice platform, on loopback.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread::JoinHandle,
};

use actix_web::dev::ServerHandle;
use app::{
    App, Clock, Parts, examination::KnownScheme, keys::SecretKey, registration::Endpoints, sign_in::Provider,
};
use chrono::Duration;
use outbound::{AllowPrivate, Outbound};
use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, Options, PracticePlatform, ToolConfig};
use storage::Db;

use crate::{Browser, TestDatabase};

/// The service, its address, its clock, and a platform that shares the clock.
pub struct TestSite {
    /// The service, for the loops' functions.
    pub app: App,
    /// `http://localhost:PORT`.
    pub url: String,
    /// Moves service and platform together.
    pub clock: Clock,
    /// By how many seconds the platform's clock is ahead of the service's.
    pub platform_ahead: Arc<AtomicI64>,
    /// The other side of the network, at `http://127.0.0.1:PORT`.
    pub platform: PracticePlatform,
    /// The database, for a second process or a look inside.
    pub database: TestDatabase,
    _servers: Vec<Running>,
}

/// A platform that the service knows.
#[derive(Debug, Clone)]
pub struct Connected {
    /// Our client id at the platform.
    pub client_id: String,
    /// The platform's deployment id.
    pub deployment_id: String,
    /// The number of the tool at the platform.
    pub tool: i64,
    /// Our id of the registration.
    pub registration_id: String,
    /// Our id of the organisation.
    pub organisation_id: String,
}

/// A platform at its new address.
pub struct Moved {
    /// The platform.
    pub platform: PracticePlatform,
    /// Our id of the new registration.
    pub registration_id: String,
    _server: Running,
}

pub(crate) struct Running {
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl TestSite {
    /// Starts service and platform; they do not know each other yet.
    pub async fn start() -> Self {
        Self::start_with(Clock::system(), Vec::new()).await
    }

    /// The same with providers by which administrators sign in, and a clock that they share.
    pub async fn start_with(clock: Clock, providers: Vec<Provider>) -> Self {
        Self::start_whole(clock, providers, loopback()).await
    }

    /// The same with another client for all that leaves the machine.
    pub async fn start_calling(options: outbound::Options) -> Self {
        Self::start_whole(Clock::system(), Vec::new(), options).await
    }

    async fn start_whole(clock: Clock, providers: Vec<Provider>, calling: outbound::Options) -> Self {
        let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let database = TestDatabase::make().await;
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!(
            "http://localhost:{}",
            listener.local_addr().expect("an address").port()
        );
        let app = start_app(database.open().await, &clock, &url, calling)
            .await
            .with_providers(providers);
        let service = run(listener, {
            let app = app.clone();
            move |listener| {
                let options = web::Options {
                    workers: Some(2),
                    trusted_proxies: Vec::new(),
                    time_zone: chrono_tz::Asia::Ho_Chi_Minh,
                    body_patience: web::BodyPatience {
                        piece: std::time::Duration::from_secs(2),
                        ..web::BodyPatience::default()
                    },
                };
                web::serve(app, listener, options)
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!(
            "http://127.0.0.1:{}",
            listener.local_addr().expect("an address").port()
        );
        let platform_ahead = Arc::new(AtomicI64::new(0));
        let platform = PracticePlatform::new(Options {
            clock: Arc::new({
                let (clock, ahead) = (clock.clone(), Arc::clone(&platform_ahead));
                move || clock.now() + Duration::seconds(ahead.load(Ordering::SeqCst))
            }),
            tool_origin: Some(url.clone()),
            ..Options::new(&origin)
        });
        let platform_server = run(listener, {
            let platform = platform.clone();
            move |listener| platform.server(listener)
        });
        Self {
            app,
            url,
            clock,
            platform_ahead,
            platform,
            database,
            _servers: vec![service, platform_server],
        }
    }

    /// Starts service and platform, registered with each other by hand.
    pub async fn connected() -> (Self, Connected) {
        let site = Self::start().await;
        let connected = site.connect(None).await;
        (site, connected)
    }

    /// Sets us up at the platform and registers the platform with us, by hand, in that organisation.
    pub async fn connect(&self, organisation: Option<&str>) -> Connected {
        let mut tool = ToolConfig::new(
            "Taynghe",
            &format!("{}/lti/login", self.url),
            &format!("{}/lti/launch", self.url),
            &format!("{}/lti/jwks", self.url),
        );
        tool.target_link_uri = format!("{}/", self.url);
        tool.deep_linking_url = Some(format!("{}/", self.url));
        let (client_id, deployment_id) = self.platform.add_tool(tool);
        let origin = self.platform.origin();
        let endpoints = Endpoints {
            issuer: origin.to_owned(),
            client_id: client_id.clone(),
            auth_login_url: format!("{origin}/mod/lti/auth.php"),
            token_url: format!("{origin}/mod/lti/token.php"),
            jwks_url: format!("{origin}/mod/lti/certs.php"),
            deployment_id: deployment_id.clone(),
        };
        let listed = app::registration::add(&self.app, organisation.map(str::to_owned), endpoints)
            .await
            .expect("the platform is registered");
        Connected {
            client_id,
            tool: deployment_id.parse().expect("the tool's number"),
            deployment_id,
            registration_id: listed.registration.id,
            organisation_id: listed.registration.organisation_id,
        }
    }

    /// The same Moodle at another address, registered by hand under the same client id.
    pub async fn move_platform(&self, connected: &Connected) -> Moved {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let platform = self.platform.at_address(&format!("http://127.0.0.1:{port}"));
        let server = run(listener, {
            let platform = platform.clone();
            move |listener| platform.server(listener)
        });
        let origin = platform.origin();
        let endpoints = Endpoints {
            issuer: origin.to_owned(),
            client_id: connected.client_id.clone(),
            auth_login_url: format!("{origin}/mod/lti/auth.php"),
            token_url: format!("{origin}/mod/lti/token.php"),
            jwks_url: format!("{origin}/mod/lti/certs.php"),
            deployment_id: connected.deployment_id.clone(),
        };
        let listed = app::registration::add(&self.app, None, endpoints).await;
        Moved {
            registration_id: listed.expect("the platform is registered").registration.id,
            platform,
            _server: server,
        }
    }

    /// Puts an activity with a column of that maximum into the platform's course; `custom` is its custom parameters.
    pub fn add_activity(&self, connected: &Connected, title: &str, custom: &[(&str, &str)]) -> i64 {
        let line_item = ActivityLineItem {
            score_maximum: 10.0,
            ..ActivityLineItem::default()
        };
        self.platform.add_activity(
            COURSE,
            ActivityConfig {
                title: title.to_owned(),
                description: String::new(),
                url: format!("{}/", self.url),
                custom: custom
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
                line_item: Some(line_item),
                tool: connected.tool,
            },
        )
    }

    /// A second process on the same database, without a server.
    pub async fn second_process(&self) -> App {
        start_app(self.database.open().await, &self.clock, &self.url, loopback()).await
    }

    /// A new browser.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Rows of a table, for "nothing is stored".
    pub async fn count(&self, table: &str) -> i64 {
        self.database.count(table).await
    }
}

/// What services of the tests may call: everything on loopback.
fn loopback() -> outbound::Options {
    outbound::Options {
        allow_private: AllowPrivate {
            hosts: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
            networks: vec!["127.0.0.0/8".parse().expect("a network")],
        },
        ..outbound::Options::default()
    }
}

async fn start_app(db: Db, clock: &Clock, url: &str, calling: outbound::Options) -> App {
    let parts = Parts {
        db,
        outbound: Outbound::new(calling).expect("an HTTP client"),
        clock: clock.clone(),
        public_url: url.parse().expect("an address"),
        secret_key: SecretKey::new([7; 32]),
        session_lifetime: Duration::hours(12),
    };
    let schemes = starter_content::SCHEMES.iter();
    let schemes = schemes.map(|file| KnownScheme::read(file.name, file.json).expect("a scheme"));
    let app = App::start(parts).await.expect("the service starts");
    app.with_schemes(schemes.collect())
}

// Servers want a system of their own, and stop with the site.
pub(crate) fn run(
    listener: TcpListener,
    server: impl FnOnce(TcpListener) -> std::io::Result<actix_web::dev::Server> + Send + 'static,
) -> Running {
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = server(listener).expect("the listener can be used");
            tell.send(server.handle()).expect("the test waits");
            server.await.expect("the server runs");
        });
    });
    Running {
        handle: told.recv().expect("the server starts"),
        thread: Some(thread),
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Sending the command is enough; its future only waits for the end.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("a server's thread panicked");
        }
    }
}
