//! Expressions of calculated questions, such as `1000*{vc}/(pi*{d})`: read once,
//! then evaluated for many values of the variables.
//!
//! The language has numbers with a decimal point (in every language that an
//! author uses), variables as `{d}` or `d`, `+ - * / %`, `^` (also `**`) from
//! right to left, comparisons (1 or 0), `? :`, and the functions in
//! `expression/function.rs`. It has no loops, no assignments and no text.
//! `%` is the remainder with the sign of the left side. Precedence from the
//! loosest: `? :`, comparisons, `+ -`, `* / %`, the sign, `^`.
//!
//! Every value is finite: what divides by zero or leaves a function's domain is
//! an error with line and column, never an infinite mark.

mod function;
mod parse;
mod token;

use std::fmt;

use function::Function;

/// The most letters of an expression.
pub const LONGEST_EXPRESSION: usize = 2_000;

/// How deep brackets, powers and signs can be nested.
pub const DEEPEST_EXPRESSION: usize = 50;

/// An expression that was read.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Node,
    source: String,
}

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at line {line}, column {column}")]
pub struct ExpressionError {
    /// What is wrong.
    pub problem: ExpressionProblem,
    /// The line, from 1.
    pub line: usize,
    /// The letter in its line, from 1.
    pub column: usize,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident => $key:literal,)*) => {
        /// What can be wrong with an expression.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ExpressionProblem {
            $($(#[$doc])* $name,)*
        }

        impl ExpressionProblem {
            /// All of them, for a test that each has its words.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable key, in kebab case.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

problems! {
    /// Nothing is written.
    Empty => "empty",
    /// Over [`LONGEST_EXPRESSION`].
    TooLong => "too-long",
    /// Nested deeper than [`DEEPEST_EXPRESSION`].
    TooDeep => "too-deep",
    /// A letter that no expression has.
    UnknownLetter => "unknown-letter",
    /// Something stands where it cannot.
    Unexpected => "unexpected",
    /// It ends too early.
    UnexpectedEnd => "unexpected-end",
    /// A comma between digits: expressions have decimal points.
    DecimalComma => "decimal-comma",
    /// A variable that the question does not have.
    UnknownVariable => "unknown-variable",
    /// A variable that is worked out from itself, or from one behind it.
    Loop => "loop",
    /// A function that there is not.
    UnknownFunction => "unknown-function",
    /// A function with too few or too many arguments.
    ArgumentCount => "argument-count",
    /// A division by zero.
    DivisionByZero => "division-by-zero",
    /// A function of something for which it is not defined: the root of -1.
    OutsideDomain => "outside-domain",
    /// A value too large to compute with.
    TooLarge => "too-large",
}

impl fmt::Display for ExpressionProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}

/// A part of an expression and where its sign or name stands, as a byte offset.
#[derive(Clone, Debug)]
struct Node {
    at: usize,
    part: Part,
}

#[derive(Clone, Debug)]
enum Part {
    Number(f64),
    Variable(String),
    Negative(Box<Node>),
    Two(Operator, Box<Node>, Box<Node>),
    /// Condition, then, else; only one of the two is evaluated.
    Either(Box<[Node; 3]>),
    Call(&'static Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

impl Expression {
    /// Reads an expression.
    pub fn parse(source: &str) -> Result<Self, ExpressionError> {
        if let Some((at, _)) = source.char_indices().nth(LONGEST_EXPRESSION) {
            return Err(error(source, at, ExpressionProblem::TooLong));
        }
        let root = parse::parse(source).map_err(|(at, problem)| error(source, at, problem))?;
        Ok(Self {
            root,
            source: source.to_owned(),
        })
    }

    /// Its value where `value_of` gives the variables'; always finite.
    pub fn evaluate(&self, value_of: impl Fn(&str) -> Option<f64>) -> Result<f64, ExpressionError> {
        let value = evaluate(&self.root, &value_of);
        value.map_err(|(at, problem)| error(&self.source, at, problem))
    }

    /// The error of the first variable for which `problem` says one.
    pub fn check_variables(
        &self,
        problem: impl Fn(&str) -> Option<ExpressionProblem>,
    ) -> Result<(), ExpressionError> {
        let mut found = None;
        self.root.visit(&mut |node| {
            if let Part::Variable(name) = &node.part
                && let Some(problem) = problem(name)
            {
                found.get_or_insert((node.at, problem));
            }
        });
        match found {
            Some((at, problem)) => Err(error(&self.source, at, problem)),
            None => Ok(()),
        }
    }
}

/// Whether a variable can have this name: letters, digits and `_`, not a digit
/// first, at most 40, and no function's name.
pub fn is_variable_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(token::begins_name)
        && letters.all(token::continues_name)
        && name.chars().count() <= 40
        && function::find(name).is_none()
}

fn error(source: &str, at: usize, problem: ExpressionProblem) -> ExpressionError {
    let before = source.get(..at).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    ExpressionError {
        problem,
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    }
}

type Failure = (usize, ExpressionProblem);

impl Node {
    /// This part, then what it is made of, from left to right.
    fn visit(&self, seen: &mut impl FnMut(&Self)) {
        match &self.part {
            Part::Two(_, left, right) => {
                left.visit(seen);
                seen(self);
                right.visit(seen);
            }
            Part::Negative(inner) => inner.visit(seen),
            Part::Either(parts) => parts.iter().for_each(|part| part.visit(seen)),
            Part::Call(_, arguments) => arguments.iter().for_each(|part| part.visit(seen)),
            Part::Number(_) | Part::Variable(_) => seen(self),
        }
    }
}

fn evaluate(node: &Node, value_of: &impl Fn(&str) -> Option<f64>) -> Result<f64, Failure> {
    let at = node.at;
    match &node.part {
        Part::Number(value) => Ok(*value),
        Part::Variable(name) => value_of(name).ok_or((at, ExpressionProblem::UnknownVariable)),
        Part::Negative(inner) => Ok(-evaluate(inner, value_of)?),
        Part::Two(operator, left, right) => {
            let (left, right) = (evaluate(left, value_of)?, evaluate(right, value_of)?);
            apply(*operator, left, right).map_err(|problem| (at, problem))
        }
        Part::Either(parts) => {
            let [condition, then, otherwise] = &**parts;
            let holds = evaluate(condition, value_of)? != 0.0;
            evaluate(if holds { then } else { otherwise }, value_of)
        }
        Part::Call(function, arguments) => {
            let values: Result<Vec<f64>, Failure> = arguments
                .iter()
                .map(|argument| evaluate(argument, value_of))
                .collect();
            finite((function.apply)(&values?)).map_err(|problem| (at, problem))
        }
    }
}

fn apply(operator: Operator, left: f64, right: f64) -> Result<f64, ExpressionProblem> {
    let truth = |holds: bool| Ok(f64::from(u8::from(holds)));
    match operator {
        Operator::Add => finite(left + right),
        Operator::Subtract => finite(left - right),
        Operator::Multiply => finite(left * right),
        Operator::Divide | Operator::Remainder if right == 0.0 => Err(ExpressionProblem::DivisionByZero),
        Operator::Divide => finite(left / right),
        Operator::Remainder => finite(left % right),
        Operator::Power if left == 0.0 && right < 0.0 => Err(ExpressionProblem::DivisionByZero),
        Operator::Power => finite(left.powf(right)),
        Operator::Less => truth(left < right),
        Operator::LessOrEqual => truth(left <= right),
        Operator::Greater => truth(left > right),
        Operator::GreaterOrEqual => truth(left >= right),
        Operator::Equal => truth(left == right),
        Operator::NotEqual => truth(left != right),
    }
}

fn finite(value: f64) -> Result<f64, ExpressionProblem> {
    if value.is_nan() {
        Err(ExpressionProblem::OutsideDomain)
    } else if value.is_infinite() {
        Err(ExpressionProblem::TooLarge)
    } else {
        Ok(value)
    }
}

#[cfg(test)]
#[path = "expression_tests.rs"]
mod tests;
