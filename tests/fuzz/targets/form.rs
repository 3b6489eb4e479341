//! The fields of a form or query. What is read is what was meant: written again and read again it is the same.
#![no_main]

use url::form_urlencoded::Serializer;

#[path = "../../../crates/web/src/urlencoded.rs"]
mod urlencoded;

libfuzzer_sys::fuzz_target!(|encoded: &str| {
    if let Some(fields) = urlencoded::decode(encoded) {
        let again = Serializer::new(String::new()).extend_pairs(&fields).finish();
        assert_eq!(urlencoded::decode(&again), Some(fields));
    }
});
