//! Which finding codes the sources make.
//!
//! A code is a literal that reaches `Finding::error`, `Finding::warning` or a field `code`: directly,
//! through a constant, a `let`, a function of the same file that returns it, or a function or closure
//! that hands its parameter on. A code that is put together at run time is not a code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::source::{self, Function, Kind, Token};

/// How many functions may stand between a literal and its finding.
const HANDS_MAX: usize = 4;

/// A production source.
pub(super) struct SourceFile<'a> {
    /// From the root of the workspace.
    pub(super) path: &'a str,
    /// Without comments and tests.
    pub(super) tokens: Vec<Token<'a>>,
}

/// A code and where it is written down.
pub(super) struct Use<'a> {
    /// The code.
    pub(super) code: &'a str,
    /// The file.
    pub(super) path: &'a str,
    /// The line, from 1.
    pub(super) line: usize,
}

/// Functions that take a code, by name: which of their arguments it is.
type Takers<'a> = BTreeMap<&'a str, BTreeSet<usize>>;

/// Every use in these files.
pub(super) fn uses<'a>(files: &[SourceFile<'a>]) -> Vec<Use<'a>> {
    let takers = takers(files);
    let constants = files.iter().flat_map(|file| bindings(&file.tokens, "const")).collect();
    let mut found = Vec::new();
    for file in files {
        let known = Known::of(&file.tokens, &constants);
        let expressions = code_expressions(&file.tokens, &takers);
        let texts = expressions.iter().flat_map(|expression| known.texts(expression));
        let codes = texts.filter(|token| is_code(token.text));
        found.extend(codes.map(|token| Use {
            code: token.text,
            path: file.path,
            line: token.line,
        }));
    }
    found
}

/// Kebab case: `date-invalid`.
fn is_code(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_letter);
    text.contains('-') && text.split('-').all(is_part)
}

/// What the names of a file stand for.
struct Known<'a, 'k> {
    constants: &'k BTreeMap<&'a str, Vec<Token<'a>>>,
    locals: Vec<(&'a str, Vec<Token<'a>>)>,
    functions: Vec<(&'a str, Vec<Token<'a>>)>,
}

impl<'a, 'k> Known<'a, 'k> {
    fn of(tokens: &[Token<'a>], constants: &'k BTreeMap<&'a str, Vec<Token<'a>>>) -> Self {
        let body = |function: Function<'a>| {
            let body = tokens.get(function.body).unwrap_or_default();
            (function.name, body.to_vec())
        };
        let functions = source::functions(tokens).into_iter().map(body).collect();
        Self { constants, locals: bindings(tokens, "let"), functions }
    }

    /// The literals that an expression may be.
    fn texts(&self, expression: &[Token<'a>]) -> Vec<Token<'a>> {
        let mut found = literals(expression);
        for (at, token) in
            expression.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word)
        {
            let is_call = expression.get(at + 1).is_some_and(|next| next.is_mark("("));
            let named = if is_call { &self.functions } else { &self.locals };
            let meant = named.iter().filter(|(name, _)| *name == token.text);
            found.extend(meant.flat_map(|(_, tokens)| literals(tokens)));
            found.extend(
                self.constants.get(token.text).into_iter().flat_map(|tokens| literals(tokens)),
            );
        }
        found
    }
}

fn literals<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    tokens.iter().filter(|token| token.kind == Kind::Text).copied().collect()
}

/// What `let NAME = ..;` or `const NAME: .. = ..;` binds.
fn bindings<'a>(tokens: &[Token<'a>], keyword: &str) -> Vec<(&'a str, Vec<Token<'a>>)> {
    let places =
        (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|token| token.is_word(keyword)));
    let bound = places.filter_map(|at| {
        let name = tokens.get(at + 1).filter(|name| name.kind == Kind::Word)?;
        let statement = tokens.get(at + 2..end_of(tokens, at + 2, &[";"]))?;
        let equals = statement.iter().position(|token| token.is_mark("="))?;
        Some((name.text, statement.get(equals + 1..)?.to_vec()))
    });
    bound.collect()
}

/// The index of the first of these marks that is in no bracket, or of the bracket that ends it all.
fn end_of(tokens: &[Token<'_>], mut at: usize, marks: &[&str]) -> usize {
    while let Some(token) = tokens.get(at) {
        let ends = [")", "]", "}"].iter().chain(marks).any(|mark| token.is_mark(mark));
        if ends {
            return at;
        }
        at = if is_opening(token) { source::closing(tokens, at) } else { at + 1 };
    }
    tokens.len()
}

fn is_opening(token: &Token<'_>) -> bool {
    ["(", "[", "{"].iter().any(|mark| token.is_mark(mark))
}

/// The expressions that become the code of a finding.
fn code_expressions<'a>(tokens: &[Token<'a>], takers: &Takers<'_>) -> Vec<Vec<Token<'a>>> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if source::starts_with(tokens, at, &["code", ":"]) {
            let end = end_of(tokens, at + 2, &[",", ";"]);
            found.push(tokens.get(at + 2..end).unwrap_or_default().to_vec());
        } else if source::starts_with(tokens, at, &["Finding", "{", "code", ","]) {
            found.push(tokens.get(at + 2..at + 3).unwrap_or_default().to_vec());
        } else if let Some((open, arguments)) = code_call(tokens, at, takers) {
            let parts = parts(tokens, open).into_iter().enumerate();
            found
                .extend(parts.filter(|(index, _)| arguments.contains(index)).map(|(_, part)| part));
        }
    }
    found
}

