//! The words, numbers, texts and marks of a filter in text.

use model::finding::Finding;

use crate::expression::At;
use crate::findings;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A keyword, a function or an unquoted field.
    Word(String),
    /// A field in `"` quotes.
    Quoted(String),
    /// A text in `'` quotes.
    Text(String),
    /// A number as written.
    Number(String),
    /// A comparison, a bracket or a comma.
    Mark(&'static str),
    /// The end of the text.
    End,
}

/// Longer marks first, so that `<=` is not read as `<`.
const MARKS: [&str; 9] = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ","];

/// The place in a text, and the token that comes next.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    /// The byte the next token begins at.
    start: usize,
    /// The character the next token begins at, from 1.
    character: usize,
    /// The byte after the next token.
    end: usize,
    next: Token,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Finding> {
        let mut lexer = Self { text, start: 0, character: 1, end: 0, next: Token::End };
        lexer.jump(0)?;
        Ok(lexer)
    }

    /// The token that comes next.
    pub(super) fn peek(&self) -> &Token {
        &self.next
    }

    /// Where the token that comes next begins.
    pub(super) fn at(&self) -> At {
        At::Character(self.character)
    }

    /// Takes the token that comes next.
    pub(super) fn take(&mut self) -> Result<Token, Finding> {
        let token = std::mem::replace(&mut self.next, Token::End);
        self.jump(self.end)?;
        Ok(token)
    }

    /// The text from the start of the token that comes next.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Skips `bytes` from the start of the token that comes next.
    pub(super) fn skip(&mut self, bytes: usize) -> Result<(), Finding> {
        self.jump(self.start + bytes)
    }

    /// The place so many bytes after the start of the token that comes next.
    pub(super) fn at_offset(&self, bytes: usize) -> At {
        let before = self.rest().get(..bytes).unwrap_or_default();
        At::Character(self.character + before.chars().count())
    }

    /// Whether the token after the one that comes next opens a bracket.
    pub(super) fn opens_after(&self) -> bool {
        self.text.get(self.end..).is_some_and(|rest| rest.trim_start().starts_with('('))
    }

    /// The token that comes next, as it is written; empty at the end.
    pub(super) fn written(&self) -> &'a str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// Goes on at a byte, which lies at or behind the present one.
    fn jump(&mut self, byte: usize) -> Result<(), Finding> {
        let rest = self.text.get(byte..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let start = byte + rest.len() - trimmed.len();
        self.character += self.text.get(self.start..start).unwrap_or_default().chars().count();
        self.start = start;
        let (token, length) = self.token(trimmed)?;
        self.next = token;
        self.end = start + length;
        Ok(())
    }

    fn token(&self, rest: &str) -> Result<(Token, usize), Finding> {
        let Some(first) = rest.chars().next() else { return Ok((Token::End, 0)) };
        if let Some(mark) = MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            return Ok((Token::Mark(mark), mark.len()));
        }
        match first {
            '\'' => self.quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length)),
            '"' => self.quoted(rest, '"').map(|(name, length)| (Token::Quoted(name), length)),
            _ if starts_number(rest) => {
                let number = leading(rest, number_length(rest));
                Ok((Token::Number(number.to_owned()), number.len()))
            }
            _ if first.is_alphabetic() || first == '_' => {
                let word = leading(rest, word_length(rest));
                Ok((Token::Word(word.to_owned()), word.len()))
            }
            _ => Err(findings::syntax(&self.at(), "value", &first.to_string())),
        }
    }

    /// A text in quotes, in which a quote is written twice.
    fn quoted(&self, rest: &str, quote: char) -> Result<(String, usize), Finding> {
        let mut text = String::new();
        let mut letters = rest.char_indices().skip(1).peekable();
        while let Some((place, letter)) = letters.next() {
            if letter == quote && letters.next_if(|(_, next)| *next == quote).is_none() {
                return Ok((text, place + quote.len_utf8()));
            }
            text.push(letter);
        }
        Err(findings::unclosed(&self.at(), &quote.to_string()))
    }
}

fn leading(text: &str, length: usize) -> &str {
    text.get(..length).unwrap_or(text)
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn starts_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// The number, and whatever is glued to it: `12abc` is one wrong number, not a number and a word.
fn number_length(text: &str) -> usize {
    let mut previous = ' ';
    let part = |c: char| {
        let sign_of_exponent = matches!(c, '+' | '-') && matches!(previous, 'e' | 'E' | ' ');
        previous = c;
        !(c.is_alphanumeric() || c == '.' || c == '_' || sign_of_exponent)
    };
    text.find(part).unwrap_or(text.len())
}
