//! Importing a file: preview, then the same again with the entries written.
//!
//! A row's key makes its record's id, so a newer release of the same data updates and never doubles.
//! Only what changed in the source is written: a field somebody edited here keeps that edit, and if
//! the source changes it too, both values stand side by side until someone settles them. A refused
//! row never stops the rest; it is kept with its reasons. So is a row that looks like a record or an earlier
//! row, where such are left out: a first pass finds them, since nothing may be written before all are known.

mod file;
mod links;
mod plan;
mod refused;
mod report;
mod rewind;

pub(crate) use plan::ByName;
pub use report::{ImportReport, RefusedRow, RowFate};
pub use rewind::AsOf;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use journal::{Act, Batch, Lane, Operation};
use mission::mapping::{Applied, Imported, Mapping, SourceFacts};
use mission::pack::Pack;
use mission::places::Places;
use mission::register::Register;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::LOOK_ALIKE_ROWS_MAX;
use model::place::Position;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::Value as Json;
use store::{StoreError, Writer};

use crate::alike::{NewRow, NewRows, RowsAlike};
use crate::error::AppError;
use crate::held::Moment;
use crate::node::Node;
use crate::registers::schema;
use file::{SourceFile, open_source};
use links::Links;
use plan::{Made, Planned, Planner};
use refused::RefusedRows;

/// Rows written in one transaction, where nobody says otherwise.
pub const ROWS_PER_COMMIT: usize = 20_000;
/// Refused rows a report carries whole; all are in the file of refused rows.
const REPORTED_MAX: usize = 200;

/// What is to be imported, and how.
#[derive(Clone, Copy)]
pub struct Import<'a> {
    /// The register the rows go to.
    pub register: &'a str,
    /// The mapping that reads them; `generic` reads columns named like fields.
    pub mapping: &'a str,
    /// The file.
    pub file: &'a Path,
    /// The sheet of a workbook; the first where none is named.
    pub sheet: Option<&'a str>,
    /// Fields and what stands in them where a row says nothing.
    pub given: &'a [(String, String)],
    /// Rows written in one transaction; what an interruption can cost. [`ROWS_PER_COMMIT`].
    pub rows_per_commit: usize,
    /// Whether rows are left out that look like a record or like an earlier row.
    pub leave_out_alike: bool,
    /// Rows are taken as they stood then, without what came later; as they are where nothing is given.
    pub as_of: Option<AsOf<'a>>,
    /// The words of a finding, for the file of refused rows.
    pub words: &'a dyn Fn(&Finding) -> String,
}

impl<'a> Import<'a> {
    /// A file as it is, its findings told by their codes.
    pub fn of((register, mapping): (&'a str, &'a str), file: &'a Path) -> Self {
        Self {
            register,
            mapping,
            file,
            sheet: None,
            given: &[],
            rows_per_commit: ROWS_PER_COMMIT,
            leave_out_alike: false,
            as_of: None,
            words: &|finding| finding.to_string(),
        }
    }
}

impl std::fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Import").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Node {
    /// What importing would do, row by row to `each`, and what new rows look like; nothing is written.
    pub fn preview(
        &mut self,
        viewer: &Viewer,
        import: &Import<'_>,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<ImportReport, AppError> {
        let mut run = Run::new(self, viewer, import)?;
        if !import.leave_out_alike {
            let (mut report, alike) = run.looked(self, each)?;
            report.look_alikes = alike.told;
            return Ok(report);
        }
        let alike = run.to_leave_out(self)?;
        run.left_out = alike.left_out;
        Ok(ImportReport { look_alikes: alike.told, ..run.rows(self, None, each)? })
    }

    /// Imports a file as one batch; `each` hears of every row. Interrupted, the rows up to the last
    /// commit are there, and importing again goes on from them.
    pub fn import(
        &mut self,
        viewer: &Viewer,
        import: &Import<'_>,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<ImportReport, AppError> {
        let mut id = [0; 16];
        self.environment.randomness.fill(&mut id);
        let batch = RecordId::from_bytes(id);
        let mut run = Run::new(self, viewer, import)?;
        let mut told = Json::Null;
        if import.leave_out_alike {
            let alike = run.to_leave_out(self)?;
            (run.left_out, told) = (alike.left_out, alike.told);
        }
        run.batch = Some(batch);
        let opening = run.opening(self)?;
        self.append(Lane::Bulk, &[opening])?;
        Ok(ImportReport { look_alikes: told, ..run.rows(self, None, each)? })
    }
}

