//! Pages around a launch that show nobody's name: on into a new window, and
//! back to the platform with what was picked.

mod ended;
mod new_window;
mod proof;
mod send_back;
mod ticket;

pub use ended::Ended;
pub use new_window::{Here, HiddenField, NewWindow, StorageFrame};
pub use proof::Proof;
pub use send_back::SendBack;
pub use ticket::Ticket;
