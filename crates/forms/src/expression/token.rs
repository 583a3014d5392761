//! The words of an expression.
//!
//! A name may hold `-` and `.`; `*`, `and`, `or`, `div` and `mod` are operators where an operand
//! stands before them, and names elsewhere, as XPath has it.

use super::ExpressionError;
use super::tree::Operator;

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// The name in `${..}`.
    Reference(String),
    Name(String),
    Operator(Operator),
    /// `*` where a name may stand.
    Star,
    Mark(&'static str),
}

/// Marks that are no operators, longer ones first.
const MARKS: [&str; 13] = ["//", "::", "..", "(", ")", "[", "]", ",", "|", "/", ".", "@", "$"];

/// The words of `text`, each with its place in characters from 1.
pub(super) fn read(text: &str) -> Result<Vec<(usize, Token)>, ExpressionError> {
    let mut reader = Reader { rest: text, at: 1, tokens: Vec::new() };
    while reader.skip_blanks() {
        let at = reader.at;
        let token = reader.token()?;
        reader.tokens.push((at, token));
    }
    Ok(reader.tokens)
}

struct Reader<'t> {
    rest: &'t str,
    at: usize,
    tokens: Vec<(usize, Token)>,
}

impl<'t> Reader<'t> {
    /// Whether anything follows.
    fn skip_blanks(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let blanks = self.rest.len().saturating_sub(trimmed.len());
        self.take(blanks);
        !self.rest.is_empty()
    }

    /// Takes so many bytes, which end between characters.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.at = self.at.saturating_add(taken.chars().count());
        self.rest = rest;
        taken
    }

    fn token(&mut self) -> Result<Token, ExpressionError> {
        let first = self.rest.chars().next().unwrap_or(' ');
        let second = self.rest.chars().nth(1);
        if first == '\'' || first == '"' {
            return self.quoted(first);
        }
        if self.rest.starts_with("${") {
            return self.reference();
        }
        if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            return self.number();
        }
        if is_name_start(first) {
            return Ok(self.name());
        }
        self.mark()
    }

    fn quoted(&mut self, quote: char) -> Result<Token, ExpressionError> {
        let at = self.at;
        let inner = self.rest.get(1..).and_then(|rest| rest.split_once(quote));
        let Some((inner, _rest)) = inner else { return Err(ExpressionError::OpenText { at }) };
        self.take(inner.len().saturating_add(2));
        Ok(Token::Text(inner.to_owned()))
    }

    fn reference(&mut self) -> Result<Token, ExpressionError> {
        let at = self.at;
        let inner = self.rest.get(2..).and_then(|rest| rest.split_once('}'));
        let Some((inner, _rest)) = inner else { return Err(ExpressionError::OpenReference { at }) };
        self.take(inner.len().saturating_add(3));
        let name = inner.trim();
        let valid = name.starts_with(is_name_start) && name.chars().all(is_name_part);
        if !valid {
            return Err(ExpressionError::ReferenceName { at, name: inner.to_owned() });
        }
        Ok(Token::Reference(name.to_owned()))
    }

    fn number(&mut self) -> Result<Token, ExpressionError> {
        let at = self.at;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(self.rest);
        let rest = self.rest.get(whole..).unwrap_or_default();
        let fraction = rest.strip_prefix('.').map_or(0, |rest| digits(rest).saturating_add(1));
        let text = self.take(whole.saturating_add(fraction));
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(ExpressionError::Number { at, text: text.to_owned() }),
        }
    }

    /// A name, with its prefix, or an operator that is a word.
    fn name(&mut self) -> Token {
        let length = |text: &str| text.find(|c| !is_name_part(c)).unwrap_or(text.len());
        let mut end = length(self.rest);
        let rest = self.rest.get(end..).unwrap_or_default();
        if let Some(local) = rest.strip_prefix(':')
            && local.starts_with(is_name_start)
        {
            end = end.saturating_add(1).saturating_add(length(local));
        }
        let name = self.take(end);
        match Operator::WORDS.iter().find(|(word, _operator)| *word == name) {
            Some((_word, operator)) if self.after_operand() => Token::Operator(*operator),
            _ => Token::Name(name.to_owned()),
        }
    }

    fn mark(&mut self) -> Result<Token, ExpressionError> {
        if self.rest.starts_with('*') && !self.after_operand() {
            self.take(1);
            return Ok(Token::Star);
        }
        let symbols = Operator::WORDS.iter().filter(|(word, _)| !word.starts_with(is_name_start));
        for (word, operator) in symbols {
            if self.rest.starts_with(word) {
                self.take(word.len());
                return Ok(Token::Operator(*operator));
            }
        }
        let known = MARKS.iter().find(|mark| self.rest.starts_with(**mark));
        let Some(mark) = known else {
            let found = self.rest.chars().next().unwrap_or(' ');
            return Err(ExpressionError::Character { at: self.at, found });
        };
        self.take(mark.len());
        Ok(Token::Mark(mark))
    }

    /// Whether what was read last may stand left of an operator.
    fn after_operand(&self) -> bool {
        match self.tokens.last() {
            None | Some((_, Token::Operator(_))) => false,
            Some((_, Token::Mark(mark))) => matches!(*mark, ")" | "]" | "." | ".."),
            Some(_) => true,
        }
    }
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}
