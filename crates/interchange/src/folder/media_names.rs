//! Files in texts: `media/NAME` in a folder, `media:HASH.ending` in content. Both ways
//! touch addresses only (behind `](`, `]: `, `="` or `{{file `) and undo each other,
//! whatever else a text says: an address that already begins with `media/` in content
//! gets a `./` before it in the folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use text::MEDIA_SCHEME;

/// What stands in a folder before the name of a file.
pub(super) const FOLDER: &str = "media/";
/// What makes an address in content begin so without naming a file.
const HERE: &str = "./";
const WORD: &str = "media";
const BEFORE_ADDRESSES: &[&str] = &["](", "](<", "]: ", "=\"", "='", "{{file "];

/// The names and hashes of a course's files.
#[derive(Debug, Default)]
pub(super) struct MediaNames {
    by_name: BTreeMap<String, (String, String)>,
    by_hash: BTreeMap<(String, String), String>,
}

impl MediaNames {
    /// Names of the files with the hashes of their contents. What has no ending that
    /// a text could name is left out.
    pub(super) fn of<'a>(media: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut names = Self::default();
        for (name, content) in media {
            let Some(ending) = ending(name) else { continue };
            let hash = hash(content);
            let address = (hash.clone(), ending.clone());
            names.by_hash.entry(address).or_insert_with(|| name.to_owned());
            names.by_name.insert(name.to_owned(), (hash, ending));
        }
        names
    }

    /// The hash of the file with this name.
    pub(super) fn hash(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|(hash, _)| hash.as_str())
    }

    /// The name of a file with this hash.
    pub(super) fn name(&self, hash: &str) -> Option<&str> {
        let named = self.by_name.iter().find(|(_, (own, _))| own == hash);
        named.map(|(name, _)| name.as_str())
    }

    /// A text of content as it stands in a folder.
    pub(super) fn to_folder(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut done = 0;
        for (at, before, after) in addresses(text) {
            written.push_str(text.get(done..at).unwrap_or_default());
            done = at;
            if after.starts_with(FOLDER) {
                written.push_str(HERE);
            } else if !before.ends_with(HERE)
                && let Some((length, name)) = self.named_by_hash(after)
            {
                written.push_str(FOLDER);
                written.push_str(name);
                done = at + length;
            }
        }
        written.push_str(text.get(done..).unwrap_or_default());
        written
    }

    /// A text of a folder as it stands in content, with the offsets and names of
    /// files that are not there.
    pub(super) fn to_content(&self, text: &str) -> (String, Vec<(usize, String)>) {
        let mut written = String::with_capacity(text.len());
        let mut missing = Vec::new();
        let mut done = 0;
        for (at, before, after) in addresses(text) {
            let Some(rest) = after.strip_prefix(FOLDER) else {
                continue;
            };
            if before.ends_with(HERE) {
                written.push_str(text.get(done..at - HERE.len()).unwrap_or_default());
                done = at;
                continue;
            }
            let name = rest
                .split(|letter| !is_of_name(letter))
                .next()
                .unwrap_or_default();
            let Some((hash, ending)) = self.by_name.get(name) else {
                missing.push((at, format!("{FOLDER}{name}")));
                continue;
            };
            written.push_str(text.get(done..at).unwrap_or_default());
            let _ = write!(written, "{MEDIA_SCHEME}{hash}.{ending}");
            done = at + FOLDER.len() + name.len();
        }
        written.push_str(text.get(done..).unwrap_or_default());
        (written, missing)
    }

    // How long `media:HASH.ending` at the beginning of the text is, and the file's name.
    fn named_by_hash(&self, text: &str) -> Option<(usize, &str)> {
        let address = text.strip_prefix(MEDIA_SCHEME)?;
        let address = address.split(|letter| !is_of_name(letter)).next()?;
        let (hash, ending) = address.split_once('.')?;
        let name = self.by_hash.get(&(hash.to_owned(), ending.to_owned()))?;
        Some((MEDIA_SCHEME.len() + address.len(), name))
    }
}

/// Whether a file can have this name.
pub(super) fn is_medium_name(name: &str) -> bool {
    ending(name).is_some()
}

