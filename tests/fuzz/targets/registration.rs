//! What a platform answers during dynamic registration: its configuration, and its answer to our request.
#![no_main]

use url::Url;

const CONFIGURATION: &str = "https://moodle.example/mod/lti/openid-configuration.php";

libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    if let Ok(configuration) = lti::registration::parse_configuration(body, CONFIGURATION) {
        for foreign in configuration.foreign_endpoints() {
            assert!(Url::parse(foreign).is_ok());
        }
        let Ok(ours) = Url::parse("https://taynghe.example/") else {
            return;
        };
        let request = lti::registration::registration_request(&configuration, &ours);
        assert!(request.is_object());
    }
    for status in [200, 201, 400, 401, 500] {
        if let Ok(registered) = lti::registration::parse_registration_response(status, body) {
            assert!(!registered.client_id.is_empty());
        }
    }
});
