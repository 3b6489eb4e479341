//! What a file is, by its content alone, and whether its name and the browser's
//! word agree. Archives are looked at by their first entry and never unpacked.
//!
//! Left out on purpose: programs, web pages, and drawings in SVG: they are of no
//! kind, and so nothing takes them.

use assessment::FileKind;

use super::{code::FileCode, name};

/// How many of the first bytes tell what a file is.
const HEAD: usize = 1024;

/// A format that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) kind: FileKind,
    /// Such as `audio/mpeg`.
    pub(super) media_type: &'static str,
    /// What its names end with; the first one is ours.
    pub(super) extensions: &'static [&'static str],
}

const fn format(kind: FileKind, media_type: &'static str, extensions: &'static [&'static str]) -> Format {
    Format {
        kind,
        media_type,
        extensions,
    }
}

pub(super) const JPEG: Format = format(FileKind::Picture, "image/jpeg", &["jpg", "jpeg", "jpe", "jfif"]);
pub(super) const PNG: Format = format(FileKind::Picture, "image/png", &["png"]);
pub(super) const GIF: Format = format(FileKind::Picture, "image/gif", &["gif"]);
pub(super) const WEBP: Format = format(FileKind::Picture, "image/webp", &["webp"]);
const PDF: Format = format(FileKind::Pdf, "application/pdf", &["pdf"]);
const MP3: Format = format(FileKind::Audio, "audio/mpeg", &["mp3"]);
const OGG: Format = format(FileKind::Audio, "audio/ogg", &["ogg", "oga", "opus"]);
const WAV: Format = format(FileKind::Audio, "audio/wav", &["wav"]);
const M4A: Format = format(FileKind::Audio, "audio/mp4", &["m4a", "m4b", "aac"]);
const MP4: Format = format(FileKind::Video, "video/mp4", &["mp4", "m4v", "mov", "3gp"]);
const WEBM: Format = format(FileKind::Video, "video/webm", &["webm"]);
const ZIP: Format = format(FileKind::Archive, "application/zip", &["zip"]);
/// Served as bytes: nothing but the program that wrote them should open these.
const OFFICE: Format = format(
    FileKind::Office,
    "application/octet-stream",
    &["docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt"],
);
const TEXT: Format = format(
    FileKind::Text,
    "text/plain; charset=utf-8",
    &[
        "txt", "csv", "md", "nc", "cnc", "gcode", "tap", "mpf", "spf", "iso", "min", "eia", "h", "st",
    ],
);
/// Captions of a video: WebVTT.
const CAPTIONS: Format = format(FileKind::Text, "text/vtt; charset=utf-8", &["vtt"]);

/// What the content is.
///
/// # Errors
/// [`FileCode::Empty`], [`FileCode::Drawing`], [`FileCode::Kind`] for what is of no kind,
/// [`FileCode::Mismatch`] when name or claimed type say another kind.
pub(super) fn recognise(content: &[u8], file_name: &str, claimed_type: &str) -> Result<Format, FileCode> {
    let head = content.get(..HEAD).unwrap_or(content);
    if head.is_empty() {
        return Err(FileCode::Empty);
    }
    let extension = name::extension(file_name);
    let format = by_signature(head, &extension).map_or_else(|| written(content, &extension), Ok)?;
    let of_kind = |format: &Format| format.extensions.contains(&extension.as_str());
    let named = extension.is_empty()
        || of_kind(&format)
        || FORMATS
            .iter()
            .any(|other| other.kind == format.kind && of_kind(other));
    if !named || !claims(claimed_type, format.kind) {
        return Err(FileCode::Mismatch);
    }
    Ok(format)
}

/// What file fields offer for a kind, as the attribute `accept` says it.
pub fn accepted(kind: FileKind) -> String {
    let of_kind = FORMATS.iter().filter(|format| format.kind == kind);
    let extensions = of_kind.flat_map(|format| format.extensions);
    let listed: Vec<String> = extensions.map(|extension| format!(".{extension}")).collect();
    // phones offer the camera and turn their own formats into JPEG for these
    let types = match kind {
        FileKind::Picture => "image/jpeg,image/png,image/webp,image/gif,",
        FileKind::Audio => "audio/*,",
        FileKind::Video => "video/mp4,video/webm,",
        _ => "",
    };
    format!("{types}{}", listed.join(","))
}

/// The ending of names of a stored file of that type, with its point; empty for what has many.
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "audio/mpeg" => ".mp3",
        "audio/ogg" => ".ogg",
        "audio/wav" => ".wav",
        "audio/mp4" => ".m4a",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "video/mp4" => ".mp4",
        "video/webm" => ".webm",
        "application/pdf" => ".pdf",
        "application/zip" => ".zip",
        "text/vtt; charset=utf-8" => ".vtt",
        _ => "",
    }
}

const FORMATS: &[Format] = &[
    JPEG, PNG, GIF, WEBP, PDF, MP3, OGG, WAV, M4A, MP4, WEBM, ZIP, OFFICE, TEXT, CAPTIONS,
];

