//! The program itself is killed in the middle of a launch: the login before, the launch after.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use app::registration::{self, Endpoints};
use practice_platform::{ActivityConfig, COURSE, Fault, STUDENTS, Service, ToolConfig};
use reqwest::StatusCode;
use storage::DatabaseUrl;
use tests::{Browser, Program, TestSite, free_port, program};

struct Scene {
    site: TestSite,
    port: u16,
    origin: String,
    activity: i64,
}

impl Scene {
    /// A platform that knows the program's address, on the site's database.
    async fn set() -> Self {
        let site = TestSite::start().await;
        let port = free_port();
        std::fs::write(key_file(port), [7; 32]).expect("a key file");
        let origin = format!("http://localhost:{port}");
        let at = |path: &str| format!("{origin}{path}");
        let mut tool = ToolConfig::new("Taynghe", &at("/lti/login"), &at("/lti/launch"), &at("/lti/jwks"));
        tool.target_link_uri = at("/");
        let (client_id, deployment_id) = site.platform.add_tool(tool);
        let platform = site.platform.origin().to_owned();
        let endpoints = Endpoints {
            issuer: platform.clone(),
            client_id,
            auth_login_url: format!("{platform}/mod/lti/auth.php"),
            token_url: format!("{platform}/mod/lti/token.php"),
            jwks_url: format!("{platform}/mod/lti/certs.php"),
            deployment_id: deployment_id.clone(),
        };
        registration::add(&site.app, None, endpoints)
            .await
            .expect("the platform is registered");
        let activity = site.platform.add_activity(
            COURSE,
            ActivityConfig {
                title: "Kiểm tra".to_owned(),
                url: at("/"),
                tool: deployment_id.parse().expect("a number"),
                ..ActivityConfig::default()
            },
        );
        Self {
            site,
            port,
            origin,
            activity,
        }
    }

    fn command(&self) -> Command {
        let database = match &self.site.database.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let mut command = Command::new(program());
        command
            .env_clear()
            .env("TAYNGHE_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("TAYNGHE_PUBLIC_URL", &self.origin)
            .env("TAYNGHE_DATABASE_URL", database)
            .env("TAYNGHE_SECRET_KEY_FILE", key_file(self.port))
            .env("TAYNGHE_OUTBOUND_ALLOW_PRIVATE", "localhost,127.0.0.1")
            .env("TAYNGHE_LOG_LEVEL", "error")
            .stdin(Stdio::null());
        command
    }

    async fn start(&self) -> Program {
        Program::start(self.command().arg("serve"), &[self.port]).await
    }

    /// What a command prints, and whether it succeeded.
    async fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = self.command();
        command.args(arguments);
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .expect("no panic");
        let output = output.expect("the program runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    }
}

// Written once: a program that starts may be reading it.
fn key_file(port: u16) -> PathBuf {
    std::env::temp_dir().join(format!("taynghe-keys-{port}.key"))
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _already_gone = std::fs::remove_file(key_file(self.port));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_goes_on_after_a_restart_even_while_the_platform_is_down() {
    let scene = Scene::set().await;
    let initiation = || {
        scene
            .site
            .platform
            .launch_initiation(STUDENTS[0], scene.activity)
            .expect("both are known")
    };
    let running = scene.start().await;
    let browser = Browser::new(&scene.origin);
    let form = browser.begin_launch(&initiation()).await;
    drop(running);
    let running = scene.start().await;
    let page = browser.submit(&form, "id_token", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());

    let form = browser.begin_launch(&initiation()).await;
    drop(running);
    scene.site.platform.set_fault(Service::KeySet, Fault::Down, None);
    let running = scene.start().await;
    let again = browser.submit(&form, "id_token", &[]).await;
    assert_eq!(
        again.status,
        StatusCode::OK,
        "verified with the keys in the database: {}",
        again.all_text()
    );
    let before = browser.get(page.url.as_str()).await;
    assert_eq!(before.status, StatusCode::OK, "the session of before lives on");
    drop(running);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_rotates_beside_a_running_program() {
    let scene = Scene::set().await;
    // Nobody serves our key set: the platform cannot fetch the new key.
    let (done, said) = scene.run(&["keys", "rotate"]).await;
    assert!(!done && said.contains("refuse"), "{said}");
    let (healthy, said) = scene.run(&["doctor"]).await;
    assert!(
        !healthy && said.contains("new_key") && said.contains("Keyset URL"),
        "{said}"
    );

    let running = scene.start().await;
    let (done, said) = scene.run(&["keys", "rotate"]).await;
    assert!(
        done && said.contains("already") && said.contains("retiring"),
        "{said}"
    );
    let (_, listed) = scene.run(&["keys", "list", "--format", "json"]).await;
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    let states: Vec<_> = listed["keys"]
        .as_array()
        .expect("keys")
        .iter()
        .map(|key| key["state"].clone())
        .collect();
    assert_eq!(states, ["signing", "retiring"]);
    assert_eq!(listed["platforms"][0]["new_key"], "proven");
    let (healthy, said) = scene.run(&["doctor"]).await;
    assert!(
        healthy && said.contains("signing_key") && said.contains("0 days old"),
        "{said}"
    );

    // The program that runs serves the new state without a restart.
    let (done, _) = scene.run(&["keys", "rotate", "--force"]).await;
    assert!(done);
    let set = Browser::new(&scene.origin).get("/lti/jwks").await.json();
    assert_eq!(set["keys"].as_array().map(Vec::len), Some(1));
    drop(running);
}
