//! Reading and writing lines: blanks around a line and empty lines say nothing;
//! `\=` and `\|` are the signs themselves. Any other `\` stands for itself, so
//! that formulas need no second one.

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Counted from 1 among all lines.
    pub(super) number: usize,
    /// Without blanks around it, escapes and all.
    pub(super) source: &'a str,
}

/// The lines of a field that say something.
pub(super) fn lines(typed: &str) -> Vec<Line<'_>> {
    let numbered = typed.lines().zip(1..);
    let trimmed = numbered.map(|(line, number)| Line {
        number,
        source: line.trim(),
    });
    trimmed.filter(|line| !line.source.is_empty()).collect()
}

/// The parts between separators, each without blanks around it and still
/// escaped: see [`plain`].
pub(super) fn split(source: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, sign) in source.match_indices(separator) {
        if source.get(..at).is_some_and(|before| before.ends_with('\\')) {
            continue;
        }
        parts.push(source.get(start..at).unwrap_or_default().trim());
        start = at + sign.len();
    }
    parts.push(source.get(start..).unwrap_or_default().trim());
    parts
}

/// What the source says once its escapes are read.
pub(super) fn plain(source: &str) -> String {
    source.replace("\\=", "=").replace("\\|", "|")
}

/// The source that says these words: a line of its own, in which none of the
/// signs means anything.
pub(super) fn escaped(words: &str) -> String {
    let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.replace('=', "\\=").replace('|', "\\|")
}

/// A stretch of a text with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// What stands between `[[` and `]]`, and on which line it begins.
    Gap {
        /// Without the brackets and blanks around it, still escaped.
        inside: &'a str,
        /// Counted from 1.
        line: usize,
    },
}

/// The stretches of a text with gaps; an error names the line of a `[[` that
/// is never closed.
pub(super) fn stretches(source: &str) -> Result<Vec<Stretch<'_>>, usize> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some((words, behind)) = rest.split_once("[[") {
        line += words.matches('\n').count();
        let (inside, behind) = behind.split_once("]]").ok_or(line)?;
        if !words.is_empty() {
            found.push(Stretch::Words(words));
        }
        found.push(Stretch::Gap {
            inside: inside.trim(),
            line,
        });
        line += inside.matches('\n').count();
        rest = behind;
    }
    if !rest.is_empty() {
        found.push(Stretch::Words(rest));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_and_written() {
        #[track_caller]
        fn check(words: &str, source: &str) {
            assert_eq!(escaped(words), source);
            assert_eq!(plain(source), words);
        }
        check("Tắt máy", "Tắt máy");
        check("a = b | c", r"a \= b \| c");
        check(r"$\frac{1}{2}$", r"$\frac{1}{2}$");
        check(r"$\|v\|$", r"$\\|v\\|$");
    }

    #[test]
    fn parts_stand_between_separators_that_are_not_escaped() {
        #[track_caller]
        fn check(source: &str, expected: &[&str]) {
            assert_eq!(split(source, '='), expected, "{source}");
        }
        check("Dao tiện = tiện ngoài", &["Dao tiện", "tiện ngoài"]);
        check(r"a \= b = c", &[r"a \= b", "c"]);
        check("= nhiễu", &["", "nhiễu"]);
        check("một mình", &["một mình"]);
    }

    #[test]
    fn gaps_stand_in_double_brackets() {
        let gap = |inside, line| Stretch::Gap { inside, line };
        let words = Stretch::Words;
        let check =
            |source, expected: Result<Vec<_>, usize>| assert_eq!(stretches(source), expected, "{source}");
        check("Không gap", Ok(vec![words("Không gap")]));
        check(
            "Trước [[ *a | b ]] sau",
            Ok(vec![words("Trước "), gap("*a | b", 1), words(" sau")]),
        );
        check(
            "G00 X[[30]]\nG01 Z[[-40]]",
            Ok(vec![
                words("G00 X"),
                gap("30", 1),
                words("\nG01 Z"),
                gap("-40", 2),
            ]),
        );
        check("một\n[[hai", Err(2));
    }

    #[test]
    fn empty_lines_are_counted_and_passed_over() {
        let found = lines("a\r\n\n  b ");
        let found: Vec<_> = found.iter().map(|line| (line.number, line.source)).collect();
        assert_eq!(found, [(1, "a"), (3, "b")]);
    }
}