/// One pass over a file.
struct Run<'a> {
    viewer: &'a Viewer,
    import: Import<'a>,
    pack: Arc<Pack>,
    places: Arc<Places>,
    register: Name,
    /// The mapping as its pack has it, and settled for the file: one for each record a row may make.
    mapping: Name,
    mappings: Vec<Mapping>,
    /// What settling it told.
    told: Vec<Finding>,
    source: SourceFile,
    /// The batch that is written; nothing in a preview.
    batch: Option<RecordId>,
    /// The rows that look like a record or an earlier row, where such are left out.
    left_out: BTreeMap<u64, Finding>,
}

impl<'a> Run<'a> {
    fn new(node: &mut Node, viewer: &'a Viewer, import: &Import<'a>) -> Result<Self, AppError> {
        let places = node.places()?;
        let pack = Arc::clone(node.pack());
        let register = node.register_for(viewer, import.register)?;
        if !viewer.may_ever(Action::Import, &schema(register)) {
            return Err(AppError::absent("import-not-allowed", &register.name));
        }
        let (mapping, source) = open_source(&pack, register, import)?;
        let columns: Vec<&str> = source.columns.iter().map(String::as_str).collect();
        let facts = SourceFacts {
            name: &source.name,
            columns: &columns,
            given: import.given,
            today: node.now().date(),
        };
        let in_file = |findings: Vec<Finding>| -> Vec<Finding> {
            findings.into_iter().map(|finding| finding.in_file(&source.name)).collect()
        };
        let settled =
            mapping.settle(register, &facts).map_err(|wrong| AppError::invalid(in_file(wrong)))?;
        let (told, mappings) = (in_file(settled.warnings), settled.mappings);
        let (register, mapping) = (register.name.clone(), mapping.name);
        let (import, batch, left_out) = (*import, None, BTreeMap::new());
        Ok(Self {
            viewer,
            import,
            pack,
            places,
            register,
            mapping,
            mappings,
            told,
            source,
            batch,
            left_out,
        })
    }

    fn register(&self) -> Result<&Register, AppError> {
        let known = self.pack.register(self.register.as_str());
        known.ok_or_else(|| StoreError::NoRegister(self.register.clone()).into())
    }

    /// The operation that opens the batch.
    fn opening(&self, node: &Node) -> Result<Operation, AppError> {
        let act = Act::Batch(Batch {
            register: self.register.clone(),
            mapping: self.mapping.clone(),
            file_name: self.source.name.clone(),
            file_hash: self.source.hash,
            rows: self.source.count_rows()?,
        });
        Ok(Operation { record: self.batch, ..node.operation(self.viewer.user, act) })
    }

