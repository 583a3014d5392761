//! Expressions of forms: ODK's dialect of XPath 1.0, as `relevant`, `constraint`, `calculation` and
//! `choice_filter` hold it.
//!
//! An expression is read once and evaluated as often as there are answers. Evaluation knows no clock
//! and no randomness of its own, and stops at limits: no expression runs away.

pub(crate) mod evaluate;
mod function;
pub(crate) mod moment;
pub(crate) mod node;
mod parse;
pub(crate) mod pattern;
mod print;
mod token;
pub(crate) mod tree;
pub(crate) mod value;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use model::finding::Finding;
use model::limits::{EXPRESSION_BYTES_MAX, EXPRESSION_DEPTH_MAX};

use crate::suggestion::suggestion;
pub(crate) use function::Function;
pub use function::{FUNCTIONS, Signature};
use tree::Tree;

/// An expression that was read. Two are equal where they say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub(crate) tree: Tree,
}

/// Why a text is no expression. Places are in characters, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionError {
    /// A character that has no meaning.
    Character {
        /// Where.
        at: usize,
        /// Which.
        found: char,
    },
    /// A word or mark where it cannot stand.
    Unexpected {
        /// Where.
        at: usize,
    },
    /// Something is still to come at the end.
    Unfinished,
    /// A quote that is not closed.
    OpenText {
        /// Where it is opened.
        at: usize,
    },
    /// `${` without `}`.
    OpenReference {
        /// Where it is opened.
        at: usize,
    },
    /// `${..}` around what is no name.
    ReferenceName {
        /// Where.
        at: usize,
        /// What stands there.
        name: String,
    },
    /// A number nobody can compute with.
    Number {
        /// Where.
        at: usize,
        /// How it is written.
        text: String,
    },
    /// More text than is read.
    TooLong {
        /// How much there is.
        bytes: usize,
    },
    /// Nested deeper than is read.
    TooDeep,
}

impl ExpressionError {
    /// What to tell the author.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Character { at, found } => {
                Finding::error("expression-character").with("at", at).with("found", found)
            }
            Self::Unexpected { at } => Finding::error("expression-unexpected").with("at", at),
            Self::Unfinished => Finding::error("expression-unfinished"),
            Self::OpenText { at } => Finding::error("expression-quote-open").with("at", at),
            Self::OpenReference { at } => {
                Finding::error("expression-reference-open").with("at", at)
            }
            Self::ReferenceName { at, name } => {
                Finding::error("expression-reference-name").with("at", at).with("name", name)
            }
            Self::Number { at, text } => {
                Finding::error("expression-number").with("at", at).with("text", text)
            }
            Self::TooLong { bytes } => Finding::error("expression-too-long")
                .with("bytes", bytes)
                .with("max", EXPRESSION_BYTES_MAX),
            Self::TooDeep => {
                Finding::error("expression-too-deep").with("max", EXPRESSION_DEPTH_MAX)
            }
        }
    }
}

impl Expression {
    /// Reads an expression. Functions are looked for by [`Self::problems`].
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        Ok(Self { tree: parse::parse(text)? })
    }

    /// The names that stand in `${..}`, those in the quoted path of `jr:choice-name` among them.
    pub fn references(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.tree.walk(&mut |part| match part {
            Tree::Reference(reference) => {
                names.insert(reference.name.as_str());
            }
            Tree::Call(call) if call.function == Some(Function::ChoiceName) => {
                names.extend(call.arguments.get(1).and_then(quoted_name));
            }
            _ => {}
        });
        names
    }

    /// Unknown functions, wrong numbers of arguments, patterns that are none.
    pub fn problems(&self) -> Vec<Finding> {
        let mut problems = Vec::new();
        self.tree.walk(&mut |part| {
            if let Tree::Call(call) = part {
                problems.extend(problem(call));
            }
        });
        problems
    }
}

/// The name in a quoted `${name}`, which is how `jr:choice-name` gets its question.
pub(crate) fn quoted_name(argument: &Tree) -> Option<&str> {
    match argument {
        Tree::Text(text) => Some(text.trim().strip_prefix("${")?.strip_suffix('}')?.trim()),
        Tree::Reference(reference) => Some(&reference.name),
        _ => None,
    }
}

fn problem(call: &tree::Call) -> Option<Finding> {
    let Some(signature) = call.function.and_then(Function::signature) else {
        let known = FUNCTIONS.iter().map(|known| known.name);
        let finding = Finding::error("expression-function-unknown").with("name", &call.name);
        return Some(finding.with("at", call.at).with("nearest", suggestion(&call.name, known)));
    };
    let count = call.arguments.len();
    if !signature.takes(count) {
        let finding = Finding::error("expression-arguments").with("name", &call.name);
        let finding = finding.with("at", call.at).with("found", count);
        return Some(finding.with("expected", expected(signature)));
    }
    match (signature.function, call.arguments.get(1)) {
        (Function::Regex, Some(Tree::Text(pattern))) => {
            let error = pattern::compile(pattern).err()?;
            let finding = Finding::error("expression-pattern").with("pattern", pattern);
            Some(finding.with("at", call.at).with("error", error))
        }
        _ => None,
    }
}

fn expected(signature: &Signature) -> String {
    match signature.most {
        Some(most) if most == signature.least => most.to_string(),
        Some(most) => format!("{}–{most}", signature.least),
        None => format!("≥ {}", signature.least),
    }
}

impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        Self::parse(text)
    }
}

/// The expression with the fewest blanks and brackets that say the same.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.tree)
    }
}

#[cfg(test)]
mod tests;
