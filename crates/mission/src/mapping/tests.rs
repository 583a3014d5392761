//! Mappings: what is refused when they are read, and what they make of rows.

use std::collections::BTreeMap;

use model::id::RecordId;
use model::value::Value;

use super::*;
use crate::pack::Pack;
use crate::testing::{Tiny, texts};

type Cells<'a> = &'a [(&'a str, &'a str)];

const RIGHT: Cells<'_> = &[
    ("id", "12"),
    ("country", "Mali"),
    ("date", "2018-03-01"),
    ("kind", "2"),
    ("best", ""),
    ("low", "3.0"),
    ("lon", "-0.0447"),
    ("lat", "16.2717"),
    ("a", "GSIM"),
    ("b", "Army"),
];

/// The right row with some cells changed; an empty name of a column takes it away.
fn row(changes: Cells<'_>) -> BTreeMap<&str, &str> {
    let mut row: BTreeMap<&str, &str> = RIGHT.iter().copied().collect();
    row.extend(changes.iter().copied());
    row
}

fn applied(pack: &Pack, mapping: &Mapping, row: &BTreeMap<&str, &str>) -> Applied {
    let register = pack.register(mapping.register.as_str()).expect("a register");
    let cell = |column: &str| row.get(column).copied();
    let areas = |level: u8, at: model::place::Position| {
        (level == 1 && at.lat() > 160_000_000).then(|| "ML07".to_owned())
    };
    mapping.apply(register, &cell, &areas, pack)
}

fn apply(changes: Cells<'_>) -> Applied {
    let pack = Tiny::new().pack("core");
    applied(&pack, &pack.mappings["ucdp"], &row(changes))
}

fn imported(changes: Cells<'_>) -> Imported {
    match apply(changes) {
        Applied::Row(imported) => imported,
        other => panic!("{other:?} is no record"),
    }
}

fn value(imported: &Imported, field: &str) -> String {
    let value = imported.values.get(field).expect("a mapped field").as_ref();
    value.map_or_else(|| "-".to_owned(), Value::to_string)
}

fn refused(changes: Cells<'_>) -> Vec<String> {
    match apply(changes) {
        Applied::Refused(findings) => texts(findings),
        other => panic!("{other:?} is not refused"),
    }
}

#[test]
fn a_right_row_becomes_a_record() {
    let imported = imported(&[]);
    assert_eq!(imported.key, "12");
    assert_eq!(imported.warnings, Vec::new());
    for (field, expected) in [
        ("occurred_at", "2018-03-01T00:00:00Z"),
        ("type", "clash"),
        ("deaths", "3"),
        ("place", "POINT(-0.0447 16.2717)"),
        ("admin1", "ML07"),
        ("summary", "GSIM / Army"),
        ("classification", "unclassified"),
        ("source_id", "12"),
    ] {
        assert_eq!(value(&imported, field), expected, "{field}");
    }
    assert!(!imported.values.contains_key("caveat"));
}

#[test]
fn what_is_empty_is_unknown_and_not_zero() {
    let imported =
        imported(&[("low", ""), ("kind", ""), ("lon", ""), ("lat", ""), ("a", ""), ("b", "")]);
    for field in ["deaths", "type", "place", "admin1", "summary"] {
        assert_eq!(value(&imported, field), "-", "{field}");
    }
}

#[test]
fn rows_of_other_countries_are_skipped() {
    assert_eq!(apply(&[("country", "Niger"), ("date", "nonsense")]), Applied::Skipped);
    assert_eq!(apply(&[("country", "")]), Applied::Skipped);
}

