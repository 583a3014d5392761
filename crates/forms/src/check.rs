//! Whether values may stand in a field at all: known fields, right types, codes that hold on the day,
//! sizes within the limits. What a form asks of answers beyond that is [`crate::compiled`]'s to say.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::limits::{
    ROWS_BYTES_MAX, ROWS_DEPTH_MAX, ROWS_MAX, TEXT_BYTES_MAX, VALUE_POSITIONS_MAX,
};
use model::place::{Geometry, PlaceError};
use model::rows::{self, Row};
use model::time::Date;
use model::value::{FieldType, Value};

use crate::answer::{place_finding, within};
use crate::form::{Field, Form};
use crate::list::{CodeList, Lists};
use spatial::ring::check_area;

/// A code that does not hold on the day.
pub(crate) const CODE_NOT_VALID: &str = "answer-code-not-valid";

/// Checks what is there, and demands nothing.
pub(crate) fn check_values(
    form: &Form,
    lists: &Lists,
    values: &BTreeMap<Name, Option<Value>>,
    on: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, value) in values {
        match form.field(name.as_str()) {
            Some(field) => {
                findings.extend(value.iter().flat_map(|v| check_given(field, lists, v, on)));
            }
            None => findings.push(unknown_field(form, name.as_str())),
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

/// The finding for a column that the rows of a field do not have.
pub(crate) fn unknown_column(field: &Field, name: &str) -> Finding {
    let near = suggestion(name, field.fields.iter().map(|column| column.name.as_str()));
    let finding = Finding::error("answer-field-unknown").in_column(name);
    finding.with("field", name).with("nearest", near)
}

fn check_given(field: &Field, lists: &Lists, value: &Value, on: Date) -> Vec<Finding> {
    match value {
        Value::Rows(rows) if field.kind == FieldType::Rows => match check_size(value, rows) {
            Some(finding) => vec![finding.in_column(field.name.as_str())],
            None => check_rows(field, lists, rows, on),
        },
        single => check_single(field, lists, single, on).into_iter().collect(),
    }
}

fn check_rows(field: &Field, lists: &Lists, rows: &[Row], on: Date) -> Vec<Finding> {
    let rows = rows.iter().enumerate();
    let findings = rows.flat_map(|(place, row)| {
        let findings = check_row(field, lists, row, on);
        findings.into_iter().map(move |finding| within(finding, field, place))
    });
    findings.collect()
}

fn check_row(field: &Field, lists: &Lists, row: &Row, on: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, value) in row {
        match field.column(name.as_str()) {
            Some(column) => findings.extend(check_given(column, lists, value, on)),
            None => findings.push(unknown_column(field, name.as_str())),
        }
    }
    findings
}

/// How many rows there are, how deep they stand and how long their text is.
fn check_size(value: &Value, rows: &[Row]) -> Option<Finding> {
    let measure = rows::measure(rows);
    if measure.rows > ROWS_MAX {
        let finding = Finding::error("answer-too-many-rows").with("rows", measure.rows);
        return Some(finding.with("max", ROWS_MAX));
    }
    if measure.depth > ROWS_DEPTH_MAX {
        let finding = Finding::error("answer-rows-too-deep").with("depth", measure.depth);
        return Some(finding.with("max", ROWS_DEPTH_MAX));
    }
    let bytes = text_length(value);
    let too_long = || Finding::error("answer-too-long").with("bytes", bytes);
    (bytes > ROWS_BYTES_MAX).then(|| too_long().with("max", ROWS_BYTES_MAX))
}

fn text_length(value: &Value) -> usize {
    struct Length(usize);
    impl Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = self.0.saturating_add(text.len());
            Ok(())
        }
    }
    let mut length = Length(0);
    // Counting refuses nothing, so neither does writing.
    write!(length, "{value}").map_or(usize::MAX, |()| length.0)
}

