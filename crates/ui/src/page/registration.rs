//! The pages that a platform's administrator sees behind an invitation: where
//! to paste it, what the button does, what remains to be done, or what to type
//! by hand. No session, no names.

mod by_hand;
mod confirm;
mod done;
mod waiting;

pub use by_hand::{ByHand, OwnAddresses};
pub use confirm::Confirm;
pub use done::Done;
pub use waiting::Waiting;

/// What a platform is called: the product's name, or "LMS" in the reader's words when it is empty.
pub fn product_name(t: crate::Texts, product: &str) -> String {
    match product {
        "" => t.get("registration-platform").into_owned(),
        known => known.to_owned(),
    }
}
