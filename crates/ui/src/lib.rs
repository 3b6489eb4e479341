//! Pages: values in, HTML out. Page structs, templates, texts in three
//! languages, styles and scripts. Pure: no request, no clock, no database, no
//! file is read at run time; `web` fills the structs and sends the bytes.
//!
//! # Adding a page
//! 1. `src/page/<area>/<page>.rs`: a struct with `frame: Frame` and final values (strings from [`mod@format`], [`Html`] for
//!    what authors wrote), `#[derive(askama::Template)] #[template(path = "<area>/<page>.html")]`. Paths come in as fields.
//! 2. `templates/<area>/<page>.html`: `{% extends "layout.html" %}`, blocks `title` and `main` (and `scripts`); parts from
//!    `{% import "component.html" as c %}` or structs of [`component`]. Only `{% if %}`, `{% for %}`, `{% match %}`.
//! 3. Each sentence is a key in `locales/{vi,en,de}/<area>.ftl`, named `<area>-<what>`: `{{ frame.t.get("attempt-submit") }}`,
//!    `{{ frame.t.with("attempt-question", "number", number) }}`. Keys built from codes are declared in `tests/texts.rs` by prefix.
//! 4. `impl Page` with one sample per state, and a line in [`page::gallery`]: all tests then cover it.
//! 5. No inline script, style or `on…` attribute (the CSP is strict); scripts are modules in `static/`, by [`asset`].
//! 6. Every POST form starts with `{{ c::csrf(frame) }}`; it must work without JavaScript.
//! 7. Look at it: `cargo run -p ui --example gallery -- FOLDER`, at 360 and 1280 px, light and dark.
//! 8. `cargo test -p ui`: texts complete in all languages, markup sound, labels tied.
//!
//! Another language is another folder below `locales/`; no code knows their names.

mod asset;
pub mod component;
pub mod format;
mod frame;
mod html;
pub mod page;
mod text;

pub use asset::{Asset, all_assets, asset, find_asset};
pub use frame::{Frame, LanguageLink, Role, SessionFrame};
pub use html::Html;
pub use page::Page;
pub use text::{Argument, Filled, Language, Texts, missing_text_count};
