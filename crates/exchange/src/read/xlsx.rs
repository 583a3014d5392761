//! Workbooks: the cells of one sheet as text.
//!
//! The archive is weighed before anything is unfolded, and cells are taken one by one, because a
//! sheet may claim to be as large as it likes. Days and instants become ISO text, whole numbers lose
//! their `.0`, formulas give the value the workbook was saved with.

pub(crate) mod archive;
mod cell;

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use model::finding::Finding;

use crate::formula;

use super::grid::Grid;
use super::hxl::TagRow;
use super::options::Options;
use super::{Parts, Rows};

/// Columns of the largest sheet there is.
const SHEET_COLUMNS: u32 = 16_384;

/// Opens a workbook.
pub(crate) fn open<'a>(
    mut reader: impl Read + Seek,
    packed_bytes: u64,
    options: &Options,
) -> Result<Parts<'a>, Vec<Finding>> {
    archive::check(&mut reader, packed_bytes, &options.limits).map_err(|finding| vec![finding])?;
    // The decoder of a hostile file is not trusted to never panic.
    let read = catch_unwind(AssertUnwindSafe(|| read_sheet(reader, options)));
    let grid = read
        .unwrap_or_else(|_panic| Err(broken("unexpected content")))
        .map_err(|finding| vec![finding])?;
    let mut rows = grid.into_rows();
    let TagRow { columns, warnings } = rows.header(options)?;
    Ok(Parts { columns, rows: Rows::Grid(rows), warnings })
}

fn read_sheet(reader: impl Read + Seek, options: &Options) -> Result<Grid, Finding> {
    let mut book = Xlsx::new(reader).map_err(|error: XlsxError| broken(error))?;
    let sheet = sheet_name(&book.sheet_names(), options.sheet.as_deref())?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut grid = Grid::new(options.limits.workbook_bytes, options.limits.cell_bytes);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        add_cell(&mut grid, cell.get_position(), cell.get_value(), options)?;
    }
    Ok(grid)
}

fn sheet_name(names: &[String], wanted: Option<&str>) -> Result<String, Finding> {
    let found = match wanted {
        None => names.first(),
        Some(wanted) => names.iter().find(|name| *name == wanted),
    };
    found.cloned().ok_or_else(|| {
        let finding = Finding::error("workbook-sheet-unknown");
        finding.with("sheet", wanted.unwrap_or_default()).with("known", names.join(", "))
    })
}

fn add_cell(
    grid: &mut Grid,
    (row, column): (u32, u32),
    value: &DataRef<'_>,
    options: &Options,
) -> Result<(), Finding> {
    if column >= SHEET_COLUMNS {
        return Err(broken(format!("a cell in column {column}")));
    }
    let number = u64::from(row) + 1;
    match grid.last_number() {
        Some(last) if last == number => {}
        Some(last) if last > number => {
            return Err(broken(format!("row {number} after row {last}")));
        }
        _ => grid.begin_row(number),
    }
    match cell::text_of(value) {
        Ok(text) if options.restores_formulas => grid.push(column, formula::original(&text)),
        Ok(text) => grid.push(column, &text),
        Err(error) => {
            grid.push(column, &error)?;
            grid.refuse(Some(column), Finding::error("cell-error").with("error", error));
            Ok(())
        }
    }
}

pub(crate) fn broken(cause: impl std::fmt::Display) -> Finding {
    Finding::error("workbook-broken").with("cause", cause)
}
