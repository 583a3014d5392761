//! How many records hold an answer, whoever may see them: asked before the node gets another pack, which
//! concerns all of them, and at no other time.

use model::id::Name;
use model::value::FieldType;
use rusqlite::types::Value as SqlValue;

use crate::Store;
use crate::error::StoreError;
use crate::table::Table;

impl Store {
    /// How many records a register has, deleted ones too.
    pub fn held(&self, register: &Name) -> Result<u64, StoreError> {
        self.held_where(self.table(register)?, "TRUE", None)
    }

    /// How many of them have an answer in a field; none where the register has no such field.
    pub fn held_in(&self, register: &Name, field: &Name) -> Result<u64, StoreError> {
        let table = self.table(register)?;
        let Some(at) = table.position(field.as_str()) else { return Ok(0) };
        self.held_where(table, &format!("{} IS NOT NULL", table.first_sql_column(at)), None)
    }

    /// How many of them have this code in a field.
    pub fn held_code(&self, register: &Name, field: &Name, code: &str) -> Result<u64, StoreError> {
        let table = self.table(register)?;
        let Some(at) = table.position(field.as_str()) else { return Ok(0) };
        let column = table.first_sql_column(at);
        let (condition, sought) = match table.columns.get(at).map(|column| column.kind) {
            Some(FieldType::Codes) => (format!("instr({column}, ?) > 0"), format!(" {code} ")),
            _ => (format!("{column} = ?"), code.to_owned()),
        };
        self.held_where(table, &condition, Some(sought))
    }

    fn held_where(
        &self,
        table: &Table,
        condition: &str,
        sought: Option<String>,
    ) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM {} WHERE {condition}", table.sql_name());
        let mut statement = self.connection().prepare(&sql)?;
        let sought = rusqlite::params_from_iter(sought.map(SqlValue::Text));
        let count: i64 = statement.query_row(sought, |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }
}
