//! Files of our own in authors' texts: `media:` and the hash of the content, with
//! an ending that says what it is, such as `media:0a1b….mp3`. Where a file is
//! served is the page's to say (`src="media:` stands in safe HTML); whether it is
//! there is not this crate's either.

use std::collections::BTreeSet;

use crate::render::to_safe_html;
use crate::source::Source;

/// What such an address begins with.
pub const SCHEME: &str = "media:";
/// Hexadecimal digits of a SHA-256.
const HASH_DIGITS: usize = 64;
/// Endings of sound, which is played and not looked at.
const SOUND: &[&str] = &["mp3", "ogg", "wav", "m4a"];

/// The hash in an address of our own; `None` for any other address.
pub(crate) fn hash_of(address: &str) -> Option<&str> {
    let file = address.strip_prefix(SCHEME)?;
    let (hash, ending) = file.split_once('.').unwrap_or((file, ""));
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(is_digit);
    let is_ending = ending.len() <= 4 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_hash && is_ending).then_some(hash)
}

/// Whether an address is one of sound.
pub(crate) fn is_sound(address: &str) -> bool {
    let ending = address.rsplit_once('.').map(|(_, ending)| ending);
    hash_of(address).is_some() && ending.is_some_and(|ending| SOUND.contains(&ending))
}

/// The hashes of all files that the source shows or plays.
pub fn media_hashes(source: &Source) -> BTreeSet<String> {
    if !source.source.contains(SCHEME) {
        return BTreeSet::new();
    }
    let html = to_safe_html(source);
    let addresses = html
        .split("src=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    addresses.filter_map(hash_of).map(str::to_owned).collect()
}

/// Whether the source shows a picture that nobody described, or plays sound without
/// a name: who does not see it learns nothing of it.
pub fn has_undescribed_media(source: &Source) -> bool {
    if !source.source.contains(SCHEME) {
        return false;
    }
    let html = to_safe_html(source);
    let of_element = |element: &'static str, name: &'static str| {
        let elements: Vec<&str> = html.split(element).skip(1).collect();
        elements.into_iter().any(|rest| is_blank(rest, name))
    };
    of_element("<img ", "alt=\"") || of_element("<audio ", "aria-label=\"")
}

// The sanitiser writes attributes in double quotes, in which it leaves no other.
fn is_blank(rest: &str, name: &str) -> bool {
    let attributes = rest.split('"').collect::<Vec<_>>();
    let mut names = attributes.chunks(2).take_while(|pair| match pair {
        [name, ..] => !name.contains('>'),
        [] => false,
    });
    let found = names.find_map(|pair| match pair {
        [written, value] => (format!("{written}\"").trim_start() == name).then_some(*value),
        _ => None,
    });
    found.is_none_or(|value| value.trim().is_empty())
}
