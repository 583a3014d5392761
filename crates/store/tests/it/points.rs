//! Tiles hold what the viewer may see and the question asks for: no record more, none fewer.

use std::collections::{BTreeMap, BTreeSet};

use filter::{Filter, matches};
use journal::Act;
use model::place::{Geometry, Position};
use model::value::Value;
use policy::Viewer;
use proptest::prelude::*;
use spatial::mercator::project;
use spatial::tile::TileAddress;
use store::{Point, Store};

use crate::generated::{filters, records, windows};
use crate::pack::{name, report};
use crate::rights::{allowed, holding, viewers};
use crate::support::{
    TestStore, Values, created, edit, edited, everybody, operation, quiet, record,
};

/// What a tile holds: how many, and the sums of deaths and injured.
type Held = BTreeMap<TileAddress, (u64, [i128; 2])>;

fn all_points(
    store: &Store,
    viewer: &Viewer,
    filter: &Filter,
    search: Option<&str>,
    z: u8,
) -> (Held, Held) {
    let sight = store.sight(viewer, &report(), filter, search).expect("read");
    let sight = sight.expect("the register has a place");
    let (mut listed, mut binned) = (Held::new(), Held::new());
    for address in (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y))) {
        let address = TileAddress::new(z, address.0, address.1).expect("an address");
        let mut add = |point: Point<'_>| {
            assert!(address.holds(point.at()), "{:?} in {address}", point.at());
            let held = listed.entry(address).or_default();
            held.0 += 1;
            for (nth, sum) in held.1.iter_mut().enumerate() {
                *sum += i128::from(point.figure(nth));
            }
        };
        sight.points.each(address, &sight.selection, &mut add);
        let count = listed.get(&address).map_or(0, |held| held.0);
        let counted = sight.points.count(address, &sight.selection, usize::MAX);
        assert_eq!(counted as u64, count);
        for bin in sight.points.bins(address, &sight.selection, 2) {
            assert!(address.holds(bin.at), "a middle outside of its tile");
            let held = binned.entry(address).or_default();
            held.0 += bin.count;
            for (sum, more) in held.1.iter_mut().zip(&bin.sums) {
                *sum += i128::from(*more);
            }
        }
    }
    (listed, binned)
}

