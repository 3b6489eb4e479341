//! An instructor's pages about time: overrides of an activity's rules, the
//! course's groups, and what single students need in every quiz.

mod accommodations;
mod groups;
mod overrides;

pub use accommodations::{AccommodationForm, Accommodations, Choice, Needs, NeedsTyped};
pub use groups::{Group, GroupForm, Groups, Member};
pub use overrides::{Fact, Override, OverrideForm, Overrides, RuleField, Whom};
