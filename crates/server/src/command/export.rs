//! `casque export`: every record of a register that the user may take out, in a file or on stdout.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use app::{AppError, ExportFormat, Node, Question, Viewer};
use serde_json::json;

use crate::cli::{Export, Format, Selection};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::terminal::counted;

/// Writes the export. A file appears whole or not at all.
pub(crate) fn run(context: &mut Context<'_>, export: &Export) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let question = question(&export.selection);
    let Some(output) = &export.output else {
        let records = write(&node, &viewer, (&question, export.format), context.terminal.output())?;
        context.terminal.flush()?;
        context.terminal.note(&counted(context.words, "cli-exported", records));
        return Ok(Exit::Done);
    };
    let records =
        write_file(output, &mut |file| write(&node, &viewer, (&question, export.format), file))?;
    if context.json() {
        let file = output.display().to_string();
        context.terminal.json(&json!({ "records": records, "file": file }))?;
    } else {
        context.terminal.note(&counted(context.words, "cli-exported", records));
    }
    Ok(Exit::Done)
}

/// What a selection asks for, without a page.
pub(super) fn question(selection: &Selection) -> Question {
    Question {
        register: selection.register.clone(),
        filter: selection.filter.clone(),
        search: selection.search.clone(),
        ..Question::default()
    }
}

fn write(
    node: &Node,
    viewer: &Viewer,
    (question, format): (&Question, Format),
    out: &mut dyn Write,
) -> Result<u64, Failure> {
    let format = match format {
        Format::Csv => ExportFormat::Csv,
        Format::Geojson => ExportFormat::GeoJson,
        Format::Xlsx => ExportFormat::Xlsx,
        Format::Ndjson => ExportFormat::Ndjson,
    };
    Ok(node.export(viewer, question, format, out)?.records)
}

/// Writes beside the file's place and moves it there at the end.
fn write_file(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<u64, Failure>,
) -> Result<u64, Failure> {
    let failed = |error| Failure::from(AppError::file(path, error));
    let unfinished = beside(path);
    let mut file = BufWriter::new(File::create(&unfinished).map_err(failed)?);
    let written = write(&mut file).and_then(|records| {
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        fs::rename(&unfinished, path).map_err(failed)?;
        Ok(records)
    });
    if written.is_err() {
        drop(fs::remove_file(&unfinished));
    }
    written
}

fn beside(path: &Path) -> PathBuf {
    let mut name: OsString = path.file_name().unwrap_or_default().to_os_string();
    name.push(".unfinished");
    path.with_file_name(name)
}
