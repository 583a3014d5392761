//! Answers that come as JSON: what a record's own JSON gives, and texts as a person would type them.
//!
//! Shapes are GeoJSON, several codes a list, numbers numbers, rows a list of objects. A text field
//! takes a JSON text exactly as it is. What is wrong within rows is said with its row and column:
//! `victims[2].age`.

use model::decimal::Decimal;
use model::finding::Finding;
use model::id::Name;
use model::limits::ROWS_MAX;
use model::rows::Row;
use model::value::{FieldType, Value};
use serde_json::{Number, Value as Json};
use spatial::geojson;

use super::{parse_answer, wrong};
use crate::check::unknown_column;
use crate::form::Field;

/// The value that `given` means for `field`; `None` where it is null, an empty text or an empty list.
pub fn parse_json(field: &Field, given: &Json) -> Result<Option<Value>, Vec<Finding>> {
    match (field.kind, given) {
        (_, Json::Null) => Ok(None),
        (FieldType::Text, Json::String(text)) => {
            Ok((!text.trim().is_empty()).then(|| Value::Text(text.clone())))
        }
        (_, Json::String(text)) => parse_answer(field, text),
        (FieldType::Boolean, Json::Bool(yes)) => Ok(Some(Value::Boolean(*yes))),
        (FieldType::Integer | FieldType::Decimal, Json::Number(number)) => {
            parse_answer(field, &plain(number))
        }
        (FieldType::Codes, Json::Array(codes)) => {
            let codes = codes.iter().map(|code| code.as_str().map(str::to_owned));
            let codes: Option<_> = codes.collect();
            let codes = Value::Codes(codes.ok_or_else(|| vec![wrong_type(field, given)])?);
            Ok(Some(codes).filter(|value| !is_empty(value)))
        }
        (FieldType::Rows, Json::Array(rows)) => read_rows(field, rows),
        (kind, Json::Object(_)) if kind.is_spatial() => {
            let parsed = geojson::parse_geometry(given)
                .map_err(|error| vec![error.finding().in_column(field.name.as_str())])?;
            Ok(parsed.geometry.map(Value::Geometry))
        }
        _ => Err(vec![wrong_type(field, given)]),
    }
}

/// Rows from the JSON text of them.
pub(super) fn parse_rows(field: &Field, text: &str) -> Result<Option<Value>, Vec<Finding>> {
    let refused = || vec![wrong("answer-not-rows", text).in_column(field.name.as_str())];
    match serde_json::from_str(text) {
        Ok(Json::Array(rows)) => read_rows(field, &rows),
        _ => Err(refused()),
    }
}

