//! How many records hold an answer, whoever may see them: asked before the node gets another pack, which
//! concerns all of them, and at no other time.

use std::collections::BTreeMap;

use model::id::Name;

use crate::Store;
use crate::error::StoreError;
use crate::table::Table;

impl Store {
    /// How many records a register has, deleted ones too.
    pub fn held(&self, register: &Name) -> Result<u64, StoreError> {
        self.held_where(self.table(register)?, "TRUE")
    }

    /// How many of them have an answer in a field; none where the register has no such field.
    pub fn held_in(&self, register: &Name, field: &Name) -> Result<u64, StoreError> {
        let table = self.table(register)?;
        let Some(at) = table.position(field.as_str()) else { return Ok(0) };
        self.held_where(table, &format!("{} IS NOT NULL", table.first_sql_column(at)))
    }

    /// Which codes they have in a field, and how many of them have each.
    pub fn held_codes(
        &self,
        register: &Name,
        field: &Name,
    ) -> Result<BTreeMap<String, u64>, StoreError> {
        let table = self.table(register)?;
        let mut held: BTreeMap<String, u64> = BTreeMap::new();
        let Some(at) = table.position(field.as_str()) else { return Ok(held) };
        let (column, name) = (table.first_sql_column(at), table.sql_name());
        let sql =
            format!("SELECT {column}, count(*) FROM {name} WHERE {column} IS NOT NULL GROUP BY 1");
        let mut statement = self.connection().prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (codes, records): (String, i64) = (row.get(0)?, row.get(1)?);
            for code in codes.split_whitespace() {
                let known = held.entry(code.to_owned()).or_default();
                *known = known.saturating_add(records.cast_unsigned());
            }
        }
        Ok(held)
    }

    fn held_where(&self, table: &Table, condition: &str) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM {} WHERE {condition}", table.sql_name());
        let count: i64 = self.connection().query_row(&sql, [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }
}
