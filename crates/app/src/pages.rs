//! A page of records as JSON, written as the rows are read.

use std::io::Write;
use std::ops::ControlFlow;

use exchange::json;
use model::limits::PAGE_BYTES_MAX;
use policy::{Action, Viewer};
use store::{Row, Visit};

use crate::ask::{Question, check_page};
use crate::cells;
use crate::error::AppError;
use crate::node::Node;

/// A page that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Records that the question asks for, whatever the page; nothing where nobody asked.
    pub matched: Option<u64>,
    /// Records written.
    pub returned: usize,
    /// Whether more follow.
    pub more: bool,
}

impl Node {
    /// Writes the records of a page into `out`, with commas between them and nothing around them:
    /// the id, whether values conflict, and the value of each field asked for, null where unknown.
    pub fn write_records(
        &self,
        viewer: &Viewer,
        question: &Question,
        count: bool,
        out: &mut Vec<u8>,
    ) -> Result<Written, AppError> {
        let (register, query) = self.asked(viewer, question)?;
        check_page(question)?;
        let mut names = Vec::new();
        for field in &query.fields {
            let mut name = Vec::new();
            json::write_text(field.as_str(), &mut name)?;
            names.push(name);
        }
        let register = &register.name;
        let visit = Visit { action: Action::Read, register, query: &query, count };
        let (mut returned, start) = (0, out.len());
        let visited = self.store.visit::<AppError>(viewer, visit, &mut |row| {
            if returned > 0 {
                out.extend_from_slice(b",\n");
            }
            returned += 1;
            write_record(row, &names, out)?;
            Ok(onward(start, out))
        })?;
        Ok(Written { matched: visited.matched, returned, more: visited.more })
    }
}

/// Whether a page that began at `start` has room for another record.
pub(crate) const fn onward(start: usize, out: &[u8]) -> ControlFlow<()> {
    if out.len() - start < PAGE_BYTES_MAX {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}

fn write_record(row: &Row<'_>, names: &[Vec<u8>], out: &mut Vec<u8>) -> Result<(), AppError> {
    let (id, conflict) = (row.id()?, row.conflict()?);
    write!(out, "{{\"id\":\"{id}\",\"conflict\":{conflict},\"values\":{{")?;
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(name);
        out.push(b':');
        cells::write(row.cell(at)?, out)?;
    }
    out.extend_from_slice(b"}}");
    Ok(())
}
