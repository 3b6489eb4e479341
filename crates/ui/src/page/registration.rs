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

/// What a platform is called: the product's own spelling where it is known, else "LMS" in the reader's words.
pub fn product_name(t: crate::Texts, product_family: &str) -> String {
    match product_family {
        "moodle" => "Moodle".to_owned(),
        "canvas" => "Canvas".to_owned(),
        "blackboard" | "BlackboardLearn" => "Blackboard".to_owned(),
        "sakai" => "Sakai".to_owned(),
        "" => t.get("registration-platform").into_owned(),
        other => other.to_owned(),
    }
}