/// The bracket of the call that starts at `at`, and which of its arguments are codes.
fn code_call(
    tokens: &[Token<'_>],
    at: usize,
    takers: &Takers<'_>,
) -> Option<(usize, BTreeSet<usize>)> {
    for maker in ["error", "warning"] {
        if source::starts_with(tokens, at, &["Finding", ":", ":", maker, "("]) {
            return Some((at + 4, BTreeSet::from([0])));
        }
    }
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    let is_declared = at > 0 && tokens.get(at - 1)?.is_word("fn");
    let is_call = tokens.get(at + 1)?.is_mark("(") && !is_declared;
    Some((at + 1, takers.get(token.text)?.clone())).filter(|_| is_call)
}

/// What stands between the commas of the bracket at `open`.
fn parts<'a>(tokens: &[Token<'a>], open: usize) -> Vec<Vec<Token<'a>>> {
    let end = source::closing(tokens, open).saturating_sub(1);
    let mut parts = Vec::new();
    let mut at = open + 1;
    while at < end {
        let comma = end_of(tokens, at, &[","]);
        parts.push(tokens.get(at..comma).unwrap_or_default().to_vec());
        at = comma + 1;
    }
    parts
}

/// Functions and closures that hand a parameter on as a code, through any number of hands.
fn takers<'a>(files: &[SourceFile<'a>]) -> Takers<'a> {
    let callables: Vec<Callable<'a>> =
        files.iter().flat_map(|file| callables(&file.tokens)).collect();
    let mut takers = Takers::new();
    for _ in 0..HANDS_MAX {
        let before = takers.clone();
        for callable in &callables {
            let handed = code_expressions(&callable.body, &before);
            let handed: BTreeSet<&str> =
                handed.iter().filter_map(|expression| sole_word(expression)).collect();
            let parameters = callable.parameters.iter().enumerate();
            let codes = parameters
                .filter(|(_, names)| names.iter().any(|name| handed.contains(name)))
                .map(|(index, _)| index);
            takers.entry(callable.name).or_default().extend(codes);
        }
        takers.retain(|_, indexes| !indexes.is_empty());
        if takers == before {
            break;
        }
    }
    takers
}

fn sole_word<'a>(expression: &[Token<'a>]) -> Option<&'a str> {
    match expression {
        [word] if word.kind == Kind::Word => Some(word.text),
        _ => None,
    }
}

/// A function or a named closure.
struct Callable<'a> {
    name: &'a str,
    /// The names in each pattern, `self` left out.
    parameters: Vec<Vec<&'a str>>,
    body: Vec<Token<'a>>,
}

fn callables<'a>(tokens: &[Token<'a>]) -> Vec<Callable<'a>> {
    let functions = source::functions(tokens).into_iter();
    let functions = functions.filter_map(|function| {
        let open = function
            .signature
            .clone()
            .find(|at| tokens.get(*at).is_some_and(|token| token.is_mark("(")))?;
        let parameters = parameters(&parts(tokens, open).join(&COMMA));
        let body = tokens.get(function.body)?.to_vec();
        Some(Callable { name: function.name, parameters, body })
    });
    functions.chain((0..tokens.len()).filter_map(|at| closure(tokens, at))).collect()
}

const COMMA: Token<'static> = Token { kind: Kind::Mark, text: ",", line: 0 };

/// The names in the pattern of each parameter, none where its type is no text. A parameter is what
/// stands around a single colon: types may hold commas of their own.
fn parameters<'a>(inside: &[Token<'a>]) -> Vec<Vec<&'a str>> {
    let patterns = patterns(inside);
    let ends = patterns.iter().skip(1).map(|next| next.start).chain([inside.len()]);
    let named = patterns.iter().zip(ends).map(|(pattern, end)| {
        let kind = inside.get(pattern.end..end).unwrap_or_default();
        let is_text = kind.iter().any(|token| token.is_word("str"));
        let pattern = inside.get(pattern.clone()).filter(|_| is_text).unwrap_or_default();
        pattern.iter().map(|token| token.text).collect()
    });
    named.collect()
}

/// Where the patterns are: a word or a bracket before a single colon.
fn patterns(inside: &[Token<'_>]) -> Vec<Range<usize>> {
    let is_colon = |at: usize| inside.get(at).is_some_and(|token| token.is_mark(":"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = inside.get(at) {
        let end = if is_opening(token) { source::closing(inside, at) } else { at + 1 };
        if is_colon(end) && !is_colon(end + 1) && !token.is_mark(":") && !token.is_word("self") {
            found.push(at..end);
        }
        at = end;
    }
    found
}

/// `let name = |first, second| ..;`
fn closure<'a>(tokens: &[Token<'a>], at: usize) -> Option<Callable<'a>> {
    let is_named =
        tokens.get(at)?.is_word("let") && source::starts_with(tokens, at + 2, &["=", "|"]);
    let rest = tokens.get(at + 4..end_of(tokens, at + 4, &[";"])).filter(|_| is_named)?;
    let bar = rest.iter().position(|token| token.is_mark("|"))?;
    let (parameters, body) = rest.split_at_checked(bar)?;
    let names = parameters.split(|token| token.is_mark(","));
    let parameters = names.map(|name| name.iter().map(|token| token.text).collect()).collect();
    Some(Callable { name: tokens.get(at + 1)?.text, parameters, body: body.to_vec() })
}
