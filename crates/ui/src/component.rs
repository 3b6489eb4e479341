//! Parts of pages that carry data of their own. Parts that are only markup
//! (button forms, notices, fields, tables) are macros in
//! `templates/component.html`.

mod delivery;

pub use delivery::{Delivery, DeliveryState, SendAgain};
