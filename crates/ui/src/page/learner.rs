//! The pages of learners who come from no platform: how they sign in, their courses, their account.

mod account;
mod learning;
mod name;
mod return_code;
mod sign_in;

pub use account::Account;
pub use learning::{BegunCourse, Learning, OtherCourse};
pub use name::Name;
pub use return_code::ReturnCode;
pub use sign_in::{Failure, SignIn, Told};

use crate::{Frame, Language, Role};

/// The frame of a learner who signed in, for samples.
fn sample_frame(language: Language) -> Frame {
    let mut frame = Frame::sample(language, Role::Learner);
    if let Some(session) = frame.session.as_mut() {
        session.is_account = true;
        session.course_url.clear();
        "Trường Cao đẳng Công nghệ Thủ Đức".clone_into(&mut session.course);
    }
    frame
}
