//! From what was written to a typed tree: fields exist, values have the types of their fields,
//! days have become instants. Every finding is collected, not only the first.

mod arrays;
mod comparison;
mod places;
mod times;

use model::finding::Finding;
use model::id::Name;
use model::limits::{FILTER_LIST_MAX, FINDINGS_MAX};
use model::value::FieldType;

use crate::Schema;
use crate::expression::{At, Expression, Part};
use crate::findings;
use crate::node::{Mode, Node, Op, SpatialOp};

/// Checks a filter against the fields of a register.
pub(crate) fn check(expression: &Expression, schema: &dyn Schema) -> Result<Node, Vec<Finding>> {
    let mut checker = Checker { schema, found: Vec::new() };
    match checker.condition(expression) {
        Some(node) if checker.found.is_empty() => Ok(node),
        _ => Err(checker.found),
    }
}

/// Functions of CQL2 that are offered here; the nearest is named for one that does not exist.
const OFFERED: [&str; 15] = [
    "casei",
    "s_intersects",
    "s_within",
    "s_contains",
    "s_disjoint",
    "t_after",
    "t_before",
    "t_during",
    "t_intersects",
    "t_disjoint",
    "t_equals",
    "a_contains",
    "a_containedby",
    "a_equals",
    "a_overlaps",
];

/// Operators: what JSON calls by name and text writes in words and signs.
const OPERATORS: [&str; 13] =
    ["and", "or", "not", "=", "<>", "<", "<=", ">", ">=", "between", "in", "like", "isnull"];

/// Functions and operators of CQL2 that are not.
const NOT_OFFERED: [&str; 22] = [
    "accenti",
    "s_equals",
    "s_touches",
    "s_crosses",
    "s_overlaps",
    "t_contains",
    "t_finishedby",
    "t_finishes",
    "t_meets",
    "t_metby",
    "t_overlappedby",
    "t_overlaps",
    "t_startedby",
    "t_starts",
    "+",
    "-",
    "*",
    "/",
    "^",
    "%",
    "div",
    "geometrycollection",
];

/// The fields of a register, and what was found so far.
struct Checker<'a> {
    schema: &'a dyn Schema,
    found: Vec<Finding>,
}

/// A field that exists.
struct Field {
    name: Name,
    of: FieldType,
}

/// An operator with its arguments, on the way to becoming a node.
#[derive(Clone, Copy)]
struct Call<'a> {
    at: &'a At,
    name: &'a str,
    arguments: &'a [Expression],
}

