//! Styles, scripts and pictures, under addresses that carry a hash of their
//! content, so that browsers may keep them for ever. Imports between script
//! modules are rewritten to these addresses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// Where assets are served.
const PREFIX: &str = "/static/";

static ASSETS: LazyLock<Assets> = LazyLock::new(load);

/// One file to send.
#[derive(Debug)]
pub struct Asset {
    /// What to send.
    pub bytes: Vec<u8>,
    /// For the Content-Type header.
    pub content_type: &'static str,
    /// For the ETag header, with its quotes.
    pub etag: String,
}

#[derive(Default)]
struct Assets {
    /// "taynghe.css" → "/static/taynghe.0123456789abcdef.css"
    paths: BTreeMap<String, String>,
    /// address → file
    files: BTreeMap<String, Asset>,
}

/// The address of a file of `static/`; an unknown name comes back as its plain
/// address, which is not found (a test looks for such).
pub fn asset(name: &str) -> String {
    ASSETS
        .paths
        .get(name)
        .cloned()
        .unwrap_or_else(|| format!("{PREFIX}{name}"))
}

/// The file behind an address that [`asset`] gave. Its content never changes:
/// send it with `Cache-Control: public, max-age=31536000, immutable`.
pub fn find_asset(path: &str) -> Option<&'static Asset> {
    ASSETS.files.get(path)
}

/// All addresses and their files, for writing a gallery to a folder.
pub fn all_assets() -> impl Iterator<Item = (&'static str, &'static Asset)> {
    ASSETS.files.iter().map(|(path, asset)| (path.as_str(), asset))
}

fn load() -> Assets {
    let mut assets = Assets::default();
    let mut waiting: Vec<String> = Files::iter().map(|name| name.into_owned()).collect();
    // a module's hash covers its rewritten imports: the imported ones go first;
    // modules that import each other in a circle are left out
    while !waiting.is_empty() {
        let (ready, blocked): (Vec<_>, Vec<_>) = waiting
            .iter()
            .cloned()
            .partition(|name| !imports_any(name, &waiting));
        if ready.is_empty() {
            break;
        }
        for name in ready {
            add(&mut assets, &name);
        }
        waiting = blocked;
    }
    assets
}

fn imports_any(name: &str, others: &[String]) -> bool {
    let Some(file) = Files::get(name).filter(|_| name.ends_with(".js")) else {
        return false;
    };
    let source = String::from_utf8_lossy(&file.data);
    others
        .iter()
        .any(|other| other != name && source.contains(&import_of(other)))
}

fn import_of(name: &str) -> String {
    format!("\"./{name}\"")
}

fn add(assets: &mut Assets, name: &str) {
    let Some(file) = Files::get(name) else { return };
    let bytes = if name.ends_with(".js") {
        linked(&String::from_utf8_lossy(&file.data), &assets.paths).into_bytes()
    } else {
        file.data.into_owned()
    };
    let hash = hash(&bytes);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let path = format!("{PREFIX}{stem}.{hash}.{extension}");
    assets.paths.insert(name.to_owned(), path.clone());
    assets.files.insert(
        path,
        Asset {
            bytes,
            content_type: content_type(extension),
            etag: format!("\"{hash}\""),
        },
    );
}

fn linked(source: &str, paths: &BTreeMap<String, String>) -> String {
    paths.iter().fold(source.to_owned(), |source, (name, path)| {
        source.replace(&import_of(name), &format!("\"{path}\""))
    })
}

/// FNV-1a, 64 bits: names versions of our own files, guards nothing.
fn hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_an_address_by_content() {
        for name in Files::iter() {
            let path = asset(&name);
            let found = find_asset(&path).unwrap_or_else(|| panic!("{name} at {path}"));
            assert!(found.etag.starts_with('"') && path.contains(found.etag.trim_matches('"')));
            assert_ne!(found.content_type, "application/octet-stream", "{name}");
        }
        assert!(find_asset("/static/taynghe.css").is_none());
        assert!(find_asset("/static/../Cargo.toml").is_none());
    }

    #[test]
    fn imports_name_hashed_addresses() {
        for (path, asset) in all_assets().filter(|(path, _)| path.ends_with(".js")) {
            let source = std::str::from_utf8(&asset.bytes).unwrap();
            assert!(
                !source.contains("\"./"),
                "{path} has an import that is not linked"
            );
        }
    }
}
