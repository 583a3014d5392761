//! Look-alikes: records that may be about the same as another, or as one that is being typed.
//!
//! The rule is the register's; candidates come from the index over place and time, a bounded number of
//! them, nearest in time first, and only such as the viewer may read: what they may not read changes no
//! score, no count and no order.

mod candidates;
mod merge;
mod rows;
mod score;
mod shown;
mod sphere;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use mission::register::{LookAlike, Register};
use model::id::{Name, RecordId};
use model::limits::LOOK_ALIKES_MAX;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::{Map, Value as Json, json};
use store::Found;

use crate::answers::Answers;
use crate::edit::{Values, shown_values};
use crate::error::AppError;
use crate::node::Node;
use crate::registers::schema;
use crate::shown::optional;
use candidates::Candidates;
pub use merge::Merge;
pub(crate) use rows::{NewRow, NewRows, RowsAlike};
use score::{Kind, Likeness, Part, Profile};
use words::Effort;

/// A record that looks like the one asked about.
#[derive(Debug, Clone)]
struct Alike {
    found: Found,
    likeness: Likeness,
}

impl Node {
    /// The look-alikes of a record, the most alike first.
    pub fn alike(&self, viewer: &Viewer, register: &str, id: &str) -> Result<Json, AppError> {
        let whole = self.whole(viewer, register, id)?;
        let register = self.readable_register(viewer, register)?;
        let values = shown_values(self.register(&whole.register)?, &whole);
        let mut others = Self::said_distinct(&whole);
        others.insert(whole.id);
        self.told(viewer, &register, (&values, &others))
    }

    /// The look-alikes of a record that is being typed. What cannot be read yet is left out, half a date
    /// for one; a field that is not there is said.
    pub fn alike_to(
        &self,
        viewer: &Viewer,
        register: &str,
        given: &Map<String, Json>,
    ) -> Result<Json, AppError> {
        let known = self.register_for(viewer, register)?;
        let values = Answers::from(given).readable(known)?;
        if !viewer.may_ever(Action::Read, &schema(known)) {
            return Ok(told_json(known, &[]));
        }
        let register = self.readable_register(viewer, register)?;
        self.told(viewer, &register, (&values, &BTreeSet::new()))
    }

    fn told(
        &self,
        viewer: &Viewer,
        register: &Register,
        (values, others): (&Values, &BTreeSet<RecordId>),
    ) -> Result<Json, AppError> {
        let Some(rule) = &register.look_alike else {
            return Ok(told_json(register, &[]));
        };
        let fields = fields(register, rule);
        let candidates = Candidates {
            node: self,
            viewer,
            register,
            rule,
            fields: &fields,
            effort: &Effort::default(),
        };
        let mut alike = candidates.alike(values, others)?;
        alike.truncate(LOOK_ALIKES_MAX);
        let told: Vec<Json> =
            alike.iter().map(|alike| alike_json(register, &fields, alike)).collect();
        Ok(told_json(register, &told))
    }
}

impl Candidates<'_> {
    /// Those that look like a record of these values, the most alike first; none of `others`: itself,
    /// and those that are said to be other things.
    fn alike(&self, values: &Values, others: &BTreeSet<RecordId>) -> Result<Vec<Alike>, AppError> {
        let value = |field: &Name| values.get(field)?.as_ref();
        let profile = Profile::of(self.rule, &value);
        let mut alike = Vec::new();
        for found in self.find(&profile, &value)? {
            if others.contains(&found.id) {
                continue;
            }
            let shown: BTreeMap<&Name, &Value> = by_name(self.fields, &found).collect();
            let theirs = Profile::of(self.rule, &|field| shown.get(field).copied());
            if let Some(likeness) = score::likeness(self.rule, (&profile, &theirs), self.effort) {
                alike.push(Alike { found, likeness });
            }
        }
        alike.sort_by_key(|alike| (Reverse(alike.likeness.score), alike.found.id));
        Ok(alike)
    }
}

/// What is read of a candidate: what the rule looks at, and what a list shows.
fn fields(register: &Register, rule: &LookAlike) -> Vec<Name> {
    let mut fields: Vec<Name> = rule.fields().into_iter().cloned().collect();
    for name in register.title_field.iter().chain(&register.list_columns) {
        if !fields.contains(name) {
            fields.push(name.clone());
        }
    }
    fields.retain(|name| register.form.field(name.as_str()).is_some());
    fields
}

fn by_name<'f>(
    fields: &'f [Name],
    found: &'f Found,
) -> impl Iterator<Item = (&'f Name, &'f Value)> {
    fields.iter().zip(&found.values).filter_map(|(name, value)| Some((name, value.as_ref()?)))
}

fn told_json(register: &Register, look_alikes: &[Json]) -> Json {
    let threshold = register.look_alike.as_ref().map(|rule| f64::from(rule.threshold) / 100.0);
    json!({
        "register": register.name.as_str(),
        "threshold": threshold,
        "look_alikes": look_alikes,
    })
}

fn alike_json(register: &Register, fields: &[Name], alike: &Alike) -> Json {
    let shown: BTreeMap<&Name, &Value> = by_name(fields, &alike.found).collect();
    let columns = register.list_columns.iter().filter(|name| fields.contains(name));
    let values: Map<String, Json> =
        columns.map(|name| (name.to_string(), optional(shown.get(name).copied()))).collect();
    let title = register.title_field.as_ref().and_then(|name| shown.get(name));
    json!({
        "id": alike.found.id.to_string(),
        "title": title.map(ToString::to_string),
        "score": fraction(alike.likeness.score),
        "values": values,
        "reasons": alike.likeness.parts.iter().map(part_json).collect::<Vec<_>>(),
    })
}

fn part_json(part: &Part) -> Json {
    let mut told = match &part.kind {
        Kind::Place(found) => json!({
            "part": "place",
            "metres": found.map(|(apart, _off)| apart),
            "off_m": found.map(|(_apart, off)| off),
        }),
        Kind::Time(found) => json!({
            "part": "time",
            "seconds": found.map(|(apart, _off)| apart / 1_000),
            "off_s": found.map(|(_apart, off)| off / 1_000),
        }),
        Kind::Same(field, is_known) => json!({
            "part": "same",
            "field": field.as_str(),
            "known": is_known,
        }),
        Kind::Words(words) => json!({ "part": "words", "words": words }),
    };
    told["score"] = fraction(part.score);
    told["weight"] = part.weight.into();
    told
}

/// Thousandths as a number from 0 to 1.
fn fraction(thousandths: u64) -> Json {
    (f64::from(u32::try_from(thousandths).unwrap_or(u32::MAX)) / 1_000.0).into()
}
