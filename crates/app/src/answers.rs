//! What a caller gives for the fields of a record, as texts or as JSON, into values.
//!
//! JSON takes what the record's own JSON gives (shapes as GeoJSON, codes as a list, numbers) and
//! texts as a person would type them. A text field takes a JSON text exactly as it is.

use exchange::json;
use forms::answer::parse_answer;
use forms::form::Field;
use mission::register::Register;
use model::decimal::Decimal;
use model::finding::Finding;
use model::value::{FieldType, Value};
use serde_json::{Map, Number, Value as Json};

use crate::edit::Values;
use crate::error::AppError;

/// Answers by field.
#[derive(Debug, Clone, Copy)]
pub enum Answers<'a> {
    /// As somebody typed them; an empty text is no value.
    Texts(&'a [(String, String)]),
    /// As JSON; null and an empty text are no value.
    Json(&'a Map<String, Json>),
}

impl<'a> From<&'a Vec<(String, String)>> for Answers<'a> {
    fn from(texts: &'a Vec<(String, String)>) -> Self {
        Self::Texts(texts)
    }
}

impl<'a, const N: usize> From<&'a [(String, String); N]> for Answers<'a> {
    fn from(texts: &'a [(String, String); N]) -> Self {
        Self::Texts(texts)
    }
}

impl<'a> From<&'a Map<String, Json>> for Answers<'a> {
    fn from(values: &'a Map<String, Json>) -> Self {
        Self::Json(values)
    }
}

impl Answers<'_> {
    /// The values they mean; every finding at once.
    pub(crate) fn values(self, register: &Register) -> Result<Values, AppError> {
        let mut reading = Reading { register, values: Values::new(), findings: Vec::new() };
        match self {
            Self::Texts(texts) => {
                for (name, text) in texts {
                    reading.read(name, |field| parse_answer(field, text));
                }
            }
            Self::Json(values) => {
                for (name, value) in values {
                    reading.read(name, |field| from_json(field, value));
                }
            }
        }
        let Reading { values, findings, .. } = reading;
        if findings.is_empty() { Ok(values) } else { Err(AppError::invalid(findings)) }
    }
}

struct Reading<'r> {
    register: &'r Register,
    values: Values,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn read(&mut self, name: &str, parse: impl FnOnce(&Field) -> Result<Option<Value>, Finding>) {
        let form = &self.register.form;
        let Some(field) = form.field(name) else {
            self.findings.push(forms::check::unknown_field(form, name));
            return;
        };
        match parse(field) {
            Ok(value) => {
                self.values.insert(field.name.clone(), value);
            }
            Err(finding) => self.findings.push(finding),
        }
    }
}

fn from_json(field: &Field, given: &Json) -> Result<Option<Value>, Finding> {
    let wrong = || {
        let finding = Finding::error("answer-wrong-type").in_column(field.name.as_str());
        finding.with("expected", field.kind).with("found", kind_of(given))
    };
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
            Ok(Some(Value::Codes(codes.ok_or_else(wrong)?)).filter(|value| !is_empty(value)))
        }
        (kind, Json::Object(_)) if kind.is_spatial() => {
            let parsed = json::parse_geometry(given)
                .map_err(|error| error.finding().in_column(field.name.as_str()))?;
            Ok(parsed.geometry.map(Value::Geometry))
        }
        _ => Err(wrong()),
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Codes(codes) if codes.is_empty())
}

/// A number without an exponent, where it has 18 digits at most; else as it was written, to be
/// refused.
fn plain(number: &Number) -> String {
    let text = number.to_string();
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let shifted = || {
        let digits: Decimal = digits.parse().ok()?;
        let exponent: i16 = exponent.parse().ok()?;
        let scale = i16::from(digits.scale()) - exponent;
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
