//! The college of the guide: `taynghe serve` set up as it says, a proxy before it, a platform that is registered by
//! `taynghe platform add`. Its address leads to the proxy on loopback; nothing else is changed.

#![expect(
    clippy::disallowed_methods,
    reason = "a test has an HTTP client of its own, and looks for programs"
)]

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use practice_platform::{ActivityConfig, COURSE, LoginInitiation, Options, PracticePlatform, ToolConfig};
use reqwest::Certificate;
use storage::DatabaseUrl;
use tests::{Browser, Program, TestDatabase, free_port, program};

use super::examples::{block_below, inline};

const HOST: &str = "taynghe.college.edu.vn";
const LISTEN: &str = "127.0.0.1:8080";
/// Certificate and key in one file, made for the tests alone.
const CERTIFICATE: &str = include_str!("../../data/keys/proxy.pem");

/// Whose example is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Proxy {
    Nginx,
    Caddy,
}

/// The running college.
pub(crate) struct College {
    /// `https://taynghe.college.edu.vn`.
    pub(crate) url: String,
    pub(crate) platform: PracticePlatform,
    pub(crate) database: TestDatabase,
    pub(crate) tool: i64,
    pub(crate) activity: i64,
    proxy: Program,
    proxy_port: u16,
    _service: Program,
    folder: tempfile::TempDir,
}

impl College {
    /// Starts everything; the platform is registered and has one activity.
    pub(crate) async fn open(proxy: Proxy) -> Self {
        let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = TestDatabase::make().await;
        let service_port = free_port();
        let settings = write_settings(folder.path(), &database, service_port);
        let url = format!("https://{HOST}");
        let platform = start_platform();
        let tool = register(&platform, &url, &settings);
        let activity = platform.add_activity(
            COURSE,
            ActivityConfig {
                title: "Kiểm tra chương 1".to_owned(),
                description: String::new(),
                url: format!("{url}/"),
                custom: Vec::new(),
                line_item: None,
                tool,
            },
        );
        let service = Program::start(
            Command::new(program())
                .args(["serve", "--config"])
                .arg(&settings)
                .env_clear(),
            &[service_port],
        )
        .await;
        let proxy_port = free_port();
        let proxy = match proxy {
            Proxy::Nginx => {
                Program::start(&mut nginx(folder.path(), proxy_port, service_port), &[proxy_port]).await
            }
            Proxy::Caddy => {
                Program::start(&mut caddy(folder.path(), proxy_port, service_port), &[proxy_port]).await
            }
        };
        Self {
            url,
            platform,
            database,
            tool,
            activity,
            proxy,
            proxy_port,
            _service: service,
            folder,
        }
    }

    /// An HTTP client at that address, for which the college's name leads to the proxy.
    pub(crate) fn client(&self, address: [u8; 4]) -> reqwest::Client {
        let certificate = Certificate::from_pem(CERTIFICATE.as_bytes()).expect("a certificate");
        reqwest::Client::builder()
            .no_proxy()
            .no_gzip()
            .redirect(reqwest::redirect::Policy::none())
            .local_address(IpAddr::from(address))
            .resolve(HOST, SocketAddr::from((Ipv4Addr::LOCALHOST, self.proxy_port)))
            .tls_certs_only([certificate])
            .build()
            .expect("an HTTP client")
    }

    /// A browser of somebody who is never refused.
    pub(crate) fn browser(&self) -> Browser {
        Browser::with_client(&self.url, self.client([127, 0, 0, 4]))
    }

    /// The platform's first message of a launch.
    pub(crate) fn initiation(&self, person: i64) -> LoginInitiation {
        let initiation = self.platform.launch_initiation(person, self.activity);
        initiation.expect("the platform knows both")
    }

    /// Stops the proxy as its service would be stopped; answers what it has logged.
    pub(crate) fn close(mut self) -> String {
        let told = Command::new("kill").arg(self.proxy.0.id().to_string()).status();
        assert!(told.expect("kill").success());
        self.proxy.0.wait().expect("the end");
        std::fs::read_to_string(access_log(self.folder.path())).expect("the proxy's log")
    }
}

// What the guide says a college needs, and its sentence about the proxy.
fn write_settings(folder: &Path, database: &TestDatabase, port: u16) -> PathBuf {
    let database = match &database.url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let needed = block_below(
        "`config/default.toml` lists every setting with its default. Each can be given as an environment variable instead. A college usually needs three:",
        &[
            ("sqlite:///var/lib/taynghe/taynghe.db", database),
            ("/var/lib/taynghe", folder.display().to_string()),
        ],
    );
    assert!(needed.contains(&format!("public_url = \"https://{HOST}\"")));
    let trusted = inline("trusted_proxies = ");
    let of_the_test = format!(
        "listen = \"127.0.0.1:{port}\"\noutbound_allow_private = [\"127.0.0.1\"]\nlog_level = \"error\""
    );
    let file = folder.join("taynghe.toml");
    std::fs::write(&file, format!("{needed}\n{trusted}\n{of_the_test}\n")).expect("a settings file");
    file
}

