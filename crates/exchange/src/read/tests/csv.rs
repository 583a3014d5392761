//! CSV: separators, encodings, quotes, rows that do not fit, limits.

use std::io::Write as _;

use ::csv::{Terminator, WriterBuilder};
use encoding_rs::WINDOWS_1252;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn check(bytes: &[u8], expected: &str) {
    assert_eq!(shown(Format::Csv, bytes, &Options::of("file")), expected);
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("a Vec");
    encoder.finish().expect("a Vec")
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn commas_semicolons_and_tabs_are_told_apart_by_the_header() {
    check(b"a,b\n1,x;y\n", "a|b\n2: 1|x;y\n");
    check(b"a;b;\"c,d,e\"\n1;x,y;\n", "a|b|c,d,e\n2: 1|x,y|\n");
    check(b"a\tb\n1\tx\n", "a|b\n2: 1|x\n");
    check(b"sep=;\r\na,b;c\r\n1;2\r\n", "a,b|c\n3: 1|2\n");
    check(b"a\n1\n", "a\n2: 1\n");
}

#[test]
fn every_end_of_line_ends_a_line() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "1,\"x\"", "2,y", ""].join(end);
        check(text.as_bytes(), "a|b\n2: 1|x\n3: 2|y\n");
    }
    check(b"a,b\n1,2", "a|b\n2: 1|2\n");
}

#[test]
fn quoted_cells_hold_separators_lines_and_quotes() {
    check(b"a,b\n\"x, \"\"y\"\"\nz\",\"\"\n1,5\" pipe\n", "a|b\n2: x, \"y\"\nz|\n3: 1|5\" pipe\n");
}

#[test]
fn blank_rows_are_counted_and_left_out() {
    check(b"\n,,\na,b\n\n,\n1,2\n", "a|b\n6: 1|2\n");
}

