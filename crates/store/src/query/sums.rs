//! Counts and sums by group: from the cube where it can answer, else from the table.
//!
//! The cube answers when the groups are its area, the month or both, the sums are among its own, and
//! the filter asks for nothing but area, classification, caveat and whole months. Both ways give the
//! same figures; the tests ask both.

use std::collections::BTreeMap;

use filter::{Filter, Node, Row, Truth};
use model::id::Name;
use model::time::{Timestamp, month_text};
use model::value::{FieldType, Value};
use policy::{Action, Viewer};
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;

use super::Query;
use super::plan::{TableColumns, Times, conjuncts};
use crate::Store;
use crate::cube::{self, Sum};
use crate::error::StoreError;
use crate::project;
use crate::sql::{Column, Columns};
use crate::table::{CubeShape, Table};

/// What records are grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupBy {
    /// A field.
    Field(Name),
    /// The month of the register's time, UTC.
    Month,
    /// The day of the register's time, UTC.
    Day,
}

/// One group and its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// One per field asked by; nothing where the record has no value; a month as `2018-03`, a day as
    /// `2018-03-01`.
    pub keys: Vec<Option<String>>,
    /// Records.
    pub count: i64,
    /// One per field asked for.
    pub sums: Vec<Sum>,
}

impl Store {
    /// Counts, and sums of `sums`, of the records of a question that the viewer may read, by group;
    /// the question's page is passed over. Groups come in the order of their keys.
    pub fn sums(
        &self,
        viewer: &Viewer,
        (register, query): (&Name, &Query),
        by: &[GroupBy],
        sums: &[Name],
    ) -> Result<Vec<Group>, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let keys = by.iter().filter_map(|key| match key {
            GroupBy::Field(name) => Some(name.clone()),
            GroupBy::Month | GroupBy::Day => None,
        });
        let named: Vec<Name> = keys.chain(sums.iter().cloned()).collect();
        let seen = table.seen(viewer, Action::Read, &query.filter, &named);
        let asked = (&seen, query.search.as_deref());
        match CubeQuestion::of(table, asked, by, sums) {
            Some(question) => self.cube_sums(table, &question),
            None => self.table_sums(table, asked, by, sums),
        }
    }

    pub(super) fn cube_sums(
        &self,
        table: &Table,
        asked: &CubeQuestion<'_>,
    ) -> Result<Vec<Group>, StoreError> {
        let codes = project::read_codes(self.connection())?;
        let codes: BTreeMap<i64, Value> =
            codes.into_iter().map(|(code, number)| (number, Value::Code(code))).collect();
        let sql =
            "SELECT area, year, classification, caveat, months FROM casque_cube WHERE register = ?";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([table.number])?;
        let mut groups = Vec::new();
        let mut months: BTreeMap<i32, Vec<i128>> = BTreeMap::new();
        let mut area = Area::default();
        while let Some(row) = rows.next()? {
            let name = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if !area.is(name) {
                if asked.by_area {
                    asked.collect(&area, &mut months, &mut groups);
                }
                area = Area::named(name);
            }
            let cell = CubeCell {
                asked,
                area: area.value.as_ref(),
                classification: codes.get(&row.get(2)?),
                caveat: codes.get(&row.get(3)?),
            };
            if filter::evaluate(asked.residual.node(), &cell) != Truth::True {
                continue;
            }
            let year: i32 = row.get(1)?;
            let blob = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
            cube::for_each_month(blob, |month, figures| {
                asked.add(year * 12 + i32::from(month), figures, &mut months);
            })?;
        }
        asked.collect(&area, &mut months, &mut groups);
        Ok(groups)
    }

    fn table_sums(
        &self,
        table: &Table,
        (seen, search): (&Filter, Option<&str>),
        by: &[GroupBy],
        sums: &[Name],
    ) -> Result<Vec<Group>, StoreError> {
        let Some(plan) = self.plan(table, seen, search)? else { return Ok(Vec::new()) };
        let keys: Vec<String> = by.iter().map(|key| key_sql(table, key)).collect();
        let figures: Vec<String> = sums
            .iter()
            .map(|name| {
                format!("casque_sum(t.{0}), count(t.{0})", crate::table::quoted(name.as_str()))
            })
            .collect();
        let (sql, parameters) = plan.groups(&keys, &figures);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            groups.push(group(row, by.len(), sums.len())?);
        }
        Ok(groups)
    }
}

fn group(row: &rusqlite::Row<'_>, by: usize, sums: usize) -> Result<Group, StoreError> {
    let keys = (0..by).map(|at| {
        Ok(match row.get_ref(at)? {
            ValueRef::Null => None,
            ValueRef::Integer(number) => Some(number.to_string()),
            ValueRef::Real(number) => Some(number.to_string()),
            other => Some(other.as_str().map_err(rusqlite::Error::from)?.to_owned()),
        })
    });
    let keys = keys.collect::<Result<_, StoreError>>()?;
    let figures = (0..sums).map(|nth| {
        let at = by + 1 + 2 * nth;
        Ok(Sum { sum: row.get(at)?, known: row.get(at + 1)? })
    });
    Ok(Group { keys, count: row.get(by)?, sums: figures.collect::<Result<_, StoreError>>()? })
}

pub(super) fn key_sql(table: &Table, key: &GroupBy) -> String {
    match key {
        GroupBy::Month => time_sql(table, "%Y-%m"),
        GroupBy::Day => time_sql(table, "%Y-%m-%d"),
        GroupBy::Field(name) => match (TableColumns { table }).column(name) {
            Some(Column::Plain(sql) | Column::Codes(sql) | Column::Wkt(sql)) => sql,
            _ => "NULL".to_owned(),
        },
    }
}

