//! Tokens to a tree, by precedence.

use super::function;
use super::token::{Token, tokens};
use super::{DEEPEST_EXPRESSION, ExpressionProblem, Failure, Node, Operator, Part};

pub(super) fn parse(source: &str) -> Result<Node, Failure> {
    let tokens = tokens(source)?;
    if tokens.is_empty() {
        return Err((0, ExpressionProblem::Empty));
    }
    let mut reader = Reader {
        tokens: &tokens,
        next: 0,
        end: source.trim_end().len(),
        depth: 0,
    };
    let root = reader.choice()?;
    match reader.peek() {
        None => Ok(root),
        Some(_) => Err(reader.unexpected()),
    }
}

struct Reader<'a> {
    tokens: &'a [(usize, Token)],
    next: usize,
    end: usize,
    depth: usize,
}

/// How tightly an operator binds; the sign of a number stands between `*` and `^`.
fn precedence(operator: Operator) -> u8 {
    match operator {
        Operator::Power => 5,
        Operator::Multiply | Operator::Divide | Operator::Remainder => 3,
        Operator::Add | Operator::Subtract => 2,
        _ => 1,
    }
}
const OF_SIGN: u8 = 4;

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }

    fn demand(&mut self, wanted: &Token) -> Result<(), Failure> {
        if self.take(wanted) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn unexpected(&self) -> Failure {
        let between_digits = |step: usize| {
            let index = (self.next + step).checked_sub(1);
            let token = index.and_then(|index| self.tokens.get(index));
            matches!(token, Some((_, Token::Number(_))))
        };
        let problem = match self.peek() {
            None => ExpressionProblem::UnexpectedEnd,
            Some(Token::Comma) if between_digits(0) && between_digits(2) => ExpressionProblem::DecimalComma,
            Some(_) => ExpressionProblem::Unexpected,
        };
        (self.at(), problem)
    }

    /// One level deeper: the recursion's bound, whatever is nested.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Failure>) -> Result<T, Failure> {
        if self.depth == DEEPEST_EXPRESSION {
            return Err((self.at(), ExpressionProblem::TooDeep));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn choice(&mut self) -> Result<Node, Failure> {
        let condition = self.operators(1)?;
        let at = self.at();
        if !self.take(&Token::Question) {
            return Ok(condition);
        }
        let then = self.deeper(Self::choice)?;
        self.demand(&Token::Colon)?;
        let otherwise = self.deeper(Self::choice)?;
        let part = Part::Either(Box::new([condition, then, otherwise]));
        Ok(Node { at, part })
    }

    fn operators(&mut self, loosest: u8) -> Result<Node, Failure> {
        let mut left = self.sign()?;
        while let Some(Token::Operator(operator)) = self.peek().cloned() {
            let binds = precedence(operator);
            if binds < loosest {
                break;
            }
            let at = self.at();
            self.next += 1;
            // a power takes what stands to its right first
            let right_loosest = if operator == Operator::Power {
                binds
            } else {
                binds + 1
            };
            let right = self.deeper(|reader| reader.operators(right_loosest))?;
            let part = Part::Two(operator, Box::new(left), Box::new(right));
            left = Node { at, part };
        }
        Ok(left)
    }

    fn sign(&mut self) -> Result<Node, Failure> {
        let at = self.at();
        if self.take(&Token::Operator(Operator::Add)) {
            return self.deeper(|reader| reader.operators(OF_SIGN));
        }
        if self.take(&Token::Operator(Operator::Subtract)) {
            let inner = self.deeper(|reader| reader.operators(OF_SIGN))?;
            let part = Part::Negative(Box::new(inner));
            return Ok(Node { at, part });
        }
        self.single()
    }

    fn single(&mut self) -> Result<Node, Failure> {
        let at = self.at();
        let Some(token) = self.peek().cloned() else {
            return Err(self.unexpected());
        };
        let part = match token {
            Token::Number(value) => Part::Number(value),
            Token::Braced(name) => Part::Variable(name),
            Token::Name(name) => {
                self.next += 1;
                return self.named(at, name);
            }
            Token::Open => {
                self.next += 1;
                let inner = self.deeper(Self::choice)?;
                self.demand(&Token::Close)?;
                return Ok(inner);
            }
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Node { at, part })
    }

    /// A function, a constant or a variable.
    fn named(&mut self, at: usize, name: String) -> Result<Node, Failure> {
        let function = function::find(&name);
        let arguments = if self.take(&Token::Open) {
            self.arguments()?
        } else if let Some(function) = function {
            // pi may stand without its brackets; others lack what they work on
            if function.fewest > 0 {
                return Err(self.unexpected());
            }
            Vec::new()
        } else {
            let part = Part::Variable(name);
            return Ok(Node { at, part });
        };
        let function = function.ok_or((at, ExpressionProblem::UnknownFunction))?;
        if !(function.fewest..=function.most).contains(&arguments.len()) {
            return Err((at, ExpressionProblem::ArgumentCount));
        }
        let part = match <[Node; 3]>::try_from(arguments) {
            Ok(parts) if function.name == "if" => Part::Either(Box::new(parts)),
            Ok(parts) => Part::Call(function, parts.into()),
            Err(arguments) => Part::Call(function, arguments),
        };
        Ok(Node { at, part })
    }

    fn arguments(&mut self) -> Result<Vec<Node>, Failure> {
        let mut arguments = Vec::new();
        if self.take(&Token::Close) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.deeper(Self::choice)?);
            if self.take(&Token::Close) {
                return Ok(arguments);
            }
            self.demand(&Token::Comma)?;
        }
    }
}
