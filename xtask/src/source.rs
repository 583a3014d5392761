//! Rust source as a list of tokens: enough to find functions, string literals and test code.
//!
//! This is not a parser: it knows comments, literals and brackets, so that the house rules never
//! mistake a word in a string or a comment for code.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, a keyword or a number.
    Word,
    /// A string literal; the token's text is what stands between its quotes.
    Text,
    /// One character of punctuation.
    Mark,
}

/// A token and the line it starts in, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its text.
    pub(crate) text: &'a str,
    /// Its line.
    pub(crate) line: usize,
}

impl Token<'_> {
    /// Whether it is this punctuation.
    pub(crate) fn is_mark(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }

    /// Whether it is this word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// The tokens of a file, without comments, characters and lifetimes.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    Lexer { text, at: 0, line: 1, found: Vec::new() }.read()
}

/// The tokens without the items under `#[cfg(test)]`.
pub(crate) fn production<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if starts_with(tokens, at, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = item_end(tokens, at + 7);
        } else {
            kept.extend(tokens.get(at));
            at += 1;
        }
    }
    kept
}

/// Whether the tokens from `at` on read like this.
pub(crate) fn starts_with(tokens: &[Token<'_>], at: usize, texts: &[&str]) -> bool {
    tokens.get(at..at + texts.len()).is_some_and(|found| {
        found.iter().zip(texts).all(|(token, text)| token.kind != Kind::Text && token.text == *text)
    })
}

/// The index just behind the bracket that closes the one at `open`.
pub(crate) fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" if token.kind == Kind::Mark => depth += 1,
            ")" | "]" | "}" if token.kind == Kind::Mark => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}

/// A function that has a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The line of `fn`.
    pub(crate) line: usize,
    /// Lines between the braces of its body.
    pub(crate) lines: usize,
    /// The tokens between its name and its body.
    pub(crate) signature: Range<usize>,
    /// The tokens of its body, braces included.
    pub(crate) body: Range<usize>,
}

/// The functions of a file, nested ones too.
pub(crate) fn functions<'a>(tokens: &[Token<'a>]) -> Vec<Function<'a>> {
    let starts = tokens.windows(2).enumerate();
    let named = starts.filter(
        |(_, pair)| matches!(pair, [key, name] if key.is_word("fn") && name.kind == Kind::Word),
    );
    named.filter_map(|(at, _)| function(tokens, at)).collect()
}

fn function<'a>(tokens: &[Token<'a>], at: usize) -> Option<Function<'a>> {
    let mut open = at + 2;
    while !tokens.get(open)?.is_mark("{") {
        match tokens.get(open)? {
            token if token.is_mark(";") => return None,
            token if token.is_mark("(") || token.is_mark("[") => open = closing(tokens, open),
            _ => open += 1,
        }
    }
    let end = closing(tokens, open);
    let (first, last) = (tokens.get(open)?.line, tokens.get(end - 1)?.line);
    let name = tokens.get(at + 1)?.text;
    let lines = (last - first).saturating_sub(1).max(1);
    Some(Function {
        name,
        line: tokens.get(at)?.line,
        lines,
        signature: at + 2..open,
        body: open..end,
    })
}

