//! Upload: files or photos that somebody marks.
//!
//! Payload: `{"files": [{"hash": "…", "name": "ren M10.jpg", "kind": "picture",
//! "bytes": 48211}]}`; an empty list clears the answer. Form: a field per file,
//! `answer/{slot}/file`, the value `{hash} {kind} {bytes} {name}`.
//!
//! Left out on purpose: the bytes. Whoever takes a file in finds its kind by its
//! content, keeps it by its hash, and sees to it that a response names only files
//! that this person uploaded for this attempt.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::{Context, Kind, payload};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};

/// Files or photos.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upload {
    /// What may be uploaded; at least one kind.
    pub kinds: BTreeSet<FileKind>,
    /// The fewest files of a whole answer; fewer can be saved.
    #[serde(default = "one")]
    pub fewest_files: u32,
    /// The most files.
    #[serde(default = "one")]
    pub most_files: u32,
    /// The most bytes of one file.
    #[serde(default = "most_bytes")]
    pub most_bytes: u64,
    /// Whether phones offer the camera at once.
    #[serde(default)]
    pub from_camera: bool,
    /// What markers read beside the answers; students never see it.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub notes_for_markers: Text,
}

fn one() -> u32 {
    1
}

fn most_bytes() -> u64 {
    10 * 1024 * 1024
}

/// The most files that an author can ask for.
const MOST_FILES: u32 = 20;
/// The most bytes that an author can allow.
const MOST_BYTES: u64 = 20 * 1024 * 1024;
const NAME_LETTERS: usize = 255;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// JPEG, PNG, WebP or GIF.
    Picture,
    /// PDF.
    Pdf,
    /// Plain text, a machine's program included.
    Text,
    /// A word processor's, spreadsheet's or presentation's file.
    Office,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// ZIP.
    Archive,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Picture,
        Self::Pdf,
        Self::Text,
        Self::Office,
        Self::Audio,
        Self::Video,
        Self::Archive,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Office => "office",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Archive => "archive",
        }
    }

    /// The one of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadedFile {
    /// The SHA-256 of its content in 64 small hexadecimal digits.
    pub hash: String,
    /// As the student's device named it.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its size.
    pub bytes: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilesPayload<F> {
    files: Vec<F>,
}

impl Upload {
    fn check_file(&self, file: &UploadedFile) -> Result<(), ResponseProblem> {
        let is_hash = file.hash.len() == 64
            && file
                .hash
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let letters = file.name.chars().count();
        let is_name = (1..=NAME_LETTERS).contains(&letters) && !file.name.chars().any(char::is_control);
        if !is_hash || !is_name {
            return Err(ResponseProblem::Malformed);
        }
        if !self.kinds.contains(&file.kind) {
            return Err(ResponseProblem::OptionElsewhere(file.kind.as_str().to_owned()));
        }
        if !(1..=self.most_bytes).contains(&file.bytes) {
            return Err(ResponseProblem::OutOfRange(file.bytes as f64));
        }
        Ok(())
    }
}

impl Kind for Upload {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let FilesPayload { files } = payload::read_json::<FilesPayload<UploadedFile>>(payload)?;
        if files.len() > self.most_files as usize {
            return Err(ResponseProblem::TooManyChosen(files.len()));
        }
        let mut seen = BTreeSet::new();
        for file in &files {
            self.check_file(file)?;
            if !seen.insert(&file.hash) {
                return Err(ResponseProblem::RepeatedOption(file.hash.clone()));
            }
        }
        Ok(match files.is_empty() {
            true => Response::Unanswered,
            false => Response::Files(files),
        })
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let files = fields
            .iter()
            .filter(|(name, value)| *name == "file" && !value.is_empty());
        let files = files.map(|(_, value)| {
            let mut parts = value.splitn(4, ' ');
            let mut part = || parts.next().unwrap_or_default();
            let (hash, kind, bytes, name) = (part(), part(), part(), part());
            // what is no number stays what it is, so that reading refuses it
            let bytes = bytes
                .parse::<u64>()
                .map_or(serde_json::json!(bytes), |bytes| serde_json::json!(bytes));
            serde_json::json!({"hash": hash, "kind": kind, "bytes": bytes, "name": name})
        });
        payload::write_json(&FilesPayload {
            files: files.collect(),
        })
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        ItemMark {
            needs_marker: matches!(response, Response::Files(_)),
            ..ItemMark::wrong()
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        Response::Unanswered
    }

    fn chance(&self) -> Option<f64> {
        Some(0.0)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let files = (1..=MOST_FILES).contains(&self.most_files) && self.fewest_files <= self.most_files;
        let bytes = (1..=MOST_BYTES).contains(&self.most_bytes);
        check.add_if(
            self.kinds.is_empty() || !files || !bytes,
            DraftProblemKind::UploadLimits,
        );
        check.texts([&self.notes_for_markers]);
    }

    fn texts(&self) -> Vec<&Text> {
        vec![&self.notes_for_markers]
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![&mut self.notes_for_markers]
    }
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;
