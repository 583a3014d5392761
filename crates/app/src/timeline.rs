//! A question counted: over time, and by the values of a field. Both through the viewer's filter, and
//! from the sums kept ready where those can answer.

use std::collections::BTreeMap;
use std::str::FromStr;

use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::limits::{FACETS_MAX, TIMELINE_BUCKETS_MAX};
use model::value::FieldType;
use policy::Viewer;
use serde_json::{Map, Value as Json, json};
use store::{Group, GroupBy, Sum, Tally};

use crate::ask::Question;
use crate::error::AppError;
use crate::node::Node;

/// Characters of a year at the beginning of a day or month.
const YEAR_CHARS: usize = 4;

/// How long the stretches of a timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stretch {
    /// Days.
    Day,
    /// Months.
    #[default]
    Month,
    /// Years.
    Year,
}

impl Stretch {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl FromStr for Stretch {
    type Err = Finding;

    fn from_str(text: &str) -> Result<Self, Finding> {
        let known = [Self::Day, Self::Month, Self::Year];
        let found = known.into_iter().find(|stretch| stretch.code() == text);
        found.ok_or_else(|| Finding::error("timeline-by").in_column("by").with("value", text))
    }
}

impl Node {
    /// Records and the register's sums over time: stretches that hold any, the earliest first, and
    /// those without a time apart.
    pub fn timeline(
        &self,
        viewer: &Viewer,
        question: &Question,
        by: Stretch,
    ) -> Result<Json, AppError> {
        let (register, query) = self.asked(viewer, question)?;
        let sums = register.cube.as_ref().map_or(&[][..], |cube| cube.sums.as_slice());
        let key = if by == Stretch::Day { GroupBy::Day } else { GroupBy::Month };
        let groups = self.store.sums(viewer, (&register.name, &query), &[key], sums)?;
        let mut buckets: BTreeMap<Option<String>, (i64, Vec<Sum>)> = BTreeMap::new();
        for Group { keys, count, sums } in groups {
            let at = keys.into_iter().next().flatten();
            let at = if by == Stretch::Year { at.map(year) } else { at };
            add(buckets.entry(at).or_insert_with(|| (0, Vec::new())), count, &sums);
        }
        let undated = buckets.remove(&None).map_or(0, |(count, _)| count);
        if buckets.len() > TIMELINE_BUCKETS_MAX {
            let finding = Finding::error("timeline-too-fine").in_column("by");
            let finding = finding.with("found", buckets.len()).with("max", TIMELINE_BUCKETS_MAX);
            return Err(AppError::invalid(vec![finding]));
        }
        let bucket = |(at, (count, figures)): (Option<String>, (i64, Vec<Sum>))| json!({ "at": at, "count": count, "sums": sums_json(sums, &figures) });
        let buckets: Json = buckets.into_iter().map(bucket).collect();
        Ok(json!({ "by": by.code(), "buckets": buckets, "undated": undated }))
    }

    /// How many records hold each code of these fields, the most first; null counts those without.
    /// Of a field of several codes each is counted. Areas come with their names.
    pub fn facets(
        &self,
        viewer: &Viewer,
        question: &Question,
        fields: &[String],
    ) -> Result<Json, AppError> {
        let (register, query) = self.asked(viewer, question)?;
        let fields = facet_fields(&register, fields)?;
        let names: Vec<Name> = fields.iter().map(|(field, _)| field.clone()).collect();
        let tallies = self.store.tallies(viewer, (&register.name, &query), &names)?;
        let mut facets = Map::new();
        for ((field, kind), tally) in fields.into_iter().zip(tallies) {
            let named = register.area_fields.contains(&field);
            facets.insert(field.to_string(), self.facet(counts(tally, kind), named)?);
        }
        Ok(Json::Object(facets))
    }

    fn facet(&self, counts: Vec<(Option<String>, i64)>, named: bool) -> Result<Json, AppError> {
        if !named {
            let one =
                |(code, count): (Option<String>, i64)| json!({ "code": code, "count": count });
            return Ok(counts.into_iter().map(one).collect());
        }
        let places = self.places()?;
        let one = |(code, count): (Option<String>, i64)| {
            let name = code.as_deref().and_then(|code| places.area(code)).map(|area| &area.name);
            json!({ "code": code, "count": count, "name": name })
        };
        Ok(counts.into_iter().map(one).collect())
    }
}

fn year(at: String) -> String {
    let mut at = at;
    at.truncate(YEAR_CHARS);
    at
}

fn add(bucket: &mut (i64, Vec<Sum>), count: i64, sums: &[Sum]) {
    bucket.0 = bucket.0.saturating_add(count);
    bucket.1.resize(sums.len(), Sum::default());
    for (held, more) in bucket.1.iter_mut().zip(sums) {
        held.sum = held.sum.saturating_add(more.sum);
        held.known = held.known.saturating_add(more.known);
    }
}

/// A sum over no known value is null, not 0.
fn sums_json(names: &[Name], sums: &[Sum]) -> Json {
    let one = |(name, sum): (&Name, &Sum)| {
        let known = (sum.known > 0).then_some(sum.sum);
        (name.to_string(), json!(known))
    };
    Json::Object(names.iter().zip(sums).map(one).collect())
}

/// Fields with few values: codes, yes or no, and areas.
fn facet_fields(register: &Register, names: &[String]) -> Result<Vec<(Name, FieldType)>, AppError> {
    let mut found = Vec::new();
    let mut findings = Vec::new();
    if names.is_empty() || names.len() > FACETS_MAX {
        let finding = Finding::error("facets-count").in_column("fields");
        findings.push(finding.with("found", names.len()).with("max", FACETS_MAX));
    }
    for name in names.iter().take(FACETS_MAX) {
        match register.form.field(name) {
            Some(field) if is_facet(register, &field.name, field.kind) => {
                found.push((field.name.clone(), field.kind));
            }
            Some(field) => {
                let finding = Finding::error("facet-wrong-type").in_column(name.as_str());
                findings.push(finding.with("field", name).with("type", field.kind));
            }
            None => findings.push(forms::check::unknown_field(&register.form, name)),
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(AppError::invalid(findings)) }
}

fn is_facet(register: &Register, name: &Name, kind: FieldType) -> bool {
    matches!(kind, FieldType::Code | FieldType::Codes | FieldType::Boolean)
        || register.area_fields.contains(name)
}

/// The most first, then by code.
fn counts(tally: Tally, kind: FieldType) -> Vec<(Option<String>, i64)> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for (text, count) in tally.texts {
        if kind == FieldType::Codes {
            for code in text.split_whitespace() {
                *counts.entry(code.to_owned()).or_default() += count;
            }
        } else {
            *counts.entry(text).or_default() += count;
        }
    }
    for (yes, count) in tally.numbers {
        *counts.entry((yes != 0).to_string()).or_default() += count;
    }
    let none = (tally.none > 0).then_some((None, tally.none));
    let known = counts.into_iter().map(|(code, count)| (Some(code), count));
    let mut counts: Vec<(Option<String>, i64)> = none.into_iter().chain(known).collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
    counts
}
