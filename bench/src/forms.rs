//! Forms: answers checked, forms compiled, workbooks converted; the last beside pyxform, in one run.
//!
//! The form of 40 fields has everything that costs: conditions, constraints with regular expressions,
//! choice filters, calculations that depend on answers. Every checked set of answers must be right, or
//! nothing is counted.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use forms::answer::parse_answer;
use forms::compiled::{Answers, Compiled, Context};
use forms::form::Form;
use forms::list::Lists;
use forms::list_sheet::read_choices;
use forms::sheet::Sheet;
use forms::survey;
use model::time::Timestamp;

use crate::measure::{load_average, machine, own_cpu};

/// The choices of the form: towns in regions.
const CHOICES: &str = "list_name,name,label,region\nregion,n,North,\nregion,s,South,\n\
    town,gao,Gao,n\ntown,kidal,Kidal,n\ntown,sikasso,Sikasso,s\n";
const FIELDS: usize = 40;
/// Different sets of answers.
const SETS: u8 = 100;
/// The instant of every check: 9 October 2025.
const NOW_MS: i64 = 1_760_000_000_000;
/// CPU time that checks and compilations are counted in.
const SPAN: Duration = Duration::from_secs(4);
/// Passes over the workbooks, each beside one of pyxform's.
const PASSES: usize = 5;
/// Converts each workbook this often in a pass: one takes less than the peer's clock can tell.
const TIMES: u32 = 20;
const PEER: &str = "bench/peers/xforms.py";

/// Measures, and tells the rows of the tables.
pub(crate) fn run(workbooks: &[PathBuf], python: &Path, command: &str) -> anyhow::Result<String> {
    let (form, lists) = form_of_40()?;
    let checked = answers_checked(&form, &lists)?;
    let compiled = per_cpu_second(|| {
        Compiled::new(&form, &lists).map_err(refused)?;
        Ok(1)
    })?;
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        String::new(),
        "| work | per CPU second |".to_owned(),
        "|---|---:|".to_owned(),
        format!("| sets of answers to a form of {FIELDS} fields checked | {checked:.0} |"),
        format!("| expressions and lists of that form compiled | {compiled:.0} |"),
    ];
    lines.extend(beside_pyxform(workbooks, python)?);
    lines.push(format!("\nLoad average at the end: {}.", load_average()));
    Ok(lines.join("\n"))
}

fn form_of_40() -> anyhow::Result<(Form, Lists)> {
    let sheet = survey_of_40()?;
    let sheet = Sheet { file: "survey.csv", bytes: sheet.as_bytes() };
    let reading = survey::read(&[sheet], None, "en");
    let mut findings = reading.findings;
    let choices = Sheet { file: "choices.csv", bytes: CHOICES.as_bytes() };
    let lists = read_choices(choices, "en", &mut findings).into_iter();
    let lists = lists.map(|list| (list.name.clone(), Arc::new(list))).collect();
    ensure!(findings.is_empty(), "the form of the benchmark is wrong: {findings:?}");
    ensure!(reading.form.fields().len() == FIELDS, "the form has {FIELDS} fields");
    Ok((reading.form, lists))
}

fn survey_of_40() -> anyhow::Result<String> {
    let mut sheet = "type,name,relevant,constraint,calculation,required,choice_filter\n".to_owned();
    for n in 0..10 {
        writeln!(sheet, "integer,n{n},,\". >= 0 and . <= ${{n0}} + 1000\",,,")?;
    }
    for n in 0..8 {
        let constraint = "regex(., '^[A-Za-z ]+$') and string-length(.) < 80";
        writeln!(sheet, "text,t{n},\"${{n{n}}} > 3\",\"{constraint}\",,yes,")?;
    }
    for n in 0..4 {
        writeln!(sheet, "select_one region,r{n},,,,,")?;
        writeln!(sheet, "select_one town,w{n},,,,,region = ${{r{n}}}")?;
    }
    for n in 0..4 {
        writeln!(sheet, "date,d{n},,. <= today(),,,")?;
    }
    for n in 0..10 {
        let rounded = "round(${n0} * 1.5 + ${n1}, 1)";
        let calculation = format!("if(${{n{n}}} > 5, concat(${{n{n}}}, '-', ${{r0}}), {rounded})");
        writeln!(sheet, "calculate,c{n},,,\"{calculation}\",,")?;
    }
    Ok(sheet)
}