#[test]
fn the_mappings_own_codes_come_before_the_crosswalk() {
    assert_eq!(value(&imported(&[("kind", "3")]), "type"), "killing");
    assert_eq!(value(&imported(&[("kind", "9")]), "type"), "other");
    assert_eq!(refused(&[("kind", "7")]), ["row-code-unmapped [kind] value=7 field=type"]);
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once() {
    assert_eq!(
        refused(&[("id", ""), ("date", "0025-03-01"), ("low", "many"), ("lat", "")]),
        [
            "row-key-empty [id]",
            "answer-not-a-number [low] value=many field=deaths",
            "answer-year [date] value=0025-03-01 field=occurred_at",
            "place-half [lat] field=place",
        ]
    );
}

#[test]
fn swapped_coordinates_are_refused_and_far_ones_told() {
    assert_eq!(
        refused(&[("lon", "16.2717"), ("lat", "-0.0447")]),
        ["place-swapped [lon] longitude=16.2717 latitude=-0.0447 swapped=-0.0447 16.2717"]
    );
    assert_eq!(
        imported(&[("lon", "30"), ("lat", "40")])
            .warnings
            .iter()
            .map(Finding::to_string)
            .collect::<Vec<_>>(),
        ["place-outside-mission [lon] place=30 40"]
    );
    assert_eq!(imported(&[("lon", "5.2"), ("lat", "20")]).warnings, Vec::new());
    assert_eq!(refused(&[("lat", "95")]), ["place-latitude [lat] value=95 field=place"]);
}

#[test]
fn coordinates_that_only_fit_the_other_way_round_are_swapped_ones() {
    let tiny = Tiny::new().edited("pack.toml", "[-12.3, 10.1, 4.3, 25.1]", "[100, -10, 140, 20]");
    let pack = tiny.pack("core");
    let swapped = applied(&pack, &pack.mappings["ucdp"], &row(&[("lon", "5"), ("lat", "120")]));
    let Applied::Refused(findings) = swapped else { panic!("{swapped:?}") };
    assert_eq!(
        texts(findings),
        ["place-swapped [lat] longitude=5 latitude=120 swapped=120 5 field=place"]
    );
}

#[test]
fn a_mission_over_the_date_line_knows_both_sides() {
    let tiny = Tiny::new().edited("pack.toml", "[-12.3, 10.1, 4.3, 25.1]", "[170, -20, -170, 10]");
    let pack = tiny.pack("core");
    for lon in ["179", "-179", "169.5"] {
        let read = applied(&pack, &pack.mappings["ucdp"], &row(&[("lon", lon), ("lat", "5")]));
        let Applied::Row(imported) = read else { panic!("{read:?}") };
        assert_eq!(imported.warnings, Vec::new(), "{lon}");
    }
}

fn with_fields(fields: &str) -> Tiny {
    let head = "title = { en = \"U\" }\nregister = \"incident\"\nnamespace = \"u\"\nkey = [\"id\", \"part\"]\n";
    let when = "[fields.occurred_at]\ncolumn = \"date\"\n";
    Tiny::new().with("core", "mappings/ucdp.toml", format!("{head}{when}{fields}"))
}

#[test]
fn keys_of_several_columns_never_meet_by_accident() {
    let pack = with_fields("").pack("core");
    let key = |id: &str, part: &str| match applied(
        &pack,
        &pack.mappings["ucdp"],
        &row(&[("id", id), ("part", part)]),
    ) {
        Applied::Row(imported) => imported.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(key("a", "b"), "a|b");
    let keys = [("a|b", "c"), ("a", "b|c"), ("a\\", "b|c"), ("a\\|b", "c"), ("a\\", "|b|c")];
    let distinct: BTreeSet<String> = keys.iter().map(|(id, part)| key(id, part)).collect();
    assert_eq!(distinct.len(), keys.len());
}

#[test]
fn a_part_of_a_key_may_be_empty_only_where_its_field_is_optional() {
    let key = |fields: &str, id: &str| {
        let pack = with_fields(fields).pack("core");
        match applied(&pack, &pack.mappings["ucdp"], &row(&[("id", id), ("part", "")])) {
            Applied::Row(imported) => imported.key,
            Applied::Refused(findings) => texts(findings).join("; "),
            Applied::Skipped => String::new(),
        }
    };
    let optional = "[fields.summary]\ncolumn = \"part\"\noptional = true\n";
    assert_eq!(key(optional, "a"), "a|");
    assert_eq!(key(optional, ""), "row-key-empty [id]; row-key-empty [part]");
    assert_eq!(key("[fields.summary]\ncolumn = \"part\"\n", "a"), "row-key-empty [part]");
    assert_eq!(key("", "a"), "row-key-empty [part]");
}

#[test]
fn a_default_stands_in_for_what_is_empty_and_for_unknown_codes() {
    let pack = with_fields(
        "[fields.type]\ncolumn = \"kind\"\ncrosswalk = \"ucdp\"\ndefault = \"other\"\n",
    )
    .pack("core");
    let read = |kind: &str| match applied(
        &pack,
        &pack.mappings["ucdp"],
        &row(&[("part", "1"), ("kind", kind)]),
    ) {
        Applied::Row(imported) => imported,
        other => panic!("{other:?}"),
    };
    assert_eq!((value(&read(""), "type").as_str(), read("").warnings.len()), ("other", 0));
    assert_eq!(value(&read("1"), "type"), "clash");
    let unknown = read("77");
    assert_eq!(value(&unknown, "type"), "other");
    assert_eq!(
        texts(unknown.warnings),
        ["row-code-defaulted [kind] default=other value=77 field=type"]
    );
}

#[test]
fn several_codes_come_from_one_cell() {
    let pack =
        with_fields("[fields.kinds]\ncolumn = \"kind\"\ncrosswalk = \"ucdp\"\n").pack("core");
    let read = applied(&pack, &pack.mappings["ucdp"], &row(&[("part", "1"), ("kind", "1; 3|2")]));
    let Applied::Row(imported) = read else { panic!("{read:?}") };
    assert_eq!(value(&imported, "kinds"), "clash killing");
    let read = applied(&pack, &pack.mappings["ucdp"], &row(&[("part", "1"), ("kind", "1;8")]));
    let Applied::Refused(findings) = read else { panic!("{read:?}") };
    assert_eq!(texts(findings), ["row-code-unmapped [kind] value=8 field=kinds"]);
}

#[test]
fn a_file_without_needed_columns_is_refused_before_its_rows() {
    let pack = Tiny::new().pack("core");
    let check = |columns: &[&str]| texts(pack.mappings["ucdp"].check_columns(columns));
    assert_eq!(
        check(&["id", "country", "date", "kind", "low", "lon", "lat"]),
        Vec::<String>::new()
    );
    assert_eq!(
        check(&["ID", "country", "datee", "kind", "low", "lon"]),
        [
            "mapping-column-missing:1 [date] column=date mapping=ucdp nearest=datee",
            "mapping-column-missing:1 [id] column=id mapping=ucdp nearest=ID",
            "mapping-column-missing:1 [lat] column=lat mapping=ucdp nearest=ID, country, datee, kind, lon, low",
        ]
    );
    let optional = with_fields(
        "[fields.type]\ncolumn = \"kind\"\noptional = true\n[fields.deaths]\ncolumn = \"best\"\ndefault = 0\n",
    );
    let found = optional.pack("core").mappings["ucdp"].check_columns(&["id", "part", "date"]);
    assert_eq!(found, Vec::new());
}

#[test]
fn every_fault_of_a_mapping_is_said_with_its_line() {
    let tiny = with_fields(
        "[fields.typ]\ncolumn = \"kind\"\n\
         [fields.type]\ncolumn = \"kind\"\ncrosswalk = \"ucpd\"\ncodes = { \"1\" = \"clsh\" }\n\
         [fields.deaths]\ncolumn = \"a\"\nvalue = 3\n\
         [fields.admin1]\narea_level = 9\n\
         [fields.summary]\ntemplate = \"{a\"\ncolum = \"x\"\n\
         [fields.place]\nlongitude = \"lon\"\n\
         [fields.kinds]\nvalue = \"clash riad\"\n\
         [fields.source_id]\nlongitude = \"x\"\nlatitude = \"y\"\n\
         [fields.classification]\nvalue = \"secret\"\n\
         [fields.caveat]\n",
    );
    assert_eq!(
        tiny.said("core"),
        [
            "mapping-field-unknown mappings/ucdp.toml:7 [fields.typ] field=typ register=incident nearest=type",
            "mapping-crosswalk-unknown mappings/ucdp.toml:11 [fields.type.crosswalk] crosswalk=ucpd list=kind nearest=ucdp",
            "answer-code-unknown mappings/ucdp.toml:12 [fields.type.codes.1] code=clsh list=kind nearest=clash",
            "mapping-origin mappings/ucdp.toml:13 [fields.deaths] given=column, value known=column, columns, longitude, value, template, area_level",
            "mapping-area-level mappings/ucdp.toml:17 [fields.admin1.area_level] level=9 max=5",
            "template-bracket mappings/ucdp.toml:19 [fields.summary.template] bracket={ template={a",
            "toml-key-unknown mappings/ucdp.toml:20 [fields.summary.colum] key=colum nearest=column",
            "toml-key-missing mappings/ucdp.toml:21 [fields.place.latitude] key=latitude",
            "answer-code-unknown mappings/ucdp.toml:24 [fields.kinds.value] code=riad list=kind nearest=clash, killing, other",
            "mapping-type mappings/ucdp.toml:26 [fields.source_id.longitude] field=source_id found=text expected=point",
            "answer-code-unknown mappings/ucdp.toml:29 [fields.classification.value] code=secret list=classification nearest=confidential, strictly-confidential, unclassified",
            "mapping-origin mappings/ucdp.toml:30 [fields.caveat] given= known=column, columns, longitude, value, template, area_level",
        ]
    );
}

/// The register with fields for other records, and mappings of both kinds of keys.
fn linking(follows: &str) -> Tiny {
    let survey = "registers/incident/survey.csv";
    let fields = "record incident,follows,Follows,,\ntext,summary,Summary,,";
    let mapping = "[fields.classification]";
    Tiny::new().edited(survey, "text,summary,Summary,,", fields).edited(
        "mappings/ucdp.toml",
        mapping,
        &format!("[fields.follows]\n{follows}\n{mapping}"),
    )
}

#[test]
fn a_record_is_named_by_the_key_it_is_imported_under() {
    let id = |key: &str| RecordId::derived(&Name::new("incident").expect("a name"), "ucdp", key);
    for (follows, cell, key) in [
        ("column = \"before\"\nlink = \"ucdp\"", " 11 ", "11"),
        ("template = \"{before}|{a}\"\nlink = \"ucdp\"", "11", "11|GSIM"),
    ] {
        let tiny = linking(follows);
        assert_eq!(tiny.said("core"), Vec::<String>::new());
        let pack = tiny.pack("core");
        let cells = [("before", cell)];
        let row = row(&cells);
        let Applied::Row(imported) = applied(&pack, &pack.mappings["ucdp"], &row) else {
            panic!("a record")
        };
        assert_eq!(value(&imported, "follows"), id(key).to_string());
        assert_eq!(imported.links.len(), 1);
        let link = &imported.links[0];
        assert_eq!((link.id, link.key.as_str(), link.field.as_str()), (id(key), key, "follows"));
    }
    let pack = linking("column = \"before\"\nlink = \"ucdp\"").pack("core");
    let Applied::Row(without) = applied(&pack, &pack.mappings["ucdp"], &row(&[("before", " ")]))
    else {
        panic!("a record")
    };
    assert_eq!((value(&without, "follows").as_str(), without.links.len()), ("-", 0));
}

#[test]
fn the_generic_mapping_takes_an_id_or_a_key_of_its_own() {
    let pack = linking("column = \"before\"\nlink = \"generic\"").pack("core");
    let register = pack.register("incident").expect("a register");
    let mapping = Mapping::generic(register, &["id", "follows"]).map_err(texts).expect("a mapping");
    let id = RecordId::derived(&register.name, "generic", "A: 7").to_string();
    let follows =
        |cell: &str| applied(&pack, &mapping, &BTreeMap::from([("id", "8"), ("follows", cell)]));
    for (cell, links) in [("key:A: 7", 1), ("key: A: 7", 1), (id.as_str(), 0)] {
        let Applied::Row(imported) = follows(cell) else { panic!("a record") };
        assert_eq!(
            (value(&imported, "follows"), imported.links.len()),
            (id.clone(), links),
            "{cell}"
        );
    }
    for cell in ["A: 7", "key:", "KEY:7"] {
        let Applied::Refused(findings) = follows(cell) else { panic!("{cell} is no record") };
        let said = format!("answer-not-a-record [follows] value={cell} field=follows");
        assert_eq!(texts(findings), [said]);
    }
}

#[test]
fn a_link_is_of_a_record_field_and_leads_to_keys_there_are() {
    for (follows, said) in [
        (
            "column = \"b\"\nlink = \"ucpd\"",
            "mapping-link-unknown mappings/ucdp.toml [fields.follows.link] namespace=ucpd register=incident nearest=ucdp",
        ),
        (
            "value = \"00000000000000000000000000\"\nlink = \"ucdp\"",
            "mapping-link-constant mappings/ucdp.toml:24 [fields.follows.link]",
        ),
        (
            "column = \"b\"\nlink = \"ucdp\"\n[fields.kinds]\ncolumn = \"c\"\nlink = \"ucdp\"",
            "mapping-type mappings/ucdp.toml:27 [fields.kinds.link] field=kinds found=codes expected=record",
        ),
    ] {
        assert_eq!(linking(follows).said("core"), [said]);
    }
}

#[test]
fn required_fields_must_come_from_somewhere_and_registers_be_there() {
    let mapping = |register: &str| {
        let text = format!(
            "title = {{ en = \"U\" }}\nregister = \"{register}\"\nnamespace = \"u\"\nkey = [\"id\"]\n[fields.summary]\ncolumn = \"a\"\n"
        );
        Tiny::new().with("core", "mappings/ucdp.toml", text).said("core")
    };
    assert_eq!(
        mapping("incident"),
        [
            "mapping-required-missing mappings/ucdp.toml:5 [fields] field=occurred_at register=incident"
        ]
    );
    assert_eq!(
        mapping("incdent"),
        ["register-unknown mappings/ucdp.toml:2 [register] register=incdent nearest=incident"]
    );
}

#[test]
fn the_generic_mapping_goes_by_the_names_of_columns() {
    let pack = Tiny::new().pack("core");
    let register = pack.register("incident").expect("a register");
    let columns = ["id", "occurred_at", "type", "lon", "lat", "unknown"];
    let mapping = Mapping::generic(register, &columns).map_err(texts).expect("a mapping");
    assert_eq!(mapping.check_columns(&columns), Vec::new());
    let row = BTreeMap::from([
        ("id", "7"),
        ("occurred_at", "2018-03-01"),
        ("type", "clash"),
        ("lon", "-0.04"),
        ("lat", "16.27"),
    ]);
    let Applied::Row(imported) = applied(&pack, &mapping, &row) else { panic!("a record") };
    assert_eq!((imported.key.as_str(), value(&imported, "source_id").as_str()), ("7", "7"));
    assert_eq!(value(&imported, "type"), "clash");
    assert_eq!(value(&imported, "place"), "POINT(-0.04 16.27)");
    assert_eq!(value(&imported, "admin1"), "ML07");
    assert!(!imported.values.contains_key("deaths"));
}

#[test]
fn the_generic_mapping_takes_shapes_as_text_and_needs_a_key() {
    let pack = Tiny::new().pack("core");
    let register = pack.register("incident").expect("a register");
    let mapping =
        Mapping::generic(register, &["source_id", "geometry"]).map_err(texts).expect("a mapping");
    let row = BTreeMap::from([("source_id", "7"), ("geometry", "POINT(-0.04 16.27)")]);
    let Applied::Row(imported) = applied(&pack, &mapping, &row) else { panic!("a record") };
    assert_eq!(value(&imported, "place"), "POINT(-0.04 16.27)");
    let missing = Mapping::generic(register, &["a", "b"]).map_err(texts).expect_err("no mapping");
    assert_eq!(missing[0], "generic-key-missing:1 columns=source_id, id, key");
    assert!(missing[1].starts_with("generic-no-field:1 fields=occurred_at, place"), "{missing:?}");
}

#[test]
fn a_source_of_many_countries_has_places_where_the_mission_has_none() {
    let lenient = |lenient: &str| {
        let to = format!("latitude = \"lat\"\n{lenient}");
        let pack =
            Tiny::new().edited("mappings/ucdp.toml", "latitude = \"lat\"\n", &to).pack("core");
        match applied(&pack, &pack.mappings["ucdp"], &row(&[("lon", "16.5"), ("lat", "-0.5")])) {
            Applied::Row(imported) => texts(imported.warnings),
            Applied::Refused(findings) => texts(findings),
            Applied::Skipped => Vec::new(),
        }
    };
    assert!(lenient("").iter().all(|said| said.starts_with("place-swapped")));
    assert!(
        lenient("lenient = true\n").iter().all(|said| said.starts_with("place-outside-mission"))
    );
}

#[test]
fn what_is_given_for_a_file_holds_for_every_record_of_a_row() {
    let mapping = "title = { en = \"P\" }\nregister = \"incident\"\nnamespace = \"p\"\nkey = [\"id\"]\n\
        [fields.classification]\nvalue = \"unclassified\"\n[part.dead]\ncount = \"dead\"\n\
        [part.dead.fields.deaths]\ncolumn = \"toll\"\n\
        [part.dead.fields.occurred_at]\ncolumn = \"day\"\nfile_day = true\n";
    let pack = Tiny::new().with("core", "mappings/parts.toml", mapping).pack("core");
    let register = pack.register("incident").expect("a register");
    let settled = |given: &[(String, String)]| {
        let facts = SourceFacts {
            name: "deaths-2021.csv",
            columns: &["id", "dead", "toll", "day"],
            given,
            today: "2022-03-01".parse().expect("a day"),
        };
        pack.mappings["parts"].settle(register, &facts).map_err(texts)
    };
    let given = |field: &str, text: &str| [(field.to_owned(), text.to_owned())];
    let settled_right = settled(&given("deaths", "7")).expect("settled");
    let row = BTreeMap::from([("id", "1"), ("dead", "2"), ("toll", ""), ("day", "")]);
    let Applied::Row(imported) = applied(&pack, &settled_right.mappings[0], &row) else {
        panic!("a record")
    };
    assert_eq!(value(&imported, "deaths"), "7");
    assert_eq!(value(&imported, "occurred_at"), "2021-12-31T00:00:00Z");
    for field in ["type", "kinds"] {
        let wrong = settled(&given(field, "clush")).expect_err("no such code");
        assert!(wrong[0].starts_with("answer-code-unknown"), "{field}: {wrong:?}");
    }
}