#[test]
fn encodings_are_found_out_and_named() {
    let text = "nom,é\nKidal,Ménaka \u{1F30D}\n";
    let shown = "nom|é\n2: Kidal|Ménaka \u{1F30D}\n";
    check(text.as_bytes(), shown);
    check(format!("\u{FEFF}{text}").as_bytes(), shown);
    for (mark, to_bytes, name) in [
        ("\u{FEFF}", u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
        ("\u{FEFF}", u16::to_be_bytes, "UTF-16BE"),
    ] {
        let expected = format!("{shown}warning: file-encoding encoding={name}\n");
        check(&utf16(&format!("{mark}{text}"), to_bytes), &expected);
    }
    let unmarked = utf16("nom,b\nKidal,x\n", u16::to_le_bytes);
    check(&unmarked, "nom|b\n2: Kidal|x\nwarning: file-encoding encoding=UTF-16LE\n");
}

#[test]
fn latin_letters_of_one_byte_are_windows_1252_wherever_they_begin() {
    let early = WINDOWS_1252.encode("nom,état\nGao,“x” €\n").0;
    check(&early, "nom|état\n2: Gao|“x” €\nwarning: file-encoding encoding=Windows-1252\n");
    let ascii = "Gao,x\n".repeat(20_000);
    let late = WINDOWS_1252.encode(&format!("nom,b\n{ascii}Ménaka,é\n")).0.into_owned();
    let text = shown(Format::Csv, &late, &Options::of("file"));
    assert!(text.ends_with("20002: Ménaka|é\nwarning: file-encoding encoding=Windows-1252\n"));
}

#[test]
fn one_broken_letter_in_utf_8_refuses_its_row_only() {
    check(
        b"nom,\xC3\xA9\xC3\xA9\nM\xC3\xA9naka,1\nM\xE9naka,2\nGao\xC3,\xA9\nGao,3\n",
        "nom|éé\n2: Ménaka|1\n3: !text-not-utf8 <Ménaka,2>\n4: !text-not-utf8 <GaoÃ,©>\n5: Gao|3\n",
    );
    let mut broken = utf16("\u{FEFF}a,b\nx,1\ny,2\n", u16::to_le_bytes);
    broken[10..12].copy_from_slice(&[0x00, 0xD8]);
    let text = shown(Format::Csv, &broken, &Options::of("file"));
    assert_eq!(
        text,
        "a|b\n2: !text-not-utf8 <ÿ,1>\n3: y|2\nwarning: file-encoding encoding=UTF-16LE\n"
    );
}

#[test]
fn a_lost_quote_costs_its_line_and_not_the_rest() {
    check(
        b"a,b\n1,\"lost\n2,x\n3,\"y\"\n4,z\n",
        "a|b\n2: !quote-broken <1,\"lost>\n3: 2|x\n4: 3|y\n5: 4|z\n",
    );
    check(b"a,b\n1,\"lost\n2,x\n3,y\n", "a|b\n2: !quote-unclosed <1,\"lost>\n3: 2|x\n4: 3|y\n");
    check(b"a,b\n1,\"x\"y\n2,z\n", "a|b\n2: !quote-broken <1,\"x\"y>\n3: 2|z\n");
    check(b"a,b\n1,\"", "a|b\n2: !quote-unclosed <1,\">\n");
}

#[test]
fn a_quote_finding_names_its_line() {
    let text = b"a,b\n\"two\nlines\",x\n1,\"lost\n2,\"y\"\n";
    let mut table = open(Format::Csv, Cursor::new(text), &Options::of("x.csv")).expect("a table");
    assert!(table.next_row().is_some_and(|row| row.is_ok()));
    let error = table.next_row().expect("a row").expect_err("a broken one");
    assert_eq!(error.findings[0].to_string(), "quote-broken x.csv:3 line=5");
}

#[test]
fn rows_must_fit_their_header() {
    check(
        b"a,b\n1\n1,2,3\n1,2,\n1,2\n",
        "a|b\n2: !row-too-few-cells <1>\n3: !row-too-many-cells <1,2,3>\n4: 1|2\n5: 1|2\n",
    );
}

#[test]
fn headers_name_every_column_once_and_all_slips_are_told_at_once() {
    check(
        b"a,,b,a, ,c,b,,\n",
        "refused: header-blank row 1 position=2\n\
         refused: header-duplicate row 1 name=a first=1 second=4\n\
         refused: header-blank row 1 position=5\n\
         refused: header-duplicate row 1 name=b first=3 second=7\n",
    );
    check(b" a ,b,,\n1,2,,\n", "a|b\n2: 1|2\n");
}

#[test]
fn files_without_a_table_are_told_from_tables_without_rows() {
    for empty in [&b""[..], b"\n\n", b",,\n", b"\xEF\xBB\xBF"] {
        check(empty, "refused: file-empty\n");
    }
    check(b"a,b\n", "a|b\n");
    check(b"ab\0\x01\x02\x03", "refused: file-not-a-table kind=binary\n");
}

#[test]
fn nul_in_the_header_refuses_the_table() {
    let late = format!("a,b{},c\0\n1,2,3\n", " ".repeat(70_000));
    check(late.as_bytes(), "refused: cell-nul row 1 position=3\n");
}

#[test]
fn all_whole_rows_before_a_failure_are_read() {
    struct Failing(Cursor<Vec<u8>>);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(std::io::Error::other("disk failed")),
                read => Ok(read),
            }
        }
    }
    impl Seek for Failing {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }
    let failing = Failing(Cursor::new(b"a,b\n1,x\n2,y\n3,".to_vec()));
    let refused = match open(Format::Csv, failing, &Options::of("file")) {
        Ok(table) => shown_table(table),
        Err(findings) => lines("refused", &findings),
    };
    assert_eq!(refused, "refused: file-unreadable cause=disk failed\n");
    let rows = "1,x\n".repeat(40_000);
    let failing = Failing(Cursor::new(format!("a,b\n{rows}3,").into_bytes()));
    let table = open(Format::Csv, failing, &Options::of("file")).expect("a table");
    let text = shown_table(table);
    assert!(text.ends_with("40001: 1|x\n40002: !file-unreadable stop <3,>\n"));
}

#[test]
fn nul_refuses_its_row() {
    let long = "x".repeat(70_000);
    check(
        format!("a,b\n1,{long}\n2,\0\n3,y\n").as_bytes(),
        &format!("a|b\n2: 1|{long}\n3: !cell-nul[b] <2,\0>\n4: 3|y\n"),
    );
}

#[test]
fn apostrophes_against_formulas_are_taken_off_unless_told_otherwise() {
    let text = b"a,b\n'=1+1,'x\n''-5,'\n";
    check(text, "a|b\n2: =1+1|'x\n3: '-5|'\n");
    let as_it_is = Options { restores_formulas: false, ..Options::of("file") };
    assert_eq!(shown(Format::Csv, text, &as_it_is), "a|b\n2: '=1+1|'x\n3: ''-5|'\n");
}

#[test]
fn long_cells_and_rows_are_refused_and_the_rest_is_read() {
    let long = small(|limits| limits.cell_bytes = 4);
    assert_eq!(
        shown(Format::Csv, b"a,b\n1,12345\n2,\"1\n345\"\n3,1234\n", &long),
        "a|b\n2: !cell-too-long[b] <1,12345>\n3: !cell-too-long[b] <2,\"1\n345\">\n4: 3|1234\n"
    );
    let rows = small(|limits| limits.row_bytes = 10);
    assert_eq!(
        shown(Format::Csv, b"a,b\n1,123456789\n2,y\n", &rows),
        "a|b\n2: !row-too-long <1,123456789>\n3: 2|y\n"
    );
}

