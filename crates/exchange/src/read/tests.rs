//! How tables are read, whatever their format.

mod csv;
mod geojson;
mod hxl;
mod xlsx;

use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek, SeekFrom};

use model::finding::Finding;
use proptest::prelude::*;

use super::*;

/// All of a table as text: columns, rows, refused rows and warnings, a line each.
fn shown(format: Format, bytes: &[u8], options: &Options) -> String {
    match open(format, Cursor::new(bytes.to_vec()), options) {
        Err(findings) => lines("refused", &findings),
        Ok(table) => shown_table(table),
    }
}

fn shown_table(mut table: Table<'_>) -> String {
    let mut text = format!("{}\n", table.columns().join("|"));
    while let Some(row) = table.next_row() {
        match row {
            Ok(row) => {
                let cells: Vec<&str> = row.cells().collect();
                writeln!(text, "{}: {}", row.number(), cells.join("|")).expect("a String");
            }
            Err(error) => {
                let codes = codes(&error.findings);
                let stop = if error.stops { " stop" } else { "" };
                writeln!(text, "{}: !{codes}{stop} <{}>", error.row, error.raw).expect("a String");
            }
        }
    }
    text + &lines("warning", table.warnings())
}

fn lines(word: &str, findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |text, finding| {
        let values: Vec<String> =
            finding.values.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let row = finding.at.row.map_or(String::new(), |row| format!(" row {row}"));
        format!("{text}{word}: {}{row}{}\n", finding.code, values.concat())
    })
}

fn codes(findings: &[Finding]) -> String {
    let code = |finding: &Finding| match &finding.at.column {
        Some(column) => format!("{}[{column}]", finding.code),
        None => finding.code.to_owned(),
    };
    findings.iter().map(code).collect::<Vec<_>>().join(" ")
}

/// The usual options, but for small limits.
fn small(change: impl FnOnce(&mut Limits)) -> Options {
    let mut options = Options::of("file");
    change(&mut options.limits);
    options
}

/// A file that says it is this long and cannot be read.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("it was read"))
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        Ok(if to == SeekFrom::End(0) { self.0 } else { 0 })
    }
}

#[test]
fn a_file_of_2_gib_is_refused_before_it_is_read() {
    let bytes = 2_u64 << 30;
    for format in [Format::Csv, Format::CsvGz, Format::Xlsx, Format::GeoJson] {
        let refused = open(format, Endless(bytes), &Options::of("big.csv")).expect_err("too large");
        assert_eq!(codes(&refused), "file-too-large");
        assert_eq!(refused[0].value("bytes"), Some("2147483648"));
        assert_eq!(refused[0].at.file.as_deref(), Some("big.csv"));
    }
    let read = open(Format::Csv, Endless(bytes - 1), &Options::of("big.csv")).expect_err("broken");
    assert_eq!(lines("refused", &read), "refused: file-unreadable cause=it was read\n");
}

#[test]
fn rows_know_their_columns_and_findings_their_file() {
    let mut table =
        open(Format::Csv, Cursor::new("a,b\n1,2\n3\n"), &Options::of("x.csv")).expect("a table");
    assert_eq!((table.columns().join("|").as_str(), table.format()), ("a|b", Format::Csv));
    let row = table.next_row().expect("a row").expect("a good one");
    assert_eq!(
        (row.get("b"), row.get("c"), row.cell(0), row.cell(2)),
        (Some("2"), None, Some("1"), None)
    );
    assert_eq!((row.number(), row.raw().as_ref()), (2, "1,2"));
    let error = table.next_row().expect("a row").expect_err("a bad one");
    assert_eq!(error.findings[0].to_string(), "row-too-few-cells x.csv:3 found=1 expected=2");
    assert!(table.next_row().is_none() && table.next_row().is_none());
}

#[test]
fn detection_leaves_the_reader_at_its_start() {
    let mut reader = Cursor::new(b"a,b\n1,2\n");
    assert_eq!(detect("x.csv", &mut reader), Ok(Format::Csv));
    assert_eq!(reader.position(), 0);
    let refused = detect("x.csv", &mut Cursor::new(b"\x89PNG\r\n\x1A\n")).expect_err("no table");
    assert_eq!(refused.to_string(), "file-not-a-table x.csv kind=PNG");
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_or_run_on(bytes: Vec<u8>, text in "[a,\"\n\r;é\0]{0,64}") {
        let limits = small(|limits| limits.row_bytes = 32);
        for format in [Format::Csv, Format::CsvGz, Format::Xlsx, Format::GeoJson] {
            shown(format, &bytes, &limits);
            shown(format, text.as_bytes(), &limits);
        }
    }
}
