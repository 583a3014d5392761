//! What a caller gives for the fields of a record, as texts or as JSON, into values: every finding at
//! once. What a single answer means is for crate `forms` to say.

use forms::answer::{parse_answer, parse_json};
use forms::form::Field;
use mission::register::Register;
use model::finding::Finding;
use model::value::Value;
use serde_json::{Map, Value as Json};

use crate::edit::Values;
use crate::error::AppError;

/// What is said of a field that is not there.
const UNKNOWN_FIELD: &str = "answer-field-unknown";

/// Answers by field.
#[derive(Debug, Clone, Copy)]
pub enum Answers<'a> {
    /// As somebody typed them; an empty text is no value.
    Texts(&'a [(String, String)]),
    /// As JSON; null and an empty text are no value.
    Json(&'a Map<String, Json>),
    /// As values, read already.
    Values(&'a Values),
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
        let Reading { values, findings, .. } = self.read(register);
        if findings.is_empty() { Ok(values) } else { Err(AppError::invalid(findings)) }
    }

    /// The values that can be read by now, of answers that are still being typed. A field that is not
    /// there is no half-typed answer.
    pub(crate) fn readable(self, register: &Register) -> Result<Values, AppError> {
        let Reading { values, mut findings, .. } = self.read(register);
        findings.retain(|finding| finding.code == UNKNOWN_FIELD);
        if findings.is_empty() { Ok(values) } else { Err(AppError::invalid(findings)) }
    }

    fn read(self, register: &Register) -> Reading<'_> {
        let mut reading = Reading { register, values: Values::new(), findings: Vec::new() };
        match self {
            Self::Texts(texts) => {
                for (name, text) in texts {
                    reading.read(name, |field| parse_answer(field, text));
                }
            }
            Self::Json(values) => {
                for (name, value) in values {
                    reading.read(name, |field| parse_json(field, value));
                }
            }
            Self::Values(values) => reading.values.clone_from(values),
        }
        reading
    }
}

struct Reading<'r> {
    register: &'r Register,
    values: Values,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn read(
        &mut self,
        name: &str,
        parse: impl FnOnce(&Field) -> Result<Option<Value>, Vec<Finding>>,
    ) {
        let form = &self.register.form;
        let Some(field) = form.field(name) else {
            self.findings.push(forms::check::unknown_field(form, name));
            return;
        };
        match parse(field) {
            Ok(value) => {
                self.values.insert(field.name.clone(), value);
            }
            Err(findings) => self.findings.extend(findings),
        }
    }
}
