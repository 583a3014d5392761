//! Records as GeoJSON features: a page with its exact count, and one record alone.
//!
//! Features are written as they are read, straight into the buffer of the answer. The objects around
//! them, which name addresses, belong to whoever serves them.

use exchange::write::{Column, FeatureWriter, Layout, Part};
use mission::register::Register;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::{OFFSET_MAX, PAGE_MAX};
use model::value::Value;
use policy::{Action, Viewer};
use store::{Extent, Visit};

use crate::ask::Question;
use crate::cells;
use crate::error::AppError;
use crate::node::Node;

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
        self.readable_register(viewer, &question.register)?;
        check_page(question)?;
        let (register, mut query) = self.prepared(question)?;
        let writer = self.feature_writer(&register, &mut query.fields)?;
        let register = &register;
        let visit = Visit { action: Action::Read, register, query: &query, count: true };
        let mut returned = 0;
        let visited = self.store.visit(viewer, visit, &mut |row| {
            if returned > 0 {
                out.extend_from_slice(b",\n");
            }
            returned += 1;
            let put = |part, out: &mut Vec<u8>| match part {
                Part::Shape(at) => cells::write_as_shape(row.cell(at)?, out),
                Part::Property(at) => cells::write(row.cell(at)?, out),
            };
            writer.write_parts(row.id()?, put, out)
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
        self.readable_register(viewer, register)?;
        let id: RecordId = id.parse().map_err(|_no_id| AppError::absent("record-absent", id))?;
        let whole = self.whole(viewer, register, &id.to_string())?;
        if whole.deleted {
            return Err(AppError::absent("record-absent", whole.id));
        }
        let table = self.store.table(&whole.register)?;
        let mut fields = table.fields().map(|(name, _)| name.clone()).collect();
        let writer = self.feature_writer(&whole.register, &mut fields)?;
        let start = out.len();
        writer.write(whole.id, value_of(&whole.values), out)?;
        let hash = blake3::hash(out.get(start..).unwrap_or_default());
        Ok(hash.to_hex().chars().take(VERSION_CHARS).collect())
    }

    /// The registers of which the viewer may read anything at all, in the order of their names.
    pub fn readable(&self, viewer: &Viewer) -> Vec<&Register> {
        let may_read = |register: &&Register| {
            let table = self.store.table(&register.name);
            table.is_ok_and(|table| viewer.may_ever(Action::Read, &table.policy_schema()))
        };
        self.pack().registers.values().filter(may_read).collect()
    }

    /// A register of which the viewer may read anything at all; any other is unknown to them.
    pub fn readable_register(&self, viewer: &Viewer, name: &str) -> Result<&Register, AppError> {
        let readable = self.readable(viewer);
        let names = readable.iter().map(|register| register.name.as_str());
        let near = forms::suggestion::suggestion(name, names);
        readable.into_iter().find(|register| register.name.as_str() == name).ok_or_else(|| {
            let finding = Finding::error("register-unknown").with("register", name);
            AppError::invalid(vec![finding.with("nearest", near)])
        })
    }

    /// Where and when the records of a register are that the viewer may read.
    pub fn extent(&self, viewer: &Viewer, register: &str) -> Result<Extent, AppError> {
        let register = &self.readable_register(viewer, register)?.name;
        Ok(self.store.extent(viewer, register)?)
    }

    /// A writer of these fields; the field where records lie is added where it is not asked for,
    /// because every feature has its shape.
    fn feature_writer(
        &self,
        register: &Name,
        fields: &mut Vec<Name>,
    ) -> Result<FeatureWriter, AppError> {
        let table = self.store.table(register)?;
        let place = self.register(register.as_str())?.place_field.as_ref();
        fields.extend(place.filter(|place| !fields.contains(place)).cloned());
        let columns = fields.iter().filter_map(|name| {
            let (_, field_type) = table.fields().find(|(known, _)| *known == name)?;
            Some(Column { name: name.clone(), field_type })
        });
        let layout = Layout::new(columns.collect());
        Ok(FeatureWriter::new(&match place {
            Some(place) => layout.located_by(place.as_str()),
            None => layout,
        }))
    }
}

/// A page is within its limits.
pub(crate) fn check_page(question: &Question) -> Result<(), AppError> {
    let large = |code, max: usize| AppError::invalid(vec![Finding::error(code).with("max", max)]);
    if question.limit > PAGE_MAX {
        return Err(large("page-too-large", PAGE_MAX));
    }
    if question.offset > OFFSET_MAX {
        return Err(large("offset-too-large", OFFSET_MAX));
    }
    Ok(())
}

fn value_of<'v>(values: &'v [Option<Value>]) -> impl Fn(usize) -> Option<&'v Value> {
    |position| values.get(position).and_then(Option::as_ref)
}
