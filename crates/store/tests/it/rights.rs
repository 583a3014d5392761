//! What a viewer may not see is not there: not on a page, in a count, a sum, a search or by its id.

use std::collections::{BTreeMap, BTreeSet};

use filter::{Filter, matches};
use model::classification::Classification;
use model::id::RecordId;
use model::place::{BoundingBox, Geometry};
use model::value::Value;
use policy::{Account, Action, Compartments, Grant, RegisterSchema, Registers, Viewer};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use store::{Extent, Query, Store, StoreError, Tally};

use crate::generated::{cube_filters, records, windows};
use crate::pack::{name, report};
use crate::reference::{Groups, asked, recounted};
use crate::support::{
    TestStore, Values, account, asking, created, id_set, record, role, searching,
};

const ACTIONS: [Action; 3] = [Action::Read, Action::Export, Action::Edit];
const SCOPES: [&str; 6] = [
    "kind = 'clash'",
    "NOT kind = 'killing'",
    "deaths > 1 OR armed",
    "occurred_at >= DATE('2018-01-01')",
    "S_INTERSECTS(place, BBOX(-1, -1, 1, 1))",
    "no_such_field = 1",
];

fn compartments() -> impl Strategy<Value = Compartments> {
    let some = subsequence(vec!["medical", "source"], 0..=2)
        .prop_map(|held| Compartments::Some(held.into_iter().map(name).collect()));
    prop_oneof![1 => Just(Compartments::All), 3 => some]
}

fn clearance() -> impl Strategy<Value = Classification> {
    select(Classification::ALL.to_vec())
}

fn grant() -> impl Strategy<Value = Grant> {
    let registers = prop_oneof![
        4 => Just(Registers::All),
        1 => subsequence(vec!["report", "post"], 0..=2)
            .prop_map(|some| Registers::Some(some.into_iter().map(name).collect())),
    ];
    let actions = subsequence(ACTIONS.to_vec(), 1..=3);
    let scope = prop::option::of(select(SCOPES.to_vec()).prop_map(str::to_owned));
    (registers, actions, scope, any::<bool>(), clearance(), compartments()).prop_map(
        |(registers, actions, scope, own_area, clearance, compartments)| Grant {
            registers,
            actions: actions.into_iter().collect(),
            scope,
            own_area,
            clearance,
            compartments,
        },
    )
}

pub(crate) fn viewers() -> impl Strategy<Value = Viewer> {
    let areas = subsequence(vec!["ML", "ML01", "ML03", "ML0302", ""], 0..=2);
    let grants = || prop::collection::vec(grant(), 0..3);
    (grants(), grants(), areas, compartments(), clearance(), prop::bool::weighted(0.05)).prop_map(
        |(officer, analyst, areas, compartments, clearance, disabled)| {
            let account = Account {
                areas: areas.into_iter().map(str::to_owned).collect(),
                compartments,
                clearance,
                disabled,
                ..account(&["officer", "analyst"])
            };
            Viewer::new(&account, &[role("officer", officer), role("analyst", analyst)])
        },
    )
}

/// The records, each with a word of its own by which a search finds it.
pub(crate) fn holding(records: &mut [Values]) -> TestStore {
    let mut operations = Vec::new();
    for (values, number) in records.iter_mut().zip(0..) {
        let text = format!("everywhere word{number}");
        values.0.insert("summary".to_owned(), Value::Text(text));
        operations.push(created(record(number), values));
    }
    let mut test = TestStore::new();
    test.append(&operations);
    test
}

