//! Writing a filter as CQL2 text that reads back as the same tree.

use model::id::Name;
use model::value::Value;

use super::reader::is_keyword;
use crate::node::Node;

/// The text of a tree in its plain form.
pub(crate) fn write(node: &Node) -> String {
    match node {
        Node::Constant(value) => constant(*value).to_owned(),
        Node::And(nodes) => joined(nodes, " AND "),
        Node::Or(nodes) => joined(nodes, " OR "),
        Node::Not(inner) => negated(inner),
        Node::Compare { field, op, value } => {
            format!("{} {} {}", name(field), op.sign(), literal(value))
        }
        Node::CompareFields { left, op, right } => {
            format!("{} {} {}", name(left), op.sign(), name(right))
        }
        Node::Like { field, pattern, fold_case: true } => {
            format!("CASEI({}) LIKE CASEI({})", name(field), quoted(pattern, '\''))
        }
        Node::Between { .. } | Node::In { .. } | Node::IsNull { .. } | Node::Like { .. } => {
            worded(node, "")
        }
        Node::Has { field, codes, mode } => {
            let codes: Vec<String> = codes.iter().map(|code| quoted(code, '\'')).collect();
            format!("{}({}, ({}))", mode.function().to_uppercase(), name(field), codes.join(", "))
        }
        Node::Spatial { op, field, shape } => {
            format!("{}({}, {shape})", op.function().to_uppercase(), name(field))
        }
    }
}

fn negated(inner: &Node) -> String {
    match inner {
        Node::Between { .. }
        | Node::In { .. }
        | Node::IsNull { .. }
        | Node::Like { fold_case: false, .. } => worded(inner, "NOT "),
        Node::And(_) | Node::Or(_) => format!("NOT ({})", write(inner)),
        _ => format!("NOT {}", write(inner)),
    }
}

/// Comparisons in words, which take their `NOT` in the middle.
fn worded(node: &Node, not: &str) -> String {
    match node {
        Node::Between { field, low, high } => {
            format!("{} {not}BETWEEN {} AND {}", name(field), literal(low), literal(high))
        }
        Node::In { field, values } => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("{} {not}IN ({})", name(field), values.join(", "))
        }
        Node::Like { field, pattern, .. } => {
            format!("{} {not}LIKE {}", name(field), quoted(pattern, '\''))
        }
        Node::IsNull { field } => format!("{} IS {not}NULL", name(field)),
        other => write(other),
    }
}

/// A list within a list needs brackets; everything else binds tighter.
fn joined(nodes: &[Node], word: &str) -> String {
    let part = |node: &Node| match node {
        Node::And(_) | Node::Or(_) => format!("({})", write(node)),
        _ => write(node),
    };
    nodes.iter().map(part).collect::<Vec<_>>().join(word)
}

fn name(name: &Name) -> String {
    let plain = !name.as_str().contains('-') && !is_keyword(name.as_str());
    if plain { name.to_string() } else { quoted(name.as_str(), '"') }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Integer(_) | Value::Decimal(_) | Value::Geometry(_) => value.to_string(),
        Value::Boolean(value) => constant(*value).to_owned(),
        Value::Date(date) => format!("DATE('{date}')"),
        Value::Time(time) => format!("TIMESTAMP('{time}')"),
        Value::Text(_)
        | Value::Code(_)
        | Value::Codes(_)
        | Value::Record(_)
        | Value::Blob(_)
        | Value::Rows(_) => quoted(&value.to_string(), '\''),
    }
}

fn constant(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

fn quoted(text: &str, quote: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for letter in text.chars() {
        if letter == quote {
            quoted.push(quote);
        }
        quoted.push(letter);
    }
    quoted.push(quote);
    quoted
}
