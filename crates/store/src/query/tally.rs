//! Records counted by the values of several fields at once, in one pass whatever their number.

use std::collections::BTreeMap;

use model::id::Name;
use policy::{Action, Viewer};
use rusqlite::params_from_iter;
use rusqlite::types::{Value as SqlValue, ValueRef};

use super::sums::{CubeQuestion, key_sql};
use super::{Group, GroupBy, Query};
use crate::Store;
use crate::error::StoreError;

/// How many records hold each value of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those without one.
    pub none: i64,
    /// By texts and codes; of several codes all of them, with blanks between.
    pub texts: BTreeMap<String, i64>,
    /// By whole numbers; yes is 1 and no is 0.
    pub numbers: BTreeMap<i64, i64>,
}

impl Tally {
    fn of(groups: Vec<Group>) -> Self {
        let mut tally = Self::default();
        for Group { keys, count, .. } in groups {
            match keys.into_iter().next().flatten() {
                Some(text) => *tally.texts.entry(text).or_default() += count,
                None => tally.none += count,
            }
        }
        tally
    }

    fn count(&mut self, value: ValueRef<'_>) -> Result<(), StoreError> {
        match value {
            ValueRef::Null => self.none += 1,
            ValueRef::Integer(number) => *self.numbers.entry(number).or_default() += 1,
            other => {
                let text = other.as_str().map_err(rusqlite::Error::from)?;
                match self.texts.get_mut(text) {
                    Some(count) => *count += 1,
                    None => drop(self.texts.insert(text.to_owned(), 1)),
                }
            }
        }
        Ok(())
    }
}

impl Store {
    /// How many records of a question that the viewer may read hold each value of these fields; the
    /// question's page is passed over.
    pub fn tallies(
        &self,
        viewer: &Viewer,
        (register, query): (&Name, &Query),
        fields: &[Name],
    ) -> Result<Vec<Tally>, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        if fields.len() > 1 && fields.iter().any(|name| table.is_sealed(name)) {
            // Each may be open in other records.
            let one = |name| self.tallies(viewer, (register, query), std::slice::from_ref(name));
            let tallies: Vec<Vec<Tally>> = fields.iter().map(one).collect::<Result<_, _>>()?;
            return Ok(tallies.into_iter().flatten().collect());
        }
        let seen = table.seen(viewer, Action::Read, &query.filter, fields);
        let search = query.search.as_deref();
        let mut tallies = vec![Tally::default(); fields.len()];
        let (mut keys, mut scanned) = (Vec::new(), Vec::new());
        for (name, tally) in fields.iter().zip(&mut tallies) {
            let by = GroupBy::Field(name.clone());
            let by = std::slice::from_ref(&by);
            if let Some(question) = CubeQuestion::of(table, (&seen, search), by, &[]) {
                *tally = Tally::of(self.cube_sums(table, &question)?);
            } else {
                keys.push(key_sql(table, &by[0]));
                scanned.push(tally);
            }
        }
        if !keys.is_empty()
            && let Some(plan) = self.plan(table, &seen, search)?
        {
            self.tally_rows(plan.every_row(&keys.join(", ")), &mut scanned)?;
        }
        Ok(tallies)
    }

    fn tally_rows(
        &self,
        (sql, parameters): (String, Vec<SqlValue>),
        tallies: &mut [&mut Tally],
    ) -> Result<(), StoreError> {
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            for (at, tally) in tallies.iter_mut().enumerate() {
                tally.count(row.get_ref(at)?)?;
            }
        }
        Ok(())
    }
}
