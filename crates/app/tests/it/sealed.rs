//! Sealed fields: whoever is not in the compartment finds, by whatever way they ask, that there is no
//! such field; and what they do leaves it alone.

use app::{
    Action, Choice, ExportFormat, FileSaid, Kind, Question, Stretch, SumBy, TileQuestion, Viewer,
};
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, all, filtered, id_of, refusal, texts, user};

/// Begins the name of every sealed field.
const FIELD: &str = "informant";
/// Stands in every sealed value.
const CANARY: &str = "canary";
/// A field like the sealed ones, which never was.
const NEVER: &str = "informand";

fn object(values: &Json) -> Map<String, Json> {
    values.as_object().expect("an object").clone()
}

/// A node with a red and a blue case, both with sealed values.
fn two() -> (TestNode, [String; 2]) {
    let mut test = TestNode::cases();
    let admin = test.admin.clone();
    let ids = ["red", "blue"].map(|colour| {
        let values = json!({
            "source_id": colour, "occurred_at": "2021-11-02T06:00Z", "place": "14.5 -4.25",
            "admin1": "ML04", "summary": format!("a {colour} case"), "colour": colour, "count": 2,
            "informant": format!("{CANARY} {colour}"), "informant_paid": 777_123,
            "informant_hideout": "cellar", "informant_kin": [{ "name": CANARY }],
        });
        let id = test.node.create_record(&admin, "case", &object(&values), None);
        id.unwrap_or_else(|error| panic!("{error}")).outcome.to_string()
    });
    (test, ids)
}

fn viewer(test: &mut TestNode, role: &str, compartments: &[&str]) -> Viewer {
    let compartments = compartments.iter().map(|name| (*name).to_owned()).collect();
    test.add(app::NewUser { compartments, ..user(role, &[role]) })
}

/// Everything a viewer can be told, by every way there is.
fn everything(test: &mut TestNode, viewer: &Viewer, ids: &[String]) -> Vec<(&'static str, String)> {
    let mut told = Vec::new();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let node = &mut test.node;
    let answer = node.ask(viewer, &all("case")).expect("an answer");
    let records = answer.records.iter().map(|record| answer.json(record).to_string());
    told.push(("rows", records.collect::<String>()));
    told.push(("columns", format!("{:?}", answer.fields)));
    let mut page = Vec::new();
    node.write_records(viewer, &all("case"), true, &mut page).expect("a page");
    told.push(("page", text(page)));
    for id in ids {
        told.push(("record", node.show(viewer, "case", id).expect("shown").0.to_string()));
        let steps = node.history(viewer, "case", id).expect("a history");
        told.extend(steps.iter().map(|step| ("history", step.0.to_string())));
        let mut feature = Vec::new();
        node.feature(viewer, ("case", id), &mut feature).expect("a feature");
        told.push(("feature", text(feature)));
        let files = node.attachments(viewer, "case", id).expect("files");
        told.push(("attachments", files.to_string()));
    }
    let mut features = Vec::new();
    node.features(viewer, &all("case"), &mut features).expect("features");
    told.push(("features", text(features)));
    for format in ExportFormat::ALL {
        let mut out = Vec::new();
        node.export(viewer, &all("case"), format, &mut out).expect("exported");
        told.push(("export", text(out)));
    }
    let search = Question { search: Some(CANARY.to_owned()), ..all("case") };
    let found = node.ask(viewer, &search).expect("an answer").records;
    told.push(("search", if found.is_empty() { String::new() } else { CANARY.to_owned() }));
    let timeline = node.timeline(viewer, &all("case"), Stretch::Month).expect("a timeline");
    told.push(("timeline", timeline.to_string()));
    let question = TileQuestion { question: all("case"), cells: None };
    let tile = node.register_tile(viewer, &question, (0, 0, 0)).expect("a tile");
    told.push(("tile", text(tile.bytes.to_vec())));
    let tiles = node.register_tiles_json(viewer, "case", "x").expect("TileJSON");
    told.push(("tiles", tiles.to_string()));
    let readable = node.readable_register(viewer, "case").expect("a register");
    told.push(("schema", readable.form.names().collect::<Vec<_>>().join(" ")));
    told
}

