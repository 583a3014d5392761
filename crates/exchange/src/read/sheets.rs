//! All sheets of a workbook, as a person would read them: for forms, whose sheets belong together.
//!
//! Cells become the text that makers of form tools agreed on: whole numbers without `.0`, `TRUE` and
//! `FALSE`, instants as `2012-12-12 00:00:00`. Sheets are weighed before and while they are read.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, ExcelDateTime, Reader, Xls, Xlsx};
use model::finding::Finding;

use super::guard::file_bytes_within;
use super::options::Limits;
use super::xlsx::{archive, broken};

/// The first bytes of a workbook of the old kind.
const OLD: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
/// Columns that are read of a sheet.
const COLUMNS_MAX: u32 = 1_024;

/// A sheet: its name, and rows of cells with the numbers a spreadsheet shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows; those without cells are left out.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Which workbooks are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// XLSX only: what comes from somebody else.
    New,
    /// XLS as well, whose sheets cannot be weighed before they are read: a person's own files.
    Any,
}

/// Reads all sheets of a workbook.
pub fn sheets(
    mut reader: impl Read + Seek,
    kinds: Kinds,
    limits: &Limits,
) -> Result<Vec<Sheet>, Finding> {
    let bytes = file_bytes_within(&mut reader, limits)?;
    let mut first = [0; 4];
    let is_old = reader.read_exact(&mut first).is_ok() && first == OLD;
    reader.rewind().map_err(broken)?;
    if is_old && kinds == Kinds::New {
        return Err(Finding::error("workbook-old"));
    }
    if !is_old {
        archive::check(&mut reader, bytes, limits)?;
    }
    // The decoder of a hostile file is not trusted to never panic.
    let read = catch_unwind(AssertUnwindSafe(|| {
        if is_old { read_old(reader, limits) } else { read_new(reader, limits) }
    }));
    read.unwrap_or_else(|_panic| Err(broken("unexpected content")))
}

fn read_new(reader: impl Read + Seek, limits: &Limits) -> Result<Vec<Sheet>, Finding> {
    let mut book = Xlsx::new(reader).map_err(broken)?;
    let mut weight = Weight::of(limits);
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet { name: name.clone(), rows: Vec::new() };
        // A sheet of a chart has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let at = cell.get_position();
            sheet.add(at, &cell.get_value().clone().into(), &mut weight)?;
        }
        drop(cells);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn read_old(reader: impl Read + Seek, limits: &Limits) -> Result<Vec<Sheet>, Finding> {
    let book: Xls<_> = Xls::new(reader).map_err(broken)?;
    let mut book = book;
    let mut weight = Weight::of(limits);
    let mut sheets = Vec::new();
    for (name, range) in book.worksheets() {
        let mut sheet = Sheet { name, rows: Vec::new() };
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, value) in range.used_cells() {
            let down = u32::try_from(down).unwrap_or(u32::MAX);
            let right = u32::try_from(right).unwrap_or(u32::MAX);
            let at = (row.saturating_add(down), column.saturating_add(right));
            sheet.add(at, value, &mut weight)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// How much more may be read.
struct Weight {
    bytes_left: u64,
    bytes_max: u64,
    cell_bytes: usize,
}

impl Weight {
    fn of(limits: &Limits) -> Self {
        let bytes = limits.workbook_bytes;
        Self { bytes_left: bytes, bytes_max: bytes, cell_bytes: limits.cell_bytes }
    }

    fn take(&mut self, text: &str) -> Result<(), Finding> {
        if text.len() > self.cell_bytes {
            let finding = Finding::error("cell-too-long").with("bytes", text.len());
            return Err(finding.with("max", self.cell_bytes));
        }
        // An empty cell before it takes room too.
        let bytes = text.len() as u64 + size_of::<String>() as u64;
        self.bytes_left = self
            .bytes_left
            .checked_sub(bytes)
            .ok_or_else(|| Finding::error("table-too-large").with("max", self.bytes_max))?;
        Ok(())
    }
}

impl Sheet {
    fn add(
        &mut self,
        (row, column): (u32, u32),
        value: &Data,
        weight: &mut Weight,
    ) -> Result<(), Finding> {
        let text = text_of(value);
        if text.trim().is_empty() || column >= COLUMNS_MAX {
            return Ok(());
        }
        let number = u64::from(row) + 1;
        if self.rows.last().is_none_or(|(last, _)| *last != number) {
            self.rows.push((number, Vec::new()));
        }
        let Some((_, cells)) = self.rows.last_mut() else { return Ok(()) };
        while cells.len() < column as usize {
            weight.take("")?;
            cells.push(String::new());
        }
        weight.take(&text)?;
        match cells.get_mut(column as usize) {
            Some(cell) => *cell = text,
            None => cells.push(text),
        }
        Ok(())
    }
}

fn text_of(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(at) => instant(at),
        Data::Error(error) => error.to_string(),
    }
}

/// A day and a time of day, or the time alone where there is no day.
fn instant(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _ms) = at.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if (0.0..1.0).contains(&at.as_f64()) {
        return time;
    }
    format!("{year:04}-{month:02}-{day:02} {time}")
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn typed_cells_become_the_text_that_form_tools_agreed_on() {
        let at = |days| ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false);
        let cells = [
            (Data::Float(2024.0), "2024"),
            (Data::Float(0.5), "0.5"),
            (Data::Bool(true), "TRUE"),
            (Data::DateTime(at(41_255.0)), "2012-12-12 00:00:00"),
            (Data::DateTime(at(0.75)), "18:00:00"),
        ];
        for (cell, expected) in cells {
            assert_eq!(text_of(&cell), expected);
        }
    }

    #[test]
    fn cells_stand_in_their_columns_and_rows_keep_their_numbers() {
        let mut sheet = Sheet::default();
        let mut weight = Weight::of(&Limits::default());
        for (at, text) in [((0, 1), "name"), ((0, 0), "type"), ((4, 2), "x"), ((5, 0), " ")] {
            sheet.add(at, &Data::String(text.to_owned()), &mut weight).expect("little");
        }
        let row = |cells: &[&str]| cells.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(sheet.rows, [(1, row(&["type", "name"])), (5, row(&["", "", "x"]))]);
    }

    #[test]
    fn what_is_no_workbook_or_holds_too_much_is_refused() {
        let read = |bytes: &[u8], kinds| {
            sheets(std::io::Cursor::new(bytes), kinds, &Limits::default())
                .expect_err("refused")
                .code
        };
        assert_eq!(read(b"type,name\n", Kinds::Any), "workbook-broken");
        assert_eq!(read(&[&OLD[..], b"more"].concat(), Kinds::New), "workbook-old");
        let limits = Limits { workbook_bytes: 60, ..Limits::default() };
        let mut weight = Weight::of(&limits);
        let mut sheet = Sheet::default();
        let wide = sheet.add((0, 9), &Data::String("x".to_owned()), &mut weight);
        assert_eq!(wide.expect_err("ten cells").code, "table-too-large");
    }
}
