//! Comparing what was typed with an answer that an author accepts: in NFC, with
//! white space in one form, wildcards, and the differences of spelling that are
//! none: old and new places of Vietnamese tone marks (`hòa`, `hoà`), typographic
//! quotes and dashes that phones put in.
//!
//! Left out on purpose: which of several accepted answers counts and for how
//! much (the question types), and searching (`text::fold`).

use serde::{Deserialize, Serialize};

use crate::vietnamese_letter::{Letter, is_tone_pair, letters};

/// What counts as the same, besides what always does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextRule {
    /// Whether capitals and small letters differ.
    pub case_sensitive: bool,
    /// What an answer that lacks Vietnamese marks is worth, over 0 and at most 1
    /// (`thuoc cap` for `thước cặp`); `None`: nothing. Wrong marks are never right.
    pub without_marks: Option<f64>,
    /// Whether ß is ss, and ä, ö, ü are ae, oe, ue: not every keyboard has them.
    pub german_digraphs: bool,
}

/// An accepted answer, ready to be compared with. A `*` in its source stands for
/// any letters or none, `\*` for a star and `\\` for a backslash.
#[derive(Clone, Debug, PartialEq)]
pub struct TextPattern {
    parts: Vec<Part>,
    rule: TextRule,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Any,
    Letter(Letter),
}

impl TextPattern {
    /// Reads the source of an accepted answer.
    pub fn new(source: &str, rule: TextRule) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut source = source.trim().chars();
        while let Some(letter) = source.next() {
            match letter {
                '*' => {
                    // the star is a word end to the rules of spelling, whatever it stands for
                    push_letters(&mut parts, &std::mem::take(&mut plain), rule);
                    if parts.last() != Some(&Part::Any) {
                        parts.push(Part::Any);
                    }
                }
                '\\' => plain.push(source.next().unwrap_or('\\')),
                other => plain.push(other),
            }
        }
        push_letters(&mut parts, &plain, rule);
        Self { parts, rule }
    }

    /// Whether the pattern says nothing, so that only an empty answer fits.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether any answer at all fits.
    pub fn fits_anything(&self) -> bool {
        self.parts == [Part::Any]
    }

    /// How far what was typed is this answer: 1 when it is,
    /// [`TextRule::without_marks`] when only Vietnamese marks are missing, else 0.
    pub fn share(&self, typed: &str) -> f64 {
        let typed = prepared(typed.trim(), self.rule);
        if fits(&self.parts, &typed, |accepted, typed| accepted == typed) {
            return 1.0;
        }
        match self.rule.without_marks {
            Some(share) if fits(&self.parts, &typed, Letter::may_be_typed_as) => share,
            _ => 0.0,
        }
    }
}

fn push_letters(parts: &mut Vec<Part>, source: &str, rule: TextRule) {
    parts.extend(prepared(source, rule).into_iter().map(Part::Letter));
}

fn prepared(text: &str, rule: TextRule) -> Vec<Letter> {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            _ if letter.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{02bc}' => plain.push('\''),
            '\u{201c}'..='\u{201f}' => plain.push('"'),
            '\u{2010}'..='\u{2014}' | '\u{2212}' => plain.push('-'),
            '…' => plain.push_str("..."),
            _ if rule.case_sensitive => plain.push(letter),
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    let mut letters = letters(&plain);
    if rule.german_digraphs {
        letters = with_digraphs(&letters);
    }
    move_tones(&mut letters);
    letters
}

/// Moves the tone of a final oa, oe and uy to its second letter, where the newer
/// spelling has it.
fn move_tones(letters: &mut [Letter]) {
    for at in 1..letters.len() {
        let ends_here = letters.get(at + 1).is_none_or(|next| !next.is_alphabetic());
        let Some([first, second]) = letters.get_mut(at - 1..=at) else {
            continue;
        };
        if ends_here && is_tone_pair(*first, *second) {
            second.tone = first.tone.take();
        }
    }
}

fn with_digraphs(letters: &[Letter]) -> Vec<Letter> {
    let mut written = Vec::with_capacity(letters.len());
    for letter in letters {
        match letter.german_digraph() {
            Some(pair) => written.extend(pair),
            None => written.push(*letter),
        }
    }
    written
}

/// Whether the parts fit all letters; each star takes as little as it can and
/// more only when the rest does not fit.
fn fits(parts: &[Part], letters: &[Letter], same: impl Fn(&Letter, &Letter) -> bool) -> bool {
    let (mut part, mut at) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < letters.len() {
        match (parts.get(part), letters.get(at)) {
            (Some(Part::Any), _) => {
                part += 1;
                retry = Some((part, at));
            }
            (Some(Part::Letter(accepted)), Some(typed)) if same(accepted, typed) => {
                part += 1;
                at += 1;
            }
            _ => {
                let Some((after_star, from)) = retry else {
                    return false;
                };
                retry = Some((after_star, from + 1));
                (part, at) = (after_star, from + 1);
            }
        }
    }
    parts
        .get(part..)
        .unwrap_or_default()
        .iter()
        .all(|part| *part == Part::Any)
}

#[cfg(test)]
#[path = "text_pattern_tests.rs"]
mod tests;
