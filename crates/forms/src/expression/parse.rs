//! Reads an expression into its tree.

use model::limits::{EXPRESSION_BYTES_MAX, EXPRESSION_DEPTH_MAX};

use super::ExpressionError;
use super::function::Function;
use super::token::{self, Token};
use super::tree::{Axis, Call, Operator, Path, Reference, Start, Step, Test, Tree};

/// The tree of `text`.
pub(super) fn parse(text: &str) -> Result<Tree, ExpressionError> {
    if text.len() > EXPRESSION_BYTES_MAX {
        return Err(ExpressionError::TooLong { bytes: text.len() });
    }
    let tokens = token::read(text)?;
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let tree = parser.chain(0)?;
    match parser.tokens.first() {
        None => Ok(tree),
        Some((at, _token)) => Err(ExpressionError::Unexpected { at: *at }),
    }
}

struct Parser<'t> {
    tokens: &'t [(usize, Token)],
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.first().map(|(_at, token)| token)
    }

    fn next_is(&self, mark: &str) -> bool {
        matches!(self.peek(), Some(Token::Mark(found)) if *found == mark)
    }

    fn advance(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    /// Takes this mark where it is next.
    fn takes(&mut self, mark: &str) -> bool {
        let found = self.next_is(mark);
        if found {
            self.advance();
        }
        found
    }

    fn demand(&mut self, mark: &'static str) -> Result<(), ExpressionError> {
        if self.takes(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> ExpressionError {
        match self.tokens.first() {
            Some((at, _token)) => ExpressionError::Unexpected { at: *at },
            None => ExpressionError::Unfinished,
        }
    }

    /// Reads what is nested one deeper.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ExpressionError>,
    ) -> Result<T, ExpressionError> {
        if self.depth >= EXPRESSION_DEPTH_MAX {
            return Err(ExpressionError::TooDeep);
        }
        self.depth = self.depth.saturating_add(1);
        let result = read(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(result)
    }

    /// Operands with operators of this level between them.
    fn chain(&mut self, level: u8) -> Result<Tree, ExpressionError> {
        if level > Operator::LEVEL_MAX {
            return self.negation();
        }
        let first = self.chain(level.saturating_add(1))?;
        let mut rest = Vec::new();
        while let Some(Token::Operator(operator)) = self.peek()
            && operator.level() == level
        {
            let operator = *operator;
            self.advance();
            rest.push((operator, self.chain(level.saturating_add(1))?));
        }
        Ok(if rest.is_empty() { first } else { Tree::Chain(Box::new(first), rest) })
    }

    fn negation(&mut self) -> Result<Tree, ExpressionError> {
        if self.peek() == Some(&Token::Operator(Operator::Subtract)) {
            self.advance();
            return Ok(Tree::Negation(Box::new(self.deeper(Self::negation)?)));
        }
        self.union()
    }

    fn union(&mut self) -> Result<Tree, ExpressionError> {
        let first = self.path()?;
        if !self.next_is("|") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes("|") {
            parts.push(self.path()?);
        }
        Ok(Tree::Union(parts))
    }

    fn path(&mut self) -> Result<Tree, ExpressionError> {
        if self.next_is("/") || self.next_is("//") {
            return self.absolute();
        }
        if self.begins_step() {
            let steps = self.steps(Vec::new())?;
            return Ok(path(Start::Here, Vec::new(), steps));
        }
        let start = self.primary()?;
        let predicates = self.predicates()?;
        let steps = self.further_steps()?;
        if predicates.is_empty() && steps.is_empty() {
            return Ok(start);
        }
        Ok(path(Start::Given(start), predicates, steps))
    }

    fn absolute(&mut self) -> Result<Tree, ExpressionError> {
        if self.next_is("//") {
            let steps = self.further_steps()?;
            return Ok(path(Start::Root, Vec::new(), steps));
        }
        self.advance();
        let steps = if self.begins_step() { self.steps(Vec::new())? } else { Vec::new() };
        Ok(path(Start::Root, Vec::new(), steps))
    }

    fn further_steps(&mut self) -> Result<Vec<Step>, ExpressionError> {
        if self.takes("/") {
            return self.steps(Vec::new());
        }
        if self.takes("//") {
            return self.steps(vec![anywhere_below()]);
        }
        Ok(Vec::new())
    }

    fn steps(&mut self, mut steps: Vec<Step>) -> Result<Vec<Step>, ExpressionError> {
        steps.push(self.step()?);
        loop {
            if self.takes("//") {
                steps.push(anywhere_below());
            } else if !self.takes("/") {
                return Ok(steps);
            }
            steps.push(self.step()?);
        }
    }

    /// Whether a step of a path is next: a name that is no function, `*`, `.`, `..`.
    fn begins_step(&self) -> bool {
        match self.peek() {
            Some(Token::Star) => true,
            Some(Token::Mark(mark)) => matches!(*mark, "." | ".." | "@"),
            Some(Token::Name(name)) => !self.followed_by("(") || is_node_test(name),
            _ => false,
        }
    }

    fn followed_by(&self, mark: &str) -> bool {
        matches!(self.tokens.get(1), Some((_, Token::Mark(found))) if *found == mark)
    }

    fn step(&mut self) -> Result<Step, ExpressionError> {
        for (mark, axis) in [(".", Axis::Itself), ("..", Axis::Parent)] {
            if self.takes(mark) {
                return Ok(Step { axis, test: Test::Any, predicates: self.predicates()? });
            }
        }
        let axis = self.axis()?;
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Result<Axis, ExpressionError> {
        if !self.followed_by("::") {
            return Ok(Axis::Child);
        }
        let word = match self.peek() {
            Some(Token::Name(name)) => name.as_str(),
            _ => return Err(self.unexpected()),
        };
        let known = Axis::WORDS.iter().find(|(known, _axis)| *known == word);
        let (_word, axis) = *known.ok_or_else(|| self.unexpected())?;
        self.advance();
        self.advance();
        Ok(axis)
    }

    fn test(&mut self) -> Result<Test, ExpressionError> {
        let test = match self.peek() {
            Some(Token::Star) => Test::Any,
            Some(Token::Name(name)) if self.followed_by("(") => {
                if name != "node" {
                    return Err(self.unexpected());
                }
                self.advance();
                self.demand("(")?;
                self.demand(")")?;
                return Ok(Test::Any);
            }
            Some(Token::Name(name)) => Test::Name(name.clone()),
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok(test)
    }

    fn predicates(&mut self) -> Result<Vec<Tree>, ExpressionError> {
        let mut predicates = Vec::new();
        while self.takes("[") {
            predicates.push(self.deeper(|parser| parser.chain(0))?);
            self.demand("]")?;
        }
        Ok(predicates)
    }

    fn primary(&mut self) -> Result<Tree, ExpressionError> {
        let Some((at, token)) = self.tokens.first() else {
            return Err(ExpressionError::Unfinished);
        };
        let tree = match token {
            Token::Number(number) => Tree::Number(*number),
            Token::Text(text) => Tree::Text(text.clone()),
            Token::Reference(name) => {
                Tree::Reference(Reference { name: name.clone(), part: None, at: *at })
            }
            Token::Name(name) => {
                self.advance();
                return self.call(name.clone(), *at);
            }
            Token::Mark("(") => {
                self.advance();
                let inner = self.deeper(|parser| parser.chain(0))?;
                self.demand(")")?;
                return Ok(inner);
            }
            Token::Operator(_) | Token::Star | Token::Mark(_) => return Err(self.unexpected()),
        };
        self.advance();
        Ok(tree)
    }

    fn call(&mut self, name: String, at: usize) -> Result<Tree, ExpressionError> {
        self.demand("(")?;
        let mut arguments = Vec::new();
        if !self.takes(")") {
            loop {
                arguments.push(self.deeper(|parser| parser.chain(0))?);
                if self.takes(")") {
                    break;
                }
                self.demand(",")?;
            }
        }
        let function = Function::named(&name);
        Ok(Tree::Call(Box::new(Call { name, function, arguments, at })))
    }
}

fn is_node_test(name: &str) -> bool {
    name == "node"
}

fn anywhere_below() -> Step {
    Step { axis: Axis::DescendantOrSelf, test: Test::Any, predicates: Vec::new() }
}

fn path(start: Start, predicates: Vec<Tree>, steps: Vec<Step>) -> Tree {
    Tree::Path(Box::new(Path { start, predicates, steps }))
}