impl Checker<'_> {
    /// A part that must be true or false of a row. `None` where something was found.
    fn condition(&mut self, expression: &Expression) -> Option<Node> {
        match &expression.part {
            Part::Call { name, arguments } => {
                self.call(Call { at: &expression.at, name, arguments })
            }
            Part::Boolean(value) => Some(Node::Constant(*value)),
            Part::Field(_) => self.lone_field(expression),
            _ => self.refuse(findings::needs_condition(expression)),
        }
    }

    fn call(&mut self, call: Call<'_>) -> Option<Node> {
        let name = call.name.to_ascii_lowercase();
        if let Some(op) = Op::ALL.into_iter().find(|op| op.sign() == name) {
            return self.comparison(call, op);
        }
        match name.as_str() {
            "and" => self.conditions(call).map(Node::And),
            "or" => self.conditions(call).map(Node::Or),
            "not" => self.negation(call),
            "between" => self.between(call),
            "in" => self.membership(call),
            "like" => self.like(call),
            "isnull" => self.null_test(call),
            "s_intersects" => self.spatial(call, SpatialOp::Intersects),
            "s_within" => self.spatial(call, SpatialOp::Within),
            "s_contains" => self.spatial(call, SpatialOp::Contains),
            "s_disjoint" => self.spatial(call, SpatialOp::Disjoint),
            "a_contains" => self.array(call, Mode::All),
            "a_overlaps" => self.array(call, Mode::Any),
            "a_containedby" => self.array(call, Mode::Only),
            "a_equals" => self.array(call, Mode::Exactly),
            "t_after" | "t_before" | "t_during" | "t_intersects" | "t_disjoint" | "t_equals" => {
                self.temporal(call, &name)
            }
            "casei" => self.refuse(findings::wrong_arguments(
                call.at,
                "casei",
                "CASEI(side_a) LIKE CASEI('a%')",
            )),
            _ => self.refuse(not_offered(call.at, call.name)),
        }
    }

    /// Every argument as a condition; all of them are checked even where one fails.
    fn conditions(&mut self, call: Call<'_>) -> Option<Vec<Node>> {
        if call.arguments.is_empty() {
            return self.refuse(findings::wrong_arguments(call.at, call.name, "a AND b"));
        }
        let nodes: Vec<Option<Node>> =
            call.arguments.iter().map(|part| self.condition(part)).collect();
        nodes.into_iter().collect()
    }

    fn negation(&mut self, call: Call<'_>) -> Option<Node> {
        match call.arguments {
            [inner] => self.condition(inner).map(|node| Node::Not(Box::new(node))),
            _ => self.refuse(findings::wrong_arguments(call.at, "not", "NOT a")),
        }
    }

    fn null_test(&mut self, call: Call<'_>) -> Option<Node> {
        let [field] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, "is null", "a IS NULL"));
        };
        let field = self.field(field, call)?;
        Some(Node::IsNull { field: field.name })
    }

    /// A field that stands alone, as in `NOT armed`: only a yes-or-no field can.
    fn lone_field(&mut self, expression: &Expression) -> Option<Node> {
        let call = Call { at: &expression.at, name: "=", arguments: &[] };
        let field = self.field(expression, call)?;
        if field.of != FieldType::Boolean {
            return self.refuse(findings::needs_condition(expression));
        }
        Some(Node::Compare {
            field: field.name,
            op: Op::Equal,
            value: model::value::Value::Boolean(true),
        })
    }

    /// The field that an argument must be.
    fn field(&mut self, expression: &Expression, call: Call<'_>) -> Option<Field> {
        let Part::Field(text) = &expression.part else {
            return self.no_operand(expression, call);
        };
        match (self.schema.field(text), Name::new(text)) {
            (Some(of), Ok(name)) => Some(Field { name, of }),
            _ => self.refuse(findings::unknown_field(&expression.at, text, self.schema)),
        }
    }

    /// Refuses what stands where a field should: by its name where it is a function nobody knows.
    fn no_operand<T>(&mut self, expression: &Expression, call: Call<'_>) -> Option<T> {
        let finding = strange_function(expression);
        self.refuse(finding.unwrap_or_else(|| findings::needs_field(&expression.at, call.name)))
    }

    /// The items of a list, which may not be too many.
    fn items<'e>(
        &mut self,
        list: &'e Expression,
        call: Call<'_>,
        expected: &str,
    ) -> Option<&'e [Expression]> {
        match &list.part {
            Part::List(items) if items.len() > FILTER_LIST_MAX => {
                self.refuse(findings::list_too_long(&list.at, items.len()))
            }
            Part::List(items) => Some(items),
            _ => self.refuse(findings::wrong_arguments(call.at, call.name, expected)),
        }
    }

    /// Notes a finding. Beyond [`FINDINGS_MAX`] nobody reads them; a last one says so.
    fn refuse<T>(&mut self, finding: Finding) -> Option<T> {
        match self.found.len() {
            FINDINGS_MAX.. => {}
            last if last + 1 == FINDINGS_MAX => {
                self.found.push(Finding::error("filter-more-findings").with("max", FINDINGS_MAX));
            }
            _ => self.found.push(finding),
        }
        None
    }
}

/// The finding about a function that is not offered, if `expression` is one.
fn strange_function(expression: &Expression) -> Option<Finding> {
    let Part::Call { name, .. } = &expression.part else { return None };
    let known = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    let strange = !known(&OFFERED) && !known(&OPERATORS);
    strange.then(|| not_offered(&expression.at, name))
}

fn not_offered(at: &At, name: &str) -> Finding {
    if NOT_OFFERED.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return findings::unsupported(at, name);
    }
    findings::unknown_function(at, name, &OFFERED)
}
