//! The filter as SQL gives what the evaluator in memory gives, in whatever way the question is asked.

use std::collections::BTreeSet;

use filter::{Filter, Node, Op, Shape, SpatialOp, matches};
use model::decimal::Decimal;
use model::id::{Name, RecordId};
use model::place::{BoundingBox, Geometry, Position};
use model::time::Timestamp;
use model::value::Value;
use policy::Action;
use proptest::prelude::*;
use store::{Found, Order, Query, StoreError};

use crate::generated::{filters, records, windows};
use crate::pack::{REPORT_FIELDS, name, report};
use crate::support::{
    TestStore, Values, asking, created, edited, everybody, id_set, ids, record, values_of,
};

/// A store that holds these records, numbered from 0.
fn holding(records: &[Values]) -> TestStore {
    let mut test = TestStore::new();
    let operations: Vec<_> =
        records.iter().zip(0..).map(|(values, number)| created(record(number), values)).collect();
    test.append(&operations);
    test
}

/// What the filter passes, in memory.
fn passing(records: &[Values], filter: &Filter) -> BTreeSet<RecordId> {
    let numbered = records.iter().zip(0..);
    numbered.filter(|(row, _)| matches(filter, *row)).map(|(_, number)| record(number)).collect()
}

fn text_of(filter: &Filter) -> String {
    format!("{} {:?}", filter.to_text(), filter.node())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sql_passes_what_memory_passes(
        records in prop::collection::vec(records(), 1..40),
        filters in prop::collection::vec(filters(), 16),
    ) {
        let test = holding(&records);
        let warmed = test.warmed();
        let (viewer, report) = (everybody(), report());
        for filter in filters {
            let expected = passing(&records, &filter);
            let query = asking(filter.clone());
            let found = id_set(&test.store, &viewer, &report, &query);
            prop_assert_eq!(&found, &expected, "{}", text_of(&filter));
            let count = test.store.count(&viewer, &report, &query).expect("a count");
            prop_assert_eq!(count, expected.len() as u64, "count of {}", text_of(&filter));
            let found = id_set(&warmed, &viewer, &report, &query);
            prop_assert_eq!(&found, &expected, "warm, {}", text_of(&filter));
            let count = warmed.count(&viewer, &report, &query).expect("a count");
            prop_assert_eq!(count, expected.len() as u64, "warm count of {}", text_of(&filter));
            let mut each = BTreeSet::new();
            let outcome = test.store.each::<StoreError>(
                &viewer, Action::Export, (&report, &query), &mut |found| {
                    each.insert(found.id);
                    Ok(())
                });
            prop_assert!(outcome.is_ok(), "each of {}: {:?}", text_of(&filter), outcome);
            prop_assert_eq!(&each, &expected, "each of {}", text_of(&filter));
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_in_order_of_time(
        records in prop::collection::vec(records(), 1..40),
        filter in prop_oneof![2 => filters(), 1 => windows().prop_map(Filter::trusted)],
        size in 1..7_usize,
        oldest in any::<bool>(),
    ) {
        let test = holding(&records);
        let (viewer, report) = (everybody(), report());
        let order = if oldest { Order::Oldest } else { Order::Newest };
        let all = Query { order, ..asking(filter) };
        let whole = ids(&test.store, &viewer, &report, &all);
        for store in [test.another(), test.warmed()] {
            let mut paged = Vec::new();
            loop {
                let query = Query { limit: size, offset: paged.len(), ..all.clone() };
                let (page, count) = store.counted(&viewer, &report, &query).expect("a page");
                prop_assert_eq!(count, whole.len() as u64);
                prop_assert!(page.records.len() == size || !page.more);
                paged.extend(page.records.into_iter().map(|found| found.id));
                if !page.more {
                    break;
                }
            }
            prop_assert_eq!(&paged, &whole);
        }
        let times: Vec<Option<i64>> = whole.iter().map(|id| time_of(&records, id)).collect();
        prop_assert!(is_ordered(&times, order), "{:?}", times);
    }

    #[test]
    fn the_fields_asked_for_come_in_the_order_they_were_asked_for(
        record_values in records(),
        fields in prop::sample::subsequence(REPORT_FIELDS.to_vec(), 1..=4).prop_shuffle(),
        windowed in any::<bool>(),
    ) {
        let test = holding(std::slice::from_ref(&record_values));
        let everywhere = Filter::trusted(window(-1_800_000_000, 1_800_000_000));
        let filter = if windowed { everywhere } else { Filter::all() };
        let fields: Vec<Name> = fields.into_iter().map(|(field, _)| name(field)).collect();
        let query = Query { fields: fields.clone(), ..asking(filter) };
        let page = test.store.query(&everybody(), &report(), &query).expect("a page");
        let expected: Vec<Option<Value>> =
            fields.iter().map(|field| record_values.0.get(field.as_str()).cloned()).collect();
        let mut each = Vec::new();
        test.store.each::<StoreError>(&everybody(), Action::Read, (&report(), &query), &mut |found| {
            each.push(found.values);
            Ok(())
        }).expect("every record");
        for found in page.records.into_iter().map(|found| found.values).chain(each) {
            prop_assert_eq!(&found, &expected);
        }
    }

    #[test]
    fn values_come_back_as_they_were_given(record_values in records()) {
        let test = holding(std::slice::from_ref(&record_values));
        prop_assert_eq!(values_of(&test.store, &report(), &only(&test)), record_values);
    }
}

/// As long as a filter may be, and as wide as that lets it be.
#[test]
fn a_filter_of_thousands_of_parts_is_answered() {
    let of = |deaths: i64| Values::default().with("deaths", Value::Integer(deaths));
    let test = holding(&[of(7), of(4_001)]);
    let table = test.store.table(&report()).expect("a register");
    for (word, sign, found) in [(" OR ", "=", record(0)), (" AND ", "<>", record(1))] {
        let parts: Vec<String> = (0..3_800).map(|n| format!("deaths{sign}{n}")).collect();
        let filter = filter::parse(&parts.join(word), table).expect("a filter");
        assert_eq!(ids(&test.store, &everybody(), &report(), &asking(filter)), [found]);
    }
}

fn time_of(records: &[Values], id: &RecordId) -> Option<i64> {
    let record = &records[usize::from(id.as_bytes()[0])];
    match record.0.get("occurred_at")? {
        Value::Time(time) => Some(time.as_ms()),
        other => panic!("{other:?}"),
    }
}

/// Latest first and those without a time last, or earliest first.
fn is_ordered(times: &[Option<i64>], order: Order) -> bool {
    let known: Vec<i64> = times.iter().copied().flatten().collect();
    match order {
        Order::Newest => times.is_sorted_by(|a, b| a >= b),
        Order::Oldest => known.is_sorted(),
    }
}

/// The only record of a store.
fn only(test: &TestStore) -> Found {
    let page = test.store.query(&everybody(), &report(), &asking(Filter::all())).expect("a page");
    let [found] = <[Found; 1]>::try_from(page.records).expect("one record");
    found
}

fn window(west: i32, east: i32) -> Node {
    let bounds = BoundingBox { west, south: -10_000_000, east, north: 10_000_000 };
    Node::Spatial { op: SpatialOp::Intersects, field: name("place"), shape: Shape::Box(bounds) }
}

fn located(lon: i32) -> Values {
    let at = Position::from_units(lon, 0).expect("on the earth");
    Values::default().with("place", Value::Geometry(Geometry::Point(at)))
}

#[test]
fn a_record_without_a_time_is_found_where_it_lies() {
    let test = holding(&[located(0)]);
    let query = asking(Filter::trusted(window(-5_000_000, 5_000_000)));
    assert_eq!(ids(&test.store, &everybody(), &report(), &query), [record(0)]);
    assert_eq!(test.store.count(&everybody(), &report(), &query).expect("a count"), 1);
}

#[test]
fn a_box_over_the_date_line_holds_both_its_sides_and_nothing_between() {
    let noon = Value::Time(Timestamp::from_ms(1_519_905_600_000));
    let longitudes = [1_795_000_000, -1_795_000_000, 0];
    let records = longitudes.map(|lon| located(lon).with("occurred_at", noon.clone()));
    let test = holding(&records);
    let across = asking(Filter::trusted(window(1_790_000_000, -1_790_000_000)));
    let found = id_set(&test.store, &everybody(), &report(), &across);
    assert_eq!(found, BTreeSet::from([record(0), record(1)]));
}

#[test]
fn a_decimal_keeps_every_digit_it_was_given() {
    for text in ["0.1", "123456789.123456789", "-0.000000000000000001", "999999999999999999"] {
        let number: Decimal = text.parse().expect("a decimal");
        let given = Values::default().with("distance", Value::Decimal(number));
        let test = holding(std::slice::from_ref(&given));
        assert_eq!(values_of(&test.store, &report(), &only(&test)), given, "{text}");
    }
}

#[test]
fn decimals_that_differ_in_their_last_digit_differ_in_a_filter() {
    let one: Decimal = "0.100000000000000001".parse().expect("a decimal");
    let test = holding(&[Values::default().with("distance", Value::Decimal(one))]);
    let tenth = Value::Decimal("0.1".parse().expect("a decimal"));
    let equal = Node::Compare { field: name("distance"), op: Op::Equal, value: tenth };
    let query = asking(Filter::trusted(equal));
    assert!(ids(&test.store, &everybody(), &report(), &query).is_empty());
}

/// Another node's software may be wrong; one such record must not close the register for everybody.
#[test]
fn the_largest_numbers_are_read_back() {
    let given = Values::default()
        .with("deaths", Value::Integer(i64::MAX))
        .with("injured", Value::Integer(i64::MIN))
        .with("distance", Value::Decimal(Decimal::from(i64::MAX)))
        .with("occurred_at", Value::Time(Timestamp::from_ms(i64::MAX)));
    let test = holding(std::slice::from_ref(&given));
    assert_eq!(values_of(&test.store, &report(), &only(&test)), given);
}

#[test]
fn a_value_of_a_type_its_field_does_not_have_is_no_value() {
    let mut test = TestStore::new();
    test.append(&[edited(record(0), "deaths", Some(Value::Text("three".to_owned())), &[])]);
    assert_eq!(values_of(&test.store, &report(), &only(&test)), Values::default());
    let none = asking(Filter::trusted(Node::IsNull { field: name("deaths") }));
    assert_eq!(ids(&test.store, &everybody(), &report(), &none), [record(0)]);
}

#[test]
fn a_field_the_register_lacks_is_kept_in_history_and_shown_nowhere() {
    let mut test = TestStore::new();
    test.append(&[edited(record(0), "later-field", Some(Value::Integer(1)), &[])]);
    assert_eq!(values_of(&test.store, &report(), &only(&test)), Values::default());
    let whole = test.store.record(&everybody(), &report(), &record(0)).expect("read");
    let whole = whole.expect("there");
    assert_eq!(whole.state().value(&name("later-field")), Some(&Value::Integer(1)));
}
