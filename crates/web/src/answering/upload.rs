//! Questions that files answer: what may be sent, and what is there.

use app::media;
use assessment::{FileKind, Response, Upload, UploadedFile};
use ui::{
    Texts,
    component::{self, FileLook},
    format,
};

use super::Asked;
use crate::upload::value;

pub(super) fn body(asked: &Asked<'_>, kind: &Upload) -> component::Upload {
    let accept: Vec<String> = kind.kinds.iter().map(|kind| media::accepted(*kind)).collect();
    let kinds: Vec<String> = kind.kinds.iter().map(|kind| kind_name(asked.t, *kind)).collect();
    let most_bytes = kind.most_bytes.min(media::LARGEST_FILE);
    component::Upload {
        limits: asked
            .t
            .with("attempt-files-limits", "count", kind.most_files)
            .and("size", size(asked.t, most_bytes))
            .and("kinds", kinds.join(", "))
            .to_string(),
        accept: accept.join(","),
        from_camera: kind.from_camera && kind.kinds.contains(&FileKind::Picture),
        most: kind.most_files as usize,
        files: files(asked),
    }
}

/// The files that were answered.
pub(crate) fn files(asked: &Asked<'_>) -> Vec<component::UploadedFile> {
    let file = |file: &UploadedFile| component::UploadedFile {
        value: value(file),
        name: file.name.clone(),
        size: size(asked.t, file.bytes),
        path: format!("{}/{}", asked.pictures, file.hash),
        look: match file.kind {
            FileKind::Picture => FileLook::Picture,
            FileKind::Audio => FileLook::Sound,
            _ => FileLook::Other,
        },
    };
    match asked.response {
        Response::Files(files) => files.iter().map(file).collect(),
        _ => Vec::new(),
    }
}

/// What a kind of files is called.
pub(crate) fn kind_name(t: Texts, kind: FileKind) -> String {
    t.get(&format!("file-kind-{}", kind.as_str())).to_string()
}

/// "412 KB", "1,2 MB".
pub(crate) fn size(t: Texts, bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    let (key, size) = match kilobytes {
        0..1024 => ("file-size-kb", kilobytes as f64),
        _ => ("file-size-mb", (kilobytes as f64 / 1024.0 * 10.0).round() / 10.0),
    };
    t.with(key, "size", format::number(t, size)).to_string()
}
