//! `= <> < <= > >=`, `BETWEEN`, `IN` and `LIKE`.

use model::id::RecordId;
use model::limits::FILTER_PATTERN_BYTES_MAX;
use model::value::{FieldType, Value};

use super::times::Span;
use super::{Call, Checker, Field, strange_function};
use crate::expression::{Expression, Moment, Part};
use crate::node::{Node, Op};
use crate::{findings, like};

/// The field whose codes have an order of their own, which is not that of their bytes.
const CLASSIFICATION: &str = "classification";

impl Checker<'_> {
    pub(super) fn comparison(&mut self, call: Call<'_>, op: Op) -> Option<Node> {
        let [left, right] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, call.name, "a = 1"));
        };
        let (left, left_folds) = unfolded(left);
        let (right, right_folds) = unfolded(right);
        let fold_case = left_folds || right_folds;
        match (&left.part, &right.part) {
            (Part::Field(_), Part::Field(_)) if fold_case => {
                self.refuse(findings::unsupported(call.at, "casei"))
            }
            (Part::Field(_), Part::Field(_)) => self.field_pair(call, op, left, right),
            (Part::Field(_), _) => self.field_and_value(call, op, (left, right), fold_case),
            (_, Part::Field(_)) => {
                self.field_and_value(call, op.flipped(), (right, left), fold_case)
            }
            (Part::Call { .. }, _) => self.no_operand(left, call),
            _ => self.no_operand(right, call),
        }
    }

    fn field_pair(
        &mut self,
        call: Call<'_>,
        op: Op,
        left: &Expression,
        right: &Expression,
    ) -> Option<Node> {
        let (left, right) = (self.field(left, call), self.field(right, call));
        let (left, right) = (left?, right?);
        self.comparable(call, op, &left)?;
        self.comparable(call, op, &right)?;
        if kind(left.of) != kind(right.of) {
            let left = (left.name.as_str(), left.of);
            return self.refuse(findings::wrong_pair(
                call.at,
                left,
                (right.name.as_str(), right.of),
            ));
        }
        Some(Node::CompareFields { left: left.name, op, right: right.name })
    }

    fn field_and_value(
        &mut self,
        call: Call<'_>,
        op: Op,
        (field, value): (&Expression, &Expression),
        fold_case: bool,
    ) -> Option<Node> {
        let field = self.field(field, call)?;
        self.comparable(call, op, &field)?;
        if fold_case {
            return self.folded(call, op, field, value);
        }
        let span = self.span(&field, value)?;
        Some(span.compared(field.name, op))
    }

    /// `CASEI(field) = CASEI('text')`, as a pattern without wildcards.
    fn folded(&mut self, call: Call<'_>, op: Op, field: Field, value: &Expression) -> Option<Node> {
        let negated = match op {
            Op::Equal => false,
            Op::NotEqual => true,
            _ => {
                return self.refuse(findings::wrong_operator(
                    call.at,
                    field.name.as_str(),
                    field.of,
                    "casei",
                ));
            }
        };
        let Part::Text(text) = &value.part else {
            return self.refuse(findings::wrong_type(field.name.as_str(), field.of, value));
        };
        let node = self.pattern(call, field, value, (&like::escaped(text), true))?;
        Some(if negated { Node::Not(Box::new(node)) } else { node })
    }

    pub(super) fn between(&mut self, call: Call<'_>) -> Option<Node> {
        let [field, low, high] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, "between", "a BETWEEN 1 AND 2"));
        };
        let field = self.field(field, call)?;
        self.comparable(call, Op::LessOrEqual, &field)?;
        let (low, high) = (self.span(&field, low), self.span(&field, high));
        let (low, high) = (low?.first, high?.last);
        Some(Node::Between { field: field.name, low, high })
    }

    pub(super) fn membership(&mut self, call: Call<'_>) -> Option<Node> {
        const EXPECTED: &str = "a IN ('b', 'c')";
        let [field, list] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, "in", EXPECTED));
        };
        let (field, mut fold_case) = unfolded(field);
        let (field, items) = (self.field(field, call), self.items(list, call, EXPECTED));
        let (field, items) = (field?, items?);
        self.comparable(call, Op::Equal, &field)?;
        if items.is_empty() {
            return self.refuse(findings::wrong_arguments(call.at, "in", EXPECTED));
        }
        fold_case |= items.iter().any(|item| unfolded(item).1);
        if fold_case {
            return self.folded_membership(call, &field, items);
        }
        let spans: Vec<Option<Span>> = items.iter().map(|item| self.span(&field, item)).collect();
        Some(Span::among(&field.name, spans.into_iter().collect::<Option<Vec<Span>>>()?))
    }

    fn folded_membership(
        &mut self,
        call: Call<'_>,
        field: &Field,
        items: &[Expression],
    ) -> Option<Node> {
        let one = |item: &Expression| {
            let field = Field { name: field.name.clone(), of: field.of };
            self.folded(call, Op::Equal, field, unfolded(item).0)
        };
        let nodes: Vec<Option<Node>> = items.iter().map(one).collect();
        nodes.into_iter().collect::<Option<Vec<Node>>>().map(Node::Or)
    }

    pub(super) fn like(&mut self, call: Call<'_>) -> Option<Node> {
        let [field, pattern] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, "like", "a LIKE 'b%'"));
        };
        let (field, field_folds) = unfolded(field);
        let (pattern, pattern_folds) = unfolded(pattern);
        let field = self.field(field, call)?;
        let Part::Text(text) = &pattern.part else {
            return self.refuse(findings::wrong_type(field.name.as_str(), field.of, pattern));
        };
        self.pattern(call, field, pattern, (text, field_folds || pattern_folds))
    }

    fn pattern(
        &mut self,
        call: Call<'_>,
        field: Field,
        given: &Expression,
        (pattern, fold_case): (&str, bool),
    ) -> Option<Node> {
        let is_text = matches!(field.of, FieldType::Text | FieldType::Code);
        if !is_text || field.name.as_str() == CLASSIFICATION {
            return self.refuse(findings::wrong_operator(
                call.at,
                field.name.as_str(),
                field.of,
                call.name,
            ));
        }
        if pattern.len() > FILTER_PATTERN_BYTES_MAX {
            return self.refuse(findings::pattern_too_long(&given.at, pattern.len()));
        }
        if !like::is_whole(pattern) {
            return self.refuse(findings::open_pattern(&given.at, pattern));
        }
        Some(Node::Like { field: field.name, pattern: pattern.to_owned(), fold_case })
    }

    /// Whether a field of this type has this comparison at all.
    fn comparable(&mut self, call: Call<'_>, op: Op, field: &Field) -> Option<()> {
        let ordered = field.name.as_str() != CLASSIFICATION;
        let possible = match field.of {
            FieldType::Text
            | FieldType::Code
            | FieldType::Integer
            | FieldType::Decimal
            | FieldType::Date
            | FieldType::Time => ordered || !op.is_order(),
            FieldType::Boolean | FieldType::Record => !op.is_order(),
            FieldType::Codes
            | FieldType::Point
            | FieldType::Line
            | FieldType::Area
            | FieldType::Blob
            | FieldType::Rows => false,
        };
        if possible {
            return Some(());
        }
        self.refuse(findings::wrong_operator(call.at, field.name.as_str(), field.of, call.name))
    }

    /// A value given for a field, as the first and last value it stands for.
    pub(super) fn span(&mut self, field: &Field, given: &Expression) -> Option<Span> {
        let value = match (field.of, &given.part) {
            (FieldType::Text, Part::Text(text)) => Some(Value::Text(text.clone())),
            (FieldType::Code, Part::Text(text)) => Some(Value::Code(text.clone())),
            (FieldType::Integer, Part::Number(number)) => number.to_integer().map(Value::Integer),
            (FieldType::Decimal, Part::Number(number)) => Some(Value::Decimal(*number)),
            (FieldType::Boolean, Part::Boolean(value)) => Some(Value::Boolean(*value)),
            (FieldType::Date, Part::Date(date)) => Some(Value::Date(*date)),
            (FieldType::Time, Part::Date(date)) => {
                return Some(Span::of_moment(Moment::Day(*date)));
            }
            (FieldType::Time, Part::Instant(instant)) => Some(Value::Time(*instant)),
            (FieldType::Record, Part::Text(text)) => {
                text.parse::<RecordId>().ok().map(Value::Record)
            }
            _ => None,
        };
        if let Some(value) = value {
            return Some(Span::of_value(value));
        }
        let wrong = || findings::wrong_type(field.name.as_str(), field.of, given);
        self.refuse(strange_function(given).unwrap_or_else(wrong))
    }
}

/// The argument of `CASEI`, and whether there was one.
fn unfolded(expression: &Expression) -> (&Expression, bool) {
    match &expression.part {
        Part::Call { name, arguments } if name.eq_ignore_ascii_case("casei") => {
            match arguments.as_slice() {
                [inner] => (inner, true),
                _ => (expression, false),
            }
        }
        _ => (expression, false),
    }
}

/// Types that compare with each other have one kind.
fn kind(of: FieldType) -> FieldType {
    match of {
        FieldType::Code => FieldType::Text,
        FieldType::Decimal => FieldType::Integer,
        other => other,
    }
}
