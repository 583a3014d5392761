//! Expressions held against `@getodk/xforms-engine`, the engine of ODK's web forms.
//!
//! What it says stands in `fixtures/expressions`, written by `npm run oracle` in `web/`; each file is
//! one seed. What is known to differ is listed there too, with a reason, and must still differ.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use forms::answer::parse_answer;
use forms::compiled::{Answers, Compiled, Context};
use forms::form::{Field, Form};
use forms::list::Lists;
use forms::list_sheet::read_choices;
use forms::sheet::Sheet;
use forms::survey;
use model::rows::Row;
use model::time::Timestamp;
use model::value::Value;
use serde_json::Value as Json;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/expressions")
}

fn json(name: &str) -> Json {
    let text = fs::read_to_string(folder().join(name)).expect("a committed file");
    serde_json::from_str(&text).expect("JSON")
}

fn list(json: &Json) -> &[Json] {
    json.as_array().expect("a list")
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a text")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The sheet of a corpus: its questions, its rows, and a calculation for each expression.
fn sheet(corpus: &Json) -> String {
    let mut sheet = "type,name,calculation\n".to_owned();
    let mut line = |kind: &str, name: &str, calculation: &str| {
        writeln!(sheet, "{kind},{name},{}", quoted(calculation)).expect("a text takes it");
    };
    for question in list(&corpus["questions"]) {
        line(text(&question[1]), text(&question[0]), "");
    }
    line("begin_repeat", "row", "");
    for column in list(&corpus["columns"]) {
        line(text(&column[1]), text(&column[0]), "");
    }
    for (place, case) in list(&corpus["rowCases"]).iter().enumerate() {
        line("calculate", &format!("r{place}"), text(&case[0]));
    }
    line("end_repeat", "", "");
    for (place, case) in list(&corpus["cases"]).iter().enumerate() {
        line("calculate", &format!("c{place}"), text(&case[0]));
    }
    sheet
}

fn lists(corpus: &Json) -> Lists {
    let mut sheet = "list_name,name,label::en,kind\n".to_owned();
    for choice in list(&corpus["choices"]) {
        let cell = |name: &str| text(&choice[name]).to_owned();
        writeln!(sheet, "town,{},{},{}", cell("name"), cell("label"), cell("kind"))
            .expect("a text");
    }
    let mut findings = Vec::new();
    let lists =
        read_choices(Sheet { file: "choices", bytes: sheet.as_bytes() }, "en", &mut findings);
    assert_eq!(findings, Vec::new());
    lists.into_iter().map(|list| (list.name.clone(), Arc::new(list))).collect()
}

fn value(field: &Field, given: &Json) -> Option<Value> {
    parse_answer(field, text(given)).expect("an answer of the field's type")
}

fn row(repeat: &Field, given: &Json) -> Row {
    let columns = repeat.fields.iter().filter(|column| column.question != "calculate");
    let values = columns.filter_map(|column| {
        Some((column.name.clone(), value(column, &given[column.name.as_str()])?))
    });
    values.collect()
}

fn answers(form: &Form, given: &Json) -> Answers {
    let mut answers = Answers::new();
    for field in form.fields().iter().filter(|field| field.question != "calculate") {
        let value = if field.name.as_str() == "row" {
            let rows = list(&given["rows"]).iter().map(|given| row(field, given)).collect();
            Some(Value::Rows(rows))
        } else {
            value(field, &given[field.name.as_str()])
        };
        answers.insert(field.name.clone(), value);
    }
    answers
}

/// The engine ran where clocks are one hour ahead of UTC.
fn context() -> Context<'static> {
    let now = Timestamp::from_ms(1_500_000_000_000);
    Context { now, on: now.date(), offset_minutes: 60, language: "en", seed: [1, 2] }
}

/// What Casque makes of a corpus: the record, and its rows.
fn evaluated(corpus: &Json) -> (BTreeMap<String, String>, Vec<BTreeMap<String, String>>) {
    let sheet = sheet(corpus);
    let reading = survey::read(&[Sheet { file: "survey", bytes: sheet.as_bytes() }], None, "en");
    assert_eq!(reading.findings, Vec::new());
    let compiled = Compiled::new(&reading.form, &lists(corpus)).expect("no mistakes");
    let answers = answers(&reading.form, &corpus["answers"]);
    let checked = compiled.check(&answers, &context());
    assert_eq!(checked.findings, Vec::new());
    let mut record = BTreeMap::new();
    let mut rows = Vec::new();
    for (name, value) in checked.values(&answers) {
        match value {
            Some(Value::Rows(found)) => rows = found,
            Some(value) => {
                record.insert(name.to_string(), value.to_string());
            }
            None => {}
        }
    }
    let texts =
        |row: Row| row.into_iter().map(|(name, value)| (name.to_string(), value.to_string()));
    (record, rows.into_iter().map(|row| texts(row).collect()).collect())
}

#[test]
fn expressions_come_to_what_the_engine_of_form_clients_says() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| name.starts_with("seed-"))
        .collect();
    names.sort();
    assert!(names.len() > 5, "corpora are committed");
    let mut differing = Vec::new();
    for name in names {
        let corpus = json(&name);
        let (record, rows) = evaluated(&corpus);
        let mut compare = |case: &Json, engine: &Json, ours: Option<&String>| {
            // An answer is kept without blanks around it.
            let (engine, ours) = (text(engine).trim(), ours.map_or("", String::as_str));
            if engine != ours {
                differing.push(format!("{name}: {} = {engine:?}, ours {ours:?}", text(&case[0])));
            }
        };
        for (place, case) in list(&corpus["cases"]).iter().enumerate() {
            compare(case, &case[1], record.get(&format!("c{place}")));
        }
        for (place, case) in list(&corpus["rowCases"]).iter().enumerate() {
            for (engine, row) in list(&case[1]).iter().zip(&rows) {
                compare(case, engine, row.get(&format!("r{place}")));
            }
        }
    }
    assert_eq!(differing, Vec::<String>::new());
}

#[test]
fn what_is_known_to_differ_differs_as_it_is_written_down() {
    let known = json("differences.json");
    let mut corpus = json("seed-1.json");
    let case =
        |entry: &Json| Json::from(vec![entry["expression"].clone(), entry["engine"].clone()]);
    corpus["cases"] = list(&known).iter().map(case).collect();
    corpus["rowCases"] = Json::from(Vec::<Json>::new());
    corpus["answers"]["rows"] = Json::from(Vec::<Json>::new());
    let (record, _rows) = evaluated(&corpus);
    for (place, entry) in list(&known).iter().enumerate() {
        let ours = record.get(&format!("c{place}")).map_or("", String::as_str);
        assert_eq!(ours, text(&entry["casque"]), "{}", entry["expression"]);
        assert_ne!(ours, text(&entry["engine"]), "{}: no longer differs", entry["expression"]);
        assert!(text(&entry["why"]).len() > 20, "{}: say why", entry["expression"]);
    }
}
