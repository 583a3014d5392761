//! Rows: the value of a repeated part of a form, and the JSON text of it.
//!
//! What a row lacks has no key: there is no "no value" inside of rows. How many rows and how deep is
//! in [`crate::limits`]; [`measure`] says both of a value.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter, Write};

use crate::id::Name;
use crate::place::{Degrees, Geometry, Polygon, Position, Ring};
use crate::value::Value;

/// One row: its values by column.
pub type Row = BTreeMap<Name, Value>;

/// How much there is in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Rows, those within rows included.
    pub rows: usize,
    /// How deep: 1 where no row has rows.
    pub depth: usize,
}

/// Counts rows and how deep they stand.
pub fn measure(rows: &[Row]) -> Measure {
    let mut whole = Measure { rows: rows.len(), depth: 1 };
    for value in rows.iter().flat_map(Row::values) {
        if let Value::Rows(inner) = value {
            let inner = measure(inner);
            whole.rows = whole.rows.saturating_add(inner.rows);
            whole.depth = whole.depth.max(inner.depth.saturating_add(1));
        }
    }
    whole
}

/// Writes rows as a JSON list of objects: numbers and yes or no as such, several codes as a list,
/// shapes as GeoJSON, everything else as text.
pub(crate) fn write_json(rows: &[Row], f: &mut Formatter<'_>) -> fmt::Result {
    write_list(rows, f, |row, f| {
        f.write_char('{')?;
        for (place, (name, value)) in row.iter().enumerate() {
            f.write_str(if place > 0 { ",\"" } else { "\"" })?;
            f.write_str(name.as_str())?;
            f.write_str("\":")?;
            write_value(value, f)?;
        }
        f.write_char('}')
    })
}

fn write_value(value: &Value, f: &mut Formatter<'_>) -> fmt::Result {
    match value {
        Value::Text(text) | Value::Code(text) => write_text(text, f),
        Value::Codes(codes) => write_list(codes, f, |code, f| write_text(code, f)),
        Value::Geometry(shape) => write_geometry(shape, f),
        Value::Integer(_) | Value::Decimal(_) | Value::Boolean(_) | Value::Rows(_) => {
            write!(f, "{value}")
        }
        Value::Date(_) | Value::Time(_) | Value::Record(_) | Value::Blob(_) => {
            write!(f, "\"{value}\"")
        }
    }
}

fn write_geometry(shape: &Geometry, f: &mut Formatter<'_>) -> fmt::Result {
    let kind = match shape {
        Geometry::Point(_) => "Point",
        Geometry::Line(_) => "LineString",
        Geometry::Area(polygons) if polygons.len() == 1 => "Polygon",
        Geometry::Area(_) => "MultiPolygon",
    };
    write!(f, "{{\"type\":\"{kind}\",\"coordinates\":")?;
    match shape {
        Geometry::Point(at) => write_position(*at, f)?,
        Geometry::Line(line) => write_positions(line, f)?,
        Geometry::Area(polygons) => match polygons.as_slice() {
            [one] => write_rings(one, f)?,
            several => write_list(several, f, write_rings)?,
        },
    }
    f.write_char('}')
}

fn write_rings(polygon: &Polygon, f: &mut Formatter<'_>) -> fmt::Result {
    write_list(polygon.rings(), f, |ring: &Ring, f| write_positions(ring.positions(), f))
}

fn write_positions(positions: &[Position], f: &mut Formatter<'_>) -> fmt::Result {
    write_list(positions, f, |at, f| write_position(*at, f))
}

fn write_position(at: Position, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "[{},{}]", Degrees(at.lon()), Degrees(at.lat()))
}

fn write_list<T>(
    items: impl IntoIterator<Item = T>,
    f: &mut Formatter<'_>,
    write_one: impl Fn(T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_char('[')?;
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            f.write_char(',')?;
        }
        write_one(item, f)?;
    }
    f.write_char(']')
}

/// RFC 8259, 7: what must be escaped, and nothing else.
fn write_text(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if u32::from(control) < 0x20 => write!(f, "\\u{:04x}", u32::from(control))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).expect("a name")
    }

    fn row(values: &[(&str, Value)]) -> Row {
        values.iter().map(|(column, value)| (name(column), value.clone())).collect()
    }

    #[test]
    fn rows_are_text_that_is_json() {
        let at = Position::from_degrees(-4.5, 16.25).expect("a place");
        let given = Value::Rows(vec![
            row(&[
                ("age", Value::Integer(12)),
                ("name", Value::Text("a \"b\"\\\n\u{1}é".to_owned())),
                ("codes", Value::Codes(["b".to_owned(), "a".to_owned()].into())),
                ("place", Value::Geometry(Geometry::Point(at))),
                ("hurt", Value::Boolean(false)),
            ]),
            Row::new(),
            row(&[("inner", Value::Rows(vec![row(&[("sex", Value::Code("F".to_owned()))])]))]),
        ]);
        let expected = r#"[{"age":12,"codes":["a","b"],"hurt":false,"name":"a \"b\"\\\n\u0001é","place":{"type":"Point","coordinates":[-4.5,16.25]}},{},{"inner":[{"sex":"F"}]}]"#;
        assert_eq!(given.to_string(), expected);
    }

    #[test]
    fn rows_within_rows_are_counted() {
        let two = Value::Rows(vec![Row::new(), Row::new()]);
        let rows = [row(&[("a", two.clone())]), row(&[("a", two), ("b", Value::Integer(1))])];
        assert_eq!(measure(&rows), Measure { rows: 6, depth: 2 });
        assert_eq!(measure(&[]), Measure { rows: 0, depth: 1 });
    }
}
