//! Filters in CQL2: text, JSON, types, evaluation in memory.
//!
//! A filter is read once, against the fields of one register ([`Schema`]); what comes out is a
//! typed tree ([`Node`]) in which nothing is left to guess: days have become instants, numbers have
//! the type of their field, every field exists. The store compiles that tree to SQL, [`matches()`]
//! evaluates it in memory, and both follow the three-valued logic of SQL: a comparison with a value
//! that is not there is neither true nor false.
//!
//! Nothing here knows users, rights, records on disk or a mission. Everything a person can get
//! wrong is a [`model::finding::Finding`] that says where.
//!
//! Read: `= <> < <= > >=`, `AND`, `OR`, `NOT`, `IN`, `LIKE`, `BETWEEN`, `IS NULL`, `CASEI`,
//! `S_INTERSECTS`, `S_WITHIN`, `S_CONTAINS`, `S_DISJOINT`, `T_AFTER`, `T_BEFORE`, `T_DURING`,
//! `T_INTERSECTS`, `T_DISJOINT`, `T_EQUALS`, `A_CONTAINS`, `A_CONTAINEDBY`, `A_EQUALS`, `A_OVERLAPS`.
//! The rest of CQL2 (arithmetic, `ACCENTI`, the other relations) is refused by name.
//!
//! Two readings are kinder than the standard, because people expect them. A `DATE` against an
//! instant is the whole day: `occurred_at <= DATE('2018-12-31')` includes New Year's Eve, and an
//! interval between days includes both. `CASEI` on one side of a comparison folds both.

mod check;
mod evaluate;
mod expression;
mod findings;
mod json;
pub mod like;
mod literal;
mod node;
mod text;

use std::collections::BTreeSet;

use model::finding::Finding;
use model::id::Name;
use model::value::{FieldType, Value};

pub use evaluate::{Truth, evaluate};
pub use node::{Mode, Node, Op, SpatialOp};
pub use spatial::shape::Shape;

/// The fields a filter may name.
pub trait Schema {
    /// The type of a field; `None` where there is none of this name.
    fn field(&self, name: &str) -> Option<FieldType>;

    /// The names of all fields: error messages offer the nearest.
    fn names(&self) -> Vec<String>;
}

/// The values a filter looks at.
pub trait Row {
    /// The value of a field; `None` where it has none.
    fn value(&self, field: &str) -> Option<&Value>;
}

/// A filter whose fields exist and whose values have the types of their fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    node: Node,
}

/// Reads a filter in the text form of CQL2.
pub fn parse(text: &str, schema: &dyn Schema) -> Result<Filter, Vec<Finding>> {
    let expression = text::read(text).map_err(|finding| vec![finding])?;
    check::check(&expression, schema).map(Filter::trusted)
}

/// Reads a filter in the JSON form of CQL2.
pub fn parse_json(text: &str, schema: &dyn Schema) -> Result<Filter, Vec<Finding>> {
    let expression = json::read(text).map_err(|finding| vec![finding])?;
    check::check(&expression, schema).map(Filter::trusted)
}

/// Whether the filter is true of a row: neither false nor unknown.
pub fn matches(filter: &Filter, row: &dyn Row) -> bool {
    evaluate(&filter.node, row) == Truth::True
}

impl Filter {
    /// The filter that every row passes.
    pub fn all() -> Self {
        Self { node: Node::Constant(true) }
    }

    /// The filter that no row passes.
    pub fn none() -> Self {
        Self { node: Node::Constant(false) }
    }

    /// A filter built by code, brought into its plain form: no list within a list of the same kind,
    /// no constants but a lone one, no double `NOT`. The caller vouches for fields and types; a
    /// comparison between values of different kinds is unknown.
    pub fn trusted(node: Node) -> Self {
        Self { node: node.simplified() }
    }

    /// Rows that pass both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::trusted(Node::And(vec![self.node, other.node]))
    }

    /// Rows that pass either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::trusted(Node::Or(vec![self.node, other.node]))
    }

    /// Rows of which the filter is false. Rows of which it is unknown pass neither.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::trusted(Node::Not(Box::new(self.node)))
    }

    /// The tree.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// CQL2 text that reads back as this filter.
    pub fn to_text(&self) -> String {
        text::write(&self.node)
    }

    /// CQL2 JSON that reads back as this filter.
    pub fn to_json(&self) -> serde_json::Value {
        json::write(&self.node)
    }

    /// The fields it looks at.
    pub fn fields(&self) -> BTreeSet<Name> {
        let mut fields = BTreeSet::new();
        self.node.visit(&mut |node| fields.extend(node.own_fields().cloned()));
        fields
    }
}
