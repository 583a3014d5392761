//! Bad packs: every finding at once, with file and row, and no node is made from one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::casque::{Casque, Ran, pack};

/// Copies a pack beside the node, without its demo data.
fn copy(casque: &Casque, name: &str) -> PathBuf {
    let to = casque.path("packs").join(name);
    copy_folder(&pack(name), &to);
    to
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_file() {
            fs::copy(entry.path(), target).expect("copied");
        } else if entry.file_name() != "demo" {
            copy_folder(&entry.path(), &target);
        }
    }
}

/// Replaces text of a file that must hold it.
fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{from} in {}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("written");
}

fn check(casque: &Casque, pack: &Path) -> Ran {
    casque.run(["pack".as_ref(), "check".as_ref(), pack.as_os_str()])
}

fn codes(casque: &Casque, pack: &Path) -> Vec<String> {
    let checked =
        casque.run(["pack".as_ref(), "check".as_ref(), "--json".as_ref(), pack.as_os_str()]);
    assert_eq!(checked.code, 1, "{}", checked.out);
    let findings = checked.json();
    let findings = findings.as_array().into_iter().flatten();
    findings.filter_map(|finding| finding["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn the_packs_of_the_project_have_nothing_wrong() {
    let casque = Casque::nowhere();
    for name in ["core", "minusma", "minusek"] {
        let checked = check(&casque, &pack(name));
        assert_eq!(checked.out(), "", "{name}");
    }
}

#[test]
fn packs_that_extend_each_other_in_a_circle_are_refused() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    change(&casque.path("packs/core/pack.toml"), "version = ", "extends = \"minusek\"\nversion = ");
    assert!(codes(&casque, &minusek).contains(&"pack-extends-cycle".to_owned()));
    casque.init(&minusek).told(1, "pack-extends-cycle");
    assert!(!casque.data().exists());
}

#[test]
fn a_register_may_not_take_the_name_of_another_in_silence() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    copy_folder(&casque.path("packs/core/registers/site"), &minusek.join("registers/site"));
    let found = codes(&casque, &minusek);
    assert!(found.contains(&"register-name-twice".to_owned()), "{found:?}");
}

#[test]
fn an_area_whose_border_crosses_itself_is_found() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    let file = minusek.join("places/adm1.geojson");
    let mut areas: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&file).expect("areas")).expect("GeoJSON");
    areas["features"][0]["geometry"] = serde_json::json!({
        "type": "Polygon", "coordinates": [[[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]],
    });
    fs::write(&file, areas.to_string()).expect("written");
    let checked = check(&casque, &minusek);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("places/adm1.geojson"), "{}", checked.out);
}

#[test]
fn everything_wrong_is_told_at_once_with_place_and_fix() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    change(&minusek.join("pack.toml"), "version = ", "colour = \"red\"\nversion = ");
    let list = casque.path("packs/core/codelists/verification.csv");
    let text = fs::read_to_string(&list).expect("a list");
    let row = text.lines().last().expect("a row");
    fs::write(&list, format!("{text}{row}\n")).expect("written");
    let survey = casque.path("packs/core/registers/incident/survey.csv");
    change(&survey, "select_one ", "select_won ");
    let checked = check(&casque, &minusek);
    assert_eq!(checked.code, 1, "{}", checked.out);
    for told in ["toml-key-unknown", "list-code-twice", "form-type-unknown"] {
        let line = checked.out.lines().find(|line| line.contains(told));
        let line = line.unwrap_or_default();
        let file = line.split(' ').next().unwrap_or_default();
        let row = file.rsplit_once(':').and_then(|(_, row)| row.parse::<u64>().ok());
        assert!(row.is_some(), "{told} has a file and a row: {}", checked.out);
    }
}

#[test]
fn a_folder_that_is_no_pack_is_told() {
    let casque = Casque::nowhere();
    check(&casque, &casque.path("")).told(1, "pack-not-found");
    check(&casque, &casque.path("nothing")).told(1, "file-not-found");
}

#[test]
fn a_pack_that_would_make_answers_unreadable_is_told_by_diff_and_refused_by_use() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    assert_eq!(casque.init(&minusek).code, 0);
    casque.line("create site kind=UN-MHQ name=Gao operator=UNOPS elevation_ft=812.5").out();
    let site = casque.path("packs/core/registers/site");
    let list = casque.path("packs/core/codelists/site_kind.csv");
    change(&site.join("survey.csv"), "text,operator,", "text,run_by,");
    change(&site.join("register.toml"), "\"operator\", ", "");
    change(&site.join("survey.csv"), "decimal,elevation_ft", "text,elevation_ft");
    change(&site.join("survey.csv"), "date,checked_on", "datetime,checked_on");
    change(&list, "\nUN-MHQ,", "\nUN-OLD,");

    let diff = |json: &str| {
        let minusek = minusek.to_str().expect("a path of text");
        casque.run(["pack", "diff", minusek, "--lang", "en", json].iter().filter(|a| !a.is_empty()))
    };
    let told = diff("--json");
    assert_eq!(told.code, 1, "{}", told.err);
    let document: serde_json::Value = serde_json::from_str(&told.out).expect("a document");
    let effects = document["effects"].as_array().expect("effects").iter();
    let effects: Vec<&str> = effects.filter_map(|effect| effect["code"].as_str()).collect();
    let expected = ["pack-code-gone", "pack-field-gone", "pack-field-retyped"];
    assert_eq!(effects, expected, "nobody answered checked_on: its type may change");
    let dropped = serde_json::json!({ "part": "field", "name": "site.operator" });
    assert!(document["dropped"].as_array().expect("dropped").contains(&dropped));
    let text = diff("").out;
    assert!(text.contains("elevation_ft of site held a decimal and would hold a text"), "{text}");
    let take = || casque.run(["pack".as_ref(), "use".as_ref(), minusek.as_os_str()]);
    take().told(1, "pack-field-gone");
    assert_eq!(casque.line("query site --filter operator='UNOPS' --count").out().trim(), "1");

    change(&list, "\nUN-OLD,", "\nUN-MHQ,");
    change(&site.join("survey.csv"), "text,run_by,", "text,operator,");
    change(&site.join("survey.csv"), "text,elevation_ft", "decimal,elevation_ft");
    assert_eq!(diff("--json").json()["effects"], serde_json::json!([]));
    assert_eq!(take().code, 0);
}

#[test]
fn a_task_that_no_register_is_evidence_for_is_named_and_the_pack_is_not_whole() {
    let casque = Casque::nowhere();
    copy(&casque, "core");
    let minusek = copy(&casque, "minusek");
    let mandate = minusek.join("mandates/2271-2021.toml");
    change(
        &mandate,
        "[[task]]",
        "[[task]]\nid = \"MK-99\"\ntext = { en = \"x\", fr = \"x\" }\n\n[[task]]",
    );
    let ask = |flags: &[&str]| {
        let line = ["mandate", "coverage", "--pack", minusek.to_str().expect("a path")];
        casque.run(line.iter().chain(flags))
    };
    let told = ask(&["--json"]);
    assert_eq!((told.code, told.json()["without"][0].as_str()), (1, Some("MK-99")));
    assert!(ask(&["--lang", "fr"]).out.contains("aucun"));
}
