//! A database with a published quiz and a registered platform, before the server starts.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{App, Clock, Parts, course::CourseOfFiles, keys::SecretKey, registration::Endpoints};
use lti::launch::{Expected, peek, verify};
use outbound::{AllowPrivate, Outbound};
use practice_platform::{Options, PracticePlatform};
use serde_json::{Value, json};
use storage::Db;
use tests::TestDatabase;

const SECRET: [u8; 32] = [9; 32];
const VERIFICATIONS: u32 = 2_000;
/// The course whose activity is a quiz of forty questions without a column in the gradebook.
pub const EXAM_COURSE: usize = 900;
/// The person who teaches everywhere; all others learn.
pub const INSTRUCTOR: usize = 1_000_000;

/// What all people of a run share.
#[derive(Clone)]
pub struct Setup {
    shared: Arc<Shared>,
    /// The server's own address.
    pub url: String,
    /// Where it listens.
    pub listen: SocketAddr,
}

struct Shared {
    platform: PracticePlatform,
    client_id: String,
    deployment_id: String,
    assessment_id: String,
    exam_id: String,
    database: TestDatabase,
    folder: tempfile::TempDir,
    client: reqwest::Client,
}

impl Setup {
    /// On SQLite, or on that PostgreSQL server in a schema of its own.
    pub async fn make(server: Option<String>) -> Self {
        let listen = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port");
        let url = format!("http://localhost:{}", listen.port());
        let database = TestDatabase::make_on(server).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("secret.key"), SECRET).expect("a key file");
        let app = open(database.open().await, &url).await;
        let platform = start_platform();
        let origin = platform.origin().to_owned();
        let (client_id, deployment_id) = ("load".to_owned(), "1".to_owned());
        let endpoints = Endpoints {
            issuer: origin.clone(),
            client_id: client_id.clone(),
            auth_login_url: format!("{origin}/mod/lti/auth.php"),
            token_url: format!("{origin}/mod/lti/token.php"),
            jwks_url: format!("{origin}/mod/lti/certs.php"),
            deployment_id: deployment_id.clone(),
        };
        app::registration::add(&app, None, endpoints)
            .await
            .expect("the platform is registered");
        let file = starter_content::ASSESSMENTS.first().expect("a sample");
        let draft = assessment::draft_from_json(file.json).expect("the sample is well formed");
        let assessment_id = app::assessment::install_sample(&app, None, draft)
            .await
            .expect("the sample is published");
        let exam_id = app::assessment::install_sample(&app, None, crate::regrade::draft())
            .await
            .expect("the examination is published");
        for course in starter_content::COURSES {
            app::course::import(&app, None, starter(course), Some(String::new()))
                .await
                .expect("the course is published");
        }
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("an HTTP client");
        let shared = Shared {
            platform,
            client_id,
            deployment_id,
            assessment_id,
            exam_id,
            database,
            folder,
            client,
        };
        Self {
            shared: Arc::new(shared),
            url,
            listen,
        }
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn database_kind(&self) -> &'static str {
        if self.is_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    }

    /// True on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.shared.database.url, storage::DatabaseUrl::Postgres(_))
    }

    /// The HTTP client of all people.
    pub fn client(&self) -> &reqwest::Client {
        &self.shared.client
    }

    /// The platform's origin.
    pub fn platform_origin(&self) -> &str {
        self.shared.platform.origin()
    }

    /// The server's settings.
    pub fn environment(&self) -> Vec<(String, String)> {
        let database = match &self.shared.database.url {
            storage::DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
            storage::DatabaseUrl::Postgres(url) => url.clone(),
        };
        [
            ("TAYNGHE_PUBLIC_URL", self.url.clone()),
            ("TAYNGHE_LISTEN", self.listen.to_string()),
            ("TAYNGHE_DATABASE_URL", database),
            (
                "TAYNGHE_SECRET_KEY_FILE",
                self.shared.folder.path().join("secret.key").display().to_string(),
            ),
            ("TAYNGHE_OUTBOUND_ALLOW_PRIVATE", "127.0.0.1".to_owned()),
            ("TAYNGHE_LOG_LEVEL", "warn".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// The fields of a login initiation.
    pub fn initiation(&self, person: usize) -> Vec<(&'static str, String)> {
        vec![
            ("iss", self.platform_origin().to_owned()),
            ("login_hint", person.to_string()),
            ("target_link_uri", format!("{}/", self.url)),
            ("client_id", self.shared.client_id.clone()),
            ("lti_deployment_id", self.shared.deployment_id.clone()),
            (
                "lti_message_hint",
                format!("{{\"cmid\":3,\"launchid\":\"ltilaunch1_{person}\"}}"),
            ),
        ]
    }

    /// A signed launch with Moodle's claims.
    pub fn id_token(&self, person: usize, course: usize, nonce: &str) -> String {
        let claims = self.claims(person, course, nonce);
        self.shared.platform.sign(&claims)
    }

    /// What the signature alone costs, with this machine's library, in this run.
    pub fn raw_verification(&self) -> Duration {
        let token = self.id_token(1, 1, "nonce");
        let peeked = peek(&token).expect("a token");
        let keys = self.shared.platform.key_set().to_string();
        let keys = lti::keys::PlatformKeySet::parse(keys.as_bytes()).expect("a key set");
        let key = keys.find(&peeked.kid).expect("a key");
        let public_url = self.url.parse().expect("an address");
        let expected = Expected {
            issuer: self.platform_origin(),
            client_id: &self.shared.client_id,
            nonce: "nonce",
            public_url: &public_url,
            target_link_uri: None,
        };
        let now = chrono::Utc::now();
        let began = Instant::now();
        for _ in 0..VERIFICATIONS {
            verify(&token, key, &expected, now).expect("it verifies");
        }
        began.elapsed() / VERIFICATIONS
    }

    fn claims(&self, person: usize, course: usize, nonce: &str) -> Value {
        let now = chrono::Utc::now().timestamp();
        let origin = self.platform_origin();
        let claim = |name: &str| format!("https://purl.imsglobal.org/spec/lti/claim/{name}");
        let role = if person == INSTRUCTOR {
            "Instructor"
        } else {
            "Learner"
        };
        let quiz = match course {
            EXAM_COURSE => &self.shared.exam_id,
            _ => &self.shared.assessment_id,
        };
        let mut claims = json!({
            "nonce": nonce, "iat": now, "exp": now + 60, "iss": origin, "aud": self.shared.client_id,
            "sub": person.to_string(),
            "given_name": "Thị Ánh", "family_name": "Nguyễn", "name": format!("Thị Ánh Nguyễn {person}"),
            "email": format!("hocvien{person}@example.vn"),
            claim("deployment_id"): self.shared.deployment_id,
            claim("target_link_uri"): format!("{}/", self.url),
            claim("message_type"): "LtiResourceLinkRequest",
            claim("version"): "1.3.0",
            claim("roles"): [format!("http://purl.imsglobal.org/vocab/lis/v2/membership#{role}")],
            claim("context"): {
                "id": course.to_string(), "label": format!("CNC{course}"),
                "title": "Vận hành máy phay CNC cơ bản", "type": ["CourseSection"]
            },
            claim("resource_link"): { "id": format!("{course}"), "title": "Kiểm tra chương 1: An toàn máy CNC" },
            claim("custom"): { "taynghe_assessment": quiz },
            claim("launch_presentation"): {
                "locale": "vi", "document_target": "iframe",
                "return_url": format!("{origin}/mod/lti/return.php?course={course}")
            },
            claim("tool_platform"): { "product_family_code": "moodle", "version": "2024100706", "name": "CDTN" },
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
                "lineitems": format!("{origin}/mod/lti/services.php/{course}/lineitems?type_id=1"),
                "lineitem": format!("{origin}/mod/lti/services.php/{course}/lineitems/{course}/lineitem?type_id=1")
            },
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
                "context_memberships_url": format!("{origin}/mod/lti/services.php/CourseSection/{course}/bindings/1/memberships"),
                "service_versions": ["1.0", "2.0"]
            },
        });
        if course == EXAM_COURSE
            && let Some(claims) = claims.as_object_mut()
        {
            claims.retain(|name, _| !name.contains("/lti-ags/") && !name.contains("/lti-nrps/"));
        }
        claims
    }
}

/// A starter course.
pub fn starter(course: &starter_content::StarterCourse) -> CourseOfFiles {
    let files = course.files.iter();
    let files = files.map(|(path, content)| ((*path).to_owned(), content.to_vec()));
    let read = interchange::folder::read(&files.collect()).expect("a course");
    CourseOfFiles {
        key: read.key.to_string(),
        content: read.content,
        assessments: read.assessments,
        files: read.media,
    }
}

async fn open(db: Db, url: &str) -> App {
    let parts = Parts {
        db,
        outbound: Outbound::new(outbound::Options {
            allow_private: AllowPrivate::default(),
            ..outbound::Options::default()
        })
        .expect("an HTTP client"),
        clock: Clock::system(),
        public_url: url.parse().expect("an address"),
        secret_key: SecretKey::new(SECRET),
        session_lifetime: chrono::Duration::hours(12),
    };
    App::start(parts).await.expect("the service opens")
}

fn start_platform() -> PracticePlatform {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!(
        "http://127.0.0.1:{}",
        listener.local_addr().expect("an address").port()
    );
    let platform = PracticePlatform::new(Options::new(&origin));
    let served = platform.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async move { served.server(listener).expect("a listener").await })
    });
    platform
}
