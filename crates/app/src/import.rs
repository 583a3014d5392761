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
mod rewind;

pub(crate) use plan::ByName;
pub use rewind::AsOf;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::{Act, Batch, Lane, Operation};
use mission::mapping::{Applied, Imported, Mapping};
use mission::pack::Pack;
use mission::places::Places;
use mission::register::Register;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::LOOK_ALIKE_ROWS_MAX;
use model::place::Position;
use policy::{Action, Viewer};
use serde_json::Value as Json;
use store::{StoreError, Writer};

use crate::alike::{NewRow, NewRows, RowsAlike};
use crate::error::AppError;
use crate::held::Moment;
use crate::node::Node;
use crate::registers::schema;
use file::{SourceFile, find_mapping};
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
    /// Rows written in one transaction; what an interruption can cost. [`ROWS_PER_COMMIT`].
    pub rows_per_commit: usize,
    /// Whether rows are left out that look like a record or like an earlier row.
    pub leave_out_alike: bool,
    /// Rows are taken as they stood then, without what came later; as they are where nothing is given.
    pub as_of: Option<AsOf<'a>>,
    /// The words of a finding, for the file of refused rows.
    pub words: &'a dyn Fn(&Finding) -> String,
}

impl std::fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Import").field("file", &self.file).finish_non_exhaustive()
    }
}

/// What became, or would become, of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFate {
    /// A record that was not there.
    Created,
    /// A record whose source changed.
    Updated,
    /// A record that is as the source says, or as somebody here corrected it.
    Unchanged,
    /// Not of the kind the mapping reads.
    Skipped,
    /// Wrong; kept with its reasons.
    Refused,
    /// Like a record or an earlier row; kept with what it looks like.
    LeftOut,
}

/// A row that was refused or left out.
#[derive(Debug, Clone)]
pub struct RefusedRow {
    /// Its number in the file; the header is 1.
    pub row: u64,
    /// Why.
    pub findings: Vec<Finding>,
}

/// What an import did or a preview would do.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// The batch; nothing in a preview.
    pub batch: Option<RecordId>,
    /// BLAKE3 of the file.
    pub file_hash: [u8; 32],
    /// Records that were not there.
    pub created: u64,
    /// Records whose source changed.
    pub updated: u64,
    /// Records that stay as they are.
    pub unchanged: u64,
    /// Rows that are not of the kind the mapping reads.
    pub skipped: u64,
    /// Rows that are wrong.
    pub refused: u64,
    /// Rows left out because they look like a record or an earlier row.
    pub left_out: u64,
    /// The first refused rows.
    pub refused_rows: Vec<RefusedRow>,
    /// The first rows left out.
    pub left_out_rows: Vec<RefusedRow>,
    /// What new rows look like: how many and the most alike, or that it was not looked for; null where
    /// the register has no rule, and where nobody asked.
    pub look_alikes: Json,
    /// All refused and left out rows with their reasons; nothing where there are none.
    pub refused_file: Option<PathBuf>,
    /// What is worth knowing about the file and its rows, each code once with how often.
    pub warnings: Vec<(Finding, u64)>,
}

impl ImportReport {
    /// Rows read.
    pub fn rows(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.skipped + self.refused + self.left_out
    }

    fn count(&mut self, fate: RowFate) {
        *match fate {
            RowFate::Created => &mut self.created,
            RowFate::Updated => &mut self.updated,
            RowFate::Unchanged => &mut self.unchanged,
            RowFate::Skipped => &mut self.skipped,
            RowFate::Refused => &mut self.refused,
            RowFate::LeftOut => &mut self.left_out,
        } += 1;
    }

    fn warn(&mut self, finding: &Finding) {
        match self.warnings.iter_mut().find(|(known, _)| known.code == finding.code) {
            Some((_, times)) => *times += 1,
            None => self.warnings.push((finding.clone(), 1)),
        }
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
    mapping: Mapping,
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
        let source = SourceFile::read(import.file, import.sheet)?;
        let mapping = find_mapping(&pack, register, import.mapping, &source)?;
        let columns: Vec<&str> = source.columns.iter().map(String::as_str).collect();
        let missing: Vec<Finding> = mapping
            .check_columns(&columns)
            .into_iter()
            .map(|finding| finding.in_file(&source.name))
            .collect();
        if !missing.is_empty() {
            return Err(AppError::invalid(missing));
        }
        let register = register.name.clone();
        let (import, batch, left_out) = (*import, None, BTreeMap::new());
        Ok(Self { viewer, import, pack, places, register, mapping, source, batch, left_out })
    }

    fn register(&self) -> Result<&Register, AppError> {
        let known = self.pack.register(self.register.as_str());
        known.ok_or_else(|| StoreError::NoRegister(self.register.clone()).into())
    }

    /// The operation that opens the batch.
    fn opening(&self, node: &Node) -> Result<Operation, AppError> {
        let act = Act::Batch(Batch {
            register: self.register.clone(),
            mapping: self.mapping.name.clone(),
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
            &self.mapping,
            self.batch,
            (template, moment),
        )
        .looking(new.is_some());
        let mut table = self.source.open()?;
        let (report_to, refused_to, taken) = (&mut report, &mut refused, BTreeSet::new());
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
        table.warnings().iter().for_each(|warning| report.warn(warning));
        report.refused_file = refused.finish()?;
        Ok(report)
    }
}

/// A pass in progress.
struct Pass<'p, 'a> {
    run: &'p Run<'a>,
    planner: Planner<'p>,
    report: &'p mut ImportReport,
    refused: &'p mut RefusedRows<'a>,
    /// Rows that would make records, where they are looked at.
    new: Option<&'p mut NewRows>,
    /// The records of the rows so far: a key may come once.
    taken: BTreeSet<RecordId>,
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
                    let fate = self.row(row, writer)?;
                    let fate = self.settle(fate, row.number(), &raw)?;
                    each(row.number(), fate);
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

    fn row(
        &mut self,
        row: exchange::read::Row<'_>,
        writer: &mut Writer<'_>,
    ) -> Result<Result<RowFate, Vec<Finding>>, AppError> {
        let run = self.run;
        let areas = |level: u8, at: Position| run.places.find(level, at).map(str::to_owned);
        let cell = |column: &str| row.get(column);
        match run.mapping.apply(self.planner.register, &cell, &areas, &run.pack) {
            Applied::Skipped => Ok(Ok(RowFate::Skipped)),
            Applied::Refused(findings) => Ok(Err(findings)),
            Applied::Row(mut imported) => {
                let stands = run
                    .import
                    .as_of
                    .is_none_or(|then| then.takes(self.planner.register, &mut imported));
                if !stands {
                    return Ok(Ok(RowFate::Skipped));
                }
                self.imported(row.number(), imported, writer)
            }
        }
    }

    fn imported(
        &mut self,
        number: u64,
        imported: Imported,
        writer: &mut Writer<'_>,
    ) -> Result<Result<RowFate, Vec<Finding>>, AppError> {
        imported.warnings.iter().for_each(|warning| self.report.warn(warning));
        let id = self.planner.id(&imported);
        if self.taken.contains(&id) {
            return Ok(Err(vec![Finding::error("row-key-twice").with("record", id)]));
        }
        let absent = self.links.missing(writer, &imported.links, &self.taken)?;
        let Planned { fate, operations, warnings, made } =
            match self.planner.plan(writer, imported)? {
                Ok(planned) => planned,
                Err(findings) => return Ok(Err(findings)),
            };
        self.taken.insert(id);
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

    fn settle(
        &mut self,
        fate: Result<RowFate, Vec<Finding>>,
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
