//! Reading CQL2 text by recursive descent: `OR` binds loosest, then `AND`, then `NOT`.

use model::finding::Finding;
use model::limits::{FILTER_BYTES_MAX, FILTER_DEPTH_MAX};
use model::place::PlaceError;
use spatial::wkt::{self, WktCause, WktError};

use super::lexer::{Lexer, Token};
use crate::expression::{At, Expression, Part};
use crate::findings;
use crate::literal;

/// Reads a whole text.
pub(crate) fn read(text: &str) -> Result<Expression, Finding> {
    if text.len() > FILTER_BYTES_MAX {
        return Err(findings::too_long(text.len()));
    }
    let mut reader = Reader { lexer: Lexer::new(text)?, depth: 0 };
    let expression = reader.any_of()?;
    match reader.lexer.peek() {
        Token::End => Ok(expression),
        _ => Err(reader.unexpected("end")),
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    depth: usize,
}

type Read<T> = Result<T, Finding>;

impl Reader<'_> {
    fn any_of(&mut self) -> Read<Expression> {
        self.joined("or", Self::all_of)
    }

    fn all_of(&mut self) -> Read<Expression> {
        self.joined("and", Self::negation)
    }

    /// One part or more, joined by a keyword.
    fn joined(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Read<Expression>,
    ) -> Read<Expression> {
        let at = self.lexer.at();
        let first = part(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut arguments = vec![first];
        while self.take_word(word)? {
            arguments.push(part(self)?);
        }
        Ok(call(at, word, arguments))
    }

    fn negation(&mut self) -> Read<Expression> {
        let at = self.lexer.at();
        if self.take_word("not")? {
            let inner = self.nested(Self::negation)?;
            return Ok(call(at, "not", vec![inner]));
        }
        if self.take_mark("(")? {
            let inner = self.nested(Self::any_of)?;
            self.close(&at)?;
            return Ok(inner);
        }
        self.predicate()
    }

    /// A comparison, or a function or field that stands alone.
    fn predicate(&mut self) -> Read<Expression> {
        let at = self.lexer.at();
        let left = self.operand("condition")?;
        if let Token::Mark(mark) = *self.lexer.peek()
            && !["(", ")", ","].contains(&mark)
        {
            self.lexer.take()?;
            let right = self.operand("value")?;
            return Ok(call(at, mark, vec![left, right]));
        }
        if self.take_word("is")? {
            return self.null_test(at, left);
        }
        let negated = self.take_word("not")?;
        let test = self.word_comparison(at.clone(), left, negated)?;
        Ok(if negated { call(at, "not", vec![test]) } else { test })
    }

    fn null_test(&mut self, at: At, left: Expression) -> Read<Expression> {
        let negated = self.take_word("not")?;
        if !self.take_word("null")? {
            return Err(self.unexpected("NULL"));
        }
        let test = call(at.clone(), "isNull", vec![left]);
        Ok(if negated { call(at, "not", vec![test]) } else { test })
    }

    /// What follows an operand in words; the operand alone where nothing does and nothing must.
    fn word_comparison(&mut self, at: At, left: Expression, must: bool) -> Read<Expression> {
        if self.take_word("like")? {
            let pattern = self.operand("text")?;
            return Ok(call(at, "like", vec![left, pattern]));
        }
        if self.take_word("in")? {
            let list = self.list()?;
            return Ok(call(at, "in", vec![left, list]));
        }
        if self.take_word("between")? {
            let low = self.operand("value")?;
            if !self.take_word("and")? {
                return Err(self.unexpected("AND"));
            }
            let high = self.operand("value")?;
            return Ok(call(at, "between", vec![left, low, high]));
        }
        let ends_here = match self.lexer.peek() {
            Token::End | Token::Mark(_) => true,
            Token::Word(word) => ["and", "or"].iter().any(|known| word.eq_ignore_ascii_case(known)),
            _ => false,
        };
        if must || !ends_here { Err(self.unexpected("comparison")) } else { Ok(left) }
    }

    /// A value, a field or a function.
    fn operand(&mut self, expected: &'static str) -> Read<Expression> {
        let at = self.lexer.at();
        let part = match self.lexer.peek() {
            Token::Word(word) => {
                let word = word.to_ascii_lowercase();
                return self.word(at, &word, expected);
            }
            Token::Quoted(name) => Part::Field(name.clone()),
            Token::Text(text) => Part::Text(text.clone()),
            Token::Number(number) => Part::Number(literal::number(&at, number)?),
            Token::Mark(_) | Token::End => return Err(self.unexpected(expected)),
        };
        self.lexer.take()?;
        Ok(Expression { at, part })
    }

    fn word(&mut self, at: At, word: &str, expected: &'static str) -> Read<Expression> {
        let part = match (word, self.lexer.opens_after()) {
            ("true" | "false", _) => Part::Boolean(word == "true"),
            ("null", _) => Part::Null,
            ("point" | "linestring" | "polygon" | "multipolygon", true) => {
                return self.geometry(at);
            }
            (_, true) if !is_keyword(word) => return self.function(at, word),
            _ if is_keyword(word) => return Err(self.unexpected(expected)),
            _ => Part::Field(self.lexer.written().to_owned()),
        };
        self.lexer.take()?;
        Ok(Expression { at, part })
    }

    fn geometry(&mut self, at: At) -> Read<Expression> {
        let (geometry, bytes) =
            wkt::parse_prefix(self.lexer.rest()).map_err(|error| self.wrong_shape(&error))?;
        self.lexer.skip(bytes)?;
        Ok(Expression { at, part: Part::Shape(spatial::shape::Shape::Geometry(geometry)) })
    }

    fn wrong_shape(&self, error: &WktError) -> Finding {
        let at = self.lexer.at_offset(error.at);
        match &error.cause {
            WktCause::Expected { expected } if error.at >= self.lexer.rest().len() => {
                findings::ends_early(&at, expected)
            }
            WktCause::Place(PlaceError::Longitude(value) | PlaceError::Latitude(value)) => {
                findings::wrong_shape(&at, value)
            }
            _ => findings::wrong_shape(&at, self.lexer.rest().get(error.at..).unwrap_or_default()),
        }
    }

    /// A name and its arguments in brackets. Dates, times, intervals and boxes are values.
    fn function(&mut self, at: At, name: &str) -> Read<Expression> {
        self.lexer.take()?;
        let arguments = self.nested(Self::arguments)?;
        let part = match name {
            "date" => literal::date(&at, &arguments)?,
            "timestamp" => literal::instant(&at, &arguments)?,
            "interval" => literal::interval(&at, &arguments)?,
            "bbox" | "envelope" => literal::bounds(&at, &arguments)?,
            _ => Part::Call { name: name.to_owned(), arguments },
        };
        Ok(Expression { at, part })
    }

    fn list(&mut self) -> Read<Expression> {
        let at = self.lexer.at();
        let items = self.nested(Self::arguments)?;
        Ok(Expression { at, part: Part::List(items) })
    }

    /// Values in brackets, separated by commas; there may be none.
    fn arguments(&mut self) -> Read<Vec<Expression>> {
        let opened = self.lexer.at();
        if !self.take_mark("(")? {
            return Err(self.unexpected("("));
        }
        let mut arguments = Vec::new();
        if self.take_mark(")")? {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.argument()?);
            if !self.take_mark(",")? {
                self.close(&opened)?;
                return Ok(arguments);
            }
        }
    }

    fn argument(&mut self) -> Read<Expression> {
        match self.lexer.peek() {
            Token::Mark("(") => self.list(),
            _ => self.operand("value"),
        }
    }

    /// Runs `part` one level deeper, unless that is too deep.
    fn nested<T>(&mut self, part: impl Fn(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == FILTER_DEPTH_MAX {
            return Err(findings::too_deep(&self.lexer.at()));
        }
        self.depth += 1;
        let done = part(self);
        self.depth -= 1;
        done
    }

    fn close(&mut self, opened: &At) -> Read<()> {
        match self.lexer.peek() {
            Token::Mark(")") => self.lexer.take().map(drop),
            Token::End => Err(findings::unclosed(opened, "(")),
            _ => Err(self.unexpected(")")),
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.lexer.peek(), Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> Read<bool> {
        let found = self.is_word(word);
        if found {
            self.lexer.take()?;
        }
        Ok(found)
    }

    fn take_mark(&mut self, mark: &str) -> Read<bool> {
        let found = matches!(self.lexer.peek(), Token::Mark(found) if *found == mark);
        if found {
            self.lexer.take()?;
        }
        Ok(found)
    }

    fn unexpected(&self, expected: &str) -> Finding {
        match self.lexer.peek() {
            Token::End => findings::ends_early(&self.lexer.at(), expected),
            _ => findings::syntax(&self.lexer.at(), expected, self.lexer.written()),
        }
    }
}

/// Words that cannot be fields unless they are quoted.
pub(super) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 10] =
        ["and", "or", "not", "in", "like", "between", "is", "null", "true", "false"];
    KEYWORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn call(at: At, name: &str, arguments: Vec<Expression>) -> Expression {
    Expression { at, part: Part::Call { name: name.to_owned(), arguments } }
}
