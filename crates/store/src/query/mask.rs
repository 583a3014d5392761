//! What of a row is not shown: the values of sealed fields that are closed to the viewer.

use std::borrow::Cow;
use std::collections::BTreeSet;

use model::id::RecordId;

use crate::Store;
use crate::error::StoreError;
use crate::project::{self, CONFLICT, SEALED_CONFLICT};
use crate::record::ValuesRow;
use crate::sealed::Seals;
use crate::table::{Selection, Table};

/// What is not shown of one row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mask {
    /// Positions within the selection.
    hidden: BTreeSet<usize>,
    /// The bits of the record's state that tell of conflicts the viewer may know of.
    pub(super) conflicts: i64,
}

impl Mask {
    pub(super) fn hides(&self, at: usize) -> bool {
        !self.hidden.is_empty() && self.hidden.contains(&at)
    }
}

/// The masks of the rows of one answer.
pub(super) struct Masks<'s> {
    store: &'s Store,
    table: &'s Table,
    selection: &'s Selection,
    seals: Seals,
    /// The mask of a row where no record differs from another.
    usual: Mask,
}

impl<'s> Masks<'s> {
    pub(super) fn new(
        store: &'s Store,
        table: &'s Table,
        seals: Seals,
        selection: &'s Selection,
    ) -> Self {
        let conflicts = if seals.are_open() { CONFLICT | SEALED_CONFLICT } else { CONFLICT };
        let hidden = among(table, selection, &seals.closed_everywhere());
        let usual = Mask { hidden, conflicts };
        Self { store, table, selection, seals, usual }
    }

    /// The mask of a row, which begins with the record's id.
    pub(super) fn of(&self, row: &rusqlite::Row<'_>) -> Result<Cow<'_, Mask>, StoreError> {
        if !self.seals.depend_on_record() {
            return Ok(Cow::Borrowed(&self.usual));
        }
        let id = RecordId::from_bytes(row.get(0)?);
        let connection = self.store.connection();
        let number = project::number_of(connection, self.table, &id)?.map(|(number, _)| number);
        let values = match number {
            Some(number) => project::current(connection, self.table, number)?,
            None => None,
        };
        let values = values.unwrap_or_default();
        let closed = self.seals.closed_in(&ValuesRow { table: self.table, values: &values });
        let hidden = among(self.table, self.selection, &closed);
        Ok(Cow::Owned(Mask { hidden, conflicts: self.usual.conflicts }))
    }
}

/// The positions within a selection of fields at these positions of the table.
fn among(table: &Table, selection: &Selection, closed: &BTreeSet<usize>) -> BTreeSet<usize> {
    let is_closed = |(_, field): &(usize, &crate::table::Column)| {
        table.position(field.field.as_str()).is_some_and(|at| closed.contains(&at))
    };
    let columns = selection.columns.iter().enumerate();
    columns.filter(is_closed).map(|(place, _)| place).collect()
}
