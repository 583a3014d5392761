//! Rows as values: filled in, checked, changed, merged, asked for, imported and given back.

use app::{Answers, ExportFormat, Kind};
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, all, filtered, id_of, refusal, texts};

const TWO: &str = r#"[{"age":12,"name":"Awa","injuries":[{"parts":["arm","head"]},{}]},{"name":"Bakary \"=1+1\"\nBah","found_at":{"type":"Point","coordinates":[-4.5,14.25]},"sex":"m"}]"#;

fn two() -> Json {
    serde_json::from_str(TWO).expect("JSON")
}

fn object(values: &Json) -> Map<String, Json> {
    values.as_object().expect("an object").clone()
}

fn made(test: &mut TestNode, victims: &Json) -> String {
    let values = object(&json!({ "occurred_at": "2021-11-02T06:00Z", "victims": victims }));
    let admin = test.admin.clone();
    let id = test.node.create_record(&admin, "case", &values, None);
    id.unwrap_or_else(|error| panic!("{error}")).outcome.to_string()
}

fn victims(test: &TestNode, id: &str) -> Json {
    test.show("case", id)["values"]["victims"].clone()
}

#[test]
fn rows_come_back_as_they_were_given_from_every_reader() {
    let mut test = TestNode::cases();
    let id = made(&mut test, &two());
    assert_eq!(victims(&test, &id), two());
    let history = test.node.history(&test.admin, "case", &id).expect("a history");
    assert_eq!(history[0].0["detail"]["fields"]["victims"]["value"], two());
    let mut page = Vec::new();
    test.node.write_records(&test.admin, &all("case"), true, &mut page).expect("a page");
    let page: Json = serde_json::from_slice(&page).expect("JSON");
    assert_eq!(page["values"]["victims"], two());
    let mut feature = Vec::new();
    test.node.feature(&test.admin, ("case", &id), &mut feature).expect("a feature");
    let feature: Json = serde_json::from_slice(&feature).expect("JSON");
    assert_eq!(feature["properties"]["victims"], two());
    assert_eq!(test.export(&test.admin, &all("case")).expect("lines")[0]["victims"], two());
    test.assert_rebuild_changes_nothing();
    assert_eq!(victims(&test, &id), two());
}

#[test]
fn what_is_wrong_within_rows_is_said_with_row_and_column_and_nothing_is_kept() {
    let mut test = TestNode::cases();
    let (admin, entries) = (test.admin.clone(), test.entries());
    let mut said = |victims: Json| {
        let values = object(&json!({ "occurred_at": "2021-11-02T06:00Z", "victims": victims }));
        let error = test.node.create_record(&admin, "case", &values, None).expect_err("refused");
        assert_eq!(error.kind, Kind::Invalid);
        error.findings.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        said(json!([{ "name": "A" }, { "age": "many", "nam": "B" }])),
        [
            "answer-not-a-number [victims[2].age] value=many",
            "answer-field-unknown [victims[2].nam] field=nam nearest=name",
        ]
    );
    assert_eq!(
        said(
            json!([{ "age": -1, "name": "A", "sex": "x" }, { "injuries": [{ "parts": ["hand"] }] }])
        ),
        [
            "answer-code-unknown [victims[1].sex] code=x list=sex nearest=f",
            "answer-code-unknown [victims[2].injuries[1].parts] code=hand list=part nearest=arm, head, leg",
            "answer-required [victims[2].name]",
            "answer-constraint [victims[1].age] value=-1 constraint=. >= 0",
        ]
    );
    assert_eq!(said(json!({ "name": "A" })).len(), 1);
    assert_eq!(test.entries(), entries);
}

