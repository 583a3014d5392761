//! An expression as text: reading it again gives the same tree.

use std::fmt;

use super::tree::{Axis, Path, Start, Step, Test, Tree};
use super::value::number_text_plain;

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&number_text_plain(*number)),
            Self::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Reference(reference) => write!(f, "${{{}}}", reference.name),
            Self::Call(call) => {
                write!(f, "{}(", call.name)?;
                separated(f, &call.arguments, ", ", |f, part| write!(f, "{part}"))?;
                f.write_str(")")
            }
            Self::Chain(first, rest) => {
                let level = rest.first().map_or(0, |(operator, _)| operator.level());
                operand(f, first, level)?;
                rest.iter().try_for_each(|(operator, part)| {
                    write!(f, " {} ", operator.word())?;
                    operand(f, part, level)
                })
            }
            Self::Negation(inner) => {
                f.write_str("-")?;
                let bare = !matches!(**inner, Self::Chain(..));
                in_brackets(f, inner, !bare)
            }
            Self::Union(parts) => separated(f, parts, " | ", |f, part| {
                let bare = !matches!(part, Self::Chain(..) | Self::Negation(_) | Self::Union(_));
                in_brackets(f, part, !bare)
            }),
            Self::Path(path) => write!(f, "{path}"),
        }
    }
}

/// An operand, in brackets where it binds no stronger than its operator.
fn operand(f: &mut fmt::Formatter<'_>, part: &Tree, level: u8) -> fmt::Result {
    let weaker = match part {
        Tree::Chain(_first, rest) => {
            rest.first().is_none_or(|(operator, _)| operator.level() <= level)
        }
        _ => false,
    };
    in_brackets(f, part, weaker)
}

fn in_brackets(f: &mut fmt::Formatter<'_>, part: &Tree, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({part})") } else { write!(f, "{part}") }
}

fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    separator: &str,
    mut write_part: impl FnMut(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(separator)?;
        }
        write_part(f, part)?;
    }
    Ok(())
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.start {
            Start::Root => f.write_str("/")?,
            Start::Here => {}
            Start::Given(start) => {
                let bare = matches!(start, Tree::Reference(_) | Tree::Call(_)) || is_plain(start);
                in_brackets(f, start, !bare)?;
                predicates(f, &self.predicates)?;
                if !self.steps.is_empty() {
                    f.write_str("/")?;
                }
            }
        }
        separated(f, &self.steps, "/", |f, step| write!(f, "{step}"))
    }
}

fn is_plain(tree: &Tree) -> bool {
    matches!(tree, Tree::Number(_) | Tree::Text(_))
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.axis, &self.test) {
            (Axis::Itself, Test::Any) => f.write_str(".")?,
            (Axis::Parent, Test::Any) => f.write_str("..")?,
            (Axis::Child, test) => write!(f, "{test}")?,
            (axis, test) => write!(f, "{}::{test}", axis.word())?,
        }
        predicates(f, &self.predicates)
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Any => f.write_str("*"),
        }
    }
}

fn predicates(f: &mut fmt::Formatter<'_>, predicates: &[Tree]) -> fmt::Result {
    predicates.iter().try_for_each(|predicate| write!(f, "[{predicate}]"))
}
