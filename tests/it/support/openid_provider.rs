//! An OpenID Connect provider on loopback: the other side of the network for the sign-in of administrators. It does what
//! an honest provider does, checks what we must send (PKCE, secret, redirect address), and lies where a test says so.

use std::{
    collections::HashMap,
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::header,
    web::{self, Data, Form, Query},
};
use app::{
    Clock,
    sign_in::{Administrators, Learners, Provider},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use lti::testing::{PLATFORM_KEY_PEM, PLATFORM_KID, platform_key_set_json, sign_with};
use serde_json::{Map, Value, json};
use url::Url;

use crate::site::{Running, run};

/// Our id at the provider.
pub const CLIENT_ID: &str = "taynghe-client";
/// Our secret at the provider.
pub const CLIENT_SECRET: &str = "mật khẩu +%";

/// The provider. It stops when it is dropped.
pub struct OpenIdProvider {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    shared: Arc<Mutex<Shared>>,
    _server: Running,
}

/// What the provider says and does; a test changes it.
#[derive(Clone)]
pub struct Behaviour {
    /// The issuer that its configuration and its tokens name.
    pub issuer: String,
    /// Laid over its configuration; `null` takes a member away.
    pub configuration: Value,
    /// Laid over the claims of ID tokens; `null` takes a claim away.
    pub claims: Value,
    /// Laid over the header of ID tokens.
    pub header: Value,
    /// The key that signs ID tokens, PKCS#8.
    pub key: &'static str,
    /// What the key set holds.
    pub key_set: Value,
    /// What the userinfo endpoint tells; `null` for no such endpoint.
    pub userinfo: Value,
    /// Answers this error instead of a code.
    pub error: Option<&'static str>,
    /// `iss` of its answers (RFC 9207); `None` sends none.
    pub names_itself: Option<String>,
    /// The token endpoint answers this status and body.
    pub token_answer: Option<(u16, String)>,
    /// Everything answers 503.
    pub is_down: bool,
}

struct Shared {
    clock: Clock,
    behaviour: Behaviour,
    codes: HashMap<String, Granted>,
    token_requests: Vec<HashMap<String, String>>,
    asked: Vec<HashMap<String, String>>,
    serial: usize,
}

/// What a code stands for.
struct Granted {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

impl OpenIdProvider {
    /// Starts one whose tokens go by that clock.
    pub fn start(clock: &Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let behaviour = Behaviour {
            issuer: origin.clone(),
            configuration: json!({}),
            claims: json!({}),
            header: json!({}),
            key: PLATFORM_KEY_PEM,
            key_set: serde_json::from_str(&platform_key_set_json()).expect("a key set"),
            userinfo: Value::Null,
            error: None,
            names_itself: Some(origin.clone()),
            token_answer: None,
            is_down: false,
        };
        let shared = Arc::new(Mutex::new(Shared {
            clock: clock.clone(),
            behaviour,
            codes: HashMap::new(),
            token_requests: Vec::new(),
            asked: Vec::new(),
            serial: 0,
        }));
        let data = Data::from(Arc::clone(&shared));
        let server = run(listener, move |listener| {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(data.clone())
                    .route("/jwks", web::get().to(key_set))
                    .route("/authorize", web::get().to(authorize))
                    .route("/token", web::post().to(token))
                    .route("/userinfo", web::get().to(userinfo))
                    .default_service(web::to(configuration))
            });
            Ok(server.workers(1).disable_signals().listen(listener)?.run())
        });
        Self {
            origin,
            shared,
            _server: server,
        }
    }

    /// It as the settings name it: whoever has the subject `khue` is an administrator.
    pub fn as_setting(&self, id: &str, organisation: Option<&str>) -> Provider {
        Provider {
            id: id.to_owned(),
            name: format!("Tài khoản {id}"),
            organisation: organisation.map(str::to_owned),
            openid: outbound::openid::Provider {
                issuer: self.origin.clone(),
                tenants: Vec::new(),
                client_id: CLIENT_ID.to_owned(),
                client_secret: CLIENT_SECRET.to_owned(),
                scopes: vec!["profile".to_owned(), "email".to_owned()],
            },
            administrators: Administrators {
                subjects: vec!["khue".to_owned()],
                ..Administrators::default()
            },
            learners: None,
        }
    }

    /// It for learners only.
    pub fn as_learners_setting(&self, id: &str, organisation: Option<&str>) -> Provider {
        Provider {
            administrators: Administrators::default(),
            learners: Some(Learners {
                email_domains: Vec::new(),
                scopes: vec!["profile".to_owned()],
            }),
            ..self.as_setting(id, organisation)
        }
    }

    /// Changes what it says and does.
    pub fn change(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut locked(&self.shared).behaviour);
    }

    /// The parameters of each authentication request so far.
    pub fn asked(&self) -> Vec<HashMap<String, String>> {
        locked(&self.shared).asked.clone()
    }

    /// The fields of each request to the token endpoint so far.
    pub fn token_requests(&self) -> Vec<HashMap<String, String>> {
        locked(&self.shared).token_requests.clone()
    }
}