fn read_rows(field: &Field, given: &[Json]) -> Result<Option<Value>, Vec<Finding>> {
    if given.len() > ROWS_MAX {
        let finding = Finding::error("answer-too-many-rows").in_column(field.name.as_str());
        return Err(vec![finding.with("rows", given.len()).with("max", ROWS_MAX)]);
    }
    let (mut rows, mut findings) = (Vec::with_capacity(given.len()), Vec::new());
    for (place, row) in given.iter().enumerate() {
        match read_row(field, row) {
            Ok(row) => rows.push(row),
            Err(found) => findings.extend(found.into_iter().map(|f| within(f, field, place))),
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok((!rows.is_empty()).then_some(Value::Rows(rows)))
}

fn read_row(field: &Field, given: &Json) -> Result<Row, Vec<Finding>> {
    let Json::Object(given) = given else {
        let finding = Finding::error("answer-wrong-type").with("expected", "object");
        return Err(vec![finding.with("found", kind_of(given))]);
    };
    let (mut row, mut findings) = (Row::new(), Vec::new());
    for (name, value) in given {
        match read_cell(field, name, value) {
            Ok(cell) => row.extend(cell),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(row) } else { Err(findings) }
}

fn read_cell(
    field: &Field,
    name: &str,
    given: &Json,
) -> Result<Option<(Name, Value)>, Vec<Finding>> {
    let column = field.column(name).ok_or_else(|| vec![unknown_column(field, name)])?;
    let value = parse_json(column, given)?;
    Ok(value.map(|value| (column.name.clone(), value)))
}

/// A finding about a column of a row, said from outside: `victims[2].age`. Rows count from 1.
pub(crate) fn within(mut finding: Finding, field: &Field, place: usize) -> Finding {
    let row = format!("{}[{}]", field.name, place.saturating_add(1));
    finding.at.column = Some(match finding.at.column {
        Some(column) => format!("{row}.{column}"),
        None => row,
    });
    finding
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Codes(codes) if codes.is_empty())
}

fn wrong_type(field: &Field, given: &Json) -> Finding {
    let finding = Finding::error("answer-wrong-type").in_column(field.name.as_str());
    finding.with("expected", field.kind).with("found", kind_of(given))
}

/// A number without an exponent, where it has 18 digits at most; else as it was written, to be
/// refused.
fn plain(number: &Number) -> String {
    let text = number.to_string();
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let shifted = || {
        let digits: Decimal = digits.parse().ok()?;
        let exponent: i16 = exponent.parse().ok()?;
        let scale = i16::from(digits.scale()).checked_sub(exponent)?;
        match u8::try_from(scale) {
            Ok(scale) => Decimal::new(digits.mantissa(), scale),
            Err(_negative) => {
                let factor = 10_i64.checked_pow(u32::from(scale.unsigned_abs()))?;
                Decimal::new(digits.mantissa().checked_mul(factor)?, 0)
            }
        }
    };
    shifted().map_or(text.clone(), |number| number.to_string())
}

fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "text",
        Json::Array(_) => "list",
        Json::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Sheet;
    use crate::survey;

    fn field(sheet: &str, name: &str) -> Field {
        let sheet = Sheet { file: "s", bytes: sheet.as_bytes() };
        let reading = survey::read(&[sheet], None, "en");
        assert_eq!(reading.findings, Vec::new());
        reading.form.field(name).expect("a field").clone()
    }

    fn victims() -> Field {
        let sheet = "type,name\nbegin_repeat,victims\ninteger,age\ntext,name\nselect_multiple h,harm\n\
                     geopoint,place\ndate,day\nbegin_repeat,kin\ntext,name\nend_repeat,\nend_repeat,\n";
        field(sheet, "victims")
    }

    #[test]
    fn rows_are_read_from_their_own_text() {
        let text = r#"[{"age":12,"day":"2018-03-01","harm":["a","b"],"kin":[{"name":"x"},{}],"name":" as it is ","place":{"type":"Point","coordinates":[-4.5,16.25]}},{}]"#;
        let value = parse_answer(&victims(), text).expect("rows").expect("a value");
        assert_eq!(value.to_string(), text);
        let typed = r#"[{"age":"12","harm":"b a","place":"16.25 -4.5","day":"2018-3-1","name":null,"kin":[]}]"#;
        let value = parse_answer(&victims(), typed).expect("rows").expect("a value");
        assert_eq!(
            value.to_string(),
            r#"[{"age":12,"day":"2018-03-01","harm":["a","b"],"place":{"type":"Point","coordinates":[-4.5,16.25]}}]"#
        );
        for empty in ["", " ", "[]"] {
            assert_eq!(parse_answer(&victims(), empty), Ok(None), "{empty}");
        }
    }

    fn said(text: &str) -> Vec<String> {
        let findings = parse_answer(&victims(), text).expect_err(text);
        findings.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn every_fault_of_rows_is_said_with_its_row_and_column() {
        assert_eq!(
            said(r#"[{"age":"x","nam":"a"},{},{"kin":[{},{"name":7}],"age":1.5},"x"]"#),
            [
                "answer-not-a-number [victims[1].age] value=x",
                "answer-field-unknown [victims[1].nam] field=nam nearest=name",
                "answer-wrong-type [victims[3].kin[2].name] expected=text found=number",
                "answer-not-whole [victims[3].age] value=1.5",
                "answer-wrong-type [victims[4]] expected=object found=text",
            ]
        );
        assert_eq!(said("{\"age\":1}"), ["answer-not-rows [victims] value={\"age\":1}"]);
        assert_eq!(said("3 men"), ["answer-not-rows [victims] value=3 men"]);
        let many = format!("[{}]", vec!["{}"; 1_001].join(","));
        assert_eq!(said(&many), ["answer-too-many-rows [victims] rows=1001 max=1000"]);
    }

    #[test]
    fn deep_text_is_refused_and_does_not_end_the_program() {
        let deep = "[".repeat(100_000);
        assert_eq!(said(&deep).len(), 1);
    }

    #[test]
    fn numbers_lose_their_exponent_and_nothing_else() {
        let plain = |text: &str| plain(&text.parse().expect("a number"));
        assert_eq!(plain("12"), "12");
        assert_eq!(plain("1.50"), "1.5");
        assert_eq!(plain("1e3"), "1000");
        assert_eq!(plain("2.5e-7"), "0.00000025");
        assert_eq!(plain("-9223372036854775808"), "-9223372036854775808");
        assert_eq!(plain("1e300"), "1e300".parse::<Number>().expect("a number").to_string());
        assert_eq!(plain("18446744073709551615"), "18446744073709551615");
    }
}
