//! One binary for all stories: each file tells what one part of the service
//! does for people and platforms, over HTTP and on a real database.

mod administration;
mod attempt;
mod audit;
mod authoring;
mod bad_input;
mod certification;
mod course_copy;
mod deep_linking;
mod differential;
mod fuzz;
mod grade;
mod ground;
mod hygiene;
mod joins;
mod kept_launch;
mod keys;
mod killed;
mod launch;
mod launch_without_cookies;
mod many_launches;
mod module_score;
mod other_platforms;
mod outbound_addresses;
mod platform_check;
mod proxy;
mod refusal;
mod registration;
mod roster;
mod schema;
mod security;
mod sign_in;
mod starter_content;
mod submission_review;
mod tenancy;
mod tls;
