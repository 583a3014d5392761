//! Settlements from a sheet, plain or packed with gzip.

use forms::answer::place_finding;
use forms::sheet::{self, Row, Sheet, Table};
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::place::Position;

use super::Settlement;
use super::read::FOLDER;
use crate::document::Section;
use crate::findings::Findings;
use crate::layer::LayerFolder;
use crate::packed::{below, held_file, unpacked};

const KEYS: [&str; 7] = ["file", "code", "name", "class", "longitude", "latitude", "area"];

/// Where in a row what stands.
struct Columns {
    code: usize,
    name: usize,
    longitude: usize,
    latitude: usize,
    class: Option<usize>,
    area: Option<usize>,
}

/// Reads the settlements that a section names.
pub(super) fn read(
    section: &Section<'_>,
    files: &LayerFolder,
    findings: &Findings,
) -> Vec<Settlement> {
    section.knows(&KEYS);
    let Some(path) = section.required_text("file") else { return Vec::new() };
    let Some(content) = held_file(section, files, FOLDER, &path) else { return Vec::new() };
    let file = files.path(&below(FOLDER, &path));
    let Some(bytes) = unpacked(&file, content, findings) else { return Vec::new() };
    let mut found = Vec::new();
    let table = sheet::read(Sheet { file: &file, bytes: &bytes }, &mut found);
    findings.extend(found);
    let Some(columns) = columns(section, &table) else { return Vec::new() };
    table.rows().filter_map(|row| settlement(row, &columns, &file, findings)).collect()
}

fn columns(section: &Section<'_>, table: &Table) -> Option<Columns> {
    let optional = |key: &str| {
        let header = section.text(key)?;
        let place = table.headers().iter().position(|known| *known == header);
        if place.is_none() {
            let near = suggestion(&header, table.headers().iter().map(String::as_str));
            let finding = section.finding("places-column-missing", key).with("column", &header);
            section.report(finding.with("nearest", near));
        }
        place
    };
    let needed = |key: &str| {
        section.demand(key);
        optional(key)
    };
    let (code, name) = (needed("code"), needed("name"));
    let (longitude, latitude) = (needed("longitude"), needed("latitude"));
    let (class, area) = (optional("class"), optional("area"));
    Some(Columns {
        code: code?,
        name: name?,
        longitude: longitude?,
        latitude: latitude?,
        class,
        area,
    })
}

fn settlement(
    row: Row<'_>,
    columns: &Columns,
    file: &str,
    findings: &Findings,
) -> Option<Settlement> {
    let position = Position::parse(row.cell(columns.longitude), row.cell(columns.latitude));
    let position = position.map_err(|error| place_finding(&error)).and_then(|position| {
        let named = !row.cell(columns.code).is_empty() && !row.cell(columns.name).is_empty();
        if named { Ok(position) } else { Err(Finding::error("places-settlement-nameless")) }
    });
    let position = position.map_err(|f| findings.push(f.in_file(file).at_row(row.line))).ok()?;
    let optional = |column: Option<usize>| {
        let text = row.cell(column?);
        (!text.is_empty()).then(|| text.to_owned())
    };
    Some(Settlement {
        code: row.cell(columns.code).to_owned(),
        name: row.cell(columns.name).to_owned(),
        class: optional(columns.class),
        area: optional(columns.area),
        position,
    })
}