/// The index behind the item that starts at `at`, attributes before it included.
fn item_end(tokens: &[Token<'_>], mut at: usize) -> usize {
    while starts_with(tokens, at, &["#", "["]) {
        at = closing(tokens, at + 1);
    }
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" if token.kind == Kind::Mark => return at + 1,
            "}" if token.kind == Kind::Mark => return at,
            "{" if token.kind == Kind::Mark => return closing(tokens, at),
            "(" | "[" if token.kind == Kind::Mark => at = closing(tokens, at),
            _ => at += 1,
        }
    }
    tokens.len()
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    found: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn read(mut self) -> Vec<Token<'a>> {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '/' if self.rest().starts_with("//") => self.skip_line(),
                '/' if self.rest().starts_with("/*") => self.skip_block(),
                '"' => self.read_text(1),
                '\'' => self.skip_quote(),
                _ if next.is_alphanumeric() || next == '_' => self.read_word(),
                _ if next.is_whitespace() => self.advance(next.len_utf8()),
                _ => self.push(Kind::Mark, next.len_utf8()),
            }
        }
        self.found
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, bytes: usize) {
        let passed = self.text.get(self.at..self.at + bytes).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = (self.at + bytes.max(1)).min(self.text.len());
    }

    fn push(&mut self, kind: Kind, bytes: usize) {
        let text = self.text.get(self.at..self.at + bytes).unwrap_or_default();
        self.found.push(Token { kind, text, line: self.line });
        self.advance(bytes);
    }

    fn skip_line(&mut self) {
        let bytes = self.rest().find('\n').unwrap_or(self.rest().len());
        self.advance(bytes);
    }

    /// Block comments nest.
    fn skip_block(&mut self) {
        let mut depth = 0_usize;
        while !self.rest().is_empty() {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.advance(2);
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.advance(2);
            } else {
                self.advance(rest.chars().next().map_or(1, char::len_utf8));
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A character or a lifetime: `'a'`, `'\n'`, `'static`.
    fn skip_quote(&mut self) {
        let mut characters = self.rest().chars().skip(1);
        let (first, second) = (characters.next(), characters.next());
        match (first, second) {
            (Some('\\'), Some(escaped)) => {
                let start = 2 + escaped.len_utf8();
                let tail = self.rest().get(start..).and_then(|rest| rest.find('\''));
                self.advance(start + tail.unwrap_or(0) + 1);
            }
            (Some(character), Some('\'')) => self.advance(2 + character.len_utf8()),
            _ => self.advance(1),
        }
    }

    /// A word, or the prefix of a literal: `r"`, `r#"`, `b"`, `br"`, `c"`, `b'`.
    fn read_word(&mut self) {
        let rest = self.rest();
        let bytes = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
        let hashes = tail.len() - tail.trim_start_matches('#').len();
        let quoted = tail.get(hashes..).is_some_and(|tail| tail.starts_with('"'));
        match word {
            "r" | "br" | "cr" if quoted => self.read_raw(bytes, hashes),
            "b" | "c" if tail.starts_with('"') => self.read_text(2),
            "b" if tail.starts_with('\'') => {
                self.advance(1);
                self.skip_quote();
            }
            _ => self.push(Kind::Word, bytes),
        }
    }

    /// A literal that ends at the next quote without a backslash before it.
    fn read_text(&mut self, prefix: usize) {
        let body = self.rest().get(prefix..).unwrap_or_default();
        let mut escaped = false;
        let end = body.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        self.push_text(prefix, end.map_or(body.len(), |(at, _)| at), 1);
    }

    /// A raw literal that ends at a quote and as many hashes as it began with.
    fn read_raw(&mut self, word: usize, hashes: usize) {
        let prefix = word + hashes + 1;
        let body = self.rest().get(prefix..).unwrap_or_default();
        let end = body.find(&format!("\"{}", "#".repeat(hashes)));
        self.push_text(prefix, end.unwrap_or(body.len()), 1 + hashes);
    }

    fn push_text(&mut self, prefix: usize, bytes: usize, suffix: usize) {
        self.advance(prefix);
        if bytes == 0 {
            self.found.push(Token { kind: Kind::Text, text: "", line: self.line });
        } else {
            self.push(Kind::Text, bytes);
        }
        self.advance(suffix);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<(Kind, &str)> {
        tokens(source).into_iter().map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn comments_characters_and_lifetimes_are_no_tokens() {
        let source = "a // \"b\"\n/* c /* d */ e */ 'f' '\\'' '\\u{e9}' b'\"' &'static g";
        let words: Vec<&str> = texts(source).into_iter().map(|(_, text)| text).collect();
        assert_eq!(words, ["a", "&", "static", "g"]);
    }

    #[test]
    fn literals_keep_what_stands_between_their_quotes() {
        let source = r##"("a\"b", "", r"c\", br#"d"e"#, b"f")"##;
        let found = texts(source).into_iter().filter(|(kind, _)| *kind == Kind::Text);
        assert_eq!(
            found.map(|(_, text)| text).collect::<Vec<_>>(),
            ["a\\\"b", "", "c\\", "d\"e", "f"]
        );
    }

    #[test]
    fn lines_are_counted_through_literals_and_comments() {
        let source = "a\n\"x\ny\" /* \n */ b";
        let lines: Vec<usize> = tokens(source).iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn test_code_is_not_production() {
        let source = "fn a() {} #[cfg(test)] #[rustfmt::skip] mod tests { fn b() { [1; 2]; } } fn c() {} #[cfg(test)] mod d; fn e() {}";
        let kept = production(&tokens(source));
        let names: Vec<&str> = functions(&kept).iter().map(|function| function.name).collect();
        assert_eq!(names, ["a", "c", "e"]);
    }

    #[test]
    fn functions_are_measured_by_the_lines_of_their_body() {
        let source = "trait T { fn none(&self); }\nfn one() { 1 }\nfn three(\n  a: [u8; 3],\n) -> bool {\n  a;\n\n  b\n}\n";
        let all = tokens(source);
        let found: Vec<(&str, usize, usize)> = functions(&all)
            .iter()
            .map(|function| (function.name, function.line, function.lines))
            .collect();
        assert_eq!(found, [("one", 2, 1), ("three", 3, 3)]);
    }
}
