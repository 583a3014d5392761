//! The typed tree of a filter, and its plain form.

use std::collections::BTreeSet;

use model::id::Name;
use model::value::Value;
use spatial::shape::Shape;

/// A condition, or a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// True or false of every row.
    Constant(bool),
    /// All of them; at least two.
    And(Vec<Node>),
    /// At least one of them; at least two.
    Or(Vec<Node>),
    /// The opposite; unknown stays unknown.
    Not(Box<Node>),
    /// A field compared with a value. Text and codes compare by their bytes.
    Compare {
        /// The field.
        field: Name,
        /// The comparison.
        op: Op,
        /// The value, of the field's type.
        value: Value,
    },
    /// Two fields of comparable types.
    CompareFields {
        /// The field on the left.
        left: Name,
        /// The comparison.
        op: Op,
        /// The field on the right.
        right: Name,
    },
    /// A field between two values, both included.
    Between {
        /// The field.
        field: Name,
        /// The lowest value.
        low: Value,
        /// The highest value.
        high: Value,
    },
    /// A field that equals one of several values; at least one.
    In {
        /// The field.
        field: Name,
        /// The values, of the field's type.
        values: Vec<Value>,
    },
    /// A text or code that matches a pattern: `%` any characters, `_` one, `\` takes the next as
    /// it is. See [`crate::like`].
    Like {
        /// The field.
        field: Name,
        /// The pattern.
        pattern: String,
        /// Whether upper and lower case are alike.
        fold_case: bool,
    },
    /// A field of several codes, against a list of codes.
    Has {
        /// The field.
        field: Name,
        /// The list; it may be empty.
        codes: BTreeSet<String>,
        /// How the two compare.
        mode: Mode,
    },
    /// A field without a value. Never unknown.
    IsNull {
        /// The field.
        field: Name,
    },
    /// A place, line or area against a shape.
    Spatial {
        /// The relation, of the field's geometry to the shape.
        op: SpatialOp,
        /// The field.
        field: Name,
        /// The shape.
        shape: Shape,
    },
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Op {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
    ];

    /// The sign, in CQL2 and in SQL.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The comparison that holds with the two sides exchanged.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Equal | Self::NotEqual => self,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Whether it asks which is larger.
    pub const fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// How a field of several codes compares with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// The field has every code of the list: `A_CONTAINS`.
    All,
    /// The field has a code of the list: `A_OVERLAPS`.
    Any,
    /// The field has no code outside of the list: `A_CONTAINEDBY`.
    Only,
    /// The field has the codes of the list and no others: `A_EQUALS`.
    Exactly,
}

impl Mode {
    /// The function of CQL2, spelled as in JSON; text takes it in any case.
    pub const fn function(self) -> &'static str {
        match self {
            Self::All => "a_contains",
            Self::Any => "a_overlaps",
            Self::Only => "a_containedBy",
            Self::Exactly => "a_equals",
        }
    }
}

/// How a geometry relates to a shape. Edges belong to their shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpatialOp {
    /// They share a position.
    Intersects,
    /// The geometry lies in the shape.
    Within,
    /// The shape lies in the geometry.
    Contains,
    /// They share no position.
    Disjoint,
}

impl SpatialOp {
    /// The function of CQL2.
    pub const fn function(self) -> &'static str {
        match self {
            Self::Intersects => "s_intersects",
            Self::Within => "s_within",
            Self::Contains => "s_contains",
            Self::Disjoint => "s_disjoint",
        }
    }
}

impl Node {
    /// The plain form: one tree for what is written in many ways. It is true, false and unknown of
    /// the same rows.
    pub(crate) fn simplified(self) -> Self {
        match self {
            Self::And(nodes) => Self::list(nodes, false),
            Self::Or(nodes) => Self::list(nodes, true),
            Self::Not(node) => match node.simplified() {
                Self::Constant(value) => Self::Constant(!value),
                Self::Not(inner) => *inner,
                other => Self::Not(Box::new(other)),
            },
            Self::In { values, .. } if values.is_empty() => Self::Constant(false),
            other => other,
        }
    }

    /// `And` (decided by a false) or `Or` (decided by a true) of simplified nodes.
    fn list(nodes: Vec<Self>, decides: bool) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match (node.simplified(), decides) {
                (Self::Constant(value), _) if value == decides => return Self::Constant(decides),
                (Self::Constant(_), _) => {}
                (Self::And(inner), false) | (Self::Or(inner), true) => flat.extend(inner),
                (other, _) => flat.push(other),
            }
        }
        match (flat.len(), decides) {
            (0, _) => Self::Constant(!decides),
            (1, _) => flat.remove(0),
            (_, false) => Self::And(flat),
            (_, true) => Self::Or(flat),
        }
    }

    /// Shows this node and all below it.
    pub(crate) fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|node| node.visit(see)),
            Self::Not(node) => node.visit(see),
            _ => {}
        }
    }

    /// The fields this node itself names.
    pub(crate) fn own_fields(&self) -> impl Iterator<Item = &Name> {
        let (first, second) = match self {
            Self::Constant(_) | Self::And(_) | Self::Or(_) | Self::Not(_) => (None, None),
            Self::CompareFields { left, right, .. } => (Some(left), Some(right)),
            Self::Compare { field, .. }
            | Self::Between { field, .. }
            | Self::In { field, .. }
            | Self::Like { field, .. }
            | Self::Has { field, .. }
            | Self::IsNull { field }
            | Self::Spatial { field, .. } => (Some(field), None),
        };
        first.into_iter().chain(second)
    }
}
