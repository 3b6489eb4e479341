//! A text with markers, cut at them. The pieces between them are pieces of safe
//! HTML, which may begin or end within an element.

use assessment::markers;
use ui::Html;

/// A piece of a text with markers.
pub(crate) enum Piece<'a> {
    /// What is read.
    Text(Html),
    /// The marker with this id, and the words that it marks.
    Marker(&'a str, Option<&'a str>),
}

/// The pieces of safe HTML.
pub(crate) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let text = |from: usize, to: usize| Html::trusted(html.get(from..to).unwrap_or_default());
    for marker in markers(html) {
        pieces.push(Piece::Text(text(from, marker.start)));
        pieces.push(Piece::Marker(marker.id, marker.words));
        from = marker.end;
    }
    pieces.push(Piece::Text(text(from, html.len())));
    pieces
}
