//! Evaluates an expression over nodes, within limits.

mod call;
mod choices;
mod numbers;
mod path;
mod places;
mod sets;
mod texts;
mod times;

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::finding::Finding;
use model::limits::{EXPRESSION_NODES_MAX, EXPRESSION_TEXT_BYTES_MAX};
use regex::Regex;

use super::node::{Document, NodeId};
use super::tree::{Operator, Tree};
use super::value::{Datum, number_text, text_number};
use crate::compiled::Context;
use crate::shape::Shape;

/// The lists expressions may look into, by name.
pub(crate) type ListDocuments = Vec<(String, Document<'static>)>;

/// Everything an expression may look at.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'d> {
    /// The answers.
    pub(crate) document: &'d Document<'d>,
    /// What the answers are parts of.
    pub(crate) shape: &'d Shape,
    /// The lists that `instance(..)` and `pulldata(..)` may name, in order of their names.
    pub(crate) lists: &'d ListDocuments,
    /// Patterns that were compiled with the form.
    pub(crate) patterns: &'d BTreeMap<String, Regex>,
    /// When, where and by whom.
    pub(crate) context: &'d Context<'d>,
}

impl<'d> Scene<'d> {
    fn document(&self, id: NodeId) -> &'d Document<'d> {
        let list = id.document.checked_sub(1).and_then(|place| self.lists.get(place));
        list.map_or(self.document, |(_name, document)| document)
    }

    fn text(&self, id: NodeId) -> Cow<'d, str> {
        self.document(id).text(id.index)
    }
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It looked at more nodes than it may.
    Nodes,
    /// It made a longer text than it may.
    Text,
    /// A function that needs nodes got something else.
    NotNodes(&'static str),
    /// A pattern that an answer made is none.
    Pattern(String),
    /// A function nobody knows; compiled forms have none.
    Function,
}

impl Failure {
    /// What to tell whoever gave the answers.
    pub(crate) fn finding(&self) -> Finding {
        let error = Finding::error;
        match self {
            Self::Nodes => error("expression-nodes").with("max", EXPRESSION_NODES_MAX),
            Self::Text => error("expression-text").with("max", EXPRESSION_TEXT_BYTES_MAX),
            Self::NotNodes(function) => error("expression-not-nodes").with("name", function),
            Self::Pattern(pattern) => error("expression-pattern-answer").with("pattern", pattern),
            Self::Function => error("expression-unusable"),
        }
    }
}

/// The node an expression looks from, and its place among those it stands with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Focus {
    pub(crate) node: NodeId,
    pub(crate) position: usize,
    pub(crate) size: usize,
}

impl Focus {
    /// A node by itself.
    pub(crate) fn on(node: NodeId) -> Self {
        Self { node, position: 1, size: 1 }
    }
}

/// What the expressions of one record have used up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    /// Nodes looked at.
    pub(crate) nodes: u64,
    /// Random numbers drawn.
    pub(crate) draws: u64,
}

/// Evaluates expressions of one question.
pub(crate) struct Evaluator<'d, 'u> {
    pub(crate) scene: Scene<'d>,
    /// The question, which `current()` and `${..}` look from.
    pub(crate) current: NodeId,
    pub(crate) used: &'u mut Used,
}

type Evaluated<'d> = Result<Datum<'d>, Failure>;

