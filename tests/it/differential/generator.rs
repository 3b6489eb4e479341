//! Tokens from a seed: an honest launch, broken in none to three of the ways that are listed here.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{LazyLock, Mutex},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::EncodingKey;
use lti::{
    claim,
    testing::{PLATFORM_KEY_PEM, PLATFORM_KID, TOOL_KEY_PEM, platform_signer, tool_key},
};
use serde_json::{Map, Value, json};

pub(super) const ISSUER: &str = "https://moodle.example.vn";
pub(super) const CLIENT: &str = "taynghe-client";
pub(super) const NONCE: &str = "the-nonce-of-this-login";
pub(super) const OUR_ADDRESS: &str = "https://taynghe.example.vn/";
/// Key ids in the larger key set, beside the good one.
const OTHER_KIDS: [&str; 4] = ["for-encryption", "for-ps256", "somebody-elses", "unknown"];

// Read once: that takes longer than to sign.
static THE_PLATFORMS: LazyLock<EncodingKey> = LazyLock::new(|| key(PLATFORM_KEY_PEM));
static SOMEBODY_ELSES: LazyLock<EncodingKey> = LazyLock::new(|| key(TOOL_KEY_PEM));

// What was signed before, by a hash of it: many tokens are broken in the same way, and signing is what takes time.
static SIGNATURES: LazyLock<Mutex<HashMap<u64, String>>> = LazyLock::new(Mutex::default);

fn signature(signed: &str, by_somebody_else: bool) -> String {
    let mut hasher = DefaultHasher::new();
    (signed, by_somebody_else).hash(&mut hasher);
    let known = || SIGNATURES.lock().expect("no panic");
    if let Some(signature) = known().get(&hasher.finish()) {
        return signature.clone();
    }
    let key = match by_somebody_else {
        true => &*SOMEBODY_ELSES,
        false => &*THE_PLATFORMS,
    };
    let made = jsonwebtoken::crypto::sign(signed.as_bytes(), key, jsonwebtoken::Algorithm::RS256);
    let made = made.expect("a signature");
    known().insert(hasher.finish(), made.clone());
    made
}

fn key(pem: &str) -> EncodingKey {
    EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an RSA key")
}

/// 22 November 2026, in the morning.
pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_336_200, 0).expect("a moment")
}

/// The platform's key set: its key alone, or among others.
pub(super) fn key_set(many: bool) -> String {
    let good = platform_signer().public_jwk();
    if !many {
        return json!({"keys": [good]}).to_string();
    }
    let like_it = |kid: &str, name: &str, value: &str| {
        let mut jwk = good.clone();
        jwk["kid"] = json!(kid);
        jwk[name] = json!(value);
        jwk
    };
    let mut others = tool_key().public_jwk();
    others["kid"] = json!("somebody-elses");
    let keys = json!({"keys": [
        like_it("for-encryption", "use", "enc"),
        like_it("for-ps256", "alg", "PS256"),
        others,
        good,
    ]});
    keys.to_string()
}

/// Pseudo-random numbers (SplitMix64): the same ones from the same seed, everywhere.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("it is below the limit")
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// How a token comes to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spec {
    pub(super) header: Map<String, Value>,
    pub(super) claims: Map<String, Value>,
    /// Members that are written once more at the end of the claims, as JSON without braces.
    pub(super) said_again: Option<String>,
    /// Signed by somebody else's key.
    pub(super) foreign_key: bool,
    /// The platform has several keys.
    pub(super) many_keys: bool,
    /// What happens to the token after it was signed.
    pub(super) after: After,
    /// The names of the ways in which it was broken.
    pub(super) broken_by: Vec<&'static str>,
}

/// What happens to a signed token on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum After {
    /// Nothing.
    Arrives,
    /// One bit of a decoded part is another: part, place.
    BitFlipped(usize, usize),
    /// The signature is empty.
    Unsigned,
    /// A part is missing, or one is too many.
    Parts(usize),
    /// The part is padded, against RFC 7515.
    Padded,
}

impl Spec {
    pub(super) fn honest() -> Self {
        let now = now().timestamp();
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": PLATFORM_KID});
        let claims = json!({
            "iss": ISSUER, "aud": CLIENT, "sub": "5", "nonce": NONCE, "iat": now, "exp": now + 60,
            "name": "Lê Thị B", "given_name": "B", "family_name": "Lê Thị", "email": "b@example.vn",
            claim::VERSION: "1.3.0",
            claim::MESSAGE_TYPE: "LtiResourceLinkRequest",
            claim::DEPLOYMENT_ID: "1",
            claim::TARGET_LINK_URI: OUR_ADDRESS,
            claim::ROLES: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            claim::RESOURCE_LINK: {"id": "7"},
        });
        let map = |value: Value| value.as_object().expect("an object").clone();
        Self {
            header: map(header),
            claims: map(claims),
            said_again: None,
            foreign_key: false,
            many_keys: false,
            after: After::Arrives,
            broken_by: Vec::new(),
        }
    }

