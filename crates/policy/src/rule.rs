//! The right to one action in one register: as a filter, and as a decision with its reason.
//!
//! The two are written apart, the filter as a tree for the database and the decision as plain
//! steps, and tested equal on random grants, viewers and records.

use std::fmt;

use filter::{Filter, Node, Op, Row, Schema};
use model::classification::Classification;
use model::id::Name;
use model::value::Value;

use crate::action::Action;
use crate::grant::Compartments;
use crate::viewer::{Held, Viewer};
use crate::{CAVEAT, CLASSIFICATION};

/// A register, as far as rights need it.
#[derive(Clone, Copy)]
pub struct RegisterSchema<'a> {
    /// Its name.
    pub name: &'a Name,
    /// Its fields: what scopes are read against.
    pub schema: &'a dyn Schema,
    /// The fields that hold P-codes.
    pub area_fields: &'a [Name],
    /// The compartment of a record that says none: no record of the register is then in none.
    pub caveat: Option<&'a str>,
}

impl fmt::Debug for RegisterSchema<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.schema.names();
        f.debug_struct("RegisterSchema").field("name", self.name).field("fields", &fields).finish()
    }
}

/// The right of one person to one action in one register.
#[derive(Clone, Debug)]
pub struct Rule {
    grants: Vec<Limits>,
    around: Around,
}

/// What the register says of all its records.
#[derive(Clone, Debug)]
struct Around {
    area_fields: Vec<Name>,
    caveat: Option<String>,
}

/// Whether something is allowed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is.
    pub allowed: bool,
    /// Why, or why not.
    pub because: Reason,
}

/// Why something is allowed or not. Where several grants fail, the one that came furthest tells:
/// later reasons of this list are further.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No grant has this action in this register.
    NoGrant,
    /// The scope of the grant cannot be read against the register's fields.
    ScopeUnreadable,
    /// The record is classified higher than the grant or the person reaches.
    Classification,
    /// The record is in a compartment that the grant or the person does not reach.
    Compartment,
    /// The record is outside of the person's areas, or in none.
    Area,
    /// The record is outside of the grant's scope.
    Scope,
    /// A grant of this role allows it.
    Role(Name),
}

/// The limits of one grant, in one register.
#[derive(Clone, Debug)]
struct Limits {
    role: Name,
    clearance: Classification,
    compartments: Compartments,
    /// The P-codes a record must lie in; `None` for no such limit.
    areas: Option<Vec<String>>,
    /// `None` where the grant's scope cannot be read against the register.
    scope: Option<Filter>,
}

impl Rule {
    pub(crate) fn new(viewer: &Viewer, action: Action, register: &RegisterSchema<'_>) -> Self {
        let applies = |held: &&Held| {
            held.grant.actions.contains(&action) && held.grant.registers.hold(register.name)
        };
        let grants = viewer.grants.iter().filter(applies);
        Self {
            grants: grants.map(|held| Limits::new(held, viewer, register.schema)).collect(),
            around: Around {
                area_fields: register.area_fields.to_vec(),
                caveat: register.caveat.map(str::to_owned),
            },
        }
    }

    /// The records it is allowed on.
    pub fn filter(&self) -> Filter {
        let grants = self.grants.iter().map(|limits| limits.node(&self.around));
        Filter::trusted(Node::Or(grants.collect()))
    }

    /// Whether it is allowed on one record, and why. To change a record, it must be allowed on the
    /// record as it was and on the record as it will be.
    pub fn decide(&self, row: &dyn Row) -> Decision {
        let reasons = self.grants.iter().map(|limits| limits.reason(row, &self.around));
        let because = reasons.max().unwrap_or(Reason::NoGrant);
        Decision { allowed: matches!(because, Reason::Role(_)), because }
    }
}

impl Limits {
    fn new(held: &Held, viewer: &Viewer, schema: &dyn Schema) -> Self {
        let bound = held.grant.own_area && !viewer.areas.is_empty();
        Self {
            role: held.role.clone(),
            clearance: held.grant.clearance,
            compartments: held.grant.compartments.clone(),
            areas: bound.then(|| viewer.areas.clone()),
            scope: match &held.grant.scope {
                Some(text) => filter::parse(text, schema).ok(),
                None => Some(Filter::all()),
            },
        }
    }