/// Sets of answers checked in a second of CPU time: types were read before, calculations are done.
fn answers_checked(form: &Form, lists: &Lists) -> anyhow::Result<f64> {
    let compiled = Compiled::new(form, lists).map_err(refused)?;
    let sets = (0..SETS).map(|set| answers(form, set)).collect::<anyhow::Result<Vec<Answers>>>()?;
    let now = Timestamp::from_ms(NOW_MS);
    let context = Context { now, on: now.date(), offset_minutes: 0, language: "en", seed: [1, 2] };
    per_cpu_second(|| {
        for set in &sets {
            let checked = compiled.check(set, &context);
            ensure!(checked.findings.is_empty(), "right answers are refused: {checked:?}");
        }
        Ok(u32::from(SETS))
    })
}

fn answers(form: &Form, set: u8) -> anyhow::Result<Answers> {
    let mut answers = Answers::new();
    for field in form.fields() {
        let text = match field.name.as_str().as_bytes() {
            [b'n', ..] => (4 + set % 9).to_string(),
            [b't', ..] => "A town in the north".to_owned(),
            [b'r', ..] => "n".to_owned(),
            [b'w', ..] => "gao".to_owned(),
            [b'd', ..] => "2018-03-01".to_owned(),
            _ => continue,
        };
        let value = parse_answer(field, &text);
        let value = value.map_err(refused)?;
        answers.insert(field.name.clone(), value);
    }
    Ok(answers)
}

fn refused(findings: impl std::fmt::Debug) -> anyhow::Error {
    anyhow::anyhow!("the form of the benchmark is refused: {findings:?}")
}

/// How much is done in a second of CPU time; what is done first is not counted.
fn per_cpu_second(mut work: impl FnMut() -> anyhow::Result<u32>) -> anyhow::Result<f64> {
    work()?;
    let (begun, mut done) = (own_cpu(), 0_u32);
    loop {
        done += work()?;
        let spent = own_cpu().saturating_sub(begun);
        if spent >= SPAN {
            return Ok(f64::from(done) / spent.as_secs_f64());
        }
    }
}

/// Workbooks that both take, converted by both in turn: the middle of the passes, and its ratio.
fn beside_pyxform(folders: &[PathBuf], python: &Path) -> anyhow::Result<Vec<String>> {
    if !python.exists() {
        return Ok(vec![format!(
            "\npyxform is not at {}: `cargo xtask forms` installs it.",
            python.display()
        )]);
    }
    let taken = workbooks(folders)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..PASSES {
        ours.push(converted(&taken)? / f64::from(TIMES));
        let (count, seconds) = by_pyxform(folders, python)?;
        theirs.push(seconds / count);
    }
    let middle = |mut passes: Vec<f64>| {
        passes.sort_by(f64::total_cmp);
        passes.get(PASSES / 2).copied().unwrap_or_default()
    };
    let count = f64::from(u32::try_from(taken.len())?);
    let (ours, theirs) = (middle(ours) / count, middle(theirs));
    Ok(vec![
        String::new(),
        format!("{} workbooks, {PASSES} passes of both in turn; the middle one.", taken.len()),
        String::new(),
        "| from workbook to `XForm` | workbooks per CPU second | times pyxform |".to_owned(),
        "|---|---:|---:|".to_owned(),
        format!("| Casque | {:.0} | {:.1} |", ours.recip(), theirs / ours),
        format!("| pyxform | {:.0} | 1 |", theirs.recip()),
    ])
}

/// The workbooks below these folders that become forms.
fn workbooks(folders: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut open: Vec<PathBuf> = folders.to_vec();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder);
        for entry in entries.with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            let is_book = path.extension().is_some_and(|known| known == "xlsx" || known == "xls");
            if path.is_dir() {
                open.push(path);
            } else if is_book && app::read_form(&path).and_then(|form| form.xform()).is_ok() {
                found.push(path);
            }
        }
    }
    ensure!(!found.is_empty(), "there is no workbook that becomes a form");
    Ok(found)
}

/// CPU seconds for all of them, so often.
fn converted(workbooks: &[PathBuf]) -> anyhow::Result<f64> {
    let begun = own_cpu();
    for _ in 0..TIMES {
        for path in workbooks {
            let form = app::read_form(path).and_then(|form| form.xform());
            ensure!(form.is_ok(), "{} became a form before", path.display());
        }
    }
    Ok(own_cpu().saturating_sub(begun).as_secs_f64())
}

/// How many workbooks pyxform takes, and its CPU seconds for a pass over them.
fn by_pyxform(folders: &[PathBuf], python: &Path) -> anyhow::Result<(f64, f64)> {
    let output = Command::new(python).args([PEER, "--seconds", "3"]).args(folders).output();
    let output = output.with_context(|| format!("cannot start {}", python.display()))?;
    if !output.status.success() {
        bail!("{PEER} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let said = String::from_utf8(output.stdout)?;
    let mut numbers = said.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next().context("it said too little")?.context("it said no number");
    Ok((next()?, next()?))
}
