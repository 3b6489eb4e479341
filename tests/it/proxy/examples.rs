//! The examples of docs/admin/running.md, with those values replaced that belong to the college of the example. What is
//! to be replaced must stand there, so that the guide and these tests cannot drift apart.

const GUIDE: &str = include_str!("../../../docs/admin/running.md");

/// What a test puts in the place of the example's values: `(example's, ours)`.
pub(crate) type Replacements<'a> = &'a [(&'a str, String)];

/// The block of code below a line of the guide.
#[track_caller]
pub(crate) fn block_below(line: &str, replacements: Replacements) -> String {
    let (_, rest) = GUIDE
        .split_once(&format!("\n{line}\n\n```\n"))
        .unwrap_or_else(|| panic!("the guide has no block of code below {line:?}"));
    let (block, _) = rest.split_once("```").expect("the block ends");
    replace(block, replacements)
}

/// A piece of code that stands in a sentence of the guide and begins so.
#[track_caller]
pub(crate) fn inline(beginning: &str) -> String {
    let (_, rest) = GUIDE
        .split_once(&format!("`{beginning}"))
        .unwrap_or_else(|| panic!("the guide has no code that begins with {beginning:?}"));
    let (code, _) = rest.split_once('`').expect("the code ends");
    format!("{beginning}{code}")
}

#[track_caller]
fn replace(example: &str, replacements: Replacements) -> String {
    replacements
        .iter()
        .fold(example.to_owned(), |text, (theirs, ours)| {
            assert!(text.contains(theirs), "the example has no {theirs:?}:\n{text}");
            text.replace(theirs, ours)
        })
}
