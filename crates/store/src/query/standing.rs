//! Records with the states they went through: what deadlines are told from.

use filter::Filter;
use model::id::{Name, RecordId};
use model::value::Value;
use policy::{Action, Viewer};
use rusqlite::params_from_iter;

use crate::Store;
use crate::error::StoreError;
use crate::project;
use crate::stays::Stay;

/// The columns before those of the fields: id and stays.
const OWN_COLUMNS: usize = 2;

/// A record, some of its values, and when it entered the states of its workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its id.
    pub id: RecordId,
    /// Its values, in the order asked for.
    pub values: Vec<Option<Value>>,
    /// Its entries into states, in the order they happened; those that only a stamp tells of last.
    pub stays: Vec<Stay>,
}

impl Store {
    /// Hands every record of a filter that the viewer may do `action` with to `take`, in any order.
    pub fn standing<E: From<StoreError>>(
        &self,
        (viewer, action): (&Viewer, Action),
        (register, filter): (&Name, &Filter),
        fields: &[Name],
        take: &mut dyn FnMut(Standing) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let Some(flow) = &table.flow else { return Ok(()) };
        let seen = table.seen(viewer, action, filter, fields);
        let Some(plan) = self.plan(table, &seen, None)? else { return Ok(()) };
        let selection = table.selection(fields);
        let columns = ["t._id", "t._stays"].map(str::to_owned).into_iter();
        let columns: Vec<String> = columns.chain([selection.list]).collect();
        let (sql, parameters) = plan.each_row(&columns);
        let mut statement = self.connection().prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(parameters)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let standing = || -> Result<Standing, StoreError> {
                let kept: Option<Vec<u8>> = row.get(1)?;
                Ok(Standing {
                    id: RecordId::from_bytes(row.get(0)?),
                    values: project::read_columns(&selection.columns, row, OWN_COLUMNS)?,
                    stays: flow.told(&kept.unwrap_or_default()),
                })
            };
            take(standing()?)?;
        }
        Ok(())
    }
}
