//! The words of a machine's program, such as `G01 X25.5 Z-40`: address letters
//! with their numbers, compared as the machine reads them (DIN 66025, ISO 6983;
//! the controls' own words `CR=12`, `R1=5`, `FMAX` as well).
//!
//! Left out on purpose: what the words mean, modal ones included. A G01 that
//! could be left out is not the same as one that is there.

/// One word: `G01` and `G1` are the same one, `X25,5` and `X25.50` too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProgramWord {
    /// Letters in capitals, with their own number before `=`; a sign that is no
    /// letter stands for itself.
    address: String,
    /// Without needless zeros and signs; empty where there is none.
    number: String,
}

/// What does not count when programs are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProgramRule {
    /// Whether the order of the words in a block may be any.
    pub(crate) any_order: bool,
    /// Whether block numbers (`N10`) may be there or not.
    pub(crate) without_block_numbers: bool,
}

/// The words of a piece of program, block by block. Comments, in brackets or
/// behind a semicolon, are none; blocks without a word are left out.
pub(crate) fn blocks(source: &str, rule: ProgramRule) -> Vec<Vec<ProgramWord>> {
    let blocks = source.lines().map(|line| {
        let mut words = words(line);
        if rule.without_block_numbers && words.first().is_some_and(ProgramWord::is_block_number) {
            words.remove(0);
        }
        if rule.any_order {
            words.sort_unstable();
        }
        words
    });
    blocks.filter(|words| !words.is_empty()).collect()
}

/// How much of what is expected was written, from 0 to 1: right words, less
/// those that do not belong there.
pub(crate) fn share_of_words(expected: &[Vec<ProgramWord>], written: &[Vec<ProgramWord>]) -> f64 {
    let whole: usize = expected.iter().map(Vec::len).sum();
    if whole == 0 {
        return f64::from(u8::from(written.is_empty()));
    }
    let mut left: Vec<&ProgramWord> = expected.iter().flatten().collect();
    let mut alien = 0_usize;
    for word in written.iter().flatten() {
        match left.iter().position(|expected| *expected == word) {
            Some(index) => {
                left.swap_remove(index);
            }
            None => alien += 1,
        }
    }
    (whole - left.len()).saturating_sub(alien) as f64 / whole as f64
}

impl ProgramWord {
    fn is_block_number(&self) -> bool {
        self.address == "N" && !self.number.is_empty()
    }
}

fn words(line: &str) -> Vec<ProgramWord> {
    let letters = without_comments(line);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        if letter.is_alphabetic() {
            let (word, end) = word(&letters, at);
            words.push(word);
            at = end;
        } else {
            at += 1;
            words.push(ProgramWord {
                address: letter.to_string(),
                number: String::new(),
            });
        }
    }
    words
}

/// The letters that count: no comments and no blanks but those that end a word
/// of letters (`TOOL CALL`), in capitals, each sign in one spelling.
fn without_comments(line: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(line.len());
    let mut depth = 0_usize;
    for letter in text::nfc(line).chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ';' => break,
            '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => letters.push('-'),
            _ if letter.is_whitespace() => letters.push(' '),
            _ => letters.extend(letter.to_uppercase()),
        }
    }
    let ends_word = |index: &usize| {
        let before = letters.get(..*index).unwrap_or_default().last();
        let after = letters
            .get(index + 1..)
            .unwrap_or_default()
            .iter()
            .find(|letter| **letter != ' ');
        before.is_some_and(|letter| letter.is_alphabetic())
            && after.is_some_and(|letter| letter.is_alphabetic())
    };
    let kept = (0..letters.len()).filter(|index| letters.get(*index) != Some(&' ') || ends_word(index));
    kept.filter_map(|index| letters.get(index).copied()).collect()
}

fn word(letters: &[char], start: usize) -> (ProgramWord, usize) {
    let mut at = start;
    let mut run = |fits: fn(&char) -> bool| {
        let rest = letters.get(at..).unwrap_or_default();
        let found: String = rest.iter().take_while(|letter| fits(letter)).collect();
        at += found.chars().count();
        found
    };
    let mut address = run(|letter| letter.is_alphabetic());
    run(|letter| *letter == ' ');
    let mut number = run(is_of_number);
    if !run(|letter| *letter == '=').is_empty() {
        address.push_str(&plain_number(&number));
        number = run(is_of_number);
    }
    let word = ProgramWord {
        address,
        number: plain_number(&number),
    };
    (word, at)
}

