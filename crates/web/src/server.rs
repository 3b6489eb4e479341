//! The HTTP server and the list of all routes.

use std::{net::TcpListener, sync::Arc};

use actix_web::{
    App, FromRequest, Handler, HttpMessage, HttpRequest, HttpServer, Resource, Responder, Route,
    dev::{AppService, HttpServiceFactory, Server},
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};
use app::{Code, Error};
use chrono_tz::Tz;
use ipnet::IpNet;

use crate::{
    accommodation, activity, administration, assets, attempt, audit,
    body::BodyPatience,
    case, competency, copy, course, course_authoring, examination, extension, gradebook, groups, health,
    home, joins, kept_launch,
    kept_page::KeptPages,
    keys, launch, learner, learner_codes, learning,
    limits::Limits,
    login, marking, media, middleware, module_score, overrides, parked_launch, picker, platform,
    platform_check,
    problem::Problem,
    quiz, registration, regrade,
    rendered::RenderedCache,
    session, sign_in, statistics,
    tls::{self, Certificate},
    visitor::TrustedProxies,
    ways,
};

/// How the server listens.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that handle requests; `None` for one per core.
    pub workers: Option<usize>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The zone in which pages show dates and times of day.
    pub time_zone: Tz,
    /// How long a request's body may take; a slow one holds memory and a connection.
    pub body_patience: BodyPatience,
}

/// The running server; await it, stop it through its handle.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(app: app::App, listener: TcpListener, options: Options) -> std::io::Result<Server> {
    run(app, listener, options, None)
}

/// The same over TLS, with that certificate.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve_tls(
    app: app::App,
    listener: TcpListener,
    options: Options,
    certificate: Arc<Certificate>,
) -> std::io::Result<Server> {
    let secured = tls::configuration(certificate).map_err(std::io::Error::other)?;
    run(app, listener, options, Some(secured))
}

fn run(
    app: app::App,
    listener: TcpListener,
    options: Options,
    secured: Option<rustls::ServerConfig>,
) -> std::io::Result<Server> {
    let app = Data::new(app);
    let limits = Data::new(Limits::default());
    let time_zone = Data::new(options.time_zone);
    let rendered = Data::new(RenderedCache::new());
    let pages = Data::new(KeptPages::new());
    let packages = Data::new(course::Packages::new());
    let proxies = Data::new(TrustedProxies(options.trusted_proxies));
    let patience = Data::new(options.body_patience);
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(app.clone())
            .app_data(limits.clone())
            .app_data(proxies.clone())
            .app_data(rendered.clone())
            .app_data(pages.clone())
            .app_data(packages.clone())
            .app_data(time_zone.clone())
            .app_data(patience.clone())
            .wrap(from_fn(middleware::around_every_request))
            .wrap(Compress::default())
            .configure(routes)
            .default_service(web::to(not_found))
    });
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    // Signals are `server`'s business.
    server = server
        .disable_signals()
        // An answer of head and compressed body would wait for the reader's acknowledgement in between (40 ms).
        .tcp_nodelay(true)
        .shutdown_timeout(10);
    server = match secured {
        Some(secured) => server.listen_rustls_0_23(listener, secured)?,
        None => server.listen(listener)?,
    };
    Ok(server.run())
}

/// All routes, as [`serve`] registers them; tests read from them what has to be guarded.
pub fn routes(config: &mut ServiceConfig) {
    login::routes(config);
    launch::routes(config);
    parked_launch::routes(config);
    session::routes(config);
    gradebook::routes(config);
    extension::routes(config);
    overrides::routes(config);
    groups::routes(config);
    accommodation::routes(config);
    module_score::routes(config);
    marking::routes(config);
    regrade::routes(config);
    statistics::routes(config);
    activity::routes(config);
    attempt::routes(config);
    examination::routes(config);
    media::routes(config);
    picker::routes(config);
    copy::routes(config);
    quiz::routes(config);
    registration::routes(config);
    administration::routes(config);
    audit::routes(config);
    kept_launch::routes(config);
    platform::routes(config);
    platform_check::routes(config);
    ways::routes(config);
    learner::routes(config);
    learning::routes(config);
    learner_codes::routes(config);
    sign_in::routes(config);
    keys::routes(config);
    joins::routes(config);
    competency::routes(config);
    case::routes(config);
    course::routes(config);
    course_authoring::routes(config);
    home::routes(config);
    assets::routes(config);
    health::routes(config);
}

async fn not_found() -> Result<&'static str, Problem> {
    Err(Error::refused(Code::NotFound, "no such address").into())
}

/// An address and the methods that it takes; the others are told which.
pub(crate) struct Address {
    resource: Resource,
    methods: Vec<&'static str>,
}

/// The methods of the address that a request missed, for the header `Allow`.
pub(crate) struct Allow(pub(crate) String);

/// An address that takes no method yet.
pub(crate) fn address(path: impl AsRef<str>) -> Address {
    Address {
        resource: web::resource(path.as_ref()),
        methods: Vec::new(),
    }
}

impl Address {
    /// Takes GET.
    pub(crate) fn get<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes("GET", web::get().to(handler))
    }

    /// Takes POST.
    pub(crate) fn post<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes("POST", web::post().to(handler))
    }

    /// Takes PUT.
    pub(crate) fn put<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes("PUT", web::put().to(handler))
    }

    fn takes(mut self, method: &'static str, route: Route) -> Self {
        self.methods.push(method);
        Self {
            resource: self.resource.route(route),
            ..self
        }
    }
}

impl HttpServiceFactory for Address {
    fn register(self, config: &mut AppService) {
        let methods = self.methods.join(", ");
        let other_method = move |request: HttpRequest| {
            request.extensions_mut().insert(Allow(methods.clone()));
            let refused = Error::refused(Code::Method, "the address takes another method");
            std::future::ready(Err::<&'static str, _>(Problem::from(refused)))
        };
        self.resource
            .default_service(web::to(other_method))
            .register(config);
    }
}
