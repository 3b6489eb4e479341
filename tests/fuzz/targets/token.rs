//! What anybody may post as `id_token`: taken apart before anything is proven. No input makes it panic, and what is
//! taken has a key id and an issuer.
#![no_main]

libfuzzer_sys::fuzz_target!(|token: &str| {
    if let Ok(peeked) = lti::launch::peek(token) {
        assert!(!peeked.kid.is_empty() && !peeked.issuer.is_empty() && !peeked.audiences.is_empty());
        assert!(token.len() <= 64 * 1024 && token.split('.').count() == 3);
    }
});