fn check_single(field: &Field, lists: &Lists, value: &Value, on: Date) -> Option<Finding> {
    if value.field_type() != field.kind {
        let finding = Finding::error("answer-wrong-type").with("expected", field.kind);
        return Some(finding.with("found", value.field_type()).in_column(field.name.as_str()));
    }
    let finding = match value {
        Value::Text(text) => check_text(text),
        Value::Geometry(geometry) => check_geometry(geometry),
        Value::Code(code) => check_code(field, lists, code, on),
        Value::Codes(codes) => codes.iter().find_map(|code| check_code(field, lists, code, on)),
        _ => None,
    };
    finding.map(|finding| finding.in_column(field.name.as_str()))
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
            let finding = Finding::error(CODE_NOT_VALID).with("code", code).with("on", on);
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
    use crate::compiled::{Compiled, Context};
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

    type Values = BTreeMap<Name, Option<Value>>;

    fn check(form: &Form, lists: &Lists, values: &Values, on: Date) -> Vec<String> {
        let compiled = Compiled::new(form, lists).expect("no mistakes");
        let (offset_minutes, language, seed) = (0, "en", [0; 2]);
        let context = Context { now: on.start(), on, offset_minutes, language, seed };
        compiled.check(values, &context).findings.iter().map(Finding::to_string).collect()
    }

    fn said(answers: &[(&str, Value)], on: &str) -> Vec<String> {
        let (form, lists) = form();
        let values = answers
            .iter()
            .map(|(name, value)| (Name::new(name).expect("a name"), Some(value.clone())));
        check(&form, &lists, &values.collect(), on.parse().expect("a day"))
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
        assert_eq!(deaths(-3), ["answer-constraint [deaths] value=-3 constraint=. >= 0"]);
    }

    #[test]
    fn a_cleared_field_counts_as_missing() {
        let (form, lists) = form();
        let values = BTreeMap::from([(Name::new("summary").expect("a name"), None)]);
        let findings = check(&form, &lists, &values, Date::from_days(0));
        assert_eq!(findings, ["answer-required [summary]"]);
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
    fn rows_are_checked_column_by_column_and_say_where() {
        let sheet = "type,name,required,relevant\nbegin_repeat,victims,yes,\nselect_one kind,type,,\n\
                    text,name,yes,\ntext,why,yes,${type} = 'a'\nend_repeat,,,\n";
        let reading = survey::read(&[Sheet { file: "s", bytes: sheet.as_bytes() }], None, "en");
        assert_eq!(reading.findings, Vec::new());
        let (_form, lists) = form();
        let name = |text: &str| Name::new(text).expect("a name");
        let right = Row::from([(name("name"), text("x")), (name("type"), code("clash"))]);
        let wrong = Row::from([(name("type"), code("riad")), (name("nme"), text("x"))]);
        let short = Row::from([(name("name"), Value::Integer(3))]);
        let said = |rows: Vec<Row>| -> Vec<String> {
            let values = Values::from([(name("victims"), Some(Value::Rows(rows)))]);
            check(&reading.form, &lists, &values, Date::from_days(0))
        };
        assert_eq!(said(vec![right.clone()]), Vec::<String>::new());
        assert_eq!(
            said(vec![right.clone(), wrong, short]),
            [
                "answer-field-unknown [victims[2].nme] field=nme nearest=name",
                "answer-code-unknown [victims[2].type] code=riad list=kind nearest=raid",
                "answer-wrong-type [victims[3].name] expected=text found=integer",
                "answer-required [victims[2].name]",
            ]
        );
        assert_eq!(said(vec![right.clone(); 1_000]), Vec::<String>::new());
        assert_eq!(said(vec![right; 1_001]), ["answer-too-many-rows [victims] rows=1001 max=1000"]);
        let long = Row::from([(name("name"), text(&"x".repeat(32_768)))]);
        assert_eq!(said(vec![long.clone(); 31]), Vec::<String>::new());
        let many = "answer-too-long [victims] bytes=1048961 max=1048576";
        assert_eq!(said(vec![long; 32]), [many]);
        let mut deep = Value::Rows(vec![Row::new()]);
        for _ in 0..3 {
            deep = Value::Rows(vec![Row::from([(name("name"), deep)])]);
        }
        let Value::Rows(deep) = deep else { panic!("rows") };
        assert_eq!(said(deep), ["answer-rows-too-deep [victims] depth=4 max=3"]);
        let no_rows = check(&reading.form, &lists, &BTreeMap::new(), Date::from_days(0));
        assert_eq!(no_rows, ["answer-required [victims]"]);
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
        let crossing: Vec<Finding> =
            check_single(area, &lists, &bow_tie, Date::from_days(0)).into_iter().collect();
        assert_eq!(crossing[0].code, "place-ring-crosses");
        let at = |lon| Position::from_units(lon, 0).expect("in range");
        let line = Geometry::Line((0..4_001).map(at).collect());
        assert_eq!(check_geometry(&line).map(|finding| finding.code), Some("place-too-long"));
    }
}