    fn reason(&self, row: &dyn Row, around: &Around) -> Reason {
        let Some(scope) = &self.scope else { return Reason::ScopeUnreadable };
        if classification(row) > self.clearance {
            return Reason::Classification;
        }
        if !in_compartments(row.value(CAVEAT), around.caveat.as_deref(), &self.compartments) {
            return Reason::Compartment;
        }
        if self.areas.as_ref().is_some_and(|areas| !lies_in(row, areas, &around.area_fields)) {
            return Reason::Area;
        }
        if !filter::matches(scope, row) {
            return Reason::Scope;
        }
        Reason::Role(self.role.clone())
    }

    fn node(&self, around: &Around) -> Node {
        let scope = self.scope.as_ref().map_or(Node::Constant(false), |scope| scope.node().clone());
        Node::And(vec![
            classification_node(self.clearance),
            compartment_node(&self.compartments, around.caveat.as_deref()),
            self.areas
                .as_ref()
                .map_or(Node::Constant(true), |areas| area_node(areas, &around.area_fields)),
            scope,
        ])
    }
}

/// The classification of a record: the highest where it has none, or one that nobody knows.
fn classification(row: &dyn Row) -> Classification {
    match row.value(CLASSIFICATION) {
        Some(Value::Code(code) | Value::Text(code)) => code.parse().unwrap_or(HIGHEST),
        _ => HIGHEST,
    }
}

const HIGHEST: Classification = Classification::StrictlyConfidential;

/// A record that says no compartment is in that of its register, where that has one.
fn in_compartments(
    caveat: Option<&Value>,
    of_register: Option<&str>,
    compartments: &Compartments,
) -> bool {
    match (caveat, compartments) {
        (_, Compartments::All) => true,
        (None, _) => of_register.is_none_or(|code| compartments.hold(code)),
        (Some(Value::Code(code) | Value::Text(code)), _) => compartments.hold(code),
        _ => false,
    }
}

fn lies_in(row: &dyn Row, areas: &[String], area_fields: &[Name]) -> bool {
    area_fields.iter().filter_map(|field| row.value(field.as_str())).any(|value| match value {
        Value::Code(code) | Value::Text(code) => areas.iter().any(|area| covers(area, code)),
        _ => false,
    })
}

/// Whether an area is another or holds it: the P-code of a child begins with that of its parent.
fn covers(area: &str, code: &str) -> bool {
    !area.is_empty() && code.starts_with(area)
}

fn classification_node(clearance: Classification) -> Node {
    if clearance == HIGHEST {
        return Node::Constant(true);
    }
    let levels = Classification::ALL.into_iter().filter(|level| *level <= clearance);
    field_node(CLASSIFICATION, |field| Node::In {
        field,
        values: levels.map(|level| Value::Code(level.code().to_owned())).collect(),
    })
}

fn compartment_node(compartments: &Compartments, of_register: Option<&str>) -> Node {
    let Compartments::Some(names) = compartments else { return Node::Constant(true) };
    let values = names.iter().map(|name| Value::Code(name.to_string())).collect();
    let mut reached = vec![field_node(CAVEAT, |field| Node::In { field, values })];
    if of_register.is_none_or(|code| names.contains(code)) {
        reached.insert(0, field_node(CAVEAT, |field| Node::IsNull { field }));
    }
    Node::Or(reached)
}

/// Any area field that begins with any of the codes, as ranges an index can serve.
fn area_node(areas: &[String], area_fields: &[Name]) -> Node {
    let codes = areas.iter().filter(|code| !code.is_empty());
    let pairs = codes.flat_map(|code| area_fields.iter().map(move |field| (code, field)));
    Node::Or(pairs.map(|(code, field)| starts_with(field, code)).collect())
}

fn starts_with(field: &Name, prefix: &str) -> Node {
    let compare =
        |op, text: String| Node::Compare { field: field.clone(), op, value: Value::Code(text) };
    let from = compare(Op::GreaterOrEqual, prefix.to_owned());
    match after_prefix(prefix) {
        Some(end) => Node::And(vec![from, compare(Op::Less, end)]),
        None => from,
    }
}

/// The first text, by bytes, after all that begin with `prefix`; `None` where there is none.
fn after_prefix(prefix: &str) -> Option<String> {
    let mut letters: Vec<char> = prefix.chars().collect();
    while let Some(last) = letters.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}

/// A condition on a field whose name is a constant of this crate.
fn field_node(name: &str, node: impl FnOnce(Name) -> Node) -> Node {
    Name::new(name).map_or(Node::Constant(false), node)
}