    /// What writing would do, and what the new rows look like.
    fn looked(
        &self,
        node: &mut Node,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<(ImportReport, RowsAlike), AppError> {
        let mut new = self.register()?.look_alike.is_some().then(NewRows::default);
        let report = self.rows(node, new.as_mut(), each)?;
        let alike = match new {
            Some(new) => node.rows_alike(self.viewer, &self.register, &new)?,
            None => RowsAlike::default(),
        };
        Ok((report, alike))
    }

    /// The rows to leave out. Where look-alikes cannot be looked for, nothing is imported: whoever asked
    /// for it would take every row for one that looks like nothing.
    fn to_leave_out(&self, node: &mut Node) -> Result<RowsAlike, AppError> {
        let (_report, alike) = self.looked(node, &mut |_row, _fate| {})?;
        let wrong = if alike.told.is_null() {
            Finding::error("import-no-look-alike-rule").with("register", &self.register)
        } else if alike.told["looked_for"] == Json::Bool(false) {
            Finding::error("import-too-many-to-compare").with("max", LOOK_ALIKE_ROWS_MAX)
        } else {
            return Ok(alike);
        };
        Err(AppError::invalid(vec![wrong]))
    }

    /// Reads the rows; those that would make records go to `new` as well.
    fn rows(
        &self,
        node: &mut Node,
        new: Option<&mut NewRows>,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<ImportReport, AppError> {
        let mut report = ImportReport { file_hash: self.source.hash, ..ImportReport::default() };
        report.batch = self.batch;
        let mut refused = RefusedRows::new(node.files.refused(), self.batch, self.import.words);
        let moment = Moment::new(node.now(), &self.pack);
        let template = node.operation(
            self.viewer.user,
            Act::Set { register: self.register.clone(), edits: Vec::new() },
        );
        let planner = Planner::new(
            self.viewer,
            self.register()?,
            self.mappings.first().map(|mapping| mapping.namespace.as_str()).unwrap_or_default(),
            self.batch,
            (template, moment),
        )
        .looking(new.is_some());
        let mut table = self.source.open()?;
        let (report_to, refused_to, taken) = (&mut report, &mut refused, BTreeMap::new());
        let links = Links::new(self.viewer, &self.pack);
        let mut pass =
            Pass { run: self, planner, links, report: report_to, refused: refused_to, new, taken };
        loop {
            let mut writer = node.writer()?;
            let more = pass.chunk(&mut table, &mut writer, each)?;
            match self.batch {
                Some(_) => writer.commit()?,
                None => drop(writer),
            }
            if !more {
                break;
            }
            node.store.ground().give_way();
        }
        self.told.iter().chain(table.warnings()).for_each(|warning| report.warn(warning));
        report.refused_file = refused.finish()?;
        Ok(report)
    }
}

/// What became of a record, or why there is none.
type Fate = Result<RowFate, Vec<Finding>>;

/// A pass in progress.
struct Pass<'p, 'a> {
    run: &'p Run<'a>,
    planner: Planner<'p>,
    report: &'p mut ImportReport,
    refused: &'p mut RefusedRows<'a>,
    /// Rows that would make records, where they are looked at.
    new: Option<&'p mut NewRows>,
    /// The records of the rows so far, and how often each key came.
    taken: BTreeMap<RecordId, u32>,
    links: Links<'p>,
}

impl Pass<'_, '_> {
    /// One transaction's rows; whether there are more.
    fn chunk(
        &mut self,
        table: &mut exchange::read::Table<'_>,
        writer: &mut Writer<'_>,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<bool, AppError> {
        for _ in 0..self.run.import.rows_per_commit.max(1) {
            let Some(read) = table.next_row() else { return Ok(false) };
            match read {
                Ok(row) => {
                    let raw = || row.raw().into_owned();
                    for fate in self.row(row, writer)? {
                        let fate = self.settle(fate, row.number(), &raw)?;
                        each(row.number(), fate);
                    }
                }
                Err(error) => {
                    let raw = || error.raw.clone();
                    let fate = self.settle(Err(error.findings), error.row, &raw)?;
                    each(error.row, fate);
                    if error.stops {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// What becomes of a row: of each record it makes, or of itself where it makes none.
    fn row(
        &mut self,
        row: exchange::read::Row<'_>,
        writer: &mut Writer<'_>,
    ) -> Result<Vec<Fate>, AppError> {
        let run = self.run;
        let areas = |level: u8, at: Position| run.places.find(level, at).map(str::to_owned);
        let cell = |column: &str| row.get(column);
        let mut fates = Vec::new();
        for mapping in &run.mappings {
            match mapping.apply(self.planner.register, &cell, &areas, &run.pack) {
                Applied::Skipped => {}
                Applied::Refused(findings) => fates.push(Err(findings)),
                Applied::Row(mut imported) => {
                    let then = run.import.as_of;
                    if then.is_some_and(|then| !then.takes(self.planner.register, &mut imported)) {
                        continue;
                    }
                    let imported = self.own(mapping, imported);
                    fates.push(self.imported(row.number(), imported, writer)?);
                }
            }
        }
        if fates.is_empty() {
            fates.push(Ok(RowFate::Skipped));
        }
        Ok(fates)
    }

    /// The row as a record of its own, where one of its key came before and the mapping numbers such.
    fn own(&mut self, mapping: &Mapping, mut imported: Imported) -> Imported {
        if !mapping.numbers_repeats {
            return imported;
        }
        let seen = self.taken.entry(self.planner.id(&imported)).or_default();
        *seen += 1;
        if *seen > 1 {
            let nth = *seen;
            imported.numbered(self.planner.register, nth);
            imported.warnings.push(Finding::warning("row-repeated"));
        }
        imported
    }

    fn imported(
        &mut self,
        number: u64,
        imported: Imported,
        writer: &mut Writer<'_>,
    ) -> Result<Fate, AppError> {
        imported.warnings.iter().for_each(|warning| self.report.warn(warning));
        self.tell_unknown_areas(&imported);
        let id = self.planner.id(&imported);
        let numbered = self.run.mappings.iter().any(|mapping| mapping.numbers_repeats);
        if !numbered && self.taken.contains_key(&id) {
            return Ok(Err(vec![Finding::error("row-key-twice").with("record", id)]));
        }
        let absent = self.links.missing(writer, &imported.links, &self.taken)?;
        let Planned { fate, operations, warnings, made } =
            match self.planner.plan(writer, imported)? {
                Ok(planned) => planned,
                Err(findings) => return Ok(Err(findings)),
            };
        self.taken.entry(id).or_insert(1);
        if fate == RowFate::Created && self.run.left_out.contains_key(&number) {
            return Ok(Ok(RowFate::LeftOut));
        }
        for warning in warnings.iter().chain(&absent) {
            self.report.warn(warning);
        }
        if let (Some(new), Some(Made { values, distinct })) = (self.new.as_mut(), made) {
            new.add(NewRow { number, id, values, distinct });
        }
        if self.run.batch.is_some() {
            for operation in &operations {
                writer.append(Lane::Bulk, None, operation)?;
            }
        }
        Ok(Ok(fate))
    }

    /// Tells codes of areas that the mission's places do not have: they stay as they are.
    fn tell_unknown_areas(&mut self, imported: &Imported) {
        if self.run.places.levels().next().is_none() {
            return;
        }
        for field in &self.planner.register.area_fields {
            let Some(Some(Value::Text(code) | Value::Code(code))) = imported.values.get(field)
            else {
                continue;
            };
            if self.run.places.area(code).is_none() {
                let finding = Finding::warning("row-area-unknown").in_column(field.as_str());
                self.report.warn(&finding.with("value", code));
            }
        }
    }

    fn settle(
        &mut self,
        fate: Fate,
        row: u64,
        raw: &dyn Fn() -> String,
    ) -> Result<RowFate, AppError> {
        let (fate, findings) = match fate {
            Ok(RowFate::LeftOut) => {
                let finding = self.run.left_out.get(&row).cloned();
                (RowFate::LeftOut, finding.into_iter().collect())
            }
            Ok(fate) => (fate, Vec::new()),
            Err(findings) => (RowFate::Refused, findings),
        };
        if matches!(fate, RowFate::Refused | RowFate::LeftOut) {
            let findings: Vec<Finding> =
                findings.into_iter().map(|finding| finding.at_row(row)).collect();
            self.refused.keep(row, &findings, &raw())?;
            let rows = match fate {
                RowFate::LeftOut => &mut self.report.left_out_rows,
                _ => &mut self.report.refused_rows,
            };
            if rows.len() < REPORTED_MAX {
                rows.push(RefusedRow { row, findings });
            }
        }
        self.report.count(fate);
        Ok(fate)
    }
}
