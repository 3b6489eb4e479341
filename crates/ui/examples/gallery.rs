//! Writes every page in all sample states and languages, with its assets, to a
//! folder, to be looked at: `cargo run -p ui --example gallery -- FOLDER`.
//! Addresses of assets are made relative, so that files open without a server.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let folder = Path::new(&folder);
    for (path, asset) in ui::all_assets() {
        write(&folder.join(path.trim_start_matches('/')), &asset.bytes)?;
    }
    for language in ui::Language::all() {
        for (name, html) in ui::page::gallery(*language)? {
            let file = format!("{}.{}.html", name.replace('/', "-"), language.tag());
            write(
                &folder.join(file),
                html.replace("\"/static/", "\"static/").as_bytes(),
            )?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(path, bytes)?)
}
