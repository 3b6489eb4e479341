//! Material that nobody here wrote and that stays where it is: read from the folder that `TAYNGHE_FIXTURES` names,
//! never copied.

use std::path::PathBuf;

/// A folder of the material; `None` where the variable names none, and then the test says that it was skipped.
pub fn fixtures(folder: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("TAYNGHE_FIXTURES") else {
        println!("skipped: TAYNGHE_FIXTURES names no folder with {folder}");
        return None;
    };
    let folder = PathBuf::from(root).join(folder);
    assert!(
        folder.is_dir(),
        "TAYNGHE_FIXTURES has no folder {}",
        folder.display()
    );
    Some(folder)
}
