//! What a platform that knows us already says of itself: read again and compared with what we hold, a platform of
//! which nothing but its addresses is known. Agreed to, nothing differs any more.
#![no_main]

use lti::registration_difference::{Endpoints, endpoints, offers};
use url::Url;

const CONFIGURATION: &str = "https://moodle.example/mod/lti/openid-configuration.php";

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    let Ok(offer) = lti::registration::parse_offer(body, CONFIGURATION) else {
        return;
    };
    assert!(offers(&offer, &offer).is_empty());
    let at = |path: &str| format!("https://moodle.example/mod/lti/{path}.php");
    let held = Endpoints {
        auth_login_url: at("auth"),
        token_url: at("token"),
        token_audience: None,
        jwks_url: at("certs"),
    };
    let said = Endpoints::of(&offer);
    for address in [&said.auth_login_url, &said.token_url, &said.jwks_url] {
        assert!(Url::parse(address).is_ok());
    }
    let differences = endpoints(&held, &said);
    let agreed = held.with(&differences);
    assert!(endpoints(&agreed, &said).is_empty(), "{differences:?}");
});
