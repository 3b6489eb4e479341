//! The administrator's pages: sign-in by a one-time link, and the organisation
//! at a glance.

mod audit;
mod entrance;
mod keys;
mod overview;
mod sign_in;
mod ways;

pub use audit::{Audit, AuditRow, Choice, action_label, audit_columns};
pub use entrance::{Entrance, ProviderButton};
pub use keys::{Acceptance, KeyRow, KeyState, Keys, Next, Outcome, PlatformCard};
pub use overview::{
    DeliveryCount, FindingRow, Good, InvitationRow, InvitationState, LaunchRow, Overview, RefusalRow,
    RegistrationCard, delivery_label,
};
pub use sign_in::SignIn;
pub use ways::{DayCount, DayWays, DeploymentWays, WayCount, Ways, advice, way_label, way_meaning};