fn tells(text: &str) -> bool {
    text.contains(FIELD) || text.contains(CANARY) || text.contains("777123")
}

#[test]
fn nothing_tells_of_a_sealed_field_outside_of_its_compartment_and_everything_within() {
    let (mut test, ids) = two();
    let clerk = viewer(&mut test, "clerk", &["secret"]);
    for (way, text) in everything(&mut test, &clerk, &ids) {
        assert!(!tells(&text), "{way}: {text}");
    }
    let keeper = test.admin.clone();
    let silent = ["search", "timeline", "tile", "tiles", "attachments"];
    for (way, text) in everything(&mut test, &keeper, &ids) {
        assert!(tells(&text) || silent.contains(&way) || text.starts_with("PK"), "{way}: {text}");
    }
    let unread = viewer(&mut test, "administrator", &[]);
    for (way, text) in everything(&mut test, &unread, &ids) {
        assert!(!tells(&text), "the grant alone is not enough, {way}: {text}");
    }
}

#[test]
fn a_question_that_names_one_is_refused_as_if_there_were_no_such_field() {
    let (mut test, ids) = two();
    let clerk = viewer(&mut test, "worker", &["secret"]);
    let said = |test: &mut TestNode, field: &str| {
        let equals = Question { equals: vec![(field.to_owned(), "x".to_owned())], ..all("case") };
        let fields = Question { fields: vec![field.to_owned()], ..all("case") };
        let by = |by: &str, sum: Option<&str>| SumBy {
            question: all("case"),
            sums: sum.into_iter().map(str::to_owned).collect(),
            by: vec![by.to_owned()],
        };
        let tile = |filter: &str| TileQuestion { question: filtered("case", filter), cells: None };
        let is_null = format!("{field} IS NULL");
        let json_filter = json!({ "op": "isNull", "args": [{ "property": field }] }).to_string();
        let aim = ("case", ids[0].as_str());
        let step = texts(&[(field, "x")]);
        let choice = Choice::Value("x".to_owned());
        let mut incoming = test.node.incoming().expect("a file");
        incoming.take(b"\x89PNG\r\n\x1a\n0").expect("taken");
        let file = FileSaid {
            name: "a.png".to_owned(),
            media_type: "image/png".to_owned(),
            field: Some(field.to_owned()),
        };
        let node = &mut test.node;
        let mut out = Vec::new();
        let outcomes = [
            node.count(&clerk, &filtered("case", &is_null)).err(),
            node.count(&clerk, &filtered("case", &format!("{field} = 'x'"))).err(),
            node.count(&clerk, &filtered("case", &format!("NOT ({field} LIKE 'c%')"))).err(),
            node.count(&clerk, &filtered("case", &json_filter)).err(),
            node.count(&clerk, &equals).err(),
            node.ask(&clerk, &fields).err(),
            node.write_records(&clerk, &fields, true, &mut out).err(),
            node.features(&clerk, &filtered("case", &is_null), &mut out).err(),
            node.export(&clerk, &fields, ExportFormat::Csv, &mut out).err(),
            node.export(&clerk, &filtered("case", &is_null), ExportFormat::Csv, &mut out).err(),
            node.timeline(&clerk, &filtered("case", &is_null), Stretch::Day).err(),
            node.facets(&clerk, &all("case"), &[field.to_owned()]).err(),
            node.sums(&clerk, &by(field, None)).err(),
            node.sums(&clerk, &by("colour", Some(field))).err(),
            node.register_tile(&clerk, &tile(&is_null), (0, 0, 0)).err(),
            node.edit_record(&clerk, aim, &step, None).err(),
            node.comment(&clerk, aim, "?", Some(field)).err(),
            node.settle(&clerk, aim, (field, &choice), None).err(),
            node.attach(&clerk, aim, &mut incoming, &file).err(),
        ];
        assert!(out.is_empty());
        outcomes.map(|error| {
            let error = error.expect("refused");
            let said: Vec<String> = error.findings.iter().map(ToString::to_string).collect();
            (error.kind, said.join("; ").replace(field, "FIELD"))
        })
    };
    let never = said(&mut test, NEVER);
    for field in ["informant", "informant_paid", "informant_hideout", "informant_kin"] {
        for (sealed, never) in said(&mut test, field).into_iter().zip(&never) {
            assert_eq!(sealed.0, never.0, "{field}");
            assert!(!tells(&sealed.1), "{field}: {}", sealed.1);
            let codes = |said: &str| said.split(' ').next().unwrap_or_default().to_owned();
            assert_eq!(codes(&sealed.1), codes(&never.1), "{field}");
        }
    }
    assert!(never.iter().all(|(_, said)| !tells(said)), "no name is suggested: {never:?}");
}

