//! Files as an answer: those that are there, each with a box to take it away, and
//! the fields for more. Without a script the form's buttons send them; the script
//! sends each at once, with its progress.

use crate::Texts;

/// The fields of a question that files answer. `answer/{slot}/file` for each file
/// that is there, `upload/{slot}` for new ones.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// How many, how large, of which kinds, as a sentence.
    pub limits: String,
    /// The attribute `accept` of the file field.
    pub accept: String,
    /// Whether the camera has a field of its own.
    pub from_camera: bool,
    /// The most files.
    pub most: usize,
    /// What is there.
    pub files: Vec<UploadedFile>,
}

/// A file that is there.
#[derive(Debug, Clone, Default)]
pub struct UploadedFile {
    /// The field's value.
    pub value: String,
    /// As the student's device named it.
    pub name: String,
    /// "1,2 MB".
    pub size: String,
    /// Its address.
    pub path: String,
    /// How it is shown.
    pub look: FileLook,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FileLook {
    /// Small, as a picture.
    Picture,
    /// With buttons to play it.
    Sound,
    /// By its name; it is saved, not opened.
    #[default]
    Other,
}

impl Upload {
    pub(crate) fn sample(t: Texts) -> Self {
        Self {
            limits: t
                .with("attempt-files-limits", "count", 3)
                .and("size", "10 MB")
                .and("kinds", t.get("file-kind-picture"))
                .to_string(),
            accept: "image/jpeg,image/png".to_owned(),
            from_camera: true,
            most: 3,
            files: UploadedFile::samples(),
        }
    }
}

impl UploadedFile {
    pub(crate) fn samples() -> Vec<Self> {
        let file = |name: &str, size: &str, look| Self {
            value: name.to_owned(),
            name: name.to_owned(),
            size: size.to_owned(),
            path: crate::asset("mark.svg"),
            look,
        };
        vec![
            file("mối ren M10 sau khi tiện.jpg", "412 KB", FileLook::Picture),
            file("tiếng máy.m4a", "1,2 MB", FileLook::Sound),
            file("phiếu công nghệ.docx", "86 KB", FileLook::Other),
        ]
    }
}
