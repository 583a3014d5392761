//! Merging two records that are about the same, taking that back, and saying that two are two.
//!
//! Both histories stay. The record that is kept gets a link to the other and the values that were chosen;
//! the other gets a link into the kept one, which names all that its author saw. All of it is appended in
//! one transaction, between these two links, so that taking it back finds exactly the values it took over;
//! what somebody changed since stays. Whoever merges or parts must be allowed to edit both.

use std::collections::BTreeSet;

use journal::{Act, Content, Edit, Lane, Link, MERGED, MERGED_INTO, NOT_DUPLICATE_OF, Operation};
use mission::register::Register;
use model::classification::Classification;
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use model::value::Value;
use policy::{Action, Viewer};
use store::{StoredEntry, Whole};

use crate::edit::{Values, allow, edits, field_named, live, not_allowed, said, shown_values, with};
use crate::error::{AppError, Kind};
use crate::held::{Done, Moment};
use crate::node::Node;
use crate::seen::register_of;
use crate::undo::former_value;
use crate::version::{self, Aim, Version};
use crate::workflow;

/// How often an act is planned anew because somebody else was quicker.
const TRIES: usize = 4;

/// What is merged into a record, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Merge<'a> {
    /// The record that is merged.
    pub other: &'a str,
    /// The fields of which its value is taken over.
    pub take: &'a [String],
    /// Why.
    pub reason: Option<&'a str>,
}

/// What is appended to two records, and what the caller is told.
struct Both<T> {
    operations: Vec<Operation>,
    outcome: T,
}

type Plan<'p, T> = dyn Fn(&Node, &Whole, &Whole) -> Result<Both<T>, AppError> + 'p;