#[test]
fn conflicts_comments_files_and_steps_of_a_sealed_field_are_not_there_either() {
    let (mut test, _) = two();
    let keeper = test.admin.clone();
    let csv = |name: &str| {
        format!("source_id,occurred_at,colour,informant\nX,2021-11-03T06:00Z,red,{CANARY} {name}\n")
    };
    let file = test.file("cases.csv", csv("one"));
    test.import("case", "generic", &file);
    let id = id_of("case", "X");
    let aim = ("case", id.as_str());
    let worker = viewer(&mut test, "worker", &[]);
    let before = test.node.show(&worker, "case", &id).expect("shown").0;
    let by_hand = texts(&[("informant", "canary two")]);
    test.node.edit_record(&keeper, aim, &by_hand, None).expect("changed");
    let file = test.file("cases.csv", csv("three"));
    test.import("case", "generic", &file);
    test.node.comment(&keeper, aim, "the canary lied", Some("informant")).expect("said");
    let mut incoming = test.node.incoming().expect("a file");
    incoming.take(b"\x89PNG\r\n\x1a\ncanary").expect("taken");
    let said = FileSaid {
        name: "canary.png".to_owned(),
        media_type: "image/png".to_owned(),
        field: Some("informant_photo".to_owned()),
    };
    let photo = test.node.attach(&keeper, aim, &mut incoming, &said).expect("attached");
    let blob = photo.blob.to_string();

    let shown = test.show("case", &id);
    assert_eq!(shown["conflicts"]["informant"].as_array().map(Vec::len), Some(2));
    let conflict = |viewer: &Viewer| {
        let answer =
            test.node.ask(viewer, &filtered("case", "source_id = 'X'")).expect("an answer");
        answer.records[0].conflict
    };
    assert_eq!((conflict(&keeper), conflict(&worker)), (true, false));
    assert_eq!(test.node.show(&worker, "case", &id).expect("shown").0, before);
    let steps = test.node.history(&worker, "case", &id).expect("a history");
    assert_eq!(steps.len(), 1);
    assert!(!tells(&steps[0].0.to_string()));
    assert_eq!(test.node.attachments(&worker, "case", &id).expect("files"), json!([]));
    let never = "00".repeat(32);
    let absent = |blob: &str| refusal(test.node.attached(&worker, ("case", &id), blob));
    assert_eq!(absent(&blob), absent(&never));
    assert!(test.node.attached(&keeper, ("case", &id), &blob).is_ok());
    test.assert_rebuild_changes_nothing();
}

