//! Before rendering: blocks, procedures and terms become signs that no renderer
//! touches, so that what they stand for can be put in afterwards.

use std::fmt;

use text::{Format, MEDIA_SCHEME, Source};

use crate::key::Key;

/// Around the number of a block; of private use, and taken out of what authors write.
pub(super) const BLOCK: (char, char) = ('\u{e000}', '\u{e001}');
/// Around the number of a term.
pub(super) const TERM: (char, char) = ('\u{e002}', '\u{e003}');

/// What stands on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// `{{check KEY}}`
    Check(Key),
    /// `{{reflection KEY}}`
    Reflection(Key),
    /// `{{file media:HASH.ending}}`, by its hash.
    File(String),
    /// `:::steps`
    StepsOpen,
    /// `:::`
    StepsClose,
}

/// A term as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedTerm {
    pub key: Key,
    pub shown: Option<String>,
    pub written: String,
}

/// A source with signs in it, and what they stand for, by number.
#[derive(Debug)]
pub(super) struct Prepared {
    pub source: Source,
    pub blocks: Vec<Block>,
    pub terms: Vec<NamedTerm>,
}

/// Puts signs into a source.
pub(super) fn prepare(source: &Source) -> Prepared {
    let is_sign = |letter: char| [BLOCK.0, BLOCK.1, TERM.0, TERM.1].contains(&letter);
    let mut prepared = Prepared {
        source: Source {
            format: source.format,
            source: String::with_capacity(source.source.len()),
        },
        blocks: Vec::new(),
        terms: Vec::new(),
    };
    let written = source.source.replace(is_sign, "");
    match source.format {
        Format::Markdown => prepared.markdown(&written),
        Format::Html => prepared.html(&written),
    }
    prepared
}

impl Prepared {
    fn markdown(&mut self, written: &str) {
        let mut code: Option<(char, usize)> = None;
        let mut in_steps = false;
        for line in written.split_inclusive('\n') {
            let bare = line.trim();
            let was_code = code.is_some();
            code = code_after(code, bare);
            if was_code || code.is_some() {
                self.source.source.push_str(line);
                continue;
            }
            let is_indented = line.starts_with("    ") || line.starts_with('\t');
            match block_of(bare, in_steps).filter(|_| !is_indented) {
                Some(block) => {
                    in_steps = match block {
                        Block::StepsOpen => true,
                        Block::StepsClose => false,
                        _ => in_steps,
                    };
                    self.sign_of_block(block, "\n\n");
                }
                None => self.terms(line),
            }
        }
    }

    fn html(&mut self, written: &str) {
        let mut rest = written;
        while let Some((before, behind)) = rest.split_once("{{") {
            self.terms(before);
            let named = behind.split_once("}}");
            let block = named.and_then(|(name, behind)| Some((named_block(name)?, behind)));
            match block {
                Some((block, behind)) => {
                    self.sign_of_block(block, "");
                    rest = behind;
                }
                None => {
                    self.source.source.push_str("{{");
                    rest = behind;
                }
            }
        }
        self.terms(rest);
    }

    fn sign_of_block(&mut self, block: Block, around: &str) {
        let sign = format!("{around}{}{}{}{around}", BLOCK.0, self.blocks.len(), BLOCK.1);
        self.source.source.push_str(&sign);
        self.blocks.push(block);
    }

    fn terms(&mut self, written: &str) {
        let mut rest = written;
        while let Some((before, behind)) = rest.split_once("[[") {
            self.source.source.push_str(before);
            match term_of(behind) {
                Some((term, behind)) => {
                    let sign = format!("{}{}{}", TERM.0, self.terms.len(), TERM.1);
                    self.source.source.push_str(&sign);
                    self.terms.push(term);
                    rest = behind;
                }
                None => {
                    self.source.source.push_str("[[");
                    rest = behind;
                }
            }
        }
        self.source.source.push_str(rest);
    }
}

/// The fence of code that is open behind this line.
fn code_after(open: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    let length = sign.map_or(0, |sign| {
        line.chars().take_while(|letter| *letter == sign).count()
    });
    let behind = line.trim_start_matches(['`', '~']);
    match (open, sign) {
        (None, Some(sign)) if length >= 3 && !behind.contains('`') => Some((sign, length)),
        (Some((open, wanted)), Some(sign)) if sign == open && length >= wanted && behind.is_empty() => None,
        (open, _) => open,
    }
}

fn block_of(line: &str, in_steps: bool) -> Option<Block> {
    match line {
        ":::steps" | "::: steps" => Some(Block::StepsOpen),
        ":::" if in_steps => Some(Block::StepsClose),
        _ => named_block(line.strip_prefix("{{")?.strip_suffix("}}")?),
    }
}

fn named_block(named: &str) -> Option<Block> {
    let (kind, name) = named.trim().split_once(' ')?;
    let name = name.trim();
    match kind {
        "check" => Some(Block::Check(Key::from(name))),
        "reflection" => Some(Block::Reflection(Key::from(name))),
        "file" => {
            let address = name.strip_prefix(MEDIA_SCHEME).unwrap_or(name);
            let hash = address.split('.').next().unwrap_or_default();
            Some(Block::File(hash.to_owned()))
        }
        _ => None,
    }
}

// The term at the beginning, and what follows. `[[a]](address)` and the like are links.
fn term_of(behind: &str) -> Option<(NamedTerm, &str)> {
    let (written, rest) = behind.split_once("]]")?;
    // in a table the bar is written with a backslash
    let (key, shown) = match written.split_once('|') {
        Some((key, shown)) => (key.trim_end_matches('\\'), Some(shown.trim())),
        None => (written, None),
    };
    let key = Key::from(key.trim());
    let is_link = rest.starts_with(['(', '[', ':']);
    let is_plain = !written.contains(['\n', '[', '<', '>', '`']);
    let term = NamedTerm {
        shown: shown.filter(|shown| !shown.is_empty()).map(str::to_owned),
        written: format!("[[{written}]]"),
        key,
    };
    (term.key.is_well_formed() && is_plain && !is_link).then_some((term, rest))
}

impl fmt::Display for Block {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(key) => write!(formatter, "{{{{check {key}}}}}"),
            Self::Reflection(key) => write!(formatter, "{{{{reflection {key}}}}}"),
            Self::File(hash) => write!(formatter, "{{{{file {hash}}}}}"),
            Self::StepsOpen => formatter.write_str(":::steps"),
            Self::StepsClose => formatter.write_str(":::"),
        }
    }
}
