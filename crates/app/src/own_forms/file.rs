//! Reads a form: an XLSX workbook, or a folder with `survey.csv`, `choices.csv` and `settings.csv`.

use std::fs::{self, File};
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use exchange::read::{Kinds, Limits, sheets};
use forms::sheet::{self, Sheet};
use forms::workbook::{RawSheet, Workbook};
use forms::xform::{Emitted, emit};
use model::finding::Finding;
use model::limits::FORM_BYTES_MAX;

use crate::error::AppError;

/// The sheets that a folder may hold, as CSV.
const SHEETS: [&str; 4] = ["survey", "choices", "settings", "external_choices"];

/// A form that was read.
#[derive(Clone, Debug)]
pub struct FormFile {
    /// Its name without ending: its id where its settings have none.
    pub stem: String,
    /// Its sheets.
    pub book: Workbook,
    /// Everything worth saying of its sheets, errors too.
    pub findings: Vec<Finding>,
}

impl FormFile {
    /// The form as an `XForm`, and everything worth saying of its sheets.
    pub fn xform(&self) -> Result<(Emitted, Vec<Finding>), AppError> {
        if self.findings.iter().any(Finding::is_error) {
            return Err(AppError::invalid(self.findings.clone()));
        }
        let emitted = emit(&self.book, &self.stem).map_err(|more| {
            AppError::invalid(self.findings.iter().cloned().chain(more).collect::<Vec<_>>())
        })?;
        Ok((emitted, self.findings.clone()))
    }
}

/// Reads a form of one's own: a workbook of either kind, or a folder of CSV.
pub fn read_form(path: &Path) -> Result<FormFile, AppError> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut findings = Vec::new();
    let raw = if path.is_dir() {
        read_folder(path, &mut findings)?
    } else {
        let file = File::open(path).map_err(|error| AppError::file(path, error))?;
        read_workbook(file, Kinds::Any)?
    };
    Ok(finished(stem, &raw, findings))
}

/// Reads a form that somebody sent: XLSX only.
pub fn read_form_bytes(stem: &str, bytes: &[u8]) -> Result<FormFile, AppError> {
    let raw = read_workbook(Cursor::new(bytes), Kinds::New)?;
    Ok(finished(stem.to_owned(), &raw, Vec::new()))
}

fn finished(stem: String, raw: &[RawSheet], mut findings: Vec<Finding>) -> FormFile {
    let book = Workbook::read(raw, &mut findings);
    FormFile { stem, book, findings }
}

fn read_workbook(reader: impl Read + Seek, kinds: Kinds) -> Result<Vec<RawSheet>, AppError> {
    let limits = Limits { file_bytes: FORM_BYTES_MAX, ..Limits::default() };
    let read =
        sheets(reader, kinds, &limits).map_err(|finding| AppError::invalid(vec![finding]))?;
    Ok(read.into_iter().map(|sheet| RawSheet { name: sheet.name, rows: sheet.rows }).collect())
}

fn read_folder(path: &Path, findings: &mut Vec<Finding>) -> Result<Vec<RawSheet>, AppError> {
    let mut raw = Vec::new();
    for name in SHEETS {
        let file = path.join(format!("{name}.csv"));
        let Ok(known) = fs::metadata(&file) else { continue };
        if known.len() > FORM_BYTES_MAX {
            let finding = Finding::error("file-too-large").with("bytes", known.len());
            return Err(AppError::invalid(vec![finding.with("max", FORM_BYTES_MAX)]));
        }
        let bytes = fs::read(&file).map_err(|error| AppError::file(&file, error))?;
        let file_name = format!("{name}.csv");
        let table = sheet::read(Sheet { file: &file_name, bytes: &bytes }, findings);
        let header = (1, table.headers().to_vec());
        let rows = table.rows().map(|row| {
            let cells = (0..table.headers().len()).map(|place| row.cell(place).to_owned());
            (row.line, cells.collect())
        });
        let rows = std::iter::once(header).chain(rows).collect();
        raw.push(RawSheet { name: name.to_owned(), rows });
    }
    Ok(raw)
}
