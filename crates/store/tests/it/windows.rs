//! What is held in memory is of the moment a question is asked in, and of no other.

use filter::Filter;
use model::place::{Geometry, Position};
use model::value::Value;
use policy::Action;
use store::{Ground, StoreError};

use crate::pack::report;
use crate::support::{TestStore, Values, asking, created, edited, everybody, ids, quiet, record};

fn located(number: u8) -> journal::Operation {
    let at = Position::from_units(i32::from(number) * 1_000_000, 0).expect("on the earth");
    let place = Value::Geometry(Geometry::Point(at));
    created(record(number), &Values::default().with("place", place))
}

fn everything(store: &store::Store) -> u64 {
    store.count(&everybody(), &report(), &asking(Filter::all())).expect("a count")
}

fn west_of(store: &store::Store, degrees: &str) -> u64 {
    let table = store.table(&report()).expect("a register");
    let text = format!("S_INTERSECTS(place, BBOX(-10, -10, {degrees}, 10))");
    let filter = filter::parse(&text, table).expect("a filter");
    store.count(&everybody(), &report(), &asking(filter)).expect("a count")
}

#[test]
fn what_another_connection_writes_is_in_the_next_answer() {
    let mut test = TestStore::new();
    test.append(&[located(1), located(2)]);
    let warmed = test.warmed();
    assert_eq!((everything(&warmed), west_of(&warmed, "0.15")), (2, 1));
    let entries = test.append(&[located(3)]);
    assert_eq!((everything(&warmed), west_of(&warmed, "0.35")), (3, 3));
    let moved = Value::Geometry(Geometry::Point(Position::from_units(0, 0).expect("a place")));
    test.append(&[edited(record(3), "place", Some(moved), &entries)]);
    assert_eq!((everything(&warmed), west_of(&warmed, "0.15")), (3, 2));
}

#[test]
fn a_question_inside_an_older_moment_is_answered_of_that_moment() {
    let mut test = TestStore::new();
    test.append(&[located(1)]);
    let reader = test.warmed();
    let later = reader.another(Ground::open(&test.file()).expect("opens"));
    let (viewer, report, all) = (everybody(), report(), asking(Filter::all()));
    let mut visits = 0;
    let visited =
        reader.each::<StoreError>(&viewer, Action::Read, (&report, &all), &mut |_found| {
            test.append(&[located(2)]);
            assert_eq!(everything(&later), 2, "memory is brought up to date");
            assert_eq!(everything(&reader), 1, "and does not answer for the moment before");
            visits += 1;
            Ok(())
        });
    visited.expect("read");
    assert_eq!((visits, everything(&reader)), (1, 2));
}

#[test]
fn a_rebuild_leaves_memory_right() {
    let mut test = TestStore::new();
    test.append(&[located(1), located(2)]);
    test.store.warm().expect("warmed");
    test.store.rebuild(&mut quiet).expect("rebuilt");
    test.append(&[located(3)]);
    assert_eq!(everything(&test.store), 3);
    let all = ids(&test.store, &everybody(), &report(), &asking(Filter::all()));
    assert_eq!(all, [record(3), record(2), record(1)]);
}

/// More changes than are kept beside the arrays.
#[test]
fn thousands_of_changes_are_taken_into_the_arrays() {
    let mut test = TestStore::new();
    test.append(&[located(1)]);
    let warmed = test.warmed();
    let id = |number: u16| {
        let mut bytes = [9; 16];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        model::id::RecordId::from_bytes(bytes)
    };
    for chunk in 0..3_u16 {
        let operations: Vec<_> =
            (0..1_500).map(|nth| created(id(chunk * 1_500 + nth), &place())).collect();
        test.append(&operations);
        assert_eq!(everything(&warmed), 1 + 1_500 * u64::from(chunk + 1));
    }
    assert_eq!(west_of(&warmed, "0.15"), 1);
    assert_eq!(west_of(&warmed, "9"), 4_501);
}

fn place() -> Values {
    let at = Position::from_units(80_000_000, 0).expect("on the earth");
    Values::default().with("place", Value::Geometry(Geometry::Point(at)))
}