#[test]
fn what_is_sealed_is_written_once_by_whoever_may_file_and_not_read_back() {
    let (mut test, _) = two();
    let worker = viewer(&mut test, "worker", &[]);
    let values = object(&json!({ "occurred_at": "2021-11-04T06:00Z", "summary": "filed",
                                 "informant": "canary four" }));
    let id =
        test.node.create_record(&worker, "case", &values, None).expect("made").outcome.to_string();
    let shown = test.node.show(&worker, "case", &id).expect("shown").0;
    assert!(!tells(&shown.to_string()) && shown["values"]["summary"] == "filed");
    let kept = |test: &TestNode| test.show("case", &id)["values"]["informant"].clone();
    assert_eq!(kept(&test), json!("canary four"));

    let aim = ("case", id.as_str());
    let changed = test.node.edit_record(&worker, aim, &texts(&[("summary", "changed")]), None);
    assert_eq!(changed.expect("changed").outcome, 1);
    assert_eq!(kept(&test), json!("canary four"));
    let again = texts(&[("informant", "canary five")]);
    let refused = refusal(test.node.edit_record(&worker, aim, &again, None));
    assert_eq!(refused, (Kind::Invalid, vec!["answer-field-unknown"]));
    test.node.delete_record(&worker, aim, Some("filed twice".to_owned())).expect("deleted");
    let shown = test.show("case", &id);
    assert_eq!((&shown["deleted"], &shown["edited_after_deletion"]), (&json!(true), &json!(false)));
    test.node.restore_record(&worker, aim, Some("it was not".to_owned())).expect("restored");
    assert_eq!(kept(&test), json!("canary four"));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn an_import_neither_changes_nor_compares_what_its_importer_does_not_see() {
    let (mut test, _) = two();
    let worker = viewer(&mut test, "worker", &[]);
    let csv = |informant: &str| {
        format!("source_id,occurred_at,informant\nX,2021-11-03T06:00Z,{informant}\n")
    };
    let file = test.file("cases.csv", csv("canary six"));
    let import = |test: &mut TestNode, content: String| {
        std::fs::write(&file, content).expect("a file");
        let report = test.try_import(&worker, ("case", "generic"), &file, 10).expect("imported");
        [report.created, report.updated, report.unchanged]
    };
    assert_eq!(import(&mut test, csv("canary six")), [1, 0, 0]);
    assert_eq!(import(&mut test, csv("a guess")), [0, 0, 1]);
    assert_eq!(import(&mut test, csv("canary six")), [0, 0, 1]);
    let shown = test.show("case", &id_of("case", "X"));
    assert_eq!(shown["values"]["informant"], json!("canary six"));
    assert_eq!(shown["entries"], json!(1));
}

#[test]
fn somebody_in_the_compartment_for_some_records_finds_the_field_in_those_and_in_no_others() {
    let (mut test, [red, blue]) = two();
    let half = viewer(&mut test, "half", &["secret"]);
    let count = |filter: &str| {
        test.node.count(&half, &filtered("case", filter)).unwrap_or_else(|error| panic!("{error}"))
    };
    assert_eq!(count("colour IS NOT NULL"), 2);
    assert_eq!(count("informant LIKE 'canary%'"), 1);
    assert_eq!(count("NOT (informant = 'canary blue')"), 1);
    assert_eq!(count("informant = 'canary blue' OR colour = 'blue'"), 0);
    let answer = test.node.ask(&half, &all("case")).expect("an answer");
    let rows: Vec<String> = answer.records.iter().map(|r| answer.json(r).to_string()).collect();
    assert!(rows.iter().any(|row| row.contains("canary red")), "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("canary blue")), "{rows:?}");
    let exported = test.export(&half, &all("case")).expect("exported");
    let informants: Vec<&Json> = exported.iter().map(|row| &row["informant"]).collect();
    assert!(informants.contains(&&json!("canary red")) && informants.contains(&&Json::Null));
    let shown = |id: &str| test.node.show(&half, "case", id).expect("shown").0.to_string();
    assert!(shown(&red).contains("canary red"));
    assert!(!tells(&shown(&blue)));
    let by = SumBy {
        question: all("case"),
        sums: vec!["informant_paid".to_owned()],
        by: vec!["informant_hideout".to_owned()],
    };
    let sums = test.node.sums(&half, &by).expect("sums");
    assert_eq!((sums.len(), sums[0].count, sums[0].sums[0].sum), (1, 1, 777_123));
}

/// The columns of an exported table, and its rows as text.
fn table(test: &TestNode, viewer: &Viewer, format: ExportFormat) -> (String, String) {
    let mut out = Vec::new();
    test.node.export(viewer, &all("case"), format, &mut out).expect("exported");
    let read_as = match format {
        ExportFormat::Xlsx => exchange::read::Format::Xlsx,
        _ => exchange::read::Format::Csv,
    };
    let options = exchange::read::Options::of("cases");
    let mut table = exchange::read::open(read_as, std::io::Cursor::new(out), &options)
        .expect("what was written can be read");
    let columns = table.columns().join(" ");
    let mut rows = String::new();
    while let Some(row) = table.next_row() {
        rows.push_str(&row.expect("a row").cells().collect::<Vec<_>>().join(" "));
        rows.push('\n');
    }
    (columns, rows)
}

#[test]
fn a_table_that_is_taken_out_has_no_column_and_no_cell_of_what_is_closed() {
    let (mut test, _) = two();
    let keeper = test.admin.clone();
    let clerk = viewer(&mut test, "clerk", &["secret"]);
    let half = viewer(&mut test, "half", &["secret"]);
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let (columns, rows) = table(&test, &keeper, format);
        assert!(columns.contains(FIELD) && rows.matches(CANARY).count() == 4, "{columns} {rows}");
        let (columns, rows) = table(&test, &clerk, format);
        assert!(!tells(&columns) && !tells(&rows), "{columns} {rows}");
        assert_eq!(rows.lines().count(), 2);
        let (columns, rows) = table(&test, &half, format);
        assert!(columns.contains(FIELD), "{columns}");
        assert!(rows.contains("canary red") && !rows.contains("canary blue"), "{rows}");
    }
}

#[test]
fn counts_of_several_fields_at_once_are_those_of_each_alone() {
    let (mut test, _) = two();
    let half = viewer(&mut test, "half", &["secret"]);
    let facets = |fields: &[&str]| {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        test.node.facets(&half, &all("case"), &fields).unwrap_or_else(|error| panic!("{error}"))
    };
    let both = facets(&["colour", "informant_hideout"]);
    assert_eq!(both["colour"], facets(&["colour"])["colour"]);
    assert_eq!(both["informant_hideout"], facets(&["informant_hideout"])["informant_hideout"]);
    let count = |facet: &Json| -> i64 {
        facet.as_array().expect("counts").iter().filter_map(|known| known["count"].as_i64()).sum()
    };
    assert_eq!((count(&both["colour"]), count(&both["informant_hideout"])), (2, 1));
}

#[test]
fn the_form_of_somebody_who_files_has_the_field_and_that_of_a_reader_has_not() {
    let (mut test, _) = two();
    let clerk = viewer(&mut test, "clerk", &["secret"]);
    let worker = viewer(&mut test, "worker", &[]);
    let form = |viewer: &Viewer| test.node.register_json(viewer, "case", "en").expect("a register");
    let clerks = form(&clerk).to_string();
    assert!(!tells(&clerks) && !clerks.contains("cellar"), "{clerks}");
    let field = |viewer: &Viewer| {
        let register = form(viewer);
        let fields = register["form"].as_array().expect("a form").clone();
        fields.into_iter().find(|field| field["name"] == "informant").expect("a field")
    };
    let worker_field = field(&worker);
    assert_eq!(
        (&worker_field["sealed"], &worker_field["closed"]),
        (&json!("secret"), &json!(true))
    );
    assert_eq!(field(&test.admin)["closed"], json!(false));
    let seen = test.node.register_seen(&worker, Action::Read, "case").expect("a register");
    assert!(seen.form.field("informant").is_none());
}
