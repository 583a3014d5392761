//! Tests of reading sheets.

use proptest::prelude::*;

use super::*;

pub(crate) fn sheet(name: &str, rows: &[&[&str]]) -> RawSheet {
    let rows =
        (1..).zip(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()));
    RawSheet { name: name.to_owned(), rows: rows.collect() }
}

fn read(raw: &[RawSheet]) -> (Workbook, Vec<String>) {
    let mut findings = Vec::new();
    let book = Workbook::read(raw, &mut findings);
    (book, findings.iter().map(Finding::to_string).collect())
}

#[test]
fn every_spelling_of_a_column_is_one_column() {
    let header =
        ["Type", "NAME", "Label::French (fr)", "relevance", "Constraint Message", "body::x"];
    let row = ["text", "a", "Nom", "${b} = 1", "Non", "y"];
    let (book, findings) = read(&[sheet("Survey", &[&header, &row])]);
    assert_eq!(findings, Vec::<String>::new());
    let row = &book.rows(SURVEY)[0];
    assert_eq!((row.number, row.text("type"), row.text("name")), (2, Some("text"), Some("a")));
    assert_eq!(row.get("label").map(|cell| cell.spoken("en")), Some(vec![("French (fr)", "Nom")]));
    assert_eq!(row.under("bind", "relevant"), Some("${b} = 1"));
    assert_eq!(row.under("bind", "jr:constraintMsg"), Some("Non"));
    assert_eq!(row.under("control", "x"), Some("y"));
}

#[test]
fn a_text_without_language_stands_beside_those_with_one() {
    let settings = sheet("settings", &[&["default_language"], &["en"]]);
    let survey = [&["type", "name", "label", "label::fr"][..], &["text", "a", "Name", "Nom"]];
    let (book, _) = read(&[sheet("survey", &survey), settings]);
    let label = book.rows(SURVEY)[0].get("label").expect("a label").clone();
    assert_eq!(label.spoken("xx"), [("en", "Name"), ("fr", "Nom")]);
}

#[test]
fn headers_of_the_old_kind_are_cut_at_single_colons() {
    let survey = [&["type", "name", "bind:jr:preload"][..], &["text", "a", "uid"]];
    let (book, _) = read(&[sheet("only", &survey)]);
    assert_eq!(book.rows(SURVEY)[0].under("bind", "jr:preload"), Some("uid"));
}

#[test]
fn what_spreadsheets_do_to_text_is_undone_or_said() {
    let survey = [
        &["type", "name", "label", ""][..],
        &["text", "a", "\u{201c}Who\u{2019}s\u{201d}\u{a0} there", "merged"],
        &["text", "b", "bell\u{7}", ""],
    ];
    let (book, findings) = read(&[sheet("survey", &survey)]);
    assert_eq!(book.rows(SURVEY)[0].text("label"), Some("\"Who's\" there"));
    assert_eq!(
        findings,
        ["form-cell-headless survey:2 number=4 value=merged", "form-cell-control survey:3 [label]"]
    );
}

#[test]
fn missing_sheets_and_columns_and_columns_twice_are_said() {
    assert_eq!(
        read(&[sheet("a", &[]), sheet("choices", &[&["label"], &["x"]])]).1,
        [
            "workbook-sheet-unknown sheet=survey known=a, choices",
            "sheet-column-missing choices:1 [name] column=name",
        ]
    );
    assert_eq!(
        read(&[sheet("survey", &[&["name", "relevant", "relevance"]])]).1,
        [
            "sheet-header-twice survey:1 [relevance] first=2 second=3",
            "sheet-column-missing survey:1 [type] column=type",
        ]
    );
}

#[test]
fn rows_far_below_are_somebody_elses() {
    let mut raw = sheet("survey", &[&["type", "name"], &["text", "a"], &["text", "b"]]);
    raw.rows[2].0 = 64;
    assert_eq!(read(&[raw.clone()]).1, ["form-rows-far survey:64"]);
    raw.rows[2].0 = 63;
    assert_eq!(read(&[raw]).0.rows(SURVEY).len(), 2);
}

#[test]
fn a_sheet_with_too_many_rows_is_refused_whole() {
    let row = (2, vec!["text".to_owned(), "a".to_owned()]);
    let mut raw = sheet("survey", &[&["type", "name"]]);
    raw.rows.extend(std::iter::repeat_n(row, FORM_ROWS_MAX));
    let (book, findings) = read(&[raw]);
    assert_eq!(findings, ["form-sheet-large survey what=rows found=200001 max=200000"]);
    assert!(book.rows(SURVEY).is_empty());
}

proptest! {
    #[test]
    fn any_cells_are_read_without_harm(
        cells in proptest::collection::vec(proptest::collection::vec(".{0,12}", 0..5), 0..6),
    ) {
        let rows = (1..).zip(cells).collect();
        let raw = RawSheet { name: "survey".to_owned(), rows };
        let (book, findings) = read(&[raw]);
        if findings.is_empty() {
            prop_assert!(crate::xform::emit(&book, "form").is_ok_and(|form| !form.xml.is_empty())
                || !book.rows(SURVEY).is_empty());
        }
    }
}
