//! The words and signs of an expression, each with its place.

use winnow::ascii::{digit1, multispace0};
use winnow::combinator::{alt, delimited, opt, preceded};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;
use winnow::token::{one_of, take_while};

use super::{ExpressionProblem, Failure, Operator};

/// One word or sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// `d`: a variable, or a function where a bracket follows.
    Name(String),
    /// `{d}`: a variable.
    Braced(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    Question,
    Colon,
}

type Input<'a> = LocatingSlice<&'a str>;

/// The tokens of a source with their byte offsets.
pub(super) fn tokens(source: &str) -> Result<Vec<(usize, Token)>, Failure> {
    let mut input = LocatingSlice::new(source);
    let mut found = Vec::new();
    loop {
        if blank(&mut input).is_err() || input.is_empty() {
            return Ok(found);
        }
        let at = source.len() - input.len();
        match token(&mut input) {
            Ok((token, span)) => found.push((span.start, token)),
            Err(_) => return Err((at, ExpressionProblem::UnknownLetter)),
        }
    }
}

/// Whether a name can begin with this letter.
pub(super) fn begins_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

/// Whether this letter can stand within a name.
pub(super) fn continues_name(letter: char) -> bool {
    // marks of decomposed letters belong to their names
    letter.is_alphanumeric() || letter == '_' || unicode_normalization::char::is_combining_mark(letter)
}

fn blank(input: &mut Input<'_>) -> winnow::Result<()> {
    multispace0.void().parse_next(input)
}

fn token(input: &mut Input<'_>) -> winnow::Result<(Token, std::ops::Range<usize>)> {
    let braced = delimited(('{', multispace0), name, (multispace0, '}'));
    alt((
        number.map(Token::Number),
        name.map(Token::Name),
        braced.map(Token::Braced),
        operator.map(Token::Operator),
        '('.value(Token::Open),
        ')'.value(Token::Close),
        ','.value(Token::Comma),
        '?'.value(Token::Question),
        ':'.value(Token::Colon),
    ))
    .with_span()
    .parse_next(input)
}

fn name(input: &mut Input<'_>) -> winnow::Result<String> {
    (take_while(1, begins_name), take_while(0.., continues_name))
        .take()
        .map(text::nfc)
        .parse_next(input)
}

/// `12`, `12.5`, `.5`, `1.2e-3`.
fn number(input: &mut Input<'_>) -> winnow::Result<f64> {
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-'])), digit1);
    let whole = (digit1, opt(('.', opt(digit1)))).void();
    (alt((whole, preceded('.', digit1).void())), opt(exponent))
        .take()
        .verify_map(|digits: &str| digits.parse().ok().filter(|value: &f64| value.is_finite()))
        .parse_next(input)
}

fn operator(input: &mut Input<'_>) -> winnow::Result<Operator> {
    alt((comparison, arithmetic)).parse_next(input)
}

fn comparison(input: &mut Input<'_>) -> winnow::Result<Operator> {
    alt((
        alt(("<=", "≤")).value(Operator::LessOrEqual),
        alt((">=", "≥")).value(Operator::GreaterOrEqual),
        "==".value(Operator::Equal),
        alt(("!=", "<>", "≠")).value(Operator::NotEqual),
        '<'.value(Operator::Less),
        '>'.value(Operator::Greater),
    ))
    .parse_next(input)
}

fn arithmetic(input: &mut Input<'_>) -> winnow::Result<Operator> {
    alt((
        alt(("**", "^")).value(Operator::Power),
        '+'.value(Operator::Add),
        one_of(['-', '\u{2212}']).value(Operator::Subtract),
        one_of(['*', '·', '×']).value(Operator::Multiply),
        '/'.value(Operator::Divide),
        '%'.value(Operator::Remainder),
    ))
    .parse_next(input)
}
