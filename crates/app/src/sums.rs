//! Counts and sums by area, month or any field, with the names of areas.

use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;
use policy::Viewer;
use store::{GroupBy, Sum};

use crate::ask::Question;
use crate::error::AppError;
use crate::node::Node;

/// What records are grouped by, beside fields.
const MONTH: &str = "month";

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    /// One per field asked by; nothing where the records have no value.
    pub keys: Vec<Option<String>>,
    /// The name of the area, where a key is an area's code the pack knows.
    pub area: Option<String>,
    /// Records.
    pub count: i64,
    /// One per field summed.
    pub sums: Vec<Sum>,
}

/// What is summed, and by what.
#[derive(Debug, Clone)]
pub struct SumBy {
    /// Which records; limit and offset apply to the groups.
    pub question: Question,
    /// Whole-number fields to sum.
    pub sums: Vec<String>,
    /// Fields to group by, or `month`.
    pub by: Vec<String>,
}

impl Node {
    /// Groups with the largest first sum first, ties by key; by key alone where nothing is summed
    /// or a month is among the groups.
    pub fn sums(&self, viewer: &Viewer, asked: &SumBy) -> Result<Vec<SumRow>, AppError> {
        let (register, query) = self.asked(viewer, &asked.question)?;
        let by = fields(&register, &asked.by, &|kind| kind != FieldType::Rows)?;
        let groups_by: Vec<GroupBy> = by.iter().map(|name| group_by(&register, name)).collect();
        let sums = fields(&register, &asked.sums, &|kind| kind == FieldType::Integer)?;
        let groups = self.store.sums(viewer, (&register.name, &query), &groups_by, &sums)?;
        let at = by.iter().position(|name| register.area_fields.contains(name));
        let places = if at.is_some() { Some(self.places()?) } else { None };
        let named = |code: &str| places.as_ref()?.area(code).map(|area| area.name.clone());
        let mut rows: Vec<SumRow> = groups
            .into_iter()
            .map(|group| SumRow {
                area: at.and_then(|at| named(group.keys.get(at)?.as_ref()?)),
                keys: group.keys,
                count: group.count,
                sums: group.sums,
            })
            .collect();
        if !asked.by.iter().any(|name| name == MONTH) {
            rows.sort_by_key(|row| {
                (
                    std::cmp::Reverse(row.sums.first().map_or(row.count, |sum| sum.sum)),
                    row.keys.clone(),
                )
            });
        }
        let page = rows.into_iter().skip(query.offset).take(query.limit);
        Ok(page.collect())
    }
}

/// A field, where the register has one of this name; else the month.
fn group_by(register: &Register, name: &Name) -> GroupBy {
    let is_field = register.form.field(name.as_str()).is_some();
    if is_field { GroupBy::Field(name.clone()) } else { GroupBy::Month }
}

fn fields(
    register: &Register,
    names: &[String],
    fits: &dyn Fn(FieldType) -> bool,
) -> Result<Vec<Name>, AppError> {
    let mut fields = Vec::new();
    let mut findings = Vec::new();
    for name in names {
        match register.form.field(name) {
            Some(field) if fits(field.kind) => fields.push(field.name.clone()),
            Some(field) => {
                let finding = Finding::error("sum-wrong-type").in_column(name.as_str());
                findings.push(finding.with("field", name).with("type", field.kind));
            }
            None if name == MONTH => fields.extend(Name::new(MONTH)),
            None => findings.push(forms::check::unknown_field(&register.form, name)),
        }
    }
    if findings.is_empty() { Ok(fields) } else { Err(AppError::invalid(findings)) }
}