fn is_of_number(letter: &char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '.' | ',' | '+' | '-')
}

/// `+025,50` is 25.5, `-40.` is -40, `-0` is 0. What is no number stays as it is.
fn plain_number(typed: &str) -> String {
    let (negative, digits) = match typed.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, typed.strip_prefix('+').unwrap_or(typed)),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = !(whole.is_empty() && part.is_empty())
        && whole
            .chars()
            .chain(part.chars())
            .all(|letter| letter.is_ascii_digit());
    if !is_number {
        return typed.to_owned();
    }
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    let sign = if negative && !(whole.is_empty() && part.is_empty()) {
        "-"
    } else {
        ""
    };
    let whole = if whole.is_empty() { "0" } else { whole };
    match part {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, rule: ProgramRule, expected: bool) {
        assert_eq!(
            blocks(left, rule) == blocks(right, rule),
            expected,
            "{left:?} {right:?}"
        );
    }

    #[test]
    fn words_are_equal_as_the_machine_reads_them() {
        let plain = ProgramRule::default();
        for (left, right) in [
            ("G01 X25.5 Z-40", "G1 X25,5 Z-40."),
            ("G01 X25.5 Z-40", "g1x25.50z-40"),
            ("G1 X+25.5", "G01 X25.5"),
            ("G1 X.5", "G1 X0,5"),
            ("X-0", "X0."),
            ("Z\u{2212}40", "Z-40"),
            ("M03 S1500", "M3S1500"),
            ("T0101", "T101"),
            ("G1 X 25.5", "G1 X25.5"),
            ("CR=12.50", "cr = 12,5"),
            ("R1=5", "r01=5."),
            ("G1 X10 (Schlichten)", "G1 X10"),
            ("G1 X10 ; tiện tinh", "G1 X10"),
            ("(đầu)\n\nG1 X10\n", "G1 X10"),
            ("L X+25 FMAX", "L X25 FMAX"),
            ("G84 ZA-15 D3 V2", "G84 za-15.0 d3 v02"),
            ("", " \n(nur ein Kommentar)"),
        ] {
            check(left, right, plain, true);
        }
    }

    #[test]
    fn other_words_are_not_equal() {
        let plain = ProgramRule::default();
        for (left, right) in [
            ("G01 X25.5 Z-40", "G01 X25.5 Z40"),
            ("G01 X25.5 Z-40", "G01 Z-40 X25.5"),
            ("G01 X25.5", "G01 X25.5 F0.2"),
            ("G01", "G00"),
            ("G1 X255", "G1 X25.5"),
            ("N10 G1", "G1"),
            ("G1\nX5", "G1 X5"),
            ("G1 X1.2.3", "G1 X1.23"),
            ("/G1", "G1"),
            ("R1=5", "R2=5"),
            ("TOOL CALL 5", "TOOL DEF 5"),
            ("G1 X10", ""),
        ] {
            check(left, right, plain, false);
        }
    }

    #[test]
    fn order_and_block_numbers_are_the_authors_choice() {
        let free = ProgramRule {
            any_order: true,
            without_block_numbers: true,
        };
        check("G01 X25.5 Z-40", "Z-40 G1 X25,5", free, true);
        check("N10 G01 X25.5", "X25.5 G1", free, true);
        check("N10 G1 X5\nN20 Z3", "G1 X5\nZ3", free, true);
        check("G1 X5\nZ3", "Z3\nG1 X5", free, false);
        check("G1 G1 X5", "G1 X5", free, false);
    }

    fn check_share(expected: &str, written: &str, share: f64) {
        let rule = ProgramRule::default();
        let found = share_of_words(&blocks(expected, rule), &blocks(written, rule));
        assert!((found - share).abs() < 1e-12, "{expected} {written}: {found}");
    }

    #[test]
    fn right_words_have_their_share() {
        check_share("G01 X25.5 Z-40 F0.2", "G1 X25.5 Z-40 F0.3", 0.5);
        check_share("G01 X25.5 Z-40 F0.2", "G1 X25.5", 0.5);
        check_share("G01 X25.5", "G01 X25.5 Z1", 0.5);
        check_share("G01 X25.5", "M3 M4 M5", 0.0);
        check_share("G01", "", 0.0);
        check_share("", "", 1.0);
        check_share("", "G1", 0.0);
    }
}
