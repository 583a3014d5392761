//! The lines people were promised, word by word.

use std::fs;
use std::process::Command;

use serde_json::{Value as Json, json};

use crate::casque::{Casque, Ran, bare, events};

/// Runs a line as a shell does, with `casque` as the binary, `D` as the node, from the project's
/// root.
fn shell(casque: &Casque, line: &str) -> Ran {
    let mut command = Command::new("bash");
    bare(&mut command);
    let script = format!("casque() {{ \"{}\" \"$@\"; }}; {line}", env!("CARGO_BIN_EXE_casque"));
    command.arg("-c").arg(script).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    command.env("D", casque.data()).env("F", casque.path("password"));
    command.env("EVENTS", events()).env("OUT", casque.path("out.geojson"));
    Ran::of(command)
}

#[test]
fn the_lines_work_as_written() {
    let casque = Casque::nowhere();
    let run = |line: &str| {
        let ran = shell(&casque, line);
        assert_eq!(ran.code, 0, "{line}: {}{}", ran.out, ran.err);
        ran
    };
    run("casque init --data $D --pack packs/minusma --admin-password-file $F");
    let report =
        run("casque import --data $D --register incident --mapping ucdp $EVENTS --yes --json")
            .json();
    assert_eq!([&report["created"], &report["refused"]], [735, 0]);
    let found = run(
        r#"casque query incident --data $D --filter "deaths_best >= 10 AND occurred_at >= DATE('2018-01-01')" --json --limit 50"#,
    );
    let records = found.json()["records"].as_array().cloned().expect("records");
    let expected = events_where(|deaths, date| deaths >= 10 && date >= "2018-01-01");
    assert_eq!((records.len(), expected.min(50)), (expected.min(50), 50));
    let counted = run(
        r#"casque query incident --data $D --filter "deaths_best >= 10 AND occurred_at >= DATE('2018-01-01')" --count"#,
    );
    assert_eq!(counted.out.trim(), expected.to_string());
    let boxed = run(
        r#"casque query incident --data $D --filter "S_INTERSECTS(place, BBOX(-5, 13, 0, 17))" --count"#,
    );
    assert_eq!(boxed.out, "391\n");
    let id = records[0]["id"].as_str().expect("an id").to_owned();
    let shown = run(&format!("casque show incident {id} --data $D --json")).json();
    assert_eq!(shown["values"]["deaths_best"], records[0]["deaths_best"]);
    assert_eq!(shown["batch"]["file"], "ucdp-mali-1990-2019.csv");
    let history = run(&format!("casque history incident {id} --data $D --json")).json();
    assert_eq!(
        (history[0]["user"].as_str(), history[0]["act"].as_str()),
        (Some("admin"), Some("set"))
    );
    run("casque export incident --data $D --format geojson > $OUT");
    let exported = fs::read_to_string(casque.path("out.geojson")).expect("the export");
    let exported: Json = serde_json::from_str(&exported).expect("GeoJSON");
    assert_eq!(exported["features"].as_array().map(Vec::len), Some(735));
    run("casque journal verify --data $D");
    run("casque rebuild --data $D");
    run("casque doctor --data $D");
}

#[test]
fn the_lines_about_packs_work_as_written() {
    let casque = Casque::nowhere();
    let checked = shell(&casque, "casque pack check packs/minusek");
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
    let line = "casque mandate show 2364 --pack packs/minusma --json";
    let mandate = shell(&casque, line).json();
    assert_eq!((mandate["number"].as_u64(), mandate["year"].as_u64()), (Some(2364), Some(2017)));
    assert_eq!(
        (&mandate["ceilings"]["military"], &mandate["ceilings"]["police"]),
        (&13289.into(), &1920.into())
    );
    assert_eq!(mandate["tasks"].as_array().map(Vec::len), Some(15));
    let line = "casque mandate coverage --pack packs/minusma --json";
    let coverage = shell(&casque, line).json();
    assert_eq!((&coverage["without"], &coverage["covered"]), (&json!([]), &coverage["tasks"]));
    let rows = coverage["mandates"].as_array().into_iter().flatten();
    let rows: Vec<&Json> = rows.flat_map(|m| m["rows"].as_array().into_iter().flatten()).collect();
    assert_eq!(rows.iter().filter(|row| row["kind"] == "task").count(), 8 + 9 + 15);
    let line = "casque register list --pack packs/core --json";
    let listed = shell(&casque, line).json();
    assert_eq!(listed["untranslated"]["fr"], 0);
    let registers = listed["registers"].as_array().expect("registers");
    assert_eq!(listed["totals"]["registers"], registers.len());
    let alert = registers.iter().find(|register| register["name"] == "alert").expect("a register");
    assert!(alert["evidence_for"].as_array().is_some_and(|ids| ids.contains(&json!("M17-07"))));
    let line = "casque mandate diff 2164 2364 --pack packs/minusma --json";
    let diff = shell(&casque, line).json();
    assert_eq!(diff["ceilings"]["military"]["change"], 13289 - 11200);
    let ids = |key: &str| -> Vec<String> {
        let tasks = diff[key].as_array().cloned().unwrap_or_default();
        tasks.iter().map(|task| task["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(ids("added").contains(&"M17-09".to_owned()), "{:?}", ids("added"));
    let pairs = diff["changed"].as_array().cloned().unwrap_or_default();
    assert!(
        pairs
            .iter()
            .any(|pair| pair["before"]["id"] == "M14-01" && pair["after"]["id"] == "M17-07")
    );
}

#[test]
fn a_password_nobody_chose_is_told_once() {
    let casque = Casque::nowhere();
    let made = casque.line("init --pack ../packs-are-elsewhere");
    made.told(1, "file-not-found");
    assert_eq!(made.out, "");
    let pack = crate::casque::pack("minusma");
    let made = casque.run(["init".as_ref(), "--pack".as_ref(), pack.as_os_str()]);
    assert_eq!(made.out().trim().len(), 27, "{}", made.out);
    let again = casque.init(&pack);
    again.told(1, "node-exists");
}

/// How many of the file's events fulfil a condition, counted without the product.
fn events_where(holds: impl Fn(u64, &str) -> bool) -> usize {
    let text = fs::read_to_string(events()).expect("the events");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let at = |name: &str| header.iter().position(|column| *column == name).expect("a column");
    let (date, best) = (at("date_start"), at("best"));
    let fulfils = |line: &&str| {
        let cells = cells(line);
        holds(cells[best].parse().expect("a number"), &cells[date])
    };
    lines.filter(fulfils).count()
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().expect("a cell").push(letter),
        }
    }
    cells
}
