//! Tests of the practice platform: recorded exchanges played against it, and whole flows over a real network.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test program"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests play the tool and the browser"
)]

mod launches;
mod recorded;
mod selections;
mod services;
mod site;
mod support;