#[test]
fn a_row_without_end_is_not_held_in_memory() {
    let options = small(|limits| limits.row_bytes = 100_000);
    let endless = format!("a,b\n1,{}\n2,y\n", "x".repeat(1_000_000));
    let text = shown(Format::Csv, endless.as_bytes(), &options);
    assert!(text.len() < 300_000, "{}", text.len());
    assert!(text.starts_with("a|b\n2: !row-too-long <1,xxx"));
    assert!(text.ends_with(">\n3: 2|y\n"));
    let unclosed = format!("a,b\n1,\"{}\n2,y\n", "x\n".repeat(500_000));
    let text = shown(Format::Csv, unclosed.as_bytes(), &options);
    assert!(text.starts_with("a|b\n2: !quote-unclosed <1,\"x>\n3: !row-too-few-cells <x>\n"));
    assert!(text.ends_with("<x>\n500003: 2|y\n"));
}

#[test]
fn too_many_columns_are_refused() {
    let options = small(|limits| limits.columns = 2);
    assert_eq!(shown(Format::Csv, b"a,b\n", &options), "a|b\n");
    let refused = shown(Format::Csv, b"a,b,c\n", &options);
    assert_eq!(refused, "refused: header-too-many-columns row 1 max=2\n");
}

#[test]
fn gzip_is_unfolded_as_it_is_read() {
    let expected = "a|b\n2: 1|é\n";
    let whole = zipped("a,b\n1,é\n".as_bytes());
    assert_eq!(shown(Format::CsvGz, &whole, &Options::of("file")), expected);
    let two = [zipped(b"a,b\n1"), zipped(",é\n".as_bytes())].concat();
    assert_eq!(shown(Format::CsvGz, &two, &Options::of("file")), expected);
}

#[test]
fn a_bomb_stops_at_the_limit_and_says_so() {
    let options = small(|limits| limits.unpacked_bytes = 1 << 20);
    let bomb = zipped(format!("a,b\n{}", "1,x\n".repeat(1 << 20)).as_bytes());
    assert!(bomb.len() < 1 << 15);
    let text = shown(Format::CsvGz, &bomb, &options);
    assert!(text.contains("!file-unpacks-too-large stop"));
    assert!(text.len() < 4 << 20);
}

#[test]
fn compressed_data_that_is_cut_off_or_broken_stops_with_what_was_read() {
    let rows =
        (0..20_000).fold(String::from("a,b\n"), |rows, n| format!("{rows}{n},{}\n", n * 7919));
    let mut broken = zipped(rows.as_bytes());
    broken.truncate(broken.len() - 20);
    let text = shown(Format::CsvGz, &broken, &Options::of("file"));
    assert!(text.contains("2: 0|0\n") && text.contains("!file-unreadable stop"));
    let noise = shown(Format::CsvGz, b"\x1F\x8B\x08\0nonsense", &Options::of("file"));
    assert!(noise.starts_with("refused: file-unreadable"), "{noise}");
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof![any::<String>(), "[a,;\t\"\r\n' =é-]{0,8}"];
    (1..5_usize).prop_flat_map(move |width| {
        prop::collection::vec(prop::collection::vec(cell.clone(), width), 0..8)
    })
}

proptest! {
    /// The writer is another's, so that a misunderstanding of ours cannot cancel out.
    #[test]
    fn what_another_program_writes_is_read(rows in cells(), separator in prop::sample::select(vec![b',', b';', b'\t']), crlf: bool) {
        let width = rows.first().map_or(2, Vec::len);
        let separator = if width == 1 { b',' } else { separator };
        let terminator = if crlf { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let mut writer = WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
        writer.write_record((0..width).map(|column| format!("c{column}")))?;
        for row in &rows {
            writer.write_record(row)?;
        }
        let bytes = writer.into_inner().expect("a Vec");
        let options = Options { restores_formulas: false, ..Options::of("file") };
        let mut table = open(Format::Csv, Cursor::new(bytes), &options).expect("a table");
        let unread = |text: &String| text.contains('\0');
        for row in rows.iter().filter(|row| !row.iter().all(String::is_empty)) {
            match table.next_row().expect("a row") {
                Ok(read) => prop_assert!(read.cells().eq(row.iter().map(String::as_str))),
                Err(error) => prop_assert!(row.iter().any(unread), "{error:?} {row:?}"),
            }
        }
        prop_assert!(table.next_row().is_none());
        prop_assert_eq!(table.warnings(), &[]);
    }

    #[test]
    fn a_line_of_nonsense_never_costs_more_than_the_lines_it_swallowed(nonsense in "[^\n\r\0]{0,20}") {
        let text = format!("a,b\n1,x\n2,{nonsense}\n3,y\n4,z\n5,\"w\"\n");
        let shown = shown(Format::Csv, text.as_bytes(), &Options::of("file"));
        prop_assert!(shown.starts_with("a|b\n2: 1|x\n"), "{}", shown);
        prop_assert!(shown.ends_with("4: 3|y\n5: 4|z\n6: 5|w\n"), "{}", shown);
    }
}
