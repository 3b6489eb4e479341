//! Pages around a launch that show nobody's name: on into a new window, and
//! back to the platform with what was picked.

mod ended;
mod new_window;
mod send_back;

pub use ended::Ended;
pub use new_window::{HiddenField, NewWindow};
pub use send_back::SendBack;
