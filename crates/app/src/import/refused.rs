//! The file of refused rows: the row's number, its reasons in words, its text as the source has it.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use model::finding::Finding;
use model::id::RecordId;

use crate::error::AppError;

/// Where refused rows go; the file is made with the first one. A preview keeps none.
pub(crate) struct RefusedRows<'w> {
    folder: PathBuf,
    batch: Option<RecordId>,
    words: &'w dyn Fn(&Finding) -> String,
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl<'w> RefusedRows<'w> {
    pub(crate) fn new(
        folder: PathBuf,
        batch: Option<RecordId>,
        words: &'w dyn Fn(&Finding) -> String,
    ) -> Self {
        Self { folder, batch, words, file: None }
    }

    /// Keeps a row.
    pub(crate) fn keep(
        &mut self,
        row: u64,
        findings: &[Finding],
        raw: &str,
    ) -> Result<(), AppError> {
        let Some(batch) = self.batch else { return Ok(()) };
        if self.file.is_none() {
            self.file = Some(create(&self.folder, batch)?);
        }
        let Some((path, file)) = &mut self.file else { return Ok(()) };
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        let reasons: Vec<String> = findings.iter().map(self.words).collect();
        let line = [row.to_string(), codes.join(" "), reasons.join("; "), raw.to_owned()];
        let line: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        writeln!(file, "{}", line.join(",")).map_err(|error| AppError::file(path, error))
    }

    /// Makes the file durable; where it is, if there is one.
    pub(crate) fn finish(self) -> Result<Option<PathBuf>, AppError> {
        let Some((path, file)) = self.file else { return Ok(None) };
        let synced = file.into_inner().map_err(std::io::IntoInnerError::into_error);
        synced.and_then(|file| file.sync_all()).map_err(|error| AppError::file(&path, error))?;
        Ok(Some(path))
    }
}

fn create(
    folder: &std::path::Path,
    batch: RecordId,
) -> Result<(PathBuf, BufWriter<File>), AppError> {
    fs::create_dir_all(folder).map_err(|error| AppError::file(folder, error))?;
    let path = folder.join(format!("{batch}.csv"));
    let mut file =
        BufWriter::new(File::create(&path).map_err(|error| AppError::file(&path, error))?);
    writeln!(file, "row,codes,reasons,line").map_err(|error| AppError::file(&path, error))?;
    Ok((path, file))
}

/// A cell of CSV; one that a spreadsheet would run as a formula gets an apostrophe.
fn quoted(cell: &str) -> String {
    let safe = exchange::formula::neutralised(cell);
    format!("\"{}\"", safe.replace('"', "\"\""))
}
