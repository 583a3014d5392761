//! Exports: every record the viewer may take out, streamed in the format asked for.

use std::io::Write;

use exchange::write::{Exported as Row, WriteError, writer};
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::value::Value;
use policy::{Action, Viewer};

use crate::ask::Question;
use crate::error::{AppError, Kind};
use crate::features::layout;
use crate::node::Node;
use crate::registers::schema;

pub use exchange::write::OutputFormat as ExportFormat;

/// The column that marks records of an exercise.
const EXERCISE_COLUMN: &str = "exercise";

/// What an export wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Records.
    pub records: u64,
}

impl Node {
    /// Writes every record of a question that the viewer may export; its page is passed over.
    pub fn export(
        &self,
        viewer: &Viewer,
        question: &Question,
        format: ExportFormat,
        out: &mut dyn Write,
    ) -> Result<Exported, AppError> {
        let (register, query) = self.asked_for(viewer, Action::Export, question)?;
        if !viewer.may_ever(Action::Export, &schema(&register)) {
            return Err(AppError::absent("export-not-allowed", &register.name));
        }
        let mark = self.exercise_mark(&register);
        let columns = layout(&register, &query.fields).marked(mark.iter().map(|(name, _)| name));
        let mark = mark.map(|(_name, mark)| mark);
        let mut rows = writer(format, columns, out).map_err(failed)?;
        let mut records = 0;
        let asked = (&register.name, &query);
        self.store.each::<AppError>(viewer, Action::Export, asked, &mut |found| {
            let own = found.values.iter().map(Option::as_ref);
            let values: Vec<Option<&Value>> = own.chain(mark.as_ref().map(Some)).collect();
            records += 1;
            rows.row(&Row { id: found.id, values: &values }).map_err(failed)
        })?;
        rows.end().map_err(failed)?;
        Ok(Exported { records })
    }

    /// A last column that says of each record that it is of an exercise, and of which. A register may have
    /// a field of that name: then its own values say it.
    fn exercise_mark(&self, register: &Register) -> Option<(Name, Value)> {
        let name = Name::new(EXERCISE_COLUMN).ok()?;
        let is_marked = self.pack().exercise && register.form.field(EXERCISE_COLUMN).is_none();
        let loaded = self.exercise.loaded().map(|loaded| loaded.name.clone());
        let mark = loaded.unwrap_or_else(|| self.pack().name.to_string());
        is_marked.then_some((name, Value::Text(mark)))
    }

    /// The same, packed with gzip.
    pub fn export_packed(
        &self,
        viewer: &Viewer,
        question: &Question,
        format: ExportFormat,
        out: &mut dyn Write,
    ) -> Result<Exported, AppError> {
        let mut packed = exchange::write::packed(out);
        let exported = self.export(viewer, question, format, &mut packed)?;
        packed.finish().map_err(|error| failed(WriteError::Io(error)))?;
        Ok(exported)
    }
}

fn failed(error: WriteError) -> AppError {
    let finding = error.finding();
    let kind = match &error {
        WriteError::Io(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => {
            return AppError::new(Kind::Unavailable, Finding::error("output-closed"));
        }
        WriteError::Io(_) => Kind::Unavailable,
        _ => Kind::Invalid,
    };
    AppError { kind, findings: vec![finding], source: Some(Box::new(error)) }
}