/// What the viewer may do the action with, decided one by one.
pub(crate) fn allowed<'r>(
    store: &Store,
    viewer: &Viewer,
    action: Action,
    records: &'r [Values],
) -> BTreeMap<RecordId, &'r Values> {
    let table = store.table(&report()).expect("a register");
    let schema: RegisterSchema<'_> = table.policy_schema();
    let numbered = records.iter().zip(0..).map(|(values, number)| (record(number), values));
    numbered.filter(|(_, values)| viewer.decide(action, &schema, *values).allowed).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_viewer_finds_exactly_what_each_decision_allows(
        mut records in prop::collection::vec(records(), 1..30),
        viewers in prop::collection::vec(viewers(), 8),
        window in windows(),
    ) {
        let test = holding(&mut records);
        let report = report();
        let window = Filter::trusted(window);
        let stores = [test.another(), test.warmed()];
        for (viewer, store) in viewers.iter().flat_map(|viewer| stores.iter().map(move |s| (viewer, s))) {
            let seen = allowed(store, viewer, Action::Read, &records);
            let all: BTreeSet<RecordId> = seen.keys().copied().collect();
            let extent = store.extent(viewer, &report).expect("an extent");
            prop_assert_eq!(extent, reach(seen.values().copied()));
            prop_assert_eq!(&id_set(store, viewer, &report, &asking(Filter::all())), &all);
            prop_assert_eq!(&id_set(store, viewer, &report, &searching("everywhere")), &all);
            for query in [asking(Filter::all()), searching("everywhere"), searching("every*")] {
                let count = store.count(viewer, &report, &query).expect("a count");
                prop_assert_eq!(count, all.len() as u64);
            }
            let here: BTreeSet<RecordId> =
                seen.iter().filter(|(_, row)| matches(&window, **row)).map(|(id, _)| *id).collect();
            let query = asking(window.clone());
            prop_assert_eq!(&id_set(store, viewer, &report, &query), &here, "{}", window.to_text());
            prop_assert_eq!(store.count(viewer, &report, &query).expect("a count"), here.len() as u64);
        }
    }

    #[test]
    fn a_record_outside_a_viewers_rights_is_absent_by_its_id_too(
        mut records in prop::collection::vec(records(), 1..12),
        viewers in prop::collection::vec(viewers(), 6),
        action in select(ACTIONS.to_vec()),
    ) {
        let test = holding(&mut records);
        let (store, report) = (&test.store, report());
        for viewer in viewers {
            let readable = allowed(store, &viewer, Action::Read, &records);
            let doable = allowed(store, &viewer, action, &records);
            for (number, _) in (0..).zip(&records) {
                let id = record(number);
                let whole = store.record(&viewer, &report, &id).expect("read");
                prop_assert_eq!(whole.is_some(), readable.contains_key(&id));
                let register = store.register_of(&viewer, &id).expect("read");
                prop_assert_eq!(register.is_some(), readable.contains_key(&id));
                let whole = store.record_for(&viewer, action, &report, &id).expect("read");
                prop_assert_eq!(whole.is_some(), doable.contains_key(&id));
                let elsewhere = store.record(&viewer, &name("post"), &id).expect("read");
                prop_assert!(elsewhere.is_none());
            }
            let mut each = BTreeSet::new();
            let query = asking(Filter::all());
            let outcome = store.each::<StoreError>(&viewer, action, (&report, &query), &mut |found| {
                each.insert(found.id);
                Ok(())
            });
            prop_assert!(outcome.is_ok(), "{:?}", outcome);
            prop_assert_eq!(each, doable.keys().copied().collect::<BTreeSet<_>>());
            prop_assert!(store.record(&viewer, &report, &record(255)).expect("read").is_none());
            prop_assert_eq!(store.register_of(&viewer, &record(255)).expect("read"), None);
        }
    }

    #[test]
    fn sums_count_what_the_viewer_may_read_by_cube_and_by_table_alike(
        mut records in prop::collection::vec(records(), 1..30),
        viewers in prop::collection::vec(viewers(), 4),
        filters in prop::collection::vec(cube_filters(), 6),
        by in select(vec![
            vec![], vec!["admin2"], vec!["month"], vec!["admin2", "month"], vec!["month", "admin2"],
            vec!["kind"], vec!["admin1", "month"],
        ]),
        sums in select(vec![vec![], vec!["deaths"], vec!["injured", "deaths"]]),
    ) {
        let test = holding(&mut records);
        for viewer in viewers {
            let seen = allowed(&test.store, &viewer, Action::Read, &records);
            for filter in &filters {
                let rows = seen.values().copied().filter(|row| matches(filter, *row));
                let mut expected = recounted(rows, &by, &sums);
                let mut found = asked(&test.store, &viewer, filter, (&by, &sums));
                if by.is_empty() {
                    // One group of everything may be given where there is nothing.
                    expected.retain(|_, group| group.0 > 0);
                    found.retain(|_, group| group.0 > 0);
                }
                prop_assert_eq!(found, expected, "{} by {:?}", filter.to_text(), by);
            }
        }
    }

    #[test]
    fn several_fields_are_counted_at_once_as_each_is_alone(
        mut records in prop::collection::vec(records(), 1..30),
        viewers in prop::collection::vec(viewers(), 4),
        filters in prop::collection::vec(cube_filters(), 6),
        words in prop::option::of(Just("everywhere")),
    ) {
        let test = holding(&mut records);
        let fields = ["admin2", "kind", "admin1", "deaths"];
        for (viewer, filter) in viewers.iter().flat_map(|v| filters.iter().map(move |f| (v, f))) {
            let seen = allowed(&test.store, viewer, Action::Read, &records);
            let query = Query { search: words.map(str::to_owned), ..Query::of(filter.clone()) };
            let found = test.store.tallies(viewer, (&report(), &query), &fields.map(name));
            for (field, tally) in fields.iter().zip(found.expect("counted")) {
                let rows = seen.values().copied().filter(|row| matches(filter, *row));
                prop_assert_eq!(counts(tally), recounted(rows, &[*field], &[]), "{}", field);
            }
        }
    }
}

