//! What can be wrong with a setting, as fields for a program and as one English line for an administrator.
//!
//! Left out on purpose: other languages. These lines go to standard error at the start, before anybody has a session.

use std::fmt;

use crate::ENVIRONMENT_PREFIX;

/// One wrong setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting's name as in the file (`public_url`). An unknown setting stands as it was written, without our
    /// prefix. Empty when the file as a whole cannot be read.
    pub setting: String,
    /// Where it was set.
    pub source: Source,
    /// The value as it was given, passwords blanked out; `None` for unknown settings, whose value may be a secret.
    pub value: Option<String>,
    /// What is wrong.
    pub wrong: Wrong,
    /// What would be right, in words or as an example.
    pub right: String,
}

/// Where a setting was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the settings file.
    File,
    /// In the environment.
    Environment,
    /// Nowhere: it has its default (which can clash with another setting).
    Default,
}

/// The kinds of mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The file is no TOML: the parser's words, and the line (from 1) when it is known.
    NotToml {
        /// The parser's words.
        message: String,
        /// Counted from 1.
        line: Option<usize>,
    },
    /// There is no such setting; the known one that looks most alike, if any does.
    Unknown {
        /// A name as in the file.
        nearest: Option<&'static str>,
    },
    /// A table, a date or the like, where text, a number or a list belongs.
    Type,
    /// The value cannot be taken: why.
    Value(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Wrong::NotToml { message, line } = &self.wrong {
            write!(f, "The settings file is not valid TOML")?;
            if let Some(line) = line {
                write!(f, ", line {line}")?;
            }
            return write!(f, ": {}. Right would be: {}.", message.trim_end(), self.right);
        }
        match (&self.wrong, self.source) {
            // as it was written: the case of the letters may be all that is wrong
            (Wrong::Unknown { .. }, Source::Environment) => {
                write!(f, "{ENVIRONMENT_PREFIX}{}", self.setting)?
            }
            _ => write!(f, "{}", name_in(self.source, &self.setting))?,
        }
        if let Some(value) = &self.value {
            write!(f, " = {value:?}")?;
        }
        match &self.wrong {
            Wrong::Unknown { .. } => write!(f, ": there is no such setting")?,
            Wrong::Type => write!(f, ": this kind of value does not fit")?,
            Wrong::Value(reason) => write!(f, ": {reason}")?,
            Wrong::NotToml { .. } => {}
        }
        write!(f, ". Right would be: {}.", self.right)
    }
}

/// How an administrator finds the setting.
pub(crate) fn name_in(source: Source, setting: &str) -> String {
    match source {
        Source::Environment => format!("{ENVIRONMENT_PREFIX}{}", setting.to_ascii_uppercase()),
        Source::File => format!("{setting} (in the settings file)"),
        Source::Default => format!("{setting} (left at its default)"),
    }
}
