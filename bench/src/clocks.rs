//! Clocks over many records: a register of warnings with a workflow of six states, filled from a file
//! as another node would have exported it, and asked as a page asks it.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use app::{ClockQuestion, OverdueQuestion, Question};
use model::time::Timestamp;

use crate::measure::{Stopwatch, Times, load_average, machine, own_cpu};
use crate::random::Random;
use crate::subject::casque;

const REGISTER: &str = r#"title = { en = "Warning", fr = "Alerte" }
field_groups = ["handling"]
time_field = "received_at"
area_fields = ["admin2"]
search_fields = ["title"]
title_field = "title"
list_columns = ["title"]
key_field = "source_id"
[workflow]
name = "response"
field = "standing"
start = "received"
stamp = "received_at"
[[workflow.deadline]]
name = "verify"
title = { en = "Verify", fr = "Vérifier" }
states = ["received"]
within = "2h"
[[workflow.transition]]
name = "verify"
title = { en = "Verify", fr = "Vérifier" }
from = ["received"]
to = "verified"
stamp = "verified_at"
[[workflow.transition]]
name = "arrive"
title = { en = "Arrive", fr = "Arriver" }
from = ["verified"]
to = "arrived"
stamp = "arrived_at"
[[workflow.transition]]
name = "drop"
title = { en = "Drop", fr = "Abandonner" }
from = ["received", "verified"]
to = "dropped"
"#;
const FORM: &str = "type,name,label::English (en),label::French (fr)
text,title,Title,Titre
text,admin2,District,Cercle
text,unit,Unit,Unité
select_one standing,standing,State,État
datetime,received_at,Received,Reçue
datetime,verified_at,Verified,Vérifiée
datetime,arrived_at,Arrived,Arrivée
";
const CHOICES: &str = "list_name,name,label::English (en),label::French (fr)
standing,received,Received,Reçue
standing,verified,Verified,Vérifiée
standing,arrived,Arrived,Arrivée
standing,dropped,Dropped,Abandonnée
";
/// How often each question is asked; the first is not counted.
const PASSES: usize = 21;
const MINUTE_MS: i64 = 60_000;
/// The first warning comes on 1 January 2015, one every quarter of an hour.
const BEGIN_MS: i64 = 1_420_070_400_000;

/// Loads so many warnings, asks, and tells the rows of the table.
pub(crate) fn run(records: u64, seed: u64, work: &Path, command: &str) -> anyhow::Result<String> {
    let pack = casque::benchmark_pack(work)?;
    let register = pack.join("registers/warning");
    fs::create_dir_all(&register)?;
    for (name, text) in
        [("register.toml", REGISTER), ("survey.csv", FORM), ("choices.csv", CHOICES)]
    {
        fs::write(register.join(name), text)?;
    }
    let csv = work.join("warnings.csv");
    write(records, seed, &csv)?;
    let (mut node, viewer) = casque::new_node(&work.join("node"), &pack, "everything")?;
    casque::import_file(&mut node, &viewer, ("warning", "generic"), &csv)?;
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "{records} warnings, seed {seed}; in process, {} times after the first.",
            PASSES - 1
        ),
        String::new(),
        "| question | groups | CPU ms | p50 ms | p99 ms |".to_owned(),
        "|---|---:|---:|---:|---:|".to_owned(),
    ];
    for by in ["", "unit", "month", "admin2,month"] {
        let asked = clock(by);
        let mut groups = 0;
        let times = timed(|| {
            let told = node.clock(&viewer, &asked)?;
            groups = told["groups"].as_array().map_or(0, Vec::len);
            Ok(())
        })?;
        let by = if by.is_empty() { "nothing" } else { by };
        lines.push(row(&format!("clock verified to arrived, by {by}"), groups, &times));
    }
    let mut late = 0;
    let times = timed(|| {
        let asked = OverdueQuestion::default();
        late = node.overdue(&viewer, &asked)?.as_array().map_or(0, Vec::len);
        Ok(())
    })?;
    lines.push(row("overdue, all of them", late, &times));
    lines.push(format!("\nLoad average at the end: {}.", load_average()));
    Ok(lines.join("\n"))
}

fn clock(by: &str) -> ClockQuestion {
    ClockQuestion {
        question: Question { register: "warning".to_owned(), ..Question::default() },
        from: "verified".to_owned(),
        to: "arrived".to_owned(),
        by: by.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
    }
}

fn timed(mut ask: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Times> {
    let mut times = Times::default();
    for pass in 0..PASSES {
        let (cpu, watch) = (own_cpu(), Stopwatch::start());
        ask()?;
        if pass > 0 {
            times.add(watch.elapsed(), own_cpu().saturating_sub(cpu));
        }
    }
    Ok(times)
}

fn row(question: &str, groups: usize, times: &Times) -> String {
    let (cpu, middle, worst) = (times.cpu_ms(), times.percentile_ms(50), times.percentile_ms(99));
    format!("| {question} | {groups} | {cpu:.1} | {middle:.1} | {worst:.1} |")
}

/// Warnings of ten districts and twelve units: most are verified, two of three of these answered,
/// some stamps are missing and some are out of order.
fn write(records: u64, seed: u64, csv: &Path) -> anyhow::Result<()> {
    let mut random = Random::new(seed, 0);
    let mut out = BufWriter::new(fs::File::create(csv)?);
    writeln!(out, "source_id,title,admin2,unit,standing,received_at,verified_at,arrived_at")?;
    for number in 0..records {
        let (district, unit) = (random.below(10), random.below(12));
        let received = BEGIN_MS + i64::try_from(number)? * 15 * MINUTE_MS;
        let verified = received + i64::try_from(random.below(600))? * MINUTE_MS;
        let arrived = verified + (i64::try_from(random.below(2_000))? - 20) * MINUTE_MS;
        let standing =
            random.pick(&["received", "verified", "arrived", "arrived", "arrived", "dropped"]);
        let stamp = |is_there: bool, ms: i64| {
            if is_there { Timestamp::from_ms(ms).to_string() } else { String::new() }
        };
        let is_verified = standing != "received" && random.below(50) > 0;
        writeln!(
            out,
            "W{number},Warning {number},ML{district:02},Company {unit},{standing},{},{},{}",
            Timestamp::from_ms(received),
            stamp(is_verified, verified),
            stamp(standing == "arrived", arrived),
        )?;
    }
    Ok(out.flush()?)
}
