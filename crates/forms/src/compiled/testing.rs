//! Forms, answers and a clock for tests of expressions.

use std::sync::Arc;

use model::finding::Location;

use super::run::Run;
use super::*;
use crate::list_sheet::read_choices;
use crate::sheet::Sheet;
use crate::survey;

/// Noon of 1 March 2018, where clocks are one hour ahead of UTC.
pub(crate) fn context() -> Context<'static> {
    let now: Timestamp = "2018-03-01T11:00:00Z".parse().expect("a time");
    let on = now.date();
    Context { now, on, offset_minutes: 60, language: "en", seed: [7, 11] }
}

/// A form from the rows of a survey and of its choices.
pub(crate) fn form(survey: &str, choices: &str) -> (Form, Lists) {
    let sheets = [Sheet { file: "survey.csv", bytes: survey.as_bytes() }];
    let reading = survey::read(&sheets, None, "en");
    assert_eq!(reading.findings, Vec::new());
    let mut findings = Vec::new();
    let sheet = Sheet { file: "choices.csv", bytes: choices.as_bytes() };
    let lists =
        if choices.is_empty() { Vec::new() } else { read_choices(sheet, "en", &mut findings) };
    assert_eq!(findings, Vec::new());
    let lists = lists.into_iter().map(|list| (list.name.clone(), Arc::new(list)));
    (reading.form, lists.collect())
}

/// A compiled form.
pub(crate) fn compiled(survey: &str, choices: &str) -> Compiled {
    let (form, lists) = form(survey, choices);
    Compiled::new(&form, &lists).expect("a form without mistakes")
}

fn one(expression: &str) -> Compiled {
    let cell = expression.replace('"', "\"\"");
    compiled(&format!("type,name,calculation\ncalculate,x,\"{cell}\"\n"), "")
}

/// What an expression comes to, as text.
pub(crate) fn answer(expression: &str) -> String {
    let checked = one(expression).check(&Answers::new(), &context());
    assert_eq!(checked.findings, Vec::new(), "{expression}");
    let value = checked.changes.into_values().next().flatten();
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Why an expression comes to nothing.
pub(crate) fn failure(expression: &str) -> String {
    let checked = one(expression).check(&Answers::new(), &context());
    let [finding] = checked.findings.try_into().expect("one finding");
    Finding { at: Location::default(), ..finding }.to_string()
}

/// How many nodes an expression looks at, whether it comes to something or not. One that cannot be
/// compiled looks at none.
pub(crate) fn used(expression: &str) -> u64 {
    let (mut form, lists) = form("type,name\ncalculate,x\n", "");
    let mut field = form.fields()[0].clone();
    field.calculation = Some(expression.to_owned());
    form = Form::new(form.title, vec![field], Vec::new());
    let Ok(compiled) = Compiled::new(&form, &lists) else { return 0 };
    let (answers, context) = (Answers::new(), context());
    let mut run = Run::new(&compiled, &answers, &context);
    run.all();
    run.used.nodes
}