#[test]
fn an_edit_gives_rows_whole_and_the_same_rows_change_nothing() {
    let mut test = TestNode::cases();
    let id = made(&mut test, &two());
    let admin = test.admin.clone();
    let mut edit = |text: &str| {
        let answers = texts(&[("victims", text)]);
        let changed = test.node.edit_record(&admin, ("case", &id), &answers, None);
        (changed.expect("changed").outcome, victims(&test, &id))
    };
    assert_eq!(edit(TWO), (0, two()));
    assert_eq!(edit(r#"[{"name":"C","age":"7"}]"#), (1, json!([{ "name": "C", "age": 7 }])));
    assert_eq!(edit("[]"), (1, Json::Null));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn rows_that_did_not_see_each_other_are_a_conflict_that_keeps_both() {
    let mut test = TestNode::cases();
    let csv = "source_id,occurred_at,victims\nA,2021-11-02T06:00Z,\"[{\"\"name\"\":\"\"A\"\"}]\"\n";
    let file = test.file("cases.csv", csv);
    test.import("case", "generic", &file);
    let id = id_of("case", "A");
    let by_hand = texts(&[("victims", r#"[{"name":"A"},{"name":"B"}]"#)]);
    let admin = test.admin.clone();
    test.node.edit_record(&admin, ("case", &id), &by_hand, None).expect("changed");
    let file = test.file("cases.csv", csv.replace("A\"\"}", "A\"\"},{\"\"name\"\":\"\"C\"\"}"));
    test.import("case", "generic", &file);
    let shown = test.show("case", &id);
    let values: Vec<Json> = shown["conflicts"]["victims"]
        .as_array()
        .expect("a conflict")
        .iter()
        .map(|concurrent| concurrent["value"].clone())
        .collect();
    let [a, b, c] = ["A", "B", "C"].map(|name| json!({ "name": name }));
    assert_eq!(values.len(), 2);
    assert!(values.contains(&json!([a, b])) && values.contains(&json!([a, c])), "{values:?}");
    let both = app::Choice::Json(json!([a, b, c]));
    test.node.settle(&admin, ("case", &id), ("victims", &both), None).expect("settled");
    assert_eq!(victims(&test, &id), json!([a, b, c]));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn filters_ask_only_whether_there_are_rows() {
    let mut test = TestNode::cases();
    made(&mut test, &two());
    made(&mut test, &json!(null));
    let count = |filter: &str| test.node.count(&test.admin, &filtered("case", filter));
    assert_eq!(count("victims IS NULL").expect("a count"), 1);
    assert_eq!(count("victims IS NOT NULL").expect("a count"), 1);
    assert_eq!(refusal(count("victims = 'Awa'")), (Kind::Invalid, vec!["filter-wrong-operator"]));
    let equals =
        app::Question { equals: vec![("victims".to_owned(), "[]".to_owned())], ..all("case") };
    let said = refusal(test.node.count(&test.admin, &equals));
    assert_eq!(said, (Kind::Invalid, vec!["property-not-comparable"]));
    let sums = app::SumBy { question: all("case"), sums: vec![], by: vec!["victims".to_owned()] };
    let admin = test.admin.clone();
    assert_eq!(refusal(test.node.sums(&admin, &sums)), (Kind::Invalid, vec!["sum-wrong-type"]));
    let facets = test.node.facets(&admin, &all("case"), &["victims".to_owned()]);
    assert_eq!(refusal(facets), (Kind::Invalid, vec!["facet-wrong-type"]));
}

#[test]
fn every_format_that_is_imported_takes_back_what_was_exported() {
    for (format, name) in [
        (ExportFormat::Csv, "cases.csv"),
        (ExportFormat::Xlsx, "cases.xlsx"),
        (ExportFormat::GeoJson, "cases.geojson"),
    ] {
        let mut from = TestNode::cases();
        let admin = from.admin.clone();
        let values = object(&json!({ "source_id": "A", "occurred_at": "2021-11-02T06:00Z",
                                     "place": "14.5 -4.25", "victims": two() }));
        from.node.create_record(&admin, "case", &values, None).expect("made");
        let mut out = Vec::new();
        from.node.export(&admin, &all("case"), format, &mut out).expect("exported");
        let mut to = TestNode::cases();
        let file = to.file(name, out);
        let report = to.import("case", "generic", &file);
        assert_eq!((report.created, report.refused), (1, 0), "{name}");
        assert_eq!(victims(&to, &id_of("case", "A")), two(), "{name}");
        let again = to.import("case", "generic", &file);
        assert_eq!((again.unchanged, again.updated), (1, 0), "{name}");
    }
}

#[test]
fn a_row_whose_rows_are_wrong_is_refused_with_their_place() {
    let mut test = TestNode::cases();
    let csv = "source_id,occurred_at,victims\nA,2021-11-02T06:00Z,\"[{\"\"name\"\":\"\"A\"\",\"\"age\"\":-3}]\"\n\
               B,2021-11-02T06:00Z,two men\n";
    let file = test.file("cases.csv", csv);
    let admin = test.admin.clone();
    let report = test.try_import(&admin, ("case", "generic"), &file, 10).expect("imported");
    assert_eq!((report.created, report.refused), (0, 2));
    let refused = std::fs::read_dir(test.node.files().refused()).expect("a folder");
    let refused: String = refused
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"))
        .collect();
    assert!(refused.contains("victims[1].age") && refused.contains("answer-not-rows"), "{refused}");
}

#[test]
fn the_form_tells_the_columns_of_rows_within_their_groups() {
    let test = TestNode::cases();
    let register = test.node.register_json(&test.admin, "case", "en").expect("a register");
    let form = register["form"].as_array().expect("a form");
    let field = form.iter().find(|field| field["name"] == "victims").expect("a field");
    assert_eq!((&field["kind"], &field["type"]), (&json!("field"), &json!("rows")));
    let names = |fields: &Json| -> Vec<String> {
        let fields = fields.as_array().expect("a list").iter();
        fields.map(|field| field["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(&field["fields"]), ["name", "body", "found_at", "injuries"]);
    assert_eq!(names(&field["fields"][1]["children"]), ["age", "sex"]);
    assert_eq!(names(&field["fields"][3]["fields"]), ["parts"]);
    assert!(register["lists"]["part"].is_array(), "lists of columns are told too");
}

#[test]
fn a_value_of_the_largest_size_is_kept_and_a_larger_one_refused() {
    let mut test = TestNode::cases();
    let rows =
        |count: usize, bytes: usize| Json::Array(vec![json!({ "name": "x".repeat(bytes) }); count]);
    let id = made(&mut test, &rows(1_000, 1_000));
    assert_eq!(victims(&test, &id), rows(1_000, 1_000));
    test.assert_rebuild_changes_nothing();
    let admin = test.admin.clone();
    let mut refused = |rows: Json| {
        let values = object(&json!({ "occurred_at": "2021-11-02T06:00Z", "victims": rows }));
        refusal(test.node.create_record(&admin, "case", Answers::from(&values), None))
    };
    assert_eq!(refused(rows(1_001, 1)), (Kind::Invalid, vec!["answer-too-many-rows"]));
    assert_eq!(refused(rows(40, 32_000)), (Kind::Invalid, vec!["answer-too-long"]));
}