impl Node {
    /// Merges a record into another, which is kept; how many values it took over.
    pub fn merge<'a>(
        &mut self,
        viewer: &Viewer,
        kept: impl Into<Aim<'a>>,
        merge: Merge<'_>,
    ) -> Result<Done<usize>, AppError> {
        let reason = said(merge.reason.map(str::to_owned));
        let moment = self.moment();
        self.change_both(viewer, (&kept.into(), merge.other), &|node, kept, other| {
            let register = node.both_editable(viewer, kept, other)?;
            let Done { outcome: taken, warnings } =
                taken(&moment, viewer, register, (kept, other), merge.take)?;
            let outcome = Done { outcome: taken.len(), warnings };
            let mut operations =
                vec![linked(node, viewer, kept, (MERGED, other, &[]), reason.as_ref())?];
            operations.extend(node.set(viewer, kept, taken, reason.as_ref()));
            let seen = seen(other);
            operations.push(linked(
                node,
                viewer,
                other,
                (MERGED_INTO, kept, &seen),
                reason.as_ref(),
            )?);
            Ok(Both { operations, outcome })
        })
    }

    /// Takes back that a record was merged: it shows again, and what was taken over from it has its
    /// former value, unless somebody changed it since. The record it had been merged into.
    pub fn unmerge<'a>(
        &mut self,
        viewer: &Viewer,
        other: impl Into<Aim<'a>>,
        reason: Option<String>,
    ) -> Result<RecordId, AppError> {
        let (aim, reason) = (other.into(), said(reason));
        let whole = self.whole(viewer, aim.register, aim.id)?;
        let target = whole.full().state().merges().next().map(|link| link.content.target);
        let not_merged = || {
            let finding = Finding::error("record-not-merged").with("record", whole.id);
            AppError::new(Kind::Conflict, finding)
        };
        let target = target.ok_or_else(not_merged)?;
        if self.store.record(viewer, &whole.register, &target)?.is_none() {
            // Whoever may not read the kept record does not hear its id either.
            return Err(not_allowed(Action::Edit, self.register(&whole.register)?));
        }
        self.change_both(viewer, (&aim, &target.to_string()), &|node, other, kept| {
            let register = node.register(&other.register)?;
            for whole in [kept, other] {
                allow(viewer, Action::Edit, register, &shown_values(register, whole.full()))?;
            }
            let state = other.full().state();
            let into = state.merges().filter(|link| link.content.target == kept.id);
            let links: Vec<EntryId> = into.map(|link| link.entry).collect();
            let mut operations = node.taken_back(viewer, (kept, other), &links, reason.as_ref())?;
            let act = Act::Remove { overwrites: links };
            operations.push(node.about(viewer, other, act, reason.as_ref()));
            Ok(Both { operations, outcome: kept.id })
        })
    }

    /// Says that two records are two: they are not told as look-alikes of each other any more.
    pub fn say_distinct<'a>(
        &mut self,
        viewer: &Viewer,
        record: impl Into<Aim<'a>>,
        other: &str,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let reason = said(reason);
        self.change_each(viewer, (&record.into(), other), |node, one, other| {
            if !distinct_links(one, &other.id).is_empty() {
                return Ok(None);
            }
            linked(node, viewer, one, (NOT_DUPLICATE_OF, other, &[]), reason.as_ref()).map(Some)
        })
    }

    /// Takes back that two records are two.
    pub fn unsay_distinct<'a>(
        &mut self,
        viewer: &Viewer,
        record: impl Into<Aim<'a>>,
        other: &str,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let reason = said(reason);
        self.change_each(viewer, (&record.into(), other), |node, one, other| {
            let overwrites = distinct_links(one, &other.id);
            let is_said = !overwrites.is_empty();
            let act = Act::Remove { overwrites };
            Ok(is_said.then(|| node.about(viewer, one, act, reason.as_ref())))
        })
    }

    /// Says the same of both, each with the other.
    fn change_each(
        &mut self,
        viewer: &Viewer,
        both: (&Aim<'_>, &str),
        say: impl Fn(&Node, &Whole, &Whole) -> Result<Option<Operation>, AppError>,
    ) -> Result<(), AppError> {
        self.change_both(viewer, both, &|node, one, other| {
            node.both_editable(viewer, one, other)?;
            let said = [say(node, one, other)?, say(node, other, one)?];
            Ok(Both { operations: said.into_iter().flatten().collect(), outcome: () })
        })
    }

    /// Plans something about two records as they stand and appends it, in one transaction that finds
    /// both as it was planned on.
    fn change_both<T>(
        &mut self,
        viewer: &Viewer,
        (aim, other): (&Aim<'_>, &str),
        plan: &Plan<'_, T>,
    ) -> Result<T, AppError> {
        for _try in 0..TRIES {
            let one = self.whole(viewer, aim.register, aim.id)?;
            aim.check(&one)?;
            let other = self.whole(viewer, aim.register, other)?;
            if one.id == other.id {
                let finding = Finding::error("merge-itself").with("record", one.id);
                return Err(AppError::invalid(vec![finding]));
            }
            let Both { operations, outcome } = plan(self, &one, &other)?;
            if operations.is_empty() || self.append_both(viewer, [&one, &other], &operations)? {
                return Ok(outcome);
            }
        }
        Err(version::changed(&self.whole(viewer, aim.register, aim.id)?))
    }

    fn append_both(
        &mut self,
        viewer: &Viewer,
        both: [&Whole; 2],
        operations: &[Operation],
    ) -> Result<bool, AppError> {
        let mut writer = self.writer()?;
        for whole in both {
            let found = writer.record_for(viewer, Action::Read, &whole.register, &whole.id)?;
            let planned_on = Version::of(whole.full());
            if found.is_none_or(|found| Version::of(found.full()) != planned_on) {
                return Ok(false);
            }
        }
        for operation in operations {
            writer.append(Lane::Routine, None, operation)?;
        }
        writer.commit()?;
        Ok(true)
    }

    /// The register of two records that are there and that the viewer may edit.
    fn both_editable(
        &self,
        viewer: &Viewer,
        one: &Whole,
        other: &Whole,
    ) -> Result<&Register, AppError> {
        let register = self.register(&one.register)?;
        for whole in [one, other] {
            live(whole)?;
            allow(viewer, Action::Edit, register, &shown_values(register, whole.full()))?;
        }
        Ok(register)
    }

    /// What takes back from the kept record what these merges gave it. Where that is a value, the kept
    /// record must be there: written into one that was deleted or merged, it would bring that back.
    fn taken_back(
        &self,
        viewer: &Viewer,
        (kept, other): (&Whole, &Whole),
        links: &[EntryId],
        reason: Option<&String>,
    ) -> Result<Vec<Operation>, AppError> {
        let kept = kept.full();
        let merges = links.iter().filter_map(|link| {
            let into = other.full().history.iter().find(|stored| stored.id == *link)?;
            Some(Span::before(kept, other.id, into))
        });
        let spans: Vec<Span<'_>> = merges.flatten().collect();
        let state = kept.state();
        let mut back = Vec::new();
        for (field, seen) in &state.fields {
            let ours = seen.iter().find(|seen| spans.iter().any(|span| span.gave(&seen.entry)));
            let Some(ours) = ours else { continue };
            let content = former_value(kept, &ours.entry, field);
            let content = content.unwrap_or(Content::Plain(None));
            back.push(Edit { field: (*field).clone(), content, overwrites: vec![ours.entry] });
        }
        if !back.is_empty() {
            live(kept)?;
        }
        let overwrites: Vec<EntryId> = spans.iter().map(|span| span.link).collect();
        let mut operations = self.set(viewer, kept, back, reason);
        if !overwrites.is_empty() {
            operations.push(self.about(viewer, kept, Act::Remove { overwrites }, reason));
        }
        Ok(operations)
    }
}

/// The edits that bring the chosen values of the other record into the one that is kept.
fn taken(
    moment: &Moment,
    viewer: &Viewer,
    register: &Register,
    (kept, other): (&Whole, &Whole),
    take: &[String],
) -> Result<Done<Vec<Edit>>, AppError> {
    let before = shown_values(register, kept.full());
    let theirs = shown_values(register, other.full());
    check_protection(register, (&before, &theirs), take)?;
    let mut changes = Values::new();
    for name in take {
        let field = field_named(&register_of(register, kept), name)?;
        let field = field_named(&register_of(register, other), field.as_str())?;
        for whole in [kept, other] {
            refuse_conflict(whole, &field)?;
        }
        changes.insert(field.clone(), theirs.get(&field).cloned().flatten());
    }
    if changes.is_empty() {
        return Ok(Done::from(Vec::new()));
    }
    workflow::refuse_edit(register, &before, &changes)?;
    let held = moment.hold_change(register, (&before, &mut changes), &kept.closed);
    let warnings = held.map_err(AppError::invalid)?;
    allow(viewer, Action::Edit, register, &with(&before, &changes))?;
    Ok(Done { outcome: edits(&kept.state(), &before, changes), warnings })
}

/// What one merge appended to the record that is kept: its link, and the values it took over, which
/// stand between that link and the one of the other record in one log.
struct Span<'w> {
    link: EntryId,
    values: Vec<&'w StoredEntry>,
}

