//! Records as GeoJSON features: a page with its exact count, and one record alone.
//!
//! Features are written as they are read, straight into the buffer of the answer. The objects around
//! them, which name addresses, belong to whoever serves them.

use exchange::write::{Column, FeatureWriter, Layout, Part};
use mission::register::Register;
use model::id::{Name, RecordId};
use model::value::Value;
use policy::{Action, Viewer};
use store::{Extent, Visit};

use crate::ask::{Question, check_page, query};
use crate::cells;
use crate::error::AppError;
use crate::node::Node;
use crate::pages::onward;

/// Characters of a feature's version: half of its hash.
const VERSION_CHARS: usize = 32;

/// A page of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Records that the question asks for, whatever the page.
    pub matched: u64,
    /// Features written.
    pub returned: usize,
    /// Whether more follow.
    pub more: bool,
}

impl Node {
    /// Writes the features of a page into `out`, with commas between them and nothing around them.
    pub fn features(
        &self,
        viewer: &Viewer,
        question: &Question,
        out: &mut Vec<u8>,
    ) -> Result<Features, AppError> {
        let register = self.readable_register(viewer, &question.register)?;
        check_page(question)?;
        let mut query = query(question, &register)?;
        let writer = feature_writer(&register, &mut query.fields);
        let register = &register.name;
        let visit = Visit { action: Action::Read, register, query: &query, count: true };
        let (mut returned, start) = (0, out.len());
        let visited = self.store.visit(viewer, visit, &mut |row| {
            if returned > 0 {
                out.extend_from_slice(b",\n");
            }
            returned += 1;
            let put = |part, out: &mut Vec<u8>| match part {
                Part::Shape(at) => cells::write_as_shape(row.cell(at)?, out),
                Part::Property(at) => cells::write(row.cell(at)?, out),
            };
            writer.write_parts(row.id()?, put, out)?;
            Ok::<_, AppError>(onward(start, out))
        })?;
        Ok(Features { matched: visited.matched.unwrap_or(0), returned, more: visited.more })
    }

    /// Writes one record as a feature; gives what changes whenever the feature does, for those who
    /// keep copies.
    pub fn feature(
        &self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        out: &mut Vec<u8>,
    ) -> Result<String, AppError> {
        let register = self.readable_register(viewer, register)?;
        let id: RecordId = id.parse().map_err(|_no_id| AppError::absent("record-absent", id))?;
        let whole = self.whole(viewer, register.name.as_str(), &id.to_string())?;
        if whole.deleted {
            return Err(AppError::absent("record-absent", whole.id));
        }
        let named = self.store.table(&whole.register)?.fields().zip(&whole.values);
        let open = named.filter(|((name, _), _)| !whole.closed.contains(*name));
        let (mut fields, values): (Vec<Name>, Vec<Option<Value>>) =
            open.map(|((name, _), value)| (name.clone(), value.clone())).unzip();
        let writer = feature_writer(self.register(&whole.register)?, &mut fields);
        let start = out.len();
        writer.write(whole.id, value_of(&values), out)?;
        let hash = blake3::hash(out.get(start..).unwrap_or_default());
        Ok(hash.to_hex().chars().take(VERSION_CHARS).collect())
    }

    /// Where and when the records of a register are that the viewer may read.
    pub fn extent(&self, viewer: &Viewer, register: &str) -> Result<Extent, AppError> {
        let register = self.readable_register(viewer, register)?;
        Ok(self.store.extent(viewer, &register.name)?)
    }
}

/// A writer of these fields; the field where records lie is added where it is not asked for, because
/// every feature has its shape.
fn feature_writer(register: &Register, fields: &mut Vec<Name>) -> FeatureWriter {
    let place = register.place_field.as_ref();
    fields.extend(place.filter(|place| !fields.contains(place)).cloned());
    FeatureWriter::new(&layout(register, fields))
}

/// The columns of these fields, and which of them says where records lie.
pub(crate) fn layout(register: &Register, fields: &[Name]) -> Layout {
    let columns = fields.iter().filter_map(|name| {
        let field_type = register.form.field(name.as_str())?.kind;
        Some(Column { name: name.clone(), field_type })
    });
    let layout = Layout::new(columns.collect());
    match &register.place_field {
        Some(place) => layout.located_by(place.as_str()),
        None => layout,
    }
}

fn value_of<'v>(values: &'v [Option<Value>]) -> impl Fn(usize) -> Option<&'v Value> {
    |position| values.get(position).and_then(Option::as_ref)
}
