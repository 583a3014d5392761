//! A register as a table: its columns and statements, compiled once from the pack.
//!
//! A point becomes two integer columns in units of 1e-7 degree; lines and areas are WKT; times are
//! milliseconds and dates days since 1970; a decimal is its exact text, compared by a collation of our
//! own; several codes are one text with blanks around each; rows are bytes, as an entry has
//! them.

use std::collections::BTreeMap;

use filter::Schema;
use mission::pack::Pack;
use mission::register::Register;
use model::id::Name;
use model::time::zone::Zone;
use model::value::FieldType;
use policy::RegisterSchema;

use crate::error::StoreError;
use crate::ground::Ground;
use crate::sealed::SealedField;
use crate::stays::Flow;

/// Memory for the words of one transaction before FTS5 writes them: one segment a commit.
const TEXT_HASH_BYTES: u32 = 32 << 20;

/// One field's columns.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) field: Name,
    pub(crate) kind: FieldType,
    /// Position of its first SQL column in a row of all columns.
    pub(crate) first: usize,
}

/// What the cube of a register keeps.
#[derive(Debug, Clone)]
pub(crate) struct CubeShape {
    /// Position of the area field.
    pub(crate) area: usize,
    /// Positions of the summed fields.
    pub(crate) sums: Vec<usize>,
}

/// A register as a table.
#[derive(Debug)]
pub struct Table {
    pub(crate) number: i64,
    pub(crate) name: Name,
    pub(crate) columns: Vec<Column>,
    pub(crate) positions: BTreeMap<Name, usize>,
    pub(crate) time: Option<usize>,
    pub(crate) place: Option<usize>,
    pub(crate) classification: Option<usize>,
    pub(crate) caveat: Option<usize>,
    /// The caveat of a record that says none.
    caveat_of_register: Option<Name>,
    pub(crate) search: Vec<usize>,
    pub(crate) area_fields: Vec<Name>,
    pub(crate) cube: Option<CubeShape>,
    pub(crate) flow: Option<Flow>,
    pub(crate) sealed: Vec<SealedField>,
    /// The SQL columns of all fields, quoted, separated by commas.
    pub(crate) column_list: String,
    pub(crate) insert: String,
}

/// Some columns of a table.
#[derive(Debug)]
pub(crate) struct Selection {
    /// Positions count within the selection.
    pub(crate) columns: Vec<Column>,
    /// All SQL columns, qualified with the alias `t`, separated by commas.
    pub(crate) list: String,
}

impl Table {
    /// The register's name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The fields in the form's order.
    pub fn fields(&self) -> impl Iterator<Item = (&Name, FieldType)> {
        self.columns.iter().map(|column| (&column.field, column.kind))
    }