/// What a tally says, as groups.
fn counts(tally: Tally) -> Groups {
    let group = |key: Option<String>, count: i64| (vec![key], (count, Vec::new()));
    let texts = tally.texts.into_iter().map(|(text, count)| group(Some(text), count));
    let numbers = tally.numbers.into_iter();
    let numbers = numbers.map(|(number, count)| group(Some(number.to_string()), count));
    let none = (tally.none > 0).then(|| group(None, tally.none));
    texts.chain(numbers).chain(none).collect()
}

/// The smallest box and the first and last time of records.
fn reach<'r>(rows: impl Iterator<Item = &'r Values>) -> Extent {
    let mut extent = Extent::default();
    for row in rows {
        if let Some(Value::Geometry(Geometry::Point(at))) = row.0.get("place") {
            let bounds = extent.bounds.unwrap_or_else(|| BoundingBox::of(*at));
            extent.bounds = Some(bounds.including(*at));
        }
        if let Some(Value::Time(time)) = row.0.get("occurred_at") {
            let (first, last) = extent.times.unwrap_or((*time, *time));
            extent.times = Some((first.min(*time), last.max(*time)));
        }
    }
    extent
}

#[test]
fn what_is_absent_and_what_is_denied_are_told_apart_by_nothing() {
    let mut secret =
        [Values::default().with("classification", Value::Code("strictly-confidential".to_owned()))];
    let test = holding(&mut secret);
    let empty = TestStore::new();
    let mut low = account(&["all"]);
    low.clearance = Classification::Unclassified;
    let low = Viewer::new(&low, &[role("all", vec![crate::support::full_grant()])]);
    let said = |store: &Store| {
        let query = searching("everywhere");
        let page = store.query(&low, &report(), &asking(Filter::all())).expect("a page");
        let found = store.query(&low, &report(), &query).expect("a page");
        let count = store.count(&low, &report(), &query).expect("a count");
        let by = asked(store, &low, &Filter::all(), (&["admin2", "month"], &["deaths"]));
        let conflicts = store.conflict_count(&low, &report()).expect("a count");
        let whole = store.record(&low, &report(), &record(0)).expect("read").is_some();
        (page.records, page.more, found.records, count, by, conflicts, whole)
    };
    assert_eq!(said(&test.store), said(&empty.store));
}
