//! What a store must hold, worked out the slow way: every entry of a record folded, row by row.

use std::collections::{BTreeMap, BTreeSet};

use filter::{Filter, Row};
use journal::{Happened, RecordState};
use model::id::{Name, RecordId};
use model::value::{FieldType, Value};
use policy::Viewer;
use store::{EntrySpan, Found, GroupBy, Query, Store, StoredEntry};

use crate::pack::name;
use crate::support::{Values, asking, everybody, values_of};

/// A live record as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) values: Values,
    pub(crate) conflict: bool,
}

/// Every entry of a store, in order of arrival.
pub(crate) fn journal(store: &Store) -> Vec<StoredEntry> {
    store
        .entries(EntrySpan { after: 0, limit: usize::MAX })
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The live records of a register that these entries make.
pub(crate) fn rows(
    fields: &[(Name, FieldType)],
    register: &Name,
    entries: &[StoredEntry],
) -> BTreeMap<RecordId, Listed> {
    let records: BTreeSet<RecordId> = entries.iter().filter_map(record_of).collect();
    let pointers: BTreeMap<RecordId, (Option<RecordId>, bool)> = records
        .iter()
        .map(|id| {
            let state = fold(entries, *id);
            let live = state.register == Some(register) && !state.deleted;
            (*id, (merged_into(&state), live))
        })
        .collect();
    let row = |id: RecordId| {
        let state = fold(entries, id);
        let live = pointers[&id].1 && holds_on(&pointers, id);
        let shown = |(name, of): &(Name, FieldType)| {
            let value = state.value(name).filter(|value| value.field_type() == *of)?;
            Some((name.to_string(), value.clone()))
        };
        let values = Values(fields.iter().filter_map(shown).collect());
        live.then(|| (id, Listed { values, conflict: state.conflicts().next().is_some() }))
    };
    records.into_iter().filter_map(row).collect()
}

/// Where the latest merge leads, if all that is visible was seen by whoever merged.
fn merged_into(state: &RecordState<'_>) -> Option<RecordId> {
    let merges = || state.links.iter().filter(|link| link.content.relation == name("merged-into"));
    let seen: BTreeSet<_> = merges().flat_map(|link| &link.content.overwrites).collect();
    let values = state.fields.values().flatten().map(|value| &value.entry);
    let mut visible = values.chain(state.workflows.values().flatten().map(|step| &step.entry));
    let target = merges().next()?.content.target;
    visible.all(|entry| seen.contains(entry)).then_some(target)
}

/// Whether a record shows itself: no other live one is on the way that its merges lead, or the way is
/// a circle it is on, and it is the smallest live one of it.
fn holds_on(pointers: &BTreeMap<RecordId, (Option<RecordId>, bool)>, id: RecordId) -> bool {
    let next = |id: &RecordId| pointers.get(id).and_then(|(into, _)| *into);
    // As many steps as there are records lead into the circle, if there is one.
    let way: Vec<RecordId> =
        std::iter::successors(next(&id), next).take(2 * pointers.len() + 2).collect();
    let live = |id: &&RecordId| pointers.get(*id).is_some_and(|(_, live)| *live);
    if way.contains(&id) {
        return way.iter().filter(live).min() == Some(&id);
    }
    !way.iter().any(|id| live(&id))
}

/// The record an entry changes; none for what opens a batch.
fn record_of(stored: &StoredEntry) -> Option<RecordId> {
    let operation = stored.operation.as_ref()?;
    operation.record.filter(|_| !matches!(operation.act, journal::Act::Batch(_)))
}

/// What the entries make of a record.
pub(crate) fn fold(entries: &[StoredEntry], record: RecordId) -> RecordState<'_> {
    let about = entries.iter().filter(|stored| record_of(stored) == Some(record));
    journal::fold(about.filter_map(|stored| {
        let operation = stored.operation.as_ref()?;
        Some(Happened { entry: stored.id, log: stored.log, at: stored.at, operation })
    }))
}