    /// What the policy needs to know of the register.
    pub fn policy_schema(&self) -> RegisterSchema<'_> {
        RegisterSchema {
            name: &self.name,
            schema: self,
            area_fields: &self.area_fields,
            caveat: self.caveat_of_register.as_ref().map(Name::as_str),
        }
    }

    pub(crate) fn position(&self, field: &str) -> Option<usize> {
        self.positions.get(field).copied()
    }

    pub(crate) fn is_sealed(&self, field: &Name) -> bool {
        let at = self.position(field.as_str());
        self.sealed.iter().any(|sealed| Some(sealed.at) == at)
    }

    /// The table's quoted name.
    pub(crate) fn sql_name(&self) -> String {
        quoted(self.name.as_str())
    }

    /// The text index's quoted name.
    pub(crate) fn text_name(&self) -> String {
        quoted(&format!("casque_text_{}", self.name))
    }

    fn compile(number: i64, register: &Register, zone: &Zone) -> Self {
        let (mut columns, mut sealed) = (Vec::new(), Vec::new());
        let mut first = 0;
        for field in register.form.fields() {
            let at = columns.len();
            let compartment = field.sealed.clone();
            sealed.extend(compartment.map(|compartment| SealedField { at, compartment }));
            columns.push(Column { field: field.name.clone(), kind: field.kind, first });
            first += column_names(&field.name, field.kind).len();
        }
        let positions: BTreeMap<Name, usize> =
            columns.iter().enumerate().map(|(at, column)| (column.field.clone(), at)).collect();
        let at = |name: &str| positions.get(name).copied();
        let cube = register.cube.as_ref().and_then(|cube| {
            let sums = cube.sums.iter().filter_map(|sum| at(sum.as_str())).collect();
            Some(CubeShape { area: at(cube.area.as_str())?, sums })
        });
        let names: Vec<String> =
            columns.iter().flat_map(|column| column_names(&column.field, column.kind)).collect();
        let column_list = names.join(", ");
        let marks = vec!["?"; names.len() + 4].join(", ");
        let table = quoted(register.name.as_str());
        Self {
            number,
            name: register.name.clone(),
            time: register.time_field.as_ref().and_then(|name| at(name.as_str())),
            place: register.place_field.as_ref().and_then(|name| at(name.as_str())),
            classification: at(policy::CLASSIFICATION),
            caveat: at(policy::CAVEAT),
            caveat_of_register: register.caveat.clone(),
            search: register.search_fields.iter().filter_map(|name| at(name.as_str())).collect(),
            area_fields: register.area_fields.clone(),
            cube,
            flow: Flow::of(register, zone),
            sealed,
            insert: format!(
                "INSERT OR REPLACE INTO {table} (no, _id, _state, _stays, {column_list}) VALUES ({marks})"
            ),
            column_list,
            columns,
            positions,
        }
    }

    /// The columns of these fields; of all where none is named. Unknown ones are passed over.
    pub(crate) fn selection(&self, fields: &[Name]) -> Selection {
        let all: Vec<Name>;
        let fields = if fields.is_empty() {
            all = self.columns.iter().map(|column| column.field.clone()).collect();
            &all
        } else {
            fields
        };
        let (mut columns, mut names) = (Vec::new(), Vec::new());
        for column in
            fields.iter().filter_map(|field| self.columns.get(self.position(field.as_str())?))
        {
            columns.push(Column { first: names.len(), ..column.clone() });
            let qualified = |name| format!("t.{name}");
            names.extend(column_names(&column.field, column.kind).into_iter().map(qualified));
        }
        Selection { columns, list: names.join(", ") }
    }

    /// The statements that make the table and its indexes.
    pub(crate) fn definition(&self) -> String {
        // No field's name begins with a line.
        let own = "no INTEGER PRIMARY KEY, _id BLOB NOT NULL, _state INTEGER NOT NULL, _stays BLOB";
        let mut columns = vec![own.to_owned()];
        for column in &self.columns {
            let affinity = affinity(column.kind);
            let names = column_names(&column.field, column.kind);
            columns.extend(names.iter().map(|name| format!("{name} {affinity}")));
        }
        let (table, text) = (self.sql_name(), self.text_name());
        let mut statements = vec![
            format!("CREATE TABLE {table} ({}) STRICT", columns.join(", ")),
            format!(
                "CREATE VIRTUAL TABLE {text} USING fts5(text, content='', contentless_delete=1, \
                 tokenize='unicode61 remove_diacritics 2')"
            ),
            format!("INSERT INTO {text} ({text}, rank) VALUES ('hashsize', {TEXT_HASH_BYTES})"),
        ];
        let time = self.time.map(|at| self.first_sql_column(at));
        if let Some(time) = &time {
            let index = quoted(&format!("casque_time_{}", self.name));
            statements.push(format!("CREATE INDEX {index} ON {table} ({time})"));
        }
        if let (Some(area), Some(time)) = (self.area_fields.last(), &time) {
            let index = quoted(&format!("casque_area_{}", self.name));
            let area = quoted(area.as_str());
            statements.push(format!("CREATE INDEX {index} ON {table} ({area}, {time})"));
        }
        statements.join(";\n")
    }

    /// The statements that drop what [`Self::definition`] makes.
    pub(crate) fn removal(name: &str) -> String {
        let (table, text) = (quoted(name), quoted(&format!("casque_text_{name}")));
        format!("DROP TABLE IF EXISTS {table};\nDROP TABLE IF EXISTS {text}")
    }

    /// The first SQL column of the field at a position, quoted.
    pub(crate) fn first_sql_column(&self, at: usize) -> String {
        let column = &self.columns[at];
        column_names(&column.field, column.kind).swap_remove(0)
    }
}

impl Schema for Table {
    fn field(&self, name: &str) -> Option<FieldType> {
        self.position(name).map(|at| self.columns[at].kind)
    }

    fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.field.to_string()).collect()
    }
}

/// The tables of a pack's registers. Register numbers are given once and kept for ever.
pub(crate) fn tables(ground: &Ground, pack: &Pack) -> Result<BTreeMap<Name, Table>, StoreError> {
    let mut tables = BTreeMap::new();
    // A pack without such a zone is not loaded.
    let zone = Zone::named(&pack.time_zone).unwrap_or(Zone::utc());
    for (name, register) in &pack.registers {
        let number = register_number(ground, name)?;
        tables.insert(name.clone(), Table::compile(number, register, &zone));
    }
    Ok(tables)
}

fn register_number(ground: &Ground, name: &Name) -> Result<i64, StoreError> {
    let connection = &ground.connection;
    let insert = "INSERT OR IGNORE INTO casque_register (name) VALUES (?)";
    let select = "SELECT no FROM casque_register WHERE name = ?";
    let find = || connection.prepare_cached(select)?.query_row([name.as_str()], |row| row.get(0));
    match find() {
        Ok(number) => Ok(number),
        Err(rusqlite::Error::QueryReturnedNoRows) => {
            connection.prepare_cached(insert)?.execute([name.as_str()])?;
            Ok(find()?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The quoted SQL columns of a field.
pub(crate) fn column_names(field: &Name, kind: FieldType) -> Vec<String> {
    match kind {
        FieldType::Point => vec![quoted(&format!("{field}_lon")), quoted(&format!("{field}_lat"))],
        _ => vec![quoted(field.as_str())],
    }
}

fn affinity(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Integer
        | FieldType::Boolean
        | FieldType::Date
        | FieldType::Time
        | FieldType::Point => "INTEGER",
        FieldType::Rows => "BLOB",
        _ => "TEXT",
    }
}

/// A name as an SQL identifier. Names have no quotes in them.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}
