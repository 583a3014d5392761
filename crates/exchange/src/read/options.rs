//! What a caller says about a file, and how much of it may be read.

use model::limits;

/// What a caller says about the file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The name people know it by; findings carry it.
    pub file_name: String,
    /// The sheet of a workbook; the first where none is named.
    pub sheet: Option<String>,
    /// What its columns are called by.
    pub header: Header,
    /// Whether an apostrophe that keeps a text from being run as a formula is taken off again.
    pub restores_formulas: bool,
    /// How much may be read.
    pub limits: Limits,
}

impl Options {
    /// The usual options for a file of this name.
    pub fn of(file_name: &str) -> Self {
        Self {
            file_name: file_name.to_owned(),
            sheet: None,
            header: Header::Headings,
            restores_formulas: true,
            limits: Limits::default(),
        }
    }

    /// Names the sheet of a workbook.
    #[must_use]
    pub fn sheet(mut self, name: &str) -> Self {
        self.sheet = Some(name.to_owned());
        self
    }

    /// Calls the columns by their hashtags.
    #[must_use]
    pub fn by_hashtags(self) -> Self {
        Self { header: Header::Hashtags, ..self }
    }
}

/// What the columns of a table are called by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// The headings in its first row.
    #[default]
    Headings,
    /// The HXL hashtags in a row near its top.
    Hashtags,
}

/// How much may be read; [`model::limits`] unless a test or a small machine says less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The file as it lies on disk, in bytes.
    pub file_bytes: u64,
    /// What a compressed file unfolds to, in bytes.
    pub unpacked_bytes: u64,
    /// What a workbook unfolds to, in bytes.
    pub workbook_bytes: u64,
    /// Unfolded bytes of a workbook for each packed one.
    pub workbook_ratio: u64,
    /// A GeoJSON file, in bytes.
    pub geojson_bytes: u64,
    /// Columns of a table.
    pub columns: usize,
    /// One row, in bytes.
    pub row_bytes: usize,
    /// One cell, in bytes.
    pub cell_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: limits::IMPORT_FILE_BYTES_MAX,
            unpacked_bytes: limits::IMPORT_UNPACKED_BYTES_MAX,
            workbook_bytes: limits::WORKBOOK_UNPACKED_BYTES_MAX,
            workbook_ratio: limits::WORKBOOK_RATIO_MAX,
            geojson_bytes: limits::GEOJSON_BYTES_MAX,
            columns: limits::IMPORT_COLUMNS_MAX,
            row_bytes: limits::IMPORT_ROW_BYTES_MAX,
            cell_bytes: limits::IMPORT_CELL_BYTES_MAX,
        }
    }
}