    pub(super) fn generate(chance: &mut Chance) -> Self {
        let mut spec = Self::honest();
        spec.many_keys = chance.below(3) == 0;
        let ways = *chance.one_of(&[0, 1, 1, 1, 1, 2, 2, 3]);
        for _ in 0..ways {
            let (name, change) = chance.one_of(WAYS);
            spec.broken_by.push(name);
            change(&mut spec, chance);
        }
        spec
    }

    pub(super) fn sign(&self) -> String {
        let header = Value::Object(self.header.clone()).to_string();
        let mut claims = Value::Object(self.claims.clone()).to_string();
        if let Some(again) = &self.said_again {
            claims.pop();
            claims = format!("{claims},{again}}}");
        }
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature = signature(&signed, self.foreign_key);
        self.after.happens_to(format!("{signed}.{signature}"))
    }
}

impl After {
    fn happens_to(self, token: String) -> String {
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        match self {
            Self::Arrives => {}
            Self::BitFlipped(part, place) => {
                let mut bytes = URL_SAFE_NO_PAD.decode(&parts[part]).expect("base64url");
                let place = place % (bytes.len() * 8);
                bytes[place / 8] ^= 1 << (place % 8);
                parts[part] = URL_SAFE_NO_PAD.encode(bytes);
            }
            Self::Unsigned => parts[2] = String::new(),
            Self::Parts(count) => {
                parts.resize(count, "e30".to_owned());
            }
            Self::Padded => parts[2].push_str("=="),
        }
        parts.join(".")
    }
}

