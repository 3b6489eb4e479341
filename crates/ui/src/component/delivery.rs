//! Where a grade is on its way to the platform, as one line with a badge.

use askama::Template;

use crate::Texts;

/// The line "8,5 đã tới Moodle lúc 10:42".
#[derive(Debug, Clone, Template)]
#[template(path = "component/delivery.html")]
pub struct Delivery {
    /// The texts of the page.
    pub t: Texts,
    /// The mark as it is sent, formatted: "8,5".
    pub mark: String,
    /// What the platform is called: "Moodle", or its name.
    pub platform: String,
    /// Where the grade is.
    pub state: DeliveryState,
    /// Where the "send again" button posts to; `None` shows no button. The
    /// form posts `csrf`.
    pub send_again: Option<SendAgain>,
}

/// The form behind "send again".
#[derive(Debug, Clone)]
pub struct SendAgain {
    /// The path to post to.
    pub path: String,
    /// The session's token.
    pub csrf: String,
}

/// Where a grade is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// In the outbox, about to be sent.
    Waiting,
    /// The platform has named no column yet; the grade waits.
    NoColumn,
    /// Arrived, at this time ("10:42").
    Delivered(String),
    /// Failed for now; tried again at this time, with the reason: a code of `delivery-reason-…`.
    Retrying(String, &'static str),
    /// Refused for good, with a reason: a code of `delivery-reason-…`.
    Refused(&'static str),
    /// Tried for 30 days and set aside.
    Parked,
    /// The platform shows a mark that a teacher set ("9,0"); it is kept.
    KeptTeachers(String),
    /// It had arrived, and is not there any more.
    Emptied,
}
