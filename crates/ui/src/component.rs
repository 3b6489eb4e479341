//! Parts of pages that carry data of their own; each renders itself, and a page
//! prints it by `{{ part|safe }}`. Parts that are only markup (button forms,
//! notices, fields, tables) are macros in `templates/component.html`.

mod delivery;
mod question;
mod reviewed;

pub use delivery::{Delivery, DeliveryState, SendAgain};
pub use question::{Question, QuestionKind, QuestionOption, statement_option};
pub use reviewed::{Reviewed, ReviewedOption, Verdict};