/// The register's time in a format of SQLite.
fn time_sql(table: &Table, format: &str) -> String {
    let Some(at) = table.time else { return "NULL".to_owned() };
    let column = table.first_sql_column(at);
    let seconds = match table.columns[at].kind {
        FieldType::Date => format!("t.{column} * 86400"),
        _ => format!("t.{column} / 1000.0"),
    };
    format!("strftime('{format}', {seconds}, 'unixepoch')")
}

/// The area whose rows of the cube are being read.
#[derive(Default)]
struct Area {
    started: bool,
    value: Option<Value>,
}

impl Area {
    fn named(name: &str) -> Self {
        let value = (!name.is_empty()).then(|| Value::Text(name.to_owned()));
        Self { started: true, value }
    }

    fn is(&self, name: &str) -> bool {
        let held = match &self.value {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        self.started && held == name
    }
}

/// A question the cube can answer.
pub(super) struct CubeQuestion<'t> {
    table: &'t Table,
    shape: &'t CubeShape,
    /// For each group asked for: whether it is the month (else the area).
    by: Vec<bool>,
    by_area: bool,
    /// For each sum asked for: its place among the cube's.
    sums: Vec<usize>,
    /// The filter without its times.
    residual: Filter,
    /// Month indexes, both ends in.
    months: (i32, i32),
}

impl<'t> CubeQuestion<'t> {
    pub(super) fn of(
        table: &'t Table,
        (filter, search): (&Filter, Option<&str>),
        by: &[GroupBy],
        sums: &[Name],
    ) -> Option<Self> {
        let shape = table.cube.as_ref().filter(|_| search.is_none())?;
        let area = &table.columns[shape.area].field;
        let time = &table.columns[table.time?].field;
        let by = by.iter().map(|key| match key {
            GroupBy::Month => Some(true),
            GroupBy::Field(name) => (name == area).then_some(false),
            GroupBy::Day => None,
        });
        let sums = sums
            .iter()
            .map(|name| shape.sums.iter().position(|at| table.columns[*at].field == *name));
        let mut times = Times::ALL;
        let mut rest = Vec::new();
        for part in conjuncts(filter.node()) {
            match times.narrowed(time, part) {
                Some(narrower) => times = narrower,
                None => rest.push(part.clone()),
            }
        }
        let residual = Filter::trusted(Node::And(rest));
        let askable = |field: &Name| {
            let at = table.position(field.as_str());
            field == area || at.is_some() && (at == table.classification || at == table.caveat)
        };
        if !residual.fields().iter().all(askable) {
            return None;
        }
        let months = whole_months(times)?;
        let by: Vec<bool> = by.collect::<Option<_>>()?;
        Some(Self {
            table,
            shape,
            by_area: by.contains(&false),
            by,
            sums: sums.collect::<Option<_>>()?,
            residual,
            months,
        })
    }

    /// Adds a month's figures to what is gathered of an area.
    fn add(&self, month: i32, figures: &[i128], months: &mut BTreeMap<i32, Vec<i128>>) {
        if month < self.months.0 || month > self.months.1 {
            return;
        }
        let key = if self.by.contains(&true) { month } else { 0 };
        let held = months.entry(key).or_insert_with(|| vec![0; figures.len()]);
        held.iter_mut().zip(figures).for_each(|(sum, more)| *sum += more);
    }

    /// Turns what was gathered, of an area or of all, into groups.
    fn collect(&self, area: &Area, months: &mut BTreeMap<i32, Vec<i128>>, groups: &mut Vec<Group>) {
        let name = area.value.as_ref().filter(|_| self.by_area).map(Value::to_string);
        groups.extend(std::mem::take(months).into_iter().map(|(month, figures)| {
            let key = |is_month: &bool| match is_month {
                true => (month != 0).then(|| month_text(month)),
                false => name.clone(),
            };
            let sum = |nth: &usize| Sum {
                sum: cube::clamped(figures[1 + 2 * nth]),
                known: cube::clamped(figures[2 + 2 * nth]),
            };
            Group {
                keys: self.by.iter().map(key).collect(),
                count: cube::clamped(figures[0]),
                sums: self.sums.iter().map(sum).collect(),
            }
        }));
    }
}

/// Times that begin and end with months, as month indexes; nothing where they cut one. Month 0 holds
/// what has no time: it is in no stretch of time, and in all records.
fn whole_months(times: Times) -> Option<(i32, i32)> {
    let month_of = |ms: i64| Timestamp::from_ms(ms).date().month_index();
    if times == Times::ALL {
        return Some((i32::MIN, i32::MAX));
    }
    let from = match times.from {
        i64::MIN => 1,
        ms if month_of(ms - 1) < month_of(ms) => month_of(ms),
        _ => return None,
    };
    let to = match times.to {
        i64::MAX => i32::MAX,
        ms if month_of(ms) < month_of(ms.checked_add(1)?) => month_of(ms),
        _ => return None,
    };
    Some((from, to))
}

/// A cell of the cube as a row for the filter.
struct CubeCell<'c> {
    asked: &'c CubeQuestion<'c>,
    area: Option<&'c Value>,
    classification: Option<&'c Value>,
    caveat: Option<&'c Value>,
}

impl Row for CubeCell<'_> {
    fn value(&self, field: &str) -> Option<&Value> {
        let table = self.asked.table;
        match table.position(field) {
            Some(at) if at == self.asked.shape.area => self.area,
            at if at == table.classification => self.classification,
            at if at == table.caveat => self.caveat,
            _ => None,
        }
    }
}
