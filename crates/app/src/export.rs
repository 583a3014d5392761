//! Exports: every record the viewer may take out, streamed in the format asked for.

use std::io::Write;

use exchange::write::{Column, Exported as Row, Layout, WriteError, writer};
use model::finding::Finding;
use model::value::Value;
use policy::{Action, Viewer};

use crate::ask::Question;
use crate::error::{AppError, Kind};
use crate::node::Node;

pub use exchange::write::OutputFormat as ExportFormat;

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
        let (register, query) = self.prepared(question)?;
        let table = self.store.table(&register)?;
        if !viewer.may_ever(Action::Export, &table.policy_schema()) {
            return Err(AppError::absent("export-not-allowed", &register));
        }
        let columns = query.fields.iter().filter_map(|name| {
            let (_, kind) = table.fields().find(|(known, _)| *known == name)?;
            Some(Column { name: name.clone(), field_type: kind })
        });
        let mut layout = Layout::new(columns.collect());
        if let Some(place) = &self.register(register.as_str())?.place_field {
            layout = layout.located_by(place.as_str());
        }
        let mut rows = writer(format, layout, out).map_err(failed)?;
        let mut records = 0;
        self.store.each::<AppError>(viewer, Action::Export, (&register, &query), &mut |found| {
            let values: Vec<Option<&Value>> = found.values.iter().map(Option::as_ref).collect();
            records += 1;
            rows.row(&Row { id: found.id, values: &values }).map_err(failed)
        })?;
        rows.end().map_err(failed)?;
        Ok(Exported { records })
    }
}

impl Node {
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