fn by_signature(head: &[u8], extension: &str) -> Option<Format> {
    let at = |from: usize, what: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(what));
    let riff = |what: &[u8]| at(0, b"RIFF") && at(8, what);
    let found = [
        (at(0, &[0xff, 0xd8, 0xff]), JPEG),
        (at(0, b"\x89PNG\r\n\x1a\n"), PNG),
        (at(0, b"GIF87a") || at(0, b"GIF89a"), GIF),
        (riff(b"WEBP"), WEBP),
        (riff(b"WAVE"), WAV),
        (at(0, b"%PDF-"), PDF),
        (at(0, b"OggS"), OGG),
        (at(0, b"ID3") || is_mpeg_audio(head), MP3),
        (at(0, &[0x1a, 0x45, 0xdf, 0xa3]), WEBM),
        (at(0, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), OFFICE),
    ];
    let simple = found.into_iter().find(|(is, _)| *is).map(|(_, format)| format);
    simple
        .or_else(|| at(4, b"ftyp").then(|| iso_media(head, extension)).flatten())
        .or_else(|| at(0, b"PK\x03\x04").then(|| zipped(head, extension)))
}

// Layer III or AAC in ADTS is 11 set bits; the layer and the rate rule out most other data.
fn is_mpeg_audio(head: &[u8]) -> bool {
    match head {
        [0xff, second, third, ..] => {
            let layer_3 = second & 0xe6 == 0xe2;
            let (rate, frequency) = (third >> 4, (third >> 2) & 3);
            layer_3 && (1..15).contains(&rate) && frequency != 3
        }
        _ => false,
    }
}

// Recorders of phones name the brand of films for sound too.
fn iso_media(head: &[u8], extension: &str) -> Option<Format> {
    let brand = head.get(8..12)?;
    match brand {
        b"M4A " | b"M4B " => Some(M4A),
        // photos of phones: the browser turns them into JPEG when it is asked to
        b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"hevc" => None,
        _ if M4A.extensions.contains(&extension) => Some(M4A),
        _ => Some(MP4),
    }
}

// The name of the first entry of an office document is one of these.
fn zipped(head: &[u8], extension: &str) -> Format {
    let name_length = head.get(26..28).map_or(0, |length| match length {
        [low, high] => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    });
    let first = head.get(30..30 + name_length).unwrap_or_default();
    let starts = |what: &[u8]| first.starts_with(what);
    let open_xml = [
        b"[Content_Types].xml".as_slice(),
        b"_rels/",
        b"docProps/",
        b"word/",
        b"xl/",
        b"ppt/",
    ];
    let is_office = open_xml.into_iter().any(starts) || starts(b"mimetype");
    // with macros, or an e-book: its name fits no kind and is refused as such
    match is_office && extension != "zip" {
        true => OFFICE,
        false => ZIP,
    }
}

// Text of people and machines; pages, drawings and programs of browsers are none.
fn written(content: &[u8], extension: &str) -> Result<Format, FileCode> {
    let Ok(words) = std::str::from_utf8(content) else {
        return Err(FileCode::Kind);
    };
    let start: String = words.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if extension == "svg" || extension == "svgz" || start.contains("<svg") {
        return Err(FileCode::Drawing);
    }
    let is_page = ["<!doctype", "<html", "<?xml", "<script", "<?php", "#!"];
    let is_binary = words
        .chars()
        .any(|letter| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n' | '\u{c}' | '\u{1a}'));
    match is_binary || is_page.into_iter().any(|tag| start.starts_with(tag)) {
        true => Err(if is_picture_or_sound(extension) {
            FileCode::Mismatch
        } else {
            FileCode::Kind
        }),
        false if extension == "vtt" => captions(words),
        false => Ok(TEXT),
    }
}

// The first line, and one line of times at least, as the standard has them (WebVTT, section 4.1).
fn captions(words: &str) -> Result<Format, FileCode> {
    let words = words.trim_start_matches('\u{feff}');
    let mut lines = words.lines();
    let head = lines.next().and_then(|line| line.strip_prefix("WEBVTT"));
    let is_head = head.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    match is_head && lines.any(is_times) {
        true => Ok(CAPTIONS),
        false => Err(FileCode::Mismatch),
    }
}

fn is_times(line: &str) -> bool {
    let is_time = |word: &str| {
        let parts: Vec<&str> = word.split([':', '.']).collect();
        (3..=4).contains(&parts.len())
            && word.contains('.')
            && parts
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    line.split_once(" --> ").is_some_and(|(from, rest)| {
        let to = rest.split_whitespace().next().unwrap_or_default();
        is_time(from.trim()) && is_time(to)
    })
}

fn is_picture_or_sound(extension: &str) -> bool {
    FORMATS
        .iter()
        .any(|format| format.extensions.contains(&extension) && format.kind != FileKind::Text)
}

// A browser goes by the name, and says nothing or "bytes" when it knows nothing.
fn claims(claimed_type: &str, kind: FileKind) -> bool {
    let essence = claimed_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.split('/').next().unwrap_or_default() {
        "image" => kind == FileKind::Picture,
        "audio" | "video" => matches!(kind, FileKind::Audio | FileKind::Video),
        "text" => kind == FileKind::Text,
        _ if essence == "application/pdf" => kind == FileKind::Pdf,
        _ => true,
    }
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
