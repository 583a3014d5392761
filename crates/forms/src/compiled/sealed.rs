//! What a form would show of its sealed questions: an open question that is computed from one.

use std::collections::BTreeSet;

use model::finding::Finding;

use super::order::Reads;
use super::rules::Reading;

/// Every question that is computed from one which is sealed for another compartment, by whatever way.
pub(super) fn shown(reading: &Reading, reads: &[Reads]) -> Vec<Finding> {
    let calculated = reading.rules.iter().enumerate();
    let calculated = calculated.filter(|(_part, rule)| rule.calculation.is_some());
    calculated.filter_map(|(part, _rule)| shown_by(reading, reads, part)).collect()
}

fn shown_by(reading: &Reading, reads: &[Reads], part: usize) -> Option<Finding> {
    let own = compartment(reading, part);
    let (mut due, mut seen) = (vec![part], BTreeSet::new());
    while let Some(next) = due.pop() {
        let theirs = compartment(reading, next);
        if let Some(theirs) = theirs.filter(|theirs| own != Some(*theirs)) {
            let finding = Finding::error("form-sealed-shown");
            let name = reading.shape.get(next).map_or("", |part| &part.name);
            let finding = finding.with("name", name).with("compartment", theirs);
            return Some(reading.places.get(part)?.locate(finding, "calculation"));
        }
        if seen.insert(next) {
            due.extend(reads.get(next).iter().flat_map(|reads| &reads.by_value));
        }
    }
    None
}

/// The compartment that a part is sealed for, or that what it stands in is.
fn compartment(reading: &Reading, part: usize) -> Option<&str> {
    let lineage = reading.shape.lineage(part).into_iter();
    let mut fields = lineage.filter_map(|part| reading.rules.get(part)?.field.as_ref());
    fields.find_map(|field| field.sealed.as_deref())
}
