//! Finds the header of a table: its first row, or the row of hashtags near its top.

use model::finding::Finding;

use super::cells::Cells;
use super::columns::Columns;
use super::hxl::{Search, TagRow};
use super::options::{Header, Limits, Options};

/// Looks for the header, row by row.
pub(crate) struct HeaderSearch<'o> {
    limits: &'o Limits,
    hashtags: Option<Search>,
    seen_any: bool,
}

impl<'o> HeaderSearch<'o> {
    /// Looks for what the columns are to be called by.
    pub(crate) fn of(options: &'o Options) -> Self {
        let hashtags = (options.header == Header::Hashtags).then(Search::default);
        Self { limits: &options.limits, hashtags, seen_any: false }
    }

    /// Looks at the next row that holds anything; nothing where the header comes later.
    pub(crate) fn look(&mut self, cells: &Cells, row: u64) -> Option<Result<TagRow, Vec<Finding>>> {
        self.seen_any = true;
        if let Some(search) = &mut self.hashtags {
            return search.look(cells, row, self.limits);
        }
        let columns = Columns::from_header(cells.iter(), row, self.limits);
        Some(columns.map(|columns| TagRow { columns, warnings: Vec::new() }))
    }

    /// What is said where the file ends before the header came.
    pub(crate) fn missing(&self) -> Vec<Finding> {
        match &self.hashtags {
            Some(search) if self.seen_any => search.missing(),
            _ => vec![Finding::error("file-empty")],
        }
    }
}
