//! A table that is held in memory: for formats that cannot be read row by row.
//!
//! One text holds all cells; blank ones take no room. What it may hold is limited, so that a small
//! file that repeats a long text a million times is refused.

use std::collections::BTreeMap;
use std::ops::Range;

use model::finding::Finding;
use model::hashtag::HashtagPattern;

use super::RowError;
use super::cells::{Cells, check_text};
use super::columns::{self, Columns};
use super::csv::too_many_cells;
use super::header::HeaderSearch;
use super::hxl::TagRow;
use super::options::Options;

/// Rows of cells, in order.
#[derive(Debug)]
pub(crate) struct Grid {
    text: String,
    cells: Vec<GridCell>,
    rows: Vec<GridRow>,
    refused: BTreeMap<usize, Vec<(Option<u32>, Finding)>>,
    text_bytes_max: u32,
    cell_bytes_max: usize,
}

/// A cell: its column and where its text ends; it begins where the one before ends.
#[derive(Clone, Copy, Debug)]
struct GridCell {
    column: u32,
    end: u32,
}

/// A row: its number and its first cell.
#[derive(Clone, Copy, Debug)]
struct GridRow {
    number: u64,
    first: usize,
}

impl Grid {
    /// An empty grid that may hold this many bytes in all and in each cell.
    pub(crate) fn new(text_bytes_max: u64, cell_bytes_max: usize) -> Self {
        let text_bytes_max = u32::try_from(text_bytes_max).unwrap_or(u32::MAX);
        Self {
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            refused: BTreeMap::new(),
            text_bytes_max,
            cell_bytes_max,
        }
    }

    /// Begins a row.
    pub(crate) fn begin_row(&mut self, number: u64) {
        self.rows.push(GridRow { number, first: self.cells.len() });
    }

    /// Adds a cell to the row begun last; columns may come in any order. Refuses the row where the
    /// text is none that a cell may hold, and the table where there is too much of it.
    pub(crate) fn push(&mut self, column: u32, text: &str) -> Result<(), Finding> {
        if text.is_empty() {
            return Ok(());
        }
        if let Some(finding) = check_text(text, self.cell_bytes_max) {
            self.refuse(Some(column), finding);
        }
        self.text.push_str(text);
        let max = self.text_bytes_max;
        let end = u32::try_from(self.text.len()).ok().filter(|end| *end <= max);
        let end = end.ok_or_else(|| Finding::error("table-too-large").with("max", max))?;
        self.cells.push(GridCell { column, end });
        Ok(())
    }

    /// Refuses the row begun last.
    pub(crate) fn refuse(&mut self, column: Option<u32>, finding: Finding) {
        if let Some(row) = self.rows.len().checked_sub(1) {
            self.refused.entry(row).or_default().push((column, finding));
        }
    }

    /// The number of the row begun last.
    pub(crate) fn last_number(&self) -> Option<u64> {
        self.rows.last().map(|row| row.number)
    }

    /// The rows, to be read.
    pub(crate) fn into_rows(self) -> GridRows {
        GridRows { grid: self, next: 0, spans: Vec::new() }
    }

    fn cells_of(&self, row: usize) -> Range<usize> {
        let first = |row: usize| self.rows.get(row).map_or(self.cells.len(), |row| row.first);
        first(row)..first(row + 1)
    }

    /// The column of a cell and where its text is.
    fn span(&self, cell: usize) -> Option<(usize, Range<usize>)> {
        let GridCell { column, end } = *self.cells.get(cell)?;
        let before = cell.checked_sub(1).and_then(|before| self.cells.get(before));
        let start = before.map_or(0, |before| before.end);
        Some((column as usize, start as usize..end as usize))
    }
}

/// The rows of a grid, read in order.
#[derive(Debug)]
pub(crate) struct GridRows {
    grid: Grid,
    next: usize,
    spans: Vec<Range<usize>>,
}

impl GridRows {
    /// Reads the first row that holds anything as a header, or the rows down to that of hashtags.
    pub(crate) fn header(&mut self, options: &Options) -> Result<TagRow, Vec<Finding>> {
        let mut cells = Cells::default();
        let limits = &options.limits;
        let mut header = HeaderSearch::of(options);
        while let Some(row) = self.grid.rows.get(self.next) {
            let number = row.number;
            let width = self.width();
            if width > limits.columns {
                return Err(vec![columns::too_many(limits.columns).at_row(number)]);
            }
            self.fill(width, &mut cells);
            self.next += 1;
            if !cells.is_blank()
                && let Some(found) = header.look(&cells, number)
            {
                return found;
            }
        }
        Err(header.missing())
    }

    /// Reads the next row that holds anything into `cells`.
    pub(crate) fn advance(
        &mut self,
        columns: &Columns,
        cells: &mut Cells,
    ) -> Option<Result<u64, RowError>> {
        loop {
            let number = self.grid.rows.get(self.next)?.number;
            self.fill(columns.len(), cells);
            let findings = self.findings(columns);
            self.next += 1;
            if !findings.is_empty() {
                let findings = findings.into_iter().map(|finding| finding.at_row(number));
                let (raw, findings) = (cells.to_csv(columns.len()), findings.collect());
                return Some(Err(RowError { row: number, raw, findings, stops: false }));
            }
            if !cells.is_blank() {
                return Some(Ok(number));
            }
        }
    }

    /// How many columns the next row reaches over.
    fn width(&self) -> usize {
        let cells = self.grid.cells_of(self.next);
        let columns = cells.filter_map(|cell| self.grid.span(cell)).map(|(column, _)| column + 1);
        columns.max().unwrap_or(0)
    }

    fn findings(&mut self, columns: &Columns) -> Vec<Finding> {
        let refused = self.grid.refused.remove(&self.next).unwrap_or_default();
        let named = |(column, finding): (Option<u32>, Finding)| match column
            .and_then(|column| columns.names().get(column as usize))
        {
            Some(name) => finding.in_column(name),
            None => finding,
        };
        let is_read = |column: Option<u32>| {
            let name = column.and_then(|column| columns.names().get(column as usize));
            !columns.are_tags() || name.is_some_and(|name| HashtagPattern::is_one(name))
        };
        let refused = refused.into_iter().filter(|(column, _finding)| is_read(*column));
        let mut findings: Vec<Finding> = refused.map(named).collect();
        let (found, expected) = (self.width(), columns.len());
        if found > expected && !columns.are_tags() {
            findings.push(too_many_cells(found, expected));
        }
        findings
    }

    /// Lays the cells of the next row out by column; columns without one are empty.
    fn fill(&mut self, width: usize, cells: &mut Cells) {
        self.spans.clear();
        self.spans.resize(width, 0..0);
        for (column, span) in self.grid.cells_of(self.next).filter_map(|cell| self.grid.span(cell))
        {
            if let Some(known) = self.spans.get_mut(column) {
                *known = span;
            }
        }
        cells.clear();
        for span in &self.spans {
            cells.push(self.grid.text.get(span.clone()).unwrap_or_default());
        }
    }
}
