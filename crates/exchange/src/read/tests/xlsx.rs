//! Workbooks: what their cells say, and archives that are larger than they look.

use std::io::Write as _;

use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::testing::written;
use crate::write::OutputFormat;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook of these sheets, as little of one as can be.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut listed, mut related, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, rows)) in sheets.iter().enumerate() {
        write!(listed, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>")
            .expect("a String");
        write!(
            related,
            "<Relationship Id=\"r{number}\" Target=\"worksheets/{number}.xml\" Type=\"{relationships}/worksheet\"/>"
        )
        .expect("a String");
        let sheet =
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/{number}.xml"), sheet));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{relationships}\"><sheets>{listed}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{related}</Relationships>"),
    ));
    parts.push((
        "_rels/.rels".to_owned(),
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Target=\"xl/workbook.xml\" Type=\"{relationships}/officeDocument\"/></Relationships>"),
    ));
    archive(&parts)
}

fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        archive.start_file(path.as_str(), SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("a Vec");
    }
    archive.finish().expect("a Vec").into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(cells: &[(&str, &str)]) -> String {
    let cells: Vec<String> = cells.iter().map(|(place, value)| text(place, value)).collect();
    format!("<row>{}</row>", cells.concat())
}

fn check(bytes: &[u8], expected: &str) {
    assert_eq!(shown(Format::Xlsx, bytes, &Options::of("file")), expected);
}

#[test]
fn what_is_written_is_read() {
    let types =
        [FieldType::Text, FieldType::Integer, FieldType::Date, FieldType::Time, FieldType::Boolean];
    let time = |ms| Some(Value::Time(Timestamp::from_ms(ms)));
    let records = [
        vec![
            Some(Value::Text("<a & \"b\">\r\n\t_x0041_ \u{1}é".into())),
            Some(Value::Integer(-12)),
            Some(Value::Date(Date::from_days(17_591))),
            time(1_519_905_600_250),
            Some(Value::Boolean(true)),
        ],
        vec![
            None,
            Some(Value::Integer(i64::MAX)),
            Some(Value::Date(Date::from_days(-36_000))),
            time(0),
            None,
        ],
    ];
    let bytes = written(OutputFormat::Xlsx, &types, &records).expect("a workbook");
    let id = "0".repeat(26);
    check(
        &bytes,
        &format!(
            "id|text|integer|date|time|boolean\n\
             2: {id}|<a & \"b\">\r\n\t_x0041_ \u{1}é|-12|2018-03-01|2018-03-01T12:00:00.250|true\n\
             3: {id}||9223372036854775807|1871-06-09|1970-01-01|\n"
        ),
    );
}

#[test]
fn rows_are_counted_as_the_spreadsheet_counts_and_gaps_are_blanks() {
    let rows = [
        row(&[("B2", "a"), ("C2", "b")]),
        row(&[("C4", "y")]),
        row(&[("A5", ""), ("B5", "")]),
        row(&[("B9", "z")]),
    ];
    check(&workbook(&[("s", &rows.concat())]), "refused: header-blank row 2 position=1\n");
    let rows = [row(&[("A2", "a"), ("B2", "b")]), row(&[("B4", "y")]), row(&[("A9", "z")])];
    check(&workbook(&[("s", &rows.concat())]), "a|b\n4: |y\n9: z|\n");
}

#[test]
fn cells_beyond_the_header_and_errors_of_formulas_refuse_their_row() {
    let error = "<row><c r=\"A3\" t=\"e\"><v>#DIV/0!</v></c></row>";
    let rows = [
        row(&[("A1", "a")]),
        row(&[("A2", "x"), ("B2", "stray")]),
        error.to_owned(),
        row(&[("A4", "y")]),
    ];
    check(
        &workbook(&[("s", &rows.concat())]),
        "a\n2: !row-too-many-cells <x>\n3: !cell-error[a] <#DIV/0!>\n4: y\n",
    );
}

#[test]
fn formulas_give_the_value_they_were_saved_with() {
    let formula = "<row><c r=\"A2\"><f>SUM(B1:B9)</f><v>42</v></c></row>";
    let rows = row(&[("A1", "a")]) + formula;
    check(&workbook(&[("s", &rows)]), "a\n2: 42\n");
}

#[test]
fn the_first_sheet_is_read_unless_another_is_named() {
    let (first, second) = (row(&[("A1", "a")]), row(&[("A1", "b")]));
    let book = workbook(&[("one", &first), ("two", &second)]);
    check(&book, "a\n");
    assert_eq!(shown(Format::Xlsx, &book, &Options::of("file").sheet("two")), "b\n");
    assert_eq!(
        shown(Format::Xlsx, &book, &Options::of("file").sheet("three")),
        "refused: workbook-sheet-unknown sheet=three known=one, two\n"
    );
}