impl<'w> Span<'w> {
    fn before(kept: &'w Whole, other: RecordId, into: &StoredEntry) -> Option<Self> {
        let is_link = |stored: &&StoredEntry| {
            stored.log == into.log && stored.sequence < into.sequence && names(stored, &other)
        };
        let link = kept.history.iter().filter(is_link).max_by_key(|stored| stored.sequence)?;
        let between = link.sequence..into.sequence;
        let is_value = |stored: &&StoredEntry| {
            let act = stored.operation.as_ref().map(|operation| &operation.act);
            stored.log == into.log
                && between.contains(&stored.sequence)
                && matches!(act, Some(Act::Set { .. }))
        };
        Some(Self { link: link.id, values: kept.history.iter().filter(is_value).collect() })
    }

    fn gave(&self, entry: &EntryId) -> bool {
        self.values.iter().any(|stored| stored.id == *entry)
    }
}

/// Whether an entry links a kept record to one that was merged into it.
fn names(stored: &StoredEntry, other: &RecordId) -> bool {
    match stored.operation.as_ref().map(|operation| &operation.act) {
        Some(Act::Link(link)) => link.relation.as_str() == MERGED && link.target == *other,
        _ => false,
    }
}

fn linked(
    node: &Node,
    viewer: &Viewer,
    whole: &Whole,
    (relation, target, overwrites): (&str, &Whole, &[EntryId]),
    reason: Option<&String>,
) -> Result<Operation, AppError> {
    let relation = Name::new(relation).map_err(|_no_name| {
        AppError::new(Kind::Internal, Finding::error("name-invalid").with("value", relation))
    })?;
    let link = Link { relation, target: target.id, overwrites: overwrites.to_vec() };
    Ok(node.about(viewer, whole, Act::Link(link), reason))
}