/// SHA-256 in hexadecimal digits.
pub(super) fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().fold(String::with_capacity(64), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

// The ending in small letters; `None` where the name is no medium's.
fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_plain = name.len() <= 100 && name.chars().all(is_of_name);
    let fits = !stem.is_empty() && !stem.starts_with('.') && (1..=4).contains(&ending.len());
    let is_ending = fits && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_plain && is_ending).then(|| ending.to_ascii_lowercase())
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-')
}

// Each place where an address may begin with "media", a `./` or more of them before it
// passed over: its offset, what stands before it, and what follows from it on.
fn addresses(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    text.match_indices(WORD).filter_map(move |(at, _)| {
        let (before, after) = text.split_at_checked(at)?;
        let bare = before.trim_end_matches(HERE);
        let is_address = BEFORE_ADDRESSES.iter().any(|sign| bare.ends_with(sign));
        is_address.then_some((at, before, after))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> MediaNames {
        MediaNames::of([
            ("lathe.png", b"lathe".as_slice()),
            ("Ton.MP3", b"ton"),
            ("media.media.png", b"m"),
        ])
    }

    #[test]
    fn addresses_change_and_words_do_not() {
        #[track_caller]
        fn check(content: &str, folder: &str) {
            let hash = hash(b"lathe");
            let content = content.replace("HASH", &hash);
            assert_eq!(names().to_folder(&content), folder.replace("HASH", &hash));
            assert_eq!(names().to_content(&names().to_folder(&content)).0, content);
        }
        check("![a](media:HASH.png)", "![a](media/lathe.png)");
        check("![a](<media:HASH.png>)", "![a](<media/lathe.png>)");
        check("[a]: media:HASH.png\n", "[a]: media/lathe.png\n");
        check("<img src=\"media:HASH.png\">", "<img src=\"media/lathe.png\">");
        check("{{file media:HASH.png}}", "{{file media/lathe.png}}");
        check("media:HASH.png media/lathe.png", "media:HASH.png media/lathe.png");
        check("![a](media:HASH)", "![a](media:HASH)");
        check("![a](media:HASH.png.)", "![a](media:HASH.png.)");
        check("![a](media:HASH.jpg)", "![a](media:HASH.jpg)");
        check("![a](media/lathe.png)", "![a](./media/lathe.png)");
        check("![a](./media/lathe.png)", "![a](././media/lathe.png)");
        check("![a](./media:HASH.png)", "![a](./media:HASH.png)");
    }

    #[test]
    fn a_missing_file_is_told_with_its_place() {
        let (text, missing) = names().to_content("x\n![a](media/drill.png) ![b](media/Ton.MP3)");
        let ton = hash(b"ton");
        assert_eq!(text, format!("x\n![a](media/drill.png) ![b](media:{ton}.mp3)"));
        assert_eq!(missing, [(7, "media/drill.png".to_owned())]);
    }

    #[test]
    fn names_of_media() {
        #[track_caller]
        fn check(name: &str, expected: bool) {
            assert_eq!(is_medium_name(name), expected, "{name}");
        }
        check("lathe.png", true);
        check("Tay_nghe-2.MP3", true);
        check("guard.vi.vtt", true);
        check("lathe", false);
        check(".png", false);
        check("..png", false);
        check("a.", false);
        check("a.jpeg2", false);
        check("mâm.png", false);
        check("a b.png", false);
        check("a/b.png", false);
    }

    proptest! {
        #[test]
        fn there_and_back(parts in proptest::collection::vec(0..14_usize, 0..20)) {
            let media = format!("media:{}.png", hash(b"lathe"));
            let other = format!("media:{}.png", hash(b"m"));
            let pieces = ["](", "./", "media/", &media, &other, "lathe.png", "{{file ", "=\"", "]: ", ".", ")", " ", "đ", "media"];
            let content: String = parts.iter().map(|part| pieces[*part]).collect();
            let folder = names().to_folder(&content);
            let (back, missing) = names().to_content(&folder);
            prop_assert_eq!(&back, &content, "{}", folder);
            prop_assert!(missing.is_empty(), "{:?}", missing);
            prop_assert_eq!(names().to_folder(&back), folder);
        }
    }
}