#[test]
fn an_empty_sheet_has_no_table() {
    check(&workbook(&[("s", "")]), "refused: file-empty\n");
}

#[test]
fn archives_that_are_no_workbook_are_refused() {
    let other = archive(&[("word/document.xml".to_owned(), "<x/>".to_owned())]);
    assert!(
        shown(Format::Xlsx, &other, &Options::of("file")).starts_with("refused: workbook-broken")
    );
    let mut cut = workbook(&[("s", &row(&[("A1", "a")]))]);
    cut.truncate(cut.len() / 2);
    assert!(
        shown(Format::Xlsx, &cut, &Options::of("file")).starts_with("refused: workbook-broken")
    );
}

#[test]
fn a_bomb_is_refused_by_its_directory() {
    let bomb = workbook(&[("s", &"<row></row>".repeat(2 << 20))]);
    let refused = shown(Format::Xlsx, &bomb, &Options::of("file"));
    assert!(refused.starts_with("refused: workbook-bomb ratio="), "{refused}");
    let refused = shown(Format::Xlsx, &bomb, &small(|limits| limits.workbook_bytes = 1 << 20));
    assert!(refused.starts_with("refused: workbook-too-large bytes="), "{refused}");
}

/// Sets the unfolded length of every part, as the directory and the parts themselves have it.
fn lie(archive: &mut [u8], bytes: u32) {
    for (signature, offset) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let starts: Vec<usize> =
            (0..archive.len() - 4).filter(|at| &archive[*at..at + 4] == signature).collect();
        for start in starts {
            archive[start + offset..start + offset + 4].copy_from_slice(&bytes.to_le_bytes());
        }
    }
}

#[test]
fn a_directory_that_lies_helps_no_bomb() {
    let mut bomb = workbook(&[("s", &"<row></row>".repeat(2 << 20))]);
    lie(&mut bomb, 100);
    let refused = shown(Format::Xlsx, &bomb, &Options::of("file"));
    assert!(refused.starts_with("refused: workbook-"), "{refused}");
    let tight = small(|limits| limits.workbook_bytes = 1 << 20);
    assert!(shown(Format::Xlsx, &bomb, &tight).starts_with("refused: workbook-"));
}

#[test]
fn a_sheet_may_not_claim_cells_out_of_order_or_beyond_the_last_column() {
    let backwards = [row(&[("A5", "a")]), row(&[("A2", "x")])].concat();
    let refused = shown(Format::Xlsx, &workbook(&[("s", &backwards)]), &Options::of("file"));
    assert_eq!(refused, "refused: workbook-broken cause=row 2 after row 5\n");
    let far = row(&[("A1", "a"), ("XFE1", "x")]);
    let refused = shown(Format::Xlsx, &workbook(&[("s", &far)]), &Options::of("file"));
    assert!(refused.starts_with("refused: workbook-broken"), "{refused}");
    let wide = [row(&[("A1", "a")]), row(&[("A1048576", "x"), ("XFD1048576", "far")])].concat();
    let read = shown(Format::Xlsx, &workbook(&[("s", &wide)]), &Options::of("file"));
    assert_eq!(read, "a\n1048576: !row-too-many-cells <x>\n");
}

#[test]
fn text_that_repeats_without_end_is_refused() {
    let options = small(|limits| {
        limits.workbook_bytes = 2_000;
        limits.cell_bytes = 700;
    });
    let long = "x".repeat(600);
    let book = workbook(&[("s", &row(&[("A1", "a"), ("B1", &long)]))]);
    assert!(shown(Format::Xlsx, &book, &options).starts_with(&format!("a|{long}\n")));
    let longer = "x".repeat(701);
    let book = workbook(&[("s", &[row(&[("A1", "a")]), row(&[("A2", &longer)])].concat())]);
    assert!(shown(Format::Xlsx, &book, &options).starts_with("a\n2: !cell-too-long[a]"));
}

proptest! {
    #[test]
    fn no_bytes_in_a_sheet_make_the_reader_panic(
        noise in "(<(row|c|v|is|t)( (r|t|s)=\"[A-Z0-9a-z]{0,12}\"){0,3}/?>|</(row|c|v|is|t)>|[0-9&;#x]){0,40}",
    ) {
        let rows = row(&[("A1", "a")]) + &noise;
        shown(Format::Xlsx, &workbook(&[("s", &rows)]), &Options::of("file"));
    }

    #[test]
    fn no_flipped_byte_makes_the_reader_panic(at: prop::sample::Index, with: u8) {
        let mut book = workbook(&[("s", &row(&[("A1", "a"), ("B1", "b")]))]);
        let at = at.index(book.len());
        book[at] ^= with;
        shown(Format::Xlsx, &book, &Options::of("file"));
    }
}