/// All that whoever merges a record has before them: values, steps, and merges that are replaced.
fn seen(whole: &Whole) -> Vec<EntryId> {
    let state = whole.full().state();
    let values = state.fields.values().flatten().map(|seen| seen.entry);
    let steps = state.workflows.values().flatten().map(|seen| seen.entry);
    let links = state.merges().map(|link| link.entry);
    let all: BTreeSet<EntryId> = values.chain(steps).chain(links).collect();
    all.into_iter().collect()
}

/// The links that say that a record is not the same as another.
fn distinct_links(whole: &Whole, other: &RecordId) -> Vec<EntryId> {
    let state = whole.full().state();
    let said = state.links.iter().filter(|link| {
        link.content.relation.as_str() == NOT_DUPLICATE_OF && link.content.target == *other
    });
    said.map(|link| link.entry).collect()
}

/// A value that is still disputed is not handed on: taking it back could not bring the dispute back.
fn refuse_conflict(whole: &Whole, field: &Name) -> Result<(), AppError> {
    if !whole.state().conflicts().any(|name| name == field) {
        return Ok(());
    }
    let finding = Finding::error("merge-in-conflict").in_column(field.as_str());
    let finding = finding.with("field", field).with("record", whole.id);
    Err(AppError::new(Kind::Conflict, finding))
}

/// Nobody loses sight of a record because it was merged into one that is more protected, and nothing of a
/// more protected record is taken over into one that more people see.
fn check_protection(
    register: &Register,
    (kept, other): (&Values, &Values),
    take: &[String],
) -> Result<(), AppError> {
    if !covers(register, other, kept) {
        return Err(AppError::invalid(vec![Finding::error("merge-more-protected")]));
    }
    if !covers(register, kept, other) && !take.is_empty() {
        return Err(AppError::invalid(vec![Finding::error("merge-takes-protected")]));
    }
    Ok(())
}

/// Whether whoever is cleared for the one is cleared for the other.
fn covers(register: &Register, one: &Values, other: &Values) -> bool {
    let code =
        |values: &Values, field: &str| match values.iter().find(|(name, _)| name.as_str() == field)
        {
            Some((_, Some(Value::Code(code)))) => Some(code.clone()),
            _ => None,
        };
    let level = |values: &Values| {
        let code = code(values, policy::CLASSIFICATION);
        code.and_then(|code| code.parse().ok()).unwrap_or(Classification::StrictlyConfidential)
    };
    let caveat = |values: &Values| {
        code(values, policy::CAVEAT).or_else(|| register.caveat.as_ref().map(Name::to_string))
    };
    let (ours, theirs) = (caveat(one), caveat(other));
    level(one) >= level(other) && (theirs.is_none() || ours == theirs)
}