fn locked(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn configuration(request: HttpRequest, shared: Data<Mutex<Shared>>) -> HttpResponse {
    let shared = locked(&shared);
    if shared.behaviour.is_down || !request.path().ends_with("/.well-known/openid-configuration") {
        return down();
    }
    let info = request.connection_info();
    let origin = format!("http://{}", info.host());
    let mut told = json!({
        "issuer": shared.behaviour.issuer,
        "authorization_endpoint": format!("{origin}/authorize"),
        "token_endpoint": format!("{origin}/token"),
        "jwks_uri": format!("{origin}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "authorization_response_iss_parameter_supported": true,
    });
    if !shared.behaviour.userinfo.is_null() {
        told["userinfo_endpoint"] = format!("{origin}/userinfo").into();
    }
    lay_over(&mut told, &shared.behaviour.configuration);
    HttpResponse::Ok().json(told)
}

async fn key_set(shared: Data<Mutex<Shared>>) -> HttpResponse {
    let shared = locked(&shared);
    match shared.behaviour.is_down {
        true => down(),
        false => HttpResponse::Ok().json(&shared.behaviour.key_set),
    }
}

async fn authorize(shared: Data<Mutex<Shared>>, query: Query<HashMap<String, String>>) -> HttpResponse {
    let mut shared = locked(&shared);
    shared.asked.push(query.0.clone());
    let parameter = |name: &str| query.get(name).cloned().unwrap_or_default();
    let mut back = Url::parse(&parameter("redirect_uri")).expect("a redirect address");
    back.query_pairs_mut().append_pair("state", &parameter("state"));
    if let Some(error) = shared.behaviour.error {
        back.query_pairs_mut().append_pair("error", error);
    } else {
        shared.serial += 1;
        let code = format!("code-{}", shared.serial);
        back.query_pairs_mut().append_pair("code", &code);
        let granted = Granted {
            nonce: parameter("nonce"),
            challenge: parameter("code_challenge"),
            redirect_uri: parameter("redirect_uri"),
        };
        shared.codes.insert(code, granted);
    }
    if let Some(issuer) = &shared.behaviour.names_itself {
        back.query_pairs_mut().append_pair("iss", issuer);
    }
    HttpResponse::Found()
        .insert_header((header::LOCATION, back.as_str()))
        .finish()
}

async fn token(
    request: HttpRequest,
    shared: Data<Mutex<Shared>>,
    form: Form<HashMap<String, String>>,
) -> HttpResponse {
    let mut shared = locked(&shared);
    shared.token_requests.push(form.0.clone());
    if shared.behaviour.is_down {
        return down();
    }
    if let Some((status, body)) = &shared.behaviour.token_answer {
        let status = actix_web::http::StatusCode::from_u16(*status).expect("a status");
        return HttpResponse::build(status)
            .content_type("application/json")
            .body(body.clone());
    }
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    if !is_our_client(&request, &form) {
        return refused("invalid_client");
    }
    let Some(granted) = shared.codes.remove(&field("code")) else {
        return refused("invalid_grant");
    };
    let challenge = URL_SAFE_NO_PAD.encode(sha256(field("code_verifier").as_bytes()));
    if challenge != granted.challenge || field("redirect_uri") != granted.redirect_uri {
        return refused("invalid_grant");
    }
    HttpResponse::Ok().json(json!({
        "access_token": "an access token", "token_type": "Bearer", "expires_in": 300,
        "id_token": id_token(&shared, &granted),
    }))
}

async fn userinfo(request: HttpRequest, shared: Data<Mutex<Shared>>) -> HttpResponse {
    let bearer = request.headers().get(header::AUTHORIZATION);
    assert_eq!(
        bearer.and_then(|value| value.to_str().ok()),
        Some("Bearer an access token")
    );
    HttpResponse::Ok().json(&locked(&shared).behaviour.userinfo)
}

/// Basic (each half form-encoded, RFC 6749 2.3.1) or in the body.
fn is_our_client(request: &HttpRequest, form: &HashMap<String, String>) -> bool {
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = STANDARD.encode(format!("{}:{}", encode(CLIENT_ID), encode(CLIENT_SECRET)));
    let sent = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    match sent {
        Some(sent) => sent == format!("Basic {basic}"),
        None => form
            .get("client_secret")
            .is_some_and(|secret| secret == CLIENT_SECRET),
    }
}

fn id_token(shared: &Shared, granted: &Granted) -> String {
    let now = shared.clock.now().timestamp();
    let mut header = json!({ "alg": "RS256", "typ": "JWT", "kid": PLATFORM_KID });
    lay_over(&mut header, &shared.behaviour.header);
    let mut claims = json!({
        "iss": shared.behaviour.issuer, "aud": CLIENT_ID, "sub": "khue", "nonce": granted.nonce,
        "iat": now, "exp": now + 300, "name": "Lê Minh Khuê", "email": "khue@truong.edu.vn",
    });
    lay_over(&mut claims, &shared.behaviour.claims);
    sign_with(shared.behaviour.key, &header.to_string(), &claims.to_string())
}

fn lay_over(value: &mut Value, over: &Value) {
    let members: &mut Map<String, Value> = value.as_object_mut().expect("an object");
    for (name, new) in over.as_object().expect("an object") {
        match new {
            Value::Null => drop(members.remove(name)),
            new => drop(members.insert(name.clone(), new.clone())),
        }
    }
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    use rustls::crypto::aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256;
    let suite = TLS13_AES_128_GCM_SHA256.tls13().expect("a suite of TLS 1.3");
    suite.common.hash_provider.hash(bytes).as_ref().to_vec()
}

fn refused(error: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "error": error }))
}

fn down() -> HttpResponse {
    HttpResponse::ServiceUnavailable().finish()
}
