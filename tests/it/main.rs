//! One binary for all stories: each file tells what one part of the service
//! does for people and platforms, over HTTP and on a real database.

mod administration;
mod attempt;
mod audit;
mod authoring;
mod bad_input;
mod certification;
mod deep_linking;
mod differential;
mod fuzz;
mod grade;
mod ground;
mod hygiene;
mod keys;
mod killed;
mod launch;
mod launch_without_cookies;
mod many_launches;
mod outbound_addresses;
mod proxy;
mod refusal;
mod registration;
mod schema;
mod security;
mod sign_in;
mod starter_content;
mod tenancy;
mod tls;
