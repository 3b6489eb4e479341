//! Outside forms of courses, pure: bytes in, values out, and back.
//!
//! Left out on purpose: the disk and archives that the bytes come from (`server`), and
//! whether a course may be published (`course::check`).

pub mod folder;
