//! One binary for all stories: each file tells what one part of the service
//! does for people and platforms, over HTTP and on a real database.

mod launch;
mod starter_content;
