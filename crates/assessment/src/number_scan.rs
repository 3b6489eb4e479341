//! The shape of a typed number: sign, digits in groups or a fraction, a power of
//! ten, and where it ends. What the signs between groups mean is decided in
//! `number`.

use crate::number::Group;

/// A number's shape. White space in what was scanned is single blanks already.
pub(crate) struct Scanned {
    pub(crate) negative: bool,
    pub(crate) body: Body,
    /// The power of ten, when one is written.
    pub(crate) power: Option<i32>,
    /// Index of the first letter behind the number.
    pub(crate) end: usize,
}

pub(crate) enum Body {
    /// `1 1/2`: whole and over/under.
    Fraction { whole: f64, over: f64, under: f64 },
    /// Digits and the signs between them.
    Decimal(Vec<Group>),
}

/// The longest number at the beginning; `None` when there is none.
pub(crate) fn scan(letters: &[char]) -> Option<Scanned> {
    let mut at = Cursor { letters, at: 0 };
    let negative = at.take(|letter| letter == '-');
    if !negative {
        at.take(|letter| letter == '+');
    }
    at.blank();
    if let Some((body, end)) = fraction(at) {
        return Some(Scanned {
            negative,
            body,
            power: None,
            end,
        });
    }
    let (mut groups, after) = groups(at)?;
    let (power, end) = match power(&mut groups, after) {
        Some((power, end)) => (Some(power), end),
        None => (None, after.at),
    };
    Some(Scanned {
        negative,
        body: Body::Decimal(groups),
        power,
        end,
    })
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    letters: &'a [char],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let found = self.peek(0).is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    fn blank(&mut self) {
        self.take(|letter| letter == ' ');
    }

    fn digits(&mut self) -> String {
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let digits: String = rest.iter().take_while(|letter| letter.is_ascii_digit()).collect();
        self.at += digits.len();
        digits
    }
}

/// `3/4` and `1 3/4`, the second with a part below one.
fn fraction(mut at: Cursor<'_>) -> Option<(Body, usize)> {
    let number = |digits: String| digits.parse::<f64>().ok();
    let mut whole = 0.0;
    let mut over = number(at.digits())?;
    let mixed = at.take(|letter| letter == ' ');
    if mixed {
        whole = over;
        over = number(at.digits())?;
    }
    if !at.take(|letter| letter == '/') {
        return None;
    }
    let under = number(at.digits())?;
    let fits = under > 0.0 && (!mixed || over < under);
    fits.then_some((Body::Fraction { whole, over, under }, at.at))
}

/// Blanks and apostrophes stand only between thousands; points and commas may
/// stand between any digits, and one at the end.
fn groups(mut at: Cursor<'_>) -> Option<(Vec<Group>, Cursor<'_>)> {
    let mut groups = vec![(None, at.digits())];
    while let Some(mark) = at.peek(0).filter(|letter| " '".contains(*letter)) {
        let mut ahead = at;
        ahead.at += 1;
        let digits = ahead.digits();
        if digits.len() != 3 {
            break;
        }
        groups.push((Some(mark), digits));
        at = ahead;
    }
    while let Some(mark) = at.peek(0).filter(|letter| ".,".contains(*letter)) {
        at.at += 1;
        let digits = at.digits();
        let is_end = digits.is_empty();
        groups.push((Some(mark), digits));
        if is_end {
            break;
        }
    }
    let some = groups.iter().any(|group| !group.1.is_empty());
    some.then_some((groups, at))
}

/// `e3`, `·10^3`, and `.10^3` as schools in Viet Nam write it: there the groups
/// lose the ten that belongs to the power.
fn power(groups: &mut Vec<Group>, mut at: Cursor<'_>) -> Option<(i32, usize)> {
    if at.peek(0).is_some_and(|letter| "eE".contains(letter)) {
        at.at += 1;
        return exponent(at);
    }
    let mut direct = at;
    direct.blank();
    if direct.take(|letter| letter == '^') {
        let power = exponent_in_brackets(direct)?;
        match groups.as_mut_slice() {
            [(None, ten)] if ten == "10" => "1".clone_into(ten),
            [.., _, (Some('.'), ten)] if ten == "10" => {
                groups.pop();
            }
            _ => return None,
        }
        return Some(power);
    }
    let point = matches!(groups.as_slice(), [.., _, (Some('.'), end)] if end.is_empty());
    at.blank();
    if !at.take(|letter| "*xX.".contains(letter)) && !point {
        return None;
    }
    at.blank();
    let ten = at.take(|letter| letter == '1') && at.take(|letter| letter == '0');
    at.blank();
    let power = (ten && at.take(|letter| letter == '^')).then(|| exponent_in_brackets(at))??;
    if point {
        groups.pop();
    }
    Some(power)
}

fn exponent_in_brackets(mut at: Cursor<'_>) -> Option<(i32, usize)> {
    at.blank();
    let bracket = at.take(|letter| letter == '(');
    let (power, end) = exponent(at)?;
    at.at = end;
    let closed = !bracket || at.take(|letter| letter == ')');
    closed.then_some((power, at.at))
}

fn exponent(mut at: Cursor<'_>) -> Option<(i32, usize)> {
    let negative = at.take(|letter| letter == '-');
    if !negative {
        at.take(|letter| letter == '+');
    }
    let digits = at.digits();
    if digits.is_empty() {
        return None;
    }
    // with more digits it is no number that can be computed with, which is found out from this
    let power = digits.parse().ok().filter(|_| digits.len() <= 4);
    let power = power.map_or(i32::MAX, |power: i32| if negative { -power } else { power });
    Some((power, at.at))
}