impl<'d> Evaluator<'d, '_> {
    /// The value of an expression.
    pub(crate) fn evaluate(&mut self, tree: &Tree, focus: Focus) -> Evaluated<'d> {
        self.visit(1)?;
        match tree {
            Tree::Number(number) => Ok(Datum::Number(*number)),
            Tree::Text(text) => Ok(Datum::text(text.clone())),
            Tree::Reference(reference) => self.referenced(reference),
            Tree::Call(call) => self.call(call, focus),
            Tree::Chain(first, rest) => self.chain(first, rest, focus),
            Tree::Negation(inner) => Ok(Datum::Number(-self.number(inner, focus)?)),
            Tree::Union(parts) => self.union(parts, focus),
            Tree::Path(path) => self.path(path, focus),
        }
    }

    /// An expression as a text.
    pub(crate) fn text(&mut self, tree: &Tree, focus: Focus) -> Result<Cow<'d, str>, Failure> {
        if let Tree::Text(text) = tree {
            self.visit(1)?;
            return Ok(Cow::Owned(text.clone()));
        }
        let datum = self.evaluate(tree, focus)?;
        self.text_of(datum)
    }

    /// An expression as a number.
    pub(crate) fn number(&mut self, tree: &Tree, focus: Focus) -> Result<f64, Failure> {
        let datum = self.evaluate(tree, focus)?;
        Ok(self.number_of(&datum))
    }

    /// Whether an expression holds.
    pub(crate) fn holds(&mut self, tree: &Tree, focus: Focus) -> Result<bool, Failure> {
        Ok(truth_of(&self.evaluate(tree, focus)?))
    }

    /// Counts nodes that are looked at; refuses to look at too many.
    fn visit(&mut self, nodes: usize) -> Result<(), Failure> {
        let nodes = u64::try_from(nodes).unwrap_or(u64::MAX);
        self.used.nodes = self.used.nodes.saturating_add(nodes);
        if self.used.nodes > EXPRESSION_NODES_MAX { Err(Failure::Nodes) } else { Ok(()) }
    }

    /// Counts a text that was made; refuses to make one too long.
    fn made(&mut self, text: &str) -> Result<(), Failure> {
        self.visit(text.len().div_euclid(64))?;
        if text.len() > EXPRESSION_TEXT_BYTES_MAX { Err(Failure::Text) } else { Ok(()) }
    }

    fn text_of(&mut self, datum: Datum<'d>) -> Result<Cow<'d, str>, Failure> {
        let text = match datum {
            Datum::Text(text) => text,
            Datum::Number(number) => Cow::Owned(number_text(number)),
            Datum::Boolean(yes) => Cow::Borrowed(if yes { "true" } else { "false" }),
            Datum::Moment { text, .. } => Cow::Owned(text),
            Datum::Nodes(nodes) => match nodes.first() {
                Some(first) => self.scene.text(*first),
                None => Cow::Borrowed(""),
            },
        };
        self.made(&text)?;
        Ok(text)
    }

    fn number_of(&self, datum: &Datum<'d>) -> f64 {
        match datum {
            Datum::Text(text) => self.text_number(text),
            Datum::Number(number) | Datum::Moment { days: number, .. } => *number,
            Datum::Boolean(yes) => f64::from(u8::from(*yes)),
            Datum::Nodes(nodes) => {
                nodes.first().map_or(f64::NAN, |first| self.text_number(&self.scene.text(*first)))
            }
        }
    }

    fn text_number(&self, text: &str) -> f64 {
        text_number(text, self.scene.context.offset_minutes)
    }

    /// `a + b - c`, `a or b`, `a = b`.
    fn chain(&mut self, first: &Tree, rest: &[(Operator, Tree)], focus: Focus) -> Evaluated<'d> {
        let mut value = self.evaluate(first, focus)?;
        for (operator, operand) in rest {
            value = match operator {
                Operator::Or | Operator::And => {
                    let decided = truth_of(&value) == (*operator == Operator::Or);
                    let holds =
                        if decided { truth_of(&value) } else { self.holds(operand, focus)? };
                    Datum::Boolean(holds)
                }
                _ if operator.level() >= Operator::Add.level() => {
                    let right = self.number(operand, focus)?;
                    Datum::Number(computed(*operator, self.number_of(&value), right))
                }
                _ => {
                    let right = self.evaluate(operand, focus)?;
                    Datum::Boolean(self.compare(*operator, value, right)?)
                }
            };
        }
        Ok(value)
    }

    /// Compares as XPath does: of nodes any will do.
    fn compare(
        &mut self,
        operator: Operator,
        left: Datum<'d>,
        right: Datum<'d>,
    ) -> Result<bool, Failure> {
        let equality = operator.level() == Operator::Equal.level();
        if equality && matches!((&left, &right), (Datum::Boolean(_), _) | (_, Datum::Boolean(_))) {
            return Ok((truth_of(&left) == truth_of(&right)) == (operator == Operator::Equal));
        }
        let (left, right) = (self.singles(left), self.singles(right));
        for one in &left {
            self.visit(right.len())?;
            if right.iter().any(|other| self.compare_singles(operator, one, other)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A value by itself, or the text of each node.
    fn singles(&self, datum: Datum<'d>) -> Vec<Datum<'d>> {
        match datum {
            Datum::Nodes(nodes) => {
                nodes.into_iter().map(|node| Datum::Text(self.scene.text(node))).collect()
            }
            single => vec![single],
        }
    }

    fn compare_singles(&self, operator: Operator, left: &Datum<'d>, right: &Datum<'d>) -> bool {
        if let (Datum::Text(left), Datum::Text(right)) = (left, right) {
            match operator {
                Operator::Equal => return left == right,
                Operator::Unequal => return left != right,
                _ => {}
            }
        }
        compared(operator, self.number_of(left), self.number_of(right))
    }

    fn union(&mut self, parts: &[Tree], focus: Focus) -> Evaluated<'d> {
        let mut nodes = Vec::new();
        for part in parts {
            let datum = self.evaluate(part, focus)?;
            let Datum::Nodes(found) = datum else { return Err(Failure::NotNodes("|")) };
            nodes.extend(found);
        }
        nodes.sort_unstable();
        nodes.dedup();
        Ok(Datum::Nodes(nodes))
    }
}

/// Whether a value is true: nodes where there are any, texts that are not empty, numbers but zero.
pub(crate) fn truth_of(datum: &Datum<'_>) -> bool {
    match datum {
        Datum::Text(text) => !text.is_empty(),
        Datum::Number(number) | Datum::Moment { days: number, .. } => {
            *number != 0.0 && !number.is_nan()
        }
        Datum::Boolean(yes) => *yes,
        Datum::Nodes(nodes) => !nodes.is_empty(),
    }
}

#[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
fn compared(operator: Operator, left: f64, right: f64) -> bool {
    match operator {
        Operator::Equal => left == right,
        Operator::Unequal => left != right,
        Operator::Below => left < right,
        Operator::AtMost => left <= right,
        Operator::Above => left > right,
        _ => left >= right,
    }
}

fn computed(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        _ => left % right,
    }
}
