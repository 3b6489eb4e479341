//! `taynghe demo`: the service with sample content, beside the practice
//! platform on another site, already registered with each other.

use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
};

use anyhow::Context;
use app::{
    App, Clock,
    assessment::install_sample,
    media,
    registration::{self, Endpoints},
};
use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, Options, PracticePlatform, ToolConfig};
use settings::Settings;

use crate::{cli::Demo, course, framework, serve, sign_in, start};

const MAXIMUM: f64 = 10.0;
/// The language of the practice platform's course.
const LANGUAGE: &str = "vi";

/// Serves until a signal comes. The service keeps the address that the settings name; its data is the demo's own.
pub(crate) async fn demo(config: Option<&Path>, given: &Settings, demo: Demo) -> anyhow::Result<()> {
    let temporary = demo.folder.is_none().then(tempfile::tempdir).transpose()?;
    let folder = demo
        .folder
        .as_deref()
        .or(temporary.as_ref().map(tempfile::TempDir::path));
    let folder = folder.context("there is no folder for the demo")?;
    let settings = start::settings(config, &own_settings(given, folder))?;
    let listener =
        TcpListener::bind(settings.listen).with_context(|| format!("listen {}", settings.listen))?;
    let beside = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, demo.platform_port)))
        .with_context(|| format!("--platform-port {}", demo.platform_port))?;
    let origin = format!("http://{}", beside.local_addr()?);
    let app = start::app(&settings, Clock::system())
        .await?
        .with_providers(sign_in::providers(&settings)?);
    let platform = PracticePlatform::new(Options {
        tool_origin: Some(app.address("")),
        ..Options::new(&origin)
    });
    connect(&app, &platform).await?;
    let samples = install_samples(&app).await?;
    if let Some(first) = samples.first() {
        add_activity(&app, &platform, first);
    }
    let server = platform.server(beside)?;
    tell(&origin)?;
    serve::run(app, listener, &settings, Some(server)).await
}

// Whatever the environment names, the demo never touches real data.
fn own_settings(given: &Settings, folder: &Path) -> Vec<(&'static str, String)> {
    let in_folder = |name: &str| folder.join(name).display().to_string();
    let private = &given.outbound_allow_private;
    let mut allowed = private.hosts.clone();
    allowed.extend(private.networks.iter().map(ToString::to_string));
    allowed.extend(["127.0.0.1".to_owned(), "localhost".to_owned()]);
    vec![
        (
            "TAYNGHE_DATABASE_URL",
            format!("sqlite://{}", in_folder("demo.db")),
        ),
        ("TAYNGHE_SECRET_KEY_FILE", in_folder("secret.key")),
        ("TAYNGHE_OUTBOUND_ALLOW_PRIVATE", allowed.join(",")),
    ]
}

async fn connect(app: &App, platform: &PracticePlatform) -> anyhow::Result<()> {
    let mut tool = ToolConfig::new(
        "Taynghe",
        &app.address("/lti/login"),
        &app.address("/lti/launch"),
        &app.address("/lti/jwks"),
    );
    tool.target_link_uri = app.address("/");
    tool.deep_linking_url = Some(app.address("/"));
    let (client_id, deployment_id) = platform.add_tool(tool);
    let origin = platform.origin();
    let endpoints = Endpoints {
        issuer: origin.to_owned(),
        client_id,
        auth_login_url: format!("{origin}/mod/lti/auth.php"),
        token_url: format!("{origin}/mod/lti/token.php"),
        jwks_url: format!("{origin}/mod/lti/certs.php"),
        deployment_id,
    };
    registration::add(app, None, endpoints).await?;
    Ok(())
}

struct Sample {
    assessment_id: String,
    title: String,
}

async fn install_samples(app: &App) -> anyhow::Result<Vec<Sample>> {
    let files = starter_content::MEDIA.iter();
    let files = files.map(|file| (file.name.to_owned(), file.content.to_vec()));
    media::install_samples(app, None, files.collect()).await?;
    framework::install(app).await?;
    for starter in starter_content::COURSES {
        let files = starter.files.iter();
        let files = files.map(|(path, content)| ((*path).to_owned(), content.to_vec()));
        let read = course::in_files(&files.collect()).with_context(|| starter.key.to_owned())?;
        app::course::import(app, None, read, Some(String::new())).await?;
    }
    let mut samples = Vec::new();
    for file in starter_content::ASSESSMENTS {
        let draft = assessment::draft_from_json(file.json).with_context(|| file.name.to_owned())?;
        let title = draft
            .title
            .in_language(LANGUAGE)
            .map(|(_, source)| text::to_plain(source))
            .unwrap_or_default();
        samples.push(Sample {
            assessment_id: install_sample(app, None, draft).await?,
            title,
        });
    }
    Ok(samples)
}

fn add_activity(app: &App, platform: &PracticePlatform, sample: &Sample) {
    platform.add_activity(
        COURSE,
        ActivityConfig {
            title: sample.title.clone(),
            description: String::new(),
            url: app.address("/"),
            custom: vec![
                ("taynghe_assessment".to_owned(), sample.assessment_id.clone()),
                (
                    "taynghe_context_history".to_owned(),
                    "$Context.id.history".to_owned(),
                ),
            ],
            line_item: Some(ActivityLineItem {
                score_maximum: MAXIMUM,
                resource_id: sample.assessment_id.clone(),
                ..ActivityLineItem::default()
            }),
            tool: 0,
        },
    );
}

fn tell(origin: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "Open {origin}/")?;
    Ok(out.flush()?)
}
