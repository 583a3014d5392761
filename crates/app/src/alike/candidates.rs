//! The records that one is compared with: those of its neighbourhood in place and time, found through
//! the indexes, and of very many the nearest in time.

use std::collections::BTreeMap;

use filter::{Filter, Node as Condition, Op, Shape, SpatialOp};
use mission::register::{LookAlike, Register};
use model::id::{Name, RecordId};
use model::limits::LOOK_ALIKE_CANDIDATES_MAX;
use model::time::Timestamp;
use model::value::{FieldType, Value};
use policy::Viewer;
use store::{Found, Order, Query};

use super::score::{Profile, When, Where};
use super::sphere;
use super::words::Effort;
use crate::error::AppError;
use crate::node::Node;

/// Where to look, for whom, and what to read.
pub(super) struct Candidates<'c> {
    pub(super) node: &'c Node,
    pub(super) viewer: &'c Viewer,
    pub(super) register: &'c Register,
    pub(super) rule: &'c LookAlike,
    pub(super) fields: &'c [Name],
    /// What comparing took so far.
    pub(super) effort: &'c Effort,
}

impl Candidates<'_> {
    /// The records near one of this profile. One of which neither place nor time is known has no
    /// neighbourhood.
    pub(super) fn find<'v>(
        &self,
        profile: &Profile,
        value: &dyn Fn(&Name) -> Option<&'v Value>,
    ) -> Result<Vec<Found>, AppError> {
        let mut found: BTreeMap<RecordId, Found> = BTreeMap::new();
        if profile.place().is_none() && profile.time().is_none() {
            return Ok(Vec::new());
        }
        for neighbourhood in self.neighbourhoods(profile.place(), value) {
            for (period, order) in self.periods(profile.time()) {
                let query = Query {
                    fields: self.fields.to_vec(),
                    order,
                    limit: LOOK_ALIKE_CANDIDATES_MAX,
                    ..Query::of(neighbourhood.clone().and(period))
                };
                let page = self.node.store.query(self.viewer, &self.register.name, &query)?;
                found.extend(page.records.into_iter().map(|record| (record.id, record)));
            }
        }
        Ok(found.into_values().collect())
    }

    /// Around the place, and what lies in the same area without a place; with neither, anywhere.
    fn neighbourhoods<'v>(
        &self,
        place: Option<Where>,
        value: &dyn Fn(&Name) -> Option<&'v Value>,
    ) -> Vec<Filter> {
        let area = self.register.area_fields.iter().rev().find_map(|field| {
            let (field, value) = (field.clone(), value(field)?.clone());
            Some(Condition::Compare { field, op: Op::Equal, value })
        });
        let near = self.rule.place.as_ref().zip(place);
        let Some((near, place)) = near else {
            return vec![Filter::trusted(area.unwrap_or(Condition::Constant(true)))];
        };
        let reach = u64::from(near.within.metres()) + u64::from(near.off_max().metres());
        let shape = Shape::Box(sphere::around(place.at, reach));
        let (op, field) = (SpatialOp::Intersects, near.field.clone());
        let mut all = vec![Filter::trusted(Condition::Spatial { op, field, shape })];
        all.extend(area.map(|area| {
            let nowhere = Condition::IsNull { field: near.field.clone() };
            Filter::trusted(Condition::And(vec![area, nowhere]))
        }));
        all
    }

    /// From the time on the earliest first, and before it the latest first.
    fn periods(&self, time: Option<When>) -> Vec<(Filter, Order)> {
        let Some((near, time)) = self.rule.time.as_ref().zip(time) else {
            return vec![(Filter::all(), Order::Newest)];
        };
        let reach = near.within.ms().saturating_add(near.off_max().ms());
        let kind = self.register.form.field(near.field.as_str()).map(|field| field.kind);
        let at = |ms: i64| match kind {
            Some(FieldType::Date) => Value::Date(Timestamp::from_ms(ms).date()),
            _ => Value::Time(Timestamp::from_ms(ms)),
        };
        let between = |low: i64, high: i64| {
            let field = near.field.clone();
            Filter::trusted(Condition::Between { field, low: at(low), high: at(high) })
        };
        vec![
            (between(time.from, time.until.saturating_add(reach)), Order::Oldest),
            (between(time.from.saturating_sub(reach), time.from.saturating_sub(1)), Order::Newest),
        ]
    }
}