fn expected<'r>(rows: impl Iterator<Item = &'r Values>, z: u8) -> Held {
    let mut held = Held::new();
    for row in rows {
        let Some(Value::Geometry(Geometry::Point(at))) = row.0.get("place") else { continue };
        let tile = held.entry(TileAddress::holding(z, project(*at))).or_default();
        tile.0 += 1;
        for (sum, field) in tile.1.iter_mut().zip(["deaths", "injured"]) {
            if let Some(Value::Integer(number)) = row.0.get(field) {
                *sum += i128::from(*number);
            }
        }
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn tiles_hold_exactly_what_each_decision_allows(
        mut records in prop::collection::vec(records(), 1..30),
        viewers in prop::collection::vec(viewers(), 6),
        filters in prop::collection::vec(filters(), 3),
        window in windows(),
        z in 0..4_u8,
    ) {
        let test = holding(&mut records);
        let filters = filters.into_iter().chain([Filter::all(), Filter::trusted(window)]);
        for filter in filters.collect::<Vec<_>>() {
            for viewer in &viewers {
                let seen = allowed(&test.store, viewer, policy::Action::Read, &records);
                let rows = || seen.values().copied().filter(|row| matches(&filter, *row));
                let expected = expected(rows(), z);
                let (listed, binned) = all_points(&test.store, viewer, &filter, None, z);
                prop_assert_eq!(&listed, &expected, "{}", filter.to_text());
                prop_assert_eq!(&binned, &expected, "bins of {}", filter.to_text());
                let (found, _) = all_points(&test.store, viewer, &filter, Some("everywhere"), z);
                prop_assert_eq!(&found, &expected, "words and {}", filter.to_text());
            }
        }
    }

    #[test]
    fn what_others_write_is_in_the_next_tile(
        before in prop::collection::vec(records(), 1..20),
        after in prop::collection::vec(records(), 20),
        changed in prop::collection::btree_set(0..20_u8, 0..6),
        z in 0..3_u8,
    ) {
        let mut test = TestStore::new();
        let numbered = |rows: &[Values]| {
            (0..).zip(rows).map(|(n, row)| created(record(n), row)).collect::<Vec<_>>()
        };
        let entries = test.append(&numbered(&before));
        let reader = test.another();
        let viewer = everybody();
        all_points(&reader, &viewer, &Filter::all(), None, z);
        let mut now = before.clone();
        let mut operations = Vec::new();
        for number in changed {
            let row = &after[usize::from(number)];
            if let Some(old) = now.get_mut(usize::from(number)) {
                let entry = entries[usize::from(number)];
                let place = row.0.get("place").cloned();
                operations.push(edited(record(number), "place", place.clone(), &[entry]));
                match place {
                    Some(place) => drop(old.0.insert("place".to_owned(), place)),
                    None => drop(old.0.remove("place")),
                }
            } else {
                operations.push(created(record(number), row));
                now.push(row.clone());
            }
        }
        test.append(&operations);
        let (listed, binned) = all_points(&reader, &viewer, &Filter::all(), None, z);
        prop_assert_eq!(&listed, &expected(now.iter(), z));
        prop_assert_eq!(&binned, &listed);
        test.store.rebuild(&mut quiet).expect("rebuilt");
        let (rebuilt, _) = all_points(&reader, &viewer, &Filter::all(), None, z);
        prop_assert_eq!(&rebuilt, &listed);
    }
}

/// So many that what is summed beforehand is used.
#[test]
fn sums_made_beforehand_are_those_of_the_points() {
    let mut test = TestStore::new();
    let code = |text: &str| Value::Code(text.to_owned());
    let rows: Vec<Values> = (0..240)
        .map(|number| {
            let at = Position::from_units(number % 3 * 200_000_000, number % 2 * 300_000_000);
            let row = Values::default()
                .with("place", Value::Geometry(Geometry::Point(at.expect("a place"))))
                .with("deaths", Value::Integer(i64::from(number)));
            match number % 5 {
                0 => row,
                1 => row.with("classification", code("confidential")),
                _ => row.with("classification", code("unclassified")),
            }
        })
        .collect();
    let operations: Vec<_> =
        (0..).zip(&rows).map(|(number, row)| created(record(number), row)).collect();
    test.append(&operations);
    let open = Values::default().with("classification", code("unclassified"));
    let table = test.store.table(&report()).expect("a register");
    for text in ["classification = 'unclassified'", "NOT classification = 'confidential'"] {
        let filter = filter::parse(text, table).expect("a filter");
        assert!(matches(&filter, &open));
        let passing = || rows.iter().filter(|row| matches(&filter, *row));
        let (listed, binned) = all_points(&test.store, &everybody(), &filter, None, 2);
        assert_eq!(listed, expected(passing(), 2), "{text}");
        assert_eq!(binned, listed, "{text}");
    }
}

#[test]
fn points_say_what_they_are() {
    let mut test = TestStore::new();
    let at = Position::from_units(-447_000, 162_717_000).expect("a place");
    let row = Values::default()
        .with("place", Value::Geometry(Geometry::Point(at)))
        .with("kind", Value::Code("clash".to_owned()))
        .with("injured", Value::Integer(-4));
    test.append(&[created(record(9), &row)]);
    let fields = test.store.point_fields(&report()).expect("fields");
    assert_eq!(fields, (vec![name("kind")], vec![name("deaths"), name("injured")]));
    let sight = test.store.sight(&everybody(), &report(), &Filter::all(), None).expect("read");
    let sight = sight.expect("a place");
    let mut seen = BTreeSet::new();
    let tile = TileAddress::holding(22, project(at));
    sight.points.each(tile, &sight.selection, &mut |point| {
        let kind = point.code(0).map(|code| sight.points.texts(0)[usize::from(code)].clone());
        seen.insert((point.id(), kind, point.figure(0), point.figure(1)));
    });
    assert_eq!(seen, BTreeSet::from([(record(9), Some("clash".to_owned()), 0, -4)]));
}

/// What is written in other registers makes no tile anew.
#[test]
fn points_are_another_version_when_one_of_them_changes_and_only_then() {
    let mut test = TestStore::new();
    let at = |lon| {
        let at = Position::from_units(lon, 0).expect("a place");
        Value::Geometry(Geometry::Point(at))
    };
    let entries = test.append(&[created(record(1), &Values::default().with("place", at(0)))]);
    let reader = test.warmed();
    let version = || reader.points_version(&report()).expect("read").expect("it has a place");
    let first = version();
    let post = Act::Set { register: name("post"), edits: vec![edit("place", Some(at(5)), &[])] };
    let nowhere = created(record(3), &Values::default().with("deaths", Value::Integer(1)));
    test.append(&[operation(record(2), post), nowhere]);
    assert_eq!(version(), first);
    let moving = test.append(&[edited(record(1), "place", Some(at(7)), &entries)]);
    let moved = version();
    assert!(moved > first, "{moved}");
    test.append(&[operation(record(1), Act::Delete { overwrites: moving })]);
    assert!(version() > moved);
}

#[test]
fn a_register_without_a_place_has_no_points() {
    let test = TestStore::new();
    let sight = test.store.sight(&everybody(), &name("patrol"), &Filter::all(), None);
    let sight = sight.expect("read");
    assert_eq!(
        sight.is_some(),
        test.store.table(&name("patrol")).is_ok_and(|table| {
            table.fields().any(|(_, kind)| kind == model::value::FieldType::Point)
        })
    );
}
