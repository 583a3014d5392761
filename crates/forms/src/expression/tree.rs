//! What an expression is once it is read.

use super::function::Function;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// A number; never negative, never infinite.
    Number(f64),
    /// A quoted text.
    Text(String),
    /// `${name}`.
    Reference(Reference),
    /// A function with its arguments.
    Call(Box<Call>),
    /// Operands with operators of one precedence between them, from the left.
    Chain(Box<Tree>, Vec<(Operator, Tree)>),
    /// `-x`
    Negation(Box<Tree>),
    /// `a | b`
    Union(Vec<Tree>),
    /// Steps from somewhere to nodes.
    Path(Box<Path>),
}

/// `${name}`: the nearest field of this name, in the same row of a repeat where it stands in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The name of a field, group or repeat.
    pub(crate) name: String,
    /// Its part of the form, once the form is known.
    pub(crate) part: Option<usize>,
    /// Where it stands, in characters from 1.
    pub(crate) at: usize,
}

/// A function with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    /// As it is written.
    pub(crate) name: String,
    /// What it is; nothing where there is no such function.
    pub(crate) function: Option<Function>,
    /// Its arguments.
    pub(crate) arguments: Vec<Tree>,
    /// Where it stands, in characters from 1.
    pub(crate) at: usize,
}

/// Operators of two operands. The order is that of their precedence, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Operator {
    /// All of them, longer words first where one begins with another.
    pub(crate) const WORDS: [(&'static str, Self); 13] = [
        ("or", Self::Or),
        ("and", Self::And),
        ("!=", Self::Unequal),
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("=", Self::Equal),
        ("<", Self::Below),
        (">", Self::Above),
        ("+", Self::Add),
        ("-", Self::Subtract),
        ("*", Self::Multiply),
        ("div", Self::Divide),
        ("mod", Self::Modulo),
    ];

    /// How strongly it binds.
    pub(crate) const fn level(self) -> u8 {
        match self {
            Self::Or => 0,
            Self::And => 1,
            Self::Equal | Self::Unequal => 2,
            Self::Below | Self::AtMost | Self::Above | Self::AtLeast => 3,
            Self::Add | Self::Subtract => 4,
            Self::Multiply | Self::Divide | Self::Modulo => 5,
        }
    }

    /// The strongest level.
    pub(crate) const LEVEL_MAX: u8 = 5;

    /// How it is written.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_word, known)| *known == self).map_or("", |(word, _known)| word)
    }
}

/// Steps from somewhere to nodes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    pub(crate) start: Start,
    /// Predicates on the start itself: `(a | b)[1]`.
    pub(crate) predicates: Vec<Tree>,
    pub(crate) steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Start {
    /// `/`
    Root,
    /// The node that is looked at.
    Here,
    /// Nodes that something else gives: `instance('x')/root/item`.
    Given(Tree),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) axis: Axis,
    pub(crate) test: Test,
    pub(crate) predicates: Vec<Tree>,
}

/// In which direction a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Child,
    Parent,
    Itself,
    Ancestor,
    AncestorOrSelf,
    Descendant,
    DescendantOrSelf,
    FollowingSibling,
    PrecedingSibling,
}

impl Axis {
    pub(crate) const WORDS: [(&'static str, Self); 9] = [
        ("child", Self::Child),
        ("parent", Self::Parent),
        ("self", Self::Itself),
        ("ancestor", Self::Ancestor),
        ("ancestor-or-self", Self::AncestorOrSelf),
        ("descendant", Self::Descendant),
        ("descendant-or-self", Self::DescendantOrSelf),
        ("following-sibling", Self::FollowingSibling),
        ("preceding-sibling", Self::PrecedingSibling),
    ];

    /// How it is written.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_word, known)| *known == self).map_or("", |(word, _known)| word)
    }
}

/// Which nodes of an axis are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Those of this name.
    Name(String),
    /// `*`, `node()`
    Any,
}

impl Tree {
    /// Calls `visit` on this part and all below it.
    pub(crate) fn walk<'t>(&'t self, visit: &mut dyn FnMut(&'t Self)) {
        visit(self);
        self.inner(&mut |inner| inner.walk(visit));
    }

    /// Calls `visit` on every reference.
    pub(crate) fn references_mut(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        if let Self::Reference(reference) = self {
            visit(reference);
        }
        self.inner_mut(&mut |inner| inner.references_mut(visit));
    }

    /// Calls `visit` on the parts directly below.
    fn inner<'t>(&'t self, visit: &mut dyn FnMut(&'t Self)) {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Reference(_) => {}
            Self::Call(call) => call.arguments.iter().for_each(visit),
            Self::Chain(first, rest) => {
                visit(first);
                for (_operator, part) in rest {
                    visit(part);
                }
            }
            Self::Negation(part) => visit(part),
            Self::Union(parts) => parts.iter().for_each(visit),
            Self::Path(path) => {
                if let Start::Given(start) = &path.start {
                    visit(start);
                }
                let predicates = path.steps.iter().flat_map(|step| &step.predicates);
                path.predicates.iter().chain(predicates).for_each(visit);
            }
        }
    }

    /// Calls `visit` on the parts directly below.
    pub(crate) fn inner_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Reference(_) => {}
            Self::Call(call) => call.arguments.iter_mut().for_each(visit),
            Self::Chain(first, rest) => {
                visit(first);
                for (_operator, part) in rest {
                    visit(part);
                }
            }
            Self::Negation(part) => visit(part),
            Self::Union(parts) => parts.iter_mut().for_each(visit),
            Self::Path(path) => {
                if let Start::Given(start) = &mut path.start {
                    visit(start);
                }
                let predicates = path.steps.iter_mut().flat_map(|step| &mut step.predicates);
                path.predicates.iter_mut().chain(predicates).for_each(visit);
            }
        }
    }
}
