//! The tool's part of 1EdTech's LTI Advantage certification (guide 1.3, section 6), offline: each case of its suite is a
//! test of that name here, sent to a whole service by the practice platform. Left out is what the suite asks people for
//! (proofs and affirmations), and anonymous launches: a launch without `sub` is one of the guide's bad payloads.

mod bad_payloads;
mod deep_linking;
mod launches;
mod services;

/// One test for each case of the guide, by its name.
macro_rules! cases {
    ($($name:ident: $check:expr;)+) => {
        $(#[tokio::test]
        async fn $name() {
            $check.await;
        })+
    };
}
use cases;
