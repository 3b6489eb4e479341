//! Markers in a text that show where something is answered: `[[gap]]` for a gap,
//! `[[passage:words]]` for words that can be chosen. They stay in the HTML that
//! the text becomes, where pages put the fields in their place.
//!
//! What looks otherwise (an empty or ill-formed id) is text and no marker.

use text::Text;

use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::FieldId;

/// One marker of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker<'a> {
    /// Where it begins and ends, in bytes, brackets included.
    pub start: usize,
    /// Behind its last bracket.
    pub end: usize,
    /// The place or passage that it stands for.
    pub id: &'a str,
    /// The words that it marks, if it marks some.
    pub words: Option<&'a str>,
}

/// The markers of a source or of the HTML that it became, in order.
pub fn markers(source: &str) -> Vec<Marker<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(source, "[[", from) {
        let inner = start + 2;
        let Some(closing) = find(source, "]]", inner) else {
            break;
        };
        // the innermost brackets: `[[[[a]]` has the marker `[[a]]`
        let start = source
            .get(start..closing)
            .and_then(|before| before.rfind("[["))
            .map_or(start, |offset| start + offset);
        let content = source.get(start + 2..closing).unwrap_or_default();
        let (id, words) = match content.split_once(':') {
            Some((id, words)) => (id, Some(words)),
            None => (content, None),
        };
        let end = closing + 2;
        if FieldId::from(id).is_well_formed() && words.is_none_or(|words| !words.trim().is_empty()) {
            found.push(Marker {
                start,
                end,
                id,
                words,
            });
        }
        from = end;
    }
    found
}

fn find(source: &str, what: &str, from: usize) -> Option<usize> {
    Some(from + source.get(from..)?.find(what)?)
}

/// Whether markers stand for something or around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Gaps,
    Words,
}

/// Checks that each language has each id once and no other. `list` is the name
/// in JSON of the list that has the ids.
pub(crate) fn check_markers(
    text: &Text,
    marks: Marks,
    list: &'static str,
    ids: &[&str],
    check: &mut ItemCheck<'_>,
) {
    let fits = |marker: &Marker<'_>| marker.words.is_some() == (marks == Marks::Words);
    let written = text.versions.values().filter(|source| !source.is_blank());
    let per_language: Vec<Vec<&str>> = written
        .map(|source| {
            let markers = markers(&source.source);
            let fitting = markers.iter().filter(|marker| fits(marker));
            fitting.map(|marker| marker.id).collect()
        })
        .collect();
    check.add_if(per_language.is_empty(), DraftProblemKind::QuestionWithoutText);
    for (index, id) in ids.iter().enumerate() {
        let once = |named: &Vec<&str>| named.iter().filter(|name| *name == id).count() == 1;
        check
            .at(list, index)
            .add_if(!per_language.iter().all(once), DraftProblemKind::GapNotOnceInText);
    }
    let unknown = per_language.iter().flatten().any(|name| !ids.contains(name));
    check.add_if(unknown, DraftProblemKind::UnknownGapInText);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, Option<&str>)]) {
        let found = markers(source);
        let named: Vec<_> = found.iter().map(|marker| (marker.id, marker.words)).collect();
        assert_eq!(named, expected, "{source}");
        for marker in found {
            let whole = &source[marker.start..marker.end];
            assert!(whole.starts_with("[[") && whole.ends_with("]]"), "{whole}");
        }
    }

    #[test]
    fn markers_are_found_in_order() {
        check("Dao [[g1]] quay [[g2]].", &[("g1", None), ("g2", None)]);
        check("Đeo [[p1:găng tay]] khi khoan", &[("p1", Some("găng tay"))]);
        check("[[a:b: c]]", &[("a", Some("b: c"))]);
        check("<p>Gewindebohrer [[g1]]</p>", &[("g1", None)]);
        check("[[[[g1]]", &[("g1", None)]);
    }

    #[test]
    fn what_looks_otherwise_is_text() {
        for text in [
            "", "[[", "[[]]", "[[a b]]", "[[câu]]", "[a]", "[[a", "]]a[[", "[[a:]]", "[[a: ]]",
        ] {
            check(text, &[]);
        }
        check("[[x y]] [[g1]]", &[("g1", None)]);
        let many = "[[".repeat(50_000);
        check(&many, &[]);
    }
}
