//! Questions that somebody marks: essays and uploads.
//!
//! Essay: word limits, how many lines the field shows, words to be written on, and
//! notes for markers. Upload: a box per kind of file, how many, how large in MB.

use std::collections::BTreeSet;

use super::kept::{put, shown};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, number_field,
};
use crate::interaction::{Essay, FileKind, Upload};
use crate::number::format_number;

const MEGABYTE: f64 = 1024.0 * 1024.0;

/// The boxes' keys, in the order of [`FileKind::ALL`].
const KIND_KEYS: &[&str] = &[
    "kind_picture",
    "kind_pdf",
    "kind_text",
    "kind_office",
    "kind_audio",
    "kind_video",
    "kind_archive",
];

pub(super) fn blank_essay() -> Essay {
    Essay {
        lines: 10,
        ..Essay::default()
    }
}

pub(super) fn essay_fields(kind: &Essay, language: &str) -> Vec<AuthoringField> {
    vec![
        optional_field(
            "fewest_words",
            kind.fewest_words.map(|words| words as usize),
            language,
        ),
        optional_field(
            "most_words",
            kind.most_words.map(|words| words as usize),
            language,
        ),
        number_field("lines", f64::from(kind.lines), language),
        field("template", Control::Lines, shown(&kind.template, language)),
        field(
            "notes_for_markers",
            Control::Lines,
            shown(&kind.notes_for_markers, language),
        ),
    ]
}

pub(super) fn read_essay(saved: &Essay, reader: &mut Reader<'_>) -> Essay {
    Essay {
        fewest_words: optional(reader, "fewest_words", saved.fewest_words),
        most_words: optional(reader, "most_words", saved.most_words),
        lines: whole(reader, "lines", saved.lines.into()).clamp(1, 60) as u8,
        template: put(reader.how, Some(&saved.template), &reader.typed("template")),
        notes_for_markers: put(
            reader.how,
            Some(&saved.notes_for_markers),
            &reader.typed("notes_for_markers"),
        ),
    }
}

pub(super) fn blank_upload() -> Upload {
    Upload {
        kinds: BTreeSet::from([FileKind::Picture]),
        fewest_files: 1,
        most_files: 3,
        most_bytes: (10.0 * MEGABYTE) as u64,
        from_camera: true,
        notes_for_markers: text::Text::default(),
    }
}

pub(super) fn upload_fields(kind: &Upload, language: &str) -> Vec<AuthoringField> {
    let boxes = KIND_KEYS.iter().zip(FileKind::ALL);
    let boxes = boxes.map(|(key, of_kind)| check_field(key, kind.kinds.contains(&of_kind)));
    let others = [
        check_field("from_camera", kind.from_camera),
        number_field("fewest_files", f64::from(kind.fewest_files), language),
        number_field("most_files", f64::from(kind.most_files), language),
        number_field("most_megabytes", kind.most_bytes as f64 / MEGABYTE, language),
        field(
            "notes_for_markers",
            Control::Lines,
            shown(&kind.notes_for_markers, language),
        ),
    ];
    boxes.chain(others).collect()
}

pub(super) fn read_upload(saved: &Upload, reader: &mut Reader<'_>) -> Upload {
    let boxes = KIND_KEYS.iter().zip(FileKind::ALL);
    let most_files = whole(reader, "most_files", saved.most_files);
    let megabytes = reader.number("most_megabytes", saved.most_bytes as f64 / MEGABYTE);
    Upload {
        kinds: boxes
            .filter(|(key, _)| reader.is_on(key))
            .map(|(_, kind)| kind)
            .collect(),
        fewest_files: whole(reader, "fewest_files", saved.fewest_files).min(most_files),
        most_files,
        most_bytes: match megabytes {
            // its shown decimals may be fewer than it has
            same if format_number(same, reader.how.language)
                == format_number(saved.most_bytes as f64 / MEGABYTE, reader.how.language) =>
            {
                saved.most_bytes
            }
            other => (other * MEGABYTE).round() as u64,
        },
        from_camera: reader.is_on("from_camera"),
        notes_for_markers: put(
            reader.how,
            Some(&saved.notes_for_markers),
            &reader.typed("notes_for_markers"),
        ),
    }
}

/// A whole number that may be left out.
pub(super) fn optional_field(key: &'static str, value: Option<usize>, language: &str) -> AuthoringField {
    match value {
        Some(value) => number_field(key, value as f64, language),
        None => field(key, Control::Number, ""),
    }
}

fn optional(reader: &mut Reader<'_>, key: &'static str, saved: Option<u32>) -> Option<u32> {
    match reader.typed(key).trim() {
        "" => None,
        _ => Some(whole(reader, key, saved.unwrap_or_default())),
    }
}

/// What such a field says; what was saved when it says no whole number.
pub(super) fn read_optional(
    reader: &mut Reader<'_>,
    key: &'static str,
    saved: Option<usize>,
) -> Option<usize> {
    let saved = saved.map(|saved| u32::try_from(saved).unwrap_or(u32::MAX));
    optional(reader, key, saved).map(|number| number as usize)
}

fn whole(reader: &mut Reader<'_>, key: &'static str, otherwise: u32) -> u32 {
    let number = reader.number(key, f64::from(otherwise));
    if number.fract() != 0.0 || !(0.0..=1_000_000.0).contains(&number) {
        reader.problem(key, None, Kind::NotANumber);
        return otherwise;
    }
    number as u32
}