fn start_platform() -> PracticePlatform {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let platform = PracticePlatform::new(Options::new(&format!("http://{address}")));
    let served = platform.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async move { served.server(listener).expect("a listener").await })
    });
    platform
}

fn register(platform: &PracticePlatform, url: &str, settings: &Path) -> i64 {
    let mut tool = ToolConfig::new(
        "Taynghe",
        &format!("{url}/lti/login"),
        &format!("{url}/lti/launch"),
        &format!("{url}/lti/jwks"),
    );
    tool.target_link_uri = format!("{url}/");
    tool.deep_linking_url = Some(format!("{url}/"));
    let (client_id, deployment_id) = platform.add_tool(tool);
    let origin = platform.origin();
    let added = Command::new(program())
        .env_clear()
        .args(["platform", "add", "--config"])
        .arg(settings)
        .args(["--issuer", origin, "--client-id", &client_id])
        .args(["--deployment-id", &deployment_id])
        .args(["--auth-login-url", &format!("{origin}/mod/lti/auth.php")])
        .args(["--token-url", &format!("{origin}/mod/lti/token.php")])
        .args(["--jwks-url", &format!("{origin}/mod/lti/certs.php")])
        .stdout(Stdio::null())
        .status();
    assert!(added.expect("the program runs").success());
    deployment_id.parse().expect("the tool's number")
}

// In one process and in the foreground, with what else belongs to the folder; the rest is the example.
fn nginx(folder: &Path, port: u16, service_port: u16) -> Command {
    let at = |name: &str| folder.join(name).display().to_string();
    let certificate = write_certificate(folder);
    let server = block_below(
        "nginx:",
        &[
            ("listen 443 ", format!("listen 127.0.0.1:{port} ")),
            ("/etc/ssl/taynghe.pem", certificate.clone()),
            ("/etc/ssl/taynghe.key", certificate),
            (LISTEN, format!("127.0.0.1:{service_port}")),
        ],
    );
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {};\n", at(kind)))
        .concat();
    let configuration = format!(
        "daemon off;\nmaster_process off;\npid {};\nerror_log stderr;\nevents {{}}\nhttp {{\n    access_log {};\n{temporary}{server}}}\n",
        at("nginx.pid"),
        access_log(folder)
    );
    std::fs::write(folder.join("nginx.conf"), configuration).expect("a file");
    let mut command = Command::new(proxy_program("nginx"));
    command
        .args(["-e", "stderr", "-p", &at(""), "-c", &at("nginx.conf")])
        .env_clear();
    command
}

// It shall ask nobody for a certificate and take no port beside its own; a log makes visible what is kept out of it.
fn caddy(folder: &Path, port: u16, service_port: u16) -> Command {
    let certificate = write_certificate(folder);
    let log = access_log(folder);
    let site = block_below(
        "Caddy:",
        &[
            (
                &format!("{HOST} {{\n"),
                format!(
                    "{HOST} {{\n    bind 127.0.0.1\n    tls {certificate} {certificate}\n    log {{\n        output file {log}\n    }}\n"
                ),
            ),
            (LISTEN, format!("127.0.0.1:{service_port}")),
        ],
    );
    let configuration = format!(
        "{{\n    https_port {port}\n    admin off\n    auto_https disable_redirects\n    skip_install_trust\n    log {{\n        level ERROR\n    }}\n}}\n{site}"
    );
    let file = folder.join("Caddyfile");
    std::fs::write(&file, configuration).expect("a file");
    let mut command = Command::new(proxy_program("caddy"));
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(file)
        .env_clear()
        .env("HOME", folder);
    command
}

fn write_certificate(folder: &Path) -> String {
    let file = folder.join("proxy.pem");
    std::fs::write(&file, CERTIFICATE).expect("a file");
    file.display().to_string()
}

fn access_log(folder: &Path) -> String {
    folder.join("access.log").display().to_string()
}

// Installed, or unpacked by `./run test` in the folder of the builds.
fn proxy_program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let fetched = program()
        .ancestors()
        .nth(2)
        .expect("the folder of the builds")
        .join("proxies");
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    places.extend([
        "/usr/sbin".into(),
        fetched.join("usr/sbin"),
        fetched.join("usr/bin"),
    ]);
    places
        .iter()
        .map(|place| place.join(name))
        .find(|found| found.is_file())
        .unwrap_or_else(|| panic!("{name} is missing: `./run test` fetches it"))
}
