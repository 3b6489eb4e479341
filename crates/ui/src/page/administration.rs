//! The administrator's pages: sign-in by a one-time link, and the organisation
//! at a glance.

mod audit;
mod check;
mod entrance;
mod joins;
mod keys;
mod launch;
mod learners;
mod overview;
mod registration;
mod sign_in;
mod ways;

pub use audit::{Audit, AuditRow, Choice, action_label, audit_columns};
pub use check::{Check, FindingRow, Good, LastCheck, Word};
pub use entrance::{Entrance, ProviderButton};
pub use joins::{JoinCard, JoinProposal, JoinSide, Joins};
pub use keys::{Acceptance, KeyRow, KeyState, Keys, Next, Outcome, PlatformCard};
pub use launch::{CheckOutcome, CheckRow, KeptLaunch, Refused, TestLaunch, step_label};
pub use learners::{CodeGroup, CodeRow, CodeSheet, CodeState, CodesForm, Learners};
pub use overview::{
    AdministratorRow, DeliveryCount, Found, InvitationRow, InvitationState, LaunchRow, Overview, RefusalRow,
    RegistrationCard, delivery_label, found_label,
};
pub use registration::{
    ChangeCard, DifferenceRow, Fact, Names, Offer, Offered, Outcome as RegistrationOutcome, Registration,
    field_label,
};
pub use sign_in::SignIn;
pub use ways::{DayCount, DayWays, DeploymentWays, WayCount, Ways, advice, way_label, way_meaning};
