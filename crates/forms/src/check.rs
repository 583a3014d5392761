//! Whether values may stand in a record of a form: known fields, right types, codes that hold on
//! the day, numbers within their bounds, sizes within the limits, nothing required missing.

use std::collections::BTreeMap;

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::limits::{TEXT_BYTES_MAX, VALUE_POSITIONS_MAX};
use model::place::{Geometry, PlaceError};
use model::time::Date;
use model::value::Value;

use crate::answer::place_finding;
use crate::form::{Field, Form};
use crate::list::{CodeList, Lists};
use spatial::ring::check_area;

/// Checks the whole record: `values` are all it has, `on` is the day its codes must hold on. A
/// field with a `relevant` expression is not demanded, because it may rightly not have been asked.
pub fn check(
    form: &Form,
    lists: &Lists,
    values: &BTreeMap<Name, Option<Value>>,
    on: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, value) in values {
        match form.field(name.as_str()) {
            Some(field) => {
                findings.extend(value.iter().filter_map(|v| check_value(field, lists, v, on)));
            }
            None => findings.push(unknown_field(form, name.as_str())),
        }
    }
    for field in form.fields().iter().filter(|field| field.required && field.relevant.is_none()) {
        if values.get(&field.name).is_none_or(Option::is_none) {
            findings.push(Finding::error("answer-required").in_column(field.name.as_str()));
        }
    }
    findings
}

/// The finding for a field that the form does not have.
pub fn unknown_field(form: &Form, name: &str) -> Finding {
    let near = suggestion(name, form.names());
    let finding = Finding::error("answer-field-unknown").in_column(name);
    finding.with("field", name).with("nearest", near)
}

/// Checks one value for its field: for an edit, which leaves the other fields alone.
pub fn check_value(field: &Field, lists: &Lists, value: &Value, on: Date) -> Option<Finding> {
    if value.field_type() != field.kind {
        let finding = Finding::error("answer-wrong-type").with("expected", field.kind);
        return Some(finding.with("found", value.field_type()).in_column(field.name.as_str()));
    }
    let finding = match value {
        Value::Text(text) => check_text(text),
        Value::Geometry(geometry) => check_geometry(geometry),
        Value::Code(code) => check_code(field, lists, code, on),
        Value::Codes(codes) => codes.iter().find_map(|code| check_code(field, lists, code, on)),
        number => check_bounds(field, number),
    };
    finding.map(|finding| finding.in_column(field.name.as_str()))
}

fn check_bounds(field: &Field, value: &Value) -> Option<Finding> {
    let broken = field.bounds.iter().find(|bound| !bound.holds(value))?;
    Some(Finding::error("answer-out-of-bounds").with("value", value).with("bound", broken))
}

fn check_text(text: &str) -> Option<Finding> {
    let too_long = || Finding::error("answer-too-long").with("bytes", text.len());
    (text.len() > TEXT_BYTES_MAX).then(|| too_long().with("max", TEXT_BYTES_MAX))
}

fn check_geometry(geometry: &Geometry) -> Option<Finding> {
    let found = geometry.positions().count();
    if found > VALUE_POSITIONS_MAX {
        let error = PlaceError::TooManyPositions { found, max: VALUE_POSITIONS_MAX };
        return Some(place_finding(&error));
    }
    match geometry {
        Geometry::Area(_) => check_area(geometry).err().map(|e| place_finding(&e)),
        Geometry::Point(_) | Geometry::Line(_) => None,
    }
}

fn check_code(field: &Field, lists: &Lists, code: &str, on: Date) -> Option<Finding> {
    let list = lists.get(field.list.as_ref()?)?;
    if list.on(code, on).is_some() {
        return None;
    }
    Some(match list.get(code) {
        None => unknown_code(list, code),
        Some(known) => {
            let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
            let finding = Finding::error("answer-code-not-valid").with("code", code).with("on", on);
            finding.with("from", day(known.valid_from)).with("to", day(known.valid_to))
        }
    })
}