/// The live records of a register as the store lists them.
pub(crate) fn listed(store: &Store, register: &Name) -> BTreeMap<RecordId, Listed> {
    let page = store.query(&everybody(), register, &asking(Filter::all()));
    let page = page.unwrap_or_else(|error| panic!("{error}"));
    assert!(!page.more, "the page holds everything");
    let row = |found: Found| {
        let (id, conflict) = (found.id, found.conflict);
        (id, Listed { values: values_of(store, register, &found), conflict })
    };
    page.records.into_iter().map(row).collect()
}

/// What differs between the registers of the store and what its own journal makes of them.
pub(crate) fn difference(store: &Store) -> Option<String> {
    let entries = journal(store);
    store.pack().registers.keys().find_map(|register| {
        let table = store.table(register).expect("a register of the pack");
        let fields: Vec<(Name, FieldType)> =
            table.fields().map(|(name, of)| (name.clone(), of)).collect();
        let (found, expected) = (listed(store, register), rows(&fields, register, &entries));
        (found != expected).then(|| format!("{register}: found {found:?}, expected {expected:?}"))
    })
}

/// Fails where a register of the store is not what its own journal makes of it.
pub(crate) fn assert_matches_journal(store: &Store) {
    assert_eq!(difference(store), None);
}

/// Keys of a group, its count, and of each sum the sum and how many values were known.
pub(crate) type Groups = BTreeMap<Vec<Option<String>>, (i64, Vec<(i64, i64)>)>;

/// Counts and sums by fields or `month`, counted by hand.
pub(crate) fn recounted<'r>(
    rows: impl Iterator<Item = &'r Values>,
    by: &[&str],
    sums: &[&str],
) -> Groups {
    let mut groups = Groups::new();
    for row in rows {
        let keys = by.iter().map(|key| match *key {
            "month" => row.value("occurred_at").map(|at| at.to_string().chars().take(7).collect()),
            field => row.value(field).map(Value::to_string),
        });
        let group = groups.entry(keys.collect()).or_insert((0, vec![(0, 0); sums.len()]));
        group.0 += 1;
        for (sum, field) in group.1.iter_mut().zip(sums) {
            if let Some(Value::Integer(number)) = row.value(field) {
                *sum = (sum.0 + number, sum.1 + 1);
            }
        }
    }
    groups
}

/// A month, a day or a field.
fn group_by(text: &str) -> GroupBy {
    match text {
        "month" => GroupBy::Month,
        "day" => GroupBy::Day,
        field => GroupBy::Field(name(field)),
    }
}

/// Counts and sums of `report` as the store gives them.
pub(crate) fn asked(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    (by, sums): (&[&str], &[&str]),
) -> Groups {
    let names = |texts: &[&str]| texts.iter().map(|text| name(text)).collect::<Vec<Name>>();
    let by: Vec<GroupBy> = by.iter().map(|text| group_by(text)).collect();
    let query = Query::of(filter.clone());
    let groups = store.sums(viewer, (&name("report"), &query), &by, &names(sums));
    let groups = groups.unwrap_or_else(|error| panic!("{error}"));
    let count = groups.len();
    let group = |group: store::Group| {
        let sums = group.sums.iter().map(|sum| (sum.sum, sum.known)).collect();
        (group.keys, (group.count, sums))
    };
    let groups: Groups = groups.into_iter().map(group).collect();
    assert_eq!(groups.len(), count, "no group twice");
    groups
}

/// Whether a text holds every word, as a person would say: case and accents aside.
pub(crate) fn holds_words(text: &str, words: &[&str]) -> bool {
    let held: BTreeSet<String> = plain(text).split(' ').map(str::to_owned).collect();
    words.iter().all(|word| held.contains(&plain(word)))
}

/// In lower case, without accents, blanks for all that is no letter or digit.
fn plain(text: &str) -> String {
    let plain = |letter: char| match letter.to_lowercase().next().unwrap_or(letter) {
        'é' | 'è' | 'ê' => 'e',
        'à' => 'a',
        'ç' => 'c',
        'ï' => 'i',
        letter if letter.is_alphanumeric() => letter,
        _ => ' ',
    };
    text.chars().map(plain).collect()
}
