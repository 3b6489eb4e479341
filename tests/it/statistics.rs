//! Statistics of tests: Moodle's own figures, and the command that reads a table of marks.

mod command;
mod drawn;
mod marks;
mod moodle;
mod page;