/// The finding for a code that the list never had.
pub fn unknown_code(list: &CodeList, code: &str) -> Finding {
    let known = list.codes().iter().map(|known| known.code.as_str());
    let finding = Finding::error("answer-code-unknown").with("code", code);
    let near = suggestion(code, known);
    finding.with("list", &list.name).with("nearest", near)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::place::Position;

    use super::*;
    use crate::answer::parse_answer;
    use crate::list_sheet::read_list;
    use crate::sheet::Sheet;
    use crate::survey;

    fn form() -> (Form, Lists) {
        let text = "type,name,required,relevant,constraint\ntext,summary,yes,,\nselect_one kind,type,,,\n\
                    select_multiple kind,types,,,\ngeoshape,area,,,\ninteger,why,yes,${type} = 'a',\ninteger,deaths,,,. >= 0\n";
        let reading = survey::read(&[Sheet { file: "s", bytes: text.as_bytes() }], None, "en");
        assert_eq!(reading.findings, Vec::new());
        let name = Name::new("kind").expect("a name");
        let codes = b"code,valid_from,valid_to\nclash,,\nraid,2013-07-01,2018-06-30\n";
        let mut findings = Vec::new();
        let list = read_list(&name, Sheet { file: "k", bytes: codes }, "en", &mut findings);
        (reading.form, Lists::from([(name, Arc::new(list))]))
    }

    fn said(answers: &[(&str, Value)], on: &str) -> Vec<String> {
        let (form, lists) = form();
        let values = answers
            .iter()
            .map(|(name, value)| (Name::new(name).expect("a name"), Some(value.clone())));
        let findings = check(&form, &lists, &values.collect(), on.parse().expect("a day"));
        findings.iter().map(Finding::to_string).collect()
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn code(code: &str) -> Value {
        Value::Code(code.to_owned())
    }

    #[test]
    fn a_right_record_passes_and_an_empty_one_misses_what_is_required() {
        assert_eq!(
            said(&[("summary", text("x")), ("type", code("raid"))], "2018-06-30"),
            Vec::<String>::new()
        );
        assert_eq!(said(&[("type", code("clash"))], "2018-06-30"), ["answer-required [summary]"]);
    }

    #[test]
    fn impossible_numbers_are_refused() {
        let deaths = |number| {
            said(&[("summary", text("x")), ("deaths", Value::Integer(number))], "2019-01-01")
        };
        assert_eq!(deaths(0), Vec::<String>::new());
        assert_eq!(deaths(-3), ["answer-out-of-bounds [deaths] value=-3 bound=>= 0"]);
    }

    #[test]
    fn a_cleared_field_counts_as_missing() {
        let (form, lists) = form();
        let values = BTreeMap::from([(Name::new("summary").expect("a name"), None)]);
        let findings = check(&form, &lists, &values, Date::from_days(0));
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn all_faults_of_a_record_are_said_at_once() {
        let several = Value::Codes(["clash".to_owned(), "riad".to_owned()].into());
        assert_eq!(
            said(
                &[
                    ("summry", text("x")),
                    ("summary", Value::Integer(1)),
                    ("type", code("raid")),
                    ("types", several)
                ],
                "2019-01-01"
            ),
            [
                "answer-wrong-type [summary] expected=text found=integer",
                "answer-field-unknown [summry] field=summry nearest=summary",
                "answer-code-not-valid [type] code=raid on=2019-01-01 from=2013-07-01 to=2018-06-30",
                "answer-code-unknown [types] code=riad list=kind nearest=raid",
            ]
        );
    }

    #[test]
    fn texts_and_areas_have_limits() {
        assert_eq!(
            said(&[("summary", text(&"x".repeat(32_768)))], "2019-01-01"),
            Vec::<String>::new()
        );
        let long = said(&[("summary", text(&"x".repeat(32_769)))], "2019-01-01");
        assert_eq!(long, ["answer-too-long [summary] bytes=32769 max=32768"]);
        let (form, lists) = form();
        let area = form.field("area").expect("a field");
        let bow_tie = parse_answer(area, "0 0;1 1;0 1;1 0;0 0").expect("a shape").expect("a value");
        let crossing = check_value(area, &lists, &bow_tie, Date::from_days(0)).expect("a finding");
        assert_eq!(crossing.code, "place-ring-crosses");
        let at = |lon| Position::from_units(lon, 0).expect("in range");
        let line = Geometry::Line((0..4_001).map(at).collect());
        assert_eq!(check_geometry(&line).map(|finding| finding.code), Some("place-too-long"));
    }
}