/// A way to break a token, and its name.
type Way = (&'static str, fn(&mut Spec, &mut Chance));

const WAYS: &[Way] = &[
    ("alg", |spec, chance| {
        let algorithms = [
            "none", "None", "HS256", "HS512", "ES256", "PS256", "RS384", "RS512", "rs256", "RSA-OAEP", "",
        ];
        let mut values = algorithms.map(Value::from).to_vec();
        values.extend([Value::Null, json!(256)]);
        put(&mut spec.header, "alg", chance.one_of(&values));
    }),
    ("kid", |spec, chance| {
        put(&mut spec.header, "kid", &json!(chance.one_of(&OTHER_KIDS)))
    }),
    ("kid missing", |spec, chance| {
        put(&mut spec.header, "kid", chance.one_of(&[Value::Null, json!("")]));
    }),
    ("typ", |spec, chance| {
        let types = [
            Value::Null,
            json!("jwt"),
            json!("JWS"),
            json!("at+jwt"),
            json!("application/jwt"),
        ];
        put(&mut spec.header, "typ", chance.one_of(&types));
    }),
    ("cty", |spec, _| put(&mut spec.header, "cty", &json!("JWT"))),
    ("crit", |spec, chance| {
        let (name, value) = chance
            .one_of(&[
                ("crit", json!(["exp"])),
                ("b64", json!(false)),
                ("crit", json!([])),
            ])
            .clone();
        put(&mut spec.header, name, &value);
    }),
    ("a key in the header", |spec, chance| {
        let offers = [
            ("jwk", tool_key().public_jwk()),
            ("jku", json!("https://evil.example/")),
            ("x5c", json!(["MIIB"])),
        ];
        let (name, value) = chance.one_of(&offers);
        put(&mut spec.header, name, value);
    }),
    ("iss", |spec, chance| {
        let issuers = [
            json!("https://evil.example"),
            json!("https://moodle.example.vn/"),
            json!("https://MOODLE.example.vn"),
            json!([ISSUER]),
            json!(7),
            json!(""),
            Value::Null,
        ];
        put(&mut spec.claims, "iss", chance.one_of(&issuers));
    }),
    ("aud", |spec, chance| {
        let audiences = [
            json!("somebody"),
            json!([CLIENT]),
            json!(["somebody"]),
            json!([]),
            json!([CLIENT, "somebody"]),
            json!([CLIENT, CLIENT]),
            json!([CLIENT, 7]),
            json!({"a": CLIENT}),
            json!(""),
            Value::Null,
        ];
        put(&mut spec.claims, "aud", chance.one_of(&audiences));
    }),
    ("azp", |spec, chance| {
        let parties = [
            json!(CLIENT),
            json!("somebody"),
            json!([CLIENT]),
            json!(""),
            json!(7),
        ];
        put(&mut spec.claims, "azp", chance.one_of(&parties));
    }),
    ("several audiences and azp", |spec, chance| {
        put(&mut spec.claims, "aud", &json!([CLIENT, "somebody"]));
        put(
            &mut spec.claims,
            "azp",
            chance.one_of(&[json!(CLIENT), json!("somebody")]),
        );
    }),
    ("exp", |spec, chance| {
        let value = time(
            chance,
            &[
                -100_000,
                -120,
                -61,
                -60,
                -59,
                -1,
                0,
                1,
                3_600,
                86_400,
                90_000,
                100_000_000,
            ],
        );
        put(&mut spec.claims, "exp", &value);
    }),
    ("iat", |spec, chance| {
        let value = time(
            chance,
            &[-100_000, -3_700, -3_601, -3_600, -60, 60, 120, 121, 600, 100_000],
        );
        put(&mut spec.claims, "iat", &value);
    }),
    ("nbf", |spec, chance| {
        let value = time(chance, &[-100, 0, 119, 121, 100_000]);
        put(&mut spec.claims, "nbf", &value);
    }),
    ("nonce", |spec, chance| {
        let nonces = [json!("another"), json!(""), json!(5), json!([NONCE]), Value::Null];
        put(&mut spec.claims, "nonce", chance.one_of(&nonces));
    }),
    ("sub", |spec, chance| {
        let subjects = [
            Value::Null,
            json!(""),
            json!(5),
            json!("x".repeat(256)),
            json!("a\u{0}b"),
            json!("ệ"),
            json!(["5"]),
        ];
        put(&mut spec.claims, "sub", chance.one_of(&subjects));
    }),
    ("a claim of LTI", |spec, chance| {
        let names = [
            claim::VERSION,
            claim::MESSAGE_TYPE,
            claim::DEPLOYMENT_ID,
            claim::TARGET_LINK_URI,
            claim::ROLES,
            claim::RESOURCE_LINK,
        ];
        let name = *chance.one_of(&names);
        put(
            &mut spec.claims,
            name,
            chance.one_of(&[Value::Null, json!(""), json!(7), json!({"id": ""})]),
        );
    }),
    ("an extra claim", |spec, chance| {
        let extras = [
            json!("text"),
            json!([1, [2]]),
            json!({"deep": {"er": null}}),
            json!(1e300),
        ];
        put(
            &mut spec.claims,
            "https://vendor.example/claim",
            chance.one_of(&extras),
        );
    }),
    ("an odd optional claim", |spec, chance| {
        let odd = [
            ("email_verified", json!("true")),
            ("address", json!("Hà Nội")),
            ("updated_at", json!("yesterday")),
            ("name", json!(5)),
            ("email", json!(["b@example.vn"])),
            ("picture", json!({"a": 1})),
            ("locale", json!("xx-!!")),
            ("zoneinfo", json!(7)),
            ("auth_time", json!("noon")),
            ("amr", json!("pwd")),
            ("phone_number_verified", json!("no")),
            ("gender", json!([])),
            ("website", json!(1)),
            ("acr", json!(0)),
            ("at_hash", json!(5)),
        ];
        let (name, value) = chance.one_of(&odd);
        put(&mut spec.claims, name, value);
    }),
    ("a claim twice", |spec, chance| {
        let again = [
            "\"sub\":\"5\"",
            "\"iss\":\"https://evil.example\"",
            "\"exp\":9999999999",
            "\"email\":\"x\"",
            "\"extra\":{\"a\":1,\"a\":2}",
        ];
        spec.said_again = Some((*chance.one_of(&again)).to_owned());
    }),
    ("longer than 64 KiB", |spec, _| {
        put(&mut spec.claims, "filling", &json!("x".repeat(70_000)))
    }),
    ("somebody else's key", |spec, _| spec.foreign_key = true),
    ("a flipped bit", |spec, chance| {
        spec.after = After::BitFlipped(chance.below(3), chance.below(100_000));
    }),
    ("no signature", |spec, _| spec.after = After::Unsigned),
    ("parts", |spec, chance| {
        spec.after = After::Parts(*chance.one_of(&[1, 2, 4, 5]))
    }),
    ("padding", |spec, _| spec.after = After::Padded),
];

/// Sets a member; null takes it away.
pub(super) fn put(map: &mut Map<String, Value>, name: &str, value: &Value) {
    match value {
        Value::Null => drop(map.remove(name)),
        value => drop(map.insert(name.to_owned(), value.clone())),
    }
}

// Seconds from now in one of the forms that platforms send, or in one that none should.
fn time(chance: &mut Chance, offsets: &[i64]) -> Value {
    let seconds = now().timestamp() + *chance.one_of(offsets);
    match chance.below(12) {
        0 => json!(seconds.to_string()),
        1 => json!(seconds as f64 + 0.5),
        2 => json!(seconds as f64),
        3 => chance
            .one_of(&[
                Value::Null,
                json!(-1),
                json!(1e300),
                json!(u64::MAX),
                json!(true),
                json!([seconds]),
            ])
            .clone(),
        _ => json!(seconds),
    }
}
